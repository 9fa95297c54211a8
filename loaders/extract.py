"""The way from a document to its facts: find each kind of fact, then join them."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Literal

from loaders.citing.citations import Citation, find_citations, find_unnumbered
from loaders.citing.resolve import Instrument, resolve
from loaders.document import Gap, SourceDocument, Span
from loaders.facts import Facts
from loaders.measuring.indicators import find_indicators
from loaders.organs.agencies import AgencyMention, find_agencies
from loaders.organs.roles import find_assignments, is_heading_of_agencies
from loaders.structure.body import body_range
from loaders.structure.cells import cell_assignments, cell_deadlines
from loaders.structure.head import find_head, head_gaps
from loaders.structure.sections import Section, find_sections
from loaders.structure.task_tables import find_task_rows
from loaders.structure.tasks import Assignment, Task, find_tasks
from loaders.text.layout import Layout, lay_out
from loaders.timing.deadlines import find_deadlines


def extract(document: SourceDocument) -> Facts:
    """Find all that a document says; what is missing or doubtful is in `Facts.gaps`."""
    layout = lay_out(document)
    citations = find_citations(layout)
    sections = find_sections(layout)
    head = find_head(layout, citations)
    agencies = find_agencies(layout, body_range(layout))
    joiner = _Joiner(layout, sections, agencies, citations)
    tasks = _with_cells(layout, joiner.joined(find_tasks(layout, sections)))
    instruments = resolve(citations, place=head.place.value if head.place else None)
    gaps = (
        *_damage(layout),
        *head_gaps(head, layout),
        *find_unnumbered(layout),
        *_unresolved(instruments, citations),
    )
    return Facts(
        document=document,
        head=head,
        sections=tuple(sections),
        citations=tuple(citations),
        instruments=tuple(instruments),
        tasks=tuple(tasks),
        indicators=tuple(find_indicators(layout, sections, citations)),
        agencies=tuple(agencies),
        gaps=gaps,
    )


def is_policy_document(facts: Facts) -> bool:
    """Tell whether a text has anything of a policy document: type, number, sections, citations."""
    head = facts.head
    return bool(head.doc_type or head.number or facts.sections or facts.citations)


class _Joiner:
    """Gives each task the roles, deadlines and citations that its words hold."""

    def __init__(
        self,
        layout: Layout,
        sections: Sequence[Section],
        agencies: Sequence[AgencyMention],
        citations: Sequence[Citation],
    ) -> None:
        self._layout = layout
        self._sections = {section.path: section for section in sections}
        self._agencies = agencies
        self._agency_starts = [mention.evidence.span.start for mention in agencies]
        self._citations = citations
        self._citation_starts = [citation.evidence.span.start for citation in citations]
        self._by_heading: dict[str, tuple[Assignment, ...]] = {}

    def joined(self, tasks: Sequence[Task]) -> list[Task]:
        """Return the tasks with their facts; a parent stands before its sub-items."""
        done: list[Task] = []
        for task in tasks:
            span = task.evidence.span
            start, end = self._flat(span)
            done.append(
                replace(
                    task,
                    assignments=self._assignments(
                        span, assigns=task.kind == "assignment", above=self._above(task, done)
                    ),
                    deadlines=tuple(find_deadlines(self._layout, start, end)),
                    cites=tuple(dict.fromkeys(c.key for c in self._cited(span))),
                )
            )
        return done

    def _above(self, task: Task, done: Sequence[Task]) -> tuple[Assignment, ...]:
        """Return the roles of the item, or of the heading, that introduces a task.

        A heading that is nothing but agencies gives its lead to all that stands below it; from
        other headings and from items only assignments have it.
        """
        assigns = task.kind == "assignment"
        if task.parent is not None:
            above = done[task.parent].assignments
            return above if assigns else tuple(role for role in above if role.inherited)
        section = self._sections.get(task.section)
        if section is not None and assigns:
            roles = self._assignments(section.evidence.span, assigns=True, above=())
            if any(role.role == "lead" for role in roles):
                return roles
        return self._heading_roles(task.section)

    def _heading_roles(self, path: str) -> tuple[Assignment, ...]:
        """Return the roles of the nearest heading, going up, that is nothing but agencies."""
        if path not in self._by_heading:
            section = self._sections.get(path)
            above = path.rpartition(".")[0]
            if section and self._is_of_agencies(section.evidence.span):
                roles = self._assignments(section.evidence.span, assigns=True, above=())
            else:
                roles = self._heading_roles(above) if above else ()
            self._by_heading[path] = roles
        return self._by_heading[path]

    def _is_of_agencies(self, span: Span) -> bool:
        mentions = list(self._mentions(span))
        return is_heading_of_agencies(self._layout, self._flat(span), mentions)

    def _assignments(
        self, span: Span, *, assigns: bool, above: Sequence[Assignment]
    ) -> tuple[Assignment, ...]:
        kind: Literal["task", "assignment"] = "assignment" if assigns else "task"
        mentions = list(self._mentions(span))
        return find_assignments(self._layout, self._flat(span), kind, mentions, above)

    def _flat(self, span: Span) -> tuple[int, int]:
        return self._layout.flat.index(span.start), self._layout.flat.index(span.end)

    def _mentions(self, span: Span) -> Iterator[AgencyMention]:
        first = bisect_left(self._agency_starts, span.start)
        yield from self._agencies[first : bisect_left(self._agency_starts, span.end, first)]

    def _cited(self, span: Span) -> Iterator[Citation]:
        first = bisect_left(self._citation_starts, span.start)
        yield from self._citations[first : bisect_left(self._citation_starts, span.end, first)]


def _with_cells(layout: Layout, tasks: Sequence[Task]) -> list[Task]:
    """Give the rows of tables what their cells say of roles and due times."""
    rows = {layout.flat.starts[row.task[0]]: row for row in find_task_rows(layout)}
    if not rows:
        return list(tasks)
    agencies = find_agencies(layout)  # annexes stand outside the body
    starts = [mention.evidence.span.start for mention in agencies]
    done: list[Task] = []
    for task in tasks:
        row = rows.get(task.evidence.span.start)
        if row:
            span = layout.flat.span(*row.extent())
            near = slice(bisect_left(starts, span.start), bisect_left(starts, span.end))
            task = replace(  # noqa: PLW2901 - the same task, with what its row says
                task,
                assignments=cell_assignments(layout, row, agencies[near]) or task.assignments,
                deadlines=cell_deadlines(layout, row) or task.deadlines,
            )
        done.append(task)
    return done


def _damage(layout: Layout) -> Iterator[Gap]:
    if layout.damaged:
        message = "Most words are not Vietnamese as spelt: the text was damaged by its scan."
        yield Gap("text-damaged", message)


def _unresolved(instruments: Sequence[Instrument], citations: Sequence[Citation]) -> Iterator[Gap]:
    for instrument in instruments:
        if instrument.resolution in ("ambiguous", "unresolved"):
            span = citations[instrument.citations[0]].evidence.span
            among = (
                f"; it may be: {', '.join(instrument.candidates)}" if instrument.candidates else ""
            )
            message = f"{instrument.key}: the text does not tell which document is meant{among}"
            yield Gap(f"instrument-{instrument.resolution}", message, span)
