"""The words that the agency grammars are made of, matched in sound and in damaged texts."""

import re
from functools import lru_cache

from loaders.organs.gazetteer import plain
from loaders.text.reading import fold

# Every word that may stand in a label; the longest that fits is taken.
VOCABULARY = (
    "các cấp", "các địa phương", "cấp", "các", "những", "tất cả", "từng", "mỗi", "mọi",
    "tỉnh", "thành phố", "quận", "huyện", "thị xã", "xã", "phường", "thị trấn", "đặc khu",
    "cơ sở", "trực thuộc", "trung ương", "cơ quan ngang bộ", "cơ quan thuộc chính phủ",
    "cơ quan trung ương", "sở", "bộ", "ban", "ngành", "tỉnh ủy", "thành ủy", "huyện ủy", "thị ủy",
    "quận ủy", "đảng ủy", "đảng bộ", "cơ quan", "đơn vị", "tổ chức", "địa phương", "có",
    "liên quan", "hữu quan", "và", "ở", "của", "thuộc",
)  # fmt: skip
# A capital letter of the Vietnamese alphabet, for character classes.
CAPITAL = "A-ZÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝĂĐĨŨƠƯẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸ"
_SYLLABLE = re.compile(r"([bcdghklmnpqrstvx]*)([a-z]*?)(ch|nh|ng|[cmnpt])?")
_ANY_VOWEL = "[a-z0-9&¢€]"
_JOINT = re.compile(r" ?[,;/] ?| ?[-–] ?")
_PROPER = (("trung ương", "Trung ương"), ("chính phủ", "Chính phủ"))


class Words:
    """How phrases are spelled in a text: with diacritics, or with the vowels of a bad scan open."""

    def __init__(self, *, damaged: bool) -> None:
        self.damaged = damaged
        phrases = sorted(VOCABULARY, key=len, reverse=True)
        self._known = [(re.compile(self.phrase(phrase) + r"(?!\w)"), phrase) for phrase in phrases]

    def spell(self, text: str) -> str:
        """Return the text in the spelling that the patterns match, as long as the original."""
        return fold(text) if self.damaged else plain(text)

    def phrase(self, phrase: str) -> str:
        """Return a pattern for one phrase."""
        if not self.damaged:
            return re.escape(plain(phrase))
        return " ".join(_loose(syllable) for syllable in fold(phrase).split())

    def any(self, *phrases: str) -> str:
        """Return a pattern for any one of the phrases, longer ones first."""
        longest_first = sorted(phrases, key=len, reverse=True)
        return f"(?:{'|'.join(self.phrase(phrase) for phrase in longest_first)})"

    def label(self, words: str) -> str:
        """Spell matched words canonically, their commas too: "thanh phé" gives "thành phố"."""
        words = _JOINT.sub(", ", words.strip())
        label = ", ".join(self._known_words(part) for part in words.split(", "))
        for common, proper in _PROPER:
            label = label.replace(common, proper)
        return label

    def _known_words(self, words: str) -> str:
        words = re.sub(r"\btp\b\.?", "thành phố", words)
        if not self.damaged:
            return words
        found: list[str] = []
        position = 0
        while position < len(words):
            phrase, end = self._phrase_at(words, position)
            found.append(phrase)
            position = end + 1
        return " ".join(found)

    def _phrase_at(self, words: str, position: int) -> tuple[str, int]:
        for pattern, phrase in self._known:
            if match := pattern.match(words, position):
                return phrase, match.end()
        end = words.find(" ", position)
        end = len(words) if end < 0 else end
        return words[position:end], end


@lru_cache(maxsize=2)
def words_of(*, damaged: bool) -> Words:
    """Return the words for sound or for damaged texts."""
    return Words(damaged=damaged)


def _loose(syllable: str) -> str:
    """Leave the vowels of a syllable open, which are what a bad scan gets wrong."""
    match = _SYLLABLE.fullmatch(syllable)
    if match is None:
        return re.escape(syllable)
    onset, vowels, coda = match.group(1), len(match.group(2)), match.group(3) or ""
    if not onset and not coda:
        return f"[a-z]{{0,{vowels}}}{syllable[-1]}"  # "ủy" read "iy", "fiy"
    more = vowels + (1 if coda or vowels > 1 else 0)
    return f"{onset}{_ANY_VOWEL}{{{vowels},{more}}}{coda}"
