"""Tables of targets in an annex: one row a target, a column a year.

| TT | Chỉ tiêu | Đơn vị | Năm 2025 | Năm 2030 | Cơ quan chủ trì |
The layout gives the cells one after another and drops the empty ones, so a row is told by its
number, its unit by what units look like, and its values are counted against the columns.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from loaders.folding import either
from loaders.layout import Block
from loaders.reading import fold

_NUMBER_HEAD = re.compile(r"(?:stt|tt|so tt|so thu tu|no)\.?")
_NAME_HEAD = re.compile(r"(?:ten |noi dung |cac |nhom )*(?:chi tieu|muc tieu|chi so)(?!\w)[^|]*")
_UNIT_HEAD = re.compile(r"(?:don vi(?: tinh)?|dvt|d\.v\.t)")
_VALUE_HEAD = re.compile(
    either("mục tiêu, chỉ tiêu, kết quả, kế hoạch, giá trị, phấn đấu, đến năm, năm")
    + r"(?!\w).*|20\d\d"
)
_BASELINE = re.compile(either("thực hiện, hiện trạng, ước, đã đạt, hiện nay, cơ sở, kết quả năm"))
_ROW_NUMBER = re.compile(r"(?:[ivx]{1,5}|\d{1,3}(?:\.\d{1,2}){0,2})\.?")
_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
_VALUE = re.compile(
    r"(?:(?:>=|<=|[≥≤><]|(?:it nhat|toi thieu|toi da|khong qua|tren|duoi|dat|tu|khoang)\s)+\s?)?"
    r"\d[\d.,]*(?:\s?[-–]\s?\d[\d.,]*)?(?!\w|/\d).{0,60}"
)
_SHARE = re.compile(either("tỷ lệ, tỉ lệ, tỷ trọng, tỉ trọng"))
_HEADS_AT_MOST = 12
_UNIT_LENGTH = 40


@dataclass(frozen=True, slots=True)
class Row:
    """One target: the cells of its name, its unit, and its values with their years."""

    name: Block
    unit: Block | None
    values: tuple[tuple[Block, int | None], ...]


@dataclass(slots=True)
class _Columns:
    """What the head of a table announces: its value columns with their years (None: not said)."""

    years: list[int | None] = field(default_factory=list)
    baselines: set[int] = field(default_factory=set)
    unit: bool = False


def read_rows(folded: str, cells: Sequence[Block]) -> list[Row] | None:
    """Read a run of cells as a table of targets; None if it is none."""
    words = [folded[cell.start : cell.end].strip() for cell in cells]
    length = _head_length(words)
    if not length:
        return None
    columns = _columns(words[2:length])
    if not columns.years:
        return None
    starts = _row_starts(words, length)
    rows: list[Row] = []
    year: int | None = None
    for start, stop in zip(starts, [*starts[1:], len(cells)], strict=True):
        row = _row(cells[start:stop], words[start:stop], columns, year)
        if row.values:
            rows.append(row)
        elif _YEAR.search(words[start + 1]) if stop - start > 1 else False:
            year = int(_YEAR.findall(words[start + 1])[-1])
    return rows


def _head_length(words: Sequence[str]) -> int:
    """Return how many cells the head has; 0 if the cells do not begin like a table of targets."""
    if len(words) < 4 or not _NUMBER_HEAD.fullmatch(words[0]):  # noqa: PLR2004 - number, name, value, row
        return 0
    if not _NAME_HEAD.fullmatch(words[1]):
        return 0
    for place in range(3, min(len(words), _HEADS_AT_MOST)):
        if words[place].rstrip(".") in {"1", "i", "a"}:
            return place
    return 0


def _columns(heads: Sequence[str]) -> _Columns:
    columns = _Columns()
    for head in heads:
        if _UNIT_HEAD.fullmatch(head):
            columns.unit = True
        elif _VALUE_HEAD.fullmatch(head) or (_YEAR.search(head) and _BASELINE.match(head)):
            years = _YEAR.findall(head)
            if _BASELINE.match(head) and years:
                columns.baselines.add(len(columns.years))
            columns.years.append(int(years[-1]) if years else None)
    return columns


def _row_starts(words: Sequence[str], first: int) -> list[int]:
    """Return where rows begin: at a row number that goes on from the one before it.

    "10" in a value column is no row number: the one that is expected is another.
    """
    starts: list[int] = []
    last = ""
    for place in range(first, len(words)):
        word = words[place].rstrip(".")
        if _ROW_NUMBER.fullmatch(word) and place + 1 < len(words) and _follows(last, word):
            if starts and place - starts[-1] < 2:  # noqa: PLR2004 - a row has a number and a name
                continue
            starts.append(place)
            last = word if not word.isalpha() else last
    return starts


def _follows(last: str, word: str) -> bool:
    """Tell whether a row number can stand below another: 3 after 2, 2.1 after 2, I anywhere."""
    if word.isalpha() or not last:
        return True
    before, now = last.split("."), word.split(".")
    if len(now) == len(before) + 1:
        return now[:-1] == before and now[-1] == "1"
    before = before[: len(now)]
    if len(now) > len(before) or now[:-1] != before[:-1]:
        return word == "1"
    return int(now[-1]) == int(before[-1]) + 1 or word == "1"


def _row(cells: Sequence[Block], words: Sequence[str], columns: _Columns, year: int | None) -> Row:
    name = cells[min(1, len(cells) - 1)]
    rest = list(zip(cells[2:], words[2:], strict=True))
    unit = None
    if (
        columns.unit
        and rest
        and len(rest[0][1]) <= _UNIT_LENGTH
        and not _VALUE.fullmatch(rest[0][1])
    ):
        unit = rest.pop(0)[0]
    numeric = [cell for cell, word in rest if _VALUE.fullmatch(word)][: len(columns.years)]
    complete = len(numeric) == len(columns.years)
    values = tuple(
        (cell, (columns.years[place] if complete else None) or year)
        for place, cell in enumerate(numeric)
        if not (complete and place in columns.baselines)
    )
    return Row(name, unit, values)


def row_unit(cell: str, name: str) -> tuple[str | None, str | None]:
    """Return unit and base from a unit cell: "% GRDP" is "%" of "GRDP", "Thứ bậc" is a rank.

    Where there is none, what is measured may tell: a "tỷ lệ" is a percentage.
    """
    words = cell.strip()
    if not words:
        # The layout keeps no cell without a letter or digit: a "%" alone is not among them.
        return ("%" if _SHARE.match(fold(name)) else None), None
    if words.startswith("%"):
        share = re.match(r"%(?:\s?/\s?năm)?", words)
        unit = re.sub(r"\s", "", share.group()) if share else "%"
        return unit, words[len(share.group()) if share else 1 :].strip() or None
    if re.fullmatch(either("thứ bậc, thứ hạng, xếp hạng, hạng, vị trí"), fold(words)):
        return "hạng", None
    return (words[:1].lower() + words[1:] if words[1:2].islower() else words) or None, None
