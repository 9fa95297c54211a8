"""One connection of a client, with bounds that uvicorn leaves out.

A request line and its headers must come within a time and a size; what runs for a client that has
left is cancelled; an answer that cannot be finished ends with a reset, never like a whole one.
"""

import asyncio
from collections.abc import Callable, Iterable
from http import HTTPStatus

from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

from api.asgi import CONNECTION, Header

HEAD_SECONDS = 10.0
HEAD_BYTES = 64 * 1024


class _Writer:
    """Writes the head of an answer with what follows at once: two writes wake a client twice."""

    def __init__(self, transport: asyncio.Transport, loop: asyncio.AbstractEventLoop) -> None:
        self._transport = transport
        self._loop = loop
        self._is_new = True
        self._head = b""

    def write(self, data: bytes) -> None:
        """Write, the first of an answer not before the next round of the loop."""
        if self._is_new:
            self._is_new = False
            self._head = data
            self._loop.call_soon(self.flush)
        elif self._head:
            head, self._head = self._head, b""
            self._transport.write(head + data)
        else:
            self._transport.write(data)

    def flush(self) -> None:
        """Write what is held back."""
        if self._head:
            head, self._head = self._head, b""
            self._transport.write(head)

    def end(self) -> None:
        """Go on to the next answer."""
        self.flush()
        self._is_new = True

    def is_closing(self) -> bool:
        """Tell whether nothing more will be sent."""
        return self._transport.is_closing()

    def close(self) -> None:
        """Close when all is sent."""
        self.flush()
        self._transport.close()


