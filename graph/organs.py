"""Which organ a name means: a central one, one of a province, or one that cannot be placed.

"Sở Tài chính" exists in every province, so an organ of a province is named together with its
province: the one that its name states ("Ủy ban nhân dân tỉnh Lai Châu") or that of the document
that speaks of it. A name that leaves the province open stays within its document.

Names of one organ that the register of agencies knows ("Sở KH&CN", "Tỉnh đoàn") give one IRI.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from graph.iris import slug
from graph.places import Province, by_name, place_at, plain_words, provinces, share_a_name
from graph.register import AGENCY, Term, agency_named, kind_named

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
_BELOW = re.compile(
    r"\b(?:(?P<district>(?i:huyện|quận|thị xã|thành phố|tp\.?))"
    r"|(?i:thị trấn|xã|phường|đặc khu)) (?P<name>\w)"
)
_DISTRICT_PARTY = re.compile(r"(?i:huyện ủy|quận ủy|thị ủy|thị xã ủy)(?= \w)")
_OWN_LEVEL = re.compile(r" (?:của )?(?:tỉnh|thành phố|tp\.?)$", re.I)
# Who heads an organ answers as that organ does.
_POST = re.compile(
    r"(?:(?i:phó |các )?(?i:chủ tịch|bí thư|giám đốc|tổng giám đốc|thủ trưởng|người đứng đầu"
    r"|lãnh đạo|trưởng ban|cục trưởng|chánh văn phòng|chánh án|viện trưởng|chánh thanh tra"
    r"|bộ trưởng|hiệu trưởng|chủ nhiệm)(?:,? và |, | ))+(?:của )?"
)


@dataclass(frozen=True, slots=True)
class Reader:
    """The document that speaks of an organ or an instrument.

    Attributes:
        place: slug of the province whose organ issued it; None if it has none.
        central: whether a central organ issued it.
        scope: short digest of the document, which keeps apart what it leaves open.
        day: when it was issued, as precise as is known: it tells of two provinces of one name
            which is meant.
    """

    place: str | None
    central: bool
    scope: str
    day: str | None = None


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


@dataclass(frozen=True, slots=True)
class Meaning:
    """What the register knows of a name.

    Attributes:
        term: the organ, class or kind that it is a name of; None if the register has none.
        post: the words before the organ's name where the name means who heads it.
        is_one_of_many: whether it is one organ of a kind of which a province has many
            ("Ủy ban nhân dân huyện Mường Tè").
    """

    term: Term | None = None
    post: str = ""
    is_one_of_many: bool = False


@lru_cache(maxsize=4096)
def parse_organ(name: str) -> Organ:
    """Tell an organ's level and province from its name alone.

    Of two provinces of one name it is the older; `organ_place` knows the time.
    """
    name = " ".join(unicodedata.normalize("NFC", name).split())
    words = plain_words(name)
    if match := _placed().search(words):
        province = by_name()[match["place"]]
        in_city = match["level"] in ("thanh pho", "tp") and not province.is_city
        return Organ(name if in_city else _cut(name, match["place"]), province.slug, central=False)
    central = bool(_CENTRAL.match(words)) and not words.endswith(" tinh")
    return Organ(name, None, central or bool(_NATIONWIDE.search(words)))


@lru_cache(maxsize=4096)
def meaning_of(name: str, *, in_province: bool) -> Meaning:
    """Look an organ's name, without its province, up in the register.

    Args:
        name: "Sở KH&CN", "Chủ tịch UBND tỉnh", "Ủy ban nhân dân huyện Mường Tè".
        in_province: whether an organ of a province is meant.
    """
    find = _local_term if in_province else _central_term
    if term := find(name):
        return Meaning(term)
    if post := _POST.match(name):
        headed = meaning_of(name[post.end() :], in_province=in_province)
        return Meaning(headed.term, name[: post.end()].strip(" ,"), headed.is_one_of_many)
    if not in_province:
        return Meaning(kind_named(name))
    one = _BELOW.search(name)
    if one and (one["name"].isupper() or one["name"].isdigit()):
        level = "cấp huyện" if one["district"] else "cấp xã"
        return Meaning(kind_named(f"{name[: one.start()]}{level}"), is_one_of_many=True)
    party = _DISTRICT_PARTY.match(name)
    return Meaning(kind_named(party[0]), is_one_of_many=True) if party else Meaning()


def _central_term(name: str) -> Term | None:
    return agency_named(name)


def _local_term(name: str) -> Term | None:
    """Return the kind or class of organs of a province that has a name.

    "Thanh tra" is "Thanh tra tỉnh" where the register knows the one and not the other, unless
    districts or communes have such an organ too; "các sở, ban, ngành tỉnh" is "các sở, ban, ngành".
    """
    bare = _OWN_LEVEL.sub("", name)
    for form in (name, bare):
        group = agency_named(form)
        if term := kind_named(form) or (group if group and group.is_group else None):
            return term
    below = any(kind_named(f"{name} {level}") for level in ("cấp huyện", "cấp xã"))
    return None if below else kind_named(f"{bare} tỉnh")


def is_below_province(name: str) -> bool:
    """Tell whether a name is that of an organ of a district, town or commune."""
    initials = [found["name"] for found in _BELOW.finditer(parse_organ(name).name)]
    return any(initial.isupper() or initial.isdigit() for initial in initials)


def is_definite(name: str) -> bool:
    """Tell whether a name without a province means the reader's own: "Tỉnh ủy", "UBND tỉnh"."""
    return bool(_PROVINCIAL.search(plain_words(name)))


