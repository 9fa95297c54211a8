"""What several test folders need: the shipped corpus in a store of its own, loaded once."""

from pathlib import Path

import pytest

from api.cli import run
from api.errors import DONE

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def corpus_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a store that holds the shipped corpus; nobody may publish into it."""
    path = tmp_path_factory.mktemp("corpus") / "store"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CANCU_STORE", str(path))
        assert run(["load", str(ROOT / "corpus")]) == DONE
    return path
