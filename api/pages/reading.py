"""Which page an IRI gets: one of its kind, else the page that any resource has."""

from collections.abc import Awaitable, Callable, Mapping
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response

from api.pages import agency, document, instrument, section, source_text, task
from api.pages.media import forms_of
from api.pages.numbers import page_number
from api.pages.records import kind_of
from api.pages.rendering import render, render_aside, root_of
from api.pages.resource import grouped, read_resource
from api.pages.site import asked_by, site_of
from graph import describe, iris
from graph.quotes import quotes_about, source_of

_TEXT = iris.expression("")
_Page = Callable[[Request, str, str], Awaitable[Response]]
_PAGES: Mapping[str, _Page] = {
    "Plan": document.page_of,
    "Resolution": document.page_of,
    "OtherDocument": document.page_of,
    "Section": section.page_of,
    "Task": task.page_of,
    "Organization": agency.page_of,
    "AgencyGroup": agency.page_of,
    "CitedInstrument": instrument.page_of,
}


async def page_of(request: Request, iri: str, path: str | None) -> Response:
    """Return the page of an IRI; `path` is where it opens, None if only `?iri=` leads to it."""
    if page_number(request, "incoming", 0):
        return await _incoming(request, iri, path)
    if path is None or request.query_params.get("view") == "data":
        return await _resource(request, iri, path)
    source = await source_of(asked_by(request), iri) if iri.endswith(_TEXT) else None
    if source is not None:
        return await source_text.page_of(request, source)
    page = _PAGES.get(await kind_of(request, iri) or "")
    return await page(request, iri, path) if page else await _resource(request, iri, path)


async def _resource(request: Request, iri: str, path: str | None) -> Response:
    site, engine = site_of(request), asked_by(request)
    page = page_number(request)
    words = await site.vocabulary.words(engine)
    resource = await read_resource(engine, iri, page, words)
    quotes = await quotes_about(engine, iri)
    values = {
        "resource": resource,
        "evidence": [(found, site.sources.verdict(found)) for found in quotes],
        "page_number": page,
        **_places(request, iri, path),
    }
    return await render_aside(request, "resource.html", values)


async def _incoming(request: Request, iri: str, path: str | None) -> Response:
    engine = asked_by(request)
    page = page_number(request, "incoming")
    found = await describe.pointing_to(engine, iri, page)
    words = await site_of(request).vocabulary.words(engine)
    names = words.get(iri) or await describe.names_of(engine, iri)
    values = {
        "iri": iri,
        "names": names,
        "groups": grouped(found),
        "has_more": found.has_more and page < describe.MOST_PAGES,
        "words": words,
        "page_number": page,
        **_places(request, iri, path),
    }
    return render(request, "incoming.html", values)


def _places(request: Request, iri: str, path: str | None) -> dict[str, object]:
    """Return where a resource has its page and its data."""
    if path is not None:
        return {"own": f"{path}.html", "joint": "?", "forms": forms_of(path)}
    own = f"{root_of(request)}/resource?iri={quote(iri, safe='')}"
    forms = [(kind, f"{own}&format={name[1:]}") for kind, name in forms_of("")]
    return {"own": own, "joint": "&", "forms": forms}
