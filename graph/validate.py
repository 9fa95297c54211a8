"""The shapes of the ontology (SHACL) applied to documents and to whole releases.

A shape looks at one document and at what it points to. So a document is checked as its own graph
together with the descriptions of the agencies, instruments and indicators it mentions, and a load
checks only what it changed.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

import pyoxigraph as ox
import rdflib
from pyshacl import validate as run_shacl
from rdflib.namespace import RDF, SH

import ontology
from graph import iris
from graph.dump import graph_quads
from graph.terms import node
from ontology.terms import BASE, RDF_TYPE

_SHARED = ("ref", "instruments")


@dataclass(frozen=True, slots=True)
class Violation:
    """One place where a shape is broken.

    Attributes:
        focus: the node at fault.
        path: the property at fault, if it is a single one.
        value: the value at fault, if one is.
        message, message_vi: what is wrong, in English and Vietnamese.
    """

    focus: str
    path: str | None
    value: str | None
    message: str
    message_vi: str

    def __str__(self) -> str:
        value = f" (it is {self.value})" if self.value else ""
        return f"{self.focus}: {self.message} / {self.message_vi}{value}"


def validate_document(store: ox.Store, graph: str) -> list[Violation]:
    """Check one document's graph together with what it points to."""
    quads = graph_quads(store, graph)
    seen = _pointed_to(quads)
    described = _descriptions(store, graph, seen)
    # An instrument leads on to its issuer.
    further = _descriptions(store, graph, _pointed_to(described) - seen)
    return violations(quad.triple for quad in (*quads, *described, *further))


def validate_store(store: ox.Store) -> Iterator[tuple[str, list[Violation]]]:
    """Check every document of a store and its curated facts; yield each graph's violations."""
    graphs = sorted(g.value for g in store.named_graphs() if isinstance(g, ox.NamedNode))
    for graph in graphs:
        if graph.startswith(iris.DOCUMENT_GRAPHS):
            yield graph, validate_document(store, graph)
    curated = iris.SHARED_GRAPHS["curated"]
    yield curated, violations(quad.triple for quad in graph_quads(store, curated))


def violations(triples: Iterable[ox.Triple]) -> list[Violation]:
    """Check triples against the shapes; return what is broken, in a stable order."""
    conforms, report, _ = run_shacl(
        _rdflib_graph(triples), shacl_graph=_shapes(), inference="none", inplace=True
    )
    if conforms:
        return []
    found = [
        _violation(report, result) for result in report.subjects(RDF.type, SH.ValidationResult)
    ]
    return sorted(found, key=lambda v: (v.focus, v.path or "", v.message, v.value or ""))


def _pointed_to(quads: Iterable[ox.Quad]) -> set[str]:
    return {quad.object.value for quad in quads if isinstance(quad.object, ox.NamedNode)}


def _descriptions(store: ox.Store, graph: str, iris_of: set[str]) -> list[ox.Quad]:
    """Return what the shared graphs say of nodes, and the classes of documents among them."""
    found: list[ox.Quad] = []
    for iri in iris_of:
        for name in _SHARED:
            shared = node(iris.SHARED_GRAPHS[name])
            found += store.quads_for_pattern(node(iri), None, None, shared)
        if iri.startswith(f"{BASE}eli/"):
            types = store.quads_for_pattern(node(iri), node(RDF_TYPE), None)
            found += (quad for quad in types if quad.graph_name != node(graph))
    return found


def _rdflib_graph(triples: Iterable[ox.Triple]) -> rdflib.Graph:
    lines = ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b""
    return rdflib.Graph().parse(data=lines, format="nt")


@lru_cache(maxsize=1)
def _shapes() -> rdflib.Graph:
    return rdflib.Graph().parse(data=ontology.read(ontology.SHAPES), format="turtle")


def _violation(report: rdflib.Graph, result: rdflib.term.Node) -> Violation:
    messages = {
        message.language: str(message)
        for message in report.objects(result, SH.resultMessage)
        if isinstance(message, rdflib.Literal)
    }

    def value(predicate: rdflib.URIRef) -> str | None:
        found = report.value(result, predicate)
        return None if found is None or isinstance(found, rdflib.BNode) else str(found)

    return Violation(
        focus=value(SH.focusNode) or "",
        path=value(SH.resultPath),
        value=value(SH.value),
        message=messages.get("en", ""),
        message_vi=messages.get("vi", ""),
    )
