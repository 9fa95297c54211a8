import pytest

from loaders.citations import find_citations
from loaders.document import SourceDocument, Stated
from loaders.layout import lay_out
from loaders.letterhead import find_type_line
from loaders.preamble import (
    acting_organ,
    find_implements,
    find_legal_basis,
    find_opening,
    stated_title,
)


def keys(stated: tuple[Stated[str], ...]) -> list[str]:
    return [one.value for one in stated]


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
        ("NGHỊ QUYẾT\nCỦA BỘ CHÍNH TRỊ\n\nvề nước sạch\n\n---\n\nThời gian", "về nước sạch"),
        # The subject of a letter.
        ("V/v triển khai Đề án 06\n\nKính gửi: Các bộ", "triển khai Đề án 06"),
        # No title at all.
        ("KẾ HOẠCH\n\nCăn cứ Luật Đầu tư", None),
        ("", None),
    ],
)
def test_title(text: str, title: str | None) -> None:
    layout = lay_out(SourceDocument("x.md", "0" * 64, text))

    found = stated_title(layout, find_opening(layout, find_type_line(layout)))

    assert (found and found.value) == title


@pytest.mark.parametrize(
    ("title", "preamble", "expected"),
    [
        ("Thực hiện Nghị quyết số 57-NQ/TW", "Căn cứ Luật Đầu tư;", ["57-NQ/TW"]),
        # What another document carries out is not carried out here.
        (
            "Thực hiện Nghị quyết số 03/NQ-CP ngày 09/01/2025 của Chính phủ ban hành Chương trình"
            " hành động thực hiện Nghị quyết số 57-NQ/TW",
            "",
            ["03/NQ-CP"],
        ),
        # What is joined to it is.
        (
            "Thực hiện Nghị quyết số 03/NQ-CP ngày 09/01/2025 của Chính phủ và Kế hoạch số"
            " 386-KH/TU của Tỉnh ủy thực hiện Nghị quyết số 57-NQ/TW",
            "",
            ["03/NQ-CP", "386-KH/TU"],
        ),
        # A short form in brackets stands for what is before it.
        (
            "Về nước sạch",
            "Thực hiện Nghị quyết số 03/NQ-CP của Chính phủ thực hiện Nghị quyết số 57-NQ/TW (sau"
            " đây gọi tắt là Nghị quyết số 03/NQ-CP); Kế hoạch số 386-KH/TU của Tỉnh ủy, Ủy ban"
            " nhân dân tỉnh ban hành Kế hoạch như sau:",
            ["03/NQ-CP", "386-KH/TU"],
        ),
        # "ban hành Kế hoạch thực hiện …" speaks of this document.
        (
            "Về nước sạch",
            "UBND tỉnh ban hành Kế hoạch triển khai thực hiện Nghị quyết số 57-NQ/TW như sau:",
            ["57-NQ/TW"],
        ),
        # A legal basis is not carried out by being one.
        ("Về nước sạch", "Căn cứ Nghị quyết số 57-NQ/TW thực hiện;", []),
        ("Về nước sạch", "", []),
    ],
)  # fmt: skip
def test_find_implements(title: str, preamble: str, expected: list[str]) -> None:
    text = f"KẾ HOẠCH\n\n**{title}**\n\n{preamble}\n\nI. MỤC TIÊU"
    layout = lay_out(SourceDocument("x.md", "0" * 64, text))
    type_line = find_type_line(layout)
    citations = find_citations(layout)

    opening = find_opening(layout, type_line)

    assert keys(find_implements(layout, opening, type_line, citations)) == expected


@pytest.mark.parametrize(
    ("preamble", "expected"),
    [
        (
            "Căn cứ Nghị quyết số 57-NQ/TW;\n\nCăn cứ Nghị quyết số 03/NQ-CP của Chính phủ;",
            ["57-NQ/TW", "03/NQ-CP"],
        ),
        # What is joined counts, what stands in another one's title does not.
        ("Căn cứ Nghị định số 13/2023/NĐ-CP; Nghị định số 42/2022/NĐ-CP;",
         ["13/2023/NĐ-CP", "42/2022/NĐ-CP"]),
        ("Căn cứ Nghị quyết số 03/NQ-CP thực hiện Nghị quyết số 57-NQ/TW;", ["03/NQ-CP"]),
        # In the Party's papers each basis is a bullet.
        ("- Căn cứ Nghị quyết số 57-NQ/TW của Bộ Chính trị,", ["57-NQ/TW"]),
        # Proposals and submissions are no legal basis.
        ("Xét Tờ trình số 100/TTr-UBND;\n\nTheo đề nghị tại Tờ trình số 5/TTr-STC.", []),
        ("Thực hiện Nghị quyết số 57-NQ/TW, Ủy ban nhân dân ban hành Kế hoạch:", []),
        # A section of its own.
        (
            "I. CĂN CỨ PHÁP LÝ\n\nNghị định số 13/2023/NĐ-CP;\n\n- Quyết định số 411/QĐ-TTg.",
            ["13/2023/NĐ-CP", "411/QĐ-TTg"],
        ),
    ],
)  # fmt: skip
def test_find_legal_basis(preamble: str, expected: list[str]) -> None:
    text = f"KẾ HOẠCH\n\nVề nước sạch\n\n{preamble}\n\nII. MỤC TIÊU\n\nTheo Nghị quyết số 1/NQ-CP."
    layout = lay_out(SourceDocument("x.md", "0" * 64, text))

    opening = find_opening(layout, find_type_line(layout))

    assert keys(find_legal_basis(layout, opening, find_citations(layout))) == expected


@pytest.mark.parametrize(
    ("preamble", "organ"),
    [
        ("Ủy ban nhân dân tỉnh Lai Châu ban hành Kế hoạch:", "Ủy ban nhân dân tỉnh Lai Châu"),
        ("Thực hiện Nghị quyết, UBND tỉnh ban hành Kế hoạch:", "Ủy ban nhân dân tỉnh"),
        ("Ban Thường vụ Tỉnh ủy ban hành kế hoạch như sau:", "Ban Thường vụ Tỉnh ủy"),
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
