"""Which rows of a table are asked for.

A filter is a value: fields that are not set ask for nothing, several values of one field mean any
of them, several fields mean all.
"""

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal

from ontology.terms import CANCU, ORG

Role = Literal["any", "lead", "support", "reports-to"]
Condition = tuple[str, tuple[object, ...]]
_COLUMN_OF_ROLE: Mapping[Role, str] = {
    "any": "agencies",
    "lead": "leads",
    "support": "supports",
    "reports-to": "reports",
}
_EVER = (datetime.date(1, 1, 1), datetime.date(9999, 12, 31))


@dataclass(frozen=True, slots=True)
class TaskFilter:
    """Which tasks.

    Attributes:
        provinces, documents, sections, pillars, kinds, instruments: IRIs; a task is of the
            pillars of its section, and the instruments are those that it cites.
        agencies: IRIs of organs, one of which has the role in it.
        role: which role that must be.
        due_from, due_to: days, both included; one of its deadlines must lie between them.
        has_deadline: whether it must have a deadline, be it in words alone, or must have none.
        has_lead: the same for an organ that leads it.
        has_basis: the same for an instrument that it cites.
        words: what its text must hold, as typed into a search box.
    """

    table: ClassVar[str] = "tasks"
    searched: ClassVar[tuple[str, ...]] = (CANCU.Task,)

    provinces: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    pillars: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    instruments: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()
    role: Role = "any"
    due_from: datetime.date | None = None
    due_to: datetime.date | None = None
    has_deadline: bool | None = None
    has_lead: bool | None = None
    has_basis: bool | None = None
    words: str = ""

    def conditions(self) -> Iterator[Condition]:
        """Yield each condition in SQL, with its values."""
        yield from _one_of("province", self.provinces)
        yield from _one_of("document", self.documents)
        yield from _one_of("section", self.sections)
        yield from _one_of("kind", self.kinds)
        yield from _shares("pillars", self.pillars)
        yield from _shares("cited", self.instruments)
        yield from _shares(_COLUMN_OF_ROLE[self.role], self.agencies)
        yield from _between("days", self.due_from, self.due_to)
        yield from _whether("deadlines > 0", self.has_deadline)
        yield from _whether("len(leads) > 0", self.has_lead)
        yield from _whether("citations > 0", self.has_basis)


@dataclass(frozen=True, slots=True)
class TargetFilter:
    """Which targets of indicators.

    Attributes:
        provinces, documents, sections, pillars, indicators, units: IRIs.
        year_from, year_to: years, both included.
        words: what the text of the target must hold.
    """

    table: ClassVar[str] = "targets"
    searched: ClassVar[tuple[str, ...]] = (CANCU.IndicatorTarget,)

    provinces: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    pillars: tuple[str, ...] = ()
    indicators: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    year_from: int | None = None
    year_to: int | None = None
    words: str = ""

    def conditions(self) -> Iterator[Condition]:
        """Yield each condition in SQL, with its values."""
        yield from _one_of("province", self.provinces)
        yield from _one_of("document", self.documents)
        yield from _one_of("section", self.sections)
        yield from _one_of("indicator", self.indicators)
        yield from _one_of("unit", self.units)
        yield from _shares("pillars", self.pillars)
        yield from _at_least("year", self.year_from)
        yield from _at_most("year", self.year_to)


@dataclass(frozen=True, slots=True)
class CitationFilter:
    """Which citations.

    Attributes:
        provinces, documents, instruments, kinds, resolutions: IRIs.
        words: what the text of the citation must hold.
    """

    table: ClassVar[str] = "citations"
    searched: ClassVar[tuple[str, ...]] = (CANCU.Citation,)

    provinces: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    instruments: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    resolutions: tuple[str, ...] = ()
    words: str = ""

    def conditions(self) -> Iterator[Condition]:
        """Yield each condition in SQL, with its values."""
        yield from _one_of("province", self.provinces)
        yield from _one_of("document", self.documents)
        yield from _one_of("instrument", self.instruments)
        yield from _one_of("kind", self.kinds)
        yield from _one_of("resolution", self.resolutions)


