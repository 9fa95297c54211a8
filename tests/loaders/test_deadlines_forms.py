"""Deadlines in the wordings of many plans: reports of every period, spans, what is none."""

import pytest

from loaders.text.layout import lay_out_line
from loaders.timing.deadlines import Deadline, find_deadlines
from tests.marking import unmark


def _said(deadline: Deadline) -> str:
    return f"{deadline.value or ''} {deadline.recurrence or ''}".strip()


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        # The limit with "là", "đến trước", "các ngày"; points in a date, also of a month.
        ("Gửi danh mục ⟦chậm nhất là ngày 18/9/2026⟧.", ["2026-09-18"]),
        ("Bàn giao ⟦đến trước tháng 8.2026⟧.", ["2026-08"]),
        (
            "Báo cáo ⟦trước các ngày 12/3⟧, ⟦12/6⟧, ⟦12/9⟧ và ⟦12/12⟧ hằng năm.",
            ["--03-12 P3M", "--06-12 P3M", "--09-12 P3M", "--12-12 P3M"],
        ),
        # Months and quarters in a list: the last counts.
        ("Tập huấn xong ⟦trong tháng 8, tháng 9 năm 2026⟧.", ["2026-09"]),
        ("Thời gian: ⟦tháng 8-9/2026⟧.", ["2026-09"]),
        ("Ban hành quy chế ⟦trong Quý II, III năm 2026⟧.", ["2026-Q3"]),
        # Halves and other parts of a year.
        ("Hoàn thành ⟦trong 9 tháng đầu năm 2026⟧.", ["2026-09"]),
        ("Hoàn thành ⟦trong 6 tháng cuối năm 2026⟧.", ["2026-12"]),
        ("Sơ kết ⟦giữa năm 2027⟧; tổng kết ⟦cuối năm 2029⟧.", ["2027", "2029"]),
        # From now to then; from one time to another.
        ("Từ nay ⟦đến hết năm 2026⟧, tập trung số hóa hồ sơ.", ["2026"]),
        ("Thời gian thực hiện: Từ tháng 4/2026 ⟦đến tháng 11/2026⟧.", ["2026-11"]),
        ("Mục tiêu ⟦đến hết năm 2026⟧ hoàn thành dứt điểm việc quá hạn.", ["2026"]),
        # A year or a quarter that opens a clause before an event.
        ("⟦Năm 2027⟧, tổ chức sơ kết giai đoạn đầu.", ["2027"]),
        ("⟦Quý II năm 2026⟧ trình Hội đồng nhân dân tỉnh.", ["2026-Q2"]),
        ("Thời gian thực hiện: Thường xuyên, ⟦hằng năm⟧.", ["P1Y"]),
    ],
)
def test_times(marked: str, expected: list[str]) -> None:
    text, spans = unmark(marked)
    layout = lay_out_line(text)

    found = find_deadlines(layout, 0, len(layout.flat.text))

    assert [_said(deadline) for deadline in found] == expected
    assert [(d.evidence.span.start, d.evidence.span.end) for d in found] == spans


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        # Days of a month of every quarter, of the month reported on.
        (
            "Định kỳ hằng quý (⟦trước ngày 12 của tháng cuối quý⟧), 6 tháng (⟦trước ngày 12/6⟧), "
            "năm (⟦trước ngày 12/12⟧) gửi báo cáo.",
            ["---12 P3M", "--06-12 P6M", "--12-12 P1Y"],
        ),
        ("Gửi số liệu ⟦trước ngày 05 tháng đầu quý sau⟧.", ["---05 P3M"]),
        ("Báo cáo ⟦chậm nhất vào ngày 14 của tháng tiếp theo⟧.", ["---14 P1M"]),
        # The period behind, and numbers in words beside the figures.
        (
            "⟦Chậm nhất ngày 16 (mười sáu) của tháng báo cáo⟧ đối với báo cáo định kỳ hằng tháng;",
            ["---16 P1M"],
        ),
        (
            "⟦Chậm nhất ngày 09 (chín) tháng 06 (sáu)⟧ đối với báo cáo định kỳ 06 (sáu) tháng.",
            ["--06-09 P6M"],
        ),
        ("Họp thường kỳ ⟦hằng quý⟧ và đột xuất khi cần.", ["P3M"]),
        ("Định kỳ ⟦hằng quý⟧, ⟦6 tháng⟧ và ⟦cả năm⟧ báo cáo.", ["P3M", "P6M", "P1Y"]),
    ],
)
def test_reports(marked: str, expected: list[str]) -> None:
    text, spans = unmark(marked)
    layout = lay_out_line(text)

    found = find_deadlines(layout, 0, len(layout.flat.text))

    assert [_said(deadline) for deadline in found] == expected
    assert [(d.evidence.span.start, d.evidence.span.end) for d in found] == spans


@pytest.mark.parametrize(
    "text",
    [
        # A stretch of time that no date begins.
        "Trong vòng 20 ngày kể từ ngày ký, các đơn vị xây dựng kế hoạch.",
        "Sau 9 tháng thí điểm, đánh giá kết quả.",
        "Báo cáo quý chậm nhất là 25 ngày kể từ ngày kết thúc quý.",
        # A limit of how often is a target.
        "Thanh tra mỗi doanh nghiệp không quá 01 lần/năm.",
        # The year of a state to reach belongs to the target.
        "Phấn đấu đến năm 2030, có ít nhất 06 dự án được triển khai.",
        "Đến năm 2030, tỷ lệ hồ sơ qua mạng đạt 85%.",
        # No "từ" in "đầu tư" and "điện tử"; what is counted up to a day.
        "Nguồn vốn đầu tư năm 2026 của tỉnh được bố trí theo kế hoạch.",
        "Tính đến thời điểm quý II/2026, đã có 97% thôn có sóng di động.",
        # Days that are celebrated.
        "Tổ chức Ngày Chuyển đổi số quốc gia 10/10.",
        "Lấy ngày 20 tháng 7 hằng năm là Ngày sáng tạo của tỉnh.",
    ],
)
def test_no_deadline(text: str) -> None:
    layout = lay_out_line(text)

    assert find_deadlines(layout, 0, len(layout.flat.text)) == []
