"""What HTTP asks of every answer: methods, headers, codings, validators, cross-origin requests."""

import contextlib
import gzip
import json
import socket
import time
import uuid
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
import zstandard

from tests.api.server.conftest import RELEASE
from tests.api.server.toy import BULK_ROWS
from tests.serving import Serving

NUMBERS = "SELECT ?n { ?row <http://example.org/number> ?n }"
FEW = f"{NUMBERS} ORDER BY ?n LIMIT 3"
SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


def sample(client: httpx.Client, name: str) -> float:
    """Return one figure of /metrics."""
    lines = client.get("/metrics").text.splitlines()
    found = [line.rpartition(" ")[2] for line in lines if line.startswith(name)]
    return sum(map(float, found))


@pytest.mark.parametrize(
    ("path", "parameters"),
    [
        ("/sparql", {"query": FEW}),
        ("/sparql", {"query": NUMBERS}),
        ("/sparql", {"query": "SELECT"}),
        ("/sparql", {"query": FEW, "format": "html"}),
        ("/sparql", {}),
        ("/graphs", {"default": ""}),
        ("/health/live", {}),
        ("/health/ready", {}),
        ("/metrics", {}),
        ("/help/errors", {}),
        ("/nothing-here", {}),
    ],
)
def test_head_is_get_without_its_body(
    client: httpx.Client, path: str, parameters: dict[str, str]
) -> None:
    head = client.head(path, params=parameters)
    whole = client.get(path, params=parameters)

    assert head.content == b""
    assert head.status_code == whole.status_code
    changing = {"date", "x-request-id", "content-length", "transfer-encoding", "etag"}
    assert set(head.headers) - changing == set(whole.headers) - changing
    assert head.headers.get("content-type") == whole.headers.get("content-type")


def test_requests_in_one_piece_are_answered_in_their_order(toy: Serving) -> None:
    head = f"HTTP/1.1\r\nHost: localhost:{toy.port}\r\nAccept: text/csv\r\n"
    numbers = [4, 3, 2, 1, 4, 3]  # asked for the first time, and again
    paths = [f"/sparql?query=SELECT%20(10{number}%20AS%20?n)%20%7B%7D" for number in numbers]
    requests = [f"GET {path} {head}\r\n" for path in paths]
    requests[2:2] = [f"HEAD {paths[0]} {head}\r\n", f"GET /health/live {head}\r\n"]
    requests[-1] = f"GET {paths[-1]} {head}Connection: close\r\n\r\n"
    with socket.create_connection(("127.0.0.1", toy.port)) as connection:
        connection.sendall("".join(requests).encode())
        answer = b"".join(iter(lambda: connection.recv(4096), b""))

    bodies = [part.partition(b"\r\n\r\n")[2] for part in answer.split(b"HTTP/1.1 200 OK\r\n")[1:]]
    alive = bodies.pop(3)
    assert alive == b'{"status":"live"}'
    assert bodies == [
        b"n\r\n104\r\n",
        b"n\r\n103\r\n",
        b"",
        *(b"n\r\n10%d\r\n" % n for n in numbers[2:]),
    ]
    assert answer.lower().count(b"connection: close") == 1


def heard(connection: socket.socket, until: bytes) -> bytes:
    """Return what comes until it ends with something, and what else comes soon after."""
    answer = b""
    connection.settimeout(10)
    while not answer.endswith(until):
        piece = connection.recv(65536)
        assert piece, answer
        answer += piece
    connection.settimeout(0.2)
    with contextlib.suppress(TimeoutError):
        answer += connection.recv(65536)
    return answer


def test_a_request_is_answered_while_the_next_one_is_still_arriving(toy: Serving) -> None:
    head = f" HTTP/1.1\r\nHost: localhost:{toy.port}\r\nAccept: text/csv\r\n\r\n"
    request = f"GET /sparql?query=SELECT%20(105%20AS%20?n)%20%7B%7D{head}"
    with socket.create_connection(("127.0.0.1", toy.port)) as connection:
        connection.sendall(f"{request}{request[:20]}".encode())
        first = heard(connection, b"n\r\n105\r\n")
        connection.sendall(request[20:].encode())
        second = heard(connection, b"n\r\n105\r\n")

    assert first.startswith(b"HTTP/1.1 200 OK")
    assert second.startswith(b"HTTP/1.1 200 OK")


