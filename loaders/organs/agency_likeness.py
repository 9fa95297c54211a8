"""Names in a damaged text, found by their likeness to entries of the gazetteer."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import lru_cache

from rapidfuzz.distance import Levenshtein

from loaders.organs.gazetteer import Entry, Hit, entries
from loaders.text.reading import fold

_TOKEN = re.compile(r"[^\s,;:.()\[\]“”\"]+")
_ANCHOR_LENGTH = 2
_SHORT_LENGTH = 4
_LIKE = 0.79
# Short words written small are many and long names forgive much: both must be read more surely. So
# must what looks like a name and is none.
_SHORT_CLASS = 10
_LONG_NAME = 40
_SURE = 0.89

_Token = tuple[int, int, str]
_Form = tuple[str, int, Entry]  # without diacritics, number of syllables, entry
# For a syllable: its position in names, whether they start with a capital, and which they are.
_Anchors = dict[str, dict[tuple[int, bool], list[int]]]


def find_like(text: str) -> Iterator[Hit]:
    """Find what looks like a name: about half of its syllables are right, the rest nearly so.

    Of several names at one place the likest is taken.
    """
    tokens = [(m.start(), m.end(), fold(m.group())) for m in _TOKEN.finditer(text)]
    for start, end, token in tokens:
        if token in _short_forms() and text[start:end].isupper():
            yield Hit(start, end, _short_forms()[token], exact=False)
    forms, anchors = _forms()
    best: dict[tuple[int, int], tuple[float, Entry]] = {}
    for (number, first), count in sorted(_votes(text, tokens, anchors).items()):
        form, length, entry = forms[number]
        window = tokens[first : first + length]
        if len(window) < length or count * 2 < length - 1:
            continue
        start, end = window[0][0], window[-1][1]
        likeness = _likeness(text[start:end], form, entry)
        if likeness > best.get((start, end), (0.0, entry))[0]:
            best[start, end] = likeness, entry
    for (start, end), (_, entry) in best.items():
        yield Hit(start, end, entry, exact=False)


def _votes(text: str, tokens: list[_Token], anchors: _Anchors) -> Counter[tuple[int, int]]:
    """Count for each name and each place where it would start how many syllables agree."""
    votes: Counter[tuple[int, int]] = Counter()
    capital = [text[start].isupper() for start, _, _ in tokens]
    for index, (_, _, token) in enumerate(tokens):
        for (position, proper), numbers in anchors.get(token, {}).items():
            first = index - position
            if first >= 0 and (capital[first] or not proper):
                votes.update((number, first) for number in numbers)
    return votes


def _likeness(found: str, form: str, entry: Entry) -> float:
    """Return how like a name a stretch is, 0 if it cannot be it."""
    folded = fold(found)
    if folded[0] != form[0] or any(folded.count(mark) != form.count(mark) for mark in ",;:.()"):
        return 0.0
    short_class = entry.written[0].islower() and len(form) < _SHORT_CLASS
    strict = entry.kind == "none" or short_class or len(form) > _LONG_NAME
    floor = _SURE if strict else _LIKE
    return Levenshtein.normalized_similarity(folded, form, score_cutoff=floor)


@lru_cache(maxsize=1)
def _forms() -> tuple[list[_Form], _Anchors]:
    """Return the names written in full, and for each syllable the places where they have it."""
    forms: list[_Form] = []
    anchors: _Anchors = defaultdict(lambda: defaultdict(list))
    for entry in entries():
        form = fold(entry.written)
        syllables = _TOKEN.findall(form)
        if entry.short or entry.kind == "domain" or len(syllables) < 2:  # noqa: PLR2004
            continue
        for position, syllable in enumerate(syllables):
            if len(syllable) >= _ANCHOR_LENGTH:
                anchors[syllable][position, entry.written[0].isupper()].append(len(forms))
        forms.append((form, len(syllables), entry))
    return forms, anchors


@lru_cache(maxsize=1)
def _short_forms() -> dict[str, Entry]:
    """Return the entries that are one abbreviation, by their letters without diacritics."""
    return {
        fold(entry.written): entry
        for entry in reversed(entries())
        if entry.short and entry.written.isalpha() and len(entry.written) >= _SHORT_LENGTH
    }
