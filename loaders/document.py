"""The source document as it was read, and the spans and evidence that point into it."""

from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of the source text: `start` inclusive, `end` exclusive, in code points."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            message = f"not a span: {self.start}-{self.end}"
            raise ValueError(message)

    def contains(self, other: "Span") -> bool:
        """Tell whether `other` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: "Span") -> bool:
        """Tell whether the two spans share at least one code point."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why a fact is believed: where the source says so, which rule read it, how surely.

    `rule` is the id of the rule ("CIT-003"); `confidence` lies between 0 and 1.
    """

    span: Span
    rule: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Stated(Generic[T]):
    """A single value together with the words that state it."""

    value: T
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that is missing or doubtful, said with a reason instead of being guessed.

    `code` is a stable word ("number-blank", "appendix-not-held", "lead-not-stated" …), `message`
    one sentence for a reader, `span` the place it concerns, where there is one.
    """

    code: str
    message: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class SourceDocument:
    """A file as it was decoded: its text is never normalised, so offsets into it stay true.

    Attributes:
        name: the file's name, without folders.
        sha256: hexadecimal digest of the file's bytes.
        text: the decoded text, line endings as in the file; every `Span` counts in it.
        encoding: the Python codec (or "tcvn3", "vni") that turns the bytes into `text`.
        media_type: "text/plain" or "text/markdown".
    """

    name: str
    sha256: str
    text: str
    encoding: str = "utf-8"
    media_type: str = "text/plain"

    def quote(self, span: Span) -> str:
        """Return the very words of the source at `span`."""
        return self.text[span.start : span.end]
