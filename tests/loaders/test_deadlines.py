"""Deadlines: what is one, what it says, how often it recurs."""

import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.document import SourceDocument
from loaders.text.layout import lay_out, lay_out_line
from loaders.timing.deadlines import Deadline, find_deadlines
from tests.marking import unmark

ROOT = Path(__file__).parents[2]


def _said(deadline: Deadline) -> str:
    return f"{deadline.value or ''} {deadline.recurrence or ''}".strip()


def _check(marked: str, expected: list[str]) -> None:
    text, spans = unmark(marked)
    layout = lay_out_line(text)

    deadlines = find_deadlines(layout, 0, len(layout.flat.text))

    assert [_said(deadline) for deadline in deadlines] == expected
    assert [(d.evidence.span.start, d.evidence.span.end) for d in deadlines] == spans


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        # A limit: "trước", "chậm nhất"; the preposition is part of the quote.
        ("Báo cáo UBND tỉnh ⟦trước ngày 30/6/2025⟧.", ["2025-06-30"]),
        ("⟦Chậm nhất ngày 15/3/2025⟧, các đơn vị gửi kế hoạch.", ["2025-03-15"]),
        ("hoàn thành ⟦chậm nhất trong quý IV năm 2025⟧", ["2025-Q4"]),
        ("thực hiện xong ⟦trước 15/5/2025⟧", ["2025-05-15"]),
        ("hoàn thành ⟦trước tháng 12/2025⟧", ["2025-12"]),
        ("⟦trước khi kết thúc năm 2025⟧ phải báo cáo", ["2025"]),
        # Points between the parts of a date, and the date written out.
        ("Gửi Sở Nội vụ ⟦trước ngày 5.6.2025⟧.", ["2025-06-05"]),
        ("hoàn thành ⟦trước ngày 30 tháng 9 năm 2025⟧.", ["2025-09-30"]),
        # A date without a year stays without one.
        ("Chủ tịch yêu cầu hoàn thành ⟦trước ngày 30/6⟧.", ["--06-30"]),
        # The time in which something is finished.
        ("(hoàn thành ⟦trong quý I/2025⟧);", ["2025-Q1"]),
        ("(hoàn thành ⟦tháng 5/2025⟧)", ["2025-05"]),
        ("(hoàn hành ⟦tháng 5/2025⟧)", ["2025-05"]),  # the slip of the pen
        ("hoàn thành ⟦trong năm 2025⟧.", ["2025"]),
        ("Hoàn thành ⟦trong 6 tháng đầu năm 2025⟧.", ["2025-06"]),
        ("Kiện toàn Ban Chỉ đạo xong ⟦trong tháng 02/2025⟧.", ["2025-02"]),
        ("Hoàn thành xây dựng Trung tâm dữ liệu ⟦vào năm 2026⟧.", ["2026"]),
        ("Tổ chức sơ kết ⟦vào cuối năm 2027⟧ và tổng kết ⟦vào cuối năm 2030⟧.", ["2027", "2030"]),
        # A span of quarters is due at its end; quarters are counted in Roman or Arabic.
        ("Hoàn thành ⟦trong quý II-III/2025⟧.", ["2025-Q3"]),
        ("Hoàn thành ⟦trong quý I và quý II/2025⟧", ["2025-Q2"]),
        ("hoàn thành ⟦trong quý 1/2025⟧", ["2025-Q1"]),
        # The time at the end of a clause says when it is done.
        ("Trình UBND tỉnh phê duyệt ⟦trong quý II năm 2025⟧.", ["2025-Q2"]),
        ("Triển khai thí điểm ⟦từ quý III/2025⟧.", ["2025-Q3"]),
        # The time that opens a clause orders what follows.
        ("⟦Đến năm 2030⟧, hoàn thành phủ sóng 5G trên địa bàn toàn tỉnh.", ["2030"]),
        ("Phấn đấu ⟦đến năm 2026⟧ hoàn thành kết nối dữ liệu.", ["2026"]),
        ("Đào tạo kỹ năng số. ⟦Hết năm 2025⟧, 100% công chức được đào tạo.", ["2025"]),
        ("⟦Từ ngày 01/7/2025⟧, thực hiện mô hình mới.", ["2025-07-01"]),
        # Behind a label, alone in brackets, alone as a clause.
        ("Thời gian hoàn thành: ⟦Quý II/2025⟧.", ["2025-Q2"]),
        ("Thời gian thực hiện: Từ quý II/2025 ⟦đến quý IV/2025⟧.", ["2025-Q4"]),
        ("Hạn hoàn thành ⟦30/6/2025⟧.", ["2025-06-30"]),
        ("Xây dựng kho dữ liệu dùng chung (⟦Quý III/2025⟧).", ["2025-Q3"]),
        # The last date's year is that of all.
        ("Công bố ⟦trước ngày 30/6⟧ và ⟦31/12/2025⟧", ["2025-06-30", "2025-12-31"]),
    ],
)
def test_find_deadlines(marked: str, expected: list[str]) -> None:
    _check(marked, expected)


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        # Two dates of one recurring report are two deadlines.
        (
            "định kỳ 6 tháng báo cáo ⟦trước ngày 15 tháng 6⟧ và ⟦trước ngày 01 tháng 12⟧",
            ["--06-15 P6M", "--12-01 P6M"],
        ),
        ("định kỳ 6 tháng (⟦trước ngày 15/6⟧ và ⟦05/12⟧ hằng năm)", ["--06-15 P6M", "--12-05 P6M"]),
        # Each period before its own date.
        (
            "định kỳ 6 tháng (⟦trước ngày 05/6⟧) và hằng năm (⟦trước ngày 25/11⟧)",
            ["--06-05 P6M", "--11-25 P1Y"],
        ),
        # As many periods as dates: one each, in order.
        (
            "Định kỳ 6 tháng, hằng năm (⟦trước ngày 15/6⟧ và ⟦15/12⟧)",
            ["--06-15 P6M", "--12-15 P1Y"],
        ),
        (
            "báo cáo quý ⟦trước ngày 20 tháng cuối quý⟧, báo cáo năm ⟦trước ngày 15/12⟧",
            ["---20 P3M", "--12-15 P1Y"],
        ),
        # The period behind the date, in brackets.
        (
            "⟦trước ngày 10/6⟧ (báo cáo 6 tháng) và ⟦trước ngày 10/12⟧ (báo cáo năm)",
            ["--06-10 P6M", "--12-10 P1Y"],
        ),
        # Two dates in a year, without a word on the period, come every half year.
        ("⟦trước ngày 05/6⟧ và ⟦trước ngày 05/12⟧ hằng năm", ["--06-05 P6M", "--12-05 P6M"]),
        ("Phê duyệt danh mục ⟦trước ngày 31/3⟧ hằng năm.", ["--03-31 P1Y"]),
        ("Tổ chức Ngày hội ⟦vào tháng 10⟧ hằng năm.", ["--10 P1Y"]),
        # A day of every month, or of a quarter's last month.
        ("Gửi báo cáo ⟦chậm nhất đến ngày 25 hằng tháng⟧.", ["---25 P1M"]),
        ("Định kỳ hằng tháng (⟦trước ngày 25⟧) báo cáo.", ["---25 P1M"]),
        ("Báo cáo ⟦trước ngày 15 của tháng cuối quý⟧.", ["---15 P3M"]),
        # "hằng năm" that opens a clause orders something every year.
        ("⟦Hằng năm⟧ đánh giá, công bố mức độ hoàn thành nhiệm vụ.", ["P1Y"]),
        ("Phát động thi đua. ⟦Hàng năm⟧, tổ chức xếp hạng.", ["P1Y"]),
        ("Sở Tài chính: ⟦Hằng năm⟧, tham mưu bố trí kinh phí.", ["P1Y"]),
        ("Các sở, ngành ⟦hằng năm⟧ xây dựng kế hoạch.", ["P1Y"]),
        # "định kỳ" with a period.
        ("Định kỳ ⟦hàng quý⟧ báo cáo tiến độ.", ["P3M"]),
        (
            "báo cáo định kỳ ⟦hàng tháng⟧, ⟦hàng quý⟧, ⟦6 tháng⟧ và ⟦năm⟧",
            ["P1M", "P3M", "P6M", "P1Y"],
        ),
        ("Định kỳ ⟦01 năm⟧, ⟦05 năm⟧ tổ chức sơ kết, tổng kết.", ["P1Y", "P5Y"]),
        ("Định kỳ ⟦6 tháng một lần⟧ sơ kết.", ["P6M"]),
        # So many times a year.
        ("Giao ban ⟦02 lần/năm⟧; kiểm tra ít nhất ⟦01 lần/năm⟧.", ["P6M", "P1Y"]),
        ("Duy trì giao ban ⟦hằng tuần⟧.", ["P1W"]),
        ("Báo cáo kết quả về Văn phòng Tỉnh ủy ⟦hằng quý⟧.", ["P3M"]),
        ("Thời gian thực hiện: ⟦Hằng năm⟧.", ["P1Y"]),
    ],
)
def test_recurring_deadlines(marked: str, expected: list[str]) -> None:
    _check(marked, expected)


