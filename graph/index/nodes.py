"""A named graph as the indexes read it: its nodes, each with all that the graph says of it."""

import hashlib
from collections.abc import Collection, Iterable, Mapping
from itertools import chain

import pyoxigraph as ox

from graph.terms import Term, node, value_of

Values = Mapping[str, list[Term]]
Nodes = Mapping[str, Values]
_KEY_BYTES = 8


def read_nodes(store: ox.Store, graph: str, only: Collection[str] | None = None) -> Nodes:
    """Return the nodes of a graph by IRI, the values of each by predicate.

    Args:
        store: with that graph.
        graph: its IRI.
        only: the nodes to read; all if not given.
    """
    subjects = [None] if only is None else [node(iri) for iri in sorted(only)]
    name = node(graph)
    found = (store.quads_for_pattern(subject, None, None, name) for subject in subjects)
    return nodes_of(chain.from_iterable(found))


def nodes_of(quads: Iterable[ox.Quad]) -> Nodes:
    """Return the nodes of a graph whose quads are at hand: reading them takes thrice as long."""
    nodes: dict[str, dict[str, list[Term]]] = {}
    for subject, predicate, value, _ in quads:
        values = nodes.setdefault(value_of(subject), {})
        values.setdefault(predicate.value, []).append(value)
    return nodes


def first(values: Values, predicate: str) -> str | None:
    """Return the least of the values of a predicate, so that the choice is always the same."""
    terms = values.get(predicate)
    if not terms:
        return None
    return value_of(terms[0]) if len(terms) == 1 else min(map(value_of, terms))


def every(values: Values, predicate: str) -> list[str]:
    """Return the values of a predicate in a fixed order, each once."""
    terms = values.get(predicate)
    if not terms:
        return []
    return [value_of(terms[0])] if len(terms) == 1 else sorted(set(map(value_of, terms)))


def key_of(iri: str) -> int:
    """Return the number of a node: the same in every release, whatever else the release holds.

    It is the first 63 bits of a digest: among ten million nodes two share one with a chance of
    five in a million.
    """
    return int.from_bytes(hashlib.sha256(iri.encode()).digest()[:_KEY_BYTES], "big") >> 1
