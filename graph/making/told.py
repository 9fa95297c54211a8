"""What single documents tell of the nodes that they share: instruments, agencies, indicators.

A shared node is described by what all documents tell of it. So it needs to be described anew only
if the documents of a load, taken together, tell something else of it than they did.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product

import pyoxigraph as ox

from graph.cited import POINTING, TOLD
from graph.reference import Pointed
from graph.terms import value_of
from ontology.terms import CANCU, ELI, PROV

# The kind of the node, its IRI, and what is told of it.
Telling = tuple[str, ...]
Values = Mapping[str, list[str]]

_INSTRUMENT, _AGENCY, _INDICATOR, _SOFTWARE = "instrument", "agency", "indicator", "software"
_POINTED = (CANCU.assignee, CANCU.mentionsAgency)
_USED = frozenset(
    {
        *TOLD,
        *POINTING,
        *_POINTED,
        CANCU.agencyName,
        CANCU.isGroup,
        CANCU.isGeneric,
        CANCU.issuerText,
        CANCU.ofIndicator,
        ELI.passed_by,
        PROV.wasAssociatedWith,
    }
)


@dataclass(frozen=True, slots=True)
class Retold:
    """The shared nodes of which something else is told than before.

    Attributes:
        instruments: by IRI.
        pointed: what documents point to otherwise than they did.
    """

    instruments: frozenset[str]
    pointed: Pointed


def retold(old: Iterable[Iterable[ox.Quad]], new: Iterable[Iterable[ox.Quad]]) -> Retold:
    """Compare what documents tell of shared nodes.

    Args:
        old: the quads of each document before a change, and ...
        new: those of each after it.
    """
    told: Counter[Telling] = Counter()
    for quads in old:
        told.subtract(_tellings(quads))
    for quads in new:
        told.update(_tellings(quads))
    nodes: dict[str, set[str]] = defaultdict(set)
    for (kind, iri, *_), count in told.items():
        if count:
            nodes[kind].add(iri)
    pointed = Pointed(nodes[_AGENCY], nodes[_INDICATOR], nodes[_SOFTWARE])
    return Retold(frozenset(nodes[_INSTRUMENT]), pointed)


def _tellings(quads: Iterable[ox.Quad]) -> list[Telling]:
    """Return what one document tells; how often, where that counts."""
    nodes: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for quad in quads:
        if quad.predicate.value in _USED:
            nodes[value_of(quad.subject)][quad.predicate.value].append(value_of(quad.object))
    # That a document states a value of an instrument counts once; names of agencies as often as
    # they are given.
    once = {telling for values in nodes.values() for telling in _of_instruments(values)}
    often = [telling for values in nodes.values() for telling in _of_others(values)]
    return [*once, *often]


def _of_instruments(values: Values) -> Iterator[Telling]:
    for predicate in POINTING:
        for iri in values.get(predicate, ()):
            yield _INSTRUMENT, iri
    for iri in values.get(CANCU.aboutInstrument, ()):
        for predicate in TOLD:
            for value in values.get(predicate, ()):
                yield _INSTRUMENT, iri, predicate, value


def _of_others(values: Values) -> Iterator[Telling]:
    names, group = values.get(CANCU.agencyName, ()), values.get(CANCU.isGroup, ())
    for predicate in _POINTED:
        for iri, name in product(values.get(predicate, ()), names):
            yield _AGENCY, iri, name, *group, *values.get(CANCU.isGeneric, ())
    for iri, name in product(values.get(ELI.passed_by, ()), values.get(CANCU.issuerText, ())):
        yield _AGENCY, iri, name
    for iri, name in product(values.get(CANCU.ofIndicator, ()), values.get(CANCU.statedKey, ())):
        yield _INDICATOR, iri, name
    for iri in values.get(PROV.wasAssociatedWith, ()):
        yield _SOFTWARE, iri