def test_who_asks_whether_to_go_on_is_told_before_the_answer(toy: Serving) -> None:
    query = "SELECT (106 AS ?n) {}"
    request = (
        f"POST /sparql HTTP/1.1\r\nHost: localhost:{toy.port}\r\nAccept: text/csv\r\n"
        "Content-Type: application/sparql-query\r\nExpect: 100-continue\r\n"
        f"Content-Length: {len(query)}\r\n\r\n{query}"
    )
    for _ in range(2):  # the second time from what is kept
        with socket.create_connection(("127.0.0.1", toy.port)) as connection:
            connection.sendall(request.encode())
            answer = heard(connection, b"n\r\n106\r\n")
        assert answer.startswith(b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n")
        assert answer.endswith(b"n\r\n106\r\n")


def test_the_server_is_silent_after_head(toy: Serving) -> None:
    request = f"HEAD /sparql?query=ASK%7B%7D HTTP/1.1\r\nHost: localhost:{toy.port}\r\n"
    with socket.create_connection(("127.0.0.1", toy.port)) as connection:
        connection.sendall(f"{request}Connection: close\r\n\r\n".encode())
        answer = b"".join(iter(lambda: connection.recv(4096), b""))

    assert answer.endswith(b"\r\n\r\n")
    assert b"transfer-encoding" not in answer.lower()


@pytest.mark.parametrize(
    ("path", "methods"),
    [("/sparql", "GET, HEAD, POST, OPTIONS"), ("/graphs", "GET, HEAD, OPTIONS")],
)
def test_options_lists_the_methods(client: httpx.Client, path: str, methods: str) -> None:
    answer = client.options(path)

    assert (answer.status_code, answer.headers["allow"]) == (204, methods)


@pytest.mark.parametrize("method", ["GET", "POST", "HEAD"])
def test_a_page_elsewhere_may_ask(client: httpx.Client, method: str) -> None:
    headers = {
        "origin": "https://notebook.example",
        "access-control-request-method": method,
        "access-control-request-headers": "content-type, cancu-timeout, x-request-id",
    }
    answer = client.options("/sparql", headers=headers)

    assert answer.status_code == 204
    assert answer.headers["access-control-allow-origin"] == "*"
    assert method in answer.headers["access-control-allow-methods"]
    allowed = answer.headers["access-control-allow-headers"].lower()
    assert all(name in allowed for name in ("content-type", "cancu-timeout", "x-request-id"))


@pytest.mark.parametrize("query", ["ASK {}", "ASK {"])
def test_a_page_elsewhere_may_read_answers_and_problems(client: httpx.Client, query: str) -> None:
    answer = client.get(
        "/sparql", params={"query": query}, headers={"origin": "https://notebook.example"}
    )

    assert answer.headers["access-control-allow-origin"] == "*"
    assert "Cancu-Capped" in answer.headers["access-control-expose-headers"]


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        ("gzip", "gzip"),
        ("zstd", "zstd"),
        ("gzip, deflate, br, zstd", "zstd"),
        ("gzip;q=1.0, zstd;q=0.5", "gzip"),
        ("*", "zstd"),
        ("*;q=0.5, zstd;q=0", "gzip"),
        ("br", None),
        ("gzip;q=0", None),
        ("identity", None),
        ("gzip;q=0.1, identity;q=0.9", None),
        ("", None),
    ],
)
@pytest.mark.parametrize("query", [NUMBERS, f"{NUMBERS} LIMIT 200"])
def test_coding(client: httpx.Client, accepted: str, coding: str | None, query: str) -> None:
    # The answer of LIMIT 200 is sent in one piece, the other as it comes.
    with client.stream(
        "GET", "/sparql", params={"query": query}, headers={"accept-encoding": accepted}
    ) as answer:
        raw = b"".join(answer.iter_raw())

    assert answer.headers.get("content-encoding") == coding
    assert "Accept-Encoding" in answer.headers["vary"]
    if coding == "gzip":
        raw = gzip.decompress(raw)
    elif coding == "zstd":
        raw = zstandard.ZstdDecompressor().decompressobj().decompress(raw)
    rows = 200 if "LIMIT" in query else BULK_ROWS
    assert len(json.loads(raw)["results"]["bindings"]) == rows


def test_small_answers_are_not_coded(client: httpx.Client) -> None:
    answer = client.get("/sparql", params={"query": "ASK {}"}, headers={"accept-encoding": "gzip"})

    assert "content-encoding" not in answer.headers


