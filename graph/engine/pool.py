"""The engine over a store on this machine: questions are answered by processes that may be killed.

Nothing of a question is parsed or run by the database in this process.
"""

import asyncio
import logging
import os
import time
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from graph.engine.asking import Answer, Question
from graph.engine.crew import Crew
from graph.engine.frames import pack_task, task_of
from graph.engine.guard import check_format, examine
from graph.engine.limits import Limits
from graph.engine.processes import ForkServer, Worker
from graph.engine.shares import Shares
from graph.engine.stream import Stream
from graph.engine.tokens import GRAPHS, LENGTH
from graph.errors import (
    OverloadedError,
    RefusedQueryError,
    StoreError,
    UnknownReleaseError,
)
from graph.releases import Folder

_log = logging.getLogger(__name__)
_LOOK_EVERY = 0.1
_TRY_AGAIN = 5.0
_SHORT_TEXT = 16 * 1024  # longer ones take milliseconds to examine


class Pool:
    """Answers questions over the releases of a folder; see `graph.engine.asking.Engine`."""

    def __init__(self, folder: Path, limits: Limits | None = None) -> None:
        self._folder = Folder(folder)
        self._limits = limits or Limits()
        self._shares = Shares(self._limits)
        self._fork_server = ForkServer(folder, self._limits)
        self._crew: Crew | None = None
        self._older: dict[str, Crew] = {}
        self._leaving: list[Crew] = []  # of releases that were published before, still at work
        self._opening: dict[str, asyncio.Task[None]] = {}
        self._stamp: tuple[int, int] | None = None
        self._looked = 0.0
        self._switching: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Open the published release.

        Raises:
            StoreError: the store cannot be opened, or holds no release.
        """
        self._stamp = self._read_stamp()
        self._crew = await self._recruit(await asyncio.to_thread(self._folder.published_id))

    async def stop(self) -> None:
        """End what is under way and all processes."""
        if self._switching is not None:
            self._switching.cancel()
            await asyncio.gather(self._switching, return_exceptions=True)
        for opening in self._opening.values():
            opening.cancel()
        await asyncio.gather(*self._opening.values(), return_exceptions=True)
        running = [self._crew] if self._crew else []
        for crew in (*self._older.values(), *running, *self._leaving):
            await crew.stop()
        self._older.clear()
        self._leaving.clear()
        self._crew = None
        self._fork_server.stop()

    def current(self) -> str:
        """Return the id of the release that answers now."""
        self._look()
        return self._running().release

    async def fork(self, program: str, options: Mapping[str, Any]) -> Worker:
        """Return a process of another kind over the release that answers now; its user ends it.

        Args:
            program: the module whose `work` is its life; see `graph.engine.worker`.
            options: what `work` is told beside the release and the limits.

        Raises:
            StoreError: the release cannot be opened, or no process be started.
        """
        return await self._fork_server.fork(self.current(), program, options)

    async def ask(self, question: Question) -> Answer:
        """Answer a question; see `graph.engine.asking.Engine.ask`."""
        _check_dataset(question, self._limits)
        if len(question.text) < _SHORT_TEXT:
            examined = examine(question.text, self._limits)
        else:
            examined = await asyncio.to_thread(examine, question.text, self._limits)
        check_format(examined.form, question.answer_format)
        seconds = min(question.seconds or self._limits.seconds, self._limits.seconds)
        packets = pack_task(task_of(question, examined, seconds))
        self._look()
        crew = self._running()
        if question.release is not None and question.release != crew.release:
            crew = await self._crew_of(question.release)
        stream = Stream(question.client, packets, seconds, self._limits)
        crew.put(stream)
        try:
            await stream.begin()
        except BaseException:
            stream.leave()
            raise
        return Answer(stream.release, stream.capped, stream, stream.whole)

    def _running(self) -> Crew:
        if self._crew is None:
            raise StoreError(self._folder.path, "no release is open: the engine is not started")
        return self._crew

    async def _recruit(self, release: str) -> Crew:
        size = self._limits.workers + self._limits.spare
        crew = Crew(release, size, self._fork_server, self._shares)
        await crew.start()
        return crew

    def _look(self) -> None:
        """Notice a new release, at most ten times a second."""
        now = time.monotonic()
        if now - self._looked < _LOOK_EVERY or self._switching is not None:
            return
        self._looked = now
        stamp = self._read_stamp()
        if stamp != self._stamp:
            self._stamp = stamp
            self._switching = asyncio.get_running_loop().create_task(self._switch())

    def _read_stamp(self) -> tuple[int, int] | None:
        try:
            status = os.stat(self._folder.path / "current")  # noqa: PTH116  # half the time
        except OSError:
            return None
        return status.st_ino, status.st_mtime_ns

    async def _switch(self) -> None:
        """Answer from the newly published release, as soon as its workers have opened it."""
        try:
            release = await asyncio.to_thread(self._folder.published_id)
            before = self._running()
            if release != before.release:
                self._crew = await self._recruit(release)
                before.retire(self._crew)
                before.dispatch()
                self._leaving = [crew for crew in (*self._leaving, before) if crew.has_work]
                _log.info("release %s answers now, after %s", release, before.release)
        except StoreError as error:
            _log.error("the new release cannot be opened: %s", error)
            self._looked += _TRY_AGAIN
            self._stamp = None
        finally:
            self._switching = None

    async def _crew_of(self, release: str) -> Crew:
        """Return the worker of an older release, which is started when it is asked."""
        if release not in self._older and release not in self._opening:
            if not self._is_kept(release):
                raise UnknownReleaseError(release)
            opening = asyncio.get_running_loop().create_task(self._open(release))
            self._opening[release] = opening
            opening.add_done_callback(lambda _: self._opening.pop(release, None))
        if release in self._opening:  # all who ask for it meanwhile wait for the same
            await asyncio.shield(self._opening[release])
        crew = self._older.get(release)
        if crew is None:
            raise OverloadedError(1)
        return crew

    async def _open(self, release: str) -> None:
        if len(self._older) + len(self._opening) > self._limits.pinned:
            await self._make_room()
        limits = replace(self._limits, workers=1, spare=0)
        crew = Crew(release, 1, self._fork_server, Shares(limits))
        await crew.start()
        self._older[release] = crew
        asyncio.get_running_loop().call_later(self._limits.idle, self._end_when_idle, crew)

    def _is_kept(self, release: str) -> bool:
        """Tell whether a release is kept; its name comes from outside, so it is only compared."""
        folder = self._folder.path / "releases"
        return folder.is_dir() and release in os.listdir(folder)  # noqa: PTH208  # names alone

    async def _make_room(self) -> None:
        idle = [crew for crew in self._older.values() if not crew.is_busy]
        if not idle:
            raise OverloadedError(1)
        oldest = min(idle, key=lambda crew: crew.used)
        await self._older.pop(oldest.release).stop()

    def _end_when_idle(self, crew: Crew) -> None:
        if self._older.get(crew.release) is not crew:
            return
        loop = asyncio.get_running_loop()
        if crew.is_busy or loop.time() - crew.used < self._limits.idle:
            loop.call_later(self._limits.idle, self._end_when_idle, crew)
        else:
            self._older.pop(crew.release).retire()


def _check_dataset(question: Question, limits: Limits) -> None:
    """Refuse more than the engine can take of what stands beside the query."""
    graphs = question.default_graphs + question.named_graphs
    if not graphs and not question.bindings:
        return
    if len(graphs) > limits.graphs:
        message = f"more than {limits.graphs} graphs are named"
        raise RefusedQueryError(GRAPHS, message)
    beside = sum(map(len, graphs)) + sum(len(value) for _, value in question.bindings.values())
    if beside > limits.most_text:
        message = f"what is given beside the query is longer than {limits.most_text} bytes"
        raise RefusedQueryError(LENGTH, message)
