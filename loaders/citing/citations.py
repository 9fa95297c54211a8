"""Citations: every mention of another document, found by a grammar of numbers, types and dates.

The rules, as the evidence names them:

| rule | what it reads |
| --- | --- |
| CIT-001 | type word and number: "Nghị quyết số 57-NQ/TW" |
| CIT-002 | a number by itself: "78/2021/TT-BTC" |
| CIT-003 | either of them, mended: "Quyét dinh sb 411/QB-TTg", "03-NQ/CP" |
| CIT-004 | type word and bare running number: "Nghị quyết 59, 70 và 71" |
| CIT-005 | a statute by name: "Luật Ngân sách nhà nước" |
| CIT-006 | a statute by number, with or without its name: "Luật Viễn thông số 24/2023/QH15" |
| CIT-007 | a technical standard: "QCVN 01:2019/BTTTT" |
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from loaders.citing.aliases import alias_ranges, in_ranges
from loaders.citing.lawnames import statutes_named
from loaders.citing.mentions import Mention, find_mentions
from loaders.citing.titles import Title, annex_before, title_after
from loaders.citing.unnumbered import find_unnumbered
from loaders.citing.usage import CitationKind, is_link, kind_before
from loaders.document import Evidence
from loaders.text.layout import Layout
from loaders.text.reading import fold

__all__ = ["Citation", "CitationKind", "Resolution", "find_citations", "find_unnumbered"]

Resolution = Literal["exact", "repaired", "ambiguous", "unresolved"]

_AHEAD = 8
_REACH = 200


@dataclass(frozen=True, slots=True)
class Citation:
    """One mention of a document.

    Attributes:
        evidence: its span runs from the type word to the end of the number (or of a law's name).
        key: the number as Vietnamese practice writes it ("03/NQ-CP"), or the law's name.
        type: the document type in Vietnamese ("Nghị quyết"); None where word and code leave it
            open.
        number: the canonical number, None for a law cited by name.
        issued: "2025-01-09", "2025-01", "2025" or "--06-19": as precise as the text, no more.
        issuer: who issued it, only if the text says so (abbreviations spelled out).
        issuer_implied: what the number's code tells where the text is silent.
        title: what the document is about, as far as the mention says; a law's name.
        term: the Party congress term if stated ("XIII").
        kind: how the mention uses the document.
        resolution: "exact" as written, "repaired" if a mis-spelling or OCR error was mended.
        note: how the source spells it, where that is odd.
        alias: True for a mention by a short form announced by "sau đây gọi tắt là".
    """

    evidence: Evidence
    key: str
    type: str | None
    number: str | None
    issued: str | None = None
    issuer: str | None = None
    issuer_implied: str | None = None
    title: str | None = None
    term: str | None = None
    kind: CitationKind = "cites"
    resolution: Resolution = "exact"
    note: str | None = None
    alias: bool = False


def find_citations(layout: Layout) -> list[Citation]:
    """Find every mention of another document, in reading order.

    A span runs from the type word to the end of the number ("Nghị quyết số 57-NQ/TW"), or covers
    the number alone where no type word stands before it, or a statute's name. The document's own
    number in its head is left out.
    """
    mentions = find_mentions(layout)
    text = layout.flat.text
    folded = fold(text)
    titles = _titles(text, folded, mentions)
    ranges = list(alias_ranges(folded)) if mentions else []
    aliases = [
        in_ranges(ranges, mention.start) or _is_bracketed(text, mention) for mention in mentions
    ]
    kinds = list(_kinds(folded, mentions, titles, aliases))
    meant = _Meant()
    found = []
    for mention, title, kind, alias in zip(mentions, titles, kinds, aliases, strict=True):
        use = _Use(title, meant.key(mention, announced=alias), kind, alias)
        found.append(_citation(layout, mention, use))
    return found


def _is_bracketed(text: str, mention: Mention) -> bool:
    """Tell a bare number alone in brackets: "Nghị quyết số 57-NQ/TW … (Nghị quyết 57)"."""
    brackets = text[max(0, mention.start - 1) : mention.start] + text[mention.end : mention.end + 1]
    return mention.bare and brackets == "()"


@dataclass(frozen=True, slots=True)
class _Use:
    """What the words around a mention add to it."""

    title: Title | None
    key: str
    kind: CitationKind
    alias: bool


class _Meant:
    """What bare numbers stand for, once an alias has said it."""

    def __init__(self) -> None:
        self._full: dict[tuple[str | None, str], str] = {}
        self._announced: dict[tuple[str | None, str], str] = {}

    def key(self, mention: Mention, *, announced: bool) -> str:
        """Return the key of the document that a mention stands for."""
        if mention.number is None:
            return _statute_key(mention.title or "")
        run = (mention.type, re.split(r"\D", mention.number, maxsplit=1)[0])
        if not mention.bare:
            self._full[run] = mention.number
            return mention.number
        if announced and run in self._full:
            self._announced[run] = self._full[run]
        return self._announced.get(run, mention.number)


def _statute_key(name: str) -> str:
    known = statutes_named(name)
    return f"{known[0]['type']} {known[0]['name']}" if known else name


def _titles(text: str, folded: str, mentions: Sequence[Mention]) -> list[Title | None]:
    spans = [(mention.start, mention.tail) for mention in mentions]
    titles: list[Title | None] = []
    for index, mention in enumerate(mentions):
        ahead = slice(index + 1, index + 1 + _AHEAD)
        title = None if mention.bare else title_after(text, folded, mention.tail, spans[ahead])
        titles.append(title and _respelled(text, title, mentions[ahead]))
    return titles


def _respelled(text: str, title: Title, ahead: Sequence[Mention]) -> Title:
    """Write the numbers inside a title canonically: "45- NQ/TW" was broken by a line's end."""
    words = title.words
    for mention in ahead:
        if mention.number and mention.end <= title.end and not mention.damaged:
            written = re.sub(r"\s+", " ", text[mention.start : mention.end])
            words = words.replace(written, re.sub(r"\d.*", mention.number, written))
    return replace(title, words=words)


def _kinds(
    folded: str,
    mentions: Sequence[Mention],
    titles: Sequence[Title | None],
    aliases: Sequence[bool],
) -> Iterator[CitationKind]:
    """Tell how each mention is used; one inside another's title, or an alias, is merely cited.

    A mention that a list joins to the one before is used as that one is.
    """
    inside = 0
    last: CitationKind = "cites"
    last_end = -1
    for mention, title, alias in zip(mentions, titles, aliases, strict=True):
        if mention.start < inside or alias:
            last_end = mention.tail if alias else last_end
            yield "cites"
            continue
        reach = max(0, mention.start - _REACH)
        floor = max(folded.rfind("\n", reach, mention.start) + 1, last_end, reach)
        told = kind_before(folded, mention.start, floor)
        joined = last_end >= 0 and is_link(folded, last_end, mention.start)
        last = told or (last if joined else "cites")
        last_end = title.end if title else mention.tail
        inside = max(inside, title.end if title else 0)
        yield last


def _citation(layout: Layout, mention: Mention, use: _Use) -> Citation:
    span = layout.flat.span(mention.start, mention.end)
    unsure = mention.bare and use.key == mention.number
    repaired: Resolution = "repaired" if mention.repaired else "exact"
    return Citation(
        evidence=Evidence(span, mention.rule, mention.confidence),
        key=use.key,
        type=mention.type,
        number=mention.number,
        issued=mention.issued,
        issuer=mention.issuer,
        issuer_implied=None if mention.issuer else mention.issuer_implied,
        title=_title(layout, mention, use),
        term=mention.term,
        kind=use.kind,
        resolution="unresolved" if unsure else repaired,
        note=mention.note,
        alias=use.alias,
    )


def _title(layout: Layout, mention: Mention, use: _Use) -> str | None:
    """Return a statute's name, the title behind the mention, or that of what it promulgates."""
    if mention.title or use.title:
        return mention.title or (use.title.words if use.title else None)
    if use.kind != "promulgated-with":
        return None
    text = layout.flat.text
    return annex_before(text, fold(text), mention.start)
