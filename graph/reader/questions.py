"""One SPARQL question for all that is asked at one level, and the reading of its answer.

The nodes of each position stand in a VALUES block; LATERAL evaluates what is asked for each of
them, so that a page of each node's objects has its own LIMIT. A union of branches gives the values:
single ones in the columns of one row, lists in a row each. A binding is known by its variable
alone:

    SELECT * { { VALUES ?s0 { <task/1> <task/2> } LATERAL {
        { OPTIONAL { ?s0 <text> ?v0 } OPTIONAL { ?s0 <order> ?v1 } }
        UNION { ?s0 <hasDeadline> ?v2 } } } UNION { VALUES ?s1 … } }
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from graph.reader.asks import Ask, Key, Shape, Slice
from graph.reader.kinds import kind_of
from graph.reader.model import expanded

_VARIABLE = re.compile(r"\?(\w+)")
_XSD_INTEGER = "<http://www.w3.org/2001/XMLSchema#integer>"
Values = dict[str, Any]
Term = Mapping[str, str]
_Keep = Callable[[str, Term], None]


@dataclass(slots=True)
class Level:
    """A question in the making.

    Attributes:
        branches: the blocks of its union.
        columns: its variables, the nodes' first.
        keepers: what is done with a binding of each variable.
        finishers: what is done when all rows are read.
    """

    branches: list[str] = field(default_factory=list)
    subjects: list[str] = field(default_factory=list)
    columns: list[str] = field(default_factory=list)
    keepers: dict[str, _Keep] = field(default_factory=dict)
    finishers: list[Callable[[], None]] = field(default_factory=list)

    def add(self, iris: Iterable[str], asks: Mapping[Ask, Values]) -> None:
        """Add what is asked of nodes, and where the values are kept."""
        subject = f"s{len(self.subjects)}"
        self.subjects.append(subject)
        single = [self._optional(subject, ask, asks[ask]) for ask in asks if _is_single(ask)]
        others = [self._branch(subject, ask, asks[ask]) for ask in asks if not _is_single(ask)]
        branches = [" ".join(single)] if single else []
        union = " UNION ".join(f"{{ {branch} }}" for branch in [*branches, *others])
        nodes = " ".join(f"<{iri}>" for iri in iris)
        self.branches.append(f"VALUES ?{subject} {{ {nodes} }} LATERAL {{ {union} }}")

    def text(self) -> str:
        """Return the SPARQL text."""
        names = " ".join(f"?{name}" for name in [*self.subjects, *self.columns])
        union = " UNION ".join(f"{{ {branch} }}" for branch in self.branches)
        return f"SELECT {names} WHERE {{ {union} }}"

    def read(self, rows: Iterable[Mapping[str, Term]]) -> None:
        """Keep the values of the answer."""
        keepers = self.keepers
        for row in rows:
            bindings = iter(row.items())
            subject = next(bindings)[1]["value"]
            for name, term in bindings:
                keepers[name](subject, term)
        for finish in self.finishers:
            finish()

    def _column(self, keep: _Keep) -> str:
        name = f"v{len(self.columns)}"
        self.columns.append(name)
        self.keepers[name] = keep
        return name

    def _optional(self, subject: str, ask: Ask, values: Values) -> str:
        def keep(node: str, term: Term) -> None:
            values.setdefault(node, term["value"])

        parts = []
        for path in ask.paths:
            name = self._column(keep)
            parts.append(f"OPTIONAL {{ {step(path, subject, name)} }}")
        return " ".join(parts)

    def _branch(self, subject: str, ask: Ask, values: Values) -> str:
        if ask.shape is Shape.PAGE:
            return self._page(subject, ask, values)
        if ask.shape is Shape.TOTAL:
            name = self._column(lambda node, term: values.__setitem__(node, int(term["value"])))
            pattern = step(ask.paths[0], subject, f"o{name}")
            count = f"(COUNT(DISTINCT ?o{name}) AS ?{name})"
            return f"SELECT ?{subject} {count} WHERE {{ {pattern} }} GROUP BY ?{subject}"
        if ask.order:
            return self._ordered(subject, ask, values)
        keep, finish = _KEEPERS[ask.shape](values)
        self.finishers.append(finish)
        return step(ask.paths[0], subject, self._column(keep))

    def _ordered(self, subject: str, ask: Ask, values: Values) -> str:
        pairs = _Pairs(values, None)
        self.finishers.append(pairs.finish)
        order, name = self._column(pairs.keep_order), self._column(pairs.keep)
        return f"{step(ask.paths[0], subject, name)} {_order(ask.order, name, order)}"

    def _page(self, subject: str, ask: Ask, values: Values) -> str:
        """Return the sub-select that finds a page of each node's objects, and one more."""
        page = ask.page
        if page is None:
            message = "a page without bounds"
            raise ValueError(message)
        pairs = _Pairs(values, page.size, backward=page.backward)
        self.finishers.append(pairs.finish)
        order, name = self._column(pairs.keep_order), self._column(pairs.keep)
        pattern = f"{step(ask.paths[0], subject, name)} {_order(ask.order, name, order)}"
        bounds = _bound(page.after, ">", name, order) + _bound(page.before, "<", name, order)
        way = "DESC" if page.backward else "ASC"
        return (
            f"SELECT DISTINCT ?{subject} ?{order} ?{name} WHERE {{ {pattern} {bounds} }} "
            f"ORDER BY {way}(?{order}) {way}(STR(?{name})) LIMIT {page.size + 1}"
        )


