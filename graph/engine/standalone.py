"""A query that carries in its text what the embedded engine is given by argument.

The usual prefixes that it uses and does not declare go in front of it. The value of a bound
variable goes as VALUES into the outermost group, and into each group within where the variable
stands, for a filter sees only what its own group binds. A subquery that does not project the
variable means another one by that name, and is left alone.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from graph.engine import vocabulary
from graph.engine.asking import Binding, Question
from graph.engine.guard import Examined
from graph.engine.outline import Outline
from graph.engine.tokens import IRI, NAME, Token, place, tokenize
from graph.errors import QueryError, QuerySyntaxError, RefusedQueryError
from graph.store import PREFIXES, bound_term
from ontology.terms import XSD

_INSTEAD = "in a store elsewhere, CONTAINS and LCASE may do"
_ESCAPES = str.maketrans({"\\": r"\\", '"': r"\"", "\n": r"\n", "\r": r"\r", "\t": r"\t"})
_PLACE = re.compile(r"\b\d+:\d+\b")


@dataclass(frozen=True, slots=True)
class Edit:
    """A change of a text: what stands between two offsets is replaced."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Standalone:
    """A query that needs nothing beside it.

    Attributes:
        text: as it is sent.
        original: as it was asked.
        edits: what was changed, in order.
    """

    text: str
    original: str
    edits: tuple[Edit, ...]

    def in_place(self, error: QuerySyntaxError) -> QuerySyntaxError:
        """Return what a server says of the text sent with the place in the text asked."""
        if error.line is None or error.column is None:
            return error
        line, column = place(self.original, self._offset(error.line, error.column))
        words = _PLACE.sub(f"{line}:{column}", str(error), count=1)
        return QuerySyntaxError(words, line, column)

    def _offset(self, line: int, column: int) -> int:
        """Return where in the original a place of the text sent is."""
        offset = sum(len(part) for part in self.text.splitlines(keepends=True)[: line - 1])
        offset += column - 1
        grown = 0
        for edit in self.edits:
            begin = edit.start + grown
            if offset < begin:
                break
            if offset < begin + len(edit.text):
                return edit.start
            grown += len(edit.text) - (edit.end - edit.start)
        return min(max(0, offset - grown), len(self.original))


def standalone(question: Question, examined: Examined) -> Standalone:
    """Return the text of a question as a server elsewhere can answer it.

    Raises:
        RefusedQueryError: it needs what only the embedded store has.
        QueryError: a value is not of its kind.
    """
    tokens = tokenize(question.text)
    if examined.searches:
        raise _not_there(vocabulary.SEARCH)
    outline = Outline(tokens, question.bindings)
    edits = [*_prologue(tokens), *_bound(outline, question.bindings)]
    if examined.form == "SELECT" and question.most_rows is not None:
        edits += _limit(outline, question.most_rows + 1)
    edits.sort(key=lambda edit: edit.start)
    parts, end = [], 0
    for edit in edits:
        parts += [question.text[end : edit.start], edit.text]
        end = edit.end
    return Standalone("".join([*parts, question.text[end:]]), question.text, tuple(edits))


def written(term: ox.NamedNode | ox.Literal) -> str:
    r"""Return a term as SPARQL, from which no value can break out.

    Codepoint escapes (`\u0022`) are undone by some parsers before they look for strings: none
    comes from a value, not even one that is escaped itself.
    """
    if isinstance(term, ox.NamedNode):
        return f"<{term.value}>"
    text = term.value.translate(_ESCAPES)
    text = text.replace(r"\\u", r"\\\u0075").replace(r"\\U", r"\\\u0055")
    is_plain = term.datatype.value == f"{XSD}string"
    return f'"{text}"' if is_plain else f'"{text}"^^<{term.datatype.value}>'


def _prologue(tokens: Sequence[Token]) -> Iterator[Edit]:
    """Yield the declarations that are missing; on the first line, so that lines keep numbers."""
    declared: dict[str, str] = {}
    used: set[str] = set()
    for index, token in enumerate(tokens):
        if token.kind == NAME:
            prefix = token.text.partition(":")[0]
            if index and tokens[index - 1].is_word("PREFIX"):
                declared[prefix] = tokens[index + 1].text[1:-1] if index + 1 < len(tokens) else ""
            else:
                used.add(prefix)
        elif token.kind == IRI and token.text.startswith(f"<{vocabulary.FUNCTIONS}"):
            raise _not_there(token.text)
    known = {**PREFIXES, **declared}
    if any(known.get(prefix) == vocabulary.FUNCTIONS for prefix in used):
        raise _not_there(vocabulary.FUNCTIONS)
    missing = sorted(used & set(PREFIXES) - set(declared))
    if missing:
        text = "".join(f"PREFIX {prefix}: <{PREFIXES[prefix]}> " for prefix in missing)
        yield Edit(0, 0, text)


def _bound(outline: Outline, bindings: Mapping[str, Binding]) -> Iterator[Edit]:
    """Yield the values of variables, as VALUES where they are seen."""
    values = {name: _values(name, binding) for name, binding in bindings.items()}
    if not values:
        return
    if outline.is_short:
        rule, message = "parameters", "with parameters, write CONSTRUCT { … } WHERE { … }"
        raise RefusedQueryError(rule, message)
    if not outline.groups:  # DESCRIBE ?thing
        text = "".join(values[name] for name in values if name in outline.names)
        yield Edit(outline.modifiers, outline.modifiers, f" {{{text}}} ")
        return
    for index, group in enumerate(outline.groups):
        seen = (outline.names if not index else group.names) - group.hidden
        text = "".join(values[name] for name in values if name in seen)
        if text and not group.is_select:
            yield Edit(group.start, group.start, text)


def _values(name: str, binding: Binding) -> str:
    try:
        term = bound_term(*binding)
    except ValueError as error:
        message = f"?{name} cannot be {binding[1]!r}: {error}"
        raise QueryError(message) from error
    return f" VALUES ?{name} {{ {written(term)} }} "


def _limit(outline: Outline, rows: int) -> Iterator[Edit]:
    """Yield what makes a server stop after so many rows."""
    if outline.limit is None:
        behind = outline.end if outline.values is None else outline.values
        yield Edit(behind, behind, f" LIMIT {rows} ")
    elif not outline.limit.text.isdecimal() or int(outline.limit.text) > rows:
        start = outline.limit.start
        yield Edit(start, start + len(outline.limit.text), str(rows))


def _not_there(name: str) -> RefusedQueryError:
    message = f"{name} is to be had with an embedded store only; {_INSTEAD}"
    return RefusedQueryError("search", message)
