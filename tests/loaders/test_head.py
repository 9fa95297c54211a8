import json
from pathlib import Path
from typing import Any

import pytest

from loaders.citing.citations import find_citations
from loaders.document import SourceDocument, Stated
from loaders.structure.head import Head, find_head, head_gaps
from loaders.text.layout import Layout, lay_out

ROOT = Path(__file__).parents[2]
GOLD = sorted((ROOT / "tests/gold").glob("*ke-hoach*.json"))

STATE = """ỦY BAN NHÂN DÂN                  CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
  TỈNH QUẢNG NINH                     Độc lập - Tự do - Hạnh phúc
Số:       /KH-UBND              Quảng Ninh, ngày     tháng 3 năm 2025

KẾ HOẠCH
Thực hiện Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị

Căn cứ Luật Tổ chức chính quyền địa phương số 65/2025/QH15;

I. NHIỆM VỤ
1. Thực hiện theo Phụ lục I kèm theo.

Nơi nhận:                                TM. ỦY BAN NHÂN DÂN
- Chính phủ (để b/c);                        KT. CHỦ TỊCH
- Lưu: VT.                                   PHÓ CHỦ TỊCH

                                            Nguyễn Thị Hạnh
"""
PARTY = """TỈNH ỦY NGHỆ AN               ĐẢNG CỘNG SẢN VIỆT NAM
*                          Nghệ An, ngày 10 tháng 02 năm 2025
Số 30-CTr/TU

CHƯƠNG TRÌNH HÀNH ĐỘNG
thực hiện Nghị quyết số 57-NQ/TW, ngày 22/12/2024 của Bộ Chính trị
-----

Thực hiện Nghị quyết số 57-NQ/TW, Ban Thường vụ Tỉnh ủy ban hành Chương trình như sau:

I- MỤC TIÊU

Nơi nhận:                T/M BAN THƯỜNG VỤ
- Bộ Chính trị,              BÍ THƯ
                         Nguyễn Đức Trung
"""
CENTRAL = """BAN CHẤP HÀNH TRUNG ƯƠNG          ĐẢNG CỘNG SẢN VIỆT NAM
Số 57-NQ/TW                     Hà Nội, ngày 22 tháng 12 năm 2024

NGHỊ QUYẾT
CỦA BỘ CHÍNH TRỊ

về đột phá phát triển khoa học, công nghệ

---

Thời gian qua đã đạt nhiều kết quả.
"""
COUNCIL = """| HỘI ĐỒNG NHÂN DÂN<br>TỈNH LAI CHÂU | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM |
|---|---|
| Số: 12/2025/NQ-HĐND | *Lai Châu, ngày 28 tháng 3 năm 2025* |

# NGHỊ QUYẾT

**Quy định chính sách hỗ trợ chuyển đổi số**

**HỘI ĐỒNG NHÂN DÂN TỈNH LAI CHÂU**

*Căn cứ Luật Tổ chức chính quyền địa phương số 65/2025/QH15;*

**Điều 1. Phạm vi**

| **Nơi nhận:**<br>- Lưu: VT. | **CHỦ TỊCH**<br><br>**Giàng Páo Mỷ** |
|---|---|
"""
LETTER = """BỘ KHOA HỌC VÀ CÔNG NGHỆ
Số: 83/BKHCN-CĐS
V/v triển khai Nghị quyết số 57-NQ/TW
Hà Nội, ngày 05 tháng 4 năm 2025

Kính gửi: Ủy ban nhân dân các tỉnh.

Nơi nhận:
- Như trên.
KT. BỘ TRƯỞNG
THỨ TRƯỞNG
Bùi Hoàng Phương
"""


PAGE = """Kế hoạch 60/KH-UBND năm 2025 về nước sạch tỉnh Sơn La
| Số hiệu | 60/KH-UBND |
| Ngày ban hành | 26/03/2025 |
| Loại văn bản | Kế hoạch |
| Người ký | Lò Văn Tám |

Ủy ban nhân dân tỉnh Sơn La ban hành Kế hoạch như sau:

I. MỤC TIÊU
"""


def head_of(text: str) -> tuple[Head, Layout]:
    layout = lay_out(SourceDocument("x.md", "0" * 64, text))
    return find_head(layout, find_citations(layout)), layout


