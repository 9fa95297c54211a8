"""One server over a small store for all tests of this folder."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.api.server.toy import publish, toy_quads
from tests.api.server.wire import Wire
from tests.serving import Serving, serving

RELEASE = "0123456789abcdef"


@pytest.fixture(scope="session")
def toy_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("toy") / "store"
    publish(path, RELEASE, toy_quads())
    return path


@pytest.fixture(scope="session")
def toy(toy_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    """Serve the toy store with tight limits."""
    log = tmp_path_factory.mktemp("toy-server") / "log"
    limits = {"query_seconds": 2, "query_workers": 2, "body_seconds": 1, "largest_body": 500_000}
    with serving(toy_store, log, query_memory=300_000_000, **limits) as running:
        yield running


@pytest.fixture(scope="session")
def client(toy: Serving) -> Iterator[httpx.Client]:
    """Return a client that accepts what it is told to, and no coding."""
    headers = {"accept-encoding": "identity"}
    with httpx.Client(base_url=toy.url, timeout=30, headers=headers) as made:
        yield made


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
