"""The executor over the shipped corpus, and a client of the server."""

import asyncio
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from api.graphql.executing import Executor, Result
from api.graphql.limits import RequestLimits
from api.graphql.root import World
from graph.engine.asking import Question
from graph.engine.limits import Limits
from graph.engine.pool import Pool
from graph.reader.lists import SparqlLists
from graph.reader.opening import reader_of
from graph.reader.tables import TableLists


@dataclass(frozen=True, slots=True)
class Runner:
    """Runs operations in this process, over worker processes of its own."""

    loop: asyncio.Runner
    executor: Executor

    def result(
        self,
        query: str,
        variables: Mapping[str, Any] | None = None,
        *,
        operation: str | None = None,
        core: bool = False,
    ) -> Result:
        prepared = self.loop.run(self.executor.prepare(query))
        return self.loop.run(self.executor.run(prepared, operation, variables or {}, core=core))

    def data(
        self,
        query: str,
        variables: Mapping[str, Any] | None = None,
        *,
        operation: str | None = None,
    ) -> Any:  # noqa: ANN401
        """Return the data of an answer without errors."""
        result = self.result(query, variables, operation=operation)
        assert result.errors == []
        assert isinstance(result.data, dict)
        return result.data

    def rows(self, question: Question) -> list[dict[str, str]]:
        """Return the rows of a SPARQL query."""

        async def ask() -> bytes:
            return await (await self.executor.world.engine.ask(question)).read()

        bindings = json.loads(self.loop.run(ask()))["results"]["bindings"]
        return [{name: term["value"] for name, term in row.items()} for row in bindings]


@pytest.fixture(scope="session")
def runner(corpus_store: Path) -> Iterator[Runner]:
    with asyncio.Runner() as loop:
        pool = Pool(corpus_store, Limits(workers=1))
        loop.run(pool.start())
        reader = reader_of(pool)
        lists = TableLists(corpus_store, SparqlLists(reader))
        world = World(pool, reader, lists)
        yield Runner(loop, Executor(world, RequestLimits()))
        lists.close()
        loop.run(pool.stop())


@pytest.fixture(scope="session")
def client(server: str) -> Iterator[httpx.Client]:
    """Return a client of the server over the shipped corpus."""
    headers = {"accept": "application/graphql-response+json", "accept-encoding": "identity"}
    with httpx.Client(base_url=server, timeout=30, headers=headers) as made:
        yield made
