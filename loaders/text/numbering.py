"""Series of markers: what comes next in a list, and what a misread marker must have been.

Vietnamese lettered lists run a b c d đ e g h i k l m n o p q r s t u v x y: there is no f, j, w, z.
Scans misread single letters and numerals ("2)" for "g)", "I11." for "III."); the series in which
a marker stands tells what it was.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from loaders.text.markers import CAPITALS, Marker, MarkerKind, roman_value

SERIES = "abcdđeghiklmnopqrstuvxy"


class Numbering:
    """What has been counted so far, to tell the next number of a series from a chance likeness."""

    def __init__(self) -> None:
        self.last: dict[MarkerKind, str] = {}
        self.shouts = False  # whether the headings with Roman numerals are in capitals

    def settled(self, marker: Marker) -> Marker | None:
        """Return what a marker is in its series, None if a scan's numeral does not fit there.

        "I." and "l." before words that are not in capitals, where the next Roman numeral or letter
        would be another one, are a misread "1.".
        """
        if marker.misread and not self.expects(marker):
            return None
        if marker.kind == "roman" and marker.value == "I":
            misread = self.shouts and not marker.shouted and not marker.closed
            return replace(marker, kind="decimal", value="1") if misread else marker
        if marker.kind == "letter" and marker.value == "l" and not marker.closed:
            follows = self.last.get("letter") == "k"
            return marker if follows else replace(marker, kind="decimal", value="1")
        return marker

    def expects(self, marker: Marker) -> bool:
        """Tell whether the marker opens a series or is the next one of a series."""
        last = self.last.get(marker.kind, "")
        if marker.kind in {"dash", "plus"}:
            return True
        if marker.kind in {"letter", "capital"}:
            series = SERIES if marker.kind == "letter" else CAPITALS
            return _next_letter(series, last.lower() if series is SERIES else last, marker.value)
        if marker.kind == "decimal":
            return _next_decimal(last, marker.value)
        return _next_number(last, marker.value)

    def count(self, marker: Marker) -> None:
        """Take a marker as read; a higher one lets the series below it begin anew."""
        self.last[marker.kind] = marker.value
        self.shouts = self.shouts or (marker.kind == "roman" and marker.shouted)
        if marker.kind in {"roman", "part", "chapter", "capital", "annex"}:
            self.last.pop("decimal", None)
        if marker.kind not in {"letter", "dash", "plus", "footnote"}:
            self.last.pop("letter", None)


def _next_letter(series: str, last: str, value: str) -> bool:
    place = series.find(value) if value else -1
    return place == 0 or (place > 0 and place == series.find(last) + 1 and last != "")


def _next_decimal(last: str, value: str) -> bool:
    before = [int(part) for part in last.split(".") if part]
    now = [int(part) for part in value.split(".")]
    depth = len(now)
    if now[-1] == 1 and (depth == 1 or now[:-1] == before[: depth - 1]):
        return True
    return before[: depth - 1] == now[:-1] and before[depth - 1 : depth] == [now[-1] - 1]


def _next_number(last: str, value: str) -> bool:
    now, before = _number(value), _number(last)
    return now in {1, before + 1}


def _number(value: str) -> int:
    digits = re.match(r"\d+", value)
    return int(digits.group()) if digits else roman_value(value)


# What a scan makes of each letter before a bracket.
_LOOKALIKES = {
    "a": "äàáâã@8", "b": "6h8", "c": "¢©€eG(C", "d": "đäả", "đ": "dđä0", "e": "éèê¢c€6",
    "g": "29q8ø", "h": "bnH", "i": "1!lj¡|I", "k": "K", "l": "1I|!i", "m": "nM", "n": "nrñ",
    "o": "0ó", "p": "P", "q": "9g", "r": "1", "s": "5$S", "t": "f", "u": "ưù", "v": "y", "x": "X",
    "y": "v",
}  # fmt: skip


def settle_series(markers: Sequence[Marker | None]) -> list[Marker | None]:
    """Recover misread letters of lettered lists, and tell "1)" from a misread "l)".

    Args:
        markers: those of all blocks of a text, in order.
    """
    settled: list[Marker | None] = []
    letter, number = "", 0
    closed = [index for index, marker in enumerate(markers) if marker and marker.closed]
    following = dict(zip(closed, [*(markers[index] for index in closed[1:]), None], strict=False))
    for index, marker in enumerate(markers):
        found = marker
        if marker and (marker.closed or marker.kind == "letter"):
            ahead = following.get(index)
            found = _settle(marker, letter, number, ahead.value if ahead else "")
            number = int(found.value) if found.kind == "decimal" else number
            letter = found.value if found.kind == "letter" else letter
        if found and found.kind not in {"letter", "dash", "plus", "footnote"} and not found.closed:
            letter, number = "", 0
        settled.append(found)
    return settled


def _settle(marker: Marker, letter: str, number: int, ahead: str) -> Marker:
    expected = _successor(letter)
    value = marker.value
    if marker.kind == "roman":
        misread = expected and value in _LOOKALIKES[expected]
        return replace(marker, kind="letter", value=expected) if misread else marker
    if value == expected:
        return replace(marker, kind="letter")
    if value.isdigit() and (int(value) == number + 1 > 1 or (value == "1" and ahead == "2")):
        return replace(marker, kind="decimal", value=str(int(value)))
    if expected and (value in _LOOKALIKES.get(expected, "") or not value.isalnum()):
        return replace(marker, kind="letter", value=expected)
    if value.isdigit():
        return replace(marker, kind="decimal", value=str(int(value)))
    return replace(marker, kind="letter", value=value.lower())


def _successor(letter: str) -> str:
    place = SERIES.find(letter) if letter else -1
    return SERIES[place + 1 : place + 2]
