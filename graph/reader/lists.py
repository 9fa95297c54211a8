"""Pages, totals and facets of the lists, by SPARQL.

`Lists` is what the rest stands on; an implementation over the tables beside a release can take the
place of `SparqlLists`, with the same order and the same cursors: `place` counts as the tables do.
"""

import datetime
import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from graph.engine.vocabulary import FUNCTIONS
from graph.index.nodes import key_of
from graph.index.wording import parse_wording
from graph.iris import plain
from graph.reader.asks import Key, Page, Slice
from graph.reader.codes import code_lists
from graph.reader.listing import Filter, Listing, Test
from graph.reader.model import expanded
from graph.reader.questions import step
from graph.reader.reading import Facts, Reader, aside, is_iri

_DOCUMENT_BYTES = 5
_ORDER_BITS = 20
_QUOTES = re.compile('["“”„«»]')
_BETWEEN = r"[^\p{Alphabetic}\p{N}]"  # what stands between words
_UNPLAIN = re.compile(r"[\x00-\x1f\"\\\x7f]")
_LAST, _FIRST = 2**31 - 1, -(2**31)
_EPOCH = datetime.date(1970, 1, 1)
WORDS = frozenset({"label"})  # sorts by words; all others are by numbers
_NUMBERS = frozenset({"confidence"})
_PRECISION = 1_000_000
_BOUNDS = frozenset({Test.SINCE, Test.UNTIL, Test.FROM, Test.TO})


@dataclass(frozen=True, slots=True)
class RoleOf:
    """Agencies in a role: one of the filters of tasks."""

    agencies: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Selection:
    """What of a list is wanted.

    Attributes:
        listing: which list.
        filters: values by name of the filter; all must hold.
        sort: name of an order; "" for that of the documents.
        descending: whether it is turned round.
    """

    listing: Listing
    filters: tuple[tuple[str, object], ...] = ()
    sort: str = ""
    descending: bool = False


class Lists(Protocol):
    """Pages, totals and facets."""

    async def page(self, facts: Facts, selection: Selection, page: Page) -> Slice:
        """Return a page of a list."""

    async def total(self, facts: Facts, selection: Selection) -> int:
        """Return how many things a list has."""

    async def facet(self, facts: Facts, selection: Selection, name: str) -> Mapping[str, int]:
        """Return how many things of a list have each value of a filter."""


