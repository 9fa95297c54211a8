import json
from pathlib import Path

import pytest

from loaders.document import SourceDocument
from loaders.structure.sections import Section, find_sections
from loaders.text.layout import lay_out

ROOT = Path(__file__).parents[2]
LONG = "Rà soát, sửa đổi, bổ sung, hoàn thiện các văn bản quy phạm pháp luật về dữ liệu, hạ tầng"
GOLD = sorted((ROOT / "tests/gold").glob("*ke-hoach*.json"))


def sections_of(*lines: str) -> list[Section]:
    return find_sections(lay_out(SourceDocument("x.txt", "0" * 64, "\n\n".join(lines))))


def paths_of(*lines: str) -> list[str]:
    return [section.path for section in sections_of(*lines)]


@pytest.mark.parametrize(
    ("lines", "paths"),
    [
        # A heading over bullets, and one over running text.
        (["I. NHIỆM VỤ", "1. Mạng", "- Phủ sóng.", "2. Nhân lực", "Đào tạo."], ["I", "I.1", "I.2"]),
        # "1.1." under "1" says already that it stands under "1".
        (["III. NHIỆM VỤ", "1. Chung", "1.1. Hạ tầng", "- Phủ sóng."], ["III", "III.1", "III.1.1"]),
        # Numbered sentences are items.
        (["IV. TỔ CHỨC THỰC HIỆN", "1. Sở Y tế chủ trì.", "2. Sở Nội vụ phối hợp."], ["IV"]),
        # One that only introduces bullets is a heading; the next item leaves it.
        (
            ["IV. TỔ CHỨC THỰC HIỆN", "1. Sở Y tế:", "- Chủ trì.", "2. Sở Nội vụ phối hợp."],
            ["IV", "IV.1"],
        ),
        # A sentence with bullets below it is an item of the part on organising …
        (["IV. TỔ CHỨC THỰC HIỆN", "1. Sở Y tế chủ trì.", "- Tổng hợp."], ["IV"]),
        # … and a heading that got a stop in the part on tasks.
        (["II. NHIỆM VỤ", "1. Hạ tầng số.", "- Phủ sóng."], ["II", "II.1"]),
        # One in a row of headings, over running text.
        (["I. NHIỆM VỤ", "1. Mạng", "- 5G.", "2. Nhân lực.", "Đào tạo."], ["I", "I.1", "I.2"]),
        # A lettered heading over bullets; a lettered sentence is none.
        (["II. NHIỆM VỤ", "1. Hạ tầng", "a) Viễn thông:", "- Phủ sóng."], ["II", "II.1", "II.1.a"]),
        (["II. NHIỆM VỤ", "1. Hạ tầng", "a) Phủ sóng 5G.", "- Xã."], ["II", "II.1"]),
        # So is a lead-in in a row of sentences; where all lead in, all are headings.
        (["I. NHIỆM VỤ", "a) Phủ sóng.", "b) Thuê:", "- Máy.", "c) Mua."], ["I"]),
        (["I. NHIỆM VỤ", "a) Thuê:", "+ Máy.", "b) Mua:", "+ Xe."], ["I", "I.a", "I.b"]),
        # A long sentence is a heading if it is set as one and has numbers of its own.
        (
            ["I. NHIỆM VỤ", f"**1. {LONG}.**", "1.1. Mạng", "- Phủ sóng.", f"2. {LONG}."],
            ["I", "I.1", "I.1.1"],
        ),
        # Money and what belongs to it: no headings but the first.
        (["III. KINH PHÍ", "1. Ngân sách tỉnh.", "2. Nguồn khác."], ["III"]),
        # A heading with nothing below it.
        (["III. NHIỆM VỤ", "1. Nhiệm vụ cụ thể", "IV. KINH PHÍ"], ["III", "III.1", "IV"]),
        # Letters above Roman numerals, and the other way round.
        (["A. NHIỆM VỤ", "I. Hạ tầng", "1. Mạng", "- Phủ sóng."], ["A", "A.I", "A.I.1"]),
        (["I. NHIỆM VỤ", "A. Hạ tầng", "1. Mạng", "- Phủ sóng."], ["I", "I.A", "I.A.1"]),
        # Arabic numbers only.
        (["1. Mục đích", "Nâng cao.", "2. Nhiệm vụ", "2.1. Hạ tầng", "- Mạng."], ["1", "2", "2.1"]),
        # The units of legislation.
        (
            ["Chương I", "QUY ĐỊNH CHUNG", "Điều 1. Phạm vi", "1. Nghị quyết này quy định.",
             "Chương II", "CHÍNH SÁCH", "Điều 2. Mức hỗ trợ"],
            ["Chương I", "Chương I.Điều 1", "Chương II", "Chương II.Điều 2"],
        ),
        # Headings without numbers.
        (["KẾ HOẠCH", "Số hóa", "MỤC ĐÍCH", "Nâng cao.", "NHIỆM VỤ", "- Mạng."], ["§1", "§2"]),
        # Annexes behind the signature, and what stands in them.
        (
            ["I. NHIỆM VỤ", "- Mạng.", "Nơi nhận:", "- Lưu: VT.", "PHỤ LỤC II", "I. CHỈ TIÊU"],
            ["I", "Phụ lục II", "Phụ lục II.I"],
        ),
        # An annex without a number; the cells of its tables are no headings.
        (
            ["I. NHIỆM VỤ", "- Mạng.", "Nơi nhận:", "- Lưu: VT.", "PHỤ LỤC: DANH MỤC", "I. HẠ TẦNG",
             "| 1. Mạng | a) Cáp: |\n| - 5G | II. Máy |"],
            ["I", "Phụ lục", "Phụ lục.I"],
        ),
        # A second document behind the signature begins its numbers anew.
        (
            ["I. NHIỆM VỤ", "- Mạng.", "Nơi nhận:", "- Lưu: VT.", "QUY CHẾ", "I. CHUNG"],
            ["I", "I~2"],
        ),
        # The list of recipients has no headings.
        (["I. NHIỆM VỤ", "- Mạng.", "Nơi nhận:", "1. Các sở", "- Lưu: VT."], ["I"]),
        ([], []),
    ],
)  # fmt: skip
def test_find_sections(lines: list[str], paths: list[str]) -> None:
    assert paths_of(*lines) == paths


