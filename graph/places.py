"""The provinces through time, and which of two that bear one name is meant.

On 1 July 2025 Hưng Yên and Thái Bình became Hưng Yên. One resource is one area with one government,
so the Hưng Yên of before (`hung-yen`) and of after (`hung-yen-2025`) are two, and the day of the
document that says "tỉnh Hưng Yên" tells which.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from graph.iris import plain
from graph.turtle import described, one_of, words_of
from ontology.terms import BASE, CANCU, SCHEMA, SKOS

_PLACE = f"{BASE}place/"
_LEVEL_AHEAD = re.compile(r"^(?:tinh|thanh pho|tp) ")
_WHEN = re.compile(r"\d{4}(?:-\d{2}){0,2}")


@dataclass(frozen=True, slots=True)
class Province:
    """A province or centrally-run city, of one time.

    Attributes:
        slug: the last step of its IRI.
        name, english: bare names: "Hưng Yên", "Hung Yen".
        kind: "tỉnh" or "thành phố".
        other_names: further spellings.
        begins, ends: its first and last day; None where the register names none.
    """

    slug: str
    name: str
    kind: str
    english: str = ""
    other_names: tuple[str, ...] = ()
    begins: str | None = None
    ends: str | None = None

    @property
    def full_name(self) -> str:
        """Return the name with its level: "tỉnh Lai Châu"."""
        return f"{self.kind} {self.name}"

    @property
    def is_city(self) -> bool:
        """Tell whether it is a centrally-run city."""
        return self.kind != "tỉnh"

    @property
    def iri(self) -> str:
        """Return its IRI."""
        return f"{_PLACE}{self.slug}"

    def existed(self, day: str) -> bool:
        """Tell whether it was there on a day."""
        return (self.begins or "") <= day and (self.ends is None or day <= self.ends)


@lru_cache(maxsize=1)
def provinces() -> dict[str, Province]:
    """Return all provinces of all times by their slugs."""
    found: dict[str, Province] = {}
    for iri, values in described("places.ttl").items():
        slug = iri.removeprefix(_PLACE)
        found[slug] = Province(
            slug,
            words_of(values, SKOS.prefLabel, "vi")[0],
            one_of(values, CANCU.placeKind) or "",
            words_of(values, SKOS.prefLabel, "en")[0],
            tuple(words_of(values, SKOS.altLabel, "vi")),
            one_of(values, SCHEMA.validFrom),
            one_of(values, SCHEMA.validThrough),
        )
    return found


@lru_cache(maxsize=1)
def by_name() -> dict[str, Province]:
    """Return the provinces by their names in plain words; of two of one name, the older."""
    found: dict[str, Province] = {}
    for province in sorted(provinces().values(), key=lambda one: one.begins or ""):
        for name in (province.name, *province.other_names):
            # "TP.HCM" has the word for its level in it.
            found.setdefault(_LEVEL_AHEAD.sub("", plain_words(name)), province)
    return found


def province_named(name: str) -> Province | None:
    """Return the province of a name, with or without its level; of two of one name, the older."""
    words = plain_words(name)
    return by_name().get(words) or by_name().get(_LEVEL_AHEAD.sub("", words))


def place_at(slug: str, whens: Iterable[str | None] = ()) -> str:
    """Return the slug of the province that bore a province's name at a time.

    Args:
        slug: of any province of that name.
        whens: dates as precise as they are known ("2025-03-03", "2025", None), the best first.
            One that could mean either province tells nothing, and the next is asked.
    """
    namesakes = _namesakes().get(slug, ())
    for when in whens:
        if len(namesakes) > 1 and when and _WHEN.fullmatch(when):
            first, last = (f"{when}{rest[len(when) :]}" for rest in ("0000-01-01", "9999-12-31"))
            for one in namesakes:
                if one.existed(first) and one.existed(last):
                    return one.slug
    return slug


def share_a_name(one: str | None, other: str | None) -> bool:
    """Tell whether two slugs are of provinces of one name."""
    return one == other or any(other == same.slug for same in _namesakes().get(one or "", ()))


def plain_words(text: str) -> str:
    """Return a text in lower case, without diacritics and with one blank between words."""
    return re.sub(r"[\W_]+", " ", plain(text)).strip()


@lru_cache(maxsize=1)
def _namesakes() -> dict[str, tuple[Province, ...]]:
    by_words: dict[str, list[Province]] = {}
    for province in provinces().values():
        by_words.setdefault(plain_words(province.name), []).append(province)
    return {one.slug: tuple(same) for same in by_words.values() for one in same}
