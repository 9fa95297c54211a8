"""What the cells of a table of tasks say: who leads, who supports, until when.

The rules that the evidence names: ROL-013 for an agency in a cell, ROL-014 for other words there,
DL-007 for a time or period in the column of due times.
"""

from collections.abc import Iterator, Sequence

from loaders.document import Evidence
from loaders.organs.agencies import AgencyMention
from loaders.organs.agency_lists import find_lists
from loaders.structure.task_tables import TaskRow
from loaders.structure.tasks import Assignment, Role
from loaders.text.folding import folded_text
from loaders.text.layout import Layout
from loaders.timing.deadlines import Deadline
from loaders.timing.due_times import find_due_times
from loaders.timing.periods import find_periods

_LONGEST_NAME = 80


def cell_assignments(
    layout: Layout, row: TaskRow, mentions: Sequence[AgencyMention]
) -> tuple[Assignment, ...]:
    """Return who leads and supports the task of a row, each with its words in the cell.

    Args:
        layout: the text.
        row: the row.
        mentions: the agencies in its cells; where there are none, short words stand for
            themselves.
    """
    roles: tuple[tuple[Role, tuple[int, int] | None], ...] = (
        ("lead", row.lead),
        ("support", row.support),
    )
    return tuple(
        assignment
        for role, cell in roles
        if cell
        for assignment in _in_cell(layout, role, cell, mentions)
    )


def _in_cell(
    layout: Layout, role: Role, cell: tuple[int, int], mentions: Sequence[AgencyMention]
) -> Iterator[Assignment]:
    start, end = cell
    members = [
        member
        for agencies in find_lists(layout, start, end, mentions)
        for member in agencies.members
    ]
    for member in members:
        span = layout.flat.span(start + member.start, start + member.end)
        yield Assignment(role, member.name, Evidence(span, "ROL-013", 0.95))
    words = " ".join(layout.flat.text[start:end].split()).strip(" .;,")
    if not members and 0 < len(words) <= _LONGEST_NAME:
        yield Assignment(role, words, Evidence(layout.flat.span(start, end), "ROL-014", 0.7))


def cell_deadlines(layout: Layout, row: TaskRow) -> tuple[Deadline, ...]:
    """Return the due times of a row: "Quý I/2026", "30/6/2026", "Hằng năm"."""
    if row.due is None:
        return ()
    folded = folded_text(layout)
    times: list[tuple[int, int, str | None, str | None]] = [
        (time.start, time.end, time.value, time.period) for time in find_due_times(folded, *row.due)
    ]
    if not times:
        periods = find_periods(folded, *row.due)
        times = [(period.start, period.end, None, period.value) for period in periods]
    return tuple(
        Deadline(Evidence(layout.flat.span(start, end), "DL-007", 0.95), value, period)
        for start, end, value, period in times
    )
