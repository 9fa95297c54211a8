"""What a request may take, looked at before anything is validated or run.

Everything here is linear in the size of the document: fragments are measured once each, however
often they are spread, and one that spreads itself is refused at once. Only what passes is shown to
graphql-core, whose rules compare fields in pairs.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionSetNode,
)

from api.graphql.problems import LimitError, RequestError

# Strings and comments hold no structure; what is left of a document is signs and names.
_SKIPPED = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*+(?:"""|\Z)|"(?:[^"\\\n]|\\.)*+"?|#[^\n\r]*+|([{(\[])|([})\]])',
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class RequestLimits:
    """The bounds of one request.

    Attributes:
        characters: of the document.
        tokens: words and signs of the document.
        nesting: braces, brackets and parentheses inside each other, in documents and variables.
        depth: fields inside each other; those of introspection have a limit of their own.
        introspection_depth: that limit.
        fields: selected fields and spreads of a document; those of fragments count wherever they
            are spread.
        aliases: fields with another name than their own, counted the same way.
        pairs: fields that stand in one place under one name, taken two by two: graphql-core's rules
            compare them so.
        lists: fields at the top of an operation.
        cost: values and questions, as the plan counts them.
        batch: operations in one request.
        seconds: time of a request.
    """

    characters: int = 100_000
    tokens: int = 5_000
    nesting: int = 100
    depth: int = 15
    introspection_depth: int = 20
    fields: int = 3_000
    aliases: int = 100
    pairs: int = 10_000
    lists: int = 20
    cost: int = 100_000
    batch: int = 10
    seconds: float = 30.0


class LoopError(RequestError):
    """A fragment spreads itself."""

    code = "INVALID"


def check_text(text: str, limits: RequestLimits) -> None:
    """Look at a document before it is parsed.

    Raises:
        LimitError: it is too long, or its brackets are nested too deeply.
    """
    if len(text) > limits.characters:
        limit = "characters"
        raise LimitError(limit, limits.characters, len(text))
    depth = deepest = 0
    for sign in _SKIPPED.finditer(text):
        if sign[1]:
            depth += 1
            deepest = max(deepest, depth)
        elif sign[2]:
            depth -= 1
    if deepest > limits.nesting:
        limit = "nesting"
        raise LimitError(limit, limits.nesting, deepest)


@dataclass(frozen=True, slots=True)
class _Size:
    """What a selection amounts to, its fragments included."""

    depth: int = 0
    introspection: int = 0
    fields: int = 0
    aliases: int = 0


class _Measure:
    """Measures selections, each fragment once."""

    def __init__(self, fragments: Mapping[str, FragmentDefinitionNode]) -> None:
        self._fragments = fragments
        self._known: dict[str, _Size] = {}
        self._open: set[str] = set()

    def of(self, selection: SelectionSetNode | None) -> _Size:
        """Return the size of a selection."""
        depth = introspection = fields = aliases = 0
        for node in selection.selections if selection else ():
            size = self._node(node)
            depth = max(depth, size.depth)
            introspection = max(introspection, size.introspection)
            fields += size.fields
            aliases += size.aliases
        return _Size(depth, introspection, fields, aliases)

    def pairs(self, selections: Sequence[SelectionSetNode]) -> int:
        """Return how many pairs of fields meet in one place, at any depth.

        Every spread is followed: to be asked only when `of` has found few fields.
        """
        places: dict[str, list[FieldNode]] = {}
        for selection in selections:
            for node in self._flat(selection):
                places.setdefault((node.alias or node.name).value, []).append(node)
        return sum(
            len(nodes) * (len(nodes) - 1) // 2
            + self.pairs([node.selection_set for node in nodes if node.selection_set])
            for nodes in places.values()
        )

    def _flat(self, selection: SelectionSetNode) -> Iterator[FieldNode]:
        for node in selection.selections:
            if isinstance(node, FieldNode):
                yield node
            elif isinstance(node, InlineFragmentNode):
                yield from self._flat(node.selection_set)
            elif isinstance(node, FragmentSpreadNode) and node.name.value in self._fragments:
                yield from self._flat(self._fragments[node.name.value].selection_set)

    def _node(self, node: object) -> _Size:
        if isinstance(node, FieldNode):
            return self._field(node)
        if isinstance(node, InlineFragmentNode):
            return replace(inner := self.of(node.selection_set), fields=inner.fields + 1)
        if isinstance(node, FragmentSpreadNode):
            return replace(inner := self._spread(node.name.value), fields=inner.fields + 1)
        return _Size()

    def _field(self, node: FieldNode) -> _Size:
        inner = self.of(node.selection_set)
        is_alias = node.alias is not None and node.alias.value != node.name.value
        fields, aliases = inner.fields + 1, inner.aliases + is_alias
        if node.name.value in {"__schema", "__type"}:
            return _Size(1, max(inner.depth, inner.introspection) + 1, fields, aliases)
        return _Size(inner.depth + 1, inner.introspection, fields, aliases)

    def _spread(self, name: str) -> _Size:
        if name in self._known:
            return self._known[name]
        if name in self._open:
            message = f"the fragment `{name}` spreads itself"
            raise LoopError(message)
        if name not in self._fragments:
            return _Size()  # validation says so
        self._open.add(name)
        size = self.of(self._fragments[name].selection_set)
        self._open.discard(name)
        self._known[name] = size
        return size


def check_document(document: DocumentNode, limits: RequestLimits) -> None:
    """Look at a document before it is validated.

    Raises:
        LimitError: it is too deep, or has too many fields, aliases or pairs.
        LoopError: a fragment spreads itself.
    """
    fragments = {
        node.name.value: node
        for node in document.definitions
        if isinstance(node, FragmentDefinitionNode)
    }
    measure = _Measure(fragments)
    operations = [n for n in document.definitions if isinstance(n, OperationDefinitionNode)]
    selections = [node.selection_set for node in (*operations, *fragments.values())]
    sizes = [measure.of(selection) for selection in selections]
    for limit, found in (
        ("fields", sum(size.fields for size in sizes)),
        ("aliases", max((size.aliases for size in sizes), default=0)),
        ("depth", max((size.depth for size in sizes), default=0)),
        ("introspection_depth", max((size.introspection for size in sizes), default=0)),
    ):
        _check(limit, found, limits)
    _check("pairs", sum(measure.pairs([selection]) for selection in selections), limits)


def _check(limit: str, found: int, limits: RequestLimits) -> None:
    allowed = int(getattr(limits, limit))
    if found > allowed:
        raise LimitError(limit.replace("_", " "), allowed, found)
