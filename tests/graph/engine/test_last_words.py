"""What a worker has said before it died is heard, whatever it has left unread."""

import asyncio
import os
import socket
import subprocess
import sys

from graph.engine.processes import Worker


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
