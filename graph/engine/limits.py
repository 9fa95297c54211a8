"""How much a question may take, and how much the engine may hold."""

from dataclasses import dataclass

KIB = 1024
MIB = 1024 * KIB
GIB = 1024 * MIB


@dataclass(frozen=True, slots=True)
class Limits:
    """The bounds of an engine. The defaults suit a server of 2 to 4 cores and 8 GB.

    Attributes:
        workers: questions of outsiders that run at once; each is a process of about 10 MB.
        spare: further processes: they hide the start of a replacement, and the server's own
            questions (`Question.client` is "") may use them when outsiders hold all others.
        per_client: questions of one client that run at once; None for all workers but one.
        queue: questions of outsiders that wait, in all; so many of the server's own may wait too.
        wait: seconds that a question may wait for a worker.
        seconds: time that a question may take of a worker; while its reader is slow the clock
            stands still.
        stall: seconds without the reader taking a byte after which its answer is broken off.
        grace: seconds in which a worker may end what it does when its reader has left; to replace
            it costs more than most questions.
        delivery: seconds from the first byte to the last, however busy the reader is.
        ahead: bytes of an answer that are held for a slow reader before its worker has to wait.
        memory: bytes that a question may take beyond what an idle worker has.
        stack: bytes of stack of a worker.
        most_bytes: size of an answer.
        most_text: bytes of a query, with all that is given beside it.
        depth: braces, brackets and parentheses inside each other, and signs (!, -, ^) in a row.
        patterns: triple patterns of one group. The planner's time grows with their square.
        path_steps: steps of one property path.
        operators: operators of one expression, or parts (UNION, OPTIONAL, FILTER, BIND) of a group.
        tokens: words and signs of a query, those of VALUES too.
        graphs: graphs that a question names as its dataset.
        pinned: older releases that are asked at once, with a worker each.
        idle: seconds without a question after which the worker of an older release is ended.
    """

    workers: int = 4
    spare: int = 1
    per_client: int | None = None
    queue: int = 128
    wait: float = 10.0
    seconds: float = 30.0
    stall: float = 20.0
    grace: float = 0.02
    delivery: float = 600.0
    ahead: int = 256 * KIB
    memory: int = GIB
    stack: int = 64 * MIB
    most_bytes: int = GIB
    most_text: int = MIB
    depth: int = 200
    patterns: int = 64
    path_steps: int = 32
    operators: int = 500
    tokens: int = 50_000
    graphs: int = 256
    pinned: int = 2
    idle: float = 60.0

    def __hash__(self) -> int:
        """Return what tells limits apart well enough: all of them took as long as some queries."""
        return hash((self.workers, self.seconds, self.most_text))

    @property
    def share(self) -> int:
        """Return how many questions of one client may run at once."""
        return self.per_client or max(1, self.workers - 1)
