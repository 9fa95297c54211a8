"""The graphs that describe what documents share, and where each is made.

- `/graph/ontology`: vocabulary and code lists, so that labels can be asked for;
- `/graph/register`: provinces, agencies and their changes, which people wrote down: the whole graph
  is curated, and says so of itself;
- `/graph/curated`: what people know of single documents (`graph.curated`);
- `/graph/instruments`: the instruments that are cited and not held, as their citers describe them,
  and those that the register gives as the basis of a change (`graph.cited`);
- `/graph/ref`: the agencies, indicators and software that documents point to (`graph.reference`);
- `/graph/inferred`: what follows from all of these (`graph.inferred`);
- `/graph/meta`: the release as a dataset, with counts and with the quality of the rules
  (`graph.dataset`).

Where documents differ, the value that most of them state is taken, and the difference is said;
each document's own words stay in its graph. Nothing here depends on the order of loading.
"""

from collections.abc import Iterable, Iterator
from typing import TypeVar

import pyoxigraph as ox

import ontology
from graph import iris, terms
from graph.cited import is_instrument_iri
from graph.code_lists import code_statements
from graph.terms import node, quads_of, value_of
from ontology.terms import BASE

_GENID = f"{BASE}.well-known/genid/"

AnyTerm = TypeVar("AnyTerm", bound=terms.Term)


def ontology_quads() -> list[ox.Quad]:
    """Return vocabulary and code lists; a list's blank nodes get IRIs made from its content."""
    dataset = ox.Dataset(_read_all("ontology", ontology.VOCABULARY))
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0_SHA_256)
    written = [
        ox.Quad(_named(quad.subject), quad.predicate, _named(quad.object), quad.graph_name)
        for quad in dataset
    ]
    return [*written, *quads_of(iris.SHARED_GRAPHS["ontology"], code_statements())]


def register_quads() -> list[ox.Quad]:
    """Return the register of agencies as it was written down.

    The instruments that it names are described together with those that documents cite.
    """
    return [
        quad
        for quad in _read_all("register", ontology.REGISTER)
        if not is_instrument_iri(value_of(quad.subject))
    ]


def _read_all(graph: str, names: Iterable[str]) -> Iterator[ox.Quad]:
    name_of_graph = node(iris.SHARED_GRAPHS[graph])
    for name in names:
        for quad in ox.parse(
            ontology.read(name),
            ox.RdfFormat.TURTLE,
            rename_blank_nodes=True,
            without_named_graphs=True,
        ):
            yield ox.Quad(quad.subject, quad.predicate, quad.object, name_of_graph)


def _named(term: AnyTerm) -> AnyTerm | ox.NamedNode:
    return node(f"{_GENID}{term.value}") if isinstance(term, ox.BlankNode) else term
