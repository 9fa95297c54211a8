"""The graph of what documents point to and no document is: agencies, indicators and software."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

import pyoxigraph as ox

from graph import iris, terms
from graph.agencies import Agencies
from graph.agency_quads import Named, description, most_common
from graph.asked import rows, values_clause
from graph.cited import issuer_speaks
from graph.instrument import parse_iri
from graph.organs import agency_iri, parse_organ
from graph.terms import Statement, node, quads_of, value_of
from ontology.terms import CANCU, ELI, ORG, PROV, RDF_TYPE, RDFS_LABEL, SKOS

_GRAPH = iris.SHARED_GRAPHS["ref"]
# The bound variable stands in each branch: joined to a union, it would not narrow the search.
_AGENCIES = f"""
SELECT ?agency ?name ?group (COUNT(?node) AS ?times) WHERE {{
  {{ %s ?node <{CANCU.assignee}> ?agency ; <{CANCU.isGroup}> ?group ; <{CANCU.agencyName}> ?name }}
  UNION
  {{ %s ?node <{CANCU.mentionsAgency}> ?agency ; <{CANCU.isGroup}> ?class ;
     <{CANCU.isGeneric}> ?broad ; <{CANCU.agencyName}> ?name
     BIND (?class || ?broad AS ?group) }}
}} GROUP BY ?agency ?name ?group"""
_ISSUERS = f"""
SELECT ?agency ?name (COUNT(?document) AS ?times) WHERE {{
  %s ?document <{ELI.passed_by}> ?agency ; <{CANCU.issuerText}> ?name
}} GROUP BY ?agency ?name"""
_STATED_ISSUERS = f"""
SELECT ?instrument ?agency ?name (COUNT(?claim) AS ?times) WHERE {{
  %s GRAPH <{iris.SHARED_GRAPHS["instruments"]}> {{ ?instrument <{ELI.passed_by}> ?agency }}
  ?claim <{CANCU.aboutInstrument}> ?instrument ; <{CANCU.statedIssuer}> ?name
}} GROUP BY ?instrument ?agency ?name"""
_INDICATORS = f"""
SELECT ?indicator ?name (COUNT(?target) AS ?times) WHERE {{
  %s ?target <{CANCU.ofIndicator}> ?indicator ; <{CANCU.statedKey}> ?name
}} GROUP BY ?indicator ?name"""
_SOFTWARE = f"SELECT DISTINCT ?software WHERE {{ %s ?run <{PROV.wasAssociatedWith}> ?software }}"
_LEADING = (CANCU.succeededBy, ORG.subOrganizationOf)


@dataclass(frozen=True, slots=True)
class Pointed:
    """Nodes that documents point to, by IRI."""

    agencies: Collection[str]
    indicators: Collection[str]
    software: Collection[str]


def ref_quads(store: ox.Store) -> list[ox.Quad]:
    """Return the description of all agencies, indicators and software that documents point to.

    Args:
        store: with the graphs of all documents and of the instruments that they cite.
    """
    named = _named(store, None)
    agencies = Agencies(named.get)
    agencies.follow(named)
    statements = [
        *_agencies(agencies, named),
        *_indicators(store, None),
        *_software(store, None),
    ]
    return quads_of(_GRAPH, statements)


def revised_ref_quads(
    before: ox.Store, after: ox.Store, pointed: Pointed
) -> tuple[set[str], list[ox.Quad]]:
    """Describe some nodes anew, and those that agencies among them led or lead to.

    Args:
        before: the store before a change, its descriptions complete.
        after: the store after it, with the graphs of documents and instruments.
        pointed: the nodes to which documents point otherwise than they did.

    Returns:
        The nodes that were looked at, and all that is to be said of them now.
    """
    names = _Names(after, pointed.agencies)
    agencies = Agencies(names.get, _Links(before).after, _Links(before).before)
    seen = {*agencies.follow(pointed.agencies), *pointed.indicators, *pointed.software}
    statements = [
        *_agencies(agencies, names.known),
        *_indicators(after, pointed.indicators),
        *_software(after, pointed.software),
    ]
    return seen, quads_of(_GRAPH, statements)


class _Names:
    """How documents name agencies, looked up when it is asked for."""

    def __init__(self, store: ox.Store, first: Collection[str]) -> None:
        self._store = store
        found = _named(store, first)
        self.known: dict[str, Named | None] = {iri: found.get(iri) for iri in first}

    def get(self, iri: str) -> Named | None:
        """Return how documents name an agency."""
        if iri not in self.known:
            self.known[iri] = _named(self._store, [iri]).get(iri)
        return self.known[iri]


class _Links:
    """The ways between agencies that a store describes."""

    def __init__(self, store: ox.Store) -> None:
        self._store = store

    def after(self, iri: str) -> Iterator[str]:
        """Yield where an agency leads."""
        for predicate in _LEADING:
            for quad in self._quads(node(iri), predicate, None):
                yield value_of(quad.object)

    def before(self, iri: str) -> Iterator[str]:
        """Yield what leads to an agency."""
        for predicate in _LEADING:
            for quad in self._quads(None, predicate, node(iri)):
                yield value_of(quad.subject)

    def _quads(
        self, subject: ox.NamedNode | None, predicate: str, end: ox.NamedNode | None
    ) -> Iterator[ox.Quad]:
        return self._store.quads_for_pattern(subject, node(predicate), end, node(_GRAPH))


def _named(store: ox.Store, only: Collection[str] | None) -> dict[str, Named]:
    """Return how documents name agencies, the issuers of what they cite among them."""
    named: dict[str, Named] = {}
    for clause in values_clause("agency", only):
        for row in rows(store, _AGENCIES % (clause, clause)):
            agency = _count(named, value_of(row["agency"]), row)
            agency.is_group = agency.is_group or value_of(row["group"]) == "true"
        for row in rows(store, _ISSUERS % clause):
            _count(named, value_of(row["agency"]), row)
        for row in rows(store, _STATED_ISSUERS % clause):
            own, iri = parse_iri(value_of(row["instrument"])), value_of(row["agency"])
            # A document may state another issuer than most do; that is no name of this agency.
            if own and agency_iri(value_of(row["name"]), issuer_speaks(own)) == iri:
                _count(named, iri, row)
    return named


def _count(named: dict[str, Named], iri: str, row: ox.QuerySolution) -> Named:
    agency = named.setdefault(iri, Named())
    agency.names[parse_organ(value_of(row["name"])).name] += int(value_of(row["times"]))
    return agency


def _agencies(agencies: Agencies, named: Mapping[str, Named | None]) -> Iterator[Statement]:
    for iri, standing in agencies.standings.items():
        if standing:
            one = named.get(iri)
            yield from description(standing, one.names if one else ())


def _labels(iri: str, stated: Iterable[str], preferred: str) -> Iterator[Statement]:
    yield iri, SKOS.prefLabel, terms.label(preferred)
    for other in stated:
        if other != preferred:
            yield iri, SKOS.altLabel, terms.label(other)
    yield iri, SKOS.hiddenLabel, terms.text(iris.plain(preferred))


def _indicators(store: ox.Store, only: Collection[str] | None) -> Iterator[Statement]:
    names: dict[str, Counter[str]] = {}
    for clause in values_clause("indicator", only):
        for row in rows(store, _INDICATORS % clause):
            counter = names.setdefault(value_of(row["indicator"]), Counter())
            counter[value_of(row["name"])] += int(value_of(row["times"]))
    for iri, stated in names.items():
        yield iri, RDF_TYPE, CANCU.Indicator
        yield from _labels(iri, stated, most_common(stated))


def _software(store: ox.Store, only: Collection[str] | None) -> Iterator[Statement]:
    for clause in values_clause("software", only):
        for row in rows(store, _SOFTWARE % clause):
            iri = value_of(row["software"])
            yield iri, RDF_TYPE, PROV.SoftwareAgent
            yield iri, RDFS_LABEL, terms.label(iri.rsplit("/", 1)[1], "en")
