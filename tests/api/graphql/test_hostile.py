"""What is meant to hurt: each gets a 4xx or `errors`, and the next question its answer."""

import asyncio
import gzip
import json
from collections.abc import Iterator

import httpx
import pytest
from graphql import get_introspection_query

from tests.api.graphql.test_limits import TOO_MUCH

_JSON = {"content-type": "application/json"}
_LARGE = 30_000_000


def _body(query: str) -> bytes:
    return json.dumps({"query": query}).encode()


def _hostile() -> Iterator[tuple[str, dict[str, str], bytes]]:
    for number, (limit, query, _) in enumerate(TOO_MUCH):
        yield f"{limit} {number}", _JSON, _body(query)
    yield "nested braces", _JSON, _body("{ a " * 20_000)
    yield "nested lists in a value", _JSON, _body("{ tasks(filter: " + "[" * 40_000 + ") }")
    yield "open strings", _JSON, _body('{ a(b: "' * 10_000)
    yield "open block strings", _JSON, _body('"""' * 20_001)
    yield "escapes", _JSON, _body('{ a(b: "' + "\\" * 50_001)
    yield "comments", _JSON, _body("#\n" * 45_000)
    yield "many errors", _JSON, _body("{" + " ".join(f"x{n}" for n in range(2_000)) + "}")
    yield (
        "many types unknown",
        _JSON,
        _body(" ".join(f"fragment f{n} on T{n} {{ a }}" for n in range(600))),
    )
    yield (
        "many variables",
        _JSON,
        _body("query(" + " ".join(f"$v{n}: Int" for n in range(1_000)) + ") { __typename }"),
    )
    yield "directives", _JSON, _body("{ __typename" + " @skip(if: false)" * 1_000 + " }")
    yield (
        "circular fragments",
        _JSON,
        _body(
            "{ ...a } "
            + " ".join(f"fragment {x} on Query {{ ...{y} }}" for x, y in ("ab", "bc", "ca"))
        ),
    )
    yield (
        "wide pairs",
        _JSON,
        _body(
            "{"
            + "tasks { nodes { "
            + "section { parent { ... on Section { id title } } } " * 150
            + "} } }"
        ),
    )
    yield "30 MB", _JSON, b'{"query":"{ __typename }","x":"' + b"a" * _LARGE + b'"}'
    yield "nested JSON", _JSON, b"[" * 100_000
    yield (
        "nested variables",
        _JSON,
        b'{"query":"{ __typename }","variables":' + b'{"a":' * 900 + b"1" + b"}" * 900 + b"}",
    )
    yield "invalid UTF-8", _JSON, b'{"query":"\xc3\x28\xff"}'
    yield "gzip bomb", {**_JSON, "content-encoding": "gzip"}, gzip.compress(b"0" * _LARGE)
    yield "zstd", {**_JSON, "content-encoding": "zstd"}, b"\x28\xb5\x2f\xfd"
    yield "1,000 operations", _JSON, json.dumps([{"query": "{ __typename }"}] * 1_000).encode()
    yield (
        "huge number",
        _JSON,
        b'{"query":"query($n: Int) { tasks(first: $n) { totalCount } }","variables":{"n":'
        + b"9" * 4_000
        + b"}}",
    )
    yield (
        "huge number in the query",
        _JSON,
        _body("{ tasks(first: " + "9" * 20_000 + ") { totalCount } }"),
    )


@pytest.mark.parametrize(
    ("headers", "body"), [case[1:] for case in _hostile()], ids=[case[0] for case in _hostile()]
)  # fmt: skip
def test_hostile_requests_are_refused(
    client: httpx.Client, headers: dict[str, str], body: bytes
) -> None:
    try:
        response = client.post("/graphql", headers=headers, content=body)
    except httpx.TransportError:  # the server may close on a body that is too large to read on
        assert len(body) > 1_000_000
    else:
        assert 400 <= response.status_code < 500
        assert "Traceback" not in response.text
    answer = client.post("/graphql", json={"query": "{ plans { totalCount } }"})
    assert answer.json() == {"data": {"plans": {"totalCount": 5}}}


def test_introspection_by_the_thousand(server: str) -> None:
    """A flood of questions about the schema, each a little different, leaves room for others."""
    query = get_introspection_query()

    async def flood() -> list[int]:
        limits = httpx.Limits(max_connections=30)
        async with httpx.AsyncClient(base_url=server, timeout=60, limits=limits) as client:

            async def ask(number: int) -> int:
                body = {"query": f"#{number}\n{query}"}
                return (await client.post("/graphql", json=body)).status_code

            asked = [asyncio.create_task(ask(number)) for number in range(60)]
            other = await client.post("/graphql", json={"query": "{ plans { totalCount } }"})
            assert other.json() == {"data": {"plans": {"totalCount": 5}}}
            return await asyncio.gather(*asked)

    assert set(asyncio.run(flood())) == {200}
