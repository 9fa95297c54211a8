"""New releases are picked up, older ones can be asked, and nobody's answer is lost by it."""

import asyncio
import json
import os
import shutil
import signal
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from graph.engine.asking import Question
from graph.engine.pool import Pool
from graph.errors import (
    BrokenAnswerError,
    OverloadedError,
    QueryTimeoutError,
    UnknownReleaseError,
)
from graph.load import load_documents
from tests.graph.engine.conftest import LIMITS
from tests.graph.engine.test_hostile import gone
from tests.graph.engine.test_shares import LONG
from tests.graph.small import plan

TASKS = "SELECT (COUNT(*) AS ?n) { ?task a cancu:Task }"
HERE = replace(LIMITS, workers=2, spare=1, queue=400, wait=20.0)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    """Return a store with four releases of 1 to 4 tasks, and their ids."""
    path = tmp_path_factory.mktemp("made") / "store"
    tasks = ["Xây dựng đề án", "Ban hành kế hoạch", "Báo cáo kết quả", "Tổ chức hội nghị"]
    releases = [
        load_documents(path, [plan(*tasks[:count])], keep=9).release for count in (1, 2, 3, 4)
    ]
    return path, [release.id for release in releases]


@pytest.fixture
def folder(made: tuple[Path, list[str]], tmp_path: Path) -> Path:
    """Return a copy of the store, in which the first release is the published one."""
    path = tmp_path / "store"
    shutil.copytree(made[0], path)
    publish(path, made[1][0])
    return path


@pytest.fixture
def ids(made: tuple[Path, list[str]]) -> list[str]:
    return made[1]


def publish(path: Path, release: str) -> None:
    """Point to a release as the end of a load does."""
    pointer = path / "current.new"
    pointer.write_text(f"{release}\n")
    pointer.replace(path / "current")


async def asked(pool: Pool, release: str | None = None) -> tuple[str, int]:
    answer = await pool.ask(Question(TASKS, release=release))
    rows = json.loads(await answer.read())["results"]["bindings"]
    return answer.release, int(rows[0]["n"]["value"])


async def switched(pool: Pool, release: str) -> None:
    while pool.current() != release:
        await asyncio.sleep(0.01)


def test_a_new_release_is_answered_from(
    folder: Path, ids: list[str], runner: asyncio.Runner
) -> None:
    async def switch() -> None:
        pool = Pool(folder, HERE)
        await pool.start()
        assert await asked(pool) == (ids[0], 1)
        before = {worker.pid for worker in pool._running()._idle}
        publish(folder, ids[2])
        await switched(pool, ids[2])
        assert await asked(pool) == (ids[2], 3)
        await gone(before)
        await pool.stop()

    runner.run(switch())


