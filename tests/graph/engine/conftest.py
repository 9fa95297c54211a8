"""One engine over the shipped corpus for all tests of this folder, and a loop to ask it in."""

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from graph.engine.asking import Question
from graph.engine.limits import MIB, Limits
from graph.engine.pool import Pool

LIMITS = Limits(workers=2, spare=1, seconds=20.0, memory=384 * MIB)
Ask = Callable[[Question], bytes]


@pytest.fixture(scope="package")
def runner() -> Iterator[asyncio.Runner]:
    """Return what runs coroutines, all in one event loop."""
    with asyncio.Runner() as runner:
        yield runner


@pytest.fixture(scope="package")
def pool(runner: asyncio.Runner, corpus_store: Path) -> Iterator[Pool]:
    """Return a started engine over the corpus."""
    pool = Pool(corpus_store, LIMITS)
    runner.run(pool.start())
    yield pool
    runner.run(pool.stop())


@pytest.fixture(scope="package")
def ask(runner: asyncio.Runner, pool: Pool) -> Ask:
    """Return what asks the engine over the corpus and waits for the whole answer."""

    async def read(question: Question) -> bytes:
        return await (await pool.ask(question)).read()

    return lambda question: runner.run(read(question))
