"""The writing half of the SPARQL 1.1 Graph Store Protocol: whole graphs put into a server."""

import time
from collections.abc import Callable, Iterable, Mapping
from types import TracebackType
from typing import Self

import httpx

from graph.engine.endpoint import Endpoint
from graph.engine.replies import common_refusal, retry_after, unreachable, words_of
from graph.errors import GraphError, OverloadedError, RemoteStoreError

Body = Callable[[], bytes | Iterable[bytes]]

_TYPE = "application/n-triples"
_TRIES = 5
_FIRST_PAUSE, _LONGEST_PAUSE = 0.5, 60
_CONNECT, _REPLY = 10.0, 900.0  # a server may think for minutes over a graph of millions
_PASSING = (
    httpx.codes.TOO_MANY_REQUESTS,
    httpx.codes.BAD_GATEWAY,
    httpx.codes.SERVICE_UNAVAILABLE,
    httpx.codes.GATEWAY_TIMEOUT,
)


class GraphStore:
    """A server's graphs. Every request may be repeated, and is, where the failure may pass."""

    def __init__(self, endpoint: Endpoint) -> None:
        self.url = endpoint.url
        self._endpoint = endpoint
        self._client = httpx.Client(
            auth=endpoint.auth,
            follow_redirects=False,
            trust_env=False,
            timeout=httpx.Timeout(_REPLY, connect=_CONNECT),
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._client.close()

    def read(self, graph: str) -> bytes | None:
        """Return a graph as N-Triples; None if there is none.

        It is the first request of a push: a server that is not there is not waited for.
        """
        reply = self._send("GET", graph, headers={"Accept": _TYPE}, tries=1)
        if reply.status_code == httpx.codes.UNAUTHORIZED and self._takes_digest(reply):
            reply = self._send("GET", graph, headers={"Accept": _TYPE}, tries=1)
        if reply.status_code == httpx.codes.NOT_FOUND:
            return None
        return self._checked(reply, graph).content

    def put(self, graph: str, body: Body) -> None:
        """Make a graph hold just what the body says, in N-Triples."""
        self._checked(self._send("PUT", graph, body), graph)

    def add(self, graph: str, body: Body) -> None:
        """Add statements to a graph."""
        self._checked(self._send("POST", graph, body), graph)

    def delete(self, graph: str) -> None:
        """Remove a graph, if it is there."""
        reply = self._send("DELETE", graph)
        if reply.status_code != httpx.codes.NOT_FOUND:
            self._checked(reply, graph)

    def _send(
        self,
        method: str,
        graph: str,
        body: Body | None = None,
        *,
        headers: Mapping[str, str] | None = None,
        tries: int = _TRIES,
    ) -> httpx.Response:
        """Send a request, again and again while its failure may pass."""
        typed = dict(headers or ({"Content-Type": _TYPE} if body else {}))
        for attempt in range(tries):
            is_last = attempt == tries - 1
            wait = _FIRST_PAUSE * 2**attempt
            try:
                reply = self._client.request(
                    method,
                    self.url,
                    params={"graph": graph},
                    content=body() if body else None,
                    headers=typed,
                )
            except httpx.TransportError as error:
                if is_last:
                    raise unreachable(self.url, error) from error
            else:
                if is_last or reply.status_code not in _PASSING:
                    return reply
                if "retry-after" in reply.headers:
                    wait = max(wait, min(retry_after(reply.headers), _LONGEST_PAUSE))
            time.sleep(wait)
        message = "at least one try"
        raise ValueError(message)

    def _takes_digest(self, reply: httpx.Response) -> bool:
        """Turn to Digest authentication, which Virtuoso wants, if the server asks for it."""
        wants = reply.headers.get("www-authenticate", "").lower().startswith("digest")
        if wants and self._endpoint.user:
            self._client.auth = httpx.DigestAuth(self._endpoint.user, self._endpoint.password)
            return True
        return False

    def _checked(self, reply: httpx.Response, graph: str) -> httpx.Response:
        if reply.is_success:
            return reply
        raise self._refusal(reply, graph)

    def _refusal(self, reply: httpx.Response, graph: str) -> GraphError:
        status = reply.status_code
        if status in (httpx.codes.NOT_FOUND, httpx.codes.METHOD_NOT_ALLOWED):
            reason = f"takes no graphs ({status}); --graph-store names the address that does"
            return RemoteStoreError(self.url, reason)
        if status == httpx.codes.REQUEST_ENTITY_TOO_LARGE:
            return RemoteStoreError(self.url, f"graph {graph} is too large for this server (413)")
        if status in _PASSING:
            return OverloadedError(retry_after(reply.headers))
        return common_refusal(self.url, status, reply.headers) or RemoteStoreError(
            self.url, f"graph {graph}: answers {status}: {words_of(reply.content)}"
        )
