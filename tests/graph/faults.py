"""A good graph and ways to plant a fault in it.

The good graph is that of two shipped documents as the extractors read them, thinned to what is
quick to check: a scan with a stated number, and a text with ranges, quarters and sub-items. Of the
register it has what these lead to.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import lru_cache

import pyoxigraph as ox

from graph import terms
from graph.cited import instrument_quads
from graph.curated import HeldDocument, curated_quads
from graph.quads import document_iri, quads_for
from graph.reference import ref_quads
from graph.report import Finding, last_step
from graph.shared import register_quads
from graph.terms import node, value_of
from graph.validate import validate_triples
from loaders.citing.resolve import Instrument
from loaders.extract import extract
from loaders.facts import Facts
from loaders.source import read_document
from loaders.structure.tasks import Task
from ontology.terms import (
    CANCU,
    ELI,
    OA,
    RDF_TYPE,
    XSD,
)
from tests.graph.annotated import CORPUS, HUNG_YEN, TINH_UY, curated

Plant = Callable[[ox.Store], None]
Fault = tuple[Plant, tuple[str, ...]]

GRAPH = node("https://example.org/graph")
NOWHERE = node("https://w3id.org/cancu/eli/vn/cp/nq/2025/9999")
ODD = terms.text("odd")
DATE = node(f"{XSD}date")
SCAN = "/hung-yen/ubnd/"
_SOME = 6


@lru_cache(maxsize=1)
def good() -> tuple[ox.Quad, ...]:
    """Return the quads of two documents, thinned, and of all that they point to."""
    both = [_thinned(extract(read_document(CORPUS / name))) for name in (HUNG_YEN, TINH_UY)]
    store = ox.Store()
    for facts in both:
        store.extend(quads_for(facts))
    held = [HeldDocument(document_iri(f), f.document.sha256, f.document.name) for f in both]
    store.extend(curated_quads(store, curated(), held))
    known = (quad.object for quad in store.quads_for_pattern(None, node(CANCU.knownAs), None))
    store.extend(instrument_quads(store, frozenset(value_of(term) for term in known)))
    register = register_quads()
    store.extend(register)
    store.extend(ref_quads(store))
    left_out = {*register} - {*_led_to(store, register)}
    return tuple(
        ox.Quad(q.subject, q.predicate, q.object, GRAPH) for q in store if q not in left_out
    )


def _led_to(store: ox.Store, register: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
    """Yield what a register says of the nodes that the rest of a store leads to."""
    said: dict[object, list[ox.Quad]] = {}
    for quad in register:
        said.setdefault(quad.subject, []).append(quad)
    reached = {quad.object for quad in store if quad.subject not in said}
    while reached:
        quads = [quad for one in reached for quad in said.pop(one, ())]
        yield from quads
        reached = {quad.object for quad in quads}


def _thinned(facts: Facts) -> Facts:
    """Return facts with a few of each kind."""
    kinds = {_kind(task): index for index, task in enumerate(facts.tasks)}
    wanted = set(kinds.values())
    wanted |= {parent for i in wanted if (parent := facts.tasks[i].parent) is not None}
    place = {old: new for new, old in enumerate(sorted(wanted))}
    tasks = [_moved(facts.tasks[index], place) for index in sorted(wanted)]
    return replace(
        facts,
        head=replace(facts.head, recipients=facts.head.recipients[:1]),
        sections=facts.sections[:4],
        citations=facts.citations[:_SOME],
        instruments=tuple(_seen(one) for one in facts.instruments if one.citations[0] < _SOME),
        tasks=tuple(tasks),
        indicators=facts.indicators[:_SOME],
        agencies=facts.agencies[:2],
    )


def _seen(instrument: Instrument) -> Instrument:
    left = tuple(index for index in instrument.citations if index < _SOME)
    return replace(instrument, citations=left)


def _kind(task: Task) -> tuple[object, ...]:
    """Tell tasks apart by what a shape may look at."""
    forms = [(re.sub(r"\d", "0", due.value or ""), due.recurrence) for due in task.deadlines]
    return task.kind, task.parent is None, bool(task.assignments), *forms


def _moved(task: Task, place: dict[int, int]) -> Task:
    parent = None if task.parent is None else place[task.parent]
    return replace(task, parent=parent, assignments=task.assignments[:2])


def caught(findings: Iterable[Finding]) -> set[str]:
    """Return shape, property and message of each finding: "TaskShape text: …"."""
    return {f"{last_step(f.shape)} {_path(f)}: {f.message}" for f in findings}


def _path(finding: Finding) -> str:
    steps = (finding.path or "-").split("|")
    return "|".join("^" * step.startswith("^") + last_step(step) for step in steps)


def checked(store: ox.Store) -> list[Finding]:
    return validate_triples(quad.triple for quad in store)


def pick(
    store: ox.Store, predicate: str, kind: str | None = None, value: str = "", under: str = ""
) -> ox.Quad:
    """Return a quad with a predicate, of a subject of some class, with that in value and IRI."""
    quads = list(store.quads_for_pattern(None, node(predicate), None))
    if kind:
        members = store.quads_for_pattern(None, node(RDF_TYPE), node(kind))
        subjects = {quad.subject for quad in members}
        quads = [quad for quad in quads if quad.subject in subjects]
    fitting = (q for q in quads if value in value_of(q.object) and under in value_of(q.subject))
    return min(fitting, key=str)


def without(predicate: str, kind: str | None = None, value: str = "", under: str = "") -> Plant:
    """Take one statement away."""
    return lambda store: store.remove(pick(store, predicate, kind, value, under))


def changed(
    predicate: str,
    new: ox.Literal | ox.NamedNode,
    kind: str | None = None,
    value: str = "",
    under: str = "",
) -> Plant:
    """Give one statement another value."""

    def plant(store: ox.Store) -> None:
        quad = pick(store, predicate, kind, value, under)
        store.remove(quad)
        store.add(ox.Quad(quad.subject, quad.predicate, new, GRAPH))

    return plant


def added(
    predicate: str, new: ox.Literal | ox.NamedNode, kind: str, of: str | None = None
) -> Plant:
    """Say one thing more of a node of a class, one that already has the property `of`."""

    def plant(store: ox.Store) -> None:
        subject = pick(store, of or RDF_TYPE, kind).subject
        store.add(ox.Quad(subject, node(predicate), new, GRAPH))

    return plant


def both(*plants: Plant) -> Plant:
    def plant(store: ox.Store) -> None:
        for one in plants:
            one(store)

    return plant


def due(value: str, latest: str | None) -> Plant:
    """Let something in the scan be due at another time."""

    def plant(store: ox.Store) -> None:
        last = pick(store, CANCU.latestDate, under=SCAN)
        (stated,) = store.quads_for_pattern(last.subject, node(CANCU.deadlineValue), None)
        store.remove(stated)
        store.remove(last)
        store.add(ox.Quad(last.subject, stated.predicate, terms.text(value), GRAPH))
        if latest:
            store.add(ox.Quad(last.subject, last.predicate, terms.date(latest), GRAPH))

    return plant


def same_role_again() -> Plant:
    def plant(store: ox.Store) -> None:
        first = pick(store, CANCU.ofTask).subject
        second = node(f"{value_of(first)}0")
        for quad in list(store.quads_for_pattern(first, None, None)):
            store.add(ox.Quad(second, quad.predicate, quad.object, GRAPH))
        proof = pick(store, OA.hasBody, value=value_of(first))
        store.remove(proof)
        store.add(ox.Quad(proof.subject, proof.predicate, second, GRAPH))
        again = node(f"{value_of(proof.subject)}/2")
        for quad in list(store.quads_for_pattern(proof.subject, None, None)):
            store.add(ox.Quad(again, quad.predicate, quad.object, GRAPH))
        store.remove(ox.Quad(again, proof.predicate, second, GRAPH))
        store.add(ox.Quad(again, proof.predicate, first, GRAPH))

    return plant


def inner_section_to(end: int) -> Plant:
    def plant(store: ox.Store) -> None:
        inner = pick(store, ELI.is_part_of, value="/muc/").subject
        changed(CANCU.coversTo, terms.integer(end), under=value_of(inner))(store)

    return plant


def quoted_from_elsewhere() -> Plant:
    def plant(store: ox.Store) -> None:
        elsewhere = pick(store, OA.hasSource, under="/hung-yen/tu/").subject
        assert isinstance(elsewhere, ox.NamedNode)
        changed(OA.hasTarget, elsewhere, under=SCAN)(store)

    return plant


def tasks_of_scan(store: ox.Store) -> list[ox.Quad]:
    """Return the statements of the order of the scan's tasks."""
    orders = store.quads_for_pattern(None, node(CANCU.order), None)
    tasks = {q.subject for q in store.quads_for_pattern(None, None, node(CANCU.Task))}
    found = [quad for quad in orders if quad.subject in tasks and SCAN in value_of(quad.subject)]
    return sorted(found, key=lambda quad: int(value_of(quad.object)))


def under_a_later_task() -> Plant:
    def plant(store: ox.Store) -> None:
        first, *_, last = tasks_of_scan(store)
        store.add(ox.Quad(first.subject, node(CANCU.subTaskOf), last.subject, GRAPH))

    return plant


def numbered_like_another_task() -> Plant:
    def plant(store: ox.Store) -> None:
        first, *_, last = tasks_of_scan(store)
        store.remove(last)
        store.add(ox.Quad(last.subject, last.predicate, first.object, GRAPH))

    return plant


def unproved(kind: str) -> Plant:
    """Take the evidence of a fact away."""

    def plant(store: ox.Store) -> None:
        fact = pick(store, CANCU.inDocument, kind).subject
        for proof in list(store.quads_for_pattern(None, node(OA.hasBody), fact)):
            for quad in list(store.quads_for_pattern(proof.subject, None, None)):
                store.remove(quad)

    return plant


def fault(plant: Plant, *expected: str) -> Fault:
    """Return a row of the table: what is planted, and all that is then found."""
    return plant, expected


def with_fault(plant: Plant) -> ox.Store:
    """Return the good graph with a fault in it."""
    store = ox.Store()
    store.extend(good())
    plant(store)
    return store
