"""The servers that are measured side by side, each on loopback, ended by its own process id."""

import contextlib
import http.client
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BIN = ROOT / ".venv" / "bin"
_TICKS = os.sysconf("SC_CLK_TCK")
_START_SECONDS = 180
_LOOK_SECONDS = 0.25
_KIB = 1024


@dataclass(frozen=True, slots=True)
class Server:
    """A server under way.

    Attributes:
        name: as shown in the table.
        port: on 127.0.0.1.
        path: where it answers queries.
        pid: its first process.
    """

    name: str
    port: int
    path: str
    pid: int

    def processes(self) -> list[int]:
        """Return it and all that it has started."""
        parents = dict(_parents())
        found = {self.pid}
        while True:
            more = {child for child, parent in parents.items() if parent in found} - found
            if not more:
                return sorted(found)
            found |= more

    def cpu(self) -> float:
        """Return the CPU seconds of its living processes so far."""
        return sum(self.cpu_by_process().values())

    def cpu_by_process(self) -> dict[int, float]:
        """Return the CPU seconds of each of its living processes so far."""
        return {pid: _cpu(pid) for pid in self.processes()}

    def memory(self) -> float:
        """Return the MB that it holds; what processes share counts once, file pages do not."""
        return sum(_anonymous(pid) for pid in self.processes()) / _KIB

    def ask(self, query: str, accept: str = "application/sparql-results+json") -> tuple[int, bytes]:
        """Return status and body of an answer."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        with contextlib.closing(connection):
            connection.request(
                "POST",
                self.path,
                query.encode(),
                {"Content-Type": "application/sparql-query", "Accept": accept},
            )
            reply = connection.getresponse()
            return reply.status, reply.read()


class Meter:
    """Adds up the CPU seconds of a server while it runs, of processes that end meanwhile too."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._before = server.cpu_by_process()
        self._after = dict(self._before)
        self._is_over = threading.Event()
        self._thread = threading.Thread(target=self._watch)
        self._thread.start()

    def stop(self) -> float:
        """Return the CPU seconds since the beginning."""
        self._is_over.set()
        self._thread.join()
        self._look()
        return sum(now - self._before.get(pid, 0) for pid, now in self._after.items())

    def _watch(self) -> None:
        while not self._is_over.wait(_LOOK_SECONDS):
            self._look()

    def _look(self) -> None:
        for pid, now in self._server.cpu_by_process().items():
            self._after[pid] = max(now, self._after.get(pid, 0.0))


@contextlib.contextmanager
def ours(store: Path, name: str = "ours", **settings: object) -> Iterator[Server]:
    """Run `cancu serve` with one serving process."""
    set_here = {f"CANCU_{key.upper()}": str(value) for key, value in settings.items()}
    port = _free_port()
    command = [str(BIN / "cancu"), "serve", "--port", str(port), "--workers", "1"]
    environment = {"CANCU_STORE": str(store), "CANCU_LOG_LEVEL": "warning", **set_here}
    with _running(name, command, port, "/sparql", environment) as server:
        yield server


@contextlib.contextmanager
def native(database: Path) -> Iterator[Server]:
    """Run Oxigraph's own server over the union of all graphs."""
    port = _free_port()
    command = [str(BIN / "oxigraph"), "serve-read-only", "--union-default-graph"]
    command += ["--location", str(database), "--bind", f"127.0.0.1:{port}"]
    with _running("oxigraph", command, port, "/query", {}) as server:
        yield server


@contextlib.contextmanager
def rdflib(nquads: Path) -> Iterator[Server]:
    """Run rdflib-endpoint over a file."""
    port = _free_port()
    command = [str(BIN / "rdflib-endpoint"), "serve", str(nquads), "--host", "127.0.0.1"]
    with _running("rdflib-endpoint", [*command, "--port", str(port)], port, "/", {}) as made:
        yield made


@contextlib.contextmanager
def _running(
    name: str, command: Sequence[str], port: int, path: str, environment: Mapping[str, str]
) -> Iterator[Server]:
    process = subprocess.Popen(  # noqa: S603 - our own commands
        command,
        env=os.environ | environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=ROOT,
    )
    try:
        server = Server(name, port, path, process.pid)
        _wait_for(server, process)
        yield server
    finally:
        process.terminate()
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait_for(server: Server, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + _START_SECONDS
    while time.monotonic() < end:
        if process.poll() is not None:
            break
        with contextlib.suppress(OSError, http.client.HTTPException):
            status, _ = server.ask("ASK { ?s ?p ?o }")
            if status == http.client.OK:
                return
        time.sleep(0.1)
    sys.exit(f"{server.name} does not start: try its command by hand")


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _parents() -> Iterator[tuple[int, int]]:
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal():
            with contextlib.suppress(OSError):
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
                yield int(entry.name), int(fields[1])


def _cpu(pid: int) -> float:
    with contextlib.suppress(OSError):
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / _TICKS
    return 0.0


def _anonymous(pid: int) -> int:
    """Return the kB of a process that are no pages of files; shared ones in equal parts."""
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss_Anon:"):
                return int(line.split()[1])
    return 0
