"""The release described as a dataset: what it holds, counted by graph, class and property.

The description counts all other graphs and not itself, and it does not name the release: the id of
a release is the digest of all its graphs, this one among them. `release.json` holds the id, the
release before it and the day; `cancu stats` prints them.
"""

from collections.abc import Iterator

import pyoxigraph as ox

from graph import iris, terms
from graph.agency_quads import Statement
from graph.terms import value_of
from ontology import terms as vocabularies
from ontology.terms import BASE, CANCU, DCAT, DCTERMS, RDF_TYPE, RDFS_LABEL, VOID

DATASET = f"{BASE}dataset"
_VERSION = f"{BASE}ns/0.2.0"
_LICENCE = "https://www.apache.org/licenses/LICENSE-2.0"
_DOCUMENTS = f"SELECT DISTINCT ?document {{ ?document a <{CANCU.Document}> }}"
_GRAPHS = "SELECT ?graph (COUNT(*) AS ?count) { GRAPH ?graph { ?s ?p ?o } } GROUP BY ?graph"
_SUBJECTS = "SELECT (COUNT(DISTINCT ?s) AS ?count) { ?s ?p ?o }"
_CLASSES = "SELECT ?of (COUNT(DISTINCT ?s) AS ?count) { ?s a ?of } GROUP BY ?of"
_PROPERTIES = "SELECT ?of (COUNT(*) AS ?count) { ?s ?of ?o } GROUP BY ?of"


def dataset_statements(store: ox.Store) -> Iterator[Statement]:
    """Yield the description of all that a store holds at the moment."""
    yield DATASET, RDF_TYPE, VOID.Dataset
    yield DATASET, RDF_TYPE, DCAT.Dataset
    for language, words in _WORDS.items():
        yield DATASET, RDFS_LABEL, terms.label(words[0], language)
        yield DATASET, DCTERMS.description, terms.label(words[1], language)
    yield DATASET, DCTERMS.license, _LICENCE
    yield DATASET, DCTERMS.conformsTo, _VERSION
    yield DATASET, VOID.uriSpace, terms.text(BASE)
    for namespace in _namespaces():
        yield DATASET, VOID.vocabulary, namespace
    documents = [value_of(row["document"]) for row in _rows(store, _DOCUMENTS)]
    yield DATASET, VOID.documents, terms.integer(len(documents))
    for document in documents:
        yield DATASET, VOID.exampleResource, document
    for row in _rows(store, _SUBJECTS):
        yield DATASET, VOID.distinctSubjects, _count(row)
    yield from _parts(store)


_WORDS = {
    "vi": (
        "Căn Cứ: đồ thị tri thức về văn bản chính sách Việt Nam",
        "Văn bản, nhiệm vụ, phân công, thời hạn, chỉ tiêu và viện dẫn, mỗi dữ kiện kèm câu chữ"
        " chứng minh.",
    ),
    "en": (
        "Căn Cứ: a knowledge graph of Vietnamese policy documents",
        "Documents, tasks, roles, deadlines, targets and citations, each fact with the words that"
        " prove it.",
    ),
}


def _parts(store: ox.Store) -> Iterator[Statement]:
    """Yield the named graphs, and how often each class and property is used."""
    total = 0
    for row in _rows(store, _GRAPHS):
        graph = value_of(row["graph"])
        yield DATASET, VOID.subset, graph
        yield graph, RDF_TYPE, VOID.Dataset
        yield graph, VOID.triples, _count(row)
        total += int(value_of(row["count"]))
    yield DATASET, VOID.triples, terms.integer(total)
    for query, partition, of, count in (
        (_CLASSES, VOID.classPartition, VOID.class_, VOID.entities),
        (_PROPERTIES, VOID.propertyPartition, VOID.property, VOID.triples),
    ):
        for row in _rows(store, query):
            what = value_of(row["of"])
            part = f"{DATASET}/{of.rsplit('#', 1)[1]}/{iris.slug(what.split('://', 1)[-1])}"
            yield DATASET, partition, part
            yield part, RDF_TYPE, VOID.Dataset
            yield part, of, what
            yield part, count, _count(row)


def _namespaces() -> list[str]:
    found = (getattr(names, "NS", None) for names in vars(vocabularies).values())
    return sorted({namespace for namespace in found if isinstance(namespace, str)})


def _rows(store: ox.Store, query: str) -> Iterator[ox.QuerySolution]:
    solutions = store.query(query, use_default_graph_as_union=True)
    assert isinstance(solutions, ox.QuerySolutions)  # noqa: S101 - all queries here are SELECT
    return iter(solutions)


def _count(row: ox.QuerySolution) -> ox.Literal:
    return terms.integer(int(value_of(row["count"])))
