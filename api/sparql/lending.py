"""Lending connections to clerks: processes that answer short questions by themselves.

A connection that asks several short questions one after the other is lent to a clerk
(`api.sparql.clerk`) together with all that the client sends next. The server keeps it open, watches
that no question takes long, and goes on with it as soon as the clerk gives it back, or is dead.
"""

import asyncio
import logging
from collections import Counter
from collections.abc import Sequence

from api.connection import Connection
from api.logs import Answered, RequestLog, request_line
from api.metrics import FIRST_BYTE_SECONDS, LENT, SENT_BYTES, answers, request_seconds, requests
from api.settings import Settings, listed
from api.sparql.hired import Hired
from api.sparql.ledger import ServersLedger
from api.sparql.loans import BACK, GONE, NOTES, REST, SLOW, YES, Note, Options, heard
from graph.engine.pool import Pool
from graph.errors import GraphError

_CLERK = "api.sparql.clerk"
_ROUTE = "/sparql"
_SHORT = 0.02  # seconds; with the waiting for a worker
_PROOF = 4  # short answers in a row before a connection is lent
_MOST_PROOF = 100_000
_LESS, _MUCH_LESS = 2, 16  # so many times the proof is wanted of one that was given back
_LOOK_EVERY = 0.02
_QUIET = 2.0  # seconds with nothing lent after which clerks are ended
_TRY_AGAIN = 10.0
_MOST_OF_CLIENT = 16  # connections that are lent, of one client
_MOST = 64  # and in all, for each clerk
_KEPT_SHARE = 8  # of the bytes for answers that are kept, a clerk has one in so many

logger = logging.getLogger("cancu.lending")


