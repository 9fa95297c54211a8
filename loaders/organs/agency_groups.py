"""Lists of classes of organs in all their orders, which no list of names can hold.

"các ban, sở, ngành", "bộ, ngành Trung ương", "các huyện ủy, thị ủy, thành ủy", "cơ quan, đơn vị,
địa phương", "các đơn vị liên quan".
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from loaders.organs.agency_words import Words, words_of

_CORE = ("sở", "bộ", "ban", "ngành", "phòng", "vụ", "cục", "tổng cục")
# What may follow a list that does not end with "ngành": "các sở, ban hành" is no list.
_FOLLOWS = ("và", "có liên quan", "liên quan", "chuyên môn", "thuộc", "trực thuộc", "của",
            "trung ương", "tỉnh", "thành phố")  # fmt: skip
_COMMITTEES = ("tỉnh ủy", "thành ủy", "huyện ủy", "thị ủy", "quận ủy", "đảng ủy", "đảng bộ")
_BROAD = ("cơ quan", "đơn vị", "tổ chức", "địa phương", "cấp", "ngành")
# Whose units these are, where the document speaks of its own organ: "các đơn vị thuộc Bộ".
_OWNERS = ("bộ", "sở", "ngành", "tỉnh", "thành phố")
_UNITS = ("tỉnh", "thành phố", "quận", "huyện", "thị xã", "xã", "phường", "thị trấn", "đặc khu")

GroupKind = Literal["core", "party", "broad", "local", "units"]


@dataclass(frozen=True, slots=True)
class Group:
    """A class of organs at `start`-`end` of the text.

    `kind` is "core" (sở, bộ and their like), "party" (committees), "broad" (generic), "local" (địa
    phương) or "units" (huyện, thị xã, thành phố); the last two count only beside other organs.
    """

    start: int
    end: int
    name: str
    kind: GroupKind


class Groups:
    """Finds groups in a text of one kind."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._several = re.compile(_several(words))
        self._noun = re.compile(words.any(*_CORE) + r"(?!\w)")
        parts = (*_core_lists(words), *_committees(words), *_broad_lists(words), *_places(words))
        self._patterns = tuple((kind, re.compile(rf"(?<!\w){part}")) for kind, part in parts)

    def find(self, text: str, spelled: str) -> Iterator[Group]:
        """Find every group; groups of different kinds may overlap."""
        for kind, pattern in self._patterns:
            for match in pattern.finditer(spelled):
                if self._is_list(text, kind, match):
                    yield Group(match.start(), match.end(), self._name(kind, match), kind)

    def _is_list(self, text: str, kind: GroupKind, match: re.Match[str]) -> bool:
        """Tell a list of classes from what looks like one.

        Committees with capitals are two by name ("Tỉnh ủy, Thành ủy"); in a damaged text only a
        comma makes sure that short words are a list.
        """
        if self._words.damaged and kind in {"core", "party"}:
            return "," in match.group()
        several = self._several.match(match.group()) is not None
        return kind != "party" or several or text[match.start()].islower()

    def _name(self, kind: GroupKind, match: re.Match[str]) -> str:
        if kind == "local":
            return "địa phương"
        if kind == "core":
            nouns = [self._words.label(noun) for noun in self._noun.findall(match["nouns"])]
            several = len(nouns) > 1 and "sở" in nouns
            name = "sở, ban, ngành" if several else ", ".join(nouns)
            return f"các {name}" + (" Trung ương" if match.groupdict().get("centre") else "")
        label = self._words.label(match.group())
        plural = self._several.match(label) or label.startswith(("các ", "mọi "))
        return label if kind == "broad" or plural else f"các {label}"


@lru_cache(maxsize=2)
def groups_of(*, damaged: bool) -> Groups:
    """Return the finder of groups for sound or for damaged texts."""
    return Groups(words_of(damaged=damaged))


def _several(words: Words) -> str:
    return rf"(?:(?:{words.phrase('tất cả')} )?{words.any('các', 'những', 'mọi')} )"


def _apart(words: Words) -> str:
    conjunction = words.phrase("và")
    return rf"(?:, ?| {conjunction} |, {conjunction} )"


