"""Rules made from the axioms of the ontology, under the names that OWL 2 RL gives them.

Which axioms there are is read from the ontology each time: a property is made transitive in the
Turtle and nowhere else. All rules of OWL 2 RL that conclude something of an individual from the
kinds of axioms that the ontology has are here, so in that sense the closure is complete. What OWL 2
RL concludes beside that is left out, because nothing would be gained:

- that a thing is an owl:Thing and the same as itself, and which datatypes a literal fits;
- what follows on classes and properties themselves (the superclass of a superclass);
- that two values of a functional property are one thing: the data merges nothing (no owl:sameAs),
  and such values are a fault, which the shapes find;
- contradictions (a task that is a document): HermiT and the shapes look for those.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

import pyoxigraph as ox

from graph.names import OWL, RDFS, short
from graph.rules import Atom, Rule, key_of
from graph.terms import node
from ontology.terms import RDF_TYPE, XSD

_RDF = RDF_TYPE.removesuffix("type")
_TYPE = node(RDF_TYPE)
_X, _Y, _Z = (ox.Variable(name) for name in "xyz")

_Made = list[tuple[str, Atom, tuple[Atom, ...]]]
_Maker = Callable[[ox.NamedNode, ox.NamedNode], _Made]


def axiom_rules(triples: Iterable[ox.Triple]) -> list[Rule]:
    """Return the rules that the axioms among some triples make.

    The rule that says most of a triple comes first, for an explanation takes the first that fits:
    a task is a step because all tasks are, rather than because it has something that steps have.
    """
    ontology = _Ontology(triples)
    rules = [rule for axiom in ontology.axioms for rule in _rules_from(axiom, ontology)]
    return sorted(rules, key=lambda r: (_ORDER.index(r.name), len(r.body), r.because))


def uncovered(triples: Iterable[ox.Triple]) -> set[str]:
    """Return the constructs of OWL among some triples that no rule here knows what follows from."""
    used: set[str] = set()
    for triple in triples:
        used |= {triple.predicate.value, key_of(triple)}
    return {name.removeprefix(OWL) for name in used & _NO_RULE}


class _Ontology:
    """The axioms among some triples, and the lists that they use."""

    def __init__(self, triples: Iterable[ox.Triple]) -> None:
        self.axioms: list[ox.Triple] = []
        self._first: dict[object, object] = {}
        self._rest: dict[object, object] = {}
        self._of_literals: set[object] = set()
        for triple in triples:
            name = key_of(triple)
            if name in _MAKERS or name == _CHAIN:
                self.axioms.append(triple)
            elif name == f"{OWL}DatatypeProperty":
                self._of_literals.add(triple.subject)
            elif name == f"{_RDF}first":
                self._first[triple.subject] = triple.object
            elif name == f"{_RDF}rest":
                self._rest[triple.subject] = triple.object

    def members(self, start: object) -> list[ox.NamedNode]:
        """Return the members of a list."""
        found: list[ox.NamedNode] = []
        while isinstance(first := self._first.get(start), ox.NamedNode):
            found.append(first)
            start = self._rest.get(start)
        return found

    def is_about_literals(self, axiom: ox.Triple) -> bool:
        """Tell whether an axiom gives values a datatype, of which nothing is concluded here."""
        is_range = axiom.predicate.value == f"{RDFS}range"
        is_datatype = isinstance(axiom.object, ox.NamedNode) and axiom.object.value.startswith(XSD)
        return is_range and (is_datatype or axiom.subject in self._of_literals)


def _rules_from(axiom: ox.Triple, ontology: _Ontology) -> Iterator[Rule]:
    subject, _, end = axiom
    if not isinstance(subject, ox.NamedNode) or ontology.is_about_literals(axiom):
        return
    if key_of(axiom) == _CHAIN:
        yield _chain(subject, ontology.members(end))
    elif isinstance(end, ox.NamedNode):
        because = " ".join(short(term) for term in axiom)
        for name, head, body in _MAKERS[key_of(axiom)](subject, end):
            yield Rule(name, because, head, body)


def _chain(whole: ox.NamedNode, steps: Sequence[ox.NamedNode]) -> Rule:
    links = [ox.Variable(f"x{number}") for number in range(len(steps) + 1)]
    body = tuple(Atom(links[i], step, links[i + 1]) for i, step in enumerate(steps))
    because = f"{short(whole)} owl:propertyChainAxiom ( {' '.join(map(short, steps))} )"
    return Rule("prp-spo2", because, Atom(links[0], whole, links[-1]), body)


def _under(name: str) -> _Maker:
    """Make the rule that what has the one property has the other."""
    return lambda one, other: [(name, Atom(_X, other, _Y), (Atom(_X, one, _Y),))]


def _within(name: str) -> _Maker:
    """Make the rule that what is of the one class is of the other."""
    return lambda one, other: [(name, Atom(_X, _TYPE, other), (Atom(_X, _TYPE, one),))]


def _equivalent(way: Callable[[str], _Maker], name: str) -> _Maker:
    """Make a rule for each direction."""
    return lambda one, other: [*way(f"{name}1")(one, other), *way(f"{name}2")(other, one)]


def _inverse(one: ox.NamedNode, other: ox.NamedNode) -> _Made:
    return [
        ("prp-inv1", Atom(_Y, other, _X), (Atom(_X, one, _Y),)),
        ("prp-inv2", Atom(_Y, one, _X), (Atom(_X, other, _Y),)),
    ]


def _symmetric(whole: ox.NamedNode, _: ox.NamedNode) -> _Made:
    return [("prp-symp", Atom(_Y, whole, _X), (Atom(_X, whole, _Y),))]


def _transitive(whole: ox.NamedNode, _: ox.NamedNode) -> _Made:
    return [("prp-trp", Atom(_X, whole, _Z), (Atom(_X, whole, _Y), Atom(_Y, whole, _Z)))]


def _domain(of: ox.NamedNode, kind: ox.NamedNode) -> _Made:
    return [("prp-dom", Atom(_X, _TYPE, kind), (Atom(_X, of, _Y),))]


def _range(of: ox.NamedNode, kind: ox.NamedNode) -> _Made:
    return [("prp-rng", Atom(_Y, _TYPE, kind), (Atom(_X, of, _Y),))]


_CHAIN = f"{OWL}propertyChainAxiom"
# By the predicate of the triple that says the axiom, of a type by the class.
_MAKERS: Mapping[str, _Maker] = {
    f"{OWL}inverseOf": _inverse,
    f"{OWL}SymmetricProperty": _symmetric,
    f"{OWL}TransitiveProperty": _transitive,
    f"{OWL}equivalentProperty": _equivalent(_under, "prp-eqp"),
    f"{OWL}equivalentClass": _equivalent(_within, "cax-eqc"),
    f"{RDFS}subPropertyOf": _under("prp-spo1"),
    f"{RDFS}subClassOf": _within("cax-sco"),
    f"{RDFS}domain": _domain,
    f"{RDFS}range": _range,
}
_ORDER = (
    *("prp-inv1", "prp-inv2", "prp-eqp1", "prp-eqp2", "prp-spo1"),
    *("cax-eqc1", "cax-eqc2", "cax-sco"),
    *("prp-spo2", "prp-trp", "prp-symp", "prp-dom", "prp-rng"),
)
_NO_RULE = {
    f"{OWL}{name}"
    for name in (
        "allValuesFrom",
        "hasKey",
        "hasValue",
        "intersectionOf",
        "maxCardinality",
        "maxQualifiedCardinality",
        "oneOf",
        "sameAs",
        "someValuesFrom",
        "unionOf",
    )
}
