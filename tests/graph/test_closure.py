from collections.abc import Iterable

import pyoxigraph as ox
import pytest

from graph import iris
from graph.cited import instrument_quads
from graph.closure import closure, premises
from graph.inferred import inferred_quads, may_be_same, revise_inferred, rules_digest, rules_of
from graph.plan import Loadable
from graph.quads import document_iri, quads_for
from graph.reference import ref_quads
from graph.rules import Rule, atom
from graph.shared import ontology_quads, register_quads
from graph.shortcuts import SHORTCUTS
from graph.terms import node, text, value_of
from ontology.terms import BASE, CANCU, CITO, DCTERMS, ELI, PPLAN, RDF_TYPE
from tests.graph.annotated import HUNG_YEN, TINH_UY, annotated, corpus
from tests.graph.small import plan
from tests.graph.test_axioms import triples

HERE = "https://example.org/"
INFERRED = iris.SHARED_GRAPHS["inferred"]
NEAR = Rule(
    name="near",
    because="what lies beside something beside a thing is near it",
    head=atom("?x", f"{HERE}near", "?z"),
    body=(atom("?x", f"{HERE}beside", "?y"), atom("?y", f"{HERE}beside", "?z")),
    condition="FILTER (?x != ?z)",
)


def store_of(documents: Iterable[Loadable]) -> ox.Store:
    """Return a store with documents and what they share, without conclusions."""
    store = ox.Store()
    for loadable in documents:
        store.extend(quads_for(loadable.facts))
    store.extend(ontology_quads())
    store.extend(instrument_quads(store, frozenset()))
    store.extend(register_quads())
    store.extend(ref_quads(store))
    return store


def drawn(store: ox.Store) -> set[tuple[str, str, str]]:
    quads = inferred_quads(store)
    return {(value_of(q.subject), q.predicate.value, value_of(q.object)) for q in quads}


def test_a_condition_must_hold_as_well() -> None:
    facts = triples(":a :beside :b . :b :beside :a, :c . :c :beside :d .")

    assert closure(facts, [NEAR]) == triples(":a :near :c . :b :near :d .")


def test_a_rule_reads_as_a_query() -> None:
    store = ox.Store()
    store.extend(ox.Quad(t.subject, t.predicate, t.object) for t in triples(":a :beside :b ."))
    store.extend(ox.Quad(t.subject, t.predicate, t.object) for t in triples(":b :beside :c ."))

    found = store.query(str(NEAR))

    assert isinstance(found, ox.QueryTriples)
    assert set(found) == triples(":a :near :c .")


def test_only_what_rules_look_at_is_read_and_no_old_conclusion() -> None:
    store = ox.Store()
    for graph, turtle in (
        ("one", ":a :beside :b ; :name 'a' ."),
        ("two", ":a :near :c ."),
        ("drawn", ":b :beside :c . :a :near :d ."),
    ):
        name = node(HERE + graph)
        store.extend(ox.Quad(t.subject, t.predicate, t.object, name) for t in triples(turtle))

    assert set(premises(store, [NEAR], f"{HERE}drawn")) == triples(":a :beside :b ; :near :c .")


def test_conclusions_from_a_small_plan() -> None:
    loadable = plan("Xây dựng đề án")
    document = document_iri(loadable.facts)
    task, section = f"{document}/muc/I/nhiem-vu/1", f"{document}/muc/I"
    resolution, agency = f"{BASE}eli/vn/tw/nq/2024/57", f"{BASE}agency/lai-chau/so-tai-chinh"
    citation = f"{document}/vien-dan/1"

    found = drawn(store_of([loadable]))

    for conclusion in (
        # Shortcuts.
        (task, CANCU.leadAgency, agency),
        (document, CANCU.implements, resolution),
        (document, ELI.cites, resolution),
        # Sub-properties, transitivity, a chain.
        (document, CANCU.carriesOut, resolution),
        (document, ELI.ensures_implementation_of, resolution),
        (task, CANCU.partOf, section),
        (task, CANCU.partOf, document),
        (section, DCTERMS.isPartOf, document),
        (task, CANCU.tracesTo, resolution),
        # Classes.
        (task, RDF_TYPE, PPLAN.Step),
        (citation, RDF_TYPE, "http://purl.org/spar/cito/Citation"),
        (agency, RDF_TYPE, "http://xmlns.com/foaf/0.1/Agent"),
    ):
        assert conclusion in found, conclusion


