"""Indicators: which numbers are targets, and what is said of them."""

import json
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.citing.citations import find_citations
from loaders.document import Evidence, SourceDocument, Span
from loaders.measuring.indicators import Indicator, find_indicators
from loaders.structure.sections import Section, find_sections
from loaders.text.layout import lay_out, lay_out_line
from tests.marking import unmark

ROOT = Path(__file__).parents[2]


def _section(heading: str, length: int) -> list[Section]:
    return [Section("II.1", heading, 2, Evidence(Span(0, 1), "SEC-002", 1.0), 0, length)]


def _find(text: str, heading: str) -> list[Indicator]:
    return find_indicators(lay_out_line(text), _section(heading, len(text)), [])


def _said(indicator: Indicator) -> str:
    """Put a target in short: ">= 3 % @2030", "range 18-20 %/năm"."""
    value = str(indicator.value)
    if indicator.value_max is not None:
        value += f"-{indicator.value_max}"
    year = f"@{indicator.target_year}" if indicator.target_year else ""
    return " ".join(part for part in (indicator.comparator, value, indicator.unit, year) if part)


def _check(marked: str, heading: str, expected: list[str]) -> None:
    text, spans = unmark(marked)

    found = _find(text, heading)

    assert [_said(indicator) for indicator in found] == expected
    assert [(i.evidence.span.start, i.evidence.span.end) for i in found] == spans


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        # Shares; the base belongs to the quote, what is said about it does not.
        ("Tỷ lệ hồ sơ trực tuyến đạt ⟦tối thiểu 80%⟧.", [">= 80 % @2030"]),
        ("⟦Trên 90% người dân, doanh nghiệp⟧ hài lòng.", ["> 90 % @2030"]),
        ("Phủ sóng 5G ⟦đạt 99% dân số⟧.", ["= 99 % @2030"]),
        ("Hoàn thành ⟦100% cơ sở dữ liệu dùng chung⟧.", ["= 100 % @2030"]),
        ("Tỷ lệ hộ nghèo giảm còn ⟦dưới 1%⟧.", ["< 1 % @2030"]),
        ("⟦Không quá 5% hồ sơ trả quá hạn⟧.", ["<= 5 % @2030"]),
        ("Tỷ lệ công chức được bồi dưỡng: ⟦100%⟧.", ["= 100 % @2030"]),
        (
            "Kinh phí (R&D) ⟦đạt 2% GRDP⟧, trong đó kinh phí từ xã hội chiếm ⟦hơn 60%⟧.",
            ["= 2 % @2030", "> 60 % @2030"],
        ),
        (
            "Tỷ lệ đạt ⟦trên 40% trong tổng số doanh nghiệp đang hoạt động trên địa bàn tỉnh⟧.",
            ["> 40 % @2030"],
        ),
        (
            "⟦90% hồ sơ công việc cấp tỉnh⟧, ⟦80% cấp huyện⟧ và ⟦60% cấp xã⟧ được xử lý qua mạng.",
            ["= 90 % @2030", "= 80 % @2030", "= 60 % @2030"],
        ),
        # Growth, per year where the words say so.
        ("Số đơn sáng chế tăng ⟦trung bình 16 - 18%/năm⟧.", ["range 16-18 %/năm @2030"]),
        ("Mỗi năm số đơn sáng chế tăng ⟦10%⟧.", ["= 10 %/năm @2030"]),
        ("Doanh thu tăng gấp ⟦2 lần⟧ so với năm 2020.", ["= 2 lần @2030"]),
        # Things, people, rates.
        ("Có ⟦ít nhất 05 doanh nghiệp công nghệ số⟧.", [">= 5 doanh nghiệp @2030"]),
        ("⟦Tối thiểu có 05 doanh nghiệp công nghệ số⟧.", [">= 5 doanh nghiệp @2030"]),
        ("Có ⟦ít nhất một doanh nghiệp chiến lược⟧.", [">= 1 doanh nghiệp @2030"]),
        ("Mỗi xã có ⟦ít nhất 01 mô hình⟧ chuyển đổi số.", [">= 1 mô hình @2030"]),
        ("Số lượng doanh nghiệp ⟦đạt 1.000 doanh nghiệp⟧.", ["= 1000 doanh nghiệp @2030"]),
        (
            "Thu hút ⟦thêm 2-3 tổ chức, doanh nghiệp công nghệ hàng đầu⟧ đặt trụ sở.",
            ["range 2-3 tổ chức, doanh nghiệp @2030"],
        ),
        (
            "Hình thành ⟦01 trung tâm đổi mới sáng tạo⟧ và ⟦03 vườn ươm doanh nghiệp⟧.",
            ["= 1 trung tâm @2030", "= 3 vườn ươm @2030"],
        ),
        ("Nhân lực ⟦đạt 12 người trên một vạn dân⟧.", ["= 12 người/vạn dân @2030"]),
        # Places count where they are aimed at.
        ("Xây dựng ⟦05 xã thông minh⟧.", ["= 5 xã @2030"]),
        # Ranks.
        ("Thuộc ⟦nhóm 20 tỉnh, thành phố dẫn đầu⟧ về PII.", ["<= 20 hạng @2030"]),
        ("Thuộc ⟦top 10⟧ cả nước về chỉ số DTI.", ["<= 10 hạng @2030"]),
        # An index, a score, money, a measure, an age that is a target.
        ("Chỉ số phát triển con người (HDI) duy trì ⟦trên 0,7⟧.", ["> 0.7 @2030"]),
        ("Chỉ số DTI đạt ⟦từ 0,75 trở lên⟧.", [">= 0.75 @2030"]),
        ("Chỉ số PCI đạt ⟦trên 70 điểm⟧.", ["> 70 điểm @2030"]),
        ("Doanh thu ⟦đạt 30 triệu USD⟧.", ["= 30 triệu USD @2030"]),
        ("Thu nhập ⟦đạt 150 triệu đồng/người/năm⟧.", ["= 150 triệu đồng/người/năm @2030"]),
        ("Diện tích rừng ⟦đạt 5.000 ha⟧.", ["= 5000 ha @2030"]),
        ("Tuổi thọ trung bình ⟦đạt 75 tuổi⟧.", ["= 75 tuổi @2030"]),
        # An age in passing is none.
        ("Tỷ lệ dân số từ 15 tuổi trở lên có tài khoản đạt ⟦trên 95%⟧.", ["> 95 % @2030"]),
        # The target's own year beats its heading's.
        (
            "Đến năm 2025 ⟦chiếm 20% GRDP⟧; đến năm 2035 ⟦chiếm 40% GRDP⟧.",
            ["= 20 % @2025", "= 40 % @2035"],
        ),
        ("Đạt ⟦20%⟧ năm 2026, ⟦30%⟧ năm 2028.".replace("Đạt ⟦", "⟦Đạt "),
         ["= 20 % @2026", "= 30 % @2028"]),
        ("Giảm ⟦30%⟧ so với năm 2020.", ["= 30 % @2030"]),
        # A year that opens a clause holds for the clauses behind it, one that ends it does not.
        (
            "Đến năm 2026 ⟦đạt 60%⟧, đến năm 2028, ⟦đạt 70%⟧; tỷ lệ xử lý ⟦đạt 90%⟧.",
            ["= 60 % @2026", "= 70 % @2028", "= 90 % @2028"],
        ),
        (
            "Tỷ lệ hồ sơ ⟦đạt 60%⟧ vào năm 2026; tỷ lệ xử lý ⟦đạt 90%⟧.",
            ["= 60 % @2026", "= 90 % @2030"],
        ),
    ],
)  # fmt: skip
def test_targets_among_goals(marked: str, expected: list[str]) -> None:
    _check(marked, "Đến năm 2030", expected)


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        # A task's own target, with the year that stands in it.
        ("Phấn đấu ⟦100% cán bộ, công chức⟧ được đào tạo.", ["= 100 %"]),
        ("Hết năm 2025, ⟦100% cán bộ, công chức⟧ được đào tạo.", ["= 100 % @2025"]),
        ("đến năm 2030, triển khai ⟦từ 01-02 dự án, chương trình⟧",
         ["range 1-2 dự án, chương trình @2030"]),
        ("Hằng năm bố trí ⟦ít nhất 3% tổng chi ngân sách địa phương⟧.", [">= 3 %"]),
        ("Mỗi lĩnh vực cần có ⟦ít nhất 2-3 chuyên gia đầu ngành⟧.", ["range 2-3 chuyên gia"]),
        ("Tổ chức ⟦ít nhất 02 lớp tập huấn⟧.", [">= 2 lớp"]),
        ("Xây dựng ⟦05 mô hình điểm⟧.", ["= 5 mô hình"]),
        ("Bảo đảm kinh tế số chiếm ⟦tối thiểu 70% kinh tế số⟧.", [">= 70 %"]),
        ("Rút ngắn ⟦ít nhất 30% thời gian giải quyết⟧.", [">= 30 %"]),
        ("Thời gian xử lý ⟦không quá 03 ngày làm việc⟧.", ["<= 3 ngày làm việc"]),
        # A thing that is not in the lexicon is named by its first two words.
        ("Bảo đảm ⟦tối thiểu 02 thiên thạch lớn⟧.", [">= 2 thiên thạch"]),
    ],
)  # fmt: skip
def test_targets_in_tasks(marked: str, expected: list[str]) -> None:
    text, spans = unmark(marked)

    found = _find(text, "Nâng cao nhận thức")

    assert [_said(indicator) for indicator in found] == expected
    starts = [start for start, _ in spans]
    assert [indicator.evidence.span.start for indicator in found] == starts


