import pytest

from loaders.document import SourceDocument
from loaders.structure.task_tables import TaskRow, find_task_rows
from loaders.text.layout import Layout, lay_out

HEAD = "| TT | Nhiệm vụ | Cơ quan chủ trì | Cơ quan phối hợp | Thời gian hoàn thành |\n"
RULE = "|---|---|---|---|---|\n"


def layout_of(text: str) -> Layout:
    return lay_out(SourceDocument("x.md", "0" * 64, text))


def cells(layout: Layout, row: TaskRow) -> list[str | None]:
    places = (row.task, row.lead, row.support, row.due)
    return [row.label, *(place and layout.flat.text[slice(*place)] for place in places)]


@pytest.mark.parametrize(
    ("table", "rows"),
    [
        (
            f"{HEAD}{RULE}| 1 | Phủ sóng | Sở Y tế | Sở Nội vụ | 2026 |\n| 2. | Đào tạo | Sở | | |",
            [["1", "Phủ sóng", "Sở Y tế", "Sở Nội vụ", "2026"], ["2", "Đào tạo", "Sở", None, None]],
        ),
        # The heading of a group, with a letter, a Roman numeral or numbers below it.
        (
            f"{HEAD}{RULE}| I | Hạ tầng | | | |\n| 1 | Mạng | | | |\n| 1.1 | 5G | Sở | | |",
            [["1.1", "5G", "Sở", None, None]],
        ),
        # A lead in a merged cell stands in the first of its rows only.
        (
            f"{HEAD}{RULE}| 1 | Mạng | Sở | | |\n| 2 | Máy chủ | | | |",
            [["1", "Mạng", "Sở", None, None], ["2", "Máy chủ", None, None, None]],
        ),
        # The head comes again on the next page; its columns may have other names and places.
        (
            f"{HEAD}{RULE}| 1 | Mạng | Sở | | |\n{HEAD}| 2 | Máy | Sở | | 2027 |",
            [["1", "Mạng", "Sở", None, None], ["2", "Máy", "Sở", None, "2027"]],
        ),
        (
            "| Đơn vị thực hiện | Nội dung công việc |\n|---|---|\n| Sở Y tế | Mạng |",
            [[None, "Mạng", "Sở Y tế", None, None]],
        ),
        # A head of two rows.
        (
            "| TT | Nhiệm vụ | Phân công | | Tiến độ |\n|---|---|---|---|---|\n"
            "| | | Chủ trì | Phối hợp | |\n| 1 | Mạng | Sở | Xã | Quý I |",
            [["1", "Mạng", "Sở", "Xã", "Quý I"]],
        ),
        # A cell of several lines.
        (
            f"{HEAD}{RULE}| 1 | Mạng:<br>- 5G;<br>- Cáp. | Sở | | |",
            [["1", "Mạng:\n- 5G;\n- Cáp.", "Sở", None, None]],
        ),
        # Tables of other things.
        ("| TT | Chỉ tiêu | Cơ quan chủ trì |\n|---|---|---|\n| 1 | 5G | Sở |", []),
        ("| TT | Nhiệm vụ | Kinh phí |\n|---|---|---|\n| 1 | 5G | 30 tỷ |", []),
        ("Nhiệm vụ của cơ quan chủ trì", []),
    ],
)
def test_find_task_rows(table: str, rows: list[list[str | None]]) -> None:
    layout = layout_of(f"PHỤ LỤC\n\n{table}")

    assert [cells(layout, row) for row in find_task_rows(layout)] == rows
