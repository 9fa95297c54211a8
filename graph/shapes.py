"""The SHACL shapes of the ontology, in the forms in which they run fast.

The file says what a person expects: a node shape for each class, with its properties and SPARQL
constraints in it. Two things are rearranged, neither of which changes what is found:

- pyshacl checks a property shape inside a node shape once for each node, but one that has targets
  of its own once for all; so property shapes are given the targets of their node shape;
- a SPARQL constraint asks about one node (`$this`); with the target written into it, one query of
  the store's own engine finds all nodes at fault.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import rdflib
from rdflib.collection import Collection
from rdflib.namespace import OWL, RDF, SH
from rdflib.term import Node

import ontology

_TARGETS = (SH.targetClass, SH.targetObjectsOf, SH.targetSubjectsOf)
_PATH_SIGNS = {SH.inversePath: ("^", "|"), SH.alternativePath: ("", "|")}
_VERSION_DIGITS = 8


@dataclass(frozen=True, slots=True)
class Constraint:
    """What one property shape, or a node shape by itself, asks for.

    Attributes:
        shape: IRI of the node shape that it stands in.
        path: the property path in SPARQL's notation; None for the node itself.
    """

    shape: str
    path: str | None = None


@dataclass(frozen=True, slots=True)
class Query:
    """A SPARQL constraint: a SELECT whose rows are the nodes at fault (`?this`).

    Attributes:
        shape: IRI of the node shape that it stands in.
        severity: "violation" or "warning".
        select: the query, over all nodes that the shape aims at.
        message, message_vi: what is wrong, in English and Vietnamese.
    """

    shape: str
    severity: str
    select: str
    message: str
    message_vi: str


@dataclass(frozen=True, slots=True)
class Shapes:
    """All shapes, ready to run.

    Attributes:
        version: the version that the file names, with the first digits of its digest.
        core: the shapes without SPARQL constraints, for pyshacl.
        constraints: what each node of `core` that can be broken stands for.
        queries: the SPARQL constraints.
        prefixes: those that the queries may use.
    """

    version: str
    core: rdflib.Graph
    constraints: dict[str, Constraint]
    queries: tuple[Query, ...]
    prefixes: dict[str, str]


@lru_cache(maxsize=1)
def shapes() -> Shapes:
    """Return the shapes of the installed ontology."""
    return parse_shapes(ontology.read(ontology.SHAPES))


def parse_shapes(text: str) -> Shapes:
    """Read shapes from Turtle."""
    graph = rdflib.Graph().parse(data=text, format="turtle")
    version = next(graph.objects(None, OWL.versionInfo))
    digest = hashlib.sha256(text.encode()).hexdigest()[:_VERSION_DIGITS]
    queries = tuple(sorted(_queries(graph), key=lambda query: (query.shape, query.message)))
    constraints = {str(shape): Constraint(str(shape)) for shape in _node_shapes(graph)}
    for shape, inner in list(graph.subject_objects(SH.property)):
        constraints[str(inner)] = Constraint(str(shape), _path(graph, inner))
    prefixes = dict(_prefixes(graph))
    _give_targets(graph)
    graph.remove((None, SH.sparql, None))
    return Shapes(f"{version}+{digest}", graph, constraints, queries, prefixes)


def severity_of(severity: Node | None) -> str:
    """Return the word for a severity; SHACL's own default is a violation."""
    return str(severity).rsplit("#", 1)[1].lower() if severity else "violation"


def _node_shapes(graph: rdflib.Graph) -> Iterator[Node]:
    return graph.subjects(RDF.type, SH.NodeShape)


def _give_targets(graph: rdflib.Graph) -> None:
    """Give property shapes the targets and severity of the node shape they stand in."""
    for shape in list(_node_shapes(graph)):
        inner = list(graph.objects(shape, SH.property))
        if (shape, SH.closed, None) in graph:
            _list_known(graph, shape, [graph.value(one, SH.path) for one in inner])
        for one in inner:
            for predicate in (*_TARGETS, SH.severity):
                for value in graph.objects(shape, predicate):
                    graph.add((one, predicate, value))
        graph.remove((shape, SH.property, None))


def _list_known(graph: rdflib.Graph, shape: Node, paths: list[Node | None]) -> None:
    """Let a closed shape name the properties of its property shapes as known by itself."""
    known = graph.value(shape, SH.ignoredProperties)
    if known is not None:
        own = Collection(graph, known)
        for path in paths:
            if isinstance(path, rdflib.URIRef):
                own.append(path)


def _path(graph: rdflib.Graph, shape: Node) -> str | None:
    """Return the path of a property shape in SPARQL's notation, with whole IRIs."""
    path = graph.value(shape, SH.path)
    for predicate, (before, between) in _PATH_SIGNS.items():
        inner = graph.value(path, predicate)
        if isinstance(inner, rdflib.URIRef):
            return f"{before}{inner}"
        if inner is not None:
            return between.join(str(step) for step in Collection(graph, inner))
    return None if path is None else str(path)


def _queries(graph: rdflib.Graph) -> Iterator[Query]:
    for shape, constraint in graph.subject_objects(SH.sparql):
        select = str(graph.value(constraint, SH.select))
        targets = " ".join(f"<{target}>" for target in graph.objects(shape, SH.targetClass))
        aimed = f"{{ VALUES ?target {{ {targets} }} $this a ?target . "
        said = {str(m.language): str(m) for m in graph.objects(constraint, SH.message)}  # type: ignore[attr-defined]
        yield Query(
            str(shape),
            severity_of(graph.value(shape, SH.severity)),
            select.replace("{", aimed, 1),
            said["en"],
            said["vi"],
        )


def _prefixes(graph: rdflib.Graph) -> Iterator[tuple[str, str]]:
    for declaration in graph.objects(None, SH.declare):
        prefix, namespace = (graph.value(declaration, p) for p in (SH.prefix, SH.namespace))
        yield str(prefix), str(namespace)
