"""The server as a process: starting, several workers, a new release, ending."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import psutil
import pytest

from tests.api.server.conftest import RELEASE
from tests.api.server.toy import publish, toy_quads
from tests.serving import Serving, serving

SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
NEXT = "fedcba9876543210"


def until(happens: Callable[[], object], seconds: float = 120) -> None:
    deadline = time.monotonic() + seconds
    while not happens():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def under_way(running: Serving) -> float:
    """Return how many requests a server is answering, with the one that asks for this."""
    told = httpx.get(f"{running.url}/metrics").text
    found = re.search(r"^cancu_http_requests_under_way (.+)", told, re.MULTILINE)
    return float(found[1]) if found else 0


def run_serve(store: Path, *options: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "api", "serve", *options],
        env={**os.environ, "CANCU_STORE": str(store), **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_no_release_is_said_with_what_to_do(tmp_path: Path) -> None:
    ended = run_serve(tmp_path / "store")

    assert (ended.returncode, ended.stdout) == (2, "")
    assert "load documents first: cancu load corpus" in ended.stderr
    assert len(ended.stderr.splitlines()) == 1


def test_a_port_in_use_is_said(toy: Serving, toy_store: Path) -> None:
    ended = run_serve(toy_store, "--port", str(toy.port))

    assert ended.returncode == 2
    assert "address already in use; --port takes another" in ended.stderr


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("CANCU_WORKERS", "0"),
        ("CANCU_CACHE_BYTES", "much"),
        ("CANCU_QUERY_SECONDS", "-1"),
        ("CANCU_PUBLIC_URL", "data.example"),
        ("CANCU_LOG_LEVEL", "loud"),
    ],
)
def test_a_wrong_setting_is_named(toy_store: Path, name: str, value: str) -> None:
    ended = run_serve(toy_store, "--port", "0", **{name: value})

    assert (ended.returncode, name in ended.stderr) == (2, True)
    assert "Traceback" not in ended.stderr


def test_a_misspelt_setting_is_told(tmp_path: Path) -> None:
    # Notebooks ask the server that CANCU_URL names.
    ended = run_serve(tmp_path / "store", CANCU_QUERY_SECOND="5", CANCU_URL="http://127.0.0.1:1")

    warnings = [line for line in ended.stderr.splitlines() if "no setting" in line]
    assert warnings == [
        "cancu: CANCU_QUERY_SECOND is no setting of the server; did you mean CANCU_QUERY_SECONDS?"
    ]


def test_a_damaged_store_is_said(toy_store: Path, tmp_path: Path) -> None:
    broken = tmp_path / "store"
    shutil.copytree(toy_store, broken)
    for file in (broken / "releases" / RELEASE / "db").iterdir():
        file.write_bytes(b"")

    ended = run_serve(broken, "--port", "0")

    assert (ended.returncode, ended.stdout) == (2, "")
    assert "the store cannot be opened" in ended.stderr


def test_it_ends_though_a_client_does_not_read(toy_store: Path, tmp_path: Path) -> None:
    rows = "SELECT%20?s%20%7B%20?s%20%3Chttp://example.org/number%3E%20?o%20%7D"
    request = f"GET /sparql?query={rows} HTTP/1.1\r\nHost: localhost\r\nAccept: text/csv\r\n\r\n"
    settings = {"grace_seconds": 1, "stall_seconds": 600}
    with serving(toy_store, tmp_path / "log", **settings) as running, socket.socket() as client:
        kept = httpx.get(f"{running.url}/sparql?query={rows}", headers={"accept": "text/csv"})
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        client.connect(("127.0.0.1", running.port))
        for _ in range(1 + 10_000_000 // len(kept.content)):
            client.sendall(request.encode())
        time.sleep(1)  # the server writes as much as the system takes
        running.process.send_signal(signal.SIGTERM)
        assert running.process.wait(20) == 0


@pytest.mark.parametrize(
    ("workers", "signal_number"),
    [("1", signal.SIGTERM), ("1", signal.SIGINT), ("2", signal.SIGTERM)],
)
def test_what_is_under_way_is_finished(
    toy_store: Path, tmp_path: Path, workers: str, signal_number: signal.Signals
) -> None:
    with serving(toy_store, tmp_path / "log", "--workers", workers) as running:
        asked = {"query": SLOW, "timeout": "1.5"}
        with ThreadPoolExecutor(1) as pool:
            waiting = pool.submit(httpx.get, f"{running.url}/sparql", params=asked, timeout=30)
            until(lambda: waiting.done() or under_way(running) == 2)
            running.process.send_signal(signal_number)
            answer = waiting.result()

        # It was answered in full although the server was told to end before.
        assert answer.status_code == 504
        assert running.process.wait(30) == 0
        with pytest.raises(httpx.ConnectError):
            httpx.get(f"{running.url}/health/live")
        # No library complains of what is still there when it ends.
        assert all(line.startswith("{") for line in running.log.read_text().splitlines())


def test_what_takes_longer_than_the_grace_is_ended(toy_store: Path, tmp_path: Path) -> None:
    with serving(toy_store, tmp_path / "log", grace_seconds=1) as running:
        with ThreadPoolExecutor(1) as pool:
            asked = {"query": SLOW, "timeout": "25"}
            waiting = pool.submit(httpx.get, f"{running.url}/sparql", params=asked, timeout=60)
            until(lambda: under_way(running) == 2)
            running.process.send_signal(signal.SIGTERM)
            answer = waiting.result()

        assert answer.status_code == 503
        assert "retry-after" in answer.headers
        assert running.process.wait(30) == 0


@pytest.fixture(scope="module")
def pair(toy_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    """Serve with two processes."""
    with serving(toy_store, tmp_path_factory.mktemp("pair") / "log", "--workers", "2") as running:
        yield running


def test_who_comes_when_too_many_wait_is_told_when_to_come_again(
    toy_store: Path, tmp_path: Path
) -> None:
    limits = {"query_workers": 1, "waiting": 1, "query_seconds": 2}
    with serving(toy_store, tmp_path / "log", **limits) as running:

        def ask(number: int) -> httpx.Response:
            asked = {"query": f"{SLOW} # {number}"}
            return httpx.get(f"{running.url}/sparql", params=asked, timeout=30)

        with ThreadPoolExecutor(6) as pool:
            answers = list(pool.map(ask, range(6)))

    refused = [answer for answer in answers if answer.status_code == 503]
    assert refused
    assert {answer.status_code for answer in answers} <= {503, 504}
    for answer in refused:
        assert answer.json()["type"] == "/help/errors#overloaded"
        assert int(answer.headers["retry-after"]) >= 1


def test_several_workers_count_together(pair: Serving) -> None:
    for _ in range(20):
        assert httpx.get(f"{pair.url}/sparql", params={"query": "ASK {}"}).json()["boolean"]

    metrics = httpx.get(f"{pair.url}/metrics").text

    counted = 'cancu_http_requests_total{method="GET",route="/sparql",status="200"} 20.0'
    assert counted in metrics


def test_a_worker_that_dies_is_missed_by_nobody(pair: Serving) -> None:
    victim = psutil.Process(pair.process.pid).children()[-1]
    victim.kill()
    until(lambda: not victim.is_running() or victim.status() == psutil.STATUS_ZOMBIE)

    answers = [httpx.get(f"{pair.url}/health/live", timeout=10) for _ in range(10)]

    assert [answer.status_code for answer in answers] == [200] * 10


def test_no_process_outlives_the_server(pair: Serving) -> None:
    # The last test of the pair: it is gone after it.
    family = psutil.Process(pair.process.pid).children(recursive=True)
    assert len(family) >= 4  # two that serve, and their workers
    pair.process.kill()

    gone, alive = psutil.wait_procs(family, timeout=30)

    assert (len(gone), alive) == (len(family), [])


def test_a_new_release_is_picked_up_and_nobody_notices(toy_store: Path, tmp_path: Path) -> None:
    store = tmp_path / "store"
    shutil.copytree(toy_store, store)
    asked = {"query": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"}
    with (
        serving(store, tmp_path / "log") as running,
        httpx.Client(base_url=running.url, timeout=30) as client,
    ):
        first = client.get("/sparql", params=asked)
        publish(store, NEXT, toy_quads()[:-1])
        seen = [first]
        while seen[-1].headers["cancu-release"] != NEXT:
            assert len(seen) < 2000
            seen.append(client.get("/sparql", params=asked))
        pinned = client.get("/sparql", params=asked | {"release": RELEASE})
        old = {"if-none-match": first.headers["etag"]}
        again = client.get("/sparql", params=asked, headers=old)

    assert first.headers["cancu-release"] == RELEASE
    assert {answer.status_code for answer in seen} == {200}
    assert seen[-1].content != first.content
    assert seen[-1].headers["etag"] != first.headers["etag"]
    assert pinned.content == first.content
    assert again.status_code == 200  # the validator of the old release is none of the new one


def test_behind_a_proxy(toy_store: Path, tmp_path: Path) -> None:
    settings = {
        "trusted_proxies": "127.0.0.1, 10.0.0.1",
        "public_url": "https://data.example/cancu/",
        "cors_origins": "https://notebook.example",
        "log_level": "info",
    }
    log = tmp_path / "log"
    with (
        serving(toy_store, log, **settings) as running,
        httpx.Client(base_url=running.url) as client,
    ):
        hops = {"x-forwarded-for": "6.6.6.6, 203.0.113.7, 10.0.0.1", "host": "evil.example"}
        described = client.get("/sparql", headers=hops | {"accept": "text/turtle"})
        origins = [
            client.get("/sparql", params={"query": "ASK {}"}, headers={"origin": origin})
            for origin in ("https://notebook.example", "https://evil.example")
        ]
        until(lambda: "203.0.113.7" in log.read_text())

    assert "<https://data.example/cancu/sparql>" in described.text
    assert "evil.example" not in described.text
    assert "6.6.6.6" not in log.read_text()
    allowed = [answer.headers.get("access-control-allow-origin") for answer in origins]
    assert allowed == ["https://notebook.example", None]
    assert all("Origin" in answer.headers.get_list("vary", True) for answer in origins)


def test_nobody_is_believed_who_is_no_trusted_proxy(toy: Serving) -> None:
    httpx.get(f"{toy.url}/health/live", headers={"x-forwarded-for": "203.0.113.99"})
    time.sleep(0.5)

    assert "203.0.113.99" not in toy.log.read_text()


def test_a_client_that_sends_no_head_is_told(toy: Serving) -> None:
    with socket.create_connection(("127.0.0.1", toy.port), timeout=30) as connection:
        connection.sendall(b"GET /sparql HTTP/1.1\r\nHost: x\r\n")
        answer = b"".join(iter(lambda: connection.recv(4096), b""))

    assert answer.startswith(b"HTTP/1.1 408 ")
