"""Logs as lines of JSON on standard error; no query and no query string is in them.

A query is named by the first 16 digits of its SHA-256, so that its operator can tell questions
apart and a researcher's question stays theirs.
"""

import asyncio
import logging
import os
import stat
import time
from collections.abc import Mapping
from functools import lru_cache
from hashlib import sha256
from typing import Any, NamedTuple

import orjson

_ATOMIC = 4096  # POSIX: lines of several processes do not mix in a pipe up to this length
_AT_ONCE = 64 * 1024  # into a file
_DELAY = 0.2
_STDERR = 2
_MOST_KEPT = 1000
_LONGEST_PATH = 300


class JsonFormatter(logging.Formatter):
    """A log record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        fields: dict[str, Any] = {
            "time": _timestamp(record.created),
            "level": record.levelname.lower(),
            "event": record.name,
            "message": record.getMessage(),
            "process": record.process,
            **getattr(record, "fields", {}),
        }
        if record.exc_info:
            fields["exception"] = self.formatException(record.exc_info)
        return orjson.dumps(fields, default=str).decode(errors="replace")


def log_config(level: str) -> dict[str, Any]:
    """Return the configuration of the logging module, for this and for every worker process."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"json": {"()": "api.logs.JsonFormatter"}},
        "handlers": {
            "stderr": {
                "class": "logging.StreamHandler",
                "formatter": "json",
                "stream": "ext://sys.stderr",
            }
        },
        "root": {"handlers": ["stderr"], "level": level.upper()},
        # What it says on an answer broken off on purpose, we have said better ourselves.
        "loggers": {
            "uvicorn.error": {"level": "CRITICAL"},
            "uvicorn.access": {"level": "ERROR"},
            "httpx": {"level": "WARNING"},  # a line for each question to a store elsewhere
        },
    }


class RequestLog:
    """A line for each request. Lines are written together: one by one they cost as a query does.

    Attributes:
        is_on: whether lines are wanted.
    """

    def __init__(self) -> None:
        self._lines: list[bytes] = []
        self.is_on = logging.getLogger("cancu.request").isEnabledFor(logging.INFO)

    def write(self, *lines: bytes) -> None:
        """Keep lines, to be written soon."""
        if not self._lines:
            asyncio.get_running_loop().call_later(_DELAY, self.flush)
        self._lines += lines
        if len(self._lines) >= _MOST_KEPT:
            self.flush()

    def flush(self) -> None:
        """Write the lines that are kept."""
        lines, self._lines = self._lines, []
        packed = bytearray()
        most = _most_at_once()
        for line in lines:
            if packed and len(packed) + len(line) > most:
                _write(packed)
                packed = bytearray()
            packed += line
        _write(packed)


class Answered(NamedTuple):
    """A request as the log has it.

    Attributes:
        at: when it was answered, in seconds since 1970.
        request_id: its id.
        client: who asked.
        method: GET and the like.
        path: what was asked for.
        status: of the answer.
        seconds: that it took.
        size: bytes of the body.
    """

    at: float
    request_id: str
    client: str
    method: str
    path: str
    status: int
    seconds: float
    size: int


def request_line(answered: Answered, notes: Mapping[str, Any]) -> bytes:
    """Return the line of a request, with what else there is to say."""
    fields = {
        "time": _timestamp(answered.at),
        "level": "info",
        "event": "request",
        "request_id": answered.request_id,
        "client": answered.client,
        "method": answered.method,
        "path": answered.path[:_LONGEST_PATH],
        "status": answered.status,
        "ms": round(answered.seconds * 1000, 2),
        "bytes": answered.size,
        **notes,
    }
    return orjson.dumps(fields, option=orjson.OPT_APPEND_NEWLINE)


def name_of(query: str) -> str:
    """Return what a query is called in the log, without its words."""
    return sha256(query.encode(errors="replace")).hexdigest()[:16]


@lru_cache(maxsize=1)
def _most_at_once() -> int:
    return _AT_ONCE if stat.S_ISREG(os.fstat(_STDERR).st_mode) else _ATOMIC


def _write(packed: bytearray) -> None:
    try:
        while packed:
            del packed[: os.write(_STDERR, packed)]
    except OSError:  # nobody reads the log, or its disk is full: that must not end the server
        return


def _timestamp(seconds: float) -> str:
    whole = int(seconds)
    return f"{_second(whole)}.{int((seconds - whole) * 1000):03d}Z"


@lru_cache(maxsize=2)
def _second(whole: int) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(whole))
