"""An engine that has run out of what the system gives, and gets it back."""

import asyncio
import contextlib
import os
import resource
import signal
from collections.abc import Iterator
from pathlib import Path

from graph.engine.asking import Question
from graph.engine.limits import Limits
from graph.engine.pool import Pool


@contextlib.contextmanager
def no_files_left() -> Iterator[None]:
    """Have the system give this process no further descriptors."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (3, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def test_workers_come_back_with_the_files(runner: asyncio.Runner, corpus_store: Path) -> None:
    async def exhaust() -> bytes:
        pool = Pool(corpus_store, Limits(workers=2, spare=0))
        await pool.start()
        try:
            with no_files_left():
                for worker in list(pool._running()._idle):
                    os.kill(worker.pid, signal.SIGKILL)
                while pool._running()._idle:
                    await asyncio.sleep(0.01)
                await asyncio.sleep(0.1)
            return await (await pool.ask(Question("ASK {}", "csv"))).read()
        finally:
            await pool.stop()

    assert runner.run(exhaust()) == b"true"
