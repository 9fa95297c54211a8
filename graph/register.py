"""The register of agencies: what its Turtle files know of organs, kinds of organs and changes.

`agencies.ttl` and `changes.ttl` explain their own terms. A *term* here is what the register keeps
a name for: an organ of the whole country, a class of organs ("các sở, ban, ngành"), or a kind of
provincial organ, which stands once for the organ of that kind in every province.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from graph.places import plain_words
from graph.turtle import Values, all_of, described, one_of, words_of
from ontology.terms import BASE, CANCU, DCTERMS, ORG, RDF_TYPE, SCHEMA, SKOS

AGENCY = f"{BASE}agency/"
_KIND = f"{BASE}agency-kind/"
_CHANGE = f"{BASE}change/"


@dataclass(frozen=True, slots=True)
class Term:
    """An organ, a class of organs or a kind of organ of the register.

    Attributes:
        iri: its IRI.
        name, english: what it is called.
        is_kind: whether it stands for one organ in every province.
        is_group: whether it is a class of organs.
        names: all its names in Vietnamese, short forms too.
        city_name: what the organ is called in a centrally-run city, where that differs.
        classes: kinds that it falls under: an organ's classification, a kind's wider kinds.
        members: kinds of organs that a class takes in.
        parent_kind: kind of the organ of the same province that it belongs to.
        parent: IRI of the central organ that it belongs to.
        level: IRI of its level of government, where it is said of the term itself.
        begins, ends: its first and last day, as precise as the register knows them.
    """

    iri: str
    name: str
    english: str
    is_kind: bool
    is_group: bool
    names: tuple[str, ...]
    city_name: str | None = None
    classes: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    parent_kind: str | None = None
    parent: str | None = None
    level: str | None = None
    begins: str | None = None
    ends: str | None = None

    @property
    def step(self) -> str:
        """Return the last step of its IRI."""
        return self.iri.rsplit("/", 1)[1]


@dataclass(frozen=True, slots=True)
class Change:
    """An event that ended some and left others to carry on.

    Attributes:
        iri: its IRI.
        date: as precise as it is certain.
        originals, results: IRIs of who ended and who carries on.
    """

    iri: str
    date: str
    originals: tuple[str, ...]
    results: tuple[str, ...]


@lru_cache(maxsize=1)
def terms_by_iri() -> Mapping[str, Term]:
    """Return every organ, class and kind that has a name of its own."""
    return {
        iri: _term(iri, values)
        for iri, values in described("agencies.ttl").items()
        if iri.startswith((AGENCY, _KIND)) and SKOS.prefLabel in values
    }


def agency_named(name: str) -> Term | None:
    """Return the central organ or the class of organs that has a name."""
    return _by_words(is_kind=False).get(plain_words(name))


def kind_named(name: str) -> Term | None:
    """Return the kind of provincial organ that has a name, in a province or in a city."""
    return _by_words(is_kind=True).get(plain_words(name))


def level_of(term: Term) -> str | None:
    """Return the IRI of a term's level of government: its own, else that of a wider kind."""
    wider = (level_of(terms_by_iri()[iri]) for iri in term.classes)
    return term.level or next((level for level in wider if level), None)


def changes_of(iri: str) -> tuple[Change, ...]:
    """Return the events that ended something, the first first."""
    return _changes().get(iri, ())


def _term(iri: str, values: Values) -> Term:
    kinds = all_of(values, RDF_TYPE)
    is_kind = iri.startswith(_KIND)
    return Term(
        iri=iri,
        name=words_of(values, SKOS.prefLabel, "vi")[0],
        english=words_of(values, SKOS.prefLabel, "en")[0],
        is_kind=is_kind,
        is_group=CANCU.AgencyGroup in kinds,
        names=(*words_of(values, SKOS.prefLabel, "vi"), *words_of(values, SKOS.altLabel, "vi")),
        city_name=one_of(values, CANCU.nameInCity),
        classes=tuple(all_of(values, SKOS.broader if is_kind else ORG.classification)),
        members=tuple(all_of(values, CANCU.memberKind)),
        parent_kind=one_of(values, CANCU.parentKind),
        parent=one_of(values, CANCU.parentAgency) or one_of(values, ORG.subOrganizationOf),
        level=one_of(values, CANCU.governmentLevel),
        begins=one_of(values, SCHEMA.validFrom),
        ends=one_of(values, SCHEMA.validThrough),
    )


def _is_made(term: Term) -> bool:
    """Tell whether organs are made from a kind; those without a notation only class others."""
    return SKOS.notation in described("agencies.ttl")[term.iri]


@lru_cache(maxsize=2)
def _by_words(*, is_kind: bool) -> Mapping[str, Term]:
    found: dict[str, Term] = {}
    for term in terms_by_iri().values():
        if term.is_kind == is_kind and (not is_kind or _is_made(term)):
            names = (*term.names, *([term.city_name] if term.city_name else ()))
            for name in names:
                found.setdefault(plain_words(name), term)
    return found


@lru_cache(maxsize=1)
def _changes() -> Mapping[str, tuple[Change, ...]]:
    found: dict[str, list[Change]] = {}
    for change in sorted(_read_changes(), key=lambda change: (change.date, change.iri)):
        for original in change.originals:
            found.setdefault(original, []).append(change)
    return {original: tuple(changes) for original, changes in found.items()}


def _read_changes() -> Iterator[Change]:
    for iri, values in described("changes.ttl").items():
        if iri.startswith(_CHANGE):
            yield Change(
                iri,
                one_of(values, DCTERMS.date) or "",
                tuple(all_of(values, ORG.originalOrganization)),
                tuple(all_of(values, ORG.resultingOrganization)),
            )
