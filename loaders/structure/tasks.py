"""Tasks and assignments: what a document orders to be done, and by whom."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from loaders.document import Evidence
from loaders.structure.closing import closing_range
from loaders.structure.parts import part_of, root_part
from loaders.structure.rows import Rows
from loaders.structure.sections import Section
from loaders.structure.task_tables import find_task_rows
from loaders.text.layout import Block, Layout
from loaders.text.reading import fold
from loaders.timing.deadlines import Deadline

Role = Literal["lead", "support", "reports-to"]


@dataclass(frozen=True, slots=True)
class Assignment:
    """An agency's role in a task.

    Attributes:
        role: "lead" (chủ trì), "support" (phối hợp) or "reports-to" (báo cáo).
        agency: canonical name, or a group as the text names it ("các sở, ban, ngành").
        evidence: the words that give the role; for an inherited role those of the parent item.
        inherited: True where a sub-item takes the role from the item above it.
    """

    role: Role
    agency: str
    evidence: Evidence
    inherited: bool = False


@dataclass(frozen=True, slots=True)
class Task:
    """One bulleted, lettered or numbered item that orders something.

    Attributes:
        kind: "task" under the part that states tasks and solutions, "assignment" under the part
            on organising the work (Tổ chức thực hiện).
        section: path of the section it stands in ("II.1").
        label: its own number in the list or table ("a", "2"), None for a dash.
        evidence: from its first word to its last character, the marker left out.
        parent: index of the task it is a sub-item of.
        assignments, deadlines: found in its own words, or inherited (assignments only).
        cites: keys of the instruments that its words mention, each once, in reading order.
    """

    kind: Literal["task", "assignment"]
    section: str
    label: str | None
    evidence: Evidence
    parent: int | None = None
    assignments: tuple[Assignment, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    cites: tuple[str, ...] = ()


# "(Kèm theo Phụ lục I …)", "Chi tiết tại Phụ lục 2 kèm theo.": where to look, nothing to be done.
_POINTER = re.compile(r"\W*(?:kem theo|dinh kem|chi tiet|co (?:danh muc|phu luc|bieu))?.*?phu luc")
_POINTER_WORDS = re.compile("kem theo|dinh kem|chi tiet")
_FORMULA = re.compile(
    r"\W*(?:tren )?day la |\W*noi nhan|\W*kinh gui|.*\bco hieu luc\b"
    r"|.{0,60}\bnay (?:(?:duoc )?pho bien|(?:da )?duoc .{2,80}thong qua)\b|\W*(?:xin )?tran trong"
)
# "Yêu cầu các đơn vị nghiêm túc triển khai thực hiện./.": nothing that the text has not said.
_MERE_ORDER = re.compile(
    r"\W*(?:de nghi|yeu cau) [^;:\d]{4,120}(?:trien khai|thuc hien|thi hanh)"
    r"(?: (?:tot|nghiem|noi dung|cac|ke hoach|chuong trinh|nghi quyet|quyet dinh|chi thi|nay"
    r"|tren))*\W*"
)
# "… chịu trách nhiệm thi hành Quyết định này./.": the set phrase of every decision.
_EXECUTES = re.compile(
    r"[^.;]*(?:chiu|co) trach nhiem (?:to chuc )?(?:thi hanh|thuc hien|trien khai)[^.;]{0,50}\W*"
)
_ORDERS = re.compile(r"(?:chiu|co) trach nhiem|\bgiao\b|to chuc (?:trien khai )?(?:thuc|thi) h")
_LEVELS = {"decimal": 1, "letter": 2, "dash": 4, "plus": 5}
_UNDER_LETTER = 3
_SHORT_POINTER, _SHORT_LEAD, _LONG_ARTICLE = 240, 10, 8
_BULLET, _ITEM, _TEXT = ("TSK-001", 0.98), ("TSK-002", 0.97), ("TSK-003", 0.9)
_ROW = ("TSK-004", 0.9)


def find_tasks(layout: Layout, sections: Sequence[Section]) -> list[Task]:
    """Find the tasks and assignments, in reading order; roles, deadlines and cites stay empty.

    Bulleted and lettered items of the parts that state tasks, items of the part on organising the
    work, headings that have only running text, closing paragraphs that order something, and the
    rows of tables of tasks, wherever they stand.
    """
    tasks: list[Task] = []
    named = any(section.level == 1 and part_of(section.heading) for section in sections)
    root = None if named else root_part(layout)
    for group in _groups(layout, sections):
        part = group.section.part if group.section else root
        if group.section and group.heading and _is_ordering_article(group):
            evidence = Evidence(layout.flat.span(group.heading.body, group.heading.end), *_TEXT)
            tasks.append(Task("assignment", group.section.path, None, evidence))
        elif part in {"tasks", "organising"}:
            kind: Literal["task", "assignment"] = "task" if part == "tasks" else "assignment"
            tasks.extend(_Reader(layout, group, kind, len(tasks)).read())
    return _merged(tasks, list(_row_tasks(layout, sections)))


def _row_tasks(layout: Layout, sections: Sequence[Section]) -> Iterator[Task]:
    """Yield the rows of tables of tasks, under the deepest section that they stand in."""
    waiting = list(reversed(sections))
    above: list[Section] = []
    for row in find_task_rows(layout):
        span = layout.flat.span(*row.task)
        while waiting and waiting[-1].start <= span.start:
            above.append(waiting.pop())
        while above and above[-1].end <= span.start:
            above.pop()
        path = above[-1].path if above else ""
        yield Task("task", path, row.label, Evidence(span, *_ROW))


def _merged(tasks: list[Task], rows: list[Task]) -> list[Task]:
    """Put rows among the tasks in reading order, and keep each task's parent."""
    if not rows:
        return tasks
    both = [*tasks, *rows]
    order = sorted(range(len(both)), key=lambda number: both[number].evidence.span)
    places = {number: place for place, number in enumerate(order)}
    return [
        task if task.parent is None else replace(task, parent=places[task.parent])
        for task in (both[number] for number in order)
    ]


