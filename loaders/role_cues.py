"""The words that give an agency a role: what stands before and behind it in a task.

All patterns read text without diacritics and leave room for what a bad scan does to it.
"""

import re
from dataclasses import dataclass
from typing import NamedTuple

from loaders.agency_lists import AgencyList
from loaders.tasks import Role

_LEADS = r"ch[uo] tr[il1](?!\w)"
_COOPERATE = r"(?:ph[o0d6]i|ket) h[oge]p(?!\w)"
_REPORT = r"b[aed]{1,2}o c[aed]{1,2}o(?!\w)"
_ORDER = r"(?:giao|de nghi|yeu cau|phan cong)(?: nhiem vu)?(?: cho)?"
_NOTE = r"(?: \([^()]{0,80}\))?"

# What stands behind a list.
_THEN_LEADS = re.compile(
    rf"{_NOTE}(?:[,:]? ?[-–]? (?:co trach nhiem|chiu trach nhiem|duoc giao(?: nhiem vu)?|truc tiep"
    r"|(?:la|lam) (?:co quan |don vi )?(?:dau moi|thuong truc)?))?"
    rf"[,:]? ?[-–]? ?{_LEADS}"
)
_THEN_COOPERATES = re.compile(rf"{_NOTE}[,:]? (?:co trach nhiem |chu dong |tich cuc )?{_COOPERATE}")
_THEN_MUST = re.compile(rf"{_NOTE},? (?:co trach nhiem|chiu trach nhiem|phai|can)(?!\w)")
_THEN_PASSIVE = re.compile(r" (?:duoc(?! giao| phan cong)|bi)(?!\w)")
_THEN_ORDERS = re.compile(rf" {_ORDER} ")
_THEN_GATHERS = re.compile(rf"[^.;]{{0,100}}?t[o0]ng h[oge]p[^.;]{{0,40}}?{_REPORT}")
_THEN_ACTS = re.compile(rf"{_NOTE},? [^\W\d_]|:|[.;]?\s*$")
_THEN_ENDS = re.compile(r"[.;]?\s*$|:")

# What stands before a list.
_TO_SUPPORT = re.compile(
    rf"{_COOPERATE}"
    r"(?:,? (?:va )?(?:chat che|thuong xuyen|dong bo|hieu qua|tot)){0,3}"
    rf"(?: cung)?(?: v[o0a4][il1])? $|su phoi hop(?: chat che)? (?:cua|tu) $"
)
_SUPPORT_LABEL = re.compile(rf"{_COOPERATE}(?: \w+){{0,3}}: ?$")
_LEAD_LABEL = re.compile(
    r"(?:chu tri|dau moi|chiu trach nhiem)(?: \w+){0,3}(?:: ?| la )$"
    r"|(?:co quan|don vi) (?:thuc hien|trien khai|phu trach|tham muu): ?$"
)
_TO_REPORT = re.compile(
    rf"{_REPORT}(?:,? (?:va |hoac |de )?"
    r"(?:kien nghi|de xuat|tham muu|trinh|xin y kien|giai trinh)){0,3}"
    r"(?: (?:ket qua|kip thoi|dinh ky))?(?: (?:voi|ve|cho|len|den|toi|gui|gui ve))? $"
)
_TO_REPORT_FAR = re.compile(
    rf"{_REPORT}[^.;:,]{{0,120}}(?: | \()"
    r"(?:voi|ve|cho|len|den|toi|gui|qua|thong qua|theo yeu cau c\w+) $"
)
_TO_SEND = re.compile(r" (?:g[a-z]{1,3}i|ve|qua|thong qua|cho|den|toi) $")
_TO_ORDER = re.compile(rf"(?<!duoc )(?<!nhiem vu )(?<!da ){_ORDER} $")
_TO_SUBJECT = re.compile(r"(?:,| nay| tren| do| sau| thi| day) $")
_TO_OBJECT = re.compile(
    r"(?<!\w)(?:cua|voi|ve|cho|tai|boi|giua|den|toi|theo|thuoc|trinh|tham muu|kien nghi|huong dan"
    r"|don doc) $"
)
_TO_HEAD = re.compile(r"(?:(?:trach nhiem|nhiem vu)(?: \w+){0,3} (?:cua|cho|doi voi)|doi voi) $")
_BY = re.compile(r"(?<!\w)do $")
_REACH = 160
_ABBREVIATION_REACH = 4
_ORDER_REACH = 40

_MARKER = re.compile(
    r"\s*(?:[-–+•*]|\(?(?:Điều )?(?:\d{1,3}(?:\.\d{1,2}){0,3}|[IVX]{1,5}|[a-zđ])[.):/-]{1,2}"
    r"(?=\s))?\s*"
)
_STOP = re.compile(r"[.!?]+ +(?=[^\W\d_])")
_ABBREVIATED = re.compile(r"(?:\b[A-ZĐ]{1,3}|\bTp|(?:^|[ (])\d{1,2})$")
_OPENING = re.compile(
    r"(?:tren co so|can cu|trong|sau|truoc|dinh ky|hang|de|nham|theo|tu|khi|neu|doi voi|truong hop"
    r"|ngoai ra|ben canh|dong thoi|cung v|qua|ket thuc|moi)(?!\w)"
)


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
        return pattern.search(self.folded, max(0, self.start - _REACH), self.start)

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
    acts = any(p.match(folded, end) for p in (_THEN_LEADS, _THEN_COOPERATES, _THEN_MUST))
    if is_subject or not agencies.halves or not acts:
        return [agencies]
    last = agencies.halves[-1]
    return [AgencyList(agencies.members[:last]), AgencyList(agencies.members[last:])]


