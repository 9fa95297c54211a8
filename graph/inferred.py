"""The graph of what follows from the others.

The rules are the shortcuts and what the axioms in the graph of the ontology say; beside them, weak
descriptions of instruments are paired with the fuller ones that they may mean. Nothing here is
evidence: each conclusion can be traced to nodes that carry some (`graph.explain`). No conclusion
repeats what stands in another graph.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

import pyoxigraph as ox

from graph import iris
from graph.axioms import axiom_rules
from graph.closure import closure, premises
from graph.instrument import InstrumentId, parse_iri
from graph.revision import Change, revise
from graph.rules import Rule, key_of
from graph.shortcuts import SHORTCUTS
from graph.terms import node, text, value_of
from ontology.terms import CANCU, CITO, ELI, RDF_TYPE

_GRAPH = iris.SHARED_GRAPHS["inferred"]
# A weak description that fits more instruments than this says nothing about any of them.
_MOST_POSSIBLE = 20
_DIGEST_LENGTH = 16
# The properties by which documents point to instruments.
POINTING = (CITO.hasCitedEntity, CANCU.aboutInstrument, CANCU.knownAs)


def rules_of(store: ox.Store) -> tuple[Rule, ...]:
    """Return the rules that hold in a store: the shortcuts, and what its ontology says."""
    ontology = node(iris.SHARED_GRAPHS["ontology"])
    axioms = (quad.triple for quad in store.quads_for_pattern(None, None, None, ontology))
    return (*SHORTCUTS, *axiom_rules(axioms))


def rules_digest(rules: Iterable[Rule]) -> str:
    """Return a digest that tells whether old conclusions were drawn by the same rules."""
    return iris.digest("\n".join(sorted(map(str, rules))), _DIGEST_LENGTH)


def inferred_quads(store: ox.Store) -> list[ox.Quad]:
    """Return all that follows from the other graphs of a store."""
    rules = rules_of(store)
    links = {link for link in possible_links(store) if not _is_given(store, link)}
    return [
        ox.Quad(triple.subject, triple.predicate, triple.object, node(_GRAPH))
        for triple in links | closure(chain(premises(store, rules, _GRAPH), links), rules)
    ]


def revise_inferred(
    before: ox.Store,
    after: ox.Store,
    gone: Iterable[ox.Quad],
    came: Iterable[ox.Quad],
    rules: Sequence[Rule] | None = None,
) -> tuple[set[ox.Quad], set[ox.Quad]]:
    """Bring the conclusions in a store in step with a change of its other graphs.

    The result is that of `inferred_quads`, at a cost that depends on the size of the change.

    Args:
        before: the store before the change, whose rules are the same.
        after: the store after it, still with the old conclusions.
        gone: quads that were taken out, and ...
        came: those that were put in.
        rules: those of both stores; read from them if not given.

    Returns:
        The conclusions that were taken out, and those that were put in.
    """
    rules = rules_of(after) if rules is None else rules
    keys = {atom.key for rule in rules for atom in (rule.head, *rule.body)}
    keys |= {CANCU.Document, CANCU.possiblySameAs, *POINTING}
    lost, gained = ({q.triple for q in quads if key_of(q.triple) in keys} for quads in (gone, came))
    # A triple that only went from one graph to another changes nothing.
    lost, gained = lost - gained, gained - lost
    numbers = _numbers(before, after, lost | gained)
    old, new = (set(_links(_numbered(store, numbers))) for store in (before, after))
    change = Change(
        gone=frozenset(t for t in lost | old - new if t not in new and not _is_given(after, t)),
        came=frozenset(t for t in gained | new - old if t not in old and not _is_given(before, t)),
        assumed=frozenset(link for link in new if not _is_given(after, link)),
    )
    return revise(before, after, _GRAPH, change, rules)


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


def possible_links(store: ox.Store) -> Iterator[ox.Triple]:
    """Yield a link from each weak description of an instrument to what it may mean."""
    return _links(one for iri in _instruments(store) if (one := parse_iri(iri)))


def may_be_same(triple: ox.Triple) -> bool:
    """Tell whether a triple is a link from a weak description to a fuller one that fits."""
    if triple.predicate != node(CANCU.possiblySameAs):
        return False
    weak, full = parse_iri(value_of(triple.subject)), parse_iri(value_of(triple.object))
    return bool(weak and full and (weak, full) in possibly_same((weak, full)))


def _instruments(store: ox.Store) -> set[str]:
    """Return the IRIs of all instruments that are held or pointed to."""
    documents = store.quads_for_pattern(None, node(RDF_TYPE), node(CANCU.Document))
    found = {value_of(quad.subject) for quad in documents if quad.graph_name != node(_GRAPH)}
    for predicate in POINTING:
        for quad in store.quads_for_pattern(None, node(predicate), None):
            found.add(value_of(quad.object))
    return found


def _links(ids: Iterable[InstrumentId]) -> Iterator[ox.Triple]:
    for weak, full in possibly_same(ids):
        yield ox.Triple(node(weak.iri), node(CANCU.possiblySameAs), node(full.iri))


def _numbers(before: ox.Store, after: ox.Store, changed: Iterable[ox.Triple]) -> set[str]:
    """Return the numbers of the instruments that a change of some triples added or removed."""
    document = node(CANCU.Document)
    pointing = [node(predicate) for predicate in POINTING]
    touched: set[str] = set()
    for triple in changed:
        if triple.object == document:
            touched.add(value_of(triple.subject))
        elif triple.predicate in pointing:
            touched.add(value_of(triple.object))
    return {
        one.number
        for iri in touched
        if (one := parse_iri(iri))
        and _is_instrument(before, node(iri)) != _is_instrument(after, node(iri))
    }


def _is_instrument(store: ox.Store, iri: ox.NamedNode) -> bool:
    """Tell whether an instrument is held or pointed to."""
    held = store.quads_for_pattern(iri, node(RDF_TYPE), node(CANCU.Document))
    if any(quad.graph_name != node(_GRAPH) for quad in held):
        return True
    pointing = (store.quads_for_pattern(None, node(predicate), iri) for predicate in POINTING)
    return any(next(quads, None) is not None for quads in pointing)


def _numbered(store: ox.Store, numbers: Iterable[str]) -> Iterator[InstrumentId]:
    """Yield the instruments that are held or pointed to and have one of some numbers.

    All but those known from curated facts alone are described with their number.
    """
    wanted = frozenset(numbers)
    if not wanted:
        return
    found = {
        value_of(quad.subject)
        for number in wanted
        for quad in store.quads_for_pattern(None, node(ELI.number), text(number))
    }
    known = store.quads_for_pattern(None, node(CANCU.knownAs), None)
    found |= {value_of(quad.object) for quad in known}
    # Sections have numbers too; their IRIs are no instruments'.
    ids = (parse_iri(iri) for iri in found)
    yield from (one for one in ids if one and one.number in wanted)


def _is_given(store: ox.Store, triple: ox.Triple) -> bool:
    """Tell whether a triple stands in another graph than that of the conclusions."""
    subject, predicate, end = triple
    quads = store.quads_for_pattern(subject, predicate, end)
    return any(quad.graph_name != node(_GRAPH) for quad in quads)
