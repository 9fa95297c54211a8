"""Expected spans written into the text of a test: "hoàn thành ⟦trong quý I/2025⟧"."""

import re

_MARK = re.compile("[⟦⟧]")


def unmark(marked: str) -> tuple[str, list[tuple[int, int]]]:
    """Return the text without its marks, and the span of every marked stretch, in order."""
    text: list[str] = []
    spans: list[tuple[int, int]] = []
    start = length = position = 0
    for mark in _MARK.finditer(marked):
        text.append(marked[position : mark.start()])
        length += mark.start() - position
        position = mark.end()
        if mark.group() == "⟦":
            start = length
        else:
            spans.append((start, length))
    text.append(marked[position:])
    return "".join(text), spans
