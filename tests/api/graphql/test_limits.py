"""Every bound of a request: it is refused before it runs, with the limit and what it came to."""
# ruff: noqa: E501 - an operation of a table stays on one line

from collections.abc import Callable
from typing import Any

import pytest

from api.graphql.limits import LoopError, RequestLimits, check_text
from api.graphql.preparing import DocumentError
from api.graphql.problems import BadArgumentError, LimitError, RequestError
from tests.api.graphql.conftest import Runner

LIMITS = RequestLimits()


def _doubling(levels: int) -> str:
    """Return fragments of which each spreads the next twice: 2^levels fields."""
    named = (f"fragment f{n} on Query {{ ...f{n + 1} ...f{n + 1} }}" for n in range(levels))
    return f"{{ ...f0 }} {' '.join(named)} fragment f{levels} on Query {{ __typename }}"


def _deep(levels: int) -> str:
    return f"{{ tasks {{ nodes {'{ parentTask ' * levels}{{ id }}{' }' * levels} }} }}"


TOO_MUCH: list[tuple[str, str, int]] = [
    ("characters", "{ a }" + " " * LIMITS.characters, LIMITS.characters),
    ("lines", "{ a }" + "\r\n" * LIMITS.lines, LIMITS.lines),
    ("definitions", "query q { a } " * 251, LIMITS.definitions),
    ("values", "{ tasks(" + "first: 1 " * 1_001 + ") { totalCount } }", LIMITS.values),
    (
        "values",
        "{ tasks(filter: {document: [" + '"a" ' * 1_000 + "]}) { totalCount } }",
        LIMITS.values,
    ),
    ("values", "{ __typename" + " @skip(if: true)" * 501 + " }", LIMITS.values),
    (
        "values",
        "query(" + " ".join(f"$v{n}: Int = 1" for n in range(501)) + ") { __typename }",
        LIMITS.values,
    ),
    ("nesting", "{a" * 10_000 + "}" * 10_000, LIMITS.nesting),
    ("nesting", "{ tasks(filter: " + "[" * 10_000, LIMITS.nesting),
    ("depth", _deep(20), LIMITS.depth),
    # A fragment is as deep wherever it stands, and its depth adds to that of the place.
    (
        "depth",
        "{ tasks { nodes { ...a } } } "
        + " ".join(
            f"fragment {x} on Task {{ parentTask {{ parentTask {{ parentTask {{ ...{y} }} }} }} }}"
            for x, y in ("ab", "bc", "cd", "df", "fe")
        )
        + " fragment e on Task { id }",
        LIMITS.depth,
    ),
    ("aliases", "{" + " ".join(f"a{n}: __typename" for n in range(1000)) + "}", LIMITS.aliases),
    ("fields", _doubling(40), LIMITS.fields),
    ("pairs", "{" + " __typename" * 1000 + "}", LIMITS.pairs),
    # The same ten fields ten times inside each other meet in a hundred, a thousand … pairs.
    (
        "pairs",
        "{ tasks { nodes { " + "parentTask { subTasks { id } } " * 200 + "} } }",
        LIMITS.pairs,
    ),
    (
        "introspection depth",
        "{ __schema { types " + "{ fields { type " * 11 + "{ name }" + " } }" * 11 + " } }",
        LIMITS.introspection_depth,
    ),
    (
        "cost",
        "{ documents(first: 1000) { nodes { tasks(first: 1000) { nodes { text } } } } }",
        LIMITS.cost,
    ),
    (
        "cost",
        "{ tasks(first: 1000) { nodes { evidence { fact { ... on Task { citations { place {"
        " ... on Task { assignments { agency { led: ledTasks(first: 1000) { nodes { id } } } }"
        " } } } } } } } } }",
        LIMITS.cost,
    ),
    (
        "number of fields at the top",
        "{" + " ".join(f"a{n}: tasks {{ totalCount }}" for n in range(50)) + "}",
        LIMITS.lists,
    ),
    (
        "values of `province`",
        "{ tasks(filter: {province: [" + '"https://x.y/z" ' * 101 + "]}) { totalCount } }",
        100,
    ),
    (
        "characters of `text`",
        '{ tasks(filter: {text: "' + "a" * 501 + '"}) { totalCount } }',
        500,
    ),
]


@pytest.mark.parametrize(("limit", "query", "allowed"), TOO_MUCH)
def test_what_is_too_much_is_refused(runner: Runner, limit: str, query: str, allowed: int) -> None:
    with pytest.raises(LimitError) as caught:
        runner.result(query)

    assert caught.value.code == "LIMIT"
    assert caught.value.extensions["limit"] == limit
    assert caught.value.extensions["allowed"] == allowed
    assert int(str(caught.value.extensions["cost"])) > allowed


def test_brackets_in_strings_and_comments_are_none() -> None:
    check_text(
        '{ a(b: "' + "{" * 500 + '\\"") #' + "(" * 500 + '\n c(d: """' + "[" * 500 + '""") }',
        LIMITS,
    )


def test_tokens_are_bounded(runner: Runner) -> None:
    with pytest.raises(DocumentError, match="token"):
        runner.result("{ a" + " a" * LIMITS.tokens + " }")


