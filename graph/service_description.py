"""What a SPARQL endpoint says of itself: SPARQL 1.1 Service Description."""

from collections.abc import Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from graph.engine.asking import GraphFormat
from graph.engine.functions import functions
from graph.store import PREFIXES
from graph.terms import Term, node

_SD = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS = "http://www.w3.org/ns/formats/"
_IDENTIFIER = "http://purl.org/dc/terms/identifier"
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_RESULT_FORMATS = (
    "SPARQL_Results_JSON",
    "SPARQL_Results_XML",
    "SPARQL_Results_CSV",
    "SPARQL_Results_TSV",
    "Turtle",
    "N-Triples",
    "RDF_XML",
    "JSON-LD",
)
_WRITERS = {
    "ttl": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "rdf": ox.RdfFormat.RDF_XML,
    "jsonld": ox.RdfFormat.JSON_LD,
}


@dataclass(frozen=True, slots=True)
class Service:
    """What is to be described.

    Attributes:
        endpoint: address of the endpoint.
        release: id of the release that it answers from.
        graphs: IRIs of its named graphs.
    """

    endpoint: str
    release: str
    graphs: tuple[str, ...]


def describe_service(service: Service, graph_format: GraphFormat) -> bytes:
    """Return the description of a service."""
    prefixes = {**PREFIXES, "sd": _SD, "formats": _FORMATS}
    written = ox.serialize(_triples(service), format=_WRITERS[graph_format], prefixes=prefixes)
    return written or b""


def _triples(service: Service) -> Iterator[ox.Triple]:
    this = node(f"{service.endpoint}#service")
    dataset = node(f"{service.endpoint}#dataset")
    yield from _typed(this, "Service")
    yield _triple(this, "endpoint", node(service.endpoint))
    yield _triple(this, "supportedLanguage", _sd("SPARQL11Query"))
    yield _triple(this, "feature", _sd("UnionDefaultGraph"))
    for name in _RESULT_FORMATS:
        yield _triple(this, "resultFormat", node(_FORMATS + name))
    known = sorted(functions(), key=str)
    for function in known:
        yield _triple(this, "extensionFunction", function)
    yield _triple(this, "defaultDataset", dataset)
    for function in known:
        yield from _typed(function, "Function")
    yield from _dataset(service, dataset)


def _dataset(service: Service, dataset: ox.NamedNode) -> Iterator[ox.Triple]:
    default = node(f"{service.endpoint}#default-graph")
    yield from _typed(default, "Graph")
    yield from _typed(dataset, "Dataset")
    yield ox.Triple(dataset, node(_IDENTIFIER), ox.Literal(service.release))
    yield _triple(dataset, "defaultGraph", default)
    graphs = sorted(set(service.graphs))
    nodes = [node(f"{service.endpoint}#graph-{index}") for index in range(1, len(graphs) + 1)]
    for named in nodes:
        yield _triple(dataset, "namedGraph", named)
    for named, graph in zip(nodes, graphs, strict=True):
        yield from _typed(named, "NamedGraph")
        yield _triple(named, "name", node(graph))


def _typed(subject: ox.NamedNode, name: str) -> Iterator[ox.Triple]:
    yield ox.Triple(subject, node(_TYPE), _sd(name))


def _triple(subject: ox.NamedNode, name: str, value: Term) -> ox.Triple:
    return ox.Triple(subject, _sd(name), value)


def _sd(name: str) -> ox.NamedNode:
    return node(_SD + name)
