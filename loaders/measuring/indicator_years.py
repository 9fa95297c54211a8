"""The year that a target is meant for: its own, its paragraph's opening, or its heading's."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

_YEAR = r"(?P<year>20\d\d)(?!\w|[./-]\s?\d|\s?[-–]\s?20\d\d)"
_PREPOSITION = r"(?:den|vao|het|cuoi|trong|toi|truoc|trong nhung)(?: het| cuoi| truoc| khoang)?"
_MENTION = re.compile(
    r"(?<!\w)(?P<lead>(?:so voi|ke tu|(?<!dau )(?<!dien )(?<!thu )tu|tu sau)"
    r" (?:cuoi |dau |thoi diem |muc )?"
    # "gấp 2 lần năm 2025" compares, "đạt 2 lần vào năm 2025" does not.
    r"|ngay \d{1,2} thang \d{1,2} |lan (?=nam 20))?"
    rf"(?:{_PREPOSITION} (?:(?:thang \d{{1,2}}|quy [ivx\d]{{1,3}})\s?(?:/|nam )\s?|nam )?{_YEAR}"
    rf"|nam {_YEAR.replace('year', 'bare')})"
)
_PERIOD = re.compile(r"(?:giai doan|thoi ky) \(?20\d\d\s?[-–]\s?(?P<year>20\d\d)(?!\d)\)?")
# "Bộ tiêu chí giai đoạn 2026-2030" is a name, its years are not those of a target.
_TITLED = re.compile(
    r"(?:tieu chi|chuong trinh|de an|ke hoach|chien luoc|quy hoach|du an|nghi quyet|quyet dinh)"
    r"[^,;.:()]{0,80}$"
)
_HEADING = re.compile(
    rf"(?<!\w)(?:den|nam|vao|tam nhin|dinh huong|toi)(?: het| cuoi| den)?(?: nam)? {_YEAR}"
)
_MARK = re.compile(r"[.;!?](?=\s|$)")
_OPENING = re.compile(
    r"\W*(?:(?:theo|ve|cu the|dong thoi|rieng|voi|trong do|truoc mat)(?!\w)[^,;.:]{0,40}, ?)?"
    r"(?:phan dau|muc tieu|giai doan|trong)?[ ,]*$"
)
_OPENING_LENGTH = 40
_TITLE_REACH = 120
_MOST = 4  # years looked back at in a sentence
_DIRECTLY = re.compile(r"\s?\(?$")


@dataclass(frozen=True, slots=True)
class YearMention:
    """A year in a paragraph: where its words begin and end."""

    start: int
    end: int
    year: int


def heading_year(folded_heading: str) -> int | None:
    """Return the year that a heading sets: "Đến năm 2030", "Tầm nhìn đến năm 2045".

    A span of years ("giai đoạn 2025-2030") is the plan's life, not a date for its targets.
    """
    match = _HEADING.search(folded_heading)
    return int(match["year"]) if match else None


def year_mentions(folded: str, start: int, end: int) -> list[YearMention]:
    """List the years of a paragraph that something can be due in, in reading order.

    A year to compare with ("so với năm 2020", "từ năm 2021") and the year of a date are none; a
    span of years ("giai đoạn 2026-2030") sets its last.
    """
    found = [
        YearMention(match.start(), match.end(), int(match["year"] or match["bare"]))
        for match in _MENTION.finditer(folded, start, end)
        if not match["lead"]
    ]
    periods = [
        YearMention(match.start(), match.end(), int(match["year"]))
        for match in _PERIOD.finditer(folded, start, end)
        if not _TITLED.search(folded[max(start, match.start() - _TITLE_REACH) : match.start()])
    ]
    return sorted([*found, *periods], key=lambda mention: mention.start)


def timeline(folded: str, start: int, end: int) -> "Timeline":
    """Part a paragraph into sentences and clauses and find its years."""
    marks = list(_MARK.finditer(folded, start, end))
    return Timeline(
        folded,
        start,
        tuple(year_mentions(folded, start, end)),
        tuple(mark.end() for mark in marks if mark.group() != ";"),
        tuple(mark.end() for mark in marks),
    )


@dataclass(frozen=True, slots=True)
class Timeline:
    """The years of one paragraph, beside the stretches that separate its sentences.

    Attributes:
        start: where the paragraph's words begin.
        mentions: its years, in reading order.
        stops, pauses: offsets behind the marks that end a sentence, or a clause.
    """

    folded: str
    start: int
    mentions: Sequence[YearMention]
    stops: Sequence[int]
    pauses: Sequence[int]

    def sentence(self, position: int) -> int:
        """Return where the sentence around a position begins."""
        return _around(self.stops, position, self.start)[0]

    def clause(self, position: int) -> tuple[int, int]:
        """Return where the clause around a position begins and ends."""
        return _around(self.pauses, position, self.start)

    def year_of(self, start: int, end: int, first: int) -> int | None:
        """Return the year of the quantity at `start`-`end`; `first` begins its sentence's first.

        The nearest year before it in its clause counts; else one right behind it ("20% năm 2025")
        or later in the clause; else the one that opens its sentence or its paragraph.
        """
        floor, ceiling = self.clause(start)
        before, after = self._before(start), self._after(end)
        if before and before.start < floor:
            before = None
        if after and after.end > ceiling:
            after = None
        if after and (not before or _DIRECTLY.match(self.folded[end : after.start])):
            return after.year
        return before.year if before else self._opening_year(start, first)

    def _opens_clause(self, mention: YearMention) -> bool:
        if self.folded.endswith(", ", 0, mention.start):
            return True
        floor = self.clause(mention.start)[0]
        near = mention.start - floor <= _OPENING_LENGTH
        return near and _OPENING.match(self.folded[floor : mention.start]) is not None

    def _before(self, position: int) -> YearMention | None:
        where = bisect_right(self.mentions, position, key=lambda mention: mention.end)
        return self.mentions[where - 1] if where else None

    def _after(self, position: int) -> YearMention | None:
        where = bisect_left(self.mentions, position, key=lambda mention: mention.start)
        return self.mentions[where] if where < len(self.mentions) else None

    def _opening_year(self, position: int, first: int) -> int | None:
        where = bisect_right(self.mentions, position, key=lambda mention: mention.end)
        for mention in reversed(self.mentions[max(0, where - _MOST) : where]):
            if mention.start < self.sentence(position):
                break
            if mention.end <= first or self._opens_clause(mention):
                return mention.year
        head = self.mentions[0] if self.mentions else None
        if head is None or head.start - self.start > _TITLE_REACH:
            return None
        return head.year if _OPENING.match(self.folded[self.start : head.start]) else None


def _around(marks: Sequence[int], position: int, start: int) -> tuple[int, int]:
    where = bisect_right(marks, position)
    floor = marks[where - 1] if where else start
    return max(floor, start), (marks[where] if where < len(marks) else 1 << 60)
