"""Agencies: mentions of organs and of classes of organs, under their canonical names.

The rules that a mention's evidence names:

AGE-001  a full name of the gazetteer: "Sở Khoa học và Công nghệ"
AGE-002  an abbreviated one: "UBND tỉnh", "Sở KH&CN"
AGE-003  a name put together: "Văn phòng" + "Tỉnh ủy", "Trường Đại học" + its own name
AGE-004  a class of organs: "các sở, ban, ngành", "đoàn thể", "các đơn vị liên quan"
AGE-005  a name whose head is said once: "các Sở: Tài chính, Nội vụ"
AGE-006  a name with one syllable mis-spelled
AGE-007  a name in a damaged text, told by its likeness
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from loaders.document import Evidence
from loaders.organs.agency_names import Name
from loaders.organs.agency_scan import scan
from loaders.structure.body import body_range, body_ranges
from loaders.text.layout import Layout

__all__ = ["AgencyMention", "body_range", "find_agencies"]

_CONFIDENCE = {
    "AGE-001": 0.99,
    "AGE-002": 0.97,
    "AGE-003": 0.95,
    "AGE-004": 0.95,
    "AGE-005": 0.85,
    "AGE-006": 0.8,
    "AGE-007": 0.6,
}
_GENERIC = frozenset({"broad", "generic"})


@dataclass(frozen=True, slots=True)
class AgencyMention:
    """One mention of an organ ("UBND tỉnh") or of a class of organs ("các sở, ban, ngành").

    Attributes:
        evidence: the span of the longest name that fits.
        name: canonical name in full ("Ủy ban nhân dân tỉnh").
        group: True for a class of organs.
        generic: True for a class so broad that nobody in particular is meant ("cơ quan nhà nước").
    """

    evidence: Evidence
    name: str
    group: bool = False
    generic: bool = False


def find_agencies(layout: Layout, body: tuple[int, int] | None = None) -> list[AgencyMention]:
    """Find every mention of an organ or a class of organs, in reading order.

    The longest name is taken, with the province that stands behind it; "Chủ tịch Ủy ban nhân dân
    tỉnh" counts as the organ inside it.

    Args:
        layout: the text.
        body: where the body starts and ends in the flat text (`body_range`): what stands outside,
            and recipients and signatures inside, is left out. None for the whole text.
    """
    names = scan(layout.flat.text, damaged=layout.damaged)
    if body is not None:
        ranges = [(max(a, body[0]), min(b, body[1])) for a, b in body_ranges(layout)] or [body]
        names = list(_inside(names, ranges))
    return [_mention(layout, name) for name in names]


def _inside(names: Iterable[Name], ranges: Sequence[tuple[int, int]]) -> Iterator[Name]:
    """Yield the names that lie in one of some ranges, which rise and do not overlap."""
    starts = [start for start, _ in ranges]
    for name in names:
        place = bisect_right(starts, name.start) - 1
        if place >= 0 and name.end <= ranges[place][1]:
            yield name


def _mention(layout: Layout, name: Name) -> AgencyMention:
    span = layout.flat.span(name.start, name.end)
    generic = name.kind in _GENERIC
    several = (name.level or "").startswith(("các ", "cấp ")) or ", " in (name.level or "")
    return AgencyMention(
        Evidence(span, name.rule, _CONFIDENCE[name.rule]),
        name.full,
        group=name.kind != "organ" or several,
        generic=generic,
    )
