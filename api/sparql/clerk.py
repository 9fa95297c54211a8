"""A process that answers short questions straight into the connections of clients.

The server lends it connections that ask short questions one after the other (`api.sparql.lending`),
which saves the way of each question to a worker and of its answer back. A clerk is confined like a
worker, and may be killed like one: `api.sparql.loans` says who has a connection, and when. What is
not short and plain it gives back as it came.
"""

import select
import socket
import time
from dataclasses import dataclass

from api.asker import RequestIds
from api.logs import name_of
from api.sparql.ledger import ClerksLedger
from api.sparql.loans import (
    ALIVE,
    BACK,
    GONE,
    LEND,
    NOTES,
    REST,
    SLOW,
    YES,
    Note,
    Options,
    heard,
    spoken,
)
from api.sparql.plain_answer import Replier
from api.sparql.plain_request import read_plain
from graph.engine.order import Order
from graph.engine.worker import SHORT, open_desk

_LARGEST_PACKET = 1024
_IDLE = 1.0  # seconds without a question after which a connection goes back
_SOON = 0.1  # seconds that notes wait
_AVERAGED = 8  # questions


def work(connection: socket.socket, order: Order, parent: int) -> None:
    """Answer what comes through connections that are lent. This is the whole life of a process."""
    desk = open_desk(connection, order, parent)
    if desk is None:
        return
    _, descriptors, _, _ = socket.recv_fds(connection, _LARGEST_PACKET, 1)
    if not descriptors:
        return
    options = Options(**order.options)
    replier = Replier(desk, order, options)
    ledger = ClerksLedger(descriptors[0])
    clerk = _Clerk(connection, ledger, replier, is_logging=options.is_logging)
    while clerk.is_open and not (clerk.was_long() and desk.is_worn):
        clerk.wait_and_serve()
    clerk.give_all_back()


@dataclass(slots=True)
class _Borrowed:
    """A connection that was lent.

    Attributes:
        number: by which the server knows it.
        peer: address of its other end.
        socket: of this process.
        used: when it was last asked, on the monotonic clock.
        takes: seconds that its questions take on average, as far as they are computed.
    """

    number: int
    peer: str
    socket: socket.socket
    used: float
    takes: float = 0.0


class _Clerk:
    """Reads requests, one at a time, and answers them.

    Attributes:
        is_open: whether the server wants it to go on.
    """

    def __init__(
        self, server: socket.socket, ledger: ClerksLedger, replier: Replier, *, is_logging: bool
    ) -> None:
        self.is_open = True
        self._is_logging = is_logging
        self._server = server
        self._ledger = ledger
        self._replier = replier
        self._ids = RequestIds()
        self._borrowed: dict[int, _Borrowed] = {}
        self._poll = select.epoll()
        self._poll.register(server, select.EPOLLIN)
        self._was_long = False
        self._looked = 0.0
        self._told = 0.0
        self._has_notes = False

    def was_long(self) -> bool:
        """Tell whether a request since the last call has taken so long that it took much memory."""
        was_long, self._was_long = self._was_long, False
        return was_long

    def wait_and_serve(self) -> None:
        """Serve those who have asked something, one request of each."""
        for descriptor, _ in self._poll.poll(self._patience()):
            borrowed = self._borrowed.get(descriptor)
            if borrowed is not None:
                self._serve(borrowed)
            elif descriptor == self._server.fileno():
                self._heed()
        now = time.monotonic()
        if self._has_notes and now - self._told > _SOON:
            self._told = now
            self._tell()
        if now - self._looked > _IDLE / 2:
            self._looked = now
            for borrowed in [b for b in self._borrowed.values() if now - b.used > _IDLE]:
                self._give_back(borrowed, BACK)

    def give_all_back(self) -> None:
        """Leave all connections to the server, and tell it what it does not know yet."""
        for borrowed in list(self._borrowed.values()):
            self._give_back(borrowed, BACK)
        self._tell()

    def _patience(self) -> float | None:
        """Return for how many seconds there is nothing to do if nobody asks; None for any time."""
        if self._has_notes:
            return _SOON
        return _IDLE / 2 if self._borrowed else None

    def _heed(self) -> None:
        packet, descriptors, _, _ = socket.recv_fds(self._server, _LARGEST_PACKET, 1)
        letter, number, peer = heard(packet)
        if letter == LEND:
            lent = socket.socket(fileno=descriptors[0])
            self._borrowed[lent.fileno()] = _Borrowed(number, peer.decode(), lent, time.monotonic())
            self._poll.register(lent, select.EPOLLIN)
        elif letter == ALIVE:
            self._server.send(YES)
        else:
            self.is_open = False

    def _serve(self, borrowed: _Borrowed) -> None:
        self._ledger.begin(borrowed.number)
        size = 0
        try:
            size = borrowed.socket.recv_into(self._ledger.room)
            if size:
                self._answer(borrowed, bytes(self._ledger.room[:size]))
            else:
                self._give_back(borrowed, GONE)
        except BlockingIOError:
            pass  # nothing has come after all
        except OSError:
            self._give_back(borrowed, GONE)
        self._ledger.end(size)

    def _answer(self, borrowed: _Borrowed, received: bytes) -> None:
        began, computed = time.perf_counter(), time.process_time()
        request = read_plain(received)
        reply = self._replier.reply(received, request) if request else None
        if request is None or reply is None:
            self._was_long = self._was_long or time.perf_counter() - began > SHORT
            self._give_back(borrowed, BACK, received)
            return
        request_id = self._ids.of(request.headers)
        whole = reply.bytes_for(request_id)
        self._ledger.send()
        try:
            sent = borrowed.socket.send(whole)
        except BlockingIOError:
            sent = 0
        if sent == len(whole):
            self._ledger.end(len(received))
        took = time.perf_counter() - began
        borrowed.used = time.monotonic()
        if took > SHORT:
            self._was_long = True
            took_alone = min(took, time.process_time() - computed)  # others may have the processor
        else:
            took_alone = took
        borrowed.takes += (took_alone - borrowed.takes) / _AVERAGED
        name = name_of(reply.query) if self._is_logging else ""
        who, size = request_id.decode("ascii"), len(reply.body)
        self._note(Note(who, borrowed.peer, time.time(), took, size, reply.is_kept, name))
        if sent < len(whole):
            self._give_back(borrowed, REST, whole[sent:])
        elif borrowed.takes > SHORT:
            self._give_back(borrowed, SLOW)

    def _note(self, note: Note) -> None:
        self._has_notes = True
        if not self._ledger.note(note):
            self._tell()

    def _tell(self) -> None:
        """Tell the server of what was answered."""
        if self._has_notes:
            self._server.send(NOTES + self._ledger.untold)
            self._ledger.told()
            self._has_notes = False

    def _give_back(self, borrowed: _Borrowed, letter: bytes, content: bytes = b"") -> None:
        """Let the server go on."""
        self._poll.unregister(borrowed.socket)
        del self._borrowed[borrowed.socket.fileno()]
        borrowed.socket.close()
        self._server.send(spoken(letter, borrowed.number, content))
