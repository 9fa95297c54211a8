"""The compiled plan of an operation: columns of values that become records, without resolvers.

For each place of the selection there is one `Records` by kind of thing; a field is a column, a
mapping from node to JSON value, made at once for all nodes. Building a record is then a look-up for
each field, and not a call of graphql-core for each field of each object.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from api.graphql.paging import cursor_of, page_info
from graph.reader.asks import KIND, Ask, Page, Slice
from graph.reader.reading import Facts

Record = dict[str, Any]
Column = tuple[str, Callable[..., Any], Any]  # response key, its look-up, value of what has none


class NullError(Exception):
    """A value that must be there is not: graphql-core is to say where, and what it takes along."""


class Output(Protocol):
    """A field of a record."""

    @property
    def key(self) -> str:
        """Name in the response."""

    def column(self, facts: Facts, iris: Sequence[str]) -> Column:
        """Return the values for nodes."""


@dataclass(frozen=True, slots=True)
class Same:
    """The id: the node itself."""

    key: str

    def column(self, _facts: Facts, _iris: Sequence[str]) -> Column:
        """Return the look-up that gives the node back."""
        return self.key, _same, None


@dataclass(frozen=True, slots=True)
class Constant:
    """What is the same for all: `__typename`."""

    key: str
    value: str

    def column(self, _facts: Facts, _iris: Sequence[str]) -> Column:
        """Return the look-up that always gives the value."""
        return self.key, _NOTHING.get, self.value


@dataclass(frozen=True, slots=True)
class Plain:
    """A text, number, code or label, or a list of them."""

    key: str
    ask: Ask
    convert: Callable[[Any], Any] | None
    many: bool
    required: bool

    def column(self, facts: Facts, iris: Sequence[str]) -> Column:
        """Return the converted values."""
        values = facts.of(self.ask)
        convert = self.convert
        if convert:
            kept = values.get
            values = {iri: convert(value) for iri in iris if (value := kept(iri)) is not None}
        if self.required and not self.many:
            _demand(values, iris)
        return self.key, values.get, [] if self.many else None


@dataclass(frozen=True, slots=True)
class Objects:
    """One other thing, or a list of them."""

    key: str
    ask: Ask
    many: bool
    required: bool
    records: "Records"

    def column(self, facts: Facts, iris: Sequence[str]) -> Column:
        """Return the records of the things that each node leads to."""
        values = facts.of(self.ask)
        if self.many:
            found = {iri: several for iri in iris if (several := values.get(iri))}
            records = self.records.make(facts, _each(found.values()))
            lists = {
                iri: [records[one] for one in several if one in records]
                for iri, several in found.items()
            }
            return self.key, lists.get, []
        single = {iri: one for iri in iris if (one := values.get(iri)) is not None}
        records = self.records.make(facts, dict.fromkeys(single.values()))
        column = {iri: records[one] for iri, one in single.items() if one in records}
        if self.required:
            _demand(column, iris)
        return self.key, column.get, None


@dataclass(slots=True)
class Connected:
    """What is selected of a connection: a list of parts, each with its key."""

    parts: list[tuple[str, str, Any]] = field(default_factory=list)

    def make(
        self, facts: Facts, found: Mapping[str, tuple[Slice, int]], page: Page
    ) -> dict[str, Record]:
        """Return the connection of each node."""
        whole = dict.fromkeys(iri for part, _ in found.values() for iri in part.iris)
        made = [(key, name, self._records(facts, what, whole)) for key, name, what in self.parts]
        return {
            node: {key: self._part(name, what, part, total, page) for key, name, what in made}
            for node, (part, total) in found.items()
        }

    def _records(self, facts: Facts, what: Any, whole: Iterable[str]) -> Any:  # noqa: ANN401
        """Make the records of nodes and edges, for all connections at once."""
        if isinstance(what, Records):
            return what.make(facts, whole)
        if isinstance(what, list):  # what is selected of an edge
            return [(key, name, self._records(facts, inner, whole)) for key, name, inner in what]
        return what

    def _part(self, name: str, what: Any, part: Slice, total: int, page: Page) -> Any:  # noqa: ANN401
        if name == "nodes":
            return [what[iri] for iri in part.iris if iri in what]
        if name == "edges":
            return _edges(what, part)
        if name == "totalCount":
            return total
        if name == "pageInfo":
            info = page_info(part, page)
            return {key: info.get(inner, inner) for key, inner in what.items()}
        return what  # __typename


@dataclass(frozen=True, slots=True)
class Paged:
    """A page of the objects of each node."""

    key: str
    ask: Ask
    total: Ask
    page: Page
    connected: Connected

    def column(self, facts: Facts, iris: Sequence[str]) -> Column:
        """Return the connections."""
        parts, totals = facts.of(self.ask), facts.of(self.total)
        found = {iri: (parts.get(iri) or Slice(), totals.get(iri, 0)) for iri in iris}
        return self.key, self.connected.make(facts, found, self.page).get, None


@dataclass(slots=True)
class Records:
    """What is selected of things at one place, by their kinds."""

    of: str
    by_kind: dict[str, list[Output]] = field(default_factory=dict)
    concrete: bool = False

    def make(self, facts: Facts, iris: Iterable[str]) -> dict[str, Record]:
        """Return the record of each node that is of a kind that may stand here."""
        if self.concrete:
            return _records(facts, self.by_kind[self.of], list(iris))
        kinds = facts.of(KIND)
        groups: dict[str, list[str]] = {}
        for iri in iris:
            kind = kinds.get(iri)
            if kind in self.by_kind:
                groups.setdefault(kind, []).append(iri)
        made: dict[str, Record] = {}
        for kind, members in groups.items():
            made |= _records(facts, self.by_kind[kind], members)
        return made


def _records(facts: Facts, outputs: Sequence[Output], iris: list[str]) -> dict[str, Record]:
    columns = [output.column(facts, iris) for output in outputs]
    return {iri: {key: get(iri, default) for key, get, default in columns} for iri in iris}


def _edges(what: Any, part: Slice) -> list[Record]:  # noqa: ANN401
    node_records = next((inner for _, name, inner in what if name == "node"), None)
    edges = []
    for iri, order in zip(part.iris, part.orders, strict=True):
        if node_records is not None and iri not in node_records:
            continue
        edges.append({key: _edge_part(name, inner, iri, order) for key, name, inner in what})
    return edges


def _edge_part(name: str, inner: Any, iri: str, order: Any) -> Any:  # noqa: ANN401
    if name == "node":
        return inner[iri]
    return cursor_of(order, iri) if name == "cursor" else inner


def _each(lists: Iterable[Iterable[str]]) -> dict[str, None]:
    return {iri: None for several in lists for iri in several}


def _demand(values: Mapping[str, Any], iris: Iterable[str]) -> None:
    for iri in iris:
        if values.get(iri) is None:
            raise NullError(iri)


def _same(iri: str, _default: object) -> str:
    return iri


_NOTHING: Mapping[str, str] = {}
