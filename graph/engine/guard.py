"""What a query is, and whether it is run at all; told from its words, without the database.

What is refused would reach out of the store (SERVICE), is no query (updates), would be answered
wrongly (a subquery in GRAPH ?g), or is known to take the engine's planner or its stack: a query
that passes may still run out of time or memory.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, cast, get_args

from graph.engine.asking import GraphFormat, TableFormat
from graph.engine.grammar import FORMS, PREFIXES, UPDATES, WORDS
from graph.engine.graph_scope import check_graphs
from graph.engine.limits import Limits
from graph.engine.measure import check_size
from graph.engine.service import check_services
from graph.engine.tokens import (
    IRI,
    LENGTH,
    NAME,
    STRING,
    WORD,
    Token,
    fault,
    place,
    shape,
    shape_of,
    tokenize,
)
from graph.errors import FormatError, QuerySyntaxError, RefusedQueryError

Form = Literal["SELECT", "ASK", "CONSTRUCT", "DESCRIBE"]
_KEPT_TEXT = 4096  # of longer queries few are kept
_MOST_SHAPES = 1024
_CHANGING = frozenset(("NOW", "RAND", "UUID", "STRUUID"))
_TABLES, _GRAPHS = get_args(TableFormat), get_args(GraphFormat)


@dataclass(frozen=True, slots=True)
class Examined:
    """What the words of a query tell.

    Attributes:
        form: SELECT, ASK, CONSTRUCT or DESCRIBE.
        has_dataset: whether it names graphs of its own: FROM or FROM NAMED.
        searches: whether it has `SERVICE cancuf:search` blocks, to be rewritten.
        is_constant: whether a release answers it the same each time: it has no NOW, RAND or UUID.
    """

    form: Form
    has_dataset: bool
    searches: bool
    is_constant: bool


def examine(text: str, limits: Limits) -> Examined:
    """Tell what a query is, in a time linear in its length.

    Raises:
        QuerySyntaxError: its words are not those of a query.
        RefusedQueryError: it is not run, whatever it would answer.
    """
    if len(text) <= _KEPT_TEXT:
        return _examine_short_again(text, limits)
    return _examine_long_again(text, limits)


def check_format(form: Form, answer_format: str) -> None:
    """Tell whether an answer can be written so.

    Raises:
        FormatError: it cannot.
    """
    is_table = form in ("SELECT", "ASK")
    formats = _TABLES if is_table else _GRAPHS
    if answer_format not in formats:
        message = (
            f"the answer to {form} is a {'table' if is_table else 'graph'} and can be written as "
            f"{', '.join(formats)}, not as {answer_format!r}"
        )
        raise FormatError(message)


def _examine_short(text: str, limits: Limits) -> Examined:
    """Examine a query, if another one of its shape has not been examined yet.

    What is told, and what is refused, depends on what stands in an IRI or a string only where
    SERVICE is near. Refusals are not kept: they name a place.
    """
    _check_length(text, limits.most_text)
    shape_here = None if "service" in text.lower() else shape(text)
    if shape_here is None:
        return _examine(text, limits)[0]
    known = _shapes.get((shape_here, limits))
    if known is not None:
        return known
    examined, tokens = _examine(text, limits)
    if shape_of(tokens) == shape_here:  # else it compares where its shape has an IRI
        if len(_shapes) >= _MOST_SHAPES:
            _shapes.clear()
        _shapes[shape_here, limits] = examined
    return examined


def _examine_long(text: str, limits: Limits) -> Examined:
    _check_length(text, limits.most_text)
    return _examine(text, limits)[0]


def _examine(text: str, limits: Limits) -> tuple[Examined, list[Token]]:
    tokens = tokenize(text, limits.tokens)
    prefixes, begin = _read_prologue(text, tokens)
    form = _form(text, tokens[begin] if begin < len(tokens) else None)
    _check_words(text, tokens, prefixes)
    searches = check_services(text, tokens, prefixes)
    check_size(text, tokens[begin:], limits)
    check_graphs(text, tokens)
    words = {token.text.upper() for token in tokens if token.kind == WORD}
    examined = Examined(form, "FROM" in words, searches, is_constant=not words & _CHANGING)
    return examined, tokens


_shapes: dict[tuple[str, Limits], Examined] = {}
# The server asks for the form of a query, then the pool.
_examine_short_again = lru_cache(maxsize=1024)(_examine_short)
_examine_long_again = lru_cache(maxsize=4)(_examine_long)


def _check_length(text: str, most: int) -> None:
    try:
        length = len(text) if len(text) > most else len(text.encode())
    except UnicodeEncodeError as error:
        raise fault(text, error.start, "half a character (a lone surrogate)") from error
    if length > most:
        raise RefusedQueryError(LENGTH, f"the query is longer than {most} bytes")


def _read_prologue(text: str, tokens: list[Token]) -> tuple[Mapping[str, str], int]:
    """Return the prefixes that are known after PREFIX, BASE and VERSION, and where they end."""
    prefixes = dict(PREFIXES)
    at = 0
    while at < len(tokens) and tokens[at].is_word("PREFIX", "BASE", "VERSION"):
        keyword = tokens[at].text.upper()
        wanted = {"PREFIX": (NAME, IRI), "BASE": (IRI,), "VERSION": (STRING,)}[keyword]
        given = tokens[at + 1 : at + 1 + len(wanted)]
        is_right = tuple(token.kind for token in given) == wanted
        if keyword == "PREFIX" and is_right:
            prefix, _, rest = given[0].text.partition(":")
            prefixes[prefix] = given[1].text[1:-1]
            is_right = not rest
        if not is_right:
            raise fault(text, tokens[at].start, f"{keyword} without what belongs to it")
        at += 1 + len(wanted)
    return prefixes, at


def _form(text: str, token: Token | None) -> Form:
    if token is None:
        message = "there is no query"
        raise QuerySyntaxError(message)
    if token.is_word(*FORMS):
        return cast(Form, token.text.upper())
    if token.is_word(*UPDATES):
        raise _refused_update(text, token)
    raise fault(text, token.start, f"SELECT, ASK, CONSTRUCT or DESCRIBE wanted, not {token.text!r}")


def _check_words(text: str, tokens: list[Token], prefixes: Mapping[str, str]) -> None:
    """Make sure that every word is one of the grammar and every prefix is declared."""
    for token in tokens:
        if token.kind == WORD:
            if token.text.upper() in WORDS:
                continue
            if token.is_word(*UPDATES):
                raise _refused_update(text, token)
            raise fault(text, token.start, f"the word {token.text!r} is not one of SPARQL")
        if token.kind == NAME:
            prefix = token.text.partition(":")[0]
            if prefix not in prefixes:
                raise fault(text, token.start, f"the prefix {prefix + ':'!r} is not declared")


def _refused_update(text: str, token: Token) -> RefusedQueryError:
    reason = f"{token.text.upper()} is refused: this is for reading, and nothing is changed here"
    return RefusedQueryError("update", reason, *place(text, token.start))
