"""What scanners confuse: letters and digits that look alike, and likeness of damaged words."""

import re
from functools import lru_cache

from rapidfuzz import fuzz

from loaders.text.reading import fold

# Groups of characters that a scan swaps for one another. "QĐ-TTg" comes out as "QB-TTg" when the
# bar of the Đ is faint, "NQ" as "NO", "QH15" as "QHI5".
_ALIKE = (
    "ĐDBPÐÞbdpđ",
    "ĐĐE",
    "QO0GC",
    "QqA",
    "Il1|iTJj!",
    "T7Y",
    "S5s8",
    "B8ER3",
    "Zz2",
    "gq9sye6G&",
    "UVuvƯưÚÙ",
    "NHMKR",
    "CGcEe(",
    "PFpB",
    "rtfn",
    "WVwv",
    "KXRH",
    "LIEl",
    # Small letters whose marks are lost: "Quéc hdi" for "Quốc hội", "Thi tudng" for "Thủ tướng".
    "odebac",
    "uiydvwr",
    "aie",
    "hnb",
    "itlj",
)
_NEAR = 0.25
_SAME = 0.1
_DIGITS = str.maketrans("OoQDIli|!SsBbGZzgq", "000011111558662299")


def _pairs() -> dict[tuple[str, str], float]:
    table = {(a, b): _NEAR for group in _ALIKE for a in group for b in group}
    table.update({(a, b): _SAME for group in ("ĐDđdÐ", "UƯưu", "O0") for a in group for b in group})
    return table


_PAIRS = _pairs()


def repair_digits(text: str) -> str:
    """Return a run of digits with the letters that a scan put in for them set right."""
    return text.translate(_DIGITS)


@lru_cache(maxsize=4096)
def distance(damaged: str, known: str) -> float:
    """Return the edit distance from a damaged code to a known one, cheap for look-alikes."""
    row = [float(column) for column in range(len(known) + 1)]
    for i, char in enumerate(damaged, 1):
        before, row = row, [float(i)]
        for j, other in enumerate(known, 1):
            swap = before[j - 1] + _cost(char, other)
            row.append(min(swap, before[j] + 1.0, row[j - 1] + 1.0))
    return row[-1]


def closest(damaged: str, known: tuple[str, ...], limit: float) -> str | None:
    """Return the one known code within `limit` of a damaged one; None where two are as near."""
    scored = sorted((distance(damaged, code), code) for code in known)
    if not scored or scored[0][0] > limit:
        return None
    if len(scored) > 1 and scored[1][0] - scored[0][0] < _SAME / 2:
        return None
    return scored[0][1]


def plain(words: str) -> str:
    """Return words as a scan may leave them: no diacritics, look-alike signs made letters."""
    return re.sub(r"\s+", " ", fold(words).translate(_LETTERS)).strip()


_LETTERS = str.maketrans("&6501|!jy", "eoooliiii")


def likeness(damaged: str, known: str) -> float:
    """Return how alike two phrases look, 0 to 100, both folded by `plain`.

    Letters that a scan confuses count as half alike; that is weighed only where it may matter.
    """
    score = fuzz.ratio(damaged, known)
    if not _DOUBTFUL <= score < _SURE:
        return score
    length = max(len(damaged), len(known))
    return max(score, 100.0 * (1.0 - distance(damaged, known) / length))


_DOUBTFUL, _SURE = 60.0, 100.0


def _cost(char: str, other: str) -> float:
    if char == other:
        return 0.0
    if char.casefold() == other.casefold():
        return _SAME / 2
    return _PAIRS.get((char, other), 1.0)
