"""RDF terms made of plain values, and plain values read from RDF terms."""

import datetime
import re
import unicodedata
from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache

import pyoxigraph as ox

from ontology.terms import XSD

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
# Subject, predicate and object; a string is an IRI.
Statement = tuple[str, str, ox.Literal | str]

_DATE = re.compile(r"[0-9]{4}(?:-[0-9]{2}){0,2}")
_NEW_YEAR = "2025-01-01"
_DATES = {4: "gYear", 7: "gYearMonth", 10: "date"}


@lru_cache(maxsize=65536)
def node(iri: str) -> ox.NamedNode:
    """Return the node of an IRI."""
    return ox.NamedNode(iri)


def quads_of(graph: str, statements: Iterable[Statement]) -> list[ox.Quad]:
    """Return statements as quads of a named graph."""
    name = node(graph)
    return [
        ox.Quad(node(s), node(p), node(o) if isinstance(o, str) else o, name)
        for s, p, o in statements
    ]


def text(value: str) -> ox.Literal:
    """Return a plain string in Unicode's composed form, so that equal words are equal terms."""
    return ox.Literal(unicodedata.normalize("NFC", value))


def label(value: str, language: str = "vi") -> ox.Literal:
    """Return a string in a language."""
    return ox.Literal(unicodedata.normalize("NFC", value), language=language)


def integer(value: int) -> ox.Literal:
    """Return an xsd:integer."""
    return ox.Literal(str(value), datatype=node(f"{XSD}integer"))


def boolean(value: bool) -> ox.Literal:
    """Return an xsd:boolean."""
    return ox.Literal("true" if value else "false", datatype=node(f"{XSD}boolean"))


def decimal(value: Decimal) -> ox.Literal:
    """Return an xsd:decimal in its shortest form, as the store would keep it."""
    plain = format(value, "f")
    short = plain.rstrip("0").rstrip(".") if "." in plain else plain
    return ox.Literal(
        short if short not in ("", "-", "-0") else "0", datatype=node(f"{XSD}decimal")
    )


def double(value: float) -> ox.Literal:
    """Return an xsd:double in the form in which the store would keep it."""
    return ox.Literal(float(value))


def date(value: str) -> ox.Literal:
    """Return a date as precise as it is stated: "2025", "2025-03" or "2025-03-03".

    What is no date of the calendar ("--06-15", "2025-02-30") stays a plain string.
    """
    if not is_date(value):
        return ox.Literal(value)
    return ox.Literal(value, datatype=node(XSD + _DATES[len(value)]))


def is_date(value: str) -> bool:
    """Tell whether a value is a day, month or year of the calendar."""
    if not _DATE.fullmatch(value):
        return False
    try:
        datetime.date.fromisoformat(value + _NEW_YEAR[len(value) :])
    except ValueError:
        return False
    return True


def value_of(term: Term | None) -> str:
    """Return the IRI of a node or the words of a literal."""
    if term is None or isinstance(term, ox.Triple):
        message = f"neither node nor literal: {term}"
        raise TypeError(message)
    return term.value
