"""From the engine's bytes to the client's: whole if small, else as they come; kept if it fits."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

from api.asgi import Header, Send
from api.problems import Problem, ProblemError
from api.sparql.compression import compressor
from api.sparql.job import Job
from api.sparql.kept import Kept, coded, kept_coded, kept_whole
from graph.engine.asking import Answer

LARGEST_KEPT = 1_000_000
# The engine's first piece is shorter only if it is the last, too.
_SHORT = 8 * 1024
_SOON = 0.003
_LARGEST_WHOLE = 64_000_000


class Delivery:
    """The delivery of one answer.

    Attributes:
        begins_to_stream: set before the first byte of an answer that is not sent in one piece.
    """

    def __init__(self, job: Job, answer: Answer) -> None:
        self._job = job
        self._answer = answer
        self._chunks = answer.chunks
        self._sent: list[bytes] | None = []
        self._etag = job.etag(answer.release)

    async def first(self) -> tuple[bytes, bool]:
        """Return the first bytes, and whether they are all.

        Raises:
            BrokenAnswerError: the answer ended too early, and nothing of it was sent yet.
        """
        if self._answer.whole is not None:
            return self._answer.whole, True
        first = await anext(self._chunks, b"")
        if len(first) < _SHORT:
            rest = [piece async for piece in self._chunks]
            return b"".join([first, *rest]), True
        following = asyncio.ensure_future(anext(self._chunks, b""))
        try:
            done, _ = await asyncio.wait({following}, timeout=_SOON)
        except asyncio.CancelledError:
            following.cancel()
            raise
        if done and not following.result():
            return first, True
        self._chunks = _joined(following, self._chunks)
        return first, False

    def whole(self, body: bytes) -> Kept:
        """Return an answer that is all there, ready to be sent."""
        return kept_whole(self._job, self._headers(), self._etag, body)

    async def stream(self, send: Send, first: bytes, *, is_head: bool) -> Kept | None:
        """Send an answer as it comes; return it if it is small enough to be kept.

        Raises:
            BrokenAnswerError: it ended too early; the connection has to be broken.
        """
        coding = self._job.coding
        headers = [*self._headers(), *coded(coding)]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        if is_head:
            await send({"type": "http.response.body", "body": b""})
            return None
        coder = compressor(coding)
        await self._send_piece(send, coder.add(first))
        async for piece in self._chunks:
            await self._send_piece(send, coder.add(piece))
        last = coder.end()
        await send({"type": "http.response.body", "body": last})
        if self._sent is None:
            return None
        whole = b"".join([*self._sent, last])
        return kept_coded(self._job, self._headers(), self._etag, whole, coding)

    async def collect(self, first: bytes) -> Kept:
        """Return an answer as a whole, for a client that knows no chunks.

        Raises:
            BrokenAnswerError: it ended too early.
            ProblemError: it is too large for that.
        """
        parts, size = [first], len(first)
        async for piece in self._chunks:
            parts.append(piece)
            size += len(piece)
            if size > _LARGEST_WHOLE:
                raise ProblemError(Problem("not-acceptable", "an answer so large needs HTTP/1.1"))
        # Tens of megabytes take a second to compress: nobody else waits for that.
        return await asyncio.to_thread(self.whole, b"".join(parts))

    async def close(self) -> None:
        """Free the worker, whatever is left of the answer."""
        if self._answer.whole is not None:
            return
        for source in (self._chunks, self._answer.chunks):
            closing: Any = getattr(source, "aclose", None)
            if closing is not None:
                await closing()

    async def _send_piece(self, send: Send, piece: bytes) -> None:
        if self._sent is not None:
            self._sent.append(piece)
            if sum(map(len, self._sent)) > LARGEST_KEPT:
                self._sent = None
        await send({"type": "http.response.body", "body": piece, "more_body": True})

    def _headers(self) -> list[Header]:
        is_capped = self._answer.capped
        return self._job.headers(self._answer.release, self._etag, is_capped=is_capped)


async def _joined(
    following: "asyncio.Future[bytes]", chunks: AsyncIterator[bytes]
) -> AsyncIterator[bytes]:
    try:
        piece = await following
        while piece:
            yield piece
            piece = await anext(chunks, b"")
    finally:
        following.cancel()
