"""Requests that once made the server slow, forgetful or mute. Each is answered, and others too."""

import contextlib
import socket
import subprocess
import sys
import threading
import time
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import psutil
import pytest
import uvicorn
from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from api.app import handle_errors
from api.connection import Connection
from api.front import Front
from api.settings import Settings
from tests.api.server.test_lifecycle import under_way, until
from tests.serving import Serving, serving

SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
SOON = 2.0
PAGE = {"accept": "text/html"}


@pytest.mark.parametrize(
    ("path", "headers", "status"),
    [
        # The parser of cookies takes seconds over escapes in quotes.
        ("/", {"cookie": 'lang="' + "\\1" * 25_000 + '"'}, 200),
        # Each parameter was looked for among all others.
        ("/queries/documents.json?" + "&".join(f"{i:x}" for i in range(6400)), {}, 400),
    ],
)
def test_a_request_takes_no_long_time(
    toy: Serving, path: str, headers: dict[str, str], status: int
) -> None:
    answer = httpx.get(toy.url + path, headers=headers, timeout=SOON)

    assert answer.status_code == status


@pytest.mark.parametrize(
    ("cookie", "language"),
    [
        ("lang=en", "en"),
        ("a=b; lang=en; c=d", "en"),
        ('lang="en"', "en"),
        ("xlang=en", "vi"),
        ("lang=enx", "vi"),
        ("lang=xx; lang=en", "vi"),
    ],
)
def test_the_cookie_of_the_language(toy: Serving, cookie: str, language: str) -> None:
    answer = httpx.get(toy.url + "/", headers={"cookie": cookie}, timeout=SOON)

    assert answer.headers["content-language"] == language


def test_a_wide_answer_is_shown_in_part(toy: Serving) -> None:
    names = " ".join(f"?v{index}" for index in range(5000))
    asked = {"query": f"SELECT {names} {{ ?s ?p ?o }}"}

    answer = httpx.post(f"{toy.url}/sparql", data=asked, headers=PAGE, timeout=30)

    assert answer.status_code == 200
    assert answer.headers["cancu-capped"] == "true; rows=4"
    assert answer.text.count("<tr") <= 5


def test_who_asks_the_same_has_a_time_of_his_own(toy: Serving) -> None:
    def ask(pause: float, **limit: str) -> httpx.Response:
        time.sleep(pause)
        asked = {"query": SLOW + " # both"} | limit
        return httpx.post(f"{toy.url}/sparql", data=asked, timeout=30)

    with ThreadPoolExecutor(2) as pool:
        hasty = pool.submit(ask, 0, timeout="0.5")
        patient = pool.submit(ask, 0.2)

    assert (hasty.result().status_code, hasty.result().json()["seconds"]) == (504, 0.5)
    assert (patient.result().status_code, patient.result().json()["seconds"]) == (504, 2)


@pytest.fixture(scope="module")
def failing() -> Iterator[str]:
    pages = FastAPI()

    async def fail(_request: Request) -> Response:
        message = "secret"
        raise RuntimeError(message)

    async def fail_late(_request: Request) -> Response:
        async def pieces() -> AsyncIterator[bytes]:
            yield b"begun"
            message = "secret"
            raise RuntimeError(message)

        return StreamingResponse(pieces())

    pages.add_route("/fail", fail)
    pages.add_route("/late", fail_late)
    handle_errors(pages)
    listener = socket.create_server(("127.0.0.1", 0))
    front = Front(pages, {}, Settings())
    config = uvicorn.Config(front, http=Connection, lifespan="off", log_config=None)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, args=([listener],), daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    server.should_exit = True
    thread.join(10)
    listener.close()


class TestUnforeseen:
    """An error that nobody foresaw is told without its details."""

    @pytest.mark.parametrize("accept", ["*/*", "text/html"])
    def test_before_the_answer(self, failing: str, accept: str) -> None:
        with httpx.Client(base_url=failing, timeout=10, headers={"accept": accept}) as client:
            answers = [client.get("/fail", headers={"x-request-id": "mine"}) for _ in range(2)]

        for answer in answers:
            assert answer.status_code == 500
            assert answer.headers["content-type"] == "application/problem+json"
            assert answer.headers["cache-control"] == "no-store"
            assert answer.json()["type"] == "/help/errors#internal"
            assert answer.json()["request_id"] == "mine"
            assert "secret" not in answer.text

    def test_in_the_middle_of_the_answer(self, failing: str) -> None:
        with pytest.raises(httpx.TransportError):
            httpx.get(f"{failing}/late", timeout=10)


@pytest.mark.parametrize("version", ["1.0", "1.1"])
def test_who_does_not_read_is_left(toy_store: Path, tmp_path: Path, version: str) -> None:
    double = " ".join(f"BIND(CONCAT(?x{i}, ?x{i}) AS ?x{i + 1})" for i in range(14))
    query = f"SELECT ?x14 {{ BIND('{'x' * 1000}' AS ?x0) {double} }}"
    request = f"GET /sparql?{httpx.QueryParams(query=query)} HTTP/{version}\r\nHost: x\r\n\r\n"
    with serving(toy_store, tmp_path / "log", stall_seconds=1) as running, socket.socket() as held:
        held.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        held.connect(("127.0.0.1", running.port))
        held.sendall(request.encode())
        held.recv(1000, socket.MSG_PEEK)
        server = psutil.Process(running.process.pid)

        until(lambda: all(c.status == psutil.CONN_LISTEN for c in server.net_connections("tcp")))


def test_there_are_files_for_all_connections() -> None:
    # A process cannot take back the limits that it sets: each pair has a child of its own.
    script = """
import os, resource, sys
from api.server import most_connections
for limits in ((100, 1000), (100, 20_000), (9000, 20_000)):
    if child := os.fork():
        os.waitpid(child, 0)
        continue
    resource.setrlimit(resource.RLIMIT_NOFILE, limits)
    print(most_connections(), resource.getrlimit(resource.RLIMIT_NOFILE)[0])
    sys.exit()
"""
    ended = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )

    assert ended.stdout.splitlines() == ["372 1000", "4000 8256", "4000 9000"]


def test_what_follows_a_body_is_no_header(toy: Serving) -> None:
    request = (
        b"POST /sparql HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-Request-ID: mine\r\n"
        b"Content-Type: application/sparql-query\r\nTransfer-Encoding: chunked\r\n\r\n"
        b"6\r\nASK {}\r\n0\r\nX-Request-ID: of-the-trailer\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", toy.port), timeout=10) as connection:
        connection.sendall(request)
        answer = b"".join(iter(lambda: connection.recv(65536), b""))

    assert answer.startswith(b"HTTP/1.1 200 ")
    assert b"x-request-id: mine\r\n" in answer


def test_who_was_killed_is_not_counted(toy_store: Path, tmp_path: Path) -> None:
    begun = b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nquery="
    with (
        serving(toy_store, tmp_path / "log", "--workers", "2", body_seconds=100) as running,
        contextlib.ExitStack() as open_ones,
    ):
        for _ in range(4):
            connection = socket.create_connection(("127.0.0.1", running.port), timeout=10)
            open_ones.enter_context(connection).sendall(begun)
        until(lambda: under_way(running) == 5)  # with the request for the metrics
        for server in psutil.Process(running.process.pid).children():
            server.kill()

        until(lambda: is_alive(running) and under_way(running) == 1)


def is_alive(running: Serving) -> bool:
    with contextlib.suppress(httpx.TransportError):
        return httpx.get(f"{running.url}/health/live").is_success
    return False
