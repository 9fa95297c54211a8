"""Letter-spaced text: "N g h ị đ ị n h" is "Nghị định".

A heading set wide, or a text whose accented letters came from another font, is read with blanks
inside its words. The blanks between words are then found again by the shape of the syllables.
"""

import re
from collections.abc import Sequence

from loaders.text.syllables import is_syllable

_NUMBER = re.compile(r"\d+(?:[/.-]\d+)*(?:[/-][A-ZĐƯ]+(?:-[A-ZĐƯ]+)*)?")
_LETTERS = re.compile(r"[^\W\d_]+")
_NUMBER_SIGNS = re.compile(r"[\d/.A-ZĐƯ-]{1,20}")
_LONGEST_SYLLABLE = 7  # "nghiêng"
_ONSETLESS = re.compile(r"[^bcdđghklmnpqrstvx]", re.IGNORECASE)

# A few pieces are needed before blanks inside words can be told from a list of letters.
_FEWEST = 6
_SPACED_FROM = 0.3
_PIECE = re.compile(r"[^\W\d_]|\W|[bcdghklmnpqrstvxđ®ñ]{2,3}", re.IGNORECASE)


def is_spaced(pieces: Sequence[str]) -> bool:
    """Tell whether many pieces of a line, parted by blanks, are less than words.

    Such are single letters and groups of consonants: "Ngh ị đ ị nh".
    """
    parts = sum(_PIECE.fullmatch(piece) is not None for piece in pieces)
    return len(pieces) >= _FEWEST and parts >= _SPACED_FROM * len(pieces)


def group_pieces(pieces: Sequence[str]) -> list[int]:
    """Return how many pieces each word takes, so that the words are syllables and numbers.

    Of all ways the one with the fewest words is taken; a word that is neither syllable nor number
    counts for many, one without an onset for a little more than another.
    """
    costs, sizes = [0.0], [0]
    for end in range(1, len(pieces) + 1):
        best, size, word = float("inf"), 1, ""
        for start in range(end - 1, -1, -1):
            word = pieces[start] + word
            cost = costs[start] + _cost(word, start + 1 < end)
            if cost < best:
                best, size = cost, end - start
            if len(word) > _LONGEST_SYLLABLE and not _NUMBER_SIGNS.fullmatch(word):
                break
        costs.append(best)
        sizes.append(size)
    groups: list[int] = []
    end = len(pieces)
    while end:
        groups.append(sizes[end])
        end -= sizes[end]
    return groups[::-1]


def _cost(word: str, joined: bool) -> float:
    if is_syllable(word):
        lonely = len(word) == 1
        return 2.5 if lonely else 1.5 if _ONSETLESS.match(word) else 1.0
    if _NUMBER.fullmatch(word):
        return 1.0
    if joined:
        return float("inf")
    return 6.0 if _LETTERS.fullmatch(word) else 1.0
