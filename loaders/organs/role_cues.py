"""The role that the words around an agency give to it in a task."""

import re
from dataclasses import dataclass
from typing import NamedTuple

from loaders.organs.agency_lists import AgencyList
from loaders.organs.role_words import (
    ABBREVIATED,
    ABBREVIATION_REACH,
    BY,
    IN_WHICH,
    LEAD_LABEL,
    LEADS,
    MARKER,
    OF,
    ONLY_DUTY,
    OPENING,
    ORDER_REACH,
    OTHER_LEADS,
    REACH,
    STOP,
    SUPPORT_LABEL,
    THEN_ACTS,
    THEN_CARRIES_OUT,
    THEN_COOPERATES,
    THEN_DESCRIBES,
    THEN_ENDS,
    THEN_GATHERS,
    THEN_LEADS,
    THEN_MUST,
    THEN_ORDERS,
    THEN_PASSIVE,
    THEN_STATES,
    THEN_VERB,
    TO_ADVISED,
    TO_HEAD,
    TO_OBJECT,
    TO_ORDER,
    TO_REPORT,
    TO_REPORT_FAR,
    TO_SEND,
    TO_SUBJECT,
    TO_SUPPORT,
)
from loaders.structure.tasks import Role


class Cue(NamedTuple):
    """The role that words give to a list, and where they stand, unless it is word order alone."""

    role: Role
    rule: str
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """A list of agencies at its place in an item.

    Attributes:
        folded: the words of the item without diacritics.
        agencies: the list.
        sentence: where its sentence starts, behind a marker.
        is_first: whether that is the item's first sentence.
        is_task: whether the item is a task, not an assignment.
        has_parent: whether the item has a lead from the item above it.
        has_chair: whether the item says "chủ trì".
        has_lead: whether a list before this one leads.
        takes_orders: whether the list before this one gives it orders ("… giao Sở Tài chính").
        gives_orders: whether this one gives orders to the next.
    """

    folded: str
    agencies: AgencyList
    sentence: int
    is_first: bool
    is_task: bool
    has_parent: bool
    has_chair: bool
    has_lead: bool
    takes_orders: bool
    gives_orders: bool

    @property
    def start(self) -> int:
        """Where the list starts."""
        return self.agencies.start

    @property
    def end(self) -> int:
        """Where the list ends."""
        return self.agencies.end

    def before(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """Match a pattern against the end of what stands before the list."""
        return pattern.search(self.folded, max(0, self.start - REACH), self.start)

    def behind(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """Match a pattern against what stands behind the list."""
        return pattern.match(self.folded, self.end)


def find_cue(place: Place) -> Cue | None:
    """Return the role that the words around a list give to it, None if they give none.

    The words next to a list are heard first ("phối hợp với", "chủ trì", "báo cáo"), then its
    place in the sentence.
    """
    for rule in (_support, _named_lead, _reports, _ordered, _subject, _clause_subject, _obliged):
        cue = rule(place)
        if cue is not None:
            return cue
    return None


def halves(folded: str, agencies: AgencyList, *, is_subject: bool) -> list[AgencyList]:
    """Part a list where its last half, behind a semicolon, is the subject of a new clause."""
    end = agencies.end
    acts = any(p.match(folded, end) for p in (THEN_LEADS, THEN_COOPERATES, THEN_MUST))
    if is_subject or not agencies.halves or not acts:
        return [agencies]
    last = agencies.halves[-1]
    return [AgencyList(agencies.members[:last]), AgencyList(agencies.members[last:])]


def clauses(folded: str, agencies: AgencyList, sentence: int) -> list[AgencyList]:
    """Part a list that runs from an opening clause into the subject behind it.

    In "Căn cứ chương trình của Chính phủ, các bộ, ngành xây dựng …" the first organ belongs to the
    clause. The subject starts with the first class of organs, or else is the last organ.
    """
    members = agencies.members
    opens = OPENING.match(folded, sentence) is not None and agencies.start > sentence
    owned = OF.search(folded, max(0, agencies.start - REACH), agencies.start) is not None
    if len(members) == 1 or not (opens and owned and THEN_VERB.match(folded, agencies.end)):
        return [agencies]
    classes = (place for place, m in enumerate(members) if place and m.name[0].islower())
    cut = next(classes, len(members) - 1)
    if folded[members[cut - 1].end : members[cut].start] != ", ":
        return [agencies]
    return [AgencyList(members[:cut]), AgencyList(members[cut:])]


def orders(folded: str, before: AgencyList, start: int) -> bool:
    """Tell whether a list gives orders to what starts behind it: "UBND tỉnh giao Sở Tài chính"."""
    if start - before.end >= ORDER_REACH or not THEN_ORDERS.fullmatch(folded, before.end, start):
        return False
    return TO_ADVISED.search(folded, max(0, before.start - REACH), before.start) is None


def is_alone(folded: str, agencies: AgencyList, sentence: int) -> bool:
    """Tell whether a heading holds nothing but a list: "a) Sở Tài chính:", "Trách nhiệm của …"."""
    head = TO_HEAD.search(folded, sentence, agencies.start)
    opens = agencies.start == sentence or (head is not None and head.start() == sentence)
    return opens and ONLY_DUTY.match(folded, agencies.end) is not None


def says_chair(folded: str) -> bool:
    """Tell whether an item says that someone leads ("chủ trì")."""
    return re.search(LEADS, folded) is not None


def sentence_starts(text: str) -> list[int]:
    """Return where each sentence of an item starts, behind its marker."""
    starts = [0]
    for match in STOP.finditer(text):
        if text[match.end()].isupper() and not ABBREVIATED.search(
            text[max(0, match.start() - ABBREVIATION_REACH) : match.start()]
        ):
            starts.append(match.end())
    return [marker.end() if (marker := MARKER.match(text, start)) else start for start in starts]


def _support(place: Place) -> Cue | None:
    cue = place.before(SUPPORT_LABEL)
    if cue is not None:
        return Cue("support", "ROL-008", cue.start(), cue.end())
    cue = place.before(TO_SUPPORT)
    return Cue("support", "ROL-007", cue.start(), cue.end()) if cue else None


def _named_lead(place: Place) -> Cue | None:
    cue = place.before(LEAD_LABEL)
    if cue is not None:
        return Cue("lead", "ROL-002", cue.start(), cue.end())
    cue = place.behind(THEN_LEADS)
    if cue is None or place.before(TO_OBJECT):
        return None
    if place.before(BY) and (place.has_lead or place.has_parent):
        return None  # "các chương trình do Bộ Công an chủ trì" are others' work
    return Cue("lead", "ROL-001", cue.start(), cue.end())


def _reports(place: Place) -> Cue | None:
    cue = place.before(TO_REPORT) or place.before(TO_REPORT_FAR)
    if cue is not None:
        return Cue("reports-to", "ROL-010", cue.start(), cue.end())
    cue, gathers = place.before(TO_SEND), place.behind(THEN_GATHERS)
    if cue is None or gathers is None:
        return None
    return Cue("reports-to", "ROL-011", cue.start() + 1, gathers.end())


def _ordered(place: Place) -> Cue | None:
    cue = place.before(TO_ORDER)
    if cue is None:
        return None
    opens = cue.start() <= place.sentence
    aside = IN_WHICH.search(place.folded, place.sentence, cue.start()) is not None
    if place.is_task:
        counts = (opens or aside) and (place.is_first or not place.agencies.generic)
    else:
        free = not place.has_parent
        clause = not place.has_lead and free and _opens_with_clause(place)
        counts = opens or aside or (free and place.takes_orders) or clause
    return Cue("lead", "ROL-005", cue.start(), cue.end()) if counts else None


def _subject(place: Place) -> Cue | None:
    """Read the subject of a sentence, or of a clause behind a semicolon."""
    opens = place.start == place.sentence or _is_headed(place)
    clause = place.folded[max(0, place.start - 2) : place.start] == "; " or _is_aside(place)
    if place.has_lead and place.has_chair and place.behind(THEN_COOPERATES):
        beside = opens or clause or place.before(OTHER_LEADS)
        return Cue("support", "ROL-009") if beside and _acts(place) else None
    if not (opens or clause) or not _acts(place):
        return None
    if place.is_task and not _acts_in_task(place, opens=opens):
        return None
    if place.has_parent and not (opens and place.is_first):
        return None
    if clause and (place.has_chair or place.agencies.generic):
        return None
    return Cue("lead", "ROL-003")


def _is_aside(place: Place) -> bool:
    """Tell whether brackets say who does a task: "(Sở Tài chính thực hiện)"."""
    opens = place.folded[max(0, place.start - 1) : place.start] == "("
    return opens and place.is_task and place.behind(THEN_CARRIES_OUT) is not None


def _acts(place: Place) -> bool:
    """Tell whether what stands behind a list has it do something itself."""
    if place.gives_orders or place.behind(THEN_PASSIVE) or place.behind(THEN_STATES):
        return False
    return place.behind(THEN_ACTS) is not None


def _acts_in_task(place: Place, *, opens: bool) -> bool:
    """Tell whether the subject of a clause must do a task.

    In the first words anybody may; further on, where aims are told, only an organ that does
    something, if nobody leads yet.
    """
    if opens and place.is_first:
        return True
    named = not place.agencies.generic and not place.has_lead
    return named and not place.behind(THEN_DESCRIBES) and bool(place.behind(THEN_VERB))


def _is_headed(place: Place) -> bool:
    """Tell a heading such as "Trách nhiệm của Sở Tài chính" or "Đối với các sở, ngành:"."""
    head = place.before(TO_HEAD)
    return head is not None and head.start() == place.sentence and bool(place.behind(THEN_ENDS))


def _clause_subject(place: Place) -> Cue | None:
    """Read the subject behind an opening clause: "Trên cơ sở …, các sở, ngành xây dựng …"."""
    if place.is_task or place.has_parent or place.has_lead or not _opens_with_clause(place):
        return None
    fits = place.before(TO_SUBJECT) and not place.before(TO_OBJECT)
    return Cue("lead", "ROL-004") if fits and _acts(place) else None


def _obliged(place: Place) -> Cue | None:
    cue = place.behind(THEN_MUST)
    if cue is None or place.before(TO_OBJECT) or place.has_parent:
        return None
    if place.is_task and not place.is_first:
        return None
    return Cue("lead", "ROL-006", cue.start(), cue.end())


def _opens_with_clause(place: Place) -> bool:
    return OPENING.match(place.folded, place.sentence) is not None
