"""Conclusions kept in step with a change of what they were drawn from, without drawing all anew.

The method is known as delete and rederive:

1. What one step leads to from a triple that was taken away is in doubt, and so on from there.
2. All that is in doubt is taken out; what one step still leads to comes back.
3. What follows from all that came or came back is drawn, in rounds.

Every step starts from the triples at hand, so the cost depends on the size of the change and not on
that of the store.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from graph.rules import Atom, Rule, Value, key_of, pattern
from graph.terms import node

# How many triples are put into one query.
_ROWS = 500


@dataclass(frozen=True, slots=True)
class Change:
    """What changed in what conclusions are drawn from, all named graphs taken together.

    Attributes:
        gone: triples that stand nowhere any more.
        came: triples that stood nowhere before.
        assumed: triples that stand among the conclusions and do not rest on any rule.
    """

    gone: frozenset[ox.Triple]
    came: frozenset[ox.Triple]
    assumed: frozenset[ox.Triple] = frozenset()


def revise(
    before: ox.Store, after: ox.Store, graph: str, change: Change, rules: Sequence[Rule]
) -> tuple[set[ox.Quad], set[ox.Quad]]:
    """Make the graph of conclusions in a store what it must be after a change.

    Args:
        before: the store before the change, its conclusions complete.
        after: the store after it, still with the old conclusions.
        graph: the graph of conclusions.
        change: what is different, conclusions aside.
        rules: by which the old conclusions were drawn and the new ones are.

    Returns:
        The conclusions that were taken out, and those that were put in.
    """
    doubtful = _doubtful(before, graph, change, rules)
    drawn = _Graph(after, graph)
    drawn.remove(doubtful | change.came)
    drawn.add(triple for triple in change.assumed if not _stands(after, triple))
    back = {triple for triple in doubtful if not _stands(after, triple)}
    returned = _derivable(after, back, rules)
    drawn.add(returned)
    front = returned | change.came
    while front:
        front = _following(after, front, rules, lambda head: f"FILTER NOT EXISTS {{ {head} }}")
        drawn.add(front)
    return drawn.changed_since(before)


def _doubtful(
    before: ox.Store, graph: str, change: Change, rules: Sequence[Rule]
) -> set[ox.Triple]:
    """Return what is gone and all conclusions that one way or another rest on it."""
    doubtful = front = set(change.gone)
    while front:
        found = _following(before, front, rules, lambda head: f"GRAPH <{graph}> {{ {head} }}")
        front = found - doubtful
        doubtful = doubtful | front
    return doubtful


def _following(
    store: ox.Store,
    front: Iterable[ox.Triple],
    rules: Iterable[Rule],
    limit: Callable[[Atom], str],
) -> set[ox.Triple]:
    """Return what follows in one step from some triples of a store, with its others.

    Args:
        store: where the other premises stand.
        front: each conclusion rests on at least one of them.
        rules: that are tried.
        limit: makes a condition on the conclusion.
    """
    by_key = _by_key(front)
    found: set[ox.Triple] = set()
    for rule in rules:
        for index, atom in enumerate(rule.body):
            others = rule.body[:index] + rule.body[index + 1 :]
            wanted = _wanted(atom, (rule.head, *others), rule.condition)
            rest = f"{pattern(*others)} {rule.condition} {limit(rule.head)}"
            for values in _values(atom, by_key.get(atom.key, ()), wanted):
                found |= _construct(store, rule.head, f"{values} {rest}")
    return found


def _derivable(
    store: ox.Store, triples: Iterable[ox.Triple], rules: Iterable[Rule]
) -> set[ox.Triple]:
    """Return those triples that one step leads to."""
    by_key = _by_key(triples)
    found: set[ox.Triple] = set()
    for rule in rules:
        body = f"{pattern(*rule.body)} {rule.condition}"
        heads = by_key.get(rule.head.key, ())
        for values in _values(rule.head, heads, rule.head.variables):
            found |= _construct(store, rule.head, f"{values} {body}")
    return found


def _construct(store: ox.Store, head: Atom, where: str) -> set[ox.Triple]:
    query = f"CONSTRUCT {{ {head} }} WHERE {{ {where} }}"
    triples = store.query(query, use_default_graph_as_union=True)
    assert isinstance(triples, ox.QueryTriples)  # noqa: S101 - for the type checker
    return set(triples)


def _by_key(triples: Iterable[ox.Triple]) -> dict[str, list[ox.Triple]]:
    found: dict[str, list[ox.Triple]] = {}
    for triple in triples:
        found.setdefault(key_of(triple), []).append(triple)
    return found


def _wanted(atom: Atom, others: Iterable[Atom], condition: str) -> tuple[ox.Variable, ...]:
    """Return those variables of an atom that occur elsewhere in the rule."""
    used = {variable for other in others for variable in other.variables}
    return tuple(v for v in atom.variables if v in used or str(v) in condition)


def _values(
    atom: Atom, triples: Iterable[ox.Triple], variables: tuple[ox.Variable, ...]
) -> Iterator[str]:
    """Yield the values of an atom's variables in those triples that fit, for queries to join."""
    fitting = (found for triple in triples if (found := atom.match(triple)) is not None)
    rows = list(dict.fromkeys(_row(found, variables) for found in fitting))
    names = " ".join(map(str, variables))
    for start in range(0, len(rows), _ROWS):
        yield f"VALUES ({names}) {{ {' '.join(rows[start : start + _ROWS])} }}"


def _row(values: dict[ox.Variable, Value], variables: Iterable[ox.Variable]) -> str:
    return f"({' '.join(str(values[variable]) for variable in variables)})"


def _stands(store: ox.Store, triple: ox.Triple) -> bool:
    """Tell whether a triple stands in a graph of a store."""
    return next(store.quads_for_pattern(*triple), None) is not None


def _quad(triple: ox.Triple, graph: ox.NamedNode) -> ox.Quad:
    return ox.Quad(triple.subject, triple.predicate, triple.object, graph)


class _Graph:
    """A named graph that triples are added to and removed from."""

    def __init__(self, store: ox.Store, name: str) -> None:
        self._store, self._name = store, node(name)
        self._touched: set[ox.Quad] = set()

    def add(self, triples: Iterable[ox.Triple]) -> None:
        quads = [_quad(triple, self._name) for triple in triples]
        self._touched.update(quads)
        self._store.extend(quads)

    def remove(self, triples: Iterable[ox.Triple]) -> None:
        for triple in triples:
            quad = _quad(triple, self._name)
            self._touched.add(quad)
            self._store.remove(quad)

    def changed_since(self, before: ox.Store) -> tuple[set[ox.Quad], set[ox.Quad]]:
        """Return what the graph of another store has more, and what it has less."""
        was = {quad for quad in self._touched if quad in before}
        is_now = {quad for quad in self._touched if quad in self._store}
        return was - is_now, is_now - was
