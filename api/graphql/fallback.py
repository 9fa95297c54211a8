"""What graphql-core sees of the facts: it runs what the compiled plan does not.

Everything was found before it begins, so all resolvers are plain look-ups. A `Thing` is a node of
one kind; the fields of all types are resolved by `resolver`.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from api.graphql.extras import is_concrete, members
from api.graphql.paging import Connection, cursor_of, page_of
from api.graphql.words import Language
from graph.reader.asks import KIND, Slice, ask_of, total_of
from graph.reader.model import Field, Form
from graph.reader.reading import Facts
from graph.reader.values import converter


@dataclass(frozen=True, slots=True)
class Thing:
    """A node, as one of its kind."""

    iri: str
    kind: str
    facts: Facts


def thing_of(facts: Facts, iri: str | None, of: str, *, checked: bool = False) -> Thing | None:
    """Return a node, if it is of a kind, interface or union.

    A kind alone is taken at its word, unless it is to be checked.
    """
    if iri is None:
        return None
    allowed = members(of)
    kind = allowed[0] if is_concrete(of) and not checked else facts.of(KIND).get(iri)
    return Thing(iri, kind, facts) if kind in allowed else None


def things_of(facts: Facts, iris: Iterable[str], of: str) -> list[Thing]:
    """Return nodes, without those that are not of a kind."""
    return [thing for iri in iris if (thing := thing_of(facts, iri, of))]


def resolver(one: Field) -> Callable[..., Any]:
    """Return what resolves a field of a thing."""
    if one.name == "id":
        return lambda thing: thing.iri
    if one.paged:
        return _paged(one)
    if one.form in {Form.OBJECT, Form.SPECIAL}:
        return _objects(one)
    return _plain(one)


def _plain(one: Field) -> Callable[..., Any]:
    ask = ask_of(one)

    def resolve(thing: Thing, language: Language = Language.VI) -> object:
        kept = thing.facts.of(ask).get(thing.iri)
        if kept is None:
            return [] if one.many else None
        convert = converter(one, language.name.lower())
        return convert(kept) if convert else kept

    return resolve


def _objects(one: Field) -> Callable[..., Any]:
    def resolve(thing: Thing, **arguments: object) -> object:
        kept = thing.facts.of(ask_of(one, None, arguments.items())).get(thing.iri)
        if one.many:
            return things_of(thing.facts, kept or (), one.of)
        return thing_of(thing.facts, kept, one.of)

    return resolve


def _paged(one: Field) -> Callable[..., Any]:
    def resolve(thing: Thing, **arguments: Any) -> Connection:  # noqa: ANN401
        page = page_of(arguments)
        found = thing.facts.of(ask_of(one, page)).get(thing.iri, Slice())
        total = thing.facts.of(total_of(one)).get(thing.iri, 0)
        return Connection(found, page, total, thing.facts, one.of)

    return resolve


def nodes(connection: Connection) -> list[Thing]:
    """Resolve the nodes of a connection."""
    return things_of(connection.facts, connection.found.iris, connection.of)


def edges(connection: Connection) -> list[Mapping[str, object]]:
    """Resolve the edges of a connection."""
    pairs = zip(connection.found.iris, connection.found.orders, strict=True)
    return [
        {"node": thing, "cursor": cursor_of(order, iri)}
        for iri, order in pairs
        if (thing := thing_of(connection.facts, iri, connection.of))
    ]
