"""The dateline: where and when a document was issued."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from loaders.citing.dates import date_at
from loaders.document import Evidence, Stated
from loaders.provinces import find_province
from loaders.text.layout import Block, Layout
from loaders.text.reading import fold

_DAY = re.compile(r"(?<![^\W_])(?:ng[a-z&]{1,2}[yv]|n[gq9]ay)(?![^\W_])")
_YEAR = re.compile(r"n[a-z&]{1,3}m\s?(?P<year>(?:19|20)\d{2})(?!\d)")
# "Nghị quyết số 57-NQ/TW, ngày 22/12/2024": the date of what is cited.
_CITES = re.compile(r"[/-]\s?[A-ZĐƯ][\w&.-]*[\s,.]*$")
_OWN_NUMBER = re.compile(r"\W{0,3}(?:luat )?s[o0b6]\b")
# The labels of a web page's table are no dateline: "Ngày ban hành", "Ngày có hiệu lực".
_LABEL = re.compile(r"ngay\s(?!\d|thang\b|…|\.)[a-z]")
_PLACE_WORDS = 6
_LINE = 300


@dataclass(frozen=True, slots=True)
class Dateline:
    """Where and when: "Hưng Yên, ngày 03 tháng 3 năm 2025"; `blank` if no part of it is filled."""

    place: Stated[str] | None
    issued: Stated[str] | None
    blank: bool = False


def find_dateline(layout: Layout, blocks: Sequence[Block]) -> Dateline:
    """Find place and date, each as precise as the source; blanks to fill are left out.

    A date behind a place is believed before one that stands alone.
    """
    alone: Dateline | None = None
    for found in _datelines(layout, blocks):
        if found.place:
            return found
        alone = alone or found
    return alone or Dateline(None, None)


def read_date(layout: Layout, start: int, end: int) -> Stated[str] | None:
    """Read a date that stands alone in a stretch of the flat text: "26/03/2025"."""
    date = date_at(fold(layout.flat.text[start:end]), 0)
    if date is None or not date.value or date.value.startswith("--"):
        return None
    return Stated(date.value, Evidence(layout.flat.span(start, start + date.end), "HED-015", 0.8))


def _datelines(layout: Layout, blocks: Sequence[Block]) -> Iterator[Dateline]:
    for number, block in enumerate(blocks):
        if block.end - block.start > _LINE:
            continue
        text = layout.flat.text[block.start : block.end]
        folded = fold(text)
        for word in _DAY.finditer(folded):
            before = text[: word.start()].rstrip()
            if _is_own(before, folded, word.start()):
                yield _dateline(layout, blocks, number, word.start())


def _is_own(before: str, folded: str, start: int) -> bool:
    """Tell whether the word "ngày" opens the document's own date."""
    if before and not before.endswith((",", ".")):
        return False
    if _LABEL.match(folded, start):
        return False
    return not _CITES.search(before) or _OWN_NUMBER.match(folded) is not None


def _dateline(layout: Layout, blocks: Sequence[Block], number: int, start: int) -> Dateline:
    block = blocks[number]
    text = layout.flat.text[block.start : block.end]
    value, end = _date_behind(fold(text), start)
    span = layout.flat.span(block.start + start, block.start + end)
    issued = Stated(value, Evidence(span, "HED-003", 0.98)) if value else None
    before = text[:start].rstrip()
    place = _place(layout, block, before) if before else None
    return Dateline(_place_over_break(layout, blocks, number) or place, issued, not value)


def _date_behind(folded: str, start: int) -> tuple[str | None, int]:
    date = date_at(folded, start)
    # In "ngày 05 tháng   năm 2025" the month is blank; it only looks like the fifth ("tháng năm").
    if date and date.value and not date.value.startswith("--"):
        return date.value, date.end
    year = _YEAR.search(folded, start, start + 80)
    return (year["year"], year.end()) if year else (None, min(len(folded), start + 4))


def _place(layout: Layout, block: Block, before: str) -> Stated[str] | None:
    """Return the place before ", ngày"; in a page of two columns the number stands before it."""
    words = list(re.finditer(r"[^\W\d_][^\s,]*|-", before.rstrip(" ,.")))[-_PLACE_WORDS:]
    for number in range(len(words)):
        name = before[words[number].start() : words[-1].end()]
        province = find_province(name, damaged=layout.damaged)
        if province:
            return _stated_place(
                layout, block, words[number].start(), words[-1].end(), province.name
            )
    own = re.search(r"(?:[A-ZĐÀ-Ỹ][^\W\d_]*\s)*[A-ZĐÀ-Ỹ][^\W\d_]*$", before.rstrip(" ,."))
    if own and not re.search(r"\d|/", own.group()):
        return _stated_place(layout, block, own.start(), own.end(), own.group())
    return None


def _place_over_break(layout: Layout, blocks: Sequence[Block], number: int) -> Stated[str] | None:
    """Return the province whose name runs over a line break: "Bà Rịa - Vũng" / "Tàu, ngày …"."""
    if number == 0:
        return None
    above, block = blocks[number - 1], blocks[number]
    name = layout.flat.text[above.start : block.end].partition(",")[0].replace("\n", " ")
    province = find_province(name)
    if province is None or above.start + len(name) <= block.start:
        return None
    return _stated_place(layout, above, 0, len(name), province.name)


def _stated_place(layout: Layout, block: Block, start: int, end: int, name: str) -> Stated[str]:
    span = layout.flat.span(block.start + start, block.start + end)
    return Stated(name, Evidence(span, "HED-004", 0.97))
