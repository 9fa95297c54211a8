"""Pages that answers lead to: what went wrong, and how to get the rest."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from api.pages.rendering import address_of, render
from api.problems import KINDS


def router() -> APIRouter:
    """Return the routes of the pages of help."""
    routes = APIRouter(include_in_schema=False)
    routes.add_api_route("/help/errors", _errors, methods=["GET", "HEAD"])
    routes.add_api_route("/help/paging", _paging, methods=["GET", "HEAD"])
    return routes


async def _errors(request: Request) -> Response:
    return render(request, "help_errors.html", {"kinds": KINDS})


async def _paging(request: Request) -> Response:
    return render(request, "help_paging.html", {"address": address_of(request)})
