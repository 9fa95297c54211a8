"""What a person types into a search box, as the words and phrases that a text must hold.

Blanks part words, and a text must hold all of them. Words in quotation marks stand side by side in
that order; so do the pieces of a word that has marks inside: `57-NQ/TW` is the phrase 57, nq, tw,
in whichever spelling a text has it. There is no further syntax, so nothing that is typed is wrong.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

import tantivy

from graph.errors import RefusedQueryError

REFUSAL = "search"
LONGEST = 1000
MOST_WORDS = 40
_QUOTED = re.compile(r"[\"“”„«»]([^\"“”„«»]*)[\"“”„«»]|(\S+)")
_QUOTES = re.compile(r"[\"“”„«»]")
# The tone of oa, oe and uy stands on either letter: "hòa" and "hoà" are one word.
_TONES = {
    new: old
    for new_row, old_row in (
        ("oà oá oả oã oạ", "òa óa ỏa õa ọa"),
        ("oè oé oẻ oẽ oẹ", "òe óe ỏe õe ọe"),
        ("uỳ uý uỷ uỹ uỵ", "ùy úy ủy ũy ụy"),
    )
    for new, old in zip(new_row.split(), old_row.split(), strict=True)
}
_NEW_TONE = re.compile("o[àáảãạèéẻẽẹ]|u[ỳýỷỹỵ]")
_LONGEST_WORD = 60


@dataclass(frozen=True, slots=True)
class Word:
    """A word as the index holds it.

    Attributes:
        folded: without case and diacritics.
        exact: without case; None if it has no diacritics, so that it asks for none.
    """

    folded: str
    exact: str | None


@dataclass(frozen=True, slots=True)
class Wording:
    """Words to look for.

    Attributes:
        phrases: each a word, or several that stand side by side.
    """

    phrases: tuple[tuple[Word, ...], ...]

    @property
    def has_diacritics(self) -> bool:
        """Whether a text can differ from the words in nothing but diacritics."""
        return any(word.exact for phrase in self.phrases for word in phrase)


@lru_cache(maxsize=1)
def folding() -> tantivy.TextAnalyzer:
    """Return the analyser of spelled texts that drops diacritics, "đ" too."""
    return _analyser().filter(tantivy.Filter.ascii_fold()).build()


@lru_cache(maxsize=1)
def keeping() -> tantivy.TextAnalyzer:
    """Return the analyser of spelled texts that leaves their words as they are."""
    return _analyser().build()


def _analyser() -> tantivy.TextAnalyzerBuilder:
    builder = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
    return builder.filter(tantivy.Filter.remove_long(_LONGEST_WORD))


def composed(text: str) -> str:
    """Return a text in Unicode's composed form, in which the analysers find its words."""
    return unicodedata.normalize("NFC", text)


def spelled(text: str) -> str:
    """Return a composed text in lower case with every tone mark in one of its two places."""
    return _NEW_TONE.sub(lambda found: _TONES[found[0]], text.lower())


def parse_wording(typed: str) -> Wording:
    """Read what a person typed; without any word in it, it asks for nothing.

    Raises:
        RefusedQueryError: it is longer than anybody types.
    """
    if len(typed) > LONGEST:
        message = f"words to search for may be {LONGEST} characters long, not {len(typed)}"
        raise RefusedQueryError(REFUSAL, message)
    chunks = (quoted or plain for quoted, plain in _QUOTED.findall(composed(typed)))
    phrases = tuple(phrase for chunk in chunks if (phrase := _phrase(_QUOTES.sub(" ", chunk))))
    if sum(map(len, phrases)) > MOST_WORDS:
        message = f"a search may have {MOST_WORDS} words, not {sum(map(len, phrases))}"
        raise RefusedQueryError(REFUSAL, message)
    return Wording(phrases)


def _phrase(chunk: str) -> tuple[Word, ...]:
    return tuple(
        Word(folded, exact if exact != folded else None)
        for exact in keeping().analyze(spelled(chunk))
        for folded in folding().analyze(exact)
    )
