"""Searching texts inside SPARQL.

    SELECT ?task ?score ?text {
      SERVICE cancuf:search {
        ?task cancuf:query "chuyển đổi số" ; cancuf:kind cancu:Task ; cancuf:limit 20 ;
          cancuf:score ?score ; cancuf:text ?text .
      }
      ?task cancu:hasDeadline ?due .
    }

Nobody is called: before the store sees the query, the block is answered from the index of texts and
its words are replaced by `VALUES` with the hits. So what is looked for must be known by then: it is
a string of the query, or a variable that the asker has bound (a parameter), and never a value that
the rest of the query would have to find.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from graph.engine.search_block import NARROWING, Block, BlockParser, Value
from graph.engine.tokens import VARIABLE, tokenize
from graph.engine.vocabulary import SEARCH
from graph.errors import NoIndexError, RefusedQueryError
from graph.index.texts import MOST_HITS, Hit, TextQuery, Texts

Bindings = Mapping[str, tuple[str, str]]
Results = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples
_LIMIT = 100
_MOST_BLOCKS = 8
_MOST_OFFSET = 100_000
_REASON = "its words cannot be found in the rest of the query: give them as a string, or bind"


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A query without searches.

    Attributes:
        text: it, the hits in place of the searches.
        outline: the same with no hits, each word outside of a search at its old place: where a
            syntax error of the text is, is told by this one.
    """

    text: str
    outline: str


def run(store: ox.Store, query: Rewritten, **options: Any) -> Results:  # noqa: ANN401
    """Put a rewritten query to the store.

    Raises:
        SyntaxError: it is no SPARQL; the place told is that in the query as it was written.
    """
    try:
        return store.query(query.text, **options)
    except SyntaxError:
        if query.outline != query.text:
            store.query(query.outline, **options)
        raise


class Searches:
    """Answers the searches of queries over one release."""

    def __init__(self, release: Path, prefixes: Mapping[str, str]) -> None:
        """Open the index of a release; without one, what searches is refused and all else runs."""
        self._prefixes = prefixes
        self._texts: Texts | None = None
        try:
            self._texts = Texts(release)
        except NoIndexError as error:
            self._reason = str(error.reason)

    def rewrite(self, text: str, bindings: Bindings) -> Rewritten:
        """Answer the searches of a query.

        Args:
            text: the query.
            bindings: kind and value of each variable that the asker has bound.

        Raises:
            QuerySyntaxError: a block is not made as a search is.
            RefusedQueryError: it cannot be answered.
        """
        if "service" not in text.lower():
            return Rewritten(text, text)
        tokens = tokenize(text)
        parser = BlockParser(text, tokens, self._prefixes)
        blocks = []
        for index, token in enumerate(tokens[:-1]):
            if token.is_word("SERVICE"):
                name = index + 2 if tokens[index + 1].is_word("SILENT") else index + 1
                if name < len(tokens) and parser.resolve(tokens[name]) == SEARCH:
                    blocks.append(parser.parse(index, name + 1))
                    if len(blocks) > _MOST_BLOCKS:
                        reason = f"a query may search {_MOST_BLOCKS} times"
                        raise parser.refusal(token, reason)
        return self._replaced(text, blocks, parser, bindings)

    def _replaced(
        self, text: str, blocks: list[Block], parser: BlockParser, bindings: Bindings
    ) -> Rewritten:
        whole, outline, end = [], [], 0
        for block in blocks:
            answer = _Answer(block, parser, bindings)
            rows = answer.rows(self._index(block, parser))
            before, words = text[end : block.start], text[block.start : block.end]
            whole += [before, answer.header, rows, "}", "\n" * words.count("\n")]
            outline += [before, _in_shape(f"{answer.header}}}", words)]
            end = block.end
        return Rewritten("".join([*whole, text[end:]]), "".join([*outline, text[end:]]))

    def _index(self, block: Block, parser: BlockParser) -> Texts:
        if self._texts is None:
            raise parser.refusal(block.given["query"][0].token, self._reason)
        return self._texts


