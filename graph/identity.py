"""What a document states of an instrument, its own head included, as an identity."""

import re
import unicodedata
from dataclasses import dataclass, replace
from functools import lru_cache

from graph.instrument import OPEN, TERM, InstrumentId
from graph.iris import SHORT_DIGEST, digest, plain, slug
from graph.organs import Reader, is_below_province, is_definite, parse_organ
from graph.places import place_at, province_named
from loaders.citing.doctypes import TYPES, DocumentType, type_by_name, types_by_code
from loaders.structure.head import Head
from loaders.tables import read_table

_NUMBER = re.compile(r"^(?P<running>\d+[a-zđ]?)(?:/(?P<year>\d{4}))?(?:[/-](?P<code>\D.*))?$", re.I)
_STANDARD = re.compile(r"^(?P<series>(?:QC|TC)[A-ZĐ]+)\s*(?P<running>[\d.-]+)(?::(?P<year>\d{4}))?")
_NAMED_YEAR = re.compile(r"\s*\(?(?:năm )?(?P<year>(?:19|20)\d{2})\)?$")

# Codes whose number means one document in the whole country, beside those of central organs.
_STANDARDS = frozenset({"qcvn", "qcxdvn", "tcvn", "tcxdvn", "tcxd", "tcn"})
# Organs of the whole country whose provincial branches number under the same code.
_WITH_BRANCHES = frozenset({"bhxh", "mttq", "tld"})
_ORGAN_CODES = (
    (re.compile(r"^thu tuong"), "ttg"),
    (re.compile(r"^chinh phu$"), "cp"),
    (re.compile(r"^quoc hoi$"), "qh"),
    (re.compile(r"^uy ban thuong vu quoc hoi$"), "ubtvqh"),
    (re.compile(r"^chu tich nuoc$"), "ctn"),
    (re.compile(r"^(?:bo chinh tri|ban bi thu|ban chap hanh trung uong)"), "tw"),
    (re.compile(r"^(?:uy ban nhan dan|ubnd)(?: tinh| thanh pho)?$"), "ubnd"),
    (re.compile(r"^(?:hoi dong nhan dan|hdnd)(?: tinh| thanh pho)?$"), "hdnd"),
    (re.compile(r"^(?:ban (?:thuong vu|chap hanh) )?(?:tinh uy|thanh uy|dang bo .*)$"), "tu"),
)
# A law's number carries no type code (24/2018/QH14), so its name stands in its place.
_BY_NAME = {"constitution": "qh", "law": "qh", "code-of-law": "qh", "ordinance": "ubtvqh"}


@dataclass(frozen=True, slots=True)
class _Number:
    """The parts of a number: "24/2018/QH14" is 24, 2018, no type, "qh"."""

    running: str
    year: str | None = None
    type_code: str | None = None
    issuer: str | None = None


def cited_id(  # noqa: PLR0913 - an identity has as many parts
    reader: Reader,
    *,
    key: str,
    type_name: str | None,
    number: str | None,
    issued: str | None = None,
    issuer: str | None = None,
    term: str | None = None,
) -> InstrumentId:
    """Return the identity that a document states of an instrument it cites.

    Args:
        reader: the citing document; "Tỉnh ủy" means the one of its province.
        key: the number, or the name of a law.
        type_name: the document type in Vietnamese.
        number: the number in its proper form; None for a law cited by name.
        issued: date as precise as stated; only its year is part of the identity, but the day tells
            which of two provinces of one name is meant.
        issuer: who issued it, if stated.
        term: the Party congress term, if stated.
    """
    kind = type_by_name(type_name) if type_name else None
    parts = _parse_number(number) if number else _parse_name(key, kind)
    place, short = _where(parts.issuer, issuer, _silent_place(issuer, issued, reader))
    year = parts.year or _year(issued) or (f"{TERM}{slug(term)}" if term else None)
    place = place_at(place, [issued, year, reader.day]) if place else None
    return _identity(place, short, _type_step(kind, parts.type_code), year, parts.running, reader)


def document_id(head: Head, sha256: str, cited: str | None = None) -> InstrumentId:
    """Return the identity of a document by its own head; a blank number is its file's digest.

    Args:
        head: what the document says of itself.
        sha256: digest of its file.
        cited: the latest date of what it cites: it was not issued before.
    """
    kind = type_of_document(head)
    if head.number:
        parts = _parse_number(head.number.value)
    else:
        series = head.series.value.strip(" /-") if head.series else ""
        parts = _Number(f"{OPEN}{sha256[:SHORT_DIGEST]}", None, *_split_code(series))
    issuer = head.issuer.value if head.issuer else None
    place, short = _where(parts.issuer, issuer, _own_place(head, cited))
    place = place_at(place, [_day(head, cited)]) if place else None
    year = parts.year or _year(head.issued.value if head.issued else None)
    reader = Reader(None, central=False, scope=sha256[:SHORT_DIGEST])
    return _identity(place, short, _type_step(kind, parts.type_code), year, parts.running, reader)


def reader_of(head: Head, own: InstrumentId, cited: str | None = None) -> Reader:
    """Return how a document's own words on organs and instruments are to be taken."""
    central = own.scope is None and own.place is None
    place = None if central else _own_place(head, cited)
    return Reader(place, central, digest(own.iri), _day(head, cited))


def possible_ids(cited: InstrumentId, reader: Reader) -> list[InstrumentId]:
    """Return what an instrument of an unsaid province may be: the one of the reader's province."""
    if cited.scope is None or cited.issuer is None or reader.place is None:
        return []
    return [replace(cited, place=place_at(reader.place, [cited.year]), scope=None)]


