"""The page of a section: what is to be done in it, and what it sets and cites."""

from starlette.requests import Request
from starlette.responses import Response

from api.pages.document import TASK
from api.pages.media import forms_of
from api.pages.records import evidence, read_whole
from api.pages.rendering import render_aside

_SECTION = (
    *("number", "title", "pillar_label", "subsections.number", "subsections.title", *evidence()),
    *("document.label", "document.number", "document.type_label", "document.file_name"),
    "parent.title",
    *(f"tasks.{name}" for name in TASK),
    *("targets.text", "targets.key", "targets.value", "targets.unit_text", "targets.year"),
    *("targets.comparator_label", *evidence("targets")),
    *("citations.text", "citations.key", "citations.kind_label", "citations.instrument.label"),
    *evidence("citations"),
)


async def page_of(request: Request, iri: str, path: str) -> Response:
    """Return the page of a section."""
    record = await read_whole(request, "Section", iri, *_SECTION)
    assert record is not None  # noqa: S101 - its kind was asked for before
    values = {
        "section": record,
        "subject": iri,
        "forms": forms_of(path),
        "own": f"{path}.html",
    }
    return await render_aside(request, "section.html", values)
