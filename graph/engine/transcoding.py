"""Answers of a server elsewhere in other formats than it writes, or with fewer rows.

Tables are asked for as JSON or XML, whose end can be told from a break; CSV, TSV and JSON-LD are
made here, for a server whose time is up may end them in the middle under a status that says "OK".
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from tempfile import SpooledTemporaryFile
from typing import IO, cast

import pyoxigraph as ox

from graph.engine.asking import AnswerFormat, GraphFormat, TableFormat
from graph.engine.outlet import Outlet
from graph.engine.rows import write_rows, write_triples
from graph.errors import BrokenAnswerError, QueryResourceError
from graph.xml_returns import keeping_returns

# More than this of an answer lies in a file without a name, not in memory.
_IN_MEMORY = 1024 * 1024
_TABLES: Mapping[str, ox.QueryResultsFormat] = {
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
}
_GRAPHS: Mapping[str, ox.RdfFormat] = {
    "ttl": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "rdf": ox.RdfFormat.RDF_XML,
    "jsonld": ox.RdfFormat.JSON_LD,
}
_TABLE_TYPES: Mapping[str, TableFormat] = {
    "application/sparql-results+json": "json",
    "application/json": "json",
    "application/sparql-results+xml": "xml",
    "application/xml": "xml",
    "text/xml": "xml",
}
_GRAPH_TYPES: Mapping[str, GraphFormat] = {
    "application/n-triples": "nt",
    "text/plain": "nt",
    "text/turtle": "ttl",
    "application/rdf+xml": "rdf",
}
_ACCEPTED: Mapping[str, str] = {
    "json": "application/sparql-results+json, application/sparql-results+xml;q=0.5",
    "xml": "application/sparql-results+xml, application/sparql-results+json;q=0.5",
    "ttl": "text/turtle, application/n-triples;q=0.8, application/rdf+xml;q=0.5",
    "nt": "application/n-triples, text/turtle;q=0.8, application/rdf+xml;q=0.5",
    "rdf": "application/rdf+xml, application/n-triples;q=0.8, text/turtle;q=0.5",
    "jsonld": "application/n-triples, text/turtle;q=0.8, application/rdf+xml;q=0.5",
}
# What a whole answer ends with. A table in JSON that breaks off after a row ends with a brace too,
# but behind a string; what some servers say behind the rows are numbers or truth values.
_ENDS: Mapping[AnswerFormat, re.Pattern[bytes]] = {
    "json": re.compile(rb"(\]\s*\}\s*\}|(true|false|\d)\s*(\}\s*)+)$"),
    "xml": re.compile(rb"</sparql>$"),
    "nt": re.compile(rb"(^|\.)$"),
    "ttl": re.compile(rb"(^|[.>])$"),
    "rdf": re.compile(rb"RDF(/|\s)*>$"),
}
TAIL = 64


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to become of an answer.

    Attributes:
        answer_format: the format asked for.
        is_graph: whether the answer is a graph, and no table or truth value.
        most_rows: where to cap it; None to leave it whole.
        most_bytes: its size at most.
    """

    answer_format: AnswerFormat
    is_graph: bool
    most_rows: int | None
    most_bytes: int

    @property
    def accept(self) -> str:
        """The Accept header to ask with."""
        return _ACCEPTED.get(self.answer_format, _ACCEPTED["json"])

    def arriving(self, content_type: str) -> AnswerFormat | None:
        """Return the format of an answer by its Content-Type; None if it is none of these."""
        name = content_type.partition(";")[0].strip().lower()
        return _GRAPH_TYPES.get(name) if self.is_graph else _TABLE_TYPES.get(name)

    def passes(self, arriving: AnswerFormat) -> bool:
        """Tell whether an answer can be handed on as it arrives."""
        return arriving == self.answer_format and self.most_rows is None

    def capped_by(self, server: int | None) -> "Wanted":
        """Return the same with the cap of a server that leaves out rows without a word.

        Of an answer with just as many rows as the server gives at most, nobody knows whether it
        is whole; one row less is kept and the answer called capped.
        """
        if server is None:
            return self
        most = max(0, server - 1)
        return replace(
            self, most_rows=min(most, most if self.most_rows is None else self.most_rows)
        )


class Spool:
    """An answer that is kept until it is whole.

    Attributes:
        capped: whether rows are left out.
    """

    def __init__(self, most_bytes: int) -> None:
        self.capped = False
        self.file = cast("IO[bytes]", SpooledTemporaryFile(max_size=_IN_MEMORY))  # noqa: SIM115
        self._left = most_bytes

    def write(self, data: bytes) -> int:
        """Take bytes.

        Raises:
            QueryResourceError: there are more than there may be.
        """
        self._left -= len(data)
        if self._left < 0:
            message = "the answer is larger than it may be"
            raise QueryResourceError(message)
        return self.file.write(data)

    def flush(self) -> None:
        """Do nothing: nobody reads before the end."""

    def rewind(self) -> None:
        """Go back to the beginning, to be read."""
        self.file.seek(0)

    def close(self) -> None:
        """Forget the answer."""
        self.file.close()


def rewrite(whole: Spool, arriving: AnswerFormat, wanted: Wanted) -> Spool:
    """Return an answer in the format and with the rows that are wanted; the old one is closed.

    All of it happens in one thread: the engine's iterators do not bear another.

    Raises:
        BrokenAnswerError: it cannot be read to its end.
        QueryResourceError: it is larger than it may be.
    """
    written = Spool(wanted.most_bytes)
    whole.rewind()
    try:
        if wanted.is_graph:
            _rewrite_graph(whole, arriving, wanted, written)
        else:
            _rewrite_table(whole, arriving, wanted, written)
    except (SyntaxError, ValueError, OSError) as error:
        written.close()
        error.__traceback__ = None  # its frames hold an iterator that must end in this thread
        reason = " ".join(str(error).split())
        message = f"it is not {arriving}: {reason}"
        raise broken(message) from error
    except BaseException as error:
        written.close()
        raise error.with_traceback(None) from None
    finally:
        whole.close()
    written.rewind()
    return written


def is_whole(tail: bytes, arriving: AnswerFormat) -> bool:
    """Tell from the last bytes of an answer whether it came to its end."""
    end = _ENDS.get(arriving)
    return end is None or end.search(tail.rstrip()) is not None


def broken(reason: str) -> BrokenAnswerError:
    """Return that the answer of the store elsewhere is not to be used."""
    return BrokenAnswerError(f"the answer of the store elsewhere is broken: {reason}")


def _rewrite_table(whole: Spool, arriving: AnswerFormat, wanted: Wanted, written: Spool) -> None:
    results = ox.parse_query_results(whole.file, format=_TABLES[arriving])
    if isinstance(results, ox.QuerySolutions) and wanted.most_rows is not None:
        write_rows(results, wanted.answer_format, wanted.most_rows, _outlet(written))
    else:
        table = _TABLES[wanted.answer_format]
        results.serialize(keeping_returns(cast("IO[bytes]", written), table), format=table)


def _rewrite_graph(whole: Spool, arriving: AnswerFormat, wanted: Wanted, written: Spool) -> None:
    quads = ox.parse(whole.file, format=_GRAPHS[arriving])
    triples = cast("ox.QueryTriples", (quad.triple for quad in quads))
    write_triples(triples, _GRAPHS[wanted.answer_format], wanted.most_rows, _outlet(written))


def _outlet(spool: Spool) -> Outlet:
    """Return what the writers write to: a spool does for them what an outlet does."""
    return cast("Outlet", spool)
