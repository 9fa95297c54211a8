"""Who waits, who is next, and who is sent away."""

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from graph.engine.asking import Question
from graph.engine.limits import Limits
from graph.engine.pool import Pool
from graph.engine.shares import Shares
from graph.engine.stream import Stream
from graph.errors import GraphError, OverloadedError, QueryError
from tests.graph.engine.conftest import LIMITS
from tests.graph.engine.test_hostile import NEVER, PRODUCT

# It runs until it is stopped, and sends nothing.
LONG = f"ASK {{ {PRODUCT} {NEVER} }}"
Within = Callable[[Limits, Callable[[Pool], Coroutine[Any, Any, Any]]], Any]


def shares(runner: asyncio.Runner, limits: Limits, *clients: str) -> tuple[Shares, list[Stream]]:
    """Return the shares after so many have queued up."""
    entered = Shares(limits)
    return entered, [queue_up(runner, entered, limits, client) for client in clients]


def queue_up(runner: asyncio.Runner, entered: Shares, limits: Limits, client: str) -> Stream:
    """Have a client wait for a worker."""

    async def enter() -> Stream:
        stream = Stream(client, [], 1.0, limits)
        entered.enter(stream)
        return stream

    return runner.run(enter())


def refused(runner: asyncio.Runner, stream: Stream) -> bool:
    """Tell whether one that queued up is told to come back; it waits no longer to hear it."""

    async def hear() -> bool:
        try:
            await asyncio.wait_for(stream.begin(), 0.05)
        except OverloadedError:
            return True
        except TimeoutError:
            return False
        return False

    return runner.run(hear())


def served(entered: Shares, streams: list[Stream]) -> str:
    """Start all who may, one after the other; return their numbers among those who queued up."""
    order = ""
    while (stream := entered.next()) is not None:
        entered.start(stream.client)
        order += str(streams.index(stream))
    return order


@pytest.mark.parametrize(
    ("clients", "workers", "order"),
    [
        # One after the other.
        ("aaa", 9, "012"),
        # In turns, however many one has asked before.
        ("aaaab", 9, "04123"),
        ("aaabbc", 9, "035142"),
        # Not more than there are workers.
        ("abcd", 2, "01"),
        # Not all of them to one client.
        ("aaa", 3, "01"),
        ("aaab", 3, "031"),
        # Unless there is but one.
        ("aa", 1, "0"),
    ],
)
def test_turns(clients: str, workers: int, order: str, runner: asyncio.Runner) -> None:
    assert served(*shares(runner, Limits(workers=workers), *clients)) == order


def test_the_server_itself_comes_first_and_beyond_the_workers(runner: asyncio.Runner) -> None:
    assert served(*shares(runner, Limits(workers=2), "a", "b", "c", "", "")) == "3401"


def test_who_has_fewest_running_is_next(runner: asyncio.Runner) -> None:
    entered, streams = shares(runner, Limits(workers=9), "a", "b")
    entered.start("a")

    assert served(entered, streams) == "10"


def test_an_ended_question_makes_room(runner: asyncio.Runner) -> None:
    entered, streams = shares(runner, Limits(workers=1), "a", "b")

    assert served(entered, streams) == "0"
    assert not entered.may_start("c")
    entered.end("a", 0.1)
    assert served(entered, streams) == "1"


@pytest.mark.parametrize(
    ("clients", "newcomer", "loser"),
    [
        # Who has asked for most gives way.
        ("aaab", "b", 2),
        ("aabb", "c", 1),
        # That may be the newcomer.
        ("aaab", "a", None),
        ("abcd", "a", None),
        ("abcd", "e", None),
    ],
)
def test_a_full_queue(
    clients: str, newcomer: str, loser: int | None, runner: asyncio.Runner
) -> None:
    limits = Limits(workers=1, queue=4)
    entered, streams = shares(runner, limits, *clients)

    if loser is None:
        with pytest.raises(OverloadedError):
            queue_up(runner, entered, limits, newcomer)
    else:
        queue_up(runner, entered, limits, newcomer)

    losers = [number for number, stream in enumerate(streams) if refused(runner, stream)]
    assert losers == ([] if loser is None else [loser])