def plain(head: Head) -> dict[str, Any]:
    """Return the values of a head without their evidence."""
    fields = {name: getattr(head, name) for name in Head.__slots__}
    return {
        name: [one.value for one in field] if isinstance(field, tuple) else field and field.value
        for name, field in fields.items()
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            STATE,
            {"doc_type": "plan", "number": None, "series": "KH-UBND", "issued": "2025-03",
             "place": "Quảng Ninh", "issuer": "Ủy ban nhân dân tỉnh Quảng Ninh",
             "title": "Thực hiện Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị",
             "implements": ["57-NQ/TW"], "legal_basis": ["65/2025/QH15"],
             "appendices": ["Phụ lục I"], "recipients": ["Chính phủ", "Lưu: VT"]},
        ),
        # The standing committee acts under the letterhead of the committee.
        (
            PARTY,
            {"doc_type": "programme", "number": "30-CTr/TU", "series": "CTr/TU",
             "issued": "2025-02-10", "place": "Nghệ An",
             "issuer": "Ban Thường vụ Tỉnh ủy Nghệ An",
             "title": "thực hiện Nghị quyết số 57-NQ/TW, ngày 22/12/2024 của Bộ Chính trị",
             "implements": ["57-NQ/TW"], "legal_basis": [], "appendices": [],
             "recipients": ["Bộ Chính trị"]},
        ),
        (
            CENTRAL,
            {"doc_type": "resolution", "number": "57-NQ/TW", "issued": "2024-12-22",
             "issuer": "Bộ Chính trị", "title": "về đột phá phát triển khoa học, công nghệ",
             "signer": None},
        ),
        (
            COUNCIL,
            {"doc_type": "resolution", "number": "12/2025/NQ-HĐND", "series": "NQ-HĐND",
             "issued": "2025-03-28", "issuer": "Hội đồng nhân dân tỉnh Lai Châu",
             "title": "Quy định chính sách hỗ trợ chuyển đổi số",
             "legal_basis": ["65/2025/QH15"], "recipients": ["Lưu: VT"]},
        ),
        # A letter has no type line.
        (
            LETTER,
            {"doc_type": "official-letter", "number": "83/BKHCN-CĐS",
             "issuer": "Bộ Khoa học và Công nghệ", "title": "triển khai Nghị quyết số 57-NQ/TW",
             "implements": ["57-NQ/TW"], "recipients": ["Như trên"]},
        ),
        # A web page that has lost the letterhead and keeps its labels.
        (
            PAGE,
            {"doc_type": "plan", "number": "60/KH-UBND", "series": "KH-UBND",
             "issued": "2025-03-26", "place": None, "title": "về nước sạch tỉnh Sơn La",
             "issuer": "Ủy ban nhân dân tỉnh Sơn La"},
        ),
        ("Trích yếu: Về nước sạch\n\nI. MỤC TIÊU", {"title": "Về nước sạch", "number": None}),
        # No policy document at all.
        ("Một bài thơ\n\nvề mùa thu.", {"doc_type": None, "number": None, "title": None}),
        ("", {"issuer": None, "recipients": []}),
    ],
)  # fmt: skip
def test_find_head(text: str, expected: dict[str, Any]) -> None:
    head, _ = head_of(text)

    found = plain(head)

    assert {name: found[name] for name in expected} == expected


@pytest.mark.parametrize(
    ("text", "name", "capacity"),
    [
        (STATE, "Nguyễn Thị Hạnh", "TM. ỦY BAN NHÂN DÂN, KT. CHỦ TỊCH, PHÓ CHỦ TỊCH"),
        (PARTY, "Nguyễn Đức Trung", "T/M BAN THƯỜNG VỤ, BÍ THƯ"),
        (COUNCIL, "Giàng Páo Mỷ", "CHỦ TỊCH"),
        (LETTER, "Bùi Hoàng Phương", "KT. BỘ TRƯỞNG, THỨ TRƯỞNG"),
        (PAGE, "Lò Văn Tám", None),
    ],
)
def test_find_head_names_the_signer(text: str, name: str, capacity: str | None) -> None:
    head, _ = head_of(text)

    assert head.signer
    assert (head.signer.value.name, head.signer.value.capacity) == (name, capacity)


