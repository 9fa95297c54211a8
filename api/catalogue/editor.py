"""The page of the SPARQL editor: a plain form, which a script turns into an editor."""

import secrets
from typing import Any, get_args

from starlette.requests import Request
from starlette.responses import Response

from api.catalogue.form import Field, fill
from api.catalogue.pages import BAD_REQUEST, script_words
from api.catalogue.terms import read_terms
from api.pages.rendering import address_of, render
from graph.store import PREFIXES
from queries.catalogue import Audience, bind, named_queries, named_query
from queries.standalone import standalone

FIRST_EXAMPLE = "tasks_by_lead_agency"
# CodeMirror makes its style sheet by script: the nonce is for that one and no other. It draws the
# marks at errors from data URLs, and Chromium puts style attributes on what is typed into it.
_POLICY = (
    "default-src 'none'; style-src 'self' 'nonce-{nonce}'; style-src-attr 'unsafe-inline'; "
    "script-src 'self'; connect-src 'self'; img-src 'self' data:; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)


def page(request: Request) -> Response:
    """Return the editor, with the query that the address gives, or a first example.

    Raises:
        UnknownQueryError: the address names a question that is not there.
    """
    nonce = secrets.token_urlsafe(16)
    given = request.query_params.get("query")
    example, wrong = ("", []) if given is not None else _example(request)
    settings = request.app.state.settings
    values = {
        "nonce": nonce,
        "given": given,
        "text": given if given is not None else example,
        "wrong": wrong,
        "groups": _examples(),
        "endpoint": f"{address_of(request)}/sparql",
        "prefixes": PREFIXES,
        "limits": _limits(settings.query_seconds),
        "words": script_words(request, "editor"),
    }
    response = render(request, "editor.html", values, BAD_REQUEST if wrong else 200)
    response.headers["Content-Security-Policy"] = _POLICY.format(nonce=nonce)
    response.headers["Cache-Control"] = "no-store"
    return response


async def terms(request: Request) -> dict[str, Any]:
    """Return what the editor completes, in the release that is asked; the last one is kept."""
    state = request.app.state
    release = request.query_params.get("release") or state.engine.current()
    kept: tuple[str, dict[str, Any]] | None = getattr(state, "editor_terms", None)
    if kept is None or kept[0] != release:
        kept = state.editor_terms = (release, await read_terms(state.engine, release))
    return kept[1]


def _example(request: Request) -> tuple[str, list[Field]]:
    """Return the text of a named question, and the values given that cannot stand in it."""
    query = named_query(request.query_params.get("name", FIRST_EXAMPLE))
    fields = fill(query, request.query_params).fields
    values = {field.parameter.name: field.value for field in fields if not field.error}
    text = standalone(query, bind(query, values), PREFIXES)
    return text, [field for field in fields if field.error]


def _examples() -> dict[str, list[Any]]:
    queries = named_queries()
    return {
        audience: [query for query in queries if query.audience == audience]
        for audience in get_args(Audience)
    }


def _limits(most: float) -> list[int]:
    """Return the time limits to choose from, the server's own last."""
    return [seconds for seconds in (1, 5, 10, 30, 60, 300) if seconds < most] + [round(most)]
