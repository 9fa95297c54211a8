"""Deadlines: when a thing must be done or reported.

Times (`due_times`) and periods (`periods`) of a task's words are found first; `deadline_choice`
tells which are deadlines, this module which dates recur. Rules:

- DL-001 a time behind "trước", "chậm nhất": it can only be a limit.
- DL-002 a time in which something is done or finished: "hoàn thành trong quý I/2025".
- DL-003 a time that opens a clause and orders what follows: "Đến năm 2030, hoàn thành …".
- DL-004 a time behind a label ("Thời gian hoàn thành: Quý II/2025"), or alone in brackets.
- DL-005 a second date of the same report: "trước ngày 15/6 và 05/12".
- DL-006 a period without a date that orders something: "Hằng năm, tổ chức đánh giá", "định kỳ
  6 tháng báo cáo".

Dates of citations, years in titles, spans of years and "kế hoạch hằng năm" are none.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from loaders.document import Evidence
from loaders.text.folding import folded_text
from loaders.text.layout import Layout
from loaders.timing.deadline_choice import Due, TaskWords
from loaders.timing.periods import Period, find_periods, in_one_list

# Shares of the finds of each rule that were right on annotated documents, rounded down.
_CONFIDENCE = {
    "DL-001": 0.97,
    "DL-002": 0.95,
    "DL-003": 0.8,
    "DL-004": 0.9,
    "DL-005": 0.95,
    "DL-006": 0.85,
}
_STOP = re.compile(r"[.;](?=\s|$)|\n")
_REACH = 400  # how far before a date the period that governs it can stand
_NEAR = len(" (đối với báo cáo định kỳ ")
_MOST = 6  # periods named together
_FOLLOWS = re.compile(r"\s?(?:cua )?|\s?\(?(?P<named>(?:doi voi )?(?:bao cao )?(?:dinh ky )?)")


@dataclass(frozen=True, slots=True)
class Deadline:
    """A date, month, quarter or year by which something is due, or how often it recurs.

    Attributes:
        evidence: the span with its preposition: "trước ngày 15 tháng 6".
        value: "2025-06-30", "2025-05", "2025-Q1", "2025"; without a year "--06-15", "--06",
            "--Q4" and "---20" (a day of every month); None where only the recurrence is said
            ("Hằng năm").
        recurrence: ISO 8601 period of a recurring duty ("P6M", "P1Y"), else None.
    """

    evidence: Evidence
    value: str | None
    recurrence: str | None = None


def find_deadlines(layout: Layout, start: int, end: int) -> list[Deadline]:
    """Find the deadlines in one stretch of the flat text (a task's words), in reading order."""
    folded = folded_text(layout)
    words = TaskWords(layout.flat.text, folded, start, end)
    periods = list(find_periods(folded, start, end))
    found: list[_Found] = []
    used: set[Period] = set()
    for group in _groups(words.dues()):
        recurrences, consumed = _recurrences(folded, group, periods)
        used.update(consumed)
        for due, every in zip(group, recurrences, strict=True):
            # "trước ngày 20" is no date unless something says of which months.
            if every or due.time.precision != "day-of-month":
                time = due.time
                found.append(_Found(time.start, time.end, due.rule, time.value, every))
    free = [p for p in periods if p not in used and not _dated(p, found)]
    for period in _ordering(folded, words, free):
        found.append(_Found(period.start, period.end, "DL-006", None, period.value))
    return [_deadline(layout, entry) for entry in sorted(found, key=lambda f: (f.start, f.end))]


@dataclass(frozen=True, slots=True)
class _Found:
    start: int
    end: int
    rule: str
    value: str | None
    recurrence: str | None


def _dated(period: Period, found: Sequence[_Found]) -> bool:
    """Tell whether a period is part of a date: "ngày 20 hằng tháng"."""
    where = bisect_right(found, period.start, key=lambda entry: entry.start)
    return where > 0 and period.end <= found[where - 1].end


def _deadline(layout: Layout, found: _Found) -> Deadline:
    span = layout.flat.span(found.start, found.end)
    evidence = Evidence(span, found.rule, _CONFIDENCE[found.rule])
    return Deadline(evidence, found.value, found.recurrence)


def _ordering(folded: str, words: TaskWords, periods: Sequence[Period]) -> Iterator[Period]:
    """Yield the periods without a date that order something, and those in one list with them."""
    last: Period | None = None
    for period in periods:
        if (last and in_one_list(folded, last, period)) or words.orders(period):
            last = period
            yield period


def _groups(dues: Iterator[Due]) -> Iterator[list[Due]]:
    """Put the dates of one report together: "trước ngày 15/6 và trước ngày 15/12"."""
    group: list[Due] = []
    for due in dues:
        if group and due.rule != "DL-005" and not _same_report(group[-1], due):
            yield _with_year(group)
            group = []
        group.append(due)
    if group:
        yield _with_year(group)


def _same_report(one: Due, other: Due) -> bool:
    both = one.time.precision == other.time.precision == "day"
    return both and one.rule == other.rule and other.time.start - one.time.end <= len(" hoặc ")


def _with_year(group: list[Due]) -> list[Due]:
    """Give the year that only the last date states to all: "15/6 và 15/12/2025"."""
    year = group[-1].time.value[:4]
    if not year.isdigit():
        return group
    return [
        replace(due, time=replace(due.time, value=year + due.time.value[1:]))
        if due.time.value.startswith("--") and due.time.precision != "day-of-month"
        else due
        for due in group
    ]


def _recurrences(
    folded: str, group: Sequence[Due], periods: Sequence[Period]
) -> tuple[list[str | None], list[Period]]:
    """Tell how often each date of a group recurs, and which periods said so.

    The period before the dates counts ("định kỳ 6 tháng … trước ngày 15/6"), else the one right
    behind them ("15/6 và 15/12 hằng năm": two dates a year are half-yearly).
    """
    first, last = group[0].time, group[-1].time
    before = _periods_before(folded, first.start, periods)
    after = _period_after(folded, last.end, periods)
    if all(due.time.value[0] != "-" for due in group):
        return [None] * len(group), after
    named = bool(after) and folded[last.end : after[0].start].strip() not in {"", "cua"}
    if before and not named:
        values = [p.value for p in before]
        same = len(values) == len(group)
        one = values[-1] if len(group) == 1 else values[0]
        return list(values) if same else [one] * len(group), [*before, *after]
    own = [due.time.period for due in group]
    if after:
        return [_shared(after[0].value, len(group))] * len(group), after
    return list(own), []


def _period_after(folded: str, position: int, periods: Sequence[Period]) -> list[Period]:
    """Return the period right behind a date: "15/12 hằng năm"."""
    where = bisect_left(periods, position, key=lambda period: period.start)
    following = [p for p in periods[where : where + 1] if p.start - position <= _NEAR]
    return [p for p in following if _FOLLOWS.fullmatch(folded[position : p.start])]


def _periods_before(folded: str, position: int, periods: Sequence[Period]) -> list[Period]:
    """Return the period that governs a date, with those in one list with it."""
    reach = max(0, position - _REACH)
    stops = [mark.end() for mark in _STOP.finditer(folded, reach, position)]
    floor = stops[-1] if stops else reach
    governing: list[Period] = []
    where = bisect_right(periods, position, key=lambda period: period.end)
    for period in reversed(periods[max(0, where - _MOST) : where]):
        if period.start < floor:
            break
        if governing and not in_one_list(folded, period, governing[0]):
            break
        governing.insert(0, period)
    return governing


def _shared(period: str, dates: int) -> str:
    """Divide a year among the dates that fall in it."""
    months = 12 // dates
    return f"P{months}M" if period == "P1Y" and dates > 1 and 12 % dates == 0 else period
