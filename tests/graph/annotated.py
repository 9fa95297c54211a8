"""Facts made from the hand-made annotations: real in size and kind, independent of extractors."""

import hashlib
import json
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

from graph.plan import Loadable
from loaders.citing.citations import Citation
from loaders.citing.resolve import Instrument
from loaders.corpus import CuratedFact, read_catalogue
from loaders.document import Evidence, Gap, SourceDocument, Span, Stated
from loaders.facts import Facts
from loaders.measuring.indicators import Indicator
from loaders.organs.agencies import AgencyMention
from loaders.structure.head import Head, Signer
from loaders.structure.sections import Section
from loaders.structure.tasks import Assignment, Role, Task
from loaders.timing.deadlines import Deadline

ROOT = Path(__file__).parents[2]
CORPUS = ROOT / "corpus"
NAMES = (
    "hau-giang-ke-hoach-03-nq-cp.txt",
    "hung-yen-ke-hoach-44-kh-ubnd.txt",
    "hung-yen-tinh-uy-ke-hoach-386-kh-tu.md",
    "lai-chau-ke-hoach-03-nq-cp.md",
    "ninh-binh-ke-hoach-03-nq-cp.md",
)
HUNG_YEN, TINH_UY, NINH_BINH = NAMES[1], NAMES[2], NAMES[4]
_ROLES: tuple[tuple[str, Role], ...] = (
    ("lead", "lead"),
    ("support", "support"),
    ("reports_to", "reports-to"),
)


@lru_cache(maxsize=8)
def annotated(name: str) -> Loadable:
    """Return one of the shipped documents with its annotation as facts."""
    data = (CORPUS / name).read_bytes()
    gold = json.loads((ROOT / "tests/gold" / f"{Path(name).stem}.json").read_text("utf-8"))
    media_type = "text/markdown" if name.endswith(".md") else "text/plain"
    digest = hashlib.sha256(data).hexdigest()
    document = SourceDocument(name, digest, data.decode(), media_type=media_type)
    citations = tuple(_citation(gold, entry) for entry in gold["citations"])
    facts = Facts(
        document=document,
        head=_head(gold["document"], document),
        sections=_sections(gold, document),
        citations=citations,
        instruments=tuple(_instrument(entry, citations) for entry in gold["instruments"]),
        tasks=tuple(_task(entry) for entry in gold["tasks"]),
        indicators=tuple(_indicator(entry) for entry in gold["indicators"]),
        agencies=_agencies(gold),
        gaps=(Gap("appendix-not-held", "An annex is announced and not in the file.", Span(3, 30)),),
    )
    return Loadable(facts, data)


def corpus() -> list[Loadable]:
    """Return the five shipped documents."""
    return [annotated(name) for name in NAMES]


def curated() -> list[CuratedFact]:
    """Return the curated facts of the shipped catalogue."""
    return [fact for e in read_catalogue(CORPUS / "catalogue.toml") for fact in e.curated]


def evidence(start: int, end: int, rule: str = "GOLD-001") -> Evidence:
    """Return evidence as an annotator would give it."""
    return Evidence(Span(start, end), rule, 0.95)


def _head(gold: dict[str, Any], document: SourceDocument) -> Head:
    def stated(value: str | None) -> Stated[str] | None:
        return None if value is None else Stated(value, _found(document, value))

    def listed(name: str) -> tuple[Stated[str], ...]:
        return tuple(Stated(value, _found(document, value)) for value in gold[name])

    said = gold["signer"] or {"name": None}
    signer = Signer(said["name"], said["capacity"]) if said["name"] else None
    return Head(
        doc_type=stated(gold["doc_type"]),
        number=stated(gold["number"]),
        series=stated(gold["series"]),
        issued=stated(gold["issued"]),
        place=stated(gold["place"]),
        issuer=stated(gold["issuer"]),
        title=stated(gold["title"]),
        signer=Stated(signer, _found(document, signer.name)) if signer else None,
        implements=listed("implements"),
        legal_basis=listed("legal_basis"),
        appendices=listed("appendices"),
        recipients=listed("recipients"),
    )


def _found(document: SourceDocument, words: str) -> Evidence:
    start = max(0, document.text.find(words))
    return evidence(start, start + len(words))


def _sections(gold: dict[str, Any], document: SourceDocument) -> tuple[Section, ...]:
    entries = gold["sections"]
    sections = []
    for index, entry in enumerate(entries):
        level = entry["path"].count(".") + 1
        later = (e["start"] for e in entries[index + 1 :] if e["path"].count(".") < level)
        end = next(later, len(document.text))
        heading = evidence(entry["start"], entry["start"] + len(entry["heading"]))
        start = entry["start"]
        sections.append(Section(entry["path"], entry["heading"], level, heading, start, end))
    return tuple(sections)


def _citation(gold: dict[str, Any], entry: dict[str, Any]) -> Citation:
    about = next(i for i in gold["instruments"] if i["key"] == entry["key"])
    note = entry.get("note")
    return Citation(
        evidence=evidence(entry["start"], entry["end"]),
        key=entry["key"],
        type=about["type"],
        number=about["number"],
        resolution="repaired" if note else "exact",
        note=note,
    )


def _instrument(entry: dict[str, Any], citations: tuple[Citation, ...]) -> Instrument:
    fields = ("key", "type", "number", "issued", "issuer", "title")
    mentions = tuple(i for i, citation in enumerate(citations) if citation.key == entry["key"])
    return Instrument(**{name: entry[name] for name in fields}, citations=mentions)


def _task(entry: dict[str, Any]) -> Task:
    own = evidence(entry["start"], entry["end"])
    return Task(
        kind=entry["kind"],
        section=entry["section"],
        label=None,
        evidence=own,
        assignments=tuple(
            Assignment(role, agency, own) for key, role in _ROLES for agency in entry[key]
        ),
        deadlines=tuple(
            Deadline(evidence(d["start"], d["end"]), d["value"], d["recurrence"])
            for d in entry["deadlines"]
        ),
        cites=tuple(entry["cites"]),
    )


def _indicator(entry: dict[str, Any]) -> Indicator:
    maximum = entry["value_max"]
    return Indicator(
        evidence=evidence(entry["start"], entry["end"]),
        name=entry["name"],
        comparator=entry["comparator"],
        value=Decimal(str(entry["value"])),
        value_max=None if maximum is None else Decimal(str(maximum)),
        unit=entry["unit"],
        base=entry["base"],
        target_year=entry["target_year"],
        section=entry["section"],
    )


def _agencies(gold: dict[str, Any]) -> tuple[AgencyMention, ...]:
    return tuple(
        AgencyMention(evidence(start, end), entry["name"], entry["name"][0].islower(), is_generic)
        for is_generic, key in ((False, "agencies"), (True, "agencies_generic"))
        for entry in gold.get(key, [])
        for start, end in entry["mentions"]
    )
