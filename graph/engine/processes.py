"""The server's side of its worker processes: started by a fork server, ended by a signal."""

import asyncio
import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from graph.engine.frames import ERROR, PACKET, unpack_error
from graph.engine.limits import Limits
from graph.engine.order import WORKER, Order, pack_order
from graph.errors import GraphError, StoreError

_STARTING = 30.0
_CPU_CLOCK = 2  # Linux: with the number of a process, the clock of what it has computed
# The database frees and takes small pieces by the hundred for each question; with room for seven of
# a size, as is usual, glibc takes a sixth of the time of a short one. Others than glibc ignore it.
_MALLOC = "glibc.malloc.tcache_count=256"


class ForkServer:
    """The process that workers are forked from; started again if it is found dead."""

    def __init__(self, path: Path, limits: Limits) -> None:
        self._path = path
        self._limits = limits
        self._process: subprocess.Popen[bytes] | None = None
        self._orders: socket.socket | None = None
        self._lock = asyncio.Lock()

    async def fork(
        self, release: str, program: str = WORKER, options: Mapping[str, Any] | None = None
    ) -> "Worker":
        """Return a new worker that has opened a release.

        Args:
            release: id of the release.
            program: the module whose `work` is its life.
            options: what else `work` is told.

        Raises:
            StoreError: the release cannot be opened, or no process be started.
        """
        order = Order(self._path, release, self._limits, program, options or {})
        async with self._lock:
            worker = await self._order(order)
        try:
            await worker.ready()
        except GraphError as error:
            worker.kill()
            raise StoreError(self._path, str(error)) from error
        except BaseException:
            worker.kill()
            raise
        return worker

    def stop(self) -> None:
        """End the fork server, and so all workers."""
        if self._orders is not None:
            self._orders.close()
            self._orders = None
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    async def _order(self, order: Order) -> "Worker":
        for _ in range(2):  # it may have died since the last order
            ours, theirs = self._pair()
            try:
                with theirs:
                    pid, handle = await self._send_order(order, theirs)
            except OSError:
                ours.close()
                self.stop()
                continue
            except BaseException:
                ours.close()
                raise
            return Worker(order.release, ours, pid, handle)
        raise StoreError(self._path, "no process can be started to answer queries")

    def _pair(self) -> tuple[socket.socket, socket.socket]:
        try:
            return socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        except OSError as error:  # no descriptor is left: it is tried again later
            raise StoreError(self._path, f"no process can be reached: {error.strerror}") from error

    async def _send_order(self, order: Order, theirs: socket.socket) -> tuple[int, int]:
        orders = self._orders or self._start()
        socket.send_fds(orders, [pack_order(order)], [theirs.fileno()])
        await _readable(orders)
        reply, handles, _, _ = socket.recv_fds(orders, 4, 1)
        if not reply:
            message = "the fork server is gone"
            raise ConnectionError(message)
        pid = int.from_bytes(reply)
        if not handles:  # no descriptor is left to watch it by
            os.kill(pid, signal.SIGKILL)
            raise StoreError(self._path, "no process can be watched: too many files are open")
        return pid, handles[0]

    def _start(self) -> socket.socket:
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603  # our own interpreter and module
                [sys.executable, "-m", "graph.engine.fork_server", str(theirs.fileno())],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                env={**os.environ, "GLIBC_TUNABLES": _tunables()},
            )
        ours.setblocking(False)
        self._orders = ours
        return ours


