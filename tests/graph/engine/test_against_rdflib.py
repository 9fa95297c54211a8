"""Answers of the engine are those of rdflib, whose code shares nothing with it.

Where rdflib is known to be wrong, the queries go around it: it lets outer variables into subqueries
that do not select them, makes a string of the least IRI and a decimal of a count, and keeps a
literal as a subject.
"""

import json
from collections import Counter
from collections.abc import Callable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, cast

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.plugins.sparql.operators import register_custom_function

from graph.engine.asking import Question
from graph.engine.functions import functions
from graph.engine.search import Searches
from graph.releases import Folder
from graph.store import PREFIXES, bound_term
from ontology.terms import XSD
from queries.catalogue import NamedQuery, bind, named_queries
from tests.graph.engine.conftest import Ask
from tests.graph.engine.standard_queries import ASKS, DATASETS, EMPTY, GRAPHS, SELECTS

_NUMBERS = {f"{XSD}{name}" for name in ("integer", "decimal", "double")}
# rdflib uses what it is about to drop.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")
# rdflib needs six minutes for its answer, which is the same.
_SLOW = "quotes_of_section"
_NAMED = [query for query in named_queries() if query.name != _SLOW]
Row = tuple[tuple[str, object], ...]
Cell = Mapping[str, str]


@pytest.fixture(scope="module")
def folder(corpus_store: Path) -> Folder:
    return Folder(corpus_store)


@pytest.fixture(scope="module")
def other(folder: Folder) -> rdflib.Dataset:
    """Return the corpus as rdflib reads it, its default graph the union of all."""
    dataset = rdflib.Dataset(default_union=True)
    quads = folder.open(folder.published().id)
    dataset.parse(data=quads.dump(format=ox.RdfFormat.N_QUADS), format="nquads")
    return dataset


def test_no_triple_stands_in_two_graphs(folder: Folder) -> None:
    # The engine's union of graphs is a bag: such a triple would count twice.
    quads = folder.open(folder.published().id)

    triples = Counter((quad.subject, quad.predicate, quad.object) for quad in quads)

    assert len(triples) > 40_000
    assert [triple for triple, count in triples.items() if count > 1] == []


@pytest.mark.parametrize("name", SELECTS)
def test_tables(name: str, ask: Ask, other: rdflib.Dataset) -> None:
    answer = json.loads(ask(Question(SELECTS[name])))

    ours, theirs = _rows(answer), _their_rows(other.query(SELECTS[name], initNs=PREFIXES))
    assert Counter(ours) == Counter(theirs)
    assert bool(ours) is (name not in EMPTY)
    if "ORDER BY" in SELECTS[name]:
        assert ours == theirs


@pytest.mark.parametrize("name", DATASETS)
def test_datasets(name: str, ask: Ask, other: rdflib.Dataset) -> None:
    defaults, named, text = DATASETS[name]
    smaller = rdflib.Dataset()
    for iri in named:
        smaller.graph(rdflib.URIRef(iri)).__iadd__(other.graph(rdflib.URIRef(iri)))
    for iri in defaults:
        smaller.default_graph.__iadd__(other.graph(rdflib.URIRef(iri)))

    answer = json.loads(ask(Question(text, default_graphs=defaults, named_graphs=named)))

    ours = _rows(answer)
    assert Counter(ours) == Counter(_their_rows(smaller.query(text, initNs=PREFIXES)))
    assert ours


@pytest.mark.parametrize("name", GRAPHS)
def test_graphs(name: str, ask: Ask, other: rdflib.Dataset) -> None:
    answer = rdflib.Graph().parse(data=ask(Question(GRAPHS[name], "nt")), format="nt")

    assert set(answer) == set(other.query(GRAPHS[name], initNs=PREFIXES).graph or ())
    assert len(answer) > 0


@pytest.mark.parametrize("name", ASKS)
def test_truths(name: str, ask: Ask, other: rdflib.Dataset) -> None:
    answer = json.loads(ask(Question(ASKS[name])))

    assert answer["boolean"] is other.query(ASKS[name], initNs=PREFIXES).askAnswer


@pytest.mark.parametrize("query", _NAMED, ids=lambda query: query.name)
def test_named_questions(
    query: NamedQuery, ask: Ask, other: rdflib.Dataset, folder: Folder
) -> None:
    bindings = bind(query, {})
    searches = Searches(folder.release(folder.published().id), PREFIXES)

    answer = json.loads(ask(Question(query.text, bindings=bindings)))

    terms = {name: _their_term(*value) for name, value in bindings.items()}
    text = searches.rewrite(query.text, bindings).text
    theirs = other.query(text, initNs=PREFIXES, initBindings=terms)
    assert Counter(_rows(answer)) == Counter(_their_rows(theirs))


def _rows(answer: Mapping[str, Any]) -> list[Row]:
    rows = answer["results"]["bindings"]
    return [tuple(sorted((name, _value(cell)) for name, cell in row.items())) for row in rows]


def _value(cell: Cell) -> object:
    if cell["type"] == "uri":
        return (cell["value"],)
    kind = cell.get("datatype", f"{XSD}string")
    return _literal(cell["value"], kind, cell.get("xml:lang"))


def _their_rows(result: rdflib.query.Result) -> list[Row]:
    return [
        tuple(
            sorted(
                (str(name), _their_value(term)) for name, term in row.items() if term is not None
            )
        )
        for row in result.bindings
    ]


def _their_value(term: rdflib.term.Identifier) -> object:
    if isinstance(term, rdflib.Literal):
        return _literal(str(term), str(term.datatype or f"{XSD}string"), term.language)
    return (str(term),)


def _literal(words: str, kind: str, language: str | None) -> object:
    """Return what a literal is, in whichever way its number is written."""
    if language:
        return words, language.lower()
    return (Decimal(words).normalize() if kind in _NUMBERS else words), kind


def _their_term(kind: str, value: str) -> rdflib.term.Identifier:
    return cast(rdflib.term.Identifier, rdflib.util.from_n3(str(bound_term(kind, value))))


def _teach(name: str, function: Callable[..., Any]) -> None:
    """Teach rdflib one of our functions, so that what stands around it can be compared."""

    def called(*terms: Any) -> Any:  # noqa: ANN401 - its stubs tell of another kind of function
        found = function(*(ox.Literal(str(term)) for term in terms))
        return rdflib.util.from_n3(str(found))

    register_custom_function(rdflib.URIRef(name), called, override=True)


for _name, _function in functions().items():
    _teach(_name.value, _function)
