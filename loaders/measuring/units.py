"""Units: what a number in a Vietnamese text counts or measures, read from the words behind it."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, cast

from loaders.tables import read_table
from loaders.text.folding import tone_key
from loaders.text.reading import fold

UnitKind = Literal[
    "percent",
    "count",  # things that a plan wants more of: doanh nghiệp, dự án, người
    "place",  # places and organs, mostly mentioned, seldom aimed at: tỉnh, xã, sở
    "listing",  # things that a text merely enumerates: nhóm, lĩnh vực, giải pháp, cấp
    "measure",  # km, ha, MW, Gbps
    "money",
    "time",
    "times",  # lần
    "age",
    "score",  # điểm, bậc, sao
    "unknown",
]

COUNTED: frozenset[UnitKind] = frozenset({"count", "place", "listing"})
_PERCENT = re.compile(r" ?(?:%|phan tram\b)(?P<points> ?diem\b)?| ?diem (?:%|phan tram\b)")
_SCALE = re.compile(r" ?(?:tram|nghin|ngan|trieu|ty|ti|van)(?: (?:nghin|ty|ti))?(?= [a-z])")
_SCALES = frozenset(map(tone_key, ("trăm", "nghìn", "ngàn", "triệu", "tỷ", "tỉ", "vạn")))
_IN_WORDS = re.compile(r" ?\((?:[a-z]+ ?){1,4}\)")  # "02 (hai) dự án"
_JOIN = re.compile(r" ?(?:,|/|va|hoac) ?")
_COUNTED = (
    r"(?:(?:1|01|mot|moi) )?(?:\d[\d.]* )?"
    r"(?:van dan|trieu dan|nghin dan|ngan dan|nguoi dan|dan|nguoi|nam hoc|nam|thang|quy|tuan|ngay"
    r"|gio|xa|phuong|thon|huyen|tinh|don vi|co quan|doanh nghiep|ho|lop|ha|hecta|lan|km2|hoc sinh"
    r"|vu|dot|luot|truong|co so|san pham|mo hinh|lao dong)(?![a-z])"
)
_PER = re.compile(
    rf"(?: ?/ ?{_COUNTED}){{1,3}}"
    r"| (?:tren|moi) (?:(?:mot|1|01) (?:van|trieu|nghin|ngan)|1[\d.]*0|van) (?:nguoi )?dan(?![a-z])"
    r"| (?:moi|mot) nam\b"
)
_SLASH = re.compile(r" ?/ ?")
# "20 doanh nghiệp hoạt động/nghìn dân": a rate of the population names its thing more fully.
_RATED = re.compile(
    r"(?: (?!va\b|hoac\b|tren\b)[a-z]+){1,3}(?= ?/ ?(?:(?:mot|1|01) )?"
    r"(?:van|trieu|nghin|ngan|1[\d.]*0) ?(?:nguoi )?(?:dan|nguoi)(?![a-z]))"
)
# "tổ chức" is a noun at the head of a unit, but in "05 doanh nghiệp, tổ chức hội nghị" a verb.
_VERB_AHEAD = re.compile(
    r"to chuc (?:hoi|lop|khoa|cuoc|dien|trien|thuc|dao|tap|it|cac|toa|so|le|tuyen)"
)


@dataclass(frozen=True, slots=True)
class Unit:
    """The unit of a number.

    Attributes:
        start, end: where it stands in the folded text; empty for a bare number.
        text: as one writes it: "%", "%/năm", "người/vạn dân", "tổ chức, doanh nghiệp".
        kind: what sort of thing it counts.
    """

    start: int
    end: int
    text: str
    kind: UnitKind


@lru_cache(maxsize=1)
def _lexicon() -> dict[str, tuple[tuple[str, UnitKind], ...]]:
    """Map each folded unit to its spellings ("ban" is "bản" and "ban") and their kinds."""
    spellings: dict[str, tuple[tuple[str, UnitKind], ...]] = {}
    for row in read_table("units"):
        entry = (row["unit"], cast("UnitKind", row["kind"]))
        spellings[fold(row["unit"])] = (*spellings.get(fold(row["unit"]), ()), entry)
    return spellings


@lru_cache(maxsize=1)
def _noun() -> re.Pattern[str]:
    longest_first = sorted(_lexicon(), key=lambda unit: (-len(unit), unit))
    return re.compile(rf"(?:{'|'.join(map(re.escape, longest_first))})(?![a-z])")


def unit_at(text: str, folded: str, position: int, *, damaged: bool = False) -> Unit | None:
    """Read the unit that stands right behind a number, or None.

    `text` and its `folded` form have the same length; in a damaged text the diacritics of the
    text say nothing, in a sound one they tell "tỉnh" from "tính".
    """
    percent = _PERCENT.match(folded, position)
    if percent:
        per = _PER.match(folded, percent.end())
        name = "điểm phần trăm" if "diem" in percent.group() else "%"
        end = per.end() if per else percent.end()
        return Unit(position, end, name + _per_text(text[percent.end() : end]), "percent")
    words = _IN_WORDS.match(folded, position)
    return _counted(text, folded, words.end() if words else position, damaged)


def _counted(text: str, folded: str, position: int, damaged: bool) -> Unit | None:
    scale = _SCALE.match(folded, position)
    if scale and not (damaged or _is_scale(text[slice(*scale.span())])):
        scale = None  # "05 văn bản", "20 trạm"
    first = noun_at(text, folded, _skip_blank(folded, scale or position), damaged=damaged)
    if first is None:
        return None
    start, end, nouns = _skip_blank(folded, position), first.end, [first.text]
    while first.kind in COUNTED and (following := _coordinate(text, folded, end, damaged)):
        end = following.end
        nouns.append(following.text)
    # In a damaged text the words are not to be trusted, the lexicon is.
    name = ", ".join(nouns) if damaged else _name(text[start:end])
    if first.kind == "measure":
        name = f"{text[start : first.start]}{first.text}"
    rated = _RATED.match(folded, end) if first.kind in COUNTED else None
    ratio = rated.end() if rated else end
    last = _ratio_end(text, folded, ratio, damaged)
    per = _per_text(text[ratio:last])
    return Unit(start, last if per else end, name + per, first.kind)


def _is_scale(words: str) -> bool:
    return tone_key(words.split(maxsplit=1)[0]) in _SCALES


def _ratio_end(text: str, folded: str, position: int, damaged: bool) -> int:
    """Return where "/năm", "trên một vạn dân" or "/khu công nghiệp" behind a unit ends."""
    per = _PER.match(folded, position)
    if per:
        return per.end()
    slash = _SLASH.match(folded, position)
    noun = noun_at(text, folded, slash.end(), damaged=damaged) if slash else None
    return noun.end if noun else position


def _skip_blank(folded: str, place: "int | re.Match[str]") -> int:
    position = place if isinstance(place, int) else place.end()
    return position + 1 if folded[position : position + 1] == " " else position


def noun_at(text: str, folded: str, position: int, *, damaged: bool = False) -> Unit | None:
    """Read one unit noun at a position, the longest that the lexicon holds."""
    match = _noun().match(folded, position)
    if match is None:
        return None
    key = tone_key(text[match.start() : match.end()])
    for unit, kind in _lexicon()[match.group()]:
        if damaged or tone_key(unit) == key:
            return Unit(match.start(), match.end(), unit, kind)
    return None


def _coordinate(text: str, folded: str, position: int, damaged: bool) -> Unit | None:
    join = _JOIN.match(folded, position)
    if join is None or _VERB_AHEAD.match(folded, join.end()):
        return None
    unit = noun_at(text, folded, join.end(), damaged=damaged)
    return unit if unit and unit.kind in COUNTED else None


def _name(words: str) -> str:
    return words[0].lower() + words[1:] if words[1:2].islower() else words


def _per_text(words: str) -> str:
    """Write "trên một vạn dân" and "/ 1 vạn dân" alike: "/vạn dân"."""
    words = words.lower().strip()
    parts = [part for part in re.split(r"\s?/\s?|^(?:trên|mỗi|một|tren|moi|mot) ", words) if part]
    return "".join(f"/{re.sub(r'^(?:một|mot|mỗi|1|01) ', '', part)}" for part in parts)
