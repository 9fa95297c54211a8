"""What is asked, what is answered, and what every engine promises.

Two engines keep the promise: `graph.engine.pool` (worker processes over a release on this machine)
and `graph.engine.remote` (a SPARQL server elsewhere).
"""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from typing import Literal, Protocol

TableFormat = Literal["json", "xml", "csv", "tsv"]
GraphFormat = Literal["ttl", "nt", "rdf", "jsonld"]
AnswerFormat = TableFormat | GraphFormat
Binding = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Question:
    """A SPARQL query and the bounds of its answer.

    Attributes:
        text: SELECT, ASK, CONSTRUCT or DESCRIBE; the usual prefixes are known.
        answer_format: json, xml, csv or tsv for a table or a truth value; ttl, nt, rdf or jsonld
            for a graph.
        default_graphs: IRIs that make up the default graph; none for the union of all.
        named_graphs: IRIs of the named graphs; none for all, unless `default_graphs` is given.
        bindings: kind ("string", "integer", "date", "iri") and value of each variable bound.
        seconds: time limit; None for the engine's own, which it cannot exceed.
        most_rows: where to cap a table or graph; None for an answer that is whole or an error.
        release: id of the release asked; None for the one published.
        client: who asks, for fair shares; "" for the server itself.
    """

    text: str
    answer_format: AnswerFormat = "json"
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    bindings: Mapping[str, Binding] = field(default_factory=dict)
    seconds: float | None = None
    most_rows: int | None = None
    release: str | None = None
    client: str = ""


@dataclass(slots=True)
class Answer:
    """An answer whose bytes are on their way.

    Attributes:
        release: id of the release that answers.
        capped: whether rows are left out; known before the first byte.
        chunks: the bytes, once through; raises `BrokenAnswerError` if they end too early. Closing
            it early frees the worker.
        whole: the same bytes, if they are all there already; who takes them need not go through
            `chunks`, nor close.
    """

    release: str
    capped: bool
    chunks: AsyncIterator[bytes]
    whole: bytes | None = None

    async def read(self) -> bytes:
        """Return all bytes."""
        return b"".join([chunk async for chunk in self.chunks])

    async def close(self) -> None:
        """Drop what is left of the answer and free its worker; harmless after the end."""
        leave = getattr(self.chunks, "aclose", None)
        if leave is not None:
            await leave()


class Engine(Protocol):
    """Answers questions over the releases of one store."""

    async def start(self) -> None:
        """Make ready.

        Raises:
            StoreError: the store cannot be opened, or holds no release.
        """

    async def stop(self) -> None:
        """End what is under way and free everything."""

    def current(self) -> str:
        """Return the id of the release that answers now."""

    async def ask(self, question: Question) -> Answer:
        """Answer a question; returns as soon as the first bytes are there.

        Raises:
            QuerySyntaxError: it is no query.
            RefusedQueryError: it asks for what is not allowed, or is too deep or too long.
            FormatError: its answer cannot be written in that format.
            QueryTimeoutError: its time was up before the first byte.
            QueryResourceError: it took more memory or stack than it may.
            OverloadedError: too many questions wait.
            UnknownReleaseError: no such release is kept.
        """