def test_the_server_itself_has_a_queue_of_its_own(runner: asyncio.Runner) -> None:
    limits = Limits(workers=1, queue=2)
    entered, streams = shares(runner, limits, "a", "a", "", "")

    with pytest.raises(OverloadedError):
        queue_up(runner, entered, limits, "")
    assert not any(refused(runner, stream) for stream in streams)


def test_when_to_ask_again(runner: asyncio.Runner) -> None:
    entered, _ = shares(runner, Limits(workers=2, queue=9), *"abcdefg")
    for _ in range(100):
        entered.start("z")
        entered.end("z", 10.0)

    assert 35 <= entered.overload().retry_after <= 40


@pytest.fixture
def within(runner: asyncio.Runner, corpus_store: Path) -> Within:
    """Return what runs a test within an engine of its own."""

    async def run(limits: Limits, test: Callable[[Pool], Coroutine[Any, Any, Any]]) -> Any:  # noqa: ANN401
        pool = Pool(corpus_store, limits)
        await pool.start()
        try:
            return await test(pool)
        finally:
            await pool.stop()

    return lambda limits, test: runner.run(run(limits, test))


async def start(pool: Pool, *clients: str) -> list[asyncio.Task[Any]]:
    """Ask questions that take long, and wait until they are with the engine."""
    tasks = [asyncio.create_task(pool.ask(Question(LONG, client=client))) for client in clients]
    await asyncio.sleep(0.05)
    return tasks


async def answer(pool: Pool, client: str) -> bytes:
    return await (await pool.ask(Question("ASK {}", "csv", client=client))).read()


def test_one_client_leaves_a_worker_to_others(within: Within) -> None:
    async def test(pool: Pool) -> bytes:
        hogs = await start(pool, *["hog"] * 5)
        others = b"".join([await answer(pool, f"other {number}") for number in range(5)])
        assert not any(hog.done() for hog in hogs)
        await cancel(hogs)
        return others

    assert within(replace(LIMITS, workers=2, spare=0), test) == b"true" * 5


def test_the_server_itself_is_answered_when_outsiders_hold_all(within: Within) -> None:
    async def test(pool: Pool) -> bytes:
        hogs = await start(pool, *"abcdef")
        own = await answer(pool, "")
        await cancel(hogs)
        return own

    assert within(replace(LIMITS, workers=2, spare=1), test) == b"true"


def test_who_waits_too_long_is_told_when_to_come_back(within: Within) -> None:
    async def test(pool: Pool) -> None:
        hogs = await start(pool, "a")
        with pytest.raises(OverloadedError) as caught:
            await answer(pool, "b")
        assert caught.value.retry_after >= 1
        await cancel(hogs)
        assert await answer(pool, "b") == b"true"

    within(replace(LIMITS, workers=1, spare=0, wait=1.0), test)


def test_too_many(within: Within) -> None:
    async def test(pool: Pool) -> list[str]:
        hogs = await start(pool, "a", "b")
        asked = [asyncio.create_task(answer(pool, f"c{number}")) for number in range(10)]
        await asyncio.sleep(0.05)
        await cancel(hogs)
        ended = await asyncio.gather(*asked, return_exceptions=True)
        return [type(end).__name__ for end in ended]

    names = within(replace(LIMITS, workers=1, spare=0, queue=4), test)

    assert names == ["bytes"] * 3 + ["OverloadedError"] * 7


def test_who_leaves_the_queue_takes_no_worker(within: Within) -> None:
    async def test(pool: Pool) -> bytes:
        hogs = await start(pool, "a", "b", "c")
        await cancel(hogs[1:])
        await cancel(hogs[:1])
        return await answer(pool, "d")

    assert within(replace(LIMITS, workers=1, spare=0), test) == b"true"


def test_stopping_ends_all_questions(within: Within) -> None:
    async def test(pool: Pool) -> list[object]:
        stream = await pool.ask(Question("SELECT * { ?a ?b ?c . ?d ?e ?f }", client="s"))
        hogs = await start(pool, *"abc")
        await pool.stop()
        ended = await asyncio.gather(*hogs, stream.read(), return_exceptions=True)
        return list(ended)

    ended = within(replace(LIMITS, workers=2, spare=0), test)

    assert all(isinstance(end, GraphError) for end in ended)
    assert isinstance(ended[-1], QueryError)


async def cancel(tasks: list[asyncio.Task[Any]]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
