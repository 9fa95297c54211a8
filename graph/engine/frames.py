"""What server and worker say to each other: packets over a pair of sockets that keep their bounds.

To a worker: a question as JSON, in parts if it is long; each part starts with MORE or LAST.
From a worker: READY once; then for each question packets that start with a byte of marks:

  FIRST  the first of an answer; with CAPPED when rows are left out
  LAST   the last of an answer, so that the worker is free
  WORN   with LAST: the worker has grown, and is to be replaced
  ERROR  instead of data: kind, message, line and column as JSON; always with LAST

A small answer is one packet, FIRST and LAST at once.
"""

import socket
from typing import Any, NamedTuple

import orjson

from graph.engine.asking import Question
from graph.engine.guard import Examined
from graph.errors import (
    FormatError,
    GraphError,
    QueryError,
    QueryResourceError,
    QuerySyntaxError,
    RefusedQueryError,
)

DATA = 0
FIRST = 1
LAST = 2
CAPPED = 4
ERROR = 8
READY = 16
WORN = 32

# 64 KiB: smaller packets cost up to 60 % more time, larger ones delay the first row.
CHUNK = 64 * 1024
PACKET = CHUNK + 1
_END = bytes([LAST])


class Task(NamedTuple):
    """What a worker needs to know of a question; a tuple, since there are thousands a second.

    Attributes:
        union: whether the default graph is the union of all graphs: neither the question nor the
            query itself names another.
        searches: whether the text has searches to be rewritten.
        answer_format: see `graph.engine.asking.Question`, as for the rest.
    """

    text: str
    answer_format: str
    union: bool
    searches: bool
    default_graphs: tuple[str, ...]
    named_graphs: tuple[str, ...]
    bindings: dict[str, tuple[str, str]]
    seconds: float
    most_rows: int | None


def task_of(question: Question, examined: Examined, seconds: float) -> Task:
    """Return what a worker is told of a question that was examined, and of its time limit."""
    has_dataset = bool(question.default_graphs or question.named_graphs)
    return Task(
        text=question.text,
        answer_format=question.answer_format,
        union=not has_dataset and not examined.has_dataset,
        searches=examined.searches,
        default_graphs=question.default_graphs,
        named_graphs=question.named_graphs,
        bindings=dict(question.bindings),
        seconds=seconds,
        most_rows=question.most_rows,
    )


def pack_task(task: Task) -> list[bytes]:
    """Return the packets that hand a question to a worker."""
    whole = orjson.dumps(list(task))
    if len(whole) <= CHUNK:
        return [_END + whole]
    parts = [whole[start : start + CHUNK] for start in range(0, len(whole), CHUNK)]
    return [bytes([DATA]) + part for part in parts[:-1]] + [_END + parts[-1]]


def receive_task(connection: socket.socket) -> Task | None:
    """Wait for the next question; None if there will be no more."""
    parts = []
    while True:
        packet = connection.recv(PACKET)
        if not packet:
            return None
        parts.append(packet[1:])
        if packet[0] & LAST:
            return Task._make(orjson.loads(b"".join(parts)))


def pack_error(error: Exception, marks: int = 0) -> bytes:
    """Return the packet that tells why there is no answer, or no more of it."""
    fault: dict[str, Any] = {"kind": type(error).__name__, "message": str(error)}
    if isinstance(error, QuerySyntaxError | RefusedQueryError):
        fault |= {"line": error.line, "column": error.column}
    if isinstance(error, RefusedQueryError):
        fault["rule"] = error.rule
    return bytes([ERROR | LAST | marks]) + orjson.dumps(fault)


def unpack_error(packet: bytes) -> GraphError:
    """Return the error that a packet tells."""
    fault = orjson.loads(packet[1:])
    message = fault["message"]
    match fault["kind"]:
        case "QuerySyntaxError":
            return QuerySyntaxError(message, fault["line"], fault["column"])
        case "RefusedQueryError":
            return RefusedQueryError(fault["rule"], message, fault["line"], fault["column"])
        case "QueryResourceError" | "MemoryError":
            return QueryResourceError(message or "the query took more memory than it may")
        case "FormatError":
            return FormatError(message)
        case _:
            return QueryError(message)
