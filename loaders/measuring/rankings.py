"""Ranks as targets: "nhóm 10 địa phương dẫn đầu", "top 20", "xếp thứ 15 trở lên"."""

import re
from collections.abc import Iterator

from loaders.measuring.quantities import Quantity, parse_number
from loaders.measuring.units import Unit

_PLACE = r"(?:tinh|thanh pho|dia phuong|nuoc|quoc gia)"
_RANKED = (
    r"(?:tinh|thanh pho|dia phuong|nuoc|quoc gia|don vi|so|huyen|xa|phuong|truong dai hoc|truong"
    r"|dai hoc|co quan|nganh|bo|nen kinh te|thanh vien)"
)
_LIST = rf"{_RANKED}(?:,? (?:va )?{_RANKED})*"
_FIRST = (
    r"(?:dan dau|dung dau|hang dau|cao nhat|tot nhat|dau tien|dau ca nuoc|dau toan quoc|dau khu vuc"
    r"|manh nhat|tien tien nhat|tien tien|phat trien nhat)(?![a-z])"
)


def _number(group: str) -> str:
    """Return the pattern of a rank or of two ("10 - 15"), out of so many or not ("30/63")."""
    return (
        rf"(?P<low{group}>\d{{1,3}})(?:\s?(?:[-–]|den)\s?(?P<high{group}>\d{{1,3}}))?"
        r"(?:\s?/\s?\d{1,3})?(?!\w|[%/.,]\d|\s?%)"
    )


_IN_A_GROUP = re.compile(
    rf"(?<!\w)(?:(?:nhom )?top(?: dau)? {_number('')}(?: {_LIST})?(?:[^.;:,\d]{{0,60}}?{_FIRST})?"
    rf"|nhom(?: dau)?(?: cac| so)? {_number('2')}"
    rf"(?: {_LIST}[^.;:\d]{{0,60}}?{_FIRST}| {_FIRST}|(?: [a-z]+){{1,5}}? {_FIRST}"
    rf"| {_PLACE}(?:, {_PLACE})*| ca nuoc| toan quoc)"
    rf"|(?:trong|thuoc|vao)(?: so)? {_number('3')} {_LIST}"
    rf"[^.;:\d]{{0,60}}?{_FIRST})"
)
_IN_PLACE = re.compile(
    r"(?<!\w)(?:(?:xep hang|xep|dung|vi tri|thu hang|hang)(?: o)?(?: vi tri| hang)?(?: tu)?"
    r"(?: thu)?|tu(?: vi tri| hang)?(?: thu)?) "
    r"(?P<low>\d{1,3})(?:\s?(?:[-–]|den)\s?(?P<high>\d{1,3}))?(?!\w|[%.,]\d|\s?%)"
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
