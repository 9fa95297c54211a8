"""Content codings for whole answers and for answers on their way.

On their way every piece is flushed: a client sees the first rows when the engine has them, at the
price of a few bytes each time.
"""

import zlib
from typing import Protocol

import zstandard

from api.negotiation import Coding

LEAST = 1024  # below it the coding costs more than it saves
_GZIP_LEVEL = 4
_ZSTD_LEVEL = 3
_GZIP_WINDOW = 16 + zlib.MAX_WBITS


class Compressor(Protocol):
    """Takes pieces of an answer and gives what is to be sent for each."""

    def add(self, piece: bytes) -> bytes:
        """Return all that a piece becomes, so that the client can read it to its end."""

    def end(self) -> bytes:
        """Return what closes the coding."""


class _Identity:
    def add(self, piece: bytes) -> bytes:
        return piece

    def end(self) -> bytes:
        return b""


class _Gzip:
    def __init__(self) -> None:
        self._coder = zlib.compressobj(_GZIP_LEVEL, zlib.DEFLATED, _GZIP_WINDOW)

    def add(self, piece: bytes) -> bytes:
        return self._coder.compress(piece) + self._coder.flush(zlib.Z_SYNC_FLUSH)

    def end(self) -> bytes:
        return self._coder.flush()


class _Zstd:
    def __init__(self) -> None:
        self._coder = zstandard.ZstdCompressor(level=_ZSTD_LEVEL).compressobj()

    def add(self, piece: bytes) -> bytes:
        begun = self._coder.compress(piece)
        return begun + self._coder.flush(zstandard.COMPRESSOBJ_FLUSH_BLOCK)

    def end(self) -> bytes:
        return self._coder.flush()


def compressor(coding: Coding) -> Compressor:
    """Return a compressor for one answer."""
    if coding == "zstd":
        return _Zstd()
    return _Gzip() if coding == "gzip" else _Identity()


def compress(whole: bytes, coding: Coding) -> bytes:
    """Return a whole answer in a coding."""
    if coding == "zstd":
        return zstandard.ZstdCompressor(level=_ZSTD_LEVEL).compress(whole)
    if coding == "gzip":
        return zlib.compress(whole, _GZIP_LEVEL, _GZIP_WINDOW)
    return whole
