"""What is handed to a busy worker, to be answered next: short questions behind short ones."""

import asyncio
import json
import os
import random
import signal
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest
import uvloop

from graph.engine.asking import Answer, Question
from graph.engine.limits import Limits
from graph.engine.pool import Pool
from graph.errors import OverloadedError, QueryResourceError, QueryTimeoutError
from tests.graph.engine.conftest import LIMITS
from tests.graph.engine.test_shares import LONG

ONE = replace(LIMITS, workers=1, spare=0, queue=1000, wait=10.0)
TWO = replace(LIMITS, workers=2, spare=0, per_client=2, queue=1000, wait=10.0)
# Milliseconds of work, the more the fewer pairs a filter lets through.
WORK = " ".join(f"VALUES ?v{at} {{ {' '.join(map(str, range(600)))} }}" for at in range(2))


@asynccontextmanager
async def asked_briefly(store: Path, limits: Limits) -> AsyncIterator[Pool]:
    """Start an engine that has met short questions only."""
    pool = Pool(store, replace(limits, queue=1000))
    await pool.start()
    try:
        while not pool._shares.are_short:  # however busy the machine is
            await asyncio.gather(*[number(pool, at) for at in range(100)])
        yield pool
    finally:
        await pool.stop()


async def number(pool: Pool, at: int, *, takes: str = "", client: str = "a") -> int:
    """Ask for a number; with `takes` not before some work was done."""
    question = Question(f"SELECT ({at} AS ?n) {{ {takes} }} LIMIT 1", client=client)
    rows = json.loads(await (await pool.ask(question)).read())["results"]["bindings"]
    return int(rows[0]["n"]["value"])


async def one_behind_a_long_one(
    pool: Pool, seconds: float | None = None
) -> tuple[asyncio.Task[Answer], asyncio.Task[int]]:
    """Ask a question that takes long, and a short one, which lies at the same worker."""
    long = asyncio.create_task(pool.ask(Question(LONG, client="a", seconds=seconds)))
    await asyncio.sleep(0)
    short = asyncio.create_task(number(pool, 7))
    await asyncio.sleep(0)
    assert lined_up(pool) == 1
    return long, short


def lined_up(pool: Pool) -> int:
    """Return how many questions lie at busy workers."""
    return len(pool._running()._following)


async def answered_in_time(pool: Pool, at: int) -> int | None:
    """Return a number asked for; None if its question has waited for too long."""
    try:
        return await number(pool, at)
    except OverloadedError:
        return None


def test_each_gets_its_own_answer_whoever_leaves(
    corpus_store: Path, runner: asyncio.Runner
) -> None:
    chance = random.Random(4)  # noqa: S311 - no secret

    async def ask() -> None:
        async with asked_briefly(corpus_store, TWO) as pool:
            asking, most = {}, 0
            for at in range(1500):
                takes = f"{WORK} FILTER(?v0 + ?v1 > 900)" if chance.random() < 0.02 else ""
                asking[at] = asyncio.create_task(number(pool, at, takes=takes))
                if at % 100 == 0:
                    await asyncio.sleep(0)
                if chance.random() < 0.2:
                    await asyncio.sleep(0.001)
                    most = max(most, lined_up(pool))
                    asking[chance.randrange(len(asking))].cancel()
            answers = await asyncio.gather(*asking.values(), return_exceptions=True)
            assert most > 0
        ended = [answer for answer in answers if isinstance(answer, int)]
        assert len(ended) > 1000
        for at, answer in enumerate(answers):
            assert answer == at or isinstance(answer, asyncio.CancelledError)

    runner.run(ask())