def orders(folded: str, end: int, start: int) -> bool:
    """Tell whether only an order stands between two lists: "UBND tỉnh giao Sở Tài chính"."""
    return start - end < _ORDER_REACH and _THEN_ORDERS.fullmatch(folded, end, start) is not None


def says_chair(folded: str) -> bool:
    """Tell whether an item says that someone leads ("chủ trì")."""
    return re.search(_LEADS, folded) is not None


def sentence_starts(text: str) -> list[int]:
    """Return where each sentence of an item starts, behind its marker."""
    starts = [0]
    for match in _STOP.finditer(text):
        if text[match.end()].isupper() and not _ABBREVIATED.search(
            text[max(0, match.start() - _ABBREVIATION_REACH) : match.start()]
        ):
            starts.append(match.end())
    return [marker.end() if (marker := _MARKER.match(text, start)) else start for start in starts]


def _support(place: Place) -> Cue | None:
    cue = place.before(_SUPPORT_LABEL)
    if cue is not None:
        return Cue("support", "ROL-008", cue.start(), cue.end())
    cue = place.before(_TO_SUPPORT)
    return Cue("support", "ROL-007", cue.start(), cue.end()) if cue else None


def _named_lead(place: Place) -> Cue | None:
    cue = place.before(_LEAD_LABEL)
    if cue is not None:
        return Cue("lead", "ROL-002", cue.start(), cue.end())
    cue = place.behind(_THEN_LEADS)
    if cue is None or place.before(_TO_OBJECT):
        return None
    if place.before(_BY) and (place.has_lead or place.has_parent):
        return None  # "các chương trình do Bộ Công an chủ trì" are others' work
    return Cue("lead", "ROL-001", cue.start(), cue.end())


def _reports(place: Place) -> Cue | None:
    cue = place.before(_TO_REPORT) or place.before(_TO_REPORT_FAR)
    if cue is not None:
        return Cue("reports-to", "ROL-010", cue.start(), cue.end())
    cue, gathers = place.before(_TO_SEND), place.behind(_THEN_GATHERS)
    if cue is None or gathers is None:
        return None
    return Cue("reports-to", "ROL-011", cue.start() + 1, gathers.end())


def _ordered(place: Place) -> Cue | None:
    cue = place.before(_TO_ORDER)
    if cue is None:
        return None
    opens = cue.start() <= place.sentence
    if place.is_task:
        counts = opens and (place.is_first or not place.agencies.generic)
    else:
        clause = not place.has_lead and not place.has_parent and _opens_with_clause(place)
        counts = opens or place.takes_orders or clause
    return Cue("lead", "ROL-005", cue.start(), cue.end()) if counts else None


def _subject(place: Place) -> Cue | None:
    """Read the subject of a sentence, or of a clause behind a semicolon."""
    opens = place.start == place.sentence or _is_headed(place)
    clause = place.folded[max(0, place.start - 2) : place.start] == "; "
    if not (opens or clause) or place.behind(_THEN_PASSIVE) or not place.behind(_THEN_ACTS):
        return None
    if place.gives_orders or (place.is_task and not (opens and place.is_first)):
        return None
    if place.has_lead and place.has_chair and place.behind(_THEN_COOPERATES):
        return Cue("support", "ROL-009")
    if place.has_parent and not (opens and place.is_first):
        return None
    if clause and (place.has_chair or place.agencies.generic):
        return None
    return Cue("lead", "ROL-003")


def _is_headed(place: Place) -> bool:
    """Tell a heading such as "Trách nhiệm của Sở Tài chính" or "Đối với các sở, ngành:"."""
    head = place.before(_TO_HEAD)
    return head is not None and head.start() == place.sentence and bool(place.behind(_THEN_ENDS))


def _clause_subject(place: Place) -> Cue | None:
    """Read the subject behind an opening clause: "Trên cơ sở …, các sở, ngành xây dựng …"."""
    if place.is_task or place.has_parent or place.has_lead or not _opens_with_clause(place):
        return None
    fits = place.before(_TO_SUBJECT) and not place.before(_TO_OBJECT)
    if not fits or place.behind(_THEN_PASSIVE) or not place.behind(_THEN_ACTS):
        return None
    return Cue("lead", "ROL-004")


def _obliged(place: Place) -> Cue | None:
    cue = place.behind(_THEN_MUST)
    if cue is None or place.before(_TO_OBJECT) or place.has_parent:
        return None
    if place.is_task and not place.is_first:
        return None
    return Cue("lead", "ROL-006", cue.start(), cue.end())


def _opens_with_clause(place: Place) -> bool:
    return _OPENING.match(place.folded, place.sentence) is not None
