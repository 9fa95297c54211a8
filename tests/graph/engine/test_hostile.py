"""Queries that would hurt: each ends with its own error, and the next question is answered."""

import asyncio
import contextlib
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from graph.engine.asking import AnswerFormat, Question
from graph.engine.limits import KIB, MIB
from graph.engine.pool import Pool
from graph.errors import (
    BrokenAnswerError,
    GraphError,
    QueryResourceError,
    QueryTimeoutError,
    RefusedQueryError,
)
from tests.graph.engine.conftest import LIMITS, Ask

DOUBLING = " ".join(f"BIND(CONCAT(?v{at}, ?v{at}) AS ?v{at + 1})" for at in range(30))
NEVER = "FILTER(CONCAT(STR(?a), STR(?d), STR(?g)) = 'never')"
PRODUCT = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i"
VALUES = " ".join(f"VALUES ?v{at} {{ {' '.join(map(str, range(1000)))} }}" for at in range(4))


@pytest.mark.parametrize(
    "text",
    [
        f"SELECT (COUNT(*) AS ?n) {{ {PRODUCT} }}",
        f"SELECT * {{ {PRODUCT} }} ORDER BY ?c ?f",
        f"SELECT DISTINCT (1 AS ?x) {{ {PRODUCT} }}",
        f"ASK {{ {PRODUCT} {NEVER} }}",
        f"CONSTRUCT {{ ?a ?b ?c }} {{ {PRODUCT} {NEVER} }}",
        f"SELECT (COUNT(*) AS ?n) {{ {VALUES} }}",
        "SELECT (COUNT(*) AS ?n) { ?a (<p:>|!<p:>)* ?b . ?b (<p:>|!<p:>)* ?c }",
        "SELECT (COUNT(*) AS ?n) { ?s ?p ?o FILTER NOT EXISTS { ?a ?b ?c . ?d ?e ?f, ?s } }",
    ],
)
def test_time(text: str, ask: Ask) -> None:
    written_as: AnswerFormat = "nt" if text.startswith("CONSTRUCT") else "csv"

    with pytest.raises(QueryTimeoutError, match="not answered within"):
        ask(Question(text, written_as, seconds=0.3))

    assert ask(Question("ASK {}", "csv")) == b"true"


@pytest.mark.parametrize(
    "text",
    [
        # Strings that double: a terabyte if nobody stopped it.
        f"SELECT (STRLEN(?v30) AS ?n) {{ BIND('{'x' * 1000}' AS ?v0) {DOUBLING} }}",
        "SELECT * { ?s ?p ?o . ?a ?b ?c } ORDER BY ?s",
    ],
)
def test_memory_and_stack(text: str, ask: Ask) -> None:
    with pytest.raises(QueryResourceError, match="memory or stack"):
        ask(Question(text))

    assert ask(Question("ASK {}", "csv")) == b"true"


@pytest.mark.parametrize("opening", ["{", "(", "OPTIONAL {", "FILTER EXISTS {", "[ ?p "])
def test_depth(opening: str, ask: Ask) -> None:
    with pytest.raises(RefusedQueryError):
        ask(Question("SELECT * { ?s ?p " + opening * 20_000))


class TestWithoutTheGuard:
    """The worker holds by itself against what the guard might one day let pass."""

    @pytest.fixture
    def unguarded(self, corpus_store: Path) -> Pool:
        limits = replace(LIMITS, depth=10**6, operators=10**6, patterns=10**6, tokens=10**6)
        return Pool(corpus_store, replace(limits, seconds=1.0))

    @pytest.mark.parametrize(
        "text",
        [
            "ASK " + "{" * 100_000 + "}" * 100_000,
            "SELECT (" + "(" * 100_000 + "1" + ")" * 100_000 + " AS ?x) {}",
            "SELECT (" + "!" * 100_000 + "?a AS ?x) {}",
            "ASK {" + " UNION ".join(["{}"] * 50_000) + "}",
            "SELECT * {" + " . ".join(f"?s{at} ?p{at} ?o{at}" for at in range(1000)) + "}",
        ],
    )
    def test_bombs(self, text: str, runner: asyncio.Runner, unguarded: Pool) -> None:
        async def ask() -> bytes:
            await unguarded.start()
            try:
                with contextlib.suppress(QueryResourceError, QueryTimeoutError):
                    await unguarded.ask(Question(text, "csv"))
                return await (await unguarded.ask(Question("ASK {}", "csv"))).read()
            finally:
                await unguarded.stop()

        assert runner.run(ask()) == b"true"


