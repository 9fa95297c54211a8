"""What a client may keep: an answer stays true until a new release, or new pages, are published."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from api.pages.rendering import address_of, language_of, release_of, version


def etag_of(request: Request, form: str) -> str:
    """Return the entity tag of an answer in a form ("html", "ttl" …).

    An address has one answer for each release and form; a page also for each language.
    """
    parts = [release_of(request), form, version()]
    parts.append(language_of(request) if form == "html" else address_of(request))
    return f'W/"{"-".join(_plain(part) for part in parts)}"'


def not_modified(request: Request, etag: str) -> Response | None:
    """Return the answer to a client that has what it asks for already."""
    held = request.headers.get("if-none-match", "")
    tags = {_strong(tag.strip()) for tag in held.split(",")}
    if _strong(etag) not in tags:
        return None
    return Response(status_code=304, headers={"ETag": etag, **_KEEPING})


def keep(response: Response, etag: str) -> Response:
    """Let clients keep an answer, and ask whether it is still true."""
    response.headers["ETag"] = etag
    for name, value in _KEEPING.items():
        response.headers.setdefault(name, value)
    return response


_KEEPING: dict[str, Any] = {"Cache-Control": "no-cache", "Vary": "Accept, Cookie"}


def _strong(tag: str) -> str:
    """Return a tag without the mark of weakness: If-None-Match compares without it."""
    return tag.removeprefix("W/")


def _plain(text: str) -> str:
    return "".join(c if c.isascii() and (c.isalnum() or c in "._:/") else "_" for c in text)
