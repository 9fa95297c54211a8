"""The graph of instruments that documents cite and the store does not hold.

They are described as their citers describe them: the value that most documents state is taken, and
where documents differ, that is said. Those that the register of agencies gives as the basis of a
change are described too.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import pairwise

import pyoxigraph as ox

from graph import iris, terms
from graph.agency_quads import most_common
from graph.asked import rows, values_clause
from graph.instrument import InstrumentId, parse_iri
from graph.organs import Reader, agency_iri
from graph.terms import Statement, node, quads_of, value_of
from graph.turtle import Values, described, words_of
from loaders.citing.doctypes import type_by_name
from ontology.terms import BASE, CANCU, CITO, DCTERMS, ELI, RDF_TYPE, RDFS_LABEL

# What a document says of an instrument and its description is made of.
TOLD = (
    CANCU.statedKey,
    CANCU.statedType,
    CANCU.statedNumber,
    CANCU.statedDate,
    CANCU.statedIssuer,
    CANCU.statedTitle,
)
POINTING = (CITO.hasCitedEntity, CANCU.aboutInstrument)
_GRAPH = iris.SHARED_GRAPHS["instruments"]
_CLAIMS = f"""
SELECT ?instrument ?predicate ?value (COUNT(DISTINCT ?document) AS ?times) WHERE {{
  %s ?claim <{CANCU.aboutInstrument}> ?instrument ; a <{CANCU.InstrumentClaim}> ;
    <{CANCU.inDocument}> ?document ; ?predicate ?value
}} GROUP BY ?instrument ?predicate ?value"""
_CITED = f"""
SELECT DISTINCT ?instrument WHERE {{
  ?node <{CITO.hasCitedEntity}>|<{CANCU.aboutInstrument}> ?instrument
  FILTER NOT EXISTS {{ ?instrument a <{CANCU.Document}> }}
}}"""
# Statements about one instrument that must agree, as far as each goes.
_IDENTIFYING = (CANCU.statedType, CANCU.statedNumber, CANCU.statedDate, CANCU.statedIssuer)
_INSTRUMENT_IRIS = f"{BASE}eli/"

Said = dict[str, Counter[str]]


def is_instrument_iri(iri: str) -> bool:
    """Tell whether an IRI is that of an instrument, or of a part of one."""
    return iri.startswith(_INSTRUMENT_IRIS)


def instrument_quads(
    store: ox.Store, known: Collection[str], only: Collection[str] | None = None
) -> list[ox.Quad]:
    """Return the description of the instruments that are cited, or named in the register.

    Args:
        store: with the graphs of all documents.
        known: instruments whose text is held under another name, which are therefore no stubs.
        only: the instruments to describe; all if not given.
    """
    cited = _cited(store) if only is None else {iri for iri in only if _is_cited(store, iri)}
    claims = _claims(store, only)
    statements: list[Statement] = []
    for iri in cited:
        statements += _instrument(iri, claims.get(iri, {}), is_stub=iri not in known)
    for iri, values in described("changes.ttl").items():
        if is_instrument_iri(iri) and (only is None or iri in only):
            statements += _registered(store, iri, values, is_cited=iri in claims)
    return quads_of(_GRAPH, statements)


def issuer_speaks(own: InstrumentId) -> Reader:
    """Return how the name of an instrument's issuer is to be taken: from its own identity."""
    is_central = own.scope is None and own.place is None
    return Reader(own.place, is_central, own.scope or iris.digest(own.iri))


def _cited(store: ox.Store) -> set[str]:
    return {value_of(row["instrument"]) for row in rows(store, _CITED)}


def _is_cited(store: ox.Store, iri: str) -> bool:
    """Tell whether an instrument is cited and is no document of the store."""
    return any(_has(store, None, predicate, node(iri)) for predicate in POINTING) and not _is_held(
        store, iri
    )


def _is_held(store: ox.Store, iri: str) -> bool:
    return _has(store, node(iri), RDF_TYPE, node(CANCU.Document))


def _has(store: ox.Store, subject: ox.NamedNode | None, predicate: str, end: ox.NamedNode) -> bool:
    return next(store.quads_for_pattern(subject, node(predicate), end), None) is not None


def _registered(
    store: ox.Store, iri: str, values: Values, *, is_cited: bool
) -> Iterator[Statement]:
    """Yield what the register adds on an instrument; what documents say of it goes first."""
    if not _is_held(store, iri):
        yield iri, RDF_TYPE, ELI.LegalResource
    yield iri, RDFS_LABEL, terms.label(words_of(values, RDFS_LABEL, "en")[0], "en")
    if not is_cited:
        yield iri, RDFS_LABEL, terms.label(words_of(values, RDFS_LABEL, "vi")[0])
    for language in ("vi", "en"):
        for words in words_of(values, DCTERMS.description, language):
            yield iri, DCTERMS.description, terms.label(words, language)


def _claims(store: ox.Store, only: Collection[str] | None) -> dict[str, Said]:
    """Return what documents say of each instrument: how many state each value."""
    said: dict[str, Said] = {}
    for clause in values_clause("instrument", only):
        for row in rows(store, _CLAIMS % clause):
            fields = said.setdefault(value_of(row["instrument"]), {})
            if (predicate := value_of(row["predicate"])) in TOLD:
                values = fields.setdefault(predicate, Counter())
                values[value_of(row["value"])] += int(value_of(row["times"]))
    return said


def _instrument(iri: str, said: Said, *, is_stub: bool) -> Iterator[Statement]:
    own = parse_iri(iri)
    best = {predicate: most_common(values) for predicate, values in said.items()}
    yield iri, RDF_TYPE, ELI.LegalResource
    if is_stub:
        yield iri, RDF_TYPE, CANCU.StubInstrument
    if own:
        yield iri, ELI.number, terms.text(own.number)
    if own and own.place:
        yield iri, ELI.jurisdiction, iris.place(own.place)
    if own and CANCU.statedIssuer in best:
        yield iri, ELI.passed_by, agency_iri(best[CANCU.statedIssuer], issuer_speaks(own))
    yield from _described(iri, best)
    for predicate in _IDENTIFYING:
        if _disagree(said.get(predicate, Counter())):
            yield iri, CANCU.disagreement, terms.text(predicate.rsplit("#stated", 1)[1].lower())


def _described(iri: str, best: Mapping[str, str]) -> Iterator[Statement]:
    """Yield what can be said in words: number, type, date, title and a label made of them."""
    key, type_name = best.get(CANCU.statedKey, ""), best.get(CANCU.statedType)
    kind = type_by_name(type_name) if type_name else None
    words = [type_name] if type_name and not key.startswith(type_name) else []
    if words or key:
        yield iri, RDFS_LABEL, terms.label(" ".join([*words, key]))
    if kind:
        yield iri, ELI.type_document, iris.document_type(kind.english)
    if number := best.get(CANCU.statedNumber):
        yield iri, ELI.id_local, terms.text(number)
    if title := best.get(CANCU.statedTitle):
        yield iri, DCTERMS.title, terms.text(title)
    if issued := best.get(CANCU.statedDate):
        yield iri, DCTERMS.issued, terms.date(issued)
        if len(issued) == len("2025-03-03") and terms.is_date(issued):
            yield iri, ELI.date_document, terms.date(issued)


def _disagree(values: Iterable[str]) -> bool:
    """Tell whether two values say different things, neither being the beginning of the other."""
    return any(not longer.startswith(short) for short, longer in pairwise(sorted(values)))
