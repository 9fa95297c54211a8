"""An answer on its way: it waits for a worker, then hears it, under clocks that may cut it."""

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from typing import Protocol

from graph.engine.frames import CAPPED, ERROR, FIRST, LAST, WORN, unpack_error
from graph.engine.limits import Limits
from graph.engine.processes import Worker
from graph.errors import (
    BrokenAnswerError,
    GraphError,
    OverloadedError,
    QueryResourceError,
    QueryTimeoutError,
)

# Bytes of a question. A connection holds 200 KB.
_SMALL = 16 * 1024


class Queue(Protocol):
    """Where answers wait for a worker."""

    def leave(self, stream: "Stream") -> None:
        """Take one out of the queue."""

    def overload(self) -> OverloadedError:
        """Return the error of one that cannot wait any longer."""


class Stream:
    """The bytes of an answer, once through, as an asynchronous iterator.

    The worker is given back as soon as it has written all, read or not; it is killed when its time
    is up, soon after the reader has left, or when the reader is slower than it may be.

    Attributes:
        client: who asks.
        release: id of the release that answers; known when a worker has the question.
        capped: whether rows are left out.
        is_small: whether a connection has room for the question beside another small one.
        is_left: whether the reader has left.
    """

    def __init__(
        self, client: str, packets: Sequence[bytes], seconds: float, limits: Limits
    ) -> None:
        """Take a question that no worker has yet.

        Args:
            client: who asks.
            packets: what to hand to the worker.
            seconds: the time that the worker has for it.
            limits: the bounds of the engine.
        """
        self.client = client
        self.capped = False
        self.release = ""
        self._packets = packets
        self.is_small = sum(map(len, packets)) <= _SMALL
        self._limits = limits
        self._seconds = seconds
        self._loop = asyncio.get_running_loop()
        self._queue: Queue | None = None
        self._worker: Worker | None = None
        self._free: Callable[[bool], None] = _nobody
        self._parts: deque[bytes] = deque()
        self._held = 0
        self._has_begun = False
        self._is_paused = False
        self.is_left = False
        self._error: GraphError | None = None
        self._waiter: asyncio.Future[None] | None = None
        self._deadline = 0.0
        self._clock: asyncio.TimerHandle | None = None
        self._delivery: asyncio.TimerHandle | None = None

    def wait_in(self, queue: Queue) -> None:
        """Wait for a worker in a queue, no longer than allowed."""
        self._queue = queue
        if self._clock is None:  # else it waits on: its worker had died before it was asked
            self._clock = self._loop.call_later(self._limits.wait, self._turn_away)

    def hand_to(self, worker: Worker) -> None:
        """Ask an idle worker.

        Raises:
            OSError: the worker has died, and another is to be asked.
        """
        worker.send(self._packets)

    def hand_ahead_to(self, worker: Worker) -> bool:
        """Ask a worker that has a small question to answer first; tell whether there is room.

        Raises:
            OSError: the worker has died.
        """
        return worker.offer(self._packets[0])

    def listen_to(self, worker: Worker, free: Callable[[bool], None]) -> None:
        """Take the packets of a worker for this answer; it was asked, and has nothing else to do.

        Args:
            worker: who answers.
            free: called once when the worker is done, with whether it can be used again.
        """
        worker.receive = self._receive
        self._worker, self._free = worker, free
        self._queue, self._packets = None, ()
        self.release = worker.release
        if self.is_left:
            self._give_grace()
        else:
            self._deadline = self._loop.time() + self._seconds
            self._set_clock(self._deadline, "time")

    def for_nobody(self) -> "Stream":
        """Return what hears the answer of a worker that was handed this question in vain."""
        stream = Stream(self.client, (), self._seconds, self._limits)
        stream.is_left = True
        return stream

    def refuse(self, error: OverloadedError) -> None:
        """Tell the asker that no worker will come."""
        self._error, self._queue = error, None
        self._stop_clocks()
        self._wake()

    @property
    def whole(self) -> bytes | None:
        """Return all bytes if they have come at once and none is taken yet."""
        is_over = self._worker is None and self._error is None
        return self._parts[0] if is_over and len(self._parts) == 1 else None

    async def begin(self) -> None:
        """Wait for the first bytes.

        Raises:
            QueryError: there will be none.
            OverloadedError: no worker was free in time.
        """
        while not self._has_begun and self._error is None:
            await self._news()
        if not self._has_begun and self._error is not None:
            raise self._error

    def __aiter__(self) -> "Stream":
        return self

    async def __anext__(self) -> bytes:
        while not self._parts:
            if self._error is not None:
                raise self._error
            if self._worker is None:
                raise StopAsyncIteration
            await self._news()
        part = self._parts.popleft()
        self._held -= len(part)
        if self._is_paused and self._held < self._limits.ahead:
            self._resume()
        return part

    async def aclose(self) -> None:
        """Leave: what is left of the answer is dropped and the worker freed."""
        self.leave()

    def leave(self) -> None:
        """Drop what is left of the answer; its worker is killed unless it is done at once."""
        self._parts.clear()
        if self._worker is None or self._is_paused:
            self.break_off("its reader left")
        elif not self.is_left:
            self.is_left = True
            self._error = BrokenAnswerError("the answer was broken off: its reader left")
            self._stop_clocks()
            self._give_grace()

    def break_off(self, reason: str) -> None:
        """End an answer that is not complete; harmless when it is."""
        if self._queue is not None:
            self._queue.leave(self)
            self._queue = None
            self._stop_clocks()
        elif self._worker is None:
            return
        self._error = BrokenAnswerError(f"the answer was broken off: {reason}")
        self._end(is_usable=False)

    def _give_grace(self) -> None:
        self._clock = self._loop.call_later(self._limits.grace, self.break_off, "its reader left")

    async def _news(self) -> None:
        self._waiter = self._loop.create_future()
        try:
            await self._waiter
        finally:
            self._waiter = None

    def _turn_away(self) -> None:
        if self._queue is not None:
            queue = self._queue
            queue.leave(self)
            self.refuse(queue.overload())

    def _receive(self, packet: bytes) -> None:
        if not packet:
            self._fail(QueryResourceError("the query took more memory or stack than it may"), False)
            return
        marks = packet[0]
        if marks & ERROR:
            self._fail(unpack_error(packet), not marks & WORN)
            return
        if marks & FIRST:
            self._has_begun = True
            self.capped = bool(marks & CAPPED)
        if len(packet) > 1 and not self.is_left:
            self._parts.append(packet[1:])
            self._held += len(packet) - 1
        if marks & LAST:
            self._end(is_usable=not marks & WORN)
        elif not self.is_left:
            self._watch()
            self._wake()

    def _watch(self) -> None:
        if self._delivery is None:
            self._delivery = self._loop.call_later(self._limits.delivery, self._cut, "delivery")
        if self._held >= self._limits.ahead and not self._is_paused and self._worker is not None:
            self._is_paused = True
            self._worker.pause()
            self._seconds_left = self._deadline - self._loop.time()
            self._set_clock(self._loop.time() + self._limits.stall, "stall")

    def _resume(self) -> None:
        if self._worker is None:
            return
        self._is_paused = False
        self._deadline = self._loop.time() + self._seconds_left
        self._set_clock(self._deadline, "time")
        self._worker.resume()

    def _set_clock(self, when: float, name: str) -> None:
        if self._clock is not None:
            self._clock.cancel()
        self._clock = self._loop.call_at(when, self._cut, name)

    def _cut(self, clock: str) -> None:
        if clock == "time":
            self._fail(QueryTimeoutError(self._seconds), False)
        elif clock == "stall":
            self.break_off(f"nothing was read of it for {self._limits.stall:g} seconds")
        else:
            self.break_off(f"it was not read within {self._limits.delivery:g} seconds")

    def _fail(self, error: GraphError, is_usable: bool) -> None:
        if self._worker is None:
            return
        if self._has_begun:
            broken = BrokenAnswerError(f"the answer was broken off: {error}")
            broken.__cause__ = error
            error = broken
        self._error = error
        self._end(is_usable)

    def _end(self, is_usable: bool) -> None:
        if self._worker is not None:
            self._worker = None
            self._stop_clocks()
            self._free(is_usable)
        self._wake()

    def _stop_clocks(self) -> None:
        for clock in (self._clock, self._delivery):
            if clock is not None:
                clock.cancel()

    def _wake(self) -> None:
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)


def _nobody(_: bool) -> None:
    """Free no worker."""
