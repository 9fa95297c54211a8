"""Full-text search over the texts of the release, for people."""

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from api.pages.freshness import etag_of, keep, not_modified
from api.pages.missing import not_found
from api.pages.numbers import page_number
from api.pages.rendering import render
from api.pages.site import asked_by, site_of
from graph.errors import NoIndexError, RefusedQueryError
from graph.index.texts import Hit, TextQuery
from graph.index.wording import parse_wording
from loaders.text.reading import fold

SIZE = 20
_MOST_PAGES = 50
_BEFORE, _SHOWN = 80, 400


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
    hits: list[Hit] = []
    too_long = False
    try:
        if words:
            index = site.index(engine.release)
            query = TextQuery(words, limit=SIZE + 1, offset=(page - 1) * SIZE, by_node=True)
            hits = await asyncio.to_thread(index.find, query)
    except RefusedQueryError:
        too_long = True
    except NoIndexError:
        return await not_found(request, None)
    values = {
        "words": words[:300],
        "found": [Found(hit, pieces_of(hit.text, words)) for hit in hits[:SIZE]],
        "labels": await site.vocabulary.words(engine),
        "too_long": too_long,
        "page_number": page,
        "has_more": len(hits) > SIZE and page < _MOST_PAGES,
    }
    return keep(render(request, "search.html", values, 400 if too_long else 200), etag)


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
