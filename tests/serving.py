"""A real server for tests: `cancu serve` as a process of its own, on a free port of loopback."""

import contextlib
import os
import re
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_STARTING = 60
_ENDING = 60


@dataclass(frozen=True, slots=True)
class Serving:
    """A server that is up.

    Attributes:
        url: its address, without a slash at the end.
        process: the process that was started.
        log: the file that its standard error goes to.
    """

    url: str
    process: "subprocess.Popen[str]"
    log: Path

    @property
    def port(self) -> int:
        return int(self.url.rpartition(":")[2])


@contextlib.contextmanager
def serving(store: Path | str, log: Path, *options: str, **settings: object) -> Iterator[Serving]:
    """Serve a store; `settings` are those of api.settings, in small letters."""
    named = {f"CANCU_{name.upper()}": str(value) for name, value in settings.items()}
    environment = {**os.environ, "CANCU_STORE": str(store), **named}
    command = [sys.executable, "-m", "api", "serve", "--port", "0", *options]
    with (
        log.open("ab") as errors,
        subprocess.Popen(
            command, env=environment, stdout=subprocess.PIPE, stderr=errors, text=True
        ) as process,
    ):
        try:
            yield Serving(_address(process, log), process, log)
        finally:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(_ENDING)
            finally:
                process.kill()


def _address(process: "subprocess.Popen[str]", log: Path) -> str:
    assert process.stdout is not None
    ready, _, _ = select.select([process.stdout], [], [], _STARTING)
    line = process.stdout.readline() if ready else ""
    found = re.search(r"http://\S+?:\d+", line)
    assert found, f"no address but {line!r}; {log.read_text(errors='replace')[-2000:]}"
    return found[0]