@dataclass(slots=True)
class _Group:
    """The blocks that stand directly under one heading, up to the next heading.

    Attributes:
        section, top: that heading's section, and the highest one above it.
        heading: the block of the heading, if the group begins with it.
        blocks: its items and paragraphs.
        parted: whether a subsection of the same section follows.
        last: whether nothing else follows in the highest section.
    """

    section: Section | None
    top: Section | None
    heading: Block | None
    blocks: list[Block]
    parted: bool = False
    last: bool = True


def _groups(layout: Layout, sections: Sequence[Section]) -> list[_Group]:
    """Gather the blocks under each heading; notes, recipients and signature are left out.

    The second line of a heading ("Chương I" / "QUY ĐỊNH CHUNG") is left out too.
    """
    groups: list[_Group] = []
    above: list[Section] = []
    coming = iter([*sections, None])
    following = next(coming)
    for block in _body_blocks(layout):
        start = layout.flat.starts[block.start]
        left = len(above)
        while above and start >= above[-1].end:
            above.pop()
        if following and start >= following.start:
            above.append(following)
            groups.append(_Group(following, above[0], block, []))
            following = next(coming)
        elif not groups or len(above) != left:
            groups.append(_Group(above[-1] if above else None, next(iter(above), None), None, []))
            groups[-1].blocks.append(block)
        elif not above or start >= above[-1].evidence.span.end:
            groups[-1].blocks.append(block)
    _link(groups)
    return groups


def _body_blocks(layout: Layout) -> Iterator[Block]:
    closing = closing_range(layout)
    for place, block in enumerate(layout.blocks):
        if place not in closing and block.kind != "footnote":
            yield block


def _link(groups: Sequence[_Group]) -> None:
    """Tell each group what follows it."""
    for group, following in pairwise(groups):
        section, deeper = group.section, following.section
        group.last = group.top is not following.top
        group.parted = bool(section and deeper and section.start < deeper.start < section.end)


def _is_ordering_article(group: _Group) -> bool:
    """Tell whether an article is nothing but an order: "Điều 3. Giao … chịu trách nhiệm …"."""
    heading, section = group.heading, group.section
    if not heading or heading.kind != "article" or not section or group.blocks or group.parted:
        return False
    words = fold(section.heading)
    if len(words.split()) <= _LONG_ARTICLE or _EXECUTES.fullmatch(words):
        return False
    return _ORDERS.search(words) is not None


