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


def read_plain(text: str) -> Reading:
    """Compose a text to NFC, remembering where each character came from."""
    chars: list[str] = []
    starts, ends = array("I"), array("I")
    position = 0
    while position < len(text):
        end = position + 1
        while end < len(text) and unicodedata.combining(text[end]):
            end += 1
        for char in unicodedata.normalize("NFC", text[position:end]):
            chars.append(char)
            starts.append(position)
            ends.append(end)
        position = end
    return Reading("".join(chars), starts, ends)


def select(reading: Reading, pieces: "list[tuple[int, int] | str]") -> Reading:
    """Build a reading from pieces of another: index pairs are kept, strings are put in.

    A string that is put in (a blank for a line break) leads back to the place between its
    neighbours.
    """
    chars: list[str] = []
    starts, ends = array("I"), array("I")
    last = 0
    for piece in pieces:
        if isinstance(piece, str):
            chars.append(piece)
            starts.extend([last] * len(piece))
            ends.extend([last] * len(piece))
        else:
            first, stop = piece
            chars.append(reading.text[first:stop])
            starts.extend(reading.starts[first:stop])
            ends.extend(reading.ends[first:stop])
            last = ends[-1] if first < stop else last
    return Reading("".join(chars), starts, ends)
