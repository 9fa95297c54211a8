"""Why a statement stands in a release: its grounds, or the rule and premises it follows from.

Conclusions are kept without a record of how they were drawn. An explanation runs the rules
backwards: a rule whose head fits the statement is asked for premises that stand in the release,
and these are explained in turn, down to the words of the sources. No statement is used to explain
itself, at any depth.
"""

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from typing import Any

import pyoxigraph as ox

from graph import iris
from graph.errors import NotStatedError
from graph.grounds import Ground, Grounds, graph_of
from graph.inferred import POINTING, may_be_same, rules_of
from graph.names import parse_term, short
from graph.rules import Rule, Value, key_of, pattern
from graph.store import Store
from graph.terms import Term, node, value_of
from ontology.terms import CANCU, RDF_TYPE

_INFERRED = node(iris.SHARED_GRAPHS["inferred"])
_POSSIBLY_SAME = (
    "possibly-same",
    "the first leaves open what the second says, and contradicts nothing of it",
)
# Of the ways in which one rule leads to one conclusion, how many are looked at.
_MOST_WAYS = 50


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why one statement stands.

    Attributes:
        quad: the statement, and the graph that it stands in.
        ground: what it rests on.
        rule: the rule that it follows by, if it is a conclusion, and ...
        because: the axiom that makes the rule, or what the rule says.
        premises: why each premise stands.
    """

    quad: ox.Quad
    ground: Ground
    rule: str | None = None
    because: str | None = None
    premises: tuple["Explanation", ...] = ()

    @property
    def words(self) -> str:
        """Return the statement as Turtle has it, with prefixed names."""
        return " ".join(short(term) for term in self.quad.triple)

    @property
    def terms(self) -> tuple[str, str, str]:
        """Return subject, predicate and object as N-Triples has them."""
        subject, predicate, end = (str(term) for term in self.quad.triple)
        return subject, predicate, end

    def to_json(self) -> dict[str, Any]:
        """Return the explanation and those of its premises as plain values."""
        drawn = {"rule": self.rule, "because": self.because} if self.rule else {}
        stated = {name: value for name, value in asdict(self.ground).items() if value}
        premises = [premise.to_json() for premise in self.premises]
        return {
            "statement": self.words,
            "triple": self.terms,
            "graph": graph_of(self.quad),
            **stated,
            **drawn,
            **({"premises": premises} if premises else {}),
        }


def explain(store: Store, subject: str, predicate: str, end: str) -> list[Explanation]:
    """Explain a statement of a release.

    Args:
        store: the release.
        subject: as people write it (`graph.names`).
        predicate: likewise.
        end: likewise, the object; a literal without type or language stands for each that has its
            words.

    Raises:
        TermError: one of them cannot be read.
        NotStatedError: there is no such statement.
    """
    terms = [parse_term(text) for text in (subject, predicate, end)]
    said = sorted({q.triple for q in _stated(store.database, *terms[:2])}, key=str)
    meant = [triple for triple in said if _is_meant(terms[2], triple.object)]
    explainer = Explainer(store.database)
    found = [reason for triple in meant if (reason := explainer.explain(triple))]
    if not found:
        statement = " ".join(short(term) for term in terms)
        raise NotStatedError(statement, [short(triple.object) for triple in said])
    return found


class Explainer:
    """Explains statements of one release."""

    def __init__(self, database: ox.Store) -> None:
        self._database = database
        self._grounds = Grounds(database)
        self._rules: dict[str, list[Rule]] = {}
        for rule in rules_of(database):
            self._rules.setdefault(rule.head.key, []).append(rule)

    def explain(self, triple: ox.Triple) -> Explanation | None:
        """Return why a statement stands; None if it does not, or nothing leads to it."""
        return self._explain(triple, frozenset())

    def _explain(self, triple: ox.Triple, above: frozenset[ox.Triple]) -> Explanation | None:
        quads = sorted(self._database.quads_for_pattern(*triple), key=_is_conclusion)
        if not quads:
            return None
        if not _is_conclusion(quads[0]):
            return Explanation(quads[0], self._grounds.of(quads[0]))
        for rule, because, premises in self._ways(triple):
            reasons = self._explain_all(premises, above | {triple})
            if reasons:
                ground = self._grounds.of(quads[0])
                return Explanation(quads[0], ground, rule, because, reasons)
        return None

    def _explain_all(
        self, premises: Iterable[ox.Triple], above: frozenset[ox.Triple]
    ) -> tuple[Explanation, ...]:
        """Return why each premise stands; nothing if one of them needs what is above it."""
        found = []
        for premise in premises:
            reason = None if premise in above else self._explain(premise, above)
            if reason is None:
                return ()
            found.append(reason)
        return tuple(found)

    def _ways(self, triple: ox.Triple) -> Iterator[tuple[str, str, list[ox.Triple]]]:
        """Yield rules that lead to a conclusion, with premises; those that are stated first."""
        if may_be_same(triple):
            ends = [self._pointed_to(end) for end in (triple.subject, triple.object)]
            yield *_POSSIBLY_SAME, [end for end in ends if end]
        for rule in self._rules.get(key_of(triple), ()):
            for premises in sorted(self._premises(rule, triple), key=self._directness):
                yield rule.name, rule.because, premises

    def _premises(self, rule: Rule, triple: ox.Triple) -> list[list[ox.Triple]]:
        values = rule.head.match(triple)
        if values is None:
            return []
        query = f"SELECT * {{ {pattern(*rule.body)} {rule.condition} }} LIMIT {_MOST_WAYS}"
        fixed: dict[ox.Variable, Term] = {**values}
        rows = self._database.query(query, use_default_graph_as_union=True, substitutions=fixed)
        assert isinstance(rows, ox.QuerySolutions)  # noqa: S101 - for the type checker
        found = ({**values, **{v: row[v] for v in rows.variables}} for row in rows)
        return [[atom.fill(each) for atom in rule.body] for each in found]

    def _directness(self, premises: list[ox.Triple]) -> tuple[int, str]:
        drawn = [t for t in premises if self._is_drawn(t)]
        return len(drawn), " ".join(map(str, premises))

    def _is_drawn(self, triple: ox.Triple) -> bool:
        subject, predicate, end = triple
        return any(self._database.quads_for_pattern(subject, predicate, end, _INFERRED))

    def _pointed_to(self, instrument: Term) -> ox.Triple | None:
        """Return a statement that shows that there is an instrument: held, or pointed to."""
        held = ox.Triple(node(value_of(instrument)), node(RDF_TYPE), node(CANCU.Document))
        if next(self._database.quads_for_pattern(*held), None):
            return held
        for predicate in POINTING:
            found = self._database.quads_for_pattern(None, node(predicate), instrument)
            if first := min(found, key=str, default=None):
                return first.triple
        return None


def _is_conclusion(quad: ox.Quad) -> bool:
    return quad.graph_name == _INFERRED


def _stated(database: ox.Store, subject: Value, predicate: Value) -> Iterator[ox.Quad]:
    """Return what is stated of a subject; a literal can be neither subject nor property."""
    if isinstance(subject, ox.Literal) or isinstance(predicate, ox.Literal):
        return iter(())
    return database.quads_for_pattern(subject, predicate, None)


def _is_meant(said: Value, stated: Term) -> bool:
    """Tell whether a term as people write it means one that is stated."""
    is_bare = isinstance(said, ox.Literal) and said == ox.Literal(said.value)
    if is_bare and isinstance(stated, ox.Literal):
        return said.value == stated.value
    return said == stated
