"""A normalised view of a text, with the way back to the source for every character."""

import re
import unicodedata
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from loaders.document import Span

# What a reading has instead of single characters of the source.
_PLAIN = (
    # Zero-width blanks and joiners, direction marks and the byte order mark are left out.
    dict.fromkeys("\u180e\u200b\u200c\u200d\u200e\u200f\u2060\ufeff", "")
    | dict.fromkeys("\u202a\u202b\u202c\u202d\u202e", "")
    # Blanks of every width.
    | dict.fromkeys(["\u00a0", "\u1680", "\u202f", "\u205f", "\u3000"], " ")
    | dict.fromkeys(map(chr, range(0x2000, 0x200B)), " ")
    # Windows-1252 punctuation that was taken for control characters: "\x93" is “.
    | {chr(code): bytes([code]).decode("cp1252", "ignore") for code in range(0x80, 0xA0)}
    # Line breaks of word processors; "\r\n" is seen to before.
    | dict.fromkeys("\r\v\u2028\u2029", "\n")
)
_PLAIN_CODES = str.maketrans(_PLAIN)


@dataclass(frozen=True, slots=True)
class Reading:
    """Text made easy to match, each character of which knows the stretch of source it came from.

    `starts[i]` and `ends[i]` are the source offsets (code points) of `text[i]`. Both rise, except
    that a note which was lifted out of the paragraph around it stands behind that paragraph:
    `turns` lists the indexes at which the source offsets fall back.
    """

    text: str
    starts: Sequence[int]
    ends: Sequence[int]
    turns: tuple[int, ...] = ()

    def span(self, start: int, end: int) -> Span:
        """Return the source span of `text[start:end]`, which must not be empty."""
        return Span(self.starts[start], self.ends[end - 1])

    def index(self, offset: int) -> int:
        """Return the index of the first character that starts at or after a source offset."""
        best = len(self.text)
        for first, stop in pairwise((0, *self.turns, len(self.text))):
            found = bisect_left(self.starts, offset, first, stop)
            if found < stop and (best == len(self.text) or self.starts[found] < self.starts[best]):
                best = found
        return best


class _FoldTable(dict[int, str]):
    """A translate table that folds each code point once, when it is first met."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        base = unicodedata.normalize("NFD", char)[0].lower()
        # Some PDF fonts give ư as the Latin letter OI: "địa phƣơng".
        folded = {"đ": "d", "ð": "d", "ƣ": "u"}.get(base, base[:1] or char)
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
    """Compose a text to NFC, with ordinary blanks and line breaks and without invisible characters.

    Each carriage return, alone or before a line feed, becomes one line break. A soft hyphen stays:
    in text that was TCVN3 it is the letter ư, which `legacy.convert` decides.
    """
    special = _special(text)
    if special is None:
        return Reading(text, range(len(text)), range(1, len(text) + 1))
    parts: list[str] = []
    starts, ends = array("I"), array("I")
    position = 0
    for match in special.finditer(text):
        start, end = match.span()
        if match.lastgroup == "marks" and start > position:
            start -= 1
        parts.append(text[position:start])
        starts.extend(range(position, start))
        ends.extend(range(position + 1, start + 1))
        plain = _plain(text[start:end])
        parts.append(plain)
        starts.extend([start] * len(plain))
        ends.extend([end] * len(plain))
        position = end
    parts.append(text[position:])
    starts.extend(range(position, len(text)))
    ends.extend(range(position + 1, len(text) + 1))
    return Reading("".join(parts), starts, ends)


def _special(text: str) -> "re.Pattern[str] | None":
    """Return a pattern for the places where a reading differs from the text, None if it does not.

    Only the characters that the text has go into the pattern, so that any script is served and
    the search stays fast.
    """
    marks, singles = [], []
    for char in sorted(set(text)):
        if unicodedata.combining(char):
            marks.append(char)
        elif char in _PLAIN or not unicodedata.is_normalized("NFC", char):
            singles.append(char)
    if not singles and (not marks or unicodedata.is_normalized("NFC", text)):
        return None
    # No letter has 30 marks; sorting a longer row of them would take quadratic time.
    mark = f"[{re.escape(''.join(marks))}]{{1,30}}" if marks else r"(?!)"
    single = f"[{re.escape(''.join(singles))}]" if singles else r"(?!)"
    return re.compile(rf"(?P<marks>{mark})|(?:\r\n|{single})(?:{mark})?")


@lru_cache(maxsize=1 << 14)
def _plain(cluster: str) -> str:
    return unicodedata.normalize("NFC", cluster.replace("\r\n", "\n").translate(_PLAIN_CODES))


def select(reading: Reading, pieces: "Iterable[tuple[int, int] | str]") -> Reading:
    """Build a reading from pieces of another: index pairs are kept, strings are put in.

    A string that is put in (a blank for a line break) leads back to the place behind its left
    neighbour. Pieces usually come in the order of the text; where one falls back, a turn is noted.
    """
    chars: list[str] = []
    turns: list[int] = []
    starts, ends = array("I"), array("I")
    last = 0
    for piece in pieces:
        if isinstance(piece, str):
            chars.append(piece)
            starts.extend([last] * len(piece))
            ends.extend([last] * len(piece))
        elif piece[0] < piece[1]:
            first, stop = piece
            if reading.starts[first] < last:
                turns.append(len(starts))
            chars.append(reading.text[first:stop])
            starts.extend(reading.starts[first:stop])
            ends.extend(reading.ends[first:stop])
            last = ends[-1]
    return Reading("".join(chars), starts, ends, tuple(turns))


@dataclass(frozen=True, slots=True)
class Edit:
    """A stretch of a reading that is to be read otherwise.

    `cuts` tells where each character of `text` begins in the stretch, counted from its start, and
    ends with the stretch's length. A character that the source lacks begins where the next does.
    """

    start: int
    stop: int
    text: str
    cuts: Sequence[int]


def rewrite(reading: Reading, edits: Iterable[Edit]) -> Reading:
    """Build a reading from another by edits in rising order, which must not overlap."""
    parts: list[str] = []
    starts, ends = array("I"), array("I")
    position = mapped = 0
    for edit in edits:
        parts += [reading.text[position : edit.start], edit.text]
        position = edit.stop
        if tuple(edit.cuts) == tuple(range(edit.stop - edit.start + 1)):
            continue  # letter for letter: the offsets stay, and are copied with their neighbours
        starts.extend(reading.starts[mapped : edit.start])
        ends.extend(reading.ends[mapped : edit.start])
        starts.extend(reading.starts[edit.start + cut] for cut in edit.cuts[:-1])
        ends.extend(reading.ends[edit.start + cut - 1] for cut in edit.cuts[1:])
        mapped = edit.stop
    text = "".join([*parts, reading.text[position:]])
    if not mapped:
        return Reading(text, reading.starts, reading.ends)
    starts.extend(reading.starts[mapped:])
    ends.extend(reading.ends[mapped:])
    return Reading(text, starts, ends)
