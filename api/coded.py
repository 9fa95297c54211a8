"""Content coding for what FastAPI answers: pages, the catalogue, linked data, files.

What is text is compressed as the client likes best. Answers that have a coding already, parts of
files, and what is too short to gain by it go out as they are.
"""

import asyncio

from api.asgi import App, Header, Message, Receive, Scope, Send, headers_of
from api.negotiation import choose_coding
from api.sparql.compression import LEAST, Compressor, compress, compressor

_TEXTS = frozenset(
    {
        b"application/javascript",
        b"application/n-quads",
        b"application/n-triples",
        b"application/sparql-query",
        b"application/trig",
    }
)
_LARGE = 64 * 1024  # what takes longer than a few milliseconds is compressed in a thread
_PARTIAL, _NOT_MODIFIED = 206, 304
_VARY = b"Accept-Encoding"


class Coded:
    """An application whose answers are compressed."""

    def __init__(self, app: App) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] == "http":
            send = coded(scope, send)
        await self._app(scope, receive, send)


def coded(scope: Scope, send: Send) -> Send:
    """Return what sends an answer in the coding that its client likes best."""
    return _Sending(scope, send)


class _Sending:
    """The sending of one answer; its start waits for the first bytes, which tell its length."""

    def __init__(self, scope: Scope, send: Send) -> None:
        # HTTP/1.0 knows no chunks: it needs the length that a coding on its way does away with.
        accepted = headers_of(scope).get(b"accept-encoding", b"").decode("latin-1")
        self._coding = "identity" if scope["http_version"] == "1.0" else choose_coding(accepted)
        self._send = send
        self._start: Message | None = None
        self._coder: Compressor | None = None

    async def __call__(self, message: Message) -> None:
        """Send a message on."""
        if message["type"] == "http.response.start":
            self._start = message
        elif self._start is not None:
            start, self._start = self._start, None
            await self._begin(start, message)
        else:
            await self._send_piece(message)

    async def _begin(self, start: Message, message: Message) -> None:
        headers, status = list(start["headers"]), start["status"]
        is_text = _is_text(headers) and status != _PARTIAL
        if is_text or status == _NOT_MODIFIED:
            headers = _varying(headers)
        body, is_all = message.get("body", b""), not message.get("more_body", False)
        if is_text and self._coding != "identity" and (len(body) >= LEAST or not is_all):
            headers = _marked(headers, self._coding.encode("ascii"))
            if is_all:
                headers, message = await self._whole(headers, body)
            else:
                self._coder = compressor(self._coding)
        await self._send({**start, "headers": headers})
        await self._send_piece(message)

    async def _whole(self, headers: list[Header], body: bytes) -> tuple[list[Header], Message]:
        if len(body) >= _LARGE:
            body = await asyncio.to_thread(compress, body, self._coding)
        else:
            body = compress(body, self._coding)
        sized = [*headers, (b"content-length", b"%d" % len(body))]
        return sized, {"type": "http.response.body", "body": body}

    async def _send_piece(self, message: Message) -> None:
        if self._coder is not None:
            body = message.get("body", b"")
            body = self._coder.add(body) if body else b""
            if not message.get("more_body", False):
                body += self._coder.end()
            message = {**message, "body": body}
        await self._send(message)


def _is_text(headers: list[Header]) -> bool:
    """Tell whether an answer is text that nobody has compressed yet."""
    found = dict(headers)
    if b"content-encoding" in found:
        return False
    media_type = found.get(b"content-type", b"").partition(b";")[0].strip().lower()
    return media_type in _TEXTS or media_type.startswith(b"text/") or _has_syntax(media_type)


def _has_syntax(media_type: bytes) -> bool:
    """Tell whether a media type is JSON or XML: "application/ld+json", "image/svg+xml"."""
    return media_type.endswith((b"/json", b"+json", b"/xml", b"+xml"))


def _varying(headers: list[Header]) -> list[Header]:
    """Return headers that say that the answer depends on the codings accepted."""
    given = b", ".join(value for name, value in headers if name == b"vary")
    if _VARY.lower() in given.lower():
        return headers
    others = [header for header in headers if header[0] != b"vary"]
    return [*others, (b"vary", b"%s, %s" % (given, _VARY) if given else _VARY)]


def _marked(headers: list[Header], coding: bytes) -> list[Header]:
    """Return the headers of the answer in a coding: other bytes, of another length."""
    kept = [_weakened(header) for header in headers if header[0] != b"content-length"]
    return [*kept, (b"content-encoding", coding)]


def _weakened(header: Header) -> Header:
    name, value = header
    if name == b"etag" and not value.startswith(b"W/"):
        return name, b"W/" + value
    return header
