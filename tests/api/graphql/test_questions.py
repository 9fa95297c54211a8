"""How many questions an operation puts to the store: by its depth, not by its objects."""

import pytest

from tests.api.graphql.conftest import Runner

_LEVELS = [
    # A list alone costs its page, which the tables give without a question.
    ("{ tasks(first: %d) { nodes { id } } }", 0),
    ("{ tasks(first: %d) { totalCount nodes { text order pillarLabel } } }", 1),
    (
        "{ tasks(first: %d) { nodes { text evidence { quote } section { title } leadAgencies "
        "{ label } deadlines { value } } } }",
        2,
    ),
    (
        "{ tasks(first: %d) { nodes { evidence { document { sha256 issuer { label "
        "answersToday { label } } } } } } }",
        5,
    ),
    # By SPARQL the page is a question too.
    ("{ mentions(first: %d) { nodes { agencyName agency { label } evidence { quote } } } }", 3),
    # Pages in a list, their totals, and what is in them: still a question a level.
    (
        "{ sections(first: %d) { nodes { title tasks(first: 2) { totalCount nodes { text "
        "evidence { quote } } } targets { nodes { value } } } } }",
        4,
    ),
    # The whole chain of bases is one question, beside those of its level.
    (
        "{ tasks(first: %d) { nodes { text legalBasis(depth: 5) { edges { kind instrument { "
        "number } evidence { quote } } } } } }",
        3,
    ),
]  # fmt: skip


@pytest.mark.parametrize(("query", "questions"), _LEVELS)
def test_questions_follow_the_depth_alone(runner: Runner, query: str, questions: int) -> None:
    for size in (10, 60):
        assert runner.result(query % size).facts.questions == questions


def test_lists_beside_each_other_are_read_together(runner: Runner) -> None:
    query = "{ a: tasks(first: 3) { nodes { text } } b: tasks(last: 3) { nodes { text } } c: citations(first: 2) { nodes { text } } }"  # noqa: E501

    assert runner.result(query).facts.questions == 1
