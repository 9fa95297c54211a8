"""Short forms announced in a text: "(sau đây gọi tắt là Nghị quyết 57, Nghị quyết 03)"."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

_ANNOUNCED = re.compile(r"(?:goi|viet)\s(?:(?:tat|chung|gon)\s)?la\s?:?")
_REACH = 160


def alias_ranges(folded: str) -> Iterator[tuple[int, int]]:
    """Find where a text announces short forms: from "gọi tắt là" to the closing bracket."""
    for found in _ANNOUNCED.finditer(folded):
        end = re.compile(r"[);\n]").search(folded, found.end(), found.end() + _REACH)
        yield found.end(), end.start() if end else min(len(folded), found.end() + _REACH)


def in_ranges(ranges: Sequence[tuple[int, int]], start: int) -> bool:
    """Tell whether a mention begins inside one of the ranges, which are in order."""
    index = bisect_left(ranges, (start + 1, 0)) - 1
    return index >= 0 and ranges[index][0] <= start < ranges[index][1]
