"""What every request passes: its id, the headers of all answers, the log, the last resort."""

import asyncio
import logging
import time
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from api.asgi import CONNECTION, App, ClientGoneError, Header, Message, Receive, Scope, Send
from api.asgi import headers_of as headers_of_scope
from api.asker import REQUEST_ID, RequestIds, client_of
from api.cors import Cors
from api.logs import Answered, RequestLog, name_of, request_line
from api.metrics import SENT_BYTES, UNDER_WAY, request_seconds, requests
from api.problems import MEDIA_TYPE, Problem, problem_of
from api.settings import Settings, listed

if TYPE_CHECKING:
    from api.connection import Connection

EXCHANGE = "cancu.exchange"  # where the scope keeps the Exchange

_IDS = RequestIds()
_METHODS = frozenset({"GET", "HEAD", "POST", "OPTIONS", "PUT", "DELETE", "PATCH"})
_LONGEST_TARGET = 32 * 1024
_GONE = 499  # nginx's number for a client that left
_POLICY_VALUE = (
    b"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    b"font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    b"frame-ancestors 'none'"
)
_POLICY: tuple[Header, ...] = ((b"content-security-policy", _POLICY_VALUE),)

logger = logging.getLogger("cancu.front")


class Exchange:
    """One request and what became of it.

    Attributes:
        request_id: the client's if it is sane, else made here.
        client: address of who asks; a trusted proxy is believed.
        headers: of the request.
        status: of the answer; 0 until it starts.
        is_whole: whether its last byte was sent.
        sent: bytes of the answer's body.
        query: the text of a query, of which the log tells a digest.
        notes: what else the log line says.
    """

    __slots__ = (
        *("_common", "_connection", "_send", "client", "headers", "is_whole", "notes", "query"),
        *("request_id", "sent", "status"),
    )

    def __init__(
        self,
        headers: Mapping[bytes, bytes],
        client: str,
        send: Send,
        common: tuple[Header, ...],
        connection: "Connection | None",
    ) -> None:
        request_id = _IDS.of(headers)
        self.request_id = request_id.decode("ascii")
        self.client = client
        self.headers = headers
        self.status = 0
        self.is_whole = False
        self.sent = 0
        self.query = ""
        self.notes: dict[str, Any] = {}
        self._send = send
        self._connection = connection
        self._common = (*common, (REQUEST_ID, request_id))

    async def respond(self, status: int, headers: Sequence[Header], body: bytes) -> None:
        """Send a whole answer; the length of what has one is among the headers."""
        every = (*headers, *self._common, *_page_policy(headers))
        connection = self._connection
        self.status = status
        if connection is None or not connection.respond(status, every, body):
            await self._send({"type": "http.response.start", "status": status, "headers": every})
            await self._send({"type": "http.response.body", "body": body})
        self.sent, self.is_whole = len(body), True

    async def send(self, message: Message) -> None:
        """Send on, with the headers that every answer has."""
        if message["type"] == "http.response.start":
            self.status = message["status"]
            headers = message["headers"]
            message["headers"] = [*headers, *self._common, *_page_policy(headers)]
        else:
            self.sent += len(message.get("body", b""))
            self.is_whole = not message.get("more_body", False)
        await self._send(message)


