from functools import lru_cache

import pytest
from rdflib.namespace import OWL, RDF

from tests.ontology.modules import CORE, MODULES, merged
from tests.ontology.owl_api import Violations, violations

# These hold dates: OWL leaves xsd:date, xsd:gYearMonth and xsd:gYear out of its datatypes.
DATED = ("agencies.ttl", "changes.ttl", "places.ttl")
A_DATE = "Use of data range not in profile: xsd:"

# What a careless hand might add to the vocabulary, and how the checker calls it.
FAULTS = {
    # "Every task has a deadline" is for SHACL: in RL nothing follows that has no name.
    "existential": (
        "cancu:Task rdfs:subClassOf [ a owl:Restriction ;"
        " owl:onProperty cancu:hasDeadline ; owl:someValuesFrom cancu:Deadline ] .",
        "UseOfNonSuperClassExpression",
    ),
    # Either, or: an RL reasoner does not reason by cases.
    "union": (
        "cancu:citationKind rdfs:domain [ a owl:Class ;"
        " owl:unionOf ( cancu:Citation cancu:BasisStatement ) ] .",
        "UseOfNonSuperClassExpression",
    ),
    # RL counts to one at most.
    "two": (
        "cancu:Task rdfs:subClassOf [ a owl:Restriction ;"
        " owl:onProperty cancu:subTaskOf ; owl:maxCardinality 2 ] .",
        "UseOfNonSuperClassExpression",
    ),
    "either": (
        "cancu:Document owl:disjointUnionOf ( cancu:Resolution cancu:ImplementationPlan ) .",
        "UseOfIllegalAxiom",
    ),
    "date": ("cancu:latestDate rdfs:range xsd:date .", "UseOfIllegalDataRange"),
    # The rest is outside OWL 2 DL, and so outside each of its profiles.
    "undeclared class": ("cancu:Task rdfs:subClassOf eli:Work .", "UseOfUndeclaredClass"),
    "undeclared property": (
        "cancu:implements rdfs:subPropertyOf eli:implements .",
        "UseOfUndeclaredObjectProperty",
    ),
    "counted chain": (
        "cancu:tracesTo a owl:FunctionalProperty .",
        "UseOfNonSimplePropertyInFunctionalPropertyAxiom",
    ),
    "circular chain": (
        "cancu:implements owl:propertyChainAxiom ( cancu:heldAs cancu:tracesTo cancu:heldAs ) .",
        "UseOfPropertyInChainCausesCycle",
    ),
    "two natures": ("cancu:text a owl:ObjectProperty .", "IllegalPunning"),
}


@lru_cache(maxsize=1)
def checked() -> dict[str, Violations]:
    """Check all that is asked of the profile here in one run of Java."""
    undated = [name for name in MODULES if name not in DATED]
    faulty = {name: merged(*CORE, more=turtle) for name, (turtle, _) in FAULTS.items()}
    return violations({"undated": merged(*undated), "all": merged(*MODULES), **faulty})


def test_the_vocabulary_and_its_code_lists_are_owl_2_rl() -> None:
    assert checked()["undated"] == []


def test_nothing_is_reflexive() -> None:
    # The one axiom outside RL that the checker was seen to let through.
    assert OWL.ReflexiveProperty not in set(merged(*MODULES).objects(None, RDF.type))


def test_nothing_of_the_register_but_its_dates_is_outside_owl_2_rl() -> None:
    found = checked()["all"]

    # An empty list would mean that the register was not read.
    assert len(found) > 200
    assert [words for _, words in found if not words.startswith(A_DATE)] == []


@pytest.mark.parametrize("fault", FAULTS)
def test_the_checker_finds_what_is_outside(fault: str) -> None:
    assert FAULTS[fault][1] in {kind for kind, _ in checked()[fault]}
