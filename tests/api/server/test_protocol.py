"""What a request may say, and what it is told if it says it wrong."""

from typing import Any

import httpx
import pytest

from tests.api.server.conftest import RELEASE
from tests.api.server.toy import BULK, BULK_ROWS, DATA

FORM = {"content-type": "application/x-www-form-urlencoded"}
QUERY = {"content-type": "application/sparql-query"}
NUMBERS = "SELECT ?n { ?row <http://example.org/number> ?n } ORDER BY ?n"
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"


def only_value(answer: httpx.Response) -> str:
    (row,) = answer.json()["results"]["bindings"]
    (cell,) = row.values()
    return str(cell["value"])


@pytest.mark.parametrize(
    ("method", "parts"),
    [
        ("GET", {"params": {"query": "ASK {}"}}),
        ("GET", {"params": {"query": "\ufeffASK {}"}}),
        ("POST", {"content": "query=ASK+%7B%7D", "headers": FORM}),
        ("POST", {"content": "ASK {}", "headers": QUERY}),
        # Parameters of ours and of other servers stand beside the query, in either place.
        ("POST", {"params": {"format": "json"}, "content": "query=ASK+%7B%7D", "headers": FORM}),
        ("POST", {"content": "query=ASK+%7B%7D&format=json&results=json", "headers": FORM}),
        ("POST", {"params": {"timeout": "1"}, "content": "ASK {}", "headers": QUERY}),
        ("GET", {"params": {"query": "ASK {}", "inference": "true", "limit": "5"}}),
        # Media types have letters of either size, and parameters.
        (
            "POST",
            {
                "content": "ASK {}",
                "headers": {"content-type": "Application/SPARQL-Query;charset=UTF-8"},
            },
        ),
        (
            "POST",
            {
                "content": "query=ASK+%7B%7D",
                "headers": {"content-type": 'application/x-www-form-urlencoded; charset="utf-8"'},
            },
        ),
        # Words that name a refused operation are words elsewhere.
        ("GET", {"params": {"query": 'ASK { BIND("SERVICE <http://x/> LOAD" AS ?x) }'}}),
        ("GET", {"params": {"query": "ASK { } # SERVICE <http://x/> { }"}}),
        ("GET", {"params": {"query": "ASK { OPTIONAL { <http://x/SERVICE> ?LOAD ?update } }"}}),
        # Vietnamese letters, in percent-encoding and as they are.
        ("GET", {"params": {"query": 'ASK { BIND("Quyết định" AS ?x) }'}}),
        ("POST", {"content": 'ASK { BIND("Quyết định" AS ?đ) }'.encode(), "headers": QUERY}),
    ],
)
def test_request_is_understood(client: httpx.Client, method: str, parts: dict[str, Any]) -> None:
    answer = client.request(method, "/sparql", **parts)

    assert (answer.status_code, answer.json().get("boolean")) == (200, True)
    assert answer.headers["cancu-release"] == RELEASE


