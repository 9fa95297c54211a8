import pytest

from loaders.document import SourceDocument
from loaders.structure.annexes import find_annexes, missing_annexes
from loaders.text.layout import Layout, lay_out


def layout_of(text: str) -> Layout:
    return lay_out(SourceDocument("x.md", "0" * 64, f"KẾ HOẠCH\n\nSố hóa\n\n{text}"))


@pytest.mark.parametrize(
    ("text", "annexes"),
    [
        (
            "(Kèm theo Phụ lục I: Danh mục chỉ tiêu và Phụ lục II: Danh mục nhiệm vụ).",
            ["Phụ lục I: Danh mục chỉ tiêu", "Phụ lục II: Danh mục nhiệm vụ"],
        ),
        # Named together, named twice.
        ("I. A\n\n1. Theo phụ lục 1 và 2; xem phụ lục 1.", ["Phụ lục 1", "Phụ lục 2"]),
        # The pointer or the heading above it says what it is.
        (
            "1. Nhiệm vụ cụ thể\n\n(Có danh mục nhiệm vụ tại Phụ lục II đính kèm)",
            ["Phụ lục II: Danh mục nhiệm vụ"],
        ),
        ("2. Mục tiêu cụ thể\n\n(Có Phụ lục I kèm theo).", ["Phụ lục I: Mục tiêu cụ thể"]),
        ("II. CHỈ TIÊU: Chi tiết tại Phụ lục I kèm theo.", ["Phụ lục I: Chỉ tiêu"]),
        # Without a number, if it is attached.
        ("I. A\n\n1. Thực hiện theo phụ lục đính kèm.", ["Phụ lục"]),
        ("I. A\n\n1. Lập phụ lục hợp đồng.", []),
        # Those of other documents.
        ("I. A\n\n1. Theo Phụ lục II ban hành kèm theo Nghị định số 30/2020/NĐ-CP.", []),
        ("", []),
    ],
)
def test_find_annexes(text: str, annexes: list[str]) -> None:
    assert [annex.value for annex in find_annexes(layout_of(text))] == annexes


@pytest.mark.parametrize(
    ("foot", "missing"),
    [
        ("PHỤ LỤC I\n\nDANH MỤC CHỈ TIÊU", ["Phụ lục II"]),
        # Arabic or Roman, it is the same number.
        ("PHỤ LỤC 1\n\nCHỈ TIÊU\n\nPHỤ LỤC 2\n\nNHIỆM VỤ", []),
        ("", ["Phụ lục I", "Phụ lục II"]),
    ],
)
def test_missing_annexes(foot: str, missing: list[str]) -> None:
    layout = layout_of(f"I. A\n\n1. Theo Phụ lục I và II.\n\nNơi nhận:\n- Lưu: VT.\n\n{foot}")

    found = missing_annexes(layout, find_annexes(layout))

    assert [annex.value for annex in found] == missing


def test_an_annex_without_a_number_is_held_under_its_bare_name() -> None:
    text = "I. A\n\n1. Theo phụ lục kèm theo.\n\nNơi nhận:\n- Lưu: VT.\n\nPHỤ LỤC\n\nCHỈ TIÊU"
    layout = layout_of(text)

    assert [annex.value for annex in find_annexes(layout)] == ["Phụ lục"]
    assert missing_annexes(layout, find_annexes(layout)) == []
