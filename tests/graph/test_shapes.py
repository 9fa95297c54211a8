"""The shapes as a whole: what they cover, and that each is good for something."""

import re
from pathlib import Path

import pyoxigraph as ox
import pytest

import loaders
import ontology
from graph.shapes import parse_shapes, shapes
from ontology.terms import BASE, CANCU, RDF_TYPE, SKOS
from tests.graph import test_faults, test_faults_in_facts

SH = "http://www.w3.org/ns/shacl#"
OWL_CLASS = "http://www.w3.org/2002/07/owl#Class"
CODES = f"{BASE}code/"


def triples(name: str) -> list[ox.Quad]:
    return list(ox.parse(ontology.read(name), ox.RdfFormat.TURTLE))


def objects(quads: list[ox.Quad], predicate: str, subject: object = None) -> list[str]:
    return [
        quad.object.value
        for quad in quads
        if quad.predicate.value == predicate
        and subject in (None, quad.subject)
        and not isinstance(quad.object, ox.Triple)
    ]


WRITTEN = triples(ontology.SHAPES)


def test_every_class_of_ours_has_a_shape() -> None:
    ours = {
        quad.subject.value
        for quad in triples("cancu.ttl")
        if quad.predicate.value == RDF_TYPE
        and isinstance(quad.object, ox.NamedNode)
        and quad.object.value == OWL_CLASS
        and isinstance(quad.subject, ox.NamedNode)
        and quad.subject.value.startswith(CANCU.NS)
    }

    assert len(ours) >= 20
    assert ours - set(objects(WRITTEN, f"{SH}targetClass")) == set()


def test_every_shape_is_broken_by_a_planted_fault() -> None:
    planted = [
        *test_faults.FAULTS,
        *test_faults.IN_THE_VOCABULARY,
        *test_faults_in_facts.FAULTS,
        *test_faults_in_facts.DOUBTS,
    ]
    broken = {line.split(" ", 1)[0] for _, expected in planted for line in expected}
    named = {one.shape.removeprefix(CANCU.NS) for one in shapes().constraints.values()}

    assert named - broken == {"EvidencedShape"}  # broken by a test of its own


def test_every_constraint_has_a_message_in_both_languages() -> None:
    asking = {q.subject for q in WRITTEN if q.predicate.value in (f"{SH}path", f"{SH}select")}
    # A node shape asks for something itself if it is closed or wants a class.
    asking |= {
        quad.subject for quad in WRITTEN if quad.predicate.value in (f"{SH}closed", f"{SH}class")
    }

    for shape in asking:
        messages = [
            quad.object.language
            for quad in WRITTEN
            if quad.subject == shape
            and quad.predicate.value == f"{SH}message"
            and isinstance(quad.object, ox.Literal)
        ]
        assert sorted(map(str, messages)) == ["en", "vi"], shape


def test_no_list_of_codes_knows_others_than_the_code_lists() -> None:
    schemes = {
        quad.subject.value: quad.object.value
        for quad in triples("codes.ttl")
        if quad.predicate.value == SKOS.inScheme
        and isinstance(quad.subject, ox.NamedNode)
        and isinstance(quad.object, ox.NamedNode)
    }
    first = "http://www.w3.org/1999/02/22-rdf-syntax-ns#first"
    listed = {iri for iri in objects(WRITTEN, first) if iri.startswith(CODES)}
    used = {schemes[iri] for iri in listed}

    assert listed == {iri for iri, scheme in schemes.items() if scheme in used}
    assert len(used) >= 6


def test_the_version_tells_the_number_and_the_content() -> None:
    text = ontology.read(ontology.SHAPES)

    number, digest = parse_shapes(text).version.split("+")

    assert f'owl:versionInfo "{number}"' in text
    assert parse_shapes(text + "\n# a remark\n").version != f"{number}+{digest}"


def test_a_closed_shape_says_what_else_is_known() -> None:
    closed = {quad.subject for quad in WRITTEN if quad.predicate.value == f"{SH}closed"}
    ignoring = {
        quad.subject for quad in WRITTEN if quad.predicate.value == f"{SH}ignoredProperties"
    }

    assert closed == ignoring
    assert len(closed) >= 20


@pytest.mark.parametrize(
    ("shape", "path"),
    [
        ("EvidencedShape", "^http://www.w3.org/ns/oa#hasBody"),
        ("DeadlineShape", f"{CANCU.deadlineValue}|{CANCU.recurrence}"),
        ("TaskShape", CANCU.text),
        ("InstrumentShape", None),
    ],
)
def test_a_constraint_knows_its_path(shape: str, path: str | None) -> None:
    paths = {one.path for one in shapes().constraints.values() if one.shape == CANCU.NS + shape}

    assert path in paths


def test_every_gap_that_the_loaders_name_has_its_code_in_the_list() -> None:
    sources = Path(loaders.__file__).parent.rglob("*.py")
    named = {
        code
        for source in sources
        for code in re.findall(r'\bGap\(\s*"([a-z-]+)"', source.read_text(encoding="utf-8"))
    }

    first = "http://www.w3.org/1999/02/22-rdf-syntax-ns#first"
    assert named <= set(objects(WRITTEN, first))
    assert len(named) >= 6
