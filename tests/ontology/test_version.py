import re

import rdflib
from rdflib.namespace import OWL

import ontology
from tests.ontology.modules import merged

ONTOLOGY = rdflib.URIRef("https://w3id.org/cancu/ns")


def test_the_version_has_an_address_and_a_place_in_the_changelog() -> None:
    vocabulary = merged("cancu.ttl")
    version = str(vocabulary.value(ONTOLOGY, OWL.versionInfo))

    assert vocabulary.value(ONTOLOGY, OWL.versionIRI) == ONTOLOGY + f"/{version}"
    assert re.findall(r"(?m)^## (.+)$", ontology.read("CHANGELOG.md"))[0] == version