class Lender:
    """Lends connections of one serving process."""

    def __init__(self, pool: Pool, settings: Settings) -> None:
        """Begin without clerks; they are started when there is somebody to serve."""
        self._pool = pool
        self._size = settings.workers_for_queries
        self._proxies = listed(settings.trusted_proxies)
        origins = sorted(listed(settings.cors_origins))
        self._log = RequestLog()
        self._options = Options(origins, settings.cache_bytes // _KEPT_SHARE, self._log.is_on)
        self._clerks: list[Hired] = []
        self._leaving: list[Hired] = []
        self._by_client: Counter[str] = Counter()
        self._hiring: asyncio.Task[None] | None = None
        self._hires_again = 0.0
        self._next_look: asyncio.TimerHandle | None = None
        self._is_quiet = True  # nothing is lent, as far as the last look goes
        self._number = 0
        self._is_stopped = False

    def answered(self, connection: Connection, client: str, seconds: float) -> None:
        """Note that a question was answered; lend a connection that has asked enough short ones."""
        if seconds > _SHORT or connection.peer in self._proxies:
            connection.short_answers = 0
            return
        connection.short_answers += 1
        if connection.short_answers >= connection.short_answers_wanted + _PROOF:
            # Not now: the answer has not left yet, and must be before that of the clerk.
            asyncio.get_running_loop().call_soon(self._lend, connection, client)

    def recall(self) -> None:
        """Have all clerks give back what they have, and end."""
        for clerk in self._clerks:
            clerk.tell_to_end()
        self._leaving += self._clerks
        self._clerks.clear()

    def count(self) -> None:
        """Count and log all that clerks have answered until now."""
        for clerk in (*self._clerks, *self._leaving):
            self._note(clerk.ledger.notes_untold())

    async def stop(self) -> None:
        """End all clerks; who is still lent has no answer any more."""
        self._is_stopped = True
        if self._hiring is not None:
            # Not cancelled: a process on its way would be lost, and the next order get its answer.
            await asyncio.gather(self._hiring, return_exceptions=True)
        if self._next_look is not None:
            self._next_look.cancel()
        self.count()
        for clerk in (*self._clerks, *self._leaving):
            clerk.end()
        self._clerks.clear()
        self._leaving.clear()
        self._log.flush()

    def _lend(self, connection: Connection, client: str) -> None:
        clerk = self._free_clerk()
        if clerk is None or self._by_client[client] >= _MOST_OF_CLIENT:
            return
        descriptor = connection.lend(self.recall)
        if descriptor is None:
            return
        self._number = (self._number + 1) % (1 << 32)
        if not clerk.lend(self._number, connection, client, descriptor):
            connection.take_back()
            return
        connection.short_answers = 0
        self._by_client[client] += 1
        LENT.inc()
        if self._is_quiet:
            self._is_quiet = False
            self._look_in(_LOOK_EVERY)

    def _free_clerk(self) -> Hired | None:
        """Return the clerk with the fewest connections; None until all are there."""
        self._notice_release()
        if len(self._clerks) < self._size:
            self._begin_hiring()
            return None
        clerk = min(self._clerks, key=lambda one: len(one.lent))
        return clerk if len(clerk.lent) < _MOST else None

    def _notice_release(self) -> None:
        current = self._pool.current()
        if any(clerk.release != current for clerk in self._clerks):
            self.recall()

    def _begin_hiring(self) -> None:
        loop = asyncio.get_running_loop()
        if self._hiring is None and not self._is_stopped and loop.time() >= self._hires_again:
            self._hiring = loop.create_task(self._hire_missing())

    async def _hire_missing(self) -> None:
        try:
            while len(self._clerks) < self._size and not self._is_stopped:
                clerk = await self._hire()
                self._clerks.append(clerk)
        except (GraphError, OSError) as error:
            logger.warning("no clerk can be started: %s", error)
            self._hires_again = asyncio.get_running_loop().time() + _TRY_AGAIN
        finally:
            self._hiring = None
            if self._is_quiet and not self._is_stopped:
                self._look_in(_QUIET)

    async def _hire(self) -> Hired:
        worker = await self._pool.fork(_CLERK, self._options._asdict())
        try:
            ledger = ServersLedger()
        except OSError:
            worker.kill()
            raise
        clerk = Hired(worker, ledger)
        worker.receive = lambda packet: self._hear(clerk, packet)
        try:
            worker.offer(b"\0", ledger.descriptor)
        except OSError:  # it has died already
            clerk.end()
            raise
        return clerk

    def _look(self) -> None:
        """End clerks that do not get on, and those that nobody needs."""
        now = asyncio.get_running_loop().time()
        busy = [clerk for clerk in self._clerks if clerk.lent] + self._leaving
        for clerk in busy:
            if clerk.is_stuck(now):
                logger.info("clerk %s takes too long, and is ended", clerk.pid)
                clerk.strike()
        self._notice_release()
        if busy:
            self._look_in(_LOOK_EVERY)
        elif not self._is_quiet:
            self._is_quiet = True
            self._look_in(_QUIET)
        elif self._clerks:
            self.recall()
            self._look_in(_LOOK_EVERY)

    def _look_in(self, seconds: float) -> None:
        if self._next_look is not None:
            self._next_look.cancel()
        self._next_look = asyncio.get_running_loop().call_later(seconds, self._look)

    def _hear(self, clerk: Hired, packet: bytes) -> None:
        clerk.has_said_something(asyncio.get_running_loop().time())
        letter, number, content = heard(packet)
        if not letter:
            self._bury(clerk)
        elif letter == NOTES:
            self._note(clerk.ledger.notes_told(packet[1:]))
        elif letter != YES:
            connection = self._take_back(clerk, number)
            if letter == GONE:
                connection.abort()
            elif letter == REST:
                connection.take_back(rest=content)
            else:
                if letter == SLOW or (letter == BACK and content):
                    _trust(connection, _LESS)
                connection.take_back(content)

    def _bury(self, clerk: Hired) -> None:
        """Go on with the connections of a clerk that does nothing any more."""
        left = clerk.ledger.left()
        self._note(clerk.ledger.notes_untold())
        for number in list(clerk.lent):
            connection = self._take_back(clerk, number)
            if left is None or number != left.connection:
                connection.take_back()
            elif left.may_be_sent:
                connection.abort()
            else:  # what it died of, or was ended for
                _trust(connection, _MUCH_LESS)
                connection.take_back(left.request)
        clerk.end()
        for clerks in (self._clerks, self._leaving):
            if clerk in clerks:
                clerks.remove(clerk)

    def _take_back(self, clerk: Hired, number: int) -> Connection:
        connection, client = clerk.lent.pop(number)
        self._by_client[client] -= 1
        if not self._by_client[client]:
            del self._by_client[client]
        LENT.dec()
        return connection

    def _note(self, notes: Sequence[Note]) -> None:
        if not notes:
            return
        made = [note for note in notes if not note.is_kept]
        requests(_ROUTE, "GET", 200).inc(len(notes))
        answers("engine").inc(len(made))
        answers("cache").inc(len(notes) - len(made))
        SENT_BYTES.inc(sum(note.size for note in notes))
        for note in notes:
            request_seconds(_ROUTE).observe(note.seconds)
        for note in made:
            FIRST_BYTE_SECONDS.observe(note.seconds)
        if self._log.is_on:
            self._log.write(*map(_line, notes))


def _trust(connection: Connection, times: int) -> None:
    """Have a connection ask so many times more short questions before it is lent again."""
    asked = connection.short_answers_wanted + _PROOF
    connection.short_answers_wanted = min(times * asked, _MOST_PROOF) - _PROOF


def _line(note: Note) -> bytes:
    answered = Answered(
        at=note.at,
        request_id=note.request_id,
        client=note.client,
        method="GET",
        path=_ROUTE,
        status=200,
        seconds=note.seconds,
        size=note.size,
    )
    source = "cache" if note.is_kept else "engine"
    return request_line(answered, {"source": source, "query": note.query})
