"""What the vocabulary says of itself, held against the shipped documents and the register.

An example reads "FILE: LEFT → RIGHT": what a term is said of, and its value. Either is a quote in
«», the words of a value, or an address without its beginning; a gloss in brackets may follow it.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.namespace import OWL, RDF, RDFS, SKOS

import ontology
from graph.store import Store
from graph.terms import value_of
from ontology.terms import BASE, CANCU, RDF_TYPE
from tests.conftest import ROOT
from tests.ontology.modules import CORE, MODULES, merged, own_terms

VOCABULARY = merged(*CORE)
TERMS = sorted(own_terms(VOCABULARY))
CLASSES = set(VOCABULARY.subjects(RDF.type, OWL.Class))
# No shipped document is a resolution; about no instrument do they differ, or leave a choice.
UNSEEN = {CANCU.Resolution, CANCU.candidate, CANCU.disagreement}

_SIDE = r"«[^»]+»|[^\s«]+"
_EXAMPLE = re.compile(
    rf"(?P<file>[\w.-]+)(?:: (?P<left>{_SIDE})(?: \(.+?\))?)?(?: → (?P<right>.+))?"
)
_GLOSS = re.compile(r" \([^)]*\)$")
_EVIDENCE = """PREFIX oa: <http://www.w3.org/ns/oa#>
SELECT ?node ?note ?words ?graph WHERE { GRAPH ?graph {
  ?note oa:hasBody ?node ; oa:hasTarget/oa:hasSelector/oa:exact ?words } }"""


@dataclass(frozen=True, slots=True)
class Example:
    file: str
    left: str | None
    right: str | None


class Corpus:
    """The shipped documents as a graph, the register in it, and the words that prove each node."""

    def __init__(self, store: Store) -> None:
        self._graph = ox.Store()
        self._graph.extend(store.database)
        for name in MODULES:
            if name not in ontology.VOCABULARY:
                self._graph.load(ontology.read(name), ox.RdfFormat.TURTLE)
        named = self._graph.quads_for_pattern(None, ox.NamedNode(CANCU.fileName), None)
        self._files = {quad.graph_name: value_of(quad.object) for quad in named}
        self._proofs: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for row in store.rows(_EVIDENCE):
            proof = (self._files[row["graph"]], plain(value_of(row["words"])))
            self._proofs[value_of(row["node"])].append(proof)
            self._proofs[value_of(row["note"])].append(proof)

    def says(self, term: rdflib.URIRef, example: Example) -> bool:
        """Tell whether anything in the graph is as an example says."""
        return any(
            (example.left is None or self._means(subject, example.left, example.file))
            and (example.right is None or self._means(value, example.right, example.file))
            and (example.left is not None or file == example.file)
            for file, subject, value in self._statements(term)
        )

    def has(self, kind: rdflib.URIRef, example: Example) -> bool:
        """Tell whether what an example names, or else quotes, is of a class."""
        member = example.right or example.left or ""
        return any(self._means(node, member, example.file) for node in self._members(kind))

    def _statements(self, term: rdflib.URIRef) -> Iterator[tuple[str | None, str, str]]:
        for below in VOCABULARY.transitive_subjects(RDFS.subPropertyOf, term):
            for quad in self._graph.quads_for_pattern(None, ox.NamedNode(str(below)), None):
                file = self._files.get(quad.graph_name)
                yield file, value_of(quad.subject), value_of(quad.object)

    def _members(self, kind: rdflib.URIRef) -> Iterator[str]:
        is_a = ox.NamedNode(RDF_TYPE)
        for below in VOCABULARY.transitive_subjects(RDFS.subClassOf, kind):
            for quad in self._graph.quads_for_pattern(None, is_a, ox.NamedNode(str(below))):
                yield value_of(quad.subject)

    def _means(self, node: str, side: str, file: str) -> bool:
        """Tell whether a side of an example means a node: by its words, its value or its name."""
        if side.startswith("«"):
            quote = plain(side.strip("«»"))
            proofs = self._proofs.get(node, [])
            return any(said in quote or quote in said for at, said in proofs if at == file)
        return ungloss(node) in {side, BASE + side}


def plain(text: str) -> str:
    """Return words on one line, without the marks that print them bold."""
    return " ".join(text.replace("*", "").split())


def examples(term: rdflib.URIRef) -> dict[str | None, Example]:
    """Return the example of a term by language; None is the one that needs no translation."""
    found = {}
    for words in VOCABULARY.objects(term, SKOS.example):
        assert isinstance(words, rdflib.Literal)
        match = _EXAMPLE.fullmatch(words)
        assert match, words
        right = match["right"] and ungloss(match["right"])
        found[words.language] = Example(match["file"], match["left"], right)
    return found


def ungloss(side: str) -> str:
    """Return words without brackets at their end; a value's own are left out of account."""
    return _GLOSS.sub("", side)


@pytest.fixture(scope="module")
def corpus(corpus_store: Path) -> Corpus:
    return Corpus(Store(corpus_store))


@pytest.mark.parametrize("term", TERMS)
def test_a_term_has_one_example_for_readers_of_either_language(term: rdflib.URIRef) -> None:
    told = examples(term)

    assert set(told) in ({"vi", "en"}, {None})
    assert len(set(told.values())) == 1


@pytest.mark.parametrize("term", TERMS)
def test_an_example_quotes_its_file(term: rdflib.URIRef) -> None:
    for example in examples(term).values():
        for side in (example.left, example.right):
            if side and side.startswith("«"):
                text = (ROOT / "corpus" / example.file).read_text(encoding="utf-8")
                assert side.strip("«»") in plain(text)


@pytest.mark.parametrize("term", [term for term in TERMS if str(term) not in UNSEEN])
def test_an_example_is_what_the_graph_says(term: rdflib.URIRef, corpus: Corpus) -> None:
    is_true = corpus.has if term in CLASSES else corpus.says

    for example in examples(term).values():
        assert is_true(term, example), example
