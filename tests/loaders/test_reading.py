import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.document import Span
from loaders.text.reading import Edit, Reading, read_plain, rewrite


@pytest.mark.parametrize(
    ("source", "text", "quotes"),
    [
        # Decomposed letters are one character; each leads back to all of its marks.
        ("Nghi\u0323 đi\u0323nh", "Nghị định", {(3, 4): "i\u0323", (4, 9): " đi\u0323nh"}),
        # Windows-1258 has the tone as a mark of its own behind ê.
        ("quyê\u0301t", "quyết", {(3, 4): "ê\u0301"}),
        # A mark alone, or on a letter that has no composed form.
        ("\u0323a x\u0303", "\u0323a x\u0303", {(0, 1): "\u0323", (3, 5): "x\u0303"}),
        # Characters without width go, at the start, inside a word and at its end.
        (
            "\ufeffNgh\u200bị\u2060 số",
            "Nghị số",
            {(0, 4): "Ngh\u200bị", (0, 5): "Ngh\u200bị\u2060 "},
        ),
        # Blanks of other widths become ordinary ones.
        ("57\u00a0NQ\u202f/\u3000TW", "57 NQ / TW", {(0, 5): "57\u00a0NQ"}),
        # Line breaks of all systems are one line feed.
        ("a\r\nb\rc\nd\ve\u2028f", "a\nb\nc\nd\ne\nf", {(1, 2): "\r\n", (2, 4): "b\r"}),
        ("\r\r\n\n\r", "\n\n\n\n", {(1, 2): "\r\n"}),
        # Punctuation of Windows that was read as Latin-1.
        ("\x93Đề án\x94 \x96 a\x85", "“Đề án” – a…", {(0, 1): "\x93"}),
        # A soft hyphen and a page break are left for those who know what they mean.
        ("n\xadíc\f", "n\xadíc\f", {}),
    ],
)
def test_read_plain(source: str, text: str, quotes: dict[tuple[int, int], str]) -> None:
    reading = read_plain(source)

    assert reading.text == text
    for (start, end), quote in quotes.items():
        span = reading.span(start, end)
        assert source[span.start : span.end] == quote


PARTS = st.text(
    "Nghịđeoaăâêôơư\u0301\u0323\u0302\u0306\u200b\ufeff\xad\u00a0 \r\n\x93½Å\u212b", max_size=60
)


@given(PARTS)
def test_each_character_comes_from_its_stretch_of_the_source(source: str) -> None:
    reading = read_plain(source)

    for index, char in enumerate(reading.text):
        span = reading.span(index, index + 1)
        assert span.start < span.end
        assert char in read_plain(source[span.start : span.end]).text


@given(PARTS)
def test_stretches_rise_and_leave_out_only_what_is_invisible(source: str) -> None:
    reading = read_plain(source)

    starts, ends = list(reading.starts), list(reading.ends)
    assert starts == sorted(starts)
    assert ends == sorted(ends)
    covered = {
        place for start, end in zip(starts, ends, strict=True) for place in range(start, end)
    }
    left_out = {source[place] for place in range(len(source)) if place not in covered}
    assert left_out <= {"\u200b", "\ufeff"}


@given(st.text("Nghịđeoaăâêôơư\u0301\u0323\u0302 \r\n", max_size=60))
def test_a_reading_is_composed(source: str) -> None:
    assert unicodedata.is_normalized("NFC", read_plain(source).text)


def test_a_text_that_needs_nothing_is_shared() -> None:
    text = "Nghị quyết số 57-NQ/TW\n" * 3

    reading = read_plain(text)

    assert reading.text is text
    assert reading.span(0, 4) == Span(0, 4)
    assert reading.index(10) == 10


def test_a_row_of_marks_that_would_take_ages_to_sort() -> None:
    # Marks of falling classes, half a million of them.
    source = "a" + "\u0345\u0301\u0323" * 170_000

    assert len(read_plain(source).text) > 500_000


def test_rewrite_replaces_stretches_and_keeps_the_way_back() -> None:
    # "Ng\u200bhò ñònh" in VNI: two codes for one letter, and a character without width before.
    reading = read_plain("Ng\u200bhò soá 15")

    found = rewrite(reading, [Edit(0, 4, "Nghị", (0, 1, 2, 3, 4)), Edit(5, 8, "số", (0, 1, 3))])

    assert found.text == "Nghị số 15"
    assert [found.span(*pair) for pair in ((0, 4), (5, 6), (6, 7), (8, 10))] == [
        Span(0, 5),
        Span(6, 7),
        Span(7, 9),
        Span(10, 12),
    ]


def test_rewrite_letter_for_letter_shares_the_offsets() -> None:
    reading = read_plain("NghÞ ®Þnh")

    found = rewrite(reading, [Edit(0, 4, "Nghị", range(5)), Edit(5, 9, "định", range(5))])

    assert found == Reading("Nghị định", reading.starts, reading.ends)
    assert found.starts is reading.starts
