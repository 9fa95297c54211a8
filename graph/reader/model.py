"""What a description of a kind of thing is made of: fields, each with its way through the graph.

The descriptions (`graph.reader.kinds`) are the only place that knows both the names people use and
the properties of the vocabulary. SPARQL, records, the GraphQL schema and the check of the schema
against the ontology are all made from them.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from ontology import terms

NAMESPACES: dict[str, str] = {
    name.lower(): space.NS
    for name, space in vars(terms).items()
    if isinstance(space, type) and hasattr(space, "NS")
} | {
    "code": terms.BASE + "code/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "scheme": terms.BASE,
}
_PREFIXED = re.compile(r"(?<![\w<?:#])(code:[\w-]+/[\w-]+|[a-z]+:[A-Za-z_][\w-]*)")


class Form(Enum):
    """What the values of a field are."""

    IRI = "IRI"
    TEXT = "text"
    INTEGER = "integer"
    NUMBER = "number"
    BOOLEAN = "boolean"
    DATE = "a day"
    PARTIAL_DATE = "a year, month or day"
    LABEL = "words in a language"
    CODE = "a code of a list"
    OBJECT = "other things"
    CODE_LABEL = "the label of a code"
    JSON = "any JSON value"
    NAME = "a word of an enumeration"
    VERIFIED = "whether a person stands by it"
    SPECIAL = "found by a function of its own"


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a kind of thing.

    Attributes:
        name: in snake case.
        form: what its values are.
        paths: property paths, or patterns over ?s and ?o; the first that leads anywhere counts.
        about: one sentence or two for people.
        many: whether there may be several values.
        required: whether there is always a value.
        of: kind, interface or union of the objects; list of the codes.
        paged: whether many objects come in pages.
        order: path from an object to the integer that orders the list.
        usual: how many objects are to be expected; for the cost of asking.
    """

    name: str
    form: Form
    paths: tuple[str, ...]
    about: str
    many: bool = False
    required: bool = False
    of: str = ""
    paged: bool = False
    order: str = ""
    usual: int = 3


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of thing: an object type of the GraphQL schema.

    Attributes:
        name: of the type.
        classes: the classes whose members are of this kind, all of them together.
        about: one sentence or two for people.
        fields: by name, those of its interfaces included.
        interfaces: that it keeps.
    """

    name: str
    classes: tuple[str, ...]
    about: str
    fields: dict[str, Field]
    interfaces: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Interface:
    """What several kinds have in common, or (without fields) a union of kinds."""

    name: str
    about: str
    fields: dict[str, Field]
    interfaces: tuple[str, ...] = ()


def expanded(pattern: str) -> str:
    """Write the prefixed names of a path or pattern as IRIs; codes are like code:role/lead."""
    return _PREFIXED.sub(lambda name: f"<{expand(name[0])}>", pattern)


def terms_of(pattern: str) -> Iterator[str]:
    """Yield the IRIs of the vocabulary that a path or pattern names."""
    yield from (expand(name) for name in _PREFIXED.findall(pattern) if name[:5] != "code:")


def expand(name: str) -> str:
    """Return the IRI of a prefixed name."""
    prefix, _, local = name.partition(":")
    return NAMESPACES[prefix] + local
