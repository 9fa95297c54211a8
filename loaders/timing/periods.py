"""How often a duty recurs: "định kỳ 6 tháng", "hằng năm", "02 lần/năm", as ISO 8601 periods."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from loaders.text.folding import either
from loaders.timing.due_times import MONTH, QUARTER, YEAR

Strength = Literal["scheduled", "every", "times", "mentioned"]

_LIST_GAP = 100  # characters between two periods of one list, bracketed dates included
_NUMBERS = {"mot": 1, "hai": 2, "ba": 3, "bon": 4, "nam": 5, "sau": 6}
_N = rf"\d{{1,2}}|{'|'.join(_NUMBERS)}"
_UNIT = rf"{YEAR}|{QUARTER}|{MONTH}|tuan"
_REGULAR = re.compile(
    rf"(?:d[i1]nh|thuong) k[yi](?: {either('tổ chức, sơ kết, đánh giá, báo cáo, rà soát')})?"
    r"(?: vao)? ?[:(]?\s?$"
)
_LISTED = re.compile(r"\s?(?:\([^)]{0,80}\))?\s?(?:,|va|hoac|;|/|&|-)\s?(?:dinh ky |bao cao )?")
_JOINED = re.compile(r"\s?(?:,|va|hoac|/)\s?")
_REPORTED = re.compile(r"(?:bao cao|so ket|tong ket)(?: ket qua)?(?: thuc hien)?(?: dinh ky)? $")
_PERIOD = re.compile(
    rf"(?<![\w/.,-])(?:"
    rf"(?P<k>{_N}) lan\s?(?:/|tren|trong|moi|mot)?\s?(?:(?:1|01|mot|moi) )?(?P<kunit>{_UNIT})"
    rf"|(?:moi |mot )(?P<eunit>{_UNIT}) (?:it nhat )?(?P<ek>{_N}) lan"
    rf"|(?P<every>h(?:a|i|e|4|d|z:i)ng|moi) (?P<hunit>{_UNIT})"
    rf"|(?P<n>{_N})(?: \((?:[a-z]+ ?){{1,3}}\))? (?P<unit>{_UNIT})"
    r"(?P<once>\s?(?:/|mot|1|01)\s?(?:(?:1|01|mot) )?lan)?"
    rf"|(?P<bare>nua nam|ca nam|{_UNIT})"
    r")(?![\w/]|\s\d)"
)


@dataclass(frozen=True, slots=True)
class Period:
    """How often something is to be done.

    Attributes:
        start, end: where it stands in the folded text ("định kỳ" left out).
        value: ISO 8601 ("P6M", "P1Y", "P3M", "P1M", "P1W").
        strength: "scheduled" behind "định kỳ" (or in its list), "every" for "hằng năm", "times"
            for "02 lần/năm", "mentioned" for "báo cáo 6 tháng", which matters only with a date or
            beside another period ("Hằng quý, 6 tháng báo cáo").
    """

    start: int
    end: int
    value: str
    strength: Strength


def find_periods(folded: str, start: int, end: int) -> Iterator[Period]:
    """Yield the periods of a stretch of folded text, in reading order."""
    last: Period | None = None
    for match in _PERIOD.finditer(folded, start, end):
        strength = _strength(match, folded, start, last)
        value = _value(match)
        if strength and value:
            last = Period(match.start(), match.end(), value, strength)
            yield last


def in_one_list(folded: str, one: Period, other: Period) -> bool:
    """Tell whether two periods are named together: "6 tháng, hằng năm"."""
    near = other.start - one.end <= len(" hoặc  ")
    return near and _JOINED.fullmatch(folded, one.end, other.start) is not None


def _strength(
    match: "re.Match[str]", folded: str, start: int, last: Period | None
) -> Strength | None:
    before = folded[max(start, match.start() - 40) : match.start()]
    if _REGULAR.search(before):
        return "scheduled"
    gap = folded[last.end : match.start()] if last and match.start() - last.end < _LIST_GAP else ""
    if last and last.strength == "scheduled" and _LISTED.fullmatch(gap):
        return "scheduled"
    if match["k"] or match["ek"] or match["once"]:
        return "times"
    if match["every"]:
        return "every"
    if last and last.strength in {"every", "mentioned"} and _JOINED.fullmatch(gap):
        return "mentioned"
    return "mentioned" if _REPORTED.search(before) else None


def _value(match: "re.Match[str]") -> str | None:
    if match["k"] or match["ek"]:
        return _divided(_count(match["k"] or match["ek"]), match["kunit"] or match["eunit"])
    if match["bare"] and match["bare"].startswith("nua"):
        return "P6M"
    unit = (match["hunit"] or match["unit"] or match["bare"]).removeprefix("ca ")
    return _iso(_count(match["n"]) if match["n"] else 1, unit)


def _count(digits: str) -> int:
    return _NUMBERS.get(digits) or int(digits)


def _iso(count: int, unit: str) -> str | None:
    if not count:
        return None
    if unit == "tuan":
        return f"P{count}W"
    if re.fullmatch(YEAR, unit):
        return f"P{count}Y"
    months = count * 3 if re.fullmatch(QUARTER, unit) else count
    return f"P{months // 12}Y" if months % 12 == 0 else f"P{months}M"


def _divided(times: int, unit: str) -> str | None:
    """Twice a year is every six months; what does not divide evenly keeps its unit."""
    months = 12 if re.fullmatch(YEAR, unit) else 3 if re.fullmatch(QUARTER, unit) else 0
    if times and months % times == 0 and months:
        return _iso(months // times, "thang")
    return _iso(1, unit)
