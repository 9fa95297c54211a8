"""The marker: what a store elsewhere says of the release that was pushed into it.

It is a named graph of its own, `…/graph/release`: the id of the release, and the hash of each
graph as it was pushed, so that the next push sends only what differs.

While a push is at work the marker names a passing release, "old+new.1f3a", so that nobody keeps an
answer made of both; and it calls the graphs that are being changed unknown, so that a push which
is killed leaves behind what the next one must send again.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass

import pyoxigraph as ox

from graph.terms import node, value_of
from ontology.terms import BASE, DCAT, SPDX

MARKER_GRAPH = f"{BASE}graph/release"
VERSION = f"{DCAT.NS}version"
_HASH = f"{SPDX.NS}checksumValue"
_UNKNOWN = "unknown"
_NONCE_BYTES = 2


@dataclass(frozen=True, slots=True)
class Marker:
    """What a store elsewhere holds.

    Attributes:
        release: id of its release, or a passing name while a push is at work.
        graphs: the hash of each graph that was pushed; None where a push may have touched it.
    """

    release: str
    graphs: Mapping[str, str | None]

    def to_ntriples(self) -> bytes:
        """Return the marker as the N-Triples of its graph."""
        version = ox.Triple(node(MARKER_GRAPH), node(VERSION), ox.Literal(self.release))
        return _lines([version]) + hash_lines(self.graphs)


def hash_lines(graphs: Mapping[str, str | None]) -> bytes:
    """Return the hashes of graphs as N-Triples that may be added to a marker."""
    return _lines(
        [
            ox.Triple(node(graph), node(_HASH), ox.Literal(digest or _UNKNOWN))
            for graph, digest in sorted(graphs.items())
        ]
    )


def parse_marker(ntriples: bytes) -> Marker | None:
    """Read the N-Triples of a marker's graph; None if they name no release."""
    release, graphs = None, dict[str, str | None]()
    for quad in ox.parse(ntriples, format=ox.RdfFormat.N_TRIPLES):
        subject, value = value_of(_plain(quad.subject)), value_of(_plain(quad.object))
        if quad.predicate.value == VERSION:
            release = value
        elif quad.predicate.value == _HASH:
            known = None if value == _UNKNOWN else value
            graphs[subject] = known or graphs.get(subject)
    return None if release is None else Marker(release, graphs)


def passing_name(before: str | None, after: str) -> str:
    """Return a name for the time of a push, unlike that of any other push."""
    old, new = (before or "nothing").partition("+")[0], after.rpartition("+")[2].partition(".")[0]
    return f"{old}+{new}.{secrets.token_hex(_NONCE_BYTES)}"


def is_passing(release: str) -> bool:
    """Tell whether a release's name says that a push is at work, or was cut off."""
    return "+" in release


def _plain(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> ox.NamedNode | ox.Literal:
    if not isinstance(term, ox.NamedNode | ox.Literal):
        message = f"neither IRI nor literal: {term}"
        raise ValueError(message)
    return term


def _lines(triples: list[ox.Triple]) -> bytes:
    return ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b""
