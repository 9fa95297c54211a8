"""What is meant to hurt: each gets a 4xx or `errors`, and the next question its answer."""

import asyncio
import contextlib
import gc
import time

import httpx
import pytest
from graphql import Source, get_introspection_query

from api.cache import BoundedCache
from api.graphql.problems import RequestError
from tests.api.graphql.attacks import Attack, attacks, schema_attacks
from tests.api.graphql.conftest import Runner

_ATTACKS = list(attacks())
_ON_THE_SCHEMA = list(schema_attacks())
_PLANS = "{ plans { totalCount } }"


@pytest.mark.parametrize("attack", _ATTACKS, ids=[one.name for one in _ATTACKS])
def test_hostile_requests_are_refused(client: httpx.Client, attack: Attack) -> None:
    try:
        response = client.post("/graphql", headers=attack.headers, content=attack.body)
    except httpx.TransportError:  # the server may close on a body that is too large to read on
        assert len(attack.body) > 1_000_000
    else:
        assert 400 <= response.status_code < 500
        assert response.json()["errors"][0]["extensions"]["code"] != "INTERNAL"
        assert "Traceback" not in response.text
    answer = client.post("/graphql", json={"query": _PLANS})
    assert answer.json() == {"data": {"plans": {"totalCount": 5}}}


@pytest.mark.parametrize("attack", _ON_THE_SCHEMA[1:], ids=[one.name for one in _ON_THE_SCHEMA[1:]])
def test_too_much_of_the_schema_is_refused(client: httpx.Client, attack: Attack) -> None:
    usual = client.post("/graphql", headers=attack.headers, content=_ON_THE_SCHEMA[0].body)
    response = client.post("/graphql", headers=attack.headers, content=attack.body)

    assert usual.json()["data"]["__schema"]["queryType"] == {"name": "Query", "kind": "OBJECT"}
    assert response.json()["errors"][0]["extensions"]["limit"] == "introspection values"


@pytest.mark.parametrize(
    "query",
    [
        "{ " + "\n" * 9_000 + " ".join(f"x{number}" for number in range(25)) + " }",
        "{ tasks(" + "first: 1 " * 990 + ") { totalCount } }",
        get_introspection_query(),
    ],
    ids=["errors behind many lines", "an argument again and again", "introspection"],
)
def test_others_have_the_event_loop_meanwhile(runner: Runner, query: str) -> None:
    executor = runner.executor

    async def share_of_the_loop() -> float:
        own, whole = time.thread_time(), time.process_time()
        with contextlib.suppress(RequestError):
            prepared = await executor.prepare(f"#{id(query)}\n{query}")
            await executor.run(prepared, None, {})
        return (time.thread_time() - own) / (time.process_time() - whole)

    gc.disable()  # a pass of the collector falls to whichever thread is at work
    try:
        share = runner.loop.run(share_of_the_loop())
    finally:
        gc.enable()

    # Of the processor's time, and not of the clock's: how busy the machine is makes no difference.
    assert share < 0.5


def test_what_was_refused_is_not_kept(runner: Runner) -> None:
    text = "{ nothingOfTheKind } # refused, and kept as refused"

    for _ in range(2):
        with pytest.raises(RequestError, match="Cannot query field"):
            runner.result(text)

    gc.collect()
    assert [one for one in gc.get_objects() if isinstance(one, Source) and one.body == text] == []


def test_what_is_kept_has_bounds() -> None:
    kept = BoundedCache[str, int](most=3, heaviest=10)
    for number, key in enumerate("abcd"):
        kept.put(key, number)
    assert [kept.get(key) for key in "abcd"] == [None, 1, 2, 3]

    kept.get("b")  # asked for, so that c is the oldest
    kept.put("heavy", 4, weight=8)
    assert [kept.get(key) for key in ("b", "c", "d", "heavy")] == [1, None, 3, 4]
    kept.put("heavy", 5)
    kept.put("e", 6)
    assert [kept.get(key) for key in ("b", "d", "heavy", "e")] == [None, 3, 5, 6]
    kept.put("too heavy for anything", 7, weight=11)
    assert [kept.get(key) for key in ("d", "heavy", "e")] == [3, 5, 6]
    assert kept.get("too heavy for anything") is None


def test_introspection_by_the_thousand(server: str) -> None:
    """A flood of questions about the schema, each a little different, leaves room for others."""
    query = get_introspection_query()

    async def flood() -> list[int]:
        limits = httpx.Limits(max_connections=30)
        async with httpx.AsyncClient(base_url=server, timeout=60, limits=limits) as client:

            async def ask(number: int) -> int:
                body = {"query": f"#{number}\n{query}"}
                return (await client.post("/graphql", json=body)).status_code

            asked = [asyncio.create_task(ask(number)) for number in range(40)]
            # A document that the server has not seen yet does not wait behind the long ones.
            other = await client.post("/graphql", json={"query": f"#new\n{_PLANS}"})
            assert other.json() == {"data": {"plans": {"totalCount": 5}}}
            assert not all(task.done() for task in asked)
            return await asyncio.gather(*asked)

    assert set(asyncio.run(flood())) == {200}