@pytest.mark.parametrize("coding", ["identity", "gzip", "zstd"])
def test_who_has_the_answer_is_told_so_without_asking_again(
    client: httpx.Client, coding: str
) -> None:
    headers = {"accept-encoding": coding}
    first = client.get("/sparql", params={"query": NUMBERS}, headers=headers)
    engine = sample(client, 'cancu_sparql_answers_total{source="engine"}')

    shown = headers | {"if-none-match": f'"other", {first.headers["etag"]}'}
    again = client.get("/sparql", params={"query": NUMBERS}, headers=shown)

    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]
    assert again.headers["cancu-release"] == RELEASE
    assert "content-type" not in again.headers
    assert sample(client, 'cancu_sparql_answers_total{source="engine"}') == engine


def test_a_validator_is_enough_for_a_question_that_could_not_be_answered(
    client: httpx.Client,
) -> None:
    # The validator follows from release, query and format: nothing is run to compare it.
    asked = {"query": f"{SLOW} # {uuid.uuid4()}", "timeout": "0.3"}
    assert client.get("/sparql", params=asked).status_code == 504
    etag = client.get("/sparql", params={"query": FEW}).headers["etag"]

    answer = client.get("/sparql", params=asked, headers={"if-none-match": etag})

    assert answer.status_code == 504  # another question's validator is none


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"query": FEW}, {"query": NUMBERS}),
        ({"query": FEW, "format": "json"}, {"query": FEW, "format": "csv"}),
        ({"query": FEW}, {"query": FEW, "maxrows": "2"}),
        ({"query": FEW}, {"query": FEW, "default-graph-uri": "http://example.org/bulk"}),
    ],
)
def test_different_answers_have_different_validators(
    client: httpx.Client, one: dict[str, str], other: dict[str, str]
) -> None:
    tags = [client.get("/sparql", params=asked).headers["etag"] for asked in (one, other)]

    assert tags[0] != tags[1]


@pytest.mark.parametrize("function", ["NOW()", "RAND()", "UUID()", "STRUUID()"])
def test_what_changes_each_time_is_not_kept(client: httpx.Client, function: str) -> None:
    asked = {"query": f"SELECT ({function} AS ?x) {{}}", "format": "csv"}

    first, second = (client.get("/sparql", params=asked) for _ in range(2))

    assert first.text != second.text
    assert first.headers["cache-control"] == "no-store"
    assert "etag" not in first.headers


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_who_asks_again_is_answered_from_what_is_kept(client: httpx.Client, method: str) -> None:
    asked = {"query": f"{FEW} # {uuid.uuid4()}"}
    parts = {"params": asked} if method == "GET" else {"data": asked}
    first = client.request(method, "/sparql", **parts)  # type: ignore[arg-type]
    kept = sample(client, 'cancu_sparql_answers_total{source="cache"}')

    again = client.request(method, "/sparql", **parts)  # type: ignore[arg-type]

    assert again.content == first.content
    assert again.headers["etag"] == first.headers["etag"]
    assert again.headers["x-request-id"] != first.headers["x-request-id"]
    assert sample(client, 'cancu_sparql_answers_total{source="cache"}') == kept + 1


def test_who_asks_the_same_at_once_is_answered_together(client: httpx.Client) -> None:
    text = f"SELECT (COUNT(*) AS ?n) {{ {{ {NUMBERS} LIMIT 700 }} {{ {NUMBERS.replace('?n', '?m')} LIMIT 700 }} }} # {uuid.uuid4()}"  # noqa: E501
    engine = sample(client, 'cancu_sparql_answers_total{source="engine"}')
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: client.get("/sparql", params={"query": text}), range(8)))

    assert [answer.status_code for answer in answers] == [200] * 8
    assert len({answer.content for answer in answers}) == 1
    assert sample(client, 'cancu_sparql_answers_total{source="engine"}') == engine + 1


@pytest.mark.parametrize(
    ("media_type", "coding"),
    [
        ("text/csv", "identity"),
        ("text/csv", "gzip"),
        ("application/sparql-results+json", "zstd"),
        ("application/sparql-results+json", "identity"),
    ],
)
def test_an_answer_that_cannot_be_finished_is_broken_off(
    client: httpx.Client, media_type: str, coding: str
) -> None:
    # The first part has its rows at once, the second never ends: the first rows must have come,
    # and nobody may take them for the answer.
    endless = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?c + ?f = 0.5 + ?i)"
    text = f"SELECT ?n {{ {{ ?row <http://example.org/number> ?n }} UNION {{ {endless} }} }}"
    headers = {"accept": media_type, "accept-encoding": coding}
    pieces: list[bytes] = []
    asked = {"query": text, "timeout": "0.6"}
    with client.stream("GET", "/sparql", params=asked, headers=headers) as answer:
        assert answer.status_code == 200
        with pytest.raises(httpx.TransportError):
            pieces.extend(answer.iter_raw())

    assert sum(map(len, pieces)) > 5000


