"""Which organ a name means: a central one, one of a province, or one that cannot be placed.

"Sở Tài chính" exists in every province, so an organ of a province is named together with its
province: the one that its name states ("Ủy ban nhân dân tỉnh Lai Châu") or that of the document
that speaks of it. A name that leaves the province open stays within its document.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

import pyoxigraph as ox

import ontology
from graph.iris import plain, slug
from graph.terms import value_of
from ontology.terms import BASE, CANCU, SKOS

# "Bộ Chỉ huy Quân sự tỉnh" (provincial military command) begins like a ministry and is none.
_CENTRAL = re.compile(
    r"(?:chinh phu|thu tuong|pho thu tuong|quoc hoi|uy ban thuong vu quoc hoi|chu tich nuoc"
    r"|bo chinh tri|ban bi thu|ban chap hanh trung uong|dang cong san|bo (?!chi huy)|cac bo"
    r"|thanh tra chinh phu|van phong (?:chinh phu|quoc hoi|chu tich nuoc)|kiem toan nha nuoc"
    r"|ngan hang nha nuoc|uy ban (?:dan toc|quoc gia)|tong cuc"
    r"|hoi dong (?:bo truong|chinh phu|nha nuoc|tham phan)|chu tich hoi dong bo truong"
    r"|(?:toa an|vien kiem sat) nhan dan toi cao"
    r"|(?:truong )?dai hoc|hoc vien|vien (?!kiem sat)|tap doan|tong cong ty)\b"
)
_NATIONWIDE = re.compile(r"\btrung uong\b|\b(?:viet nam|ca nuoc)$")
_PROVINCIAL = re.compile(r"\b(?:tinh|thanh uy|thanh pho|tp|so)\b")
_LEVEL = r"\b(?:tinh(?: uy)?|thanh pho|thanh uy|tp)"
# Local organs whose name may end with a province without the word for its level.
_BARE = r"(?:so|uy ban|hoi dong|van phong|cong an|ban quan ly)\b.*"
# With diacritics: without them "quận" (district) is "quân" (army); a proper name must follow,
# or "xã hội" (society) would be a commune.
_BELOW = re.compile(r"\b(?i:huyện|quận|thị xã|thị trấn|xã|phường|thành phố|tp\.?) (\w)")


@dataclass(frozen=True, slots=True)
class Province:
    """A province or centrally-run city."""

    slug: str
    name: str
    kind: str

    @property
    def full_name(self) -> str:
        """Return the name with its level: "tỉnh Lai Châu"."""
        return f"{self.kind} {self.name}"


@dataclass(frozen=True, slots=True)
class Reader:
    """The document that speaks of an organ or an instrument.

    Attributes:
        place: slug of the province whose organ issued it; None if it has none.
        central: whether a central organ issued it.
        scope: short digest of the document, which keeps apart what it leaves open.
    """

    place: str | None
    central: bool
    scope: str


@dataclass(frozen=True, slots=True)
class Organ:
    """What a name tells of an organ.

    Attributes:
        name: the name without its province.
        place: slug of its province; None for a central organ or an open one.
        central: whether it is an organ of the whole country, or one that is known without a
            province (a university, a corporation).
    """

    name: str
    place: str | None
    central: bool


@lru_cache(maxsize=1)
def provinces() -> dict[str, Province]:
    """Return the provinces by their names without diacritics ("lai chau")."""
    found: dict[str, dict[str, list[str]]] = {}
    for quad in ox.parse(ontology.read("provinces.ttl"), ox.RdfFormat.TURTLE):
        values = found.setdefault(value_of(quad.subject), {})
        values.setdefault(quad.predicate.value, []).append(value_of(quad.object))
    by_name: dict[str, Province] = {}
    for iri, values in found.items():
        name, kind = values[SKOS.prefLabel][0], values[CANCU.placeKind][0]
        province = Province(iri.removeprefix(f"{BASE}place/"), name, kind)
        by_name |= {_words(other): province for other in [name, *values.get(SKOS.altLabel, [])]}
    return by_name


def province_named(name: str) -> Province | None:
    """Return the province of that name, with or without the word for its level."""
    words = _words(name)
    return provinces().get(words) or provinces().get(re.sub(rf"^{_LEVEL} ", "", words))


@lru_cache(maxsize=4096)
def parse_organ(name: str) -> Organ:
    """Tell an organ's level and province from its name alone."""
    name = " ".join(unicodedata.normalize("NFC", name).split())
    words = _words(name)
    if match := _placed().search(words):
        province = provinces()[match["place"]]
        in_city = match["level"] in ("thanh pho", "tp") and province.kind == "tỉnh"
        return Organ(name if in_city else _cut(name, match["place"]), province.slug, central=False)
    central = bool(_CENTRAL.match(words)) and not words.endswith(" tinh")
    return Organ(name, None, central or bool(_NATIONWIDE.search(words)))


def is_below_province(name: str) -> bool:
    """Tell whether a name is that of an organ of a district, town or commune."""
    initials = _BELOW.findall(parse_organ(name).name)
    return any(initial.isupper() or initial.isdigit() for initial in initials)


def is_definite(name: str) -> bool:
    """Tell whether a name without a province means the reader's own: "Tỉnh ủy", "UBND tỉnh"."""
    return bool(_PROVINCIAL.search(_words(name)))


def full_label(name: str, province: Province | None, *, is_group: bool = False) -> str:
    """Return an organ's name together with its province.

    "Sở Tài chính" gives "Sở Tài chính tỉnh Lai Châu", "Tỉnh ủy" gives "Tỉnh ủy Lai Châu"; a class
    of organs has it in brackets: "các sở, ban, ngành (Lai Châu)".
    """
    words = _words(name)
    if province is None or words.endswith(f" {_words(province.name)}"):
        return name
    if is_group or "," in name:
        return f"{name} ({province.name})"
    if is_below_province(name):
        return f"{name}, {province.full_name}"
    ends_with_level = re.search(rf"{_LEVEL}$", words)
    return f"{name} {province.name if ends_with_level else province.full_name}"


def agency_iri(name: str, reader: Reader) -> str:
    """Return the IRI of the organ that a document means by a name."""
    organ = parse_organ(name)
    if organ.central or (organ.place is None and reader.central):
        return f"{BASE}agency/{slug(organ.name)}"
    place = organ.place or reader.place or f"_{reader.scope}"
    return f"{BASE}agency/{place}/{slug(organ.name)}"


def _words(text: str) -> str:
    return re.sub(r"[\W_]+", " ", plain(text)).strip()


@lru_cache(maxsize=1)
def _placed() -> re.Pattern[str]:
    names = "|".join(sorted(provinces(), key=len, reverse=True))
    return re.compile(rf"^(?:.*(?P<level>{_LEVEL})|{_BARE})\s(?P<place>{names})$")


def _cut(name: str, place: str) -> str:
    """Return a name without the words of the province at its end."""
    words = list(re.finditer(r"\w+", name))
    return name[: words[-len(place.split())].start()].rstrip(" -–,")
