"""Facts as the JSON of the annotation guide: the form in which people annotate and tools score."""

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import Any, TypeVar

from loaders.citing.citations import Citation
from loaders.citing.resolve import Instrument
from loaders.document import Evidence, Gap, SourceDocument, Stated
from loaders.facts import Facts
from loaders.measuring.indicators import Indicator
from loaders.organs.agencies import AgencyMention
from loaders.structure.head import Head
from loaders.structure.sections import Section
from loaders.structure.tasks import Assignment, Task
from loaders.timing.deadlines import Deadline

Json = dict[str, Any]
T = TypeVar("T")

_HEAD_WORDS = 8


def annotation(facts: Facts) -> Json:
    """Return one document's facts in the schema of the annotation guide.

    Every entry also carries `rule` and `confidence`; instruments carry `resolution`, tasks their
    `label` and `parent` (an index into the list of tasks). `gaps` lists what is missing.
    """
    quote = facts.document.quote
    return {
        "file": facts.document.name,
        "sha256": facts.document.sha256,
        "encoding": facts.document.encoding,
        "document": _head(facts.head),
        "instruments": [_instrument(instrument) for instrument in facts.instruments],
        "citations": [_citation(citation, facts.document) for citation in facts.citations],
        "sections": [_section(section) for section in facts.sections],
        "tasks": [_task(task, facts.document) for task in facts.tasks],
        "indicators": [_indicator(indicator, facts.document) for indicator in facts.indicators],
        "agencies": _agencies(m for m in facts.agencies if not m.generic),
        "agencies_generic": _agencies(m for m in facts.agencies if m.generic),
        "gaps": [_gap(gap, quote) for gap in facts.gaps],
    }


def _value(stated: Stated[T] | None) -> T | None:
    return None if stated is None else stated.value


def _head(head: Head) -> Json:
    single = ("doc_type", "number", "series", "issued", "place", "issuer", "title")
    several = ("implements", "legal_basis", "appendices", "recipients")
    signer = _value(head.signer)
    return {
        **{name: _value(getattr(head, name)) for name in single},
        "signer": None if signer is None else {"name": signer.name, "capacity": signer.capacity},
        **{name: [stated.value for stated in getattr(head, name)] for name in several},
        "evidence": {
            name: _evidence(getattr(head, name).evidence)
            for name in (*single, "signer")
            if getattr(head, name) is not None
        },
    }


def _evidence(evidence: Evidence) -> Json:
    return {
        "start": evidence.span.start,
        "end": evidence.span.end,
        "rule": evidence.rule,
        "confidence": evidence.confidence,
    }


def _instrument(instrument: Instrument) -> Json:
    return {
        "key": instrument.key,
        "type": instrument.type,
        "number": instrument.number,
        "issued": instrument.issued,
        "issuer": instrument.issuer,
        "title": instrument.title,
        "resolution": instrument.resolution,
        "candidates": list(instrument.candidates),
    }


def _citation(citation: Citation, document: SourceDocument) -> Json:
    return {
        "quote": document.quote(citation.evidence.span),
        **_evidence(citation.evidence),
        "key": citation.key,
        "type": citation.type,
        "issued": citation.issued,
        "issuer": citation.issuer,
        "kind": citation.kind,
        "resolution": citation.resolution,
        "note": citation.note,
    }


def _section(section: Section) -> Json:
    return {"path": section.path, "heading": section.heading, **_evidence(section.evidence)}


def _task(task: Task, document: SourceDocument) -> Json:
    words = document.quote(task.evidence.span).split()
    return {
        "section": task.section,
        **_evidence(task.evidence),
        "head": " ".join(words[:_HEAD_WORDS]),
        "kind": task.kind,
        "label": task.label,
        "parent": task.parent,
        "lead": _agencies_in_role(task.assignments, "lead"),
        "support": _agencies_in_role(task.assignments, "support"),
        "reports_to": _agencies_in_role(task.assignments, "reports-to"),
        "deadlines": [_deadline(deadline, document) for deadline in task.deadlines],
        "cites": list(task.cites),
    }


def _agencies_in_role(assignments: Sequence[Assignment], role: str) -> list[str]:
    return list(dict.fromkeys(a.agency for a in assignments if a.role == role))


def _deadline(deadline: Deadline, document: SourceDocument) -> Json:
    return {
        "quote": document.quote(deadline.evidence.span),
        **_evidence(deadline.evidence),
        "value": deadline.value,
        "recurrence": deadline.recurrence,
    }


def _number(value: Decimal | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def _indicator(indicator: Indicator, document: SourceDocument) -> Json:
    return {
        "quote": document.quote(indicator.evidence.span),
        **_evidence(indicator.evidence),
        "name": indicator.name,
        "comparator": indicator.comparator,
        "value": _number(indicator.value),
        "value_max": _number(indicator.value_max),
        "unit": indicator.unit,
        "base": indicator.base,
        "target_year": indicator.target_year,
        "section": indicator.section,
    }


def _agencies(mentions: Iterable[AgencyMention]) -> list[Json]:
    by_name: dict[str, list[AgencyMention]] = {}
    for mention in mentions:
        by_name.setdefault(mention.name, []).append(mention)
    return [
        {"name": name, "mentions": [[m.evidence.span.start, m.evidence.span.end] for m in found]}
        for name, found in by_name.items()
    ]


def _gap(gap: Gap, quote: Callable[..., str]) -> Json:
    place = {} if gap.span is None else {"start": gap.span.start, "end": gap.span.end}
    return {"code": gap.code, "message": gap.message, **place} | (
        {} if gap.span is None else {"quote": quote(gap.span)}
    )
