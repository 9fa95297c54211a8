import pytest

from loaders.text.spacing import group_pieces, is_spaced


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("N g h ị đ ị n h", True),
        # Only the marked letters stand apart.
        ("Ngh ị đ ị nh số 15/CP c ủ a", True),
        ("Nghị định số 15/CP của Chính phủ", False),
        # Two letters of a list are no letter-spaced word.
        ("a) Sở b) Ban", False),
        ("A B", False),
        ("", False),
    ],
)
def test_is_spaced(text: str, expected: bool) -> None:
    assert is_spaced(text.split()) is expected


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("N g h ị đ ị n h", ["Nghị", "định"]),
        # An onset is preferred: not "cách ành".
        ("c á c h à n h", ["các", "hành"]),
        # Numbers with their signs and the capitals behind them.
        ("s ố 1 5 / C P n g à y 0 2", ["số", "15/CP", "ngày", "02"]),
        ("2 2 / 1 2 / 2 0 2 4", ["22/12/2024"]),
        ("Ngh ị đ ị nh số 15/CP", ["Nghị", "định", "số", "15/CP"]),
        # What is no syllable stays in its pieces.
        ("W w w", ["W", "w", "w"]),
        ("đ ề á n , k ế", ["đề", "án", ",", "kế"]),
        ("", []),
    ],
)
def test_group_pieces(text: str, words: list[str]) -> None:
    pieces = text.split()

    sizes = group_pieces(pieces)

    ends = [sum(sizes[: index + 1]) for index in range(len(sizes))]
    found = ["".join(pieces[end - size : end]) for size, end in zip(sizes, ends, strict=True)]
    assert found == words
