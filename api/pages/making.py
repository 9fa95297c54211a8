"""Making the files of releases: each once, one at a time, in a process of its own."""

import asyncio
import logging
import sys
from pathlib import Path

from graph.dumps import Kind

_PATIENCE = 20

logger = logging.getLogger("cancu.dumps")


class NotMadeError(Exception):
    """The file of a release could not be made; the message says why."""


class Maker:
    """Makes the files of releases, one after the other, each once."""

    def __init__(self) -> None:
        self._one = asyncio.Lock()
        self._under_way: dict[tuple[str, Kind], asyncio.Task[None]] = {}

    async def make(self, folder: Path, release: str, kind: Kind) -> None:
        """Make a file, or wait for who makes it already.

        Raises:
            NotMadeError: it cannot be made.
            TimeoutError: it is not ready yet; it is being made all the same.
        """
        key = (release, kind)
        task = self._under_way.get(key)
        if task is None:
            task = asyncio.create_task(self._make(folder, release, kind))
            self._under_way[key] = task
            task.add_done_callback(lambda _: self._under_way.pop(key, None))
        await asyncio.wait_for(asyncio.shield(task), _PATIENCE)

    async def _make(self, folder: Path, release: str, kind: Kind) -> None:
        async with self._one:
            process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "graph.dumps", str(folder), release, kind),
                stdin=asyncio.subprocess.DEVNULL,
                stdout=asyncio.subprocess.DEVNULL,
                stderr=asyncio.subprocess.PIPE,
            )
            _, said = await process.communicate()
        if process.returncode:
            words = said.decode(errors="replace").strip().rpartition("\n")[2]
            logger.error("the %s of release %s was not made: %s", kind, release, words)
            raise NotMadeError(words)
