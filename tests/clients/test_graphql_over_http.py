"""The audits of the GraphQL over HTTP working group's reference library."""

from collections.abc import Callable
from typing import Any


def test_every_audit_is_passed(script: Callable[..., Any], server: str) -> None:
    audits = script("audits", f"{server}/graphql")

    assert audits == {"count": 61, "failed": []}
