import re
import unicodedata
from pathlib import Path

import pytest

from loaders.text.syllables import is_syllable

CORPUS = Path(__file__).parents[2] / "corpus"


@pytest.mark.parametrize(
    "word",
    [
        # Every part may be missing but the vowel.
        "ở", "ông", "nghị", "quyết", "nghiêng", "khuya", "uỷ", "yêu", "ngoằn",
        # Both places of the tone mark are used where a glide opens the rhyme.
        "hòa", "hoà", "thúy", "thuý",
        # "qu" and "gi" are onsets that share a vowel letter with the rhyme.
        "quốc", "quỹ", "quân", "gì", "giếng", "giữ", "già",
        # Case does not matter, nor do decomposed letters.
        "Đảng", "NGHỊ", unicodedata.normalize("NFD", "Việt"),
    ],
)  # fmt: skip
def test_is_syllable(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize(
    "word",
    [
        # No vowel, no letters.
        "", "ngh", "đ", "15",
        # A stop needs sắc or nặng.
        "quyet", "cac", "hàch",
        # Letters that no rhyme has.
        "hién", "trién", "thaùng", "ñònh", "ngµy", "Internet", "data",
        # Onset and vowel that never meet: c and ng before e, i.
        "cê", "ngi", "nghá",
        # Two tone marks, or one on the wrong vowel.
        "hóà", "haì", "nướí", "hòan",
        # Two syllables run together.
        "Nghịquyết",
    ],
)  # fmt: skip
def test_is_no_syllable(word: str) -> None:
    assert not is_syllable(word)


@pytest.mark.parametrize(
    ("name", "low", "high"),
    [
        # Clean text is nearly all syllables; what is left is English and abbreviations.
        ("ninh-binh-ke-hoach-03-nq-cp.md", 0.98, 1.0),
        ("lai-chau-ke-hoach-03-nq-cp.md", 0.98, 1.0),
        # A bad scan has about half.
        ("hung-yen-ke-hoach-44-kh-ubnd.txt", 0.4, 0.7),
    ],
)
def test_share_of_syllables_tells_clean_text_from_damaged(
    name: str, low: float, high: float
) -> None:
    text = (CORPUS / name).read_text(encoding="utf-8")
    words = [word for word in re.findall(r"[^\W\d_]+", text) if not word.isupper()]

    share = sum(map(is_syllable, words)) / len(words)

    assert low <= share <= high
