"""The page of an instrument that is known by what others say of it."""

from starlette.requests import Request
from starlette.responses import Response

from api.pages.media import forms_of
from api.pages.records import DOCUMENT_NAME, evidence, read_whole
from api.pages.rendering import render_aside

_DOCUMENTS = ("implemented_by", "basis_of", "carried_out_by", "cited_by.document")
_INSTRUMENT = (
    *("label", "description", "number", "title", "type_label", "issued", "issuer.label"),
    *("province.label", "disagreements", "held_as.label", "possibly_same_as.label"),
    *("based_on.label", "implements.label"),
    *(f"{of}.{name}" for of in _DOCUMENTS for name in DOCUMENT_NAME),
    *("cited_by.text", "cited_by.kind_label", *evidence("cited_by")),
    *("claims.key", "claims.stated_number", "claims.stated_date", "claims.stated_issuer"),
    *("claims.resolution_label", "claims.document.label", "claims.document.file_name"),
    "traced_tasks",
)


async def page_of(request: Request, iri: str, path: str) -> Response:
    """Return the page of a cited instrument."""
    record = await read_whole(request, "Instrument", iri, *_INSTRUMENT)
    assert record is not None  # noqa: S101 - its kind was asked for before
    values = {
        "instrument": record,
        "subject": iri,
        "forms": forms_of(path),
        "own": f"{path}.html",
    }
    return await render_aside(request, "instrument.html", values)
