"""`/graphql` as a plain ASGI application: GraphQL over HTTP without a framework between.

What is answered in `application/graphql-response+json` has the status that fits; in
`application/json`, which older clients ask for, an answer to a well-formed request is 200, whatever
the operation came to, as the specification wants it.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256

import orjson

from api.asgi import BodyTimeoutError, BodyTooLargeError, Header, Receive, Scope, Send, read_body
from api.front import EXCHANGE, Exchange
from api.graphql.executing import Executor, Result
from api.graphql.preparing import DocumentError, Prepared, is_query
from api.graphql.problems import BadRequestError, LimitError, RequestError, error_of
from api.graphql.request import Asked, Request, parse_get, parse_post
from api.graphql.trusted import Documents
from api.negotiation import Offer, choose, choose_coding
from api.sparql.compression import LEAST, compress

_GRAPHQL = "application/graphql-response+json"
_JSON = "application/json"
_OFFERS = (Offer(_GRAPHQL, "graphql"), Offer(_JSON, "json"))
_PLAIN_FIRST = (_OFFERS[1], _OFFERS[0])
_PAGE = Offer("text/html", "page")
_ALLOW = (b"allow", b"GET, HEAD, POST, OPTIONS")
_STATUS = {
    "OVERLOADED": 503,
    "NOT_READY": 503,
    "NO_INDEX": 503,
    "TIMEOUT": 504,
    "TOO_LARGE": 503,
    "RELEASE_GONE": 503,
    "INTERNAL": 500,
}
_LONG = 50_000
_FRESH = b"public, max-age=0, must-revalidate"
Page = Callable[[Scope, Receive, Send], Awaitable[None]]

logger = logging.getLogger("cancu.graphql")


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one operation.

    Attributes:
        body: as JSON.
        status: in the media type of GraphQL.
        is_request_error: whether the operation was not run at all.
        release: that answered; "" if none did.
    """

    body: bytes
    status: int = 200
    is_request_error: bool = False
    release: str = ""


