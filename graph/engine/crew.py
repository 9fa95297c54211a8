"""The workers of one release: idle, at work, or being replaced."""

import asyncio
import logging
from functools import partial

from graph.engine.processes import ForkServer, Worker
from graph.engine.shares import Shares
from graph.engine.stream import Stream
from graph.errors import OverloadedError, StoreError

_log = logging.getLogger(__name__)
_RETRY = 0.5


class Crew:
    """So many workers of a release; one that dies is replaced.

    Attributes:
        release: the id of the release.
        used: when it was last asked, on the clock of the event loop.
    """

    def __init__(self, release: str, size: int, fork_server: ForkServer, shares: Shares) -> None:
        self.release = release
        self._loop = asyncio.get_running_loop()  # asking for it each time is a call of the system
        self.used = self._loop.time()
        self.shares = shares
        self._size = size
        self._fork_server = fork_server
        self._idle: list[Worker] = []
        self._busy: dict[Worker, Stream] = {}
        self._is_retired = False
        self._successor: Crew | None = None
        self._is_stopped = False
        self._replacing: set[asyncio.Task[None]] = set()

    @property
    def has_work(self) -> bool:
        """Tell whether a worker is at work, for somebody who has just left too."""
        return bool(self._busy)

    @property
    def is_busy(self) -> bool:
        """Tell whether somebody is being answered, or waits to be."""
        is_heard = any(not stream.is_left for stream in self._busy.values())
        return is_heard or self.shares.is_waiting

    async def start(self) -> None:
        """Fork the workers; return as soon as the first is ready.

        Raises:
            StoreError: the release cannot be opened.
        """
        self._admit(await self._fork_server.fork(self.release))
        for _ in range(self._size - 1):
            self._begin_recruiting()

    def put(self, stream: Stream) -> None:
        """Give a question to a worker of this crew, or of the one that follows it, in its turn.

        Raises:
            OverloadedError: too many wait.
        """
        if self._is_stopped:
            raise OverloadedError(1)
        self.used = self._loop.time()
        if self._idle and self.shares.may_start(stream.client):
            self._assign(stream)
        else:
            self.shares.enter(stream)
            stream.wait_in(self.shares)
            self.dispatch()

    def dispatch(self) -> None:
        """Give idle workers to those who wait."""
        if self._successor is not None:
            self._successor.dispatch()
        while self._idle and (stream := self.shares.next()) is not None:
            self._assign(stream)

    def retire(self, successor: "Crew | None" = None) -> None:
        """End the idle workers now, and the others when they are given back.

        Args:
            successor: who answers those who wait.
        """
        self._is_retired = True
        self._successor = successor
        for worker in self._idle:
            worker.kill()
        self._idle.clear()

    async def stop(self) -> None:
        """End all workers, and refuse who comes or waits."""
        self._is_stopped = True
        self.shares.refuse_all()
        self.retire()
        for stream in list(self._busy.values()):
            stream.break_off("the server stops")
        # Not cancelled: a worker on its way would be lost, and the next order get its answer.
        await asyncio.gather(*self._replacing)

    def _assign(self, stream: Stream) -> None:
        """Have a question answered by an idle worker; there is one."""
        while self._idle:
            worker = self._idle.pop()
            try:
                stream.start(worker, partial(self._take_back, worker, self._loop.time()))
            except OSError:  # it had died while idle, and nobody had noticed
                self._replace(worker)
                continue
            self._busy[worker] = stream
            self.shares.start(stream.client)
            return
        try:
            self.shares.enter(stream)
        except OverloadedError as error:
            stream.refuse(error)
        else:
            stream.wait_in(self.shares)

    def _take_back(self, worker: Worker, since: float, is_usable: bool) -> None:
        """Take back a worker after a question; one that is dead or may be stuck is replaced."""
        stream = self._busy.pop(worker)
        self.shares.end(stream.client, self._loop.time() - since)
        if self._is_retired:
            worker.kill()
        elif is_usable:
            self._admit(worker)
        else:
            self._replace(worker)
        self.dispatch()

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
        self._begin_recruiting()

    def _begin_recruiting(self) -> None:
        task = self._loop.create_task(self._recruit())
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