def test_nobody_is_left_behind_a_long_question(corpus_store: Path, runner: asyncio.Runner) -> None:
    async def ask() -> None:
        async with asked_briefly(corpus_store, TWO) as pool:
            short = [asyncio.create_task(number(pool, at)) for at in range(10)]
            long = asyncio.create_task(pool.ask(Question(LONG, client="a")))
            short += [asyncio.create_task(number(pool, at)) for at in range(10, 100)]
            assert await asyncio.gather(*short) == list(range(100))
            assert not long.done()
            long.cancel()

    runner.run(ask())


def test_who_is_behind_a_question_that_is_ended_is_answered_by_another_worker(
    corpus_store: Path, runner: asyncio.Runner
) -> None:
    async def ask() -> None:
        async with asked_briefly(corpus_store, ONE) as pool:
            long, short = await one_behind_a_long_one(pool, seconds=0.5)
            with pytest.raises(QueryTimeoutError):
                await long
            assert await short == 7

    runner.run(ask())


def test_who_is_behind_a_question_whose_worker_dies_is_answered_by_another(
    corpus_store: Path, runner: asyncio.Runner
) -> None:
    async def ask() -> None:
        async with asked_briefly(corpus_store, ONE) as pool:
            long, short = await one_behind_a_long_one(pool)
            (worker,) = pool._running()._following
            os.kill(worker.pid, signal.SIGKILL)
            with pytest.raises(QueryResourceError):
                await long
            assert await short == 7

    runner.run(ask())


@pytest.mark.parametrize("leaves", [True, False])
def test_what_was_handed_over_in_vain_does_not_hold_the_worker(
    leaves: bool, corpus_store: Path, runner: asyncio.Runner
) -> None:
    async def ask() -> None:
        async with asked_briefly(corpus_store, ONE) as pool:
            takes = f"{WORK} FILTER(?v0 + ?v1 = 1198)"  # the last of all pairs
            some = asyncio.create_task(number(pool, 5, takes=takes))
            await asyncio.sleep(0)
            seconds = None if leaves else 1.0
            long = asyncio.create_task(pool.ask(Question(LONG, client="a", seconds=seconds)))
            await asyncio.sleep(0)
            assert lined_up(pool) == 1
            if leaves:  # else it is called back, since that in front of it is not so short
                long.cancel()
            with pytest.raises(asyncio.CancelledError if leaves else QueryTimeoutError):
                await long
            assert await some == 5
            async with asyncio.timeout(LIMITS.seconds / 4):
                assert await number(pool, 7) == 7

    runner.run(ask())


def test_who_waits_too_long_behind_another_is_told_when_to_come_back(
    corpus_store: Path, runner: asyncio.Runner
) -> None:
    async def ask() -> None:
        async with asked_briefly(corpus_store, replace(ONE, wait=0.3)) as pool:
            long, short = await one_behind_a_long_one(pool)
            with pytest.raises(OverloadedError):
                await short
            assert not long.done()
            long.cancel()
            await asyncio.gather(long, return_exceptions=True)
            async with asyncio.timeout(60):  # a busy machine needs longer than one may wait here
                while (answer := await answered_in_time(pool, 8)) is None:
                    pass
            assert answer == 8

    runner.run(ask())


def test_who_is_behind_another_when_the_engine_stops_is_told_so(
    corpus_store: Path, runner: asyncio.Runner
) -> None:
    async def ask() -> None:
        async with asked_briefly(corpus_store, ONE) as pool:
            long, short = await one_behind_a_long_one(pool)
            await pool.stop()
            async with asyncio.timeout(ONE.wait / 2):  # at once, not when its wait is over
                with pytest.raises(OverloadedError):
                    await short
            await asyncio.gather(long, return_exceptions=True)

    runner.run(ask())


def test_after_a_long_question_nothing_is_lined_up(
    corpus_store: Path, runner: asyncio.Runner
) -> None:
    async def ask() -> None:
        async with asked_briefly(corpus_store, ONE) as pool:
            with pytest.raises(QueryTimeoutError):
                await pool.ask(Question(LONG, client="a", seconds=0.2))
            long = asyncio.create_task(pool.ask(Question(LONG, client="a", seconds=0.2)))
            while not pool._running().has_work:
                await asyncio.sleep(0.001)
            short = asyncio.create_task(number(pool, 7))
            await asyncio.sleep(0)
            assert lined_up(pool) == 0
            with pytest.raises(QueryTimeoutError):
                await long
            assert await short == 7

    runner.run(ask())


