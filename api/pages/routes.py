"""The addresses of pages, linked data and downloads."""

import os
from collections.abc import Awaitable, Callable
from pathlib import Path

from fastapi import FastAPI
from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import Response
from starlette.staticfiles import StaticFiles

from api.asgi import Scope
from api.coded import Coded
from api.pages import document, dumps, home, linked_data, search, void
from api.pages.rendering import version

_STATIC = Path(__file__).parents[1] / "static"
_FOREVER = "public, max-age=31536000, immutable"
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


class Files(StaticFiles):
    """Files for pages, which name them with the version of the server: `style.css?v=1f00d2ab`."""

    def file_response(
        self,
        full_path: str | os.PathLike[str],
        stat_result: os.stat_result,
        scope: Scope,
        status_code: int = 200,
    ) -> Response:
        """Let clients keep this version for good, and ask again for any other."""
        response = super().file_response(full_path, stat_result, scope, status_code)
        is_current = QueryParams(scope["query_string"]).get("v") == version()
        response.headers["Cache-Control"] = _FOREVER if is_current else "no-cache"
        return response


def add_pages(app: FastAPI) -> None:
    """Add all pages. The last of them takes every path that nothing else took."""
    app.add_middleware(Coded)
    app.mount("/static", Files(directory=_STATIC), name="static")
    if isinstance(app.state.settings.store, Path):  # the index is beside the release
        app.add_route("/search", search.search, methods=["GET", "HEAD"], include_in_schema=False)
    for path, page in _PAGES.items():
        app.add_route(path, page, methods=["GET", "HEAD"], include_in_schema=False)
