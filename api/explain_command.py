"""The command that says why a statement stands."""

import json
import sys
from collections.abc import Iterator
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.tree import Tree

from api.settings import Settings
from graph.explain import Explanation, explain
from graph.grounds import Ground, Quote
from graph.store import Store

EXPLAIN_EPILOG = """Examples:

cancu explain '<eli/vn/hung-yen/ubnd/kh/2025/44>' eli:id_local 44/KH-UBND

cancu explain https://w3id.org/cancu/eli/vn/cp/nq/2025/3 a eli:LegalResource --json"""

_LONGEST = 200
_WIDTH = 200  # room enough in a pipe or file


def explain_statement(
    subject: Annotated[
        str, typer.Argument(help="An IRI, a prefixed name, or <path> below w3id.org/cancu/.")
    ],
    predicate: Annotated[str, typer.Argument(help="Likewise; `a` is rdf:type.")],
    end: Annotated[str, typer.Argument(metavar="OBJECT", help="Likewise, or a literal.")],
    *,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print full IRIs and quotes as JSON.")
    ] = False,
) -> None:
    """Say why a statement stands: the words it was read from, or the rule it follows by.

    The premises of a rule are explained in turn, down to quotes of the sources, to facts that a
    person added, and to the ontology.
    """
    found = explain(Store(Settings().folder), subject, predicate, end)
    if as_json:
        reasons = [reason.to_json() for reason in found]
        sys.stdout.write(json.dumps(reasons, ensure_ascii=False, indent=2) + "\n")
        return
    console = Console(highlight=False, emoji=False, width=None if sys.stdout.isatty() else _WIDTH)
    for reason in found:
        console.print(_tree(reason))


def _tree(reason: Explanation) -> Tree:
    tree = Tree(f"{escape(reason.words)}  [dim]{reason.ground.origin}[/dim]")
    for line in _grounds(reason.ground):
        tree.add(escape(line))
    if reason.rule:
        below = tree.add(f"[bold]{reason.rule}[/bold]: {escape(reason.because or '')}")
        for before, premise in zip((None, *reason.premises), reason.premises, strict=False):
            below.add(_premise(premise, before))
    return tree


def _premise(reason: Explanation, before: Explanation | None) -> Tree:
    """Return the tree of a premise; words that its neighbour has shown are not shown again."""
    quotes = reason.ground.quotes
    if before is None or not quotes or quotes != before.ground.quotes:
        return _tree(reason)
    return Tree(f"{escape(reason.words)}  [dim]{reason.ground.origin}, by the same words[/dim]")


def _grounds(ground: Ground) -> Iterator[str]:
    """Yield what a statement rests on beside premises, a line for each."""
    yield from (_quoted(quote) for quote in ground.quotes)
    if hidden := ground.quoted - len(ground.quotes):
        yield f"and {hidden} more"
    if ground.file:
        yield f"the file {ground.file} as a whole"
    if ground.reason:
        yield f"because: {ground.reason}"
    if ground.source:
        yield f"source: {ground.source}"


def _quoted(quote: Quote) -> str:
    words = " ".join(quote.words.split())
    shown = words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1]}…"
    place = f"{quote.file} {quote.start}–{quote.end}"
    return f"“{shown}” {place}, rule {quote.rule}, confidence {quote.confidence:.2f}"