def test_an_answer_that_is_cut_is_never_whole(runner: asyncio.Runner, pool: Pool) -> None:
    async def read() -> int:
        answer = await pool.ask(Question(f"SELECT * {{ {PRODUCT} }}", "csv", seconds=1.5))
        return sum([len(chunk) async for chunk in answer.chunks])

    with pytest.raises(BrokenAnswerError, match="not answered within"):
        runner.run(read())


def test_an_answer_that_is_too_large(runner: asyncio.Runner, corpus_store: Path) -> None:
    async def read() -> None:
        pool = Pool(corpus_store, replace(LIMITS, workers=1, spare=0, most_bytes=300 * KIB))
        await pool.start()
        try:
            with pytest.raises(BrokenAnswerError, match="larger"):
                await (await pool.ask(Question("SELECT * { ?s ?p ?o }"))).read()
        finally:
            await pool.stop()

    runner.run(read())


class TestReaders:
    """Who does not read, or leaves, holds no worker."""

    EVERYTHING = "SELECT * { ?s ?p ?o . ?t ?q ?u }"

    def test_leaving(self, runner: asyncio.Runner, pool: Pool) -> None:
        async def leave() -> set[int]:
            answer = await pool.ask(Question(self.EVERYTHING))
            busy = await at_work(pool)
            await anext(answer.chunks)
            await answer.close()
            await answer.close()
            await gone(busy)
            return busy

        assert len(runner.run(leave())) == 1

    def test_who_leaves_a_short_question_costs_no_worker(
        self, runner: asyncio.Runner, corpus_store: Path
    ) -> None:
        async def leave() -> None:
            pool = Pool(corpus_store, replace(LIMITS, workers=1, spare=0, grace=LIMITS.seconds))
            await pool.start()
            asking = asyncio.create_task(pool.ask(Question("ASK {}")))
            await asyncio.sleep(0)  # it is with the worker now, and nobody has heard of an answer
            busy = {worker.pid for worker in pool._running()._busy}
            assert busy
            asking.cancel()
            with pytest.raises(asyncio.CancelledError):
                await asking
            while pool._running()._busy:
                await asyncio.sleep(0.001)
            assert {worker.pid for worker in pool._running()._idle} == busy
            await pool.stop()

        runner.run(leave())

    def test_never_reading(self, runner: asyncio.Runner, pool: Pool) -> None:
        async def leave() -> None:
            answer = await pool.ask(Question(self.EVERYTHING))
            busy = await at_work(pool)
            await answer.close()
            await gone(busy)

        runner.run(leave())

    def test_cancelling(self, runner: asyncio.Runner, pool: Pool) -> None:
        async def cancel() -> None:
            question = Question(f"ASK {{ {PRODUCT} {NEVER} }}")
            asking = asyncio.create_task(pool.ask(question))
            busy = await at_work(pool)
            asking.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await asking
            await gone(busy)

        runner.run(cancel())

    @pytest.mark.parametrize(
        ("limits", "reason"),
        [
            (replace(LIMITS, stall=0.2), "nothing was read"),
            (replace(LIMITS, delivery=0.2), "not read within"),
        ],
    )
    def test_stalling(
        self, limits: object, reason: str, runner: asyncio.Runner, corpus_store: Path
    ) -> None:
        async def stall() -> None:
            pool = Pool(corpus_store, limits)  # type: ignore[arg-type]
            await pool.start()
            try:
                answer = await pool.ask(Question(self.EVERYTHING))
                await gone(await at_work(pool))
                with pytest.raises(BrokenAnswerError, match=reason):
                    await answer.read()
            finally:
                await pool.stop()

        runner.run(stall())

    def test_a_slow_reader_is_given_time(self, runner: asyncio.Runner, pool: Pool) -> None:
        # The clock of a question stands still while its reader is behind.
        async def read() -> int:
            text = "SELECT * { ?s ?p ?o }"
            answer = await pool.ask(Question(text, "csv", seconds=4.0))
            size = 0
            async for chunk in answer.chunks:
                if size < 2 * MIB:
                    await asyncio.sleep(0.2)
                size += len(chunk)
            return size

        assert runner.run(read()) > 5_000_000

    def test_a_small_answer_frees_its_worker_unread(
        self, runner: asyncio.Runner, pool: Pool
    ) -> None:
        async def leave_unread() -> list[bytes]:
            answers = [await pool.ask(Question("ASK {}", "csv")) for _ in range(20)]
            return [await answer.read() for answer in answers]

        assert runner.run(leave_unread()) == [b"true"] * 20


