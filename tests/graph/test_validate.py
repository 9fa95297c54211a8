from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest

from graph import iris, terms
from graph.load import LoadReport, load_documents
from graph.quads import document_iri, quads_for
from graph.releases import Folder
from graph.shared import instrument_quads, ref_quads
from graph.store import Store
from graph.terms import node
from graph.validate import Violation, validate_document, validate_store, violations
from ontology.terms import (
    CANCU,
    CITO,
    DCTERMS,
    ELI,
    ITSRDF,
    OA,
    PPLAN,
    PROV,
    RDF_TYPE,
    SCHEMA,
    SDMX,
    SKOS,
    XSD,
)
from tests.graph.annotated import TINH_UY, annotated
from tests.graph.small import plan

WHOLE = annotated(TINH_UY).facts
# Some of each kind of fact are enough, and quick to check.
FACTS = replace(
    WHOLE,
    tasks=tuple(task for task in WHOLE.tasks if task.deadlines),
    indicators=WHOLE.indicators[:2],
    agencies=WHOLE.agencies[:3],
)
GRAPH = iris.document_graph(FACTS.document.sha256)
OWN = document_iri(FACTS)
ODD = terms.text("odd")


def filled() -> ox.Store:
    store = ox.Store()
    store.extend(quads_for(FACTS))
    store.extend(instrument_quads(store, frozenset()))
    store.extend(ref_quads(store))
    return store


def one(store: ox.Store, predicate: str, subject_class: str | None = None) -> ox.Quad:
    """Return a quad with a predicate, the first one by subject and value."""
    quads = list(store.quads_for_pattern(None, node(predicate), None))
    if subject_class:
        members = store.quads_for_pattern(None, node(RDF_TYPE), node(subject_class))
        subjects = {quad.subject for quad in members}
        quads = [quad for quad in quads if quad.subject in subjects]
    return min(quads, key=str)


def without(predicate: str, subject_class: str | None = None) -> Callable[[ox.Store], None]:
    return lambda store: store.remove(one(store, predicate, subject_class))


def with_value(
    predicate: str, value: ox.Literal | ox.NamedNode, subject_class: str | None = None
) -> Callable[[ox.Store], None]:
    def plant(store: ox.Store) -> None:
        quad = one(store, predicate, subject_class)
        store.remove(quad)
        store.add(ox.Quad(quad.subject, quad.predicate, value, quad.graph_name))

    return plant


def also(predicate: str, value: ox.Literal | ox.NamedNode) -> Callable[[ox.Store], None]:
    def plant(store: ox.Store) -> None:
        quad = one(store, predicate)
        store.add(ox.Quad(quad.subject, quad.predicate, value, quad.graph_name))

    return plant


def test_an_annotated_document_conforms() -> None:
    assert validate_document(filled(), GRAPH) == []


@pytest.mark.parametrize(
    "kind",
    [
        CANCU.Task,
        CANCU.Assignment,
        CANCU.Deadline,
        CANCU.IndicatorTarget,
        CANCU.Citation,
        CANCU.InstrumentClaim,
        CANCU.BasisStatement,
        CANCU.AgencyMention,
        CANCU.Recipient,
        CANCU.Signature,
        ELI.LegalResourceSubdivision,
    ],
)
def test_a_fact_without_evidence_is_found(kind: str) -> None:
    store = filled()
    member = one(store, CANCU.inDocument, kind).subject
    for quad in list(store.quads_for_pattern(None, node(OA.hasBody), member)):
        store.remove(quad)

    found = [v for v in validate_document(store, GRAPH) if v.message == "a fact without evidence"]
    assert [node(violation.focus) for violation in found] == [member]


