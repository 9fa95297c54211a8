"""The release says how well the rules read, and what it holds."""

from decimal import Decimal
from pathlib import Path

import pytest

from graph import iris
from graph.measuring import measure_quality, to_json
from graph.quality import Figures, quality_statements, read_quality
from graph.store import Store
from graph.terms import node, value_of
from ontology.terms import BASE, CANCU, DQV, RDF_TYPE, VOID
from tests.conftest import ROOT

META = iris.SHARED_GRAPHS["meta"]
DATASET = f"{BASE}dataset"


@pytest.fixture(scope="module")
def store(corpus_store: Path) -> Store:
    return Store(corpus_store)


def value(store: Store, subject: str, predicate: str) -> str:
    (quad,) = store.database.quads_for_pattern(node(subject), node(predicate), None)
    return value_of(quad.object)


def test_the_figures_are_those_that_a_fresh_measurement_gives(store: Store) -> None:
    fresh = measure_quality(ROOT / "tests" / "gold", ROOT / "corpus", store)

    # Run scripts/quality after a change of the rules.
    assert (ROOT / "graph/data/quality.json").read_text(encoding="utf-8") == to_json(fresh)
    assert fresh == read_quality()


@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        (Figures("roles", 8, 10, 16), ["0.5", "0.8", "0.6154", "10"]),
        # Nothing was to be found, and nothing was.
        (Figures("roles", 0, 0, 0), ["1", "1", "1", "0"]),
        (Figures("roles", 0, 5, 0), ["1", "0", "0", "5"]),
    ],
)
def test_metrics_follow_from_the_counts(figures: Figures, expected: list[str]) -> None:
    assert [value.normalize() for _, value in figures.values()] == [Decimal(e) for e in expected]


def test_each_extractor_is_measured_by_each_metric(store: Store) -> None:
    for one in read_quality().figures:
        for metric, expected in one.values():
            iri = f"{BASE}quality/{one.extractor}/{metric}"
            assert value(store, iri, RDF_TYPE) == DQV.QualityMeasurement
            assert Decimal(value(store, iri, DQV.value)) == expected
            assert value(store, iri, DQV.isMeasurementOf) == f"{BASE}quality/metric/{metric}"
            assert value(store, iri, CANCU.ofExtractor) == f"{BASE}code/extractor/{one.extractor}"
    rate = value(store, f"{BASE}quality/quotes/verified-quote-rate", DQV.value)
    assert rate == "1"


def test_whatever_a_measurement_points_to_is_described() -> None:
    statements = list(quality_statements(read_quality()))

    subjects = {subject for subject, _, _ in statements}
    pointed = {
        end
        for _, predicate, end in statements
        if predicate in (DQV.isMeasurementOf, DQV.inDimension, DQV.computedOn)
    }
    assert pointed
    assert pointed - subjects == set()


# --- What the release holds ---


def test_the_dataset_counts_the_triples_of_all_graphs_but_its_own(store: Store) -> None:
    counted = {
        value_of(quad.object): int(value(store, value_of(quad.object), VOID.triples))
        for quad in store.database.quads_for_pattern(node(DATASET), node(VOID.subset), None)
    }

    graphs = store.release.graphs
    assert counted == {name: entry.quads for name, entry in graphs.items() if name != META}
    assert int(value(store, DATASET, VOID.triples)) == sum(counted.values())
    assert int(value(store, DATASET, VOID.documents)) == len(store.release.documents)


def test_the_dataset_counts_classes_and_properties(store: Store) -> None:
    def partition(link: str, of: str, count: str) -> dict[str, int]:
        parts = store.database.quads_for_pattern(node(DATASET), node(link), None)
        return {
            value(store, value_of(part.object), of): int(value(store, value_of(part.object), count))
            for part in parts
        }

    classes = partition(VOID.classPartition, VOID.class_, VOID.entities)
    properties = partition(VOID.propertyPartition, VOID.property, VOID.triples)
    assert classes[CANCU.Task] == 300
    assert classes[CANCU.Document] == 5
    assert sum(properties.values()) == int(value(store, DATASET, VOID.triples))


def test_the_description_does_not_name_the_release_that_it_is_part_of(store: Store) -> None:
    described = store.database.quads_for_pattern(None, None, None, node(META))

    assert not any(store.release.id in str(quad) for quad in described)
    assert META in store.release.graphs