class Front:
    """The outermost application: routes to `direct` by path, and to FastAPI for all else."""

    def __init__(self, pages: App, direct: Mapping[str, App], settings: Settings) -> None:
        self._pages = pages
        self._direct = direct
        self._cors = Cors(listed(settings.cors_origins))
        self._proxies = listed(settings.trusted_proxies)
        self._log = RequestLog()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] == "lifespan":
            await self._pages(scope, receive, send)
            self._log.flush()
        elif scope["type"] == "http":
            await self._answer(scope, receive, send)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        started = time.perf_counter()
        headers = headers_of_scope(scope)
        common = self._cors.headers(headers.get(b"origin"))
        connection = scope.get(CONNECTION)
        client = client_of(_peer_of(scope), headers, self._proxies)
        exchange = Exchange(headers, client, send, common, connection)
        scope[EXCHANGE] = exchange
        if connection is not None:
            connection.running = asyncio.current_task()
        UNDER_WAY.inc()
        try:
            endpoint = self._direct.get(scope["path"], self._pages)
            if len(scope["query_string"]) + len(scope["path"]) > _LONGEST_TARGET:
                problem = Problem("uri-too-long", f"at most {_LONGEST_TARGET} bytes fit")
                await send_problem(exchange, problem)
            elif self._cors.is_preflight(scope["method"], exchange.headers):
                await self._cors.answer_preflight(exchange.send)
            else:
                await endpoint(scope, receive, exchange.send)
        except (asyncio.CancelledError, ClientGoneError):
            await self._leave(scope, exchange)
        except Exception as error:  # the last resort: no client sees a stack trace
            await self._fail(scope, exchange, error)
        finally:
            UNDER_WAY.dec()
            if connection is not None:
                connection.running = None
            self._record(scope, exchange, time.perf_counter() - started)

    async def _leave(self, scope: Scope, exchange: Exchange) -> None:
        """End without an answer: the client has left, or the server must go."""
        task = asyncio.current_task()
        if task is not None:
            task.uncancel()
        if exchange.status:
            exchange.notes["broken"] = "cancelled"
            abort(scope)
        else:
            shown = Problem("not-ready", "the server is ending", {}, ((b"retry-after", b"5"),))
            await send_problem(exchange, shown)
            exchange.status = _GONE

    async def _fail(self, scope: Scope, exchange: Exchange, error: Exception) -> None:
        problem = problem_of(error)
        if problem.kind == "internal":
            fields = {"request_id": exchange.request_id, "path": scope["path"]}
            logger.error("unforeseen error", exc_info=error, extra={"fields": fields})
        if exchange.is_whole:  # FastAPI tells of an error and raises it again
            return
        if exchange.status:
            exchange.notes["broken"] = type(error).__name__
            abort(scope)
        else:
            await send_problem(exchange, problem)

    def _record(self, scope: Scope, exchange: Exchange, seconds: float) -> None:
        method = scope["method"] if scope["method"] in _METHODS else "other"
        route = scope["path"] if scope["path"] in self._direct else "pages"
        requests(route, method, exchange.status).inc()
        request_seconds(route).observe(seconds)
        SENT_BYTES.inc(exchange.sent)
        if not self._log.is_on:
            return
        if exchange.query:
            exchange.notes["query"] = name_of(exchange.query)
        answered = Answered(
            at=time.time(),
            request_id=exchange.request_id,
            client=exchange.client,
            method=method,
            path=scope["path"],
            status=exchange.status,
            seconds=seconds,
            size=exchange.sent,
        )
        self._log.write(request_line(answered, exchange.notes))


async def send_problem(exchange: Exchange, problem: Problem) -> None:
    """Send a problem as JSON."""
    body = problem.to_json(exchange.request_id)
    headers = [
        (b"content-type", MEDIA_TYPE),
        *problem.all_headers(),
        (b"content-length", b"%d" % len(body)),
    ]
    await exchange.respond(problem.status, headers, body)


def abort(scope: Scope) -> None:
    """Break the connection, so that no one takes what was sent for the whole answer.

    Raises:
        ConnectionAbortedError: another server than ours is around us: it breaks off at any error.
    """
    connection = scope.get(CONNECTION)
    if connection is None:
        message = "the answer cannot be finished"
        raise ConnectionAbortedError(message)
    connection.abort()


def _peer_of(scope: Scope) -> str:
    return str(scope["client"][0]) if scope.get("client") else "unknown"


def _page_policy(headers: Sequence[Header]) -> tuple[Header, ...]:
    """Return what protects a page, unless it says itself what it may do."""
    for name, value in headers:
        if name == b"content-type":
            if not value.startswith(b"text/html"):
                return ()
            break
    else:
        return ()
    if any(name == b"content-security-policy" for name, _ in headers):
        return ()
    return _POLICY
