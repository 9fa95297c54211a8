"""The engine for a store elsewhere gives the answers of the embedded one; a real foreign server."""

import asyncio
import json
from collections import Counter
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pyoxigraph as ox
import pytest

from graph.engine.asking import Answer, AnswerFormat, GraphFormat, Question, TableFormat
from graph.engine.endpoint import parse_endpoint
from graph.engine.limits import Limits
from graph.engine.remote import Remote
from graph.errors import (
    BrokenAnswerError,
    FormatError,
    GraphError,
    OverloadedError,
    QuerySyntaxError,
    QueryTimeoutError,
    RefusedQueryError,
    RemoteStoreError,
    UnknownReleaseError,
)
from graph.marker import MARKER_GRAPH
from graph.push import Target, push
from graph.store import Store
from queries.catalogue import NamedQuery, bind, named_queries
from tests.foreign import Foreign, oxigraph

# What searches texts or folds words needs the index and the functions of the embedded store.
SEARCHES = [query for query in named_queries() if "cancuf:" in query.text]
QUERIES = [query for query in named_queries() if query not in SEARCHES]
LIMITS = Limits(workers=2, seconds=20)
COUNT = "SELECT (COUNT(*) AS ?n) { ?task a cancu:Task }"


@pytest.fixture(scope="module")
def store(corpus_store: Path) -> Store:
    return Store(corpus_store)


@pytest.fixture(scope="module")
def foreign(store: Store, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Foreign]:
    with oxigraph(tmp_path_factory.mktemp("foreign")) as server:
        queries = parse_endpoint(server.url)
        push(store, Target(queries, queries.graph_store()))
        yield server


async def answered(url: str, question: Question, limits: Limits = LIMITS) -> tuple[Answer, bytes]:
    engine = Remote(parse_endpoint(url), limits)
    await engine.start()
    try:
        answer = await engine.ask(question)
        return answer, await answer.read()
    finally:
        await engine.stop()


def ask(url: str, question: Question, limits: Limits = LIMITS) -> bytes:
    return asyncio.run(answered(url, question, limits))[1]


@pytest.mark.parametrize("query", QUERIES, ids=[query.name for query in QUERIES])
def test_a_named_question_has_the_answer_of_the_embedded_store(
    query: NamedQuery, store: Store, foreign: Foreign
) -> None:
    bindings = bind(query, {})

    there = ask(foreign.url, Question(query.text, "csv", bindings=bindings)).decode()
    here = store.query(query.text, "csv", bindings).decode()

    assert there.splitlines()[0] == here.splitlines()[0]
    assert Counter(there.splitlines()) == Counter(here.splitlines())
    assert len(here.splitlines()) > 1


@pytest.mark.parametrize("query", SEARCHES, ids=[query.name for query in SEARCHES])
def test_a_named_question_that_searches_is_refused(query: NamedQuery, foreign: Foreign) -> None:
    with pytest.raises(RefusedQueryError, match="embedded store only"):
        ask(foreign.url, Question(query.text, bindings=bind(query, {})))


@pytest.mark.parametrize(
    ("text", "bindings"),
    [
        # The usual prefixes need no declaration, and declared ones keep their meaning.
        (COUNT, {}),
        ("PREFIX cancu: <urn:x:> SELECT (COUNT(*) AS ?n) { ?t a cancu:Task }", {}),
        ("# cancu:\nSELECT ?n { BIND('cancu:Task' AS ?n) }", {}),
        # A filter of a group within sees the value too.
        (
            "SELECT ?of ?t { { ?t cancu:order ?o FILTER(?o = ?of) } UNION { ?t cancu:order ?of } }",
            {"of": ("integer", "7")},
        ),
        (
            "SELECT ?of ?t { ?t a cancu:Task OPTIONAL { ?t cancu:order ?x FILTER(?x > ?of) } }",
            {"of": ("integer", "7")},
        ),
        (
            "SELECT ?of ?t { ?t cancu:order 3 FILTER NOT EXISTS { ?t cancu:order ?of } }",
            {"of": ("integer", "3")},
        ),
        # A subquery's variable of that name is its own, unless it is projected.
        (
            "SELECT ?of ?n { { SELECT (COUNT(?of) AS ?n) { ?t cancu:order ?of } } ?s ?p ?of }",
            {"of": ("integer", "3")},
        ),
        (
            "SELECT ?of ?n { { SELECT ?of (COUNT(*) AS ?n) { ?t cancu:order ?of } GROUP BY ?of } }",
            {"of": ("integer", "3")},
        ),
        ("SELECT ?of { { SELECT * { ?t cancu:order ?of } } }", {"of": ("integer", "3")}),
        # Data and templates are no groups.
        (
            "SELECT ?of ?k { VALUES (?k) { (1) (2) } VALUES ?of { 3 4 } ?t cancu:order ?of }",
            {"of": ("integer", "3")},
        ),
        ("CONSTRUCT { ?t cancu:order ?of } WHERE { ?t cancu:order ?of }", {"of": ("integer", "3")}),
        ("ASK { ?t cancu:order ?of }", {"of": ("integer", "300")}),
        (
            "SELECT ?of ?t { ?t cancu:order ?of } ORDER BY ?t LIMIT 5 OFFSET 2 # the end",
            {"of": ("integer", "3")},
        ),
    ],
)
def test_what_is_given_by_argument_is_said_in_the_text(
    text: str, bindings: dict[str, tuple[str, str]], store: Store, foreign: Foreign
) -> None:
    answer_format: AnswerFormat = "nt" if text.startswith("CONSTRUCT") else "csv"

    there = ask(foreign.url, Question(text, answer_format, bindings=bindings))
    here = store.query(text, answer_format, bindings)

    assert Counter(there.splitlines()) == Counter(here.splitlines())


