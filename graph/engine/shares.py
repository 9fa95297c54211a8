"""Who is next: fair shares of the workers among clients, and a queue that has an end."""

import asyncio
import math
from collections import Counter, deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from graph.engine.limits import Limits
from graph.errors import OverloadedError

if TYPE_CHECKING:
    from graph.engine.crew import Loan

_SERVER = ""  # the client of the server's own questions
_LONGEST_RETRY = 60


@dataclass(slots=True, eq=False)
class Ticket:
    """A place in the queue.

    Attributes:
        client: who waits.
        loan: the worker that it gets when it is its turn.
    """

    client: str
    loan: "asyncio.Future[Loan]" = field(
        default_factory=lambda: asyncio.get_running_loop().create_future()
    )


class Shares:
    """The questions that run and wait, by client.

    The next is of the client that has the fewest running, then of the one served longest ago. The
    server's own questions come first, and have the spare workers to themselves.
    """

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._running: Counter[str] = Counter()
        self._outside = 0
        self._waiting: dict[str, deque[Ticket]] = {}
        self._seconds = 0.1  # what a question takes, as a moving average

    @property
    def is_waiting(self) -> bool:
        """Tell whether somebody waits."""
        return bool(self._waiting)

    def may_start(self, client: str) -> bool:
        """Tell whether a question may have a free worker without waiting."""
        return not self._waiting and self._has_share(client)

    def start(self, client: str) -> None:
        """Count a question that runs."""
        self._running[client] += 1
        self._outside += client != _SERVER

    def end(self, client: str, seconds: float) -> None:
        """Count a question that has ended after so many seconds."""
        self._running[client] -= 1
        if not self._running[client]:
            del self._running[client]
        self._outside -= client != _SERVER
        self._seconds += (seconds - self._seconds) / 16

    def enter(self, client: str) -> Ticket:
        """Queue up.

        When the queue is full, the client with the most questions in it loses its last one.

        Raises:
            OverloadedError: the newcomer is that client.
        """
        ticket = Ticket(client)
        self._waiting.setdefault(client, deque()).append(ticket)
        if self._waits_too_many(client):
            longest = client
            if client != _SERVER:
                outsiders = [name for name in self._waiting if name != _SERVER]
                longest = max(outsiders, key=lambda name: len(self._waiting[name]))
                if len(self._waiting[longest]) == len(self._waiting[client]):
                    longest = client
            last = self._waiting[longest][-1]
            self.leave(last)
            if last is ticket:
                raise self.overload()
            last.loan.set_exception(self.overload())
        return ticket

    def leave(self, ticket: Ticket) -> None:
        """Give up a place in the queue; harmless when it was served."""
        tickets = self._waiting.get(ticket.client)
        if tickets and ticket in tickets:
            tickets.remove(ticket)
            if not tickets:
                del self._waiting[ticket.client]

    def next(self) -> Ticket | None:
        """Take the ticket whose turn it is; None if nobody who waits may start."""
        if not self._waiting:
            return None
        if self._outside >= self._limits.workers and _SERVER not in self._waiting:
            return None
        able = [client for client in self._waiting if self._has_share(client)]
        if not able:
            return None
        client = _SERVER if _SERVER in able else min(able, key=self._running.__getitem__)
        tickets = self._waiting.pop(client)
        ticket = tickets.popleft()
        if tickets:
            self._waiting[client] = tickets  # at the end: served longest ago comes first
        return ticket

    def overload(self) -> OverloadedError:
        """Return the error of those who cannot wait, with a guess when the queue is shorter."""
        waiting = sum(map(len, self._waiting.values()))
        seconds = (waiting + 1) * self._seconds / self._limits.workers
        return OverloadedError(min(_LONGEST_RETRY, max(1, math.ceil(seconds))))

    def refuse_all(self) -> None:
        """Tell all who wait that they wait in vain."""
        for tickets in self._waiting.values():
            for ticket in tickets:
                ticket.loan.set_exception(OverloadedError(1))
        self._waiting.clear()

    def _has_share(self, client: str) -> bool:
        if client == _SERVER:
            return True
        is_room = self._outside < self._limits.workers
        return is_room and self._running[client] < self._limits.share

    def _waits_too_many(self, client: str) -> bool:
        if client == _SERVER:
            return len(self._waiting[_SERVER]) > self._limits.queue
        outside = sum(len(tickets) for name, tickets in self._waiting.items() if name != _SERVER)
        return outside > self._limits.queue
