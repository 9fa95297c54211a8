"""Deadlines: when a thing must be done or reported."""

from dataclasses import dataclass

from loaders.document import Evidence


@dataclass(frozen=True, slots=True)
class Deadline:
    """A date, month, quarter or year by which something is due, or how often it recurs.

    Attributes:
        evidence: the span with its preposition: "trước ngày 15 tháng 6".
        value: "2025-06-30", "2025-05", "2025-Q1", "2025", "--06-15" (a day of every year), or None
            where only the recurrence is said ("Hằng năm").
        recurrence: ISO 8601 period of a recurring duty ("P6M", "P1Y"), else None.
    """

    evidence: Evidence
    value: str | None
    recurrence: str | None = None
