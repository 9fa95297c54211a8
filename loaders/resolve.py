"""Mentions to instruments: which citations speak of the same document."""

from dataclasses import dataclass

from loaders.citations import Resolution


@dataclass(frozen=True, slots=True)
class Instrument:
    """A document that others cite, as far as the mentions in one document describe it.

    Identity is type, number, issuer and date (or year, or Party term): the bare number is no key.

    Attributes:
        key: the number, or the name of a law cited by name.
        citations: indexes into the document's citations, in reading order.
        resolution: "exact", "repaired" (only mended spellings occur), "ambiguous" (more than one
            document fits: see `candidates`) or "unresolved" (too little is said to tell which).
        candidates: one line for each document that it could be, when it is not certain.
    """

    key: str
    type: str | None
    number: str | None
    issued: str | None
    issuer: str | None
    title: str | None
    citations: tuple[int, ...]
    term: str | None = None
    resolution: Resolution = "exact"
    candidates: tuple[str, ...] = ()
