"""Answers kept for those who ask again."""

import sys
from collections.abc import Hashable
from typing import TypeVar

from api.cache import BoundedCache
from api.metrics import CACHE_BYTES

Value = TypeVar("Value")


def counted_cache(most_bytes: int) -> BoundedCache[Hashable, Value]:
    """Return a cache of so many bytes, which `/metrics` tells of."""
    return BoundedCache(sys.maxsize, most_bytes, CACHE_BYTES.inc)
