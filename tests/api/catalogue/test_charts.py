"""Which answers have a chart: the columns decide."""

import pytest

from api.catalogue.chart import Chart, chart_of
from api.catalogue.drawing import draw
from api.catalogue.table import Cell, Table
from ontology.terms import XSD


def table(columns: str, *rows: str) -> Table:
    """Return a table from columns and rows with bars between: digits are whole numbers."""
    return Table(
        tuple(columns.split("|")),
        tuple(tuple(_cell(words) for words in row.split("|")) for row in rows),
    )


def _cell(words: str) -> Cell | None:
    if not words:
        return None
    if words.isdigit():
        return Cell(words, words, datatype=f"{XSD}integer")
    if words.replace(".", "").isdigit():
        return Cell(words, words, datatype=f"{XSD}decimal")
    return Cell(words, words, href=f"/{words}" if words.startswith("http") else "")


def words_of(chart: Chart | None) -> str:
    if chart is None:
        return ""
    bars = " ".join(
        f"{bar.label}={'+'.join(str(p.value) for p in bar.pieces)}" for bar in chart.bars
    )
    return f"{chart.measure}: {bars}"


@pytest.mark.parametrize(
    ("found", "words"),
    [
        # One column of words and a count.
        (table("agency|tasks", "A|3", "B|2"), "tasks: A=3 B=2"),
        # Two: the one with few values divides the bars of the other.
        (table("agency|issuer|tasks", "A|x|3", "A|y|1", "B|x|2"), "tasks: A=3+1 B=2"),
        # A number before the words is their order, no count.
        (table("number|pillar|tasks", "1|A|3", "2|B|2"), "tasks: A=3 B=2"),
        # What is the same in all rows is a parameter; an IRI beside words says nothing more.
        (table("key|agency|tasks", "k|A|3", "k|B|2"), "tasks: A=3 B=2"),
        (table("iri|label|tasks", "http:a|A|3", "http:b|B|2"), "tasks: A=3 B=2"),
        # Periods stand in the order of time.
        (table("quarter|tasks", "2025-Q2|3", "2025-Q1|2"), "tasks: 2025-Q1=2 2025-Q2=3"),
        (table("day|tasks", "2025-02-01|3", "2024-12-31|2"), "tasks: 2024-12-31=2 2025-02-01=3"),
        # A missing word is a bar too; a missing number counts nothing.
        (table("agency|tasks", "A|3", "|2"), "tasks: A=3 –=2"),
        (table("agency|tasks", "A|3", "B|"), "tasks: A=3 B="),
        # The same words twice: the rows are no groups.
        (table("agency|start", "A|3", "A|2"), ""),
        # A list of things with a number, not a count by one or two of their words.
        (table("a|b|c|tasks", "A|x|u|3", "B|y|v|2"), ""),
        # Words after the number: the number is a place.
        (table("file|start|quote", "f|3|A", "g|2|B"), ""),
        # Nothing to compare, nothing to count.
        (table("agency|tasks", "A|3"), ""),
        (table("agency|tasks", "A|0", "B|0"), ""),
        (table("agency|share", "A|0.5", "B|0.2"), ""),
        (table("agency|tasks"), ""),
    ],
)
def test_chart_of(found: Table, words: str) -> None:
    assert words_of(chart_of(found)) == words


def test_of_many_bars_the_first_are_shown() -> None:
    chart = chart_of(table("agency|tasks", *(f"A{i:02}|{100 - i}" for i in range(50))))

    assert chart is not None
    assert (len(chart.bars), chart.left_out) == (20, 30)


@pytest.mark.parametrize(
    ("longest", "ticks"),
    [(1, [0, 1]), (7, [0, 2, 4, 6, 8]), (15, [0, 5, 10, 15]), (1234, [0, 500, 1000, 1500])],
)
def test_the_axis_has_round_numbers_and_holds_the_longest_bar(
    longest: int, ticks: list[int]
) -> None:
    chart = chart_of(table("agency|tasks", f"A|{longest}", "B|1"))

    assert chart is not None
    assert chart.ticks == ticks


@pytest.mark.parametrize("label", ["agency", "2025-Q1"])
def test_what_is_drawn_lies_within_the_picture(label: str) -> None:
    other = "2025-Q2" if label == "2025-Q1" else "B"
    chart = chart_of(table("name|part|tasks", f"{label}|x|300", f"{label}|y|40", f"{other}|x|7"))
    assert chart is not None

    drawing = draw(chart)

    for box in drawing.boxes:
        assert 0 <= box.x <= box.x + box.width <= drawing.width
        assert 0 <= box.y <= box.y + box.height <= drawing.height
    assert {box.words for box in drawing.boxes} == {
        f"{label}, x: 300",
        f"{label}, y: 40",
        f"{other}, x: 7",
    }
