"""The words of a legacy line in Unicode: which of them are converted, and which are capitals."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from loaders.text.codepages import TCVN3, Codepage, Fit, Word, read_word
from loaders.text.reading import Edit
from loaders.text.syllables import is_syllable

_TELLING = frozenset({Fit.GAIN, Fit.UNICODE, Fit.LOSS})

# A sign that stands alone is itself: a bullet "·", a range "10 ÷ 20". But "®" is đ in "5.000 ®".
_SIGN_LETTERS = "®§"

# Words of plain ASCII that lost an ư where the caret stands: "Th«ng t^", "nh^ sau", "d©n c^",
# "^u tiªn", "H^ng Yªn". Units of measure ("5 t") and the items of a list ("c)") are not meant.
_LOST = re.compile(
    r"(?<!\d )(?<![^\s(\"])"
    r"(?:(?:[nN]h|[tT]h?|(?<=[^\W\d_] )[cs])(?P<last>)"
    r"|(?P<first>)u"
    r"|(?:[b-dghk-npr-tvxB-DGHK-NPR-TVX]|[ckpt]h|tr)(?P<inner>)ng)"
    r"(?=[ ,;:])"
)


class _Found(NamedTuple):
    start: int
    word: Word


def edits_of(line: str, page: Codepage, offset: int = 0) -> Iterator[Edit]:
    """Convert the words of a line that is in the codepage, in their order.

    A line may be half converted: then a word that reads both ways goes with its neighbours, and
    one that reads no way stays if it could be a foreign name.

    Args:
        line: the line.
        page: the codepage that it is in.
        offset: where the line begins in the text that the edits are for.
    """
    found = [
        _Found(match.start(), read_word(page.name, match.group()))
        for match in page.word.finditer(line)
    ]
    legacy = _legacy_words(found)
    capitals = _in_capitals(line, found, page)
    shortened = _shortened(line, page)
    for (start, word), converts, upper in zip(found, legacy, capitals, strict=True):
        text, cuts = (word.text if converts else word.legacy), word.cuts
        if start in shortened:
            place = shortened[start] - start
            text = f"{text[:place]}ư{text[place:]}"
            cuts = (*cuts[: place + 1], *cuts[place:])
        text = text.upper() if upper else text
        if text != word.legacy:
            first = offset + start
            yield Edit(first, first + len(word.legacy), text, cuts)


def _shortened(line: str, page: Codepage) -> dict[int, int]:
    """Return where the words begin that lost an ư, and its place, if the line has none at all."""
    if page is not TCVN3 or "\xad" in line:
        return {}
    found = _LOST.finditer(line)
    return {match.start(): match.start(match.lastgroup or 0) for match in found}


def _legacy_words(found: Sequence[_Found]) -> list[bool]:
    mixed = any(word.fit is Fit.UNICODE for _, word in found)
    telling = [i for i, (_, word) in enumerate(found) if word.fit in _TELLING] if mixed else []
    legacy = []
    for index, (_, word) in enumerate(found):
        if not word.codes:
            legacy.append(False)
        elif len(word.legacy) == 1:
            legacy.append(word.legacy.isalpha() or word.legacy in _SIGN_LETTERS)
        elif mixed:
            legacy.append(_is_unconverted(found, telling, index))
        else:
            legacy.append(word.fit is not Fit.LOSS)
    return legacy


def _is_unconverted(found: Sequence[_Found], telling: Sequence[int], index: int) -> bool:
    """Tell whether a word of a half-converted line is yet to be converted."""
    word = found[index].word
    if word.fit is Fit.NEITHER:
        return not word.legacy.isalpha()
    if word.fit is not Fit.EITHER:
        return word.fit is not Fit.LOSS
    place = bisect_left(telling, index)
    around = telling[max(place - 1, 0) : place + 1]
    nearest = min(abs(other - index) for other in around)
    # Where the two sides disagree the word is left as it is.
    return all(
        found[other].word.fit is Fit.GAIN for other in around if abs(other - index) == nearest
    )


def _in_capitals(line: str, found: Sequence[_Found], page: Codepage) -> Iterator[bool]:
    """Tell which words were shown in capitals although their small codes do not say so.

    "NGHÞ" is sure by its other letters; "Bé" is "BỘ" in "Bé NéI Vô" and "Bộ" in "Bé Néi vô".
    """
    firm = [word.capitals and not page.cased and is_syllable(word.text) for _, word in found]
    if not any(firm):
        return (word.capitals and not page.cased for _, word in found)
    if all(word.cased == word.cased.upper() for _, word in found):
        return (True for _ in found)
    return (
        word.capitals or (word.cased.isupper() and _beside(line, found, firm, index))
        for index, (_, word) in enumerate(found)
    )


def _beside(line: str, found: Sequence[_Found], firm: Sequence[bool], index: int) -> bool:
    """Tell whether only blanks part a word from one that is surely in capitals."""
    for left, other in ((index - 1, index - 1), (index, index + 1)):
        if 0 <= other < len(found) and firm[other]:
            start, word = found[left]
            if line[start + len(word.legacy) : found[left + 1].start].isspace():
                return True
    return False
