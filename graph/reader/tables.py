"""The lists from the tables beside a release, where the tables know every filter that is asked for.

They give the same pages, totals, facets and cursors as `SparqlLists`, in milliseconds however long
the list is; a test holds both against each other. All else is left to SPARQL.
"""

import asyncio
import datetime
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graph.errors import NoIndexError
from graph.index import filters as tables
from graph.index.nodes import key_of
from graph.index.orders import FACETS, Cursor, Sort, Window
from graph.index.table import MOST_ROWS, Table
from graph.index.texts import Texts
from graph.reader.asks import Page, Slice
from graph.reader.codes import code_lists
from graph.reader.listing import Listing, Test
from graph.reader.lists import Lists, RoleOf, Selection, side_by_side
from graph.reader.reading import Facts
from graph.releases import Folder

_MOST_OPEN = 3
_MOST_VALUES = 1000


@dataclass(frozen=True, slots=True)
class _Known:
    """What a table knows of a list.

    Attributes:
        make: makes its filter.
        fields: name in the table's filter, by that of ours.
        facets: the same for facets.
        sorts: the same for orders; "" is that of the documents.
    """

    make: Callable[..., tables.Filter]
    fields: Mapping[str, str]
    facets: Mapping[str, str]
    sorts: Mapping[str, str]


_PLACED = {"document": "documents", "province": "provinces"}
_FACETS = {"document": "document", "province": "province"}
_KNOWN: Mapping[str, _Known] = {
    "tasks": _Known(
        tables.TaskFilter,
        _PLACED
        | {
            "pillar": "pillars", "kind": "kinds", "cites": "instruments", "agency": "agencies",
            "has_lead": "has_lead", "has_deadline": "has_deadline", "due_since": "due_from",
            "due_until": "due_to", "text": "words",  # a task has no other text than its own
        },
        _FACETS | {"pillar": "pillar", "kind": "kind", "lead": "lead", "cites": "instrument"},
        {"": "place", "due": "due"},
    ),
    "documents": _Known(
        tables.DocumentFilter,
        {"province": "provinces", "type": "types", "issuer": "issuers"},
        {"province": "province", "type": "type", "issuer": "issuer"},
        {"": "place"},
    ),
    "targets": _Known(
        tables.TargetFilter,
        _PLACED | {"pillar": "pillars", "indicator": "indicators", "unit": "units"},
        _FACETS | {"pillar": "pillar", "indicator": "indicator", "unit": "unit"},
        {"": "place"},
    ),
    "citations": _Known(
        tables.CitationFilter,
        _PLACED | {"instrument": "instruments", "kind": "kinds", "resolution": "resolutions"},
        _FACETS | {"instrument": "instrument", "kind": "kind", "resolution": "resolution"},
        {"": "place"},
    ),
    "agencies": _Known(
        tables.AgencyFilter,
        # The level of many organs stands in another graph than their row was read from.
        {"kind": "kinds", "province": "provinces"},
        {"kind": "kind", "province": "province"},
        {"": "place", "label": "sorted"},
    ),
    "indicators": _Known(tables.IndicatorFilter, {}, {}, {"": "place", "label": "sorted"}),
}  # fmt: skip


