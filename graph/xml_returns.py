"""Carriage returns in XML: the engine writes them as they are; readers make line breaks of them.

A quote has the very characters of its source, and a source may have such line ends.
"""

from typing import IO, cast

import pyoxigraph as ox

Format = ox.QueryResultsFormat | ox.RdfFormat
_XML: tuple[Format, ...] = (ox.QueryResultsFormat.XML, ox.RdfFormat.RDF_XML)


def keep_returns(written: bytes) -> bytes:
    """Escape the returns in a piece of XML that the engine has written."""
    return written.replace(b"\r", b"&#13;")


def keeping_returns(file: IO[bytes], written_as: Format) -> IO[bytes]:
    """Return what the engine is to write to, so that returns reach a file as XML needs them."""
    return cast(IO[bytes], _Keeper(file)) if written_as in _XML else file


class _Keeper:
    """As much of a file as the engine's writers need."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file

    def write(self, data: bytes) -> int:
        """Write on; the engine is told that its own bytes were taken."""
        self._file.write(keep_returns(data))
        return len(data)

    def flush(self) -> None:
        """Flush what is written to."""
        self._file.flush()
