"""Coordinated agencies in the words of a task: "Sở Tài chính, các sở, ngành và địa phương".

One role is given to all members of a list. They are named as the annotation guide has it: organs
by their canonical names, groups as the text writes them, a title in front where there is one
("Thủ trưởng các sở, ban, ngành").
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from loaders.organs.agencies import AgencyMention
from loaders.organs.agency_titles import TITLES, is_title, spell_title
from loaders.organs.agency_words import words_of
from loaders.organs.gazetteer import plain, spell_out
from loaders.text.layout import Layout
from loaders.text.reading import fold

# Titles that stand for their organs alone, as in "Bộ trưởng, Thủ trưởng cơ quan ngang bộ".
_ALONE = {"bo truong": "Bộ trưởng", "chanh van phong": "Chánh Văn phòng"}
_TITLE_ALONE = re.compile(rf"(cac )?({'|'.join(_ALONE)})(?=, )")
_HONORIFIC = re.compile(r"(?:cac )?(?:dong chi|d/c|ong|ba) ")
_BEFORE = re.compile(
    rf"(?<!\w)(?:{_HONORIFIC.pattern})?(?:{_TITLE_ALONE.pattern}, )?(?:{TITLES} )?$"
)
_TITLE_REACH = 48
_APART = re.compile(r"(?: \([^()]{0,80}\))?(?:, va |; va | va |, |; | cung voi | cung | & )")
_PERSONS = re.compile(
    r"(?:can bo|dang vien|cong chuc|vien chuc|doan vien|hoi vien|nguoi lao dong)(?!\w)"
)
# Who is no agency but stands in lists of them.
_PARTNER = (
    r"(?<!\w)(?:các )?(?:doanh nghiệp|tập đoàn|tổng công ty|trường|học viện|viện(?= nghiên|,)"
    r"|cơ sở (?:giáo dục|đào tạo|nghiên cứu|y tế)|tổ chức tín dụng|ngân hàng thương mại|hiệp hội"
    r"|hội|nhà khoa học|hợp tác xã|tổ chức, cá nhân)"
    r"(?: (?:đại học|cao đẳng|trung cấp|nghiên cứu|viễn thông|bưu chính|công nghệ số"
    r"|công nghệ thông tin|công nghệ|nhà nước|nghề nghiệp|ngành nghề|quần chúng|đặc thù"
    r"|doanh nghiệp|nông nghiệp|chuyên nghiệp)){0,3}"
    r"(?:, (?:đại học|cao đẳng|trung cấp|viễn thông|bưu chính)){0,3}"
    r"(?: (?:có )?liên quan)?(?: trên địa bàn(?: tỉnh| thành phố)?)?(?!\w)"
)
_PARTNERS = re.compile(_PARTNER)
_DAMAGED_PARTNERS = re.compile(fold(_PARTNER))
_RELATED = re.compile(r" (?:(?P<having>c[o0] )?l[il1][ea]n|huu) quan(?!\w)")
# Classes with a complement of their own do not share the "các" of the class before them.
_SUBORDINATE = re.compile(r"(?:thuoc|ngang bo|cua)(?!\w)")
_HEADED = re.compile(r"(?:cac )?(?:so|bo|phong)(?!\w)")
_ABBREVIATION = re.compile(r"[A-ZĐ]{2}")
_HYPHEN = re.compile(r"(?<=\w)\s*[-–]\s+|\s+[-–]\s*(?=\w)")


@dataclass(frozen=True, slots=True)
class Member:
    """An agency or group of a list, at `start`-`end` of the stretch that was read.

    `partner` tells enterprises, schools and the like, which are no agencies but stand in their
    lists.
    """

    start: int
    end: int
    name: str
    generic: bool = False
    partner: bool = False


@dataclass(frozen=True, slots=True)
class AgencyList:
    """Agencies that stand side by side; `halves` are the members that follow a semicolon."""

    members: tuple[Member, ...]
    halves: tuple[int, ...] = ()

    @property
    def start(self) -> int:
        """Where the first member starts."""
        return self.members[0].start

    @property
    def end(self) -> int:
        """Where the last member ends."""
        return self.members[-1].end

    @property
    def generic(self) -> bool:
        """Tell whether only broad classes are meant."""
        return all(member.generic for member in self.members)


@dataclass(frozen=True, slots=True)
class _Mark:
    """A mention, or a partner (mention None), at its place in the stretch."""

    start: int
    end: int
    mention: AgencyMention | None

    @property
    def is_class(self) -> bool:
        """Tell whether this is a class of organs, whose name is written small."""
        return self.mention is not None and self.mention.name[0].islower()


def find_lists(
    layout: Layout, start: int, end: int, mentions: Sequence[AgencyMention]
) -> list[AgencyList]:
    """Find the lists of agencies in `layout.flat.text[start:end]`; places count from `start`.

    Args:
        layout: the text.
        start: where the stretch starts.
        end: where it ends.
        mentions: the agencies in the stretch, in reading order (others are left aside).
    """
    return list(_Reader(layout, start, end, mentions).lists())


class _Reader:
    def __init__(
        self, layout: Layout, start: int, end: int, mentions: Sequence[AgencyMention]
    ) -> None:
        self._text = layout.flat.text[start:end]
        self._folded = fold(self._text)
        self._damaged = layout.damaged
        places = (
            (layout.flat.index(m.evidence.span.start), layout.flat.index(m.evidence.span.end), m)
            for m in mentions
        )
        marks = [_Mark(a - start, b - start, m) for a, b, m in places if start <= a < b <= end]
        taken = {place for mark in marks for place in range(mark.start, mark.end)}
        marks += [
            _Mark(*match.span(), None)
            for match in self._partners()
            if match.start() not in taken and match.end() - 1 not in taken
        ]
        self._marks = sorted(marks, key=lambda mark: mark.start)

    def _partners(self) -> Iterator[re.Match[str]]:
        if self._damaged:
            return _DAMAGED_PARTNERS.finditer(self._folded)
        return _PARTNERS.finditer(plain(self._text))

    def lists(self) -> Iterator[AgencyList]:
        place = 0
        while place < len(self._marks):
            agencies, following = self._list(place)
            if agencies is not None:
                yield agencies
            place = max(following, place + 1)

    def _list(self, place: int) -> tuple[AgencyList | None, int]:
        """Read the list that starts with the mark at a place, and return the place behind it."""
        first = self._marks[place]
        if first.mention is None and not self._folded.startswith("cac ", first.start):
            return None, place  # "môi trường" is no school
        members: list[Member] = []
        halves: list[int] = []
        title = ""
        position = self._title_start(self._marks[place].start)
        while (found := self._member(position, place, title)) is not None:
            member, title, place = found
            members.append(member)
            gap = _APART.match(self._folded, member.end)
            if gap is None:
                break
            halves += [len(members)] if ";" in gap.group() else []
            position = gap.end()
        if not members:
            return None, place
        inner = tuple(half for half in halves if half < len(members))
        return AgencyList(tuple(members), inner), place

    def _title_start(self, start: int) -> int:
        reach = max(0, start - _TITLE_REACH)
        match = _BEFORE.search(self._folded[reach:start])
        return start if match is None else reach + match.start()

    def _member(self, position: int, place: int, title: str) -> tuple[Member, str, int] | None:
        """Read the member at a position; return it, its title, and the place of the next mark.

        `title` is that of the member before, which passes on in "Giám đốc các Sở: Tài chính, Nội
        vụ".
        """
        begin = position
        honorific = _HONORIFIC.match(self._folded, position)
        position = honorific.end() if honorific else position
        alone = _TITLE_ALONE.match(self._folded, position)
        if alone is not None:
            name = ("các " if alone.group(1) else "") + _ALONE[alone.group(2)]
            return Member(begin, alone.end(), name), "", place
        while place < len(self._marks) and self._marks[place].start < position:
            place += 1
        if place == len(self._marks):
            return None
        mark = self._marks[place]
        between = self._folded[position : min(mark.start, position + _TITLE_REACH)]
        if mark.start > position and not is_title(between):
            return None
        if mark.mention is None:
            name = self._text[position : mark.end]
            return Member(begin, mark.end, name[0].lower() + name[1:], True, True), "", place + 1
        said_once = mark.mention.evidence.rule == "AGE-005" and not self._is_headed(mark)
        title = f"{spell_title(between)} " if between else title if said_once else ""
        last = self._run_end(place) if mark.is_class else place
        end, name = self._run(place, last)
        member = Member(begin, end, f"{title}{name}", mark.mention.generic)
        return member, title, last + 1

    def _is_headed(self, mark: _Mark) -> bool:
        """Tell whether a department's mention has its own "Sở"."""
        return _HEADED.match(self._folded, mark.start) is not None

    def _run_end(self, place: int) -> int:
        """Return the last mark of the classes that share one "các" with the mark at a place."""
        while place + 1 < len(self._marks):
            here, there = self._marks[place], self._marks[place + 1]
            words = self._text[there.start : there.end]
            own = words.startswith("các ") or _SUBORDINATE.search(fold(words))
            joined = self._text[here.end : there.start] in {", ", " và ", ", và ", " va "}
            if not (joined and there.is_class and words[0].islower()) or own:
                break
            place += 1
        return place

    def _run(self, first: int, last: int) -> tuple[int, str]:
        """Return where a run of classes (or one organ) ends, and its name."""
        marks = self._marks[first : last + 1]
        if not marks[0].is_class and marks[0].mention is not None:
            return marks[0].end, marks[0].mention.name
        name = self._written(marks[0])
        for here, there in pairwise(marks):
            joint = " và " if "va" in fold(self._text[here.end : there.start]) else ", "
            name += joint + self._written(there)
        end = marks[-1].end
        while (more := re.match(r", ", self._text[end : end + 2])) is not None:
            person = _PERSONS.match(self._folded, end + 2)
            if person is None:
                break
            end = person.end()
            name += more.group() + self._text[person.start() : end]
        related = _RELATED.match(self._folded, end)
        if related is not None:
            other = "hữu quan" if related.group().startswith(" h") else "liên quan"
            name += " có liên quan" if related["having"] else f" {other}"
            end = related.end()
        return end, name[0].lower() + name[1:]

    def _written(self, mark: _Mark) -> str:
        """Return a class as the text writes it, mended and without abbreviations."""
        words = self._text[mark.start : mark.end]
        if mark.mention is None:
            return words
        if self._damaged:
            by_grammar = mark.mention.evidence.rule == "AGE-004"
            return words_of(damaged=True).label(fold(words)) if by_grammar else mark.mention.name
        words = spell_out(words)
        return mark.mention.name if _ABBREVIATION.search(words) else _HYPHEN.sub(" - ", words)