@pytest.mark.parametrize(
    "text",
    [
        # Dates of citations.
        "Thực hiện Quyết định số 411/QĐ-TTg ngày 31/3/2022 của Thủ tướng Chính phủ.",
        "Tiếp tục thực hiện Kế hoạch số 12/KH-UBND ngày 20/01/2025 về chuyển đổi số năm 2025.",
        # Years in titles, of strategies and of descriptions.
        "Triển khai Chiến lược phát triển kinh tế số đến năm 2025, định hướng đến năm 2030.",
        "Xây dựng chương trình giai đoạn 2025-2030, tầm nhìn đến năm 2045.",
        "Đến năm 2030, tầm nhìn đến năm 2045, tiếp tục chuyển đổi số.",
        "Phát triển nguồn nhân lực đến năm 2030 đáp ứng yêu cầu.",
        "Thực hiện tốt Luật Giao dịch điện tử năm 2023.",
        "Nhiệm vụ trọng tâm trong năm 2025 của ngành được xác định rõ.",
        # Spans of years.
        "Thời gian thực hiện: 2025 - 2030.",
        "Thực hiện từ năm 2025 đến năm 2030.",
        # What is past, or in force.
        "Trong năm 2024, tỉnh đã hoàn thành 15 chỉ tiêu.",
        "Các dự án đã được phê duyệt trước ngày 01/01/2025 tiếp tục thực hiện.",
        "Nghị định có hiệu lực từ ngày 01/7/2025.",
        # "hằng năm" that describes a plan or a budget; "định kỳ" alone.
        "Xây dựng chương trình, kế hoạch công tác hằng năm.",
        "Bảo đảm nguồn kinh phí thực hiện hằng năm theo Kế hoạch.",
        "Kế hoạch đầu tư công trung hạn 5 năm và hằng năm.",
        "Tổ chức hội nghị chuyển đổi số hàng năm cấp tỉnh.",
        "Định kỳ đánh giá, công bố kết quả.",
        # No times at all.
        "Hoạt động 24/7, tỷ lệ 3/4, mạng 5G, công nghiệp 4.0, Đề án 06.",
    ],
)
def test_no_deadline(text: str) -> None:
    layout = lay_out_line(text)

    assert find_deadlines(layout, 0, len(layout.flat.text)) == []


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        # A scan reads "quý II" as "quy 11", and drops or swaps diacritics.
        ("hoan thanh ⟦trong quy 11/2025⟧; bao céo két qua", ["2025-Q2"]),
        (
            "dinh ky 6 thang (⟦trwdc ngay 05/6⟧) va hing nam (⟦truwéc ngay 25/11⟧)",
            ["--06-05 P6M", "--11-25 P1Y"],
        ),
    ],
)
def test_damaged_text(marked: str, expected: list[str]) -> None:
    _check(marked, expected)


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        # A cell of a table of tasks holds nothing but the time.
        ("Quý II/2025", ["2025-Q2"]),
        ("Năm 2025", ["2025"]),
        ("Hằng năm", ["P1Y"]),
        ("2025-2030", []),
        ("Thường xuyên", []),
    ],
)
def test_cells(cell: str, said: list[str]) -> None:
    row = f"| TT | Nhiệm vụ | Thời gian |\n|---|---|---|\n| 1 | Xây dựng Đề án | {cell} |\n"
    layout = lay_out(SourceDocument("plan.md", "0" * 64, row))
    first = layout.flat.text.index("Xây dựng")

    found = find_deadlines(layout, first, len(layout.flat.text))

    assert [_said(deadline) for deadline in found] == said


