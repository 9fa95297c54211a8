"""The calendar grammar of deadlines: dates, months, quarters and years with their prepositions.

"trước ngày 15 tháng 6", "chậm nhất đến 30/6/2025", "trong quý II/2025", "đến hết năm 2025".
All patterns work on folded text and admit what a scan makes of the words ("trwdc ngay", "quy 11"
for "quý II"). Whether a time is a deadline is not decided here.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Precision = Literal["day", "day-of-month", "month", "quarter", "year"]

# Vietnamese words as they stand in folded text, with the commonest slips of a scan.
BEFORE = r"tr[uowed]{1,4}c"
DAY = r"ng[adi]y"
MONTH = r"th[a4d]ng"
YEAR = r"(?<!viet )n(?:a|d|da|i|4)m"
QUARTER = r"qu[yi]"

_D = r"(?:0?[1-9]|[12]\d|3[01])"
_M = r"(?:0?[1-9]|1[0-2])"
_Y = r"20\d\d"
_R = r"(?:iv|i{1,3}|1v|[l1]{1,3}|il|li|[2-4])"  # a quarter; scans read II as 11 or Il
_SEP = rf"\s?(?:/|-|\.|,?\s?{YEAR}|\s)\s?"  # between month or quarter and year
_AND = r"\s?(?:,|-|–|va)\s?"  # in a list of months or quarters, of which the last counts
_SPELT = r"(?: \((?:[a-z]+ ?){1,3}\))?"  # "ngày 06 (sáu)"
_STRONG = (
    r"(?:(?:cham|muon|tre) nhat|khong (?:muon|cham|tre) hon|khong qua)"
    rf"(?: la)?(?: vao| den| trong)?(?: het| {BEFORE})?|(?:den )?{BEFORE}(?: khi ket thuc| het)?"
)
_WEAK = (
    r"trong|den(?: het| cuoi| giua| dau)?|het|vao(?: cuoi| dau| giua)?|cuoi|dau|giua"
    # "vốn đầu tư năm 2025" and "chính quyền điện tử năm 2025" hold no "từ".
    r"|(?:bat dau |ke )?(?<!dau )(?<!dien )(?<!thu )(?<!phan )(?<!vat )tu"
)
_PREPOSITION = rf"(?:(?P<strong>{_STRONG})|(?P<weak>{_WEAK}))\s"
# "ngày 20 hằng tháng", "ngày 15 của tháng cuối quý", "ngày 05 tháng báo cáo".
_OF_A_MONTH = (
    rf"{DAY}\s(?P<dom>{_D}){_SPELT}\s"
    rf"(?:(?:cua )?(?:h[ai]ng |moi )?{MONTH}(?! \d)|h[ai]ng {MONTH})"
    r"(?:(?P<quarterly> (?:cuoi|dau|thu ba|thu hai)(?: cung)?(?: cua)?(?: moi| h[ai]ng)?"
    rf" {QUARTER}(?: sau| bao cao| tiep theo)?)| (?:bao cao|sau|tiep theo|ke tiep|lien ke))?"
)
_TIME = re.compile(
    rf"(?<![\w/.,-])(?:{_PREPOSITION})?(?:"
    rf"(?:(?P<day>(?:cac )?{DAY})\s)?(?P<d>{_D})"
    rf"(?:\s?(?P<mark>[/.-])\s?(?P<m>{_M})(?!\d|[/-]\d{{1,3}}(?!\d))"
    rf"(?:\s?[/.-]\s?(?P<y>{_Y}))?"
    rf"|{_SPELT}\s{MONTH}\s(?P<m2>{_M})(?!\d){_SPELT}(?:,?\s(?:{YEAR}\s|)(?P<y2>{_Y}))?)"
    rf"|{_OF_A_MONTH}"
    rf"|(?(strong){DAY}\s(?P<do>{_D})(?!\w|\s?[/.-]\s?\d|\s{MONTH})|(?!))"
    rf"|(?P<half>0?[369]) {MONTH} (?P<which>dau|cuoi) {YEAR} (?P<hy>{_Y})"
    rf"|{MONTH}\s(?:{_M}{_AND}(?:trong )?(?:{MONTH}\s)?){{1,3}}(?P<ml>{_M}){_SEP}(?P<mly>{_Y})"
    rf"|{MONTH}\s(?P<mm>{_M})(?!\d|/\d\d?(?!\d))(?:{_SEP}(?P<my>{_Y}))?"
    rf"|(?P<mb>{_M})\s?/\s?(?P<mby>{_Y})"
    rf"|{QUARTER}\s(?:{_R}{_AND}(?:{QUARTER}\s)?){{0,3}}(?P<qs>{_R}){_SEP}(?P<qy>{_Y})"
    rf"|{QUARTER}\s(?P<q>{_R})(?!\w)"
    rf"|(?:{YEAR}\s)(?P<yy>{_Y})|(?P<yb>{_Y})"
    rf")(?!\w|\s?[-–]\s?20\d\d|[/-]\d)"
)
_YEAR_GROUPS = ("y", "y2", "hy", "mly", "my", "mby", "qy", "yy", "yb")
_ROMAN = {"i": 1, "1": 1, "l": 1, "ii": 2, "11": 2, "il": 2, "li": 2, "ll": 2, "iii": 3, "111": 3,
          "iv": 4, "1v": 4}  # fmt: skip


@dataclass(frozen=True, slots=True)
class DueTime:
    """A time in a text.

    Attributes:
        start, end: where it stands in the folded text, its preposition included.
        value: "2025-06-30", "--06-15", "---20" (a day of every month), "2025-05", "--06",
            "2025-Q1", "--Q1", "2025".
        precision: what sort of time it is.
        strong: whether its preposition can only set a limit ("trước", "chậm nhất").
        preposition: its folded words, "" if there is none.
        named: whether "ngày" stands before the day; "15/6" alone may be a fraction.
        period: how often a day of the month recurs by its own words ("P1M" for "ngày 20 hằng
            tháng", "P3M" for "ngày 15 của tháng cuối quý"), else None.
    """

    start: int
    end: int
    value: str
    precision: Precision
    strong: bool
    preposition: str
    named: bool = True
    period: str | None = None


def find_due_times(folded: str, start: int, end: int) -> Iterator[DueTime]:
    """Yield the times of a stretch of folded text, in reading order.

    A span of years ("2025-2030") is none. "quý II-III/2025" is the last quarter of the span.
    """
    for match in _TIME.finditer(folded, start, end):
        read = _read(match)
        if read:
            value, precision = read
            yield DueTime(
                match.start(),
                match.end(),
                value,
                precision,
                match["strong"] is not None,
                match["strong"] or match["weak"] or "",
                bool(match["day"] or match["m2"]) or precision != "day",
                "P3M" if match["quarterly"] else "P1M" if match["dom"] else None,
            )


def _read(match: "re.Match[str]") -> tuple[str, Precision] | None:
    year = next((match[group] for group in _YEAR_GROUPS if match[group]), "")
    before = year or "-"
    if match["d"]:
        return _dated(match, before)
    if match["dom"] or match["do"]:
        return f"---{int(match['dom'] or match['do']):02d}", "day-of-month"
    if match["half"]:
        return f"{year}-{int(match['half']) if match['which'] == 'dau' else 12:02d}", "month"
    month = match["ml"] or match["mm"] or match["mb"]
    if month:
        return f"{before}-{int(month):02d}", "month"
    named = match["qs"] or match["q"]
    if named:
        quarter = _ROMAN.get(named) or int(named)
        return f"{before}-Q{quarter}", "quarter"
    bare = match["yb"] and not (match["strong"] or match["weak"])
    return None if bare else (year, "year")


def _dated(match: "re.Match[str]", before: str) -> tuple[str, Precision] | None:
    if match["mark"] in {".", "-"} and not (match["day"] or match["y"]):
        return None  # "2.5" and "1-2" are numbers
    month, day = int(match["m"] or match["m2"]), int(match["d"])
    return f"{before}-{month:02d}-{day:02d}", "day"
