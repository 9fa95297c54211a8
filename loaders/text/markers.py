"""Markers of headings and list items: "II.", "1-", "1.1.", "a)", "-", "+", "Điều 1.", "Phụ lục I".

Here a marker is read as it is spelled; `numbering` mends what a scan misread.
"""

import re
from dataclasses import dataclass
from typing import Literal

from loaders.text.reading import fold

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
CAPITALS = "ABCDĐEGHIKLMNO"
"""Capital letters in the order of lists; there is no F, J, W, Z."""


@dataclass(frozen=True, slots=True)
class Marker:
    """What stands before the words of a heading or item.

    Attributes:
        kind: what sort of marker it is.
        value: "II", "1.2", "a", "-"; numerals without leading zeros.
        end: where the words begin in the line.
        closed: whether a closing bracket ends it ("a)", "1)").
        misread: whether it is a numeral only if a scan misread it ("I1.", "H.").
        shouted: whether its words are set in capitals.
    """

    kind: MarkerKind
    value: str
    end: int
    closed: bool = False
    misread: bool = False
    shouted: bool = False


_WORDED = re.compile(
    r"(?P<word>phan|chuong|muc|dieu|phu luc)\s+(?:thu\s+|so\s+)?"
    r"(?P<value>\d{1,3}[a-z]?|[ivxl1]{1,7}|[a-e]|nhat|mot|hai|ba|tu|nam|sau|bay|tam|chin|muoi)"
    r"(?P<stop>\s?[.:/–-](?!\d)\s*|\s*$|\s+)"
)
_BARE_ANNEX = re.compile(r"phu luc(?:\s?(?P<stop>[:.–-])\s*|\s+|$)")
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
# A scan makes 1, l, | or T of an I, and H of two.
_SCANNED_ROMAN = re.compile(r"(?P<roman>[IVXHT1l|!]{1,5})\s?[.\-–]\s*(?=\S)")
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
    for char, following in zip(numeral, f"{numeral[1:]}I", strict=False):
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
        return _bare_annex(text)
    kind, stop = _WORD_KINDS[found["word"]], found["stop"]
    # "Điều 5 của Luật" and "Phụ lục II kèm theo" are mentions; a heading stands alone, is set in
    # capitals or has a stop behind its number.
    alone = not text[found.end() :]
    shouted = text[: len(found["word"])].isupper()
    stopped = stop.strip() in {".", ":"} or (bool(stop.strip()) and kind != "annex")
    if not (stopped or (kind != "article" and (alone or shouted))):
        return None
    return Marker(kind, _worded_value(text[found.start("value") : found.end("value")]), found.end())


def _bare_annex(text: str) -> Marker | None:
    """Read the heading of an annex without a number: "PHỤ LỤC", "PHỤ LỤC: DANH MỤC NHIỆM VỤ"."""
    found = _BARE_ANNEX.match(fold(text))
    if not found:
        return None
    shouted = text[: len("phu luc")].isupper()
    rest = text[found.end() :]
    heads = shouted and (bool(found["stop"]) or not rest or _mostly_capitals(rest))
    return Marker("annex", "", found.end()) if heads or (text[0].isupper() and not rest) else None


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
        shouted = _mostly_capitals(text[found.end() :])
        closed = found["stop"] == ")"
        return Marker("roman", found["roman"], found.end(), closed, shouted=shouted)
    found = _SCANNED_ROMAN.match(text)
    if not found or not re.search("[IVXHT]", found["roman"]):
        return None
    numeral = re.sub(r"[1l|!T]", "I", found["roman"].replace("H", "II"))
    # "I1." is believed only before a heading in capitals: "I1. CHI TIEU CHU YEU".
    if roman_value(numeral) and _mostly_capitals(text[found.end() :]):
        return Marker("roman", numeral, found.end(), misread=True, shouted=True)
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