@pytest.mark.parametrize(
    "text",
    [
        # Enumerations, ordinals, organisation.
        "Kế hoạch gồm 07 nhóm nhiệm vụ, 140 nhiệm vụ cụ thể.",
        "Thực hiện thống nhất ở cả 3 cấp; dịch vụ công mức độ 3, mức độ 4.",
        "Triển khai 30 nhiệm vụ tại Phụ lục II, Điều 5, khoản 2.",
        "Thành lập 01 Tổ công tác; phân công 14 sở, ngành chủ trì.",
        "Liên kết 3 nhà; phương châm 4 tại chỗ; kiến trúc 4 lớp bảo mật.",
        # Names, numbers of documents, dates.
        "Mạng 5G, 6G; hoạt động 24/7; công nghiệp 4.0; Đề án 06.",
        "Nghị quyết số 57-NQ/TW ngày 22/12/2024; giai đoạn 2025-2030; quý II/2025.",
        "Theo TCVN ISO/IEC 27001:2022 và Luật số 24/2018/QH14.",
        # Times and how often.
        "Định kỳ 01 năm, 05 năm tổ chức sơ kết; báo cáo 02 lần/năm.",
        "Trong thời hạn 15 ngày làm việc kể từ ngày nhận hồ sơ.",
        "Người từ 18 tuổi trở lên; học sinh lớp 12; 3 năm kinh nghiệm.",
        # What has been reached, or is.
        "Năm 2024, tỷ lệ đã đạt 45%; hiện nay có 120 doanh nghiệp công nghệ số.",
        "Trên địa bàn tỉnh có 5 trường đại học, 12 trường cao đẳng.",
        # Capital, grants, budgets.
        "Doanh nghiệp 100% vốn đầu tư nước ngoài.",
        "Hỗ trợ 50% chi phí chuyển đổi số cho doanh nghiệp nhỏ và vừa.",
        "Kinh phí thực hiện Kế hoạch: 500 tỷ đồng từ ngân sách tỉnh.",
    ],
)
def test_no_target(text: str) -> None:
    assert _find(text, "Nâng cao nhận thức") == []


