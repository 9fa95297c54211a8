"""Enumerations and scalars of the schema, made of the code lists and of the reader's own words."""

import datetime
import re
from collections.abc import Callable, Mapping
from enum import Enum
from typing import Any, NewType

import strawberry
from graphql import GraphQLError
from strawberry.types.scalar import ScalarDefinition

from graph.reader.codes import CodeList, code_lists
from graph.reader.enumerations import ENUMERATIONS
from graph.reader.kinds import KINDS
from graph.reader.listings import LISTINGS

Date = NewType("Date", str)
PartialDate = NewType("PartialDate", str)
Json = NewType("Json", object)
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def _as_it_is(value: Any) -> Any:  # noqa: ANN401 - whatever the value is, it stays so
    return value


def _day(value: object) -> str:
    """Return a day that was given, if it is one: compared as a text, "soon" would come last."""
    try:
        if isinstance(value, str) and _DAY.fullmatch(value) and datetime.date.fromisoformat(value):
            return value
    except ValueError:
        pass
    message = f"{str(value)[:50]!r} is no day in the form 2025-06-30"
    raise GraphQLError(message)


def _scalar(
    name: str, description: str, parse: Callable[[Any], Any] = _as_it_is
) -> ScalarDefinition:
    return strawberry.scalar(
        name=name, description=description, serialize=_as_it_is, parse_value=parse
    )


SCALARS: Mapping[object, ScalarDefinition] = {
    Date: _scalar("Date", "A day in the form of ISO 8601: 2025-06-30.", _day),
    PartialDate: _scalar("PartialDate", "A year, month or day: 2025, 2025-06, 2025-06-30."),
    Json: _scalar("JSON", "Any JSON value."),
}


@strawberry.enum(description="Language of labels; where a thing has none in it, the other is used.")
class Language(Enum):
    """Language of labels."""

    VI = strawberry.enum_value("VI", description="Vietnamese (tiếng Việt).")
    EN = strawberry.enum_value("EN", description="English.")


def enumeration(name: str, about: str, values: Mapping[str, str]) -> type[Enum]:
    """Return an enumeration whose values are the names themselves."""
    named = {key: strawberry.enum_value(key, description=text) for key, text in values.items()}
    # What Enum makes of a mapping is known only when it runs.
    made: type[Enum] = Enum(name, named)  # type: ignore[misc]
    return strawberry.enum(made, name=name, description=about)


def singular(name: str) -> str:
    """Return the name of one thing of a list, as types are named: agency_kinds → AgencyKind."""
    one = f"{name[:-3]}y" if name.endswith("ies") else name[:-1]
    return "".join(part.capitalize() for part in one.split("_"))


def _code_enumeration(codes: CodeList) -> type[Enum]:
    about = f"{codes.definitions['en']} {codes.definitions['vi']}"
    words = {
        code.name: f"{code.labels['vi']}: {code.definitions.get('en', code.labels['en'])}"
        for code in codes.codes
    }
    return enumeration(codes.name, about, words)


def _order_enumeration(name: str, sorts: Mapping[str, str]) -> type[Enum]:
    position = "Document by document in reading order; what is in no document, in a fixed order."
    words = {"POSITION": position} | {s.upper(): f"By `{s}`." for s in sorts}
    return enumeration(
        f"{singular(name)}Order", f"What {name.replace('_', ' ')} are ordered by.", words
    )


ENUMS: Mapping[str, type[Enum]] = {
    **{codes.name: _code_enumeration(codes) for codes in code_lists().values()},
    **{name: enumeration(name, about, words) for name, (about, words) in ENUMERATIONS.items()},
    **{
        f"{singular(name)}Order": _order_enumeration(name, listing.sorts)
        for name, listing in LISTINGS.items()
    },
    "CodeListName": enumeration(
        "CodeListName",
        "The closed code lists.",
        {codes.name: codes.labels["en"] for codes in code_lists().values()},
    ),
    "Audience": enumeration(
        "Audience",
        "Whose question it is.",
        {
            "RESEARCHER": "Of those who study policy.",
            "DEVELOPER": "Of those who build on the data.",
            "AUDITOR": "Of those who check where a fact comes from.",
        },
    ),
    "ParameterKind": enumeration(
        "ParameterKind",
        "What the value of a parameter must look like.",
        {
            "STRING": "Any text.",
            "INTEGER": "A whole number.",
            "DATE": "A day: 2025-06-30.",
            "IRI": "The IRI of a resource.",
        },
    ),
    "NodeKind": enumeration(
        "NodeKind",
        "The kinds of things that have an IRI.",
        {name: kind.about for name, kind in KINDS.items() if "Node" in kind.interfaces},
    ),
}
