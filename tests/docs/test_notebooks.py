"""The notebooks run as they are shipped, and show what they are shipped with."""

from pathlib import Path

import pytest

from tests.docs.notebooks import FOLDER, NOTEBOOKS, executed, read, shown


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_shows_what_it_was_shipped_with(
    path: Path, server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CANCU_URL", server)

    assert shown(executed(path)) == shown(read(path))


def test_the_list_names_each_notebook() -> None:
    listed = (FOLDER / "README.md").read_text(encoding="utf-8")

    assert NOTEBOOKS
    assert all(f"({path.name})" in listed for path in NOTEBOOKS)
