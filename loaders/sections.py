"""Sections: the numbered headings of a document, and the path that leads to each."""

from dataclasses import dataclass

from loaders.document import Evidence


@dataclass(frozen=True, slots=True)
class Section:
    """A numbered heading.

    Attributes:
        path: the numbers from the top, joined by dots: "II", "II.1", "III.1.1" is "III.1.1".
        heading: its words on one line, without markup and end punctuation.
        level: 1 for "I", 2 for "1", and so on.
        evidence: the span of the heading, number included.
        start, end: the part of the source that the section covers, its subsections included.
    """

    path: str
    heading: str
    level: int
    evidence: Evidence
    start: int
    end: int