class _Reader:
    """Reads the tasks of one group."""

    def __init__(
        self, layout: Layout, group: _Group, kind: Literal["task", "assignment"], before: int
    ) -> None:
        self.layout = layout
        self.group = group
        self.rows = Rows(layout, group.blocks)
        self.kind = kind
        self.before = before
        self.tasks: list[Task] = []
        self.parents: list[tuple[int, int]] = []
        self.path = group.section.path if group.section else ""

    def read(self) -> list[Task]:
        """Return the tasks, in reading order."""
        blocks = self.group.blocks
        items = [
            place for place, block in enumerate(blocks) if block.kind in _LEVELS and not block.cell
        ]
        if not items:
            if self.group.section:
                self._read_text()
            return self.tasks
        for place, following in zip(items, [*items[1:], len(blocks)], strict=True):
            self._read_item(place, following)
        return self.tasks

    def _text(self, block: Block) -> str:
        return self.layout.text(block)

    def _add(self, start: Block, end: Block, rule: tuple[str, float], path: str) -> None:
        if start.body < end.end:
            label = start.marker if start.kind in {"decimal", "letter"} else None
            evidence = Evidence(self.layout.flat.span(start.body, end.end), *rule)
            parent = self.parents[-1][1] if self.parents else None
            self.tasks.append(Task(self.kind, path, label, evidence, parent))

    def _read_item(self, place: int, following: int) -> None:
        """Read an item with the paragraphs behind it."""
        blocks = self.group.blocks
        block = blocks[place]
        level = self._level(block)
        while self.parents and self.parents[-1][0] >= level:
            self.parents.pop()
        behind = blocks[place + 1 : following]
        closing = following == len(blocks) and self.group.last and self.kind == "assignment"
        last = block
        for paragraph in [] if closing else behind:
            if not self._is_running(paragraph):
                break
            last = paragraph
        if not self._only_introduces(block, blocks[following : following + 1]):
            rule = _BULLET if block.kind in {"dash", "plus"} else _ITEM
            self._add(block, last, rule, self.path)
            self.parents.append((level, self.before + len(self.tasks) - 1))
        if closing:
            self.parents.clear()
            self._read_closing(behind)

    def _level(self, block: Block) -> int:
        """Return how deep an item stands; "1)" under "a)" is below it."""
        below = block.start in self.rows.below_letters
        return _UNDER_LETTER if below else _LEVELS[block.kind or "dash"]

    def _only_introduces(self, block: Block, following: Sequence[Block]) -> bool:
        """Tell whether a bullet is just a short lead-in: "- Sở Tài chính:" before "+ …"."""
        text = self._text(block)
        if not text.endswith(":") or len(text.split()) > _SHORT_LEAD or not following:
            return False
        if fold(text[-6:]).endswith("gom:"):
            return False  # "Xây dựng nền tảng số, gồm:" orders something
        return self._level(following[0]) > self._level(block)

    def _is_running(self, block: Block) -> bool:
        """Tell whether a block is a paragraph of running text."""
        if block.kind or block.cell or block.heading or block.bold:
            return False
        text = self._text(block)
        return not text.isupper() and not self._is_pointer(text) and not _is_formula(text)

    def _is_pointer(self, text: str) -> bool:
        if len(text) > _SHORT_POINTER:
            return False
        words = fold(text)
        return _POINTER.match(words) is not None and _POINTER_WORDS.search(words) is not None

    def _read_text(self) -> None:
        """Read a heading's running text: one task; in the part on organising, one a paragraph."""
        if self.group.parted:
            return
        section, blocks = self.group.section, self.group.blocks
        separate = self.kind == "assignment" and (not section or section.level == 1)
        if separate:
            self._read_closing(blocks)
            return
        running = [block for block in blocks if self._is_running(block)]
        closing = self.kind == "assignment" and self.group.last
        own = running[:1] if closing else running
        if own:
            self._add(own[0], own[-1], _TEXT, self.path)
        if closing and own:
            self._read_closing(blocks[blocks.index(own[0]) + 1 :])

    def _read_closing(self, blocks: Sequence[Block]) -> None:
        """Read paragraphs without a number, up to the formula that closes the document."""
        top = self.group.top
        for block in blocks:
            text = self._text(block)
            if _is_formula(text):
                return
            if self._is_running(block) and not text.endswith(":"):
                self._add(block, block, _TEXT, top.path if top else self.path)


def _is_formula(text: str) -> bool:
    """Tell whether a paragraph is one of the set phrases that order nothing ("Trên đây là …")."""
    words = fold(text[:400])
    return _FORMULA.match(words) is not None or _MERE_ORDER.fullmatch(words) is not None
