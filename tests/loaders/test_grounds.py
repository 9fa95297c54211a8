import pytest

from loaders.citing.citations import find_citations
from loaders.document import SourceDocument, Stated
from loaders.structure.grounds import find_implements, find_legal_basis
from loaders.structure.letterhead import find_type_line
from loaders.structure.preamble import find_opening
from loaders.text.layout import lay_out


def keys(stated: tuple[Stated[str], ...]) -> list[str]:
    return [one.value for one in stated]


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
        # What is carried out may have no number itself; a list of other papers is none.
        (
            "Về nước sạch",
            "Thực hiện Nghị quyết Đại hội đại biểu Đảng bộ thành phố lần thứ I; Chương trình hành"
            " động số 2-CTr/TU của Thành ủy, Ủy ban nhân dân thành phố ban hành Kế hoạch:",
            ["2-CTr/TU"],
        ),
        (
            "Về nước sạch",
            "Thời gian qua, thực hiện chỉ đạo của tỉnh tại Chỉ thị số 7/CT-UBND; các văn bản: số"
            " 40/UBND-VX, số 41/UBND-VX, các sở đã cố gắng.",
            [],
        ),
        # "ban hành Kế hoạch thực hiện …" speaks of this document.
        (
            "Về nước sạch",
            "UBND tỉnh ban hành Kế hoạch triển khai thực hiện Nghị quyết số 57-NQ/TW như sau:",
            ["57-NQ/TW"],
        ),
        # In its own title a document says for what it issues a plan or programme.
        (
            "Ban hành Chương trình hành động của Chính phủ thực hiện Nghị quyết số 57-NQ/TW ngày"
            " 22/12/2024 của Bộ Chính trị",
            "Căn cứ Luật Đầu tư;",
            ["57-NQ/TW"],
        ),
        ("Về việc phê duyệt Kế hoạch triển khai Nghị quyết số 9/NQ-CP", "", ["9/NQ-CP"]),
        # What another one issued is not its own, even under the same name.
        (
            "Về nước sạch",
            "Thực hiện Nghị quyết số 138/NQ-CP về ban hành Kế hoạch thực hiện Nghị quyết số"
            " 68-NQ/TW và Kế hoạch số 5-KH/TU, UBND tỉnh ban hành Kế hoạch:",
            ["138/NQ-CP"],
        ),
        (
            "Về nước sạch",
            "Thực hiện Nghị quyết số 138/NQ-CP của Chính phủ ban hành Kế hoạch thực hiện Nghị"
            " quyết số 68-NQ/TW, UBND tỉnh ban hành Kế hoạch thực hiện như sau:",
            ["138/NQ-CP"],
        ),
        # A line may go on from what it is based on to what it carries out.
        (
            "Về nước sạch",
            "Căn cứ Nghị quyết số 1/NQ-CP; thực hiện Kế hoạch số 5-KH/TU và Kế hoạch số 6-KH/TU,"
            " Ủy ban nhân dân tỉnh ban hành Kế hoạch:",
            ["5-KH/TU", "6-KH/TU"],
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
        # What is carried out beside it does not count, nor what is joined to that.
        (
            "Căn cứ Nghị quyết số 1/NQ-CP; thực hiện Kế hoạch số 5-KH/TU và Kế hoạch số 6-KH/TU,",
            ["1/NQ-CP"],
        ),
        # Several bases on one line.
        ("Căn cứ Nghị quyết số 1/NQ-CP; Căn cứ Quyết định số 2/QĐ-TTg;", ["1/NQ-CP", "2/QĐ-TTg"]),
        (
            "Căn cứ các Nghị định của Chính phủ: Số 78/2025/NĐ-CP ngày 01/4/2025; số"
            " 187/2025/NĐ-CP ngày 01/7/2025;",
            ["78/2025/NĐ-CP", "187/2025/NĐ-CP"],
        ),
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
