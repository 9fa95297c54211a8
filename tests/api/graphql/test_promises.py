"""What clients were promised by the last release is kept, or the changelog says otherwise."""

import re

import pytest
from graphql import BreakingChange, build_schema, find_breaking_changes

from tests.api.graphql.released import NOW, RELEASED, ROOT


def unreleased(changelog: str) -> str:
    """Return what the changelog says of the release to come."""
    return changelog.partition("\n## Unreleased\n")[2].partition("\n## ")[0]


def untold(before: str, after: str, told: str) -> list[BreakingChange]:
    """Return the breaking changes whose place ("Task.order") what is told does not name."""
    changes = find_breaking_changes(build_schema(before), build_schema(after))
    return [change for change in changes if _place(change) not in told]


def _place(change: BreakingChange) -> str:
    """Return what a change is about: "Field Task.order was removed." is about Task.order."""
    found = re.search(r"\w+\.\w+|(?<=Type )\w+", change.description)
    return found[0] if found else change.description


def test_no_promise_is_broken_without_a_word() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")

    before, after = (path.read_text(encoding="utf-8") for path in (RELEASED, NOW))
    assert untold(before, after, unreleased(changelog)) == []


@pytest.mark.parametrize(
    ("after", "told", "untold_changes"),
    [
        # Nothing changed, or only something came.
        ("type Query { tasks: Int! }", "", 0),
        ("type Query { tasks: Int!, plans: Int }", "", 0),
        # A field is gone, and the changelog is silent, or names it.
        ("type Query { plans: Int }", "", 1),
        ("type Query { plans: Int }", "- `Query.tasks` is gone", 0),
        # What could not be null now can.
        ("type Query { tasks: Int }", "- `Query.plans` is new", 1),
    ],
)
def test_a_broken_promise_must_be_told(after: str, told: str, untold_changes: int) -> None:
    before = "type Query { tasks: Int! }"

    assert len(untold(before, after, told)) == untold_changes
