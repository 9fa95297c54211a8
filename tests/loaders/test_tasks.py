import json
from pathlib import Path

import pytest

from loaders.document import SourceDocument
from loaders.structure.sections import find_sections
from loaders.structure.tasks import Task, find_tasks
from loaders.text.layout import lay_out
from tests.marking import unmark

ROOT = Path(__file__).parents[2]
ORGANISING = "IV. TỔ CHỨC THỰC HIỆN\n\n"
GOLD = sorted((ROOT / "tests/gold").glob("*ke-hoach*.json"))


def tasks_of(text: str) -> list[Task]:
    layout = lay_out(SourceDocument("x.md", "0" * 64, text))
    return find_tasks(layout, find_sections(layout))


def found_in(marked: str) -> tuple[list[Task], list[tuple[int, int]]]:
    text, spans = unmark(marked)
    return tasks_of(text), spans


@pytest.mark.parametrize(
    ("marked", "sections"),
    [
        # Bullets and lettered items under a numbered heading.
        ("I. NHIỆM VỤ\n\n1. Mạng\n\n- ⟦Phủ sóng 5G.⟧\n\n- ⟦Thuê máy chủ.⟧", ["I.1", "I.1"]),
        ("I. NHIỆM VỤ\n\n1. Mạng\n\na) ⟦Phủ sóng 5G.⟧\n\nb) ⟦Thuê máy chủ.⟧", ["I.1", "I.1"]),
        # A page break inside an item does not end it.
        ("I. NHIỆM VỤ\n\n- ⟦Phủ sóng\n\n2\n\n5G toàn tỉnh.⟧\n\n- ⟦Thuê máy chủ.⟧", ["I", "I"]),
        # A paragraph between two items belongs to the first.
        ("I. NHIỆM VỤ\n\n- ⟦Phủ sóng.\n\nƯu tiên xã đảo.⟧\n\n- ⟦Thuê máy chủ.⟧", ["I", "I"]),
        # A heading with only running text is one task, all its paragraphs.
        ("I. NHIỆM VỤ\n\n1. Mạng\n\n⟦Phủ sóng 5G.\n\nThuê máy chủ.⟧", ["I.1"]),
        # A lead-in before bullets is none, nor a heading over lettered items.
        ("I. NHIỆM VỤ\n\n1. Mạng\n\nTập trung các việc sau:\n\n- ⟦Phủ sóng.⟧", ["I.1"]),
        ("I. NHIỆM VỤ\n\n1. Mạng\n\na) Viễn thông:\n\n- ⟦Phủ sóng.⟧", ["I.1.a"]),
        ("I. NHIỆM VỤ\n\nCác sở thực hiện:\n\n1. Mạng\n\n- ⟦Phủ sóng.⟧", ["I.1"]),
        ("I. NHIỆM VỤ\n\n1. Mạng\n\n- Sở Y tế:\n\n+ ⟦Phủ sóng.⟧", ["I.1"]),
        # Numbered sentences.
        ("I. NHIỆM VỤ\n\n1. ⟦Phủ sóng 5G.⟧\n\n2. ⟦Thuê máy chủ.⟧", ["I", "I"]),
        # A pointer to an annex orders nothing.
        ("I. NHIỆM VỤ\n\n1. Mạng\n\n- ⟦5G.⟧\n\n(Chi tiết tại Phụ lục I kèm theo).", ["I.1"]),
        ("I. NHIỆM VỤ\n\n1. Nhiệm vụ cụ thể\n\n(Có Phụ lục II kèm theo)", []),
        # Aims, money and annexes hold no tasks.
        ("I. MỤC TIÊU\n\n- Phủ sóng 5G.\n\nII. KINH PHÍ\n\n1. Ngân sách tỉnh.", []),
        ("I. NHIỆM VỤ\n\n- ⟦Mạng.⟧\n\nPHỤ LỤC I\n\nI. NHIỆM VỤ\n\n- Phủ sóng.", ["I"]),
        ("I. NHIỆM VỤ\n\n1. Mục tiêu\n\n- Đạt 3%.\n\n2. Nhiệm vụ\n\n- ⟦Phủ sóng.⟧", ["I.2"]),
        # The cells of a table are no part of an item.
        ("I. NHIỆM VỤ\n\n- ⟦Phủ sóng.⟧\n\n| TT | Việc |\n\n- ⟦Thuê máy chủ.⟧", ["I", "I"]),
        # In a row of items a lead-in is an item too, unless it says nothing but a name.
        (
            "I. NHIỆM VỤ\n\na) ⟦Phủ sóng.⟧\n\nb) ⟦Nâng cấp máy chủ, gồm:⟧\n\n+ ⟦Máy ảo.⟧\n\n"
            "c) ⟦Bảo trì.⟧",
            ["I", "I", "I", "I"],
        ),
        (
            "I. NHIỆM VỤ\n\na) ⟦Phủ sóng.⟧\n\nb) Thuê:\n\n+ ⟦Máy ảo.⟧\n\nc) ⟦Bảo trì.⟧",
            ["I", "I", "I"],
        ),
        # The articles of a normative resolution order nothing but what they say of its tasks.
        ("Điều 1. Nội dung và mức hỗ trợ\n\n1. Hỗ trợ 50% chi phí.", []),
        ("", []),
    ],
)
def test_find_tasks(marked: str, sections: list[str]) -> None:
    tasks, spans = found_in(marked)

    assert [(t.evidence.span.start, t.evidence.span.end) for t in tasks] == spans
    assert [(t.kind, t.section) for t in tasks] == [("task", path) for path in sections]


