"""Who is next: fair shares of the workers among clients, and a queue that has an end."""

import math
from collections import deque

from graph.engine.limits import Limits
from graph.engine.stream import Stream
from graph.errors import OverloadedError

_SERVER = ""  # the client of the server's own questions
_LONGEST_RETRY = 60
_SHORT = 0.002


class Shares:
    """The questions that run and wait, by client.

    The next is of the client that has the fewest running, then of the one served longest ago. The
    server's own questions come first, and have the spare workers to themselves.
    """

    def __init__(self, limits: Limits) -> None:
        self._workers, self._most_waiting = limits.workers, limits.queue
        self._share = limits.share
        self._running: dict[str, int] = {}
        self._outside = 0
        self._waiting: dict[str, deque[Stream]] = {}
        self._seconds = 0.1  # what a question takes, as a moving average

    @property
    def is_waiting(self) -> bool:
        """Tell whether somebody waits."""
        return bool(self._waiting)

    @property
    def are_short(self) -> bool:
        """Tell whether questions take hardly longer than to hand them to a worker."""
        return self._seconds < _SHORT

    def may_start(self, client: str) -> bool:
        """Tell whether a question may have a free worker without waiting."""
        return not self._waiting and self._has_share(client)

    def start(self, client: str) -> None:
        """Count a question that runs."""
        self._running[client] = self._running.get(client, 0) + 1
        self._outside += client != _SERVER

    def end(self, client: str, seconds: float) -> None:
        """Count a question that has ended after so many seconds."""
        self._discount(client)
        self._seconds += (seconds - self._seconds) / 16

    def enter(self, stream: Stream) -> None:
        """Queue up.

        When the queue is full, the client with the most questions in it loses its last one.

        Raises:
            OverloadedError: the newcomer is that client.
        """
        client = stream.client
        self._waiting.setdefault(client, deque()).append(stream)
        if self._waits_too_many(client):
            longest = client
            if client != _SERVER:
                outsiders = [name for name in self._waiting if name != _SERVER]
                longest = max(outsiders, key=lambda name: len(self._waiting[name]))
                if len(self._waiting[longest]) == len(self._waiting[client]):
                    longest = client
            last = self._waiting[longest][-1]
            self.leave(last)
            if last is stream:
                raise self.overload()
            last.refuse(self.overload())

    def leave(self, stream: Stream) -> None:
        """Give up a place in the queue; harmless when it was served."""
        streams = self._waiting.get(stream.client)
        if streams and stream in streams:
            streams.remove(stream)
            if not streams:
                del self._waiting[stream.client]

    def next(self) -> Stream | None:
        """Take the one whose turn it is; None if nobody who waits may start."""
        return self._take(self._able()) if self._waiting else None

    def next_after(self, client: str) -> Stream | None:
        """Take the short text whose turn it is when a question that runs for a client has ended."""
        if not self._waiting:
            return None
        self._discount(client)
        able = [name for name in self._able() if self._waiting[name][0].is_small]
        self.start(client)
        return self._take(able)

    def put_back(self, stream: Stream) -> None:
        """Give back one that was taken, but is not answered yet: it is the first of its client."""
        self._waiting.setdefault(stream.client, deque()).appendleft(stream)

    def overload(self) -> OverloadedError:
        """Return the error of those who cannot wait, with a guess when the queue is shorter."""
        waiting = sum(map(len, self._waiting.values()))
        seconds = (waiting + 1) * self._seconds / self._workers
        return OverloadedError(min(_LONGEST_RETRY, max(1, math.ceil(seconds))))

    def refuse_all(self) -> None:
        """Tell all who wait that they wait in vain."""
        waiting, self._waiting = self._waiting, {}
        for streams in waiting.values():
            for stream in streams:
                stream.refuse(OverloadedError(1))

    def _able(self) -> list[str]:
        """Return the clients that wait and may start another question."""
        if self._outside >= self._workers and _SERVER not in self._waiting:
            return []
        return [client for client in self._waiting if self._has_share(client)]

    def _take(self, able: list[str]) -> Stream | None:
        if not able:
            return None
        client = _SERVER if _SERVER in able else min(able, key=self._count)
        streams = self._waiting.pop(client)
        stream = streams.popleft()
        if streams:
            self._waiting[client] = streams  # at the end: served longest ago comes first
        return stream

    def _count(self, client: str) -> int:
        return self._running.get(client, 0)

    def _discount(self, client: str) -> None:
        left = self._running[client] - 1
        if left:
            self._running[client] = left
        else:
            del self._running[client]
        self._outside -= client != _SERVER

    def _has_share(self, client: str) -> bool:
        if client == _SERVER:
            return True
        return self._outside < self._workers and self._count(client) < self._share

    def _waits_too_many(self, client: str) -> bool:
        if client == _SERVER:
            return len(self._waiting[_SERVER]) > self._most_waiting
        outside = sum(len(streams) for name, streams in self._waiting.items() if name != _SERVER)
        return outside > self._most_waiting
