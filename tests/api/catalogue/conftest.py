"""A client of the server that all tests share, without the cookies of the test before."""

from collections.abc import Iterator

import httpx
import pytest


@pytest.fixture(scope="session")
def connected(server: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=server, timeout=60) as made:
        yield made


@pytest.fixture
def client(connected: httpx.Client) -> httpx.Client:
    connected.cookies.clear()
    return connected
