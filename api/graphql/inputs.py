"""Input types: filters, orders, and how they become a selection of a list."""

from collections.abc import Mapping
from enum import Enum
from typing import Any

import strawberry

from api.graphql import named
from api.graphql.paging import page_of
from api.graphql.problems import LimitError
from api.graphql.words import ENUMS, Date, enumeration, singular
from graph.reader.asks import Page
from graph.reader.listing import Filter, Listing, Test
from graph.reader.listings import LISTINGS
from graph.reader.lists import WORDS, RoleOf, Selection

_MOST_VALUES = 100
_LONGEST_TEXT = 500
_NAMES = {
    Test.ANY: "list[strawberry.ID]",
    Test.WORDS: "list[str]",
    Test.YEARS: "list[int]",
    Test.SINCE: "Date",
    Test.UNTIL: "Date",
    Test.FROM: "float",
    Test.TO: "float",
    Test.IS: "bool",
    Test.HAS: "bool",
    Test.CONTAINS: "str",
    Test.ROLES: "list[AgencyRole]",
}
INPUTS: dict[str, Any] = {}


def _input(name: str, about: str, fields: Mapping[str, tuple[str, str, object]]) -> None:
    body: dict[str, Any] = {
        key: strawberry.field(default=default, description=text)
        for key, (_, text, default) in fields.items()
    }
    body["__annotations__"] = {key: kind for key, (kind, _, _) in fields.items()}
    body["__module__"] = named.__name__
    made = strawberry.input(type(name, (), body), description=about)
    INPUTS[name] = made
    setattr(named, name, made)


def _optional(kind: str, about: str) -> tuple[str, str, object]:
    return f"{kind} | None", about, strawberry.UNSET


def _filter_type(one: Filter) -> str:
    return f"list[{one.of}]" if one.test is Test.CODE else _NAMES[one.test]


def _make_inputs() -> None:
    for name, made in {**ENUMS, "Date": Date}.items():
        setattr(named, name, made)
    _input(
        "AgencyRole",
        "Agencies with a role in a task; all that is given must hold.",
        {
            "agency": _optional("list[strawberry.ID]", "It is one of these agencies."),
            "name": _optional("list[str]", "The document calls it so."),
            "role": _optional("list[Role]", "It has one of these roles; any, if nothing is said."),
        },
    )
    _input(
        "ParameterInput",
        "The value of a parameter of a question of the catalogue.",
        {
            "name": ("str", "Name of the parameter.", strawberry.UNSET),
            "value": ("str", "Its value.", strawberry.UNSET),
        },
    )
    for listing in LISTINGS.values():
        _make_list_inputs(listing)


def _make_list_inputs(listing: Listing) -> None:
    one = singular(listing.name)
    shown = listing.name.replace("_", " ")
    filters = {name: _optional(_filter_type(f), f.about) for name, f in listing.filters.items()}
    if filters:
        _input(f"{one}Filter", f"Which {shown}; all that is given must hold.", filters)
    _input(
        f"{one}Sort",
        f"In what order {shown} come.",
        {
            "by": (f"{one}Order", "What orders them.", ENUMS[f"{one}Order"]["POSITION"]),
            "descending": ("bool", "Whether the order is turned round.", False),
        },
    )
    facets = {
        name.upper(): f.about
        for name, f in listing.filters.items()
        if f.test in {Test.ANY, Test.CODE}
    }
    if facets:
        about = f"Filters of {shown} whose values can be counted."
        INPUTS[f"{one}Facet"] = enumeration(f"{one}Facet", about, facets)


def selection_of(listing: Listing, arguments: Mapping[str, Any]) -> Selection:
    """Return the selection that filter and sort ask for."""
    sort = arguments.get("sort") or {}
    return Selection(
        listing,
        filters_of(listing, arguments.get("filter") or {}),
        _order_of(sort),
        bool(sort.get("descending", False)),
    )


def list_page_of(arguments: Mapping[str, Any]) -> Page:
    """Return the page of a list that its arguments ask for, its order among them.

    Raises:
        BadArgumentError: there is no such page.
    """
    return page_of(arguments, by_words=_order_of(arguments.get("sort") or {}) in WORDS)


def _order_of(sort: Mapping[str, Any]) -> str:
    """Return what orders a list; "" for its place in the documents."""
    by = sort.get("by")
    order = by.value.lower() if isinstance(by, Enum) else "position"
    return "" if order == "position" else order


def filters_of(listing: Listing, given: Mapping[str, Any]) -> tuple[tuple[str, object], ...]:
    """Return the filters that are given, by their names in the reader.

    Null is not given, and neither is a blank text: a search box that nobody wrote in.

    Raises:
        LimitError: a filter has too many values, or too long a text.
    """
    by_name = {_camel(name): name for name in listing.filters}
    return tuple(
        (by_name[name], _value(name, value))
        for name, value in given.items()
        if value is not None and not (isinstance(value, str) and not value.strip())
    )


def _value(name: str, value: Any) -> object:  # noqa: ANN401 - as graphql-core coerced it
    if isinstance(value, list):
        if len(value) > _MOST_VALUES:
            limit = f"values of `{name}`"
            raise LimitError(limit, _MOST_VALUES, len(value))
        return tuple(_value(name, one) for one in value)
    if isinstance(value, dict):
        return RoleOf(
            agencies=tuple(value.get("agency") or ()),
            names=tuple(value.get("name") or ()),
            roles=tuple(role.value for role in value.get("role") or ()),
        )
    if isinstance(value, str) and len(value) > _LONGEST_TEXT:
        limit = f"characters of `{name}`"
        raise LimitError(limit, _LONGEST_TEXT, len(value))
    return value.value if isinstance(value, Enum) else value


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(part.capitalize() for part in rest)


_make_inputs()
