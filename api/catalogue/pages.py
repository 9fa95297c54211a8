"""The pages of the catalogue: the list of questions, and one question with its answer."""

from collections.abc import Mapping, Sequence
from typing import Any, get_args

from starlette.requests import Request
from starlette.responses import Response

from api.catalogue.asking import RESERVED, ask_for_page
from api.catalogue.chart import chart_of
from api.catalogue.drawing import draw
from api.catalogue.form import Form, fill
from api.catalogue.snippets import curl_line, link, pandas_lines
from api.pages.freshness import etag_of, keep, not_modified
from api.pages.rendering import address_of, language_of, release_of, render, render_aside
from api.pages.words import LANGUAGES, table
from api.problems import problem_of
from graph.errors import GraphError, QueryTimeoutError
from graph.iris import plain
from graph.store import PREFIXES
from queries.catalogue import Audience, NamedQuery, bind
from queries.standalone import standalone

BAD_REQUEST = 400


def script_words(request: Request, section: str) -> dict[str, str]:
    """Return the words of a section for the script of a page, by their names."""
    column = LANGUAGES.index(language_of(request))
    names = [name.split(".", 1) for name in table()]
    return {name: table()[f"{part}.{name}"][column] for part, name in names if part == section}


def list_page(request: Request, queries: Sequence[NamedQuery]) -> Response:
    """Return the page of all questions, by whose they are."""
    wanted = request.query_params.get("q", "")
    shown = [query for query in queries if _has_words(query, wanted)]
    groups = {
        audience: [query for query in shown if query.audience == audience]
        for audience in get_args(Audience)
    }
    values = {"groups": groups, "count": len(queries), "wanted": wanted, "found": len(shown)}
    values["words"] = script_words(request, "queries")
    return render(request, "queries.html", values)


async def query_page(request: Request, query: NamedQuery) -> Response:
    """Return the page of a question: its form, its answer, its text."""
    given = [item for item in request.query_params.multi_items() if item[0] not in RESERVED]
    form = fill(query, dict(given))
    repeated = len(dict(given)) < len(given)
    if repeated or not form.is_valid:
        page = _values(request, query, form) | {"repeated": repeated}
        return render(request, "query.html", page, BAD_REQUEST)
    etag = etag_of(request, "html")
    if held := not_modified(request, etag):
        return held
    try:
        answered = await _answered(request, query, form)
    except GraphError as error:
        page = _values(request, query, form) | _failed(error)
        return render(request, "query.html", page, problem_of(error).status)
    values = _values(request, query, form) | answered
    return keep(await render_aside(request, "query.html", values), etag)


async def _answered(request: Request, query: NamedQuery, form: Form) -> dict[str, Any]:
    shown = await ask_for_page(request, query, _given(form))
    # A chart of a part of the rows would tell something that is not so.
    chart = None if shown.capped else chart_of(shown.table)
    return {"shown": shown, "chart": draw(chart) if chart else None}


def _failed(error: GraphError) -> dict[str, Any]:
    seconds = error.seconds if isinstance(error, QueryTimeoutError) else None
    return {"failure": problem_of(error), "seconds": seconds}


def _values(request: Request, query: NamedQuery, form: Form) -> dict[str, Any]:
    """Return what the page of a question always shows."""
    values = _given(form) if form.is_valid else {}
    address = f"{address_of(request)}/queries/{query.name}"
    text = standalone(query, bind(query, values), PREFIXES)
    return {
        "query": query,
        "words": script_words(request, "queries"),
        "form": form,
        "text": text,
        "curl": curl_line(address, values),
        "pandas": pandas_lines(address, values),
        "address": address,
        "permalink": link(address, values, release=release_of(request)),
        "suffixed": {
            suffix: link(f"{address}.{suffix}", values) for suffix in ("csv", "json", "tsv", "xml")
        },
        "pinned": request.query_params.get("release"),
        "shown": None,
        "chart": None,
        "failure": None,
        "seconds": None,
        "repeated": False,
    }


def _given(form: Form) -> Mapping[str, str]:
    return {field.parameter.name: field.value for field in form.fields}


def _has_words(query: NamedQuery, wanted: str) -> bool:
    """Tell whether a question has each of some words, with or without their diacritics."""
    told = (query.name, query.summary, query.description, query.summary_vi, query.description_vi)
    text = plain(" ".join(told))
    return all(word in text for word in plain(wanted).split())
