"""The object types of the schema, made of the reader's descriptions.

Names, fields and descriptions have one source, `graph.reader.kinds`; what is written here by hand
is only what GraphQL adds: connections.
"""

# ruff: noqa: ANN401 - what strawberry takes and what graphql-core hands on has any type

from collections.abc import Callable, Mapping
from inspect import Parameter, Signature
from operator import itemgetter
from typing import Annotated, Any

import strawberry

from api.graphql import fallback, named
from api.graphql.extras import DESCRIBED, members
from api.graphql.paging import LARGEST, SIZE, page_info
from api.graphql.words import ENUMS, Date, Json, Language, PartialDate
from graph.reader.basis import DEEPEST, DEPTH
from graph.reader.kinds import INTERFACES, KINDS, UNIONS
from graph.reader.model import Field, Form, Interface, Kind

_NAMES = {
    Form.IRI: "str",
    Form.TEXT: "str",
    Form.JSON: "Json",
    Form.INTEGER: "int",
    Form.NUMBER: "float",
    Form.BOOLEAN: "bool",
    Form.VERIFIED: "bool",
    Form.DATE: "Date",
    Form.PARTIAL_DATE: "PartialDate",
    Form.LABEL: "str",
    Form.CODE_LABEL: "str",
}
_InLanguage = Annotated[Language, strawberry.argument(description="Language of the words.")]
_First = Annotated[
    int | None,
    strawberry.argument(
        description=f"How many, from the start; {SIZE} if nothing is said, at most {LARGEST}."
    ),
]
_After = Annotated[
    str | None, strawberry.argument(description="Cursor behind which the page begins.")
]
_Last = Annotated[int | None, strawberry.argument(description="How many, from the end.")]
_Before = Annotated[
    str | None, strawberry.argument(description="Cursor before which the page ends.")
]
_Depth = Annotated[
    int, strawberry.argument(description=f"How many steps to follow, from 1 to {DEEPEST}.")
]
PAGE_ARGUMENTS: dict[str, Any] = {
    "first": _First,
    "after": _After,
    "last": _Last,
    "before": _Before,
}
TYPES: dict[str, Any] = {
    **ENUMS,
    "Date": Date,
    "PartialDate": PartialDate,
    "Json": Json,
    "Language": Language,
}


@strawberry.type(description="Where a page lies in its list.")
class PageInfo:
    """Relay's PageInfo."""

    has_next_page: bool = strawberry.field(description="Whether there is more behind it.")
    has_previous_page: bool = strawberry.field(description="Whether there is more before it.")
    start_cursor: str | None = strawberry.field(description="Cursor of its first object.")
    end_cursor: str | None = strawberry.field(description="Cursor of its last object.")


def annotation(one: Field) -> str:
    """Return the type of a field, as Python writes it."""
    if one.paged:
        return f"{one.of}Connection"
    if one.name == "id":
        return "strawberry.ID"
    inner = _NAMES.get(one.form, one.of)
    if one.many:
        return f"list[{inner}]"
    return inner if one.required else f"{inner} | None"


def _field(one: Field) -> Any:
    return strawberry.field(resolver=_resolver(one), description=one.about)


def _resolver(one: Field) -> Callable[..., Any]:
    """Return the resolver of a field with the arguments that it takes."""
    found = fallback.resolver(one)

    def resolve(root: Any, **arguments: Any) -> Any:
        return found(root, **arguments)

    taken: dict[str, tuple[Any, Any]] = {"root": (Any, ...)}
    if one.paged:
        taken |= {name: (kind, None) for name, kind in PAGE_ARGUMENTS.items()}
    elif one.form in {Form.LABEL, Form.CODE_LABEL}:
        taken["language"] = (_InLanguage, Language.VI)
    elif one.name == "legal_basis":
        taken["depth"] = (_Depth, DEPTH)
    return with_signature(resolve, one.name, taken, annotation(one))


def with_signature(
    resolve: Callable[..., Any], name: str, taken: Mapping[str, tuple[Any, Any]], gives: str
) -> Callable[..., Any]:
    """Give a resolver the signature that strawberry reads its arguments from.

    Args:
        resolve: takes any arguments by name.
        name: of the field.
        taken: annotation and default of each argument; ... for one that must be given.
        gives: annotation of what it returns.
    """
    parameters = [
        Parameter(
            key,
            Parameter.POSITIONAL_OR_KEYWORD if key in {"root", "info"} else Parameter.KEYWORD_ONLY,
            annotation=kind,
            default=Parameter.empty if default is ... else default,
        )
        for key, (kind, default) in taken.items()
    ]
    resolve.__signature__ = Signature(parameters, return_annotation=gives)  # type: ignore[attr-defined]
    resolve.__annotations__ = {key: kind for key, (kind, _) in taken.items()} | {"return": gives}
    resolve.__module__ = named.__name__
    resolve.__name__ = name
    return resolve


