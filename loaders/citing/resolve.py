"""Mentions to instruments: which citations speak of the same document."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from loaders.citing.citations import Citation, Resolution
from loaders.citing.dates import year_of
from loaders.citing.lawnames import statutes_named

_DATED_NUMBER = re.compile(r"/(?:19|20)\d\d/|:(?:19|20)\d\d")
_PROMULGATED = frozenset(("Đề án", "Chương trình", "Chương trình hành động", "Kế hoạch"))
_PARTY_NUMBER = re.compile(r"\d+\w?-[^/]+/")
_LOCAL = re.compile(r"(?:tỉnh|thành phố|Tỉnh ủy|Thành ủy)$")


@dataclass(frozen=True, slots=True)
class Instrument:
    """A document that others cite, as far as the mentions in one document describe it.

    Identity is type, number, issuer and date (or year, or Party term): the bare number is no key.

    Attributes:
        key: the number, or the name of a law cited by name.
        citations: indexes into the document's citations, in reading order.
        resolution: "exact", "repaired" (only mended spellings occur), "ambiguous" (more than one
            document fits: see `candidates`) or "unresolved" (too little is said to tell which).
        candidates: one line for each document that it could be, when it is not certain.
    """

    key: str
    type: str | None
    number: str | None
    issued: str | None
    issuer: str | None
    title: str | None
    citations: tuple[int, ...]
    term: str | None = None
    resolution: Resolution = "exact"
    candidates: tuple[str, ...] = ()


def resolve(citations: Sequence[Citation], *, place: str | None = None) -> list[Instrument]:
    """Group the mentions of one document into the documents that they mean.

    A mention without a date joins the dated one of its number and type if there is only one; a
    statute's name joins the number that bears it. What fits several stays ambiguous, a bare
    number stays unresolved, both with their candidates: nothing is guessed.

    Args:
        citations: the mentions in reading order.
        place: the province of the citing document, which "Ủy ban nhân dân tỉnh" then means.
    """
    groups = _groups(citations)
    found = [_instrument(group, citations, place) for group in groups if not group.unsure]
    by_run: dict[str, list[Instrument]] = {}
    for instrument in found:
        by_run.setdefault(_run(instrument.number or ""), []).append(instrument)
    for group in groups:
        if group.unsure:
            found.append(_unsure(group, citations, by_run.get(_run(group.key), []), place))
    return sorted(found, key=lambda instrument: instrument.citations[0])


def _run(number: str) -> str:
    """Return the running number: "57" of "57-NQ/TW"."""
    return re.split(r"[-/ ]", number, maxsplit=1)[0]


@dataclass(slots=True)
class _Group:
    """Mentions that mean one document: the indexes, and what keeps it apart from others."""

    key: str
    type: str | None
    members: list[int]
    year: str | None = None
    term: str | None = None
    issuer: str | None = None
    unsure: bool = False

    def fits(self, mention: Citation) -> bool:
        """Tell whether a mention says nothing that speaks against this group."""
        year = _year(mention)
        if self.type and mention.type and self.type != mention.type:
            return False
        if not _DATED_NUMBER.search(self.key) and not _agree(self.year, year):
            return False
        return _agree(self.term, mention.term) and _same_organ(self.issuer, mention.issuer)

    def take(self, index: int, mention: Citation) -> None:
        """Add a mention, and learn from it what the group did not yet know."""
        self.members.append(index)
        self.type = self.type or mention.type
        self.year = self.year or _year(mention)
        self.term = self.term or mention.term
        if mention.issuer and len(mention.issuer) > len(self.issuer or ""):
            self.issuer = mention.issuer


def _year(mention: Citation) -> str | None:
    """Return the year that tells a document apart.

    Behind a Party number a lone year may be that of the work: "thực hiện Nghị quyết số 57-NQ/TW
    năm 2025". As such numbers run for a whole congress term, it is no ground to part two.
    """
    year = year_of(mention.issued)
    return None if year == mention.issued and _PARTY_NUMBER.match(mention.key) else year


def _agree(one: str | None, other: str | None) -> bool:
    return one is None or other is None or one == other


def _same_organ(one: str | None, other: str | None) -> bool:
    """Tell whether two issuers may be one: "Ủy ban nhân dân tỉnh" and that of Hưng Yên."""
    if one is None or other is None:
        return True
    bare = [name.removesuffix(" Đảng") for name in (one, other)]
    central = ("Bộ Chính trị", "Ban Bí thư", "Ban Chấp hành Trung ương")
    if all(name.startswith(central) for name in bare):
        return True
    return bare[0] in bare[1] or bare[1] in bare[0]


def _groups(citations: Sequence[Citation]) -> list[_Group]:
    """Group the mentions: those that say most first, so that the others find what they mean."""
    by_key: dict[str, list[_Group]] = {}
    order = sorted(range(len(citations)), key=lambda i: (-_detail(citations[i]), i))
    named = _numbers_by_name(citations)
    for index in order:
        mention = citations[index]
        key = _group_key(mention, named)
        groups = by_key.setdefault(key, [])
        fitting = [group for group in groups if not group.unsure and group.fits(mention)]
        if len(fitting) == 1:
            fitting[0].take(index, mention)
            continue
        unsure = mention.resolution == "unresolved" or len(fitting) > 1
        same = [group for group in groups if group.unsure and group.type == mention.type]
        if unsure and same:
            same[0].members.append(index)
            continue
        group = _Group(key, mention.type, [], unsure=unsure)
        group.take(index, mention)
        groups.append(group)
    return [group for groups in by_key.values() for group in groups]


def _detail(mention: Citation) -> int:
    return sum(map(bool, (year_of(mention.issued), mention.issuer, mention.term, mention.type)))


def _numbers_by_name(citations: Sequence[Citation]) -> dict[str, set[str]]:
    """Return the numbers under which the document cites each statute that it names."""
    named: dict[str, set[str]] = {}
    for citation in citations:
        if citation.number and citation.title:
            named.setdefault(_loose(citation.title), set()).add(citation.key)
    return named


def _group_key(mention: Citation, named: dict[str, set[str]]) -> str:
    """Return the number to group by; a statute's name gives way to the one number that bears it."""
    if mention.number is not None or mention.issued is not None:
        return mention.key
    numbers = named.get(_loose(mention.key), set())
    return next(iter(numbers)) if len(numbers) == 1 else mention.key