class GraphqlEndpoint:
    """Reads requests, has them run, and answers."""

    def __init__(
        self,
        executor: Executor,
        documents: Documents,
        *,
        largest_body: int,
        body_seconds: float,
        page: Page | None = None,
    ) -> None:
        """Take what answers.

        Args:
            executor: runs operations.
            documents: that are known by their digest.
            largest_body: bytes of a request's body.
            body_seconds: time for it to come.
            page: what a browser sees that comes without a query.
        """
        self._executor = executor
        self._documents = documents
        self._largest_body = largest_body
        self._body_seconds = body_seconds
        self._page = page

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        exchange: Exchange = scope[EXCHANGE]
        method = scope["method"]
        if method == "OPTIONS":
            await _send(send, 204, [_ALLOW], b"", is_head=False)
            return
        if self._page and method in {"GET", "HEAD"} and _wants_page(scope, exchange):
            await self._page(scope, receive, send)
            return
        offer = choose(_header(exchange, b"accept"), _offers(exchange))
        if offer is None:
            error = BadRequestError(f"the answer can be {_GRAPHQL} or {_JSON}", 406)
            await self._refuse(send, exchange, error, _OFFERS[0], method)
            return
        try:
            request = await self._read(scope, receive, exchange)
        except RequestError as error:
            await self._refuse(send, exchange, error, offer, method)
            return
        answers = await self._answers(request, exchange)
        await self._deliver(send, exchange, request, answers, offer, is_head=method == "HEAD")

    async def _read(self, scope: Scope, receive: Receive, exchange: Exchange) -> Request:
        method = scope["method"]
        if method in {"GET", "HEAD"}:
            return parse_get(scope["query_string"])
        if method != "POST":
            message = f"{method[:20]} is not allowed here; ask with GET or POST"
            raise BadRequestError(message, 405)
        coding = exchange.headers.get(b"content-encoding", b"identity")
        if coding.strip().lower() != b"identity":
            message = "the body must not be compressed"
            raise BadRequestError(message, 415)
        body = await self._body(scope, receive, exchange)
        content_type = _header(exchange, b"content-type") or ""
        return parse_post(content_type, body, self._executor.limits.batch)

    async def _body(self, scope: Scope, receive: Receive, exchange: Exchange) -> bytes:
        most = self._largest_body
        try:
            return await read_body(scope, receive, most, self._body_seconds)
        except BodyTooLargeError as error:
            length = exchange.headers.get(b"content-length", b"")
            limit = "number of bytes"
            found = int(length) if length.isdigit() else most + 1
            raise LimitError(limit, most, found, 413) from error
        except BodyTimeoutError as error:
            message = f"the body did not come within {self._body_seconds:g} seconds"
            raise BadRequestError(message, 408) from error

    async def _answers(self, request: Request, exchange: Exchange) -> list[Answer]:
        """Answer each operation; the cost of a batch is bounded like that of one."""
        prepared = [
            await self._prepare(one, exchange, by_get=request.by_get) for one in request.asked
        ]
        if request.is_batch and (refused := await self._batch_refusal(request, prepared)):
            return [refused] * len(prepared)
        answers = []
        for asked, one in zip(request.asked, prepared, strict=True):
            answers.append(
                one if isinstance(one, Answer) else await self._run(asked, one, exchange)
            )
            await asyncio.sleep(0)  # others have their turn between the operations of a batch
        return answers

    async def _prepare(
        self, asked: Asked, exchange: Exchange, *, by_get: bool
    ) -> Prepared | Answer:
        try:
            prepared = await self._executor.prepare(self._documents.text_of(asked))
            if not is_query(prepared, asked.operation):
                message = "only queries are run here" if not by_get else "GET runs queries only"
                raise BadRequestError(message, 405 if by_get else 400)
        except Exception as error:
            return _told(error, exchange)
        return prepared

    async def _batch_refusal(
        self, request: Request, prepared: Sequence[Prepared | Answer]
    ) -> Answer | None:
        total = 0
        for asked, one in zip(request.asked, prepared, strict=True):
            if isinstance(one, Prepared):
                try:
                    total += await self._executor.cost(one, asked.operation, asked.variables)
                except RequestError:
                    continue  # it is refused by itself
        allowed = self._executor.limits.cost
        limit = "cost of the batch"
        return _refusal(LimitError(limit, allowed, total)) if total > allowed else None

    async def _run(self, asked: Asked, prepared: Prepared, exchange: Exchange) -> Answer:
        exchange.query = asked.query or asked.digest
        try:
            result = await self._executor.run(
                prepared, asked.operation, asked.variables, exchange.client
            )
        except Exception as error:
            return _told(error, exchange)
        return _answer(result, wants_cost=asked.wants_cost)

    async def _deliver(  # noqa: PLR0913 - all that bears on an answer
        self,
        send: Send,
        exchange: Exchange,
        request: Request,
        answers: Sequence[Answer],
        offer: Offer,
        *,
        is_head: bool,
    ) -> None:
        first = answers[0]
        body = b"[" + b",".join(a.body for a in answers) + b"]" if request.is_batch else first.body
        status = 200 if request.is_batch or offer.name == "json" else first.status
        if not request.is_batch and first.status >= 500:  # noqa: PLR2004 - ours, in any media type
            status = first.status
        if first.status == 405:  # noqa: PLR2004
            status = 405
        headers = [(b"content-type", f"{offer.media_type}; charset=utf-8".encode())]
        headers += [(b"vary", b"Accept, Accept-Encoding")]
        if first.release:
            headers.append((b"cancu-release", first.release.encode()))
        if request.by_get and not first.is_request_error:
            etag = b'W/"%s"' % sha256(body + offer.name.encode()).hexdigest()[:32].encode()
            headers += [(b"etag", etag), (b"cache-control", _FRESH)]
            if _has(exchange, etag):
                await _send(send, 304, headers, b"", is_head=True)
                return
        else:
            headers.append((b"cache-control", b"no-store"))
        if status == 405:  # noqa: PLR2004
            headers.append(_ALLOW)
        coded, coding = await _coded(body, exchange)
        await _send(send, status, [*headers, *coding], coded, is_head=is_head)

    async def _refuse(
        self, send: Send, exchange: Exchange, error: RequestError, offer: Offer, method: str
    ) -> None:
        """Answer a request that cannot be read: the status says so in any media type."""
        answer = _refusal(error)
        headers = [(b"content-type", f"{offer.media_type}; charset=utf-8".encode())]
        headers += [(b"cache-control", b"no-store"), (b"vary", b"Accept, Accept-Encoding")]
        if answer.status == 405:  # noqa: PLR2004
            headers.append(_ALLOW)
        coded, coding = await _coded(answer.body, exchange)
        await _send(send, answer.status, [*headers, *coding], coded, is_head=method == "HEAD")


