"""The schema: `Query` over all types. `scripts/schema` writes it to schema.graphql."""

from collections.abc import Callable
from typing import Annotated, Any

import strawberry
from strawberry.schema.config import StrawberryConfig
from strawberry.types.info import Info

from api.graphql import inputs, named, types
from api.graphql.root import ROOT, RootField
from api.graphql.types import TYPES, with_signature
from api.graphql.words import SCALARS, singular

_DESCRIPTION = (
    "Documents of Vietnamese policy, the tasks that they set, and the words that prove it."
)


def _argument(kind: Any, about: str) -> Any:  # noqa: ANN401 - an annotation
    return Annotated[kind, strawberry.argument(description=about)]


_NODE_KIND: Any = TYPES["NodeKind"]
_CODE_LIST: Any = TYPES["CodeListName"]
_AUDIENCE: Any = TYPES["Audience"]
_PARAMETER: Any = inputs.INPUTS["ParameterInput"]
_ID = {"id": (_argument(strawberry.ID, "The IRI of the thing."), ...)}
_ARGUMENTS: dict[str, dict[str, tuple[Any, Any]]] = {
    "nodes": {"ids": (_argument(list[strawberry.ID], "Their IRIs, at most 100."), ...)},
    "search": {
        "text": (_argument(str, "What to look for; words in quotes stand side by side."), ...),
        "kinds": (
            _argument(list[_NODE_KIND] | None, "Of what kinds; of all if nothing is said."),
            None,
        ),
        "first": (_argument(int, "How many hits."), 20),
    },
    "release": {},
    "codes": {"list": (_argument(_CODE_LIST, "Which list."), ...)},
    "catalogue": {"audience": (_argument(_AUDIENCE | None, "Only questions of these."), None)},
    "answer": {
        "name": (_argument(str, "Name of the question."), ...),
        "parameters": (
            _argument(
                list[_PARAMETER] | None,
                "Values of its parameters; defaults for those not given.",
            ),
            None,
        ),
    },
}


def _arguments(one: RootField) -> dict[str, tuple[Any, Any]]:
    """Return annotation and default of each argument; ... for one that must be given."""
    if one.name in _ARGUMENTS:
        return _ARGUMENTS[one.name]
    if one.listing is None:
        return _ID
    named = singular(one.listing.name)
    taken: dict[str, tuple[Any, Any]] = {}
    if one.shape == "many":
        facet: Any = inputs.INPUTS[f"{named}Facet"]
        taken["by"] = (_argument(list[facet], "Which filters."), ...)
    else:
        taken |= {name: (kind, None) for name, kind in types.PAGE_ARGUMENTS.items()}
        sort = inputs.INPUTS[f"{named}Sort"] | None
        taken["sort"] = (_argument(sort, "In what order."), None)
    if one.listing.filters:
        filters = inputs.INPUTS[f"{named}Filter"] | None
        taken["filter"] = (_argument(filters, "What the list is narrowed to."), None)
    return taken


def _annotation(one: RootField) -> str:
    return {
        "one": f"{one.of} | None",
        "many": f"list[{one.of}]",
        "nullable": f"list[{one.of} | None]",
        "page": f"{one.of}Connection",
    }[one.shape]


def _resolver(one: RootField) -> Callable[..., Any]:
    """Return a resolver that takes what was found before graphql-core began."""

    def resolve(root: Any, info: Any, **_arguments: Any) -> Any:  # noqa: ANN401
        return root[info.path.key]

    taken = {"root": (Any, ...), "info": (Info, ...), **_arguments(one)}
    return with_signature(resolve, one.name, taken, _annotation(one))


def _query() -> type:
    body: dict[str, Any] = {
        name: strawberry.field(resolver=_resolver(one), description=one.about, name=name)
        for name, one in ROOT.items()
    }
    body["__module__"] = named.__name__
    return strawberry.type(type("Query", (), body), description=_DESCRIPTION)


def _object_types() -> list[Any]:
    return [kind for kind in TYPES.values() if hasattr(kind, "__strawberry_definition__")]


SCHEMA = strawberry.Schema(
    query=_query(),
    types=_object_types(),
    config=StrawberryConfig(scalar_map=dict(SCALARS)),
)
CORE = SCHEMA._schema