@pytest.mark.parametrize(
    ("method", "parts", "status", "words"),
    [
        ("GET", {"params": {"query": ""}}, 400, "quer"),
        ("POST", {"content": "", "headers": QUERY}, 400, "quer"),
        ("POST", {"content": "format=json", "headers": FORM}, 400, "`query` is missing"),
        ("POST", {"content": "", "headers": FORM}, 400, "`query` is missing"),
        # `query` once: not twice, not in both places.
        ("POST", {"content": "query=ASK{}&query=ASK{}", "headers": FORM}, 400, "2 times"),
        (
            "POST",
            {"params": {"query": "ASK {}"}, "content": "query=ASK{}", "headers": FORM},
            400,
            "2 times",
        ),
        (
            "POST",
            {"params": {"query": "ASK {}"}, "content": "ASK {}", "headers": QUERY},
            400,
            "2 times",
        ),
        ("GET", {"params": "query=ASK%7B%7D&timeout=1&timeout=2"}, 400, "2 times"),
        # Query and update at once.
        ("GET", {"params": {"query": "ASK {}", "update": "CLEAR ALL"}}, 403, "only reads"),
        ("GET", {"params": {"query": "ASK {}", "using-graph-uri": BULK}}, 403, "only reads"),
        # Graphs are absolute IRIs.
        ("GET", {"params": {"query": "ASK {}", "default-graph-uri": "data"}}, 400, "absolute"),
        ("GET", {"params": {"query": "ASK {}", "named-graph-uri": "<http://x/>"}}, 400, "absolute"),
        ("GET", {"params": {"query": "ASK {}", "default-graph-uri": "http://x/> {"}}, 400, "abs"),
        # Limits of a client.
        ("GET", {"params": {"query": "ASK {}", "timeout": "soon"}}, 400, "`timeout`"),
        ("GET", {"params": {"query": "ASK {}", "timeout": "0"}}, 400, "`timeout`"),
        ("GET", {"params": {"query": "ASK {}", "timeout": "-1"}}, 400, "`timeout`"),
        ("GET", {"params": {"query": "ASK {}", "timeout": "nan"}}, 400, "`timeout`"),
        ("GET", {"params": {"query": "ASK {}", "timeout": "inf"}}, 400, "`timeout`"),
        (
            "GET",
            {"params": {"query": "ASK {}"}, "headers": {"cancu-timeout": "later"}},
            400,
            "`timeout`",
        ),
        ("GET", {"params": {"query": "ASK {}", "maxrows": "0"}}, 400, "`maxrows`"),
        ("GET", {"params": {"query": "ASK {}", "maxrows": "-3"}}, 400, "`maxrows`"),
        ("GET", {"params": {"query": "ASK {}", "maxrows": "many"}}, 400, "`maxrows`"),
        ("GET", {"params": {"query": "ASK {}", "maxrows": "9" * 30}}, 400, "`maxrows`"),
        # Releases.
        ("GET", {"params": {"query": "ASK {}", "release": "ffff"}}, 404, "ffff"),
        ("GET", {"params": {"query": "ASK {}", "release": "../0123"}}, 404, "no release"),
        ("GET", {"params": {"query": "ASK {}", "release": "a\r\nx: y"}}, 404, "no release"),
        # Bodies.
        (
            "POST",
            {"content": b"ASK { \xff }", "headers": QUERY},
            400,
            "not UTF-8",
        ),
        ("POST", {"content": b"query=ASK%FF%FE", "headers": FORM}, 400, "not UTF-8"),
        (
            "POST",
            {"content": b"\x1f\x8b", "headers": QUERY | {"content-encoding": "gzip"}},
            415,
            "compressed",
        ),
        (
            "POST",
            {"content": "ASK {}", "headers": {"content-type": "application/json"}},
            415,
            "application/json",
        ),
        ("POST", {"files": {"query": "ASK {}"}}, 415, "multipart/form-data"),
        ("POST", {"content": b"ASK {} #" + b"x" * 600_000, "headers": QUERY}, 413, "too large"),
        ("GET", {"params": {"query": "ASK {} #" + "x" * 40_000}}, 414, "fit"),
        # Methods.
        ("PUT", {}, 405, "PUT"),
        ("DELETE", {}, 405, "DELETE"),
        ("PATCH", {}, 405, "PATCH"),
        ("TRACE", {}, 405, "TRACE"),
        # What is never run.
        ("GET", {"params": {"query": "ASK { SERVICE <http://x/> {} }"}}, 403, ""),
        ("GET", {"params": {"query": "LOAD <http://x/>"}}, 403, ""),
        ("GET", {"params": {"query": "DELETE WHERE { ?s ?p ?o }"}}, 403, ""),
        ("GET", {"params": {"query": "DROP ALL"}}, 403, ""),
    ],
)
def test_request_is_refused_with_a_reason(
    client: httpx.Client, method: str, parts: dict[str, Any], status: int, words: str
) -> None:
    answer = client.request(method, "/sparql", **parts)

    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert words in problem["detail"]
    assert problem["type"].startswith("/help/errors#")
    assert problem["request_id"] == answer.headers["x-request-id"]
    assert "etag" not in answer.headers
    if status == 405:
        assert "GET" in answer.headers["allow"]


def test_percent_encoding_that_is_not_utf8_is_refused(client: httpx.Client) -> None:
    answer = client.get("/sparql?query=ASK%C3%28")

    assert (answer.status_code, "not UTF-8" in answer.json()["detail"]) == (400, True)


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        # It ends too early.
        ("SELECT * { ?s ?p ", 1, 18),
        ("SELECT *\nWHERE {\n  ?s ?p ", 3, 9),
        ('SELECT * { ?s ?p "Quyết định }', 1, 18),
        ("SELECT * { ?s unknown:name ?o }", 1, 15),
    ],
)
def test_a_wrong_query_is_told_where(
    client: httpx.Client, text: str, line: int, column: int
) -> None:
    answer = client.get("/sparql", params={"query": text})

    assert answer.status_code == 400
    problem = answer.json()
    assert (problem["line"], problem["column"]) == (line, column), problem["detail"]


