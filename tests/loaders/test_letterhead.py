import pytest

from loaders.document import SourceDocument
from loaders.structure.letterhead import (
    find_number,
    find_organ,
    find_type,
    find_type_line,
    head_blocks,
    series_of,
)
from loaders.text.layout import lay_out


@pytest.mark.parametrize(
    ("text", "name", "rest"),
    [
        ("UBND TỈNH X\n\nKẾ HOẠCH\n\nThực hiện", "Kế hoạch", ""),
        ("## **CHƯƠNG TRÌNH HÀNH ĐỘNG**\n\nthực hiện", "Chương trình hành động", ""),
        ("Q U Y Ế T  Đ Ị N H", "Quyết định", ""),
        ("KE HOACH\n\nThue hién", "Kế hoạch", ""),
        # The title stands on the same line.
        ("KẾ HOẠCH THỰC HIỆN NGHỊ QUYẾT 57", "Kế hoạch", " THỰC HIỆN NGHỊ QUYẾT 57"),
        ("# Kế hoạch chuyển đổi số", "Kế hoạch", " chuyển đổi số"),
        # The words that enact a decision, where its page has lost the line of the type.
        ("Căn cứ Luật Đầu tư;\n\nQUYẾT ĐỊNH:\n\nĐiều 1. Phê duyệt", None, None),
        # In small letters it is a word like others; behind a heading it is too late.
        ("Kế hoạch năm 2025", None, None),
        ("I. MỤC TIÊU\n\nKẾ HOẠCH", None, None),
        ("", None, None),
    ],
)
def test_find_type_line(text: str, name: str | None, rest: str | None) -> None:
    layout = lay_out(SourceDocument("x.md", "0" * 64, text))

    found = find_type_line(layout)

    assert (found and found.type.name) == name
    assert (found and layout.flat.text[found.end : layout.blocks[found.place].end]) == rest


@pytest.mark.parametrize(
    ("line", "number", "series"),
    [
        ("Số: 44/KH-UBND", "44/KH-UBND", "KH-UBND"),
        ("Sb: 44 /KH-UBND Hung Yén, ngay 03", "44/KH-UBND", "KH-UBND"),
        ("Số 386-KH/TU", "386-KH/TU", "KH/TU"),
        ("Số: 12/2025/NQ-HĐND", "12/2025/NQ-HĐND", "NQ-HĐND"),
        ("Luật số: 24/2018/QH14", "24/2018/QH14", "QH14"),
        ("Số: 2844/VPCP-KSTT", "2844/VPCP-KSTT", "VPCP-KSTT"),
        # The number is left blank.
        ("Số: /KH-UBND", None, "KH-UBND"),
        ("Số:        /KH-UBND", None, "KH-UBND"),
        ("Số: ..…/2025/QĐ-UBND", None, "QĐ-UBND"),
        ("Số      -KH/TU", None, "KH/TU"),
        # Another document's, in the subject of a letter.
        ("V/v thực hiện Nghị quyết số 57-NQ/TW\n\nSố: 5/SYT-VP", "5/SYT-VP", "SYT-VP"),
        ("Tỉnh ủy vừa ban hành Kế hoạch số 12-KH/TU", None, None),
        # There is none.
        ("SỞ Y TẾ", None, None),
    ],
)
def test_find_number(line: str, number: str | None, series: str | None) -> None:
    layout = lay_out(SourceDocument("x.txt", "0" * 64, f"{line}\n\nKẾ HOẠCH"))

    found = find_number(layout, layout.blocks)

    assert (found.number and found.number.value) == number
    assert (found.series and found.series.value) == series


@pytest.mark.parametrize(
    ("number", "series"),
    [("36a/NQ-CP", "NQ-CP"), ("57-NQ/TW", "NQ/TW"), ("15/2025/TT-BTC", "TT-BTC")],
)  # fmt: skip
def test_series_of(number: str, series: str) -> None:
    assert series_of(number) == series


@pytest.mark.parametrize(
    ("lines", "organ"),
    [
        (["ỦY BAN NHÂN DÂN", "TỈNH HẬU GIANG"], "Ủy ban nhân dân tỉnh Hậu Giang"),
        # The motto of the state stands between the two lines of the name.
        (
            ["UY BAN NHAN DAN CONG HOA XA HOQI CHU NGHIA VIET NAM",
             "TINH HUNG YEN Pjc 1ap - Ty do - Hanh phic"],
            "Ủy ban nhân dân tỉnh Hưng Yên",
        ),
        (["TỈNH ỦY NGHỆ AN", "ĐẢNG CỘNG SẢN VIỆT NAM", "*"], "Tỉnh ủy Nghệ An"),
        # The lower of two organs.
        (["UBND THÀNH PHỐ HÀ NỘI", "SỞ KHOA HỌC VÀ CÔNG NGHỆ"], "Sở Khoa học và Công nghệ"),
        (["ỦY BAN NHÂN DÂN", "HUYỆN TAM ĐƯỜNG"], "Ủy ban nhân dân huyện Tam Đường"),
        (["THỦ TƯỚNG CHÍNH PHỦ", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"], "Thủ tướng Chính phủ"),
        # The name of the superior does not run on into the lower one's.
        (["BAN CHẤP HÀNH TRUNG ƯƠNG", "ĐẢNG ĐOÀN QUỐC HỘI"], "Đảng đoàn Quốc hội"),
        (["Số: 1/KH-UBND"], None),
    ],
)  # fmt: skip
def test_find_organ(lines: list[str], organ: str | None) -> None:
    layout = lay_out(SourceDocument("x.txt", "0" * 64, "\n\n".join([*lines, "KẾ HOẠCH"])))

    found = find_organ(layout, head_blocks(layout, find_type_line(layout)))

    assert (found and found.value) == organ


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Số: 1/KH-UBND\n\nKẾ HOẠCH\n\nVề nước sạch", "plan"),
        # Without a type line the code tells, and no code is a letter's.
        ("Số: 1/KH-UBND\n\nCăn cứ", "plan"),
        ("Số: 25-CTr/TU\n\nCăn cứ", "programme"),
        ("Số: 2844/VPCP-KSTT\n\nKính gửi: Các bộ", "official-letter"),
        ("CHƯƠNG TRÌNH HÀNH ĐỘNG\n\nvề nước sạch", "programme"),
        # The heading of a web page.
        ("Chương trình hành động của Tỉnh ủy về nước sạch\n\nI. MỤC TIÊU", "programme"),
        ("Kính gửi: Các bộ", None),
    ],
)
def test_find_type(text: str, code: str | None) -> None:
    layout = lay_out(SourceDocument("x.txt", "0" * 64, text))
    type_line = find_type_line(layout)

    found = find_type(layout, type_line, find_number(layout, head_blocks(layout, type_line)))

    assert (found and found.value) == code
