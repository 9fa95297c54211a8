"""The visual lines of a text: what each one says, and the blank lines and page breaks before it."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from loaders.text.markup import Pieces, clean
from loaders.text.reading import Reading, fold


@dataclass(frozen=True, slots=True)
class Line:
    """One line without its markup.

    Attributes:
        text: its words, with single blanks.
        pieces: where the words lie in the reading.
        gap: how many blank lines stand before it.
        page: whether a page break stands before it.
        ruled: whether a rule ("-----") stands before it.
        heading: level of a Markdown heading, 0 if it is none.
        bold: whether all of it is set in bold.
        note: the number of the footnote whose text begins here.
        cell: whether it is a cell of a table or of a page set in two columns.
        column: which one in its row, empty cells counted; a first bar begins column 1.
        indent: how many blanks stand before it on its line.
    """

    text: str
    pieces: Pieces
    gap: int = 0
    page: bool = False
    ruled: bool = False
    heading: int = 0
    bold: bool = False
    note: str | None = None
    cell: bool = False
    column: int = 0
    indent: int = 0


_LINE = re.compile(r"[^\n\f]*([\n\f]|$)")
_PAGE = re.compile(
    r"[-–—]?\s*\d{1,3}\s*[-–—]?|[-–—]\s*\d{1,4}\s*[-–—]|\{\d+\}-+"
    r"|(?:trang|page)\s*(?:so\s*)?\d{1,4}(?:\s*(?:/|\||of|tren)\s*\d{1,4})?|\d{1,3}\s*/\s*\d{1,3}"
)
_HEADING = re.compile(r"(#{1,6})\s+(?=\S)")
_NOTE = re.compile(
    r"<sup>\s{0,2}\*{0,2}(?P<sup>\d{1,3})\*{0,2}\s{0,2}</sup>\s*(?=\S)|\[\^(?P<mark>\d{1,3})\]:\s*"
    r"|(?P<raised>[¹²³⁰⁴-⁹]{1,3})\s*(?=\S)"
)
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
# A footnote whose raised number was flattened: the number, a blank, and words a note opens with.
_FLAT_NOTE = re.compile(
    r"(?P<flat>\d{1,2})\s(?=(?:Nghị quyết|Nghị định|Quyết định|Kế hoạch|Thông tư|Thông báo"
    r"|Chỉ thị|Kết luận|Công văn|Chương trình|Luật|Theo|Tại|Gồm|Bao gồm|Số liệu)\s)"
)
_TABLE_RULE = re.compile(r"[|:\s-]+")
_CELL = re.compile(r"(?:[^|\\]|\\.)+")
_LINE_BREAK = re.compile(r"<br\s{0,2}/?>")
_COLUMNS = re.compile(r"(?<=\S)(?:\s{5,}|[ ]*\t[ \t]*)(?=\S)")
# "Số:        /KH-UBND", "ngày        tháng": a wide gap that waits for a number parts nothing.
_BLANK_TO_FILL = re.compile(
    r"(?:(?<![^\W_])(?:ngay|thang|nam)|^\W*(?:luat )?s[o6b]\s?[:.]?|\.\.|…|[/-])\s*$"
)
_BULLET = re.compile(r"\W*[-–+•]\s")
_LAST_HEAD_LINE = 24
_CLOSING = re.compile(r"\W{0,4}n[o0]i nh[aâi]n\b")
_HEAD_REPEATS = 3
_LONG_HEAD = 120


def find_lines(reading: Reading) -> list[Line]:
    """Return the lines that hold words, in order; page numbers and running heads are left out."""
    return _without_running_heads(list(_Scanner(reading).lines()))


class _Scanner:
    """Reads a text line by line and remembers what the next line must know."""

    def __init__(self, reading: Reading) -> None:
        self.text = reading.text
        self.gap = self.count = self.notes = self.indent = 0
        self.page = self.ruled = self.bold = self.closing = False

    def lines(self) -> Iterator[Line]:
        for match in _LINE.finditer(self.text):
            end = match.end() - len(match.group(1))
            start, end = _strip(self.text, match.start(), end)
            self.indent = start - match.start()
            if start < end:
                yield from self._line(start, end)
            elif match.group():
                self.gap += 1
                self.bold = False
            self.page |= match.group(1) == "\f"

    def _line(self, start: int, end: int) -> Iterator[Line]:
        short = self.text[start:end] if end - start < _LONG_HEAD else ""
        if short and not any(char.isalnum() or char == "|" for char in short):
            self.ruled, self.gap = True, self.gap + 1
        elif short and (_PAGE.fullmatch(fold(short)) or _is_noise(short)):
            self.page |= short[-1].isdigit() or short[0] in "-–—{"
            self.gap += 1
        elif self.text[start] == "|" and _TABLE_RULE.fullmatch(self.text, start, end):
            self.gap += 1
        else:
            cells = list(self._cells(start, end))
            barred = self.text[start] == "|" or self.text.count("|", start, end) > 1
            column, last = 0 if barred else -1, start
            for first, stop in cells:
                column += self.text.count("|", last, first) if barred else 1
                last = first
                yield from self._words(first, stop, column if len(cells) > 1 else None)

    def _cells(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Part a table row, and a line of the first or last page set in two columns."""
        text = self.text
        if text[start] == "|" or text[end - 1] == "|" or text.count("|", start, end) > 1:
            for cell in _CELL.finditer(text, start, end):
                yield from self._broken_cell(*cell.span())
            return
        place = start
        self.closing = self.closing or _CLOSING.match(fold(text[start : start + 20])) is not None
        if self.count < _LAST_HEAD_LINE or self.closing:
            for gap in _COLUMNS.finditer(text, start, end):
                before = text[max(place, gap.start() - 12) : gap.start()]
                if not _BLANK_TO_FILL.search(fold(before)):
                    yield place, gap.start()
                    place = gap.end()
        yield place, end

    def _broken_cell(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Part a cell at those of its line breaks that part lines in capitals or bullets."""
        text, place, last = self.text, start, start
        breaks = [found.span() for found in _LINE_BREAK.finditer(text, start, end)]
        for (stop, following), (ahead, _) in zip(breaks, [*breaks[1:], (end, end)], strict=False):
            coming = text[following:ahead]
            if text[last:stop].isupper() or coming.isupper() or _BULLET.match(coming):
                yield _strip(text, place, stop)
                place = following
            last = following
        yield _strip(text, place, end)

    def _words(self, start: int, end: int, column: int | None) -> Iterator[Line]:
        heading, start = self._opening(_HEADING, start, end)
        note, start = self._note(start, end)
        cleaned = clean(self.text, start, end, bold=self.bold)
        self.bold = cleaned.open
        share = column is not None and cleaned.text[:1] in {"%", "‰"}  # a unit in a cell of its own
        if not share and not any(char.isalnum() for char in cleaned.text[:_LONG_HEAD]):
            return
        self.count += 1
        yield Line(
            cleaned.text, cleaned.pieces, self.gap, self.page, self.ruled, len(heading),
            cleaned.bold, note, column is not None, column or 0, self.indent,
        )  # fmt: skip
        self.gap, self.page, self.ruled = 0, False, False

    def _opening(self, pattern: re.Pattern[str], start: int, end: int) -> tuple[str, int]:
        found = pattern.match(self.text, start, end)
        return (found.group(1), found.end()) if found else ("", start)

    def _note(self, start: int, end: int) -> tuple[str | None, int]:
        """Return the number of the note that opens here, and where its words begin."""
        found = _NOTE.match(self.text, start, end)
        if not found:
            found = _FLAT_NOTE.match(self.text, start, end)
            if not found or int(found["flat"]) != self.notes + 1:
                return None, start
        self.notes += 1
        return found.group(found.lastgroup or 0).translate(_RAISED), found.end()


def _strip(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end


def _is_noise(text: str) -> bool:
    """Tell whether a line is dirt of a scan ("X r .x A A x. F.o r b"): signs but no words."""
    if text[0] == "|" or text.isupper():
        return False
    tokens = text.split()
    single = sum(len(token) == 1 for token in tokens)
    letters = [re.findall(r"[^\W\d_]+", token) for token in tokens]
    longest = max((len(run) for runs in letters for run in runs), default=0)
    digits = sum(char.isdigit() for char in text)
    return len(tokens) > 3 and longest < 3 and 2 * single >= len(tokens) and not digits  # noqa: PLR2004 - four scraps of at most two letters


def _without_running_heads(lines: list[Line]) -> list[Line]:
    """Leave out short lines that come back at the top or foot of at least three pages."""
    at_break = [index for index, line in enumerate(lines) if line.page]
    edges = Counter(
        _running_key(lines[place].text)
        for index in at_break
        for place in (index - 1, index)
        if place >= 0 and len(lines[place].text) < _LONG_HEAD
    )
    running = {key for key, count in edges.items() if count >= _HEAD_REPEATS and key}
    if not running:
        return lines
    kept: list[Line] = []
    page = False
    near = {place for index in at_break for place in (index - 1, index)}
    for index, line in enumerate(lines):
        if index in near and _running_key(line.text) in running:
            page |= line.page
        else:
            kept.append(replace(line, page=True) if page else line)
            page = False
    return kept


def _running_key(text: str) -> str:
    return re.sub(r"[\W\d_]+", " ", fold(text)).strip()
