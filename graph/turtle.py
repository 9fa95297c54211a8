"""The Turtle files of the ontology as plain values, for code that looks things up in them."""

from collections.abc import Mapping
from functools import lru_cache

import pyoxigraph as ox

import ontology
from graph.terms import Term, value_of

Values = Mapping[str, list[Term]]


@lru_cache(maxsize=8)
def described(name: str) -> Mapping[str, Values]:
    """Return what a file says of each subject: its values by property."""
    found: dict[str, dict[str, list[Term]]] = {}
    for quad in ox.parse(ontology.read(name), ox.RdfFormat.TURTLE):
        values = found.setdefault(value_of(quad.subject), {})
        values.setdefault(quad.predicate.value, []).append(quad.object)
    return found


def one_of(values: Values, predicate: str) -> str | None:
    """Return the first value of a property, None if there is none."""
    return next(iter(all_of(values, predicate)), None)


def all_of(values: Values, predicate: str) -> list[str]:
    """Return the values of a property, IRIs and words alike."""
    return [value_of(term) for term in values.get(predicate, [])]


def words_of(values: Values, predicate: str, language: str) -> list[str]:
    """Return the values of a property in one language."""
    return [
        term.value
        for term in values.get(predicate, [])
        if isinstance(term, ox.Literal) and term.language == language
    ]
