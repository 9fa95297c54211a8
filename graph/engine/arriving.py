"""An answer on its way from a server elsewhere: its bytes, its time limit, its whole end."""

import asyncio
import time
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from typing import Self, cast

import httpx

from graph.engine.asking import AnswerFormat
from graph.engine.transcoding import TAIL, Spool, broken, is_whole

_CHUNK = 64 * 1024


class Arriving:
    """The bytes of an HTTP reply, once through.

    The clock runs while we wait for the server, and stands still while our reader is slow.

    Attributes:
        arriving: the format, if the end of the answer is to be checked.
        on_end: called once when the connection is no longer needed.
    """

    def __init__(self, reply: httpx.Response, seconds: float, most_bytes: int) -> None:
        self.arriving: AnswerFormat | None = None
        self.on_end: Callable[[], None] = lambda: None
        self._reply = reply
        self._bytes = cast("AsyncGenerator[bytes]", reply.aiter_bytes(_CHUNK))
        self._seconds = seconds
        self._left = most_bytes
        self._tail = b""
        self._first: bytes | None = None

    @property
    def content_type(self) -> str:
        """What the server says that the answer is."""
        return str(self._reply.headers.get("content-type", ""))

    @property
    def most_rows(self) -> int | None:
        """After how many rows the server itself stops: Virtuoso says so, and that under "OK"."""
        value = self._reply.headers.get("x-sparql-maxrows", "")
        return int(value) if value.isdecimal() else None

    @property
    def is_partial(self) -> bool:
        """Whether the server says, Virtuoso's way, that it gave up before the answer was whole."""
        return bool(self._reply.headers.get("x-sql-state") == "S1TAT")

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> bytes:
        if self._first is not None:
            chunk, self._first = self._first, None
            return chunk
        try:
            return await self._next()
        except BaseException:
            await self.aclose()
            raise

    async def begin(self) -> None:
        """Wait for the first bytes.

        Raises:
            TimeoutError: they did not come in time.
            BrokenAnswerError: the server broke off.
        """
        try:
            self._first = await self._next(is_first=True)
        except StopAsyncIteration:
            self._first = b""
        except BaseException:
            await self.aclose()
            raise

    async def aclose(self) -> None:
        """Let go of the connection; what has not arrived is not wanted."""
        on_end, self.on_end = self.on_end, lambda: None
        on_end()
        await self._bytes.aclose()
        await self._reply.aclose()

    async def _next(self, *, is_first: bool = False) -> bytes:
        started = time.monotonic()
        try:
            async with asyncio.timeout(self._seconds):
                chunk = await anext(self._bytes, b"")
        except TimeoutError as error:
            if is_first:
                raise
            message = "its time was up before its end"
            raise broken(message) from error
        except (httpx.TransportError, httpx.DecodingError) as error:
            message = str(error) or "the server broke off"
            raise broken(message) from error
        self._seconds -= time.monotonic() - started
        return self._counted(chunk)

    def _counted(self, chunk: bytes) -> bytes:
        if not chunk:
            if self.arriving and not is_whole(self._tail, self.arriving):
                message = f"it does not end as {self.arriving} does"
                raise broken(message)
            raise StopAsyncIteration
        self._left -= len(chunk)
        if self._left < 0:
            message = "it is larger than an answer may be"
            raise broken(message)
        self._tail = (self._tail + chunk)[-TAIL:]
        return chunk


class Kept:
    """The bytes of an answer that is kept as a whole, once through."""

    def __init__(self, spool: Spool) -> None:
        self._spool = spool

    def __aiter__(self) -> AsyncIterator[bytes]:
        return self

    async def __anext__(self) -> bytes:
        chunk = b"" if self._spool.file.closed else self._spool.file.read(_CHUNK)
        if not chunk:
            await self.aclose()
            raise StopAsyncIteration
        return chunk

    async def aclose(self) -> None:
        """Forget the answer."""
        self._spool.close()
