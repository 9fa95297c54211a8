r"""TCVN3 and VNI, the two encodings of Vietnamese offices before Unicode.

Both kept Vietnamese letters in the upper half of a single-byte character set, so their text comes
down to us either as bytes or as the Latin-1 characters that those bytes were taken for.

TCVN3 (ABC) has one code a letter: "NghÞ ®Þnh" is "Nghị định". It has no capitals with a tone mark:
a font whose name ends in H showed small codes as capitals, so "NGHÞ" is "NGHỊ". Its ư is the code
that Latin-1 has for a soft hyphen, which many programs drop: "tr\xadëng" comes down as "trëng".

VNI writes most letters with two codes, the vowel and its marks: "Nghò ñònh" is "Nghị định" and
"Quyeát" is "Quyết".
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from loaders.text.syllables import is_syllable

# The first five were taken for Turkish (Windows-1254), which differs from Latin-1 in these letters.
_TCVN3_LETTERS = """
    Şị İí Ğé ıý şỵ
    ¡Ă ¢Â £Ê ¤Ô ¥Ơ ¦Ư §Đ ¨ă ©â ªê «ô ¬ơ \xadư ®đ µà ¶ả ·ã ¸á ¹ạ »ằ ¼ẳ ½ẵ ¾ắ Æặ Çầ Èẩ Éẫ Êấ Ëậ
    Ìè Îẻ Ïẽ Ðé Ñẹ Òề Óể Ôễ Õế Öệ ×ì Øỉ Üĩ Ýí Þị ßò áỏ âõ ãó äọ åồ æổ çỗ èố éộ êờ ëở ìỡ íớ îợ
    ïù ñủ òũ óú ôụ õừ öử ÷ữ øứ ùự úỳ ûỷ üỹ ýý þỵ