@pytest.mark.parametrize(
    ("marked", "sections"),
    [
        # Numbered items of the part on organising.
        (f"{ORGANISING}1. ⟦Sở Y tế chủ trì.⟧\n\n2. ⟦Sở Nội vụ phối hợp.⟧", ["IV", "IV"]),
        # One that only introduces bullets is their section; the next one stands beside it.
        (
            f"{ORGANISING}1. Sở Y tế:\n\n- ⟦Chủ trì.⟧\n\n2. ⟦Sở Nội vụ phối hợp.⟧",
            ["IV.1", "IV"],
        ),
        # An organ as a heading over running text.
        (f"{ORGANISING}**1. Sở Y tế**\n\n⟦Chủ trì.⟧\n\n2. ⟦Sở Nội vụ phối hợp.⟧", ["IV.1", "IV"]),
        # A closing paragraph that orders something, but not the set phrase.
        (
            f"{ORGANISING}1. Sở Y tế:\n\n- ⟦Chủ trì.⟧\n\n⟦Các sở thực hiện nghiêm Kế hoạch.⟧"
            "\n\nTrên đây là Kế hoạch.\n\nYêu cầu các sở báo cáo.",
            ["IV.1", "IV"],
        ),
        (f"{ORGANISING}1. ⟦Sở Y tế chủ trì.⟧\n\nKế hoạch này có hiệu lực từ ngày ký.", ["IV"]),
        # Paragraphs without numbers, one organ each.
        (f"{ORGANISING}⟦Sở Y tế chủ trì.⟧\n\n⟦Sở Nội vụ phối hợp.⟧", ["IV", "IV"]),
        # The set phrases that close a document.
        (
            f"{ORGANISING}1. ⟦Sở Y tế chủ trì.⟧\n\nNghị quyết này được Hội đồng nhân dân tỉnh thông"
            " qua ngày 8/12/2025.",
            ["IV"],
        ),
        (f"{ORGANISING}1. ⟦Sở Y tế chủ trì.⟧\n\nTrân trọng cảm ơn./.", ["IV"]),
        (f"{ORGANISING}1. ⟦Sở Y tế chủ trì.⟧\n\nKế hoạch này được phổ biến đến chi bộ.", ["IV"]),
        (
            f"{ORGANISING}1. ⟦Sở Y tế chủ trì.⟧\n\nYêu cầu các sở, ban, ngành nghiêm túc triển khai"
            " thực hiện Kế hoạch này./.",
            ["IV"],
        ),
        (
            f"{ORGANISING}1. ⟦Sở Y tế chủ trì.⟧\n\n⟦Yêu cầu các sở báo cáo trước ngày 15/6.⟧",
            ["IV", "IV"],
        ),
        # An article that is nothing but an order; the set phrase of every decision is none.
        (
            "Điều 1. Phê duyệt Kế hoạch.\n\nĐiều 2. ⟦Giao Sở Y tế chủ trì, phối hợp với các sở tổ"
            " chức thực hiện Kế hoạch.⟧\n\nĐiều 3. Chánh Văn phòng, Giám đốc các sở chịu trách"
            " nhiệm thi hành Quyết định này./.",
            ["Điều 2"],
        ),
        ("Điều 3. Tổ chức thực hiện\n\n1. ⟦Giao Ủy ban nhân dân tỉnh thực hiện.⟧", ["Điều 3"]),
        # A directive has no parts.
        (
            "CHỈ THỊ\n\nVề Đề án 06\n\nThủ tướng Chính phủ yêu cầu:\n\n1. Bộ Công an:\n\n"
            "a) ⟦Chủ trì.⟧\n\n2. ⟦Bộ Tài chính bố trí kinh phí.⟧",
            ["1", ""],
        ),
    ],
)  # fmt: skip
def test_find_assignments(marked: str, sections: list[str]) -> None:
    tasks, spans = found_in(marked)

    assert [(t.evidence.span.start, t.evidence.span.end) for t in tasks] == spans
    assert [(t.kind, t.section) for t in tasks] == [("assignment", path) for path in sections]


