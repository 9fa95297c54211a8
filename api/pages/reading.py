"""Which page an IRI gets: the text of a document its own, all else the page of a resource."""

from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response

from api.pages import source_text
from api.pages.media import forms_of
from api.pages.rendering import render, root_of
from api.pages.resource import grouped, read_resource
from api.pages.site import asked_by, site_of
from graph import describe
from graph.quotes import quotes_about, source_of


async def page_of(request: Request, iri: str, path: str | None) -> Response:
    """Return the page of an IRI; `path` is where it opens, None if only `?iri=` leads to it."""
    if _number(request, "incoming"):
        return await _incoming(request, iri, path)
    engine = asked_by(request)
    source = await source_of(engine, iri) if iri.endswith("/vi/txt") else None
    if source is not None:
        return await source_text.page_of(request, source)
    return await _resource(request, iri, path)


async def _resource(request: Request, iri: str, path: str | None) -> Response:
    site, engine = site_of(request), asked_by(request)
    page = max(1, _number(request, "page"))
    words = await site.vocabulary.words(engine)
    resource = await read_resource(engine, iri, page, words)
    quotes = await quotes_about(engine, iri)
    values = {
        "resource": resource,
        "evidence": [(found, site.texts.verdict(found)) for found in quotes],
        "page_number": page,
        **_places(request, iri, path),
    }
    return render(request, "resource.html", values)


async def _incoming(request: Request, iri: str, path: str | None) -> Response:
    engine = asked_by(request)
    page = _number(request, "incoming")
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


def _number(request: Request, name: str) -> int:
    """Return the number of a page that is asked for; 0 if none is."""
    text = request.query_params.get(name, "")
    fits = text.isascii() and text.isdigit() and len(text) < len(str(describe.MOST_COUNTED))
    return min(int(text), describe.MOST_PAGES) if fits else 0
