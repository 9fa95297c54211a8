"""Pushing a release into a store elsewhere by the SPARQL 1.1 Graph Store Protocol.

Each named graph is put as a whole, and only where its hash differs from what was pushed last. What
documents point to goes first, what is drawn from them last, and graphs that are gone are removed
after that: in between, a reader may miss a conclusion but finds no pointer into nothing. The marker
says at each moment what can be relied on, so that a push which is cut off is made good by the next.
"""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice

import pyoxigraph as ox

from graph import iris
from graph.engine.counts import Counts
from graph.engine.endpoint import Endpoint
from graph.engine.union import NO_UNION
from graph.errors import GraphError, RemoteStoreError
from graph.graph_store import Body, GraphStore
from graph.marker import MARKER_GRAPH, Marker, hash_lines, is_passing, parse_marker, passing_name
from graph.store import Store
from graph.terms import node

Progress = Callable[[int, int, str], None]

# Engines look at the marker more often than this; until they have, they would file an answer made
# of two releases under the old one's name.
NOTICE = 3.0
_FIRST = tuple(iris.SHARED_GRAPHS[name] for name in ("ontology", "register", "ref", "instruments"))
_LAST = tuple(iris.SHARED_GRAPHS[name] for name in ("curated", "inferred", "meta"))
_BATCH = 100
# A graph of up to so many statements is sent with its length said first, which every server takes;
# a larger one in pieces, so that it does not stand in memory.
_WHOLE = 20_000
_PIECE = 5_000


@dataclass(frozen=True, slots=True)
class Target:
    """A server elsewhere: where it is asked, and where it takes graphs."""

    queries: Endpoint
    graphs: Endpoint


@dataclass(frozen=True, slots=True)
class PushReport:
    """What a push did.

    Attributes:
        release: id of the release that the store elsewhere holds now.
        sent: how many graphs were put.
        removed: how many were removed.
        unchanged: how many stood there already.
        notes: what else a person should know.
    """

    release: str
    sent: int
    removed: int
    unchanged: int
    notes: tuple[str, ...] = ()

    def words(self) -> str:
        """Return the outcome in one line."""
        if not self.sent and not self.removed:
            return f"release {self.release} was there already: nothing was sent"
        return (
            f"release {self.release} pushed: {self.sent} graphs sent, {self.removed} removed, "
            f"{self.unchanged} unchanged"
        )


def push(
    store: Store,
    target: Target,
    *,
    is_loaded: bool = False,
    notice: float | None = None,
    progress: Progress | None = None,
) -> PushReport:
    """Make a store elsewhere hold the published release.

    Args:
        store: the release.
        target: the server elsewhere.
        is_loaded: the graphs were loaded there in bulk: only count them and write the marker.
        notice: seconds to wait between the announcement of a change and the change, if not NOTICE.
        progress: told how many graphs are done, of how many, and which one is next.

    Raises:
        RemoteStoreError: the server cannot be reached, refuses, or holds other counts afterwards.
        OverloadedError: it stayed busy.
    """
    with GraphStore(target.graphs) as there, Counts(target.queries) as counts:
        made = _Push(store, there, counts, progress or (lambda *_: None))
        return made.run(NOTICE if notice is None else notice, is_loaded=is_loaded)


