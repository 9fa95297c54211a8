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
_PATIENCE = 0.005  # seconds between looks at what lies behind questions


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
        self._following: dict[Worker, Stream] = {}  # what busy workers were handed beside that
        self._review: asyncio.TimerHandle | None = None
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
        streams = (*self._busy.values(), *self._following.values())
        is_heard = any(not stream.is_left for stream in streams)
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
        """Give idle workers to those who wait, and busy ones what they answer next."""
        if self._successor is not None:
            self._successor.dispatch()
        while self._idle and (stream := self.shares.next()) is not None:
            self._assign(stream)
        if self.shares.is_waiting and self.shares.are_short and not self._is_retired:
            for worker, current in self._busy.items():
                if worker not in self._following and current.is_small:
                    self._line_up(worker, current)

    def leave(self, stream: Stream) -> None:
        """Give up a place behind another question; see `graph.engine.stream.Queue`."""
        for worker, following in self._following.items():
            if following is stream:
                self._following[worker] = stream.for_nobody()
                return

    def overload(self) -> OverloadedError:
        """Return the error of one that cannot wait any longer."""
        return self.shares.overload()

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
        for worker in reversed(list(self._following)):  # each becomes the first that waits
            self._call_back(self._take_from_behind(worker, self._busy[worker]))

    async def stop(self) -> None:
        """End all workers, and refuse who comes or waits."""
        self._is_stopped = True
        self.retire()
        self.shares.refuse_all()
        for stream in list(self._busy.values()):
            stream.break_off("the server stops")
        # Not cancelled: a worker on its way would be lost, and the next order get its answer.
        await asyncio.gather(*self._replacing)

    def _assign(self, stream: Stream) -> None:
        """Have a question answered by an idle worker; there is one."""
        while self._idle:
            worker = self._idle.pop()
            try:
                stream.hand_to(worker)
            except OSError:  # it had died while idle, and nobody had noticed
                self._replace(worker)
                continue
            self._hear(stream, worker)
            return
        try:
            self.shares.enter(stream)
        except OverloadedError as error:
            stream.refuse(error)
        else:
            stream.wait_in(self.shares)

    def _hear(self, stream: Stream, worker: Worker) -> None:
        """Hear the answer of a worker to a question that it was handed."""
        self._busy[worker] = stream
        self.shares.start(stream.client)
        stream.listen_to(worker, partial(self._take_back, worker, self._loop.time()))

    def _line_up(self, worker: Worker, current: Stream) -> None:
        """Hand a busy worker the next question, so that it need not wait for it.

        That is worth while only among short questions. One that is found behind a long one is
        called back; the worker then meets it for nobody, and is replaced if it cannot end it soon.
        """
        stream = self.shares.next_after(current.client)
        if stream is None:
            return
        try:
            has_room = stream.hand_ahead_to(worker)
        except OSError:  # it is dead, and whoever listens to it will hear so
            has_room = False
        if has_room:
            self._following[worker] = stream
            stream.wait_in(self)
            if self._review is None:
                self._review = self._loop.call_later(_PATIENCE, self._look_over, dict(self._busy))
        else:
            self._give_up_place(stream, current)
            self.shares.put_back(stream)

    def _look_over(self, before: dict[Worker, Stream]) -> None:
        """Call back what lies behind questions that were there the last time too."""
        self._review = None
        for worker, stream in self._following.items():
            if before.get(worker) is self._busy[worker] and not stream.is_left:
                self._following[worker] = stream.for_nobody()
                self._call_back(stream)
        if self._following:
            now = dict(self._busy)
            self._review = self._loop.call_later(_PATIENCE, self._look_over, now)
        self.dispatch()

    def _take_from_behind(self, worker: Worker, current: Stream) -> Stream | None:
        following = self._following.pop(worker, None)
        if following is not None:
            self._give_up_place(following, current)
        return following

    def _give_up_place(self, following: Stream, current: Stream) -> None:
        if following.client != current.client:
            self.shares.keep_no_more(following.client)

    def _call_back(self, stream: Stream | None) -> None:
        """Have a question wait again that was handed to a worker, if somebody wants it."""
        if stream is not None and not stream.is_left:
            self.shares.put_back(stream)
            stream.wait_in(self.shares)

    def _take_back(self, worker: Worker, since: float, is_usable: bool) -> None:
        """Take back a worker after a question; one that is dead or may be stuck is replaced."""
        stream = self._busy.pop(worker)
        self.shares.end(stream.client, self._loop.time() - since)
        following = self._take_from_behind(worker, stream)
        if self._is_retired:
            worker.kill()
        elif not is_usable:
            self._replace(worker)
            self._call_back(following)
        elif following is not None:
            self._hear(following, worker)
        else:
            self._admit(worker)
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
