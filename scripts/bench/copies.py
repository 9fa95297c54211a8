"""A large graph made of copies of the shipped documents, the same each time.

Each copy of the five documents stands in provinces of its own. Of the central instruments that it
cites, some are those of all copies and some its own, and some of its plans rest on the same plan of
the copy before. The choice is made by a generator with a fixed seed.
"""

import random
import re
from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from graph import iris
from graph.dump import graph_quads
from graph.releases import DocumentEntry
from graph.store import Store
from ontology.terms import BASE, CANCU, RDF_TYPE

SEED = 57
INFERRED = iris.SHARED_GRAPHS["inferred"]
COPIED = [iris.SHARED_GRAPHS[name] for name in ("instruments", "curated")]

_INSTRUMENT = re.compile(rf"<{BASE}eli/vn/([^/>]+)(/[^>]*)>")
_DIGEST = re.compile(r"(/graph/doc/|/curated/)([0-9a-f]{8})")
_STEPS_OF_CENTRAL = 3
_ITS_OWN, _RESTS_ON_THE_LAST = 0.4, 0.2


class Copies:
    """Makes copies of the documents of a release."""

    def __init__(self, store: Store) -> None:
        self._random = random.Random(SEED)  # noqa: S311 - no secret
        self._documents = store.release.documents
        graphs = [*(entry.graph for entry in self._documents), *COPIED]
        self._text = "".join(lines(graph_quads(store.database, graph)) for graph in graphs)
        every = {graph.value for graph in store.database.named_graphs()}
        shared = sorted(every - {INFERRED, *graphs})
        self.shared = [quad for graph in shared for quad in graph_quads(store.database, graph)]
        self.quads = self._text.count("\n")

    def make(self, number: int) -> str:
        """Return one copy as N-Quads."""
        own: dict[str, bool] = {}

        def renamed(match: re.Match[str]) -> str:
            is_central = match[1] != "_" and match[2].count("/") == _STEPS_OF_CENTRAL
            if not is_central:
                return _placed(match, number)
            is_own = own.setdefault(match[0], self._random.random() < _ITS_OWN)
            return f"{match[0][:-1]}-{number}>" if is_own else match[0]

        text = _INSTRUMENT.sub(renamed, self._text)
        text = _DIGEST.sub(lambda match: match[1] + _digest(match[2], number), text)
        return text + "".join(self._bases(number))

    def documents(self, number: int) -> Iterator[DocumentEntry]:
        """Yield what a release says of the documents of one copy."""
        for entry in self._documents:
            iri = _INSTRUMENT.sub(lambda match: _placed(match, number), f"<{entry.iri}>")[1:-1]
            short = _digest(entry.sha256[: iris.SHORT_DIGEST], number)
            yield DocumentEntry(
                iri=iri,
                graph=iris.document_graph(short),
                name=f"{number}-{entry.name}",
                sha256=short + entry.sha256[iris.SHORT_DIGEST :],
                title=entry.title,
            )

    def _bases(self, number: int) -> Iterator[str]:
        """Yield statements that a plan rests on the same plan of the copy before."""
        for entry in self._documents:
            if number and self._random.random() < _RESTS_ON_THE_LAST:
                plan, last = (
                    _INSTRUMENT.sub(lambda m, n=copy: _placed(m, n), f"<{entry.iri}>")
                    for copy in (number, number - 1)
                )
                graph = iris.document_graph(_digest(entry.sha256[: iris.SHORT_DIGEST], number))
                for predicate, end in (
                    (RDF_TYPE, f"<{CANCU.BasisStatement}>"),
                    (CANCU.citationKind, f"<{iris.code('citation-kind', 'based-on')}>"),
                    (CANCU.inDocument, plan),
                    (CANCU.aboutInstrument, last),
                ):
                    yield f"{plan[:-1]}/can-cu/0> <{predicate}> {end} <{graph}> .\n"


def _placed(match: re.Match[str], number: int) -> str:
    """Put what an organ of a province issued, or of one that is not said, into the copy's own."""
    if match[1] == "_":
        return f"<{BASE}eli/vn/_/{number:x}-{match[2][1:]}>"
    return f"<{BASE}eli/vn/{match[1]}-{number}{match[2]}>"


def _digest(of: str, number: int) -> str:
    return iris.digest(f"{of} {number}")


def lines(quads: Iterable[ox.Quad]) -> str:
    """Return quads as N-Quads."""
    return (ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b"").decode()
