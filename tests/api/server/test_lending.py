"""Connections that are lent to clerks: nobody notices, whatever is asked and whoever dies."""

import contextlib
import itertools
import random
import re
import shutil
import signal
import socket
import threading
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

import httpx
import psutil
import pytest

from tests.api.server.conftest import RELEASE
from tests.api.server.test_lifecycle import NEXT, until
from tests.api.server.toy import publish, toy_quads
from tests.serving import Serving, serving

JSON = "application/sparql-results+json"
ROWS = "SELECT ?s { ?s <http://example.org/number> ?o }"
GRAPH = "CONSTRUCT { ?s a ?o } { ?s a ?o }"
SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
GREEDY = (
    "SELECT (STRLEN(?x30) AS ?n) { BIND('aaaaaaaaaaaaaaaa' AS ?x0) "
    + " ".join(f"BIND(CONCAT(?x{n}, ?x{n}) AS ?x{n + 1})" for n in range(30))
    + " }"
)
ONE = itertools.count(1)


@dataclass(slots=True)
class Heard:
    """An answer as it came through the wire."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def process(self) -> str:
        """What the ids of requests that one process has answered have in common."""
        return self.headers["x-request-id"][:8]

    @property
    def lasting(self) -> tuple[int, dict[str, str], bytes]:
        """All but what differs from time to time."""
        passing = ("date", "x-request-id")
        kept = {name: value for name, value in self.headers.items() if name not in passing}
        body = re.sub(rb'"request_id":"[^"]*"', b"", self.body)
        return self.status, kept, body


class Wire:
    """A connection on which bytes are sent and answers read."""

    def __init__(self, running: Serving) -> None:
        self.socket = socket.create_connection(("127.0.0.1", running.port), timeout=60)
        self._file = self.socket.makefile("rb")
        self._server = ""

    def close(self) -> None:
        self._file.close()
        self.socket.close()

    def __enter__(self) -> "Wire":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def send(self, received: bytes) -> None:
        self.socket.sendall(received)

    def hear(self, method: str = "GET") -> Heard:
        """Read an answer.

        Raises:
            ConnectionError: there is none.
        """
        status_line = self._file.readline()
        if not status_line:
            raise ConnectionResetError
        headers = {}
        while line := self._file.readline().strip():
            name, _, value = line.decode("latin-1").partition(": ")
            headers[name] = value
        body = b""
        if "transfer-encoding" in headers:
            while size := int(self._file.readline(), 16):
                body += self._file.read(size)
                self._file.readline()
            self._file.readline()
        elif method != "HEAD":
            body = self._file.read(int(headers.get("content-length", 0)))
        return Heard(int(status_line.split()[1]), headers, body)

    def ask(self, request: bytes) -> Heard:
        self.send(request)
        return self.hear(request.split(b" ", 1)[0].decode())

    def ask_number(self) -> Heard:
        """Ask a short question that nobody has asked, and check its answer."""
        number = next(ONE)
        heard = self.ask(get(f"SELECT ({number} AS ?n) {{}}"))
        assert (heard.status, value_of(heard)) == (200, number)
        return heard

    def be_lent(self) -> str:
        """Ask until a clerk answers; return what names it."""
        self._server = self._server or self.ask_number().process  # it has the first of all
        deadline = time.monotonic() + 60
        while (now := self.ask_number().process) == self._server:
            assert time.monotonic() < deadline
            time.sleep(0.002)
        return now


def get(query: str, more: str = "", accept: str | None = JSON, **headers: str) -> bytes:
    """Return a GET request for a query; `more` are further parameters."""
    named = {"Host": "localhost"} | ({"Accept": accept} if accept else {})
    named |= {name.replace("_", "-"): value for name, value in headers.items()}
    lines = "".join(f"{name}: {value}\r\n" for name, value in named.items())
    return f"GET /sparql?query={quote(query, safe='')}{more} HTTP/1.1\r\n{lines}\r\n".encode()


def value_of(heard: Heard) -> int:
    found = re.search(rb'"value":"(\d+)"', heard.body)
    assert found, heard
    return int(found[1])


def clerks_of(running: Serving) -> list[psutil.Process]:
    """Return the clerks of a server."""
    family = psutil.Process(running.process.pid).children(recursive=True)
    return [process for process in family if process.name() == "cancu-clerk"]


def idle_clerks_of(running: Serving) -> list[psutil.Process]:
    """Return the clerks after what they still do when a client has its answer already."""
    time.sleep(0.3)
    return clerks_of(running)


def metric(running: Serving, name: str) -> float:
    told = httpx.get(f"{running.url}/metrics").text
    return sum(float(value) for value in re.findall(rf"^{name}(?:{{.*}})? (.+)", told, re.M))


def lines_of(log: Path) -> list[str]:
    """Return the lines of a log about queries."""
    return [line for line in log.read_text().splitlines() if '"path":"/sparql"' in line]


@pytest.fixture
def wire(toy: Serving) -> Iterator[Wire]:
    made = Wire(toy)
    yield made
    made.close()


@pytest.fixture
def fresh(toy: Serving) -> Iterator[Wire]:
    """A connection that nothing was asked on."""
    made = Wire(toy)
    yield made
    made.close()


@dataclass(slots=True)
class Case:
    """A request, and whether a clerk may answer it."""

    request: bytes
    is_plain: bool = True
    name: str = field(default="")


def cases() -> Iterator[Case]:
    """Return requests of all kinds."""
    for accept in (None, "*/*", "text/csv", "application/sparql-results+xml", "text/plain;q=0.5"):
        yield Case(get("SELECT ?g { GRAPH ?g { ?s a ?o } }", accept=accept), name=f"table {accept}")
    for accept in (None, "text/turtle", "application/ld+json", "application/rdf+xml"):
        yield Case(get(GRAPH, accept=accept), name=f"graph {accept}")
    yield Case(get("ASK {}", accept="text/tab-separated-values"), name="truth")
    yield Case(get("ASK {}", "&format=xml"), name="format")
    yield Case(get("ASK {}", "&unknown=1"), name="unknown parameter")
    yield Case(get("ASK {}", Origin="https://notebook.example"), name="origin")
    yield Case(get("ASK {}", X_Request_ID="a-b-c"), name="request id")
    yield Case(get("ASK {}", X_Request_ID="{}"), name="strange request id")
    yield Case(get("ASK {}", X_Request_ID="a-b-d \t"), name="space behind a header")
    yield Case(get("ASK {}", X_Forwarded_For="203.0.113.9"), name="forwarded by nobody")
    yield Case(get("ASK {}", Connection="Keep-Alive"), name="keep-alive")
    yield Case(get("SELECT (NOW() > 1 AS ?x) {}"), name="not constant")
    yield Case(get("SELECT ('Căn cứ' AS ?x) {}"), name="letters")
    yield Case(b"GET /sparql?query=ASK+%7b%7d HTTP/1.1\r\nhOST:x\r\n\r\n", name="spelling")
    yield Case(get(f"{ROWS} LIMIT 50", Accept_Encoding="gzip"), name="gzip")
    yield Case(get(f"{ROWS} LIMIT 50", Accept_Encoding="zstd, gzip"), name="zstd")
    strange = {
        "a page": get("ASK {}", accept="text/html"),
        "not acceptable": get("ASK {}", accept="image/png"),
        "no query": get("SELEC"),
        "refused": get("SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }"),
        "an update": b"GET /sparql?update=CLEAR+ALL HTTP/1.1\r\nHost: x\r\n\r\n",
        "a release": get("ASK {}", f"&release={RELEASE}"),
        "a lower limit": get("ASK {}", "&timeout=1"),
        "a cap": get(ROWS, "&maxrows=3"),
        "a dataset": get(ROWS, "&default-graph-uri=http%3A%2F%2Fexample.org%2Fbulk"),
        "many rows": get(ROWS),
        "too deep": get("SELECT * {" + "{" * 5000 + "}" * 5000 + "}"),
        "greedy": get(GREEDY),
        "a description": b"GET /sparql HTTP/1.1\r\nHost: x\r\nAccept: text/turtle\r\n\r\n",
        "another path": b"GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n",
        "HEAD": get("ASK {}").replace(b"GET", b"HEAD", 1),
        "OPTIONS": get("ASK {}").replace(b"GET", b"OPTIONS", 1),
        "DELETE": get("ASK {}").replace(b"GET", b"DELETE", 1),
        "POST": b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\n"
        b"Content-Length: 6\r\n\r\nASK {}",
        "a body": get("ASK {}", Content_Length="3") + b"abc",
        "chunks": get("ASK {}", Transfer_Encoding="chunked") + b"0\r\n\r\n",
        "expecting": get("ASK {}", Expect="200-ok"),
        "a validator": get("ASK {}", If_None_Match="*"),
        "a time": get("ASK {}", Cancu_Timeout="1"),
        "twice": get("ASK {}").replace(b"Host", b"Accept: text/csv\r\nHost"),
        "no UTF-8": b"GET /sparql?query=ASK%20%7B%7D%FF HTTP/1.1\r\nHost: x\r\n\r\n",
        "a fragment": b"GET /sparql?query=ASK%20%7B%7D#x HTTP/1.1\r\nHost: x\r\n\r\n",
        "a long one": get("ASK {}" + " " * 20_000),
    }
    for name, request in strange.items():
        yield Case(request, is_plain=False, name=name)


@pytest.mark.parametrize("case", list(cases()), ids=lambda case: case.name)
def test_the_answer_is_the_same_as_ever(wire: Wire, fresh: Wire, case: Case) -> None:
    clerk = wire.be_lent()

    lent, ever = wire.ask(case.request), fresh.ask(case.request)

    assert lent.lasting == ever.lasting
    if case.is_plain:
        if given := re.search(rb"X-Request-ID: ([a-z-]+)", case.request):
            ids = {lent.headers["x-request-id"], ever.headers["x-request-id"]}
            assert ids == {given[1].decode()}
        else:
            assert lent.process == clerk
        assert wire.ask_number().process == clerk
    elif lent.headers.get("connection") != "close":
        assert clerk not in lent.headers["x-request-id"]
        wire.ask_number()


def test_a_longer_answer_has_the_same_bytes(wire: Wire, fresh: Wire) -> None:
    clerk = wire.be_lent()
    query = get(f"{ROWS} LIMIT 300")

    lent, ever = wire.ask(query), fresh.ask(query)

    assert len(lent.body) > 15_000
    assert lent.process == clerk
    assert lent.body == ever.body
    # The one knows how long it is.
    assert (lent.headers["content-length"], ever.headers["transfer-encoding"]) == (
        str(len(lent.body)),
        "chunked",
    )


@pytest.mark.parametrize("framing", ["Content-Length: {}", "Transfer-Encoding: chunked"])
def test_a_body_that_comes_late_is_no_request(wire: Wire, framing: str) -> None:
    smuggled = get("SELECT ('smuggled' AS ?x) {}")
    late = f"{framing.format(len(smuggled))}\r\n\r\n".encode()
    with_body = get("ASK {}").removesuffix(b"\r\n") + late
    for _ in range(3):
        wire.ask_number()

    assert wire.ask(with_body).status == 200
    time.sleep(0.5)  # it could be lent by now
    wire.send(smuggled)
    wire.socket.settimeout(1)
    with contextlib.suppress(TimeoutError, ConnectionError):
        answer = wire.hear()
        assert (answer.status, b"smuggled" in answer.body) == (400, False)


def test_questions_that_are_not_short_are_the_business_of_workers(wire: Wire) -> None:
    clerk = wire.be_lent()
    some = "{{ SELECT ?s {{ ?s ?p ?o }} LIMIT 6000 }}"  # takes a clerk less than it is ended for
    counting = f"SELECT (COUNT(*) AS ?n) {{{{ {some} FILTER(STRLEN(STR(?s)) != {{}}) }}}}"

    answers = [wire.ask(get(counting.format(number))) for number in range(200, 240)]

    assert {answer.status for answer in answers} == {200}
    assert sum(answer.process == clerk for answer in answers) < 20


def test_a_question_is_answered_from_what_was_answered_before(toy: Serving, wire: Wire) -> None:
    clerk = wire.be_lent()
    before = metric(toy, r'cancu_sparql_answers_total{source="cache"}')

    answers = [wire.ask(get("SELECT ?s { ?s a ?o } ORDER BY ?s")) for _ in range(5)]

    assert [answer.process for answer in answers] == [clerk] * 5
    assert len({answer.body for answer in answers}) == 1
    assert len({answer.headers["x-request-id"] for answer in answers}) == 5
    until(lambda: metric(toy, r'cancu_sparql_answers_total{source="cache"}') == before + 4)


@pytest.mark.parametrize("seed", range(6))
def test_requests_in_pieces_are_answered_in_their_order(wire: Wire, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311
    wire.be_lent()
    numbers = [next(ONE) for _ in range(40)]
    stream = b"".join(get(f"SELECT ({number} AS ?n) {{}}") for number in numbers)

    def send() -> None:
        at = 0
        while at < len(stream):
            size = chance.choice((1, 40, 139, 500, 3000))
            wire.send(stream[at : at + size])
            at += size
            time.sleep(chance.choice((0, 0.001, 0.01)))

    sending = threading.Thread(target=send)
    sending.start()
    heard = [value_of(wire.hear()) for _ in numbers]
    sending.join()

    assert heard == numbers


def test_who_does_not_read_gets_all_in_the_end(wire: Wire) -> None:
    wire.be_lent()
    query = get(f"{ROWS} LIMIT 500")
    whole = wire.ask(query).body

    sending = threading.Thread(target=wire.send, args=(query * 1000,))
    sending.start()
    time.sleep(1)
    heard = [wire.hear().body for _ in range(1000)]
    sending.join()

    assert set(heard) == {whole}


def test_a_long_question_ends_at_its_limit_and_disturbs_nobody(toy: Serving, wire: Wire) -> None:
    others = [Wire(toy) for _ in range(3)]
    names = {one.be_lent() for one in (*others, wire)}
    is_over = threading.Event()

    def go_on(one: Wire) -> int:
        return sum(one.ask_number().status == 200 for _ in iter(is_over.is_set, True))

    with ThreadPoolExecutor(3) as pool:
        going = [pool.submit(go_on, one) for one in others]
        began = time.monotonic()
        heard = wire.ask(get(SLOW))
        took = time.monotonic() - began
        is_over.set()
        asked = [one.result() for one in going]

    assert heard.status == 504
    assert 2 <= took < 10
    assert max(asked) > 10  # who had the same clerk waits for the share of their common client
    assert heard.process not in names
    # Who has asked a long one has to ask many short ones before he is trusted again.
    assert {wire.ask_number().process for _ in range(40)} == {heard.process}
    for one in others:
        one.close()


def test_a_clerk_that_is_killed_is_missed_by_nobody(toy: Serving, wire: Wire) -> None:
    clerk = wire.be_lent()
    for process in idle_clerks_of(toy):
        process.kill()

    assert wire.ask_number().process != clerk
    assert wire.be_lent() != clerk


def test_clerks_killed_at_work_answer_nobody_wrongly(toy: Serving) -> None:
    is_over = threading.Event()

    def go_on() -> tuple[int, int]:
        answered = lost = 0
        wire = Wire(toy)
        while not is_over.is_set():
            try:
                wire.ask_number()
                answered += 1
            except ConnectionError:  # nobody knows whether the answer had left
                lost += 1
                wire.close()
                wire = Wire(toy)
        wire.close()
        return answered, lost

    with ThreadPoolExecutor(6) as pool:
        going = [pool.submit(go_on) for _ in range(6)]
        killed = 0
        deadline = time.monotonic() + 4
        while time.monotonic() < deadline:
            for process in clerks_of(toy)[:1]:
                with contextlib.suppress(psutil.NoSuchProcess):
                    process.kill()
                killed += 1
            time.sleep(0.1)
        is_over.set()
        found = [one.result() for one in going]

    assert min(answered for answered, _ in found) > 20
    assert killed > 3
    assert sum(lost for _, lost in found) <= killed


def test_a_new_release_is_answered_from_at_once(toy_store: Path, tmp_path: Path) -> None:
    store = tmp_path / "store"
    shutil.copytree(toy_store, store)
    count = get("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
    with serving(store, tmp_path / "log") as running:
        wires = [Wire(running) for _ in range(4)]
        for wire in wires:
            wire.be_lent()
        before = {value_of(wire.ask(count)) for wire in wires}
        publish(store, NEXT, toy_quads()[:-1])
        deadline = time.monotonic() + 30
        for wire in wires:
            while (heard := wire.ask(count)).headers["cancu-release"] != NEXT:
                assert (heard.status, {value_of(heard)}) == (200, before)
                assert time.monotonic() < deadline
            assert {value_of(heard) + 1} == before
        # They are lent again, to clerks of the new release.
        for wire in wires:
            wire.be_lent()
        until(lambda: len(clerks_of(running)) == len({one.pid for one in clerks_of(running)}) <= 2)
        for wire in wires:
            wire.close()


def test_a_clerk_that_does_not_leave_is_ended(toy_store: Path, tmp_path: Path) -> None:
    store = tmp_path / "store"
    shutil.copytree(toy_store, store)
    with serving(store, tmp_path / "log") as running, Wire(running) as wire:
        wire.be_lent()
        for clerk in idle_clerks_of(running):
            clerk.suspend()
        publish(store, NEXT, toy_quads()[:-1])

        assert wire.ask_number().headers["cancu-release"] == NEXT


@pytest.mark.parametrize("is_asking", [True, False])
def test_the_server_ends_with_connections_lent(
    toy_store: Path, tmp_path: Path, *, is_asking: bool
) -> None:
    def ask(wire: Wire) -> int:
        """Ask until the server hangs up, which it does between answers."""
        answered = 0
        try:
            while is_asking:
                wire.ask_number()
                answered += 1
        except ConnectionError:
            return answered
        return answered

    with serving(toy_store, tmp_path / "log", grace_seconds=20) as running:
        wires = [Wire(running) for _ in range(4)]
        for wire in wires:
            wire.be_lent()
        family = psutil.Process(running.process.pid).children(recursive=True)
        with ThreadPoolExecutor(4) as pool:
            asking = [pool.submit(ask, wire) for wire in wires]
            time.sleep(0.3)
            began = time.monotonic()
            running.process.send_signal(signal.SIGTERM)
            assert running.process.wait(30) == 0
            answered = [one.result() for one in asking]

        assert time.monotonic() - began < 10
        assert min(answered) > 0 or not is_asking
        for wire in wires:
            assert wire.socket.recv(1) == b""
            wire.close()
        assert psutil.wait_procs(family, timeout=30)[1] == []


def test_all_is_counted_and_logged(toy_store: Path, tmp_path: Path) -> None:
    log = tmp_path / "log"
    with serving(toy_store, log, log_level="info") as running:
        wire = Wire(running)
        wire.be_lent()
        counted = metric(running, "cancu_connections_lent")
        ids = [wire.ask_number().headers["x-request-id"] for _ in range(250)]
        name = r'cancu_http_requests_total{method="GET",route="/sparql",status="200"}'
        wire.close()
        until(lambda: metric(running, "cancu_connections_lent") == 0)
        until(lambda: ids[-1] in log.read_text())
        until(lambda: metric(running, name) == len(lines_of(log)))
        lines = lines_of(log)
        # Nobody needs them any more.
        until(lambda: clerks_of(running) == [])

    assert counted == 1
    assert all(sum(f'"{one}"' in line for line in lines) == 1 for one in ids)
    shown = next(line for line in lines if ids[-1] in line)
    assert '"client":"127.0.0.1"' in shown
    assert '"source":"engine"' in shown
    assert "SELECT" not in log.read_text()


def test_what_was_answered_is_logged_though_the_clerk_is_ended(
    toy_store: Path, tmp_path: Path
) -> None:
    log = tmp_path / "log"
    with (
        serving(toy_store, log, log_level="info", query_seconds=1) as running,
        Wire(running) as wire,
    ):
        wire.be_lent()
        ids = [wire.ask_number().headers["x-request-id"] for _ in range(60)]
        assert wire.ask(get(SLOW)).status == 504
        until(lambda: '"status":504' in log.read_text())

    assert [log.read_text().count(f'"{one}"') for one in ids] == [1] * len(ids)


def test_a_clerk_that_hangs_is_ended(toy: Serving, wire: Wire) -> None:
    clerk = wire.be_lent()
    for process in idle_clerks_of(toy):
        process.suspend()

    assert wire.ask_number().process != clerk


def test_nothing_is_lent_to_a_proxy(toy_store: Path, tmp_path: Path) -> None:
    with (
        serving(toy_store, tmp_path / "log", trusted_proxies="127.0.0.1") as running,
        Wire(running) as wire,
    ):
        assert len({wire.ask_number().process for _ in range(200)}) == 1


def test_an_idle_connection_is_the_servers_again(toy: Serving, wire: Wire) -> None:
    clerk = wire.be_lent()
    until(lambda: metric(toy, "cancu_connections_lent") == 0)

    assert wire.ask_number().process != clerk


def test_one_client_has_a_bounded_share_of_the_clerks(toy: Serving) -> None:
    wires = [Wire(toy) for _ in range(40)]
    deadline = time.monotonic() + 5
    most = 0.0
    while time.monotonic() < deadline:
        for wire in wires:
            wire.ask_number()
        most = max(most, metric(toy, "cancu_connections_lent"))
    for wire in wires:
        wire.close()

    assert most == 16
