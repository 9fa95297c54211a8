"""Markers of headings and list items: "II.", "1-", "1.1.", "a)", "-", "+", "Điều 1.", "Phụ lục I".

Vietnamese lettered lists run a b c d đ e g h i k l m n o p q r s t u v x y: there is no f, j, w, z.
Scans misread single letters and numerals ("2)" for "g)", "I11." for "III."); the series in which
a marker stands tells what it was.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from loaders.reading import fold

MarkerKind = Literal[
    "part",  # phần
    "chapter",  # chương
    "division",  # mục
    "article",  # điều
    "annex",  # phụ lục
    "roman",
    "capital",  # A, B, C
    "decimal",
    "letter",
    "dash",
    "plus",
    "footnote",
]
SERIES = "abcdđeghiklmnopqrstuvxy"
CAPITALS = "ABCDĐEGHIKLMNO"


@dataclass(frozen=True, slots=True)
class Marker:
    """What stands before the words of a heading or item.

    Attributes:
        kind: what sort of marker it is.
        value: "II", "1.2", "a", "-"; numerals without leading zeros.
        end: where the words begin in the line.
        closed: whether a closing bracket ends it ("a)", "1)").
    """

    kind: MarkerKind
    value: str
    end: int
    closed: bool = False


_WORDED = re.compile(
    r"(?P<word>phan|chuong|muc|dieu|phu luc)\s+(?:thu\s+|so\s+)?"
    r"(?P<value>\d{1,3}[a-z]?|[ivxl1]{1,7}|[a-e]|nhat|mot|hai|ba|tu|nam|sau|bay|tam|chin|muoi)"
    r"(?P<stop>\s?[.:/–-](?!\d)\s*|\s*$|\s+)"
)
_WORD_KINDS: dict[str, MarkerKind] = {
    "phan": "part", "chuong": "chapter", "muc": "division", "dieu": "article", "phu luc": "annex",
}  # fmt: skip
_ORDINALS = {
    word: str(number)
    for number, words in enumerate(
        ("nhat mot", "hai", "ba", "tu", "nam", "sau", "bay", "tam", "chin", "muoi"), start=1
    )
    for word in words.split()
}
_ROMAN = re.compile(r"(?P<roman>[IVX]{1,6})\s?(?P<stop>[.\-–—)/:])\s*(?=\S)")
_SCANNED_ROMAN = re.compile(r"(?P<roman>[IVX1l|!]{2,5})\s?[.\-–]\s*(?=\S)")
_CAPITAL = re.compile(rf"(?P<capital>[{CAPITALS}])\s?[.\-)/]\s+(?=\S)")
_DECIMAL = re.compile(
    r"(?P<decimal>\d{1,2}(?!\d)(?:\.\d{1,2}(?!\d)){0,4})(?P<stop>\s?[.)/:\-–]\s*|\s+)(?=\S)"
)
_BRACKETED = re.compile(r"\((?P<value>\d{1,2}|[a-zđ]|[ivx]{2,4})\)\s*(?=\S)")
_CLOSED = re.compile(r"(?P<value>[^\W_]|\d{2}|[^\w\s\"'“”‘’(\[.,;:+*•–-])\)\s*(?=\S)")
_LETTER = re.compile(r"(?P<letter>[a-zđ])\s?[./\-]\s+(?=\S)")
_DASH = re.compile(
    r"(?P<dash>[-–—−•·●○▪■□◦*➢➤✓✔►▶‣⁃]|[\uf000-\uf0ff]|o(?=\s))(?!-)(?P<blank>\s*)(?=\S)"
)
_PLUS = re.compile(r"\+\s*(?=[^\W_])")
# "57-NQ/TW", "45- NQ/TW": a document's number at the start of a wrapped line.
_NUMBER_TAIL = re.compile(r"[A-ZĐ][A-Za-zĐđ]{0,5}\s?[/-]\s?[A-ZĐ]")
_AHEAD = 60

_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}


def roman_value(numeral: str) -> int:
    """Return the number that a Roman numeral stands for, 0 if it is none."""
    total = 0
    for char, following in zip(numeral, [*numeral[1:], "I"], strict=True):
        value = _ROMAN_VALUES.get(char, 0)
        total += -value if value < _ROMAN_VALUES.get(following, 0) else value
    return total if roman_numeral(total) == numeral else 0


def roman_numeral(number: int) -> str:
    """Write a number below 90 as a Roman numeral."""
    parts = ((50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
    written = ""
    for value, numeral in parts:
        count, number = divmod(number, value)
        written += numeral * count
    return written


def find_marker(text: str) -> Marker | None:
    """Return the marker at the start of a line, as it is spelled there."""
    ahead = text[:_AHEAD]
    for find in (_worded, _roman, _capital, _decimal, _lettered, _bulleted):
        marker = find(ahead)
        if marker:
            return marker
    return None


def _worded(text: str) -> Marker | None:
    found = _WORDED.match(fold(text))
    if not found or not text[0].isupper():
        return None
    kind, stop = _WORD_KINDS[found["word"]], found["stop"]
    # "Điều 5 của Luật" and "Phụ lục II kèm theo" are mentions; a heading stands alone, is set in
    # capitals or has a stop behind its number.
    alone = not text[found.end() :]
    shouted = text[: len(found["word"])].isupper()
    stopped = stop.strip() in {".", ":"} or (bool(stop.strip()) and kind != "annex")
    if not (stopped or (kind != "article" and (alone or shouted))):
        return None
    return Marker(kind, _worded_value(text[found.start("value") : found.end("value")]), found.end())


def _worded_value(value: str) -> str:
    folded = fold(value)
    if folded in _ORDINALS:
        return _ORDINALS[folded]
    return value.upper() if not value[0].isdigit() else value


def _starts_words(text: str) -> bool:
    """Tell whether words begin here as a heading's or item's do, with a capital or a quote."""
    return not text[:1].islower() and not text[:1].isdigit()


def _roman(text: str) -> Marker | None:
    found = _ROMAN.match(text)
    if found and roman_value(found["roman"]) and _starts_words(text[found.end() :]):
        return Marker("roman", found["roman"], found.end(), found["stop"] == ")")
    found = _SCANNED_ROMAN.match(text)
    if not found or not re.search("[IVX]", found["roman"]):
        return None
    numeral = re.sub(r"[1l|!]", "I", found["roman"])
    # A scan's "I1." is believed only before a heading in capitals: "I1. CHI TIEU CHU YEU".
    if roman_value(numeral) and _mostly_capitals(text[found.end() :]):
        return Marker("roman", numeral, found.end())
    return None


def _mostly_capitals(text: str) -> bool:
    letters = [char for char in text[:16] if char.isalpha()]
    return bool(letters) and sum(char.isupper() for char in letters) * 4 >= len(letters) * 3


def _capital(text: str) -> Marker | None:
    found = _CAPITAL.match(text)
    if found and text[found.end()].isupper():
        return Marker("capital", found["capital"], found.end())
    return None


def _decimal(text: str) -> Marker | None:
    found = _DECIMAL.match(text)
    if not found:
        return None
    value, stop, rest = found["decimal"], found["stop"], text[found.end() :]
    sign, apart = stop.strip(), stop[-1].isspace()
    if not sign and "." not in value:
        return None
    if not _decimal_reads_on(sign, rest, apart=apart):
        return None
    plain = ".".join(str(int(part)) for part in value.split("."))
    return Marker("decimal", plain, found.end(), sign == ")")


def _decimal_reads_on(sign: str, rest: str, *, apart: bool) -> bool:
    """Tell whether what follows "1." or "1.1" is the words of a heading or item."""
    if rest[0].isdigit() and not apart:
        return False
    if sign in {"-", "–", "/"}:
        return not _NUMBER_TAIL.match(rest) and (apart or (rest[0].isupper() and sign != "/"))
    return rest[0].isupper() if not (sign and apart) else True


def _lettered(text: str) -> Marker | None:
    found = _BRACKETED.match(text)
    if found:
        value = found["value"]
        return Marker("decimal" if value.isdigit() else "letter", value, found.end(), closed=True)
    found = _CLOSED.match(text)
    if found:
        return Marker("letter", found["value"], found.end(), closed=True)
    found = _LETTER.match(text)
    if found and _starts_words(text[found.end() :]):
        return Marker("letter", found["letter"], found.end())
    return None


def _bulleted(text: str) -> Marker | None:
    found = _PLUS.match(text)
    if found:
        return Marker("plus", "+", found.end())
    found = _DASH.match(text)
    if not found:
        return None
    following = text[found.end()]
    if found["dash"] == "o" and not following.isupper():
        return None
    if found["blank"] or following.isupper():
        return Marker("dash", "-", found.end())
    return None


class Numbering:
    """What has been counted so far, to tell the next number of a series from a chance likeness."""

    def __init__(self) -> None:
        self.last: dict[MarkerKind, str] = {}

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
