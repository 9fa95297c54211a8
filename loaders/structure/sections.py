"""Sections: the numbered headings of a document, and the path that leads to each."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from loaders.document import Evidence
from loaders.structure.closing import closing_range
from loaders.structure.letterhead import find_type_line
from loaders.structure.parts import (
    Part,
    part_of,
    part_of_article,
    root_part,
    shares_out_tasks,
    subpart_of,
)
from loaders.structure.rows import Rows, is_finished
from loaders.text.layout import Block, Layout


@dataclass(frozen=True, slots=True)
class Section:
    """A numbered heading.

    Attributes:
        path: the numbers from the top, joined by dots: "II", "II.1"; "1.1." under "III" is
            "III.1.1". Worded numbers keep their word ("Điều 2", "Phụ lục I"), an unnumbered
            heading gets its place among those ("§1"), a number that comes a second time in the
            same place a mark ("II~2").
        heading: its words on one line, without markup and end punctuation.
        level: 1 for "I", 2 for "1", and so on.
        evidence: the span of the heading, number included.
        start, end: the part of the source that the section covers, its subsections included.
        part: what it is for, its own or that of the section above it; None if nothing tells.
    """

    path: str
    heading: str
    level: int
    evidence: Evidence
    start: int
    end: int
    part: Part | None = None


@dataclass(frozen=True, slots=True)
class _Step:
    """One level of the path to the heading at hand."""

    rank: int
    path: str
    part: Part | None


_RANKS = {"annex": 0, "part": 1, "chapter": 2, "division": 3, "article": 4, None: 8}
_DECIMAL, _LETTER, _BRACKETED = 10, 20, 21
_NAMES = {
    "annex": "Phụ lục", "part": "Phần", "chapter": "Chương", "division": "Mục", "article": "Điều",
}  # fmt: skip
# Rule and confidence: numbered parts, numbered headings, lead-ins with a letter, bare headings.
_RULES = {"decimal": ("SEC-002", 0.97), "letter": ("SEC-003", 0.85), None: ("SEC-004", 0.8)}
_SENTENCE_ENDS = re.compile(r"\.\s\S")
_RUN_IN = re.compile(r"[^:]{2,120}:\s")
_STOPS = " .:;,-–"
_LONGEST = 700
_MANY_WORDS, _FEW_WORDS = 60, 20


def find_sections(layout: Layout) -> list[Section]:
    """Find the headings, in reading order.

    A numbered item is a heading if it is set as one, stands over running text, or only introduces
    bullets or lettered items. Numbered items that say what is to be done are tasks, no sections.
    """
    sections = _Finder(layout).sections()
    shared_out = _shared_out(sections)
    if shared_out:
        sections = _Finder(layout, tasks_at=shared_out).sections()
    return _with_default_part(sections)


def _shared_out(sections: Sequence[Section]) -> frozenset[int]:
    """Return where parts begin that share out the tasks beside a part on organising the work.

    "II. PHÂN CÔNG NHIỆM VỤ" states the tasks if no other part does and "III. TỔ CHỨC THỰC HIỆN"
    follows.
    """
    top = [section for section in sections if section.level == 1]
    if any(section.part == "tasks" for section in top):
        return frozenset()
    organising = [section for section in top if section.part == "organising"]
    named = [section for section in organising if shares_out_tasks(section.heading)]
    return frozenset(s.start for s in named) if len(named) < len(organising) else frozenset()


class _Finder:
    """Walks through the blocks and keeps the path to where it is."""

    def __init__(self, layout: Layout, tasks_at: frozenset[int] = frozenset()) -> None:
        self.layout = layout
        self.tasks_at = tasks_at
        closing = closing_range(layout)
        self.closing = layout.blocks[closing.start : closing.stop]
        self.blocks = [block for block in layout.blocks if block.kind != "footnote"]
        self.steps: list[_Step] = []
        self.root = root_part(layout)
        self.unnumbered = 0
        self.taken: Counter[str] = Counter()
        kinds = [block.kind for block in self.blocks if block.kind in {"roman", "capital"}]
        self.roman_above = kinds[:1] == ["roman"]
        self.numbered = any(block.kind in {"roman", "article"} for block in self.blocks)
        type_line = find_type_line(layout)
        self.headed = layout.blocks[type_line.place].end if type_line else 0
        self.rows = Rows(layout, self.blocks, self.closing[0].start if self.closing else -1)

    def sections(self) -> list[Section]:
        """Find the sections, then let each end where the next of its level begins."""
        found: list[Section] = []
        bounds: list[tuple[int, int, bool]] = []
        outside = {block.start for block in self.closing}
        for place, block in enumerate(self.blocks):
            heads = block.start not in outside and self._is_heading(place)
            if heads:
                found.append(self._enter(place))
            elif block.start in outside:
                self.steps.clear()
            elif block.kind in {"decimal", "letter"} and not block.cell:
                self._leave(self._rank(block))
            else:
                continue
            level = len(self.steps) if heads else len(self.steps) + 1
            bounds.append((level, self._source(block), heads))
        ends = _ends(bounds, self._source_end())
        return [
            replace(section, end=max(end, section.evidence.span.end))
            for section, end in zip(found, ends, strict=True)
        ]

    def _source(self, block: Block) -> int:
        return self.layout.flat.starts[block.start]

    def _source_end(self) -> int:
        return max(self.layout.flat.ends, default=0)

    def _enter(self, place: int) -> Section:
        """Take a heading as read: leave the steps of its rank and below, and step on it."""
        block = self.blocks[place]
        rank = self._rank(block)
        self._leave(rank)
        heading, end = self._words(place)
        part = self._part(block, heading)
        path = self._path(block)
        self.steps.append(_Step(rank, path, part))
        rule, confidence = _RULES.get(block.kind, ("SEC-001", 0.99))
        span = self.layout.flat.span(block.start, end)
        evidence = Evidence(span, rule, confidence)
        return Section(path, heading, len(self.steps), evidence, span.start, span.end, part)

    def _leave(self, rank: int) -> None:
        """Leave the steps of a rank and below."""
        while self.steps and self.steps[-1].rank >= rank:
            self.steps.pop()

    def _rank(self, block: Block) -> int:
        if block.kind == "roman":
            return 5 if self.roman_above else 6
        if block.kind == "capital":
            return 6 if self.roman_above else 5
        if block.kind == "decimal":
            below = block.start in self.rows.below_letters
            return _BRACKETED if below else _DECIMAL + (block.marker or "").count(".")
        return _LETTER if block.kind == "letter" else _RANKS.get(block.kind, 8)

    def _path(self, block: Block) -> str:
        name = block.marker or ""
        above = self.steps[-1].path if self.steps else ""
        if block.kind is None:
            self.unnumbered += 1
            name = f"§{self.unnumbered}"
        elif block.kind == "decimal" and "." in name:
            # "1.1." under "III" and "1" already says that it stands under "1".
            above = next((s.path for s in reversed(self.steps) if s.rank < _DECIMAL), "")
        elif block.kind in _NAMES:
            name = f"{_NAMES[block.kind]} {name}".strip()
        path = f"{above}.{name}" if above else name
        self.taken[path] += 1
        return path if self.taken[path] == 1 else f"{path}~{self.taken[path]}"

    def _part(self, block: Block, heading: str) -> Part | None:
        if block.kind == "annex" or any(step.rank == 0 for step in self.steps):
            return None
        if self._source(block) in self.tasks_at:
            return "tasks"
        above = self.steps[-1].part if self.steps else None
        if above is None:
            find = part_of_article if block.kind == "article" else part_of
            return find(heading) or (None if self.steps else self.root)
        return subpart_of(heading) or above

    def _words(self, place: int) -> tuple[str, int]:
        """Return a heading's words and where they end in the flat text."""
        block = self.blocks[place]
        text = self.layout.text(block)
        following = self.blocks[place + 1] if place + 1 < len(self.blocks) else None
        if not text.strip(_STOPS) and following and following.kind is None:
            title = self.layout.text(following)
            if title.isupper() or following.bold or following.heading:
                return title.strip(_STOPS), following.end
        run_in = _RUN_IN.match(text)
        if run_in and run_in.group().isupper() and not text.isupper():
            return run_in.group().strip(_STOPS), block.body + len(run_in.group().rstrip(": "))
        return text.strip(_STOPS), block.end

    def _is_heading(self, place: int) -> bool:
        block = self.blocks[place]
        if block.kind in {"dash", "plus"} or block.cell:
            return False
        if block.kind is None:
            return self._is_bare_heading(block)
        if block.kind == "decimal":
            return self._is_numbered_heading(place)
        return block.kind != "letter" or block.start in self.rows.headings

    def _is_bare_heading(self, block: Block) -> bool:
        """Tell whether a block without a number is the heading of a known part."""
        text = self.layout.text(block) if block.end - block.body <= _LONGEST else ""
        set_apart = text.isupper() or (block.heading and not self.numbered)
        if self.numbered and not self.steps:
            return False
        if (
            block.start <= self.headed + 1
            or not set_apart
            or len(text.split()) > _FEW_WORDS
            or is_finished(text)
        ):
            return False
        return (subpart_of if self.numbered else part_of)(text) is not None

    def _is_numbered_heading(self, place: int) -> bool:
        block = self.blocks[place]
        if block.end - block.body > _LONGEST:
            return False
        text = self.layout.text(block)
        finished, words = is_finished(text), len(text.split())
        if block.heading or block.bold:
            most = _MANY_WORDS if self.rows.has_children(place) else _FEW_WORDS
            return not finished or words <= most
        if self.rows.has_children(place):
            return not finished or (
                self._part_above(block) != "organising" and words <= _MANY_WORDS
            )
        if self.rows.stands_over_text(place):
            return words <= _MANY_WORDS and (not finished or self._has_sibling(block, text))
        return not finished and (text.isupper() or self._is_empty_part(block, text))

    def _has_sibling(self, block: Block, text: str) -> bool:
        """Tell whether a sentence over running text stands in a row of headings."""
        rank = self._rank(block)
        in_row = any(step.rank == rank and step.part != "organising" for step in self.steps)
        return in_row and not _SENTENCE_ENDS.search(text)

    def _is_empty_part(self, block: Block, text: str) -> bool:
        """Tell whether a heading without any text below it names a part: "2. Nhiệm vụ cụ thể"."""
        return self._part_above(block) != "organising" and subpart_of(text) is not None

    def _part_above(self, block: Block) -> Part | None:
        rank = self._rank(block)
        above = next((step for step in reversed(self.steps) if step.rank < rank), None)
        return above.part if above else self.root


def _ends(bounds: Sequence[tuple[int, int, bool]], last: int) -> list[int]:
    """Return where each section ends: at the next heading or item that is not below it.

    Args:
        bounds: level, start, and whether it is a section, of headings and numbered items.
        last: where the text ends.
    """
    ends = [last] * len(bounds)
    waiting: list[int] = []
    for number, (level, start, _) in enumerate(bounds):
        while waiting and bounds[waiting[-1]][0] >= level:
            ends[waiting.pop()] = start
        waiting.append(number)
    return [end for end, (_, _, is_section) in zip(ends, bounds, strict=True) if is_section]


def _with_default_part(sections: list[Section]) -> list[Section]:
    """Take parts that no phrase names for tasks if the document names no part for tasks."""
    if any(section.part == "tasks" for section in sections):
        return sections
    if not any(section.part for section in sections):
        return sections
    return [
        section if section.part or _NO_TASKS.match(section.path) else replace(section, part="tasks")
        for section in sections
    ]


_NO_TASKS = re.compile("Phụ lục|Điều|§")