class TableLists:
    """The lists from tables, or else from SPARQL."""

    def __init__(self, folder: Path, others: Lists) -> None:
        """Take the folder of the store, and who answers what the tables do not know."""
        self._folder = Folder(folder)
        self._others = others
        self._open: OrderedDict[str, _Opened] = OrderedDict()

    def close(self) -> None:
        """Close the tables that are open."""
        for opened in self._open.values():
            opened.close()
        self._open.clear()

    async def page(self, facts: Facts, selection: Selection, page: Page) -> Slice:
        """Return a page of a list."""
        filters = _filter(selection)
        table = self._table(facts.release, filters)
        sort = _sort(selection)
        if filters is None or table is None or sort is None or page.size > MOST_ROWS:
            return await self._others.page(facts, selection, page)
        found = await asyncio.to_thread(table.page, filters, _window(page), sort)
        rows = found.rows
        more = found.has_previous if page.backward else found.has_next
        orders = tuple(_order(row.cursor.value) for row in rows)
        return Slice(tuple(row.iri for row in rows), orders, more)

    async def total(self, facts: Facts, selection: Selection) -> int:
        """Return how many things a list has."""
        filters = _filter(selection)
        table = self._table(facts.release, filters)
        if filters is None or table is None:
            return await self._others.total(facts, selection)
        return await asyncio.to_thread(table.count, filters)

    async def facet(self, facts: Facts, selection: Selection, name: str) -> Mapping[str, int]:
        """Return how many things of a list have each value of a filter."""
        known = _KNOWN.get(selection.listing.name)
        others = tuple(pair for pair in selection.filters if pair[0] != name)
        filters = _filter(Selection(selection.listing, others))
        table = self._table(facts.release, filters)
        if known is None or name not in known.facets or filters is None or table is None:
            return await self._others.facet(facts, selection, name)
        field = known.facets[name]
        assert field in FACETS[filters.table]  # noqa: S101 - what is written above
        found = await asyncio.to_thread(table.facets, filters, [field], _MOST_VALUES)
        return {str(one.value): one.count for one in found[field] if one.value is not None}

    def _table(self, release: str, filters: tables.Filter | None) -> Table | None:
        """Return the tables of a release, if it has what a filter needs."""
        if release not in self._open:
            self._open[release] = _opened(self._folder.release(release))
            if len(self._open) > _MOST_OPEN:
                _, gone = self._open.popitem(last=False)
                gone.close()
        found = self._open[release]
        is_enough = found.has_texts or filters is None or not filters.words
        return found.table if is_enough else None


@dataclass(frozen=True, slots=True)
class _Opened:
    """What a release has: tables or none, and whether they find rows by words."""

    table: Table | None
    has_texts: bool = False

    def close(self) -> None:
        if self.table is not None:
            self.table.close()


def _opened(release: Path) -> _Opened:
    try:
        texts = Texts(release)
    except NoIndexError:
        texts = None
    try:
        return _Opened(Table(release, texts), texts is not None)
    except NoIndexError:
        return _Opened(None)


def _filter(selection: Selection) -> tables.Filter | None:
    """Return the table's filter for a selection; None if it has none that means the same."""
    known = _KNOWN.get(selection.listing.name)
    if known is None or any(name not in known.fields for name, _ in selection.filters):
        return None
    values: dict[str, Any] = {}
    for name, value in selection.filters:
        if isinstance(value, tuple) and any(isinstance(one, RoleOf) for one in value):
            role = _role(value)
            if role is None:
                return None
            values |= role
        else:
            values[known.fields[name]] = _value(selection.listing, name, value)
    if any(value in ((), None) for value in values.values()):
        return None
    return known.make(**values)


def _value(listing: Listing, name: str, value: object) -> object:
    one = listing.filters[name]
    if one.test is Test.CODE and isinstance(value, tuple):
        return tuple(code_lists()[one.of].iri_of(str(code)) for code in value)
    if one.test in {Test.SINCE, Test.UNTIL}:
        return _day(str(value))
    if one.test is Test.CONTAINS:
        return side_by_side(str(value))
    return value


def _day(text: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        return None


def _role(value: tuple[object, ...]) -> dict[str, Any] | None:
    """Return what the table knows of agencies in roles: agencies in one role, or in any."""
    only = value[0] if len(value) == 1 else None
    if not isinstance(only, RoleOf) or only.names or not only.agencies or len(only.roles) > 1:
        return None
    role = only.roles[0].lower().replace("_", "-") if only.roles else "any"
    return {"agencies": only.agencies, "role": role}


def _sort(selection: Selection) -> Sort | None:
    known = _KNOWN.get(selection.listing.name)
    if known is None or selection.sort not in known.sorts:
        return None
    return Sort(known.sorts[selection.sort], selection.descending)


def _window(page: Page) -> Window:
    after = Cursor(page.after[0], key_of(page.after[1])) if page.after else None
    before = Cursor(page.before[0], key_of(page.before[1])) if page.before else None
    if page.backward:
        return Window(last=page.size, after=after, before=before)
    return Window(first=page.size, after=after, before=before)


def _order(value: float | str) -> int | str:
    return value if isinstance(value, str) else int(value)