def step(path: str, subject: str, name: str) -> str:
    """Return the pattern that leads from one variable to another."""
    if "?s" not in path:
        return f"?{subject} {expanded(path)} ?{name} ."
    own = {"s": subject, "o": name}
    return _VARIABLE.sub(lambda found: f"?{own.get(found[1], found[1] + name)}", expanded(path))


def _is_single(ask: Ask) -> bool:
    return ask.shape is Shape.VALUE


def _order(path: str, name: str, order: str) -> str:
    if not path:
        return f"BIND(0 AS ?{order})"
    stated = f"OPTIONAL {{ ?{name} {expanded(path)} ?{order}x }}"
    return f"{stated} BIND(COALESCE(?{order}x, 0) AS ?{order})"


def _bound(place: tuple[Key, str] | None, sign: str, name: str, order: str) -> str:
    if place is None:
        return ""
    at, iri = place
    quoted = iri.replace("\\", "").replace('"', "")
    return f'FILTER(?{order} {sign} {at} || (?{order} = {at} && STR(?{name}) {sign} "{quoted}"))'


class _Pairs:
    """Objects with the integers that order them, as they come."""

    def __init__(self, values: Values, size: int | None, *, backward: bool = False) -> None:
        self.values = values
        self.size = size
        self.backward = backward
        self.found: dict[str, dict[str, int]] = {}
        self.order = 0

    def keep_order(self, _node: str, term: Term) -> None:
        self.order = int(term["value"])

    def keep(self, node: str, term: Term) -> None:
        self.found.setdefault(node, {})[term["value"]] = self.order

    def finish(self) -> None:
        for node, orders in self.found.items():
            ranked = sorted((order, iri) for iri, order in orders.items())
            self.values[node] = (
                [iri for _, iri in ranked] if self.size is None else self._slice(ranked)
            )

    def _slice(self, ranked: Sequence[tuple[int, str]]) -> Slice:
        size = self.size or 0
        more = len(ranked) > size
        kept = ranked[-size:] if self.backward and size else ranked[:size]
        return Slice(tuple(iri for _, iri in kept), tuple(order for order, _ in kept), more)


def _keep_values(values: Values) -> tuple[_Keep, Callable[[], None]]:
    found: dict[str, dict[str, None]] = {}

    def keep(node: str, term: Term) -> None:
        found.setdefault(node, {})[term["value"]] = None

    def finish() -> None:
        values.update({node: sorted(several) for node, several in found.items()})

    return keep, finish


def _keep_labels(values: Values) -> tuple[_Keep, Callable[[], None]]:
    def keep(node: str, term: Term) -> None:
        labels = values.setdefault(node, {})
        labels.setdefault(term.get("xml:lang", ""), {})[term["value"]] = None

    return keep, lambda: None


def _keep_kind(values: Values) -> tuple[_Keep, Callable[[], None]]:
    classes: dict[str, set[str]] = {}

    def keep(node: str, term: Term) -> None:
        classes.setdefault(node, set()).add(term["value"])

    def finish() -> None:
        for node, several in classes.items():
            if kind := kind_of(frozenset(several)):
                values[node] = kind

    return keep, finish


_KEEPERS = {
    Shape.VALUES: _keep_values,
    Shape.LABELS: _keep_labels,
    Shape.KIND: _keep_kind,
}
