"""The tables of a release, counted and read in pages: what SPARQL does slowly over all tasks.

SPARQL keeps the general case. Counts, facets and ordered pages over hundreds of thousands of rows
come from here in milliseconds, by filters that are plain values (`graph.index.filters`).

A page begins behind a cursor, which is a place in the order and not a number of rows: it stays
right when the next release puts rows in before it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import duckdb

from graph.errors import CursorError, NoIndexError, StoreError, UnknownFieldError
from graph.index.filters import Filter
from graph.index.orders import FACETS, SORTS, Cursor, Sort, Window, sort_value
from graph.index.table_rows import SCHEMA_OF
from graph.index.table_writer import FILE, SETTINGS, VERSION, table_version
from graph.index.texts import TextQuery, Texts

MOST_ROWS = 1000
_SEARCHES_KEPT = 64


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table.

    Attributes:
        iri: the node.
        cursor: its place in the order of the page.
        values: its columns by name, except for those that only serve the table.
    """

    iri: str
    cursor: Cursor
    values: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Page:
    """Rows that follow each other.

    Attributes:
        rows: in the order asked for, in whichever direction the page was reached.
        has_previous, has_next: whether there are rows before and behind them.
    """

    rows: tuple[Row, ...]
    has_previous: bool
    has_next: bool


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A value of a field, and how many of the rows have it.

    Attributes:
        value: an IRI, year, quarter or truth; None counts the rows that have no value.
    """

    value: str | int | bool | None
    count: int


class Table:
    """The tables of one release, opened for reading; several threads may use it."""

    def __init__(self, release: Path, texts: Texts | None = None) -> None:
        """Open the tables in the folder of a release.

        Args:
            release: the folder.
            texts: the index of its texts; without it nothing can be found by words.

        Raises:
            NoIndexError: the release has none, or of another form.
            StoreError: they cannot be read.
        """
        path = release / FILE
        if not path.exists() or table_version(path) != VERSION:
            raise NoIndexError(release)
        self._release, self._texts = release, texts
        try:
            self._connection = duckdb.connect(str(path), read_only=True, config=dict(SETTINGS))
        except duckdb.Error as error:
            raise StoreError(path, " ".join(str(error).split())) from error
        self._searched = lru_cache(maxsize=_SEARCHES_KEPT)(self._search)

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def count(self, filters: Filter) -> int:
        """Return how many rows a filter admits."""
        where, values = self._where(filters)
        rows = self._run(f"SELECT count(*) FROM {filters.table}{where}", values)  # noqa: S608
        return int(str(rows[0][0]))

    def facets(
        self, filters: Filter, fields: Sequence[str], most: int = 50
    ) -> dict[str, tuple[FacetValue, ...]]:
        """Count the rows by the values of some fields.

        A row with several values (pillars, organs) counts for each of them. All of the filter
        holds: to count what a further value of a field would give, leave that field out of it.

        Args:
            filters: which rows.
            fields: of `FACETS` of the table.
            most: how many values of a field, those with most rows first.

        Raises:
            UnknownFieldError: the table has no such facet.
        """
        return {field: self._facet(filters, field, most) for field in fields}

    def page(self, filters: Filter, window: Window, sort: Sort | None = None) -> Page:
        """Return the rows of a window; at most `MOST_ROWS`.

        Args:
            filters: which rows.
            window: which of them.
            sort: their order; None for the table's own, the first of `SORTS`.

        Raises:
            UnknownFieldError: the table cannot be ordered so.
            CursorError: a cursor was given out for another order.
        """
        order = sort or Sort(SORTS[filters.table][0])
        backwards = window.first is None and window.last is not None
        size = max(0, min(MOST_ROWS, (window.last if backwards else window.first) or 0))
        bounds = [(">", window.after)] if window.after else []
        bounds += [("<", window.before)] if window.before else []
        rows = self._read(filters, order, bounds, backwards=backwards, size=size + 1)
        kept, more = rows[:size], len(rows) > size
        behind = self._has_behind(filters, order, window, kept, backwards=backwards)
        if backwards:
            kept.reverse()
        return Page(tuple(kept), *((more, behind) if backwards else (behind, more)))

    def _has_behind(
        self, filters: Filter, order: Sort, window: Window, kept: Sequence[Row], *, backwards: bool
    ) -> bool:
        """Tell whether there are rows on the side from which the page was read."""
        given = window.before if backwards else window.after
        if given is None:
            return False
        edge = kept[0].cursor if kept else given
        bounds = [(">" if backwards else "<", edge)]
        return bool(self._read(filters, order, bounds, backwards=not backwards, size=1))

    def _read(
        self,
        filters: Filter,
        order: Sort,
        bounds: Sequence[tuple[str, Cursor]],
        *,
        backwards: bool,
        size: int,
    ) -> list[Row]:
        """Read rows in an order, or in its reverse; a bound is told in terms of the order."""
        if order.field not in SORTS[filters.table]:
            raise UnknownFieldError(order.field, SORTS[filters.table])
        where, values = self._where(filters)
        value = sort_value(order.field, descending=order.descending)
        for side, cursor in bounds:
            sign = {">": "<", "<": ">"}[side] if order.descending else side
            joint = "AND" if where else "WHERE"
            where += f" {joint} ({value} {sign} ? OR ({value} = ? AND key {sign} ?))"
            values += [cursor.value, cursor.value, cursor.key]
        way = "DESC" if order.descending != backwards else "ASC"
        columns = [name for name in SCHEMA_OF[filters.table] if name not in _INNER]
        listed = ", ".join(f'"{name}"' for name in columns)
        select = f"SELECT iri, key, {value}, {listed} FROM {filters.table}{where}"  # noqa: S608
        try:
            found = self._run(f"{select} ORDER BY {value} {way}, key {way} LIMIT {size}", values)
        except duckdb.ConversionException as error:  # the cursor is one of another order
            raise CursorError(str(bounds[0][1]) if bounds else "") from error
        return [_row(columns, row) for row in found]

    def _facet(self, filters: Filter, field: str, most: int) -> tuple[FacetValue, ...]:
        known = FACETS[filters.table]
        if field not in known:
            raise UnknownFieldError(field, list(known))
        where, values = self._where(filters)
        inner = f"SELECT {known[field]} AS value FROM {filters.table}{where}"  # noqa: S608
        found = self._run(
            f"SELECT value, count(*) AS count FROM ({inner}) GROUP BY value"  # noqa: S608
            f" ORDER BY count DESC, value NULLS LAST LIMIT {int(most)}",
            values,
        )
        return tuple(FacetValue(_plain(value), int(str(count))) for value, count in found)

    def _where(self, filters: Filter) -> tuple[str, list[object]]:
        conditions = list(filters.conditions())
        if filters.words:
            keys = list(self._searched(filters.words, filters.searched))
            conditions.append(("key IN (SELECT unnest(?::BIGINT[]))", (keys,)))
        text = " AND ".join(condition for condition, _ in conditions)
        values = [value for _, given in conditions for value in given]
        return (f" WHERE {text}" if text else ""), values

    def _search(self, words: str, kinds: tuple[str, ...]) -> tuple[int, ...]:
        if self._texts is None:
            raise NoIndexError(self._release)
        return tuple(self._texts.keys(TextQuery(words, kinds=kinds)))

    def _run(self, sql: str, values: Sequence[object]) -> list[tuple[object, ...]]:
        with self._connection.cursor() as cursor:
            return list(cursor.execute(sql, list(values)).fetchall())


_INNER = frozenset({"key", "iri", "graph", "place", "sorted", "days"})


def _row(columns: Sequence[str], found: Sequence[object]) -> Row:
    iri, key, value, *values = found
    assert isinstance(value, int | float | str)  # noqa: S101 - what rows are ordered by is no null
    return Row(str(iri), Cursor(value, int(str(key))), dict(zip(columns, values, strict=True)))


def _plain(value: object) -> str | int | bool | None:
    return value if isinstance(value, str | int | bool) or value is None else str(value)
