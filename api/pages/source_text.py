"""The page of a document's text: its words as in the source, and the stretches that were read.

A stretch is named as in RFC 5147 (`#char=120,156`, code points of the decoded text). A fragment
does not reach the server, so `?char=120,156` chooses the stretch; `char.js` leads from the one to
the other. A long text comes in parts.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from starlette.requests import Request
from starlette.responses import Response

from api.pages.media import forms_of
from api.pages.numbers import whole_number
from api.pages.rendering import render_aside, root_of
from api.pages.site import asked_by, site_of
from graph.quotes import Quote, Source, Verdict, quotes_in
from ontology.terms import BASE

PART = 60_000
_STRETCH = re.compile(r"([0-9]{1,9}),([0-9]{1,9})")


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of the text that is marked in one way.

    Attributes:
        text: its characters.
        is_read: whether a fact was read from it.
        is_chosen: whether it belongs to the stretch that is asked for.
        anchors: places that begin here, as `start,end`.
    """

    text: str
    is_read: bool
    is_chosen: bool
    anchors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """What of a text a page shows.

    Attributes:
        start, end: its place.
        length: characters of the whole text.
        pieces: the text in order.
    """

    start: int
    end: int
    length: int
    pieces: tuple[Piece, ...]


async def page_of(request: Request, source: Source) -> Response:
    """Return the page of a text, with the stretch that `?char=` names."""
    site = site_of(request)
    quotes = await quotes_in(asked_by(request), source.iri)
    text = site.sources.text(source.sha256, source.encoding)
    chosen = _chosen(request.query_params.get("char", ""), len(text) if text else 0)
    values = {
        "source": source,
        "quotes": quotes,
        "chosen": chosen,
        "words": text[slice(*chosen)] if text and chosen else "",
        "facts": _facts(site.sources.verdict, quotes, chosen),
        "part": _part(text, quotes, chosen, _start(request, chosen)) if text is not None else None,
        "part_size": PART,
        "is_here": site.sources.is_here,
        "forms": forms_of(f"{root_of(request)}/{source.iri.removeprefix(BASE)}"),
    }
    return await render_aside(request, "source_text.html", values)


def pieces_of(
    text: str, start: int, quotes: Sequence[Quote], chosen: tuple[int, int] | None
) -> tuple[Piece, ...]:
    """Cut a part of a text, which begins at `start`, where a stretch begins or ends."""
    end = start + len(text)
    spans = sorted({(quote.start, quote.end) for quote in quotes})
    shown = [span for span in spans if span[0] < end and span[1] > start]
    marks = [*shown, *([chosen] if chosen else [])]
    cuts = sorted({start, end, *(min(max(at, start), end) for span in marks for at in span)})
    covered = _covered(shown)
    anchors: dict[int, list[str]] = {}
    for span in sorted({*shown, *([chosen] if chosen else [])}):
        anchors.setdefault(max(span[0], start), []).append(f"{span[0]},{span[1]}")
    return tuple(
        Piece(
            text[left - start : right - start],
            _lies_in(covered, left),
            chosen is not None and chosen[0] <= left and right <= chosen[1],
            tuple(anchors.get(left, ())),
        )
        for left, right in pairwise(cuts)
    )


def _covered(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Join stretches that overlap; given and returned in order."""
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _lies_in(covered: Sequence[tuple[int, int]], place: int) -> bool:
    index = bisect_right(covered, place, key=lambda span: span[0])
    return index > 0 and place < covered[index - 1][1]


def _part(text: str, quotes: Sequence[Quote], chosen: tuple[int, int] | None, start: int) -> Part:
    end = min(start + PART, len(text))
    pieces = pieces_of(text[start:end], start, quotes, chosen)
    return Part(start, end, len(text), pieces)


def _start(request: Request, chosen: tuple[int, int] | None) -> int:
    """Return where the part begins that holds the stretch chosen, or that is asked for."""
    place = chosen[0] if chosen else whole_number(request, "from")
    return place // PART * PART


def _chosen(given: str, length: int) -> tuple[int, int] | None:
    match = _STRETCH.fullmatch(given)
    if not match:
        return None
    start, end = int(match[1]), int(match[2])
    return (start, end) if start < end <= length else None


def _facts(
    verdict: Callable[[Quote], Verdict], quotes: Sequence[Quote], chosen: tuple[int, int] | None
) -> list[tuple[Quote, Verdict]]:
    """Return what was read from the stretch chosen, or from a part of it."""
    if chosen is None:
        return []
    inside = [q for q in quotes if chosen[0] <= q.start and q.end <= chosen[1]]
    return [(quote, verdict(quote)) for quote in inside]
