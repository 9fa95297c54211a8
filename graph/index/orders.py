"""In what order rows are read and by what they are counted; places in an order."""

import base64
import binascii
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from graph.errors import CursorError

_LAST, _FIRST = 2**31 - 1, -(2**31)
_KEY_BITS = 63


@dataclass(frozen=True, slots=True)
class Sort:
    """An order of rows. Rows without the value come last in both directions.

    Attributes:
        field: one of `SORTS` of the table; "place" is as the documents are read, one by one.
        descending: whether the greatest comes first.
    """

    field: str = "place"
    descending: bool = False


@dataclass(frozen=True, slots=True)
class Cursor:
    """A place in an order: between a row and its neighbours, whatever rows there are.

    Attributes:
        value: of the field by which the rows are ordered.
        key: number of the row.
    """

    value: int | float | str
    key: int

    def __str__(self) -> str:
        """Return the cursor as an opaque word."""
        plain = json.dumps([self.value, self.key], ensure_ascii=False, separators=(",", ":"))
        return base64.urlsafe_b64encode(plain.encode()).decode().rstrip("=")


@dataclass(frozen=True, slots=True)
class Window:
    """Which rows of an order: the first ones behind a place, or the last ones before one.

    Attributes:
        first: how many from the beginning, or behind `after`.
        last: how many from the end, or before `before`; read only if there is no `first`.
        after, before: places between which the rows must lie.
    """

    first: int | None = None
    last: int | None = None
    after: Cursor | None = None
    before: Cursor | None = None


def parse_cursor(word: str) -> Cursor:
    """Read the opaque word of a cursor.

    Raises:
        CursorError: it is none.
    """
    try:
        value, key = json.loads(base64.urlsafe_b64decode(word + "=" * (-len(word) % 4)))
        if isinstance(value, int | float | str) and type(key) is int and 0 <= key < 2**_KEY_BITS:
            return Cursor(value, key)
    except (ValueError, TypeError, binascii.Error, RecursionError):
        pass
    raise CursorError(word)


def sort_value(field: str, *, descending: bool) -> str:
    """Return the SQL expression that a table is ordered by; it has a value for every row."""
    end = _FIRST if descending else _LAST
    if field in DAYS:
        return f"coalesce({field} - DATE '1970-01-01', {end})"
    if field in WORDS:
        return f"coalesce({field}, '')"
    if field == "value":
        return f'coalesce("value", {"-" if descending else ""}1e308)'
    return f"coalesce({field}, {end})"


def each(column: str) -> str:
    """Return the SQL expression for each value of a list; a row with none has one, NULL."""
    return f"unnest(if(len({column}) = 0, [NULL], {column}))"


DAYS = frozenset({"due", "due_last", "issued"})
WORDS = frozenset({"sorted", "number"})
# By what the rows of each table can be ordered, and by what they can be counted.
SORTS: Mapping[str, Sequence[str]] = {
    "documents": ("place", "issued", "tasks", "targets", "citations"),
    "tasks": ("place", "due", "due_last", "citations"),
    "targets": ("place", "year", "value"),
    "citations": ("place",),
    "agencies": ("sorted", "place"),
    "indicators": ("sorted", "place"),
}
FACETS: Mapping[str, Mapping[str, str]] = {
    "documents": {
        "type": "type", "province": "province", "issuer": "issuer", "year": "year(issued)",
        "basis": each("basis"), "has_basis": "len(basis) > 0",
    },
    "tasks": {
        "province": "province", "document": "document", "section": "section", "kind": "kind",
        "pillar": each("pillars"), "lead": each("leads"), "support": each("supports"),
        "reports_to": each("reports"), "agency": each("agencies"),
        "instrument": each("cited"), "year": "year(due)",
        "quarter": "strftime(due, '%Y-Q') || quarter(due)", "has_deadline": "deadlines > 0",
        "has_lead": "len(leads) > 0", "has_basis": "citations > 0",
    },
    "targets": {
        "province": "province", "document": "document", "section": "section",
        "pillar": each("pillars"), "indicator": "indicator", "unit": "unit", "year": "\"year\"",
    },
    "citations": {
        "province": "province", "document": "document", "instrument": "instrument",
        "kind": "kind", "resolution": "resolution",
    },
    "agencies": {
        "kind": "kind", "province": "province", "level": "level", "is_group": "is_group",
    },
    "indicators": {},
}  # fmt: skip
