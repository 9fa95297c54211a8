"""Answers of the worker processes: the same as the store's own, in every format and dataset."""

import asyncio
import json
from pathlib import Path

import pyoxigraph as ox
import pytest

from graph.engine.asking import Engine, Question
from graph.engine.limits import Limits
from graph.engine.pool import Pool
from graph.errors import (
    FormatError,
    NoReleaseError,
    QueryError,
    QuerySyntaxError,
    RefusedQueryError,
    StoreError,
    UnknownReleaseError,
)
from graph.store import Store
from tests.graph.engine.conftest import Ask

COUNT = "SELECT (COUNT(*) AS ?n) { ?task a cancu:Task }"
GRAPH = "CONSTRUCT { ?t a cancu:Task } { SELECT ?t { ?t a cancu:Task } ORDER BY ?t LIMIT 3 }"


@pytest.fixture(scope="module")
def store(corpus_store: Path) -> Store:
    return Store(corpus_store)


def test_it_keeps_the_promise(runner: asyncio.Runner, pool: Pool, store: Store) -> None:
    engine: Engine = pool

    async def current() -> str:
        return engine.current()

    assert runner.run(current()) == store.release.id


@pytest.mark.parametrize("written_as", ["json", "xml", "csv", "tsv"])
def test_tables(written_as: str, ask: Ask, store: Store) -> None:
    text = "SELECT ?t ?d { ?t a cancu:Task ; cancu:text ?d } ORDER BY ?t LIMIT 5000"

    answer = ask(Question(text, written_as))  # type: ignore[arg-type]

    assert answer == store.query(text, written_as)
    assert len(answer) > 64 * 1024


@pytest.mark.parametrize("written_as", ["ttl", "nt", "jsonld"])
def test_graphs(written_as: str, ask: Ask, store: Store) -> None:
    answer = ask(Question(GRAPH, written_as))  # type: ignore[arg-type]

    assert sorted(answer.splitlines()) == sorted(store.query(GRAPH, written_as).splitlines())


def test_a_graph_as_rdf_xml(ask: Ask) -> None:
    written = list(ox.parse(ask(Question(GRAPH, "rdf")), format=ox.RdfFormat.RDF_XML))
    expected = list(ox.parse(ask(Question(GRAPH, "nt")), format=ox.RdfFormat.N_TRIPLES))

    assert len(expected) == 3
    assert sorted(map(str, written)) == sorted(map(str, expected))


def test_truth(ask: Ask) -> None:
    assert json.loads(ask(Question("ASK { ?t a cancu:Task }")))["boolean"] is True
    assert ask(Question("ASK { ?t a cancu:Ship }", "csv")) == b"false"


def test_description(ask: Ask) -> None:
    task = json.loads(ask(Question("SELECT ?t { ?t a cancu:Task } LIMIT 1")))
    iri = task["results"]["bindings"][0]["t"]["value"]

    assert f"<{iri}>".encode() in ask(Question(f"DESCRIBE <{iri}>", "nt"))


def test_a_small_answer_is_one_chunk(runner: asyncio.Runner, pool: Pool) -> None:
    async def chunks() -> list[bytes]:
        return [chunk async for chunk in (await pool.ask(Question(COUNT))).chunks]

    assert len(runner.run(chunks())) == 1


def test_a_large_answer_is_never_held_as_a_whole(runner: asyncio.Runner, pool: Pool) -> None:
    async def chunks() -> list[int]:
        answer = await pool.ask(Question("SELECT * { ?s ?p ?o }", "csv"))
        return [len(chunk) async for chunk in answer.chunks]

    sizes = runner.run(chunks())

    assert max(sizes) <= 64 * 1024
    assert sum(sizes) > 5_000_000


def test_a_long_query(ask: Ask) -> None:
    # It takes several packets to the worker, and is read by a thread.
    values = " ".join(f'"{number:060}"' for number in range(12_000))

    answer = ask(Question(f"SELECT (COUNT(*) AS ?n) {{ VALUES ?x {{ {values} }} }}", "csv"))

    assert answer == b"n\r\n12000\r\n"


@pytest.mark.parametrize(
    ("kind", "value", "written"),
    [
        ("string", 'a "b"', '"a \\"b\\""'),
        ("integer", "12", "12"),
        ("iri", "http://e/a", "<http://e/a>"),
        ("date", "2025-01-31", '"2025-01-31"^^<http://www.w3.org/2001/XMLSchema#date>'),
    ],
)
def test_bindings(kind: str, value: str, written: str, ask: Ask) -> None:
    question = Question("SELECT ?x { }", "tsv", bindings={"x": (kind, value)})

    assert ask(question).decode() == f"?x\n{written}\n"


