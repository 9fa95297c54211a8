"""The server's side of its processes: what the dying have said, and when files run out."""

import asyncio
import contextlib
import os
import resource
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.engine.processes import ForkServer, Worker
from graph.errors import StoreError
from graph.releases import Folder
from tests.graph.engine.conftest import LIMITS


def test_the_last_words_of_a_worker_are_heard() -> None:
    async def listen() -> list[bytes]:
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as process:
            worker = Worker("0123456789abcdef", ours, process.pid, os.pidfd_open(process.pid))
            heard: list[bytes] = []
            over = asyncio.Event()

            def hear(packet: bytes) -> None:
                heard.append(packet)
                if not packet:
                    over.set()

            worker.receive = hear
            worker.send([b"unread"])
            theirs.send(b"one")
            theirs.send(b"two")
            theirs.close()
            await asyncio.wait_for(over.wait(), 10)
            worker.kill()
        return heard

    assert asyncio.run(listen()) == [b"one", b"two", b""]


@contextlib.contextmanager
def descriptors_left(count: int) -> Iterator[None]:
    """Leave this process so many descriptors."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    highest = max(int(entry.name) for entry in Path("/proc/self/fd").iterdir())
    resource.setrlimit(resource.RLIMIT_NOFILE, (highest + 8, hard))
    taken = []
    try:
        with contextlib.suppress(OSError):
            while True:
                taken.append(os.dup(0))
        for _ in range(count):
            os.close(taken.pop())
        yield
    finally:
        for descriptor in taken:
            os.close(descriptor)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


@pytest.mark.parametrize("left", [0, 1, 2])
def test_without_descriptors_no_process_is_started_and_none_ended(
    corpus_store: Path, left: int
) -> None:
    async def fork() -> list[bytes]:
        server = ForkServer(corpus_store, LIMITS)
        release = Folder(corpus_store).published_id()
        first = await server.fork(release)
        ended: list[bytes] = []
        first.receive = ended.append
        try:
            with descriptors_left(left), pytest.raises(StoreError):
                await server.fork(release)
            second = await server.fork(release)
            second.kill()
            return ended
        finally:
            first.kill()
            server.stop()

    assert asyncio.run(fork()) == []
