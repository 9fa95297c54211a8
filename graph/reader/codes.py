"""The closed code lists: their codes as names of enumerations, with labels and definitions.

They are read from the vocabulary and not from the store, because a GraphQL schema cannot wait for a
release. Lists that grow with the register (kinds of agencies, codes in numbers) are things of the
graph like others.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import pyoxigraph as ox

from graph.terms import value_of
from ontology import read
from ontology.terms import BASE, CANCU, SKOS

LISTS = {
    "AnswerStatus": "code/answer",
    "CitationKind": "code/citation-kind",
    "Comparator": "code/comparator",
    "DocumentType": "doctype",
    "Extractor": "code/extractor",
    "GapCode": "code/gap",
    "GovernmentLevel": "code/level",
    "NumberStatus": "code/number-status",
    "Pillar": "code/pillar",
    "ResolutionStatus": "code/resolution",
    "ReviewStatus": "code/review",
    "Role": "code/role",
    "TaskKind": "code/task-kind",
    "Unit": "code/unit",
}
_FILES = ("codes.ttl", "doctypes.ttl", "pillars.ttl")


@dataclass(frozen=True, slots=True)
class Code:
    """One code of a list.

    Attributes:
        name: in upper case, as enumerations write it ("BASED_ON").
        iri: of the concept.
        order: its place in the list, where the list has an order.
        labels: by language, "vi" and "en".
        definitions: the same.
    """

    name: str
    iri: str
    order: int
    labels: Mapping[str, str]
    definitions: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class CodeList:
    """A closed list of codes."""

    name: str
    iri: str
    labels: Mapping[str, str]
    definitions: Mapping[str, str]
    codes: tuple[Code, ...]

    def by_iri(self) -> dict[str, Code]:
        """Return the codes by their IRIs."""
        return {code.iri: code for code in self.codes}

    def iri_of(self, name: str) -> str:
        """Return the IRI of a code by its name in upper case."""
        return next(code.iri for code in self.codes if code.name == name)


@cache
def code_lists() -> Mapping[str, CodeList]:
    """Return the closed lists by their names."""
    words = _statements()
    return {name: _code_list(name, BASE + path, words) for name, path in LISTS.items()}


_Words = Mapping[tuple[str, str], Mapping[str, str]]


def _statements() -> _Words:
    """Return the literals of subject and property by language; other values by their own text."""
    words: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for file in _FILES:
        for quad in ox.parse(read(file).encode(), format=ox.RdfFormat.TURTLE):
            key = (value_of(quad.subject), quad.predicate.value)
            value = value_of(quad.object)
            language = quad.object.language if isinstance(quad.object, ox.Literal) else value
            words[key].setdefault(language or "", value)
    return words


def _code_list(name: str, scheme: str, words: _Words) -> CodeList:
    iris = [s for (s, p), values in words.items() if p == SKOS.inScheme and scheme in values]
    codes = [_code(iri, scheme, words) for iri in iris]
    codes.sort(key=lambda code: (code.order, code.name))
    labels = words[scheme, SKOS.prefLabel]
    return CodeList(name, scheme, labels, words[scheme, SKOS.definition], tuple(codes))


def _code(iri: str, scheme: str, words: _Words) -> Code:
    local = iri.removeprefix(f"{scheme}/")
    order = next(iter(words.get((iri, CANCU.order), {"": "0"}).values()))
    return Code(
        name=local.upper().replace("-", "_"),
        iri=iri,
        order=int(order),
        labels=words[iri, SKOS.prefLabel],
        definitions=words.get((iri, SKOS.definition), {}),
    )
