"""The engine for a store elsewhere: every question goes to a SPARQL 1.1 server over HTTP.

`graph.push` has put a release there. What the engine on this machine is given by argument, the
text of the query must carry (`graph.engine.standalone`). Only the configured address is contacted.
"""

import asyncio
import contextlib
import json
from collections import Counter
from collections.abc import Mapping
from functools import partial
from typing import Any

import httpx

from graph.engine.arriving import Arriving, Kept
from graph.engine.asking import Answer, Question
from graph.engine.endpoint import Endpoint
from graph.engine.guard import Examined, check_format, examine
from graph.engine.limits import Limits
from graph.engine.replies import query_refusal, unreachable
from graph.engine.standalone import standalone
from graph.engine.transcoding import Spool, Wanted, rewrite
from graph.engine.union import NO_UNION, PROBE, RELEASE, UNION_WAYS
from graph.errors import (
    GraphError,
    OverloadedError,
    QueryError,
    QuerySyntaxError,
    QueryTimeoutError,
    RemoteStoreError,
    UnknownReleaseError,
)
from graph.releases import is_release_id

POLL = 1.0
_CONNECT = 5.0
_MOST_OF_A_REFUSAL = 8 * 1024
_RETRY_AFTER = 2
_NO_RELEASE = "holds no release: `cancu push` puts one there"

_JSON = "application/sparql-results+json"

Form = Mapping[str, str | list[str]]


