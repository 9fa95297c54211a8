"""What is asked of the graph: a tree of asks, the same whoever asks (a page, GraphQL)."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum

from graph.reader.model import Field, Form

Key = int | str


class Shape(Enum):
    """How the values of an ask are kept."""

    VALUE = "one value or none, as text"
    VALUES = "values as text, each once, in order"
    LABELS = "language to words"
    PAGE = "a `Slice`"
    TOTAL = "how many there are"
    KIND = "name of the kind"
    SPECIAL = "whatever its function keeps"


@dataclass(frozen=True, slots=True)
class Page:
    """Which part of a long list: the first after a cursor, or the last before one.

    Attributes:
        size: how many at most.
        backward: whether from the end.
        after: place behind which it begins; the order and the IRI of the object there.
        before: place before which it ends.
    """

    size: int
    backward: bool = False
    after: tuple[Key, str] | None = None
    before: tuple[Key, str] | None = None


@dataclass(frozen=True, slots=True)
class Slice:
    """A page of a long list.

    Attributes:
        iris: of its objects, in order.
        orders: what orders each.
        more: whether there are others beyond its far end.
    """

    iris: tuple[str, ...] = ()
    orders: tuple[Key, ...] = ()
    more: bool = False


@dataclass(frozen=True, slots=True)
class Ask:
    """One thing to be found of each of many nodes. Equal asks are asked once."""

    shape: Shape
    paths: tuple[str, ...] = ()
    order: str = ""
    page: Page | None = None
    name: str = ""
    arguments: tuple[tuple[str, object], ...] = ()


@dataclass(slots=True)
class Need:
    """What is needed of nodes, and of the objects that it leads to.

    `kinds` of nodes are asked for where they are not known beforehand.
    """

    asks: "dict[Ask, Need]" = field(default_factory=dict)

    def add(self, ask: Ask) -> "Need":
        """Add an ask, if it is not there, and return what is needed of its objects."""
        return self.asks.setdefault(ask, Need())


KIND = Ask(Shape.KIND, ("rdf:type|skos:inScheme",))


def ask_of(
    one: Field, page: Page | None = None, arguments: Iterable[tuple[str, object]] = ()
) -> Ask:
    """Return the ask for a field."""
    if one.form is Form.SPECIAL and not one.paths:
        return Ask(Shape.SPECIAL, name=one.name, arguments=tuple(arguments))
    if page:
        return Ask(Shape.PAGE, one.paths, one.order, page, name=_unasked(one))
    if one.form is Form.LABEL:
        return Ask(Shape.LABELS, one.paths, name=_unasked(one))
    shape = Shape.VALUES if one.many else Shape.VALUE
    return Ask(shape, one.paths, one.order, name=_unasked(one))


def total_of(one: Field) -> Ask:
    """Return the ask for the number of objects of a field."""
    return Ask(Shape.TOTAL, one.paths)


def _unasked(one: Field) -> str:
    """Return the name that tells a field without paths from others of its kind."""
    return "" if one.paths else one.name
