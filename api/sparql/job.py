"""One question as it is to be answered: what identifies the answer, and its headers."""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2b

from api.asgi import Header
from api.negotiation import Coding, Offer, choose_coding
from api.sparql.formats import PAGE, answer_format, choose_offer, content_type
from api.sparql.request import SparqlRequest
from graph.engine.asking import AnswerFormat, Question
from graph.engine.guard import Examined

_VARY: Header = (b"vary", b"Accept, Accept-Encoding")
_REVALIDATE: Header = (b"cache-control", b"public, no-cache")
_KEEP: Header = (b"cache-control", b"public, max-age=86400")
_NO_STORE: Header = (b"cache-control", b"no-store")
_HELP: Header = (b"link", b'</help/paging>; rel="help"')


@dataclass(frozen=True, slots=True)
class Job:
    """A question and how its answer is sent.

    Attributes:
        question: for the engine.
        offer: media type of the answer.
        coding: its content coding, if it is large enough.
        is_constant: whether asking a release again gives the same.
    """

    question: Question
    offer: Offer
    coding: Coding
    is_constant: bool

    def key(self, release: str) -> tuple[object, ...]:
        """Return what identifies the answer of a release."""
        asked = self.question
        return (
            release,
            asked.text,
            self.offer.media_type,
            self.coding,
            asked.default_graphs,
            asked.named_graphs,
            asked.most_rows,
            asked.release is not None,  # it may be kept for longer
        )

    def etag(self, release: str) -> bytes:
        """Return a weak validator: without ORDER BY rows may come in another order."""
        return _etag(self.key(release))

    def headers(self, release: str, etag: bytes, *, is_capped: bool) -> list[Header]:
        """Return the headers of the answer, without length and coding."""
        headers: list[Header] = [
            (b"content-type", content_type(self.offer)),
            *self.validators(release, etag),
        ]
        if is_capped:
            rows = b"true; rows=%d" % (self.question.most_rows or 0)
            headers += [(b"cancu-capped", rows), _HELP]
        return headers

    def validators(self, release: str, etag: bytes) -> list[Header]:
        """Return the headers that an answer has in common with "304 Not Modified"."""
        said: list[Header] = [(b"cancu-release", release.encode("ascii")), _VARY]
        if not self.is_constant:
            return [*said, _NO_STORE]
        lifetime = _KEEP if self.question.release else _REVALIDATE
        return [*said, (b"etag", etag), lifetime]


def job_of(
    request: SparqlRequest, examined: Examined, headers: Mapping[bytes, bytes], client: str
) -> Job | None:
    """Return what is to be asked and how it is sent; None if it is to be a page.

    Args:
        request: what was asked.
        examined: what is known of its query.
        headers: of the HTTP request.
        client: who asks.

    Raises:
        ProblemError: the answer cannot be sent as the client wants it.
    """
    offer = choose_offer(examined.form, text_of(headers, b"accept"), request.wanted)
    if offer.name == PAGE:
        return None
    question = question_of(request, answer_format(offer), client)
    coding = choose_coding(text_of(headers, b"accept-encoding"))
    return Job(question, offer, coding, is_constant=examined.is_constant)


def question_of(request: SparqlRequest, wanted: AnswerFormat, client: str) -> Question:
    """Return what the engine is asked."""
    return Question(
        text=request.text,
        answer_format=wanted,
        default_graphs=request.default_graphs,
        named_graphs=request.named_graphs,
        seconds=request.seconds,
        most_rows=request.most_rows,
        release=request.release,
        client=client,
    )


def text_of(headers: Mapping[bytes, bytes], name: bytes) -> str | None:
    """Return a header of a request, if it is there."""
    value = headers.get(name)
    return None if value is None else value.decode("latin-1")


def _etag(key: tuple[object, ...]) -> bytes:
    digest = blake2b(repr(key).encode(errors="replace"), digest_size=16)
    return b'W/"%s"' % digest.hexdigest().encode("ascii")


def is_known(if_none_match: bytes, etag: bytes) -> bool:
    """Tell whether a client shows that it has an answer already (weak comparison)."""
    ours = etag.removeprefix(b"W/")
    return any(
        shown.strip().removeprefix(b"W/") == ours for shown in if_none_match.split(b",", 100)
    )
