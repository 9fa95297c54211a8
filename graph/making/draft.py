"""The database of the next release, and how it differs from the published one."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from itertools import chain

import pyoxigraph as ox

from graph.dump import GraphSum, graph_quads, graph_sum, joined, lines_of
from graph.releases import Folder, GraphEntry, Release
from graph.terms import node, value_of


class Changes:
    """The quads by which one database differs from another, graph by graph."""

    def __init__(self) -> None:
        self.gone: dict[str, set[ox.Quad]] = {}
        self.came: dict[str, set[ox.Quad]] = {}

    def note(self, graph: str, gone: AbstractSet[ox.Quad], came: AbstractSet[ox.Quad]) -> None:
        """Take in what a graph has lost and gained since the last time."""
        lost, gained = self.gone.get(graph, set()), self.came.get(graph, set())
        self.gone[graph] = (lost - came) | (gone - gained)
        self.came[graph] = (gained - gone) | (came - lost)

    @property
    def quads(self) -> int:
        """Return how many quads went or came."""
        return sum(map(len, chain(self.gone.values(), self.came.values())))

    def nodes(self, graph: str) -> set[str]:
        """Return the nodes of which a graph says something else than before."""
        quads = chain(self.gone.get(graph, ()), self.came.get(graph, ()))
        return {value_of(quad.subject) for quad in quads}

    def without(self, *graphs: str) -> tuple[list[ox.Quad], list[ox.Quad]]:
        """Return what all graphs but some have lost and gained."""
        return _all_but(self.gone, graphs), _all_but(self.came, graphs)


class Draft:
    """The database of the next release: a copy of the published one, and what a load makes of it.

    Attributes:
        before: the published database, empty if there is none.
        after: the copy.
        changes: how the copy differs; None where that is not followed.
        sums: the graphs that were written, by IRI.
        on_append: is given each graph that is appended.
    """

    def __init__(self, folder: Folder, previous: Release | None) -> None:
        target = str(folder.incoming / "db")
        self.before = ox.Store()
        if previous is not None:
            self.before = folder.open(previous.id)
            self.before.backup(target)  # hard links: what did not change is not copied
        self.after = ox.Store(target)
        self.changes: Changes | None = None
        self.sums: dict[str, GraphSum] = {}
        self.on_append: Callable[[str, list[ox.Quad]], None] = _ignore
        self._held = dict(previous.graphs) if previous else {}
        self._followed: Mapping[str, GraphSum] = {}
        # Quads that were read or written: to read them again takes longer than to keep them.
        self._was: dict[str, Collection[ox.Quad]] = {}
        self._now: dict[str, Collection[ox.Quad]] = {}

    def follow(self, sums: Mapping[str, GraphSum]) -> None:
        """Keep account of what changes.

        Args:
            sums: of the graphs that will be amended.
        """
        self.changes, self._followed = Changes(), sums

    def forget(self) -> None:
        """Keep no account any more: too much changes."""
        self.changes = None
        self._was.clear()
        self._now.clear()

    def close(self) -> None:
        """Close both databases, so that their files can be moved or removed."""
        self.before = self.after = ox.Store()

    def was(self, graph: str) -> Collection[ox.Quad]:
        """Return what a graph held in the published database."""
        if graph in self._was:
            return self._was[graph]
        found = graph_quads(self.before, graph)
        if self.changes is not None:
            self._was[graph] = found
        return found

    def now(self, graph: str) -> Collection[ox.Quad]:
        """Return what a graph holds."""
        if graph in self._now:
            return self._now[graph]
        is_as_it_was = self.changes is not None and graph not in self.changes.gone
        return self.was(graph) if is_as_it_was else graph_quads(self.after, graph)

    def written(self) -> Mapping[str, Collection[ox.Quad]]:
        """Return the graphs that were written as a whole, as far as they are at hand."""
        return self._now

    def append(self, graphs: Iterable[tuple[str, list[ox.Quad]]]) -> None:
        """Write graphs that are not there yet, all in one go; none of them stays in memory."""
        self.after.bulk_extend(chain.from_iterable(self._summed(graphs)))

    def clear(self, graph: str) -> None:
        """Empty a graph that is going to be written."""
        self.after.remove_graph(node(graph))
        self._held.pop(graph, None)

    def replace(self, graph: str, quads: Collection[ox.Quad]) -> bool:
        """Make a graph hold just some quads; tell whether that changes it."""
        lines = lines_of(quads)
        now, held = GraphSum.of(lines), self._held.get(graph, _NOTHING)
        if held.sha256 == now.sha256:
            return False
        if self.changes is None:
            self.after.remove_graph(node(graph))
            self.after.bulk_extend(quads)
        else:
            old, new = set(self.now(graph)), set(quads)
            gone, came = old - new, new - old
            if old.isdisjoint(new):
                self._rewrite(graph, lines, had_any=bool(old))
            else:
                self._apply(gone, came)
            self.changes.note(graph, gone, came)
            self._now[graph] = quads
        self.sums[graph] = now
        return True

    def describe(self, graph: str, nodes: Iterable[str], quads: Iterable[ox.Quad]) -> None:
        """Replace all that a graph says of some nodes."""
        name, new = node(graph), set(quads)
        found = (self.after.quads_for_pattern(node(one), None, None, name) for one in nodes)
        old = set(chain.from_iterable(found))
        self.amend(graph, old - new, new - old)

    def amend(self, graph: str, gone: AbstractSet[ox.Quad], came: AbstractSet[ox.Quad]) -> None:
        """Take quads out of a graph that has them, and put others in."""
        self._apply(gone, came)
        self.note(graph, gone, came)

    def note(self, graph: str, gone: AbstractSet[ox.Quad], came: AbstractSet[ox.Quad]) -> None:
        """Account for a change that was made in the database itself."""
        self._now.pop(graph, None)
        if self.changes is not None and (gone or came):
            self.changes.note(graph, gone, came)
            was = self.sums.get(graph) or self._followed.get(graph) or GraphSum()
            self.sums[graph] = was.changed(gone, came)

    # Both write node after node, as the database keeps them: else it takes half as long again.

    def _rewrite(self, graph: str, lines: list[bytes], *, had_any: bool) -> None:
        if had_any:
            self.after.remove_graph(node(graph))
        self._load(lines)

    def _apply(self, gone: AbstractSet[ox.Quad], came: AbstractSet[ox.Quad]) -> None:
        for quad in sorted(gone, key=_subject):
            self.after.remove(quad)
        self._load(lines_of(came))

    def _load(self, lines: list[bytes]) -> None:
        if lines:
            self.after.load(joined(lines), format=ox.RdfFormat.N_QUADS)

    def _summed(self, graphs: Iterable[tuple[str, list[ox.Quad]]]) -> Iterator[list[ox.Quad]]:
        for graph, quads in graphs:
            self.sums[graph] = graph_sum(quads)
            self.on_append(graph, quads)
            yield quads


_NOTHING = GraphEntry(GraphSum().sha256, 0)


def _ignore(_: str, __: list[ox.Quad]) -> None:
    """Do nothing with a graph."""


def _subject(quad: ox.Quad) -> str:
    return value_of(quad.subject)


def _all_but(graphs: Mapping[str, AbstractSet[ox.Quad]], others: Collection[str]) -> list[ox.Quad]:
    return [quad for graph, quads in graphs.items() if graph not in others for quad in quads]
