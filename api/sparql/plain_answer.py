"""From a plain request to its answer, in the process that has the release open."""

import time
from dataclasses import dataclass, replace
from email.utils import formatdate
from functools import lru_cache

from api.asker import REQUEST_ID
from api.cache import BoundedCache
from api.cors import Cors
from api.sparql.job import Job, job_of
from api.sparql.kept import OVERHEAD, kept_whole
from api.sparql.loans import Options
from api.sparql.plain_request import PlainRequest
from api.sparql.request import SparqlRequest, parse_get
from graph.engine.confinement import Clock
from graph.engine.desk import Desk
from graph.engine.frames import task_of
from graph.engine.guard import examine
from graph.engine.order import Order

_LARGEST = 48 * 1024  # bytes of an answer that a packet has room for
_MOST_KEPT = 10_000


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer, but for what is new each time.

    Attributes:
        head: its headers, as they are sent.
        body: of the answer.
        query: its text, for the log.
        is_kept: whether it was made for a request before.
    """

    head: bytes
    body: bytes
    query: str
    is_kept: bool = False

    def bytes_for(self, request_id: bytes) -> bytes:
        """Return all that is sent to a request."""
        start = _start(int(time.time()))
        return b"".join((start, self.head, REQUEST_ID, b": ", request_id, b"\r\n\r\n", self.body))


class Replier:
    """Answers plain requests over one release."""

    def __init__(self, desk: Desk, order: Order, options: Options) -> None:
        """Take the open release, what was said of it, and how to answer."""
        self._desk = desk
        self._release = order.release
        self._limits = order.limits
        self._cors = Cors(options.origins)
        self._clock = Clock()
        self._kept: BoundedCache[bytes, Reply]
        self._kept = BoundedCache(_MOST_KEPT, options.cache_bytes)

    def reply(self, received: bytes, request: PlainRequest) -> Reply | None:
        """Return the answer to a request; None if the server is to answer it, for whatever reason.

        What is wrong with it, the server finds as well, and can tell it.
        """
        self._clock.bound(self._limits.seconds, time.monotonic())
        kept = self._kept.get(received)
        if kept is not None:
            return kept
        try:
            return self._made(received, request)
        except Exception:
            return None

    def _made(self, received: bytes, request: PlainRequest) -> Reply | None:
        asked = parse_get(request.query_string, request.headers)
        if asked is None or not _is_plain(asked):
            return None
        examined = examine(asked.text, self._limits)
        job = job_of(asked, examined, request.headers, "")
        if job is None or examined.searches:
            return None
        body = self._desk.whole_answer(task_of(job.question, examined, self._limits.seconds))
        if len(body) > _LARGEST:
            return None
        reply = self._written(job, body, request)
        if job.is_constant and REQUEST_ID not in request.headers:
            weight = OVERHEAD + len(received) + len(reply.body)
            self._kept.put(received, replace(reply, is_kept=True), weight)
        return reply

    def _written(self, job: Job, body: bytes, request: PlainRequest) -> Reply:
        etag = job.etag(self._release)
        said = job.headers(self._release, etag, is_capped=False)
        kept = kept_whole(job, said, etag, body)
        headers = (*kept.headers, *self._cors.headers(request.headers.get(b"origin")))
        head = b"".join([name + b": " + value + b"\r\n" for name, value in headers])
        return Reply(head, kept.body, kept.query)


def _is_plain(asked: SparqlRequest) -> bool:
    """Tell whether nothing is said of the answer but its format."""
    said = asked.default_graphs or asked.named_graphs or asked.release
    return not said and asked.seconds is None and asked.most_rows is None


@lru_cache(maxsize=2)
def _start(second: int) -> bytes:
    return f"HTTP/1.1 200 OK\r\ndate: {formatdate(second, usegmt=True)}\r\n".encode("ascii")
