"""The canonical form of a graph: sorted N-Quads, and the hashes taken of it.

There are no blank nodes anywhere in the store, so sorting the lines is all it takes: the same
statements give the same bytes on every machine.
"""

import hashlib
from collections.abc import Iterable, Mapping

import pyoxigraph as ox

from graph.terms import node

_ID_LENGTH = 16


def canonical(quads: Iterable[ox.Quad]) -> bytes:
    """Return quads as sorted N-Quads lines, each once."""
    return _sorted(ox.serialize(quads, format=ox.RdfFormat.N_QUADS))


def canonical_store(store: ox.Store) -> bytes:
    """Return all that a store holds as sorted N-Quads lines."""
    return _sorted(store.dump(format=ox.RdfFormat.N_QUADS))


def graph_quads(store: ox.Store, graph: str) -> list[ox.Quad]:
    """Return the quads of one named graph."""
    return list(store.quads_for_pattern(None, None, None, node(graph)))


def graph_hash(quads: Iterable[ox.Quad]) -> str:
    """Return the SHA-256 of the canonical form of quads."""
    return hashlib.sha256(canonical(quads)).hexdigest()


def content_id(hashes: Mapping[str, str]) -> str:
    """Return a short digest of a whole store, given the hash of each of its graphs.

    Two stores have one id if and only if their canonical forms are the same; to know it, only
    the graphs that changed need to be read again.
    """
    lines = "".join(f"{graph} {digest}\n" for graph, digest in sorted(hashes.items()))
    return hashlib.sha256(lines.encode()).hexdigest()[:_ID_LENGTH]


def _sorted(lines: bytes | None) -> bytes:
    # Only "\n" ends a line of N-Quads; splitlines() would also break at other characters.
    unique = set((lines or b"").split(b"\n")) - {b""}
    return b"".join(line + b"\n" for line in sorted(unique))
