"""Type words before a number: "Nghị quyết", "Công văn hỏa tốc", "QĐ", "Quyét dinh sb"."""

import re
from dataclasses import dataclass
from functools import lru_cache

from loaders.citing.dates import date_at
from loaders.citing.doctypes import TYPES, DocumentType, type_by_code, type_by_name
from loaders.citing.issuers import issuer_at, joint_issuer
from loaders.citing.ocr import likeness, plain
from loaders.text.reading import fold
from loaders.text.syllables import is_syllable

# "Văn bản số 57-NQ/TW": a word for any document; the code tells the type.
_GENERIC = ("Văn bản", "Công hàm", "Văn kiện")
_STANDARD = ("kỹ thuật", "Tiêu chuẩn")
_MODIFIERS = (
    "hanh dong|lam viec|phoi hop|lien tich|lien nganh|lien bo|lien so|chuyen de|ket luan|tham dinh"
    "|tham tra|giam sat|cong tac|tong the|chi tiet|trien khai|thuc hien|phe duyet|thanh lap|ca biet"
    "|quy pham phap luat|hoa toc|thuong khan|khan|mat|chinh thuc|rieng|chung|dieu hanh|hien hanh"
    "|tong hop|tong ket|so ket|dinh ky|hop nhat|bo sung|dieu chinh|phap luat|thanh tra|kiem tra"
)
_SHORT_WORDS = "NQ NĐ QĐ CT TTLT TT KH KL CTr CV TB BC HD QC QyĐ VBHN ĐA TTr CĐ"
_WINDOW = 110
_SO = r"(?:[s$](?:[o06be58d&a]{0,2})|n[°o])"
_ALIKE = 76.0
_ALIKE_ALONE = 88.0
_LONGEST_NAME = 5

_SO_END = re.compile(rf"(?<![^\W_])(?P<so>{_SO})\s?[:.]{{0,2}}\s?[\"“(]?$")
_SO_GLUED = re.compile(r"(?:so|s6|sb)$")
_ONLY_SO = re.compile(rf"[\s:,|.]*(?P<so>{_SO}|\))?(?:\s(?=so))?(?:so)?[\s:.|\"“(]*$")
_MODIFIER = re.compile(rf"(?:\s(?:{_MODIFIERS})(?![^\W_])){{1,3}}")
_OF = re.compile(r"\s(?:[ce][a-z0-9&]{1,3}a\s)?")
_CONGRESS = re.compile(r"\s?\(?(?:khoa|nhiem ky)\s[ivx]{1,6}(?![^\W_])\)?")
_DATE_LEAD = re.compile(r"[\s,(]*(?:ban hanh\s|ky\s)?")


