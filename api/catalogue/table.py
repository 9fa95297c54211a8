"""An answer as a table for people: its cells as words, with links to this server's pages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from api.pages.paths import url_of
from graph.store import PREFIXES
from ontology.terms import BASE, XSD

_INTEGERS = frozenset({f"{XSD}integer", f"{XSD}int", f"{XSD}long", f"{XSD}nonNegativeInteger"})
# A page of so many cells takes a second to make; 1,000 rows of 20 columns have as many.
MOST_CELLS = 20_000
_NUMBERS = _INTEGERS | {f"{XSD}decimal", f"{XSD}double", f"{XSD}float"}


@dataclass(frozen=True, slots=True)
class Cell:
    """A term of an answer.

    Attributes:
        text: what is shown.
        value: what it stands for: the whole IRI, or the words themselves.
        href: where this server describes an IRI; "" for a literal.
        datatype: IRI of a literal's datatype; "" for a plain one.
        language: of the words; "" if they have none.
    """

    text: str
    value: str
    href: str = ""
    datatype: str = ""
    language: str = ""

    @property
    def is_number(self) -> bool:
        """Whether it is a number of any kind."""
        return self.datatype in _NUMBERS

    @property
    def is_integer(self) -> bool:
        """Whether it is a whole number."""
        return self.datatype in _INTEGERS


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of an answer; a cell that is not bound is None.

    Attributes:
        columns: names of the variables.
        rows: their values.
        is_cut: whether rows are left out, because all would have too many cells for a page.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell | None, ...], ...]
    is_cut: bool = False

    def column(self, index: int) -> list[Cell | None]:
        """Return the cells of one column."""
        return [row[index] for row in self.rows]

    def is_numeric(self, index: int) -> bool:
        """Tell whether a column has numbers and nothing else."""
        cells = [cell for cell in self.column(index) if cell]
        return bool(cells) and all(cell.is_number for cell in cells)


def read_table(answer: bytes) -> Table:
    """Read an answer in SPARQL 1.1 Query Results JSON; a truth value is a table of one cell."""
    found = orjson.loads(answer)
    if "boolean" in found:
        words = str(found["boolean"]).lower()
        return Table(("answer",), ((Cell(words, words, datatype=f"{XSD}boolean"),),))
    columns: Sequence[str] = found["head"]["vars"]
    bindings = found["results"]["bindings"]
    shown = bindings[: max(1, MOST_CELLS // max(1, len(columns)))]
    rows = [tuple(_cell(row[name]) if name in row else None for name in columns) for row in shown]
    return Table(tuple(columns), tuple(rows), is_cut=len(shown) < len(bindings))


def shorten(iri: str) -> str:
    """Return an IRI with its prefix, or what follows our base; others as they are."""
    for prefix, namespace in PREFIXES.items():
        local = iri.removeprefix(namespace)
        if local != iri and "/" not in local and "#" not in local:
            return f"{prefix}:{local}"
    return iri.removeprefix(BASE)


def _cell(term: Mapping[str, Any]) -> Cell:
    match term["type"]:
        case "uri":
            return Cell(shorten(term["value"]), term["value"], href=url_of(term["value"]))
        case "bnode":
            return Cell(f"_:{term['value']}", term["value"])
        case "triple":  # RDF 1.2: a statement as a value
            words = " ".join(_cell(term["value"][part]).text for part in _PARTS)
            return Cell(f"<<( {words} )>>", words)
    datatype, language = term.get("datatype", ""), term.get("xml:lang", "")
    return Cell(term["value"], term["value"], datatype=datatype, language=language)


_PARTS = ("subject", "predicate", "object")
