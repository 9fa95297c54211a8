"""Indicators: quantified targets, a number with what it measures."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from loaders.document import Evidence

Comparator = Literal[">=", ">", "=", "<=", "<", "range"]


@dataclass(frozen=True, slots=True)
class Indicator:
    """One target.

    Attributes:
        evidence: the span from the comparator word to the end of unit and base.
        name: short Vietnamese name of what is measured, taken from the words before the number.
        comparator: ">=" for "ít nhất", ">" for "trên", "=" where nothing is said, "range" for two
            values.
        value, value_max: the number; `value_max` only for a range.
        unit: "%", "%/năm", "người/vạn dân", "dự án", "hạng" …; None for a bare index.
        base: what a percentage is of, where said.
        target_year: the year it is meant for, its own or its heading's.
        section: path of the section it stands in.
    """

    evidence: Evidence
    name: str
    comparator: Comparator
    value: Decimal
    value_max: Decimal | None = None
    unit: str | None = None
    base: str | None = None
    target_year: int | None = None
    section: str | None = None