@pytest.mark.parametrize("kib", [193, 196, 198, 205, 300, 900])
def test_nothing_lies_behind_a_question_that_fills_the_connection(
    kib: int, corpus_store: Path
) -> None:
    text = f'SELECT (1 AS ?n) {{ VALUES ?x {{ "{"a" * (kib * 1024)}" }} }}'

    async def ask() -> None:
        async with asked_briefly(corpus_store, ONE) as pool:
            (worker,) = pool._running()._idle
            os.kill(worker.pid, signal.SIGSTOP)  # no core is free for it
            long = asyncio.create_task(pool.ask(Question(text, client="b")))
            while not pool._running().has_work:
                await asyncio.sleep(0)
            short = [asyncio.create_task(number(pool, at)) for at in range(4)]
            for _ in range(3):
                await asyncio.sleep(0)
            os.kill(worker.pid, signal.SIGCONT)
            time.sleep(0.03)  # the loop is held up, and then much has come at once
            assert await asyncio.gather(*short) == list(range(4))
            assert b'"1"' in await (await long).read()

    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:  # as it is shipped
        runner.run(ask())


@pytest.mark.parametrize(
    ("limits", "running", "waiting"),
    [
        (Limits(workers=4, spare=0), "aabb", "aaaa"),
        (Limits(workers=4, spare=0), "aaab", "bbbbcc"),
        (Limits(workers=2, spare=2, per_client=2), "a   ", "aaaabbbb"),  # blank: the server's own
    ],
)
def test_nobody_gets_more_than_his_share(
    limits: Limits, running: str, waiting: str, corpus_store: Path, runner: asyncio.Runner
) -> None:
    async def ask() -> None:
        async with asked_briefly(corpus_store, limits) as pool:
            crew = pool._running()
            while len(crew._idle) < limits.workers + limits.spare:
                await asyncio.sleep(0.01)
            pids = [worker.pid for worker in crew._idle]
            for pid in pids:
                os.kill(pid, signal.SIGSTOP)
            asking = [
                asyncio.create_task(number(pool, at, client=client.strip()))
                for at, client in enumerate(running + waiting)
            ]
            await asyncio.sleep(0)
            assert len(crew._busy) == len(running)
            for pid in reversed(pids):  # those that were asked first: one after the other ends
                os.kill(pid, signal.SIGCONT)
                for _ in range(20):
                    counts = Counter(stream.client for stream in crew._busy.values())
                    del counts[""]
                    assert max(counts.values(), default=0) <= limits.share
                    assert counts.total() <= limits.workers
                    await asyncio.sleep(0.001)
            assert await asyncio.gather(*asking) == list(range(len(asking)))
            assert not crew.shares._kept

    runner.run(ask())


def test_nobody_starves_behind_those_who_never_cease(
    corpus_store: Path, runner: asyncio.Runner
) -> None:
    async def go_on(pool: Pool, client: str) -> None:
        while True:
            await number(pool, 1, client=client)

    async def ask() -> None:
        limits = replace(LIMITS, workers=2, spare=0)
        async with asked_briefly(corpus_store, limits) as pool:
            busy = [asyncio.create_task(go_on(pool, client)) for client in "aaaaaaaabbbbbbbb"]
            await asyncio.sleep(0.05)
            # Who starves is turned away after `wait` seconds.
            assert [await number(pool, at, client="c") for at in range(20)] == list(range(20))
            for task in busy:
                task.cancel()
            await asyncio.gather(*busy, return_exceptions=True)

    runner.run(ask())
