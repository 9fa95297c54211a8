"""Whole small documents of many layouts: head, sections and tasks of each.

The texts are made up; their tasks are marked in the files themselves.
"""

from pathlib import Path
from typing import Any

import pytest

from loaders.citing.citations import find_citations
from loaders.document import SourceDocument
from loaders.structure.head import Head, find_head
from loaders.structure.sections import find_sections
from loaders.structure.tasks import find_tasks
from loaders.text.layout import lay_out
from tests.marking import unmark

FOLDER = Path(__file__).parents[1] / "data/layouts"

# File, what its head states, its sections, and where its tasks stand ("IV:a" is an assignment).
DOCUMENTS: list[tuple[str, dict[str, Any], str, str]] = [
    # Lines wrapped by hand, paragraphs set in, page numbers.
    (
        "wrapped-plan.txt",
        {"doc_type": "plan", "number": "071/KH-UBND", "issued": "2025-05-05", "place": "Sơn La",
         "issuer": "Ủy ban nhân dân tỉnh Sơn La",
         "title": "Phủ sóng Internet cho các điểm trường vùng cao của tỉnh Sơn La giai đoạn 2025 -"
         " 2028",
         "implements": ["41-CTr/TU"], "legal_basis": ["24/2023/QH15"],
         "signer": "Giàng Thị Mai | TM. ỦY BAN NHÂN DÂN, KT. CHỦ TỊCH, PHÓ CHỦ TỊCH"},
        "I I.1 I.2 II II.1 II.2 III IV IV.2",
        "II.1:t II.1:t II.1:t II.1:t II.1:t II.2:t IV:a IV.2:a IV.2:a IV:a",
    ),
    # A decision whose first article holds the whole programme.
    (
        "approving-decision.md",
        {"doc_type": "decision", "number": "1902/QĐ-TTg", "issued": "2025-08-18",
         "issuer": "Thủ tướng Chính phủ", "implements": [],
         "legal_basis": ["63/2025/QH15", "71/NQ-CP"],
         "signer": "Trần Hồng Minh | KT. THỦ TƯỚNG, PHÓ THỦ TƯỚNG",
         "recipients": ["Ban Bí thư", "Các bộ", "Lưu: VT, NN (2b)"]},
        "Điều 1|Điều 1.I|Điều 1.II|Điều 1.II.1|Điều 1.II.2|Điều 1.III|Điều 1.III.1|Điều 1.III.2"
        "|Điều 1.IV|Điều 1.IV.1|Điều 2|Điều 3",
        "Điều 1.III.1:t|Điều 1.III.1:t|Điều 1.III.2:t|Điều 1.IV.1:a|Điều 1.IV.1:a|Điều 1.IV:a",
    ),
    # The Party's way of numbering, footnotes at the end.
    (
        "party-programme.txt",
        {"doc_type": "programme", "number": "88-CTr/TU", "issued": "2025-03-12",
         "place": "Đắk Lắk", "issuer": "Ban Chấp hành Đảng bộ tỉnh Đắk Lắk",
         "implements": ["57-NQ/TW"], "legal_basis": [],
         "signer": "Y Biêr Niê Mlô | T/M BAN CHẤP HÀNH, BÍ THƯ"},
        "A B B.I B.II B.II.1 B.II.2 C",
        "B.I:t B.I:t B.II.1:t B.II.2:t B.II.2:t C:a C:a",
    ),
    # A people's council's resolution: rules, and one article on organising the work.
    (
        "council-resolution.txt",
        {"doc_type": "resolution", "number": "31/2025/NQ-HĐND", "place": "Gia Lai",
         "issuer": "Hội đồng nhân dân tỉnh Gia Lai",
         "title": "QUY ĐỊNH CHÍNH SÁCH HỖ TRỢ CHUYỂN ĐỔI SỐ CHO HỢP TÁC XÃ",
         "legal_basis": ["72/2025/QH15", "17/2023/QH15"], "signer": "Rah Lan Nga | CHỦ TỊCH"},
        "Điều 1|Điều 2|Điều 3|Điều 4",
        "Điều 3:a|Điều 3:a",
    ),
    # A resolution, and the programme that it promulgates behind the signature.
    (
        "resolution-with-programme.md",
        {"doc_type": "resolution", "number": "290/NQ-CP", "issuer": "Chính phủ",
         "implements": ["72-NQ/TW"], "legal_basis": ["63/2025/QH15", "72-NQ/TW"],
         "signer": "Phạm Văn Tám | TM. CHÍNH PHỦ, THỦ TƯỚNG"},
        "Điều 1|Điều 2|Điều 3|I|II|II.1|II.2|III",
        "II.1:t|II.1:t|II.2:t|III:a|III:a",
    ),
    # A web page: its own labels, bars of a table, no line that names the type.
    (
        "web-page.txt",
        {"doc_type": "plan", "number": "95/KH-UBND", "issued": "2025-02-14", "place": "Huế",
         "issuer": "Ủy ban nhân dân thành phố Huế",
         "title": "CHUYỂN ĐỔI SỐ THÀNH PHỐ HUẾ NĂM 2025", "legal_basis": ["749/QĐ-TTg"],
         "signer": "Nguyễn Văn An | TM. ỦY BAN NHÂN DÂN, KT. CHỦ TỊCH, PHÓ CHỦ TỊCH"},
        "Phần I|Phần I.1|Phần I.1.a|Phần I.1.b|Phần I.2|Phần II|Phần II.I|Phần II.II|Phần II.II.1"
        "|Phần II.II.2|Phần II.III|Phần II.IV|Phần II.V|Phần II.V.1|Phần II.V.2",
        "Phần II.II.1:t|Phần II.II.1:t|Phần II.II.2:t|Phần II.III:t|Phần II.III:t|Phần II.V.1:a"
        "|Phần II.V.2:a",
    ),
    # Tasks shared out among departments; a long bold heading.
    (
        "assigned-work.md",
        {"doc_type": "plan", "number": "512/KH-BNV", "issuer": "Bộ Nội vụ",
         "implements": ["03/NQ-CP"], "signer": "Lê Thị Bảy | BỘ TRƯỞNG"},
        "I II II.1 II.2 II.2.1 II.2.1.a II.2.1.b III",
        "II.1:t II.1:t II.2.1.a:t II.2.1.a:t II.2.1.b:t III:a III:a",
    ),
    # A directive: orders without parts.
    (
        "directive.txt",
        {"doc_type": "directive", "number": "09/CT-UBND", "place": "Bình Định",
         "issuer": "Ủy ban nhân dân tỉnh Bình Định", "implements": ["749/QĐ-TTg"],
         "title": "Về việc đẩy mạnh chữ ký số trong cơ quan nhà nước"},
        "1",
        "1:a|1:a|:a|:a",
    ),
    # A letter that asks for something.
    (
        "official-letter.txt",
        {"doc_type": "official-letter", "number": "1822/BKHCN-CĐSQG", "issued": "2025-06-12",
         "issuer": "Bộ Khoa học và Công nghệ", "title": "triển khai Kế hoạch số 02-KH/BCĐTW",
         "implements": ["02-KH/BCĐTW"], "signer": "Bùi Hoàng Phương | KT. BỘ TRƯỞNG, THỨ TRƯỞNG"},
        "",
        ":a|:a|:a",
    ),
    # A resolution of the Party: the organ stands between type and subject.
    (
        "party-resolution.txt",
        {"doc_type": "resolution", "number": "21-NQ/TU", "place": "Bến Tre",
         "issuer": "Ban Chấp hành Đảng bộ tỉnh Bến Tre",
         "title": "về chuyển đổi số tỉnh Bến Tre đến năm 2030",
         "signer": "Hồ Thị Hoàng Yến | T/M BAN CHẤP HÀNH, BÍ THƯ"},
        "I I.1 I.2 II II.1 II.2 III III.1 III.2 IV",
        "III.1:t III.1:t III.2:t IV:a IV:a IV:a",
    ),
    # A ministry's decision, and the plan that it promulgates, line by line without blank lines.
    (
        "promulgated-plan.txt",
        {"doc_type": "decision", "number": "1150/QĐ-BYT", "issuer": "Bộ Y tế",
         "implements": ["57-NQ/TW", "71/NQ-CP"], "legal_basis": ["42/2025/NĐ-CP"],
         "signer": "Trần Văn Thuấn | KT. BỘ TRƯỞNG, THỨ TRƯỞNG"},
        "Điều 1|Điều 2|Điều 3|I|I.1|I.2|II|II.1|II.2|III|III.1",
        "II.1:t|II.1:t|II.2:t|III.1:a|III.1:a|III:a",
    ),
    # The tasks stand in the table of an annex without a number.
    (
        "table-annex.md",
        {"doc_type": "plan", "number": "118/KH-UBND", "issued": "2025-09-09",
         "issuer": "Ủy ban nhân dân thành phố Đà Nẵng", "implements": ["1500/QĐ-TTg"],
         "appendices": ["Phụ lục: Nhiệm vụ"],
         "signer": "Trần Chí Bình | TM. ỦY BAN NHÂN DÂN, KT. CHỦ TỊCH, PHÓ CHỦ TỊCH"},
        "1|2|3|Phụ lục",
        "3:a|3:a|Phụ lục:t|Phụ lục:t|Phụ lục:t",
    ),
    # Arabic numbers only, a department below its committee.
    (
        "digital-plan.txt",
        {"doc_type": "plan", "number": "77/KH-SKHCN", "place": "An Giang",
         "issuer": "Sở Khoa học và Công nghệ tỉnh An Giang",
         "legal_basis": ["57-NQ/TW", "02-KH/BCĐTW"], "signer": "Trương Minh Thuần | GIÁM ĐỐC"},
        "1 2 2.1 2.2 3 3.1 3.2 4 5 5.1 5.2",
        "3.1:t 3.1:t 3.2:t 3.2:t 5.1:a 5.1:a 5.2:a 5:a",
    ),
]  # fmt: skip


def stated(head: Head, name: str) -> object:
    field = getattr(head, name)
    if name == "signer":
        return field and f"{field.value.name} | {field.value.capacity}"
    return [one.value for one in field] if isinstance(field, tuple) else field and field.value


@pytest.mark.parametrize(
    ("name", "expected", "paths", "tasks"), DOCUMENTS, ids=[row[0] for row in DOCUMENTS]
)
def test_whole_documents(name: str, expected: dict[str, Any], paths: str, tasks: str) -> None:
    text, spans = unmark((FOLDER / name).read_text(encoding="utf-8"))
    layout = lay_out(SourceDocument(name, "0" * 64, text))

    head = find_head(layout, find_citations(layout))
    sections = find_sections(layout)
    found = find_tasks(layout, sections)

    assert {field: stated(head, field) for field in expected} == expected
    assert [section.path for section in sections] == _parted(paths)
    assert [(t.evidence.span.start, t.evidence.span.end) for t in found] == spans
    assert [f"{task.section}:{task.kind[0]}" for task in found] == _parted(tasks)


def _parted(row: str) -> list[str]:
    return row.split("|") if "|" in row else row.split()
