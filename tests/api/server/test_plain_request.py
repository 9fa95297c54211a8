"""What a clerk takes for a plain request, and what it leaves when it dies."""

import os
from collections.abc import Iterator

import pytest

from api.sparql.ledger import LARGEST, ClerksLedger, Left, ServersLedger
from api.sparql.loans import Note
from api.sparql.plain_request import read_plain
from graph.engine.frames import PACKET

LINE = b"GET /sparql?query=ASK+%7B%7D HTTP/1.1\r\n"


def test_a_plain_request_is_read() -> None:
    read = read_plain(LINE + b"Host: x\r\nACCEPT:  text/csv \r\nSec-Fetch-Mode: cors\r\n\r\n")

    assert read is not None
    assert read.query_string == b"query=ASK+%7B%7D"
    assert read.headers == {b"host": b"x", b"accept": b"text/csv", b"sec-fetch-mode": b"cors"}


@pytest.mark.parametrize(
    "received",
    [
        b"",
        LINE,
        LINE + b"Host: x\r\n",
        LINE + b"\r\n",
        LINE + b"Host: x\r\n\r\nG",
        (LINE + b"Host: x\r\n\r\n") * 2,
        LINE.replace(b"GET", b"get") + b"Host: x\r\n\r\n",
        LINE.replace(b"GET", b"POST") + b"Host: x\r\n\r\n",
        LINE.replace(b"1.1", b"1.0") + b"Host: x\r\n\r\n",
        LINE.replace(b"+", b" ") + b"Host: x\r\n\r\n",
        LINE.replace(b"+", b"#") + b"Host: x\r\n\r\n",
        LINE.replace(b"+", b"\xc3") + b"Host: x\r\n\r\n",
        LINE.replace(b"/sparql", b"/sparql/") + b"Host: x\r\n\r\n",
        LINE.replace(b"/sparql", b"http://x/sparql") + b"Host: x\r\n\r\n",
        LINE.replace(b"\r\n", b"\n") + b"Host: x\r\n\r\n",
        LINE + b"Host: x\n\n",
        LINE + b"Host: x\r\n Accept: text/csv\r\n\r\n",
        LINE + b"Host : x\r\n\r\n",
        LINE + b"Host: x\x00\r\n\r\n",
        LINE + b"Host: x\rX: y\r\n\r\n",
        LINE + b"Accept: a/b\r\naccept: c/d\r\n\r\n",
        LINE + b"Connection: close\r\n\r\n",
        LINE + b"Connection: upgrade\r\n\r\n",
        LINE + b"Content-Length: 0\r\n\r\n",
        LINE + b"Transfer-Encoding: chunked\r\n\r\n",
        LINE + b"Expect: 100-continue\r\n\r\n",
        LINE + b"If-None-Match: *\r\n\r\n",
        LINE + b"Cancu-Timeout: 1\r\n\r\n",
        LINE + b"X-Unknown: 1\r\n\r\n",
    ],
)
def test_what_is_not_exactly_one_plain_request_is_left_to_the_server(received: bytes) -> None:
    assert read_plain(received) is None


@pytest.fixture
def pair() -> Iterator[tuple[ServersLedger, ClerksLedger]]:
    """Return both sides of a ledger."""
    ours = ServersLedger()
    yield ours, ClerksLedger(os.dup(ours.descriptor))
    ours.close()
    ours.close()


Pair = tuple[ServersLedger, ClerksLedger]


def test_a_ledger_tells_what_is_under_way_and_what_is_left(pair: Pair) -> None:
    ours, clerks = pair
    request = b"x" * LARGEST
    assert (ours.request_under_way(), ours.left()) == (0, None)

    clerks.begin(7)
    assert (ours.request_under_way(), ours.left()) == (1, None)  # nothing was read yet
    clerks.room[:] = request
    assert ours.left() == Left(7, request, may_be_sent=False)
    clerks.send()
    assert (ours.request_under_way(), ours.left()) == (0, Left(7, request, may_be_sent=True))
    clerks.end(len(request))
    assert (ours.request_under_way(), ours.left()) == (0, None)

    clerks.begin(8)
    assert ours.request_under_way() == 2


def test_notes_are_heard_once_whenever_the_clerk_dies(pair: Pair) -> None:
    ours, clerks = pair
    notes = [Note(f"id{number}", "::1", 1.5, 0.25, 100, False, "ab") for number in range(3)]
    assert (clerks.untold, ours.notes_untold()) == (b"", [])

    clerks.note(notes[0])
    assert ours.notes_untold() == notes[:1]
    clerks.note(notes[1])
    assert ours.notes_told(clerks.untold) == notes[1:2]
    assert ours.notes_untold() == []  # told, though the clerk had no time to begin anew
    clerks.told()
    assert ours.notes_untold() == []
    clerks.note(notes[2])
    assert ours.notes_untold() == [notes[2]]
    assert ours.notes_untold() == []

    # What it tells next is read before that is heard.
    clerks.note(notes[0])
    told = clerks.untold
    clerks.told()
    clerks.note(notes[1])
    assert ours.notes_untold() == [notes[1]]
    assert ours.notes_told(told) == [notes[0]]
    assert ours.notes_untold() == []

    longest = Note("x" * 100, "::1", 1.5, 0.25, 100, False, "a" * 16)
    while clerks.note(longest):
        assert len(clerks.untold) < PACKET
    assert clerks.note(longest) is False
    assert set(ours.notes_untold()) == {longest}


def test_a_clerk_cannot_take_the_memory_from_under_the_server(pair: Pair) -> None:
    ours, _ = pair

    for size in (0, 1_000_000):
        with pytest.raises(PermissionError):
            os.truncate(ours.descriptor, size)