def test_only_the_range_is_read() -> None:
    layout = lay_out_line("xong trước ngày 15/6/2025; gửi trước ngày 20/6/2025")

    found = find_deadlines(layout, 0, layout.flat.text.index(";"))

    assert [deadline.value for deadline in found] == ["2025-06-15"]


GOLD = [
    "hau-giang-ke-hoach-03-nq-cp.txt",
    "hung-yen-ke-hoach-44-kh-ubnd.txt",
    "hung-yen-tinh-uy-ke-hoach-386-kh-tu.md",
    "lai-chau-ke-hoach-03-nq-cp.md",
    "ninh-binh-ke-hoach-03-nq-cp.md",
]


@pytest.mark.parametrize("name", GOLD)
def test_gold_deadlines(name: str) -> None:
    path = ROOT / "corpus" / name
    text = path.read_bytes().decode("utf-8")
    layout = lay_out(SourceDocument(name, "0" * 64, text))
    gold = json.loads((ROOT / "tests" / "gold" / f"{path.stem}.json").read_text(encoding="utf-8"))

    for task in gold["tasks"]:
        start, end = layout.flat.index(task["start"]), layout.flat.index(task["end"])
        found = find_deadlines(layout, start, end)
        assert [_said(deadline) for deadline in found] == [
            f"{entry['value'] or ''} {entry['recurrence'] or ''}".strip()
            for entry in task["deadlines"]
        ]


PIECES = st.sampled_from(
    ["trước ngày ", "15/6", " và ", "hằng năm", "định kỳ ", "6 tháng", "(", ")", ", ", "quý ",
     "II/", "2025", "năm ", "đến ", "hoàn thành ", "tháng ", "-", ". ", "ngày 20 hằng tháng"]
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(st.lists(PIECES, max_size=25).map("".join))
def test_spans_lie_in_the_text_and_never_overlap(text: str) -> None:
    layout = lay_out_line(text)

    found = find_deadlines(layout, 0, len(layout.flat.text))

    spans = [deadline.evidence.span for deadline in found]
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(left.end <= right.start for left, right in pairwise(spans))
    assert all(deadline.value or deadline.recurrence for deadline in found)
