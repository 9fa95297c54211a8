"""Answers kept for those who ask again."""

import sys
from collections.abc import Hashable
from dataclasses import dataclass
from typing import TypeVar

from api.asgi import Header
from api.cache import BoundedCache
from api.metrics import CACHE_BYTES

Value = TypeVar("Value")
OVERHEAD = 1000  # bytes of an entry beside its content, about


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


def counted_cache(most_bytes: int) -> BoundedCache[Hashable, Value]:
    """Return a cache of so many bytes, which `/metrics` tells of."""
    return BoundedCache(sys.maxsize, most_bytes, CACHE_BYTES.inc)
