import pytest

from loaders.text.lines import Line, find_lines
from loaders.text.reading import read_plain


def lines_of(text: str) -> list[Line]:
    return find_lines(read_plain(text))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        # Page numbers, alone on their line, are no words.
        ("đổi mới\n\n2\n\nsáng tạo", ["đổi mới", "sáng tạo"]),
        ("đổi mới\n- 3 -\nsáng tạo", ["đổi mới", "sáng tạo"]),
        ("đổi mới\nTrang 2/10\nsáng tạo", ["đổi mới", "sáng tạo"]),
        # A year alone on its line is a word.
        ("đến năm\n2030", ["đến năm", "2030"]),
        # Dirt that a scan made of diacritics.
        (
            "dap img yéu\nX r .x A A x. F.o r b ; x. ‘\ncau phat trién",
            ["dap img yéu", "cau phat trién"],
        ),
        # Figures are no dirt.
        ("Tổng số\n12 5 7 x 3", ["Tổng số", "12 5 7 x 3"]),
        # Rules are no words.
        ("KẾ HOẠCH\n-----\nCăn cứ", ["KẾ HOẠCH", "Căn cứ"]),
        ("TỈNH ỦY\n*\nSố 1-KH/TU", ["TỈNH ỦY", "Số 1-KH/TU"]),
        # The rows of a table come cell by cell.
        ("| TT | Nhiệm vụ |\n|---|---|\n| 1 | Đào tạo |", ["TT", "Nhiệm vụ", "1", "Đào tạo"]),
        # A line break inside a cell parts what is set in capitals and bullets, nothing else.
        (
            "| SỞ<br>Y TẾ | Sở Y tế<br>và Sở<br>Tài chính |",
            ["SỞ", "Y TẾ", "Sở Y tế và Sở Tài chính"],
        ),
        (
            "| **Nơi nhận:**<br>- Như trên;<br>- Lưu: VT. | x |",
            ["Nơi nhận:", "- Như trên;", "- Lưu: VT.", "x"],
        ),
        # One bar in a line of text is dirt, no table.
        ("- Ban Bí thư, | (Để báo cáo)", ["- Ban Bí thư, | (Để báo cáo)"]),
        # The bar that closes a cell of a web page's table is no word.
        ("HỘI ĐỒNG NHÂN\nDÂN |\nSố: 7/NQ-HĐND |", ["HỘI ĐỒNG NHÂN", "DÂN", "Số: 7/NQ-HĐND"]),
        # The letterhead is set in two columns; a gap that waits for a number parts nothing.
        (
            "UBND TỈNH X          CỘNG HÒA\nSố:       /KH-UBND        Huế, ngày      tháng 3",
            ["UBND TỈNH X", "CỘNG HÒA", "Số: /KH-UBND", "Huế, ngày tháng 3"],
        ),
        # Old and new line ends.
        ("một\r\nhai\rba\x0cbốn", ["một", "hai", "ba", "bốn"]),
        ("", []),
        (" \n\t\n", []),
    ],
)
def test_find_lines(text: str, words: list[str]) -> None:
    assert [line.text for line in lines_of(text)] == words


def test_find_lines_leaves_out_running_heads() -> None:
    page = "Kế hoạch chuyển đổi số\n{}\n\x0c"
    text = "".join(page.format(words) for words in ("một", "hai", "ba", "bốn"))

    # The first stands at no page break: it may be the title.
    assert [line.text for line in lines_of(text)] == [
        "Kế hoạch chuyển đổi số", "một", "hai", "ba", "bốn",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "notes"),
    [
        # Markdown and raised figures.
        ("<sup>1</sup> Quyết định số 489/QĐ-TTg", ["1"]),
        ("[^2]: Quyết định số 489/QĐ-TTg", ["2"]),
        ("³ Quyết định số 489/QĐ-TTg", ["3"]),
        # A flattened number counts if it is the next one and a note's words follow.
        ("1 Quyết định số 489/QĐ-TTg\n2 Theo báo cáo", ["1", "2"]),
        ("5 Quyết định số 489/QĐ-TTg", [None]),
        ("1 dự án", [None]),
    ],
)
def test_find_lines_tells_notes(text: str, notes: list[str | None]) -> None:
    assert [line.note for line in lines_of(text)] == notes


def test_find_lines_counts_what_stands_before() -> None:
    lines = lines_of("# KẾ HOẠCH\n\n\n   Căn cứ\n2\nThực hiện\n---\nhết")

    assert [(line.gap, line.page, line.ruled) for line in lines] == [
        (0, False, False), (2, False, False), (1, True, False), (1, False, True),
    ]  # fmt: skip
    assert [(line.heading, line.indent) for line in lines] == [(1, 0), (0, 3), (0, 0), (0, 0)]


def test_cells_know_their_column() -> None:
    head = "| TT | Chỉ tiêu | Đơn vị | 2025 | 2030 |\n|---|---|---|---|---|\n"

    lines = lines_of(f"{head}| 1 | A | % | | 70 |")

    assert [(line.text, line.column) for line in lines[5:]] == [
        ("1", 1),
        ("A", 2),
        ("%", 3),  # a unit without a letter is kept in a cell of its own
        ("70", 5),  # the empty cell before it is counted
    ]
