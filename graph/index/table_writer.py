"""Writing the tables of a release: a DuckDB file, whose rows come and go by named graph."""

import shutil
from collections.abc import Collection, Mapping
from pathlib import Path

import duckdb

from graph.errors import StoreError
from graph.index.nodes import Nodes, key_of
from graph.index.table_rows import SCHEMA_OF, Row, rows_of

FILE = "tables.duckdb"
# The number changes with the columns and with what is read into them.
VERSION = 1
_BATCH = 50_000
# Nothing is fetched: no extension, no file but this one.
SETTINGS: Mapping[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "allow_community_extensions": False,
    "memory_limit": "512MB",
    "threads": 1,
}


class TableWriter:
    """The tables of a release while they are made."""

    def __init__(self, incoming: Path) -> None:
        """Open the tables in a folder, or make them."""
        self._path = incoming / FILE
        is_new = not self._path.exists()
        self._rows: dict[str, list[Row]] = {name: [] for name in SCHEMA_OF}
        self._gone: list[str] = []
        self._gone_nodes: list[tuple[str, int]] = []
        try:
            self._connection = duckdb.connect(str(self._path), config=dict(SETTINGS))
            if is_new:
                self._create()
            self._connection.begin()
        except duckdb.Error as error:
            raise StoreError(self._path, _line(error)) from error

    def remove(self, graph: str, only: Collection[str] | None = None) -> None:
        """Take out the rows of a graph, or of some of its nodes, before others are added."""
        if only is None:
            self._gone.append(graph)
        else:
            self._gone_nodes += [(graph, key_of(iri)) for iri in only]

    def add(self, graph: str, nodes: Nodes) -> None:
        """Add the rows of a graph."""
        for table, row in rows_of(graph, nodes):
            waiting = self._rows[table]
            waiting.append(row)
            if len(waiting) >= _BATCH:
                self._delete()
                self._insert(table)

    def finish(self) -> None:
        """Write everything to the disk."""
        try:
            self._delete()
            for table in SCHEMA_OF:
                self._insert(table)
            self._connection.commit()
            self._connection.execute("CHECKPOINT")
            self._connection.close()
        except duckdb.Error as error:
            raise StoreError(self._path, _line(error)) from error

    def _create(self) -> None:
        self._connection.execute(f"CREATE TABLE form AS SELECT {VERSION} AS version")
        for table, columns in SCHEMA_OF.items():
            listed = ", ".join(f'"{name}" {kind}' for name, kind in columns.items())
            self._connection.execute(f"CREATE TABLE {table} ({listed})")

    def _delete(self) -> None:
        """Delete what is to go, all at once: each time the whole of a table is looked at."""
        for table in SCHEMA_OF:
            delete = f"DELETE FROM {table} WHERE"  # noqa: S608
            if self._gone:
                every = f"{delete} graph IN (SELECT unnest(?::VARCHAR[]))"
                self._connection.execute(every, [self._gone])
            if self._gone_nodes:
                graphs, keys = map(list, zip(*self._gone_nodes, strict=True))
                pairs = "SELECT unnest(?::VARCHAR[]), unnest(?::BIGINT[])"
                some = f"{delete} (graph, key) IN ({pairs})"
                self._connection.execute(some, [graphs, keys])
        self._gone.clear()
        self._gone_nodes.clear()

    def _insert(self, table: str) -> None:
        """Insert what waits, column by column: a hundred times faster than row by row."""
        rows, columns = self._rows[table], SCHEMA_OF[table]
        if rows:
            names = ", ".join(f'"{name}"' for name in columns)
            values = ", ".join(f"unnest(?::{kind}[])" for kind in columns.values())
            insert = f"INSERT INTO {table} ({names}) SELECT {values}"
            self._connection.execute(insert, [list(c) for c in zip(*rows, strict=True)])
            rows.clear()


def copy_tables(release: Path, incoming: Path) -> bool:
    """Begin with the tables of the release before; tell whether they are of any use."""
    source = release / FILE
    if not source.exists() or table_version(source) != VERSION:
        return False
    shutil.copyfile(source, incoming / FILE)
    return True


def table_version(path: Path) -> int | None:
    """Return the version of a file of tables; None if it cannot be read."""
    try:
        with duckdb.connect(str(path), read_only=True, config=dict(SETTINGS)) as connection:
            found = connection.execute("SELECT version FROM form").fetchone()
    except duckdb.Error:
        return None
    return int(found[0]) if found else None


def _line(error: Exception) -> str:
    return " ".join(str(error).split())
