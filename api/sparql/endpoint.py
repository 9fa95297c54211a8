"""`/sparql`: the query operations of SPARQL 1.1 Protocol, as a plain ASGI application."""

import asyncio
import time
from collections.abc import Hashable
from http import HTTPStatus

from api.asgi import CONNECTION, App, Receive, Scope, Send, read_body
from api.cache import BoundedCache
from api.engines import limits_of
from api.front import EXCHANGE, Exchange
from api.metrics import FAILURES
from api.negotiation import Offer, choose
from api.problems import Problem, ProblemError, problem_of
from api.settings import Settings
from api.sparql.answering import Answerer, send_kept
from api.sparql.cache import counted_cache
from api.sparql.description import send_description
from api.sparql.formats import PAGE
from api.sparql.job import job_of, question_of, text_of
from api.sparql.kept import OVERHEAD
from api.sparql.lending import Lender
from api.sparql.page import send_answer, send_problem
from api.sparql.request import TIMEOUT_HEADER, SparqlRequest, parse_get, parse_post
from graph.engine.guard import Examined, examine

ALLOW = (b"allow", b"GET, HEAD, POST, OPTIONS")
_LONGEST_SHORTCUT = 8192
_SHORT_TEXT = 4096
_PROBLEMS = (Offer("application/problem+json", "json"), Offer("text/html", PAGE))


class SparqlEndpoint:
    """Reads a request, and has it answered."""

    def __init__(
        self, answerer: Answerer, lender: Lender | None, settings: Settings, pages: App
    ) -> None:
        self._settings = settings
        self._limits = limits_of(settings)
        self._engine = answerer.engine
        self._answerer = answerer
        self._lender = lender
        self._pages = pages
        # From the bytes of a request to the key of its answer: who asks again is not even parsed.
        self._shortcuts: BoundedCache[Hashable, Hashable]
        self._shortcuts = counted_cache(settings.cache_bytes // 10)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        exchange: Exchange = scope[EXCHANGE]
        scope["app"] = self._pages  # answers for people are made as the other pages are
        method = scope["method"]
        if method in {"GET", "HEAD"}:
            started = time.perf_counter()
            await self._answer(scope, exchange, None)
            self._consider_lending(scope, exchange, time.perf_counter() - started)
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

    def _consider_lending(self, scope: Scope, exchange: Exchange, seconds: float) -> None:
        connection = scope.get(CONNECTION)
        if self._lender is None or connection is None:
            return
        if exchange.status == HTTPStatus.OK and exchange.is_whole and scope["method"] == "GET":
            self._lender.answered(connection, exchange.client, seconds)

    async def _answer(self, scope: Scope, exchange: Exchange, body: bytes | None) -> None:
        shortcut = self._shortcut(scope, exchange, body)
        key = self._shortcuts.get(shortcut) if shortcut else None
        kept = self._answerer.kept.get(key) if key else None
        if kept is not None:
            exchange.query = kept.query
            await send_kept(kept, exchange, "cache")
            return
        request = None
        try:
            request = _parsed(scope, exchange, body)
            if request is None:
                await send_description(self._engine, self._settings.public_url, scope)
                return
            key = await self._ask(request, scope, exchange)
        except Exception as error:
            problem = problem_of(error)
            FAILURES.labels(problem.kind).inc()
            if problem.kind == "internal" or exchange.status or not _wants_page(exchange, request):
                raise
            await send_problem(problem, request.text if request else "", scope)
        if key and shortcut:
            self._shortcuts.put(shortcut, key, OVERHEAD + 2 * _LONGEST_SHORTCUT)

    async def _ask(
        self, request: SparqlRequest, scope: Scope, exchange: Exchange
    ) -> Hashable | None:
        exchange.query = request.text
        examined = await self._examine(request.text)
        job = job_of(request, examined, exchange.headers, exchange.client)
        if job is None:
            question = question_of(request, "json", exchange.client)
            await send_answer(self._engine, question, examined.form, scope)
            return None
        return await self._answerer.answer(job, scope, exchange)

    async def _examine(self, text: str) -> Examined:
        """Tell what a query is; a long one is read in a thread, so that nobody waits."""
        if len(text) < _SHORT_TEXT:
            return examine(text, self._limits)
        return await asyncio.to_thread(examine, text, self._limits)

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
            headers.get(TIMEOUT_HEADER),
            headers.get(b"content-type") if body is not None else None,
            headers.get(b"content-encoding") if body is not None else None,
        )


def _wants_page(exchange: Exchange, request: SparqlRequest | None) -> bool:
    """Tell whether a problem is to be shown to a person."""
    if request is not None and request.wanted:
        return request.wanted in {PAGE, "text/html"}
    accept = text_of(exchange.headers, b"accept")
    offer = choose(accept, _PROBLEMS) if accept else None
    return offer is not None and offer.name == PAGE


def _parsed(scope: Scope, exchange: Exchange, body: bytes | None) -> SparqlRequest | None:
    if body is None:
        return parse_get(scope["query_string"], exchange.headers)
    return parse_post(scope["query_string"], exchange.headers, body)