class Connection(HttpToolsProtocol):
    """A connection whose requests are bounded from the first byte.

    Attributes:
        running: the task that answers the current request; cancelled if the client leaves.
        short_answers: how many of its last questions in a row were short.
        short_answers_wanted: how many more than usual there have to be before it is lent.
    """

    running: asyncio.Task[None] | None = None
    short_answers = 0
    short_answers_wanted = 0
    _recall: Callable[[], None] | None = None
    _is_ending = False
    _head_timer: asyncio.TimerHandle | None = None
    _head_bytes = 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Wait for the first head."""
        super().connection_made(transport)
        self._writer = _Writer(transport, self.loop)
        self._await_head()

    def connection_lost(self, exc: Exception | None) -> None:
        """Cancel what runs for the client that has left."""
        self._stop_waiting()
        super().connection_lost(exc)
        if self.running is not None and not self.running.done():
            self.running.cancel()

    def data_received(self, data: bytes) -> None:
        """Parse what has come; refuse a head that is too large."""
        if self._head_timer is not None:
            self._head_bytes += len(data)
        super().data_received(data)
        if self.transport.is_closing():
            self._stop_waiting()
        elif self._head_timer is not None and self._head_bytes > HEAD_BYTES:
            self._refuse(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, "the headers are too large")
        elif self._head_timer is None and self._is_idle:
            self._await_head()  # blank lines between requests must not keep it for ever

    def on_message_begin(self) -> None:
        """Begin with a head."""
        super().on_message_begin()
        self._await_head()

    def on_header(self, name: bytes, value: bytes) -> None:
        """Take a header of a head. Those behind a body have no bound, and nobody checks them."""
        if self._head_timer is not None:
            super().on_header(name, value.strip(b" \t"))  # the parser leaves what is behind it

    def on_headers_complete(self) -> None:
        """Go on to the body; the scope leads back here."""
        self._stop_waiting()
        self.scope[CONNECTION] = self  # type: ignore[literal-required]
        super().on_headers_complete()
        if self.cycle is not None:
            self.cycle.transport = self._writer  # type: ignore[assignment]

    def on_response_complete(self) -> None:
        """Write the rest before the connection may be closed, or the next answer begins."""
        self._writer.end()
        super().on_response_complete()

    def respond(self, status: int, headers: Iterable[Header], body: bytes) -> bool:
        """Send a whole answer to the request that runs; tell whether that could be done.

        Message by message it takes several times as long, since each header is looked at. Those
        here are ours, with names in small letters, and tell the length of what has one.
        """
        cycle = self.cycle
        if cycle is None or self.pipeline or self.flow.write_paused:
            return False
        if cycle.response_started or cycle.disconnected or not cycle.keep_alive:
            return False
        lines = [name + b": " + value for name, value in (*cycle.default_headers, *headers)]
        head = b"\r\n".join([STATUS_LINE[status][:-2], *lines, b"\r\n"])
        if head.count(b"\n") != len(lines) + 2 or head.count(b"\r") != len(lines) + 2:
            return False  # a header with a line break in it
        self._writer.flush()  # what the client was told to go on
        # Not `self.scope`, which may be that of a request which is still arriving.
        self.transport.write(head if cycle.scope["method"] == "HEAD" else head + body)
        cycle.response_started = cycle.response_complete = True
        cycle.message_event.set()
        self.on_response_complete()
        return True

    @property
    def peer(self) -> str:
        """The address of the other end."""
        return str(self.client[0]) if self.client else "unknown"

    def lend(self, recall: Callable[[], None]) -> int | None:
        """Stop reading, so that another process can; None if there is still something to do here.

        Args:
            recall: called when the connection is to be closed, to have it taken back soon.

        Returns:
            The descriptor of the connection.
        """
        is_staying = not (self.transport.is_closing() or self._is_ending)
        if not is_staying or self._recall is not None or not self._is_between_requests:
            return None
        self._unset_keepalive_if_required()
        self.transport.pause_reading()
        self._recall = recall
        descriptor: int = self.transport.get_extra_info("socket").fileno()
        return descriptor

    def take_back(self, received: bytes = b"", rest: bytes = b"") -> None:
        """Go on where the other process has stopped.

        Args:
            received: what it has read and not answered.
            rest: what of an answer it could not send.
        """
        self._recall = None
        if self.transport.is_closing():
            return
        self.transport.resume_reading()
        if rest:
            self.transport.write(rest)
        if received:
            self.data_received(received)
        else:
            self.timeout_keep_alive_task = self.loop.call_later(
                self.timeout_keep_alive, self.timeout_keep_alive_handler
            )
        if self._is_ending:
            super().shutdown()

    def shutdown(self) -> None:
        """Close as soon as the current request is answered."""
        self._is_ending = True
        if self._recall is not None:
            self._recall()
        else:
            super().shutdown()

    def send_400_response(self, msg: str) -> None:
        """Answer what is no HTTP."""
        self._refuse(HTTPStatus.BAD_REQUEST, msg)

    def abort(self) -> None:
        """End the connection at once: what was sent of the answer is not the answer."""
        self.transport.abort()

    @property
    def _is_between_requests(self) -> bool:
        """Whether nothing of a request or an answer is on its way, and a next one may come."""
        cycle = self.cycle
        if cycle is None or not cycle.response_complete or self.running is not None:
            return False
        is_next_here = self.pipeline or self._head_timer is not None
        # A request may be answered before its body has come, which is no request then.
        is_body_to_come = cycle.more_body
        is_answer_here = self.transport.get_write_buffer_size() > 0
        is_last = not cycle.keep_alive or self.timeout_keep_alive_task is None
        return not (is_next_here or is_body_to_come or is_answer_here or is_last)

    @property
    def _is_idle(self) -> bool:
        return self.timeout_keep_alive_task is None and (
            self.cycle is None or self.cycle.response_complete
        )

    def _await_head(self) -> None:
        self._stop_waiting()
        self._head_bytes = 0
        self._head_timer = self.loop.call_later(HEAD_SECONDS, self._head_is_late)

    def _stop_waiting(self) -> None:
        if self._head_timer is not None:
            self._head_timer.cancel()
            self._head_timer = None

    def _head_is_late(self) -> None:
        self._head_timer = None
        if not self.transport.is_closing():
            self._refuse(HTTPStatus.REQUEST_TIMEOUT, "the request did not come in time")

    def _refuse(self, status: HTTPStatus, reason: str) -> None:
        self._stop_waiting()
        if self.cycle is not None and self.cycle.response_started and not self._is_answered:
            self.abort()  # an answer is on its way: this would stand in its middle
            return
        body = f'{{"title":"{status.phrase}","status":{status.value},"detail":"{reason}"}}\n'
        head = (
            f"HTTP/1.1 {status.value} {status.phrase}\r\n"
            "content-type: application/problem+json\r\nx-content-type-options: nosniff\r\n"
            f"content-length: {len(body)}\r\nconnection: close\r\n\r\n"
        )
        self.transport.write(f"{head}{body}".encode("ascii"))
        self.transport.close()

    @property
    def _is_answered(self) -> bool:
        return self.cycle is None or self.cycle.response_complete
