from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.index.table import Table
from graph.index.texts import Texts
from graph.releases import Folder
from graph.store import Store


@pytest.fixture(scope="session")
def release(corpus_store: Path) -> Path:
    """Return the folder of the release that holds the shipped corpus; not to change."""
    folder = Folder(corpus_store)
    return folder.release(folder.published().id)


@pytest.fixture(scope="session")
def store(corpus_store: Path) -> Store:
    return Store(corpus_store)


@pytest.fixture(scope="session")
def texts(release: Path) -> Texts:
    return Texts(release)


@pytest.fixture(scope="session")
def table(release: Path, texts: Texts) -> Iterator[Table]:
    opened = Table(release, texts)
    yield opened
    opened.close()
