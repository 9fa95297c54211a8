"""Tasks and assignments: what a document orders to be done, and by whom."""

from dataclasses import dataclass
from typing import Literal

from loaders.deadlines import Deadline
from loaders.document import Evidence

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
        label: its own number in the list ("a", "2"), None for a dash.
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
