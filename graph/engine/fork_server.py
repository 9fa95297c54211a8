"""The process that workers are forked from, in 30 ms, with everything imported already.

Run as `python -m graph.engine.fork_server DESCRIPTOR`. It has a single thread, so that forking it
is safe, and ends when the server does. Each order on its socket (`graph.engine.order`) comes with
the new process's own socket, and is answered by a descriptor of the process.
"""

import gc
import importlib
import os
import signal
import socket
import sys
from collections.abc import Callable

from graph.engine.order import WORKER, Order, unpack_order

MOST_ORDER = 64 * 1024


def main() -> None:
    """Fork workers until the server hangs up."""
    orders = socket.socket(fileno=int(sys.argv[1]))
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the server's to handle
    signal.signal(signal.SIGTERM, signal.SIG_IGN)  # a service manager tells all processes
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for dead workers
    _program(WORKER)
    while _fork_next(orders):
        pass


def _fork_next(orders: socket.socket) -> bool:
    try:
        packet, descriptors, _, _ = socket.recv_fds(orders, MOST_ORDER, 1)
    except ConnectionResetError:  # the server died with an answer of ours unread
        return False
    if not packet:
        return False
    me = os.getpid()
    order = unpack_order(packet)
    work = _program(order.program)
    child = os.fork()
    if child == 0:
        orders.close()
        status = 1
        try:
            work(socket.socket(fileno=descriptors[0]), order, me)
            status = 0
        finally:
            os._exit(status)  # never back into the fork server's loop
    os.close(descriptors[0])
    handle = os.pidfd_open(child)
    socket.send_fds(orders, [child.to_bytes(4)], [handle])
    os.close(handle)
    return True


def _program(name: str) -> Callable[[socket.socket, Order, int], None]:
    """Return what a process is to do; those that are forked from here on share its code."""
    if name not in sys.modules:
        importlib.import_module(name)
        gc.freeze()
    work: Callable[[socket.socket, Order, int], None] = sys.modules[name].work
    return work


if __name__ == "__main__":
    main()
