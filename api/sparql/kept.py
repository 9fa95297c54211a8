"""A whole answer, ready to be sent and to be kept."""

from dataclasses import dataclass

from api.asgi import Header
from api.negotiation import Coding
from api.sparql.compression import LEAST, compress
from api.sparql.job import Job

OVERHEAD = 1000  # bytes of an entry beside its content, about


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer ready to be sent.

    Attributes:
        headers: all that depend on the answer, its length too.
        body: in the coding that the headers name.
        etag: what a client may show to be told that it has it already.
        query: its text, for the log.
    """

    headers: tuple[Header, ...]
    body: bytes
    etag: bytes
    query: str


def kept_whole(job: Job, headers: list[Header], etag: bytes, body: bytes) -> Kept:
    """Return an answer that is all there, in the coding of its job if that is worth while.

    Args:
        job: what was asked.
        headers: from `Job.headers`.
        etag: from `Job.etag`.
        body: as the engine has written it.
    """
    coding: Coding = job.coding if len(body) >= LEAST else "identity"
    return kept_coded(job, headers, etag, compress(body, coding), coding)


def kept_coded(job: Job, headers: list[Header], etag: bytes, body: bytes, coding: Coding) -> Kept:
    """Return an answer whose body is in its coding already."""
    length = (b"content-length", b"%d" % len(body))
    return Kept((*headers, *coded(coding), length), body, etag, job.question.text)


def coded(coding: Coding) -> list[Header]:
    """Return the header that names a coding."""
    return [] if coding == "identity" else [(b"content-encoding", coding.encode("ascii"))]