def type_of_document(head: Head) -> DocumentType | None:
    """Return the type that a document's head names, None if it names none that is known."""
    wanted = head.doc_type.value if head.doc_type else None
    return next((kind for kind in TYPES if kind.english == wanted), None)


def _identity(  # noqa: PLR0913, PLR0917 - an identity has as many parts
    place: str | None,
    issuer: str | None,
    kind: str | None,
    year: str | None,
    number: str,
    reader: Reader,
) -> InstrumentId:
    is_open = issuer is None or (place is None and not _is_central(issuer))
    return InstrumentId(place, issuer, kind, year, number, reader.scope if is_open else None)


def _own_place(head: Head, cited: str | None) -> str | None:
    """Return the province of the issuer: by its name, else by the place of issue."""
    organ = parse_organ(head.issuer.value) if head.issuer else None
    if organ and organ.central:
        return None
    named = province_named(head.place.value) if head.place else None
    place = organ.place if organ and organ.place else named.slug if named else None
    return place_at(place, [_day(head, cited)]) if place else None


def _day(head: Head, cited: str | None) -> str | None:
    """Return when a document was issued, as precise as its head and what it cites can tell."""
    issued = head.issued.value if head.issued else None
    if cited and (issued is None or cited.startswith(issued)):
        return cited
    return issued


def _silent_place(issuer: str | None, issued: str | None, reader: Reader) -> str | None:
    """Return the province of an organ whose name leaves it out: "UBND tỉnh" is the reader's.

    Not so where the reader's province did not exist yet: it may be any of those it was made of.
    """
    if not issuer or not is_definite(issuer) or not reader.place:
        return None
    return reader.place if place_at(reader.place, [issued]) == reader.place else None


def _where(
    code: str | None, issuer: str | None, silent: str | None
) -> tuple[str | None, str | None]:
    """Return province and short name of an issuer; `silent` is the province if it names none."""
    organ = parse_organ(issuer) if issuer else None
    if code and _is_central(code):
        return None, code
    if organ and organ.central:
        return None, organ_code(organ.name)
    if organ and is_below_province(organ.name):
        code = slug(organ.name)
    elif organ and not code:
        code = organ_code(organ.name)
    return (organ.place if organ else None) or silent, code


def organ_code(name: str) -> str:
    """Return the short name under which an organ numbers its documents: "ubnd" for a committee."""
    words = plain(name)
    for pattern, code in _ORGAN_CODES:
        if pattern.match(words):
            return code
    return slug(name)


def _is_central(code: str) -> bool:
    first = code.split("-", maxsplit=1)[0]
    return first in _issuer_codes()[1] or first.endswith("tw")


@lru_cache(maxsize=1)
def _issuer_codes() -> tuple[dict[str, str], frozenset[str]]:
    """Return one spelling for each issuer's code (BKH&CN is BKHCN), and the central ones."""
    spelling: dict[str, str] = {}
    first: dict[str, str] = {}
    central: set[str] = set(_STANDARDS)
    for row in read_table("issuer_codes"):
        code, name = slug(row["code"]), row["name"] or row["code"]
        spelling[code] = first.setdefault(name, code)
        if parse_organ(name).central:
            central.add(spelling[code])
    return spelling, frozenset(central - _WITH_BRANCHES)


def _parse_number(number: str) -> _Number:
    compact = re.sub(r"\s+", "", number)
    if standard := _STANDARD.match(compact):
        # QCVN 01:2019/BTTTT and QCVN 01:2019/BYT are two: the organ is part of the number.
        series, tail = slug(standard["series"]), standard["running"] + compact[standard.end() :]
        return _Number(slug(tail), standard["year"], standard["series"], series)
    match = _NUMBER.match(compact)
    if not match:
        return _Number(slug(number))
    running = slug(match["running"].lstrip("0") or "0")
    return _Number(running, match["year"], *_split_code(match["code"] or ""))


def _split_code(code: str) -> tuple[str | None, str | None]:
    """Part the letters of a number in the code of a type and the short name of an issuer."""
    first, *rest = re.split(r"[/-]", code)
    if rest and types_by_code(first):
        return first, _issuer_code(rest)
    return None, _issuer_code([first, *rest])


def _issuer_code(pieces: list[str]) -> str | None:
    """Return the issuer's code; the term behind "QH15" is no part of the organ's name."""
    codes = [re.sub(r"^(qh|ubtvqh)\d+$", r"\1", slug(piece)) for piece in pieces if piece]
    return "-".join(_issuer_codes()[0].get(code, code) for code in codes) or None


def _parse_name(name: str, kind: DocumentType | None) -> _Number:
    words = unicodedata.normalize("NFC", name)
    year = _NAMED_YEAR.search(words)
    words = words[: year.start()] if year else words
    if kind and plain(words).startswith(f"{plain(kind.name)} "):
        words = words[len(kind.name) :]
    issuer = _BY_NAME.get(kind.english) if kind else None
    return _Number(slug(words), year["year"] if year else None, None, issuer)


def _type_step(kind: DocumentType | None, code: str | None) -> str | None:
    """Return the type as a piece of the IRI: the code in the number, unless two types share it."""
    if code is None:
        return _type_code(kind) if kind else None
    sharing = types_by_code(code)
    is_shared = len(sharing) > 1 and kind in sharing
    return _type_code(kind) if kind and is_shared else slug(code)


def _type_code(kind: DocumentType) -> str:
    codes = () if kind.english in _BY_NAME else (*kind.state, *kind.party)
    return slug(codes[0] if codes else kind.name)


def _year(issued: str | None) -> str | None:
    return issued[:4] if issued and issued[:4].isdecimal() else None
