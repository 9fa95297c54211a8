"""A long answer: the time to its first byte, to its last, and the memory that it takes."""

import http.client
import threading
import time
from dataclasses import dataclass
from urllib.parse import urlencode

from scripts.bench.servers import Server

_QUERY = "SELECT ?s ?p ?o WHERE {{ ?s ?p ?o }} LIMIT {rows}"
_PIECE = 64 * 1024
_EVERY = 0.01


@dataclass(frozen=True, slots=True)
class Taken:
    """What an answer took: ms to the first byte and to the last, MB of memory, MB of answer."""

    first: float
    last: float
    memory: float
    size: float


class Watch(threading.Thread):
    """Looks at the memory of a server until it is told to stop.

    Attributes:
        growth: MB that it took at most beyond what it had.
    """

    def __init__(self, server: Server) -> None:
        super().__init__(daemon=True)
        self._server = server
        self._before = server.memory()
        self._over = threading.Event()
        self.growth = 0.0

    def run(self) -> None:
        """Look, again and again."""
        while not self._over.wait(_EVERY):
            self.growth = max(self.growth, self._server.memory() - self._before)

    def stop(self) -> float:
        """Return the growth."""
        self._over.set()
        self.join()
        return self.growth


def take(server: Server, rows: int, *, is_watched: bool = False) -> Taken:
    """Ask for so many rows.

    Args:
        server: who is asked.
        rows: how many.
        is_watched: whether to look at its memory, which costs time.
    """
    body = urlencode({"query": _QUERY.format(rows=rows)})
    watch = Watch(server) if is_watched else None
    if watch:
        watch.start()
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=120)
    connection.connect()
    start = time.perf_counter()
    connection.request(
        "POST",
        server.path,
        body,
        {
            "Content-Type": "application/x-www-form-urlencoded",
            "Accept": "application/sparql-results+json",
            "Cache-Control": "no-cache",
        },
    )
    reply = connection.getresponse()
    size = len(reply.read(1))
    first = time.perf_counter() - start
    while piece := reply.read(_PIECE):
        size += len(piece)
    last = time.perf_counter() - start
    connection.close()
    return Taken(first * 1e3, last * 1e3, watch.stop() if watch else 0.0, size / 1e6)