def test_sub_items_know_their_parents() -> None:
    tasks = tasks_of(
        "I. NHIỆM VỤ\n\n1. Mạng\n\na) Phủ sóng.\n\n- Xã đảo.\n\n+ Trước 2026.\n\n+ Sau 2026.\n\n"
        "b) Thuê:\n\n1) Máy chủ.\n\n2) Đường truyền.\n\nc) Bảo trì."
    )

    # "b) Thuê:" says nothing but what follows belongs together.
    assert [(t.section, t.label, t.parent) for t in tasks] == [
        ("I.1", "a", None), ("I.1", None, 0), ("I.1", None, 1), ("I.1", None, 1),
        ("I.1", "1", None), ("I.1", "2", None), ("I.1", "c", None),
    ]  # fmt: skip


def test_a_number_in_brackets_stands_below_a_letter() -> None:
    tasks = tasks_of("I. NHIỆM VỤ\n\na) Thuê máy.\n\n1) Máy chủ.\n\n2) Máy trạm.\n\nb) Bảo trì.")

    assert [(t.label, t.parent) for t in tasks] == [("a", None), ("1", 0), ("2", 0), ("b", None)]


@pytest.mark.parametrize("path", GOLD, ids=lambda path: path.stem)
def test_tasks_of_the_gold_documents(path: Path) -> None:
    gold = json.loads(path.read_text(encoding="utf-8"))
    (source,) = (ROOT / "corpus").glob(f"{path.stem}.*")

    tasks = tasks_of(source.read_bytes().decode("utf-8"))

    assert [(t.kind, t.section, t.evidence.span.start) for t in tasks] == [
        (t["kind"], t["section"], t["start"]) for t in gold["tasks"]
    ]
    # A scan's dirt behind the last word may be taken in.
    ends = zip(tasks, gold["tasks"], strict=True)
    assert [
        t.evidence.span.end - g["end"] for t, g in ends if abs(t.evidence.span.end - g["end"]) > 2
    ] == []
