from pathlib import Path

import pytest

from graph.load import LoadReport, load_documents
from tests.graph.annotated import corpus, curated


@pytest.fixture(scope="session")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, LoadReport]:
    """Return a store with the five shipped documents, and the report of the load; not to change."""
    path = tmp_path_factory.mktemp("loaded") / "store"
    return path, load_documents(path, corpus(), curated())
