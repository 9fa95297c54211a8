"""Quads of tasks: their words, who has which role, and by when."""

import calendar
import hashlib
import re
from collections.abc import Mapping, Sequence

from graph import iris, terms
from graph.organs import agency_iri
from graph.writer import Writer
from loaders.structure.tasks import Assignment, Task
from loaders.timing.deadlines import Deadline
from ontology.terms import CANCU, PPLAN, PROV, RDF_TYPE, SCHEMA, TIME

_KEY_LENGTH = 16
_WORD = re.compile(r"\w+")
_QUARTER = re.compile(r"(?P<year>\d{4})-Q(?P<quarter>[1-4])")
_YEARLY_DAY = re.compile(r"--(?P<month>\d{2})-(?P<day>\d{2})")
_MONTHS_A_QUARTER, _MONTHS_A_YEAR = 3, 12


def write_tasks(
    writer: Writer,
    tasks: Sequence[Task],
    sections: Mapping[str, str],
    instruments: Mapping[str, str],
    groups: frozenset[str],
) -> None:
    """Write tasks and assignments in reading order.

    Args:
        writer: where to.
        tasks: in reading order; a sub-item comes after its parent.
        sections: IRIs of the sections by path.
        instruments: IRIs of the cited instruments by key.
        groups: names that mean a class of agencies.
    """
    nodes: list[str] = []
    for order, task in enumerate(tasks, 1):
        node = _named(writer, task, sections, nodes)
        nodes.append(node)
        writer.open_place(node, task.evidence.span)
        _write_task(writer, node, task, order)
        if task.parent is not None:
            writer.add(node, CANCU.subTaskOf, nodes[task.parent])
        for key in task.cites:
            if key in instruments:
                writer.add(node, CANCU.citesInstrument, instruments[key])
        for assignment in task.assignments:
            _write_assignment(writer, node, assignment, groups)
        for deadline in task.deadlines:
            _write_deadline(writer, node, deadline)


def content_key(words: str) -> str:
    """Return a hash of words alone: blanks, case, punctuation and markup make no difference."""
    normal = " ".join(_WORD.findall(terms.text(words).value.casefold()))
    return hashlib.sha256(normal.encode()).hexdigest()[:_KEY_LENGTH]


def latest_date(value: str) -> str | None:
    """Return the last day that meets a deadline; None for one that comes back every year."""
    if match := _QUARTER.fullmatch(value):
        value = f"{match['year']}-{int(match['quarter']) * _MONTHS_A_QUARTER:02}"
    if not terms.is_date(value):
        return None
    year, month, day = (int(part) for part in f"{value}-0-0".split("-")[:3])
    month = month or _MONTHS_A_YEAR
    return f"{year:04}-{month:02}-{day or calendar.monthrange(year, month)[1]:02}"


def _named(writer: Writer, task: Task, sections: Mapping[str, str], nodes: Sequence[str]) -> str:
    """Name a task by its place: under its section, or under the task that it is part of."""
    if task.parent is not None:
        parent = nodes[task.parent]
        return writer.named(f"{parent}.{writer.count(f'{parent}.')}", CANCU.Task)
    return writer.new(sections.get(task.section, writer.iri), "nhiem-vu", CANCU.Task)


def _write_task(writer: Writer, node: str, task: Task, order: int) -> None:
    words = writer.readable(task.evidence.span)
    writer.add(node, PPLAN.isStepOfPlan, writer.iri)
    writer.add(node, CANCU.statedIn, node.rsplit("/nhiem-vu/", 1)[0])
    writer.add(node, CANCU.taskKind, iris.code("task-kind", task.kind))
    writer.add(node, CANCU.order, terms.integer(order))
    writer.add_text(node, CANCU.text, words)
    writer.add_text(node, CANCU.contentKey, content_key(words))
    writer.add_text(node, CANCU.listLabel, task.label)
    writer.evidence(node, task.evidence)


def _write_assignment(
    writer: Writer, task: str, assignment: Assignment, groups: frozenset[str]
) -> None:
    node = writer.new(task, "phan-cong", CANCU.Assignment)
    writer.add(node, CANCU.ofTask, task)
    writer.add(node, CANCU.assignee, agency_iri(assignment.agency, writer.reader))
    writer.add(node, PROV.hadRole, iris.code("role", assignment.role))
    writer.add_text(node, CANCU.agencyName, assignment.agency)
    # A class of organs is written with a small letter: "các sở, ban, ngành".
    is_group = assignment.agency in groups or assignment.agency[:1].islower()
    writer.add(node, CANCU.isGroup, terms.boolean(is_group))
    writer.add(node, CANCU.inherited, terms.boolean(assignment.inherited))
    writer.evidence(node, assignment.evidence)


def _write_deadline(writer: Writer, task: str, deadline: Deadline) -> None:
    node = writer.new(task, "han", CANCU.Deadline)
    writer.add(task, CANCU.hasDeadline, node)
    writer.add_text(node, CANCU.text, writer.readable(deadline.evidence.span))
    writer.add_text(node, CANCU.deadlineValue, deadline.value)
    writer.add_text(node, CANCU.recurrence, deadline.recurrence)
    if deadline.value:
        _write_time(writer, node, deadline.value)
    if deadline.recurrence or _YEARLY_DAY.fullmatch(deadline.value or ""):
        _write_schedule(writer, node, deadline)
    writer.evidence(node, deadline.evidence)


def _write_time(writer: Writer, node: str, value: str) -> None:
    last = latest_date(value)
    if last:
        writer.add(node, CANCU.latestDate, terms.date(last))
    if match := _QUARTER.fullmatch(value):
        month = int(match["quarter"]) * _MONTHS_A_QUARTER - _MONTHS_A_QUARTER + 1
        writer.add(node, RDF_TYPE, TIME.ProperInterval)
        _write_instant(writer, node, TIME.hasBeginning, f"{match['year']}-{month:02}-01")
        _write_instant(writer, node, TIME.hasEnd, last or value)
    elif terms.is_date(value):
        predicate = {4: TIME.inXSDgYear, 7: TIME.inXSDgYearMonth}.get(len(value), TIME.inXSDDate)
        writer.add(node, predicate, terms.date(value))


def _write_instant(writer: Writer, node: str, predicate: str, day: str) -> None:
    instant = f"{node}/{predicate.rsplit('#has', 1)[1].lower()}"
    writer.add(node, predicate, instant)
    writer.add(instant, RDF_TYPE, TIME.Instant)
    writer.add(instant, TIME.inXSDDate, terms.date(day))


def _write_schedule(writer: Writer, node: str, deadline: Deadline) -> None:
    schedule = f"{node}/chu-ky"
    writer.add(node, CANCU.hasSchedule, schedule)
    writer.add(schedule, RDF_TYPE, SCHEMA.Schedule)
    writer.add_text(schedule, SCHEMA.repeatFrequency, deadline.recurrence)
    if day := _YEARLY_DAY.fullmatch(deadline.value or ""):
        writer.add(schedule, SCHEMA.byMonth, terms.integer(int(day["month"])))
        writer.add(schedule, SCHEMA.byMonthDay, terms.integer(int(day["day"])))