@pytest.mark.parametrize(
    ("plant", "message"),
    [
        # Evidence.
        (without(CANCU.inDocument), "a fact must belong to exactly one document"),
        (without(CANCU.rule), "evidence must name the extraction rule"),
        (with_value(ITSRDF.taConfidence, terms.double(1.5)), "confidence must lie between 0 and 1"),
        (with_value(OA.hasTarget, node(OWN)), "evidence must point to exactly one stretch of text"),
        (without(PROV.wasGeneratedBy), "evidence must name the extraction that made it"),
        (with_value(OA.hasSource, node(OWN)), "a stretch must be of the text of a document"),
        (without(OA.hasSelector), "a stretch must have position and quote"),
        (with_value(OA.start, terms.integer(10**9)), "a stretch must start before it ends"),
        (without(OA.end), "a stretch must have an end"),
        (with_value(OA.exact, ox.Literal("")), "a stretch must quote its words"),
        (without(OA.prefix), "a stretch must have its prefix"),
        (without(OA.suffix), "a stretch must have its suffix"),
        # Documents.
        (without(ELI.realizes), "a document must have exactly one text"),
        (with_value(CANCU.numberStatus, ODD), "a document must say whether its number is stated"),
        (also(ELI.passed_by, node(OWN)), "a document has one issuer at most"),
        (with_value(CANCU.sha256, ODD), "a text must have the SHA-256 of its source"),
        (without(CANCU.encoding), "a text must name its encoding"),
        (without(ELI.embodies), "a text must have exactly one file"),
        (without(CANCU.fileName), "a file must have a name"),
        (without(ELI.is_part_of), "a section must be part of a document or section"),
        (with_value(CANCU.coversTo, terms.integer(0)), "a section must say what it covers"),
        # Tasks.
        (without(CANCU.text, CANCU.Task), "a task must have words"),
        (without(CANCU.order, CANCU.Task), "a task must have its order"),
        (with_value(CANCU.contentKey, ODD), "a task must have a content key"),
        (with_value(CANCU.taskKind, ODD), "no such kind of task"),
        (without(PPLAN.isStepOfPlan), "a task must be of a document"),
        (without(CANCU.ofTask), "an assignment must be of a task"),
        (without(CANCU.assignee), "an assignment must be to exactly one agency"),
        (with_value(PROV.hadRole, node(iris.code("role", "boss"))), "no such role"),
        (with_value(CANCU.latestDate, ODD), "the latest date must be a date"),
        (without(CANCU.hasDeadline), "a deadline must be of a task"),
        (with_value(CANCU.recurrence, ODD), "a recurrence must be an ISO 8601 period"),
        # Indicators.
        (without(SDMX.obsValue), "a target must have one value or the two ends of a range"),
        (without(CANCU.ofIndicator), "a target must be of an indicator"),
        (with_value(CANCU.comparator, ODD), "no such comparator"),
        (
            with_value(CANCU.targetYear, ox.Literal("2030", datatype=node(f"{XSD}integer"))),
            "the target year must be a year",
        ),
        # Citations and what they share.
        (without(CITO.hasCitedEntity), "a citation must be of exactly one instrument"),
        (without(CITO.hasCitingEntity), "a citation must stand in one place"),
        (without(CANCU.statedKey, CANCU.Citation), "a citation must have a key"),
        (with_value(CANCU.citationKind, ODD), "no such kind of citation"),
        (with_value(CANCU.resolution, ODD), "no such resolution"),
        (
            with_value(CITO.hasCitedEntity, node(f"{OWN}/nowhere")),
            "an instrument that is cited must be described",
        ),
        (
            with_value(CANCU.assignee, node(f"{OWN}/nobody")),
            "an agency or indicator must have a name",
        ),
        (without(CANCU.message), "a gap must be explained"),
    ],
)
def test_a_planted_fault_is_found(plant: Callable[[ox.Store], None], message: str) -> None:
    store = filled()
    plant(store)

    assert message in {violation.message for violation in validate_document(store, GRAPH)}


def test_a_violation_names_node_property_and_value_in_both_languages() -> None:
    store = filled()
    quad = one(store, CANCU.taskKind)
    with_value(CANCU.taskKind, ODD)(store)

    (violation,) = validate_document(store, GRAPH)

    focus = str(quad.subject).strip("<>")
    vietnamese = "loại nhiệm vụ không có trong danh mục"
    assert violation == Violation(focus, CANCU.taskKind, "odd", "no such kind of task", vietnamese)
    assert str(violation) == f"{focus}: no such kind of task / {vietnamese} (it is odd)"


def test_a_range_with_one_end_is_found() -> None:
    store = filled()
    without(SCHEMA.maxValue)(store)

    (violation,) = validate_document(store, GRAPH)
    assert violation.message == "a target must have one value or the two ends of a range"


def test_a_deadline_without_value_and_recurrence_is_found() -> None:
    store = filled()
    for predicate in (CANCU.deadlineValue, CANCU.recurrence):
        for quad in list(store.quads_for_pattern(None, node(predicate), None)):
            store.remove(quad)

    found = {violation.message for violation in validate_document(store, GRAPH)}
    assert found == {"a deadline must have a value or a recurrence"}


def test_a_curated_fact_without_reason_is_found() -> None:
    fact, graph = node("https://example.org/fact"), node(iris.SHARED_GRAPHS["curated"])
    quads = [
        ox.Quad(fact, node(RDF_TYPE), node(CANCU.CuratedFact), graph),
        ox.Quad(fact, node(DCTERMS.source), terms.text("a letter"), graph),
    ]

    (violation,) = violations(quad.triple for quad in quads)

    assert violation.message == "a curated fact must have a reason"


def test_a_whole_store_is_checked_graph_by_graph(loaded: tuple[Path, LoadReport]) -> None:
    checked = dict(validate_store(Store(loaded[0]).database))

    assert len(checked) == 6
    assert {tuple(found) for found in checked.values()} == {()}


def test_a_fault_that_came_into_a_store_from_outside_is_found(tmp_path: Path) -> None:
    release = load_documents(tmp_path, [plan("Xây dựng đề án")]).release
    database = ox.Store(str(Folder(tmp_path).database(release.id)))
    agency = one(database, CANCU.assignee).object
    labels = list(database.quads_for_pattern(agency, node(SKOS.prefLabel), None))  # type: ignore[arg-type]
    database.remove(labels[0])
    database.flush()
    del database

    found = [v for _, some in validate_store(Store(tmp_path).database) for v in some]

    assert [violation.message for violation in found] == ["an agency or indicator must have a name"]
