"""A normalised view of a text, with the way back to the source for every character."""

import unicodedata
from array import array
from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache

from loaders.document import Span


@dataclass(frozen=True, slots=True)
class Reading:
    """Text made easy to match, each character of which knows the stretch of source it came from.

    `starts[i]` and `ends[i]` are the source offsets (code points) of `text[i]`; both rise.
    """

    text: str
    starts: "array[int]"
    ends: "array[int]"

    def span(self, start: int, end: int) -> Span:
        """Return the source span of `text[start:end]`, which must not be empty."""
        return Span(self.starts[start], self.ends[end - 1])

    def index(self, offset: int) -> int:
        """Return the index of the first character that starts at or after a source offset."""
        return bisect_left(self.starts, offset)


class _FoldTable(dict[int, str]):
    """A translate table that folds each code point once, when it is first met."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        base = unicodedata.normalize("NFD", char)[0].lower()
        folded = {"đ": "d", "ð": "d"}.get(base, base[:1] or char)
        self[code] = folded
        return folded


_FOLD = _FoldTable()


@lru_cache(maxsize=256)
def fold(text: str) -> str:
    """Lower-case and drop diacritics (đ becomes d), code point by code point: length is kept.

    The text should be NFC: `len(fold(text)) == len(text)` always holds, so an index into the
    folded text is an index into the text.
    """
    return text.translate(_FOLD)
