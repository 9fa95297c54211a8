"""What answers where there is nothing: a page that helps on, or problem+json for a program."""

from collections.abc import Sequence

from starlette.requests import Request
from starlette.responses import Response

from api.negotiation import Offer, choose
from api.pages.paths import iri_of
from api.pages.rendering import render
from api.pages.site import asked_by
from api.problems import MEDIA_TYPE, Problem
from graph import describe
from ontology.terms import BASE

_OFFERS = (Offer("text/html", "page"), Offer("application/problem+json", "problem"))
# How many steps up a path are tried for something that exists.
_MOST_STEPS = 8
_LONGEST_SHOWN = 200


async def not_found(request: Request, iri: str | None) -> Response:
    """Answer 404 and say what there is near the address.

    Args:
        request: what was asked.
        iri: what its address stands for; None if it can stand for nothing.
    """
    if not _wants_page(request):
        return problem_response(Problem("not-found", "the release does not know this address"))
    asked = iri or request.query_params.get("iri") or request.url.path
    values = {
        "asked": asked[:_LONGEST_SHOWN],
        "nearest": await _nearest(request, iri) if iri else None,
        "words": " ".join(_words_of(asked)),
    }
    return _uncached(render(request, "missing.html", values, 404))


def not_acceptable(forms: Sequence[tuple[str, str]]) -> Response:
    """Answer 406 with the forms that there are."""
    available = {"available": [kind for kind, _ in forms]}
    detail = "this address answers in none of the media types that are accepted"
    response = problem_response(Problem("not-acceptable", detail, available))
    response.headers["Link"] = ", ".join(
        f'<{url}>; rel="alternate"; type="{kind}"' for kind, url in forms
    )
    response.headers["Vary"] = "Accept"
    return response


def problem_response(problem: Problem) -> Response:
    """Return a problem as a program reads it."""
    headers = {name.decode(): value.decode() for name, value in problem.all_headers()}
    return Response(problem.to_json(), problem.status, headers, media_type=MEDIA_TYPE.decode())


def _wants_page(request: Request) -> bool:
    offer = choose(request.headers.get("accept"), _OFFERS)
    return offer is not None and offer.name == "page"


async def _nearest(request: Request, iri: str) -> str | None:
    """Return the nearest IRI above one that does not exist: the document of a section."""
    steps = iri.removeprefix(BASE).split("/")
    for length in range(len(steps) - 1, max(0, len(steps) - 1 - _MOST_STEPS), -1):
        above = iri_of("/".join(steps[:length]))
        if above and await describe.exists(asked_by(request), above):
            return above
    return None


def _words_of(asked: str) -> list[str]:
    """Return what an address has of words and numbers, to search for."""
    letters = "".join(c if c.isalnum() else " " for c in asked.rpartition("/")[2][:_LONGEST_SHOWN])
    return [word for word in letters.split() if len(word) > 1]


def _uncached(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    return response
