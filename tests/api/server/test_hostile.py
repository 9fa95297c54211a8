"""Queries and requests that mean harm. After each the server answers another within a second."""
# ruff: noqa: E501 one query or request a row

import contextlib
import http.client
import re
import socket
import threading
import time
from collections.abc import Callable, Iterator

import httpx
import psutil
import pytest

from tests.serving import Serving

PATIENCE = 30
ALL = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l"
NUMBER = "<http://example.org/number>"
REFUSED = {400, 403}
CUT = {504, 507}
TRACE = re.compile(r"Traceback|File \"/|/site-packages/|line \d+, in |pyoxigraph|/tmp/")


@pytest.fixture(scope="module")
def listener() -> Iterator[tuple[str, list[bytes]]]:
    """Listen where no query may ever make the server connect to."""
    heard: list[bytes] = []
    server = socket.create_server(("127.0.0.1", 0))

    def accept() -> None:
        while True:
            try:
                connection, _ = server.accept()
            except OSError:
                return
            with connection:
                connection.settimeout(1)
                heard.append(connection.recv(100))

    thread = threading.Thread(target=accept, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.getsockname()[1]}/", heard
    server.shutdown(socket.SHUT_RDWR)
    server.close()
    thread.join(5)


@pytest.fixture(autouse=True)
def is_well_afterwards(toy: Serving) -> Iterator[None]:
    """Ask a simple question after each test: the answer must come within a second."""
    yield
    with httpx.Client(timeout=1) as client:
        answer = client.get(f"{toy.url}/sparql", params={"query": f"ASK {{}} # {time.time_ns()}"})
        assert answer.json() == {"head": {}, "boolean": True}


def ask(toy: Serving, text: str, **more: str) -> httpx.Response:
    answer = httpx.post(f"{toy.url}/sparql", data={"query": text} | more, timeout=PATIENCE)
    assert not TRACE.search(answer.text)
    return answer


