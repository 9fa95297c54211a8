"""Full-text search over the texts of the release, for people."""

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from api.pages.freshness import etag_of, keep, not_modified
from api.pages.numbers import page_number
from api.pages.records import DOCUMENT_NAME, Record, read_all
from api.pages.rendering import render
from api.pages.site import Site, asked_by, site_of
from graph.errors import NoIndexError, RefusedQueryError
from graph.index.texts import Hit, TextQuery
from graph.index.wording import parse_wording
from loaders.text.reading import fold
from ontology.terms import CANCU, ELI, ORG

SIZE = 20
_MOST_PAGES = 50
_BEFORE, _SHOWN = 80, 400
# What people look for. The graph has far more texts: each mention of an agency, each quote.
_KINDS = (
    CANCU.Task,
    CANCU.IndicatorTarget,
    ELI.LegalResource,
    ELI.LegalResourceSubdivision,
    ORG.Organization,
    CANCU.AgencyGroup,
)
_STATUSES = {"": 200, "too_long": 400, "no_index": 503}


@dataclass(frozen=True, slots=True)
class Found:
    """A text that holds the words.

    Attributes:
        hit: the text and what it is said of.
        pieces: the part of it that is shown, each piece with whether it is one of the words.
    """

    hit: Hit
    pieces: tuple[tuple[str, bool], ...]


async def search(request: Request) -> Response:
    """Answer with a page of texts that hold the words in `?q=`."""
    words = " ".join(request.query_params.get("q", "").split())
    page = min(page_number(request), _MOST_PAGES)
    etag = etag_of(request, "html")
    if (unchanged := not_modified(request, etag)) is not None:
        return unchanged
    engine, site = asked_by(request), site_of(request)
    everywhere = request.query_params.get("in") == "all"
    kinds = () if everywhere else _KINDS
    query = TextQuery(words, kinds, limit=SIZE + 1, offset=(page - 1) * SIZE, by_node=True)
    hits, fault = await _find(site, engine.release, query)
    nodes = [hit.node for hit in hits[:SIZE]]
    records = await read_all(request, "Node", nodes) if nodes else []
    values = {
        "words": words[:300],
        "found": [Found(hit, pieces_of(hit.text, words)) for hit in hits[:SIZE]],
        "kinds": {record["id"]: record["kind"] for record in records},
        "documents": await _documents(request, nodes) if nodes else {},
        "agencies": await _agencies(request, nodes) if nodes else {},
        "everywhere": everywhere,
        "labels": await site.vocabulary.words(engine),
        "fault": fault,
        "page_number": page,
        "has_more": len(hits) > SIZE and page < _MOST_PAGES,
    }
    response = render(request, "search.html", values, _STATUSES[fault])
    return response if fault else keep(response, etag)


async def _documents(request: Request, nodes: Sequence[str]) -> dict[str, Record]:
    """Return the document that each node stands in, or is."""
    within = await read_all(
        request, "Extracted", nodes, *(f"document.{name}" for name in DOCUMENT_NAME)
    )
    documents = await read_all(request, "Instrument", nodes, *DOCUMENT_NAME)
    return {one["id"]: one for one in documents} | {one["id"]: one["document"] for one in within}


async def _agencies(request: Request, nodes: Sequence[str]) -> dict[str, Record]:
    """Return what tells agencies of one short name apart: their whole names, and their time."""
    agencies = await read_all(request, "Agency", nodes, "label", "valid_from", "valid_through")
    return {agency["id"]: agency for agency in agencies if agency["label"]}


async def _find(site: Site, release: str, query: TextQuery) -> tuple[list[Hit], str]:
    """Return the hits of a page and one more, or the word for why there are none."""
    if not query.words:
        return [], ""
    try:
        return await asyncio.to_thread(site.index(release).find, query), ""
    except RefusedQueryError:
        return [], "too_long"
    except NoIndexError:
        return [], "no_index"


def pieces_of(text: str, words: str) -> tuple[tuple[str, bool], ...]:
    """Return the part of a text around the first of some words, with all of them marked."""
    spans = sorted(_places(text, words))
    start = max(0, spans[0][0] - _BEFORE) if spans else 0
    end = min(len(text), start + _SHOWN)
    return tuple(_cut(text, start, end, spans))


def _places(text: str, words: str) -> Iterator[tuple[int, int]]:
    """Yield where the words stand; a folded text has as many characters as the text."""
    folded = fold(text)
    for word in {word.folded for phrase in parse_wording(words).phrases for word in phrase}:
        at = folded.find(word)
        while at >= 0:
            end = at + len(word)
            around = folded[max(0, at - 1) : at] + folded[end : end + 1]
            if not any(character.isalnum() for character in around):
                yield at, end
            at = folded.find(word, end)


def _cut(
    text: str, start: int, end: int, spans: Sequence[tuple[int, int]]
) -> Iterator[tuple[str, bool]]:
    if start:
        yield "… ", False
    place = start
    for left, right in spans:
        if left < place or right > end:
            continue
        yield text[place:left], False
        yield text[left:right], True
        place = right
    yield text[place:end], False
    if end < len(text):
        yield " …", False
