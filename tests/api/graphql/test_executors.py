"""The compiled plan and graphql-core write the same answers, to the order of the keys."""

import json
from typing import Any

import pytest
from graphql import OperationDefinitionNode, parse

from api.graphql.executing import Executor
from graph.reader.asks import ask_of
from graph.reader.kinds import KINDS
from graph.reader.reading import Facts
from tests.api.graphql.conftest import Runner
from tests.api.graphql.test_parity import OPERATIONS

_PLAN = "https://w3id.org/cancu/eli/vn/hung-yen/ubnd/kh/2025/44"
_RESOLUTION = "https://w3id.org/cancu/eli/vn/tw/nq/2024/57"
_FINANCE = "https://w3id.org/cancu/agency/hau-giang/so-tai-chinh"
_CASES: list[tuple[str, dict[str, Any]]] = [
    # Names at the top, twice the same, under other names.
    ("{ __typename a: __typename release { id } b: release { id __typename } }", {}),
    # Fields of one key are merged, from fragments too, in the order of their first appearance.
    (
        "{ tasks(first: 2) { nodes { section { id } ...a text section { title number } } } }"
        " fragment a on Task { order section { number } ...b } fragment b on Node { id }",
        {},
    ),
    # Types of an interface and of a union, with fields under one key that differ by type.
    (
        "query($ids: [ID!]!) { nodes(ids: $ids) { __typename id"
        " ... on Plan { name: number fileName } ... on Organization { name: label(language: EN) }"
        " ... on Document { fileName sections(first: 1) { nodes { title } } } } }",
        {"ids": [_PLAN, "https://w3id.org/nothing", _RESOLUTION, _FINANCE, "no iri", _PLAN]},
    ),
    (
        "{ citations(first: 30) { nodes { place { __typename ... on Task { text } ... on "
        "Section { number } ... on Document { fileName } } } } }",
        {},
    ),
    # Directives with and without variables.
    (
        "query($yes: Boolean!, $no: Boolean!) { plans(first: 1) { nodes { id @skip(if: $yes)"
        " fileName @include(if: $yes) ...p @include(if: $no) ... @skip(if: $no) { sha256 } } } }"
        " fragment p on Plan { encoding }",
        {"yes": True, "no": False},
    ),
    # An id of another kind, and one that is none at all.
    (
        f'{{ task(id: "{_PLAN}") {{ id }} node(id: "<>") {{ id }} document(id: "{_PLAN}") {{ '
        f'__typename }} }}',
        {},
    ),
    # Pages forwards and backwards, edges under two keys, nothing but the total.
    (
        "{ tasks(last: 2) { pageInfo { hasNextPage hasPreviousPage } edges { node { order } "
        "} e: edges { cursor __typename } } }",
        {},
    ),
    (
        "{ tasks(first: 0) { totalCount __typename nodes { id } pageInfo { endCursor "
        "__typename } } }",
        {},
    ),
    (
        "{ plans { nodes { tasks(last: 3) { totalCount edges { cursor node { order } } "
        "pageInfo { startCursor hasPreviousPage } } citations(first: 0) { totalCount } } } }",
        {},
    ),
    # Lists in lists, single things in between, labels in both languages.
    (
        "{ assignments(first: 20) { nodes { role roleLabel vi: roleLabel(language: EN) inherited"
        " agency { __typename label otherNames kind { label(language: EN) } province { label }"
        " answersToday { label answerStatusLabel } parentOr: succeededBy { id }"
        " ... on Organization { parent { label } } ... on AgencyGroup { memberKinds { label } }"
        " } } } }",
        {},
    ),
    # Numbers, years, days, missing values.
    (
        "{ targets(first: 100) { nodes { value minimum maximum year comparator unit unitText "
        "base indicator { label(language: EN) targets { totalCount } } } } deadlines(first: "
        "100) { nodes { due latestDate begins ends schedule { month monthDay frequency } "
        "tasks { order } } } }",
        {},
    ),
    # The chain of bases, with sources of several kinds.
    (
        "query($cited: [ID!]) { tasks(first: 5, filter: {cites: $cited}) { nodes {"
        " legalBasis(depth: 4) { edges { distance kind strength source { __typename"
        " ... on Task { text } ... on Instrument { label } } instrument { __typename number }"
        " evidence { quote verified } } gaps { code message m: message(language: EN)"
        " place { __typename } gap { message } } } } } }",
        {"cited": [_RESOLUTION]},
    ),
    (
        f'{{ plan(id: "{_PLAN}") {{ legalBasis {{ edges {{ kind }} }}'
        " two: legalBasis(depth: 2) { edges { kind distance } } } }",
        {},
    ),
    # Everything around evidence, back to the fact.
    (
        "{ evidences(first: 50) { nodes { quote prefix suffix start end rule confidence "
        "field review reviewLabel verified document { sha256 } extraction { software review "
        "} fact { __typename ... on Extracted { document { fileName } } } } } }",
        {},
    ),
    # What is no node of the graph.
    (
        '{ codes(list: Pillar) { code iri label definition(language: EN) } taskFacets(by: '
        '[PROVINCE, KIND, PROVINCE], filter: {hasLead: true}) { name values { value count '
        'label(language: EN) } } }',
        {},
    ),
    (
        '{ catalogue(audience: AUDITOR) { name summary audience parameters { name kind '
        'default description } } a: answer(name: "tasks_due_before", parameters: [{name: '
        '"date", value: "2025-03-31"}]) { columns rows count question { name } } b: '
        'answer(name: "documents") { rows } }',
        {},
    ),
    (
        '{ search(text: "chuyển đổi số", kinds: [Task, Section], first: 5) { text score '
        'property node { __typename id ... on Task { order } } } }',
        {},
    ),
    (
        "{ release { id dataset { label triples documents parts { id review } } } datasets "
        "{ nodes { id label attributedTo } } changes(first: 5) { nodes { label date reason "
        "originals { __typename ... on Node { id } ... on Province { label } } basedOn { "
        "label } } } }",
        {},
    ),
]  # fmt: skip
_OPERATIONS = [
    *((query, None, variables) for query, variables in _CASES),
    *(
        (OPERATIONS, definition.name.value, {})
        for definition in parse(OPERATIONS).definitions
        if isinstance(definition, OperationDefinitionNode) and definition.name
    ),
]


