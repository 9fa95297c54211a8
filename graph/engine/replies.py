"""From the reply of a SPARQL server elsewhere to what its asker must know."""

import re
from collections.abc import Mapping

import httpx

from graph.errors import (
    FormatError,
    GraphError,
    OverloadedError,
    QuerySyntaxError,
    QueryTimeoutError,
    RefusedQueryError,
    RemoteStoreError,
)
from graph.store import shortened

_MOST_WORDS = 400
_RETRY_AFTER = 5
_PLACE = re.compile(r"\b(?:at|line)\D{0,10}(\d+)\s*(?:[:,]|, ?column)\s*(?:column\s*)?(\d+)", re.I)
_TAG = re.compile(r"<[^>]{0,200}>")
_OVER_TIME = (httpx.codes.REQUEST_TIMEOUT, httpx.codes.GATEWAY_TIMEOUT)
_REFUSES = (httpx.codes.UNAUTHORIZED, httpx.codes.FORBIDDEN)
_BUSY = (httpx.codes.TOO_MANY_REQUESTS, httpx.codes.SERVICE_UNAVAILABLE)
_NOT_SPARQL = (httpx.codes.NOT_FOUND, httpx.codes.METHOD_NOT_ALLOWED, httpx.codes.GONE)


def query_refusal(
    url: str, status: int, headers: Mapping[str, str], body: bytes, seconds: float
) -> GraphError:
    """Return why a query was not answered.

    Args:
        url: the server's address.
        status: of its reply; no success.
        headers: of its reply.
        body: the beginning of its reply.
        seconds: the time limit of the query.
    """
    words = words_of(body)
    if status in _OVER_TIME:
        return QueryTimeoutError(seconds)
    if status in _BUSY:
        return OverloadedError(retry_after(headers))
    if status == httpx.codes.NOT_ACCEPTABLE:
        return FormatError(f"the store elsewhere cannot write this answer: {words}")
    if status == httpx.codes.REQUEST_ENTITY_TOO_LARGE:
        return RefusedQueryError("length", "too long for the store elsewhere")
    if status == httpx.codes.BAD_REQUEST:
        return QuerySyntaxError(
            words or "the store elsewhere does not understand it", *_place(words)
        )
    return common_refusal(url, status, headers) or RemoteStoreError(
        url, f"answers {status}: {words or 'without a word'}"
    )


def common_refusal(url: str, status: int, headers: Mapping[str, str]) -> GraphError | None:
    """Return why a request of any kind was refused, if its status tells."""
    if status in _REFUSES:
        hint = "CANCU_STORE_USER and CANCU_STORE_PASSWORD, or the address, name others"
        return RemoteStoreError(url, f"refuses these credentials ({status}); {hint}")
    if httpx.codes.is_redirect(status):
        place = _without_credentials(headers.get("location", "elsewhere"))
        return RemoteStoreError(url, f"sends us on to {place}, where we do not follow")
    if status in _NOT_SPARQL:
        return RemoteStoreError(url, f"no SPARQL is spoken at this address ({status})")
    return None


def words_of(body: bytes) -> str:
    """Return what a reply says, on one line, without markup and not at length."""
    line = shortened(_TAG.sub(" ", body.decode("utf-8", "replace")))
    return line if len(line) <= _MOST_WORDS else f"{line[:_MOST_WORDS]}…"


def retry_after(headers: Mapping[str, str]) -> int:
    """Return after how many seconds a busy server may be asked again."""
    value = headers.get("retry-after", "")
    return int(value) if value.isdecimal() else _RETRY_AFTER


def unreachable(url: str, error: httpx.TransportError) -> RemoteStoreError:
    """Return that a server could not be reached, or broke off."""
    return RemoteStoreError(url, f"cannot be reached: {error or type(error).__name__}")


def _place(words: str) -> tuple[int | None, int | None]:
    match = _PLACE.search(words)
    return (int(match[1]), int(match[2])) if match else (None, None)


def _without_credentials(address: str) -> str:
    return re.sub(r"//[^/@]*@", "//", address)
