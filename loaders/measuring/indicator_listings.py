"""Tables of targets that lost their bars: a head with years, then numbered rows of words.

"TT Chỉ tiêu Đơn vị Năm 2025 Năm 2030 1 Tỷ lệ hồ sơ trực tuyến % 60 90 2 Số sáng chế đơn 5 10"
Text drawn from a page of print runs the rows together. A row is told by its number, which goes on
from the row before, and by as many values in a row as the head has years.
"""

import re
from collections.abc import Iterator

from loaders.measuring.indicator_tables import Row, Stretch
from loaders.measuring.units import unit_at
from loaders.text.folding import either

_HEAD = re.compile(
    r"(?:so )?s?tt\.?\s(?:ten |noi dung |cac )*(?:chi tieu|muc tieu|chi so)(?!\w)"
    r"(?P<heads>(?:[^\d.;]{0,60}?20\d\d(?!\d)){1,6})"
)
_HEAD_YEAR = re.compile(r"(?P<words>\D{0,60}?)(?P<year>20\d\d)")
_BASELINE = re.compile(either("thực hiện, hiện trạng, ước, đã đạt, hiện nay, kết quả"))
_UNIT_COLUMN = re.compile(r"don vi|dvt|d\.v\.t")
_VALUE = (
    r"(?:(?:>=|<=|[≥≤><]|tren|duoi|it nhat|toi thieu|khong qua)\s?)?"
    r"\d[\d.,]{0,12}(?:\s?[-–]\s?\d[\d.,]{0,12})?(?:\s?%)?"
)
_SINGLE = re.compile(_VALUE)
_NAME = r"(?P<name>[^\d\s](?:(?!\s\d{1,3}\.?\s[^\d\s]{3}).){2,250}?)"
_ROW_APART = 200  # characters of other columns and of group heads between two rows
_UNIT_WORDS = 4


def read_listing(text: str, folded: str, start: int, end: int) -> list[Row] | None:
    """Read a stretch of flat text as a table without bars; None if it does not begin like one."""
    head = _HEAD.match(folded, start, end)
    if head is None:
        return None
    columns = [
        (int(found["year"]), _BASELINE.search(found["words"]) is not None)
        for found in _HEAD_YEAR.finditer(folded, *head.span("heads"))
    ]
    units = _UNIT_COLUMN.search(folded, head.start(), head.end()) is not None
    rows = []
    for name, values in _numbered(folded, head.end(), end, len(columns)):
        unit = _unit(text, folded, name) if units else None
        due = [
            (value, year)
            for value, (year, baseline) in zip(values, columns, strict=True)
            if not baseline
        ]
        rows.append(Row((name[0], unit[0] - 1 if unit else name[1]), unit, tuple(due)))
    return rows or None


def _numbered(
    folded: str, position: int, end: int, columns: int
) -> Iterator[tuple[Stretch, list[Stretch]]]:
    """Yield name and values of the rows 1, 2, 3 … as far as they follow each other."""
    values_of = rf"(?P<values>{_VALUE}(?:\s{_VALUE}){{{columns - 1}}})(?!\S)"
    pattern = re.compile(rf"{_NAME}\s{values_of}", re.DOTALL)
    number = 1
    while True:
        opening = re.compile(rf"(?<!\S){number}\.?\s(?=[^\d\s])")
        begin = opening.search(folded, position, min(end, position + _ROW_APART))
        row = pattern.match(folded, begin.end(), end) if begin else None
        if row is None:
            return
        values = [found.span() for found in _SINGLE.finditer(folded, *row.span("values"))]
        if len(values) != columns:
            return
        yield row.span("name"), values
        position, number = row.end(), number + 1


def _unit(text: str, folded: str, name: Stretch) -> Stretch | None:
    """Return the unit that the words of a row end with: "Tỷ lệ phủ sóng 5G | % dân số"."""
    share = max(folded.rfind(" %", *name), folded.rfind("\n%", *name))
    if share >= 0 and name[1] - share < len(" % của dân số trưởng thành"):
        return share + 1, name[1]
    starts = [found.end() for found in re.finditer(r"\s", folded[slice(*name)])]
    for start in (name[0] + offset for offset in starts[-_UNIT_WORDS:]):
        unit = unit_at(text, folded, start)
        if unit and unit.end == name[1]:
            return start, name[1]
    return None
