"""Every IRI of the graph opens here: as a page, or as a graph in one of four forms.

Cool URIs: the address of a thing answers 303 and leads to an address with a suffix, which is that
of a document about it. Which document is up to the Accept header. The documents answer 200.
"""

from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response, StreamingResponse

from api.pages import missing, reading
from api.pages.freshness import etag_of, keep, not_modified
from api.pages.media import FORMS, Form, choose, form_named, forms_of, split_suffix
from api.pages.numbers import page_number
from api.pages.paths import external_iri, iri_of, url_of
from api.pages.rendering import address_of, root_of
from api.pages.site import asked_by, site_of
from graph import describe
from graph.engine.asking import Answer
from ontology.terms import BASE


async def resource(request: Request) -> Response:
    """Answer at the path of one of our own IRIs, with or without a suffix."""
    path, form = split_suffix(request.path_params["path"])
    iri = iri_of(path)
    if iri is None or path.startswith("/"):
        return await missing.not_found(request, None)
    if form is None:
        return await _see_other(request, path, iri)
    return await _document(request, iri, form, f"{root_of(request)}/{path}")


async def external(request: Request) -> Response:
    """Answer what is known of the IRI in `?iri=`, in the form of `?format=` or Accept."""
    iri = external_iri(request.query_params.get("iri", "").strip())
    if iri is None:
        return await missing.not_found(request, None)
    if iri.startswith(BASE) and "#" not in iri:
        return RedirectResponse(url_of(iri, root_of(request)), 303, {"Vary": "Accept"})
    wanted = request.query_params.get("format")
    form = form_named(wanted) if wanted else choose(request.headers.get("accept"))
    if form is None:
        return missing.not_acceptable(_external_forms(request, iri))
    return await _document(request, iri, form, None)


async def _see_other(request: Request, path: str, iri: str) -> Response:
    """Lead from a thing to the document about it."""
    form = choose(request.headers.get("accept"))
    if not await describe.exists(asked_by(request), iri):
        return await missing.not_found(request, iri)
    if form is None:
        return missing.not_acceptable(forms_of(f"{root_of(request)}/{path}"))
    query = f"?{request.url.query}" if request.url.query else ""
    target = f"{root_of(request)}/{path}.{form.suffix}{query}"
    headers = {"Vary": "Accept", "Cache-Control": "no-cache"}
    return RedirectResponse(target, 303, headers)


async def _document(request: Request, iri: str, form: Form, path: str | None) -> Response:
    """Answer with the document about a thing."""
    etag = etag_of(request, form.suffix)
    if (unchanged := not_modified(request, etag)) is not None:
        return unchanged
    shelf, key = site_of(request).shelf, (etag, request.url.path, request.url.query)
    if (kept := shelf.find(key)) is not None:
        return kept
    if not await describe.exists(asked_by(request), iri):
        return await missing.not_found(request, iri)
    if form.graph_format is None:
        response = await reading.page_of(request, iri, path)
    else:
        response = await _graph(request, iri, form)
    response.headers["Link"] = ", ".join(_links(request, iri, path, form))
    keep(response, etag)
    if form.graph_format is None:
        shelf.put(key, response)
    return response


async def _graph(request: Request, iri: str, form: Form) -> Response:
    engine = asked_by(request)
    assert form.graph_format is not None  # noqa: S101 - a page is made elsewhere
    page = page_number(request, "incoming", 0)
    if page:
        answer = await describe.pointing_graph(engine, iri, form.graph_format, page)
    else:
        here = _address_of_document(request, iri, form)
        pointing = f"{here}{'&' if '?' in here else '?'}incoming=1"
        answer = await describe.graph_of(engine, iri, form.graph_format, here, pointing)
    return streamed(answer, form)


def _address_of_document(request: Request, iri: str, form: Form) -> str:
    """Return the address of a document without what only chooses a part of it."""
    if "iri" in request.query_params:
        return f"{address_of(request)}/resource?iri={quote(iri, safe='')}&format={form.suffix}"
    return address_of(request) + request.url.path.removeprefix(root_of(request))


def streamed(answer: Answer, form: Form) -> Response:
    """Return a graph as it comes from the engine."""
    headers = {"Cancu-Release": answer.release}
    if answer.capped:
        headers["Cancu-Capped"] = "true"
    return StreamingResponse(answer.chunks, headers=headers, media_type=form.media_type)


def _links(request: Request, iri: str, path: str | None, form: Form) -> list[str]:
    """Return the Link headers of a document: the thing it is about, and its other forms."""
    forms = forms_of(path) if path is not None else _external_forms(request, iri)
    others = [(kind, url) for kind, url in forms if kind != form.bare_type]
    return [
        f'<{iri}>; rel="describes"',
        *(f'<{url}>; rel="alternate"; type="{kind}"' for kind, url in others),
    ]


def _external_forms(request: Request, iri: str) -> list[tuple[str, str]]:
    url = f"{root_of(request)}/resource?iri={quote(iri, safe='')}"
    return [(form.bare_type, f"{url}&format={form.suffix}") for form in FORMS]
