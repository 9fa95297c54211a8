import pytest

from loaders.text.markers import Marker, find_marker
from loaders.text.numbering import Numbering, settle_series


def markers(line: str) -> list[Marker | None]:
    return [find_marker(f"{token} Xây dựng") for token in line.split()]


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        # The Vietnamese series has đ and no f and no j.
        ("a) b) c) d) đ) e) g) h) i) k) l) m)", "a b c d đ e g h i k l m"),
        # A scan's readings of it.
        ("a) b) ¢) d) d) e) 2) h) i) k) 1)", "a b c d đ e g h i k l"),
        ("a) 6) ©) đ) d)", "a b c d đ"),
        ("h) i) k) I) m)", "h i k l m"),
        # Numbers in brackets stay numbers.
        ("1) 2) 3)", "1 2 3"),
        # A new numbered list under a letter, told by the 2 that follows.
        ("k) 1) 2) l)", "k 1 2 l"),
        # A heading between lets the series begin anew.
        ("a) b) 2. a) b)", "a b 2 a b"),
        # Bullets between do not.
        ("a) - + - b) ¢)", "a - + - b c"),
        # A letter left out.
        ("a) c) d)", "a c d"),
    ],
)
def test_settle_series(read: str, meant: str) -> None:
    settled = settle_series(markers(read))

    assert [marker.value for marker in settled if marker] == meant.split()


@pytest.mark.parametrize(
    ("before", "line", "expected"),
    [
        ("I.", "II. NHIỆM VỤ", True),
        ("I.", "III. NHIỆM VỤ", False),
        ("II.", "I. NHIỆM VỤ", True),
        ("1. 2.", "3. Xây dựng", True),
        ("1. 2.", "15. Xây dựng", False),
        ("1. 1.1.", "1.2. Xây dựng", True),
        ("1. 1.1.", "2. Xây dựng", True),
        ("1. 1.1.", "2.1. Xây dựng", False),
        ("a) b)", "c) Xây dựng", True),
        ("a) b)", "e) Xây dựng", False),
        ("A.", "B. Xây dựng", True),
        ("A.", "D. Xây dựng", False),
        ("", "- Xây dựng", True),
    ],
)
def test_numbering_expects(before: str, line: str, expected: bool) -> None:
    numbering = Numbering()
    for marker in markers(before):
        assert marker
        numbering.count(marker)

    marker = find_marker(line)

    assert marker
    assert numbering.expects(marker) is expected


@pytest.mark.parametrize(
    ("before", "line", "meant"),
    [
        # "I." and "l." before plain words, under headings in capitals, are a misread "1.".
        ("I. MỤC ĐÍCH", "I. Mục đích", ("decimal", "1")),
        ("I. MỤC ĐÍCH", "l. Mục đích", ("decimal", "1")),
        ("k. Kiểm tra", "l. Mục đích", ("letter", "l")),
        # The headings themselves are in small letters.
        ("I. Mục đích", "I. Mục đích", ("roman", "I")),
        # A scan's numeral counts where it is the next one.
        ("I. MUC DICH", "H. NHIEM VU", ("roman", "II")),
        ("III. MUC DICH", "H. NHIEM VU", None),
    ],
)
def test_numbering_settles(before: str, line: str, meant: tuple[str, str] | None) -> None:
    numbering = Numbering()
    first, second = find_marker(before), find_marker(line)
    assert first
    assert second
    numbering.count(first)

    settled = numbering.settled(second)

    assert (settled and (settled.kind, settled.value)) == meant
