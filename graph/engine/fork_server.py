"""The process that workers are forked from, in 30 ms, with everything imported already.

Run as `python -m graph.engine.fork_server DESCRIPTOR`. It has a single thread, so that forking it
is safe, and ends when the server does. Each order on its socket is a JSON array of the store's
folder, the id of a release and the limits, with the worker's socket beside it; it is answered by a
descriptor of the new process.
"""

import gc
import os
import signal
import socket
import sys
from dataclasses import fields
from pathlib import Path

import orjson

from graph.engine.limits import Limits
from graph.engine.worker import work

MOST_ORDER = 64 * 1024


def main() -> None:
    """Fork workers until the server hangs up."""
    orders = socket.socket(fileno=int(sys.argv[1]))
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the server's to handle
    signal.signal(signal.SIGTERM, signal.SIG_IGN)  # a service manager tells all processes
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for dead workers
    gc.freeze()
    while _fork_next(orders):
        pass


def _fork_next(orders: socket.socket) -> bool:
    try:
        order, descriptors, _, _ = socket.recv_fds(orders, MOST_ORDER, 1)
    except ConnectionResetError:  # the server died with an answer of ours unread
        return False
    if not order:
        return False
    me = os.getpid()
    child = os.fork()
    if child == 0:
        orders.close()
        _live(order, descriptors[0], me)
    os.close(descriptors[0])
    handle = os.pidfd_open(child)
    socket.send_fds(orders, [child.to_bytes(4)], [handle])
    os.close(handle)
    return True


def _live(order: bytes, descriptor: int, parent: int) -> None:
    status = 1
    try:
        path, release, values = orjson.loads(order)
        limits = Limits(**dict(zip((f.name for f in fields(Limits)), values, strict=True)))
        work(socket.socket(fileno=descriptor), Path(path), release, limits, parent)
        status = 0
    finally:
        os._exit(status)  # never back into the fork server's loop


if __name__ == "__main__":
    main()