@pytest.mark.parametrize(
    "value",
    [
        '"',
        "\\",
        '\\"',
        '" } } SELECT * { ?s ?p ?o } #',
        "\\u0022 . ?s ?p ?o . #",
        "\\\\u0022",
        "\\U00000022",
        "\n\r\t\b\f\x00\x7f",
        "'''\"\"\"",
        "Ủy ban 🇻🇳 \u2028",
        "",
    ],
)
def test_no_value_breaks_out(value: str, foreign: Foreign) -> None:
    question = Question("SELECT ?v { }", "json", bindings={"v": ("string", value)})

    answer = json.loads(ask(foreign.url, question))

    assert [row["v"]["value"] for row in answer["results"]["bindings"]] == [value]


def test_an_iri_that_is_none_is_refused(foreign: Foreign) -> None:
    bad = {"v": ("iri", "urn:x> ?p ?o } #")}

    with pytest.raises(GraphError, match="v cannot be"):
        ask(foreign.url, Question("SELECT ?v { }", bindings=bad))


@pytest.mark.parametrize("answer_format", ["json", "xml", "csv", "tsv"])
def test_tables_and_truth_values_in_every_format(
    answer_format: TableFormat, store: Store, foreign: Foreign
) -> None:
    for text in ("SELECT ?t ?o { ?t cancu:order ?o } ORDER BY ?t LIMIT 3", "ASK { ?t ?p ?o }"):
        there = ask(foreign.url, Question(text, answer_format))

        assert there == store.query(text, answer_format)


@pytest.mark.parametrize(
    ("answer_format", "rdf_format"),
    [
        ("ttl", ox.RdfFormat.TURTLE),
        ("nt", ox.RdfFormat.N_TRIPLES),
        ("rdf", ox.RdfFormat.RDF_XML),
        ("jsonld", ox.RdfFormat.JSON_LD),
    ],
)
def test_graphs_in_every_format(
    answer_format: GraphFormat, rdf_format: ox.RdfFormat, store: Store, foreign: Foreign
) -> None:
    text = "CONSTRUCT { ?t cancu:text ?text } WHERE { ?t cancu:order 3 ; cancu:text ?text }"

    there = ask(foreign.url, Question(text, answer_format))

    here = set(ox.parse(store.query(text, "nt"), format=ox.RdfFormat.N_TRIPLES))
    assert set(ox.parse(there, format=rdf_format)) == here
    assert here


@pytest.mark.parametrize(
    ("most_rows", "text", "rows", "is_capped"),
    [
        (4, "SELECT ?t { ?t a cancu:Task }", 4, True),
        (4, "SELECT ?t { ?t a cancu:Task } LIMIT 4", 4, False),
        (4, "SELECT ?t { ?t a cancu:Task } LIMIT 900 OFFSET 2", 4, True),
        (4, "SELECT ?t { ?t a cancu:Task { SELECT * {} LIMIT 900 } } VALUES ?x { 1 }", 4, True),
        (9999, "SELECT ?t { ?t a cancu:Task }", 300, False),
    ],
)
def test_an_answer_that_is_capped_says_so(
    most_rows: int, text: str, rows: int, is_capped: bool, foreign: Foreign
) -> None:
    question = Question(text, "csv", most_rows=most_rows)

    answer, whole = asyncio.run(answered(foreign.url, question))

    assert answer.capped == is_capped
    assert len(whole.splitlines()) == rows + 1


