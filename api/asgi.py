"""What the routes below FastAPI share: reading a request, sending an answer, plain ASGI.

FastAPI costs more than a query does, so what researchers' scripts call all day goes without it.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from typing import Any

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]
Header = tuple[bytes, bytes]

CONNECTION = "cancu.connection"  # where the scope keeps `api.connection.Connection`
_DRAINED = 64_000_000
_DRAIN_SECONDS = 5


class BodyTooLargeError(Exception):
    """The body of a request is larger than allowed."""


class BodyTimeoutError(Exception):
    """The body of a request did not come in time."""


class ClientGoneError(Exception):
    """The client closed the connection before it had its answer."""


def headers_of(scope: Scope) -> dict[bytes, bytes]:
    """Return the headers of a request; one that is repeated is joined as HTTP says."""
    headers: dict[bytes, bytes] = {}
    for name, value in scope["headers"]:
        headers[name] = headers[name] + b", " + value if name in headers else value
    return headers


async def read_body(scope: Scope, receive: Receive, most: int, seconds: float) -> bytes:
    """Return the body of a request.

    Raises:
        BodyTooLargeError: it has more than `most` bytes.
        BodyTimeoutError: it has not come within `seconds`.
        ClientGoneError: the client left.
    """
    length = headers_of(scope).get(b"content-length", b"")
    if length.isdigit() and int(length) > most:
        await _drain(receive)
        raise BodyTooLargeError
    body = bytearray()
    try:
        async with asyncio.timeout(seconds):
            while True:
                message = await receive()
                if message["type"] == "http.disconnect":
                    raise ClientGoneError
                body += message.get("body", b"")
                if len(body) > most or not message.get("more_body", False):
                    break
    except TimeoutError as error:
        raise BodyTimeoutError from error
    if len(body) > most:
        await _drain(receive)
        raise BodyTooLargeError
    return bytes(body)


async def _drain(receive: Receive) -> None:
    """Read what still comes, within bounds.

    A connection that is closed on unread bytes is reset, and the client never reads why.
    """
    drained = 0
    try:
        async with asyncio.timeout(_DRAIN_SECONDS):
            while drained < _DRAINED:
                message = await receive()
                drained += len(message.get("body", b""))
                if not message.get("more_body", False):
                    return
    except TimeoutError:
        return


async def respond(send: Send, status: int, headers: Iterable[Header], body: bytes = b"") -> None:
    """Send a whole answer."""
    sized = [*headers, (b"content-length", b"%d" % len(body))]
    await send({"type": "http.response.start", "status": status, "headers": sized})
    await send({"type": "http.response.body", "body": body})
