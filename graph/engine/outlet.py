"""The file that the engine writes an answer to: packets to the server."""

import socket

from graph.engine.frames import CAPPED, CHUNK, DATA, FIRST, LAST
from graph.errors import QueryResourceError

# The engine writes 8 KiB at a time; less is the rest, and its end is near.
_FULL_WRITE = 8 * 1024


class Outlet:
    """Sends what is written to it in packets, the first as soon as there is one.

    Attributes:
        lost: whether the server hung up.
        capped: to be set before the first write if rows are left out.
    """

    def __init__(self, connection: socket.socket, most_bytes: int) -> None:
        self.lost = False
        self.capped = False
        self._connection = connection
        self._left = most_bytes
        self._parts: list[bytes] = []
        self._held = 0
        self._room = _FULL_WRITE
        self._marks = FIRST

    def write(self, data: bytes) -> int:
        """Take bytes of the answer.

        Raises:
            OSError: the server hung up.
            QueryResourceError: the answer is larger than it may be.
        """
        self._left -= len(data)
        if self._left < 0:
            message = "the answer is larger than it may be"
            raise QueryResourceError(message)
        self._parts.append(data)
        self._held += len(data)
        if self._held >= self._room:
            self._send_held()
        return len(data)

    def flush(self) -> None:
        """Do nothing: packets leave when they are full."""

    def end(self, marks: int = 0) -> None:
        """Send the rest, with marks for the server beside it."""
        self._send(b"".join(self._parts), LAST | marks)

    def _send_held(self) -> None:
        whole = b"".join(self._parts)
        full = len(whole) - len(whole) % CHUNK or len(whole)
        for start in range(0, full, CHUNK):
            self._send(whole[start : min(start + CHUNK, full)], DATA)
        self._parts = [whole[full:]]
        self._held = len(whole) - full
        self._room = CHUNK

    def _send(self, data: bytes, mark: int) -> None:
        marks = self._marks | mark | (CAPPED if self.capped and self._marks else 0)
        try:
            self._connection.send(bytes([marks]) + data)
        except OSError:
            self.lost = True
            raise
        self._marks = DATA
