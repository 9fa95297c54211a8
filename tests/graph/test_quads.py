import subprocess
import sys
import unicodedata
from collections import Counter, defaultdict
from dataclasses import replace
from decimal import Decimal

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st

import ontology
from graph import iris
from graph.dump import canonical
from graph.quads import document_iri, quads_for
from graph.task_quads import content_key, latest_date
from graph.terms import value_of
from graph.writer import Places
from loaders.document import Evidence, Gap, Span
from loaders.structure.tasks import Assignment, Task
from ontology.terms import (
    BASE,
    CANCU,
    CITO,
    DCTERMS,
    ELI,
    OA,
    PPLAN,
    PROV,
    RDF_TYPE,
    SCHEMA,
    SDMX,
    TIME,
)
from tests.graph.annotated import CORPUS, NAMES, NINH_BINH, ROOT, TINH_UY, annotated
from tests.graph.small import DEADLINE, plan

EVIDENCED = {
    CANCU.Task,
    CANCU.Assignment,
    CANCU.Deadline,
    CANCU.IndicatorTarget,
    CANCU.Citation,
    CANCU.InstrumentClaim,
    CANCU.BasisStatement,
    CANCU.AgencyMention,
    CANCU.Recipient,
    CANCU.Appendix,
    CANCU.Signature,
    ELI.LegalResourceSubdivision,
}


class Graph:
    """Quads as values by subject and predicate."""

    def __init__(self, quads: list[ox.Quad]) -> None:
        self.quads = quads
        self._values: dict[tuple[str, str], list[str]] = defaultdict(list)
        for quad in quads:
            key = (value_of(quad.subject), quad.predicate.value)
            self._values[key].append(value_of(quad.object))

    def of(self, subject: str, predicate: str) -> list[str]:
        return sorted(self._values.get((subject, predicate), []))

    def one(self, subject: str, predicate: str) -> str:
        (value,) = self.of(subject, predicate)
        return value

    def all(self, kind: str) -> list[str]:
        return [s for (s, p), values in self._values.items() if p == RDF_TYPE and kind in values]

    def values(self, predicate: str) -> list[str]:
        return [v for (_, p), values in self._values.items() if p == predicate for v in values]


def graph_of(name: str) -> Graph:
    return Graph(quads_for(annotated(name).facts))


@pytest.mark.parametrize("name", NAMES)
def test_every_fact_of_a_document_is_in_its_quads(name: str) -> None:
    facts = annotated(name).facts
    graph = graph_of(name)

    expected = {
        CANCU.Document: 1,
        ELI.LegalResourceSubdivision: len(facts.sections),
        CANCU.Task: len(facts.tasks),
        CANCU.Assignment: sum(len(task.assignments) for task in facts.tasks),
        CANCU.Deadline: sum(len(task.deadlines) for task in facts.tasks),
        CANCU.Citation: len(facts.citations),
        CANCU.InstrumentClaim: len(facts.instruments),
        CANCU.BasisStatement: len(facts.head.implements) + len(facts.head.legal_basis),
        CANCU.IndicatorTarget: len(facts.indicators),
        CANCU.AgencyMention: len(facts.agencies),
        CANCU.Gap: len(facts.gaps),
        CANCU.Recipient: len(facts.head.recipients),
        CANCU.Appendix: len(facts.head.appendices),
        CANCU.Signature: 1 if facts.head.signer else 0,
    }
    assert {kind: len(graph.all(kind)) for kind in expected} == expected


@pytest.mark.parametrize("name", NAMES)
def test_every_extracted_node_has_evidence_that_quotes_the_source(name: str) -> None:
    document = annotated(name).facts.document
    graph = graph_of(name)

    nodes = {node for kind in EVIDENCED for node in graph.all(kind)}
    assert nodes <= set(graph.values(OA.hasBody))
    for annotation in graph.all(OA.Annotation):
        assert graph.one(annotation, CANCU.rule)
        assert 0 <= float(graph.one(annotation, f"{ontology.terms.ITSRDF.taConfidence}")) <= 1
        run = graph.one(annotation, PROV.wasGeneratedBy)
        assert graph.of(run, RDF_TYPE) == [PROV.Activity]
        stretch = graph.one(annotation, OA.hasTarget)
        text = graph.one(stretch, OA.hasSource)
        assert graph.one(text, CANCU.sha256) == document.sha256
        selector = graph.one(stretch, OA.hasSelector)
        start, end = int(graph.one(selector, OA.start)), int(graph.one(selector, OA.end))
        assert graph.one(selector, OA.exact) == document.text[start:end]
        around = (graph.one(selector, OA.prefix), graph.one(selector, OA.suffix))
        assert around == (document.text[max(0, start - 30) : start], document.text[end : end + 30])