class Worker:
    """A worker process and the connection to it.

    Attributes:
        release: id of the release that it answers from.
        receive: called with each packet of the worker; with b"" when it has died.
        pid: its process id.
        loop: the event loop that hears it.
    """

    def __init__(self, release: str, connection: socket.socket, pid: int, handle: int) -> None:
        self.release = release
        self.pid = pid
        self.receive: Callable[[bytes], None] = _ignore
        self._connection = connection
        self._handle = handle
        self._descriptor = connection.fileno()
        self.loop = asyncio.get_running_loop()
        self._is_reading = False
        self._sending: asyncio.Task[None] | None = None
        connection.setblocking(False)
        self.resume()

    async def ready(self) -> None:
        """Wait until the worker has opened its release.

        Raises:
            GraphError: it cannot.
        """
        first: asyncio.Future[bytes] = self.loop.create_future()
        self.receive = lambda packet: None if first.done() else first.set_result(packet)
        packet = await asyncio.wait_for(first, _STARTING)
        if not packet:
            message = "the process that opens it died"
            raise GraphError(message)
        if packet[0] & ERROR:
            raise unpack_error(packet)
        self.receive = _ignore

    def send(self, packets: Sequence[bytes]) -> None:
        """Hand packets to the worker; those that the connection does not hold yet follow.

        Raises:
            OSError: the worker is gone.
        """
        for number, packet in enumerate(packets):
            if not self.offer(packet):
                self._sending = self.loop.create_task(self._send_rest(packets[number:]))
                return

    def offer(self, packet: bytes, descriptor: int | None = None) -> bool:
        """Hand a packet to the worker if there is room for it; nothing else may be on its way.

        Args:
            packet: what to hand over.
            descriptor: of an open file that the worker is to have too.

        Raises:
            OSError: the worker is gone.
        """
        try:
            if descriptor is None:
                self._connection.send(packet)
            else:
                socket.send_fds(self._connection, [packet], [descriptor])
        except BlockingIOError:
            return False
        return True

    def pause(self) -> None:
        """Take no more packets for now; the worker waits when the connection is full."""
        if self._is_reading:
            self._is_reading = False
            self.loop.remove_reader(self._descriptor)

    def resume(self) -> None:
        """Take packets again."""
        if not self._is_reading:
            self._is_reading = True
            self.loop.add_reader(self._descriptor, self._take)

    def computed(self) -> float:
        """Return for how many seconds it has computed; 0 if it is dead."""
        try:
            return time.clock_gettime(~self.pid << 3 | _CPU_CLOCK)
        except OSError:
            return 0.0

    def strike(self) -> None:
        """End the process at once, but hear it to the end: b"" comes when it does nothing more."""
        with contextlib.suppress(ProcessLookupError):
            signal.pidfd_send_signal(self._handle, signal.SIGKILL)

    def kill(self) -> None:
        """End the process at once; harmless when it is over."""
        if self._handle < 0:
            return
        self.pause()
        if self._sending is not None:
            self._sending.cancel()
        self.strike()
        os.close(self._handle)
        self._handle = -1
        self._connection.close()

    def _last_words(self) -> bytes:
        while True:
            try:
                packet = self._connection.recv(PACKET)
            except OSError:
                return b""
            if not packet:
                return b""
            self.receive(packet)

    async def _send_rest(self, packets: Sequence[bytes]) -> None:
        with contextlib.suppress(OSError):  # it has died, which whoever listens to it is told
            for packet in packets:
                await self.loop.sock_sendall(self._connection, packet)

    def _take(self) -> None:
        try:
            packet = self._connection.recv(PACKET)
        except BlockingIOError:
            return
        except OSError:  # it died with something unread; what it said before comes after that
            packet = self._last_words()
            if self._handle < 0:  # one of them was enough
                return
        if not packet:
            self.pause()
        self.receive(packet)


def _tunables() -> str:
    """Return the settings of glibc: ours, and then those of the environment, which count more."""
    given = os.environ.get("GLIBC_TUNABLES")
    return f"{_MALLOC}:{given}" if given else _MALLOC


def _ignore(packet: bytes) -> None:
    """Take a packet that nobody expects."""


async def _readable(connection: socket.socket) -> None:
    loop = asyncio.get_running_loop()
    ready: asyncio.Future[None] = loop.create_future()
    loop.add_reader(connection, lambda: None if ready.done() else ready.set_result(None))
    try:
        await asyncio.wait_for(ready, _STARTING)
    finally:
        loop.remove_reader(connection)
