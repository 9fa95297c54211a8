"""The addresses of pages, linked data and downloads."""

from collections.abc import Awaitable, Callable
from pathlib import Path

from fastapi import FastAPI
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.staticfiles import StaticFiles

from api.pages import document, dumps, home, linked_data, search, void

_STATIC = Path(__file__).parents[1] / "static"
_PAGES: dict[str, Callable[[Request], Awaitable[Response]]] = {
    "/": home.home,
    "/documents": document.listing,
    "/dumps": dumps.listing,
    "/dumps/{release}/{name}": dumps.download,
    void.PATH: void.description,
    void.PATH + ".{suffix}": void.description,
    "/resource": linked_data.external,
    "/{path:path}": linked_data.resource,
}


def add_pages(app: FastAPI) -> None:
    """Add all pages. The last of them takes every path that nothing else took."""
    files = GZipMiddleware(StaticFiles(directory=_STATIC), minimum_size=1000, compresslevel=6)
    app.mount("/static", files, name="static")
    if isinstance(app.state.settings.store, Path):  # the index is beside the release
        app.add_route("/search", search.search, methods=["GET", "HEAD"], include_in_schema=False)
    for path, page in _PAGES.items():
        app.add_route(path, page, methods=["GET", "HEAD"], include_in_schema=False)
