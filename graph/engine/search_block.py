"""The block of a search, read from the words of a query: `SERVICE cancuf:search { … }`.

The block has one subject, the variable of what is found. What stands behind it is either asked
(the words, and what narrows the search down) or answered (a variable for the score, the text …).
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from graph.engine.tokens import IRI, NAME, NUMBER, STRING, VARIABLE, Token, place
from graph.engine.vocabulary import FUNCTIONS, PREFIX
from graph.errors import QuerySyntaxError, RefusedQueryError

RULE = "search"
ANSWERED = ("score", "text", "property", "graph", "rank", "total")
NARROWING = ("kind", "property", "graph")
_ASKED = ("query", "limit", "offset", "asTyped")
_KNOWN = tuple(dict.fromkeys((*_ASKED, *NARROWING, *ANSWERED)))
_EXAMPLE = f'{{ ?hit {PREFIX}:query "chuyển đổi số" ; {PREFIX}:score ?score }}'
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)
_ESCAPED = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}
_LOCAL_ESCAPE = re.compile(r"\\(.)")
_LONG_QUOTE = 3


class Value(NamedTuple):
    """A value in a block: its kind is "string", "integer", "boolean", "iri" or "variable"."""

    kind: str
    value: str
    token: Token


@dataclass(slots=True)
class Block:
    """What a block says.

    Attributes:
        start, end: its place in the query, from SERVICE to the closing brace.
        hit: the variable of what is found.
        given: the values behind each name ("query", "limit" …), in their order.
    """

    start: int
    end: int
    hit: str = ""
    given: dict[str, list[Value]] = field(default_factory=dict)

    def variables(self) -> dict[str, str]:
        """Return the variables to be answered, by what they ask for."""
        return {
            name: value.value
            for name in ANSWERED
            for value in self.given.get(name, [])
            if value.kind == VARIABLE
        }


class BlockParser:
    """Reads the blocks of one query."""

    def __init__(self, text: str, tokens: Sequence[Token], prefixes: Mapping[str, str]) -> None:
        self._text = text
        self._tokens = tokens
        self._prefixes = dict(prefixes)
        for word, name, iri in zip(tokens, tokens[1:], tokens[2:], strict=False):
            if word.is_word("PREFIX") and name.kind == NAME and iri.kind == IRI:
                self._prefixes[name.text[:-1]] = iri.text[1:-1]
        self._next = 0

    def resolve(self, token: Token) -> str | None:
        """Return the IRI that a token stands for; None if it is none, or its prefix is unknown."""
        if token.kind == IRI:
            return token.text[1:-1]
        prefix, _, local = token.text.partition(":")
        if token.kind != NAME or prefix not in self._prefixes:
            return None
        return self._prefixes[prefix] + _LOCAL_ESCAPE.sub(r"\1", local)

    def parse(self, service: int, brace: int) -> Block:
        """Read the block whose SERVICE and opening brace are these tokens.

        Raises:
            QuerySyntaxError: it is not made as a block is.
            RefusedQueryError: it asks for what there is not.
        """
        self._next = brace
        if not self._take().is_sign("{"):
            raise self._fault(self._tokens[self._next - 1], f"a search is written {_EXAMPLE}")
        block = Block(self._tokens[service].start, 0)
        while not self._peek().is_sign("}"):
            self._parse_subject(block)
            while self._peek().is_sign("."):
                self._take()
        closing = self._take()
        block.end = closing.start + 1
        if "query" not in block.given:
            raise self.refusal(self._tokens[service], f"it looks for no words: {_EXAMPLE}")
        return block

    def refusal(self, token: Token, reason: str) -> RefusedQueryError:
        """Return the error that a search cannot be answered."""
        line, column = place(self._text, token.start)
        message = f"this search is refused at line {line}, column {column}: {reason}"
        return RefusedQueryError(RULE, message, line, column)

    def _parse_subject(self, block: Block) -> None:
        subject = self._take()
        if subject.kind != VARIABLE:
            raise self._fault(subject, f"what is found must be a variable: {_EXAMPLE}")
        if block.hit not in ("", subject.text[1:]):
            raise self._fault(subject, "a search finds one thing; write a block for each search")
        block.hit = subject.text[1:]
        self._parse_predicate(block)
        while self._peek().is_sign(";"):
            self._take()
            if not self._peek().is_sign(".", "}", ";"):
                self._parse_predicate(block)

    def _parse_predicate(self, block: Block) -> None:
        token = self._take()
        iri = self.resolve(token) or ""
        name = iri.removeprefix(FUNCTIONS)
        if not iri.startswith(FUNCTIONS) or name not in _KNOWN:
            known = ", ".join(f"{PREFIX}:{known}" for known in _KNOWN)
            raise self._fault(token, f"a search knows {known}, and not {token.text}")
        values = block.given.setdefault(name, [])
        values.append(self._parse_value())
        while self._peek().is_sign(","):
            self._take()
            values.append(self._parse_value())
        if len(values) > 1 and name not in NARROWING:
            raise self._fault(values[-1].token, f"{PREFIX}:{name} has one value only")

    def _parse_value(self) -> Value:
        token = self._take()
        if token.kind == VARIABLE:
            return Value(VARIABLE, token.text[1:], token)
        if token.kind == STRING:
            if self._peek().kind == "tag":
                self._take()
            return Value("string", _unquoted(token.text), token)
        if token.kind == NUMBER and token.text.isdigit():
            return Value("integer", token.text, token)
        if token.is_word("TRUE", "FALSE"):
            return Value("boolean", token.text.lower(), token)
        iri = self.resolve(token)
        if iri is None:
            raise self._fault(token, f"no value of a search: {token.text}")
        return Value("iri", iri, token)

    def _peek(self) -> Token:
        if self._next >= len(self._tokens):
            raise self._fault(self._tokens[-1], "the block of a search does not end")
        return self._tokens[self._next]

    def _take(self) -> Token:
        token = self._peek()
        self._next += 1
        return token

    def _fault(self, token: Token, reason: str) -> QuerySyntaxError:
        line, column = place(self._text, token.start)
        return QuerySyntaxError(f"{reason} (line {line}, column {column})", line, column)


def _unquoted(text: str) -> str:
    quote = _LONG_QUOTE if text[:3] in ('"""', "'''") else 1
    return _ESCAPE.sub(_character, text[quote:-quote])


def _character(escape: re.Match[str]) -> str:
    code = escape[1] or escape[2]
    if code:
        return chr(int(code, 16))
    return _ESCAPED.get(escape[3], escape[3])
