"""How a page is made and sent: its language, its template, its headers."""

import asyncio
import hashlib
import re
from collections.abc import Mapping
from functools import lru_cache, partial
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from api.pages.paths import url_of
from api.pages.words import (
    LANGUAGES,
    Language,
    date_in,
    has_words,
    name_in,
    number_in,
    tongue_of,
    words_in,
)
from graph.names import short_iri
from ontology.terms import BASE

_PACKAGE = Path(__file__).parents[1]
_COOKIE = "lang"
# Read without the parser of the standard library, which takes seconds for some cookies.
_LANGUAGE = re.compile(rf'(?:^|;)[ \t]*{_COOKIE}="?([a-z]+)"?[ \t]*(?=;|$)')
_YEAR = 365 * 24 * 3600
# No page runs a script or loads a thing that is not ours; what documents say is only ever text.
_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
# Ways in that other parts of the server make: shown where they are there.
_MENU = (
    ("/documents", "menu.documents"),
    ("/search", "menu.search"),
    ("/queries", "menu.queries"),
    ("/editor", "menu.sparql"),
    ("/graphql", "menu.graphql"),
    ("/dumps", "menu.dumps"),
)


@lru_cache(maxsize=1)
def environment() -> Environment:
    """Return the templates."""
    made = Environment(
        loader=FileSystemLoader(_PACKAGE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.globals["base"] = BASE
    made.filters["short"] = _shown
    made.filters["tail"] = _anchor
    return made


@lru_cache(maxsize=1)
def version() -> str:
    """Return a digest of templates and words: pages change with them as with the release."""
    folders = [*(_PACKAGE / part for part in _FOLDERS), _PACKAGE.parent / "queries"]
    files = sorted(
        path for folder in folders for path in folder.glob("*") if path.suffix in _PARTS_OF_PAGES
    )
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()[:8]


_FOLDERS = ("templates", "static", "static/vendor", "pages", "catalogue", "graphql", "sparql")
_PARTS_OF_PAGES = {".html", ".css", ".js", ".toml", ".py", ".rq"}


def language_of(request: Request) -> Language:
    """Return the language to answer in: as the address says, else the cookie, else Vietnamese."""
    kept = _LANGUAGE.search(request.headers.get("cookie", ""))
    for wanted in (request.query_params.get("lang"), kept and kept[1]):
        for language in LANGUAGES:
            if wanted == language:
                return language
    return "vi"


def render(
    request: Request, template: str, values: Mapping[str, Any], status: int = 200
) -> Response:
    """Return a page in the language of the request."""
    common = _common(request, language_of(request))
    text = environment().get_template(template).render({**common, **values})
    return _response(request, text, status)


async def render_aside(request: Request, template: str, values: Mapping[str, Any]) -> Response:
    """Return a page that may be long, made in a thread: others do not wait for it."""
    common = _common(request, language_of(request))  # asks the engine, which lives in this thread
    made = environment().get_template(template)
    return _response(request, await asyncio.to_thread(made.render, {**common, **values}), 200)


def _response(request: Request, text: str, status: int) -> Response:
    language = language_of(request)
    headers = {
        "Content-Security-Policy": _POLICY,
        "Content-Language": language,
        "Vary": "Accept, Cookie",
    }
    response = HTMLResponse(text, status, headers)
    if request.query_params.get("lang") == language:
        response.set_cookie(
            _COOKIE, language, max_age=_YEAR, path=root_of(request) or "/", samesite="lax"
        )
    return response


def release_of(request: Request) -> str:
    """Return the release that a page shows: the one asked for, else the published one."""
    return str(request.query_params.get("release") or request.app.state.engine.current())


def root_of(request: Request) -> str:
    """Return the path that the server is mounted at, without a slash at its end."""
    return str(request.scope.get("root_path", "")).rstrip("/")


def address_of(request: Request) -> str:
    """Return the address under which the world sees the server, without a slash at its end."""
    settings = getattr(request.app.state, "settings", None)
    public = getattr(settings, "public_url", None)
    return str(public or f"{request.url.scheme}://{request.url.netloc}{root_of(request)}")


def with_query(request: Request, **changes: object) -> str:
    """Return the path and query of a request with some parameters changed; None removes one."""
    old = [(name, value) for name, value in parse_qsl(request.url.query) if name not in changes]
    new = [(name, str(value)) for name, value in changes.items() if value is not None]
    query = urlencode(old + new)
    path = root_of(request) + _quoted_path(request)
    return f"{path}?{query}" if query else path


def _quoted_path(request: Request) -> str:
    path = request.url.path.removeprefix(root_of(request))
    # "//x" at the start of a link would name another host.
    return "/" + path.lstrip("/")


def has_route(request: Request, path: str) -> bool:
    """Tell whether the server answers at a path of its own, such as "/queries"."""
    return path in _paths_of(request.app)


@lru_cache(maxsize=8)
def _paths_of(app: Starlette) -> frozenset[str]:
    return frozenset(getattr(route, "path", "") for route in app.routes)


def _common(request: Request, language: Language) -> Mapping[str, Any]:
    other: Language = "en" if language == "vi" else "vi"
    root = root_of(request)
    return {
        "t": words_in(language),
        "lang": language,
        "other": other,
        "other_url": with_query(request, lang=other),
        "root": root,
        "menu": [(root + path, name) for path, name in _MENU if has_route(request, path)],
        "here": request.url.path,
        "release": release_of(request),
        "asset_version": version(),
        "url": partial(url_of, root=root),
        "number": partial(number_in, language),
        "day": partial(date_in, language),
        "tongue": partial(tongue_of, language=language),
        "named": partial(name_in, language),
        "has_words": has_words,
        "has_route": partial(has_route, request),
    }


def _anchor(iri: str) -> str:
    """Return the id that a section has on the page of its document."""
    return f"muc-{iri.rpartition('/')[2]}"


def _shown(iri: str) -> str:
    """Return an IRI as people read it: a prefixed name, or our own by its path."""
    return short_iri(iri).removeprefix("<").removesuffix(">")
