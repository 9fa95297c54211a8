"""A store made by hand: the four small graphs of the W3C's protocol tests, and one with bulk."""

from pathlib import Path

import pyoxigraph as ox

from graph.releases import Folder, GraphEntry, Release
from graph.report import Report

DATA = "http://kasei.us/2009/09/sparql/data/data{}.rdf"
BULK = "http://example.org/bulk"
BULK_ROWS = 20_000
_FOAF = "http://xmlns.com/foaf/0.1/"
_RDF_TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")


def publish(path: Path, release_id: str, quads: list[ox.Quad]) -> None:
    """Make a release of quads and publish it."""
    folder = Folder(path)
    folder.incoming.mkdir(parents=True)
    (path / "releases").mkdir(exist_ok=True)
    store = ox.Store(str(folder.incoming / "db"))
    store.bulk_extend(quads)
    store.flush()
    store.optimize()
    del store
    names = sorted({str(quad.graph_name)[1:-1] for quad in quads})
    graphs = {name: GraphEntry("0" * 64, 0) for name in names}
    release = Release(
        id=release_id,
        parent=None,
        created="2026-01-01T00:00:00+00:00",
        rules="toy",
        documents=(),
        graphs=graphs,
        conforms=True,
    )
    folder.publish(release, Report())


def toy_quads() -> list[ox.Quad]:
    """Return what the toy store holds."""
    quads = []
    for index in range(4):
        graph = ox.NamedNode(DATA.format(index))
        document = ox.NamedNode(f"{_FOAF}Document")
        quads.append(ox.Quad(graph, _RDF_TYPE, document, graph))
    bulk = ox.NamedNode(BULK)
    number = ox.NamedNode("http://example.org/number")
    for row in range(BULK_ROWS):
        subject = ox.NamedNode(f"http://example.org/row/{row}")
        quads.append(ox.Quad(subject, number, ox.Literal(row), bulk))
    return quads
