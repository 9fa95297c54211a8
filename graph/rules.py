"""Rules of inference: one triple follows from a few others.

`graph.axioms` makes rules from the axioms of the ontology, `graph.shortcuts` holds those that OWL
has no words for, `graph.closure` draws the conclusions, `graph.explain` goes back from one to what
it rests on.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import pyoxigraph as ox

from graph.terms import node
from ontology.terms import RDF_TYPE

Value = ox.NamedNode | ox.Literal


@dataclass(frozen=True, slots=True)
class Atom:
    """A triple pattern; its subject and object are each a variable or a fixed IRI."""

    subject: ox.Variable | ox.NamedNode
    predicate: ox.NamedNode
    object: ox.Variable | ox.NamedNode

    def __str__(self) -> str:
        return f"{self.subject} {self.predicate} {self.object}"

    @property
    def key(self) -> str:
        """Return what tells from afar whether a triple may fit (see `key_of`)."""
        return _key(self.predicate, self.object)

    @property
    def variables(self) -> tuple[ox.Variable, ...]:
        """Return its variables in the order of the triple, each once."""
        both = (term for term in (self.subject, self.object) if isinstance(term, ox.Variable))
        return tuple(dict.fromkeys(both))

    def match(self, triple: ox.Triple) -> dict[ox.Variable, Value] | None:
        """Return the values of the variables in a triple, None if it does not fit."""
        found: dict[ox.Variable, Value] = {}
        if triple.predicate != self.predicate:
            return None
        for mine, its in ((self.subject, triple.subject), (self.object, triple.object)):
            if not isinstance(its, ox.NamedNode | ox.Literal):
                return None
            value = found.setdefault(mine, its) if isinstance(mine, ox.Variable) else mine
            if value != its:
                return None
        return found

    def fill(self, values: Mapping[ox.Variable, Value]) -> ox.Triple:
        """Return the triple that the atom becomes when its variables have values."""
        subject = values[self.subject] if isinstance(self.subject, ox.Variable) else self.subject
        end = values[self.object] if isinstance(self.object, ox.Variable) else self.object
        if isinstance(subject, ox.Literal):
            message = f"a literal has no properties: {subject}"
            raise TypeError(message)
        return ox.Triple(subject, self.predicate, end)


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of inference.

    Attributes:
        name: the rule of OWL 2 RL ("prp-trp"), or the name of a shortcut ("lead-agency").
        because: the axiom that it was made from, in Turtle; what a shortcut says, in words.
        head: what follows.
        body: from what.
        condition: a FILTER that must hold as well, if any.
    """

    name: str
    because: str
    head: Atom
    body: tuple[Atom, ...]
    condition: str = ""

    def __str__(self) -> str:
        """Return the rule as the SPARQL query that draws its conclusions."""
        return f"CONSTRUCT {{ {self.head} }} WHERE {{ {pattern(*self.body)} {self.condition} }}"


def atom(subject: str, predicate: str, end: str) -> Atom:
    """Return an atom made of IRIs and of variables ("?task")."""
    return Atom(_term(subject), node(predicate), _term(end))


def pattern(*atoms: Atom) -> str:
    """Return atoms as a group of triple patterns in SPARQL."""
    return " . ".join(map(str, atoms))


def key_of(triple: ox.Triple) -> str:
    """Return the predicate of a triple, of a type its class: atoms are looked up by it."""
    return _key(triple.predicate, triple.object)


def _key(predicate: ox.NamedNode, end: object) -> str:
    is_type = predicate.value == RDF_TYPE and isinstance(end, ox.NamedNode)
    return end.value if is_type else predicate.value  # type: ignore[attr-defined]


def _term(text: str) -> ox.Variable | ox.NamedNode:
    return ox.Variable(text[1:]) if text.startswith("?") else node(text)
