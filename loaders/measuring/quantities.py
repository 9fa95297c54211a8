"""Quantities: numbers and ranges with the words that compare and measure them.

"ít nhất 3% tổng chi", "từ 01-02 dự án", "18-20%/năm", "12 người trên một vạn dân", "trên 0,7".
Vietnamese writes the thousands with a point and the decimals with a comma: 1.500 and 0,7.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from loaders.measuring.units import Unit, unit_at
from loaders.text.folding import either, tone_key
from loaders.text.reading import fold

Comparator = Literal[">=", ">", "=", "<=", "<", "range"]

_DIGITS = r"(?:\d{1,3}(?:\.\d{3})+(?!\d)(?:,\d+)?|\d{1,3}(?:,\d{3}){2,}|\d+(?:[.,]\d+)?)"
_YEAR_AHEAD = r"(?!(?:19|20)\d\d(?![\d.,]))"
# A measure may be glued to its number: "200Mb/s", "1,5cm".
_GLUED = (
    r"(?:[kmgt]b(?:ps|/s|/giay)|[kmgtp]b|[ckm]?m[23²³]?|ha|[kmg]wp?h?|kg|usd|vnd|trieu|ty|dong)"
    r"(?![a-z0-9])"
)
# What follows must not make it a number of something else: 24/7, 57-NQ, 5G, 3.1.2, 15/6/2025.
_NUMBER = re.compile(
    rf"(?<![\w/.,])(?<![\w]-)(?P<low>{_DIGITS})(?:\s?%)?"
    rf"(?:\s?(?:-|–|—|÷|~|den |toi )\s?(?P<high>{_YEAR_AHEAD}{_DIGITS}))?"
    rf"(?:(?={_GLUED})|(?!\w|[./]\s?\d|\s?-\s?[a-z]{{2}}|,\d))"
)
_YEARS = re.compile(r"(?:19|20)\d\d\s?[-–—]\s?(?:19|20)\d\d(?!\d)")
_YEAR = re.compile(r"(?:19|20)\d\d(?![\d.,]\d)")
_WORD_NUMBERS = {
    "mot": 1, "hai": 2, "ba": 3, "bon": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9,
    "muoi": 10,
}  # fmt: skip
_WORD_NUMBER = re.compile(
    r"(?:it nhat|toi thieu|khong duoi)(?: co| dat)? "
    rf"(?P<word>{'|'.join(_WORD_NUMBERS)})(?= [a-z])(?! muoi| phan| so| cach)"
)

# The words that stand directly before a number, tried again and again from the number leftwards.
_LE = "không quá, không vượt quá, không cao hơn, không lớn hơn, tối đa, nhiều nhất, ≤, <="
_GE = "ít nhất, tối thiểu, không dưới, không thấp hơn, không ít hơn, không nhỏ hơn, ≥, >="
_GT = "trên, hơn, vượt mức, vượt, cao hơn, lớn hơn, nhiều hơn, >"
_LT = "dưới, thấp hơn, nhỏ hơn, ít hơn, <"
_LIGHT = (
    "đạt, chiếm, ở mức, mức, ước, ước đạt, khoảng, xấp xỉ, gần, trung bình, bình quân, thêm, bằng"
)
_LOOSE = "có, là, còn, tăng, giảm, lên, xuống, phấn đấu, được, gấp, cần có, cần, :"
_START = "từ"
# "thời gian trung bình | giảm 30%": an average before the verb belongs to what is measured.
_AVERAGE = re.compile("trung binh|binh quan")
_VERBS = {"dat", "chiem", "giam", "tang", "la", "con", "len", "xuong"}
_BEFORE = re.compile(
    rf"(?<!\w)(?:(?P<le>{either(_LE)})|(?P<ge>{either(_GE)})|(?P<gt>{either(_GT)})"
    rf"|(?P<lt>{either(_LT)})|(?P<light>{either(_LIGHT)})"
    rf"|(?P<start>tu|tir)|(?P<loose>{either(_LOOSE)}))\s?$"
)
# As one spells them: "điện tử 80%" and "mục 3" hold none of these words, nor does the "dau tu 02"
# ("đầu tư") of a text that lost its diacritics.
_CUES = ",".join((_LE, _GE, _GT, _LT, _LIGHT, _LOOSE, _START)).split(",")
_SPELT = frozenset(map(tone_key, _CUES))
# Most numbers have none of them before them, which the last syllable tells fast.
_LAST = frozenset(fold(word).split()[-1] for word in _CUES) | {"tir"}
_SIGNS = tuple("<>=≤≥:")
_OPENERS = "([{-–+*/\"'“”‘’«.,;"
_SYLLABLE = 12
_NO_FROM = ("dau tu", "thu tu", "dien tu", "phan tu")
_REACH = 60  # how far before a number its comparing words can begin
# "80% hồ sơ trở lên" is at least 80%, "80% lao động có trình độ trung cấp trở lên" is not.
_OF_DEGREE = either(
    "có, đạt, từ, trình độ, cấp, mức, loại, hạng, khá, giỏi, tốt, đại học, cao đẳng, trung cấp,"
    "thạc sĩ, tiến sĩ, phổ thông, cơ sở, sao, tuổi, lớp"
)
_OR_MORE = re.compile(
    rf"(?P<gap>(?:,? (?!{_OF_DEGREE}(?!\w))[a-z]+){{0,9}}?) tro (?P<way>len|xuong)\b"
)
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
    reader = _Reader(text, folded, start, damaged)
    done = start
    for match in _NUMBER.finditer(folded, start, end):
        if match.start() < done or _YEARS.match(folded, match.start()):
            continue
        low, high = parse_number(match["low"]), match["high"] and parse_number(match["high"])
        unit = unit_at(text, folded, _number_end(match, folded), damaged=damaged)
        if _is_year(folded, match.start(), counts=unit is not None):
            continue
        quantity = reader.quantity(match.span(), (low, high or None), unit)
        if quantity:
            done = unit.end if unit else done
            yield quantity
    for match in _WORD_NUMBER.finditer(folded, start, end):
        unit = unit_at(text, folded, match.end(), damaged=damaged)
        value = Decimal(_WORD_NUMBERS[match["word"]])
        quantity = reader.quantity((match.start("word"), match.end()), (value, None), unit)
        if quantity and unit and unit.kind == "count":
            yield quantity


def _is_year(folded: str, position: int, *, counts: bool) -> bool:
    """Tell whether a number is a year: "năm 2025", and "2030" where it counts nothing."""
    if not _YEAR.match(folded, position):
        return False
    return not counts or folded.endswith("nam ", 0, position)


def _number_end(match: "re.Match[str]", folded: str) -> int:
    """Return where the digits end: the percent sign belongs to the unit."""
    end = match.end()
    while folded[end - 1] in "% ":
        end -= 1
    return end


@dataclass(frozen=True, slots=True)
class _Lead:
    """The words that lead to a number, read leftwards.

    Attributes:
        comparator: what they say, None if nothing.
        compared, since, light: where the comparing word, "từ", the introducing word begin.
        cues: the words, from the left.
        start: where they all begin.
    """

    comparator: Comparator | None
    compared: int
    since: int | None
    light: int
    cues: tuple[str, ...]
    start: int


class _Reader:
    """Puts numbers together with the words around them."""

    def __init__(self, text: str, folded: str, floor: int, damaged: bool) -> None:
        self._text, self._folded, self._floor, self._damaged = text, folded, floor, damaged

    def quantity(
        self, place: tuple[int, int], values: tuple[Decimal, Decimal | None], unit: Unit | None
    ) -> Quantity | None:
        """Return a quantity; None for a falling pair, or a state to leave ("từ 45% lên 60%")."""
        low, high = values
        if high is not None and high <= low:
            return None
        lead = self._lead(place[0])
        end = max(place[1], unit.end if unit else 0)
        comparator = lead.comparator
        after = _OR_MORE.match(self._folded, end)
        if after:
            comparator = ">=" if after["way"] == "len" else "<="
            end = end if after["gap"] else after.end()
        elif comparator is None and lead.since is not None and high is None:
            if _GOES_ON.match(self._folded, end):
                return None
            comparator = ">="
        said = comparator is not None
        start = lead.compared if lead.comparator else lead.light
        if not lead.comparator and lead.since is not None and (said or high):
            start = lead.since
        shown = "range" if high else comparator or "="
        return Quantity(lead.start, start, place[0], end, shown, low, high, unit, said, lead.cues)

    def _lead(self, number: int) -> _Lead:
        """Read the words before a number leftwards: the comparator, its place, all of them.

        The span begins at the comparing word ("trên" in "đạt trên 40%", "từ" in "từ 60% trở
        lên"), else at the word that only introduces the number ("chiếm 35%", "ở mức 50%").
        """
        comparator: Comparator | None = None
        compared = light = position = number
        since: int | None = None
        cues: list[str] = []
        while match := self._cue(position):
            kind, start = str(match.lastgroup), match.start()
            if kind in _SYMBOLS:
                comparator, compared = comparator or _SYMBOLS[kind], start
            elif kind == "start":
                since = start
            elif kind == "light" and not (_AVERAGE.match(match.group()) and _VERBS & set(cues)):
                light = start
            cues.insert(0, match.group().strip())
            position = start
        return _Lead(comparator, compared, since, light, tuple(cues), position)

    def _cue(self, position: int) -> "re.Match[str] | None":
        tail = self._folded[max(self._floor, position - _SYLLABLE) : position].split()[-1:]
        if not tail or not (tail[0].lstrip(_OPENERS) in _LAST or tail[0].endswith(_SIGNS)):
            return None
        match = _BEFORE.search(self._folded, max(self._floor, position - _REACH), position)
        if match and match["start"] and self._damaged:
            return None if self._folded.endswith(_NO_FROM, 0, match.end("start")) else match
        if match is None or self._damaged:
            return match
        return match if tone_key(self._text[match.start() : match.end()]) in _SPELT else None