def test_a_worker_that_dies_idle_is_replaced(runner: asyncio.Runner, pool: Pool) -> None:
    async def kill_all() -> bytes:
        workers = children(fork_server(pool))
        for pid in workers:
            os.kill(pid, signal.SIGKILL)
        await gone(workers)
        while workers & {worker.pid for worker in pool._running()._idle}:
            await asyncio.sleep(0.01)
        answers = [await pool.ask(Question("ASK {}", "csv")) for _ in range(6)]
        return await answers[-1].read()

    assert runner.run(kill_all()) == b"true"


def test_a_fork_server_that_dies_is_replaced(runner: asyncio.Runner, pool: Pool) -> None:
    async def kill() -> bytes:
        pid = fork_server(pool)
        workers = children(pid)
        os.kill(pid, signal.SIGKILL)
        await gone(workers)
        return await (await pool.ask(Question("ASK {}", "csv"))).read()

    assert runner.run(kill()) == b"true"


def test_workers_die_with_the_server(corpus_store: Path) -> None:
    script = f"""
import asyncio, sys
from pathlib import Path
from graph.engine.asking import Question
from graph.engine.limits import Limits
from graph.engine.pool import Pool

async def main():
    pool = Pool(Path({str(corpus_store)!r}), Limits(workers=2, spare=0))
    await pool.start()
    asyncio.create_task(pool.ask(Question("ASK {{ {PRODUCT} {NEVER} }}")))
    await asyncio.sleep(0.1)
    print(pool._fork_server._process.pid, flush=True)
    await asyncio.sleep(60)

asyncio.run(main())
"""
    server = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE)
    assert server.stdout is not None
    with server, server.stdout:
        forking = int(server.stdout.readline())
        everyone = {forking, *children(forking)}
        server.kill()

    assert len(everyone) == 3
    asyncio.run(gone(everyone))


def test_a_worker_that_has_grown_is_replaced(runner: asyncio.Runner, pool: Pool) -> None:
    some = " ".join(f"BIND(CONCAT(?v{at}, ?v{at}) AS ?v{at + 1})" for at in range(17))
    text = f"SELECT (STRLEN(?v17) AS ?n) {{ BIND('{'x' * 1000}' AS ?v0) {some} }}"

    async def grow() -> bytes:
        before = {worker.pid for worker in pool._running()._idle}
        data = await (await pool.ask(Question(text, "csv"))).read()
        grown = before - {worker.pid for worker in pool._running()._idle}
        assert len(grown) == 1
        await gone(grown)
        return data

    assert runner.run(grow()) == b"n\r\n131072000\r\n"


def test_confinement() -> None:
    script = """
import ctypes, os, socket
from graph.engine.confinement import forbid_network

def io_uring():
    call = ctypes.CDLL(None, use_errno=True).syscall
    if call(425, 1, ctypes.create_string_buffer(200)) < 0:
        raise OSError(ctypes.get_errno(), "io_uring_setup")

assert forbid_network()
for reach in (socket.socket, lambda: os.execv("/bin/true", ["true"]), io_uring):
    try:
        reach()
    except PermissionError:
        print("refused")
"""
    told = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True)

    assert told.stdout.split() == [b"refused"] * 3


def test_a_worker_cannot_reach_out(pool: Pool) -> None:
    # Mode 2 is a filter of system calls; no core is written. One that is forked in place of another
    # has neither yet, and no question either.
    idle = {worker.pid for worker in pool._running()._idle}
    assert idle
    for pid in idle:
        status = Path(f"/proc/{pid}/status").read_text()
        limits = Path(f"/proc/{pid}/limits").read_text()

        assert "Seccomp:\t2" in status
        assert "Threads:" in status
        assert limits.split("Max core file size")[1].split()[:2] == ["0", "0"]
        assert limits.split("Max address space")[1].split()[0].isdigit()


def fork_server(pool: Pool) -> int:
    """Return the process id of an engine's fork server."""
    process = pool._fork_server._process
    assert process is not None
    return process.pid


def children(pid: int) -> set[int]:
    """Return the processes that a process has forked and that live."""
    text = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    return {int(child) for child in text.split()}


async def at_work(pool: Pool) -> set[int]:
    """Wait until a worker of the pool is at work; return it."""
    while not (busy := {worker.pid for worker in pool._running()._busy}):
        await asyncio.sleep(0.01)
    return busy


async def gone(pids: set[int]) -> None:
    """Wait until processes are no more; nobody computes on for a question that has ended."""
    deadline = time.monotonic() + 20
    while any(_lives(pid) for pid in pids):
        if time.monotonic() > deadline:
            message = f"still there: {pids}"
            raise GraphError(message)
        await asyncio.sleep(0.01)


def _lives(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        threads = len(list(Path(f"/proc/{pid}/task").iterdir()))
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z" or threads > 1  # those that outlive the first keep its socket open
