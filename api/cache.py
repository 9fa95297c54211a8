"""What is kept so as not to be made again: as long as there is room for it."""

from collections import OrderedDict
from collections.abc import Callable
from typing import Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")


class BoundedCache(Generic[K, V]):
    """Values by key, bounded in number and in weight; what was not asked for longest goes first."""

    def __init__(
        self, most: int, heaviest: int, weighed: Callable[[int], None] | None = None
    ) -> None:
        """Begin with nothing.

        Args:
            most: how many values there may be.
            heaviest: what they may weigh together, in whatever unit `put` is told.
            weighed: told how the weight of all has changed.
        """
        self._most = most
        self._heaviest = heaviest
        self._weighed = weighed
        self._values: OrderedDict[K, tuple[V, int]] = OrderedDict()
        self._weight = 0

    def get(self, key: K) -> V | None:
        """Return a value, if it is kept."""
        found = self._values.get(key)
        if found is None:
            return None
        self._values.move_to_end(key)
        return found[0]

    def put(self, key: K, value: V, weight: int = 1) -> None:
        """Keep a value if there is room for it at all, and let others go where there is not."""
        if weight > self._heaviest:
            return
        before = self._weight
        if key in self._values:
            self._weight -= self._values.pop(key)[1]
        self._values[key] = (value, weight)
        self._weight += weight
        while len(self._values) > self._most or self._weight > self._heaviest:
            _, (_, gone) = self._values.popitem(last=False)
            self._weight -= gone
        if self._weighed is not None:
            self._weighed(self._weight - before)
