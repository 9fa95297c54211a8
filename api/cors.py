"""Cross-origin requests: pages elsewhere may ask, since all there is here is public to read."""

from collections.abc import Iterable, Mapping

from api.asgi import Header, Send

_COMMON: tuple[Header, ...] = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"strict-origin-when-cross-origin"),
)
_EXPOSED: Header = (
    b"access-control-expose-headers",
    b"Cancu-Capped, Cancu-Release, Content-Disposition, ETag, Link, Retry-After, X-Request-ID",
)
_PREFLIGHT: tuple[Header, ...] = (
    (b"access-control-allow-methods", b"GET, HEAD, POST, OPTIONS"),
    (
        b"access-control-allow-headers",
        b"Accept, Accept-Language, Cancu-Timeout, Content-Language, Content-Type, If-None-Match, "
        b"X-Request-ID, X-Requested-With",
    ),
    (b"access-control-max-age", b"86400"),
)


class Cors:
    """Says which origins may ask."""

    def __init__(self, origins: Iterable[str]) -> None:
        """Take the origins, or * for all."""
        self._origins = {origin.encode() for origin in origins}
        self._all = (*_COMMON, (b"access-control-allow-origin", b"*"), _EXPOSED)
        self._none = (*_COMMON, (b"vary", b"Origin"))

    def headers(self, origin: bytes | None) -> tuple[Header, ...]:
        """Return the headers for an answer to a page of that origin."""
        if b"*" in self._origins:
            return self._all
        if origin is None or origin not in self._origins:
            return self._none
        return (*self._none, (b"access-control-allow-origin", origin), _EXPOSED)

    def is_preflight(self, method: str, headers: Mapping[bytes, bytes]) -> bool:
        """Tell whether a browser asks for leave before its page's request."""
        return (
            method == "OPTIONS"
            and b"origin" in headers
            and b"access-control-request-method" in headers
        )

    async def answer_preflight(self, send: Send) -> None:
        """Say what may be asked."""
        await send({"type": "http.response.start", "status": 204, "headers": [*_PREFLIGHT]})
        await send({"type": "http.response.body", "body": b""})