def test_find_sections_describes_headings() -> None:
    text = (
        "**I. MỤC TIÊU:**\n\nNâng cao.\n\n**II- NHIỆM VỤ: Chi tiết tại Phụ lục I.**\n\n"
        "1. Mạng\n\n- 5G."
    )
    document = SourceDocument("x.md", "0" * 64, text)

    aims, tasks, nets = find_sections(lay_out(document))

    assert [aims.heading, tasks.heading, nets.heading] == ["MỤC TIÊU", "NHIỆM VỤ", "Mạng"]
    assert [aims.level, tasks.level, nets.level] == [1, 1, 2]
    assert [aims.part, tasks.part, nets.part] == ["aims", "tasks", "tasks"]
    assert [document.quote(section.evidence.span) for section in (aims, tasks, nets)] == [
        "I. MỤC TIÊU:", "II- NHIỆM VỤ", "1. Mạng",
    ]  # fmt: skip
    # Each ends where the next of its level begins.
    assert [aims.end, tasks.end, nets.end] == [tasks.start, len(text), len(text)]


def test_a_chapter_takes_its_name_from_the_next_line() -> None:
    (chapter,) = sections_of("Chương I", "QUY ĐỊNH CHUNG")

    assert chapter.heading == "QUY ĐỊNH CHUNG"


def test_parts_without_a_known_name_state_tasks_if_no_other_does() -> None:
    sections = sections_of("I. MỤC TIÊU", "Nâng cao.", "II. HẠ TẦNG SỐ", "- Phủ sóng.")

    assert [section.part for section in sections] == ["aims", "tasks"]


@pytest.mark.parametrize(
    ("lines", "parts"),
    [
        # Where another part organises the work, the one that shares it out states the tasks.
        (["I. PHÂN CÔNG NHIỆM VỤ", "- 5G.", "II. TỔ CHỨC THỰC HIỆN"], ["tasks", "organising"]),
        (["I. PHÂN CÔNG NHIỆM VỤ", "- 5G.", "II. KINH PHÍ"], ["organising", "aims"]),
        (
            ["I. NHIỆM VỤ", "- 5G.", "II. PHÂN CÔNG NHIỆM VỤ", "- Sở.", "III. TỔ CHỨC THỰC HIỆN"],
            ["tasks", "organising", "organising"],
        ),
        # The article that approves a plan is the frame of its parts.
        (
            ["Điều 1. Phê duyệt Đề án với các nội dung sau:", "I. QUAN ĐIỂM CHỈ ĐẠO, PHẠM VI VÀ ĐỐI"
             " TƯỢNG", "Chung.", "II. NHIỆM VỤ", "- 5G."],
            [None, "aims", "tasks"],
        ),
    ],
)  # fmt: skip
def test_find_sections_tells_parts(lines: list[str], parts: list[str | None]) -> None:
    assert [section.part for section in sections_of(*lines)] == parts


@pytest.mark.parametrize("path", GOLD, ids=lambda path: path.stem)
def test_sections_of_the_gold_documents(path: Path) -> None:
    gold = json.loads(path.read_text(encoding="utf-8"))
    (source,) = (ROOT / "corpus").glob(f"{path.stem}.*")
    text = source.read_bytes().decode("utf-8")

    sections = find_sections(lay_out(SourceDocument(source.name, "0" * 64, text)))

    assert [(s.path, s.start) for s in sections] == [
        (s["path"], s["start"]) for s in gold["sections"]
    ]