class TestDatasets:
    """The default graph is the union, unless question or query name another; the former wins."""

    @pytest.fixture
    def graphs(self, ask: Ask) -> list[str]:
        text = "SELECT ?g { GRAPH ?g { ?d a cancu:Document } } GROUP BY ?g ORDER BY ?g LIMIT 2"
        found = json.loads(ask(Question(text)))["results"]["bindings"]
        return [row["g"]["value"] for row in found]

    @pytest.mark.parametrize(
        ("clauses", "default", "named", "expected"),
        [
            ("", "", "", "all all"),
            ("FROM <0>", "", "", "one none"),
            ("FROM <0> FROM NAMED <1>", "", "", "one other"),
            ("FROM NAMED <0>", "", "", "none one"),
            ("", "0", "", "one none"),
            ("", "", "0", "none one"),
            ("", "0", "1", "one other"),
            ("FROM <1> FROM NAMED <1>", "0", "", "one none"),
            ("FROM <1>", "", "0", "none one"),
        ],
    )
    def test_dataset(
        self, clauses: str, default: str, named: str, expected: str, graphs: list[str], ask: Ask
    ) -> None:
        for at, graph in enumerate(graphs):
            clauses = clauses.replace(f"<{at}>", f"<{graph}>")
        question = Question(
            f"SELECT (SAMPLE(?a) AS ?d) (SAMPLE(?b) AS ?n) {clauses} {{"
            " { SELECT (COUNT(*) AS ?a) { ?s ?p ?o } }"
            " { SELECT (COUNT(*) AS ?b) { GRAPH ?g { ?s ?p ?o } } } }",
            "csv",
            default_graphs=tuple(graphs[int(at)] for at in default),
            named_graphs=tuple(graphs[int(at)] for at in named),
        )
        sizes = {self._size(graphs[0], ask): "one", self._size(graphs[1], ask): "other", 0: "none"}

        counts = ask(question).decode().split()[1].split(",")

        assert " ".join(sizes.get(int(count), "all") for count in counts) == expected

    @staticmethod
    def _size(graph: str, ask: Ask) -> int:
        text = f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}"
        return int(ask(Question(text, "csv")).split()[1])

    def test_too_many_graphs(self, ask: Ask) -> None:
        many = tuple(f"http://e/{number}" for number in range(257))

        with pytest.raises(RefusedQueryError, match="256 graphs"):
            ask(Question(COUNT, default_graphs=many))

    def test_no_iri(self, ask: Ask) -> None:
        with pytest.raises(QueryError, match="IRI"):
            ask(Question(COUNT, default_graphs=("not an iri",)))


@pytest.mark.parametrize(
    ("question", "error", "message"),
    [
        (Question("SELECT * {\n ?s ?p }"), QuerySyntaxError, "2:9"),
        (Question("SELECT ?x { BIND(1 AS ?x) BIND(2 AS ?x) }"), QuerySyntaxError, "error at 1"),
        (Question("SELECT (<http://e/f>(1) AS ?x) {}"), QueryError, "http://e/f"),
        (Question("CLEAR ALL"), RefusedQueryError, "CLEAR"),
        (Question("ASK {}", "ttl"), FormatError, "json, xml, csv, tsv"),
        (Question("DESCRIBE <http://e/>", "csv"), FormatError, "ttl, nt, rdf, jsonld"),
        (Question("ASK {}", bindings={"x": ("iri", "no iri")}), QueryError, "Invalid IRI"),
        (
            Question("ASK {}", bindings={"x": ("string", "x" * (2**20 + 1))}),
            RefusedQueryError,
            "beside",
        ),
        (Question("ASK {}", release="../store"), UnknownReleaseError, "store"),
        (Question("ASK {}", release=""), UnknownReleaseError, "''"),
    ],
)
def test_errors(question: Question, error: type[Exception], message: str, ask: Ask) -> None:
    with pytest.raises(error, match=message) as caught:
        ask(question)

    assert "\n" not in str(caught.value)
    assert ask(Question("ASK {}", "csv")) == b"true"


def test_the_place_of_a_syntax_error(ask: Ask) -> None:
    with pytest.raises(QuerySyntaxError) as caught:
        ask(Question("SELECT * {\n ?s ?p }"))

    assert (caught.value.line, caught.value.column) == (2, 9)


def test_a_folder_without_a_release(tmp_path: Path) -> None:
    with pytest.raises(NoReleaseError):
        asyncio.run(Pool(tmp_path, Limits()).start())


def test_a_damaged_database(tmp_path: Path, store: Store) -> None:
    release = tmp_path / "releases" / store.release.id
    (release / "db").mkdir(parents=True)
    (release / "db" / "CURRENT").write_text("nothing")
    (release / "release.json").write_text(store.release.to_json())
    (tmp_path / "current").write_text(store.release.id)
    pool = Pool(tmp_path, Limits(workers=1, spare=0))

    async def start() -> None:
        try:
            await pool.start()
        finally:
            await pool.stop()

    with pytest.raises(StoreError):
        asyncio.run(start())


def test_an_engine_that_is_not_started(tmp_path: Path) -> None:
    async def current() -> str:
        return Pool(tmp_path).current()

    with pytest.raises(StoreError, match="not started"):
        asyncio.run(current())
