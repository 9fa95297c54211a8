"""What is made once for all processes of a test run, however many share the tests."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.node import alone


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """Return a folder that is made by the process of the run that asks first; not to change.

    Others that ask meanwhile wait. What was broken off is made again.
    """
    own = factory.getbasetemp()
    # That of a process of pytest-xdist lies in that of the run.
    of_run = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    kept = of_run / "once" / name
    kept.mkdir(parents=True, exist_ok=True)
    with alone(kept):
        path, done = kept / "made", kept / "done"
        if not done.exists():
            shutil.rmtree(path, ignore_errors=True)
            make(path)
            done.touch()
    return path
