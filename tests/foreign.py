"""A foreign SPARQL server for the tests of the store elsewhere: Oxigraph's own, on loopback."""

import contextlib
import socket
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx

OXIGRAPH = Path(__file__).parents[1] / ".venv" / "bin" / "oxigraph"
_STARTS_WITHIN = 60


@dataclass(frozen=True, slots=True)
class Foreign:
    """A server under way.

    Attributes:
        url: where it is asked.
    """

    url: str

    @property
    def base(self) -> str:
        """Its address without a path."""
        return self.url.rpartition("/")[0]

    def graphs(self) -> dict[str, int]:
        """Return how many statements each of its named graphs has."""
        rows = self.ask(
            "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g"
        )["results"]["bindings"]  # fmt: skip
        return {row["g"]["value"]: int(row["n"]["value"]) for row in rows}

    def ask(self, query: str) -> dict[str, dict[str, list[dict[str, dict[str, str]]]]]:
        """Return an answer as it is, without our engine."""
        accept = {"Accept": "application/sparql-results+json"}
        reply = httpx.post(self.url, data={"query": query}, headers=accept, trust_env=False)
        answer: dict[str, dict[str, list[dict[str, dict[str, str]]]]] = reply.json()
        return answer

    def put(self, graph: str, ntriples: bytes) -> None:
        """Put a graph, without our client."""
        reply = httpx.put(
            f"{self.base}/store",
            params={"graph": graph},
            content=ntriples,
            headers={"Content-Type": "application/n-triples"},
            trust_env=False,
        )
        assert reply.is_success


@contextlib.contextmanager
def oxigraph(location: Path, *options: str) -> Iterator[Foreign]:
    """Run the server over a folder of its own."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{found.getsockname()[1]}"
    command = [str(OXIGRAPH), "serve", "--location", str(location), "--bind", address, *options]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        server = Foreign(f"http://{address}/query")
        _wait_for(server, process)
        yield server
    finally:
        process.terminate()
        process.wait(30)


def _wait_for(server: Foreign, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + _STARTS_WITHIN
    while process.poll() is None and time.monotonic() < end:
        with contextlib.suppress(httpx.TransportError):
            server.ask("ASK { }")
            return
        time.sleep(0.05)
    message = "the foreign server does not start"
    raise RuntimeError(message)