def _loose(name: str) -> str:
    return re.sub(r"[\s,]+", "", name).casefold()


def _instrument(group: _Group, citations: Sequence[Citation], place: str | None) -> Instrument:
    members = sorted(group.members)
    mentions = [citations[index] for index in members]
    numbers = [mention.number for mention in mentions if mention.number]
    exact = any(mention.resolution == "exact" for mention in mentions)
    instrument = Instrument(
        key=group.key,
        type=group.type,
        number=numbers[0] if numbers else None,
        issued=_fullest_date(mentions),
        issuer=_placed(group.issuer, place),
        title=_fullest_title(mentions),
        citations=tuple(members),
        term=group.term,
        resolution="exact" if exact else "repaired",
    )
    return _with_statutes(instrument)


def _with_statutes(instrument: Instrument) -> Instrument:
    """Name the known statutes that an undated name may mean, if they are several."""
    if instrument.number or instrument.issued:
        return instrument
    known = statutes_named(instrument.key)
    if len(known) < 2:  # noqa: PLR2004 - one statute of the name is no choice
        return instrument
    lines = tuple(f"{row['number'] or row['name']} ({row['issued']})" for row in known)
    return replace(instrument, resolution="ambiguous", candidates=lines)


def _fullest_date(mentions: Sequence[Citation]) -> str | None:
    """Return the most precise date; where days differ by a slip, the one said most often."""
    dates = Counter(mention.issued for mention in mentions if mention.issued)
    if not dates:
        return None
    return max(dates, key=lambda date: (year_of(date) is not None, len(date), dates[date]))


def _fullest_title(mentions: Sequence[Citation]) -> str | None:
    """Return the longest title, an undamaged one if there is any."""
    titled = [mention for mention in mentions if mention.title]
    best = max(titled, key=lambda m: (m.resolution == "exact", len(m.title or "")), default=None)
    return best.title if best else None


def _placed(issuer: str | None, place: str | None) -> str | None:
    """Complete the issuer of a citing document's own province: "Ủy ban nhân dân tỉnh"."""
    if issuer and place and _LOCAL.search(issuer):
        return f"{issuer} {place}"
    return issuer


def _unsure(
    group: _Group, citations: Sequence[Citation], alike: Sequence[Instrument], place: str | None
) -> Instrument:
    """Describe mentions that fit no single document, with those that they may mean.

    `alike` are the documents of the same running number.
    """
    bare = _run(group.key) == group.key
    fitting = [
        other
        for other in alike
        if _may_be(group.type, other.type) and (bare or other.key == group.key)
    ]
    return replace(
        _instrument(group, citations, place),
        resolution="ambiguous" if len(fitting) > 1 else "unresolved",
        candidates=tuple(map(_line, fitting)),
    )


def _may_be(meant: str | None, type_: str | None) -> bool:
    """Tell whether a bare number's type allows a document: "Đề án 06" may be 06/QĐ-TTg."""
    return _agree(meant, type_) or (meant in _PROMULGATED and type_ == "Quyết định")


def _line(instrument: Instrument) -> str:
    words = [instrument.type, instrument.number, instrument.issued, instrument.issuer]
    return ", ".join(word for word in words if word)
