"""The body: from the preamble to the signature, and that of what is promulgated with it."""

import pytest

from loaders.document import SourceDocument
from loaders.organs.agencies import find_agencies
from loaders.structure.body import body_range, body_ranges
from loaders.text.layout import Layout, lay_out

UBND = "Ủy ban nhân dân"
DEPARTMENTS = "các sở, ban, ngành"
PLAN = """ỦY BAN NHÂN DÂN TỈNH LAI CHÂU

KẾ HOẠCH

Thực hiện Nghị quyết của Chính phủ về đột phá phát triển khoa học

Thực hiện Nghị quyết của Bộ Chính trị, UBND tỉnh ban hành Kế hoạch như sau:

I. NHIỆM VỤ

- Sở Tài chính bố trí kinh phí.

Nơi nhận:

- Văn phòng Chính phủ;

TM. ỦY BAN NHÂN DÂN
"""
DECISION = """QUYẾT ĐỊNH

Ban hành Kế hoạch phát triển khoa học và công nghệ

Căn cứ Nghị quyết của Tỉnh ủy;

Điều 1. Ban hành kèm theo Quyết định này Kế hoạch.

Điều 2. Giám đốc Sở Nội vụ chịu trách nhiệm thi hành.

Nơi nhận:

- Bộ Nội vụ;
"""
ENCLOSED = """
{title}

Phát triển khoa học và công nghệ của UBND tỉnh

(Kèm theo Quyết định số 12/QĐ-UBND ngày 03/3/2025 của UBND tỉnh)

I. NHIỆM VỤ

1. Sở Y tế xây dựng kế hoạch.

2. Các sở, ngành phối hợp thực hiện kế hoạch này.

3. Các đơn vị thực hiện kế hoạch này.
"""
LETTER = """Số: 12/SKHCN-VP

Kính gửi:

- Sở Tài chính;

- UBND các huyện;

Thực hiện chỉ đạo của Bộ Chính trị, đề nghị các đơn vị góp ý kiến.
"""
PROGRAMME = """CHƯƠNG TRÌNH HÀNH ĐỘNG CỦA BAN THƯỜNG VỤ THÀNH ỦY

thực hiện Nghị quyết của Bộ Chính trị về đột phá phát triển khoa học

Quán triệt Nghị quyết của Ban Bí thư, Thành ủy xây dựng Chương trình như sau:

I. MỤC TIÊU

1. Phát triển khoa học.
"""


def _layout(text: str) -> Layout:
    return lay_out(SourceDocument("plan.txt", "0" * 64, text))


def _names(text: str) -> list[str]:
    layout = _layout(text)
    found = find_agencies(layout, body_range(layout))
    return [mention.name for mention in found if not mention.generic]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        # Letterhead, title, recipients and signature stay outside.
        (PLAN, ["Bộ Chính trị", f"{UBND} tỉnh", "Sở Tài chính"]),
        # A preamble may open with any words; the type line may hold the organ.
        (PROGRAMME, ["Ban Bí thư Trung ương Đảng", "Thành ủy"]),
        # The addressees of a letter are recipients.
        (LETTER, ["Bộ Chính trị"]),
        # A text without head and foot is all body.
        ("Giao Sở Nội vụ chủ trì.\n\nSở Y tế phối hợp.", ["Sở Nội vụ", "Sở Y tế"]),
        ("", []),
    ],
)
def test_body(text: str, names: list[str]) -> None:
    assert _names(text) == names


@pytest.mark.parametrize(
    "title",
    [
        # The type alone, with what it is about, with whose it is, as a Markdown heading.
        "KẾ HOẠCH",
        "KẾ HOẠCH HÀNH ĐỘNG",
        "CHƯƠNG TRÌNH HÀNH ĐỘNG CỦA CHÍNH PHỦ",
        "# CHƯƠNG TRÌNH HÀNH ĐỘNG CỦA CHÍNH PHỦ",
        "**CHIẾN LƯỢC PHÁT TRIỂN KHOA HỌC VÀ CÔNG NGHỆ ĐẾN NĂM 2030**",
        "ĐỀ ÁN PHÁT TRIỂN NHÂN LỰC SỐ",
        "QUY CHẾ",
    ],
)
def test_what_is_promulgated_has_a_body(title: str) -> None:
    # Its title and the line that says with what it was promulgated stay outside.
    names = _names(DECISION + ENCLOSED.format(title=title))

    assert names == ["Tỉnh ủy", "Sở Nội vụ", "Sở Y tế", DEPARTMENTS]


@pytest.mark.parametrize(
    ("text", "bodies"),
    [
        # What follows a plan is its annex, whatever its title says; so is what is called one.
        (PLAN + ENCLOSED.format(title="KẾ HOẠCH CHI TIẾT"), 1),
        (DECISION + ENCLOSED.format(title="DANH MỤC NHIỆM VỤ"), 1),
        (DECISION + "\nPHỤ LỤC I\n" + ENCLOSED.format(title="KẾ HOẠCH CHI TIẾT"), 1),
        # A report is not promulgated.
        (DECISION + ENCLOSED.format(title="BÁO CÁO TÌNH HÌNH"), 1),
        # A collection holds one document after another.
        (PLAN + "\n" + DECISION, 2),
        (DECISION + ENCLOSED.format(title="ĐỀ ÁN") + "\nNơi nhận:\n\n- Sở Y tế;\n\n" + DECISION, 3),
    ],
)
def test_bodies(text: str, bodies: int) -> None:
    ranges = list(body_ranges(_layout(text)))

    assert len(ranges) == bodies
    # They rise and do not overlap.
    flat = [place for span in ranges for place in span]
    assert flat == sorted(flat)