class Remote:
    """Answers questions by asking a server elsewhere.

    Args:
        endpoint: where it is asked.
        limits: bounds of questions and answers.
        poll: seconds between two looks at which release it holds.
    """

    def __init__(self, endpoint: Endpoint, limits: Limits, poll: float = POLL) -> None:
        self._endpoint = endpoint
        self._limits = limits
        self._poll = poll
        self._client: httpx.AsyncClient | None = None
        self._release = ""
        self._union: Mapping[str, str] = {}
        self._watch: asyncio.Task[None] | None = None
        self._asking: Counter[str] = Counter()

    async def start(self) -> None:
        """Make ready: see that the server is there, holds a release, and unites its graphs."""
        self._client = httpx.AsyncClient(
            auth=self._endpoint.auth,
            follow_redirects=False,
            trust_env=False,
            limits=httpx.Limits(max_connections=self._limits.workers + self._limits.spare),
            timeout=httpx.Timeout(None, connect=_CONNECT, pool=self._limits.wait),
        )
        try:
            self._release = await self._read_release()
            self._union = await self._find_union()
        except BaseException:
            await self.stop()
            raise
        self._watch = asyncio.create_task(self._watch_release())

    async def stop(self) -> None:
        """End what is under way and free everything."""
        if self._watch:
            self._watch.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._watch
            self._watch = None
        if self._client:
            await self._client.aclose()
            self._client = None

    def current(self) -> str:
        """Return the id of the release there; a passing name while a push is at work."""
        return self._release

    async def ask(self, question: Question) -> Answer:
        """Answer a question; returns as soon as the first bytes are there.

        An answer that is capped or written anew here is whole by then.
        """
        examined = examine(question.text, self._limits)
        check_format(examined.form, question.answer_format)
        wanted = Wanted(
            question.answer_format,
            examined.form in {"CONSTRUCT", "DESCRIBE"},
            question.most_rows,
            self._limits.most_bytes,
        )
        text = standalone(question, examined)
        release = await self._check_release(question.release)
        form: Form = {"query": text.text, **self._dataset(question, examined)}
        seconds = min(question.seconds or self._limits.seconds, self._limits.seconds)
        self._take_share(question.client)
        try:
            arriving = await self._send(form, wanted.accept, seconds)
        except BaseException as error:
            self._give_back(question.client)
            if isinstance(error, QuerySyntaxError):
                raise text.in_place(error) from error
            raise
        arriving.on_end = partial(self._give_back, question.client)
        return await self._answer(arriving, wanted, release, seconds)

    def _dataset(self, question: Question, examined: Examined) -> Form:
        if question.default_graphs or question.named_graphs:
            return {
                "default-graph-uri": list(question.default_graphs),
                "named-graph-uri": list(question.named_graphs),
            }
        # A dataset of the request would count more than the FROM of the query.
        return {} if examined.has_dataset else self._union

    def _take_share(self, client: str) -> None:
        """Count a question; a client that has its share under way already is to come again."""
        most = self._limits.share if client else self._limits.workers + self._limits.spare
        if self._asking[client] >= most + self._limits.queue // 2:
            raise OverloadedError(_RETRY_AFTER)
        self._asking[client] += 1

    def _give_back(self, client: str) -> None:
        self._asking[client] -= 1
        if not self._asking[client]:
            del self._asking[client]

    async def _send(self, form: Form, accept: str, seconds: float) -> Arriving:
        """Send a query; return when the first bytes of the answer are there."""
        client, url = self._client, self._endpoint.url
        if client is None:
            raise RemoteStoreError(url, "the engine is not started")
        request = client.build_request("POST", url, data=form, headers={"Accept": accept})
        try:
            async with asyncio.timeout(seconds):
                reply = await client.send(request, stream=True)
                if not reply.is_success:
                    raise await _refusal(reply, url, seconds)
            arriving = Arriving(reply, seconds, self._limits.most_bytes)
            await arriving.begin()
        except TimeoutError as error:
            raise QueryTimeoutError(seconds) from error
        except httpx.PoolTimeout as error:
            raise OverloadedError(_RETRY_AFTER) from error
        except httpx.TransportError as error:
            raise unreachable(url, error) from error
        return arriving

    async def _answer(
        self, arriving: Arriving, wanted: Wanted, release: str, seconds: float
    ) -> Answer:
        content_type = arriving.content_type
        form = wanted.arriving(content_type)
        if form is None:
            await arriving.aclose()
            reason = f"answers with {content_type or 'no Content-Type'}: this is no SPARQL server"
            raise RemoteStoreError(self._endpoint.url, reason)
        if arriving.is_partial:  # Virtuoso says so in a header
            await arriving.aclose()
            raise QueryTimeoutError(seconds)
        arriving.arriving = form
        if wanted.passes(form) and arriving.most_rows is None:
            return Answer(release, capped=False, chunks=arriving)
        kept = Spool(self._limits.most_bytes)
        try:
            async for chunk in arriving:
                kept.write(chunk)
        except BaseException:
            kept.close()
            raise
        written = await asyncio.to_thread(rewrite, kept, form, wanted.capped_by(arriving.most_rows))
        return Answer(release, capped=written.capped, chunks=Kept(written))

    async def _check_release(self, wanted: str | None) -> str:
        """Return the release that will answer; it must be the one wanted, if one is."""
        if wanted is not None and wanted != self._release:
            self._release = await self._read_release()
            if wanted != self._release:
                raise UnknownReleaseError(wanted)
        return self._release

    async def _watch_release(self) -> None:
        while True:
            await asyncio.sleep(self._poll)
            # Whoever asks meanwhile is told what is wrong; the last release known stays.
            with contextlib.suppress(GraphError):
                self._release = await self._read_release()

    async def _read_release(self) -> str:
        answer = await self._read(RELEASE, {})
        rows = answer["results"]["bindings"]
        if not rows:
            raise RemoteStoreError(self._endpoint.url, _NO_RELEASE)
        release = str(rows[0]["release"]["value"])
        if not is_release_id(release):  # it will stand in the head of answers
            reason = f"its release cannot be called {release[:100]!r}"
            raise RemoteStoreError(self._endpoint.url, reason)
        return release

    async def _find_union(self) -> Mapping[str, str]:
        for way in UNION_WAYS:
            with contextlib.suppress(QueryError):  # a graph of that name is not known there
                if (await self._read(PROBE, way))["boolean"]:
                    return way
        raise RemoteStoreError(self._endpoint.url, NO_UNION)

    async def _read(self, query: str, way: Mapping[str, str]) -> dict[str, Any]:
        """Return the answer to a question of the engine's own."""
        url = self._endpoint.url
        arriving = await self._send({"query": query, **way}, _JSON, self._limits.seconds)
        whole = b"".join([chunk async for chunk in arriving])
        try:
            answer: dict[str, Any] = json.loads(whole)
        except ValueError as error:
            reason = "no SPARQL server: its answer is not what was asked for"
            raise RemoteStoreError(url, reason) from error
        return answer


async def _refusal(reply: httpx.Response, url: str, seconds: float) -> GraphError:
    body = b""
    try:
        async for chunk in reply.aiter_bytes():
            body += chunk
            if len(body) > _MOST_OF_A_REFUSAL:
                break
    finally:
        await reply.aclose()
    return query_refusal(url, reply.status_code, reply.headers, body, seconds)