def test_numbers_of_a_part_that_looks_back_are_results() -> None:
    assert _find("Kinh tế số chiếm 12% GRDP.", "Thực trạng và kết quả đạt được") == []


def test_no_target_is_set_for_a_year_before_the_documents_it_cites() -> None:
    text = "Theo Nghị quyết số 57-NQ/TW ngày 22/12/2024: năm 2023 đạt 12%, năm 2030 đạt 30%."
    layout = lay_out_line(text)

    found = find_indicators(layout, _section("Mục tiêu", len(text)), find_citations(layout))

    assert [_said(indicator) for indicator in found] == ["= 30 % @2030"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Quy mô kinh tế số chiếm 35% GRDP.", ["quy mô kinh tế số"]),
        ("Đến năm 2030, tỷ lệ hồ sơ trực tuyến đạt trên 80%.", ["tỷ lệ hồ sơ trực tuyến"]),
        ("100% công chức được đào tạo.", ["tỷ lệ công chức được đào tạo"]),
        ("Thu hút 1-2 tổ chức đặt trụ sở tại tỉnh.", ["số tổ chức đặt trụ sở tại tỉnh"]),
        ("Thuộc nhóm 10 tỉnh dẫn đầu về chỉ số PII.", ["thứ hạng về chỉ số PII"]),
        ("Kinh tế số chiếm 20% GRDP; đến năm 2035 chiếm 40%.", ["kinh tế số", "kinh tế số"]),
    ],
)
def test_names(text: str, names: list[str]) -> None:
    assert [indicator.name for indicator in _find(text, "Mục tiêu")] == names


