import unicodedata

import pytest

from graph.errors import RefusedQueryError
from graph.index.wording import LONGEST, MOST_WORDS, parse_wording, spelled


@pytest.mark.parametrize(
    ("typed", "phrases"),
    [
        # Blanks part words.
        ("tỉnh ủy", [["tinh"], ["uy"]]),
        # Case, and the stroke of the đ, are dropped like diacritics.
        ("ĐẢNG", [["dang"]]),
        # Words in quotation marks of any sort stand together.
        ('"chuyển đổi số" quốc gia', [["chuyen", "doi", "so"], ["quoc"], ["gia"]]),
        ("“chuyển đổi” «số»", [["chuyen", "doi"], ["so"]]),
        # So do the pieces of a word with marks inside.
        ("57-NQ/TW", [["57", "nq", "tw"]]),
        ("03-NQ/CP năm", [["03", "nq", "cp"], ["nam"]]),
        # Marks alone are no words.
        ("!!! ( ) ??", []),
        ("", []),
        ('""', []),
        # A quotation mark that is not closed parts words.
        ('"tỉnh ủy', [["tinh"], ["uy"]]),
        # What a search engine's own syntax would take for operators are words, or nothing.
        ("title:x AND -y*", [["title", "x"], ["and"], ["y"]]),
        # Another alphabet is kept as it is.
        ("法律 привет", [["法律"], ["привет"]]),
    ],
)
def test_wording(typed: str, phrases: list[list[str]]) -> None:
    wording = parse_wording(typed)

    assert [[word.folded for word in phrase] for phrase in wording.phrases] == phrases


@pytest.mark.parametrize(
    ("typed", "exact"),
    [
        # A word without diacritics asks for none.
        ("tinh ủy", [None, "ủy"]),
        # The tone mark of oa, oe, uy may stand on either letter.
        ("văn hoá uỷ", ["văn", "hóa", "ủy"]),
        ("văn hóa ủy", ["văn", "hóa", "ủy"]),
        ("UBND", [None]),
    ],
)
def test_diacritics_that_are_asked_for(typed: str, exact: list[str | None]) -> None:
    wording = parse_wording(typed)

    assert [word.exact for phrase in wording.phrases for word in phrase] == exact
    assert wording.has_diacritics == any(exact)


def test_decomposed_letters_are_composed_first() -> None:
    assert parse_wording(unicodedata.normalize("NFD", "tỉnh ủy")) == parse_wording("tỉnh ủy")


def test_spelling_keeps_the_number_of_letters() -> None:
    assert len(spelled("Hoà bình, KHOẺ, uỷ quyền")) == len("Hoà bình, KHOẺ, uỷ quyền")


def test_a_tone_on_either_letter_is_one_spelling() -> None:
    on_the_last = "oà oá oả oã oạ oè oé oẻ oẽ oẹ uỳ uý uỷ uỹ uỵ"
    on_the_first = "òa óa ỏa õa ọa òe óe ỏe õe ọe ùy úy ủy ũy ụy"

    assert spelled(on_the_last) == spelled(on_the_last.upper()) == on_the_first
    assert spelled(on_the_first) == spelled(on_the_first.upper()) == on_the_first


@pytest.mark.parametrize(
    "typed",
    [
        # Longer than anybody types: a megabyte of one letter, of words, of quotation marks.
        "a" * (LONGEST + 1),
        "a " * 500_000,
        '"' * 1_000_000,
        # Short enough, but of too many words.
        "a " * (MOST_WORDS + 1),
        "-".join("a" * (MOST_WORDS + 1)),
    ],
)
def test_too_long(typed: str) -> None:
    with pytest.raises(RefusedQueryError) as caught:
        parse_wording(typed)

    assert caught.value.rule == "search"