def test_a_graph_is_capped_too(foreign: Foreign) -> None:
    question = Question("CONSTRUCT WHERE { ?t cancu:order ?o }", "nt", most_rows=5)

    answer, whole = asyncio.run(answered(foreign.url, question))

    assert answer.capped
    assert whole.count(b"\n") == 5


def test_a_dataset_of_the_request_or_of_the_query_is_kept(store: Store, foreign: Foreign) -> None:
    graph = store.release.documents[0].graph
    count = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    expected = str(store.release.graphs[graph].quads).encode()

    by_request = ask(foreign.url, Question(count, "csv", default_graphs=(graph,)))
    by_query = ask(foreign.url, Question(count.replace("{", f"FROM <{graph}> {{"), "csv"))
    named = ask(
        foreign.url,
        Question("SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }", "csv", (graph,), (graph,)),
    )

    assert by_request.split() == by_query.split() == named.split() == [b"n", expected]


@pytest.mark.parametrize(
    ("question", "error", "words"),
    [
        (Question("SELECT * { ?s ?p"), QuerySyntaxError, ""),
        (Question(COUNT, "ttl"), FormatError, "ttl"),
        (Question("SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }"), RefusedQueryError, ""),
        (Question("SELECT (cancuf:fold('Đ') AS ?x) { }"), RefusedQueryError, "embedded"),
        (
            Question("SELECT (<https://w3id.org/cancu/function/fold>('Đ') AS ?x) { }"),
            RefusedQueryError,
            "embedded",
        ),
        (Question("DELETE WHERE { ?s ?p ?o }"), GraphError, ""),
        (Question(COUNT, release="0123456789abcdef"), UnknownReleaseError, "0123456789abcdef"),
    ],
)
def test_what_cannot_be_answered_is_told_clearly(
    question: Question, error: type[GraphError], words: str, foreign: Foreign
) -> None:
    with pytest.raises(error) as caught:
        ask(foreign.url, question)

    assert words in str(caught.value)


def test_a_mistake_is_told_at_its_place_in_the_text_that_was_asked(foreign: Foreign) -> None:
    # The guard takes this; the server does not: an aggregate in a filter.
    text = "SELECT ?t { ?t a cancu:Task ; cancu:order ?of\n FILTER(?nothing(?of)) }"

    with pytest.raises(QuerySyntaxError) as caught:
        ask(foreign.url, Question(text, bindings={"of": ("integer", "3")}))

    assert caught.value.line == 2
    assert caught.value.column is not None
    assert caught.value.column <= len(text.splitlines()[1])


def test_time_that_is_up_ends_the_question(foreign: Foreign) -> None:
    product = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"

    with pytest.raises(QueryTimeoutError, match=r"0\.3 seconds"):
        ask(foreign.url, Question(product, seconds=0.3))


def test_the_release_is_that_of_the_marker_and_can_be_named(store: Store, foreign: Foreign) -> None:
    answer, _ = asyncio.run(answered(foreign.url, Question(COUNT, release=store.release.id)))

    assert answer.release == store.release.id


def test_a_new_release_is_noticed(tmp_path: Path) -> None:
    async def run(server: Foreign) -> tuple[str, str]:
        engine = Remote(parse_endpoint(server.url), LIMITS, poll=0.05)
        await engine.start()
        try:
            before = engine.current()
            server.put(MARKER_GRAPH, marker("second"))
            async with asyncio.timeout(20):
                while engine.current() == before:
                    await asyncio.sleep(0.02)
            return before, engine.current()
        finally:
            await engine.stop()

    with oxigraph(tmp_path) as server:
        server.put(MARKER_GRAPH, marker("first"))
        assert asyncio.run(run(server)) == ("first", "second")


def marker(release: str) -> bytes:
    return f'<{MARKER_GRAPH}> <http://www.w3.org/ns/dcat#version> "{release}" .\n'.encode()


def test_a_store_into_which_nothing_was_pushed_is_refused_at_the_start(tmp_path: Path) -> None:
    with oxigraph(tmp_path) as server, pytest.raises(RemoteStoreError, match="cancu push"):
        ask(server.url, Question(COUNT))


def test_wrong_addresses_are_told_clearly(foreign: Foreign) -> None:
    for url, words in (
        ("http://127.0.0.1:1/query", "cannot be reached"),
        (f"{foreign.base}/nothing", "no SPARQL is spoken"),
        (foreign.base + "/", "no SPARQL"),
    ):
        with pytest.raises(RemoteStoreError, match=words):
            ask(url, Question(COUNT))


