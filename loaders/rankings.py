"""Ranks as targets: "nhóm 10 địa phương dẫn đầu", "top 20", "xếp thứ 15 trở lên"."""

import re
from collections.abc import Iterator

from loaders.quantities import Quantity, parse_number
from loaders.units import Unit

_N = r"(?P<low>\d{1,3})(?:\s?[-–]\s?(?P<high>\d{1,3}))?(?!\w|[%/.,]\d|\s?%)"
_PLACE = r"(?:tinh|thanh pho|dia phuong|nuoc|quoc gia)"
_RANKED = r"(?:tinh|thanh pho|dia phuong|nuoc|quoc gia|don vi|so|huyen|xa|truong|co quan|nganh)"
_LIST = rf"{_RANKED}(?:,? (?:va )?{_RANKED})*"
_FIRST = (
    r"(?:dan dau|dung dau|hang dau|cao nhat|tot nhat|dau tien|dau ca nuoc|dau toan quoc|dau khu vuc"
    r"|manh nhat|tien tien nhat)(?![a-z])"
)
_IN_A_GROUP = re.compile(
    rf"(?<!\w)(?:(?:nhom )?top {_N}(?: {_LIST})?(?:[^.;:,\d]{{0,60}}?{_FIRST})?"
    rf"|nhom(?: cac| so)? {_N.replace('low', 'low2').replace('high', 'high2')}"
    rf"(?: {_LIST}[^.;:\d]{{0,60}}?{_FIRST}| {_FIRST}| {_PLACE}(?:, {_PLACE})*| ca nuoc| toan quoc)"
    rf"|(?:trong|thuoc|vao)(?: so)? {_N.replace('low', 'low3').replace('high', 'high3')} {_LIST}"
    rf"[^.;:\d]{{0,60}}?{_FIRST})"
)
_IN_PLACE = re.compile(
    r"(?<!\w)(?:(?:xep hang|xep|dung|vi tri|thu hang|hang)(?: o)?(?: vi tri| hang)?(?: tu)?"
    r"(?: thu)?|tu(?: vi tri| hang)?(?: thu)?) "
    r"(?P<low>\d{1,3})(?:\s?[-–]\s?(?P<high>\d{1,3}))?(?!\w|[%.,]\d)"
    rf"(?:\s?/\s?\d{{1,3}}(?: {_LIST})?)?(?P<up> tro len)?"
)
_CERTAIN = re.compile(r"xep hang|vi tri|^(?!tu ).*thu |^tu .*tro len$")


def find_rankings(folded: str, start: int, end: int) -> Iterator[Quantity]:
    """Yield every rank of a stretch; a group of the first N means N or better."""
    for match in _IN_A_GROUP.finditer(folded, start, end):
        which = next(n for n in ("", "2", "3") if match[f"low{n}"])
        yield _quantity(match, f"low{which}", f"high{which}", better=True)
    for match in _IN_PLACE.finditer(folded, start, end):
        if _CERTAIN.search(match.group()):
            yield _quantity(match, "low", "high", better=bool(match["up"]))


def _quantity(match: "re.Match[str]", low: str, high: str, *, better: bool) -> Quantity:
    return Quantity(
        match.start(),
        match.start(),
        match.start(low),
        match.end(),
        "range" if match[high] else "<=" if better else "=",
        parse_number(match[low]),
        parse_number(match[high]) if match[high] else None,
        Unit(match.start(), match.end(), "hạng", "score"),
        explicit=True,
    )
