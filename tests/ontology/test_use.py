"""The graph and the questions use the vocabulary as it is declared."""

import re
from collections import defaultdict
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.namespace import OWL, RDF, RDFS, SDO

import ontology
from graph.engine.vocabulary import FUNCTIONS
from graph.store import PREFIXES, Store
from ontology.terms import RDF_TYPE
from queries.catalogue import NamedQuery, named_queries
from tests.ontology.modules import CORE, KINDS, MODULES, merged, own_terms

VOCABULARY = merged(*CORE)
TERMS = sorted(own_terms(VOCABULARY))
CLASSES = {str(kind) for kind in VOCABULARY.subjects(RDF.type, OWL.Class)}
PROPERTIES = [term for term in TERMS if str(term) not in CLASSES]
DECLARED = {str(term) for kind in KINDS for term in VOCABULARY.subjects(RDF.type, kind)}
NAMESPACES = {term[: -len(re.split("[#/]", term)[-1])] for term in DECLARED}
# The words of the languages themselves.
BUILT_IN = (str(RDF), str(RDFS), str(OWL))


class Used:
    """What stands in the graph: each statement of ours, each class, and what has which class."""

    def __init__(self, published: ox.Store) -> None:
        everything = ox.Store()
        everything.extend(published)
        for name in MODULES:
            everything.load(ontology.read(name), ox.RdfFormat.TURTLE)
        self.statements: dict[str, list[tuple[ox.NamedNode, ox.NamedNode | ox.Literal]]] = (
            defaultdict(list)
        )
        self.types: dict[str, set[str]] = defaultdict(set)
        for quad in everything:
            if quad.predicate.value == RDF_TYPE:
                self.types[quad.subject.value].add(quad.object.value)
            self.statements[quad.predicate.value].append((quad.subject, quad.object))

    def is_one_of(self, node: str, allowed: set[rdflib.URIRef]) -> bool:
        """Tell whether a node is a member of one of some classes, or of a class below one."""
        return any(
            above in allowed
            for kind in self.types[node]
            for above in VOCABULARY.transitive_objects(rdflib.URIRef(kind), RDFS.subClassOf)
        )


@pytest.fixture(scope="module")
def used(corpus_store: Path) -> Used:
    return Used(Store(corpus_store).database)


def ends(term: rdflib.URIRef, strict: rdflib.URIRef, loose: rdflib.URIRef) -> set[rdflib.URIRef]:
    """Return the classes that a property is declared for: by its domain, or by those listed."""
    found = set(VOCABULARY.objects(term, strict)) or set(VOCABULARY.objects(term, loose))
    return {end for end in found if isinstance(end, rdflib.URIRef)}


def test_no_undeclared_word_is_used(used: Used) -> None:
    words = set(used.statements) | {kind for kinds in used.types.values() for kind in kinds}

    assert {w for w in words if not w.startswith(BUILT_IN)} - DECLARED == set()


@pytest.mark.parametrize("query", named_queries(), ids=lambda query: query.name)
def test_a_question_uses_declared_words(query: NamedQuery) -> None:
    declared = re.findall(r"(?im)^\s*PREFIX\s+([\w-]*):\s*<([^>]*)>", query.text)
    prefixes = PREFIXES | dict(declared)
    body = re.sub(r'(?m)^\s*(?:PREFIX|#).*|"[^"]*"|<[^>]*>', "", query.text)
    names = {
        prefixes[prefix] + name
        for prefix, name in re.findall(r"([\w-]+):(\w[\w-]*)", body)
        if prefixes.get(prefix) in {*NAMESPACES, FUNCTIONS}
    }

    assert names
    # What a search knows is checked when it is asked.
    assert {name for name in names if not name.startswith(FUNCTIONS)} - DECLARED == set()


@pytest.mark.parametrize("term", PROPERTIES)
def test_a_property_says_what_it_is_for(term: rdflib.URIRef) -> None:
    assert ends(term, RDFS.domain, SDO.domainIncludes)
    if (term, RDF.type, OWL.AnnotationProperty) not in VOCABULARY:
        assert ends(term, RDFS.range, SDO.rangeIncludes)


@pytest.mark.parametrize("term", PROPERTIES)
def test_a_property_is_used_for_what_it_says(term: rdflib.URIRef, used: Used) -> None:
    domain = ends(term, RDFS.domain, SDO.domainIncludes)
    range_ = ends(term, RDFS.range, SDO.rangeIncludes)

    for subject, value in used.statements[str(term)]:
        assert used.is_one_of(subject.value, domain), subject
        if isinstance(value, ox.Literal):
            datatypes = {rdflib.URIRef(value.datatype.value), RDFS.Literal}
            assert datatypes & range_ or not range_, (subject, value)
        else:
            assert used.is_one_of(value.value, range_), (subject, value)