def full_label(name: str, province: Province | None, *, is_group: bool = False) -> str:
    """Return an organ's name together with its province.

    "Sở Tài chính" gives "Sở Tài chính tỉnh Lai Châu", "Tỉnh ủy" gives "Tỉnh ủy Lai Châu"; a class
    of organs has it in brackets: "các sở, ban, ngành (Lai Châu)".
    """
    words = plain_words(name)
    if province is None or words.endswith(f" {plain_words(province.name)}"):
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
        means = meaning_of(organ.name, in_province=False)
        return f"{AGENCY}{step_of(organ.name, means, is_city=False)}"
    place = organ_place(organ, reader)
    means = meaning_of(organ.name, in_province=True)
    is_city = place in provinces() and provinces()[place].is_city
    return f"{AGENCY}{place}/{step_of(organ.name, means, is_city=is_city)}"


def organ_place(organ: Organ, reader: Reader) -> str:
    """Return the province of an organ as a document means it, or what keeps it to the document."""
    if organ.place is None:
        return reader.place or f"_{reader.scope}"
    if share_a_name(organ.place, reader.place) and reader.place:
        return reader.place
    return place_at(organ.place, [reader.day])


def step_of(name: str, means: Meaning, *, is_city: bool) -> str:
    """Return the last step of an organ's IRI: the register's, else one made of its name."""
    if means.term is None or means.is_one_of_many:
        return slug(name)
    if means.post:
        return slug(f"{means.post} {local_name(means.term, is_city=is_city)}")
    return slug(means.term.city_name) if is_city and means.term.city_name else means.term.step


def local_name(term: Term, *, is_city: bool) -> str:
    """Return what an organ of a kind is called in a province or in a city."""
    return term.city_name if is_city and term.city_name else term.name


@lru_cache(maxsize=1)
def _placed() -> re.Pattern[str]:
    names = "|".join(sorted(by_name(), key=len, reverse=True))
    return re.compile(rf"^(?:.*(?P<level>{_LEVEL})|{_BARE})\s(?P<place>{names})$")


def _cut(name: str, place: str) -> str:
    """Return a name without the words of the province at its end."""
    words = list(re.finditer(r"\w+", name))
    return name[: words[-len(place.split())].start()].rstrip(" -–,")
