"""The groups of a query, as its words show them: where each begins, which variables it names."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from graph.engine.tokens import NUMBER, VARIABLE, Token

_MODIFIERS = ("GROUP", "HAVING", "ORDER", "LIMIT", "OFFSET", "VALUES")


@dataclass(slots=True)
class Group:
    """What stands between braces, and is no template or data.

    Attributes:
        start: offset behind its opening brace.
        names: the variables named in it, but not in a group within.
        hidden: variables of the query that mean others here: a subquery does not project them.
        is_select: whether it is a subquery, which has its own group within.
        projected: what a subquery projects; None for all.
        in_head: whether its own group is still to come.
        parentheses: how many were open where it begins.
    """

    start: int
    names: set[str] = field(default_factory=set)
    hidden: frozenset[str] = frozenset()
    is_select: bool = False
    projected: set[str] | None = field(default_factory=set)
    in_head: bool = False
    parentheses: int = 0


class Outline:
    """The groups of a query, in the order of the text, and what follows the outermost.

    Attributes:
        groups: the outermost first, if there is one.
        names: all variables that are not hidden by a subquery.
        end: offset behind the last word or sign.
        limit: the number of the outermost LIMIT, if there is one.
        values: offset of VALUES behind the outermost group, if it is there.
        modifiers: offset of the first modifier behind it; the end if there is none.
        is_short: whether it is CONSTRUCT WHERE { … }, whose group is its template too.
    """

    def __init__(self, tokens: Sequence[Token], names: Iterable[str]) -> None:
        self.groups: list[Group] = []
        self.names: set[str] = set()
        self.end = tokens[-1].start + len(tokens[-1].text) if tokens else 0
        self.limit: Token | None = None
        self.values: int | None = None
        self.modifiers = self.end
        self.is_short = False
        self._wanted = frozenset(names)
        # A template or data between braces is None.
        self._open: list[Group | None] = []
        self._awaits_data = False
        self._parentheses = 0
        for index, token in enumerate(tokens):
            self._pass(token, tokens[index - 1] if index else None)

    def _pass(self, token: Token, before: Token | None) -> None:
        if token.is_sign("{"):
            self._enter(token, before)
        elif token.is_sign("}") and self._open:
            self._open.pop()
        elif token.is_sign("(", ")"):
            self._parentheses += 1 if token.text == "(" else -1
        elif token.kind == VARIABLE:
            self._name(token.text[1:])
        elif token.is_sign("*") and self._projects():
            self._group().projected = None
        else:
            self._pass_word(token, before)

    def _pass_word(self, token: Token, before: Token | None) -> None:
        if token.is_word("SELECT") and self._open and before and before.is_sign("{"):
            group = self._group()
            group.is_select = group.in_head = True
        elif token.is_word("VALUES"):
            self._awaits_data = True
        if not self._open and self.groups:
            self._pass_modifier(token, before)
        elif token.is_word("WHERE") and before and before.is_word("CONSTRUCT"):
            self.is_short = True

    def _pass_modifier(self, token: Token, before: Token | None) -> None:
        if token.is_word(*_MODIFIERS):
            self.modifiers = min(self.modifiers, token.start)
        if token.is_word("VALUES"):
            self.values = token.start
        if token.kind == NUMBER and before and before.is_word("LIMIT"):
            self.limit = token

    def _enter(self, token: Token, before: Token | None) -> None:
        is_template = bool(before and before.is_word("CONSTRUCT"))
        if self._awaits_data or is_template:
            self._awaits_data = False
            self._open.append(None)
            return
        parent = self._group() if self._open and self._open[-1] else None
        hidden = parent.hidden if parent else frozenset()
        if parent and parent.in_head:
            parent.in_head = False
            if parent.projected is not None:
                hidden |= self._wanted - parent.projected
        start = token.start + len(token.text)
        group = Group(start, hidden=hidden, parentheses=self._parentheses)
        self.groups.append(group)
        self._open.append(group)

    def _name(self, name: str) -> None:
        group = self._group() if self._open and self._open[-1] else None
        if group is None:
            self.names.add(name)
            return
        if self._projects() and group.projected is not None:
            group.projected.add(name)
        group.names.add(name)
        if name not in group.hidden and not group.is_select:
            self.names.add(name)

    def _projects(self) -> bool:
        """Tell whether what comes is projected by a subquery as it is, and not in an expression."""
        group = self._open[-1] if self._open else None
        return bool(group and group.in_head and self._parentheses == group.parentheses)

    def _group(self) -> Group:
        group = self._open[-1]
        assert group is not None  # noqa: S101 - for the type checker: callers have looked
        return group
