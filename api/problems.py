"""From an error to what a client of the server sees: a status and application/problem+json.

RFC 9457. `KINDS` is the whole list; `/help/errors` and docs/server.md show it. No answer ever holds
a stack trace: what is not expected is a plain 500, and the log has the rest.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson

from api.asgi import BodyTimeoutError, BodyTooLargeError, Header
from api.errors import UsageProblemError
from graph.errors import (
    BrokenAnswerError,
    FormatError,
    OverloadedError,
    QueryError,
    QueryResourceError,
    QuerySyntaxError,
    QueryTimeoutError,
    RefusedQueryError,
    StoreError,
    UnknownReleaseError,
)
from queries.catalogue import ParameterError, UnknownQueryError

MEDIA_TYPE = b"application/problem+json"
_FORBIDDEN_RULES = frozenset({"service", "load", "update", "network"})


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of problem: its status, a title that never changes, and what to do about it."""

    status: int
    title: str
    advice: str


KINDS: Mapping[str, Kind] = {
    "bad-request": Kind(400, "The request cannot be understood", "The detail says which part."),
    "query-syntax": Kind(
        400, "The query is not SPARQL", "`line` and `column` say where it stops being understood."
    ),
    "query-refused": Kind(
        400,
        "The query is too deep, too long or too wide",
        "`rule` names the limit; split the query, or ask for less at once.",
    ),
    "forbidden": Kind(
        403,
        "This is not allowed here",
        "The server only reads its own release: no updates, no SERVICE to elsewhere, no LOAD.",
    ),
    "not-found": Kind(404, "There is nothing here", "Look at / for what there is."),
    "unknown-release": Kind(
        404,
        "This release is not kept here",
        "Old releases are removed after a while; leave `release` out for the current one.",
    ),
    "method": Kind(405, "The method is not allowed here", "The Allow header lists those that are."),
    "not-acceptable": Kind(
        406, "The answer cannot be written as asked", "`available` lists the media types there are."
    ),
    "slow-request": Kind(408, "The request did not come in time", "Send it again."),
    "too-large": Kind(413, "The request body is too large", "`limit` says how many bytes fit."),
    "uri-too-long": Kind(414, "The address is too long", "Send the query in the body of a POST."),
    "media-type": Kind(
        415,
        "The request body has a media type that is not understood",
        "`supported` lists those that are; the body must not be compressed.",
    ),
    "internal": Kind(
        500, "The server made a mistake", "Tell its operator the request id: the log has the rest."
    ),
    "not-ready": Kind(
        503, "The server cannot answer now", "Ask again after `Retry-After` seconds."
    ),
    "overloaded": Kind(
        503, "Too many queries wait", "Ask again after `Retry-After` seconds, or one at a time."
    ),
    "query-timeout": Kind(
        504,
        "The query took too long",
        "Nothing of its answer was sent. Make it more selective, or page through it.",
    ),
    "query-resources": Kind(
        507,
        "The query took more memory than it may",
        "Sort, group or join less at once; ask for a part of the answer.",
    ),
}


@dataclass(frozen=True, slots=True)
class Problem:
    """What goes wrong with one request.

    Attributes:
        kind: a key of `KINDS`.
        detail: one line about this request.
        extra: further members of the JSON object.
        headers: further headers.
    """

    kind: str
    detail: str
    extra: Mapping[str, Any] = field(default_factory=dict)
    headers: tuple[Header, ...] = ()

    @property
    def status(self) -> int:
        """The HTTP status."""
        return KINDS[self.kind].status

    @property
    def title(self) -> str:
        """The title of its kind."""
        return KINDS[self.kind].title

    def to_json(self, request_id: str = "") -> bytes:
        """Return the body of the answer."""
        members = {
            "type": f"/help/errors#{self.kind}",
            "title": self.title,
            "status": self.status,
            "detail": self.detail,
            **self.extra,
        }
        if request_id:
            members["request_id"] = request_id
        # A query may hold half a surrogate pair, and so may a message that quotes it.
        safe = {
            k: v.encode(errors="replace").decode() if isinstance(v, str) else v
            for k, v in members.items()
        }
        return orjson.dumps(safe, option=orjson.OPT_APPEND_NEWLINE)

    def all_headers(self) -> list[Header]:
        """Return its headers with those that every problem has, without a media type."""
        return [(b"cache-control", b"no-store"), *self.headers]


class ProblemError(Exception):
    """Raised where a request turns out to be a problem."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.detail)
        self.problem = problem


def bad_request(detail: str) -> ProblemError:
    """Return the error for a request that cannot be understood."""
    return ProblemError(Problem("bad-request", detail))


def problem_of(error: Exception) -> Problem:
    """Return what a client is told of an error; "internal" if it is not an expected one."""
    if isinstance(error, ProblemError):
        return error.problem
    for told in (_query_problem, _store_problem, _request_problem, _body_problem):
        problem = told(error)
        if problem:
            return problem
    return Problem("internal", "this was not foreseen")


def _query_problem(error: Exception) -> Problem | None:
    match error:
        case QuerySyntaxError():
            return Problem("query-syntax", str(error), _place(error.line, error.column))
        case RefusedQueryError():
            kind = "forbidden" if error.rule in _FORBIDDEN_RULES else "query-refused"
            place = _place(error.line, error.column)
            return Problem(kind, str(error), {"rule": error.rule, **place})
        case QueryTimeoutError():
            return Problem("query-timeout", str(error), {"seconds": error.seconds})
        case QueryResourceError() | BrokenAnswerError():
            return Problem("query-resources", str(error))
        case QueryError():
            return Problem("bad-request", str(error))
    return None


def _store_problem(error: Exception) -> Problem | None:
    match error:
        case OverloadedError():
            retry = (b"retry-after", b"%d" % error.retry_after)
            return Problem("overloaded", str(error), {}, (retry,))
        case UnknownReleaseError():
            return Problem("unknown-release", str(error), {"release": error.release})
        case StoreError():  # its message holds a path of this machine
            retry = (b"retry-after", b"5")
            return Problem("not-ready", "the store cannot be read now", {}, (retry,))
    return None


def _request_problem(error: Exception) -> Problem | None:
    match error:
        case UnknownQueryError():
            return Problem("not-found", str(error.args[0]))
        case FormatError():
            return Problem("not-acceptable", str(error))
        case ParameterError() | UsageProblemError():
            return Problem("bad-request", str(error))
    return None


def _body_problem(error: Exception) -> Problem | None:
    close = ((b"connection", b"close"),)
    if isinstance(error, BodyTooLargeError):
        return Problem("too-large", "the body of the request is too large", {}, close)
    if isinstance(error, BodyTimeoutError):
        return Problem("slow-request", "the body did not come in time", {}, close)
    return None


def _place(line: int | None, column: int | None) -> dict[str, int]:
    return {
        name: value for name, value in (("line", line), ("column", column)) if value is not None
    }
