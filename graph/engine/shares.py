"""Who is next: fair shares of the workers among clients, and a queue that has an end."""

import math
from collections import deque
from collections.abc import Callable

from graph.engine.limits import Limits
from graph.engine.stream import Stream
from graph.errors import OverloadedError

_SERVER = ""  # the client of the server's own questions
_LONGEST_RETRY = 60
_SHORT = 0.002  # seconds; the way to a worker and back takes a tenth of it


class Shares:
    """The questions that run and wait, by client.

    The next is of the client that has the fewest running, then of the one served longest ago. The
    server's own questions come first, and have the spare workers to themselves.
    """

    def __init__(self, limits: Limits) -> None:
        self._workers, self._most_waiting = limits.workers, limits.queue
        self._share = limits.share
        self._running: dict[str, int] = {}
        self._kept: dict[str, int] = {}  # places behind questions of others
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
        self._running[client] -= 1
        if not self._running[client]:
            del self._running[client]
        self._outside -= client != _SERVER
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
        return self._take(self._able(), self._count) if self._waiting else None

    def next_after(self, client: str) -> Stream | None:
        """Take the small one whose turn it is as soon as a question that runs for a client ends.

        One of the same client takes the place of the other. For one of another client a place is
        kept, so that nobody gets more than his share, until `keep_no_more`.
        """
        small = [name for name, streams in self._waiting.items() if streams[0].is_small]
        is_own = client == _SERVER  # its places are not for others
        able = [name for name in small if name == client or (not is_own and self._has_room(name))]
        stream = self._take(able, lambda name: self._count(name) - (name == client))
        if stream is not None and stream.client != client:
            self._kept[stream.client] = self._kept.get(stream.client, 0) + 1
        return stream

    def keep_no_more(self, client: str) -> None:
        """Take back the place that was kept for a client behind a question of another."""
        self._kept[client] -= 1
        if not self._kept[client]:
            del self._kept[client]

    def put_back(self, stream: Stream) -> None:
        """Give back one that was taken, but is not answered yet: it is the next of all."""
        streams = self._waiting.pop(stream.client, deque())
        streams.appendleft(stream)
        self._waiting = {stream.client: streams, **self._waiting}

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

    def _take(self, able: list[str], count: Callable[[str], int]) -> Stream | None:
        if not able:
            return None
        client = _SERVER if _SERVER in able else min(able, key=count)
        streams = self._waiting.pop(client)
        stream = streams.popleft()
        if streams:
            self._waiting[client] = streams  # at the end: served longest ago comes first
        return stream

    def _count(self, client: str) -> int:
        return self._running.get(client, 0)

    def _has_share(self, client: str) -> bool:
        return client == _SERVER or (self._outside < self._workers and self._has_room(client))

    def _has_room(self, client: str) -> bool:
        return client == _SERVER or self._count(client) + self._kept.get(client, 0) < self._share

    def _waits_too_many(self, client: str) -> bool:
        if client == _SERVER:
            return len(self._waiting[_SERVER]) > self._most_waiting
        outside = sum(len(streams) for name, streams in self._waiting.items() if name != _SERVER)
        return outside > self._most_waiting
