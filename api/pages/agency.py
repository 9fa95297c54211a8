"""The page of an agency: where it belongs, what became of it, and its tasks by role."""

from starlette.requests import Request
from starlette.responses import Response

from api.pages.media import forms_of
from api.pages.numbers import page_number
from api.pages.records import DOCUMENT_NAME, Record, read_all, read_whole
from api.pages.rendering import render

SIZE = 50
_ROLES = ("led_tasks", "supported_tasks", "reported_tasks")
_AGENCY = (
    *("label", "other_names", "level_label", "valid_from", "valid_through"),
    *("kind.label", "province.label", "parent.label", "parent.parent.label"),
    *("answer_status_label", "answers_today.label", "answers_today.valid_from"),
    *("predecessors.label", "predecessors.valid_from", "succeeded_by.label"),
    *("succeeded_by.valid_from", "succeeded_by.succeeded_by.label"),
    "succeeded_by.succeeded_by.succeeded_by.label",
    *("changed_by.label", "changed_by.date", "changed_by.source", "changed_by.reason"),
    *("changed_by.based_on.label", "member_kinds.label", "issued_instruments.label"),
    *_ROLES,
)
_TASK = ("text", *(f"document.{name}" for name in DOCUMENT_NAME))


async def page_of(request: Request, iri: str, path: str) -> Response:
    """Return the page of an agency or of a class of agencies."""
    record = await read_whole(request, "Agency", iri, *_AGENCY)
    assert record is not None  # noqa: S101 - its kind was asked for before
    values = {
        "agency": record,
        "roles": [await _role(request, record, role) for role in _ROLES],
        "subject": iri,
        "forms": forms_of(path),
        "own": f"{path}.html",
    }
    return render(request, "agency.html", values)


async def _role(request: Request, record: Record, role: str) -> dict[str, object]:
    """Return a page of the tasks in which an agency has a role."""
    nodes = [task["id"] for task in record[role]]
    page = page_number(request, role)
    shown = nodes[(page - 1) * SIZE : page * SIZE]
    return {
        "name": role,
        "total": len(nodes),
        "page": page,
        "has_more": page * SIZE < len(nodes),
        "tasks": await read_all(request, "Task", shown, *_TASK) if shown else [],
    }
