"""How the tests of this folder ask the server, and the graph that it serves."""

import contextlib
import http.client
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from graph.store import Store

HUNG_YEN = "/eli/vn/hung-yen/ubnd/kh/2025/44"


@pytest.fixture(scope="package")
def connected(server: str) -> Iterator[httpx.Client]:
    headers = {"accept-encoding": "identity"}
    with httpx.Client(base_url=server, timeout=60, headers=headers) as made:
        yield made


@pytest.fixture
def client(connected: httpx.Client) -> httpx.Client:
    """Return a client without a coding and without the cookies of the test before."""
    connected.cookies.clear()
    return connected


@pytest.fixture(scope="package")
def store(corpus_store: Path) -> Store:
    return Store(corpus_store)


@contextlib.contextmanager
def connection_to(server: str) -> Iterator[http.client.HTTPConnection]:
    """Open a connection that costs next to nothing a request: some tests make thousands."""
    connection = http.client.HTTPConnection(server.removeprefix("http://"), timeout=60)
    try:
        yield connection
    finally:
        connection.close()


RawGet = Callable[[str], tuple[int, bytes]]


@pytest.fixture(scope="package")
def raw_get(server: str) -> RawGet:
    """Return a client that sends a path as it stands, however wrong it is."""

    def get(path: str) -> tuple[int, bytes]:
        with connection_to(server) as connection:
            connection.putrequest("GET", path)
            connection.putheader("Accept", "text/html")
            connection.endheaders()
            answer = connection.getresponse()
            return answer.status, answer.read()

    return get
