"""Conclusions that follow a change are those that are drawn from nothing."""

from collections.abc import Iterable

import pyoxigraph as ox
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.axioms import axiom_rules
from graph.closure import closure
from graph.revision import Change, revise
from graph.rules import Rule, atom
from graph.terms import node
from tests.graph.test_axioms import triples

HERE = "https://example.org/"
DRAWN = f"{HERE}drawn"
GIVEN = (f"{HERE}one", f"{HERE}two")
# Rules that feed each other in circles: inverse, transitive, chain, symmetric, class and domain.
RULES: tuple[Rule, ...] = (
    *axiom_rules(
        triples("""
        :p a owl:TransitiveProperty . :q owl:inverseOf :p . :r rdfs:subPropertyOf :p .
        :r owl:propertyChainAxiom ( :q :s ) . :s a owl:SymmetricProperty ; rdfs:domain :A .
        :A rdfs:subClassOf :B .
        """)
    ),
    Rule(
        "unlike",
        "two things with one class of their own",
        atom("?x", f"{HERE}s", "?y"),
        (atom("?x", f"{HERE}t", "?z"), atom("?y", f"{HERE}t", "?z")),
        "FILTER (?x != ?y)",
    ),
)
nodes = st.sampled_from([node(f"{HERE}n{number}") for number in range(5)])
links = st.sampled_from([node(HERE + name) for name in "pqrst"])
stated = st.sets(st.builds(ox.Triple, nodes, links, nodes), max_size=12)


def store_of(first: Iterable[ox.Triple], second: Iterable[ox.Triple]) -> ox.Store:
    """Return a store with triples in two graphs, and all that follows from them."""
    store = ox.Store()
    for graph, held in zip(GIVEN, (first, second), strict=True):
        store.extend(quads(held, graph))
    store.extend(quads(closure({*first, *second}, RULES), DRAWN))
    return store


def quads(held: Iterable[ox.Triple], graph: str) -> list[ox.Quad]:
    return [ox.Quad(t.subject, t.predicate, t.object, node(graph)) for t in held]


def held_in(store: ox.Store, *graphs: str) -> set[ox.Triple]:
    named = (store.quads_for_pattern(None, None, None, node(graph)) for graph in graphs)
    return {quad.triple for found in named for quad in found}


@settings(max_examples=300, deadline=None)
@given(old=st.tuples(stated, stated), new=stated)
def test_a_graph_that_was_replaced(
    old: tuple[set[ox.Triple], set[ox.Triple]], new: set[ox.Triple]
) -> None:
    before, after = store_of(*old), store_of(*old)
    after.remove_graph(node(GIVEN[0]))
    after.extend(quads(new, GIVEN[0]))
    was, now = held_in(before, *GIVEN), held_in(after, *GIVEN)

    revise(before, after, DRAWN, Change(frozenset(was - now), frozenset(now - was)), RULES)

    assert held_in(after, DRAWN) == closure(now, RULES)
    assert held_in(after, *GIVEN) == now


@settings(max_examples=100, deadline=None)
@given(given=stated, was=stated, now=stated)
def test_what_is_assumed_stands_among_the_conclusions(
    given: set[ox.Triple], was: set[ox.Triple], now: set[ox.Triple]
) -> None:
    before, after = store_of(given, ()), store_of(given, ())
    for store, assumed in ((before, was - given), (after, was - given)):
        store.remove_graph(node(DRAWN))
        store.extend(quads(assumed | closure(given | assumed, RULES), DRAWN))
    gone, came = was - now - given, now - was - given

    revise(
        before,
        after,
        DRAWN,
        Change(frozenset(gone), frozenset(came), frozenset(now - given)),
        RULES,
    )

    assert held_in(after, DRAWN) == closure(given | now, RULES) | now - given