@pytest.mark.parametrize(
    ("given", "is_taken"),
    [
        ("3f2a.trace_7-b", True),
        ("a" * 100, True),
        ("a" * 101, False),
        ("two words", False),
        ("<script>", False),
        ("", False),
    ],
)
def test_request_id(client: httpx.Client, given: str, is_taken: bool) -> None:
    answer = client.get("/sparql", params={"query": "ASK"}, headers={"x-request-id": given})

    used = answer.headers["x-request-id"]
    assert (used == given) == is_taken
    assert used == answer.json()["request_id"]


def test_the_log_has_the_request_but_not_the_query(client: httpx.Client, toy: Serving) -> None:
    secret = uuid.uuid4().hex
    asked = {"query": f'ASK {{ BIND("{secret}" AS ?x) }}'}
    request_id = client.get("/sparql", params=asked).headers["x-request-id"]
    client.post("/sparql", data=asked)

    deadline = time.monotonic() + 10
    while request_id not in (log := toy.log.read_text()) and time.monotonic() < deadline:
        time.sleep(0.05)

    (line,) = [json.loads(line) for line in log.splitlines() if request_id in line]
    assert secret not in log
    assert (line["event"], line["method"], line["path"], line["status"]) == (
        "request",
        "GET",
        "/sparql",
        200,
    )
    assert (line["client"], len(line["query"])) == ("127.0.0.1", 16)


@pytest.mark.parametrize(
    ("path", "parameters"),
    [
        ("/sparql", {"query": FEW, "format": "html"}),
        ("/sparql", {"query": "SELECT", "format": "html"}),
        ("/help/errors", {}),
        ("/help/paging", {}),
    ],
)
def test_pages_are_protected(client: httpx.Client, path: str, parameters: dict[str, str]) -> None:
    answer = client.get(path, params=parameters)

    policy = answer.headers["content-security-policy"]
    assert "frame-ancestors 'none'" in policy
    assert "unsafe-inline" not in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "<script" not in answer.text


def test_a_page_shows_a_table_and_what_was_asked(client: httpx.Client) -> None:
    text = f'{FEW} # <script>alert("x")</script>'
    answer = client.post("/sparql", data={"query": text}, headers={"accept": "text/html"})

    assert answer.text.count("<tr>") == 4
    assert "<script>" not in answer.text
    assert "&lt;script&gt;" in answer.text


def test_a_page_has_a_thousand_rows_at_most_and_says_so(client: httpx.Client) -> None:
    answer = client.get("/sparql", params={"query": NUMBERS, "format": "html", "lang": "en"})

    assert answer.text.count("<tr>") == 1001
    assert answer.headers["cancu-capped"] == "true; rows=1000"
    assert "the first 1,000 rows only" in answer.text


def test_a_page_says_what_is_wrong_and_keeps_the_query(client: httpx.Client) -> None:
    asked = {"query": "SELECT * { ?mistake "}
    answer = client.post("/sparql", data=asked, headers={"accept": "text/html"})

    assert answer.status_code == 400
    assert answer.headers["content-type"].startswith("text/html")
    assert "SELECT * { ?mistake " in answer.text
    assert 'role="alert"' in answer.text


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [("/health/live", 200, "live"), ("/health/ready", 200, RELEASE), ("/metrics", 200, "cancu_")],
)
def test_machines_are_told(client: httpx.Client, path: str, status: int, words: str) -> None:
    answer = client.get(path)

    assert (answer.status_code, words in answer.text) == (status, True)
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("host", ["evil.example", "x/../y", "a b", "[::1]:99", ""])
def test_what_a_client_calls_us_is_used_only_if_it_is_a_host(
    client: httpx.Client, host: str
) -> None:
    answer = client.get("/sparql", headers={"host": host, "accept": "text/turtle"})

    is_sane = host in {"evil.example", "[::1]:99"}
    assert (f"<http://{host}/sparql>" in answer.text) == is_sane
