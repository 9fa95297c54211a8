"""Tables of targets in an annex: one row a target, a column a year.

| TT | Chỉ tiêu | Đơn vị | Năm 2025 | Năm 2030 | Cơ quan chủ trì |
The head tells which column names the target, which its unit, which hold values and for which year;
a second row of heads may give the years. The layout drops empty cells, but every cell knows its
column.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from loaders.measuring.units import COUNTED, noun_at
from loaders.text.folding import either
from loaders.text.layout import Block
from loaders.text.reading import fold

_NUMBER_HEAD = re.compile(r"(?:stt|tt|so tt|so thu tu|no)\.?")
_NAME_HEAD = re.compile(
    r"(?:ten |noi dung |cac |nhom |danh muc )*(?:chi tieu|muc tieu|chi so|tieu chi)(?!\w)[^|]*"
)
_UNIT_HEAD = re.compile(r"(?:don vi(?: tinh)?|dvt|d\.v\.t)")
_VALUE_HEAD = re.compile(
    either("mục tiêu, chỉ tiêu, kết quả, kế hoạch, giá trị, phấn đấu, lộ trình, đến năm, năm")
    + r"(?!\w).*|.*20\d\d.*"
)
_BASELINE = re.compile(either("thực hiện, hiện trạng, ước, đã đạt, hiện nay, cơ sở, kết quả năm"))
_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
_YEAR_HEAD = re.compile(r"(?:den |nam |muc tieu |ke hoach )*20\d\d")
_SHARE = re.compile(either("tỷ lệ, tỉ lệ, tỷ trọng, tỉ trọng"))
_COUNTED = re.compile(r"(?:tong )?so(?: luong)? ")
_RANK = re.compile(either("thứ bậc, thứ hạng, xếp hạng, hạng, vị trí"))
_HEAD_LENGTH = 80  # a longer cell of the first row is no head


Stretch = tuple[int, int]  # of the flat text


@dataclass(frozen=True, slots=True)
class Row:
    """One target: where its name, its unit, and its values with their years stand."""

    name: Stretch
    unit: Stretch | None
    values: tuple[tuple[Stretch, int | None], ...]


@dataclass(slots=True)
class _Columns:
    """What the head of a table announces, column by column."""

    name: int
    unit: int | None = None
    years: dict[int, int | None] = field(default_factory=dict)
    baselines: set[int] = field(default_factory=set)


def read_rows(folded: str, cells: Sequence[Block]) -> list[Row] | None:
    """Read a run of cells as a table of targets; None if it is none."""
    lines = list(_lines(cells))
    columns = _columns(folded, lines[0]) if lines else None
    if columns is None:
        return None
    body = lines[1:]
    if body and _gives_years(folded, body[0], columns):
        body = body[1:]
    rows: list[Row] = []
    year: int | None = None
    for line in body:
        row = _row(folded, line, columns, year)
        if row and row.values:
            rows.append(row)
            continue
        years = [found for cell in line for found in _YEAR.findall(_words(folded, cell))]
        year = int(years[-1]) if years else year
    return rows


def _lines(cells: Sequence[Block]) -> Iterator[list[Block]]:
    """Part a run of cells into the rows of the table: a row ends where the columns start again."""
    line: list[Block] = []
    for cell in cells:
        if line and (cell.column < line[-1].column or cell.column == line[0].column):
            yield line
            line = []
        line.append(cell)
    if line:
        yield line


def _words(folded: str, cell: Block) -> str:
    return folded[cell.start : cell.end].strip()


def _columns(folded: str, heads: Sequence[Block]) -> _Columns | None:
    """Read the head of a table; None where no column names targets or none holds values."""
    words = {cell.column: _words(folded, cell) for cell in heads}
    names = [column for column, head in words.items() if _NAME_HEAD.fullmatch(head)]
    if not names or any(len(head) > _HEAD_LENGTH for head in words.values()):
        return None
    columns = _Columns(names[0])
    for column, head in words.items():
        if column == columns.name or _NUMBER_HEAD.fullmatch(head):
            continue
        if _UNIT_HEAD.fullmatch(head):
            columns.unit = column
        elif _VALUE_HEAD.fullmatch(head):
            years = _YEAR.findall(head)
            columns.years[column] = int(years[-1]) if years else None
            if years and _BASELINE.match(head):
                columns.baselines.add(column)
    return columns if columns.years else None


def _gives_years(folded: str, line: Sequence[Block], columns: _Columns) -> bool:
    """Read a second row of heads ("2025 | 2026"); tell whether the row is one."""
    heads = {cell.column: _words(folded, cell) for cell in line}
    if not all(_YEAR_HEAD.fullmatch(head) for head in heads.values()):
        return False
    for column, head in heads.items():
        columns.years[column] = int(_YEAR.findall(head)[-1])
    return True


def _row(folded: str, line: Sequence[Block], columns: _Columns, year: int | None) -> Row | None:
    at = {cell.column: cell for cell in reversed(line)}
    name = at.get(columns.name)
    if name is None:
        return None
    values = tuple(
        ((cell.start, cell.end), columns.years[cell.column] or year)
        for cell in line
        if cell.column in columns.years
        and cell.column not in columns.baselines
        and any(char.isdigit() for char in _words(folded, cell))
    )
    unit = at.get(columns.unit) if columns.unit is not None else None
    return Row((name.start, name.end), (unit.start, unit.end) if unit else None, values)


def row_unit(cell: str, name: str) -> tuple[str | None, str | None]:
    """Return unit and base from a unit cell: "% GRDP" is "%" of "GRDP", "Thứ bậc" is a rank.

    Where there is none, what is measured may tell: "Tỷ lệ … (%)", and any "tỷ lệ" is a percentage.
    """
    words = cell.strip()
    if not words:
        return ("%" if _SHARE.match(fold(name)) or name.endswith("(%)") else None), None
    if words.startswith("%"):
        share = re.match(r"%(?:\s?/\s?năm)?", words)
        unit = re.sub(r"\s", "", share.group()) if share else "%"
        return unit, words[len(share.group()) if share else 1 :].strip() or None
    if _RANK.fullmatch(fold(words)):
        return "hạng", None
    return (words[:1].lower() + words[1:] if words[1:2].islower() else words) or None, None


def counted(text: str, folded: str, name: Stretch) -> str | None:
    """Return the unit that the name of a target tells: "Số sáng chế được cấp" counts inventions."""
    opening = _COUNTED.match(folded, *name)
    unit = noun_at(text, folded, opening.end()) if opening else None
    return unit.text if unit and unit.kind in COUNTED else None
