"""The addresses of the workbench: `/queries`, `/queries/NAME`, `/editor`."""

from collections.abc import Mapping
from typing import Any, get_args
from urllib.parse import quote

import orjson
from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse

from api.catalogue import editor, pages
from api.catalogue.asking import ask, bound, values_of
from api.negotiation import Offer, choose
from api.pages.freshness import etag_of, keep, not_modified
from api.pages.missing import not_found
from api.pages.rendering import address_of
from api.problems import Problem, ProblemError
from graph.engine.asking import TableFormat
from graph.store import PREFIXES
from queries.catalogue import (
    NamedQuery,
    Parameter,
    ParameterKind,
    UnknownQueryError,
    named_queries,
    named_query,
)
from queries.standalone import standalone

_TABLES = (
    Offer("application/sparql-results+json", "json"),
    Offer("text/csv", "csv"),
    Offer("text/tab-separated-values", "tsv"),
    Offer("application/sparql-results+xml", "xml"),
)
_MEDIA_TYPES = {offer.name: offer.media_type for offer in _TABLES}
# "application/json" and "application/xml" ask for the same; a page is for who asks for one.
_OFFERS = (
    *_TABLES,
    Offer("application/json", "json"),
    Offer("application/xml", "xml"),
    Offer("text/xml", "xml"),
    Offer("text/html", "html"),
    Offer("application/xhtml+xml", "html"),
)
_LIST_OFFERS = (Offer("application/json", "json"), Offer("text/html", "html"))
_RQ = "application/sparql-query"
_SUFFIXES = (*get_args(TableFormat), "html", "rq")


async def list_queries(request: Request) -> Response:
    """Answer `/queries`: the catalogue as a page, or as JSON."""
    form = _form_of(request, _LIST_OFFERS, "json" if request.url.path.endswith(".json") else "")
    etag = etag_of(request, form)
    if held := not_modified(request, etag):
        return held
    if form == "html":
        return keep(pages.list_page(request, named_queries()), etag)
    entries = [_entry(request, query) for query in named_queries()]
    return keep(_json({"queries": entries}), etag)


async def show_query(request: Request) -> Response:
    """Answer `/queries/NAME`: the question's page, or its answer in another form."""
    name, _, suffix = request.path_params["name"].partition(".")
    try:
        query = named_query(name)
    except UnknownQueryError:
        if _form_of(request, _OFFERS, suffix) == "html":
            return await not_found(request, None)
        raise
    if suffix and suffix not in _SUFFIXES:
        raise ProblemError(
            Problem("not-found", f"no form .{suffix}; there are: {', '.join(_SUFFIXES)}")
        )
    form = _form_of(request, _OFFERS, suffix)
    if form == "html":
        return await pages.query_page(request, query)
    bindings = bound(query, values_of(request))
    etag = etag_of(request, form)
    if form == "rq":
        return keep(PlainTextResponse(standalone(query, bindings, PREFIXES), media_type=_RQ), etag)
    return not_modified(request, etag) or await _answer(request, query, bindings, form, etag)


async def show_editor(request: Request) -> Response:
    """Answer `/editor`: the SPARQL editor."""
    try:
        return editor.page(request)
    except UnknownQueryError:
        return await not_found(request, None)


async def list_terms(request: Request) -> Response:
    """Answer `/editor/terms.json`: what the editor completes."""
    etag = etag_of(request, "json")
    return not_modified(request, etag) or keep(_json(await editor.terms(request)), etag)


def add_catalogue(app: FastAPI) -> None:
    """Add the workbench to an application whose state has `engine` and `settings`."""
    for path, endpoint in (
        ("/queries", list_queries),
        ("/queries.json", list_queries),
        ("/queries/{name}", show_query),
        ("/editor", show_editor),
        ("/editor/terms.json", list_terms),
    ):
        app.add_route(path, endpoint, methods=["GET"], include_in_schema=False)


async def _answer(
    request: Request,
    query: NamedQuery,
    bindings: Mapping[str, tuple[ParameterKind, str]],
    form: str,
    etag: str,
) -> Response:
    answer_format: TableFormat = next(known for known in get_args(TableFormat) if known == form)
    answer = await ask(request, query, bindings, answer_format)
    headers = {
        "Cancu-Release": answer.release,
        "Content-Disposition": f'inline; filename="{query.name}.{form}"',
    }
    response = StreamingResponse(answer.chunks, 200, headers, _MEDIA_TYPES[form])
    return keep(response, etag)


def _form_of(request: Request, offers: tuple[Offer, ...], suffix: str) -> str:
    if suffix:
        return suffix
    offer = choose(request.headers.get("accept"), offers)
    if offer is None:
        available = list(dict.fromkeys(offer.media_type for offer in offers))
        detail = "none of the media types asked for is there"
        raise ProblemError(Problem("not-acceptable", detail, {"available": available}))
    return offer.name


def _entry(request: Request, query: NamedQuery) -> dict[str, Any]:
    address = f"{address_of(request)}/queries/{quote(query.name)}"
    return {
        "name": query.name,
        "summary": {"vi": query.summary_vi, "en": query.summary},
        "description": {"vi": query.description_vi, "en": query.description},
        "audience": query.audience,
        "parameters": [_parameter(parameter) for parameter in query.parameters],
        "url": address,
    }


def _parameter(parameter: Parameter) -> dict[str, Any]:
    return {
        "name": parameter.name,
        "kind": parameter.kind,
        "default": parameter.default,
        "description": {"vi": parameter.description_vi, "en": parameter.description},
    }


def _json(value: object) -> Response:
    return Response(orjson.dumps(value), media_type="application/json")