@dataclass(frozen=True, slots=True)
class TypeWord:
    """The word that names the type of the document whose number follows.

    Attributes:
        start: where it begins, or where the number begins if there is none.
        name: the type in canonical form; None for "văn bản số" and for a lone "số".
        generic: True for a word that names any document.
        damaged: True if the word or its "số" is spelled as a scan leaves it.
        so: whether "số" stands before the number.
        issuer, issued: what stands between word and number ("Quyết định của Ban Bí thư số 91").
    """

    start: int
    name: str | None
    generic: bool = False
    damaged: bool = False
    so: bool = False
    issuer: str | None = None
    issued: str | None = None

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes that numbers of this type bear."""
        kind = type_by_name(self.name) if self.name else None
        return tuple(dict.fromkeys((*kind.state, *kind.party))) if kind else ()


def word_pattern(names: tuple[str, ...]) -> str:
    """Return a pattern on folded text for names whose blanks may be lost ("Nghịquyết")."""
    folded = sorted({fold(name) for name in names}, key=len, reverse=True)
    return "|".join(r"\s?".join(map(re.escape, name.split(" "))) for name in folded)


def type_names() -> tuple[str, ...]:
    """Return every name that stands before a number, standards left out."""
    names = [name for kind in TYPES for name in (kind.name, *kind.other_names)]
    return tuple(name for name in names if not any(mark in name for mark in _STANDARD))


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    # The number of a list may be glued to the word: "2Thông tư liên tịch 04/TTLB".
    return re.compile(rf"(?<![^\W\d_])(?:{word_pattern((*type_names(), *_GENERIC))})")


@lru_cache(maxsize=1)
def _abbreviation() -> re.Pattern[str]:
    codes = "|".join(sorted(_SHORT_WORDS.split(), key=len, reverse=True))
    return re.compile(rf"(?<![\w/.-])(?P<code>{codes})(?:\s?số)?\s?:?\s?$")


def type_before(text: str, folded: str, position: int, *, damaged: bool) -> TypeWord | None:
    """Find the type word that a number at a position belongs to.

    Between the two may stand a modifier ("hành động"), the issuer, a date and "số" in any
    spelling. A damaged word is recognised by likeness, if "số" or a damaged text vouches for it.
    """
    reach = max(0, position - _WINDOW)
    start = max(text.rfind("\n", reach, position) + 1, reach)
    window = folded[start:position]
    places = [_place(text, start, found) for found in _pattern().finditer(window)]
    for index in reversed(range(len(places))):
        word = _joined(text, folded, *places[index], position)
        if word is None:
            continue
        # In "Thông báo Kết luận số" the second word only modifies the first.
        adjoins = index and places[index][0] - places[index - 1][1] == 1
        return (_joined(text, folded, *places[index - 1], position) if adjoins else None) or word
    short = _abbreviation().search(text, start, position)
    if short:
        kind = type_by_code(short["code"])
        return TypeWord(short.start(), kind.name if kind else None, so="số" in short.group())
    return _lone_or_damaged(text, folded, start, position, damaged=damaged)


def _place(text: str, start: int, found: re.Match[str]) -> tuple[int, int]:
    """Return where a type word stands; in "công bố Luật" it is "Luật", not "Bộ luật"."""
    begin, end = start + found.start(), start + found.end()
    if found.group().startswith("bo") and text[begin + 1] in "ốỏỐỎ":
        begin = end - len("luật")
    return begin, end


def _joined(text: str, folded: str, start: int, end: int, position: int) -> TypeWord | None:
    """Check that nothing but modifier, issuer, date and "số" parts a word from its number."""
    written = text[start:end]
    name = _canonical(written)
    modifier = _MODIFIER.match(folded, end, position)
    stop = modifier.end() if modifier else end
    issuer = issued = None
    rest = _ONLY_SO.match(folded, stop, position)
    if rest is None:
        of = _OF.match(folded, stop, position)
        organ = (
            issuer_at(text, folded, of.end(), damaged=_is_damaged(written, name)) if of else None
        )
        if organ and organ.end <= position:
            joint, end = joint_issuer(text, folded, organ)
            congress = _CONGRESS.match(folded, end, position)
            issuer, stop = joint, congress.end() if congress else end
        blank = _DATE_LEAD.match(folded, stop, position)
        date = date_at(folded, blank.end() if blank else stop)
        if date and date.end <= position:
            issued, stop = date.value, date.end
        rest = _ONLY_SO.match(folded, stop, position)
    if rest is None:
        return None
    so = rest["so"] or ""
    hurt = _is_damaged(written, name) or _is_damaged_so(text, rest)
    return TypeWord(start, name, name is None, hurt, bool(so), issuer, issued)


def _canonical(written: str) -> str | None:
    kind: DocumentType | None = type_by_name(written)
    return kind.name if kind else None


def _is_damaged(written: str, name: str | None) -> bool:
    """Tell whether a word lost its diacritics: "Nghi quyét", not "NGHỊ QUYẾT"."""
    if name is None:
        return written.isascii()
    kind = type_by_name(name)
    spellings = (kind.name, *kind.other_names) if kind else (name,)
    bare = re.sub(r"\s", "", written).lower().replace("uỷ", "ủy").replace("thoả", "thỏa")
    return all(bare != spelling.replace(" ", "").lower() for spelling in spellings)


def _is_damaged_so(text: str, found: re.Match[str]) -> bool:
    so = text[found.start("so") : found.end("so")] if found["so"] else "số"
    return so.lower() != "số"


def _lone_or_damaged(
    text: str, folded: str, start: int, position: int, *, damaged: bool
) -> TypeWord | None:
    """Read a type word that only looks like one ("K& hoach s6"), or a "số" without any."""
    window = folded[start:position]
    so = _SO_END.search(window) or _SO_GLUED.search(window)
    stop = so.start() if so else len(window)
    hurt = damaged or (so is not None and "số" not in text[start + stop : position].lower())
    words = list(re.finditer(r"\S+", window[:stop]))[-_LONGEST_NAME:]
    if hurt or not _are_well_formed(text[start + words[0].start() : start + stop] if words else ""):
        score, begin, name = max(_scored(window, words), default=(0.0, 0, ""))
        if score >= (_ALIKE if so or damaged else _ALIKE_ALONE):
            known = _canonical(name)
            return TypeWord(start + begin, known, known is None, damaged=True, so=so is not None)
    return TypeWord(position, None, damaged=hurt, so=True) if so else None


def _are_well_formed(words: str) -> bool:
    """Tell whether all words are good Vietnamese: then none of them is a damaged type word."""
    return all(is_syllable(word) for word in words.split() if word.isalpha())


def _scored(window: str, words: list[re.Match[str]]) -> list[tuple[float, int, str]]:
    """Score the last words before a number against every type name of as many syllables."""
    last = {
        count: (plain(window[words[-count].start() : words[-1].end()]), words[-count].start())
        for count in range(2, min(_LONGEST_NAME, len(words)) + 1)
    }
    return [
        (likeness(last[count][0], bare), last[count][1], name)
        for bare, count, name in _plain_names()
        if count in last
    ]


@lru_cache(maxsize=1)
def _plain_names() -> tuple[tuple[str, int, str], ...]:
    names = [name for name in (*type_names(), *_GENERIC) if name.count(" ")]
    table = [(plain(name), len(name.split()), name) for name in names]
    return tuple(row for row in table if row[1] <= _LONGEST_NAME)
