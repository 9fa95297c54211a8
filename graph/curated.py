"""The graph of curated facts: what a person knows of a document that its own text lacks.

Curated facts never touch what was extracted, nor the document's IRI. Each stands as a node of its
own with reason and source. A number learnt so makes a link: the document is `cancu:knownAs` the
instrument of that number, and "which document is 386-KH/TU" has an answer.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields

import pyoxigraph as ox

from graph import iris, terms
from graph.identity import document_id
from graph.terms import node, value_of
from loaders.corpus import CuratedFact
from loaders.document import Evidence, Span, Stated
from loaders.structure.head import Head
from ontology.terms import BASE, CANCU, DCTERMS, PROV, RDF_TYPE

_GRAPH = iris.SHARED_GRAPHS["curated"]
# What a document's own text may state of its identity. Its number is not here: were it stated,
# no one would have to add it.
_EXTRACTED = {
    "doc_type": CANCU.typeText,
    "series": CANCU.series,
    "issued": DCTERMS.issued,
    "place": CANCU.placeText,
    "issuer": CANCU.issuerText,
}
_COLUMNS = {
    "document": CANCU.sha256,
    "field": CANCU.field,
    "value": CANCU.value,
    "reason": CANCU.reason,
    "source": DCTERMS.source,
}
_BY_HAND = Evidence(Span(0, 0), "curated", 1.0)


@dataclass(frozen=True, slots=True)
class HeldDocument:
    """A document of the store, as far as curated facts need to know it."""

    iri: str
    sha256: str
    file_name: str


def merge(old: Iterable[CuratedFact], new: Iterable[CuratedFact]) -> list[CuratedFact]:
    """Return the facts that hold after a load: new ones replace all old ones of their document."""
    fresh = list(new)
    replaced = {fact.document for fact in fresh}
    kept = [fact for fact in old if fact.document not in replaced]
    return sorted({*kept, *fresh}, key=lambda f: (f.document, f.field, f.value, f.reason, f.source))


def curated_facts(store: ox.Store) -> list[CuratedFact]:
    """Return the curated facts that a store holds."""
    values: dict[str, dict[str, str]] = {}
    names = {iri: name for name, iri in _COLUMNS.items()}
    for quad in store.quads_for_pattern(None, None, None, node(_GRAPH)):
        if quad.predicate.value in names:
            fact = values.setdefault(value_of(quad.subject), {})
            fact[names[quad.predicate.value]] = value_of(quad.object)
    return [CuratedFact(**fact) for fact in values.values() if len(fact) == len(_COLUMNS)]


def curated_quads(
    store: ox.Store, facts: Iterable[CuratedFact], documents: Iterable[HeldDocument]
) -> list[ox.Quad]:
    """Return the quads of curated facts and of the links that follow from them.

    Args:
        store: with the graphs of the documents.
        facts: in any order; one about a document that is not held waits without a link to it.
        documents: all that are held.
    """
    by_digest = {document.sha256: document for document in documents}
    by_name = {document.file_name: document for document in by_digest.values()}
    known: dict[str, dict[str, str]] = {}
    quads: list[ox.Quad] = []
    numbers: dict[str, int] = {}
    for fact in sorted(facts, key=lambda f: (f.document, f.field, f.value)):
        held = by_digest.get(fact.document)
        name = f"{BASE}curated/{fact.document[: iris.SHORT_DIGEST]}/{iris.slug(fact.field)}"
        numbers[name] = numbers.get(name, 0) + 1
        iri = name if numbers[name] == 1 else f"{name}/{numbers[name]}"
        quads += _fact_quads(iri, fact, held, by_name.get(fact.source))
        if held:
            known.setdefault(held.sha256, {})[fact.field] = fact.value
    for digest, values in known.items():
        quads += _known_as(store, by_digest[digest], values)
    return quads


def _fact_quads(
    iri: str, fact: CuratedFact, held: HeldDocument | None, source: HeldDocument | None
) -> Iterator[ox.Quad]:
    yield _quad(iri, RDF_TYPE, CANCU.CuratedFact)
    yield _quad(iri, CANCU.reviewStatus, iris.code("review", "curated"))
    for column in fields(fact):
        yield _quad(iri, _COLUMNS[column.name], terms.text(getattr(fact, column.name)))
    if held:
        yield _quad(iri, CANCU.aboutDocument, held.iri)
    if source:
        yield _quad(iri, PROV.wasDerivedFrom, source.iri)


def _known_as(
    store: ox.Store, document: HeldDocument, values: Mapping[str, str]
) -> Iterator[ox.Quad]:
    """Yield the link to the instrument that a document is, once its number is known."""
    if "number" not in values:
        return
    head = _head(store, document.iri, values)
    instrument = document_id(head, document.sha256)
    if instrument.scope is None and instrument.iri != document.iri:
        yield _quad(document.iri, CANCU.knownAs, instrument.iri)


def _head(store: ox.Store, iri: str, curated: Mapping[str, str]) -> Head:
    """Return a document's identity: what is curated, else what its text states."""
    values = dict(curated)
    for name, predicate in _EXTRACTED.items():
        for quad in store.quads_for_pattern(node(iri), node(predicate), None):
            values.setdefault(name, value_of(quad.object))

    def stated(name: str) -> Stated[str] | None:
        return Stated(values[name], _BY_HAND) if name in values else None

    return Head(
        doc_type=stated("doc_type"),
        number=stated("number"),
        series=stated("series"),
        issued=stated("issued"),
        place=stated("place"),
        issuer=stated("issuer"),
    )


def _quad(subject: str, predicate: str, value: ox.Literal | str) -> ox.Quad:
    end = node(value) if isinstance(value, str) else value
    return ox.Quad(node(subject), node(predicate), end, node(_GRAPH))
