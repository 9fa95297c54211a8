"""A clerk as the server sees it: the process, what it was lent, and whether it still gets on."""

from api.connection import Connection
from api.sparql.ledger import ServersLedger
from api.sparql.loans import ALIVE, END, LEND, spoken
from graph.engine.processes import Worker

_LONG = 0.01  # processor seconds of a request after which it is not short
_LONGEST = 0.2  # seconds of a request, however little of them is computed
_ANSWERS_WITHIN = 3.0


class Hired:
    """A clerk.

    Attributes:
        release: id of the release that it answers from.
        pid: of its process.
        ledger: what it does.
        lent: connections and their clients, by number.
    """

    def __init__(self, worker: Worker, ledger: ServersLedger) -> None:
        self.release = worker.release
        self.pid = worker.pid
        self.ledger = ledger
        self.lent: dict[int, tuple[Connection, str]] = {}
        self._worker = worker
        self._request = 0  # the one that it was answering at the last look
        self._computed = 0.0  # and since when, by the clock of the clerk
        self._since = 0.0  # and by ours
        self._asked = 0.0  # when it was asked whether it is alive; 0 if it has said something since
        self._heard = 0.0

    def lend(self, number: int, connection: Connection, client: str, descriptor: int) -> bool:
        """Lend a connection; tell whether it took it."""
        try:
            took = self._worker.offer(spoken(LEND, number, connection.peer.encode()), descriptor)
        except OSError:  # it is dead, of which we shall hear
            return False
        if took:
            self.lent[number] = connection, client
        return took

    def has_said_something(self, now: float) -> None:
        """Note a sign of life."""
        self._asked, self._heard = 0.0, now

    def is_stuck(self, now: float) -> bool:
        """Look what it does; tell whether it does not get on and is to be ended.

        Args:
            now: in seconds, by any clock that only goes on.
        """
        return self._is_at_a_long_request(now) or self._is_silent(now)

    def tell_to_end(self) -> None:
        """Have it give all back and end."""
        try:
            if not self._worker.offer(END):
                self.strike()
        except OSError:
            return  # it is dead, of which we shall hear

    def strike(self) -> None:
        """End it; it is over when it is heard to be."""
        self._worker.strike()

    def end(self) -> None:
        """End it, and hear nothing of it any more."""
        self._worker.kill()
        self.ledger.close()

    def _is_at_a_long_request(self, now: float) -> bool:
        request = self.ledger.request_under_way()
        if not request or request != self._request:
            self._request, self._since = request, now
            self._computed = self._worker.computed() if request else 0.0
            return False
        # A look alone tells nothing where others keep the processors busy.
        is_long = self._worker.computed() - self._computed > _LONG
        return is_long or now - self._since > _LONGEST

    def _is_silent(self, now: float) -> bool:
        if self._asked:
            return now - self._asked > _ANSWERS_WITHIN
        if now - self._heard > _ANSWERS_WITHIN:
            self._asked = now
            try:
                return not self._worker.offer(ALIVE)
            except OSError:
                return False
        return False