@pytest.mark.parametrize(
    ("name", "text", "statuses"),
    [
        ("product counted", f"SELECT (COUNT(*) AS ?n) {{ {ALL} }}", CUT),
        ("product sorted", f"SELECT * {{ {ALL} }} ORDER BY DESC(?l)", CUT),
        ("product made distinct", f"SELECT DISTINCT ?a ?d ?g ?j {{ {ALL} }} ORDER BY ?a", CUT),
        ("product grouped", f"SELECT (COUNT(*) AS ?n) {{ {ALL} }} GROUP BY ?a ?d", CUT),
        ("product filtered", f"ASK {{ {ALL} FILTER(?c + ?f + ?i = 0.5) }}", CUT),
        ("product of optionals", f"SELECT (COUNT(*) AS ?n) {{ OPTIONAL {{ {ALL} }} }}", CUT),
        (
            "product of values",
            "SELECT (COUNT(*) AS ?n) {"
            + "".join(f" VALUES ?v{i} {{ {' '.join('12345678')} }}" for i in range(12))
            + " }",
            CUT,
        ),
        (
            "product of sub-selects",
            "SELECT (COUNT(*) AS ?n) {"
            + "".join(f" {{ SELECT ?s{i} {{ ?s{i} ?p ?o }} }}" for i in range(5))
            + " }",
            CUT,
        ),
        ("product not there", f"ASK {{ ?x ?y ?z MINUS {{ {ALL} }} }}", CUT | {200}),
        ("not exists", f"ASK {{ FILTER NOT EXISTS {{ {ALL} FILTER(?c = -1) }} }}", CUT),
        ("bound late", f"SELECT * {{ {ALL} FILTER(STRLEN(CONCAT(STR(?a), STR(?k))) > 999) }}", CUT),
        ("product constructed", f"CONSTRUCT {{ ?a ?b ?l }} {{ {ALL} FILTER(?c + ?l = 0.5) }}", CUT),
        ("closure of all", "SELECT (COUNT(*) AS ?n) { ?a (!<x:x>)* ?b . ?c (!<x:x>)* ?d }", CUT),
        ("closure of closures", "ASK { ?a ((!<x:x>|^!<x:x>)*/(!<x:x>)+)* <x:nowhere> }", CUT | {200}),
        (
            "string doubled",
            "SELECT (STRLEN(?s60) AS ?n) { BIND('xxxxxxxx' AS ?s0) "
            + " ".join(f"BIND(CONCAT(?s{i}, ?s{i}) AS ?s{i + 1})" for i in range(60))
            + " }",
            CUT | REFUSED,
        ),
        (
            "string replaced",
            "SELECT (STRLEN(?s9) AS ?n) { BIND('xxxxxxxxxx' AS ?s0) "
            + " ".join(f"BIND(REPLACE(?s{i}, 'x', ?s{i}) AS ?s{i + 1})" for i in range(9))
            + " }",
            CUT | REFUSED | {200},
        ),
        ("group concat", f"SELECT (GROUP_CONCAT(?b) AS ?n) {{ {ALL} }}", CUT),
        ("regex", 'ASK { BIND(REGEX("' + "a" * 60 + '!", "^(a+)+$") AS ?x) FILTER(?x) }', {200, *CUT}),
        ("regex too large", 'ASK { FILTER(REGEX("a", "(((a{1000}){1000}){1000})")) }', {200, *CUT}),
        ("braces", "ASK " + "{" * 10_000 + "}" * 10_000, REFUSED),
        ("braces left open", "ASK " + "{" * 50_000, REFUSED),
        ("parentheses", "ASK { FILTER(" + "(" * 20_000 + "1" + ")" * 20_000 + ") }", REFUSED),
        ("negations", "ASK { FILTER(" + "!" * 100_000 + "true) }", REFUSED),
        ("minus signs", "ASK { FILTER(" + "- " * 50_000 + "1 < 2) }", REFUSED),
        ("brackets", "ASK { " + "[ <x:p> " * 5000 + "1" + " ]" * 5000 + " }", REFUSED),
        ("collections", "ASK { ?s ?p " + "(" * 5000 + ")" * 5000 + " }", REFUSED),
        ("optionals", "ASK { " + "OPTIONAL { ?a ?b ?c " * 5000 + "}" * 5001, REFUSED),
        ("sub-selects", "SELECT * { " + "{ SELECT * " * 4000 + "{}" + "}" * 4001, REFUSED),
        ("quoted triples", "ASK { " + "<<( " * 3000 + "?a ?b ?c" + " )>>" * 3000 + " ?p ?o }", REFUSED),
        ("inverse paths", "ASK { ?a " + "^" * 50_000 + "<x:p> ?b }", REFUSED),
        ("long path", "ASK { ?a " + "/".join(["<x:p>"] * 3000) + " ?b }", REFUSED),
        ("path of choices", "ASK { ?a (" + "|".join(["<x:p>"] * 9000) + ") ?b }", REFUSED | CUT | {200}),
        ("wide pattern", "ASK { " + " . ".join(f"?v{i} ?p ?v{i + 1}" for i in range(500)) + " }", REFUSED),
        ("wide pattern by ;", "ASK { ?s " + " ; ".join(f"?p{i} ?o" for i in range(3000)) + " }", REFUSED),
        ("many unions", "ASK { " + " UNION ".join(["{ ?a ?b ?c }"] * 5000) + " }", REFUSED | CUT),
        ("many filters", "ASK { " + "FILTER(1 = 1) " * 9000 + "}", REFUSED | CUT | {200}),
        ("long sum", "ASK { FILTER(" + " + ".join(["1"] * 40_000) + " > 0) }", REFUSED | CUT),
        ("long in", "ASK { FILTER(1 IN (" + ",".join(["2"] * 60_000) + ")) }", REFUSED | CUT | {200}),
        ("many values", "ASK { VALUES ?x { " + "1 " * 80_000 + "} ?x ?y ?z }", REFUSED | CUT | {200}),
        ("many prefixes", "".join(f"PREFIX p{i}: <x:{i}> " for i in range(9000)) + "ASK {}", {200, *REFUSED}),
        ("many variables", "SELECT " + " ".join(f"?v{i}" for i in range(40_000)) + " {}", {200, *REFUSED, *CUT}),
        ("long iri", f"ASK {{ <x:{'a' * 150_000}> ?p ?o }}", {200, *REFUSED}),
        ("long literal left open", 'ASK { ?s ?p "' + "a" * 150_000, REFUSED),
        ("long comment", "ASK {} #" + "a" * 150_000, {200}),
        ("nul", "ASK { ?s ?p 'a\x00b' }", {200, *REFUSED}),
        ("half a surrogate pair", "ASK { ?s ?p '\\uD800' }", {200, *REFUSED}),
        ("right to left", "ASK { ?s ?p '\u202e\u202d' }", {200}),
        ("escaped brace", "ASK { ?s ?p 'x' \\u007D \\u007B }", REFUSED),
        ("escaped keyword", "\\u0053ELECT * { ?s ?p ?o } LIMIT 1", {200, *REFUSED}),
        ("two queries", "ASK {} ; ASK {}", REFUSED),
        ("update after query", "ASK {} ; DROP ALL", REFUSED),
        ("only words", "SELECT " * 30_000, REFUSED),
        ("offset beyond all", f"SELECT * {{ {ALL} }} OFFSET 999999999999", CUT),
        ("limit beyond all numbers", "SELECT * {} LIMIT 99999999999999999999999999", {200, *REFUSED}),
    ],
)  # fmt: skip
def test_query(toy: Serving, name: str, text: str, statuses: set[int]) -> None:
    answer = ask(toy, text, timeout="0.5")

    assert answer.status_code in statuses, (name, answer.text[:300])


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * {{ SERVICE <{0}> {{ ?s ?p ?o }} }}",
        "SELECT * {{ SERVICE SILENT <{0}> {{ ?s ?p ?o }} }}",
        "SELECT * {{ service<{0}>{{ ?s ?p ?o }} }}",
        "SELECT * {{ #\nSeRvIcE\n#\n<{0}> {{}} }}",
        "PREFIX l: <{0}> SELECT * {{ SERVICE l:x {{ ?s ?p ?o }} }}",
        "BASE <{0}> SELECT * {{ SERVICE <x> {{ ?s ?p ?o }} }}",
        "SELECT * {{ BIND(<{0}> AS ?u) SERVICE ?u {{ ?s ?p ?o }} }}",
        "SELECT * {{ VALUES ?u {{ <{0}> }} SERVICE ?u {{ ?s ?p ?o }} }}",
        "SELECT * {{ {{ SELECT * {{ OPTIONAL {{ SERVICE <{0}> {{}} }} }} }} }}",
        "ASK {{ FILTER EXISTS {{ SERVICE <{0}> {{ ?s ?p ?o }} }} }}",
        "SELECT * FROM <{0}> {{ ?s ?p ?o }}",
        "SELECT * FROM NAMED <{0}> {{ GRAPH ?g {{ ?s ?p ?o }} }}",
        "SELECT * {{ GRAPH <{0}> {{ ?s ?p ?o }} }}",
        "DESCRIBE <{0}>",
        "LOAD <{0}>",
        "LOAD SILENT <{0}> INTO GRAPH <x:g>",
        "INSERT {{ ?s ?p ?o }} USING <{0}> WHERE {{ SERVICE <{0}> {{ ?s ?p ?o }} }}",
        "SELECT * {{ \\u0053ERVICE <{0}> {{ ?s ?p ?o }} }}",
        "SELECT * FROM <file:///etc/passwd> {{ ?s ?p ?o }}",
    ],
)
def test_no_query_makes_the_server_connect(
    toy: Serving, listener: tuple[str, list[bytes]], query: str
) -> None:
    address, heard = listener

    answer = ask(toy, query.format(address))

    assert answer.status_code in {200, *REFUSED}
    assert "root:" not in answer.text
    assert heard == []


