"""The indexes of a release: made with it, published with it, and never changed afterwards.

releases/{id}/texts/          every text that somebody may look for (tantivy)
releases/{id}/tables.duckdb   tasks, targets, citations, documents, organs (DuckDB)

They begin as copies of those of the release before, in which the graphs that a load has touched are
read anew. Where there are none, or they have another form, they are made from nothing. At a first
load they grow with the database, from the same quads.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pyoxigraph as ox

from graph import iris
from graph.index.nodes import nodes_of, read_nodes
from graph.index.table_writer import FILE, TableWriter, copy_tables, table_version
from graph.index.table_writer import VERSION as TABLE_VERSION
from graph.index.text_writer import TextWriter, link_texts
from graph.index.texts import FOLDER, VERSION, read_note
from graph.terms import value_of

INDEXES = (FOLDER, FILE)
# What is concluded repeats texts and is not read from a document: neither index wants it.
_UNREAD = frozenset({iris.SHARED_GRAPHS["inferred"]})
FEW = 1000  # graphs
Writer = TextWriter | TableWriter


@dataclass(frozen=True, slots=True)
class Known:
    """What a load knows of graphs that it has touched, so that they need not be read.

    Attributes:
        nodes: for graphs that documents share, the nodes of which something else is said.
        written: all quads of other graphs.
    """

    nodes: Mapping[str, Collection[str]] = field(default_factory=dict)
    written: Mapping[str, Collection[ox.Quad]] = field(default_factory=dict)


class FirstIndexes:
    """The indexes of a first release, which take in graphs while these are written."""

    def __init__(self, incoming: Path, *, few: bool) -> None:
        """Begin them.

        Args:
            incoming: folder of the release that is made.
            few: whether few graphs will come, so that memory can be saved.

        Raises:
            StoreError: they cannot be written there.
        """
        self._writers = (TextWriter(incoming, few=few), TableWriter(incoming))
        self._added: set[str] = set()

    def add(self, graph: str, quads: Iterable[ox.Quad]) -> None:
        """Take in a graph that will not change any more."""
        nodes = nodes_of(quads)
        self._added.add(graph)
        for writer in self._writers:
            writer.add(graph, nodes)

    def finish(self, store: ox.Store) -> None:
        """Take in all other graphs, and write everything to the disk."""
        _add(store, [graph for graph in _read(store) if graph not in self._added], self._writers)
        texts, tables = self._writers
        texts.finish(store)
        tables.finish()


def build_indexes(
    previous: Path | None,
    incoming: Path,
    store: ox.Store,
    touched: Collection[str],
    known: Known | None = None,
) -> None:
    """Make the indexes of the release that a load is making.

    Args:
        previous: folder of the release it was made from, if any.
        incoming: folder of the new one, which has a database and no indexes yet.
        store: that database.
        touched: the named graphs in which it differs from the one before.
        known: what is known of these graphs; without it they are read as a whole.

    Raises:
        StoreError: an index cannot be written.
    """
    changed = [graph for graph in sorted(touched) if graph not in _UNREAD]
    texts_kept = previous is not None and link_texts(previous, incoming)
    tables_kept = previous is not None and copy_tables(previous, incoming)
    every = [] if texts_kept and tables_kept else _read(store)
    texts = TextWriter(incoming, few=len(changed if texts_kept else every) < FEW)
    tables = TableWriter(incoming)
    pairs: tuple[tuple[Writer, bool], ...] = ((texts, texts_kept), (tables, tables_kept))
    amended = [writer for writer, is_kept in pairs if is_kept]
    if amended:
        _replace(store, changed, amended, known or Known())
    _add(store, every, [writer for writer, is_kept in pairs if not is_kept])
    texts.finish(store)
    tables.finish()


def has_indexes(release: Path) -> bool:
    """Tell whether a release has indexes of the form that is read today."""
    note = read_note(release / FOLDER)
    is_read = note is not None and note.version == VERSION
    return is_read and table_version(release / FILE) == TABLE_VERSION


def _read(store: ox.Store) -> list[str]:
    """Return the graphs that the indexes want."""
    graphs = {value_of(graph) for graph in store.named_graphs()}
    return sorted(graphs - _UNREAD)


def _replace(
    store: ox.Store,
    graphs: Sequence[str],
    writers: Sequence[Writer],
    known: Known,
) -> None:
    for graph in graphs:
        only = known.nodes.get(graph)
        whole = known.written.get(graph) if only is None else None
        found = read_nodes(store, graph, only) if whole is None else nodes_of(whole)
        for writer in writers:
            writer.remove(graph, only)
            writer.add(graph, found)


def _add(store: ox.Store, graphs: Sequence[str], writers: Sequence[Writer]) -> None:
    for graph in graphs:
        nodes = read_nodes(store, graph)
        for writer in writers:
            writer.add(graph, nodes)
