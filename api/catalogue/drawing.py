"""A chart as shapes on a plane, ready for the template that writes them as SVG.

Bars of words lie, so that long words fit beside them; bars of periods stand along the time.
"""

from dataclasses import dataclass

from api.catalogue.chart import Bar, Chart

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
    top, height = _TOP, _TOP + _ROW * len(chart.bars)
    scale = (_WIDTH - _LABELS - _NUMBERS) / chart.ticks[-1]
    middles = [top + _ROW * (i + 0.5) for i in range(len(chart.bars))]
    return Drawing(
        chart=chart,
        width=_WIDTH,
        height=height,
        boxes=tuple(
            Box(
                x=_LABELS + piece.before * scale,
                y=middle - _THICK / 2,
                width=piece.value * scale,
                height=_THICK,
                series=piece.series,
                words=_words(chart, bar, piece.series, piece.value),
            )
            for middle, bar in zip(middles, chart.bars, strict=True)
            for piece in bar.pieces
        ),
        labels=tuple(
            _cut(Words(_LABELS - 8, middle, bar.label))
            for middle, bar in zip(middles, chart.bars, strict=True)
        ),
        totals=tuple(
            Words(_LABELS + bar.total * scale + 6, middle, str(bar.total))
            for middle, bar in zip(middles, chart.bars, strict=True)
        ),
        ticks=tuple(Words(_LABELS + tick * scale, top - 8, str(tick)) for tick in chart.ticks),
        grid=tuple(
            Line(_LABELS + tick * scale, top, _LABELS + tick * scale, height)
            for tick in chart.ticks
        ),
    )


def _standing(chart: Chart) -> Drawing:
    base = _TOP + _HEIGHT
    scale = _HEIGHT / chart.ticks[-1]
    step = (_WIDTH - _LEFT) / len(chart.bars)
    thick = min(step * 0.7, 3.0 * _THICK)
    middles = [_LEFT + step * (i + 0.5) for i in range(len(chart.bars))]
    return Drawing(
        chart=chart,
        width=_WIDTH,
        height=base + _FOOT,
        boxes=tuple(
            Box(
                x=middle - thick / 2,
                y=base - (piece.before + piece.value) * scale,
                width=thick,
                height=piece.value * scale,
                series=piece.series,
                words=_words(chart, bar, piece.series, piece.value),
            )
            for middle, bar in zip(middles, chart.bars, strict=True)
            for piece in bar.pieces
        ),
        labels=tuple(
            _cut(Words(middle, base + 14, bar.label))
            for middle, bar in zip(middles, chart.bars, strict=True)
        ),
        totals=tuple(
            Words(middle, base - bar.total * scale - 6, str(bar.total))
            for middle, bar in zip(middles, chart.bars, strict=True)
        ),
        ticks=tuple(Words(_LEFT - 6, base - tick * scale, str(tick)) for tick in chart.ticks),
        grid=tuple(
            Line(_LEFT, base - tick * scale, _WIDTH, base - tick * scale) for tick in chart.ticks
        ),
    )


def _cut(words: Words) -> Words:
    if len(words.text) <= _LONGEST:
        return words
    return Words(words.x, words.y, words.text[: _LONGEST - 1].rstrip() + "…", words.text)


def _words(chart: Chart, bar: Bar, series: int, value: int) -> str:
    part = f", {chart.series[series]}" if chart.divided_by else ""
    return f"{bar.label}{part}: {value}"
