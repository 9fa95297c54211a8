"""Answering questions: from what is kept, together with who asks the same, or from the engine."""

import asyncio
import time
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from enum import Enum

from api.asgi import Header, Scope
from api.cache import BoundedCache
from api.front import Exchange, abort
from api.metrics import FAILURES, FIRST_BYTE_SECONDS, answers
from api.sparql.delivery import LARGEST_KEPT, Delivery
from api.sparql.job import Job, is_known
from api.sparql.kept import OVERHEAD, Kept
from graph.engine.asking import Engine
from graph.errors import BrokenAnswerError, QueryError


class _Outcome(Enum):
    ALONE = 1  # the answer is large: those who wait ask for themselves
    LEFT = 2  # who asked first has left: one of those who wait takes over


@dataclass(slots=True)
class Answerer:
    """Answers the questions of one server process.

    Attributes:
        engine: what is asked in the end.
        kept: answers by `Job.key`.
        asked: questions under way by the same key and time limit; their result tells those who
            wait for it.
    """

    engine: Engine
    kept: BoundedCache[Hashable, Kept]
    asked: "dict[Hashable, asyncio.Future[Kept | Exception | _Outcome]]"

    async def answer(self, job: Job, scope: Scope, exchange: Exchange) -> Hashable | None:
        """Answer a question; return the key under which the answer is now kept, if it is.

        Raises:
            GraphError: there is no answer, and nothing was sent.
        """
        release = job.question.release or self.engine.current()
        if not job.is_constant:
            return await self._ask(job, None, scope, exchange)
        if await _is_unchanged(job, release, exchange):
            return None
        key = job.key(release)
        kept = self.kept.get(key)
        if kept is not None:
            await send_kept(kept, exchange, "cache")
            return key
        asked = (key, job.question.seconds)
        while asked in self.asked:
            outcome = await asyncio.shield(self.asked[asked])
            if isinstance(outcome, Kept):
                await send_kept(outcome, exchange, "joined")
                return None
            if isinstance(outcome, Exception):
                raise outcome
            if outcome is _Outcome.ALONE:
                return await self._ask(job, None, scope, exchange)
        return await self._lead(job, asked, scope, exchange)

    async def _lead(
        self, job: Job, asked: Hashable, scope: Scope, exchange: Exchange
    ) -> Hashable | None:
        """Ask for all who will want the same while it is under way."""
        promise: asyncio.Future[Kept | Exception | _Outcome]
        promise = asyncio.get_running_loop().create_future()
        self.asked[asked] = promise
        try:
            return await self._ask(job, promise, scope, exchange)
        except QueryError as error:  # others, such as a full queue, are of who asked first
            _tell(promise, error)
            raise
        finally:
            _tell(promise, _Outcome.LEFT)
            del self.asked[asked]

    async def _ask(
        self,
        job: Job,
        promise: "asyncio.Future[Kept | Exception | _Outcome] | None",
        scope: Scope,
        exchange: Exchange,
    ) -> Hashable | None:
        started = time.perf_counter()
        try:
            answer = await self.engine.ask(job.question)
            delivery = Delivery(job, answer)
            try:
                FIRST_BYTE_SECONDS.observe(time.perf_counter() - started)
                first, is_all = await delivery.first()
                exchange.notes["source"] = "engine"
                answers("engine").inc()
                kept: Kept | None
                if is_all:
                    kept = delivery.whole(first)
                    _tell(promise, kept)
                    await respond_kept(kept, exchange)
                else:
                    _tell(promise, _Outcome.ALONE)
                    kept = await self._stream(delivery, first, scope, exchange)
            finally:
                await delivery.close()
        except QueryError as error:
            raise _told(error) from error
        return self._keep(job, answer.release, kept)

    async def _stream(
        self, delivery: Delivery, first: bytes, scope: Scope, exchange: Exchange
    ) -> Kept | None:
        if scope["http_version"] == "1.0":
            kept = await delivery.collect(first)
            await respond_kept(kept, exchange)
            return kept
        try:
            is_head = scope["method"] == "HEAD"
            return await delivery.stream(exchange.send, first, is_head=is_head)
        except BrokenAnswerError as error:
            FAILURES.labels("broken").inc()
            exchange.notes["broken"] = str(error)
            abort(scope)
            return None

    def _keep(self, job: Job, release: str, kept: Kept | None) -> Hashable | None:
        if kept is None or not job.is_constant or len(kept.body) > LARGEST_KEPT:
            return None
        key = job.key(release)
        self.kept.put(key, kept, OVERHEAD + len(kept.body) + len(job.question.text))
        return key


async def send_kept(kept: Kept, exchange: Exchange, source: str) -> None:
    """Send an answer that is kept, or say that the client has it."""
    exchange.notes["source"] = source
    shown = exchange.headers.get(b"if-none-match")
    if shown is not None and is_known(shown, kept.etag):
        left_out = (b"content-type", b"content-length", b"content-encoding")
        headers = [header for header in kept.headers if header[0] not in left_out]
        await _say_unchanged(headers, exchange)
        return
    answers(source).inc()
    await respond_kept(kept, exchange)


async def respond_kept(kept: Kept, exchange: Exchange) -> None:
    """Send an answer that is all there."""
    await exchange.respond(200, kept.headers, kept.body)


async def _is_unchanged(job: Job, release: str, exchange: Exchange) -> bool:
    """Tell a client that shows our validator that it has the answer, without asking again."""
    shown = exchange.headers.get(b"if-none-match")
    if shown is None:
        return False
    etag = job.etag(release)
    if not is_known(shown, etag):
        return False
    await _say_unchanged(job.validators(release, etag), exchange)
    return True


async def _say_unchanged(headers: Sequence[Header], exchange: Exchange) -> None:
    exchange.notes["source"] = "unchanged"
    answers("unchanged").inc()
    await exchange.respond(304, headers, b"")


def _tell(
    promise: "asyncio.Future[Kept | Exception | _Outcome] | None",
    outcome: Kept | Exception | _Outcome,
) -> None:
    if promise is not None and not promise.done():
        promise.set_result(outcome)


def _told(error: QueryError) -> QueryError:
    """Return why an answer of which nothing was sent is not there: a broken one has a cause."""
    cause = error.__cause__
    is_broken = isinstance(error, BrokenAnswerError)
    return cause if is_broken and isinstance(cause, QueryError) else error
