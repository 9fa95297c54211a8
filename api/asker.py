"""Who asks, and the id by which a request is known."""

import ipaddress
import itertools
import re
import secrets
from collections.abc import Collection, Mapping

REQUEST_ID = b"x-request-id"
_SANE_ID = re.compile(rb"[A-Za-z0-9._:-]{1,100}")


class RequestIds:
    """The ids of the requests that one process answers."""

    def __init__(self) -> None:
        self._process = secrets.token_hex(4).encode()
        self._numbers = itertools.count()

    def of(self, headers: Mapping[bytes, bytes]) -> bytes:
        """Return the client's id of a request if it is sane, else one that is made here."""
        given = headers.get(REQUEST_ID)
        if given and _SANE_ID.fullmatch(given):
            return given
        return b"%s%08x" % (self._process, next(self._numbers))


def client_of(peer: str, headers: Mapping[bytes, bytes], proxies: Collection[str]) -> str:
    """Return the address that asks: the last one that no trusted proxy has."""
    if peer not in proxies:
        return peer
    hops = headers.get(b"x-forwarded-for", b"").decode("latin-1").split(",")
    for hop in reversed(hops):
        address = hop.strip()
        if address not in proxies:
            return address if _is_address(address) else peer
    return peer


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True
