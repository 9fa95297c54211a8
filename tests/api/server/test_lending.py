"""What is asked on a connection that is lent is answered as ever."""

import contextlib
import random
import re
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

from tests.api.server.conftest import RELEASE
from tests.api.server.wire import ONE, Wire, get, metric, value_of
from tests.serving import Serving

ROWS = "SELECT ?s { ?s <http://example.org/number> ?o }"
GRAPH = "CONSTRUCT { ?s a ?o } { ?s a ?o }"
GREEDY = (
    "SELECT (STRLEN(?x30) AS ?n) { BIND('aaaaaaaaaaaaaaaa' AS ?x0) "
    + " ".join(f"BIND(CONCAT(?x{n}, ?x{n}) AS ?x{n + 1})" for n in range(30))
    + " }"
)


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
def test_a_body_that_comes_late_is_no_request(wire: Wire, fresh: Wire, framing: str) -> None:
    fresh.be_lent()  # the clerks are there
    smuggled = get("SELECT ('smuggled' AS ?x) {}")
    late = f"{framing.format(len(smuggled))}\r\n\r\n".encode()
    with_body = get("ASK {}").removesuffix(b"\r\n") + late
    for _ in range(3):
        wire.ask_number()

    assert wire.ask(with_body).status == 200
    time.sleep(0.1)  # it could be lent by now
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
    name = r'cancu_sparql_answers_total{source="cache"}'
    before = metric(toy, name)

    answers = [wire.ask(get("SELECT ?s { ?s a ?o } ORDER BY ?s")) for _ in range(5)]

    assert [answer.process for answer in answers] == [clerk] * 5
    assert len({answer.body for answer in answers}) == 1
    assert len({answer.headers["x-request-id"] for answer in answers}) == 5
    # The clerk has noted all when it gives this back.
    told = wire.ask(b"GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n").body.decode()
    found = re.search(rf"^{name} (.+)", told, re.MULTILINE)
    assert found
    assert float(found[1]) == before + 4


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
