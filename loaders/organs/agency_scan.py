"""The scan of a text for names of agencies: the longest at each place, in its context."""

import re
from collections.abc import Iterator
from dataclasses import replace

from loaders.organs.agency_names import SHARED_LEVELS, Name, Names

# What may part two members of a list; "các " belongs to the second one.
_BESIDE = re.compile(r"(?:,|;| và|, và| cùng| hoặc| &| -|-|/)? ?")
_NEXT = re.compile(r"(?:,| và|, và| &| -|-|/)? ?")
_JOINED = re.compile(r", | và |, và ")
_LAW = re.compile(r"(?:luật|pháp lệnh)(?: tổ chức| về| phòng, chống)? $")
_LAW_REACH = 24
_GIVEN = re.compile(r"(?:giao|giao cho|phân cấp cho) $")
_GIVEN_REACH = 16
_PARTED_REACH = 8
_PARTY_AGENCIES = "Đảng ủy các cơ quan Đảng"
_LOCAL = "địa phương"
_BROAD = frozenset({"broad", "generic"})


def scan(text: str, *, damaged: bool) -> list[Name]:
    """Return the names in a text, without overlaps and in reading order, their levels settled."""
    return _settle(text, list(_Scan(text, damaged=damaged).names()))


class _Scan:
    """One pass over a text; `_last` is the name before the one in hand.

    `_listed` tells whether that name is an organ or stands in one list with organs.
    """

    def __init__(self, text: str, *, damaged: bool) -> None:
        self._names = Names(text, damaged=damaged)
        self._text = text
        self._last: Name | None = None
        self._listed = False
        self._law_end = -1

    def names(self) -> Iterator[Name]:
        cursor = 0
        for start in self._names.starts():
            if start < cursor:
                continue
            for name in self._names.at(start):
                if name.kind == "none" or self._is_law(name):
                    cursor = name.end
                    break
                fitted = self._fit(name)
                if fitted is not None:
                    self._listed = self._beside(fitted) or fitted.kind not in _BROAD
                    for found in (fitted, *self._others(fitted)):
                        yield found
                        self._last, cursor = found, found.end
                    break

    def _is_law(self, name: Name) -> bool:
        """Tell an organ from its mention in a law's name ("Luật Tổ chức Chính phủ")."""
        if name.kind != "organ":
            return False
        before = self._names.spelled[max(0, name.start - _LAW_REACH) : name.start]
        follows = self._law_end >= 0 and self._parted(self._law_end, name.start, _JOINED)
        if not (_LAW.search(before) or follows):
            return False
        self._law_end = name.end
        return True

    def _fit(self, name: Name) -> Name | None:
        """Return a name as its context has it; None if it is none there."""
        if name.kind == "local":
            before = self._names.spelled[max(0, name.start - _GIVEN_REACH) : name.start]
            return name if self._beside(name) or _GIVEN.search(before) else None
        if name.kind == "units":
            return name if self._beside(name) else None
        if name.kind == "broad" and _LOCAL in name.head and self._beside(name):
            return self._without_local(name)
        if self._shares_committee(name):
            return replace(name, before="Đảng ủy", rule="AGE-005")
        return name

    def _beside(self, name: Name) -> bool:
        """Tell whether a name stands in one list with the organ before it."""
        last = self._last
        if last is None or not self._listed:
            return False
        return self._parted(last.end, name.start, _BESIDE)

    def _parted(self, end: int, start: int, by: re.Pattern[str]) -> bool:
        """Tell whether nothing but a comma or conjunction stands between two places."""
        return 0 <= start - end <= _PARTED_REACH and bool(by.fullmatch(self._text, end, start))

    def _without_local(self, name: Name) -> Name | None:
        """Cut "địa phương" off "đơn vị, địa phương", which counts for itself beside organs."""
        words = self._names.spelled[name.start : name.end]
        place = words.find(_LOCAL)
        kept = words[:place].removesuffix("các ").rstrip(" ,;").removesuffix(" và")
        if place <= 0 or not kept or kept in {"các", "những"}:
            return None
        return replace(name, end=name.start + len(kept), head=kept)

    def _shares_committee(self, name: Name) -> bool:
        """Tell the second Party committee in "Đảng ủy các cơ quan Đảng, UBND tỉnh"."""
        last = self._last
        if last is None or last.head != _PARTY_AGENCIES or name.head != "Ủy ban nhân dân":
            return False
        return self._parted(last.end, name.start, _JOINED)

    def _others(self, name: Name) -> Iterator[Name]:
        """Yield the departments that follow one whose head is said once."""
        head = name.head.partition(" ")[0]
        last = name
        of_house = name.takes == "house" or name.rule == "AGE-005"
        head = "Ủy ban" if head == "Ủy" and of_house else head
        while head in {"Sở", "Bộ", "Phòng", "Ủy ban"} and last.kind == "organ":
            match = _JOINED.match(self._text, last.end)
            other = next(self._names.domains(match.end(), head), None) if match else None
            if other is None or any(n.end > other.end for n in self._names.at(other.start)):
                return
            yield other
            last = other


def _settle(text: str, names: list[Name]) -> list[Name]:
    """Give bare names the level that they share with a neighbour or with the document."""
    for index in range(len(names) - 2, -1, -1):
        here, there = names[index], names[index + 1]
        if here.takes not in {"level+", "level*"} or here.level is not None:
            continue
        parted = _NEXT.fullmatch(text, here.end, there.start)
        # Councils and committees come in pairs at every level: "HĐND, UBND các huyện".
        paired = there.takes == "level+" and there.level
        if parted is not None and (there.level in SHARED_LEVELS or paired):
            names[index] = replace(here, level=there.level)
    own = _own_level(names)
    return [
        replace(name, level=own) if name.takes == "level+" and not name.level else name
        for name in names
    ]


def _own_level(names: list[Name]) -> str | None:
    """Return the level that a bare "UBND" means: that of most committees and councils here."""
    counts = {"tỉnh": 0, "thành phố": 0}
    for name in names:
        if name.takes == "level+" and name.level in counts:
            counts[name.level] += 1
    level = max(counts, key=lambda key: counts[key])
    return level if counts[level] else None
