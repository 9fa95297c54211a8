"""Targets in tables: with bars, with empty cells, with several years in a cell, without bars."""

import pytest

from loaders.document import SourceDocument
from loaders.measuring.indicators import Indicator, find_indicators
from loaders.structure.sections import find_sections
from loaders.text.layout import lay_out


def _find(text: str) -> list[Indicator]:
    layout = lay_out(SourceDocument("annex.md", "0" * 64, text))
    return find_indicators(layout, find_sections(layout), [])


def _said(indicator: Indicator) -> str:
    value = str(indicator.value)
    if indicator.value_max is not None:
        value += f"-{indicator.value_max}"
    parts = (indicator.comparator, value, indicator.unit, indicator.target_year)
    return " ".join(str(part) for part in parts if part)


def _table(*rows: str) -> str:
    return "PHỤ LỤC\n\n" + "\n".join([rows[0], "|---" * rows[0].count("|"), *rows[1:]]) + "\n"


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        # A unit alone in its cell; an empty cell shifts nothing.
        (
            _table(
                "| TT | Chỉ tiêu | Đơn vị tính | Năm 2026 | Năm 2031 | Chủ trì |",
                "| 1 | Hồ sơ nộp qua mạng | % | 62 | 93 | Văn phòng |",
                "| 2 | Trạm y tế dùng bệnh án số | % | | 71 | Sở Y tế |",
            ),
            ["= 62 % 2026", "= 93 % 2031", "= 71 % 2031"],
        ),
        # What was reached is no target; rows that only name a group hold none.
        (
            _table(
                "| STT | Chỉ tiêu | ĐVT | Thực hiện năm 2024 | Kế hoạch 2026 | Mục tiêu 2031 |",
                "| I | XÃ HỘI SỐ | | | | |",
                "| 1 | Tỷ lệ hộ có cáp quang | % | 47,5 | 66 | Trên 88 |",
                "| 2 | Vị trí DTI | Thứ hạng | 29 | ≤ 22 | ≤ 17 |",
            ),
            ["= 66 % 2026", "> 88 % 2031", "<= 22 hạng 2026", "<= 17 hạng 2031"],
        ),
        # A column a year, as figures alone; the name tells the unit.
        (
            _table(
                "| TT | Mục tiêu | 2026 | 2027 | 2028 |",
                "| 1 | Tỷ lệ chi cho nghiên cứu (%) | 1 | 1,2 | 1,4 |",
                "| 2 | Số sáng chế được cấp | 2 | 3 | 4 |",
            ),
            [
                *("= 1 % 2026", "= 1.2 % 2027", "= 1.4 % 2028"),
                *("= 2 sáng chế 2026", "= 3 sáng chế 2027", "= 4 sáng chế 2028"),
            ],
        ),
        # The years in a second row of heads.
        (
            _table(
                "| TT | Chỉ tiêu | Đơn vị | Lộ trình | |",
                "| | | | 2027 | 2029 |",
                "| 1 | Thôn có mạng 5G | % | 52 | 97 |",
            ),
            ["= 52 % 2027", "= 97 % 2029"],
        ),
        # Values with words: a rank, a share, a thing counted.
        (
            _table(
                "| TT | Nội dung chỉ tiêu | Chỉ tiêu năm 2026 | Chủ trì |",
                "| 1 | Xếp hạng chuyển đổi số | Nhóm 18 tỉnh dẫn đầu | Sở Nội vụ |",
                "| 2 | Tỷ lệ thôn có tổ công nghệ | Đạt 97% | Sở Nội vụ |",
                "| 3 | Tập huấn cho tổ công nghệ | ≥ 130 tổ | Sở Nội vụ |",
            ),
            ["<= 18 hạng 2026", "= 97 % 2026", ">= 130 tổ 2026"],
        ),
        # Several values in one cell.
        (
            _table(
                "| TT | Chỉ tiêu | Mục tiêu |",
                "| 1 | Tỷ lệ hồ sơ qua mạng | Năm 2026 đạt 61%; năm 2031 đạt 92% |",
                "| 2 | Phủ sóng 5G | 53% (năm 2026), 96% (năm 2031) |",
            ),
            ["= 61 % 2026", "= 92 % 2031", "= 53 % 2026", "= 96 % 2031"],
        ),
    ],
)
def test_tables_with_bars(table: str, expected: list[str]) -> None:
    assert [_said(indicator) for indicator in _find(table)] == expected


WITHOUT_BARS = """PHỤ LỤC
CÁC CHỈ TIÊU

TT   Chỉ tiêu                            Đơn vị       Năm 2026    Năm 2031
1    Tỷ lệ hồ sơ qua mạng                %            61          92
2    Doanh nghiệp công nghệ số           doanh nghiệp 110         260
3    Phủ sóng 5G                         % dân số     54          ≥ 98
"""


@pytest.mark.parametrize("lines_before", [0, 30])
def test_a_table_without_bars(lines_before: int) -> None:
    tasks = "".join(f"{n}. Triển khai việc thứ {n} của tỉnh.\n\n" for n in range(1, lines_before))

    found = _find(f"KẾ HOẠCH\n\nI. NHIỆM VỤ\n\n{tasks}{WITHOUT_BARS}")

    assert [(i.name, _said(i)) for i in found] == [
        ("Tỷ lệ hồ sơ qua mạng", "= 61 % 2026"),
        ("Tỷ lệ hồ sơ qua mạng", "= 92 % 2031"),
        ("Doanh nghiệp công nghệ số", "= 110 doanh nghiệp 2026"),
        ("Doanh nghiệp công nghệ số", "= 260 doanh nghiệp 2031"),
        ("Phủ sóng 5G", "= 54 % 2026"),
        ("Phủ sóng 5G", ">= 98 % 2031"),
    ]


def test_a_list_of_tasks_with_years_is_no_table_of_targets() -> None:
    assert _find("TT Nhiệm vụ Năm 2026 Năm 2031\n1 Xây dựng nền tảng 61 92\n") == []
