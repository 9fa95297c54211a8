"""Whether an answer is a count or a time series, and where its bars then stand.

The columns decide, not the question: words first, a whole number behind them, and no two rows with
the same words. One column of words gives a bar each; a second with few values divides the bars.
Words that are days, months, quarters or years stand along an axis of time.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from api.catalogue.table import Cell, Table

MOST_BARS = 20
MOST_PERIODS = 40
MOST_SERIES = 6
_PERIOD = re.compile(r"\d{4}(?:-Q[1-4]|-\d\d(?:-\d\d)?)?")
_NO_WORDS = "–"


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a bar that belongs to one series.

    Attributes:
        series: its place among the chart's series.
        value: the number that it stands for.
        before: the sum of the pieces below it.
    """

    series: int
    value: int
    before: int


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar with its words."""

    label: str
    pieces: tuple[Piece, ...]

    @property
    def total(self) -> int:
        """The sum of its pieces."""
        return sum(piece.value for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart of one measure.

    Attributes:
        measure: name of the column counted.
        label: name of the column of words.
        divided_by: name of the column whose values divide the bars; "" for none.
        series: those values.
        bars: in the order of the rows.
        left_out: bars beyond those shown.
        in_time: whether the bars are periods.
    """

    measure: str
    label: str
    divided_by: str
    series: tuple[str, ...]
    bars: tuple[Bar, ...]
    left_out: int
    in_time: bool

    @property
    def ticks(self) -> list[int]:
        """The numbers along the axis, from 0 to at least the longest bar."""
        longest = max(bar.total for bar in self.bars)
        step = _round_step(longest)
        return list(range(0, longest + step, step))


def chart_of(table: Table) -> Chart | None:
    """Return the chart of an answer; None if it is neither a count nor a time series."""
    words, measure = _columns(table)
    if measure is None or not 1 <= len(words) <= 2 or len(table.rows) < 2:  # noqa: PLR2004
        return None
    label, divided_by = _roles(table, words)
    if label is None:
        return None
    rows = [
        (_text(row[label]), _text(row[divided_by]) if divided_by is not None else "", row)
        for row in table.rows
    ]
    counts = {(name, part): _number(row[measure]) for name, part, row in rows}
    if len(counts) < len(rows) or min(counts.values()) < 0 or max(counts.values()) == 0:
        return None
    names = list(dict.fromkeys(name for name, _, _ in rows))
    in_time = sum(bool(_PERIOD.fullmatch(name)) for name in names) * 2 >= len(names)
    if len(names) < 2 or (in_time and len(names) > MOST_PERIODS):  # noqa: PLR2004
        return None
    shown = sorted(names) if in_time else names[:MOST_BARS]
    series = tuple(dict.fromkeys(part for _, part, _ in rows))
    return Chart(
        measure=table.columns[measure],
        label=table.columns[label],
        divided_by=table.columns[divided_by] if divided_by is not None else "",
        series=series,
        bars=tuple(Bar(name, _pieces(name, series, counts)) for name in shown),
        left_out=len(names) - len(shown),
        in_time=in_time,
    )


def _columns(table: Table) -> tuple[list[int], int | None]:
    """Return the columns of words, and the first whole number behind the last of them."""
    cells = [[cell for cell in table.column(i) if cell] for i in range(len(table.columns))]
    words = [i for i, column in enumerate(cells) if not all(cell.is_number for cell in column)]
    whole = [i for i, column in enumerate(cells) if column and all(c.is_integer for c in column)]
    measure = next((i for i in whole if i > max(words, default=-1)), None)
    telling = [i for i in words if len({cell.value for cell in cells[i]}) > 1] or words[:1]
    named = [i for i in telling if not all(cell.href for cell in cells[i])]
    return named or telling, measure


def _roles(table: Table, words: Sequence[int]) -> tuple[int | None, int | None]:
    """Return the column that names the bars and the one that divides them."""
    if len(words) == 1:
        return words[0], None
    first, second = words
    for label, part in ((first, second), (second, first)):
        if len({_text(cell) for cell in table.column(part)}) <= MOST_SERIES:
            return label, part
    return None, None


def _pieces(
    name: str, series: Sequence[str], counts: dict[tuple[str, str], int]
) -> tuple[Piece, ...]:
    pieces: list[Piece] = []
    before = 0
    for index, part in enumerate(series):
        if value := counts.get((name, part), 0):
            pieces.append(Piece(index, value, before))
            before += value
    return tuple(pieces)


def _text(cell: Cell | None) -> str:
    return cell.text if cell and cell.text else _NO_WORDS


def _number(cell: Cell | None) -> int:
    return int(cell.value) if cell else 0


def _round_step(longest: int) -> int:
    """Return a step of 1, 2 or 5 times a power of ten that divides the axis in at most five."""
    magnitude = 1
    while True:
        for factor in (1, 2, 5):
            if factor * magnitude * 5 >= longest:
                return factor * magnitude
        magnitude *= 10