def test_no_conclusion_stands_in_another_graph() -> None:
    store = store_of(corpus())
    before = set(store)

    conclusions = [quad.triple for quad in inferred_quads(store)]

    assert set(store) == before
    assert not {quad.triple for quad in before} & set(conclusions)
    assert len(conclusions) == len(set(conclusions)) > 5000


def test_old_conclusions_do_not_support_themselves() -> None:
    store = store_of([plan("Xây dựng đề án")])
    new = set(inferred_quads(store))
    store.extend(new)
    astray = ox.Quad(node(f"{HERE}a"), node(CANCU.partOf), node(f"{HERE}b"), node(INFERRED))
    store.add(astray)

    assert set(inferred_quads(store)) == new


def test_the_digest_of_the_rules_tells_them_apart() -> None:
    rules = rules_of(store_of([]))

    assert rules_digest(rules) == rules_digest(rules[::-1])
    assert rules_digest(rules) != rules_digest(rules[1:])
    assert rules[: len(SHORTCUTS)] == SHORTCUTS


@pytest.mark.parametrize(
    "becomes",
    [
        pytest.param([HUNG_YEN], id="one of two plans is taken out"),
        pytest.param([TINH_UY], id="the other is taken out"),
        pytest.param([HUNG_YEN, TINH_UY], id="nothing changes"),
        pytest.param([], id="nothing is left"),
        pytest.param([HUNG_YEN, TINH_UY, "lai-chau-ke-hoach-03-nq-cp.md"], id="a third comes"),
    ],
)
def test_conclusions_follow_the_documents(becomes: list[str]) -> None:
    before = store_of([annotated(HUNG_YEN), annotated(TINH_UY)])
    old = inferred_quads(before)
    wanted = store_of([annotated(name) for name in becomes])
    after = ox.Store()
    after.extend([*wanted, *old])
    gone, came = set(before) - set(wanted), set(wanted) - set(before)
    before.extend(old)

    revise_inferred(before, after, gone, came)

    assert {q for q in after if q.graph_name == node(INFERRED)} == set(inferred_quads(wanted))


def citing(*paths: str) -> ox.Store:
    """Return a store with the ontology and citations of instruments, without conclusions."""
    store = ox.Store()
    store.extend(ontology_quads())
    graph = node(f"{iris.DOCUMENT_GRAPHS}00000000")
    for path in paths:
        instrument = node(f"{BASE}eli/vn/{path}")
        store.add(ox.Quad(node(f"{HERE}{path}"), node(CITO.hasCitedEntity), instrument, graph))
        number = text(path.rpartition("/")[2])
        store.add(
            ox.Quad(instrument, node(ELI.number), number, node(iris.SHARED_GRAPHS["instruments"]))
        )
    return store


WEAK, FULL = "tw/ct/_/35", "tw/ct/2019/35"
MANY = [f"tw/ct/{year}/35" for year in range(1990, 2011)]


@pytest.mark.parametrize(
    ("was", "now", "links"),
    [
        ([FULL], [FULL, WEAK], 1),
        ([FULL, WEAK], [WEAK], 0),
        ([FULL, WEAK], [FULL, WEAK], 1),
        # What fits more than twenty is no longer linked to the first.
        ([FULL, WEAK], [FULL, WEAK, *MANY], 0),
        ([FULL, WEAK, *MANY], [FULL, WEAK], 1),
    ],
)
def test_possible_identities_follow_the_instruments(
    was: list[str], now: list[str], links: int
) -> None:
    before, wanted = citing(*was), citing(*now)
    old = inferred_quads(before)
    after = ox.Store()
    after.extend([*wanted, *old])
    gone, came = set(before) - set(wanted), set(wanted) - set(before)
    before.extend(old)

    revise_inferred(before, after, gone, came)

    found = {quad for quad in after if quad.graph_name == node(INFERRED)}
    assert found == set(inferred_quads(wanted))
    same = [q.triple for q in found if q.predicate == node(CANCU.possiblySameAs)]
    # Both ways round, of which one is the link and the other follows from it.
    assert [len(same), len([triple for triple in same if may_be_same(triple)])] == [
        2 * links,
        links,
    ]
