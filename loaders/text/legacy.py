"""Vietnamese text in TCVN3 or VNI, as bytes or as the Latin-1 characters they were taken for."""

import re
import unicodedata
from collections.abc import Iterable, Iterator

from loaders.text.codepages import CODEPAGES, has_vowel, latin_text
from loaders.text.legacy_lines import Candidate, judge, settle, tally
from loaders.text.legacy_words import edits_of
from loaders.text.reading import Edit, Reading, rewrite
from loaders.text.syllables import is_syllable

WINDOWS_1258 = "windows-1258"
"""The code page of Windows for Vietnamese: letters, and tone marks that follow them."""

# What Unicode Vietnamese does not have: other Latin-1 codes, and most of the pairs of VNI. Where
# there is none of them there is nothing to convert, which is known fast.
_LATIN_VIETNAMESE = frozenset("àáâãèéêìíòóôõùúýÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝ")
_CODES = {char for page in CODEPAGES.values() for code in page.letters for char in code}
_SIGNS = "".join(sorted(char for char in _CODES - _LATIN_VIETNAMESE if not char.isascii()))
_SUSPECT = re.compile(f"[{_SIGNS}]|[aeAE][âáàãÂÁÀÃ]|[oO][âÂ]|[aA][êéèúÊÉÈÚ]|[aeouyAEOUY][ùõÙÕ]")
_LINE = re.compile(r"[^\n]+")
_SOFT_HYPHEN = re.compile(r"(?P<number>(?<=[0-9A-ZĐƯ])\xad(?=\s*[0-9A-ZĐƯ]))|\xad")

# As many bytes as tell the encoding of a file, and the share of its words that must be syllables.
_SAMPLE = 1 << 20
_ENOUGH = 0.8
_MARKED_WORD = re.compile(r"[^\W\d_]*[^\W\d_\x00-\x7f][^\W\d_]*")


def convert(reading: Reading) -> Reading:
    """Return the Unicode reading of a text that is in TCVN3 or VNI, wholly or in some lines.

    In those lines words that were letter-spaced are closed up. In all others only soft hyphens go:
    between the parts of a document number they are read as the hyphens that a PDF printed with
    them, elsewhere they are left out.

    Returns:
        The very same reading if nothing is to be changed.
    """
    text = reading.text
    if not _SUSPECT.search(text):
        return reading
    lines = _legacy_lines(text)
    if not lines and "\xad" not in text:
        return reading
    return rewrite(reading, _edits(text, lines))


def decode_legacy(data: bytes, name: str) -> str:
    """Decode bytes that are in the codepage of that name, "tcvn3" or "vni"; none are refused."""
    page = CODEPAGES[name]
    lines = []
    for line in latin_text(data).split("\n"):
        parts, position = [], 0
        for edit in () if line.isascii() else edits_of(line, page):
            parts += [line[position : edit.start], edit.text]
            position = edit.stop
        lines.append("".join([*parts, line[position:]]))
    return "\n".join(lines)


def recognise(data: bytes) -> str | None:
    """Name the single-byte encoding in which the words of Vietnamese text become syllables.

    Returns:
        "tcvn3", "vni", "windows-1258", or None if most words are syllables in none of them.
    """
    first = next((match.start() for match in re.finditer(rb"[\x80-\xff]", data)), 0)
    sample = data[first and data.rfind(b"\n", 0, first) + 1 :][:_SAMPLE]
    shares = []
    for page in CODEPAGES.values():
        found = tally(page, latin_text(sample))
        good = found.gains + found.either
        shares.append((good / max(good + found.against + found.unicode, 1), good, page.name))
    if _is_decodable(data):
        text = unicodedata.normalize("NFC", sample.decode(WINDOWS_1258))
        words = [word for word in _MARKED_WORD.findall(text) if has_vowel(word)]
        good = sum(map(is_syllable, words))
        shares.append((good / max(len(words), 1), good, WINDOWS_1258))
    share, _, name = max(shares)
    return name if share >= _ENOUGH else None


def _is_decodable(data: bytes) -> bool:
    try:
        data.decode(WINDOWS_1258)
    except UnicodeDecodeError:
        return False
    return True


def _legacy_lines(text: str) -> list[tuple[int, int, Candidate]]:
    """Find the lines in a legacy encoding; with each of them where it starts and ends."""
    if not any(judge(line).best for line in _suspect_lines(text)):
        return []
    lines = list(_LINE.finditer(text))
    chosen = settle([judge(line.group()) for line in lines])
    return [(*line.span(), found) for line, found in zip(lines, chosen, strict=True) if found]


def _suspect_lines(text: str) -> Iterator[str]:
    position = 0
    while match := _SUSPECT.search(text, position):
        start = max(text.rfind("\n", position, match.start()) + 1, position)
        end = text.find("\n", match.start())
        position = end if end >= 0 else len(text)
        yield text[start:position]


def _edits(text: str, lines: Iterable[tuple[int, int, Candidate]]) -> Iterator[Edit]:
    position = 0
    for start, end, found in lines:
        yield from _hyphen_edits(text, position, start)
        yield from _line_edits(start, end, found)
        position = end
    yield from _hyphen_edits(text, position, len(text))


def _line_edits(start: int, end: int, found: Candidate) -> Iterator[Edit]:
    if isinstance(found.kept, range):
        yield from edits_of(found.text, found.page, start)
        return
    # Blanks have gone from inside the words, so the line is read anew as a whole.
    line = Reading(found.text, found.kept, [index + 1 for index in found.kept])
    closed = rewrite(line, edits_of(found.text, found.page))
    yield Edit(start, end, closed.text, [*closed.starts, end - start])


def _hyphen_edits(text: str, start: int, end: int) -> Iterator[Edit]:
    for match in _SOFT_HYPHEN.finditer(text, start, end):
        if match["number"]:
            yield Edit(match.start(), match.end(), "-", (0, 1))
        else:
            yield Edit(match.start(), match.end(), "", (1,))
