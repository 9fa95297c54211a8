"""What stands behind an organ's name: its level, or the province, district or commune it is of."""

import re
from dataclasses import dataclass
from functools import lru_cache

from loaders.organs.agency_words import CAPITAL, Words, words_of
from loaders.organs.gazetteer import plain
from loaders.tables import read_table
from loaders.text.reading import fold

_UNITS = ("tỉnh", "thành phố", "tp.", "tp", "quận", "huyện", "thị xã", "xã", "phường", "thị trấn",
          "đặc khu")  # fmt: skip
# A district's or commune's name: two to four words with capitals ("Buôn Ma Thuột"), or a number.
_PLACE = re.compile(
    rf" (?:[{CAPITAL}][^\W\d_]*(?:[ -][{CAPITAL}][^\W\d_]*){{1,3}}(?![^\W\d_])|\d{{1,2}}(?!\w))"
)
_NUMBER = re.compile(r" (?:số )?(?:\d{1,2}|[IVX]{1,4})(?!\w)")
_PLACE_REACH = 24


@dataclass(frozen=True, slots=True)
class Level:
    """Where the words behind an organ end, and how they go on its name (None: not at all)."""

    end: int
    label: str | None


class Levels:
    """Reads levels in a text of one kind.

    "các huyện, thị xã, thành phố", "cấp huyện, cấp xã", "các cấp", "tỉnh", "tỉnh Hậu Giang",
    "huyện Tân Uyên", "Hà Nội".
    """

    def __init__(self, words: Words) -> None:
        self._words = words
        apart = rf"(?:, ?|; ?|/| {words.phrase('và')} |, {words.phrase('và')} )"
        unit = rf"{words.any(*_UNITS)}(?!\w| {words.any('ủy', 'đoàn', 'hội')}(?!\w))"
        several = rf"(?:(?:{words.any('các', 'mỗi', 'từng')}|\d{{1,3}}) )?"
        rank = rf"{words.any('tỉnh', 'huyện', 'xã', 'cơ sở')}(?!\w)"
        again = rf"(?:{words.phrase('cấp')} )?"
        whom = rf"(?: {words.any('trung ương', 'tỉnh ủy', 'thành ủy')}| tw)?"
        above = rf"(?: {words.phrase('trực thuộc')}{whom}(?!\w))?"
        self._pattern = re.compile(
            rf" (?:{words.any('các cấp', 'các địa phương', 'các đơn vị, địa phương')}(?!\w)"
            rf"|{words.phrase('hai cấp')}(?!\w)"
            rf"|{words.phrase('cấp')} {rank}(?:{apart}{again}{rank}){{0,4}}"
            rf"|(?P<unit>{unit})(?!{apart}{unit})"
            rf"|{several}{unit}(?:{apart}{several}{unit}){{0,8}}{above})"
        )

    def read(self, text: str, spelled: str, end: int) -> Level | None:
        """Read what stands behind an organ that ends at `end`; None if nothing does."""
        match = self._pattern.match(spelled, end)
        if match is None:
            after = province_end(text, spelled, end)
            return Level(after, None) if after > end else None
        label = self._words.label(match.group())
        if match["unit"] is None:
            return self._several(text, match, label)
        after = province_end(text, spelled, match.end(), city=label != "tỉnh")
        if label in {"tỉnh", "thành phố"} and after > match.end():
            return Level(after, label)
        place = None if label == "tỉnh" else _PLACE.match(text, match.end())
        return Level(place.end(), label + place.group()) if place else Level(match.end(), label)

    def _several(self, text: str, match: re.Match[str], label: str) -> Level:
        """Read the name of the last of several units: "các quận, huyện, thành phố Thủ Đức"."""
        for committee in ("tỉnh ủy", "thành ủy"):
            label = label.replace(f"thuộc {committee}", f"thuộc {committee.capitalize()}")
        place = _PLACE.match(text, match.end()) if label.endswith("thành phố") else None
        return Level(place.end(), label + place.group()) if place else Level(match.end(), label)


@lru_cache(maxsize=2)
def levels_of(*, damaged: bool) -> Levels:
    """Return the reader of levels for sound or for damaged texts."""
    return Levels(words_of(damaged=damaged))


def number_end(text: str, end: int) -> int:
    """Return where a number behind an organ ends ("Quân khu 3"), or `end` if there is none."""
    match = _NUMBER.match(text, end)
    return match.end() if match else end


def place_end(text: str, end: int) -> int:
    """Return where a place's name behind an organ ends ("Huyện ủy Tân Uyên"), or `end`."""
    match = _PLACE.match(text, end)
    return match.end() if match else end


def province_end(text: str, spelled: str, end: int, *, city: bool | None = None) -> int:
    """Return where a province's name behind `end` ends, or `end`.

    With `city` only cities under the centre (True) or only provinces (False) count: "thành phố Lai
    Châu" is no province. `spelled` is the text as it is compared.
    """
    if text[end : end + 1] != " " or not text[end + 1 : end + 2].isupper():
        return end
    ahead = fold(spelled[end + 1 : end + 1 + _PLACE_REACH])
    exact = spelled[end + 1 : end + 1 + _PLACE_REACH]
    for name, is_city in _provinces():
        after = ahead[len(name) : len(name) + 1]
        agrees = exact.startswith(name) or (exact == ahead and ahead.startswith(fold(name)))
        if agrees and not after.isalnum() and city in (None, is_city):
            return end + 1 + len(name)
    return end


@lru_cache(maxsize=1)
def _provinces() -> tuple[tuple[str, bool], ...]:
    """Return the provinces before and after 2025, longest name first, and which are cities."""
    rows = [(plain(r["name"]), r["kind"] == "thành phố") for r in read_table("place_names")]
    return tuple(sorted(rows, key=lambda row: -len(row[0])))
