"""The shapes of the ontology (SHACL) applied to documents and to whole releases.

A shape looks at one document and at what it points to. So a document is checked as its own graph
together with the descriptions of the agencies, instruments and indicators it mentions, and a load
checks only what it changed.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache

import pyoxigraph as ox
import rdflib
from pyshacl import validate as run_shacl
from rdflib.namespace import RDF, SH
from rdflib.term import Node

from graph import iris
from graph.dump import graph_quads
from graph.report import Finding
from graph.shapes import Query, severity_of, shapes
from graph.terms import node
from ontology.terms import BASE, ELI, RDF_TYPE, XSD

# The graphs that people write; they are checked whenever one of them changed.
BY_HAND = ("curated", "ontology", "register")

_SHARED = ("register", "ref", "instruments")
# Kinds of agencies are checked with the register, where the list that they are in stands as well.
_KINDS = f"{BASE}agency-kind/"
_PLAIN = f"{XSD}string"


def validate_document(store: ox.Store, graph: str) -> list[Finding]:
    """Check one document's graph together with what it points to."""
    quads = graph_quads(store, graph)
    seen = _pointed_to(quads)
    described = _descriptions(store, graph, seen)
    # An instrument leads on to its issuer.
    further = _descriptions(store, graph, _pointed_to(described) - seen)
    return validate_triples(quad.triple for quad in (*quads, *described, *further))


def validate_graph(store: ox.Store, graph: str) -> list[Finding]:
    """Check a graph: that of a document with what it points to, any other by itself."""
    if graph.startswith(iris.DOCUMENT_GRAPHS):
        return validate_document(store, graph)
    return validate_triples(quad.triple for quad in graph_quads(store, graph))


def is_checked(graph: str) -> bool:
    """Tell whether a graph is checked for itself: documents and what people wrote."""
    own = {iris.SHARED_GRAPHS[name] for name in BY_HAND}
    return graph.startswith(iris.DOCUMENT_GRAPHS) or graph in own


def validate_store(store: ox.Store) -> Iterator[tuple[str, list[Finding]]]:
    """Check every graph of a store that is checked for itself; yield each with its findings."""
    graphs = sorted(g.value for g in store.named_graphs() if isinstance(g, ox.NamedNode))
    for graph in filter(is_checked, graphs):
        yield graph, validate_graph(store, graph)


def validate_triples(triples: Iterable[ox.Triple]) -> list[Finding]:
    """Check triples against the shapes; return what is broken, in a stable order."""
    given = list(triples)
    found = {*_core_findings(given), *_query_findings(given)}
    return sorted(found, key=lambda f: (f.focus, f.shape, f.path or "", f.message, f.value or ""))


def _pointed_to(quads: Iterable[ox.Quad]) -> set[str]:
    return {quad.object.value for quad in quads if isinstance(quad.object, ox.NamedNode)}


def _descriptions(store: ox.Store, graph: str, iris_of: set[str]) -> list[ox.Quad]:
    """Return what the shared graphs say of nodes, and that other documents are instruments."""
    found: list[ox.Quad] = []
    for iri in iris_of:
        if iri.startswith(_KINDS):
            continue
        for name in _SHARED:
            shared = node(iris.SHARED_GRAPHS[name])
            found += store.quads_for_pattern(node(iri), None, None, shared)
        if iri.startswith(f"{BASE}eli/"):
            types = store.quads_for_pattern(node(iri), node(RDF_TYPE), None)
            found += (quad for quad in types if _makes_instrument(quad, graph))
    return found


def _makes_instrument(quad: ox.Quad, graph: str) -> bool:
    """Tell whether another document's graph says that it is an instrument.

    What else must hold of that document is checked with its own graph.
    """
    place = quad.graph_name.value if isinstance(quad.graph_name, ox.NamedNode) else ""
    is_other = place.startswith(iris.DOCUMENT_GRAPHS) and place != graph
    return is_other and quad.object == node(ELI.LegalResource)


def _core_findings(triples: Iterable[ox.Triple]) -> Iterator[Finding]:
    _, report, _ = run_shacl(
        _rdflib_graph(triples), shacl_graph=shapes().core, inference="none", inplace=True
    )
    for result in report.subjects(RDF.type, SH.ValidationResult):
        yield _finding(report, result)


def _rdflib_graph(triples: Iterable[ox.Triple]) -> rdflib.Graph:
    """Return triples as pyshacl reads them; to parse their serialization takes twice as long."""
    graph = rdflib.Graph()
    for triple in triples:
        graph.add((_rdflib(triple.subject), _rdflib(triple.predicate), _rdflib(triple.object)))
    return graph


def _rdflib(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> Node:
    if isinstance(term, ox.NamedNode):
        return _reference(term.value)
    if isinstance(term, ox.Literal):
        if term.language:
            return rdflib.Literal(term.value, lang=term.language)
        kind = term.datatype.value
        return rdflib.Literal(term.value, datatype=None if kind == _PLAIN else _reference(kind))
    message = f"the store holds neither blank nodes nor triple terms: {term}"
    raise TypeError(message)


@lru_cache(maxsize=65536)
def _reference(iri: str) -> rdflib.URIRef:
    return rdflib.URIRef(iri)


def _finding(report: rdflib.Graph, result: Node) -> Finding:
    said = {str(m.language): str(m) for m in report.objects(result, SH.resultMessage)}  # type: ignore[attr-defined]
    broken = shapes().constraints[str(report.value(result, SH.sourceShape))]
    path, value = report.value(result, SH.resultPath), report.value(result, SH.value)
    return Finding(
        shape=broken.shape,
        severity=severity_of(report.value(result, SH.resultSeverity)),
        focus=str(report.value(result, SH.focusNode)),
        path=str(path) if isinstance(path, rdflib.URIRef) else broken.path,
        value=None if value is None or (broken.path is None and path is None) else str(value),
        message=said["en"],
        message_vi=said["vi"],
    )


def _query_findings(triples: Iterable[ox.Triple]) -> Iterator[Finding]:
    store = ox.Store()
    store.extend(ox.Quad(t.subject, t.predicate, t.object) for t in triples)
    for query in shapes().queries:
        rows = store.query(query.select, prefixes=shapes().prefixes)
        if isinstance(rows, ox.QuerySolutions):
            yield from (_row_finding(query, row) for row in rows)


def _row_finding(query: Query, row: ox.QuerySolution) -> Finding:
    path, value = (_bound(row, name) for name in ("path", "value"))
    focus = _bound(row, "this") or ""
    return Finding(query.shape, query.severity, focus, path, value, query.message, query.message_vi)


def _bound(row: ox.QuerySolution, name: str) -> str | None:
    try:
        term = row[name]
    except KeyError:
        return None
    return None if term is None or isinstance(term, ox.Triple) else term.value
