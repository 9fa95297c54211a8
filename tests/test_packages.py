from importlib import import_module, metadata
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ["api", "graph", "loaders", "ontology", "queries"]


@pytest.mark.parametrize("name", PACKAGES)
def test_a_package_name_is_ours_and_nobody_elses(name: str) -> None:
    module = import_module(name)

    assert module.__file__ == str(ROOT / name / "__init__.py")
    assert set(metadata.packages_distributions().get(name, [])) <= {"cancu"}


def test_no_tracked_file_names_a_registry() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")

    assert "://" not in lock
    assert "--hash=sha256:" in lock


@pytest.mark.parametrize("folder", [".", "tests/clients", "examples/tasks"])
def test_packages_of_node_are_pinned_by_digest_alone(folder: str) -> None:
    lock = (ROOT / folder / "package-lock.json").read_text(encoding="utf-8")

    assert '"resolved"' not in lock
    assert '"integrity": "sha512-' in lock
