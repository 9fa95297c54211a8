"""The graphs that describe what documents share, rebuilt from all documents at each release.

- `/graph/ontology`: vocabulary and code lists, so that labels can be asked for;
- `/graph/register`: provinces, agencies and their changes, which people wrote down: the whole graph
  is curated, and says so of itself;
- `/graph/ref`: the agencies, indicators and software that documents point to;
- `/graph/meta`: the release as a dataset, with counts and with the quality of the rules;
- `/graph/instruments`: the instruments that are cited and not held, as their citers describe them,
  and those that the register gives as the basis of a change.

Where documents differ, the value that most of them state is taken, and the difference is said;
each document's own words stay in its graph. Nothing here depends on the order of loading.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import TypeVar

import pyoxigraph as ox

import ontology
from graph import iris, terms
from graph.agency_quads import Named, Statement, agency_statements, most_common
from graph.code_lists import code_statements
from graph.dataset import dataset_statements
from graph.instrument import InstrumentId, parse_iri
from graph.organs import Reader, agency_iri, parse_organ
from graph.quality import quality_statements, read_quality
from graph.terms import node, value_of
from graph.turtle import Values, described, words_of
from loaders.citing.doctypes import type_by_name
from ontology.terms import (
    BASE,
    CANCU,
    CITO,
    DCTERMS,
    ELI,
    PROV,
    RDF_TYPE,
    RDFS_LABEL,
    SKOS,
)

_GENID = f"{BASE}.well-known/genid/"
_AGENCIES = f"""
SELECT ?agency ?name ?group (COUNT(?node) AS ?times) WHERE {{
  {{ ?node <{CANCU.assignee}> ?agency ; <{CANCU.isGroup}> ?group }}
  UNION
  {{ ?node <{CANCU.mentionsAgency}> ?agency ; <{CANCU.isGroup}> ?class ; <{CANCU.isGeneric}> ?broad
     BIND (?class || ?broad AS ?group) }}
  ?node <{CANCU.agencyName}> ?name
}} GROUP BY ?agency ?name ?group"""
_ISSUERS = f"""
SELECT ?agency ?name (COUNT(?document) AS ?times) WHERE {{
  ?document <{ELI.passed_by}> ?agency ; <{CANCU.issuerText}> ?name
}} GROUP BY ?agency ?name"""
_STATED_ISSUERS = f"""
SELECT ?instrument ?agency ?name (COUNT(?claim) AS ?times) WHERE {{
  GRAPH <{iris.SHARED_GRAPHS["instruments"]}> {{ ?instrument <{ELI.passed_by}> ?agency }}
  ?claim <{CANCU.aboutInstrument}> ?instrument ; <{CANCU.statedIssuer}> ?name
}} GROUP BY ?instrument ?agency ?name"""
_INDICATORS = f"""
SELECT ?indicator ?name (COUNT(?target) AS ?times) WHERE {{
  ?target <{CANCU.ofIndicator}> ?indicator ; <{CANCU.statedKey}> ?name
}} GROUP BY ?indicator ?name"""
_SOFTWARE = f"SELECT DISTINCT ?software WHERE {{ ?run <{PROV.wasAssociatedWith}> ?software }}"
_CLAIMS = f"""
SELECT ?instrument ?predicate ?value (COUNT(DISTINCT ?document) AS ?times) WHERE {{
  ?claim <{CANCU.aboutInstrument}> ?instrument ; a <{CANCU.InstrumentClaim}> ;
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

AnyTerm = TypeVar("AnyTerm", bound=terms.Term)
Said = dict[str, Counter[str]]


def ontology_quads() -> list[ox.Quad]:
    """Return vocabulary and code lists; a list's blank nodes get IRIs made from its content."""
    dataset = ox.Dataset(_read_all("ontology", ontology.VOCABULARY))
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0_SHA_256)
    written = [
        ox.Quad(_named(quad.subject), quad.predicate, _named(quad.object), quad.graph_name)
        for quad in dataset
    ]
    return [*written, *_quads("ontology", code_statements())]


def register_quads() -> list[ox.Quad]:
    """Return the register of agencies as it was written down.

    The instruments that it names are described together with those that documents cite.
    """
    return [
        quad
        for quad in _read_all("register", ontology.REGISTER)
        if not value_of(quad.subject).startswith(_INSTRUMENT_IRIS)
    ]


def _read_all(graph: str, names: Iterable[str]) -> Iterator[ox.Quad]:
    name_of_graph = node(iris.SHARED_GRAPHS[graph])
    for name in names:
        for quad in ox.parse(
            ontology.read(name),
            ox.RdfFormat.TURTLE,
            rename_blank_nodes=True,
            without_named_graphs=True,
        ):
            yield ox.Quad(quad.subject, quad.predicate, quad.object, name_of_graph)


def _named(term: AnyTerm) -> AnyTerm | ox.NamedNode:
    return node(f"{_GENID}{term.value}") if isinstance(term, ox.BlankNode) else term


def ref_quads(store: ox.Store) -> list[ox.Quad]:
    """Return the description of agencies, indicators and software that documents point to.

    Args:
        store: with the graphs of all documents and of the instruments that they cite.
    """
    statements = [*_agencies(store), *_indicators(store), *_software(store)]
    return _quads("ref", statements)


def meta_quads(store: ox.Store) -> list[ox.Quad]:
    """Return the description of a release as a dataset, and how well the rules read.

    Args:
        store: with all the other graphs of the release, and without this one.
    """
    return _quads("meta", [*dataset_statements(store), *quality_statements(read_quality())])


def instrument_quads(store: ox.Store, known: frozenset[str]) -> list[ox.Quad]:
    """Return the description of the instruments that are cited, or named in the register.

    Args:
        store: with the graphs of all documents.
        known: instruments whose text is held under another name, which are therefore no stubs.
    """
    claims = _claims(store)
    statements: list[Statement] = []
    for row in _rows(store, _CITED):
        iri = value_of(row["instrument"])
        statements += _instrument(iri, claims.get(iri, {}), is_stub=iri not in known)
    for iri, values in described("changes.ttl").items():
        if iri.startswith(_INSTRUMENT_IRIS):
            statements += _registered(store, iri, values, is_cited=iri in claims)
    return _quads("instruments", statements)


def _registered(
    store: ox.Store, iri: str, values: Values, *, is_cited: bool
) -> Iterator[Statement]:
    """Yield what the register adds on an instrument; what documents say of it goes first."""
    if not any(store.quads_for_pattern(node(iri), node(RDF_TYPE), node(CANCU.Document))):
        yield iri, RDF_TYPE, ELI.LegalResource
    yield iri, RDFS_LABEL, terms.label(words_of(values, RDFS_LABEL, "en")[0], "en")
    if not is_cited:
        yield iri, RDFS_LABEL, terms.label(words_of(values, RDFS_LABEL, "vi")[0])
    for language in ("vi", "en"):
        for words in words_of(values, DCTERMS.description, language):
            yield iri, DCTERMS.description, terms.label(words, language)


def _quads(graph: str, statements: Iterable[Statement]) -> list[ox.Quad]:
    name = node(iris.SHARED_GRAPHS[graph])
    return [
        ox.Quad(node(s), node(p), node(o) if isinstance(o, str) else o, name)
        for s, p, o in statements
    ]


def _rows(store: ox.Store, query: str) -> Iterator[ox.QuerySolution]:
    solutions = store.query(query, use_default_graph_as_union=True)
    assert isinstance(solutions, ox.QuerySolutions)  # noqa: S101 - all queries here are SELECT
    return iter(solutions)


def _agencies(store: ox.Store) -> Iterator[Statement]:
    named: dict[str, Named] = {}
    for row in _rows(store, _AGENCIES):
        agency = _count(named, value_of(row["agency"]), row)
        agency.is_group = agency.is_group or value_of(row["group"]) == "true"
    for row in _rows(store, _ISSUERS):
        _count(named, value_of(row["agency"]), row)
    for row in _rows(store, _STATED_ISSUERS):
        own, iri = parse_iri(value_of(row["instrument"])), value_of(row["agency"])
        # A document may state another issuer than most do; that is no name of this agency.
        if own and agency_iri(value_of(row["name"]), _speaker(own)) == iri:
            _count(named, iri, row)
    return agency_statements(named)


def _count(named: dict[str, Named], iri: str, row: ox.QuerySolution) -> Named:
    agency = named.setdefault(iri, Named())
    agency.names[parse_organ(value_of(row["name"])).name] += int(value_of(row["times"]))
    return agency


def _labels(iri: str, stated: Mapping[str, int], preferred: str) -> Iterator[Statement]:
    yield iri, SKOS.prefLabel, terms.label(preferred)
    for other in stated:
        if other != preferred:
            yield iri, SKOS.altLabel, terms.label(other)
    yield iri, SKOS.hiddenLabel, terms.text(iris.plain(preferred))


def _indicators(store: ox.Store) -> Iterator[Statement]:
    names: dict[str, Counter[str]] = {}
    for row in _rows(store, _INDICATORS):
        counter = names.setdefault(value_of(row["indicator"]), Counter())
        counter[value_of(row["name"])] += int(value_of(row["times"]))
    for iri, stated in names.items():
        yield iri, RDF_TYPE, CANCU.Indicator
        yield from _labels(iri, stated, most_common(stated))


def _software(store: ox.Store) -> Iterator[Statement]:
    for row in _rows(store, _SOFTWARE):
        iri = value_of(row["software"])
        yield iri, RDF_TYPE, PROV.SoftwareAgent
        yield iri, RDFS_LABEL, terms.label(iri.rsplit("/", 1)[1], "en")


def _claims(store: ox.Store) -> dict[str, Said]:
    """Return what documents say of each instrument: how many state each value."""
    said: dict[str, Said] = {}
    for row in _rows(store, _CLAIMS):
        fields = said.setdefault(value_of(row["instrument"]), {})
        values = fields.setdefault(value_of(row["predicate"]), Counter())
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
        yield iri, ELI.passed_by, agency_iri(best[CANCU.statedIssuer], _speaker(own))
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


def _speaker(own: InstrumentId) -> Reader:
    """Return how the name of an instrument's issuer is to be taken: from its own identity."""
    is_central = own.scope is None and own.place is None
    return Reader(own.place, is_central, own.scope or iris.digest(own.iri))


def _disagree(values: Iterable[str]) -> bool:
    """Tell whether two values say different things, neither being the beginning of the other."""
    return any(not longer.startswith(short) for short, longer in pairwise(sorted(values)))
