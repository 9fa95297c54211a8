"""From the tree of an operation to its plan: what to ask, what to write, what it costs.

The cost is counted on the way: one for each value that the answer may hold at most, a page by its
size and a short list by what is usual.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLObjectType,
    GraphQLSchema,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionSetNode,
)
from graphql.execution.values import VariableValues, get_argument_values, get_directive_values
from graphql.type import GraphQLIncludeDirective, GraphQLSkipDirective

from api.graphql.extras import DESCRIBED, is_a, is_concrete, members
from api.graphql.inputs import list_page_of
from api.graphql.outputs import Connected, Constant, Objects, Output, Paged, Plain, Records, Same
from api.graphql.paging import page_of
from api.graphql.problems import BadArgumentError
from api.graphql.root import ROOT, RootField
from graph.reader.asks import KIND, Need, ask_of, total_of
from graph.reader.basis import DEEPEST
from graph.reader.kinds import KINDS
from graph.reader.model import Field, Form
from graph.reader.values import converter

_USUAL_BASES = 8
_QUESTION_COST = 10  # of a list, count or facet, beside its values


@dataclass(slots=True)
class RootCall:
    """One field at the top of an operation.

    Attributes:
        key: in the response.
        field: which root field.
        arguments: as graphql-core coerced them.
        parts: what is selected of a connection.
        need: what is needed of the nodes that it finds.
        records: how nodes are written.
        connected: how a connection is written.
    """

    key: str
    field: RootField
    arguments: Mapping[str, Any]
    parts: frozenset[str]
    need: Need
    records: Records | None = None
    connected: Connected | None = None


@dataclass(slots=True)
class Plan:
    """How an operation is answered.

    Attributes:
        calls: the fields at the top, in order.
        constants: `__typename` at the top, by key.
        keys: all keys at the top, in order.
        cost: at most so many values and questions.
        compiled: whether the plan can write the answer; else graphql-core does.
    """

    calls: list[RootCall] = field(default_factory=list)
    constants: dict[str, str] = field(default_factory=dict)
    keys: list[str] = field(default_factory=list)
    cost: int = 0
    compiled: bool = True


Fields = dict[str, list[FieldNode]]


class Compiler:
    """Compiles one operation."""

    def __init__(
        self,
        schema: GraphQLSchema,
        fragments: Mapping[str, FragmentDefinitionNode],
        variables: VariableValues,
    ) -> None:
        self._schema = schema
        self._fragments = fragments
        self._variables = variables

    def plan(self, operation: OperationDefinitionNode) -> Plan:
        """Return the plan of an operation.

        Raises:
            GraphQLError: an argument cannot be coerced.
            BadArgumentError: an argument means nothing.
        """
        plan = Plan()
        for key, nodes in self._collect([operation.selection_set], "Query").items():
            name = nodes[0].name.value
            plan.keys.append(key)
            if name == "__typename":
                plan.constants[key] = "Query"
            elif name.startswith("__"):
                plan.compiled = False
            else:
                plan.calls.append(self._root(plan, key, nodes, ROOT[name]))
        return plan

    def _root(self, plan: Plan, key: str, nodes: list[FieldNode], one: RootField) -> RootCall:
        arguments = self._arguments("Query", nodes[0])
        inner = [node.selection_set for node in nodes if node.selection_set]
        need = Need()
        if one.shape != "page":
            records, cost = self._records(one.of, inner, need)
            plan.cost += _QUESTION_COST + one.usual * cost
            if one.of in KINDS:  # an id may be that of another kind
                records.concrete = False
                need.add(KIND)
            return RootCall(key, one, arguments, frozenset(), need, records)
        page = list_page_of(arguments)
        connected, cost, parts = self._connected(one.of, inner, need)
        plan.cost += _QUESTION_COST * (1 + ("totalCount" in parts)) + page.size * cost
        return RootCall(key, one, arguments, parts, need, None, connected)

    def _records(
        self, of: str, selections: Sequence[SelectionSetNode], need: Need
    ) -> tuple[Records, int]:
        """Compile what is selected of things; the cost is that of the dearest kind."""
        records = Records(of, concrete=is_concrete(of))
        if not records.concrete:
            need.add(KIND)
        dearest = 1
        for kind in members(of):
            outputs: list[Output] = []
            cost = 1
            for key, nodes in self._collect(selections, kind).items():
                output, more = self._output(kind, key, nodes, need)
                outputs.append(output)
                cost += more
            records.by_kind[kind] = outputs
            dearest = max(dearest, cost)
        return records, dearest

    def _output(
        self, kind: str, key: str, nodes: list[FieldNode], need: Need
    ) -> tuple[Output, int]:
        name = nodes[0].name.value
        if name == "__typename":
            return Constant(key, kind), 0
        if name == "id" and "id" in DESCRIBED[kind].fields:
            return Same(key), 1
        one = _field_named(kind, name)
        arguments = self._arguments(kind, nodes[0])
        inner = [node.selection_set for node in nodes if node.selection_set]
        if one.paged:
            return self._paged(one, key, arguments, inner, need)
        if not inner:
            language = arguments.get("language")
            spoken = language.value.lower() if isinstance(language, Enum) else "vi"
            ask = ask_of(one)
            need.add(ask)
            return Plain(key, ask, converter(one, spoken), one.many, one.required), 1
        return self._objects(one, key, arguments, inner, need)

    def _objects(
        self,
        one: Field,
        key: str,
        arguments: Mapping[str, Any],
        inner: list[SelectionSetNode],
        need: Need,
    ) -> tuple[Output, int]:
        depth = arguments.get("depth", 1)
        if not 1 <= depth <= DEEPEST:
            message = f"`depth` must be between 1 and {DEEPEST}, not {depth}"
            raise BadArgumentError(message)
        ask = ask_of(one, None, arguments.items())
        records, cost = self._records(one.of, inner, need.add(ask))
        times = one.usual if one.many else 1
        if one.form is Form.SPECIAL:
            times = _USUAL_BASES * depth
        return Objects(key, ask, one.many, one.required, records), times * cost

    def _paged(
        self,
        one: Field,
        key: str,
        arguments: Mapping[str, Any],
        inner: list[SelectionSetNode],
        need: Need,
    ) -> tuple[Output, int]:
        page = page_of(arguments)
        ask, total = ask_of(one, page), total_of(one)
        connected, cost, parts = self._connected(one.of, inner, child := Need())
        if parts & {"edges", "nodes", "pageInfo"}:
            _merge(need.add(ask), child)
        if "totalCount" in parts:
            need.add(total)
        return Paged(key, ask, total, page, connected), 1 + page.size * cost

    def _connected(
        self, of: str, selections: list[SelectionSetNode], need: Need
    ) -> tuple[Connected, int, frozenset[str]]:
        """Compile what is selected of a connection; its cost is that of one object."""
        connected = Connected()
        parts: set[str] = set()
        cost = 0
        for key, nodes in self._collect(selections, f"{of}Connection").items():
            name = nodes[0].name.value
            parts.add(name)
            inner = [node.selection_set for node in nodes if node.selection_set]
            what: Any = f"{of}Connection"
            if name == "nodes":
                what, more = self._records(of, inner, need)
                cost += more
            elif name == "edges":
                what, more = self._edges(of, inner, need)
                cost += more
            elif name == "pageInfo":
                fields = self._collect(inner, "PageInfo")
                what = {key: nodes[0].name.value for key, nodes in fields.items()}
                what = {k: "PageInfo" if v == "__typename" else v for k, v in what.items()}
            connected.parts.append((key, name, what))
        return connected, cost, frozenset(parts)

    def _edges(
        self, of: str, selections: list[SelectionSetNode], need: Need
    ) -> tuple[list[tuple[str, str, Any]], int]:
        parts: list[tuple[str, str, Any]] = []
        cost = 1
        for key, nodes in self._collect(selections, f"{of}Edge").items():
            name = nodes[0].name.value
            what: Any = f"{of}Edge"
            if name == "node":
                inner = [node.selection_set for node in nodes if node.selection_set]
                what, more = self._records(of, inner, need)
                cost += more
            parts.append((key, name, what))
        return parts, cost

    def _arguments(self, type_name: str, node: FieldNode) -> Mapping[str, Any]:
        parent = self._schema.type_map[type_name]
        assert isinstance(parent, GraphQLObjectType)  # noqa: S101 - only these are compiled
        definition = parent.fields[node.name.value]
        return get_argument_values(definition, node, self._variables) if definition.args else {}

    def _collect(self, selections: Iterable[SelectionSetNode], kind: str) -> Fields:
        """Return the fields that are selected of a type, by key, as GraphQL merges them."""
        fields: Fields = {}
        seen: set[str] = set()
        for selection in selections:
            for node in self._flat(selection, kind, seen):
                fields.setdefault((node.alias or node.name).value, []).append(node)
        return fields

    def _flat(self, selection: SelectionSetNode, kind: str, seen: set[str]) -> Iterator[FieldNode]:
        for node in selection.selections:
            if not self._is_included(node):
                continue
            if isinstance(node, FieldNode):
                yield node
            elif isinstance(node, InlineFragmentNode):
                condition = node.type_condition
                if condition is None or _applies(kind, condition.name.value):
                    yield from self._flat(node.selection_set, kind, seen)
            elif isinstance(node, FragmentSpreadNode) and node.name.value not in seen:
                seen.add(node.name.value)
                fragment = self._fragments[node.name.value]
                if _applies(kind, fragment.type_condition.name.value):
                    yield from self._flat(fragment.selection_set, kind, seen)

    def _is_included(self, node: Any) -> bool:  # noqa: ANN401 - any selection
        if not node.directives:
            return True
        skip = get_directive_values(GraphQLSkipDirective, node, self._variables)
        if skip and skip["if"]:
            return False
        include = get_directive_values(GraphQLIncludeDirective, node, self._variables)
        return not include or bool(include["if"])


def _applies(kind: str, condition: str) -> bool:
    return kind == condition or (kind in DESCRIBED and is_a(kind, condition))


def _field_named(kind: str, name: str) -> Field:
    return _fields(kind)[name]


def _fields(kind: str) -> Mapping[str, Field]:
    if kind not in _BY_GRAPHQL_NAME:
        _BY_GRAPHQL_NAME[kind] = {_camel(n): f for n, f in DESCRIBED[kind].fields.items()}
    return _BY_GRAPHQL_NAME[kind]


_BY_GRAPHQL_NAME: dict[str, Mapping[str, Field]] = {}


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(part.capitalize() for part in rest)


def _merge(into: Need, other: Need) -> None:
    for ask, child in other.asks.items():
        _merge(into.add(ask), child)
