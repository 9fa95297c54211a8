"""What a request may take, looked at before anything is validated or run.

Everything here is linear in the size of the document: fragments are measured once each, however
often they are spread, and one that spreads itself is refused at once. Only what passes is shown to
graphql-core, whose rules compare fields in pairs.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

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
        fields: selected fields, those of fragments wherever they are spread.
        aliases: fields with another name than their own, counted the same way.
        repeats: fields with one name in one place.
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
    fields: int = 1_500
    aliases: int = 100
    repeats: int = 30
    lists: int = 20
    cost: int = 200_000
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

    def __init__(self, fragments: Mapping[str, FragmentDefinitionNode], most_repeats: int) -> None:
        self._fragments = fragments
        self._known: dict[str, _Size] = {}
        self._open: set[str] = set()
        self._most_repeats = most_repeats

    def of(self, selection: SelectionSetNode | None) -> _Size:
        """Return the size of a selection."""
        depth = introspection = fields = aliases = 0
        names: dict[str, int] = {}
        for node in selection.selections if selection else ():
            size = self._node(node, names)
            depth = max(depth, size.depth)
            introspection = max(introspection, size.introspection)
            fields += size.fields
            aliases += size.aliases
        return _Size(depth, introspection, fields, aliases)

    def _node(self, node: object, names: dict[str, int]) -> _Size:
        if isinstance(node, FieldNode):
            return self._field(node, names)
        if isinstance(node, InlineFragmentNode):
            return self.of(node.selection_set)
        if isinstance(node, FragmentSpreadNode):
            return self._spread(node.name.value, names)
        return _Size()

    def _field(self, node: FieldNode, names: dict[str, int]) -> _Size:
        self._count((node.alias or node.name).value, names)
        inner = self.of(node.selection_set)
        is_alias = node.alias is not None and node.alias.value != node.name.value
        fields, aliases = inner.fields + 1, inner.aliases + is_alias
        if node.name.value in {"__schema", "__type"}:
            return _Size(1, max(inner.depth, inner.introspection) + 1, fields, aliases)
        return _Size(inner.depth + 1, inner.introspection, fields, aliases)

    def _count(self, name: str, names: dict[str, int]) -> None:
        names[name] = names.get(name, 0) + 1
        if names[name] > self._most_repeats:
            limit = f"number of fields and fragments called `{name}` in one place"
            raise LimitError(limit, self._most_repeats, names[name])

    def _spread(self, name: str, names: dict[str, int]) -> _Size:
        self._count(f"...{name}", names)
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
        LimitError: it is too deep, or has too many fields, aliases or repetitions.
        LoopError: a fragment spreads itself.
    """
    fragments = {
        node.name.value: node
        for node in document.definitions
        if isinstance(node, FragmentDefinitionNode)
    }
    measure = _Measure(fragments, limits.repeats)
    operations = [n for n in document.definitions if isinstance(n, OperationDefinitionNode)]
    for node in [*operations, *fragments.values()]:
        size = measure.of(node.selection_set)
        for limit, found in (
            ("fields", size.fields),
            ("aliases", size.aliases),
            ("depth", size.depth),
            ("introspection_depth", size.introspection),
        ):
            allowed = int(getattr(limits, limit))
            if found > allowed:
                raise LimitError(limit.replace("_", " "), allowed, found)
