import pytest

from loaders.document import SourceDocument
from loaders.structure.letterhead import find_type_line
from loaders.structure.preamble import acting_organ, find_opening, stated_title
from loaders.text.layout import lay_out


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("KẾ HOẠCH\n\nThực hiện Nghị quyết 57\n\nCăn cứ Luật", "Thực hiện Nghị quyết 57"),
        # On the line of the type.
        ("KẾ HOẠCH VỀ NƯỚC SẠCH\n\nCăn cứ Luật", "VỀ NƯỚC SẠCH"),
        # Over several lines.
        (
            "KẾ HOẠCH\n\n**Thực hiện**\n\n**Nghị quyết 57**\n\nThực hiện Nghị",
            "Thực hiện Nghị quyết 57",
        ),
        ("KẾ HOẠCH\n\nVỀ NƯỚC SẠCH\nVÀ VỆ SINH\n\nCăn cứ Luật", "VỀ NƯỚC SẠCH VÀ VỆ SINH"),
        # The preamble begins like the title, behind a rule, or as a sentence.
        ("KẾ HOẠCH\n\nThực hiện NQ 57\n\n---\n\nThực hiện NQ 57 của Đảng", "Thực hiện NQ 57"),
        ("KẾ HOẠCH\n\nThực hiện NQ 57\n\nThực hiện NQ 57, Ủy ban ban hành:", "Thực hiện NQ 57"),
        # The organ that acts, above or below the title, is no part of it.
        ("NGHỊ QUYẾT\n\nVề nước sạch\n\nHỘI ĐỒNG NHÂN DÂN TỈNH LAI CHÂU\n\nCăn cứ", "Về nước sạch"),
        (
            "NGHỊ QUYẾT\n\nVỀ NƯỚC SẠCH\n\nHỘI ĐỒNG NHÂN DÂN TỈNH LAI CHÂU KHÓA XV, KỲ HỌP THỨ 5",
            "VỀ NƯỚC SẠCH",
        ),
        ("NGHỊ QUYẾT\nCỦA BỘ CHÍNH TRỊ\n\nvề nước sạch\n\n---\n\nThời gian", "về nước sạch"),
        ("NGHỊ QUYẾT\ncủa Ban Chấp hành Đảng bộ tỉnh\nvề nước sạch\n\n---\n\nI.", "về nước sạch"),
        ("CHƯƠNG TRÌNH CỦA TỈNH ỦY THỰC HIỆN NGHỊ QUYẾT 57", "THỰC HIỆN NGHỊ QUYẾT 57"),
        # The subject of a letter.
        ("V/v triển khai Đề án 06\n\nKính gửi: Các bộ", "triển khai Đề án 06"),
        # Web pages drop the line of the type: the title in capitals follows number and date.
        (
            "Số: 7/KH-UBND |\nHuế, ngày 3 tháng 3 năm 2025 |\nVỀ NƯỚC SẠCH NĂM 2026\nCăn cứ",
            "VỀ NƯỚC SẠCH NĂM 2026",
        ),
        (
            "Huế, ngày 3 tháng 3 năm 2025\n\nVỀ NƯỚC SẠCH NĂM 2026\n\nHỘI ĐỒNG NHÂN DÂN TỈNH"
            "\n\nKHÓA XVIII, KỲ HỌP THỨ 35\n\nCăn cứ Luật",
            "VỀ NƯỚC SẠCH NĂM 2026",
        ),
        ("Số: 7/QĐ-UBND\n\nHỘI ĐỒNG NHÂN DÂN TỈNH HUẾ\n\nCăn cứ Luật", None),
        # The heading of a page that has no other title, with and without a number.
        ("Kế hoạch 60/KH-UBND năm 2025 về nước sạch\n\nI. MỤC TIÊU", "về nước sạch"),
        ("Chương trình hành động của Tỉnh ủy về nước sạch", "của Tỉnh ủy về nước sạch"),
        # A sentence is no heading.
        ("Kế hoạch này được phổ biến đến chi bộ.", None),
        # No title at all.
        ("KẾ HOẠCH\n\nCăn cứ Luật Đầu tư", None),
        ("", None),
    ],
)
def test_title(text: str, title: str | None) -> None:
    layout = lay_out(SourceDocument("x.md", "0" * 64, text))

    found = stated_title(layout, find_opening(layout, find_type_line(layout)).title)

    assert (found and found.value) == title


@pytest.mark.parametrize(
    ("preamble", "organ"),
    [
        ("Ủy ban nhân dân tỉnh Lai Châu ban hành Kế hoạch:", "Ủy ban nhân dân tỉnh Lai Châu"),
        ("Thực hiện Nghị quyết, UBND tỉnh ban hành Kế hoạch:", "Ủy ban nhân dân tỉnh"),
        ("Ban Thường vụ Tỉnh ủy ban hành kế hoạch như sau:", "Ban Thường vụ Tỉnh ủy"),
        ("Ban Thường vụ Tỉnh ủy (khóa XV) ban hành kế hoạch:", "Ban Thường vụ Tỉnh ủy"),
        ("Ủy ban nhân dân (UBND) tỉnh ban hành kế hoạch:", "Ủy ban nhân dân"),
        ("CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH HÀ GIANG", "Chủ tịch Ủy ban nhân dân tỉnh Hà Giang"),
        # Another one's act, in the title of what is carried out.
        ("Thực hiện Nghị quyết số 03/NQ-CP của Chính phủ.", None),
    ],
)
def test_acting_organ(preamble: str, organ: str | None) -> None:
    text = f"KẾ HOẠCH\n\nVề nước sạch\n\n---\n\n{preamble}\n\nI. MỤC TIÊU"
    layout = lay_out(SourceDocument("x.md", "0" * 64, text))

    found = acting_organ(layout, find_opening(layout, find_type_line(layout)))

    assert (found and found.value) == organ


def test_the_organ_before_the_title_acts() -> None:
    text = "NGHỊ QUYẾT\n\ncủa Ban Chấp hành Đảng bộ tỉnh về nước sạch\n\nI. MỤC TIÊU"
    layout = lay_out(SourceDocument("x.md", "0" * 64, text))

    found = acting_organ(layout, find_opening(layout, find_type_line(layout)))

    assert found
    assert found.value == "Ban Chấp hành Đảng bộ tỉnh"
    assert text[found.evidence.span.start : found.evidence.span.end] == found.value
