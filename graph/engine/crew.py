"""The workers of one release: idle, at work, or being replaced."""

import asyncio
import logging
import time
from dataclasses import dataclass

from graph.engine.limits import Limits
from graph.engine.processes import ForkServer, Worker
from graph.engine.shares import Shares, Ticket
from graph.errors import OverloadedError, StoreError

_log = logging.getLogger(__name__)
_RETRY = 0.5


@dataclass(frozen=True, slots=True)
class Loan:
    """A worker that one question of a client has for itself."""

    crew: "Crew"
    worker: Worker
    client: str
    since: float

    def end(self, is_usable: bool) -> None:
        """Give the worker back; one that is dead or may be stuck is replaced."""
        seconds = time.monotonic() - self.since
        self.crew.take_back(self, seconds, is_usable=is_usable)


class Crew:
    """So many workers of a release; one that dies is replaced.

    Attributes:
        release: the id of the release.
        used: when it was last asked, on the clock of the event loop.
    """

    def __init__(
        self, release: str, size: int, fork_server: ForkServer, shares: Shares, limits: Limits
    ) -> None:
        self.release = release
        self._loop = asyncio.get_running_loop()  # asking for it each time is a call of the system
        self.used = self._loop.time()
        self.shares = shares
        self._size = size
        self._fork_server = fork_server
        self._limits = limits
        self._idle: list[Worker] = []
        self._busy: set[Worker] = set()
        self._is_retired = False
        self._is_stopped = False
        self._replacing: set[asyncio.Task[None]] = set()

    @property
    def is_busy(self) -> bool:
        """Tell whether somebody is being answered, or waits to be."""
        return bool(self._busy) or self.shares.is_waiting

    async def start(self) -> None:
        """Fork the workers.

        Raises:
            StoreError: the release cannot be opened.
        """
        try:
            for _ in range(self._size):
                self._admit(await self._fork_server.fork(self.release))
        except BaseException:
            self.retire()
            raise

    async def lend(self, client: str) -> Loan:
        """Wait for a worker, of this crew or of the one that follows it.

        Raises:
            OverloadedError: too many wait, or it took too long.
        """
        if self._is_stopped:
            raise OverloadedError(1)
        self.used = self._loop.time()
        if self._idle and self.shares.may_start(client):
            return self._assign(client)
        ticket = self.shares.enter(client)
        self.dispatch()
        return await self._wait(ticket)

    def dispatch(self) -> None:
        """Give idle workers to those who wait."""
        while self._idle and (ticket := self.shares.next()) is not None:
            if not ticket.loan.done():
                ticket.loan.set_result(self._assign(ticket.client))

    def take_back(self, loan: Loan, seconds: float, *, is_usable: bool) -> None:
        """Take back a worker, to be replaced if it cannot be used."""
        worker = loan.worker
        self._busy.discard(worker)
        self.shares.end(loan.client, seconds)
        if self._is_retired:
            worker.kill()
        elif is_usable:
            self._admit(worker)
        else:
            self._replace(worker)
        self.dispatch()

    def retire(self) -> None:
        """End the idle workers now, and the others when they are given back."""
        self._is_retired = True
        for worker in self._idle:
            worker.kill()
        self._idle.clear()

    async def stop(self) -> None:
        """End all workers, and refuse who comes or waits."""
        self._is_stopped = True
        self.shares.refuse_all()
        self.retire()
        for worker in self._busy:
            worker.kill()
        # Not cancelled: a worker on its way would be lost, and the next order get its answer.
        await asyncio.gather(*self._replacing)

    def _assign(self, client: str) -> Loan:
        worker = self._idle.pop()
        self._busy.add(worker)
        self.shares.start(client)
        return Loan(self, worker, client, time.monotonic())

    async def _wait(self, ticket: Ticket) -> Loan:
        clock = self._loop.call_later(self._limits.wait, self._turn_away, ticket)
        try:
            return await ticket.loan
        except asyncio.CancelledError:
            self.shares.leave(ticket)
            if not ticket.loan.cancelled() and ticket.loan.exception() is None:
                ticket.loan.result().end(True)  # it came at the same moment
            raise
        finally:
            clock.cancel()

    def _turn_away(self, ticket: Ticket) -> None:
        if not ticket.loan.done():
            self.shares.leave(ticket)
            ticket.loan.set_exception(self.shares.overload())

    def _admit(self, worker: Worker) -> None:
        worker.receive = lambda packet: None if packet else self._bury(worker)
        self._idle.append(worker)

    def _bury(self, worker: Worker) -> None:
        """Replace a worker that died without being asked anything."""
        if worker in self._idle:
            _log.warning("worker %s of release %s died while idle", worker.pid, self.release)
            self._idle.remove(worker)
            self._replace(worker)

    def _replace(self, worker: Worker) -> None:
        worker.kill()
        task = asyncio.get_running_loop().create_task(self._recruit())
        self._replacing.add(task)
        task.add_done_callback(self._replacing.discard)

    async def _recruit(self) -> None:
        while not self._is_retired:
            try:
                worker = await self._fork_server.fork(self.release)
            except StoreError as error:
                _log.error("no worker for release %s: %s", self.release, error)
                await asyncio.sleep(_RETRY)
                continue
            if self._is_retired:
                worker.kill()
            else:
                self._admit(worker)
                self.dispatch()
            return
