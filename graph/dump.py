"""The canonical form of a graph: sorted N-Quads, and the digests taken of it.

There are no blank nodes anywhere in the store, so sorting the lines is all it takes: the same
statements give the same bytes on every machine.
"""

import hashlib
from collections.abc import Collection, Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

import pyoxigraph as ox

from graph.terms import node

_ID_LENGTH = 16
_NUMBER_BYTES = 256
_MODULUS = 1 << (8 * _NUMBER_BYTES)


@dataclass(frozen=True, slots=True)
class GraphSum:
    """A graph as a sum over its quads, which follows a change without the rest being read.

    Each line of the canonical form is hashed to a number of 2048 bits, and the numbers are added
    (the method is known as AdHash): the order makes no difference, and what goes is subtracted.
    So many bits because two different sums of short numbers can be made equal on purpose.

    Attributes:
        total: the sum.
        quads: how many quads it is of.
    """

    total: int = 0
    quads: int = 0

    @classmethod
    def of(cls, lines: Collection[bytes]) -> "GraphSum":
        """Return the sum of a graph whose quads are written so, each once and without its end."""
        return cls(_sum(lines) % _MODULUS, len(lines))

    def changed(self, gone: AbstractSet[ox.Quad], came: AbstractSet[ox.Quad]) -> "GraphSum":
        """Return the sum after a change.

        Args:
            gone: quads that are in the graph.
            came: quads that are not in it.
        """
        total = (self.total + _sum(lines_of(came)) - _sum(lines_of(gone))) % _MODULUS
        return GraphSum(total, self.quads + len(came) - len(gone))

    @property
    def sha256(self) -> str:
        """Return the SHA-256 of the number of quads and the sum, the sum in hexadecimal digits."""
        return hashlib.sha256(f"{self.quads} {self.total:x}".encode()).hexdigest()


def lines_of(quads: Iterable[ox.Quad]) -> list[bytes]:
    """Return quads as sorted N-Quads lines without their ends, each once."""
    return _lines(ox.serialize(quads, format=ox.RdfFormat.N_QUADS))


def joined(lines: Iterable[bytes]) -> bytes:
    """Return lines of N-Quads with their ends."""
    return b"".join(line + b"\n" for line in lines)


def canonical(quads: Iterable[ox.Quad]) -> bytes:
    """Return quads as sorted N-Quads lines, each once."""
    return joined(lines_of(quads))


def canonical_store(store: ox.Store) -> bytes:
    """Return all that a store holds as sorted N-Quads lines."""
    return joined(_lines(store.dump(format=ox.RdfFormat.N_QUADS)))


def graph_quads(store: ox.Store, graph: str) -> list[ox.Quad]:
    """Return the quads of one named graph."""
    return list(store.quads_for_pattern(None, None, None, node(graph)))


def graph_sum(quads: Iterable[ox.Quad]) -> GraphSum:
    """Return the sum of a graph that holds just these quads."""
    return GraphSum.of(lines_of(quads))


def content_id(hashes: Mapping[str, str]) -> str:
    """Return a short digest of a whole store, given the hash of each of its graphs.

    Two stores have one id if and only if their canonical forms are the same; to know it, only
    what changed needs to be read again.
    """
    lines = "".join(f"{graph} {digest}\n" for graph, digest in sorted(hashes.items()))
    return hashlib.sha256(lines.encode()).hexdigest()[:_ID_LENGTH]


def _sum(lines: Iterable[bytes]) -> int:
    digests = (hashlib.shake_128(line).digest(_NUMBER_BYTES) for line in lines)
    return sum(int.from_bytes(digest, "big") for digest in digests)


def _lines(written: bytes | None) -> list[bytes]:
    # Only "\n" ends a line of N-Quads; splitlines() would also break at other characters.
    return sorted({line for line in (written or b"").split(b"\n") if line})
