import pytest

from loaders.text.markup import clean


@pytest.mark.parametrize(
    ("line", "words"),
    [
        # Bold and italics go, whatever stands around them.
        ("**1. Nâng cao** nhận *thức*", "1. Nâng cao nhận thức"),
        ("***Nơi nhận:***", "Nơi nhận:"),
        # An asterisk in brackets, or apart from words, is no mark.
        ("Biểu (*) và 5 * 3", "Biểu (*) và 5 * 3"),
        # A backslash before a sign is an escape.
        ("HP\\_VP6\\_KH", "HP_VP6_KH"),
        # References to notes go; the raised figure of a unit stays.
        ("35% GRDP<sup>1</sup>.", "35% GRDP."),
        ("trên một vạn dân[^2]; nhà ở$^{3}$", "trên một vạn dân; nhà ở"),
        ("GRDP¹ trên 5 m²", "GRDP trên 5 m²"),
        ("100 km<sup>2</sup>", "100 km2"),
        # Other raised letters stay as words.
        ("CV<sup>D,P</sup>.", "CVD,P."),
        # Pictures go, links keep their words.
        ("![](_page_0_Picture_1.jpeg)Điều 1", "Điều 1"),
        ("theo [Nghị quyết 57](https://example.org/57) này", "theo Nghị quyết 57 này"),
        # A bracket without an address is just a bracket.
        ("[1] Nghị quyết (57)", "[1] Nghị quyết (57)"),
        # Tags go; those that part words leave a blank.
        ("<b>Sở</b> Y tế<br>và <span id='p'></span>Sở Tài chính", "Sở Y tế và Sở Tài chính"),
        ("R&amp;D &nbsp; <10%", "R&D <10%"),
        # Blanks run together.
        ("ngày        tháng \t năm", "ngày tháng năm"),
        # Underscores mark emphasis only around words.
        ("_qua Sở_ và Số: ____/KH", "qua Sở và Số: ____/KH"),
        ("**_Nơi nhận:_**", "Nơi nhận:"),
        # Nothing but marks is nothing.
        ("****", ""),
    ],
)
def test_clean(line: str, words: str) -> None:
    cleaned = clean(line, 0, len(line))

    assert cleaned.text == words
    # What stays leads back to the line.
    pieces = [piece if isinstance(piece, str) else line[slice(*piece)] for piece in cleaned.pieces]
    assert "".join(pieces) == words


@pytest.mark.parametrize(
    ("line", "before", "bold", "after"),
    [
        # The whole line is bold, end punctuation outside or not.
        ("**KẾ HOẠCH**", False, True, False),
        # Only its first words are.
        ("**1. Mục đích:** nâng cao", False, False, False),
        # Bold goes on over the end of the line.
        ("**KT. CHỦ TỊCH", False, True, True),
        ("PHÓ CHỦ TỊCH**", True, True, False),
        ("Sở Y tế", False, False, False),
    ],
)
def test_clean_tells_bold(line: str, before: bool, bold: bool, after: bool) -> None:
    cleaned = clean(line, 0, len(line), bold=before)

    assert (cleaned.bold, cleaned.open) == (bold, after)
