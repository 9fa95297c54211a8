"""What can be asked at the top: things by their ids, lists, facets, the catalogue, search.

Each root field says what it takes and how its nodes are found; what is then read of them is the
same everywhere.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson

from api.graphql.extras import keep, keep_label, tokens
from api.graphql.inputs import filters_of, list_page_of, selection_of
from api.graphql.paging import LARGEST
from api.graphql.problems import BadArgumentError
from api.graphql.words import singular
from graph.engine.asking import Engine, Question
from graph.reader.asks import Page, Slice
from graph.reader.codes import code_lists
from graph.reader.kinds import KINDS
from graph.reader.listing import Listing, Test
from graph.reader.listings import LISTINGS
from graph.reader.lists import Lists, Selection
from graph.reader.looking import labels_of, search
from graph.reader.reading import Facts, Reader, is_iri
from ontology.terms import BASE
from queries.catalogue import NamedQuery, bind, named_queries, named_query

_DATASET = f"{BASE}dataset"
_MOST_NODES = 100
_MOST_ROWS = 10_000
_XSD = "http://www.w3.org/2001/XMLSchema#"


@dataclass(slots=True)
class Found:
    """What a root field found.

    Attributes:
        iris: nodes (or tokens of things that are none).
        part: a page of a list, if it is one.
        total: how many there are in the list.
    """

    iris: tuple[str, ...] = ()
    part: Slice | None = None
    page: Page | None = None
    total: int = 0


@dataclass(frozen=True, slots=True)
class World:
    """What root fields ask."""

    engine: Engine
    reader: Reader
    lists: Lists


@dataclass(slots=True)
class Call:
    """One root field as it is asked for.

    Attributes:
        arguments: by name in GraphQL.
        parts: which fields of a connection are selected.
    """

    arguments: Mapping[str, Any]
    parts: frozenset[str] = frozenset()


Find = Callable[[World, Facts, Call], Awaitable[Found]]


@dataclass(frozen=True, slots=True)
class RootField:
    """A field of `Query`.

    Attributes:
        name: in GraphQL.
        of: kind, interface or union of what it gives.
        shape: "one", "many", or "page".
        find: finds the nodes.
        about: one sentence or two.
        usual: how many things are to be expected, where that is not a page.
        listing: of which it gives a part.
    """

    name: str
    of: str
    shape: str
    find: Find
    about: str
    usual: int = 1
    listing: Listing | None = field(default=None, compare=False)


def _by_id(of: str) -> RootField:
    async def find(_world: World, _facts: Facts, call: Call) -> Found:
        iri = str(call.arguments["id"])
        return Found((iri,) if is_iri(iri) else ())

    name = of[0].lower() + of[1:]
    return RootField(name, of, "one", find, f"The `{of}` with an id; null if there is none.")


async def _nodes(_world: World, _facts: Facts, call: Call) -> Found:
    ids = tuple(str(iri) for iri in call.arguments["ids"])
    if len(ids) > _MOST_NODES:
        message = f"`ids` may hold {_MOST_NODES} ids, not {len(ids)}"
        raise BadArgumentError(message)
    return Found(tuple(iri if is_iri(iri) else "" for iri in ids))


def _list(listing: Listing) -> RootField:
    async def find(world: World, facts: Facts, call: Call) -> Found:
        selection, page = selection_of(listing, call.arguments), list_page_of(call.arguments)
        part = Slice()
        if call.parts & {"edges", "nodes", "pageInfo"}:
            part = await world.lists.page(facts, selection, page)
        wants_total = "totalCount" in call.parts
        total = await world.lists.total(facts, selection) if wants_total else 0
        return Found(part.iris, part, page, total)

    return RootField(_camel(listing.name), listing.of, "page", find, listing.about, 1, listing)


def _facets(listing: Listing) -> RootField:
    async def find(world: World, facts: Facts, call: Call) -> Found:
        selection = Selection(listing, filters_of(listing, call.arguments.get("filter") or {}))
        found = [
            {
                "name": _camel(name.value.lower()),
                "values": await _facet(world, facts, selection, name.value.lower()),
            }
            for name in dict.fromkeys(call.arguments["by"])
        ]
        return Found(tuple(tokens(facts, "Facet", found)))

    one = singular(listing.name)
    about = f"How often each value of a filter of `{_camel(listing.name)}` occurs."
    return RootField(f"{one[0].lower()}{one[1:]}Facets", "Facet", "many", find, about, 50, listing)


async def _facet(world: World, facts: Facts, selection: Selection, name: str) -> list[str]:
    counts = await world.lists.facet(facts, selection, name)
    one = selection.listing.filters[name]
    if one.test is Test.CODE:
        codes = code_lists()[one.of].by_iri()
        return tokens(
            facts,
            "FacetValue",
            [
                {"value": codes[iri].name, "count": count, "label": keep_label(codes[iri].labels)}
                for iri, count in counts.items()
                if iri in codes
            ],
        )
    labels = await labels_of(world.reader, facts, counts)
    values = [{"value": v, "count": n, "label": labels.get(v)} for v, n in counts.items()]
    return tokens(facts, "FacetValue", values)


async def _release(world: World, facts: Facts, _call: Call) -> Found:
    release = facts.release or world.engine.current()
    return Found((keep(facts, "Release", release, dataset=_DATASET),))


async def _codes(_world: World, facts: Facts, call: Call) -> Found:
    codes = code_lists()[call.arguments["list"].value].codes
    entries: list[dict[str, object]] = [
        {
            "code": code.name,
            "iri": code.iri,
            "label": keep_label(code.labels),
            "definition": keep_label(code.definitions) if code.definitions else None,
        }
        for code in codes
    ]
    return Found(tuple(tokens(facts, "CodeEntry", entries)))


def _keep_question(facts: Facts, query: NamedQuery) -> str:
    parameters: list[dict[str, object]] = [
        {
            "name": parameter.name,
            "kind": parameter.kind.upper(),
            "default": parameter.default,
            "description": parameter.description,
        }
        for parameter in query.parameters
    ]
    return keep(
        facts,
        "CatalogueQuestion",
        f"question {query.name}",
        name=query.name,
        summary=query.summary,
        description=query.description,
        audience=query.audience.upper(),
        parameters=tokens(facts, "CatalogueParameter", parameters),
        sparql=query.text,
    )


async def _catalogue(_world: World, facts: Facts, call: Call) -> Found:
    audience = call.arguments.get("audience")
    wanted = [
        q for q in named_queries() if audience is None or q.audience == audience.value.lower()
    ]
    return Found(tuple(_keep_question(facts, query) for query in wanted))


async def _answer(world: World, facts: Facts, call: Call) -> Found:
    query = named_query(call.arguments["name"])
    given = {one["name"]: one["value"] for one in call.arguments.get("parameters") or ()}
    bindings = bind(query, given)
    answer = await world.engine.ask(
        Question(query.text, bindings=bindings, most_rows=_MOST_ROWS, release=facts.release or None)
    )
    table = orjson.loads(await answer.read())
    facts.questions += 1
    columns = table["head"]["vars"]
    rows = [[_plain(row.get(name)) for name in columns] for row in table["results"]["bindings"]]
    if answer.capped:
        message = f"the answer has more than {_MOST_ROWS} rows; ask it at /sparql"
        raise BadArgumentError(message)
    token = keep(
        facts,
        "CatalogueAnswer",
        f"answer {query.name} {sorted(given.items())}",
        question=_keep_question(facts, query),
        columns=columns,
        rows=rows,
        count=len(rows),
    )
    return Found((token,))


def _plain(term: Mapping[str, str] | None) -> object:
    """Return the JSON value of a term."""
    if term is None:
        return None
    kind = term.get("datatype", "").removeprefix(_XSD)
    if kind in {"integer", "int", "long"}:
        return int(term["value"])
    if kind in {"decimal", "double", "float"}:
        return float(term["value"])
    return term["value"] == "true" if kind == "boolean" else term["value"]


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(part.capitalize() for part in rest)


async def _search(world: World, facts: Facts, call: Call) -> Found:
    limit = call.arguments["first"]
    if not 0 <= limit <= LARGEST:
        message = f"`first` must be between 0 and {LARGEST}, not {limit}"
        raise BadArgumentError(message)
    kinds = tuple(
        iri for kind in call.arguments.get("kinds") or () for iri in KINDS[kind.value].classes[:1]
    )
    hits = await search(world.reader, facts, call.arguments["text"], kinds, limit)
    return Found(tuple(tokens(facts, "SearchHit", hits)))


_LOOKUPS = (
    "Node", "Document", "Plan", "Resolution", "Instrument", "Section", "Task", "Assignment",
    "Deadline", "IndicatorTarget", "Indicator", "Citation", "Agency", "AgencyKind", "Province",
    "Change", "Evidence", "Gap", "Code",
)  # fmt: skip
ROOT: Mapping[str, RootField] = {
    one.name: one
    for one in (
        *(_by_id(name) for name in _LOOKUPS),
        RootField(
            "nodes",
            "Node",
            "nullable",
            _nodes,
            "Things by their ids, in the same order; null for one that is not there.",
            20,
        ),
        *(_list(listing) for listing in LISTINGS.values()),
        *(
            _facets(listing)
            for listing in LISTINGS.values()
            if any(f.test in {Test.ANY, Test.CODE} for f in listing.filters.values())
        ),
        RootField(
            "search",
            "SearchHit",
            "many",
            _search,
            "Texts that hold words, whatever their case and diacritics, the best first.",
            20,
        ),
        RootField("release", "Release", "one", _release, "The release that answers."),
        RootField(
            "codes",
            "CodeEntry",
            "many",
            _codes,
            "The codes of a closed list, with labels and definitions.",
            20,
        ),
        RootField(
            "catalogue",
            "CatalogueQuestion",
            "many",
            _catalogue,
            "The questions of the catalogue.",
            60,
        ),
        RootField(
            "answer", "CatalogueAnswer", "one", _answer, "Asks a question of the catalogue.", 500
        ),
    )
}
