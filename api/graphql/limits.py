"""What a request may take, looked at before anything is validated or run.

Everything here is linear in the size of the document: fragments are measured once each, however
often they are spread, and one that spreads itself is refused at once. Only what passes is shown to
graphql-core, whose rules compare fields in pairs.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from graphql import (
    ArgumentNode,
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    ListValueNode,
    ObjectValueNode,
    OperationDefinitionNode,
    SelectionNode,
    SelectionSetNode,
    ValueNode,
)

from api.graphql.problems import LimitError, RequestError

# Strings and comments hold no structure; what is left of a document is signs and names.
_SKIPPED = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*+(?:"""|\Z)|"(?:[^"\\\n]|\\.)*+"?|#[^\n\r]*+|([{(\[])|([})\]])',
    re.DOTALL,
)
# How many things a field of introspection has on average; of all others there is one.
_TIMES = {
    "types": 260.0,
    "fields": 8.0,
    "args": 1.0,
    "inputFields": 4.0,
    "enumValues": 5.0,
    "possibleTypes": 5.0,
    "directives": 5.0,
    "ofType": 0.4,  # most types wrap none
}


@dataclass(frozen=True, slots=True)
class RequestLimits:
    """The bounds of one request.

    Attributes:
        characters: of the document.
        lines: of the document; graphql-core counts them anew for the place of each error.
        tokens: words and signs of the document.
        definitions: operations and fragments of the document.
        values: that the document holds: variables, and what is given to arguments and directives.
        variables: bytes of them, as JSON.
        nesting: braces, brackets and parentheses inside each other; selections inside each other,
            those of fragments where they are spread.
        depth: fields inside each other; those of introspection have a limit of their own.
        introspection_depth: that limit.
        introspection_values: that questions about the schema can be expected to give.
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
    lines: int = 10_000
    tokens: int = 5_000
    definitions: int = 250
    values: int = 1_000
    variables: int = 100_000
    nesting: int = 100
    depth: int = 15
    introspection_depth: int = 20
    introspection_values: int = 200_000
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
    _check("characters", len(text), limits)
    _check("lines", text.count("\n") + text.count("\r") + 1, limits)
    depth = deepest = 0
    for sign in _SKIPPED.finditer(text):
        if sign[1]:
            depth += 1
            deepest = max(deepest, depth)
        elif sign[2]:
            depth -= 1
    _check("nesting", deepest, limits)


@dataclass(frozen=True, slots=True)
class _Size:
    """What a selection amounts to, its fragments included.

    Attributes:
        nesting: selections inside each other, itself first.
        values: that it gives, if it is one of introspection.
        schema: values that its fields of introspection give.
    """

    depth: int = 0
    introspection: int = 0
    fields: int = 0
    aliases: int = 0
    nesting: int = 0
    values: float = 0
    schema: float = 0


class _Measure:
    """Measures selections, each fragment once.

    Attributes:
        values: that arguments and directives were given so far.
    """

    def __init__(self, fragments: Mapping[str, FragmentDefinitionNode], nesting: int) -> None:
        self._fragments = fragments
        self.values = 0
        self._most = nesting
        self._level = 0
        self._known: dict[str, _Size] = {}
        self._open: set[str] = set()

    def of(self, selection: SelectionSetNode | None) -> _Size:
        """Return the size of a selection.

        Raises:
            LimitError: selections stand too deep inside each other to be looked at, here or later.
            LoopError: a fragment spreads itself.
        """
        if selection is None:
            return _Size()
        self._enter(1)
        sizes = [self._node(node) for node in selection.selections]
        self._level -= 1
        return _Size(
            depth=max(size.depth for size in sizes),
            introspection=max(size.introspection for size in sizes),
            fields=sum(size.fields for size in sizes),
            aliases=sum(size.aliases for size in sizes),
            nesting=1 + max(size.nesting for size in sizes),
            values=sum(size.values for size in sizes),
            schema=sum(size.schema for size in sizes),
        )

    def _enter(self, levels: int) -> None:
        if self._level + levels > self._most:
            limit = "nesting"
            raise LimitError(limit, self._most, self._level + levels)
        self._level += 1

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

    def _node(self, node: SelectionNode) -> _Size:
        self.values += sum(1 + _given(one.arguments) for one in node.directives or ())
        if isinstance(node, FieldNode):
            self.values += _given(node.arguments)
            return self._field(node)
        if isinstance(node, InlineFragmentNode):
            return replace(inner := self.of(node.selection_set), fields=inner.fields + 1)
        if isinstance(node, FragmentSpreadNode):
            return replace(inner := self._spread(node.name.value), fields=inner.fields + 1)
        return _Size()

    def _field(self, node: FieldNode) -> _Size:
        inner = self.of(node.selection_set)
        name = node.name.value
        is_alias = node.alias is not None and node.alias.value != name
        size = replace(
            inner,
            depth=inner.depth + 1,
            fields=inner.fields + 1,
            aliases=inner.aliases + is_alias,
            values=_TIMES.get(name, 1.0) * (1 + inner.values),
        )
        if name not in {"__schema", "__type"}:
            return size
        deep = max(inner.depth, inner.introspection) + 1
        return replace(size, depth=1, introspection=deep, schema=size.values)

    def _spread(self, name: str) -> _Size:
        if name in self._known:
            self._enter(self._known[name].nesting)
            self._level -= 1
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


def _given(arguments: Sequence[ArgumentNode] | None) -> int:
    """Return how many values arguments are given, those inside of others too."""
    return sum(_values(one.value) for one in arguments or ())


def _values(value: ValueNode) -> int:
    if isinstance(value, ListValueNode):
        return 1 + sum(map(_values, value.values))
    if isinstance(value, ObjectValueNode):
        return 1 + sum(_values(one.value) for one in value.fields)
    return 1


def check_document(document: DocumentNode, limits: RequestLimits) -> None:
    """Look at a document before it is validated.

    Raises:
        LimitError: it is too deep, has too many definitions, values, fields, aliases or pairs, or
            asks for too much of the schema.
        LoopError: a fragment spreads itself.
    """
    _check("definitions", len(document.definitions), limits)
    fragments = {
        node.name.value: node
        for node in document.definitions
        if isinstance(node, FragmentDefinitionNode)
    }
    measure = _Measure(fragments, limits.nesting)
    operations = [n for n in document.definitions if isinstance(n, OperationDefinitionNode)]
    selections = [node.selection_set for node in (*operations, *fragments.values())]
    sizes = [measure.of(selection) for selection in selections]
    variables = [one for node in operations for one in node.variable_definitions or ()]
    defaults = sum(_values(one.default_value) for one in variables if one.default_value)
    for limit, found in (
        ("values", measure.values + len(variables) + defaults),
        ("fields", sum(size.fields for size in sizes)),
        ("aliases", max((size.aliases for size in sizes), default=0)),
        ("depth", max((size.depth for size in sizes), default=0)),
        ("introspection_depth", max((size.introspection for size in sizes), default=0)),
        ("introspection_values", int(min(1e15, max((size.schema for size in sizes), default=0)))),
    ):
        _check(limit, found, limits)
    _check("pairs", sum(measure.pairs([selection]) for selection in selections), limits)


def _check(limit: str, found: int, limits: RequestLimits) -> None:
    allowed = int(getattr(limits, limit))
    if found > allowed:
        raise LimitError(limit.replace("_", " "), allowed, found)
