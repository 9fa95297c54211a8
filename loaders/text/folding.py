"""The text that deadlines and indicators are matched on: folded, as long as the original."""

import re
import unicodedata
from functools import lru_cache

from loaders.text.layout import Layout
from loaders.text.reading import fold

# A scan reads letters as digits inside a word ("t6i thiểu", "t01 thiểu", "dự &n"); a token that
# mixes both is a word there, never a number.
_MIXED = re.compile(r"(?<![\w%&/.,-])(?=[a-z&€016]*[a-z])(?=[a-z]*[&€016])[a-z&€016]+(?![\w&€])")
_MENDED = str.maketrans("&€016", "aeooo")
_ONE_AS_I = str.maketrans("1", "i")


def folded_text(layout: Layout) -> str:
    """Return the flat text in lower case without diacritics, index by index.

    In a damaged text digits inside words become the letters they were misread from.
    """
    return _mended(layout.flat.text) if layout.damaged else fold(layout.flat.text)


@lru_cache(maxsize=8)
def _mended(text: str) -> str:
    return _MIXED.sub(lambda m: m.group().translate(_ONE_AS_I).translate(_MENDED), fold(text))


def tone_key(text: str) -> str:
    """Spell a word so that the two ways to place a tone mark, and i and y, are the same.

    "hóa" and "hoá", "kỳ" and "kì" get one key; "tỉnh" and "tính" two.
    """
    return " ".join(_syllable_key(word) for word in text.lower().split())


@lru_cache(maxsize=4096)
def _syllable_key(word: str) -> str:
    marks = sorted(mark for letter in word for mark in _marks(letter))
    return fold(word).replace("y", "i") + "".join(marks)


@lru_cache(maxsize=512)
def _marks(letter: str) -> tuple[str, ...]:
    if letter == "đ":
        return ("đ",)
    return tuple(unicodedata.normalize("NFD", letter)[1:])


def either(words: str) -> str:
    """Return a pattern for any of some words, given in Vietnamese with commas between them.

    The words are folded and tried from the longest: either("đạt, đạt mức") is "(?:dat muc|dat)".
    """
    folded = {fold(word.strip()) for word in words.split(",")}
    return (
        f"(?:{'|'.join(sorted((re.escape(word) for word in folded), key=lambda w: (-len(w), w)))})"
    )
