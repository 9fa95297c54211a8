import inspect
import io
import re
from collections.abc import Iterator

import owlready2
import pytest
import rdflib
from rdflib.namespace import OWL, RDF, RDFS, SH, SKOS

import ontology
from loaders.citing.doctypes import TYPES
from ontology import terms

LANGUAGES = {"vi", "en"}


def graph(*names: str) -> rdflib.Graph:
    merged = rdflib.Graph()
    for name in names:
        merged.parse(data=ontology.read(name), format="turtle")
    return merged


def names_of(vocabulary: type) -> set[str]:
    """Return the IRIs that a class of `ontology.terms` names."""
    return {
        value
        for name, value in vars(vocabulary).items()
        if not name.startswith("_") and name != "NS"
    }


def foreign() -> Iterator[type]:
    for _, vocabulary in inspect.getmembers(terms, inspect.isclass):
        if vocabulary is not terms.CANCU:
            yield vocabulary


def declared(names: rdflib.Graph) -> set[str]:
    kinds = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
    return {str(term) for kind in kinds for term in names.subjects(RDF.type, kind)}


def test_python_names_are_the_terms_of_the_vocabulary() -> None:
    assert names_of(terms.CANCU) == declared(graph("cancu.ttl"))


def test_every_foreign_term_with_a_python_name_is_declared_and_no_other() -> None:
    named = {iri for vocabulary in foreign() for iri in names_of(vocabulary)}

    assert named == declared(graph("external.ttl"))


def test_every_own_term_is_labelled_and_defined_in_both_languages() -> None:
    own = graph("cancu.ttl")

    for term in declared(own):
        for predicate in (RDFS.label, SKOS.definition):
            words = own.objects(rdflib.URIRef(term), predicate)
            languages = [w.language for w in words if isinstance(w, rdflib.Literal) and str(w)]
            assert sorted(map(str, languages)) == ["en", "vi"], (term, predicate)


def test_terms_hang_under_terms_that_are_declared() -> None:
    own = graph("cancu.ttl", "external.ttl")

    for predicate in (RDFS.subClassOf, RDFS.subPropertyOf, RDFS.domain, RDFS.range, OWL.inverseOf):
        targets = {str(o) for o in own.objects(None, predicate)}
        datatypes = {target for target in targets if target.startswith(terms.XSD)}
        assert targets - datatypes <= declared(own), predicate


def test_the_vocabulary_keeps_to_owl_rl_and_imports_nothing() -> None:
    own = graph(*ontology.VOCABULARY)
    # Restrictions and unions may stand on the left of an axiom in RL; none is needed at all.
    outside = (OWL.Restriction, OWL.unionOf, OWL.oneOf, OWL.hasKey, OWL.imports, OWL.complementOf)

    assert not [term for term in outside if term in {*own.all_nodes(), *own.predicates()}]
    allowed = {"string", "integer", "decimal", "boolean"}  # xsd:date is outside OWL's datatypes
    ranges = {str(o).removeprefix(terms.XSD) for o in own.objects(None, RDFS.range)}
    assert {r for r in ranges if ":" not in r} <= allowed


def test_owlready_reads_the_vocabulary_without_a_warning(
    capfd: pytest.CaptureFixture[str],
) -> None:
    world = loaded()

    task = world[terms.CANCU.Task]
    assert [str(parent) for parent in task.is_a] == ["p-plan.Step"]
    assert world[terms.CANCU.heldAs].inverse_property is world[terms.CANCU.knownAs]
    chains = [chain.properties for chain in world[terms.CANCU.tracesTo].get_property_chain()]
    assert sorted([step.name for step in chain] for chain in chains) == [
        ["isStepOfPlan", "based_on"],
        ["isStepOfPlan", "implements"],
        ["tracesTo", "based_on"],
        ["tracesTo", "heldAs", "based_on"],
        ["tracesTo", "heldAs", "implements"],
        ["tracesTo", "implements"],
    ]
    assert capfd.readouterr() == ("", "")


def loaded() -> owlready2.World:
    """Return the vocabulary in owlready2, which reads N-Triples but no Turtle."""
    triples = graph(*ontology.VOCABULARY).serialize(format="nt").encode()
    world = owlready2.World()
    world.get_ontology(terms.CANCU.NS).load(fileobj=io.BytesIO(triples))
    return world


def test_document_types_are_those_that_the_loaders_know() -> None:
    lists = graph("doctypes.ttl")
    types = {str(lists.value(c, SKOS.notation)): c for c in lists.subjects(RDF.type, SKOS.Concept)}

    assert set(types) == {kind.english for kind in TYPES}
    for kind in TYPES:
        concept = types[kind.english]
        assert rdflib.Literal(kind.name, lang="vi") in set(lists.objects(concept, SKOS.prefLabel))


def test_every_code_is_labelled_in_both_languages() -> None:
    lists = graph("codes.ttl", "doctypes.ttl")
    concepts = [
        *lists.subjects(RDF.type, SKOS.Concept),
        *lists.subjects(RDF.type, SKOS.ConceptScheme),
    ]

    for concept in concepts:
        labels = lists.objects(concept, SKOS.prefLabel)
        assert {w.language for w in labels if isinstance(w, rdflib.Literal)} == LANGUAGES, concept


def test_every_shape_speaks_both_languages_of_terms_that_exist() -> None:
    shapes = graph(ontology.SHAPES)
    known = declared(graph("cancu.ttl", "external.ttl"))
    codes = {str(code) for code in graph("codes.ttl").subjects(RDF.type, SKOS.Concept)}

    # The parts of an sh:or or sh:xone speak through the shape around them.
    parts = {
        p for part in shapes.objects(None, RDF.first) for p in shapes.objects(part, SH.property)
    }
    for shape in set(shapes.subjects(SH.path, None)) - parts:
        messages = shapes.objects(shape, SH.message)
        said = {word.language for word in messages if isinstance(word, rdflib.Literal)}
        assert said == LANGUAGES, shapes.value(shape, SH.path)
    used = set(re.findall(r"\b(\w[\w-]*):(\w[\w-]*)", ontology.read(ontology.SHAPES)))
    prefixes = {prefix: str(iri) for prefix, iri in shapes.namespaces()}
    standard = {"owl", "rdf", "rdfs", "sh", "xsd", "http", "https"}
    used.discard(("spdx", "checksumAlgorithm_sha256"))  # a value of SPDX, not a term
    for prefix, name in used:
        if prefix not in standard and not name.endswith("Shape"):
            assert prefixes[prefix] + name in known, f"{prefix}:{name}"
    values = {value for value in shapes.all_nodes() if isinstance(value, rdflib.URIRef)}
    assert {str(value) for value in values if "/code/" in value} <= codes
