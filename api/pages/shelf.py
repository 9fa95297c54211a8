"""Pages that were made a moment ago, kept as they were sent.

A page of a long document takes a while to make, and it stays the same until the next release.
"""

from collections import OrderedDict

from starlette.responses import Response

Key = tuple[str, str, str]


class Shelf:
    """Keeps the pages asked for last, up to a number of bytes."""

    def __init__(self, most_bytes: int) -> None:
        self._most = most_bytes
        self._held = 0
        self._pages: OrderedDict[Key, Response] = OrderedDict()

    def find(self, key: Key) -> Response | None:
        """Return a page that is kept, as a response of its own."""
        kept = self._pages.get(key)
        if kept is None:
            return None
        self._pages.move_to_end(key)
        response = Response(kept.body, kept.status_code)
        response.raw_headers = list(kept.raw_headers)
        return response

    def put(self, key: Key, response: Response) -> None:
        """Keep a page, unless it is larger than an eighth of all that is kept."""
        size = len(response.body)
        if response.status_code != 200 or size > self._most // 8:  # noqa: PLR2004 - OK
            return
        self._remove(key)
        self._pages[key] = response
        self._held += size
        while self._held > self._most:
            self._remove(next(iter(self._pages)))

    def _remove(self, key: Key) -> None:
        kept = self._pages.pop(key, None)
        if kept is not None:
            self._held -= len(kept.body)