def _related(words: Words) -> str:
    having = words.phrase("có")
    return rf" (?:(?:{having} )?{words.phrase('liên quan')}|{words.phrase('hữu quan')})(?!\w)"


def _core_lists(words: Words) -> Iterator[tuple[GroupKind, str]]:
    """Yield patterns for "các sở, ban, ngành", "bộ, ngành Trung ương", "các sở liên quan"."""
    several, conjunction = _several(words), words.phrase("và")
    joint = rf"(?:, ?|/| ?- ?| {conjunction} |, {conjunction} | )"
    noun = rf"{words.any(*_CORE)}(?!\w)"
    ends = rf"(?=[,;:.)]|\n|$| {words.any(*_FOLLOWS)}(?!\w))"
    last = rf"(?:{words.phrase('ngành')}(?!\w)|{noun}{ends})"
    centre = rf"(?: {words.phrase('ở')})? (?:{words.phrase('trung ương')}|tw)(?!\w)"
    nouns = rf"(?P<nouns>{noun}(?:{joint}{noun}){{0,5}}{joint}{last})"
    yield "core", rf"{several}?{nouns}(?P<centre>{centre})?"
    single = words.any("sở", "bộ")
    yield "core", rf"{several}(?P<nouns>{single})(?=[,;:.)]|{_related(words)})"
    yield "core", rf"(?P<nouns>{words.phrase('bộ')})(?=, {words.phrase('cơ quan ngang bộ')}(?!\w))"


def _committees(words: Words) -> Iterator[tuple[GroupKind, str]]:
    """Yield patterns for "các huyện ủy, thị ủy, thành ủy"; what is said of one ends the list."""
    several, apart = _several(words), _apart(words)
    below = rf"(?:{words.phrase('trực')} )?{words.phrase('thuộc')}"
    centre = rf" {below} {words.phrase('trung ương')}(?!\w)"
    committee = rf"{words.any(*_COMMITTEES)}(?!\w| {below}(?!\w))"
    central = rf"{apart}{words.phrase('thành ủy')}{centre}"
    yield "party", rf"{several}{committee}(?:{apart}{committee}){{0,6}}(?:{central})?"
    yield "party", rf"{committee}(?:{apart}{committee}){{1,6}}(?:{central})?"
    yield "party", rf"{several}{words.phrase('tỉnh')}, ?{words.phrase('thành ủy')}(?:{centre})?"


def _broad_lists(words: Words) -> Iterator[tuple[GroupKind, str]]:
    """Yield patterns for "cơ quan, đơn vị, địa phương", "các đơn vị liên quan"."""
    several, apart, related = _several(words), _apart(words), _related(words)
    noun = rf"{words.any(*_BROAD)}(?!\w| {words.phrase('ủy')}(?!\w))"
    # Bare "địa phương" and "ngành" open no list: behind "các sở, " they belong to it.
    first = rf"(?:{several}|(?!{words.any('địa phương', 'ngành')})){noun}"
    owner = rf" {words.any(*_OWNERS)}"
    below = rf" (?:{words.phrase('trực thuộc')}(?:{owner})?|{words.phrase('thuộc')}{owner})(?!\w)"
    yield "broad", rf"{first}(?:{apart}{several}?{noun}){{1,6}}(?:{related}|{below})?"
    yield "broad", rf"{several}?{noun}{related}"
    yield "broad", rf"{several}{words.any('cơ quan', 'đơn vị', 'địa phương')}(?!\w)(?:{below})?"


def _places(words: Words) -> Iterator[tuple[GroupKind, str]]:
    """Yield patterns for what counts only beside organs: "địa phương", "huyện, thành phố"."""
    several, apart = _several(words), _apart(words)
    unit = rf"{words.any(*_UNITS)}(?!\w| {words.any('ủy', 'đoàn', 'hội')}(?!\w))"
    yield "local", rf"{several}?{words.phrase('địa phương')}(?!\w)"
    yield "units", rf"{several}?{unit}(?:{apart}{unit}){{1,8}}"
