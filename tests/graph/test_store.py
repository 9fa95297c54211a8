import csv
import io
from pathlib import Path

import pyoxigraph as ox
import pytest

from graph.errors import FormatError, QueryError, StoreError
from graph.load import load_documents
from graph.store import Store
from ontology.terms import BASE
from tests.graph.small import DEADLINE, plan

OWN = f"{BASE}eli/vn/lai-chau/ubnd/kh/2025/12"
TASKS = "SELECT ?text { ?task a cancu:Task ; cancu:text ?text } ORDER BY ?text"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    path = tmp_path_factory.mktemp("store")
    load_documents(path, [plan("Xây dựng đề án", f"Báo cáo kết quả {DEADLINE}")])
    return Store(path)


def rows(answer: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(answer.decode())))


def test_the_union_of_graphs_answers(store: Store) -> None:
    assert rows(store.query(TASKS, "csv")) == [
        ["text"],
        [f"Báo cáo kết quả {DEADLINE}"],
        ["Xây dựng đề án"],
    ]


@pytest.mark.parametrize("answer_format", ["csv", "tsv", "json", "xml"])
def test_tables_have_four_formats(store: Store, answer_format: str) -> None:
    assert "Xây dựng đề án" in store.query(TASKS, answer_format).decode()


def test_an_iri_with_a_comma_is_one_field_of_csv(store: Store) -> None:
    answer = store.query("SELECT ?place ?end WHERE { ?place oa:end ?end }", "csv").decode()

    rows = list(csv.reader(answer.splitlines()))
    assert any("," in place for place, _ in rows)
    assert {len(row) for row in rows} == {2}


@pytest.mark.parametrize("answer_format", ["ttl", "nt", "jsonld"])
def test_graphs_have_three_formats(store: Store, answer_format: str) -> None:
    sparql = "CONSTRUCT { ?task cancu:text ?text } WHERE { ?task a cancu:Task ; cancu:text ?text }"

    assert "nhiem-vu/1" in store.query(sparql, answer_format).decode()


@pytest.mark.parametrize(
    ("sparql", "kind", "value"),
    [
        ("SELECT ?x ?wanted { ?x cancu:agencyName ?wanted }", "string", "Sở Tài chính"),
        (
            "SELECT ?x ?wanted { ?x cancu:latestDate ?day FILTER (?day <= ?wanted) }",
            "date",
            "2025-07-01",
        ),
        ("SELECT ?x ?wanted { ?x a cancu:Task ; cancu:order ?wanted }", "integer", "2"),
        ("CONSTRUCT WHERE { ?x cancu:inDocument ?wanted ; a cancu:Deadline }", "iri", OWN),
    ],
)
def test_variables_can_be_bound(store: Store, sparql: str, kind: str, value: str) -> None:
    is_graph = sparql.startswith("CONSTRUCT")
    answer = store.query(sparql, "nt" if is_graph else "csv", {"wanted": (kind, value)})

    assert len(answer.decode().splitlines()) > 1


def test_a_value_that_nothing_has_finds_nothing(store: Store) -> None:
    sparql = "SELECT ?x ?wanted { ?x cancu:agencyName ?wanted }"

    assert rows(store.query(sparql, "csv", {"wanted": ("string", "Sở Y tế")})) == [["x", "wanted"]]


@pytest.mark.parametrize(
    ("sparql", "reason"),
    [
        ("SELEC ?x {}", "error at 1:"),
        ("SELECT ?x { ?x nowhere:y ?z }", r"error at 1:\d+: an undeclared prefix"),
        # The engine binds only what it also gives back.
        ("SELECT ?x { ?x cancu:text ?wanted }", r"\?wanted in its SELECT"),
        # An update is no query.
        ("DELETE WHERE { ?a ?b ?c }", "error at 1:1"),
    ],
)
def test_a_query_that_cannot_be_read_says_where(store: Store, sparql: str, reason: str) -> None:
    with pytest.raises(QueryError, match=reason) as caught:
        store.query(sparql, "csv", {"wanted": ("string", "x")} if "wanted" in sparql else None)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("sparql", "answer_format", "reason"),
    [
        (TASKS, "ttl", "table .* csv, tsv, json, xml, not as 'ttl'"),
        ("CONSTRUCT WHERE { ?a ?b ?c }", "csv", "graph .* ttl, nt, jsonld, not as 'csv'"),
        (TASKS, "pdf", "not as 'pdf'"),
    ],
)
def test_an_answer_that_cannot_have_a_format(
    store: Store, sparql: str, answer_format: str, reason: str
) -> None:
    with pytest.raises(FormatError, match=reason):
        store.query(sparql, answer_format)


def test_the_canonical_dump_is_sorted_and_reads_back(store: Store) -> None:
    dump = store.dump()

    lines = dump.splitlines(keepends=True)
    assert lines == sorted(set(lines))
    assert len(lines) == store.release.quads == len(list(ox.parse(dump, ox.RdfFormat.N_QUADS)))


@pytest.mark.parametrize(
    ("dump_format", "engine_format"),
    [("trig", ox.RdfFormat.TRIG), ("ttl", ox.RdfFormat.TURTLE), ("jsonld", ox.RdfFormat.JSON_LD)],
)
def test_other_dumps_hold_as_much(
    store: Store, dump_format: str, engine_format: ox.RdfFormat
) -> None:
    parsed = list(ox.parse(store.dump(dump_format), engine_format))

    assert len(parsed) == store.release.quads


def test_a_dump_in_no_known_format_is_refused(store: Store) -> None:
    with pytest.raises(FormatError, match="nq, trig, ttl, jsonld"):
        store.dump("xlsx")


def test_sources_are_at_hand_even_if_the_file_moved(store: Store) -> None:
    (document,) = store.release.documents

    assert "Xây dựng đề án" in store.source(document.sha256).decode()
    with pytest.raises(StoreError, match="No such file"):
        store.source("0" * 64)


def test_the_release_lists_its_documents(store: Store, tmp_path: Path) -> None:
    (document,) = store.release.documents

    assert (document.iri, document.name) == (OWN, "plan.txt")
    assert document.title == "Kế hoạch thực hiện Nghị quyết số 57-NQ/TW"
    assert not tmp_path.samefile(".")
