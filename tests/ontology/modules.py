"""The Turtle files of the ontology as graphs, for the tests that read all of them."""

from importlib import resources

import rdflib
from rdflib.namespace import OWL, RDF

import ontology
from ontology.terms import CANCU

# SHACL stands beside the ontology, not in it: shapes say what must be there, not what terms mean.
MODULES = sorted(
    file.name
    for file in resources.files("ontology").iterdir()
    if file.name.endswith(".ttl") and file.name != ontology.SHAPES
)
PREFIXES = """
@prefix cancu: <https://w3id.org/cancu/ns#> .
@prefix eli: <http://data.europa.eu/eli/ontology#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix p-plan: <http://purl.org/net/p-plan#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix : <https://example.org/> .
"""
CORE = ("cancu.ttl", "external.ttl")
KINDS = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)


def merged(*names: str, more: str = "") -> rdflib.Graph:
    """Return some modules as one graph, together with further statements in Turtle."""
    graph = rdflib.Graph()
    for name in names:
        graph.parse(data=ontology.read(name), format="turtle")
    return graph.parse(data=PREFIXES + more, format="turtle")


def own_terms(graph: rdflib.Graph) -> set[rdflib.URIRef]:
    """Return the classes and properties of our own that a graph declares."""
    declared = {term for kind in KINDS for term in graph.subjects(RDF.type, kind)}
    return {t for t in declared if isinstance(t, rdflib.URIRef) and t.startswith(CANCU.NS)}
