"""Which instrument is meant: type, number, issuer and year, and the IRI made of them.

    /eli/vn/cp/nq/2025/3                  Nghị quyết 03/NQ-CP of 2025: a central organ
    /eli/vn/hung-yen/ubnd/kh/2025/44      Kế hoạch 44/KH-UBND: the organ of a province
    /eli/vn/tw/nq/khoa-xiii/35            no year said, but the Party congress term
    /eli/vn/qh/luat/_/ngan-sach-nha-nuoc  a law by name, no year said
    /eli/vn/_/5f0c1a77/ubnd/kh/2024/176   the province is not said: kept apart by document

The bare number is no key, so an IRI is made only of what is stated. "_" stands for what is not; a
weaker IRI is never merged with a fuller one, only linked as a possibility (`graph.inferred`). What
could be any province's (or any organ's) stays within the document that cites it: the digest after
"_" is that document's.
"""

from dataclasses import dataclass

from ontology.terms import BASE

OPEN = "_"
_ROOT = f"{BASE}eli/vn/"
_CENTRAL_PARTS, _PLACED_PARTS = 4, 5

# Party congresses since the tenth: numbers of Party documents restart with each.
TERM = "khoa-"
_TERM_BEGINS = {"x": 2006, "xi": 2011, "xii": 2016, "xiii": 2021, "xiv": 2026}
_TERM_LENGTH = 5


@dataclass(frozen=True, slots=True)
class InstrumentId:
    """The identity of an instrument, as far as it is stated; what is not stated is None.

    Attributes:
        place: slug of the province whose organ issued it; None for a central organ.
        issuer: short name of the issuing organ: "ubnd", "cp", "tw".
        type: short name of the type: "nq", "luat".
        year: "2025", or the Party term: "khoa-xiii".
        number: the running number ("57", "36a"), the name of a law, or "_" and the digest of a
            document that leaves its own number blank.
        scope: digest of the document that leaves place or issuer open; else None.
    """

    place: str | None
    issuer: str | None
    type: str | None
    year: str | None
    number: str
    scope: str | None = None

    @property
    def iri(self) -> str:
        """Return the IRI that is made of the identity."""
        where = [OPEN, self.scope] if self.scope else [self.place] if self.place else []
        rest = [self.issuer or OPEN, self.type or OPEN, self.year or OPEN, self.number]
        return _ROOT + "/".join([*where, *rest])

    @property
    def complete(self) -> bool:
        """Tell whether nothing is left open; a Party term alone leaves the year open."""
        dated = self.year is not None and self.year.isdecimal()
        known = self.scope is None and self.issuer and self.type and dated
        return bool(known) and not self.is_blank

    def contradicts(self, other: "InstrumentId") -> bool:
        """Tell whether the two cannot be one instrument, since both state a thing differently.

        A blank number states nothing; a Party term agrees with the years that it covers.
        """
        pairs = zip(self._stated(), other._stated(), strict=True)
        differs = any(a != b for a, b in pairs if a is not None and b is not None)
        return differs or not _years_agree(self.year, other.year)

    def _stated(self) -> tuple[str | None, ...]:
        where = None if self.scope else self.place or "the whole country"
        return (where, self.issuer, self.type, None if self.is_blank else self.number)

    @property
    def is_blank(self) -> bool:
        """Tell whether the document leaves its own number blank."""
        return self.number.startswith(OPEN)


def parse_iri(iri: str) -> InstrumentId | None:
    """Return the identity that an instrument's IRI is made of; None for any other IRI."""
    parts = iri.removeprefix(_ROOT).split("/")
    if not iri.startswith(_ROOT) or len(parts) < _CENTRAL_PARTS:
        return None
    scope = place = None
    if parts[0] == OPEN:
        scope, parts = parts[1], parts[2:]
    elif len(parts) == _PLACED_PARTS:
        place, parts = parts[0], parts[1:]
    if len(parts) != _CENTRAL_PARTS:
        return None
    issuer, kind, year = (None if part == OPEN else part for part in parts[:3])
    return InstrumentId(place, issuer, kind, year, parts[3], scope)


def _years_agree(one: str | None, other: str | None) -> bool:
    if one is None or other is None or one == other:
        return True
    for term, year in ((one, other), (other, one)):
        begin = _TERM_BEGINS.get(term.removeprefix(TERM))
        if begin and year.isdecimal():
            return begin <= int(year) <= begin + _TERM_LENGTH
    return False