@pytest.mark.parametrize(
    ("text", "base"),
    [
        ("Kinh tế số chiếm 35% GRDP.", "GRDP"),
        ("Trên 40% trong tổng số doanh nghiệp.", "tổng số doanh nghiệp"),
        ("100% cán bộ, công chức được đào tạo.", "cán bộ, công chức"),
        ("Tỷ lệ đạt trên 80%.", None),
    ],
)
def test_bases(text: str, base: str | None) -> None:
    (indicator,) = _find(text, "Mục tiêu")

    assert indicator.base == base


def _document(text: str) -> SourceDocument:
    return SourceDocument("plan.md", "0" * 64, text, media_type="text/markdown")


def test_a_lead_in_gives_its_year_to_the_items_below() -> None:
    layout = lay_out(
        _document(
            "I. MỤC TIÊU\n\n1. Mục tiêu cụ thể\n\n- Đến năm 2026:\n\n+ Tỷ lệ hồ sơ đạt 60%.\n\n"
            "- Đến năm 2030:\n\n+ Tỷ lệ hồ sơ đạt 90%.\n\n- Tỷ lệ hài lòng đạt 95%.\n"
        )
    )

    found = find_indicators(layout, find_sections(layout), [])

    assert [(i.value, i.target_year) for i in found] == [
        (Decimal(60), 2026),
        (Decimal(90), 2030),
        (Decimal(95), None),
    ]