@pytest.mark.parametrize("name", NAMES)
def test_one_document_writes_one_graph_about_nodes_of_its_own(name: str) -> None:
    facts = annotated(name).facts
    quads = quads_for(facts)

    assert {value_of(quad.graph_name) for quad in quads} == {  # type: ignore[arg-type]
        iris.document_graph(facts.document.sha256)
    }
    own = document_iri(facts)
    assert all(value_of(quad.subject).startswith(own) for quad in quads)
    terms = {term for quad in quads for term in (quad.subject, quad.object)}
    assert not any(isinstance(term, ox.BlankNode) for term in terms)
    assert len(quads) == len(set(quads))


def test_no_triple_stands_in_the_graphs_of_two_documents() -> None:
    triples = Counter(quad.triple for name in NAMES for quad in quads_for(annotated(name).facts))

    assert max(triples.values()) == 1


def test_quads_use_no_term_that_the_vocabulary_lacks() -> None:
    vocabulary = rdflib.Graph()
    for file in (*ontology.VOCABULARY, *ontology.REGISTER):
        vocabulary.parse(data=ontology.read(file), format="turtle")
    known = {str(subject) for subject in vocabulary.subjects()}
    quads = [quad for name in NAMES for quad in quads_for(annotated(name).facts)]

    used = {quad.predicate.value for quad in quads}
    used |= {value_of(q.object) for q in quads if q.predicate.value == RDF_TYPE}
    codes = {value_of(q.object) for q in quads if isinstance(q.object, ox.NamedNode)}
    used |= {code for code in codes if code.startswith((f"{BASE}code/", f"{BASE}doctype/"))}
    used |= {place for place in codes if place.startswith(f"{BASE}place/")}
    assert used - {RDF_TYPE} <= known


@pytest.mark.parametrize("name", NAMES)
def test_names_and_texts_are_composed_and_quotes_are_as_they_stand(name: str) -> None:
    quads = quads_for(annotated(name).facts)

    quotes = {OA.exact, OA.prefix, OA.suffix}
    for quad in quads:
        if isinstance(quad.object, ox.Literal) and quad.predicate.value not in quotes:
            assert unicodedata.is_normalized("NFC", quad.object.value)


PRINT_HASH = """
import hashlib
from graph.dump import canonical
from graph.quads import quads_for
from tests.graph.annotated import NAMES, annotated
for name in NAMES:
    print(hashlib.sha256(canonical(quads_for(annotated(name).facts))).hexdigest())
"""


def test_the_same_facts_give_the_same_bytes_in_every_process() -> None:
    runs = {
        subprocess.run(
            [sys.executable, "-c", PRINT_HASH],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT), "TZ": zone},
            capture_output=True,
            check=True,
        ).stdout
        for seed, zone in (("1", "UTC"), ("2", "Asia/Ho_Chi_Minh"))
    }

    assert len(runs) == 1
    assert canonical(quads_for(annotated(NINH_BINH).facts))


def test_the_document_its_text_and_its_file() -> None:
    facts = annotated(TINH_UY).facts
    graph, own = graph_of(TINH_UY), document_iri(facts)

    assert own == f"{BASE}eli/vn/hung-yen/tu/kh/_/_{facts.document.sha256[:8]}"
    assert set(graph.of(own, RDF_TYPE)) >= {CANCU.Document, CANCU.ImplementationPlan, PPLAN.Plan}
    assert graph.one(own, CANCU.numberStatus) == iris.code("number-status", "absent")
    assert graph.one(own, ELI.jurisdiction) == iris.place("hung-yen")
    assert graph.one(own, ELI.passed_by) == f"{BASE}agency/hung-yen/ban-thuong-vu-tinh-uy"
    file = iris.file(own, facts.document.sha256)
    assert graph.one(file, CANCU.fileName) == TINH_UY
    assert (CORPUS / graph.one(file, CANCU.fileName)).exists()
    assert graph.one(file, ELI.embodies) == iris.expression(own)