def test_an_answer_left_early_frees_the_connection(foreign: Foreign) -> None:
    async def run() -> bytes:
        engine = Remote(parse_endpoint(foreign.url), Limits(workers=1, spare=0, wait=5))
        await engine.start()
        try:
            for _ in range(4):
                answer = await engine.ask(Question("SELECT * { ?s ?p ?o }"))
                await anext(answer.chunks)
                await answer.chunks.aclose()  # type: ignore[attr-defined]
            return await (await engine.ask(Question(COUNT, "csv"))).read()
        finally:
            await engine.stop()

    assert asyncio.run(run()).split() == [b"n", b"300"]


class Script(BaseHTTPRequestHandler):
    """A server that answers as `Script.reply` says, once the engine has started."""

    reply: tuple[int, dict[str, str], bytes] = (200, {}, b"")
    release = "one"

    def do_POST(self) -> None:
        query = self.rfile.read(int(self.headers["Content-Length"]))
        json_type = {"Content-Type": "application/sparql-results+json"}
        status, headers, body = self.reply
        if b"release" in query and b"GRAPH" in query:
            row = {"release": {"type": "literal", "value": self.release}}
            answer = {"head": {"vars": ["release"]}, "results": {"bindings": [row]}}
            status, headers, body = 200, json_type, json.dumps(answer).encode()
        elif b"ASK" in query:
            status, headers, body = 200, json_type, b'{"head":{},"boolean":true}'
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None: ...


@pytest.fixture(scope="module")
def scripted() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Script)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}/sparql"
    server.shutdown()
    thread.join()
    server.server_close()


JSON = {"Content-Type": "application/sparql-results+json"}
ONE_ROW = b'{"head":{"vars":["x"]},"results":{"bindings":[{"x":{"type":"literal","value":"a"}}]}}'


@pytest.mark.parametrize("answer_format", ["json", "csv"])
@pytest.mark.parametrize(
    ("reply", "error"),
    [
        # "OK" and an answer that ends in the middle, with words or without.
        ((200, JSON, ONE_ROW[:-4]), BrokenAnswerError),
        ((200, JSON, ONE_ROW[:-4] + b"\nThe query has been cancelled"), BrokenAnswerError),
        # The connection breaks.
        ((200, JSON | {"Content-Length": "9999"}, ONE_ROW), BrokenAnswerError),
        # Virtuoso's word for an answer that it gave up.
        ((200, JSON | {"X-SQL-State": "S1TAT"}, ONE_ROW), QueryTimeoutError),
        ((200, {"Content-Type": "text/html"}, b"<html>"), RemoteStoreError),
        ((302, {"Location": "http://127.0.0.1:1/"}, b""), RemoteStoreError),
        ((401, {}, b""), RemoteStoreError),
        ((400, {}, b"MALFORMED QUERY at line 1, column 4"), QuerySyntaxError),
        ((413, {}, b""), RefusedQueryError),
        ((500, {}, b"<h1>out of memory</h1>"), RemoteStoreError),
        ((503, {"Retry-After": "7"}, b""), OverloadedError),
        ((504, {}, b""), QueryTimeoutError),
    ],
)
def test_what_goes_wrong_there_is_an_error_here(
    reply: tuple[int, dict[str, str], bytes],
    error: type[GraphError],
    answer_format: TableFormat,
    scripted: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(Script, "reply", reply)

    with pytest.raises(error):
        ask(scripted, Question("SELECT ?x { }", answer_format))


def test_a_cap_that_a_server_sets_itself_is_told(
    scripted: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    two = ONE_ROW.replace(b"}}]}}", b'}},{"x":{"type":"literal","value":"b"}}]}}')
    monkeypatch.setattr(Script, "reply", (200, JSON | {"X-SPARQL-MaxRows": "2"}, two))

    answer, whole = asyncio.run(answered(scripted, Question("SELECT ?x { }", "csv")))

    assert answer.capped
    assert whole.split() == [b"x", b"a"]


def test_a_release_that_would_break_headers_is_refused(
    scripted: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Script, "release", "one\r\nSet-Cookie: a=b")

    with pytest.raises(RemoteStoreError, match="cannot be called 'one"):
        ask(scripted, Question("SELECT ?x { }"))


def test_credentials_are_sent_and_never_shown(
    scripted: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Script, "reply", (401, {}, b""))
    url = scripted.replace("http://", "http://someone:secret@")

    with pytest.raises(RemoteStoreError) as caught:
        ask(url, Question("SELECT ?x { }"))

    assert "secret" not in f"{caught.value} {parse_endpoint(url)!r}"
    assert "CANCU_STORE_PASSWORD" in str(caught.value)
