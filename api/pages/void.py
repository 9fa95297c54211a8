"""The description of the dataset at its well-known address (VoID)."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from api.pages.freshness import etag_of, keep, not_modified
from api.pages.linked_data import streamed
from api.pages.media import TURTLE, choose, form_named, forms_of
from api.pages.missing import not_acceptable, not_found
from api.pages.paths import url_of
from api.pages.rendering import address_of, root_of
from api.pages.site import asked_by, site_of
from graph.dataset import DATASET
from graph.dumps import KINDS
from graph.void import void_of

PATH = "/.well-known/void"


async def description(request: Request) -> Response:
    """Answer with the description; a browser is led to the page of the dataset."""
    suffix = request.path_params.get("suffix")
    accept = request.headers.get("accept")
    form = form_named(suffix) if suffix else choose(accept, TURTLE)
    if form is None and suffix:
        return await not_found(request, None)
    if form is None:
        return not_acceptable(forms_of(f"{root_of(request)}{PATH}"))
    if form.graph_format is None:
        return RedirectResponse(url_of(DATASET, root_of(request)), 303, {"Vary": "Accept"})
    etag = etag_of(request, form.suffix)
    if (unchanged := not_modified(request, etag)) is not None:
        return unchanged
    engine, here = asked_by(request), address_of(request)
    pages = {"description": here + PATH, "home": f"{here}/", "sparql": f"{here}/sparql"}
    is_local = site_of(request).folder is not None
    dumps = [f"{here}/dumps/{engine.release}/cancu.{kind}.gz" for kind in KINDS if is_local]
    answer = await void_of(engine, form.graph_format, engine.release, pages, dumps)
    return keep(streamed(answer, form), etag)
