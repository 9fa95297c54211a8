"""What several test folders need: the shipped corpus in a store, loaded once a run."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from api.cli import run
from api.errors import DONE
from tests.serving import serving
from tests.sharing import made_once

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def corpus_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a store that holds the shipped corpus; nobody may publish into it."""
    made = made_once(tmp_path_factory, "corpus", _load_corpus)
    # Each process has a copy: a store that one process loads into is busy for all others.
    return Path(shutil.copytree(made, tmp_path_factory.mktemp("corpus") / "store"))


def _load_corpus(path: Path) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CANCU_STORE", str(path))
        assert run(["load", str(ROOT / "corpus")]) == DONE


@pytest.fixture(scope="session")
def server(corpus_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the shipped corpus for all tests of a run; return the address."""
    log = tmp_path_factory.mktemp("server") / "log"
    with serving(corpus_store, log) as running:
        yield running.url
