"""What the server and a clerk say to each other, and who has a connection.

A connection is lent with all that its client sends next, and belongs to one side at a time:

- The server stops reading before it lends, and reads again when the clerk has named the number of
  the connection in a packet, or is dead.
- The clerk closes its own descriptor before it names the number: what the server closes then is
  closed.
- What the clerk has read and not answered is one request at most. It stands in the ledger, and goes
  back with the connection; `api.sparql.ledger` says what is left of it when the clerk dies.

The server first sends the ledger, with a packet of one byte. Then packets go to and fro, of a
letter and what belongs to it.
"""

from collections.abc import Sequence
from typing import NamedTuple

# Of the server:
LEND = b"L"  # number of four bytes and address of the client, with the connection
ALIVE = b"A"  # say something
END = b"E"  # give all back, and end
# Of the clerk:
BACK = b"B"  # number, and a request that was read for the server to answer, or nothing
SLOW = b"S"  # number: what is asked is answered, but takes too long on average
REST = b"R"  # number, and what of an answer did not fit into the connection
GONE = b"G"  # number: the client is gone
NOTES = b"N"  # notes, as the ledger has them
YES = b"Y"  # to ALIVE

_NUMBER = 4


class Options(NamedTuple):
    """What a clerk is told beside the release and the limits.

    Attributes:
        origins: whose pages may ask; see `api.cors`.
        cache_bytes: of answers that it keeps.
        is_logging: whether the log has a line for each request.
    """

    origins: Sequence[str]
    cache_bytes: int
    is_logging: bool


class Note(NamedTuple):
    """An answer of a clerk, for the counts and the log of the server.

    Attributes:
        request_id: of the request.
        client: its address.
        at: when it was answered, in seconds since 1970.
        seconds: how long that took.
        size: bytes of the body.
        is_kept: whether it was made for a request before.
        query: what the log calls the query; "" if there is no log.
    """

    request_id: str
    client: str
    at: float
    seconds: float
    size: int
    is_kept: bool
    query: str


def spoken(letter: bytes, number: int, content: bytes = b"") -> bytes:
    """Return the packet that speaks of a connection."""
    return letter + number.to_bytes(_NUMBER) + content


def heard(packet: bytes) -> tuple[bytes, int, bytes]:
    """Return letter, number and content of a packet that speaks of a connection."""
    return packet[:1], int.from_bytes(packet[1 : 1 + _NUMBER]), packet[1 + _NUMBER :]
