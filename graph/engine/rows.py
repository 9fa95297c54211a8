"""Answers written row by row: those that are capped, and CSV.

Whether rows are left out of a capped answer is told before its first byte.
"""

import shutil
from collections.abc import Iterator
from itertools import islice
from tempfile import SpooledTemporaryFile
from typing import IO, Any, Protocol, cast

import pyoxigraph as ox

from graph.engine.frames import CHUNK
from graph.store import PREFIXES
from graph.tables import WRITERS, Row
from graph.xml_returns import keeping_returns

# A capped answer waits here until its last row is known; more than this waits on the disk.
_HELD_IN_MEMORY = 4 * 1024 * 1024


class Sink(Protocol):
    """The file that an answer is written to.

    Attributes:
        capped: set before the first write if rows are left out.
    """

    capped: bool

    def write(self, data: bytes) -> int:
        """Take bytes of the answer."""


def write_rows(results: ox.QuerySolutions, written_as: str, most: int | None, sink: Sink) -> None:
    """Write a table; with a bound, tell the sink first whether rows are left out."""
    names = [variable.value for variable in results.variables]
    rows = cast(Iterator[Row], results)
    if most is None:
        for part in WRITERS[written_as](names, rows):
            sink.write(part)
        return
    with SpooledTemporaryFile(_HELD_IN_MEMORY) as held:
        held.writelines(WRITERS[written_as](names, islice(rows, most)))
        _send(results, held, sink)


def write_triples(
    results: ox.QueryTriples, rdf_format: ox.RdfFormat, most: int | None, sink: Sink
) -> None:
    """Write a graph; with a bound, tell the sink first whether triples are left out."""
    if most is None:
        file = keeping_returns(cast(IO[bytes], sink), rdf_format)
        ox.serialize(results, file, format=rdf_format, prefixes=PREFIXES)
        return
    with SpooledTemporaryFile(_HELD_IN_MEMORY) as held:
        file = keeping_returns(cast(IO[bytes], held), rdf_format)
        ox.serialize(islice(results, most), file, format=rdf_format, prefixes=PREFIXES)
        _send(results, held, sink)


def _send(rest: Iterator[Any], held: SpooledTemporaryFile[bytes], sink: Sink) -> None:
    sink.capped = next(rest, None) is not None
    held.seek(0)
    shutil.copyfileobj(held, cast(IO[bytes], sink), CHUNK)
