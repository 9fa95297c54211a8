"""`/sparql`: the query operations of SPARQL 1.1 Protocol, as a plain ASGI application."""

from collections.abc import Hashable

from api.asgi import Receive, Scope, Send, read_body
from api.engines import limits_of
from api.front import EXCHANGE, Exchange
from api.metrics import FAILURES
from api.negotiation import choose_coding
from api.problems import Problem, ProblemError, bad_request, problem_of
from api.settings import Settings
from api.sparql.answering import Answerer, send_kept
from api.sparql.cache import BoundedCache
from api.sparql.formats import PAGE, answer_format, choose_offer
from api.sparql.job import Job
from api.sparql.request import SparqlRequest, parse_get, parse_post
from graph.engine.asking import AnswerFormat, Engine, Question
from graph.engine.guard import examine

ALLOW = (b"allow", b"GET, HEAD, POST, OPTIONS")
_LONGEST_SHORTCUT = 8192


class SparqlEndpoint:
    """Reads a request, and has it answered."""

    def __init__(self, engine: Engine, settings: Settings) -> None:
        self._settings = settings
        self._limits = limits_of(settings)
        self._engine = engine
        self._answerer = Answerer(engine, BoundedCache(settings.cache_bytes * 9 // 10), {})
        # From the bytes of a request to the key of its answer: who asks again is not even parsed.
        self._shortcuts: BoundedCache[Hashable] = BoundedCache(settings.cache_bytes // 10)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        exchange: Exchange = scope[EXCHANGE]
        method = scope["method"]
        if method in {"GET", "HEAD"}:
            await self._answer(scope, exchange, None)
        elif method == "POST":
            most, seconds = self._settings.largest_body, self._settings.body_seconds
            await self._answer(scope, exchange, await read_body(scope, receive, most, seconds))
        elif method == "OPTIONS":
            start = {"type": "http.response.start", "status": 204, "headers": [ALLOW]}
            await send(start)
            await send({"type": "http.response.body", "body": b""})
        else:
            message = f"{method} is not allowed here; query with GET or POST"
            raise ProblemError(Problem("method", message, {}, (ALLOW,)))

    async def _answer(self, scope: Scope, exchange: Exchange, body: bytes | None) -> None:
        shortcut = self._shortcut(scope, exchange, body)
        key = self._shortcuts.get(shortcut) if shortcut else None
        kept = self._answerer.kept.get(key) if key else None
        if kept is not None:
            exchange.note_query(kept.query)
            await send_kept(kept, exchange, "cache")
            return
        try:
            request = _parsed(scope, exchange, body)
            if request is None:
                message = "the parameter `query` is missing"
                raise bad_request(message)
            key = await self._ask(request, scope, exchange)
        except Exception as error:
            FAILURES.labels(problem_of(error).kind).inc()
            raise
        if key and shortcut:
            self._shortcuts.put(shortcut, key, 2 * _LONGEST_SHORTCUT)

    async def _ask(
        self, request: SparqlRequest, scope: Scope, exchange: Exchange
    ) -> Hashable | None:
        exchange.note_query(request.text)
        form = examine(request.text, self._limits).form
        accept = _header(exchange, b"accept")
        offer = choose_offer(form, accept, request.wanted)
        if offer.name == PAGE:
            raise NotImplementedError
        coding = choose_coding(_header(exchange, b"accept-encoding"))
        question = question_of(request, answer_format(offer), exchange.client)
        job = Job(question, form, offer, coding)
        return await self._answerer.answer(job, scope, exchange)

    def _shortcut(
        self, scope: Scope, exchange: Exchange, body: bytes | None
    ) -> tuple[object, ...] | None:
        """Return all of a request that bears on its answer; None if that is too long to keep."""
        query_string, headers = scope["query_string"], exchange.headers
        if len(query_string) + len(body or b"") > _LONGEST_SHORTCUT:
            return None
        return (
            self._engine.current(),
            query_string,
            body,
            headers.get(b"accept"),
            headers.get(b"accept-encoding"),
            headers.get(b"content-type") if body is not None else None,
            headers.get(b"content-encoding") if body is not None else None,
        )


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


def _parsed(scope: Scope, exchange: Exchange, body: bytes | None) -> SparqlRequest | None:
    if body is None:
        return parse_get(scope["query_string"], exchange.headers)
    return parse_post(scope["query_string"], exchange.headers, body)


def _header(exchange: Exchange, name: bytes) -> str | None:
    value = exchange.headers.get(name)
    return None if value is None else value.decode("latin-1")
