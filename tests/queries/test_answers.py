"""Every named question has the answer on the shipped corpus that was checked by reading it.

The answers stand in `expected/NAME.csv`, asked with the default parameters.
"""

from pathlib import Path

import pytest

from graph.store import Store
from queries.catalogue import NamedQuery, bind, named_queries

EXPECTED = Path(__file__).parent / "expected"
QUERIES = named_queries()


@pytest.fixture(scope="module")
def store(corpus_store: Path) -> Store:
    return Store(corpus_store)


@pytest.mark.parametrize("query", QUERIES, ids=[query.name for query in QUERIES])
def test_a_named_question_has_its_answer(query: NamedQuery, store: Store) -> None:
    answer = store.query(query.text, "csv", bind(query, {})).decode().replace("\r\n", "\n")

    assert answer == (EXPECTED / f"{query.name}.csv").read_text(encoding="utf-8")
    assert answer.count("\n") > 1, "a question that finds nothing proves nothing"


@pytest.mark.parametrize("query", QUERIES, ids=[query.name for query in QUERIES])
def test_every_variable_that_can_be_set_is_used(query: NamedQuery) -> None:
    for parameter in query.parameters:
        body = "\n".join(line for line in query.text.splitlines() if not line.startswith("#+"))
        assert f"?{parameter.name}" in body


def test_no_answer_is_left_over() -> None:
    assert {path.stem for path in EXPECTED.glob("*.csv")} == {query.name for query in QUERIES}


def test_each_kind_of_user_has_questions() -> None:
    assert {query.audience for query in QUERIES} == {"researcher", "developer", "auditor"}
    assert len(QUERIES) >= 15


def test_a_parameter_changes_the_answer(store: Store) -> None:
    query = next(query for query in QUERIES if query.name == "reports_due_in_month")

    december = store.query(query.text, "csv", bind(query, {"month": "12"})).decode()

    assert "05/12" in december
    assert "30/6/2025" not in december