"""

# Marks that follow a vowel in VNI: none, sắc, huyền, hỏi, ngã, nặng.
_TONES = ("", "\u0301", "\u0300", "\u0309", "\u0303", "\u0323")
_VNI_MARKS = (
    ("aeouyôö", "aeouyơư", ("", "ù", "ø", "û", "õ", "ï")),
    ("aeo", "âêô", ("â", "á", "à", "å", "ã", "ä")),
    ("a", "ă", ("ê", "é", "è", "ú", "ü", "ë")),
)
_VNI_SINGLE = {"í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ", "ñ": "đ"}

_HORNED_O = re.compile("[ơờởỡớợ]", re.IGNORECASE)
# Syllables that hardly occur, so that the common "người" and "dưới" must have lost their ư.
_RARE = frozenset({"ngời", "dới"})

_VOWEL = re.compile("[aeiouyơư]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Codepage:
    """A legacy encoding, its codes seen as the Latin-1 characters of their bytes.

    Attributes:
        name: "tcvn3" or "vni".
        letters: what each code, or vowel with its mark, stands for.
        word: matches a word, codes that Unicode calls symbols included.
        code: matches each code, the longest first.
        cased: whether the case of every letter is known from its code.
    """

    name: str
    letters: Mapping[str, str]
    word: re.Pattern[str]
    code: re.Pattern[str]
    cased: bool


class Fit(IntEnum):
    """What a word tells about the encoding of its line."""

    NOTHING = 0  # it has no code, or no vowel: an abbreviation, a foreign word
    GAIN = 1  # a syllable only when it is converted
    EITHER = 2  # a syllable both as it is and when it is converted
    LOSS = 3  # a syllable only as it is, although it has codes
    NEITHER = 4  # a syllable in no way
    UNICODE = 5  # a syllable as it is, with letters that are no codes


@dataclass(frozen=True, slots=True)
class Word:
    """A word of legacy text, read.

    Attributes:
        legacy: the word as it stands.
        text: the word in Unicode.
        cuts: where each letter of `text` begins in `legacy`, and the length of that; a letter that
            was lost begins where the next one does.
        codes: the codes in it that stand for something other than they look.
        fit: what it tells about the encoding.
        cased: the letters of `text` whose case the codes tell.
        capitals: whether those are more than one, and capitals.
    """

    legacy: str
    text: str
    cuts: tuple[int, ...]
    codes: frozenset[str]
    fit: Fit
    cased: str
    capitals: bool


def _tcvn3() -> Codepage:
    letters = {pair[0]: pair[1] for pair in _TCVN3_LETTERS.split(" ") if pair.strip()}
    return _codepage("tcvn3", letters, cased=False)


def _vni() -> Codepage:
    letters = dict(_VNI_SINGLE)
    for bases, vowels, marks in _VNI_MARKS:
        for (base, vowel), (mark, tone) in (
            (pair, sign)
            for pair in zip(bases, vowels, strict=True)
            for sign in zip(marks, _TONES, strict=True)
        ):
            letters[base + mark] = unicodedata.normalize("NFC", vowel + tone)
    del letters["yï"]
    small = {code: letter for code, letter in letters.items() if not code.isascii()}
    either = {code[0].upper() + code[1:]: letter.upper() for code, letter in small.items()}
    upper = {code.upper(): letter.upper() for code, letter in small.items()}
    return _codepage("vni", small | either | upper, cased=True)


def _codepage(name: str, letters: Mapping[str, str], *, cased: bool) -> Codepage:
    symbols = "".join(sorted({char for code in letters for char in code if not char.isalpha()}))
    longest_first = sorted(letters, key=len, reverse=True)
    return Codepage(
        name=name,
        letters=letters,
        word=re.compile(rf"(?:[^\W\d_]|[{re.escape(symbols)}])+" if symbols else r"[^\W\d_]+"),
        code=re.compile("|".join(map(re.escape, longest_first))),
        cased=cased,
    )


_PUNCTUATION = {
    code: bytes([code]).decode("cp1252", "ignore") or chr(code) for code in range(0x80, 0xA0)
}

TCVN3 = _tcvn3()
VNI = _vni()
CODEPAGES = {page.name: page for page in (TCVN3, VNI)}


@lru_cache(maxsize=1 << 16)
def read_word(name: str, word: str) -> Word:
    """Read a word as text of the codepage of that name."""
    page = CODEPAGES[name]
    parts: list[str] = []
    cuts: list[int] = []
    codes: set[str] = set()
    position = 0
    for match in page.code.finditer(word):
        cuts.extend(range(position, match.start() + 1))
        parts += [word[position : match.start()], page.letters[match.group()]]
        if parts[-1] != match.group():
            codes.add(match.group()[-1])
        position = match.end()
    text = "".join(parts) + word[position:]
    cuts.extend(range(position, len(word) + 1))
    lost = _lost_letter(text) if codes and page is TCVN3 else None
    if lost is not None:
        text = f"{text[:lost]}ư{text[lost:]}"
        cuts.insert(lost, cuts[lost])
    cased = text if page.cased else _of_known_case(page, word)
    fit = _fit(word, text, cased) if codes else _fit_without_codes(page, word)
    return Word(
        word, text, tuple(cuts), frozenset(codes), fit, cased, len(cased) > 1 and cased.isupper()
    )


def _lost_letter(text: str) -> int | None:
    """Return the place where a TCVN3 word lost its ư, None if it lost none."""
    horned = _HORNED_O.search(text)
    if not horned or (is_syllable(text) and text.lower() not in _RARE):
        return None
    place = horned.start()
    return place if is_syllable(f"{text[:place]}ư{text[place:]}") else None


def _fit(word: str, text: str, cased: str) -> Fit:
    if len(word) == 1 or not has_vowel(text):
        return Fit.NOTHING
    as_it_is = is_syllable(word)
    # Damaged text mixes the cases inside a word.
    regular = cased.isupper() or not cased[1:] or cased[1:].islower()
    if regular and is_syllable(text):
        return Fit.EITHER if as_it_is else Fit.GAIN
    return Fit.LOSS if as_it_is else Fit.NEITHER


def _fit_without_codes(page: Codepage, word: str) -> Fit:
    # "ý" is its own code in TCVN3, so it does not tell.
    foreign = any(not char.isascii() and char not in page.letters for char in word)
    return Fit.UNICODE if foreign and is_syllable(word) else Fit.NOTHING


def _of_known_case(page: Codepage, word: str) -> str:
    # The small codes of TCVN3 may be capitals in a font of capitals, so they say nothing.
    letters = ((char, page.letters.get(char)) for char in word)
    return "".join(letter or char for char, letter in letters if not letter or letter.isupper())


def latin_text(data: bytes) -> str:
    """Show bytes as the characters of Windows-1252, the five that it lacks as control codes."""
    return data.decode("latin-1").translate(_PUNCTUATION)


def has_vowel(word: str) -> bool:
    """Tell whether a word has a vowel; "NĐ" and "QĐ" have none."""
    return _VOWEL.search(unicodedata.normalize("NFD", word)) is not None
