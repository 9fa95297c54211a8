"""Node for tests: it comes from PyPI, its packages from the lock file of a folder."""

import contextlib
import fcntl
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

_BIN = Path(sys.executable).parent
_MOST_SECONDS = 300


@contextlib.contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Keep other processes of the tests from working in a folder."""
    with (folder / ".lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield


def install(folder: Path) -> Path:
    """Install the packages of a folder unless they are there; return the folder.

    Processes that come at once wait for the first; what was broken off is done again.
    """
    lock = (folder / "package-lock.json").read_bytes()
    wanted = sha256(lock).hexdigest()
    with alone(folder):
        done = folder / "node_modules" / ".installed"
        if not done.exists() or done.read_text() != wanted:
            run(folder, "npm", "ci", "--loglevel=error", "--prefer-offline")
            done.write_text(wanted)
    return folder


def run(folder: Path, *command: str | Path, **environment: str) -> str:
    """Run a command of Node in a folder; return what it printed."""
    paths = os.pathsep.join([str(folder / "node_modules/.bin"), str(_BIN), os.environ["PATH"]])
    ended = subprocess.run(
        command,
        cwd=folder,
        env={**os.environ, **environment, "PATH": paths},
        capture_output=True,
        text=True,
        timeout=_MOST_SECONDS,
        check=False,
    )
    assert ended.returncode == 0, f"{command}: {ended.stdout[-2000:]}{ended.stderr[-4000:]}"
    return ended.stdout


def run_script(script: Path, *arguments: str) -> Any:  # noqa: ANN401 - any JSON value
    """Run a script of a folder whose packages are installed; return the JSON that it printed."""
    return json.loads(run(script.parent, "node", script.name, *arguments))
