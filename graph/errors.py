"""Why the graph could not be built, kept or asked.

GraphError
├── StoreError          the store's folder cannot be used as it must be
│   ├── NoReleaseError  nothing was loaded into it yet
│   ├── NoIndexError    a release has no index of its texts or of its tables
│   ├── StoreBusyError  another load is at work in it
│   └── RemoteStoreError    a store elsewhere cannot be reached, or does not do as it must
├── SourceMismatchError the bytes given for a document are not those it was read from
├── ShapeError          the new release breaks a shape
├── QueryError          a query that cannot be parsed or run
│   ├── QuerySyntaxError    it is not SPARQL
│   ├── RefusedQueryError   it asks for what is not allowed, or is too deep or too long
│   ├── QueryTimeoutError   its time was up
│   ├── QueryResourceError  it took more memory or stack than it may
│   └── BrokenAnswerError   its answer ended too early
├── OverloadedError     too many questions wait
├── UnknownReleaseError no such release is kept
├── CursorError         a word that marks no place in an order
├── UnknownFieldError   a table has no such field
├── TermError           words that are no IRI, prefixed name or literal
├── NotStatedError      a statement to explain that the release does not hold
└── FormatError         an answer cannot be written in that format
"""

from collections.abc import Sequence
from pathlib import Path

_MOST_SHOWN = 20


class GraphError(Exception):
    """Anything that keeps the graph from being built, kept or asked.

    Its message is one line; only that of `ShapeError` has more.
    """


class StoreError(GraphError):
    """The folder of the store cannot be read or written."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason


class NoReleaseError(StoreError):
    """There is no published release in the folder."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, "no release here: nothing has been loaded into this store yet")


class NoIndexError(StoreError):
    """A release was made before there were indexes, or has them in an older form."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, "this release has no index of this version: load its documents anew")


class StoreBusyError(StoreError):
    """Another process is loading into the same store."""

    def __init__(self, path: Path, holder: str) -> None:
        super().__init__(path, f"another load is at work here (process {holder or 'unknown'})")
        self.holder = holder


class RemoteStoreError(StoreError):
    """A SPARQL server elsewhere cannot be reached, refuses, or answers what it must not.

    Attributes:
        url: its address, without credentials.
    """

    def __init__(self, url: str, reason: str) -> None:
        super().__init__(Path(url), reason)
        self.args = (f"{url}: {reason}",)  # a path would make one slash of two
        self.url = url


class SourceMismatchError(GraphError):
    """A document's bytes do not have the digest that its facts name."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name}: the bytes given are not those that the document was read from")
        self.name = name


class ShapeError(GraphError):
    """The quads of a load break a shape, so that nothing was published.

    Its message has a line for each violation: the shape, the node, and what is wrong.
    """

    def __init__(self, violations: Sequence[object]) -> None:
        shown = [f"  {violation}" for violation in violations[:_MOST_SHOWN]]
        hidden = len(violations) - len(shown)
        more = [f"  and {hidden} more"] if hidden else []
        head = f"the new release breaks the shapes {len(violations)} times; nothing was published:"
        super().__init__("\n".join([head, *shown, *more]))
        self.violations = tuple(violations)


class QueryError(GraphError):
    """The engine cannot parse or run a query."""


class QuerySyntaxError(QueryError):
    """A query that the grammar does not know.

    Attributes:
        line: where it stops being understood, from 1; None if unknown.
        column: the same, in characters from 1.
    """

    def __init__(self, reason: str, line: int | None = None, column: int | None = None) -> None:
        super().__init__(reason)
        self.line = line
        self.column = column


class RefusedQueryError(QueryError):
    """A query that is not run, whatever it would answer.

    Attributes:
        rule: the rule that refuses it, as a word: "service", "depth", "length" …
        line: where, from 1; None if the whole query is meant.
        column: the same, in characters from 1.
    """

    def __init__(
        self, rule: str, reason: str, line: int | None = None, column: int | None = None
    ) -> None:
        super().__init__(reason)
        self.rule = rule
        self.line = line
        self.column = column


class QueryTimeoutError(QueryError):
    """A query whose time was up."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"not answered within {seconds:g} seconds")
        self.seconds = seconds


class QueryResourceError(QueryError):
    """A query that took more memory or stack than it may."""


class BrokenAnswerError(QueryError):
    """An answer whose bytes ended too early: what was sent of it is not the answer."""


class OverloadedError(GraphError):
    """Too many questions wait.

    Attributes:
        retry_after: seconds after which it is worth asking again.
    """

    def __init__(self, retry_after: int) -> None:
        super().__init__(f"too many questions are waiting; ask again in {retry_after} s")
        self.retry_after = retry_after


class UnknownReleaseError(GraphError):
    """A release that the store does not keep."""

    def __init__(self, release: str) -> None:
        super().__init__(f"no release {release!r} is kept here")
        self.release = release


class CursorError(GraphError):
    """A word that was not given out as a cursor."""

    def __init__(self, word: str) -> None:
        super().__init__(f"no cursor: {word[:_MOST_SHOWN]!r}")
        self.word = word


class UnknownFieldError(GraphError):
    """Rows cannot be ordered or counted by that."""

    def __init__(self, field: str, fields: Sequence[str]) -> None:
        super().__init__(f"no field {field!r} here; there are: {', '.join(fields) or 'none'}")
        self.field = field
        self.fields = tuple(fields)


class TermError(GraphError):
    """Words that cannot be read as an IRI, a prefixed name or a literal."""

    def __init__(self, text: str, reason: str) -> None:
        super().__init__(f"{text}: {reason}")
        self.text = text
        self.reason = reason


class NotStatedError(GraphError):
    """A statement that is to be explained does not stand in the release."""

    def __init__(self, statement: str, instead: Sequence[str]) -> None:
        shown = ", ".join(instead[:_MOST_SHOWN])
        hint = f"; what is stated instead: {shown}" if shown else ""
        super().__init__(f"not in the release: {statement}{hint}")
        self.statement = statement
        self.instead = tuple(instead)


class FormatError(GraphError):
    """The answer to a query, or the graph, cannot be written in the format asked for."""