@dataclass(frozen=True, slots=True)
class DocumentFilter:
    """Which documents.

    Attributes:
        documents, types, provinces, issuers, instruments: IRIs; the instruments are those that it
            says it stands on.
        issued_from, issued_to: days, both included.
        has_basis: whether it says on what it stands.
        words: what its title, number or another text of it must hold.
    """

    table: ClassVar[str] = "documents"
    searched: ClassVar[tuple[str, ...]] = (CANCU.Document,)

    documents: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    provinces: tuple[str, ...] = ()
    issuers: tuple[str, ...] = ()
    instruments: tuple[str, ...] = ()
    issued_from: datetime.date | None = None
    issued_to: datetime.date | None = None
    has_basis: bool | None = None
    words: str = ""

    def conditions(self) -> Iterator[Condition]:
        """Yield each condition in SQL, with its values."""
        yield from _one_of("iri", self.documents)
        yield from _one_of("type", self.types)
        yield from _one_of("province", self.provinces)
        yield from _one_of("issuer", self.issuers)
        yield from _shares("basis", self.instruments)
        yield from _at_least("issued", self.issued_from)
        yield from _at_most("issued", self.issued_to)
        yield from _whether("len(basis) > 0", self.has_basis)


@dataclass(frozen=True, slots=True)
class AgencyFilter:
    """Which organs, and groups of organs.

    Attributes:
        agencies, kinds, provinces, levels: IRIs.
        is_group: whether it must be a group, or must be none.
        words: what one of its names must hold.
    """

    table: ClassVar[str] = "agencies"
    searched: ClassVar[tuple[str, ...]] = (ORG.FormalOrganization, CANCU.AgencyGroup)

    agencies: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    provinces: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    is_group: bool | None = None
    words: str = ""

    def conditions(self) -> Iterator[Condition]:
        """Yield each condition in SQL, with its values."""
        yield from _one_of("iri", self.agencies)
        yield from _one_of("kind", self.kinds)
        yield from _one_of("province", self.provinces)
        yield from _one_of("level", self.levels)
        yield from _whether("is_group", self.is_group)


@dataclass(frozen=True, slots=True)
class IndicatorFilter:
    """Which indicators.

    Attributes:
        indicators: IRIs.
        words: what one of its names must hold.
    """

    table: ClassVar[str] = "indicators"
    searched: ClassVar[tuple[str, ...]] = (CANCU.Indicator,)

    indicators: tuple[str, ...] = ()
    words: str = ""

    def conditions(self) -> Iterator[Condition]:
        """Yield each condition in SQL, with its values."""
        yield from _one_of("iri", self.indicators)


Filter = (
    TaskFilter | TargetFilter | CitationFilter | DocumentFilter | AgencyFilter | IndicatorFilter
)


def _one_of(column: str, values: Sequence[str]) -> Iterator[Condition]:
    if values:
        yield f"{column} IN (SELECT unnest(?::VARCHAR[]))", (list(values),)


def _shares(column: str, values: Sequence[str]) -> Iterator[Condition]:
    if values:
        yield f"list_has_any({column}, ?::VARCHAR[])", (list(values),)


def _at_least(column: str, value: datetime.date | int | None) -> Iterator[Condition]:
    if value is not None:
        yield f'"{column}" >= ?', (value,)


def _at_most(column: str, value: datetime.date | int | None) -> Iterator[Condition]:
    if value is not None:
        yield f'"{column}" <= ?', (value,)


def _whether(condition: str, wanted: bool | None) -> Iterator[Condition]:
    if wanted is not None:
        yield f"({condition}) = ?", (wanted,)


def _between(
    column: str, least: datetime.date | None, most: datetime.date | None
) -> Iterator[Condition]:
    if least or most:
        found = f"len(list_filter({column}, lambda day: day >= ? AND day <= ?)) > 0"
        yield found, (least or _EVER[0], most or _EVER[1])