@pytest.mark.parametrize(
    ("parameters", "count"),
    [
        # The union of all graphs, of some, of one, of none that is there.
        ([], BULK_ROWS + 4),
        ([("default-graph-uri", DATA.format(0))], 1),
        ([("default-graph-uri", DATA.format(0)), ("default-graph-uri", DATA.format(1))], 2),
        ([("default-graph-uri", DATA.format(0))] * 2, 1),
        ([("default-graph-uri", "http://nowhere.example/")], 0),
        # With named graphs only, the default graph is empty.
        ([("named-graph-uri", DATA.format(0))], 0),
    ],
)
def test_default_graph(client: httpx.Client, parameters: list[tuple[str, str]], count: int) -> None:
    asked = httpx.QueryParams((("query", COUNT), *parameters))

    answer = client.get("/sparql", params=asked)

    assert only_value(answer) == str(count)


def test_an_answer_that_is_capped_says_so(client: httpx.Client) -> None:
    answer = client.get(
        "/sparql", params={"query": NUMBERS, "maxrows": "3"}, headers={"accept": "text/csv"}
    )

    assert answer.text.split() == ["n", "0", "1", "2"]
    assert answer.headers["cancu-capped"] == "true; rows=3"
    assert answer.headers["link"] == '</help/paging>; rel="help"'
    assert client.get("/help/paging").status_code == 200


@pytest.mark.parametrize("rows", [str(BULK_ROWS), str(BULK_ROWS + 1)])
def test_an_answer_that_fits_is_not_capped(client: httpx.Client, rows: str) -> None:
    answer = client.get(
        "/sparql", params={"query": NUMBERS, "maxrows": rows}, headers={"accept": "text/csv"}
    )

    assert len(answer.text.split()) == BULK_ROWS + 1
    assert "cancu-capped" not in answer.headers


@pytest.mark.parametrize("way", ["parameter", "header"])
def test_a_client_can_lower_the_time_limit(client: httpx.Client, way: str) -> None:
    slow = {"query": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"}
    named = {"timeout": "0.4"} if way == "parameter" else {}
    headers = {"cancu-timeout": "0.4"} if way == "header" else {}

    answer = client.get("/sparql", params=slow | named, headers=headers)

    assert answer.status_code == 504
    assert answer.json()["seconds"] == 0.4


def test_a_release_can_be_pinned(client: httpx.Client) -> None:
    answer = client.get("/sparql", params={"query": "ASK {}", "release": RELEASE})

    assert answer.headers["cancu-release"] == RELEASE
    assert answer.headers["cache-control"] == "public, max-age=86400"


@pytest.mark.parametrize("accept", ["text/turtle", "application/rdf+xml", "application/ld+json"])
def test_service_description(client: httpx.Client, accept: str) -> None:
    answer = client.get("/sparql", headers={"accept": accept})

    assert answer.headers["content-type"].partition(";")[0] == accept
    for word in ("SPARQL11Query", "UnionDefaultGraph", "SPARQL_Results_CSV", BULK, RELEASE):
        assert word in answer.text
    assert f"{client.base_url}/sparql" in answer.text.replace("//sparql", "/sparql")


def test_a_browser_is_led_to_the_editor(client: httpx.Client) -> None:
    answer = client.get("/sparql", headers={"accept": "text/html"})

    assert (answer.status_code, answer.headers["location"]) == (303, "/editor")


@pytest.mark.parametrize(
    ("method", "query", "status"),
    [
        ("GET", {"graph": DATA.format(1)}, 200),
        ("HEAD", {"graph": DATA.format(1)}, 200),
        ("GET", {"default": ""}, 200),
        ("GET", {"graph": "http://nowhere.example/"}, 404),
        ("HEAD", {"graph": "http://nowhere.example/"}, 404),
        ("GET", {}, 400),
        ("GET", {"graph": DATA.format(1), "default": ""}, 400),
        ("GET", {"graph": "> } DROP ALL"}, 400),
        ("GET", {"graph": "relative"}, 400),
        ("PUT", {"graph": DATA.format(1)}, 405),
        ("POST", {"graph": DATA.format(1)}, 405),
        ("DELETE", {"graph": DATA.format(1)}, 405),
        ("PATCH", {"default": ""}, 405),
        ("OPTIONS", {"default": ""}, 204),
    ],
)
def test_graph_store(client: httpx.Client, method: str, query: dict[str, str], status: int) -> None:
    answer = client.request(method, "/graphs", params=query, headers={"accept": "text/turtle"})

    assert answer.status_code == status
    assert ("allow" in answer.headers) == (status in {204, 405})
    if method == "HEAD":
        assert answer.content == b""


def test_graph_store_sends_just_that_graph(client: httpx.Client) -> None:
    graph = DATA.format(2)
    answer = client.get(
        "/graphs", params={"graph": graph}, headers={"accept": "application/n-triples"}
    )

    assert answer.text == (
        f"<{graph}> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> "
        "<http://xmlns.com/foaf/0.1/Document> .\n"
    )