TABLE = """PHỤ LỤC I

DANH MỤC CHỈ TIÊU

| TT | Chỉ tiêu | Đơn vị | Năm 2025 | Năm 2030 | Cơ quan chủ trì |
| --- | --- | --- | --- | --- | --- |
| **I** | **Kinh tế số** |  |  |  |  |
| 1 | Tỷ lệ hồ sơ trực tuyến | % | ≥ 60 | ≥ 80 | Văn phòng |
| 2 | Số doanh nghiệp công nghệ số | Doanh nghiệp | 100 | 1.000 | Sở Khoa học |
| 3 | Quy mô kinh tế số | % GRDP | 10 | 20 - 30 | Sở Khoa học |
"""
GROUPED = """PHỤ LỤC

| TT | Chỉ tiêu | Đơn vị tính | Kết quả | Cơ quan chủ trì |
| --- | --- | --- | --- | --- |
| **I** | **Đến năm 2030** |  |  |  |
| 1 | Trình độ công nghệ | Thứ bậc | Mức trung bình | Sở Khoa học |
| 2 | Xếp hạng chuyển đổi số | Thứ bậc | ≤ 10 | Sở Khoa học |
| 2.1 | Người dùng truy nhập với tốc độ trên 1Gb/s | % | 100% | Sở Khoa học |
| **II** | **Đến năm 2045** |  |  |  |
| 1 | Nhân lực nghiên cứu | Người/vạn dân | 12 | Sở Khoa học |
"""


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        # A column a year.
        (
            TABLE,
            [">= 60 % @2025", ">= 80 % @2030", "= 100 doanh nghiệp @2025",
             "= 1000 doanh nghiệp @2030", "= 10 % @2025", "range 20-30 % @2030"],
        ),
        # A group of rows a year; a row without a number has no target.
        (GROUPED, ["<= 10 hạng @2030", "= 100 % @2030", "= 12 người/vạn dân @2045"]),
    ],
)  # fmt: skip
def test_tables_of_targets(table: str, expected: list[str]) -> None:
    document = _document(table)
    layout = lay_out(document)

    found = find_indicators(layout, find_sections(layout), [])

    assert [_said(indicator) for indicator in found] == expected
    assert all(str(i.value)[:1] in document.quote(i.evidence.span) for i in found)


def test_a_table_of_other_things_is_read_as_text() -> None:
    layout = lay_out(
        _document("| TT | Nhiệm vụ | Kết quả |\n|---|---|---|\n| 1 | Đào tạo | 100% cán bộ |\n")
    )

    assert [_said(i) for i in find_indicators(layout, [], [])] == ["= 100 %"]


GOLD = [
    "hau-giang-ke-hoach-03-nq-cp.txt",
    "hung-yen-ke-hoach-44-kh-ubnd.txt",
    "hung-yen-tinh-uy-ke-hoach-386-kh-tu.md",
    "lai-chau-ke-hoach-03-nq-cp.md",
    "ninh-binh-ke-hoach-03-nq-cp.md",
]


@pytest.mark.parametrize("name", GOLD)
def test_gold_indicators(name: str) -> None:
    path = ROOT / "corpus" / name
    layout = lay_out(SourceDocument(name, "0" * 64, path.read_bytes().decode("utf-8")))
    gold = json.loads((ROOT / "tests" / "gold" / f"{path.stem}.json").read_text(encoding="utf-8"))

    found = find_indicators(layout, find_sections(layout), find_citations(layout))

    keys = ("comparator", "value", "value_max", "unit", "target_year", "section")
    assert [tuple(getattr(indicator, key) for key in keys) for indicator in found] == [
        tuple(_number(entry[key]) for key in keys) for entry in gold["indicators"]
    ]


def _number(value: object) -> object:
    return Decimal(str(value)) if isinstance(value, float) else value


PIECES = st.sampled_from(
    ["đạt ", "trên ", "10", "%", " GRDP", "ít nhất ", " doanh nghiệp", ", ", ". ", "-", "20",
     "nhóm ", "dẫn đầu", " đến năm 2030", "từ ", " trở lên", "(", ")", "0,7", " lần", "\n", ": "]
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(st.lists(PIECES, max_size=25).map("".join))
def test_every_value_stands_in_its_quote(text: str) -> None:
    document = _document(text)
    layout = lay_out(document)

    for indicator in find_indicators(layout, [], []):
        quote = document.quote(indicator.evidence.span)
        assert str(indicator.value).replace(".", ",")[:1] in quote
        assert indicator.value_max is None or indicator.value < indicator.value_max
        assert indicator.name
