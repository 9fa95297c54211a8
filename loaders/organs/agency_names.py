"""Names at a place of a text: entries of the gazetteer with all that belongs to them."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace

from loaders.organs.agency_groups import Group, groups_of
from loaders.organs.agency_levels import levels_of, number_end, place_end
from loaders.organs.agency_likeness import find_like
from loaders.organs.agency_owned import Opening, find_openings, subordination_end
from loaders.organs.agency_units import find_units
from loaders.organs.agency_words import words_of
from loaders.organs.gazetteer import Entry, Hit, find_hits

_SEVERAL = re.compile(r"(?<!\w)(?:tất cả )?(?:các|những|mọi) $")
_SEVERAL_REACH = 16
_HEAD_REACH = 40
_HEAD_ONCE = re.compile(
    r"(?<!\w)(?:các )?(?P<head>sở|bộ|phòng|ủy ban)(?:, ngành)?"
    r"(?P<whole>:? | (?:có )?liên quan: )$"
)
_COMMITTEE = (
    r"(?:(?:ban thường vụ |ban chấp hành )?(?:tỉnh|thành|huyện|quận|thị|đảng) ủy"
    r"|đảng bộ (?:tỉnh|thành phố))"
)
_COMPLEMENT = re.compile(
    rf" (?:(?:trực )?thuộc |của |cho )?{_COMMITTEE}(?!\w)"
    r"| (?:trực thuộc(?: trung ương)?|(?:ở )?trung ương(?: đảng)?)(?!\w)"
)
_OF_HOUSE = re.compile(r" (?:của )?(?:quốc hội|qh)(?!\w)")
_OF_LEVEL = re.compile(r" (?:của|thuộc)(?= (?:tỉnh|thành phố)(?!\w| ủy))")
# "Ban Thường vụ" + "Đảng ủy" + "Chính phủ" is as deep as names go.
_NESTED = 2
_FRONT = ("Mặt trận Tổ quốc Việt Nam", "Ủy ban Mặt trận Tổ quốc Việt Nam")
_ABSORBED = frozenset({None, "tỉnh", "thành phố"})
SHARED_LEVELS = frozenset(
    {"tỉnh", "thành phố", "các cấp", "cấp tỉnh", "cấp huyện", "cấp xã", "huyện", "xã"}
)


@dataclass(frozen=True, slots=True)
class Name:
    """A name that was read at `start`-`end`.

    Attributes:
        head: the canonical name without its level.
        kind: "organ", "class", "generic", "none" or the kind of a group.
        rule: the rule that read it.
        takes: what its head takes, as in the gazetteer.
        level: "tỉnh", "cấp huyện", "huyện Tân Uyên"; None if there is none, "" if only a place is
            said, which the name leaves out.
        before: what stands before the head ("Văn phòng").
    """

    start: int
    end: int
    head: str
    kind: str
    rule: str
    takes: str = ""
    level: str | None = None
    before: str = ""

    @property
    def full(self) -> str:
        """The canonical name in full."""
        head = self.head
        if self.level and self.takes.startswith("level"):
            if head in _FRONT:
                head = head if self.level == "các cấp" else _FRONT[1]
            else:
                head = head.removesuffix(" Việt Nam")
            head = f"{head} {self.level}"
        return f"{self.before} {head}".strip()


class Names:
    """Reads the names of one text."""

    def __init__(self, text: str, *, damaged: bool) -> None:
        self.text = text
        self.damaged = damaged
        self.spelled = words_of(damaged=damaged).spell(text)
        self._levels = levels_of(damaged=damaged)
        self._hits: dict[int, list[Hit]] = defaultdict(list)
        self._domains: dict[int, list[Hit]] = defaultdict(list)
        self._found: dict[int, list[Name]] = defaultdict(list)
        self._openings: dict[int, Opening] = {}
        self._index_hits()
        if not damaged:
            self._openings = {opening.start: opening for opening in find_openings(self.spelled)}
        for group in groups_of(damaged=damaged).find(text, self.spelled):
            self._found[group.start].append(self._group(group))
        for start, end, head in find_units(text):
            unit = Name(start, end, head, "organ", "AGE-003", "level")
            self._found[start].append(self._with_shared_level(unit))

    def starts(self) -> list[int]:
        """Return the places where something may start."""
        return sorted(self._hits.keys() | self._found.keys() | self._openings.keys())

    def at(self, start: int, depth: int = 0) -> list[Name]:
        """Return the names that start at a place, the longest first."""
        names = [self._name(start, hit, depth) for hit in self._hits.get(start, ())]
        names += self._found.get(start, [])
        if start in self._openings:
            names += self._owned(self._openings[start], depth)
        return sorted(names, key=lambda name: (-name.end, name.before))

    def domains(self, start: int, head: str) -> Iterator[Name]:
        """Yield "Sở Tài chính" for a bare "Tài chính" at a place, the longest first."""
        hits = sorted(self._domains.get(start, ()), key=lambda hit: -hit.end)
        for hit in hits:
            if head in hit.entry.takes.split("|"):
                yield Name(start, hit.end, f"{head} {hit.entry.name}", "organ", "AGE-005")

    def _index_hits(self) -> None:
        for hit in find_hits(self.text):
            if hit.entry.kind == "domain":
                self._index_domain(hit)
            else:
                self._hits[self._start(hit)].append(hit)
        for hit in find_like(self.text) if self.damaged else ():
            self._hits[self._start(hit)].append(hit)

    def _index_domain(self, hit: Hit) -> None:
        """Keep the field of a ministry, and what heads it if that stands apart ("các Sở: …")."""
        if not self.text[hit.start].isupper():
            return
        self._domains[hit.start].append(hit)
        reach = max(0, hit.start - _HEAD_REACH)
        match = _HEAD_ONCE.search(self.spelled[reach : hit.start])
        if match is not None:
            # "các bộ, ngành liên quan: Tài chính, …" names a class before it lists its members.
            start = reach + match.start() if match["whole"] in {" ", ": "} else hit.start
            for name in self.domains(hit.start, match["head"].capitalize()):
                self._found[start].append(replace(name, start=start))

    def _start(self, hit: Hit) -> int:
        """Return where a hit starts, the "các" before a class included."""
        if hit.entry.written[0].isupper():
            return hit.start
        reach = max(0, hit.start - _SEVERAL_REACH)
        match = _SEVERAL.search(self.spelled[reach : hit.start])
        return reach + match.start() if match else hit.start

    def _owned(self, opening: Opening, depth: int) -> Iterator[Name]:
        """Yield the class of organs that an opening makes with the organ behind it."""
        inner = self._inner(opening.end, depth + 1)
        if inner is not None and opening.takes(inner.head):
            before = f"{opening.label} {inner.before}".strip()
            yield replace(inner, start=opening.start, before=before, kind="class", rule="AGE-003")

    def _group(self, group: Group) -> Name:
        name = Name(group.start, group.end, group.name, group.kind, "AGE-004")
        if group.kind != "core":
            return name
        below = subordination_end(self.spelled, name.end)
        owner = self._inner(below, depth=1) if below > name.end and not self.damaged else None
        return replace(name, end=owner.end) if owner else self._with_shared_level(name)

    def _name(self, start: int, hit: Hit, depth: int) -> Name:
        """Read the name that starts with a hit; of kind "none" if what it needs is missing."""
        return self._whole(start, hit, depth) or Name(start, hit.end, "", "none", "")

    def _whole(self, start: int, hit: Hit, depth: int) -> Name | None:
        entry = hit.entry
        if entry.kind in {"prefix", "prefix1"}:
            inner = self._inner(hit.end, depth + 1)
            # The standing members of a committee of the National Assembly are no organ.
            if inner is not None and (entry.name, inner.takes) != ("Thường trực", "house"):
                before = f"{entry.name} {inner.before}".strip()
                rule = "AGE-007" if self.damaged else "AGE-003"
                return replace(inner, start=start, before=before, rule=rule)
            if entry.kind == "prefix" and not entry.takes:
                return None
        kind = "organ" if entry.kind.startswith("prefix") else entry.kind.rstrip("*")
        head = f"các {entry.name}" if entry.kind == "class*" else entry.name
        name = Name(start, hit.end, head, kind, self._rule(hit), entry.takes)
        return self._with_tail(name, entry, hit)

    def _inner(self, end: int, depth: int) -> Name | None:
        """Return the organ, or the class of organs, that a word like "Văn phòng" stands before."""
        if self.text[end : end + 1] != " " or depth > _NESTED:
            return None
        names = (name for name in self.at(end + 1, depth) if name.kind in {"organ", "core"})
        return next(names, None)

    def _with_tail(self, name: Name, entry: Entry, hit: Hit) -> Name | None:
        """Add what belongs to a name; None if it is no name without and there is nothing."""
        takes = entry.takes.rstrip("!+*")
        if takes == "house":
            match = _OF_HOUSE.match(self.spelled, name.end)
            return replace(name, end=match.end()) if match else name
        if takes == "level":
            return self._with_level(name, entry)
        if takes == "place":
            return self._with_place(name, entry)
        if takes in {"number", "commune"}:
            read = number_end if takes == "number" else place_end
            end = read(self.text, name.end)
            return replace(name, end=end, head=name.head + self.text[name.end : end])
        if takes == "party" and not self.damaged:
            return self._with_party(name, entry, hit)
        return name

    def _with_level(self, name: Name, entry: Entry) -> Name | None:
        level = self._levels.read(self.text, self.spelled, name.end)
        if level is None and entry.takes == "level" and not self.damaged:
            # "Ban Quản lý Khu kinh tế Dung Quất"
            end = place_end(self.text, name.end)
            return replace(name, end=end, head=name.head + self.text[name.end : end])
        if level is None:
            return None if entry.takes == "level!" else name
        if level.label is None and entry.takes != "level+":
            head = name.head.removesuffix(" Việt Nam") + self.text[name.end : level.end]
            return replace(name, end=level.end, head=head)
        return replace(name, end=level.end, level=level.label or "")

    def _with_place(self, name: Name, entry: Entry) -> Name | None:
        level = self._levels.read(self.text, self.spelled, name.end)
        if entry.takes in {"place!", "place+"}:
            if level is None or level.label is not None:
                return None if entry.takes == "place!" else name
            return replace(name, end=level.end, head=name.head + self.text[name.end : level.end])
        return replace(name, end=level.end) if level and level.label in _ABSORBED else name

    def _with_party(self, name: Name, entry: Entry, hit: Hit) -> Name | None:
        match = _COMPLEMENT.match(self.spelled, name.end)
        if match is not None and entry.kind == "class*":
            several = "các " if name.start < hit.start else ""
            head = several + entry.name + self.text[hit.end : match.end()]
            return replace(name, end=match.end(), head=head)
        if entry.takes != "party!":
            return self._with_shared_level(name)
        level = self._levels.read(self.text, self.spelled, name.end)
        if level is None or level.label is None:
            return None
        return replace(name, end=level.end, head=f"{name.head} {level.label}")

    def _with_shared_level(self, name: Name) -> Name:
        """Take in the level behind a class ("đoàn thể tỉnh"), which its name leaves out."""
        of = _OF_LEVEL.match(self.spelled, name.end)
        level = self._levels.read(self.text, self.spelled, of.end() if of else name.end)
        if level is None or level.label not in SHARED_LEVELS:
            return name
        return replace(name, end=level.end, level=level.label)

    def _rule(self, hit: Hit) -> str:
        if not hit.exact:
            return "AGE-007" if self.damaged else "AGE-006"
        if hit.entry.kind.startswith(("class", "generic")):
            return "AGE-004"
        return "AGE-002" if hit.entry.short else "AGE-001"
