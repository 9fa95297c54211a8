"""What several test folders need: the shipped corpus in a store of its own, loaded once."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from api.cli import run
from api.errors import DONE
from tests.serving import serving

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def corpus_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a store that holds the shipped corpus; nobody may publish into it."""
    path = tmp_path_factory.mktemp("corpus") / "store"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CANCU_STORE", str(path))
        assert run(["load", str(ROOT / "corpus")]) == DONE
    return path


@pytest.fixture(scope="session")
def server(corpus_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the shipped corpus for all tests of a run; return the address."""
    log = tmp_path_factory.mktemp("server") / "log"
    with serving(corpus_store, log) as running:
        yield running.url
