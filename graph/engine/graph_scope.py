"""Subqueries inside GRAPH ?g, which the engine would answer wrongly without a word.

The standard runs `GRAPH ?g { SELECT … }` once a graph. The engine moves the graph's variable to the
patterns within, where a subquery that does not select it hides it: ?g is unbound, and what is
counted or grouped is so over all graphs together. Better no answer than that one.
"""

from graph.engine.tokens import VARIABLE, Token, place, tokenize
from graph.errors import QuerySyntaxError, RefusedQueryError

_RULE = "graph"


def check_query(text: str) -> None:
    """Do as `check_graphs`, for a query whose words nobody has read yet."""
    if "graph" in text.lower():
        try:
            tokens = tokenize(text)
        except QuerySyntaxError:
            return  # the engine tells what is wrong, in its own words
        check_graphs(text, tokens)


def check_graphs(text: str, tokens: list[Token]) -> None:
    """Refuse a subquery inside GRAPH with a variable that it does not select.

    Raises:
        RefusedQueryError: there is one.
    """
    graphs: list[str | None] = []  # of each open group: the variable of the GRAPH around it
    for at, token in enumerate(tokens):
        around = graphs[-1] if graphs else None
        if token.is_sign("{"):
            graphs.append(_named(tokens, at, around))
        elif token.is_sign("}") and graphs:
            graphs.pop()
        elif around and token.is_word("SELECT") and around not in _selected(tokens, at + 1):
            message = (
                f"a subquery inside GRAPH ?{around} is not run once a graph here: write"
                f" {{ SELECT ?{around} … {{ GRAPH ?{around} {{ … }} }} }}, with GROUP BY ?{around}"
                " if it counts or groups"
            )
            raise RefusedQueryError(_RULE, message, *place(text, token.start))


def _named(tokens: list[Token], brace: int, around: str | None) -> str | None:
    """Return the variable of the GRAPH that a group is of, or else stands in."""
    before = tokens[max(0, brace - 2) : brace]
    if not before or not before[0].is_word("GRAPH"):
        return around
    return before[-1].text[1:] if before[-1].kind == VARIABLE else None


def _selected(tokens: list[Token], start: int) -> set[str]:
    """Return the variables that a SELECT names; those of an expression are not among them."""
    names: set[str] = set()
    depth, is_new = 0, False
    for token in tokens[start:]:
        if token.is_sign("{") or token.is_word("WHERE", "SELECT"):
            break
        if token.is_sign("(", ")"):
            depth += 1 if token.text == "(" else -1
        elif token.kind == VARIABLE and (depth == 0 or is_new):
            names.add(token.text[1:])
        is_new = token.is_word("AS")
    return names
