"""Tables of tasks: "| TT | Nhiệm vụ | Cơ quan chủ trì | Cơ quan phối hợp | Thời gian |".

Annexes of plans list their tasks so. A table is read only if its head names a column for the tasks
and one for who leads them; a row without any of them is the heading of a group.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from loaders.text.layout import Block, Layout
from loaders.text.reading import fold

Column = Literal["number", "task", "lead", "support", "due"]

_WHO = r"(?:co quan|don vi|to chuc|ca nhan|so|nganh|cap|noi)(?:[,/ -]+(?:va |hoac )?)"
_WORK = r"(?:nhiem vu|cong viec|hoat dong|giai phap|noi dung|de an|du an|chuong trinh|ke hoach)"
_DONE = r"(?: (?:hoan thanh|thuc hien|trinh|ban hanh|trien khai|bao cao|ket thuc|xong))*"
_HEADS: tuple[tuple[Column, re.Pattern[str]], ...] = (
    ("number", re.compile(r"(?:s?tt|so tt|so thu tu|muc)\W*")),
    ("support", re.compile(rf"(?:{_WHO})*(?:tham gia )?phoi hop{_DONE}\W*")),
    (
        "lead",
        re.compile(
            rf"(?:{_WHO})*(?:duoc giao )?(?:chu tri|dau moi)(?: tham muu| chinh)?{_DONE}\W*"
            rf"|(?:{_WHO})+(?:duoc giao )?(?:chiu trach nhiem|thuc hien|trien khai)\W*"
        ),
    ),
    (
        "due",
        re.compile(
            r"(?:du kien )?(?:thoi (?:gian|han|diem)|han|tien do|lo trinh|nam)"
            rf"{_DONE}\W*|hoan thanh\W*"
        ),
    ),
    (
        "task",
        re.compile(
            rf"(?:ten |cac |danh muc |nhom )*{_WORK}(?:[,/ &-]+(?:va )?(?:{_WORK}|cu the|trong tam"
            r"|chu yeu|chi tiet|thuc hien|trien khai|duoc giao|san pham|van ban))*\W*"
        ),
    ),
)
_ARABIC = re.compile(r"\d{1,3}(?:\.\d{1,3}){0,3}\.?")
_LONGEST_HEAD = 80


@dataclass(frozen=True, slots=True)
class TaskRow:
    """One row: where its cells begin and end in the flat text.

    Attributes:
        task: the words of the task.
        label: the row's own number ("2.1"), None if it has none.
        lead, support, due: the other cells, None where they are empty.
    """

    task: tuple[int, int]
    label: str | None = None
    lead: tuple[int, int] | None = None
    support: tuple[int, int] | None = None
    due: tuple[int, int] | None = None

    def extent(self) -> tuple[int, int]:
        """Return where the first of the cells begins and the last one ends."""
        cells = [cell for cell in (self.task, self.lead, self.support, self.due) if cell]
        return min(start for start, _ in cells), max(end for _, end in cells)


def find_task_rows(layout: Layout) -> list[TaskRow]:
    """Find the rows of all tables of tasks, in reading order."""
    return [row for cells in _tables(layout.blocks) for row in _Table(layout, cells).rows()]


def _tables(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    """Yield the runs of cells."""
    run: list[Block] = []
    for block in blocks:
        if block.cell:
            run.append(block)
        elif block.kind != "footnote" and run:
            yield run
            run = []
    if run:
        yield run


@dataclass(slots=True)
class _Cells:
    """One row of a table: its cells by column."""

    cells: dict[int, list[Block]] = field(default_factory=dict)


class _Table:
    """A run of cells, of which some row may be the head of a table of tasks."""

    def __init__(self, layout: Layout, blocks: Sequence[Block]) -> None:
        self.layout = layout
        self.lines = list(_lines(blocks))
        self.columns: dict[Column, int] = {}

    def rows(self) -> Iterator[TaskRow]:
        """Yield the rows behind a head; a head that is repeated on each page is left out."""
        read = [self._row(line) for line in self.lines]
        for row, following in zip(read, [*read[1:], None], strict=False):
            if row and (row.lead or row.support or row.due or self._is_plain(row, following)):
                yield row

    def _row(self, line: _Cells) -> TaskRow | None:
        """Read one row by the head above it; a head changes what the columns are."""
        found = self._head(line)
        if "task" in found and ("lead" in found or not self.columns):
            self.columns = found
            return None
        if "lead" in found and "task" in self.columns and "lead" not in self.columns:
            self.columns |= found
            return None
        task = self._place(line, "task")
        if task is None or "lead" not in self.columns:
            return None
        label = line.cells.get(self.columns.get("number", -1))
        return TaskRow(
            task,
            self._words(label[-1:]).rstrip(".") if label else None,
            *(self._place(line, column) for column in ("lead", "support", "due")),
        )

    def _head(self, line: _Cells) -> dict[Column, int]:
        """Return the columns that a row names, if it is a head."""
        found: dict[Column, int] = {}
        for column, cell in line.cells.items():
            words = fold(self._words(cell))
            if len(words) <= _LONGEST_HEAD:
                names = (name for name, pattern in _HEADS if pattern.fullmatch(words))
                name = next(names, None)
                if name:
                    found.setdefault(name, column)
        return found

    def _place(self, line: _Cells, column: Column) -> tuple[int, int] | None:
        cell = line.cells.get(self.columns.get(column, -1))
        if not cell or not any(char.isalnum() for char in self._words(cell)):
            return None
        return cell[0].body, cell[-1].end

    def _words(self, cell: Sequence[Block]) -> str:
        return " ".join(self.layout.flat.text[block.start : block.end] for block in cell).strip()

    def _is_plain(self, row: TaskRow, following: TaskRow | None) -> bool:
        """Tell whether a row without lead is a task whose lead stands in a merged cell above."""
        if not row.label or not _ARABIC.fullmatch(row.label):
            return False
        below = following.label if following else None
        return not (below and below.startswith(f"{row.label}."))


def _lines(blocks: Sequence[Block]) -> Iterator[_Cells]:
    """Yield the rows: one begins where the columns begin anew."""
    line, last = _Cells(), -1
    for block in blocks:
        if block.column < last:
            yield line
            line = _Cells()
        line.cells.setdefault(block.column, []).append(block)
        last = block.column
    yield line