def _answer(result: Result, *, wants_cost: bool) -> Answer:
    parts = [b'"data":' + (result.data if isinstance(result.data, bytes) else _dumps(result.data))]
    if result.errors:
        parts.insert(0, b'"errors":' + _dumps(result.errors))
    if wants_cost:
        said = {"cost": {"values": result.cost, "questions": result.facts.questions}}
        parts.append(b'"extensions":' + _dumps(said))
    return Answer(b"{" + b",".join(parts) + b"}", release=result.facts.release)


def _told(error: Exception, exchange: Exchange) -> Answer:
    """Return what a client is told of an error; what nobody foresaw is told to the log in full."""
    answer = _refusal(error)
    if answer.status == _STATUS["INTERNAL"]:
        fields = {"request_id": exchange.request_id, "path": "/graphql"}
        logger.error("unforeseen error", exc_info=error, extra={"fields": fields})
    return answer


def _refusal(error: Exception) -> Answer:
    shown = error_of(error)
    code = shown["extensions"]["code"]
    errors = [shown]
    if isinstance(error, DocumentError):
        errors = error.errors
    status = error.status if isinstance(error, RequestError) else _STATUS.get(code, 400)
    return Answer(_dumps({"errors": errors}), status, is_request_error=True)


def _dumps(value: object) -> bytes:
    return orjson.dumps(value)


def _offers(exchange: Exchange) -> Sequence[Offer]:
    """Return what can be sent; a client that does not care gets what all of them know."""
    accept = exchange.headers.get(b"accept", b"")
    return _OFFERS if _GRAPHQL.encode() in accept else _PLAIN_FIRST


def _wants_page(scope: Scope, exchange: Exchange) -> bool:
    accept = _header(exchange, b"accept") or ""
    if b"query=" in scope["query_string"] or "text/html" not in accept:
        return False
    offer = choose(accept, (*_OFFERS, _PAGE))
    return offer is not None and offer.name == "page"


async def _coded(body: bytes, exchange: Exchange) -> tuple[bytes, list[Header]]:
    """Return the body in the coding that the client takes, and the header that says so."""
    coding = choose_coding(_header(exchange, b"accept-encoding"))
    if coding == "identity" or len(body) < LEAST:
        return body, []
    header = (b"content-encoding", coding.encode())
    if len(body) < _LONG:
        return compress(body, coding), [header]
    return await asyncio.to_thread(compress, body, coding), [header]  # others go on meanwhile


def _has(exchange: Exchange, etag: bytes) -> bool:
    known = exchange.headers.get(b"if-none-match", b"")
    return known == b"*" or etag in (part.strip() for part in known.split(b","))


def _header(exchange: Exchange, name: bytes) -> str | None:
    value = exchange.headers.get(name)
    return None if value is None else value.decode("latin-1")


async def _send(
    send: Send, status: int, headers: Sequence[Header], body: bytes, *, is_head: bool
) -> None:
    sized = [*headers, (b"content-length", b"%d" % len(body))] if status != 304 else [*headers]  # noqa: PLR2004
    await send({"type": "http.response.start", "status": status, "headers": sized})
    await send({"type": "http.response.body", "body": b"" if is_head else body})
