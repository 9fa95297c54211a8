import pyoxigraph as ox
import pytest

import ontology
from graph.axioms import axiom_rules, uncovered
from graph.closure import closure

PREFIXES = """
@prefix : <https://example.org/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""


def triples(turtle: str) -> set[ox.Triple]:
    return {quad.triple for quad in ox.parse(PREFIXES + turtle, ox.RdfFormat.TURTLE)}


@pytest.mark.parametrize(
    ("axioms", "facts", "conclusions"),
    [
        # A plan is an instrument, and an instrument a thing that can be cited.
        (
            ":Plan rdfs:subClassOf :Instrument . :Instrument rdfs:subClassOf :Citable .",
            ":p a :Plan .",
            ":p a :Instrument, :Citable .",
        ),
        (":A owl:equivalentClass :B .", ":x a :A . :y a :B .", ":x a :B . :y a :A ."),
        # What is stated of literals goes up as well.
        (
            ":statedIn rdfs:subPropertyOf :partOf . :short rdfs:subPropertyOf :name .",
            ':t :statedIn :s ; :short "UBND" .',
            ':t :partOf :s ; :name "UBND" .',
        ),
        (":p owl:equivalentProperty :q .", ":x :p :y . :y :q :z .", ":x :q :y . :y :p :z ."),
        (":knownAs owl:inverseOf :heldAs .", ":d :knownAs :i .", ":i :heldAs :d ."),
        (":knownAs owl:inverseOf :heldAs .", ":i :heldAs :d .", ":d :knownAs :i ."),
        (":like a owl:SymmetricProperty .", ":x :like :y .", ":y :like :x ."),
        # Three steps up, found in two rounds.
        (
            ":partOf a owl:TransitiveProperty .",
            ":a :partOf :b . :b :partOf :c . :c :partOf :d .",
            ":a :partOf :c, :d . :b :partOf :d .",
        ),
        # A circle comes back to where it began.
        (":p a owl:TransitiveProperty .", ":a :p :b . :b :p :a .", ":a :p :a . :b :p :b ."),
        # A chain that goes on from what it has concluded.
        (
            ":traces owl:propertyChainAxiom ( :stepOf :basis ), ( :traces :held :basis ) .",
            ":t :stepOf :p . :p :basis :i . :i :held :q . :q :basis :j . :j :basis :k .",
            ":t :traces :i, :j .",
        ),
        (":of rdfs:domain :Role ; rdfs:range :Task .", ":r :of :t .", ":r a :Role . :t a :Task ."),
        # Nothing follows from a range of literals: a literal has no properties.
        (":n a owl:DatatypeProperty ; rdfs:range xsd:string .", ':x :n "1" .', ""),
        (":n a owl:DatatypeProperty ; rdfs:range :Number .", ':x :n "1" .', ""),
        # A class that is made of others has no name to conclude.
        (":of rdfs:domain [ owl:unionOf ( :A :B ) ] .", ":x :of :y .", ""),
        # What is stated already is no conclusion.
        (":p a owl:SymmetricProperty .", ":x :p :y . :y :p :x .", ""),
        # An inverse, a sub-property and a class together.
        (
            ":has owl:inverseOf :of . :of rdfs:subPropertyOf :near . :near rdfs:domain :Place .",
            ":x :has :y .",
            ":y :of :x ; :near :x ; a :Place .",
        ),
    ],
)
def test_what_follows_from_axioms(axioms: str, facts: str, conclusions: str) -> None:
    rules = axiom_rules(triples(axioms))

    assert closure(triples(facts), rules) == triples(conclusions)


def test_a_rule_names_its_axiom() -> None:
    (rule,) = axiom_rules(triples(":p owl:propertyChainAxiom ( :q :r ) ."))

    assert rule.name == "prp-spo2"
    assert rule.because == (
        "<https://example.org/p> owl:propertyChainAxiom "
        "( <https://example.org/q> <https://example.org/r> )"
    )


def test_rules_do_not_depend_on_the_order_of_axioms() -> None:
    axioms = sorted(triples(ontology.read("cancu.ttl")), key=str)

    assert axiom_rules(axioms) == axiom_rules(axioms[::-1])
    assert len(axiom_rules(axioms)) > 100


def test_all_that_the_ontology_says_of_individuals_has_a_rule() -> None:
    said = [t for name in ontology.VOCABULARY for t in triples(ontology.read(name))]

    assert uncovered(said) == set()


@pytest.mark.parametrize(
    ("axioms", "construct"),
    [
        (":A rdfs:subClassOf [ owl:onProperty :p ; owl:hasValue :v ] .", "hasValue"),
        (":A owl:hasKey ( :p ) .", "hasKey"),
        (":x owl:sameAs :y .", "sameAs"),
    ],
)
def test_constructs_that_have_no_rule_are_told(axioms: str, construct: str) -> None:
    assert uncovered(triples(axioms)) == {construct}
