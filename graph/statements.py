"""Statements as pages show them: values with their names, and the kind of graph they stand in."""

from collections.abc import Mapping
from dataclasses import dataclass

from graph import iris
from graph.grounds import Origin

_ORIGINS: dict[str, Origin] = {
    iris.SHARED_GRAPHS["curated"]: "curated",
    iris.SHARED_GRAPHS["register"]: "curated",
    iris.SHARED_GRAPHS["inferred"]: "inferred",
    iris.SHARED_GRAPHS["ontology"]: "ontology",
}


@dataclass(frozen=True, slots=True)
class Value:
    """A node or literal as a page shows it.

    Attributes:
        value: the IRI, or the words of the literal.
        is_iri: which of the two it is.
        language: language tag of the literal; "" if it has none.
        datatype: IRI of its datatype; "" for a plain string or a text in a language.
        names: what the node is called, by language ("" where none is given).
    """

    value: str
    is_iri: bool
    language: str = ""
    datatype: str = ""
    names: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement about a resource, or one that points to it.

    Attributes:
        predicate: its property.
        value: the other end.
        graph: the named graph that it stands in.
    """

    predicate: str
    value: Value
    graph: str

    @property
    def origin(self) -> Origin:
        """Tell of what kind its graph is."""
        return origin_of(self.graph)


@dataclass(frozen=True, slots=True)
class Pointing:
    """How many links lead to a resource, by property.

    Attributes:
        counts: number of links, the most frequent property first.
        is_whole: whether all were counted, or only as many as are counted at most.
    """

    counts: tuple[tuple[str, int], ...]
    is_whole: bool

    @property
    def total(self) -> int:
        """Return how many were counted."""
        return sum(count for _, count in self.counts)


@dataclass(frozen=True, slots=True)
class Page:
    """Some statements, and whether more follow."""

    statements: tuple[Statement, ...]
    has_more: bool


def origin_of(graph: str) -> Origin:
    """Tell of what kind the statements of a graph are."""
    if graph.startswith(iris.DOCUMENT_GRAPHS):
        return "extracted"
    return _ORIGINS.get(graph, "shared")