@pytest.mark.parametrize(("query", "operation", "variables"), _OPERATIONS)
def test_both_executors_write_the_same(
    runner: Runner, query: str, operation: str | None, variables: dict[str, Any]
) -> None:
    compiled = runner.result(query, variables, operation=operation)
    core = runner.result(query, variables, operation=operation, core=True)

    assert compiled.compiled
    assert not core.compiled
    assert core.errors == []
    assert json.dumps(compiled.data) == json.dumps(core.data)
    assert compiled.facts.questions == core.facts.questions


def test_introspection_beside_data_is_written_by_graphql_core(runner: Runner) -> None:
    result = runner.result("{ __schema { queryType { name } } plans { nodes { fileName } } }")

    assert not result.compiled
    assert isinstance(result.data, dict)
    assert result.data["__schema"] == {"queryType": {"name": "Query"}}
    assert len(result.data["plans"]["nodes"]) == 5


def test_a_hole_in_the_data_is_an_error_of_its_field(runner: Runner) -> None:
    # A reader that loses the words of a task, which must be there: the task goes, with an error.
    world = runner.executor.world
    lost = ask_of(KINDS["Task"].fields["text"])

    class Losing:
        async def fill_all(self, facts: Facts, starts: Any) -> None:  # noqa: ANN401
            await world.reader.fill_all(facts, starts)
            facts.of(lost).clear()

    losing = Executor(
        type(world)(world.engine, Losing(), world.lists),  # type: ignore[arg-type]
        runner.executor.limits,
    )
    prepared = runner.loop.run(
        losing.prepare("{ tasks(first: 1) { nodes { order text } } plans { totalCount } }")
    )

    result = runner.loop.run(losing.run(prepared, None, {}))

    assert result.data is None
    assert result.errors[0]["path"] == ["tasks", "nodes", 0, "text"]
    assert result.errors[0]["extensions"]["code"] == "INTERNAL"
