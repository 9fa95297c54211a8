"""All that follows from some triples, drawn in rounds until nothing new is found.

The triples that rules look at are copied into a store in memory: joins are several times faster
there, and each triple stands there once, while the union of named graphs counts it once for each
graph that has it. A round after the first asks only for what follows from at least one conclusion
of the round before; those stand once more in a graph of their own, where one atom of the rule is
matched. `graph.revision` keeps conclusions in step with small changes instead.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence

import pyoxigraph as ox

from graph.rules import Atom, Rule, key_of, pattern
from graph.terms import node

# Where the working store keeps the conclusions of each round once more.
_ROUND = "urn:cancu:round:"


def closure(given: Iterable[ox.Triple], rules: Sequence[Rule]) -> set[ox.Triple]:
    """Return all that follows from some triples by the rules and is not among them.

    Args:
        given: what to start from; what no rule looks at makes no difference.
        rules: in any order.
    """
    work = ox.Store()
    work.bulk_extend(ox.Quad(*triple) for triple in given)
    drawn: set[ox.Triple] = set()
    updates = [_insert(rule.head, pattern(*rule.body), rule.condition, 1) for rule in rules]
    number = 1
    while updates:
        for update in updates:
            work.update(update)
        new = {q.triple for q in work.quads_for_pattern(None, None, None, node(_graph(number)))}
        drawn |= new
        number += 1
        updates = list(_further(rules, {key_of(triple) for triple in new}, number))
    return drawn


def premises(store: ox.Store, rules: Iterable[Rule], without: str) -> Iterator[ox.Triple]:
    """Yield the triples of a store that some rule looks at, from all graphs but one."""
    atoms = {(atom.predicate, _fixed(atom)) for r in rules for atom in (r.head, *r.body)}
    for predicate, end in sorted(atoms, key=str):
        for quad in store.quads_for_pattern(None, predicate, end):
            if quad.graph_name != node(without):
                yield quad.triple


def _fixed(atom: Atom) -> ox.NamedNode | None:
    return atom.object if isinstance(atom.object, ox.NamedNode) else None


def _further(rules: Iterable[Rule], fresh: Collection[str], number: int) -> Iterator[str]:
    """Yield what to ask in a further round, given the keys of what the one before concluded."""
    for rule in rules:
        for index, atom in enumerate(rule.body):
            if atom.key in fresh:
                others = pattern(*rule.body[:index], *rule.body[index + 1 :])
                where = f"GRAPH <{_graph(number - 1)}> {{ {atom} }} {others}"
                yield _insert(rule.head, where, rule.condition, number)


def _insert(head: Atom, where: str, condition: str, number: int) -> str:
    return (
        f"INSERT {{ {head} . GRAPH <{_graph(number)}> {{ {head} }} }} "
        f"WHERE {{ {where} {condition} FILTER NOT EXISTS {{ {head} }} }}"
    )


def _graph(number: int) -> str:
    return f"{_ROUND}{number}"
