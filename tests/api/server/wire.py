"""Connections of which a test sees every byte, and what the server tells of those it has lent."""

import itertools
import re
import socket
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import httpx
import psutil

from tests.serving import Serving

JSON = "application/sparql-results+json"
ONE = itertools.count(1)


@dataclass(slots=True)
class Heard:
    """An answer as it came through the wire."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def process(self) -> str:
        """What the ids of requests that one process has answered have in common."""
        return self.headers["x-request-id"][:8]

    @property
    def lasting(self) -> tuple[int, dict[str, str], bytes]:
        """All but what differs from time to time."""
        passing = ("date", "x-request-id")
        kept = {name: value for name, value in self.headers.items() if name not in passing}
        body = re.sub(rb'"request_id":"[^"]*"', b"", self.body)
        return self.status, kept, body


class Wire:
    """A connection on which bytes are sent and answers read."""

    def __init__(self, running: Serving) -> None:
        self.socket = socket.create_connection(("127.0.0.1", running.port), timeout=60)
        self._file = self.socket.makefile("rb")
        self._server = ""

    def close(self) -> None:
        self._file.close()
        self.socket.close()

    def __enter__(self) -> "Wire":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def send(self, received: bytes) -> None:
        self.socket.sendall(received)

    def hear(self, method: str = "GET") -> Heard:
        """Read an answer.

        Raises:
            ConnectionError: there is none.
        """
        status_line = self._file.readline()
        if not status_line:
            raise ConnectionResetError
        headers = {}
        while line := self._file.readline().strip():
            name, _, value = line.decode("latin-1").partition(": ")
            headers[name] = value
        body = b""
        if "transfer-encoding" in headers:
            while size := int(self._file.readline(), 16):
                body += self._file.read(size)
                self._file.readline()
            self._file.readline()
        elif method != "HEAD":
            body = self._file.read(int(headers.get("content-length", 0)))
        return Heard(int(status_line.split()[1]), headers, body)

    def ask(self, request: bytes) -> Heard:
        self.send(request)
        return self.hear(request.split(b" ", 1)[0].decode())

    def ask_number(self) -> Heard:
        """Ask a short question that nobody has asked, and check its answer."""
        number = next(ONE)
        heard = self.ask(get(f"SELECT ({number} AS ?n) {{}}"))
        assert (heard.status, value_of(heard)) == (200, number)
        return heard

    def be_lent(self) -> str:
        """Ask until a clerk answers; return what names it."""
        self._server = self._server or self.ask_number().process  # it has the first of all
        deadline = time.monotonic() + 60
        while (now := self.ask_number().process) == self._server:
            assert time.monotonic() < deadline
            time.sleep(0.002)
        return now


def get(query: str, more: str = "", accept: str | None = JSON, **headers: str) -> bytes:
    """Return a GET request for a query; `more` are further parameters."""
    named = {"Host": "localhost"} | ({"Accept": accept} if accept else {})
    named |= {name.replace("_", "-"): value for name, value in headers.items()}
    lines = "".join(f"{name}: {value}\r\n" for name, value in named.items())
    return f"GET /sparql?query={quote(query, safe='')}{more} HTTP/1.1\r\n{lines}\r\n".encode()


def value_of(heard: Heard) -> int:
    found = re.search(rb'"value":"(\d+)"', heard.body)
    assert found, heard
    return int(found[1])


def clerks_of(running: Serving) -> list[psutil.Process]:
    """Return the clerks of a server."""
    family = psutil.Process(running.process.pid).children(recursive=True)
    return [process for process in family if process.name() == "cancu-clerk"]


def idle_clerks_of(running: Serving) -> list[psutil.Process]:
    """Return the clerks after what they still do when a client has its answer already."""
    time.sleep(0.3)
    return clerks_of(running)


def metric(running: Serving, name: str) -> float:
    told = httpx.get(f"{running.url}/metrics").text
    return sum(float(value) for value in re.findall(rf"^{name}(?:{{.*}})? (.+)", told, re.M))


def lines_of(log: Path) -> list[str]:
    """Return the lines of a log about queries."""
    return [line for line in log.read_text().splitlines() if '"path":"/sparql"' in line]