@pytest.mark.parametrize(
    "query",
    [
        "{ ...a } fragment a on Query { ...a }",
        "{ ...a } fragment a on Query { ...b } fragment b on Query { ...c }"
        " fragment c on Query { ...a }",
        # Not used, but a loop all the same.
        "{ __typename } fragment a on Query { ... { ...a } }",
    ],
)  # fmt: skip
def test_a_loop_of_fragments_is_refused(runner: Runner, query: str) -> None:
    with pytest.raises(LoopError, match="spreads itself"):
        runner.result(query)


def _nested(levels: int) -> dict[str, Any]:
    value: dict[str, Any] = {}
    for _ in range(levels):
        value = {"a": value}
    return value


@pytest.mark.parametrize(
    ("query", "variables", "error", "says"),
    [
        ("{ tasks(first: -1) { totalCount } }", {}, BadArgumentError, "between 0 and 1000"),
        ("{ tasks(first: 1001) { totalCount } }", {}, BadArgumentError, "between 0 and 1000"),
        ("{ tasks(last: 1001) { totalCount } }", {}, BadArgumentError, "`last` must be"),
        ("{ tasks(first: 1, last: 1) { totalCount } }", {}, BadArgumentError, "not both"),
        ('{ tasks(after: "x") { totalCount } }', {}, BadArgumentError, "no cursor"),
        # Cursors of another order, at the top and below: "i5" where words order, "sabc" elsewhere.
        ('{ agencies(sort: {by: LABEL}, after: "aTUJaHR0cHM6Ly94Lnkveg==") { totalCount } }', {}, BadArgumentError, "another order"),
        ('{ tasks(after: "c2FiYwlodHRwczovL3gueS96") { totalCount } }', {}, BadArgumentError, "another order"),
        ('{ plans { nodes { tasks(before: "c2FiYwlodHRwczovL3gueS96") { totalCount } } } }', {}, BadArgumentError, "another order"),
        # A place beyond all numbers that the store knows.
        ('{ tasks(after: "aTk5OTk5OTk5OTk5OTk5OTk5OTk5CWh0dHBzOi8veC55L3o=") { totalCount } }', {}, BadArgumentError, "no cursor"),
        ('{ tasks(filter: {dueSince: "soon"}) { totalCount } }', {}, DocumentError, "no day"),
        ('{ tasks(filter: {dueSince: "2025-02-30"}) { totalCount } }', {}, DocumentError, "no day"),
        ('{ tasks(filter: {dueSince: "20250630"}) { totalCount } }', {}, DocumentError, "no day"),
        ("query($d: Date) { tasks(filter: {dueUntil: $d}) { totalCount } }", {"d": 2025}, DocumentError, "no day"),
        # A cursor that would end the query, if it were let in.
        ('{ tasks(after: "aTEJIj4gfQ==") { totalCount } }', {}, BadArgumentError, "no cursor"),
        ("{ plans { nodes { tasks(first: -1) { totalCount } } } }", {}, BadArgumentError, "between"),
        ("{ tasks { nodes { legalBasis(depth: 7) { gaps { code } } } } }", {}, BadArgumentError, "1 and 6"),
        ('{ search(text: "a", first: 1001) { text } }', {}, BadArgumentError, "between"),
        ("query($n: Int!) { tasks(first: $n) { totalCount } }", {"n": "x"}, DocumentError, "Int"),
        ("query($n: Int!) { tasks(first: $n) { totalCount } }", {}, DocumentError, r"\$n"),
        ("query($f: TaskFilter) { tasks(filter: $f) { totalCount } }", {"f": _nested(200)}, DocumentError, "TaskFilter"),
        ("query($f: TaskFilter) { tasks(filter: $f) { totalCount } }", {"f": _nested(300)}, LimitError, "nesting"),
        ("{ nope }", {}, DocumentError, "Cannot query field"),
        ("{ tasks", {}, DocumentError, "Syntax Error"),
        ("query a { __typename } query b { __typename }", {}, RequestError, "operationName"),
        ("fragment a on Query { __typename }", {}, RequestError, "Fragment|operation"),
    ],
)  # fmt: skip
def test_what_means_nothing_is_refused(
    runner: Runner, query: str, variables: dict[str, Any], error: type[Exception], says: str
) -> None:
    with pytest.raises(error, match=says):
        runner.result(query, variables)


@pytest.mark.parametrize(
    ("words", "check"),
    [
        # What would be SPARQL stays a text.
        ('") } DROP ALL #', lambda found: found == 0),
        ("\\", lambda found: found == 0),
        ("\u0000", lambda found: found == 0),
        ("  chuyển   đổi\nsố ", lambda found: found > 0),
    ],
)
def test_texts_of_filters_are_texts(
    runner: Runner, words: str, check: Callable[[int], bool]
) -> None:
    query = "query($t: String) { tasks(filter: {text: $t}) { totalCount } }"

    assert check(runner.data(query, {"t": words})["tasks"]["totalCount"])


def test_ids_that_are_no_iris_are_nothing(runner: Runner) -> None:
    evil = "https://x.y/> } DROP ALL"
    query = "query($i: ID!) { node(id: $i) { id } nodes(ids: [$i]) { id } tasks(filter: {document: [$i]}) { totalCount } }"

    assert runner.data(query, {"i": evil}) == {
        "node": None,
        "nodes": [None],
        "tasks": {"totalCount": 0},
    }
