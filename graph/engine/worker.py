"""A process that answers questions over one release, one at a time, and may be killed at any time.

It is forked by `graph.engine.fork_server`. It stays single-threaded as far as Python goes: an
iterator of the engine that is used by another thread than its own ends the process.
"""

import os
import socket
import time

from graph.engine.confinement import (
    Clock,
    bound_memory,
    call_itself,
    die_with_parent,
    forbid_network,
    leave_no_trace,
)
from graph.engine.desk import Desk
from graph.engine.frames import READY, WORN, Task, pack_error, receive_task
from graph.engine.limits import Limits
from graph.engine.order import Order
from graph.engine.outlet import Outlet
from graph.errors import GraphError, QueryError
from graph.store import shortened

SHORT = 0.002  # seconds in which no more than some 10 MB of memory can be filled


def open_desk(connection: socket.socket, order: Order, parent: int) -> Desk | None:
    """Make ready to answer, confined, and tell the server so; None if the release cannot be opened.

    Args:
        connection: to the server.
        order: what is to be opened, within which bounds.
        parent: the process that this one ends with.
    """
    limits = order.limits
    die_with_parent(parent)
    call_itself("cancu-" + order.program.rpartition(".")[2])
    leave_no_trace()
    try:
        desk = Desk(order.path, order.release, limits)
        forbid_network()
        bound_memory(limits.memory, limits.stack)
    except GraphError as error:
        connection.send(pack_error(error))
        return None
    connection.send(bytes([READY]))
    return desk


def work(connection: socket.socket, order: Order, parent: int) -> None:
    """Answer questions until the server hangs up. This is the whole life of a process."""
    desk = open_desk(connection, order, parent)
    if desk is None:
        return
    worker = _Worker(connection, desk, order.limits)
    while (task := receive_task(connection)) is not None:
        worker.answer(task)


class _Worker:
    """The way from the open release back to the server."""

    def __init__(self, connection: socket.socket, desk: Desk, limits: Limits) -> None:
        self._connection = connection
        self._desk = desk
        self._limits = limits
        self._clock = Clock()
        self._began = 0.0

    def answer(self, task: Task) -> None:
        """Send an answer, or why there is none."""
        self._began = time.monotonic()
        self._clock.bound(task.seconds, self._began)
        outlet = Outlet(self._connection, self._limits.most_bytes)
        try:
            self._desk.answer(task, outlet)
            outlet.end(self._wear())
        except OSError as error:
            if outlet.lost:
                os._exit(0)  # the server hung up
            self._refuse(QueryError(shortened(str(error))))
        except (ValueError, RuntimeError) as error:
            self._refuse(QueryError(shortened(str(error))))
        except (GraphError, MemoryError) as error:
            self._refuse(error)
        except Exception as error:  # ours to mend; dying of it would blame the query's size
            self._refuse(QueryError(f"the engine failed: {type(error).__name__}: {error}"))

    def _refuse(self, error: Exception) -> None:
        self._connection.send(pack_error(error, self._wear()))

    def _wear(self) -> int:
        """Tell whether the worker is to be replaced; to take much memory takes a while."""
        was_short = time.monotonic() - self._began < SHORT
        return WORN if not was_short and self._desk.is_worn else 0
