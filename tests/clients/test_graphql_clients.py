"""Clients of GraphQL, unchanged: what they are given is what the server says to anyone."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from gql import Client, gql
from gql.transport.exceptions import TransportQueryError
from gql.transport.httpx import HTTPXTransport
from graphql import build_schema, get_introspection_query, lexicographic_sort_schema, print_schema

from tests.node import run

ROOT = Path(__file__).parents[2]
SDL = ROOT / "api/graphql/schema.graphql"
_PLAIN = {"accept": "application/json"}


@pytest.fixture
def endpoint(server: str) -> str:
    return f"{server}/graphql"


@pytest.fixture
def first_tasks(clients: Path, endpoint: str) -> list[dict[str, Any]]:
    """Return the first six tasks as a program without any client finds them."""
    _, text, _ = (clients / "operations.mjs").read_text(encoding="utf-8").split("`")
    body = {"query": text, "variables": {"first": 6}}
    answered = httpx.post(endpoint, json=body, headers=_PLAIN, timeout=30).json()
    return [edge["node"] for edge in answered["data"]["tasks"]["edges"]]


def nodes(page: Any) -> Any:  # noqa: ANN401
    """Return the tasks of a page; Apollo asks for the name of each type besides."""
    return [_without_types(edge["node"]) for edge in page["edges"]]


def _without_types(value: Any) -> Any:  # noqa: ANN401
    if isinstance(value, list):
        return [_without_types(one) for one in value]
    if isinstance(value, dict):
        return {k: _without_types(one) for k, one in value.items() if k != "__typename"}
    return value


@pytest.mark.parametrize(
    ("client", "pages"),
    [
        # Variables, a fragment, its own class of errors.
        ("graphql-request", 1),
        # The same by POST and by GET, through its cache.
        ("urql", 2),
        # Persisted queries by GET, and a cache that knows things by id.
        ("apollo", 2),
    ],
)
def test_a_client_finds_tasks_page_by_page(
    script: Callable[..., Any],
    endpoint: str,
    first_tasks: list[dict[str, Any]],
    client: str,
    pages: int,
) -> None:
    found = script(client, endpoint)

    assert [task for page in found["pages"] for task in nodes(page)] == first_tasks[: 3 * pages]
    assert found["refused"] == "INVALID"


def test_apollo_joins_pages_and_sends_a_document_once(
    script: Callable[..., Any], endpoint: str
) -> None:
    found = script("apollo", endpoint)

    assert found["joined"] == 6
    # Another test may have sent the document before: then its digest is enough.
    hashed, text = ["GET", False], ["POST", True]
    assert [asked for asked in found["asked"] if asked != text][:2] == [hashed, hashed]


def test_what_relay_compiles_is_answered(clients: Path, endpoint: str, tmp_path: Path) -> None:
    folder = shutil.copytree(clients / "relay", tmp_path / "relay")
    shutil.copy(SDL, folder / "schema.graphql")
    (folder / "made").mkdir()
    (folder / "operations.json").write_text("{}")
    compiler = clients / "node_modules/.bin/relay-compiler"

    run(folder, compiler, "relay.config.json")

    operations: dict[str, str] = json.loads((folder / "operations.json").read_text())
    assert len(operations) == 4
    plan = _first_plan(endpoint)
    for digest, text in operations.items():
        variables = {"id": plan, "first": 3} if "$id" in text else {}
        first = _ask(endpoint, variables, query=text, documentId=digest)
        # What an application with persisted queries sends, once the server has the text.
        again = _ask(endpoint, variables, documentId=digest)
        assert "errors" not in first
        assert first == again
        assert "sha256" in json.dumps(first)


def test_gql_checks_operations_against_the_schema_that_it_fetches(
    endpoint: str, first_tasks: list[dict[str, Any]]
) -> None:
    transport = HTTPXTransport(url=endpoint, timeout=30)
    query = gql("query ($n: Int!) { tasks(first: $n) { nodes { id text evidence { quote } } } }")
    with Client(transport=transport, fetch_schema_from_transport=True) as session:
        query.variable_values = {"n": 6}
        found = session.execute(query)["tasks"]["nodes"]
        with pytest.raises(TransportQueryError, match="one-of-none"):
            session.execute(gql('{ answer(name: "one-of-none") { __typename } }'))
        assert session.client.schema is not None
        fetched = print_schema(lexicographic_sort_schema(session.client.schema))

    assert [task["id"] for task in found] == [task["id"] for task in first_tasks]
    written = build_schema(SDL.read_text(encoding="utf-8"))
    assert fetched == print_schema(lexicographic_sort_schema(written))


def test_introspection_with_all_that_tools_ask_for(endpoint: str) -> None:
    query = get_introspection_query(
        specified_by_url=True,
        directive_is_repeatable=True,
        schema_description=True,
        input_value_deprecation=True,
    )

    found = _ask(endpoint, {}, query=query)

    assert found["data"]["__schema"]["queryType"]["name"] == "Query"


def _first_plan(endpoint: str) -> str:
    found = _ask(endpoint, {}, query="{ plans(first: 1) { nodes { id } } }")
    return str(found["data"]["plans"]["nodes"][0]["id"])


def _ask(endpoint: str, variables: dict[str, Any], **request: str) -> Any:  # noqa: ANN401
    body = {**request, "variables": variables}
    return httpx.post(endpoint, json=body, headers=_PLAIN, timeout=30).json()
