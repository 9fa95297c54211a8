"""The graph of what follows from the others, rebuilt at each release.

Rules are SPARQL CONSTRUCT queries, run in order over the union of all graphs; a later rule sees
what the earlier ones concluded. Nothing here is evidence: each conclusion can be traced to nodes
that carry some.
"""

from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from graph import iris
from graph.instrument import InstrumentId, parse_iri
from graph.terms import node, value_of
from ontology.terms import CANCU, CITO, ELI, PPLAN, PROV

_GRAPH = iris.SHARED_GRAPHS["inferred"]
# A weak description that fits more instruments than this says nothing about any of them.
_MOST_POSSIBLE = 20


def _shortcut(role: str, predicate: str) -> str:
    return f"""CONSTRUCT {{ ?task <{predicate}> ?agency }} WHERE {{
      ?assignment <{PROV.hadRole}> <{iris.code("role", role)}> ;
        <{CANCU.ofTask}> ?task ; <{CANCU.assignee}> ?agency }}"""


def _basis(kind: str, predicate: str) -> str:
    return f"""CONSTRUCT {{ ?document <{predicate}> ?instrument }} WHERE {{
      ?statement <{CANCU.citationKind}> <{iris.code("citation-kind", kind)}> ;
        a <{CANCU.BasisStatement}> ;
        <{CANCU.inDocument}> ?document ; <{CANCU.aboutInstrument}> ?instrument }}"""


RULES = (
    _shortcut("lead", CANCU.leadAgency),
    _shortcut("support", CANCU.supportAgency),
    _shortcut("reports-to", CANCU.reportsToAgency),
    _basis("implements", CANCU.implements),
    _basis("based-on", ELI.based_on),
    f"""CONSTRUCT {{ ?document <{ELI.cites}> ?instrument }} WHERE {{
      ?citation <{CITO.hasCitedEntity}> ?instrument ; <{CANCU.inDocument}> ?document
      FILTER (?instrument != ?document) }}""",
    f"""CONSTRUCT {{ ?instrument <{CANCU.heldAs}> ?document }} WHERE {{
      ?document <{CANCU.knownAs}> ?instrument }}""",
    # From a plan to what it carries out or rests on, and on through those whose text is held.
    f"""CONSTRUCT {{ ?task <{CANCU.tracesTo}> ?instrument }} WHERE {{
      ?task <{PPLAN.isStepOfPlan}> ?plan .
      ?plan ((<{CANCU.implements}>|<{ELI.based_on}>)/<{CANCU.heldAs}>?)*/
        (<{CANCU.implements}>|<{ELI.based_on}>) ?instrument }}""",
)
_INSTRUMENTS = f"""SELECT DISTINCT ?instrument WHERE {{
  {{ ?node <{CITO.hasCitedEntity}>|<{CANCU.aboutInstrument}>|<{CANCU.knownAs}> ?instrument }}
  UNION {{ ?instrument a <{CANCU.Document}> }} }}"""


def inferred_quads(store: ox.Store) -> list[ox.Quad]:
    """Return what follows from the other graphs of a store.

    The store's old conclusions are dropped, or they would support themselves; the new ones of the
    rules are written on the way, so that later rules see them.
    """
    store.remove_graph(node(_GRAPH))
    drawn: set[ox.Quad] = set()
    for rule in RULES:
        triples = store.query(rule, use_default_graph_as_union=True)
        if isinstance(triples, ox.QueryTriples):
            new = {ox.Quad(t.subject, t.predicate, t.object, node(_GRAPH)) for t in triples}
            store.extend(new)
            drawn |= new
    return [*drawn, *_possible_links(store)]


def possibly_same(ids: Iterable[InstrumentId]) -> Iterator[tuple[InstrumentId, InstrumentId]]:
    """Pair each weaker description with the fuller ones that it does not contradict.

    One with an unsaid year, issuer or province may be any of them, so the two are linked and
    never merged; where too many would fit, none is linked.
    """
    weak: list[InstrumentId] = []
    full: dict[str, list[InstrumentId]] = {}
    for one in sorted(set(ids), key=lambda one: one.iri):
        if one.complete:
            full.setdefault(one.number, []).append(one)
        elif not one.is_blank:
            weak.append(one)
    for one in weak:
        fitting = [other for other in full.get(one.number, []) if not one.contradicts(other)]
        if len(fitting) <= _MOST_POSSIBLE:
            yield from ((one, other) for other in fitting)


def _possible_links(store: ox.Store) -> list[ox.Quad]:
    rows = store.query(_INSTRUMENTS, use_default_graph_as_union=True)
    found = [value_of(row[0]) for row in rows] if isinstance(rows, ox.QuerySolutions) else []
    ids = [one for iri in found if (one := parse_iri(iri))]
    return [
        ox.Quad(node(weak.iri), node(CANCU.possiblySameAs), node(full.iri), node(_GRAPH))
        for weak, full in possibly_same(ids)
    ]
