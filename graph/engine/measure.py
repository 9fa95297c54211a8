"""How deep and how wide a query is.

Depth and long chains take the engine's stack: 5,000 braces inside each other, 10,000 signs or parts
in a row end its process. The planner's time grows with the square of what it has to order: 200
patterns took 8 s, a path of 500 steps 4 s, before any row. Counting is by the words: a pattern is
counted for each object, an operator for each sign of an expression.
"""

from dataclasses import dataclass
from typing import NoReturn

from graph.engine.limits import Limits
from graph.engine.tokens import (
    BLANK,
    CLOSING,
    NUMBER,
    OPENING,
    SIGN,
    STRING,
    VARIABLE,
    WORD,
    Token,
    place,
)
from graph.errors import RefusedQueryError

_UNARY = frozenset("!-+^")
_OPERATORS = frozenset(("||", "&&", "=", "!=", "<", ">", "<=", ">=", "+", "-", "*", "/", "|"))
_PARTS = frozenset(
    ("UNION", "OPTIONAL", "MINUS", "FILTER", "BIND", "GRAPH", "LATERAL", "VALUES", "AS", "FROM")
)
_ENDS_PATH = frozenset((VARIABLE, STRING, NUMBER, BLANK))
# The brackets that patterns stand in; those of an expression, a collection or a triple are others.
_PATTERNS = frozenset(("{", "[", "{|"))
# After these the terms up to the next brace are no patterns.
_NO_PATTERN = frozenset(
    ("SELECT", "VALUES", "GRAPH", "SERVICE", "DESCRIBE", "FROM", "GROUP", "ORDER", "LIMIT")
)
_BETWEEN_PATTERNS = frozenset(("FILTER", "BIND"))
_CONSTANTS = ("a", "true", "false")


@dataclass(slots=True)
class _Frame:
    """What stands between a pair of brackets.

    Attributes:
        opening: the bracket.
        patterns: triples of it, with those of brackets inside it that are no groups.
        operators: operators and parts of it.
        is_open: whether the next term begins a pattern.
    """

    opening: str
    patterns: int = 0
    operators: int = 0
    is_open: bool = True


def check_size(text: str, tokens: list[Token], limits: Limits) -> None:
    """Refuse a query that is deeper or wider than the engine can take.

    Raises:
        RefusedQueryError: it is; the error names the rule and the place.
    """
    _Measure(text, limits).take(tokens)


class _Measure:
    def __init__(self, text: str, limits: Limits) -> None:
        self._text = text
        self._limits = limits
        self._frames = [_Frame("")]
        self._signs = 0  # unary signs in a row
        self._steps = 0

    def take(self, tokens: list[Token]) -> None:
        """Go through the words."""
        for token in tokens:
            if token.kind == SIGN:
                self._take_sign(token)
            elif token.kind == WORD and token.text not in _CONSTANTS:
                self._take_word(token)
            else:
                self._take_term(token)

    def _take_sign(self, token: Token) -> None:
        sign = token.text
        if sign not in _UNARY:
            self._signs = 0
        else:
            self._signs += 1
            if self._signs > self._limits.depth:
                self._refuse(token, "depth", self._limits.depth, "signs in a row")
        if sign in OPENING:
            self._open(token)
        elif sign in CLOSING:
            self._close()
        elif sign in ".;,":
            self._separate()
        elif sign in _OPERATORS:
            self._operate(token)

    def _take_word(self, token: Token) -> None:
        self._signs = self._steps = 0
        frame = self._frames[-1]
        word = token.text.upper()
        if word in _PARTS:
            self._count(frame, token)
        if word in _NO_PATTERN:
            frame.is_open = False
        elif word in _BETWEEN_PATTERNS:
            frame.is_open = True

    def _take_term(self, token: Token) -> None:
        self._signs = 0
        if token.kind in _ENDS_PATH:
            self._steps = 0
        frame = self._frames[-1]
        if frame.is_open:
            frame.is_open = False
            self._add_pattern(token)

    def _open(self, token: Token) -> None:
        if token.text == "{":
            self._count(self._frames[-1], token)
            self._steps = 0
        elif token.text in ("[", "<<"):
            self._take_term(token)
        self._frames.append(_Frame(token.text, is_open=token.text in _PATTERNS))
        if len(self._frames) > self._limits.depth + 1:
            self._refuse(token, "depth", self._limits.depth, "brackets inside each other")

    def _close(self) -> None:
        if len(self._frames) > 1:
            closed = self._frames.pop()
            self._frames[-1].is_open |= closed.opening == "{"

    def _separate(self) -> None:
        self._steps = 0
        frame = self._frames[-1]
        frame.is_open = frame.opening in _PATTERNS

    def _operate(self, token: Token) -> None:
        frame = self._frames[-1]
        if frame.opening == "(" or token.text == "|":
            self._count(frame, token)
        if token.text == "/":
            self._steps += 1
            if self._steps >= self._limits.path_steps:
                self._refuse(token, "path", self._limits.path_steps, "steps of a path")

    def _count(self, frame: _Frame, token: Token) -> None:
        frame.operators += 1
        if frame.operators > self._limits.operators:
            self._refuse(token, "operators", self._limits.operators, "operators or parts in a row")

    def _add_pattern(self, token: Token) -> None:
        """Count a pattern for the group that it stands in."""
        group = next(frame for frame in reversed(self._frames) if frame.opening in ("{", ""))
        group.patterns += 1
        if group.patterns > self._limits.patterns:
            self._refuse(token, "patterns", self._limits.patterns, "triple patterns in a group")

    def _refuse(self, token: Token, rule: str, most: int, what: str) -> NoReturn:
        reason = f"the query has more than {most} {what}"
        raise RefusedQueryError(rule, reason, *place(self._text, token.start))
