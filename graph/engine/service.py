"""SERVICE is refused: the engine would call an address that the asker names.

Only `SERVICE cancuf:search { … }` passes, which is rewritten before the engine sees it.

The engine's parser knows no ends of words, cuts some names at a dot, and reads "<" by its context.
So it finds a SERVICE where the grammar has one name (`service:x { … }` is `SERVICE :x` to it, and
`ex:a.b.SERVICE<x> { … }` ends in one). What it could read so is refused too.
"""

import re
from collections.abc import Mapping

from graph.engine.tokens import BLANK, IRI, NAME, SIGN, VARIABLE, WORD, Token, place, tokenize
from graph.engine.vocabulary import SEARCH
from graph.errors import RefusedQueryError

_RULE = "service"
_IN_PREFIX = re.compile(r"[^:]*service", re.IGNORECASE)
_AFTER_DOT = re.compile(r".*\.[^.]*service", re.IGNORECASE)
_AFTER_PARENTHESIS = re.compile(r"\).*service", re.IGNORECASE)
_END = Token(SIGN, "", 0)


def check_services(text: str, tokens: list[Token], prefixes: Mapping[str, str]) -> bool:
    """Refuse what calls another server; tell whether there is a search.

    Raises:
        RefusedQueryError: there is such a call, or what the engine could take for one.
    """
    if "service" not in text.lower():
        return False
    searches = False
    for at, token in enumerate(tokens):
        if token.is_word("SERVICE"):
            if not is_search(tokens, at, prefixes):
                reason = f"SERVICE is refused, but for <{SEARCH}>: no other server is called"
                raise RefusedQueryError(_RULE, reason, *place(text, token.start))
            searches = True
        elif _may_hide_one(tokens, at):
            reason = f"{token.text!r} could be read as a SERVICE; use another prefix or the IRI"
            raise RefusedQueryError(_RULE, reason, *place(text, token.start))
    return searches


def refuse_services(text: str) -> None:
    """Refuse what still calls a server when searches are answered.

    Raises:
        RefusedQueryError: a SERVICE is left.
    """
    for token in tokenize(text):
        if token.is_word("SERVICE"):
            message = "a search that is not written as a search is"
            raise RefusedQueryError(_RULE, message)


def is_search(tokens: list[Token], at: int, prefixes: Mapping[str, str]) -> bool:
    """Tell whether the SERVICE at an index is a search: its name, then a brace."""
    name_at = at + 2 if at + 1 < len(tokens) and tokens[at + 1].is_word("SILENT") else at + 1
    name, brace = (*tokens[name_at : name_at + 2], _END, _END)[:2]
    if not brace.is_sign("{"):
        return False
    if name.kind == NAME:
        prefix, _, local = name.text.partition(":")
        return prefixes.get(prefix, "") + local == SEARCH
    return name.kind == IRI and name.text == f"<{SEARCH}>"


def _may_hide_one(tokens: list[Token], at: int) -> bool:
    token = tokens[at]
    if token.kind == IRI:  # where a comparison was meant after all
        return _AFTER_PARENTHESIS.search(token.text) is not None
    doubts = {NAME: (_IN_PREFIX, _AFTER_DOT), BLANK: (_AFTER_DOT,)}.get(token.kind, ())
    is_doubtful = any(doubt.match(token.text) for doubt in doubts)
    return is_doubtful and _leads_to_group(tokens, at)


def _leads_to_group(tokens: list[Token], at: int) -> bool:
    """Tell whether a brace follows, as after SERVICE: at once, or after SILENT and a name."""
    for token in tokens[at + 1 : at + 4]:
        if token.is_sign("{"):
            return True
        is_name = token.kind in (IRI, NAME, VARIABLE)
        if not is_name and not (token.kind == WORD and token.is_word("SILENT")):
            return False
    return False
