"""Whole releases to download, and the page that lists them.

A file is made when it is first asked for (`api.pages.making`). Who would wait long is told to come
back.
"""

import re
from pathlib import Path
from typing import cast

from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response

from api.pages.freshness import etag_of, keep, not_modified
from api.pages.making import Maker, NotMadeError
from api.pages.missing import not_found, problem_response
from api.pages.rendering import address_of, render
from api.pages.site import site_of
from api.problems import Problem
from graph.dumps import KINDS, Dump, Kind, find_dump, kept_releases
from graph.errors import UnknownReleaseError

_NAME = re.compile(r"cancu\.(nq|trig|jsonld)\.gz(\.sha256)?")
_COME_BACK = "10"
_FOR_EVER = {"Cache-Control": "public, max-age=31536000, immutable"}


async def listing(request: Request) -> Response:
    """Answer with the page of all releases that are kept."""
    etag = etag_of(request, "html")
    if (unchanged := not_modified(request, etag)) is not None:
        return unchanged
    folder = site_of(request).folder
    releases = kept_releases(folder) if folder else []
    values: dict[str, object] = {
        "releases": releases,
        "kinds": KINDS,
        "example": releases[0].id if releases else "",
    }
    values["address"] = address_of(request)
    return keep(render(request, "dumps.html", values), etag)


async def download(request: Request) -> Response:
    """Answer with a file of a release, or with its digest."""
    site = site_of(request)
    name = _NAME.fullmatch(request.path_params["name"])
    if site.folder is None or name is None:
        return await not_found(request, None)
    release, kind = request.path_params["release"], cast(Kind, name[1])
    try:
        dump = await _made(site.maker, site.folder, release, kind)
    except UnknownReleaseError as error:
        return problem_response(Problem("unknown-release", str(error)))
    except TimeoutError:
        return _later("the file is being made; ask again")
    except NotMadeError as error:
        return _later(f"the file cannot be made now: {error}")
    if name[2]:
        return PlainTextResponse(f"{dump.sha256}  {dump.path.name}\n", headers=_FOR_EVER)
    return _file(request, dump)


async def _made(maker: Maker, folder: Path, release: str, kind: Kind) -> Dump:
    found = find_dump(folder, release, kind)
    if found is None:
        await maker.make(folder, release, kind)
        found = find_dump(folder, release, kind)
    if found is None:
        message = "it is gone again"
        raise NotMadeError(message)
    return found


def _file(request: Request, dump: Dump) -> Response:
    etag = f'"{dump.sha256}"'
    if (unchanged := not_modified(request, etag)) is not None:
        return unchanged
    headers = {"ETag": etag, **_FOR_EVER}
    return FileResponse(dump.path, headers=headers, media_type="application/gzip")


def _later(detail: str) -> Response:
    retry = ((b"retry-after", _COME_BACK.encode()),)
    return problem_response(Problem("not-ready", detail, headers=retry))
