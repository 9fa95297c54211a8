"""docs/graphql.md: each operation runs and finds something; limits and codes are those in force."""

import re
from pathlib import Path
from typing import Any

import pytest

from api.graphql.limits import RequestLimits
from api.graphql.paging import LARGEST, SIZE
from api.graphql.problems import CODES
from tests.api.graphql.conftest import Runner

DOCS = (Path(__file__).parents[3] / "docs" / "graphql.md").read_text(encoding="utf-8")
_OPERATIONS = dict(re.findall(r"```graphql\n(?=query (\w+))(.*?)```", DOCS, re.DOTALL))
_VARIABLES: dict[str, dict[str, Any]] = {
    "DueSoon": {"agency": ["https://w3id.org/cancu/agency/hung-yen/dang-uy-uy-ban-nhan-dan-tinh"]},
    "LegalBasis": {
        "task": "https://w3id.org/cancu/eli/vn/hau-giang/ubnd/kh/2025/_48439605/muc/II.1/nhiem-vu/2"
    },
    "Instrument": {"id": "https://w3id.org/cancu/eli/vn/tw/nq/2024/57"},
    "Today": {"id": "https://w3id.org/cancu/agency/hau-giang/so-tai-chinh"},
    "Any": {"ids": ["https://w3id.org/cancu/eli/vn/tw/nq/2024/57"]},
}


@pytest.mark.parametrize("name", list(_OPERATIONS))
def test_operations_run(runner: Runner, name: str) -> None:
    data = runner.data(_OPERATIONS[name], _VARIABLES.get(name))

    assert all(_holds_something(value) for value in data.values())


def _holds_something(value: Any) -> bool:  # noqa: ANN401 - any JSON value
    if isinstance(value, dict):
        return any(_holds_something(part) for part in value.values())
    return bool(value)


def test_there_are_operations() -> None:
    assert len(_OPERATIONS) == 10


def test_codes_are_listed() -> None:
    listed = dict(re.findall(r"^\| `([A-Z_]+)` \| (.+?) \|$", DOCS, re.MULTILINE))

    assert listed == CODES


def test_limits_are_those_in_force() -> None:
    limits = RequestLimits()
    listed = dict(re.findall(r"^\| ([a-z][^|`]+) \| ([\d,]+)", DOCS, re.MULTILINE))

    assert listed == {
        "cost of an operation, or of a batch": f"{limits.cost:,}",
        "depth": f"{limits.depth}",
        "fields and spreads of a document": f"{limits.fields:,}",
        "aliases": f"{limits.aliases}",
        "fields of one name in one place, two by two": f"{limits.pairs:,}",
        "fields at the top": f"{limits.lists}",
        "characters of a document": f"{limits.characters:,}",
        "lines of a document": f"{limits.lines:,}",
        "tokens of a document": f"{limits.tokens:,}",
        "operations and fragments of a document": f"{limits.definitions}",
        "values and variables in a document": f"{limits.values:,}",
        "selections, braces or brackets inside each other": f"{limits.nesting}",
        "values that a question about the schema may be expected to give": (
            f"{limits.introspection_values:,}"
        ),
        "bytes of the variables": f"{limits.variables:,}",
        "operations in a batch": f"{limits.batch}",
        "bytes of a request": "1,000,000",
        "seconds": f"{limits.seconds:g}",
    }
    assert f"{SIZE} things if nothing is said,\nat most {LARGEST:,}" in DOCS


def test_the_first_answer_is_that_of_the_shipped_corpus(runner: Runner) -> None:
    assert '{"data":{"tasks":{"totalCount":300}}}' in DOCS
    assert runner.data("{ tasks { totalCount } }") == {"tasks": {"totalCount": 300}}
