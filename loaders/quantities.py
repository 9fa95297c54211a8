"""Quantities: numbers and ranges with the words that compare and measure them.

"ít nhất 3% tổng chi", "từ 01-02 dự án", "18-20%/năm", "12 người trên một vạn dân", "trên 0,7".
Vietnamese writes the thousands with a point and the decimals with a comma: 1.500 and 0,7.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from loaders.folding import either
from loaders.units import Unit, unit_at

Comparator = Literal[">=", ">", "=", "<=", "<", "range"]

_DIGITS = r"(?:\d{1,3}(?:\.\d{3})+(?!\d)(?:,\d+)?|\d{1,3}(?:,\d{3}){2,}|\d+(?:[.,]\d+)?)"
_YEAR_AHEAD = r"(?!(?:19|20)\d\d(?![\d.,]))"
# What follows must not make it a number of something else: 24/7, 57-NQ, 5G, 3.1.2, 15/6/2025.
_NUMBER = re.compile(
    rf"(?<![\w/.,])(?<![\w]-)(?P<low>{_DIGITS})(?:\s?%)?"
    rf"(?:\s?(?:-|–|—|÷|~|den |toi )\s?(?P<high>{_YEAR_AHEAD}{_DIGITS}))?"
    r"(?!\w|[./]\s?\d|\s?-\s?[a-z]{2}|,\d)"
)
_YEARS = re.compile(r"(?:19|20)\d\d\s?[-–—]\s?(?:19|20)\d\d(?!\d)")
_WORD_NUMBERS = {
    "mot": 1, "hai": 2, "ba": 3, "bon": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9,
    "muoi": 10,
}  # fmt: skip
_WORD_NUMBER = re.compile(
    r"(?:it nhat|toi thieu|khong duoi)(?: co| dat)? "
    rf"(?P<word>{'|'.join(_WORD_NUMBERS)})(?= [a-z])(?! muoi| phan| so| cach)"
)

# The words that stand directly before a number, tried again and again from the number leftwards.
_LE = either("không quá, không vượt quá, không cao hơn, không lớn hơn, tối đa, nhiều nhất, ≤, <=")
_GE = either("ít nhất, tối thiểu, không dưới, không thấp hơn, không ít hơn, không nhỏ hơn, ≥, >=")
_GT = either("trên, hơn, vượt mức, vượt, cao hơn, lớn hơn, nhiều hơn, >")
_LT = either("dưới, thấp hơn, nhỏ hơn, ít hơn, <")
_LIGHT = either(
    "đạt, chiếm, ở mức, mức, ước, ước đạt, khoảng, xấp xỉ, gần, trung bình, bình quân, thêm, bằng"
)
_LOOSE = either("có, là, còn, tăng, giảm, lên, xuống, phấn đấu, được, gấp, cần có, cần, :")
_BEFORE = re.compile(
    rf"(?<!\w)(?:(?P<le>{_LE})|(?P<ge>{_GE})|(?P<gt>{_GT})|(?P<lt>{_LT})|(?P<light>{_LIGHT})"
    # "đầu tư 02 trung tâm" is no "từ 02".
    rf"|(?P<start>(?<!dau )(?<!thu )tu)|(?P<loose>{_LOOSE}))\s?$"
)
_REACH = 60  # how far before a number its comparing words can begin
_OR_MORE = re.compile(r"[^.;:,()\d]{0,60}?\btro (?P<way>len|xuong)\b")
_GOES_ON = re.compile(r"[^.;]{0,40}?\b(?:len|xuong|tang len)\s(?:con |den |muc |it nhat )?\d")
_SYMBOLS: dict[str, Comparator] = {"le": "<=", "ge": ">=", "gt": ">", "lt": "<"}


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its comparison and unit.

    Attributes:
        lead: where the words that lead to the number begin in the folded text ("có từ").
        start: where the comparing words among them begin ("ít nhất", "chiếm").
        number: where the digits begin.
        end: where the unit ends (the number, if there is none).
        comparator: "=" where nothing is said.
        explicit: whether a word says the comparator ("ít nhất", "trở lên", not "đạt").
        cues: the folded words right before the number, from the left: ("dat", "tren").
    """

    lead: int
    start: int
    number: int
    end: int
    comparator: Comparator
    value: Decimal
    value_max: Decimal | None
    unit: Unit | None
    explicit: bool = False
    cues: tuple[str, ...] = ()