@pytest.mark.parametrize(
    ("letterhead", "foot", "issuer"),
    [
        # Without a letterhead the preamble tells, then the signature; the text names the province.
        (
            "",
            "UBND tỉnh ban hành Kế hoạch:\n\nI. A\n\n1. Tỉnh Sơn La.",
            "Ủy ban nhân dân tỉnh Sơn La",
        ),
        (
            "",
            "I. A\n\n1. Thành phố Huế.\n\nNơi nhận:\n- VT.\n\nTM. ỦY BAN NHÂN DÂN",
            "Ủy ban nhân dân thành phố Huế",
        ),
        (
            "",
            "Ban Thường vụ Thành ủy ban hành:\n\nI. A\n\n1. Thành phố Huế.",
            "Ban Thường vụ Thành ủy Huế",
        ),
        # The place of issue names the province before the text does.
        ("Huế, ngày 1 tháng 4 năm 2025", "I. A\n\n1. Tỉnh Sơn La.", None),
        ("UBND TỈNH LAI CHÂU\n\nSỞ Y TẾ\n\nLai Châu, ngày 1/4/2025", "", "Sở Y tế tỉnh Lai Châu"),
        ("CHÍNH PHỦ\n\nHà Nội, ngày 1/4/2025", "", "Chính phủ"),
        (
            "BAN CHẤP HÀNH ĐẢNG BỘ\n\nTỈNH LAI CHÂU",
            "I. A\n\nNơi nhận:\n- VT.\n\nT/M BAN CHẤP HÀNH",
            "Ban Chấp hành Đảng bộ tỉnh Lai Châu",
        ),
    ],
)  # fmt: skip
def test_find_head_completes_the_issuer(letterhead: str, foot: str, issuer: str | None) -> None:
    head, _ = head_of(f"{letterhead}\n\nKẾ HOẠCH\n\n**Về nước sạch**\n\n{foot}")

    assert (head.issuer and head.issuer.value) == issuer


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        (STATE, ["number-blank", "date-incomplete", "appendix-not-held"]),
        (f"{STATE}\nPHỤ LỤC I\n", ["number-blank", "date-incomplete"]),
        (PARTY, []),
        (CENTRAL, ["signer-missing"]),
        (
            "Một bài thơ về mùa thu.",
            ["number-missing", "date-missing", "type-missing", "title-missing", "issuer-missing",
             "signer-missing"],
        ),
    ],
)  # fmt: skip
def test_head_gaps(text: str, codes: list[str]) -> None:
    assert [gap.code for gap in head_gaps(*head_of(text))] == codes


def test_every_value_has_evidence_in_the_text() -> None:
    head, _ = head_of(STATE)
    fields = [getattr(head, name) for name in Head.__slots__]
    stated = [one for field in fields for one in (field if isinstance(field, tuple) else [field])]

    quotes = {
        one.value: " ".join(STATE[one.evidence.span.start : one.evidence.span.end].split())
        for one in stated
        if isinstance(one, Stated)
    }

    assert quotes["plan"] == "KẾ HOẠCH"
    assert quotes["2025-03"] == "ngày tháng 3 năm 2025"
    assert quotes["Quảng Ninh"] == "Quảng Ninh"
    assert quotes["Chính phủ"] == "Chính phủ"
    assert quotes["57-NQ/TW"] == "Nghị quyết số 57-NQ/TW"
    assert quotes["KH-UBND"] == "KH-UBND"


@pytest.mark.parametrize("path", GOLD, ids=lambda path: path.stem)
def test_heads_of_the_gold_documents(path: Path) -> None:
    gold = json.loads(path.read_text(encoding="utf-8"))["document"]
    (source,) = (ROOT / "corpus").glob(f"{path.stem}.*")
    head, layout = head_of(source.read_bytes().decode("utf-8"))

    found = plain(head)

    fields = ["doc_type", "number", "issued", "place", "issuer", "implements", "legal_basis"]
    # The words of a scan are mended elsewhere.
    fields += [] if layout.damaged else ["title", "appendices"]
    assert {name: found[name] for name in fields} == {name: gold[name] for name in fields}
    signer = found["signer"]
    assert (signer and signer.name) == gold["signer"]["name"]
    assert len(found["recipients"]) == len(gold["recipients"])