class _Push:
    """One push, from the marker that is found to the marker that is left."""

    def __init__(self, store: Store, there: GraphStore, counts: Counts, progress: Progress) -> None:
        self._store, self._there, self._counts = store, there, counts
        self._progress = progress
        self._release = store.release
        self._wanted = {iri: entry.sha256 for iri, entry in store.release.graphs.items()}
        self._found = self._marker()
        held: Mapping[str, str | None] = self._found.graphs if self._found else {}
        self._changed = [
            iri for iri in _ordered(self._wanted) if held.get(iri) != self._wanted[iri]
        ]
        self._gone = sorted(set(held) - set(self._wanted))
        self._notes: list[str] = []

    def run(self, notice: float, *, is_loaded: bool) -> PushReport:
        """Bring the store elsewhere in step; return what was done."""
        found = self._found
        if found and is_passing(found.release):
            self._notes.append(
                "an earlier push was cut off: what it may have touched was sent again"
            )
        sent = [] if is_loaded else self._changed
        if self._changed or self._gone or found is None or found.release != self._release.id:
            name = self._announce(notice)
            self._send(sent, name)
            self._remove()
            self._compare()
            self._conclude(name)
        self._look_around()
        unchanged = len(self._wanted) - len(sent)
        notes = tuple(self._notes)
        return PushReport(self._release.id, len(sent), len(self._gone), unchanged, notes)

    def _marker(self) -> Marker | None:
        found = self._there.read(MARKER_GRAPH)
        try:
            return parse_marker(found) if found else None
        except (SyntaxError, ValueError) as error:
            reason = f"graph {MARKER_GRAPH} is no marker of a push: {error}"
            raise RemoteStoreError(self._there.url, reason) from error

    def _announce(self, notice: float) -> str:
        """Say what will change; give those who answer from there the time to notice."""
        name = passing_name(self._found.release if self._found else None, self._release.id)
        touched = {*self._changed, *self._gone}
        kept = {iri: self._wanted.get(iri) for iri in self._wanted if iri not in touched}
        marker = Marker(name, kept | dict.fromkeys(touched))
        self._there.put(MARKER_GRAPH, marker.to_ntriples)
        if self._found is not None:
            time.sleep(notice)
        return name

    def _send(self, graphs: Sequence[str], name: str) -> None:
        for start in range(0, len(graphs), _BATCH):
            batch = graphs[start : start + _BATCH]
            for number, graph in enumerate(batch, start):
                self._progress(number, len(graphs), graph)
                self._there.put(graph, self._body(graph))
            self._check_alone(name)
            done = {graph: self._wanted[graph] for graph in batch}
            self._there.add(MARKER_GRAPH, partial(hash_lines, done))
        self._progress(len(graphs), len(graphs), "counting")

    def _remove(self) -> None:
        for graph in self._gone:
            self._there.delete(graph)

    def _compare(self) -> None:
        """See that each changed graph has as many statements there as here."""
        for start in range(0, len(self._changed), _BATCH):
            batch = self._changed[start : start + _BATCH]
            there = self._counts.of(batch)
            for graph in batch:
                here = self._release.graphs[graph].quads
                if there.get(graph, 0) != here:
                    reason = (
                        f"graph {graph} has {there.get(graph, 0)} statements there, {here} here"
                    )
                    raise RemoteStoreError(self._counts.url, reason)

    def _conclude(self, name: str) -> None:
        self._check_alone(name)
        self._there.put(MARKER_GRAPH, Marker(self._release.id, self._wanted).to_ntriples)

    def _check_alone(self, name: str) -> None:
        """See that nobody else pushes; if somebody does, make sure that nothing is relied on."""
        if self._counts.release() == name:
            return
        unknown = dict.fromkeys((*self._wanted, *self._gone))
        self._there.put(MARKER_GRAPH, Marker(passing_name(None, name), unknown).to_ntriples)
        reason = (
            "another push is at work there (push again when it has ended), "
            f"or {self._counts.url} answers from another store"
        )
        raise RemoteStoreError(self._there.url, reason)

    def _look_around(self) -> None:
        """Note what would make answers differ from those of this release."""
        expected = self._release.quads + len(self._wanted) + 1
        try:
            if not self._counts.has_union():
                self._notes.append(NO_UNION)
            strange = self._counts.all() - expected
        except GraphError as error:
            self._notes.append(f"not counted as a whole: {error}")
            return
        if strange:
            self._notes.append(
                f"{strange:+} statements in named graphs that are not of this release: "
                "answers there are about these too"
            )

    def _body(self, graph: str) -> Body:
        if self._release.graphs[graph].quads <= _WHOLE:
            return lambda: b"".join(self._pieces(graph))
        return lambda: self._pieces(graph)

    def _pieces(self, graph: str) -> Iterator[bytes]:
        quads = self._store.database.quads_for_pattern(None, None, None, node(graph))
        while piece := [quad.triple for quad in islice(quads, _PIECE)]:
            yield ox.serialize(piece, format=ox.RdfFormat.N_TRIPLES) or b""


def _ordered(graphs: Mapping[str, str]) -> list[str]:
    """Return graphs in the order in which they can be put under the eyes of readers."""
    between = sorted(set(graphs) - {*_FIRST, *_LAST})
    return [graph for graph in (*_FIRST, *between, *_LAST) if graph in graphs]
