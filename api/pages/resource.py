"""The page of any IRI: what is stated of it, what points to it, and where its data are."""

from collections.abc import Mapping
from dataclasses import dataclass

from graph import describe
from graph.engine.pinned import Pinned
from graph.statements import Page, Pointing, Statement, Value
from ontology.terms import BASE, CANCU, DCTERMS, RDF_TYPE, RDFS_LABEL, SKOS

FEW = 40
# What comes first on a page, in this order; the rest by its IRI.
_FIRST = (
    RDF_TYPE,
    SKOS.prefLabel,
    RDFS_LABEL,
    DCTERMS.title,
    SKOS.definition,
    CANCU.text,
    CANCU.inDocument,
)
Names = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Group:
    """The statements of one property."""

    predicate: str
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Resource:
    """All that the page of an IRI shows.

    Attributes:
        iri: what is described.
        names: what it is called, by language.
        types: IRIs of its classes.
        groups: what is stated of it, by property.
        has_more: whether further statements stand on the next page.
        pointing: how many links lead to it.
        incoming: the first of them, by property.
        uses: subjects that it is a property of.
        fragments: the terms that its page defines.
        words: labels of properties, classes and codes.
    """

    iri: str
    names: Mapping[str, str]
    types: tuple[str, ...]
    groups: tuple[Group, ...]
    has_more: bool
    pointing: Pointing
    incoming: tuple[Group, ...]
    uses: tuple[str, ...]
    fragments: tuple[Value, ...]
    words: Names

    @property
    def is_ours(self) -> bool:
        """Tell whether the IRI is of this graph and not of another vocabulary."""
        return self.iri.startswith(BASE)

    @property
    def is_graph(self) -> bool:
        """Tell whether the IRI names one of the graphs."""
        return self.iri.startswith(f"{BASE}graph/")


class Vocabulary:
    """The labels of the ontology, read once for each release."""

    def __init__(self) -> None:
        self._release = ""
        self._words: Names = {}

    async def words(self, engine: Pinned) -> Names:
        """Return the labels of classes, properties and codes, by IRI and language."""
        if engine.release != self._release:
            words = await describe.words_of_the_ontology(engine)
            self._release, self._words = engine.release, words
        return self._words


async def read_resource(engine: Pinned, iri: str, page: int, words: Names) -> Resource:
    """Read what the page of an IRI shows."""
    stated = await describe.statements_of(engine, iri, page)
    pointing = await describe.count_pointing(engine, iri)
    incoming = (
        await describe.pointing_to(engine, iri, size=FEW)
        if pointing.total
        else Page((), has_more=False)
    )
    is_term = "#" in iri or not iri.startswith(BASE)
    return Resource(
        iri=iri,
        names=words.get(iri) or await describe.names_of(engine, iri),
        types=tuple(s.value.value for s in stated.statements if s.predicate == RDF_TYPE),
        groups=grouped(stated),
        has_more=stated.has_more,
        pointing=pointing,
        incoming=grouped(incoming),
        uses=tuple(await describe.uses_of(engine, iri, FEW)) if is_term else (),
        fragments=tuple(await describe.fragments_of(engine, iri)) if iri in _PAGES else (),
        words=words,
    )


# The pages whose parts are named by fragments and listed on them.
_PAGES = {f"{BASE}ns"}


def grouped(page: Page) -> tuple[Group, ...]:
    """Return statements by property, those that tell what a thing is first."""
    found: dict[str, list[Statement]] = {}
    for statement in page.statements:
        found.setdefault(statement.predicate, []).append(statement)
    ordered = sorted(found, key=lambda iri: (_place(iri), iri))
    return tuple(Group(iri, tuple(sorted(found[iri], key=_order))) for iri in ordered)


def _place(iri: str) -> int:
    return _FIRST.index(iri) if iri in _FIRST else len(_FIRST)


def _order(statement: Statement) -> tuple[bool, str]:
    value = statement.value
    return value.language == "en", value.value