def _make(described: Kind | Interface, *, is_interface: bool) -> None:
    """Make a type or an interface, and put it among the names of this module."""
    bases = tuple(TYPES[name] for name in reversed(described.interfaces[:1]))
    inherited = {n for name in described.interfaces for n in INTERFACES[name].fields}
    own = {
        n: f for n, f in described.fields.items() if n not in inherited or _differs(described, f)
    }
    body: dict[str, Any] = {name: _field(one) for name, one in own.items()}
    body |= {
        "__annotations__": {n: annotation(f) for n, f in own.items()},
        "__module__": named.__name__,
    }
    if not is_interface:
        name = described.name
        body["is_type_of"] = classmethod(
            lambda _cls, thing, _info: getattr(thing, "kind", "") == name
        )
    made = type(described.name, bases, body)
    if is_interface:
        _name(described.name, strawberry.interface(made, description=described.about))
    else:
        _name(described.name, strawberry.type(made, description=described.about))


def _differs(described: Kind | Interface, one: Field) -> bool:
    return any(
        one.name in INTERFACES[name].fields and INTERFACES[name].fields[one.name] != one
        for name in described.interfaces
    )


def _name(name: str, made: Any) -> None:
    TYPES[name] = made
    setattr(named, name, made)


def _connection(of: str) -> None:
    """Make the connection and the edge of a kind."""
    node, cursor = (
        _part("node", itemgetter("node"), of),
        _part("cursor", itemgetter("cursor"), "str"),
    )
    edge = {
        "node": strawberry.field(resolver=node, description="The thing itself."),
        "cursor": strawberry.field(resolver=cursor, description="Where it stands in the list."),
        "__module__": named.__name__,
    }
    _name(
        f"{of}Edge",
        strawberry.type(type(f"{of}Edge", (), edge), description=f"A place in a list of `{of}`."),
    )
    parts = {
        "edges": (fallback.edges, f"list[{of}Edge]", "The things with their places."),
        "nodes": (fallback.nodes, f"list[{of}]", "The things alone."),
        "page_info": (_page_info, "PageInfo", "Where the page lies in the list."),
        "total_count": (
            _total,
            "int",
            "How many there are in the whole list; counted only if asked for.",
        ),
    }
    body: dict[str, Any] = {"__module__": named.__name__}
    for name, (found, kind, about) in parts.items():
        body[name] = strawberry.field(resolver=_part(name, found, kind), description=about)
    made = type(f"{of}Connection", (), body)
    _name(f"{of}Connection", strawberry.type(made, description=f"A page of a list of `{of}`."))


def _part(name: str, found: Callable[..., Any], kind: str) -> Callable[..., Any]:
    def resolve(root: Any) -> Any:
        return found(root)

    return with_signature(resolve, name, {"root": (Any, ...)}, kind)


def _page_info(root: Any) -> PageInfo:
    info = page_info(root.found, root.page)
    return PageInfo(
        has_next_page=bool(info["hasNextPage"]),
        has_previous_page=bool(info["hasPreviousPage"]),
        start_cursor=str(info["startCursor"]) if info["startCursor"] else None,
        end_cursor=str(info["endCursor"]) if info["endCursor"] else None,
    )


def _total(root: Any) -> int:
    return int(root.total)


def _make_all() -> None:
    setattr(named, "PageInfo", PageInfo)  # noqa: B010 - the module has no such name yet
    for name, value in TYPES.items():
        setattr(named, name, value)
    for interface in INTERFACES.values():
        _make(interface, is_interface=True)
    for kind in DESCRIBED.values():
        _make(kind, is_interface=False)
    for name in UNIONS:
        joined = strawberry.union(name, description=_UNIONS[name])
        _name(name, Annotated[_either([TYPES[member] for member in members(name)]), joined])
    for of in [*KINDS, *INTERFACES]:
        _connection(of)


def _either(kinds: list[Any]) -> Any:
    first, *others = kinds
    for other in others:
        first |= other
    return first


_UNIONS = {
    "Place": "Where in a document something stands.",
    "ChangedThing": "What a change of the register may concern.",
    "Meaning": "What a code in the number of a document may stand for.",
    "Fact": "What evidence may prove.",
    "Resting": "What may rest on an instrument.",
    "Parent": "What may be around a section.",
}
_make_all()
