"""Roles: which agency leads a task, which supports it, and to whom is reported.

The rules that an assignment's evidence names:

ROL-001  lead: the agencies before "chủ trì"
ROL-002  lead: a label, "Cơ quan chủ trì: …"
ROL-003  lead: the subject of an item or of a sentence in it
ROL-004  lead: the subject behind an opening clause, "Trên cơ sở …, các sở, ngành …"
ROL-005  lead: whom an order names, "Giao …", "Đề nghị …", "Phân công …"
ROL-006  lead: who "phải", "cần" or "có trách nhiệm" do something
ROL-007  support: the agencies behind "phối hợp với"
ROL-008  support: a label, "Đơn vị phối hợp: …"
ROL-009  support: the subject of "phối hợp" beside a lead with "chủ trì"
ROL-010  reports-to: the agencies behind "báo cáo"
ROL-011  reports-to: where things are sent "để tổng hợp, báo cáo …"
ROL-012  lead: that of the item above
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from loaders.document import Evidence
from loaders.organs.agencies import AgencyMention
from loaders.organs.agency_lists import AgencyList, Member, find_lists
from loaders.organs.agency_owned import SIDES
from loaders.organs.role_cues import (
    Cue,
    Place,
    clauses,
    find_cue,
    halves,
    is_alone,
    orders,
    says_chair,
    sentence_starts,
)
from loaders.structure.tasks import Assignment, Role
from loaders.text.layout import Layout
from loaders.text.reading import fold

_CONFIDENCE = {
    "ROL-001": 0.97,
    "ROL-002": 0.95,
    "ROL-003": 0.9,
    "ROL-004": 0.8,
    "ROL-005": 0.9,
    "ROL-006": 0.8,
    "ROL-007": 0.95,
    "ROL-008": 0.95,
    "ROL-009": 0.8,
    "ROL-010": 0.9,
    "ROL-011": 0.85,
    "ROL-012": 0.9,
}


def find_assignments(
    layout: Layout,
    stretch: tuple[int, int],
    kind: Literal["task", "assignment"],
    mentions: Sequence[AgencyMention],
    parent: Sequence[Assignment] = (),
) -> tuple[Assignment, ...]:
    """Find who does what in one item, in reading order: leads, then support, then reports-to.

    An item that names no lead of its own has that of the item or heading above it.

    Args:
        layout: the text.
        stretch: where the item's words start and end in the flat text, its marker left out.
        kind: what sort of item it is.
        mentions: the agencies in it (others are left aside), as `find_agencies` returns them.
        parent: the assignments of the item or heading that introduces it; only leads pass on. A
            task has them from a heading that is nothing but agencies (`is_heading_of_agencies`).
    """
    inherited = [lead for lead in parent if lead.role == "lead"]
    item = _item(layout, stretch, mentions, is_task=kind == "task", has_parent=bool(inherited))
    found = [_assignment(layout, stretch[0], cue, member) for cue, member in item.roles()]
    if not any(assignment.role == "lead" for assignment in found):
        found = [_passed_on(lead) for lead in inherited] + found
    return tuple(found)


def is_heading_of_agencies(
    layout: Layout, stretch: tuple[int, int], mentions: Sequence[AgencyMention]
) -> bool:
    """Tell whether a heading names who has to do what stands below it, and nothing else.

    "a) Sở Tài chính:", "2. Trách nhiệm của Ủy ban nhân dân cấp xã", "Lãnh đạo Ban Dân nguyện".
    """
    return _item(layout, stretch, mentions, is_task=False, has_parent=False).is_agencies()


def _item(
    layout: Layout,
    stretch: tuple[int, int],
    mentions: Sequence[AgencyMention],
    *,
    is_task: bool,
    has_parent: bool,
) -> "_Item":
    start, end = stretch
    lists = find_lists(layout, start, end, mentions)
    return _Item(layout.flat.text[start:end], lists, is_task=is_task, has_parent=has_parent)


def _assignment(layout: Layout, start: int, cue: Cue, member: Member) -> Assignment:
    """Make an assignment whose evidence is the agency, with the words that give it the role."""
    first = member.start if cue.start is None else min(cue.start, member.start)
    last = member.end if cue.end is None else max(cue.end, member.end)
    span = layout.flat.span(start + first, start + last)
    return Assignment(cue.role, member.name, Evidence(span, cue.rule, _CONFIDENCE[cue.rule]))


def _passed_on(lead: Assignment) -> Assignment:
    confidence = min(lead.evidence.confidence, _CONFIDENCE["ROL-012"])
    evidence = replace(lead.evidence, rule="ROL-012", confidence=confidence)
    return replace(lead, evidence=evidence, inherited=True)


class _Item:
    """The words of one item and the lists of agencies in them."""

    def __init__(
        self, text: str, lists: Sequence[AgencyList], *, is_task: bool, has_parent: bool
    ) -> None:
        self._folded = fold(text)
        self._is_task = is_task
        self._has_parent = has_parent
        self._sentences = sentence_starts(text)
        opening = frozenset(self._sentences)
        self._lists = [
            part
            for agencies in lists
            for half in halves(self._folded, agencies, is_subject=agencies.start in opening)
            for part in clauses(self._folded, half, self._sentence_of(half))
        ]
        self._has_chair = says_chair(self._folded)

    def roles(self) -> list[tuple[Cue, Member]]:
        """Return each role of each agency once, leads first."""
        found: list[tuple[Cue, Member]] = []
        has_lead = False
        for index in range(len(self._lists)):
            cue = find_cue(self._place(index, has_lead=has_lead))
            if cue is not None:
                has_lead = has_lead or cue.role == "lead"
                members = self._lists[index].members
                known = has_lead or self._has_parent
                found += [
                    (cue, member) for member in members if self._counts(cue, member, known=known)
                ]
        return _once(found)

    def is_agencies(self) -> bool:
        """Tell whether the words are one list of agencies, not all of them broad classes."""
        if len(self._lists) != 1 or self._lists[0].generic:
            return False
        return is_alone(self._folded, self._lists[0], self._sentences[0])

    def _counts(self, cue: Cue, member: Member, *, known: bool) -> bool:
        """Tell whether a member of a list has its role; partners have few.

        Enterprises or schools support whoever leads (`known`); "Phối hợp với các trường đại học"
        alone is but a way to work. "Báo cáo cấp có thẩm quyền" names nobody, nor do the Party and
        the state as such do a task.
        """
        if member.name in SIDES:
            return False
        if not member.partner:
            return cue.role != "reports-to" or not member.generic
        return not self._is_task if cue.role == "lead" else cue.role == "support" and known

    def _sentence_of(self, agencies: AgencyList) -> int:
        """Return where the sentence of a list starts."""
        return self._sentences[max(0, bisect_right(self._sentences, agencies.start) - 1)]

    def _place(self, index: int, *, has_lead: bool) -> Place:
        agencies = self._lists[index]
        sentence = self._sentence_of(agencies)
        before = self._lists[index - 1] if index else None
        behind = self._lists[index + 1].start if index + 1 < len(self._lists) else None
        return Place(
            self._folded,
            agencies,
            sentence,
            is_first=sentence == self._sentences[0],
            is_task=self._is_task,
            has_parent=self._has_parent,
            has_chair=self._has_chair,
            has_lead=has_lead,
            takes_orders=before is not None and orders(self._folded, before, agencies.start),
            gives_orders=behind is not None and orders(self._folded, agencies, behind),
        )


def _once(found: list[tuple[Cue, Member]]) -> list[tuple[Cue, Member]]:
    """Keep each role of each agency once; who leads is no support."""
    order: tuple[Role, ...] = ("lead", "support", "reports-to")
    leads = {member.name for cue, member in found if cue.role == "lead"}
    kept: dict[tuple[Role, str], tuple[Cue, Member]] = {}
    for cue, member in sorted(found, key=lambda pair: order.index(pair[0].role)):
        if cue.role != "support" or member.name not in leads:
            kept.setdefault((cue.role, member.name), (cue, member))
    return list(kept.values())
