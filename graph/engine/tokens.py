"""The words and signs of a SPARQL query, each with its place in the text.

Where the grammar and the engine's parser cut a text differently, a query could hide something from
whoever reads its words. Two cases need care: "<" begins an IRI or compares, which only the context
tells (`FILTER(?a<?b)SERVICE#>` is no IRI); and the engine knows no ends of words (`trueSERVICE`
are two to it), so that `graph.engine.guard` takes only words of the grammar.
"""

import re
import sys
from collections.abc import Iterable
from typing import NamedTuple, cast

from graph.errors import QuerySyntaxError, RefusedQueryError

WORD = "word"
IRI = "iri"
NAME = "name"
BLANK = "blank"
VARIABLE = "variable"
STRING = "string"
NUMBER = "number"
TAG = "tag"
SIGN = "sign"

# Rules that a query may break.
LENGTH = "length"
GRAPHS = "graphs"


class Token(NamedTuple):
    """A word or sign.

    Attributes:
        kind: one of the constants above; a NAME is a prefixed name, a WORD any other.
        text: as it is written.
        start: offset of its first character; its end is `start + len(text)`.
    """

    kind: str
    text: str
    start: int

    def is_word(self, *words: str) -> bool:
        """Tell whether it is one of these words, which are given in capitals."""
        return self.kind == WORD and self.text.upper() in words

    def is_sign(self, *signs: str) -> bool:
        """Tell whether it is one of these signs."""
        return self.kind == SIGN and self.text in signs


# PN_CHARS_BASE and what may follow it, as the engine has them: planes above the first are left out.
_BASE = (
    "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d"
    "\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd"
)
_MORE = f"{_BASE}_0-9\u00b7\u0300-\u036f\u203f-\u2040"
_UNICODE = r"\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8}"
_ESCAPE = rf"""\\[tbnrf"'\\]|{_UNICODE}"""
_LOCAL = r"%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%]"
_SPACE = r"(?:[ \t\r\n]++|\#[^\r\n]*+)*+"
_LEADING_SPACE = re.compile(_SPACE)
# No part can be matched in two ways, and a name's prefix is bounded: the time is linear.
_TOKEN = re.compile(
    rf"""(?:
    (?P<iri><(?:[^<>"{{}}|^`\\\x00-\x20]++|{_UNICODE})*+>)
    |(?P<variable>[?$][{_BASE}_0-9][{_MORE}]*+)
    |(?P<blank>_:[{_BASE}_0-9][{_MORE}\-]*+(?:\.++[{_MORE}\-]++)*+)
    |(?P<name>(?:[{_BASE}](?:[{_MORE}.\-]{{0,62}}[{_MORE}\-])?)?:
        (?:(?:[{_BASE}_0-9:]|{_LOCAL})(?:[{_MORE}:\-]++|{_LOCAL})*+
           (?:\.++(?:[{_MORE}:\-]++|{_LOCAL})++)*+)?)
    |(?P<word>[{_BASE}_][{_MORE}]*+)
    |(?P<string>
        \"\"\"(?:"{{0,2}}+(?:[^"\\]++|{_ESCAPE}))*+\"\"\"
        |'''(?:'{{0,2}}+(?:[^'\\]++|{_ESCAPE}))*+'''
        |(?!\"\"\")"(?:[^"\\\n\r]++|{_ESCAPE})*+"
        |(?!''')'(?:[^'\\\n\r]++|{_ESCAPE})*+')
    |(?P<number>(?:[0-9]++(?:\.[0-9]*+)?|\.[0-9]++)[eE][+-]?[0-9]++|[0-9]*+\.[0-9]++|[0-9]++)
    |(?P<tag>@[A-Za-z]++(?:-[A-Za-z0-9]++)*+(?:--[A-Za-z]++)?)
    |(?P<sign><<\(|\)>>|<<|>>|\{{\||\|\}}|&&|\|\||\^\^|!=|<=|>=|[{{}}()\[\].,;=<>!+\-*/|^?~])
    ){_SPACE}""",
    re.VERBOSE,
)
# What stands for such tokens in a shape: no other token is written so, nor has a blank in it.
_VALUES = {IRI: "<>", STRING: '""', NUMBER: "0"}
_OPERANDS = frozenset((VARIABLE, STRING, NUMBER, TAG, IRI, NAME, BLANK))
OPENING = frozenset(("(", "{", "[", "<<(", "<<", "{|"))
CLOSING = frozenset((")", "}", "]", ")>>", ">>", "|}"))
_MAY_COMPARE = frozenset(("<<(", "<<"))
_CLAUSES = dict.fromkeys(("SELECT", "ORDER", "GROUP", "HAVING"), True) | dict.fromkeys(
    ("WHERE", "VALUES"), False
)
_NO_FUNCTIONS = ("VALUES", "GRAPH", "UNDEF")
_START = Token(SIGN, "", 0)