class SparqlLists:
    """The lists by SPARQL: any filter, at a cost that grows with the list."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    async def page(self, facts: Facts, selection: Selection, page: Page) -> Slice:
        """Return a page of a list."""
        rows = await self._reader.rows(facts, _ordered(selection))
        return await aside(len(rows), lambda: _page_of(rows, selection, page))

    async def total(self, facts: Facts, selection: Selection) -> int:
        """Return how many things a list has."""
        text = f"SELECT (COUNT(DISTINCT ?s) AS ?n) WHERE {{ {_pattern(selection)} }}"
        return int((await self._reader.rows(facts, text))[0]["n"]["value"])

    async def facet(self, facts: Facts, selection: Selection, name: str) -> Mapping[str, int]:
        """Return how many things of a list have each value of a filter."""
        path = selection.listing.filters[name].pattern
        text = (
            f"SELECT ?v (COUNT(DISTINCT ?s) AS ?n) WHERE {{ {_pattern(selection, name)} "
            f"{step(path, 's', 'v')} }} GROUP BY ?v ORDER BY DESC(?n) ?v"
        )
        rows = await self._reader.rows(facts, text)
        return {row["v"]["value"]: int(row["n"]["value"]) for row in rows if "v" in row}


def document_place(document: str) -> int:
    """Return a number below which the facts of a document stand together."""
    digest = hashlib.sha256(document.encode()).digest()[:_DOCUMENT_BYTES]
    return int.from_bytes(digest, "big") << _ORDER_BITS


def _ordered(selection: Selection) -> str:
    listing = selection.listing
    order = ""
    if selection.sort:
        order = f"OPTIONAL {{ {step(listing.sorts[selection.sort], 's', 'k')} }}"
    elif listing.document:
        order = f"{step(listing.document, 's', 'd')} OPTIONAL {{ ?s {expanded('cancu:order')} ?k }}"
    return f"SELECT DISTINCT ?s ?d ?k WHERE {{ {_pattern(selection)} {order} }}"


def _page_of(
    rows: Sequence[Mapping[str, Mapping[str, str]]], selection: Selection, page: Page
) -> Slice:
    """Return the page of a list of which all is at hand, in no order."""
    sort_of: dict[str, Key] = {}
    for row in rows:
        iri = row["s"]["value"]
        key = _key(row, selection)
        known = sort_of.setdefault(iri, key)
        if _rank((key, iri)) < _rank((known, iri)):
            sort_of[iri] = key
    pairs = ((key, iri) for iri, key in sort_of.items())
    ranked = sorted(pairs, key=_rank, reverse=selection.descending)
    return _cut(ranked, page, descending=selection.descending)


def _key(row: Mapping[str, Mapping[str, str]], selection: Selection) -> Key:
    value = row["k"]["value"] if "k" in row else ""
    if selection.sort:
        return _sort_key(selection, value)
    if "d" in row:
        return document_place(row["d"]["value"]) + int(value or 0)
    return document_place(row["s"]["value"])


def _sort_key(selection: Selection, value: str) -> Key:
    """Return what orders by a value; what has none comes last in both directions."""
    if selection.sort in WORDS:
        return plain(value)
    if not value:
        return _FIRST if selection.descending else _LAST
    if selection.sort in _NUMBERS:
        return round(float(value) * _PRECISION)
    year, _, rest = value.partition("-")
    month, _, day = rest.partition("-")
    return (datetime.date(int(year), int(month or 1), int(day or 1)) - _EPOCH).days


def _cut(ranked: Sequence[tuple[Key, str]], page: Page, *, descending: bool) -> Slice:
    """Return the page of a list that is sorted already."""

    def is_behind(one: tuple[Key, str], place: tuple[Key, str]) -> bool:
        ahead = _rank(one) < _rank(place)
        return ahead if descending else one != place and not ahead

    rest = [
        one
        for one in ranked
        if (page.after is None or is_behind(one, page.after))
        and (page.before is None or is_behind(page.before, one))
    ]
    kept = rest[max(0, len(rest) - page.size) :] if page.backward else rest[: page.size]
    return Slice(
        tuple(iri for _, iri in kept), tuple(key for key, _ in kept), len(rest) > page.size
    )


def _rank(one: tuple[Key, str]) -> tuple[int, str, int]:
    """Return what compares, whatever a cursor claims to be; equals are ordered as in the tables."""
    key, iri = one
    return (key, "", key_of(iri)) if isinstance(key, int) else (0, key, key_of(iri))


def _pattern(selection: Selection, without: str = "") -> str:
    filters = selection.listing.filters
    parts = [expanded(selection.listing.base), "."]
    given = [(filters[name], value) for name, value in selection.filters if name != without]
    bounds: dict[str, list[tuple[Filter, object]]] = {}
    for index, (one, value) in enumerate(given):
        if one.test in _BOUNDS:
            bounds.setdefault(one.pattern, []).append((one, value))
        else:
            parts.append(_test(one, value, index))
    parts += [
        _between(path, both, f"b{index}") for index, (path, both) in enumerate(bounds.items())
    ]
    return " ".join(parts)


def _between(path: str, bounds: Sequence[tuple[Filter, object]], variable: str) -> str:
    """Return the test that one and the same value lies within all bounds."""
    within = " && ".join(_compares(one.test, variable, value) for one, value in bounds)
    return f"{step(path, 's', variable)} FILTER({within})"


def _test(one: Filter, value: object, index: int) -> str:
    """Return the pattern that a thing of the list must fit.

    It is joined, though a thing may then come several times: the engine answers an EXISTS with a
    longer path for each thing anew, a thousand times slower. Who asks this asks for DISTINCT.
    """
    variable = f"f{index}"
    found = step(one.pattern, "s", variable)
    values = value if isinstance(value, tuple) else (value,)
    match one.test:
        case Test.HAS:
            return found if value else f"MINUS {{ {found} }}"
        case Test.IS:
            return f"{found} FILTER(STR(?{variable}) = '{str(value).lower()}')"
        case Test.ROLES:
            return " ".join(_role(role, f"{variable}_{n}") for n, role in enumerate(values))
        case Test.CONTAINS:
            return f"{found} {_contains(variable, str(value))}"
        case _:
            return f"{_is_one_of(one, variable, values)} {found}"


def _is_one_of(one: Filter, variable: str, values: Sequence[object]) -> str:
    if one.test is Test.ANY:
        terms = [f"<{iri}>" for iri in values if is_iri(str(iri))]
    elif one.test is Test.CODE:
        codes = code_lists()[one.of]
        terms = [f"<{codes.iri_of(str(name))}>" for name in values]
    else:
        terms = [_quoted(str(value)) for value in values]
        return f"FILTER(STR(?{variable}) IN ({', '.join(terms)}))"
    return f"VALUES ?{variable} {{ {' '.join(terms)} }}"


def _compares(test: Test, variable: str, value: object) -> str:
    sign = ">=" if test in {Test.SINCE, Test.FROM} else "<="
    if test in {Test.FROM, Test.TO}:
        return f"?{variable} {sign} {float(str(value))!r}"
    # Dates as text: a year or month alone is compared by its beginning.
    return f"STR(?{variable}) {sign} {_quoted(str(value))}"


def side_by_side(words: str) -> str:
    """Return words as a search for just these, side by side, whatever stands between them."""
    return f'"{_QUOTES.sub(" ", words)}"'


def _contains(variable: str, words: str) -> str:
    """Return the filter for texts that hold some words side by side, as the index of texts does."""
    phrases = parse_wording(side_by_side(words)).phrases
    if not phrases:
        return "FILTER(false)"
    joined = f"{_BETWEEN}+".join(word.folded for word in phrases[0])
    pattern = _quoted(f"(^|{_BETWEEN}){joined}($|{_BETWEEN})")
    return f"FILTER(REGEX(<{FUNCTIONS}fold>(STR(?{variable})), {pattern}))"


def _role(role: object, variable: str) -> str:
    if not isinstance(role, RoleOf):
        message = f"{role!r} is no role of agencies"
        raise TypeError(message)
    parts = [f"?{variable} {expanded('cancu:ofTask')} ?s ."]
    tests = (
        ("cancu:assignee", [f"<{iri}>" for iri in role.agencies if is_iri(iri)], role.agencies),
        ("cancu:agencyName", [_quoted(name) for name in role.names], role.names),
        ("prov:hadRole", [f"<{code_lists()['Role'].iri_of(r)}>" for r in role.roles], role.roles),
    )
    for number, (path, terms, given) in enumerate(tests):
        if given:
            name = f"?{variable}_{number}"
            one_of = f"VALUES {name} {{ {' '.join(terms)} }}"
            parts.append(f"{one_of} ?{variable} {expanded(path)} {name} .")
    return " ".join(parts)


def _quoted(text: str) -> str:
    """Return a text as a SPARQL literal."""
    return f'"{_UNPLAIN.sub(lambda sign: f"{chr(92)}u{ord(sign[0]):04X}", text)}"'
