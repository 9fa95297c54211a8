"""What a list is: of which things, by which filters, in which orders."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum


class Test(Enum):
    """How a filter compares."""

    ANY = "is one of these things"
    CODE = "is one of these codes"
    WORDS = "is one of these texts"
    YEARS = "is one of these years"
    SINCE = "is this day or later"
    UNTIL = "is this day or earlier"
    FROM = "is this number or more"
    TO = "is this number or less"
    IS = "is so, or is not"
    HAS = "there is one, or there is none"
    CONTAINS = "has these words in it, side by side"
    ROLES = "has these agencies in these roles"


@dataclass(frozen=True, slots=True)
class Filter:
    """One way to narrow a list.

    Attributes:
        name: in snake case.
        test: how it compares.
        pattern: path or pattern from ?s to ?o.
        about: one sentence for people.
        of: list of the codes.
    """

    name: str
    test: Test
    pattern: str
    about: str
    of: str = ""


@dataclass(frozen=True, slots=True)
class Listing:
    """A list that can be asked for.

    Attributes:
        name: of the list, in snake case.
        of: kind or interface of its things.
        about: one sentence for people.
        base: pattern that all of them fit.
        filters: by name.
        document: pattern from ?s to the document that it lies in, which orders the list.
        sorts: path to the value that orders, by name; beside the order of the documents.
    """

    name: str
    of: str
    about: str
    base: str
    filters: Mapping[str, Filter]
    document: str = ""
    sorts: Mapping[str, str] = field(default_factory=dict)


def by_name(*filters: Filter) -> Mapping[str, Filter]:
    """Return filters by their names."""
    return {one.name: one for one in filters}
