import shutil
from pathlib import Path

import pytest

from graph.load import load_documents
from tests.graph.annotated import corpus, curated
from tests.graph.small import DRAFT, plan
from tests.sharing import made_once


@pytest.fixture(scope="session")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a store with the five shipped documents as annotated; not to change."""
    return made_once(
        tmp_path_factory, "loaded", lambda path: load_documents(path, corpus(), curated())
    )


@pytest.fixture(scope="session")
def _drafted_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made_once(tmp_path_factory, "drafted", lambda path: load_documents(path, [plan(DRAFT)]))


@pytest.fixture
def drafted(_drafted_once: Path, tmp_path: Path) -> Path:
    """Return a store of the test's own, after its first load: that of a plan with one task."""
    return Path(shutil.copytree(_drafted_once, tmp_path / "drafted"))