def test_a_date_is_as_precise_as_the_text() -> None:
    graph, own = graph_of(NINH_BINH), document_iri(annotated(NINH_BINH).facts)

    assert graph.one(own, DCTERMS.issued) == "2025-03"
    assert graph.of(own, ELI.date_document) == []


def test_a_citation_lies_in_the_narrowest_place_around_it() -> None:
    graph, own = graph_of(NINH_BINH), document_iri(annotated(NINH_BINH).facts)
    misspelt = next(c for c in graph.all(CANCU.Citation) if graph.of(c, CANCU.spellingNote))

    assert graph.one(misspelt, CITO.hasCitingEntity) == f"{own}/muc/II.1/nhiem-vu/1"
    assert graph.one(misspelt, CANCU.text) == "Nghị quyết số 03-NQ/CP"
    assert graph.one(misspelt, CITO.hasCitedEntity) == f"{BASE}eli/vn/cp/nq/2025/3"
    assert graph.one(misspelt, CANCU.resolution) == iris.code("resolution", "repaired")


def test_a_recurring_report() -> None:
    graph = graph_of(NINH_BINH)
    june = next(
        d for d in graph.all(CANCU.Deadline) if "--06-15" in graph.of(d, CANCU.deadlineValue)
    )

    schedule = graph.one(june, CANCU.hasSchedule)
    assert graph.one(schedule, SCHEMA.repeatFrequency) == "P6M"
    assert (graph.one(schedule, SCHEMA.byMonth), graph.one(schedule, SCHEMA.byMonthDay)) == (
        "6",
        "15",
    )
    assert graph.of(june, CANCU.latestDate) == []


def test_a_range_has_two_ends_and_a_value_one() -> None:
    facts = annotated(TINH_UY).facts
    graph = graph_of(TINH_UY)
    targets = sorted(graph.all(CANCU.IndicatorTarget), key=lambda t: int(graph.one(t, CANCU.order)))

    for target, indicator in zip(targets, facts.indicators, strict=True):
        low = graph.of(target, SCHEMA.minValue)
        high = graph.of(target, SCHEMA.maxValue)
        value = graph.of(target, SDMX.obsValue)
        expected = (indicator.value, indicator.value_max)
        assert [Decimal(v) for v in value + low + high] == [v for v in expected if v is not None]


def test_a_quarter_is_an_interval() -> None:
    graph = Graph(quads_for(plan(f"Xây dựng đề án {DEADLINE}", deadline="2025-Q2").facts))
    (deadline,) = graph.all(CANCU.Deadline)

    begin, end = graph.one(deadline, TIME.hasBeginning), graph.one(deadline, TIME.hasEnd)
    assert graph.one(begin, TIME.inXSDDate) == "2025-04-01"
    assert graph.one(end, TIME.inXSDDate) == graph.one(deadline, CANCU.latestDate) == "2025-06-30"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2025-06-30", "2025-06-30"),
        ("2025-02", "2025-02-28"),
        ("2024-02", "2024-02-29"),
        ("2025-Q1", "2025-03-31"),
        ("2025-Q4", "2025-12-31"),
        ("2025", "2025-12-31"),
        # A day of every year has no last one.
        ("--06-15", None),
        # What the calendar does not know is kept as text only.
        ("2025-02-30", None),
        ("2025-13", None),
        ("2025-W10-1", None),
    ],
)
def test_latest_date(value: str, expected: str | None) -> None:
    assert latest_date(value) == expected


def test_a_date_that_the_calendar_lacks_is_no_date_literal() -> None:
    graph = Graph(quads_for(plan(f"Báo cáo {DEADLINE}", deadline="2025-02-30").facts))
    (deadline,) = graph.all(CANCU.Deadline)

    assert graph.one(deadline, CANCU.deadlineValue) == "2025-02-30"
    assert graph.of(deadline, TIME.inXSDDate) == graph.of(deadline, CANCU.latestDate) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Xây dựng đề án.", "xây  dựng\nđề án"),
        ("Xây dựng **đề án**", "Xây dựng đề án"),
        # Decomposed letters are the same letters.
        ("đề án", "đề án"),
    ],
)
def test_the_content_key_looks_at_words_alone(one: str, other: str) -> None:
    assert content_key(one) == content_key(other) != content_key(one + " khác")


