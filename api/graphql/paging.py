"""Cursors and page arguments: Relay's connections.

A cursor holds what orders the object and its IRI. So it stays good when things before or behind it
come or go, in this release and in the next.
"""

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from api.graphql.problems import BadArgumentError
from graph.reader.asks import Key, Page, Slice
from graph.reader.reading import Facts, is_iri

SIZE = 20
LARGEST = 1000
_LONGEST_CURSOR = 2000
_FARTHEST = 2**62  # beyond what orders anything, and within the integers of every store


@dataclass(frozen=True, slots=True)
class Connection:
    """A page of objects with all that a connection says of it."""

    found: Slice
    page: Page
    total: int
    facts: Facts
    of: str


def cursor_of(order: Key, iri: str) -> str:
    """Return the cursor of an object."""
    mark = "i" if isinstance(order, int) else "s"
    return base64.urlsafe_b64encode(f"{mark}{order}\t{iri}".encode()).decode()


def parse_cursor(cursor: str) -> tuple[Key, str]:
    """Return what a cursor holds.

    Raises:
        BadArgumentError: it is none of ours.
    """
    try:
        text = base64.urlsafe_b64decode(cursor[:_LONGEST_CURSOR].encode("ascii")).decode()
        order, _, iri = text.partition("\t")
        key: Key = int(order[1:]) if order[0] == "i" else order[1:]
    except (ValueError, binascii.Error, IndexError) as error:
        message = f"{cursor[:50]!r} is no cursor"
        raise BadArgumentError(message) from error
    if not is_iri(iri) or (isinstance(key, int) and abs(key) > _FARTHEST):
        message = f"{cursor[:50]!r} is no cursor"
        raise BadArgumentError(message)
    return key, iri


def page_of(arguments: Mapping[str, Any], *, by_words: bool = False) -> Page:
    """Return the page that first, after, last and before ask for.

    Args:
        arguments: as graphql-core coerced them.
        by_words: whether words order the list; else numbers do.

    Raises:
        BadArgumentError: they contradict each other, ask for more than a page may hold, or a cursor
            was given out for another order.
    """
    first, last = arguments.get("first"), arguments.get("last")
    if first is not None and last is not None:
        message = "give `first` or `last`, not both"
        raise BadArgumentError(message)
    size = first if first is not None else last if last is not None else SIZE
    if not 0 <= size <= LARGEST:
        name = "last" if first is None else "first"
        message = f"`{name}` must be between 0 and {LARGEST}, not {size}"
        raise BadArgumentError(message)
    return Page(
        size,
        backward=last is not None,
        after=_place(arguments.get("after"), by_words=by_words),
        before=_place(arguments.get("before"), by_words=by_words),
    )


def _place(cursor: str | None, *, by_words: bool) -> tuple[Key, str] | None:
    if not cursor:
        return None
    key, iri = parse_cursor(cursor)
    if isinstance(key, str) != by_words:
        message = f"the cursor {cursor[:50]!r} was given out for another order"
        raise BadArgumentError(message)
    return key, iri


def page_info(found: Slice, page: Page) -> dict[str, object]:
    """Return Relay's PageInfo by the names of its fields.

    What lies beyond the side that a page was cut from is known only from the cursor given.
    """
    pairs = list(zip(found.orders, found.iris, strict=True))
    ahead = found.more if not page.backward else page.before is not None
    behind = found.more if page.backward else page.after is not None
    return {
        "hasNextPage": ahead,
        "hasPreviousPage": behind,
        "startCursor": cursor_of(*pairs[0]) if pairs else None,
        "endCursor": cursor_of(*pairs[-1]) if pairs else None,
    }
