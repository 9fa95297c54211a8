"""The release described as a dataset: what it holds, counted by graph, class and property.

The description counts all other graphs and not itself, and it does not name the release: the id of
a release is the digest of all its graphs, this one among them. `release.json` holds the id, the
release before it and the day; `cancu stats` prints them.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import pyoxigraph as ox

from graph import iris, terms
from graph.asked import rows
from graph.quality import quality_statements, read_quality
from graph.terms import Statement, node, quads_of, value_of
from ontology import terms as vocabularies
from ontology.terms import BASE, CANCU, DCAT, DCTERMS, RDF_TYPE, RDFS_LABEL, VOID

DATASET = f"{BASE}dataset"
_META = iris.SHARED_GRAPHS["meta"]
_VERSION = f"{BASE}ns/0.2.0"
_LICENCE = "https://www.apache.org/licenses/LICENSE-2.0"
_DOCUMENTS = f"SELECT DISTINCT ?document {{ ?document a <{CANCU.Document}> }}"
_GRAPHS = "SELECT ?of (COUNT(*) AS ?count) { GRAPH ?of { ?s ?p ?o } } GROUP BY ?of"
_SUBJECTS = "SELECT (COUNT(DISTINCT ?s) AS ?count) { ?s ?p ?o }"
_CLASSES = "SELECT ?of (COUNT(DISTINCT ?s) AS ?count) { ?s a ?of } GROUP BY ?of"
_PROPERTIES = "SELECT ?of (COUNT(*) AS ?count) { ?s ?of ?o } GROUP BY ?of"


@dataclass(frozen=True, slots=True)
class Statistics:
    """What a release counts, the description of the dataset aside.

    Attributes:
        subjects: nodes of which something is said.
        graphs: quads by graph.
        classes: members by class.
        properties: quads by property.
    """

    subjects: int = 0
    graphs: Mapping[str, int] = field(default_factory=dict)
    classes: Mapping[str, int] = field(default_factory=dict)
    properties: Mapping[str, int] = field(default_factory=dict)

    @property
    def documents(self) -> int:
        """Return how many documents there are."""
        return self.classes.get(CANCU.Document, 0)

    @property
    def quads(self) -> int:
        """Return how many quads all graphs have."""
        return sum(self.graphs.values())

    def changed(
        self,
        before: ox.Store,
        after: ox.Store,
        gone: Iterable[ox.Quad],
        came: Iterable[ox.Quad],
    ) -> "Statistics":
        """Return the statistics after a change, at a cost that depends on its size alone.

        Args:
            before: the store before the change.
            after: the store after it; neither has other quads in graphs that are counted.
            gone: the quads that are only in the first.
            came: the quads that are only in the second.
        """
        old, new = list(gone), list(came)
        graphs, properties = Counter(self.graphs), Counter(self.properties)
        for counter, of in ((graphs, _graph), (properties, _property)):
            counter.update(map(of, new))
            counter.subtract(map(of, old))
        classes = Counter(self.classes)
        for member, kind in _kinds(old) ^ _kinds(new):  # those in both are what they were
            was, is_now = (_stands(store, member, kind) for store in (before, after))
            classes[value_of(kind)] += is_now - was
        # What is in both lists stood before and stands after.
        left, entered = {quad.subject for quad in old}, {quad.subject for quad in new}
        fewer = sum(not _stands(after, one) for one in left - entered)
        more = sum(not _stands(before, one) for one in entered - left)
        subjects = self.subjects + more - fewer
        return Statistics(subjects, _counted(graphs), _counted(classes), _counted(properties))


def _kinds(quads: Iterable[ox.Quad]) -> set[tuple[terms.Term, terms.Term]]:
    is_a = node(RDF_TYPE)
    return {(quad.subject, quad.object) for quad in quads if quad.predicate == is_a}


def count(store: ox.Store) -> Statistics:
    """Count what a store holds, which has no description of the dataset yet."""
    counts = (
        {value_of(row["of"]): int(value_of(row["count"])) for row in rows(store, query)}
        for query in (_GRAPHS, _CLASSES, _PROPERTIES)
    )
    graphs, classes, properties = counts
    subjects = next(int(value_of(row["count"])) for row in rows(store, _SUBJECTS))
    return Statistics(subjects, graphs, classes, properties)


def documents_of(store: ox.Store) -> Iterator[str]:
    """Yield the documents that a store holds."""
    return (value_of(row["document"]) for row in rows(store, _DOCUMENTS))


def dataset_quads(statistics: Statistics, documents: Iterable[str]) -> list[ox.Quad]:
    """Return the description of a release: what it is, what it holds, and how well the rules read.

    Args:
        statistics: what it counts.
        documents: those that it holds.
    """
    statements = [
        *_fixed(),
        *quality_statements(read_quality()),
        *_counts(statistics),
        *_parts(statistics),
        *_examples(documents),
    ]
    return quads_of(_META, statements)


def revised_dataset_quads(
    old: Statistics, new: Statistics, gone: Iterable[str], came: Iterable[str]
) -> tuple[set[ox.Quad], set[ox.Quad]]:
    """Return the quads that a description loses and gains when its counts change.

    Args:
        old: the counts before, and ...
        new: after the change.
        gone: documents that are no longer held.
        came: documents that were not held.
    """
    before = quads_of(_META, [*_counts(old), *_parts(_unlike(old, new)), *_examples(gone)])
    after = quads_of(_META, [*_counts(new), *_parts(_unlike(new, old)), *_examples(came)])
    return set(before) - set(after), set(after) - set(before)


def _unlike(one: Statistics, other: Statistics) -> Statistics:
    """Return those counts that two statistics do not share."""
    return Statistics(
        graphs=dict(one.graphs.items() - other.graphs.items()),
        classes=dict(one.classes.items() - other.classes.items()),
        properties=dict(one.properties.items() - other.properties.items()),
    )


def _fixed() -> Iterator[Statement]:
    """Yield what holds of every release."""
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


def _counts(statistics: Statistics) -> Iterator[Statement]:
    yield DATASET, VOID.documents, terms.integer(statistics.documents)
    yield DATASET, VOID.distinctSubjects, terms.integer(statistics.subjects)
    yield DATASET, VOID.triples, terms.integer(statistics.quads)


def _examples(documents: Iterable[str]) -> Iterator[Statement]:
    for document in documents:
        yield DATASET, VOID.exampleResource, document


def _parts(statistics: Statistics) -> Iterator[Statement]:
    """Yield the named graphs, and how often each class and property is used."""
    for graph, quads in statistics.graphs.items():
        yield DATASET, VOID.subset, graph
        yield graph, RDF_TYPE, VOID.Dataset
        yield graph, VOID.triples, terms.integer(quads)
    for counted, partition, of, measure in (
        (statistics.classes, VOID.classPartition, VOID.class_, VOID.entities),
        (statistics.properties, VOID.propertyPartition, VOID.property, VOID.triples),
    ):
        for what, number in counted.items():
            part = f"{DATASET}/{of.rsplit('#', 1)[1]}/{iris.slug(what.split('://', 1)[-1])}"
            yield DATASET, partition, part
            yield part, RDF_TYPE, VOID.Dataset
            yield part, of, what
            yield part, measure, terms.integer(number)


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


def _namespaces() -> list[str]:
    found = (getattr(names, "NS", None) for names in vars(vocabularies).values())
    return sorted({namespace for namespace in found if isinstance(namespace, str)})


def _graph(quad: ox.Quad) -> str:
    return value_of(quad.graph_name) if isinstance(quad.graph_name, ox.NamedNode) else ""


def _property(quad: ox.Quad) -> str:
    return quad.predicate.value


def _stands(store: ox.Store, subject: terms.Term, kind: terms.Term | None = None) -> bool:
    """Tell whether anything is said of a node, or that it is a member of a class.

    What the description of the dataset says does not count.
    """
    predicate = node(RDF_TYPE) if kind else None
    quads = store.quads_for_pattern(subject, predicate, kind)  # type: ignore[arg-type]
    return any(quad.graph_name != node(_META) for quad in quads)


def _counted(counter: Counter[str]) -> dict[str, int]:
    """Return the counts that are not nothing, in a stable order."""
    return {what: number for what, number in sorted(counter.items()) if number}