def parse_number(digits: str) -> Decimal:
    """Turn a Vietnamese number into a decimal: "1.500" is 1500, "0,7" and "0.7" are 0.7."""
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?", digits) and not digits.startswith("0."):
        return Decimal(digits.replace(".", "").replace(",", "."))
    if digits.count(",") > 1:
        return Decimal(digits.replace(",", ""))
    return Decimal(digits.replace(",", "."))


def find_quantities(
    text: str, folded: str, start: int, end: int, *, damaged: bool = False
) -> Iterator[Quantity]:
    """Yield every number of a stretch that could measure something, in reading order.

    Years, dates, document numbers and names such as "5G" or "24/7" are passed over; whether a
    number is a target is not decided here.
    """
    done = start
    for match in _NUMBER.finditer(folded, start, end):
        if match.start() < done or _YEARS.match(folded, match.start()):
            continue
        low, high = parse_number(match["low"]), match["high"] and parse_number(match["high"])
        unit = unit_at(text, folded, _number_end(match, folded), damaged=damaged)
        quantity = _quantity(folded, start, match.span(), (low, high or None), unit)
        if quantity:
            done = unit.end if unit else done
            yield quantity
    for match in _WORD_NUMBER.finditer(folded, start, end):
        unit = unit_at(text, folded, match.end(), damaged=damaged)
        value = Decimal(_WORD_NUMBERS[match["word"]])
        place = (match.start("word"), match.end())
        quantity = _quantity(folded, start, place, (value, None), unit)
        if quantity and unit and unit.kind == "count":
            yield quantity


def _number_end(match: "re.Match[str]", folded: str) -> int:
    """Return where the digits end: the percent sign belongs to the unit."""
    end = match.end()
    while folded[end - 1] in "% ":
        end -= 1
    return end


def _quantity(
    folded: str,
    floor: int,
    place: tuple[int, int],
    values: tuple[Decimal, Decimal | None],
    unit: Unit | None,
) -> Quantity | None:
    """Put a number together; None for a falling pair, or a state to leave ("từ 45% lên 60%")."""
    low, high = values
    if high is not None and high <= low:
        return None
    comparator, start, cues, lead = _comparison(folded, floor, place[0])
    end = max(place[1], unit.end if unit else 0)
    after = _OR_MORE.match(folded, end)
    if after:
        comparator = ">=" if after["way"] == "len" else "<="
    elif comparator is None and "tu" in cues and high is None:
        if _GOES_ON.match(folded, end):
            return None
        comparator = ">="
    said = comparator is not None
    shown = "range" if high else comparator or "="
    return Quantity(lead, start, place[0], end, shown, low, high, unit, said, cues)


def _comparison(
    folded: str, floor: int, number: int
) -> tuple[Comparator | None, int, tuple[str, ...], int]:
    """Read the words before a number leftwards: the comparator, its place, the words, theirs.

    The span begins at the comparing word ("trên" in "đạt trên 40%"), else at the word that only
    introduces the number ("chiếm 35%", "ở mức 50%").
    """
    comparator: Comparator | None = None
    compared = light = position = number
    cues: list[str] = []
    while match := _BEFORE.search(folded, max(floor, position - _REACH), position):
        kind = str(match.lastgroup)
        if kind in _SYMBOLS:
            comparator, compared = comparator or _SYMBOLS[kind], match.start()
        elif kind == "light":
            light = match.start()
        cues.insert(0, match.group().strip())
        position = match.start()
    return comparator, (compared if comparator else light), tuple(cues), position