def tokenize(text: str, most: int = sys.maxsize) -> list[Token]:
    """Return the words and signs of a query, without blanks and comments.

    Args:
        text: the query.
        most: how many words and signs it may have.

    Raises:
        QuerySyntaxError: there is a character that begins neither.
        RefusedQueryError: there are more.
    """
    tokens: list[Token] = []
    brackets = _Brackets()
    before = _START
    start = cast(re.Match[str], _LEADING_SPACE.match(text)).end()
    while start < len(text):
        match = _TOKEN.match(text, start)
        if match is None:
            raise fault(text, start, _reason(text[start]))
        kind = cast(str, match.lastgroup)
        token = Token(kind, match[kind], start)
        start = match.end()
        is_angle = kind == IRI or token.text in _MAY_COMPARE
        if is_angle and brackets.is_expression and _ends_operand(before):
            token = _comparison(token)
            start = token.start + len(token.text)
        if token.kind in (SIGN, WORD):
            brackets.pass_by(token, tokens)
        tokens.append(token)
        before = token
        if len(tokens) > most:
            message = f"the query has more than {most} words and signs"
            raise RefusedQueryError(LENGTH, message)
    return tokens


def shape(text: str) -> str | None:
    """Return a query without what its IRIs, strings and numbers say; None if it has other signs.

    The words are cut without regard to their context, as if "<" always began an IRI that it can
    begin. Whether it compares instead is told by the kinds of the tokens before it, and by words
    and signs: all queries of a shape are cut as it is, or none.
    """
    words: list[str] = []
    end = cast(re.Match[str], _LEADING_SPACE.match(text)).end()
    for match in _TOKEN.finditer(text, end):
        if match.start() != end:
            return None
        kind = cast(str, match.lastgroup)
        words.append(_VALUES.get(kind) or match[kind])
        end = match.end()
    return " ".join(words) if end == len(text) else None


def shape_of(tokens: Iterable[Token]) -> str:
    """Return the shape of a query that is cut into these tokens."""
    return " ".join(_VALUES.get(token.kind) or token.text for token in tokens)


def place(text: str, offset: int) -> tuple[int, int]:
    """Return line and column of an offset, from 1."""
    line_start = text.rfind("\n", 0, offset) + 1
    return text.count("\n", 0, offset) + 1, offset - line_start + 1


def fault(text: str, offset: int, reason: str) -> QuerySyntaxError:
    """Return the error that something at a place is no SPARQL."""
    line, column = place(text, offset)
    return QuerySyntaxError(f"{reason} at line {line}, column {column}", line, column)


def _reason(character: str) -> str:
    if character in "\"'":
        return "a string that does not end, or with an unknown escape,"
    if character == "\\":
        return "an escape outside of strings and IRIs"
    return f"the character {character!r}"


def _comparison(token: Token) -> Token:
    """Return the sign that what looks like an IRI begins with."""
    return Token(SIGN, "<=" if token.text.startswith("<=") else "<", token.start)


def _ends_operand(token: Token) -> bool:
    return token.kind in _OPERANDS or token.text in (")", "true", "false")


class _Brackets:
    """Follows the brackets of a query to know where expressions are.

    Attributes:
        is_expression: whether the next token stands in the parentheses of an expression, and not in
            a pattern, a collection or the rows of VALUES.
    """

    def __init__(self) -> None:
        self.is_expression = False
        self._open: list[bool] = []
        self._is_clause = False  # after SELECT, HAVING, ORDER BY: all parentheses are expressions

    def pass_by(self, token: Token, before: list[Token]) -> None:
        """Take the next word or sign into account, and for a parenthesis what stands before it."""
        text = token.text
        if token.kind == WORD:
            self._is_clause = _CLAUSES.get(text.upper(), self._is_clause)
        elif text in OPENING:
            self._open.append(self.is_expression)
            self.is_expression = text == "(" and self._opens_expression(before)
        elif text in CLOSING:
            self.is_expression = self._open.pop() if self._open else False
        if text in ("{", "}"):
            self._is_clause = False

    def _opens_expression(self, before: list[Token]) -> bool:
        if self.is_expression or self._is_clause:
            return True
        names = 0  # a function of that name, or a predicate and a collection
        if before[-1:] and before[-1].kind in (IRI, NAME):
            names = 1
        word = before[-1 - names] if len(before) > names else _START
        return word.kind == WORD and word.text != "a" and not word.is_word(*_NO_FUNCTIONS)
