"""The stores that are measured: a release of about so many statements, its N-Quads beside it."""

import hashlib
import random
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

import pyoxigraph as ox

from graph.dump import content_id
from graph.load import load_documents
from graph.plan import Loadable
from graph.releases import DocumentEntry, Folder, GraphEntry, Release
from graph.report import Report
from graph.store import Store
from loaders.corpus import document_paths
from loaders.extract import extract
from loaders.source import read_document
from scripts.bench.copies import SEED, Copies, lines

CORPUS = Path(__file__).resolve().parents[2] / "corpus"


@dataclass(frozen=True, slots=True)
class Built:
    """A store made for measuring.

    Attributes:
        path: the folder of the store, as `cancu serve` takes it.
        database: its database, as `oxigraph serve-read-only` takes it.
        nquads: all of it as N-Quads.
        quads: how many there are.
        documents: how many documents.
    """

    path: Path
    database: Path
    nquads: Path
    quads: int
    documents: int


def corpus_of(folder: Path) -> Store:
    """Load the shipped documents, unless they are loaded."""
    if Folder(folder).current() is None:
        paths = document_paths([CORPUS])
        load_documents(
            folder, [Loadable(extract(read_document(path)), path.read_bytes()) for path in paths]
        )
    return Store(folder)


def build(folder: Path, corpus: Store, quads: int) -> Built:
    """Make a store of at least so many quads out of copies of the corpus; keep it for next time."""
    made, nquads = Folder(folder / "store"), folder / "all.nq"
    if made.current() is None:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        release = _written(nquads, Copies(corpus), quads, corpus.release)
        made.incoming.mkdir(parents=True)
        (made.path / "releases").mkdir()
        (made.path / "sources").mkdir()
        store = ox.Store(str(made.incoming / "db"))
        store.bulk_load(path=nquads, format=ox.RdfFormat.N_QUADS)
        store.optimize()
        store.flush()
        del store
        made.publish(release, Report())
    release = made.published()
    database = made.database(release.id)
    return Built(made.path, database, nquads, release.quads, len(release.documents))


def tasks_of(built: Built, most: int) -> list[str]:
    """Return IRIs of tasks, chosen at random but the same each time."""
    store = ox.Store.read_only(str(built.database))
    rows = store.query(
        "SELECT ?task { ?task a <https://w3id.org/cancu/ns#Task> }", use_default_graph_as_union=True
    )
    tasks = sorted(str(row[0])[1:-1] for row in rows)  # type: ignore[union-attr]
    random.Random(SEED).shuffle(tasks)  # noqa: S311 - no secret
    return tasks[:most]


def _written(nquads: Path, copies: Copies, quads: int, corpus: Release) -> Release:
    """Write the statements of copies; return the release that they make."""
    graphs: dict[str, GraphEntry] = {}
    documents: list[DocumentEntry] = []
    shared = _by_graph(lines(copies.shared))
    with nquads.open("w", encoding="utf-8") as file:
        for number in _numbers(quads, copies.quads, sum(map(len, shared.values()))):
            documents += copies.documents(number)
            for graph, statements in _by_graph(copies.make(number)).items():
                if graph.startswith(documents[-1].graph[: -len("00000000")]):
                    graphs[graph] = _finished(file, statements)
                else:
                    shared.setdefault(graph, set()).update(statements)
        for graph, statements in shared.items():
            graphs[graph] = _finished(file, statements)
    return Release(
        id=content_id({name: graph.sha256 for name, graph in graphs.items()}),
        parent=None,
        created=corpus.created,
        rules=corpus.rules,
        documents=tuple(documents),
        graphs=dict(sorted(graphs.items())),
        conforms=True,
    )


def _numbers(quads: int, each: int, beside: int) -> Iterator[int]:
    yield from range(max(1, round((quads - beside) / each)))


def _by_graph(text: str) -> dict[str, set[str]]:
    graphs: dict[str, set[str]] = {}
    for line in text.split("\n"):
        if line:
            graphs.setdefault(line.rsplit("<", 1)[1][:-3], set()).add(line)
    return graphs


def _finished(file: TextIO, statements: set[str]) -> GraphEntry:
    text = "".join(f"{line}\n" for line in sorted(statements))
    file.write(text)
    return GraphEntry(hashlib.sha256(text.encode()).hexdigest(), len(statements))
