"""The page of a task: its words, who has it and by when, and the way back to its legal basis."""

from starlette.requests import Request
from starlette.responses import Response

from api.pages.basis import bases_of
from api.pages.document import TASK
from api.pages.media import forms_of
from api.pages.records import evidence, read_whole
from api.pages.rendering import render_aside

_TASK = (
    *TASK,
    *("pillar_label", "section.title", *evidence("section")),
    *("document.label", "document.number", "document.title", "document.issuer.label"),
    *("document.issued", "document.type_label", "document.file_name"),
    *("parent_task.text", "sub_tasks.text", "traces_to.label"),
    *("citations.text", "citations.key", "citations.kind_label", "citations.instrument.label"),
    *evidence("citations"),
    *("targets.text", "targets.key", "targets.comparator_label", "targets.value"),
    *("targets.unit_text", "targets.year", *evidence("targets")),
    *("assignments.agency.answer_status_label", "assignments.agency.answers_today.label"),
    *("assignments.agency.answers_today.valid_from", "document.issuer.answers_today.valid_from"),
    *("assignments.agency.changed_by.label", "assignments.agency.changed_by.date"),
    "assignments.agency.changed_by.source",
    *("document.issuer.answer_status_label", "document.issuer.answers_today.label"),
)


async def page_of(request: Request, iri: str, path: str) -> Response:
    """Return the page of a task."""
    record = await read_whole(request, "Task", iri, *_TASK)
    assert record is not None  # noqa: S101 - its kind was asked for before
    values = {
        "task": record,
        "steps": await bases_of(request, record["document"]["id"]),
        "subject": iri,
        "forms": forms_of(path),
        "own": f"{path}.html",
    }
    return await render_aside(request, "task.html", values)
