"""The requests that a clerk answers: a plain GET of a query, as clients send it all day.

Whatever is not exactly that is none of its business, and goes back to the server.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

_REQUEST = re.compile(
    rb"GET /sparql\?([!\"$-~]+) HTTP/1\.1\r\n((?:[A-Za-z-]+:[\t -~\x80-\xff]*\r\n)+)\r\n"
)
# Headers that are understood here, and those that bear on no answer: X-Forwarded-For is believed of
# proxies, to which nothing is lent.
_KNOWN = frozenset(
    b"accept accept-encoding accept-language cache-control connection dnt host origin pragma "
    b"priority referer user-agent x-forwarded-for x-request-id".split()
)
_OF_BROWSERS = b"sec-"


class PlainRequest(NamedTuple):
    """A whole GET request for a query.

    Attributes:
        query_string: what follows the question mark.
        headers: by their names in small letters.
    """

    query_string: bytes
    headers: Mapping[bytes, bytes]


def read_plain(received: bytes) -> PlainRequest | None:
    """Return what was received if it is one plain request, no less and no more."""
    match = _REQUEST.fullmatch(received)
    if match is None:
        return None
    headers = _headers(match[2])
    return None if headers is None else PlainRequest(match[1], headers)


@lru_cache(maxsize=256)
def _headers(block: bytes) -> Mapping[bytes, bytes] | None:
    """Return headers, which a client sends alike each time; None if there are others among them."""
    headers: dict[bytes, bytes] = {}
    for line in block.split(b"\r\n")[:-1]:
        name, _, value = line.partition(b":")
        name = name.lower()
        if name in headers or not (name in _KNOWN or name.startswith(_OF_BROWSERS)):
            return None
        headers[name] = value.strip(b" \t")
    return headers if headers.get(b"connection", b"keep-alive").lower() == b"keep-alive" else None