def test_no_request_is_lost_by_a_switch(
    folder: Path, ids: list[str], runner: asyncio.Runner
) -> None:
    async def switch() -> list[tuple[str, int]]:
        pool = Pool(folder, HERE)
        await pool.start()
        asking = []
        for number in range(200):
            if number % 50 == 25:
                publish(folder, ids[number // 50])
            asking.append(asyncio.create_task(asked(pool)))
            await asyncio.sleep(0.01)
        answers = await asyncio.gather(*asking)
        await pool.stop()
        return answers

    answers = runner.run(switch())

    # Each is of one release, whole.
    assert set(answers) <= {(release, count) for count, release in enumerate(ids, 1)}
    assert len(Counter(release for release, _ in answers)) > 1
    assert len(answers) == 200


def test_running_and_waiting_questions_outlive_a_switch_and_a_prune(
    folder: Path, ids: list[str], runner: asyncio.Runner
) -> None:
    rows = " ".join(f"VALUES ?v{at} {{ {' '.join(map(str, range(100)))} }}" for at in range(3))

    async def switch() -> tuple[str, int, int]:
        pool = Pool(folder, replace(HERE, workers=1, spare=0))
        await pool.start()
        running = await pool.ask(Question(f"SELECT * {{ {rows} }}", "csv"))
        waiting = asyncio.create_task(asked(pool))
        publish(folder, ids[1])
        await switched(pool, ids[1])
        shutil.rmtree(folder / "releases" / ids[0])
        count = (await running.read()).count(b"\n")
        release, _ = await waiting
        await pool.stop()
        assert running.release == ids[0]
        return release, count, len(await asyncio.to_thread(list, folder.iterdir()))

    release, count, _ = runner.run(switch())

    assert count == 1_000_001
    assert release == ids[1]


def test_who_waits_through_a_switch_is_next_when_a_question_to_the_old_release_ends(
    folder: Path, ids: list[str], runner: asyncio.Runner
) -> None:
    async def switch() -> str:
        pool = Pool(folder, replace(HERE, workers=1, spare=0))
        await pool.start()
        running = asyncio.create_task(pool.ask(Question(LONG, client="a", seconds=1.0)))
        waiting = asyncio.create_task(pool.ask(Question(TASKS, client="b")))
        publish(folder, ids[1])
        await switched(pool, ids[1])
        with pytest.raises(QueryTimeoutError):
            await running
        async with asyncio.timeout(HERE.wait / 2):  # long before it would be turned away
            answer = await waiting
        await pool.stop()
        return answer.release

    assert runner.run(switch()) == ids[1]


def test_what_lies_at_a_worker_of_the_old_release_is_answered_from_the_new_one(
    folder: Path, ids: list[str], runner: asyncio.Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("graph.engine.crew._PATIENCE", 60.0)  # else it is called back before

    async def switch() -> list[tuple[str, int]]:
        pool = Pool(folder, replace(HERE, workers=1, spare=0))
        await pool.start()
        while not pool._shares.are_short:
            await asyncio.gather(*[asked(pool) for _ in range(100)])
        (worker,) = pool._running()._idle
        os.kill(worker.pid, signal.SIGSTOP)
        asking = [asyncio.create_task(asked(pool)) for _ in range(3)]
        await asyncio.sleep(0)
        assert list(pool._running()._following) == [worker]
        publish(folder, ids[1])
        await switched(pool, ids[1])
        others = await asyncio.gather(*asking[1:])
        os.kill(worker.pid, signal.SIGCONT)
        first = await asking[0]
        await gone({worker.pid})
        await pool.stop()
        return [first, *others]

    assert runner.run(switch()) == [(ids[0], 1), (ids[1], 2), (ids[1], 2)]


def test_answers_from_the_old_release_are_broken_off_when_the_engine_stops(
    folder: Path, ids: list[str], runner: asyncio.Runner
) -> None:
    async def stop() -> None:
        pool = Pool(folder, HERE)
        await pool.start()
        running = asyncio.create_task(pool.ask(Question(LONG)))
        await asyncio.sleep(0.05)
        publish(folder, ids[1])
        await switched(pool, ids[1])
        await pool.stop()
        with pytest.raises(BrokenAnswerError, match="the server stops"):
            await running

    runner.run(stop())


def test_a_release_that_cannot_be_opened_leaves_the_old_one(
    folder: Path, ids: list[str], runner: asyncio.Runner, caplog: pytest.LogCaptureFixture
) -> None:
    shutil.rmtree(folder / "releases" / ids[1] / "db")

    async def switch() -> None:
        pool = Pool(folder, HERE)
        await pool.start()
        publish(folder, ids[1])
        while "cannot be opened" not in caplog.text:
            assert await asked(pool) == (ids[0], 1)
            await asyncio.sleep(0.01)
        publish(folder, ids[2])
        pool._looked = 0.0  # not to wait until it tries again
        await switched(pool, ids[2])
        assert await asked(pool) == (ids[2], 3)
        await pool.stop()

    runner.run(switch())


def test_older_releases(folder: Path, ids: list[str], runner: asyncio.Runner) -> None:
    async def ask() -> None:
        pool = Pool(folder, replace(HERE, pinned=2))
        await pool.start()
        # At once, and more of them than there may be at a time.
        assert await asked(pool, ids[0]) == (ids[0], 1)
        assert await asyncio.gather(*[asked(pool, ids[1]) for _ in range(5)]) == [(ids[1], 2)] * 5
        assert await asked(pool, ids[2]) == (ids[2], 3)
        assert await asked(pool, ids[3]) == (ids[3], 4)
        assert set(pool._older) == {ids[2], ids[3]}
        with pytest.raises(UnknownReleaseError, match="0000"):
            await asked(pool, "0000")
        await pool.stop()

    runner.run(ask())


def test_older_releases_have_few_workers(
    folder: Path, ids: list[str], runner: asyncio.Runner
) -> None:
    async def ask() -> None:
        pool = Pool(folder, replace(HERE, pinned=1))
        await pool.start()
        long = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
        running = await pool.ask(Question(long, release=ids[1]))
        with pytest.raises(OverloadedError):
            await asked(pool, ids[2])
        await running.close()
        assert await asked(pool, ids[2]) == (ids[2], 3)
        await pool.stop()

    runner.run(ask())


def test_an_older_release_is_closed_when_nobody_asks(
    folder: Path, ids: list[str], runner: asyncio.Runner
) -> None:
    async def ask() -> None:
        pool = Pool(folder, replace(HERE, idle=0.1))
        await pool.start()
        assert await asked(pool, ids[1]) == (ids[1], 2)
        workers = {worker.pid for worker in pool._older[ids[1]]._idle}
        await gone(workers)
        assert pool._older == {}
        assert await asked(pool, ids[1]) == (ids[1], 2)
        await pool.stop()

    runner.run(ask())


def test_the_pointer_may_vanish(folder: Path, ids: list[str], runner: asyncio.Runner) -> None:
    async def ask() -> None:
        pool = Pool(folder, HERE)
        await pool.start()
        (folder / "current").unlink()
        pool._looked = 0.0
        assert await asked(pool) == (ids[0], 1)
        await asyncio.sleep(0.05)
        assert await asked(pool) == (ids[0], 1)
        await pool.stop()

    runner.run(ask())
