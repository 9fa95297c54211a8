"""The well-formed Vietnamese syllable: onset, rhyme and tone, as the orthography allows them.

Text can be judged by the share of such syllables: a legacy encoding read as Latin-1 or a bad scan
has few of them.
"""

import unicodedata
from functools import lru_cache
from itertools import product

_TONES = {"": "", "̀": "huyền", "̉": "hỏi", "̃": "ngã", "́": "sắc", "̣": "nặng"}
_TONED = {
    unicodedata.normalize("NFC", vowel + mark): (vowel, tone)
    for vowel, (mark, tone) in product("aăâeêioôơuưy", _TONES.items())
}

_ONSETS = (
    "", "b", "c", "ch", "d", "đ", "g", "gh", "gi", "h", "k", "kh", "l", "m", "n", "ng", "ngh",
    "nh", "p", "ph", "qu", "r", "s", "t", "th", "tr", "v", "x",
)  # fmt: skip

_WRITTEN = """
    a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
    e ec em en eng eo ep et ê êch êm ên ênh êp êt êu
    i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu
    o oc oi om on ong op ot oa oac oach oai oam oan oang oanh oao oap oat oay
    oăc oăm oăn oăng oăt oe oem oen oeo oet ooc oong
    ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt
    u ua uc ui um un ung up ut uân uâng uât uây uê uêch uên uênh uêt uơ
    uôc uôi uôm uôn uông uôt uy uya uych uyên uyêt uyn uynh uyp uyt uyu
    ư ưa ưc ưi ưm ưn ưng ưt ưu ươ ươc ươi ươm ươn ương ươp ươt ươu
    y yêm yên yêng yêt yêu
"""
_RHYMES = _WRITTEN.split()

_MARKED = "ăâêôơư"
_GLIDES = ("oa", "oe", "oo", "uy")


def _tone_places(rhyme: str) -> frozenset[int]:
    """Return the letters of a rhyme that may bear its tone mark: "hòa" and "hoà" are both used."""
    marked = [index for index, letter in enumerate(rhyme) if letter in _MARKED]
    if marked:
        return frozenset(marked[-1:])
    if rhyme.startswith(_GLIDES):
        return frozenset({0, 1} if rhyme in _GLIDES else {1})
    return frozenset({0})


_PLACES = {rhyme: _tone_places(rhyme) for rhyme in _RHYMES}
# After "qu" the rhyme lacks the u that the onset took: "quyết" is qu + yết, "quốc" qu + ốc.
_AFTER_QU = {
    rhyme: _tone_places(rhyme)
    for rhyme in [*_RHYMES, "ych", "yn", "ynh", "yt", "yu"]
    if rhyme[0] in "aăâeêiơy" or rhyme == "ôc"
}
_STOPS = ("c", "ch", "p", "t")
_FRONT = frozenset("ieêy")


@lru_cache(maxsize=1 << 16)
def is_syllable(word: str) -> bool:
    """Tell whether a word is one well-formed Vietnamese syllable, in any case, NFC or NFD.

    Tone marks may stand in the old place or in the new one ("hòa", "hoà"). A syllable closed by
    c, ch, p or t bears sắc or nặng, so a word that lost its marks ("quyet") is none.
    """
    letters: list[str] = []
    tone, place = "", -1
    for index, char in enumerate(unicodedata.normalize("NFC", word.lower())):
        letter, mark = _TONED.get(char, (char, ""))
        if mark and tone:
            return False
        if mark:
            tone, place = mark, index
        letters.append(letter)
    bare = "".join(letters)
    return any(
        _fits(bare[: len(onset)], bare[len(onset) :], tone, place - len(onset))
        for onset in _ONSETS
        if bare.startswith(onset)
    )


def _fits(onset: str, rhyme: str, tone: str, place: int) -> bool:
    places = (_AFTER_QU if onset == "qu" else _PLACES).get(rhyme)
    if places is None or (tone and place not in places):
        return False
    if rhyme.endswith(_STOPS) and tone not in {"sắc", "nặng"}:
        return False
    if onset in {"gh", "ngh"}:
        return rhyme[0] in _FRONT
    # A plain g may stand before i: "gì", "gìn" and "giếng" are g + rhyme.
    return onset not in {"c", "ng"} or rhyme[0] not in _FRONT
