"""The scripts of this folder, with their packages."""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.node import install, run_script


@pytest.fixture(scope="session")
def clients() -> Path:
    """Return this folder, its packages installed."""
    return install(Path(__file__).parent)


@pytest.fixture(scope="session")
def script(clients: Path) -> Callable[..., Any]:
    """Return what runs a script of this folder against an address; each is run once."""
    return cache(lambda name, address: run_script(clients / f"{name}.mjs", address))