@pytest.mark.parametrize("name", ["default-graph-uri", "named-graph-uri"])
def test_no_parameter_makes_the_server_connect(
    toy: Serving, listener: tuple[str, list[bytes]], name: str
) -> None:
    address, heard = listener

    answer = ask(toy, "SELECT * { ?s ?p ?o } LIMIT 1", **{name: address})

    assert (answer.status_code, heard) == (200, [])


def sent(toy: Serving, *pieces: bytes, pause: float = 0.0, wait: float = 15) -> bytes:
    """Send bytes as they are and return what comes until the server hangs up."""
    with socket.create_connection(("127.0.0.1", toy.port), timeout=wait) as connection:
        try:
            for piece in pieces:
                connection.sendall(piece)
                time.sleep(pause)
            return b"".join(iter(lambda: connection.recv(65536), b""))
        except OSError:
            return b""  # reset: refused all the same


def status_of(answer: bytes) -> int:
    return int(answer.split(b" ", 2)[1]) if answer else 0


HEAD = b"GET /sparql?query=ASK%7B%7D HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
POST = (
    b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
    b"Content-Type: application/sparql-query\r\n"
)


@pytest.mark.parametrize(
    ("name", "pieces", "statuses"),
    [
        ("no http", (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" * 20,), {400}),
        ("a word", (b"HELO server\r\n\r\n",), {400}),
        ("http/0.9", (b"GET /sparql\r\n\r\n",), {200, 400, 0}),
        ("http/3.7", (b"GET / HTTP/3.7\r\n\r\n",), {400}),
        ("http/1.0", (b"GET /sparql?query=ASK%7B%7D HTTP/1.0\r\n\r\n",), {200}),
        ("unknown method", (b"BREW / HTTP/1.1\r\nHost: x\r\n\r\n",), {400}),
        ("letters in the path", ("GET /đường HTTP/1.1\r\nHost: x\r\n\r\n".encode(),), {400, 404}),
        ("header without name", (HEAD + b": x\r\n\r\n",), {400}),
        ("header with nul", (HEAD + b"X: a\x00b\r\n\r\n",), {400}),
        ("header folded", (HEAD + b"X: a\r\n b\r\n\r\n",), {400, 200}),
        ("one long header", (HEAD + b"X: " + b"a" * 2_000_000 + b"\r\n\r\n",), {431, 0}),
        ("many headers", (HEAD + b"X: y\r\n" * 300_000 + b"\r\n",), {431, 0}),
        ("long target", (b"GET /" + b"a" * 1_000_000 + b" HTTP/1.1\r\n\r\n",), {431, 414, 0}),
        ("target of 40 KB", (b"GET /" + b"a" * 40_000 + b" HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",), {414}),
        ("accept of 50 KB", (HEAD + b"Accept: " + b"a/b," * 12_000 + b"*/*\r\n\r\n",), {200, 406}),
        ("qualities of 50 KB", (HEAD + b"Accept-Encoding: " + b"a;q=0," * 8000 + b"\r\n\r\n",), {200}),
        ("length twice", (POST + b"Content-Length: 6\r\nContent-Length: 7\r\n\r\nASK {}x",), {400}),
        ("length and chunks", (POST + b"Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n6\r\nASK {}\r\n0\r\n\r\n",), {400}),
        ("length below zero", (POST + b"Content-Length: -6\r\n\r\nASK {}",), {400}),
        ("length of 30 digits", (POST + b"Content-Length: " + b"9" * 30 + b"\r\n\r\nASK {}",), {400}),
        ("length of 9 GB", (POST + b"Content-Length: 9000000000\r\n\r\nASK {}",), {413}),
        ("chunk without length", (POST + b"Transfer-Encoding: chunked\r\n\r\nzz\r\nASK {}\r\n",), {400}),
        ("chunk of huge length", (POST + b"Transfer-Encoding: chunked\r\n\r\nfffffffffffffffffff\r\n",), {400}),
        ("chunk longer than said", (POST + b"Transfer-Encoding: chunked\r\n\r\n3\r\nASK {}\r\n0\r\n\r\n",), {400}),
        ("chunks", (POST + b"Transfer-Encoding: chunked\r\n\r\n3\r\nASK\r\n3\r\n {}\r\n0\r\n\r\n",), {200}),
        ("endless chunks", (POST + b"Transfer-Encoding: chunked\r\n\r\n" + (b"4000\r\n" + b" " * 0x4000 + b"\r\n") * 40,), {413, 0}),
        ("body that stops", (POST + b"Content-Length: 100\r\n\r\nASK {}",), {408}),
        ("unknown coding of the body", (POST + b"Transfer-Encoding: gzip\r\n\r\nASK {}",), {400, 501}),
        ("upgrade", (HEAD.replace(b"close", b"close, Upgrade") + b"Upgrade: websocket\r\nSec-WebSocket-Key: x\r\n\r\n", b""), {200}),
        ("http/2 at once", (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",), {400}),
        ("connect", (b"CONNECT evil.example:443 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",), {400, 404, 405}),
        ("address of a proxy", (b"GET http://evil.example/sparql?query=ASK%7B%7D HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",), {200, 400, 404}),
        ("path upwards", (b"GET /static/../../../../etc/passwd HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",), {404, 400}),
        ("path upwards, coded", (b"GET /static/%2e%2e/%2e%2e/%2e%2e/etc/passwd HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",), {404, 400}),
        ("new line in a path", (b"GET /a%0d%0aSet-Cookie:x=y HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",), {404, 400}),
        ("bad percent", (b"GET /sparql?query=%zz%1 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",), {400}),
        ("5,000 parameters", (b"GET /sparql?query=ASK%7B%7D&" + b"a=b&" * 5000 + b" HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",), {400}),
    ],
)  # fmt: skip
def test_request(toy: Serving, name: str, pieces: tuple[bytes, ...], statuses: set[int]) -> None:
    answer = sent(toy, *pieces)

    assert status_of(answer) in statuses, (name, answer[:300])
    assert not TRACE.search(answer.decode("latin-1"))
    assert b"root:" not in answer
    assert b"Set-Cookie: x" not in answer


@pytest.mark.parametrize("path", ["/sparql", "/graphql"])
@pytest.mark.parametrize("megabytes", [5, 30])
def test_a_large_body_is_refused(path: str, megabytes: int, toy: Serving) -> None:
    url = httpx.URL(toy.url)
    connection = http.client.HTTPConnection(url.host, url.port or 80, timeout=PATIENCE)
    with contextlib.closing(connection):
        connection.connect()
        connection.auto_open = 0  # one connection must do
        body = b"ASK {} #" + b"x" * megabytes * 1_000_000
        connection.request("POST", path, body, {"content-type": "application/sparql-query"})
        answer = connection.getresponse()
        told = answer.read()
        assert answer.status == 413, told
        # It was read to its end: who goes on with the connection is answered, not hung up on.
        if not answer.will_close:
            connection.request("GET", "/health/live")
            assert connection.getresponse().status == 200


def test_a_body_drop_by_drop_is_cut(toy: Serving) -> None:
    drops = [POST + b"Content-Length: 60\r\n\r\n", *[b"A"] * 12]

    assert status_of(sent(toy, *drops, pause=0.2)) in {408, 0}


def _hang_up_at_once(connection: socket.socket, request: bytes) -> None:
    connection.sendall(request)


def _hang_up_later(connection: socket.socket, request: bytes) -> None:
    connection.sendall(request)
    time.sleep(0.2)


def _read_a_little(connection: socket.socket, request: bytes) -> None:
    connection.sendall(request)
    connection.recv(100)


def _close_our_half(connection: socket.socket, request: bytes) -> None:
    connection.sendall(request)
    connection.shutdown(socket.SHUT_WR)
    time.sleep(0.2)


def _send_rubbish_behind(connection: socket.socket, request: bytes) -> None:
    connection.sendall(request + b"\x00\xffrubbish\r\n\r\n")
    time.sleep(0.2)


@pytest.mark.parametrize(
    "leave",
    [
        _hang_up_at_once,
        _hang_up_later,
        _read_a_little,
        _close_our_half,
        _send_rubbish_behind,
    ],
)
@pytest.mark.parametrize(
    "query",
    [
        b"SELECT%20*%20%7B%3Fs%20%3Fp%20%3Fo%7D",
        b"SELECT%20(COUNT(*)%20AS%20%3Fn)%7B%3Fa%20%3Fb%20%3Fc.%3Fd%20%3Fe%20%3Ff.%3Fg%20%3Fh%20%3Fi%7D",
    ],
)
def test_a_client_that_leaves(
    toy: Serving, leave: Callable[[socket.socket, bytes], None], query: bytes
) -> None:
    # Four of them would hold both workers for seconds if leaving did not free them.
    request = b"GET /sparql?timeout=1&query=" + query + b" HTTP/1.1\r\nHost: x\r\n\r\n"
    for _ in range(4):
        with socket.create_connection(("127.0.0.1", toy.port), timeout=PATIENCE) as connection:
            leave(connection, request)


def test_hundreds_of_idle_connections(toy: Serving) -> None:
    connections = [socket.create_connection(("127.0.0.1", toy.port)) for _ in range(300)]
    try:
        for connection in connections[::2]:
            connection.sendall(b"GET /sparql HT")
        with httpx.Client(timeout=1) as client:
            assert client.get(f"{toy.url}/health/live").status_code == 200
    finally:
        for connection in connections:
            connection.close()


def test_requests_in_one_go_are_answered_in_order(toy: Serving) -> None:
    first = b"GET /sparql?query=ASK%7B%7D HTTP/1.1\r\nHost: x\r\n\r\n"
    answer = sent(toy, first * 20 + HEAD + b"\r\n")

    assert answer.count(b'"boolean":true') == 21


def test_memory_is_back_where_it_was(toy: Serving) -> None:
    # The last test of this file. The server has some 150 MB when it is up; its workers that were
    # filled with answers or sorts are gone, so all of them together are small, too.
    server = psutil.Process(toy.process.pid)
    family = [server, *server.children(recursive=True)]
    megabytes = [process.memory_info().rss / 1e6 for process in family]

    assert megabytes[0] < 400
    assert max(megabytes[1:]) < 300
