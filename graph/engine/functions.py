"""What our SPARQL knows beyond the standard: functions for Vietnamese texts and document numbers.

    PREFIX cancuf: <https://w3id.org/cancu/function/>

    cancuf:fold("Tỉnh ủy")                              "tinh uy"
    cancuf:contains(?text, "chuyen doi so")             whether ?text has it, accents aside
    cancuf:numberKey("03-NQ/CP")                        "3-nq-cp"
    cancuf:matchesNumber(?number, "57 NQ TW")           whether that is the number

An argument that is
no literal, or one too many, has no answer: the engine then takes the expression for an error, as
SPARQL has it for any function, so that FILTER drops the row and BIND leaves the variable unbound.
"""

from collections.abc import Callable, Mapping
from functools import lru_cache

import pyoxigraph as ox

from graph import iris, terms
from graph.document_number import parse_number
from graph.engine.vocabulary import FUNCTIONS as NS
from graph.engine.vocabulary import PREFIX
from graph.terms import Term

__all__ = ["NS", "PREFIX", "Function", "functions"]

Function = Callable[..., Term | None]

_number = lru_cache(maxsize=8192)(parse_number)


def functions() -> Mapping[ox.NamedNode, Function]:
    """Return the functions by name, as the store wants them."""
    return {
        terms.node(f"{NS}{name}"): _guarded(function, arity)
        for name, (function, arity) in _FUNCTIONS.items()
    }


def _fold(text: str) -> Term:
    return ox.Literal(iris.plain(text))


def _contains(text: str, part: str) -> Term:
    return terms.boolean(iris.plain(part) in iris.plain(text))


def _number_key(number: str) -> Term | None:
    parsed = _number(number)
    return ox.Literal(parsed.key) if parsed else None


def _matches_number(number: str, typed: str) -> Term:
    wanted, found = _number(typed), _number(number)
    return terms.boolean(wanted is not None and found is not None and wanted.admits(found))


_FUNCTIONS: Mapping[str, tuple[Callable[..., Term | None], int]] = {
    "fold": (_fold, 1),
    "contains": (_contains, 2),
    "numberKey": (_number_key, 1),
    "matchesNumber": (_matches_number, 2),
}


def _guarded(function: Callable[..., Term | None], arity: int) -> Function:
    """Return a function of terms that has no answer for what it is not made for."""

    def called(*arguments: Term) -> Term | None:
        words = [term.value for term in arguments if isinstance(term, ox.Literal)]
        return function(*words) if len(words) == len(arguments) == arity else None

    return called