class _Answer:
    """The VALUES in place of one block."""

    def __init__(self, block: Block, parser: BlockParser, bindings: Bindings) -> None:
        self._block = block
        self._parser = parser
        self._bindings = bindings
        self._asked = self._text_query()
        self._columns = {"node": block.hit, **block.variables()}
        words = block.given["query"][0]
        if words.kind == VARIABLE:  # a parameter is a column of the answer like any variable
            self._columns["query"] = words.value
        if len(set(self._columns.values())) < len(self._columns):
            raise parser.refusal(words.token, "one variable is to be two things")
        self.header = f"VALUES({' '.join(f'?{name}' for name in self._columns.values())}){{"

    def rows(self, texts: Texts) -> str:
        """Return the hits as rows of VALUES, on one line."""
        try:
            hits = texts.find(self._asked)
            total = texts.count(self._asked) if "total" in self._columns else 0
        except RefusedQueryError as error:
            raise self._parser.refusal(self._block.given["query"][0].token, str(error)) from error
        rows = []
        for rank, hit in enumerate(hits, self._asked.offset + 1):
            cells = {**_cells(hit), "rank": str(rank), "total": str(total)}
            cells["query"] = str(ox.Literal(self._asked.words))
            rows.append(f"({' '.join(cells[name] for name in self._columns)})")
        return "".join(rows)

    def _text_query(self) -> TextQuery:
        narrow = {name: self._iris(name) for name in NARROWING}
        answered = self._block.variables()
        return TextQuery(
            words=self._constant("query", "string") or "",
            kinds=narrow["kind"],
            properties=narrow["property"],
            graphs=narrow["graph"],
            limit=self._integer("limit", _LIMIT, MOST_HITS),
            offset=self._integer("offset", 0, _MOST_OFFSET),
            as_typed=self._constant("asTyped", "boolean") == "true",
            by_node=not {"text", "property", "graph"} & answered.keys(),
        )

    def _iris(self, name: str) -> tuple[str, ...]:
        found = []
        for value in self._block.given.get(name, []):
            known = self._bound(value)
            if known is not None:
                found.append(self._checked(name, "iri", known, value))
            elif name not in self._block.variables():
                raise self._parser.refusal(value.token, f"{_REASON} ?{value.value}")
        return tuple(found)

    def _integer(self, name: str, default: int, most: int) -> int:
        found = self._constant(name, "integer")
        if found is None:
            return default
        if len(found) > len(str(most)) or int(found) > most:
            reason = f"cancuf:{name} is at most {most}"
            raise self._parser.refusal(self._block.given[name][0].token, reason)
        return int(found)

    def _constant(self, name: str, kind: str) -> str | None:
        given = self._block.given.get(name)
        if not given:
            return None
        known = self._bound(given[0])
        if known is None:
            raise self._parser.refusal(given[0].token, f"{_REASON} ?{given[0].value}")
        return self._checked(name, kind, known, given[0])

    def _bound(self, value: Value) -> tuple[str, str] | None:
        if value.kind != VARIABLE:
            return value.kind, value.value
        return self._bindings.get(value.value)

    def _checked(self, name: str, kind: str, known: tuple[str, str], value: Value) -> str:
        if known[0] != kind or (kind == "integer" and not known[1].isdecimal()):
            raise self._parser.refusal(value.token, f"cancuf:{name} takes a value of kind {kind}")
        return known[1]


def _cells(hit: Hit) -> dict[str, str]:
    literal = ox.Literal(hit.text, language=hit.language) if hit.language else ox.Literal(hit.text)
    return {
        "node": f"<{hit.node}>",
        "score": f"{hit.score:.6f}",
        "text": str(literal),
        "property": f"<{hit.predicate}>",
        "graph": f"<{hit.graph}>",
    }


def _in_shape(short: str, words: str) -> str:
    """Return a short text in as much space as other words take, so that what follows stays."""
    *lines, last = words.split("\n")
    room = "\n" * len(lines) + " " * len(last)
    return short + (room if lines else room[len(short) :])