def test_tasks_under_tasks_and_sections_of_one_number() -> None:
    loadable = plan("Xây dựng đề án", "Lập dự toán", "Báo cáo kết quả")
    first, second, third = loadable.facts.tasks
    parts = (first, replace(second, parent=0), replace(third, parent=0))
    sections = (*loadable.facts.sections, *loadable.facts.sections)
    graph = Graph(quads_for(replace(loadable.facts, tasks=parts, sections=sections)))

    own = document_iri(loadable.facts)
    tasks = sorted(graph.all(CANCU.Task))
    assert tasks == [f"{own}/muc/I/nhiem-vu/{n}" for n in ("1", "1.1", "1.2")]
    assert graph.of(tasks[2], CANCU.subTaskOf) == [tasks[0]]
    assert graph.of(tasks[2], CANCU.statedIn) == [f"{own}/muc/I"]
    assert sorted(graph.all(ELI.LegalResourceSubdivision)) == [f"{own}/muc/I", f"{own}/muc/I~2"]


def test_a_class_of_organs_is_told_from_an_organ() -> None:
    loadable = plan("Xây dựng đề án")
    (task,) = loadable.facts.tasks
    roles = [
        Assignment("lead", "các sở, ban, ngành", task.evidence),
        Assignment("support", "Sở Tài chính", task.evidence),
    ]
    both = replace(loadable.facts, tasks=(replace(task, assignments=tuple(roles)),))
    graph = Graph(quads_for(both))

    flags = {
        graph.one(a, CANCU.agencyName): graph.one(a, CANCU.isGroup)
        for a in graph.all(CANCU.Assignment)
    }
    assert flags == {"các sở, ban, ngành": "true", "Sở Tài chính": "false"}


def test_a_gap_says_what_is_missing_and_where() -> None:
    loadable = plan("Xây dựng đề án")
    gaps = (
        Gap("number-blank", "The number is left blank.", Span(0, 4)),
        Gap("no-date", "No date."),
    )
    graph = Graph(quads_for(replace(loadable.facts, gaps=gaps)))

    codes = {graph.one(g, CANCU.gapCode): graph.one(g, CANCU.message) for g in graph.all(CANCU.Gap)}
    assert codes == {"number-blank": "The number is left blank.", "no-date": "No date."}
    bodies = [body for body in graph.values(OA.hasBody) if "/gap/" in body]
    assert bodies == [f"{document_iri(loadable.facts)}/gap/number-blank/1"]


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(1, 30)), max_size=12), st.integers(0, 80))
def test_the_narrowest_of_nested_places_is_found(sizes: list[tuple[int, int]], point: int) -> None:
    # Nest by hand: a span is kept only if it lies within or beside each one kept before.
    spans: list[Span] = []
    for start, length in sizes:
        span = Span(start, start + length)
        if all(a.contains(span) or span.contains(a) or not a.overlaps(span) for a in spans):
            spans.append(span)
    places = Places()
    for span in dict.fromkeys(spans):
        places.add(f"{span.start}-{span.end}", span)

    wanted = Span(point, point + 1)
    around = [span for span in spans if span.contains(wanted)]
    narrowest = min(around, key=lambda span: span.end - span.start, default=None)
    found = places.around(wanted)
    assert found == (f"{narrowest.start}-{narrowest.end}" if narrowest else None)


@given(st.text(min_size=1))
def test_any_words_can_be_written_and_read_back(words: str) -> None:
    loadable = plan("Xây dựng đề án")
    (task,) = loadable.facts.tasks
    odd = Task("task", words, words, task.evidence, cites=(words,))
    gap = Gap(words, words, Span(0, 1))
    role = Assignment("lead", words, Evidence(Span(0, 1), words, 0.5))
    facts = replace(loadable.facts, tasks=(replace(odd, assignments=(role,)),), gaps=(gap,))

    lines = canonical(quads_for(facts))

    back = list(ox.parse(lines, ox.RdfFormat.N_QUADS))
    assert canonical(back) == lines
    assert {quad.graph_name for quad in back} == {back[0].graph_name}


def test_tasks_keep_the_order_of_the_text() -> None:
    facts = annotated(NINH_BINH).facts
    graph, own = graph_of(NINH_BINH), document_iri(facts)
    by_order = sorted(graph.all(CANCU.Task), key=lambda t: int(graph.one(t, CANCU.order)))

    stretches = [graph.one(f"{task}/evidence", OA.hasTarget) for task in by_order]
    assert stretches == [iris.stretch(own, task.evidence.span) for task in facts.tasks]
