"""Answers kept for those who ask again, least recently used first to go."""

from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass
from typing import Generic, TypeVar

from api.asgi import Header
from api.metrics import CACHE_BYTES

Value = TypeVar("Value")
_OVERHEAD = 1000  # bytes of an entry beside its content, about


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer ready to be sent.

    Attributes:
        headers: all that depend on the answer, its length too.
        body: in the coding that the headers name.
        etag: what a client may show to be told that it has it already.
        query: its text, for the log.
    """

    headers: tuple[Header, ...]
    body: bytes
    etag: bytes
    query: str


class BoundedCache(Generic[Value]):
    """A mapping of bounded size in bytes that forgets what was not used for longest."""

    def __init__(self, most_bytes: int) -> None:
        self._most = most_bytes
        self._size = 0
        self._entries: OrderedDict[Hashable, tuple[Value, int]] = OrderedDict()

    def get(self, key: Hashable) -> Value | None:
        """Return what is kept under a key."""
        entry = self._entries.get(key)
        if entry is None:
            return None
        self._entries.move_to_end(key)
        return entry[0]

    def put(self, key: Hashable, value: Value, size: int) -> None:
        """Keep a value that takes about `size` bytes, if it fits at all."""
        size += _OVERHEAD
        if size > self._most:
            return
        self._drop(key)
        self._entries[key] = (value, size)
        self._size += size
        CACHE_BYTES.inc(size)
        while self._size > self._most:
            self._drop(next(iter(self._entries)))

    def _drop(self, key: Hashable) -> None:
        entry = self._entries.pop(key, None)
        if entry is not None:
            self._size -= entry[1]
            CACHE_BYTES.dec(entry[1])
