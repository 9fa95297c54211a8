"""Dates as Vietnamese documents write them, scans and slips of the pen included.

"ngày 22 tháng 12 năm 2024", "ngày 07/3/2019", "8-6-1993", "tháng bốn năm 2018", "năm 2010",
"ngày 19/6"; the value is as precise as the text and no more.
"""

import re
from calendar import monthrange
from dataclasses import dataclass

from loaders.citing.ocr import repair_digits

_NGAY = r"(?:ng[a-z&]{1,2}[yv]|n[gq9]ay)"
_THANG = r"th[a-z&]{1,2}n[gq9h]"
_NAM = r"n[a-z&]{1,2}m"
_WORDS = {
    "muoi mot": 11, "muoi hai": 12, "gieng": 1, "mot": 1, "hai": 2, "ba": 3, "bon": 4, "b6n": 4,
    "tu": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9, "muoi": 10, "chap": 12,
}  # fmt: skip
# In "ngày 10 tháng năm 2007" the month is left blank: "năm" is no May there.
_MONTH = rf"(?:[\doilsb]{{1,2}}(?![a-z\d])|(?!nam\s?(?:19|20)\d\d)(?:{'|'.join(_WORDS)}))"
_DAY = r"[\doilsbz]{1,2}"
# A blank may be lost behind a year: "năm 1992của".
_END = r"(?:(?!\w)|(?=(?:cua|ve)\s|bo\s|thu tuong|chinh phu|uy ban|hoi dong|quoc hoi))"
_YEAR = rf"[\dolisb]{{4,5}}{_END}"
_BLANK = r"[\s.…_/-]*"

# All patterns are matched on folded text (lower case, no diacritics).
_LONG = re.compile(
    rf"{_NGAY}\s?:?\s?(?P<d>{_DAY})\s?,?\s?{_THANG}\s?(?P<m>{_MONTH})"
    rf"(?:\s?,?\s?{_NAM}\s?(?P<y>{_YEAR})|\s?[/-]\s?(?P<y2>{_YEAR}))?"
)
_SHORT = re.compile(
    rf"(?P<ngay>{_NGAY}\s?:?\s?)?(?P<d>{_DAY})\s?[/.–-]\s?(?P<m>[\doilsb]{{1,2}})"
    rf"(?:\s?(?:[/.–-]|{_NAM})\s?(?P<y>[\doisb]{{2,6}}){_END})?(?:(?<=\d{{4}}){_END}|(?![\w%]))(?!\s?[/-]\s?[^\W\d])"
)
_OF_MONTH = re.compile(rf"{_THANG}\s?(?P<m>{_MONTH})\s?(?:[/.-]|{_NAM})\s?(?P<y>{_YEAR})")
_OF_YEAR = re.compile(rf"{_NAM}\s?(?P<y>(?:19|2[0o])[\do]{{2}}){_END}(?!\s?[-–]\s?\d)")
_UNFILLED = re.compile(
    rf"{_NGAY}{_BLANK}{_THANG}{_BLANK}(?P<m>\d{{1,2}})?{_BLANK}(?:{_NAM}{_BLANK}(?P<y>\d{{4}})?)?"
)
_TWICE = re.compile(r"(\d)\1")
_CENTURY_TURN = 45
_FIRST_YEAR, _LAST_YEAR = 1900, 2100


@dataclass(frozen=True, slots=True)
class Date:
    """A date in a text: ISO value ("2024-12-22", "2024-12", "2024", "--06-19"; None if blank)."""

    value: str | None
    start: int
    end: int


def date_at(folded: str, position: int) -> Date | None:
    """Read the date that begins exactly at a position of a folded text."""
    for pattern in (_LONG, _UNFILLED, _SHORT, _OF_MONTH, _OF_YEAR):
        found = pattern.match(folded, position)
        if found:
            return _date(pattern, found)
    return None


def year_of(value: str | None) -> str | None:
    """Return the year of an ISO value, None where it states none ("--06-19")."""
    return value[:4] if value and not value.startswith("-") else None


def _date(pattern: re.Pattern[str], found: re.Match[str]) -> Date | None:
    groups = found.groupdict()
    year = _year(groups.get("y") or groups.get("y2"))
    month = _month(groups.get("m"))
    if pattern is _SHORT and not groups["ngay"] and (year is None or len(groups["y"] or "") != 4):  # noqa: PLR2004
        return None
    day = _number(groups["d"]) if groups.get("d") else None
    if pattern is _SHORT and not _is_day(day, month):
        return None
    return Date(_iso(year, month, day), found.start(), found.end())


def _year(digits: str | None) -> int | None:
    if not digits:
        return None
    number = _number(digits)
    if len(digits) == 2 and number is not None:  # noqa: PLR2004 - "8/6/93"
        number += 1900 if number > _CENTURY_TURN else 2000
    if len(digits) == 5 and number is not None:  # noqa: PLR2004 - "20119", a digit struck twice
        number = int(_TWICE.sub(r"\1", str(number), count=1))
    return number if number and _FIRST_YEAR <= number < _LAST_YEAR else None


def _month(words: str | None) -> int | None:
    if not words:
        return None
    return _WORDS.get(words) or _number(words)


def _number(digits: str) -> int | None:
    repaired = repair_digits(digits)
    return int(repaired) if repaired.isdigit() else None


def _is_day(day: int | None, month: int | None) -> bool:
    return bool(day and month and month <= 12 and day <= 31)  # noqa: PLR2004 - calendar


def _iso(year: int | None, month: int | None, day: int | None) -> str | None:
    if month is not None and not 1 <= month <= 12:  # noqa: PLR2004 - calendar
        month = day = None
    if year is not None and month and day and not 1 <= day <= monthrange(year, month)[1]:
        day = None
    if year is None:
        return f"--{month:02}-{day:02}" if month and day else None
    if month is None:
        return str(year)
    return f"{year}-{month:02}-{day:02}" if day else f"{year}-{month:02}"
