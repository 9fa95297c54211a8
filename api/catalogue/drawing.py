"""A chart as shapes on a plane, ready for the template that writes them as SVG.

Bars of words lie, so that long words fit beside them; bars of periods stand along the time.
"""

from dataclasses import dataclass

from api.catalogue.chart import Bar, Chart, Piece

_WIDTH = 760
_LABELS = 290  # room for words left of lying bars
_NUMBERS = 50  # room for a number behind them
_ROW = 28
_THICK = 18
_HEIGHT = 240  # of standing bars
_LEFT = 40
_FOOT = 96  # room for words below standing bars
_TOP = 24
_LONGEST = 44


@dataclass(frozen=True, slots=True)
class Box:
    """A piece of a bar, with the series that it belongs to and its words."""

    x: float
    y: float
    width: float
    height: float
    series: int
    words: str


@dataclass(frozen=True, slots=True)
class Words:
    """Words at a place; `whole` is what they were before they were cut."""

    x: float
    y: float
    text: str
    whole: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the grid."""

    x1: float
    y1: float
    x2: float
    y2: float


@dataclass(frozen=True, slots=True)
class Drawing:
    """All that is drawn of a chart."""

    chart: Chart
    width: int
    height: int
    boxes: tuple[Box, ...]
    labels: tuple[Words, ...]
    totals: tuple[Words, ...]
    ticks: tuple[Words, ...]
    grid: tuple[Line, ...]

    @property
    def longest(self) -> Bar:
        """The longest bar, for those who cannot see it."""
        return max(self.chart.bars, key=lambda bar: bar.total)


def draw(chart: Chart) -> Drawing:
    """Return the shapes of a chart."""
    return _standing(chart) if chart.in_time else _lying(chart)


def _lying(chart: Chart) -> Drawing:
    height = _TOP + _ROW * len(chart.bars)
    scale = (_WIDTH - _LABELS - _NUMBERS) / chart.ticks[-1]
    rows = [(_TOP + _ROW * (i + 0.5), bar) for i, bar in enumerate(chart.bars)]
    along = [(tick, _LABELS + tick * scale) for tick in chart.ticks]
    boxes = [
        Box(
            _LABELS + piece.before * scale,
            middle - _THICK / 2,
            piece.value * scale,
            _THICK,
            piece.series,
            _words(chart, bar, piece),
        )
        for middle, bar in rows
        for piece in bar.pieces
    ]
    return Drawing(
        chart,
        _WIDTH,
        height,
        boxes=tuple(boxes),
        labels=tuple(_cut(_LABELS - 8, middle, bar.label) for middle, bar in rows),
        totals=tuple(Words(_LABELS + bar.total * scale + 6, y, str(bar.total)) for y, bar in rows),
        ticks=tuple(Words(x, _TOP - 8, str(tick)) for tick, x in along),
        grid=tuple(Line(x, _TOP, x, height) for _, x in along),
    )


def _standing(chart: Chart) -> Drawing:
    base = _TOP + _HEIGHT
    scale = _HEIGHT / chart.ticks[-1]
    step = (_WIDTH - _LEFT) / len(chart.bars)
    thick = min(step * 0.7, 3.0 * _THICK)
    rows = [(_LEFT + step * (i + 0.5), bar) for i, bar in enumerate(chart.bars)]
    along = [(tick, base - tick * scale) for tick in chart.ticks]
    boxes = [
        Box(
            middle - thick / 2,
            base - (piece.before + piece.value) * scale,
            thick,
            piece.value * scale,
            piece.series,
            _words(chart, bar, piece),
        )
        for middle, bar in rows
        for piece in bar.pieces
    ]
    return Drawing(
        chart,
        _WIDTH,
        base + _FOOT,
        boxes=tuple(boxes),
        labels=tuple(_cut(middle, base + 14, bar.label) for middle, bar in rows),
        totals=tuple(Words(x, base - bar.total * scale - 6, str(bar.total)) for x, bar in rows),
        ticks=tuple(Words(_LEFT - 6, y, str(tick)) for tick, y in along),
        grid=tuple(Line(_LEFT, y, _WIDTH, y) for _, y in along),
    )


def _cut(x: float, y: float, label: str) -> Words:
    if len(label) <= _LONGEST:
        return Words(x, y, label)
    return Words(x, y, label[: _LONGEST - 1].rstrip() + "…", label)


def _words(chart: Chart, bar: Bar, piece: Piece) -> str:
    part = f", {chart.series[piece.series]}" if chart.divided_by else ""
    return f"{bar.label}{part}: {piece.value}"
