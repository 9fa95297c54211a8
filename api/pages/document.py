"""The page of a document whose text is held, and the list of all of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from api.pages.freshness import etag_of, keep, not_modified
from api.pages.media import forms_of
from api.pages.numbers import page_number
from api.pages.records import Record, evidence, read_all, read_whole
from api.pages.rendering import language_of, render, render_aside
from api.pages.site import asked_by
from graph.describe import PAGE, members_of
from graph.reader.codes import code_lists
from ontology.terms import CANCU

_HEAD = (
    *("label", "number", "title", "type_label", "type_text", "issued", "issuer.label"),
    *("issuer_text", "province.label", "number_status_label", "file_name"),
)
_INSTRUMENTS = tuple(
    f"{relation}.label" for relation in ("based_on", "implements", "known_as", "possibly_same_as")
)
_DOCUMENT = (
    *_HEAD,
    *_INSTRUMENTS,
    *("sha256", "encoding", *evidence()),
    *("signatures.signer", "signatures.capacity", *evidence("signatures")),
    *("recipients.text", *evidence("recipients")),
    *("stated_bases.key", "stated_bases.kind_label", "stated_bases.instrument.label"),
    *evidence("stated_bases"),
    *("appendices.text", *evidence("appendices")),
    *("gaps.code", "gaps.code_label", "gaps.message", *evidence("gaps")),
    *("curated_facts.field", "curated_facts.value", "curated_facts.reason"),
    "curated_facts.source",
    *("sections.number", "sections.title", "sections.level", "sections.pillar_label"),
    *evidence("sections"),
)
TASK = (
    *("text", "list_label", "kind_label", "section.number", *evidence()),
    *("assignments.role", "assignments.role_label", "assignments.agency.label"),
    *("assignments.agency_name", "assignments.inherited", *evidence("assignments")),
    *("deadlines.text", "deadlines.value", "deadlines.recurrence", *evidence("deadlines")),
)
_FACTS = {
    "tasks": tuple(f"tasks.{name}" for name in TASK),
    "targets": (
        *("targets.text", "targets.key", "targets.value", "targets.unit_text", "targets.year"),
        *("targets.comparator_label", "targets.section.number", *evidence("targets")),
    ),
    "citations": (
        *("citations.text", "citations.key", "citations.kind_label", "citations.resolution_label"),
        *("citations.instrument.label", "citations.place.label", *evidence("citations")),
    ),
}


@dataclass(frozen=True, slots=True)
class SectionPart:
    """A section of a document with what stands right in it."""

    section: Record
    tasks: tuple[Record, ...]
    targets: tuple[Record, ...]


async def page_of(request: Request, iri: str, path: str) -> Response:
    """Return the page of a held document."""
    names = [name for group in _FACTS.values() for name in group]
    record = await read_whole(request, "Document", iri, *_DOCUMENT, *names)
    assert record is not None  # noqa: S101 - its kind was asked for before
    parts = _parts(record)
    placed = {task["id"] for part in parts for task in part.tasks}
    values = {
        "document": record,
        "parts": parts,
        "loose_tasks": [task for task in record["tasks"] if task["id"] not in placed],
        "gap_words": _gap_words(language_of(request)),
        "subject": iri,
        "forms": forms_of(path),
        "own": f"{path}.html",
    }
    return await render_aside(request, "document.html", values)


async def listing(request: Request) -> Response:
    """Answer with a page of the list of all documents."""
    etag = etag_of(request, "html")
    if (unchanged := not_modified(request, etag)) is not None:
        return unchanged
    page = page_number(request)
    documents, has_more = await documents_on(request, page, PAGE)
    values = {"documents": documents, "page_number": page, "has_more": has_more}
    return keep(render(request, "documents.html", values), etag)


async def documents_on(request: Request, page: int, size: int) -> tuple[list[Record], bool]:
    """Return the documents on a page of their list, and whether others follow."""
    found = await members_of(asked_by(request), CANCU.Document, page, size)
    documents = await read_all(request, "Document", found[:size], *_HEAD, *_INSTRUMENTS)
    return documents, len(found) > size


def _gap_words(language: str) -> dict[str, str]:
    """Return what each kind of gap means: the message of a gap, which tells more, is English."""
    codes = code_lists()["GapCode"].codes
    return {code.name: code.definitions[language] for code in codes}


def _parts(record: Record) -> list[SectionPart]:
    tasks, targets = _by_section(record["tasks"]), _by_section(record["targets"])
    return [
        SectionPart(section, tasks.get(section["id"], ()), targets.get(section["id"], ()))
        for section in record["sections"]
    ]


def _by_section(facts: Sequence[Record]) -> dict[str, tuple[Record, ...]]:
    found: dict[str, list[Record]] = {}
    for fact in facts:
        if fact["section"]:
            found.setdefault(fact["section"]["id"], []).append(fact)
    return {section: tuple(own) for section, own in found.items()}
