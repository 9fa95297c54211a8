"""What a clerk does and has done, in memory that outlives it.

A request that was read from a connection is gone from there. So it is read into this memory, and
stays until its answer is handed to the system: whatever becomes of the clerk, the server knows
which request is not answered, and has its bytes. Notes of answers stay until the server has heard
them.
"""

import fcntl
import mmap
import os
import struct
from typing import NamedTuple

import orjson

from api.sparql.loans import Note

_REQUEST = struct.Struct("=QIB")  # count of requests, number of the connection, state
_STATE = 12
# Written at once, for the server reads them while the clerk goes on.
_NUMBER = struct.Struct("@I")
_GENERATION_AT, _NOTED_AT = 16, 20  # how often notes were told, and bytes of those since
_ROOM_AT = 64  # where the request begins
LARGEST = 16 * 1024  # bytes of a request
_LINES_AT = _ROOM_AT + LARGEST
_LINES = 32 * 1024  # bytes of notes; they fit into a packet
_SIZE = _LINES_AT + _LINES
_IDLE, _ANSWERING, _SENDING = 0, 1, 2
_ZEROS = bytes(LARGEST)


class Left(NamedTuple):
    """The request that a dead clerk has left.

    Attributes:
        connection: number of its connection.
        request: its bytes.
        may_be_sent: whether the answer may have left: nobody can tell.
    """

    connection: int
    request: bytes
    may_be_sent: bool


class ClerksLedger:
    """The clerk's side, which writes.

    Attributes:
        room: where a request is read to. It is all zeros, which no request has, when none is there.
    """

    def __init__(self, descriptor: int) -> None:
        self._memory = mmap.mmap(descriptor, _SIZE)
        os.close(descriptor)
        self.room = memoryview(self._memory)[_ROOM_AT:_LINES_AT]
        self._lines = memoryview(self._memory)[_LINES_AT:]
        self._count = 0
        self._generation = 1
        self._noted = 0
        _NUMBER.pack_into(self._memory, _GENERATION_AT, self._generation)

    def begin(self, connection: int) -> None:
        """Note that a request is about to be read from a connection, and then answered."""
        self._count += 1
        _REQUEST.pack_into(self._memory, 0, self._count, connection, _ANSWERING)

    def send(self) -> None:
        """Note that its answer is about to be sent."""
        self._memory[_STATE] = _SENDING

    def end(self, size: int) -> None:
        """Note that nothing is to be done for it any more.

        Args:
            size: of the request, in bytes.
        """
        self.room[:size] = _ZEROS[:size]
        self._memory[_STATE] = _IDLE

    def note(self, note: Note) -> bool:
        """Keep a note until it is told; say whether there is room for another one."""
        line = orjson.dumps(tuple(note), option=orjson.OPT_APPEND_NEWLINE)
        end = self._noted + len(line)
        self._lines[self._noted : end] = line
        self._noted = end
        _NUMBER.pack_into(self._memory, _NOTED_AT, end)
        return end + 2 * len(line) < _LINES

    @property
    def untold(self) -> bytes:
        """The notes that the server has not been told, as it is told of them; b"" if none."""
        if not self._noted:
            return b""
        return self._generation.to_bytes(4) + bytes(self._lines[: self._noted])

    def told(self) -> None:
        """Begin anew: the server has been told of all notes."""
        self._generation += 1
        self._noted = 0
        _NUMBER.pack_into(self._memory, _NOTED_AT, 0)
        _NUMBER.pack_into(self._memory, _GENERATION_AT, self._generation)


class ServersLedger:
    """The server's side, which reads.

    Attributes:
        descriptor: of the file that the memory is, which has no name; -1 once it is closed.
    """

    def __init__(self) -> None:
        """Make the memory, empty.

        Raises:
            OSError: there is none, or no descriptor.
        """
        self.descriptor = os.memfd_create("ledger", os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)
        try:
            os.truncate(self.descriptor, _SIZE)
            # Of a file that is cut shorter, reading the memory would end the server.
            seals = fcntl.F_SEAL_SHRINK | fcntl.F_SEAL_GROW | fcntl.F_SEAL_SEAL
            fcntl.fcntl(self.descriptor, fcntl.F_ADD_SEALS, seals)
            self._memory = mmap.mmap(self.descriptor, _SIZE)
        except BaseException:
            os.close(self.descriptor)
            raise
        self._heard = 0  # the last generation of notes that was told
        self._read: dict[int, int] = {}  # bytes that were read of later ones, untold

    def request_under_way(self) -> int:
        """Return the count of the request that is being answered; 0 if none is."""
        count, _, state = _REQUEST.unpack_from(self._memory)
        return int(count) if state == _ANSWERING else 0

    def left(self) -> Left | None:
        """Return the request that is not answered, when the clerk does nothing any more."""
        _, connection, state = _REQUEST.unpack_from(self._memory)
        request = self._memory[_ROOM_AT:_LINES_AT].rstrip(b"\0")
        return Left(connection, request, state == _SENDING) if request else None

    def notes_told(self, told: bytes) -> list[Note]:
        """Return the notes that the clerk tells of, but for those that were read untold."""
        self._heard = int.from_bytes(told[:4])
        read = self._read.pop(self._heard, 0)
        return _notes(told[4 + read :])

    def notes_untold(self) -> list[Note]:
        """Return the notes since the last call that the clerk, alive or dead, has not told."""
        generation, size = self._number(_GENERATION_AT), self._number(_NOTED_AT)
        lines = self._memory[_LINES_AT : _LINES_AT + size]
        if generation != self._number(_GENERATION_AT) or generation <= self._heard:
            return []  # they are told, and heard or on their way
        read = self._read.get(generation, 0)
        self._read[generation] = max(read, size)
        return _notes(lines[read:])

    def _number(self, place: int) -> int:
        return int(_NUMBER.unpack_from(self._memory, place)[0])

    def close(self) -> None:
        """Free the memory on this side; harmless the second time."""
        if self.descriptor >= 0:
            self._memory.close()
            os.close(self.descriptor)
            self.descriptor = -1


def _notes(lines: bytes) -> list[Note]:
    return [Note._make(orjson.loads(line)) for line in lines.splitlines()]
