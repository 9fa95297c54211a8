"""A reader over the shipped corpus."""

import asyncio
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from graph.engine.limits import Limits
from graph.engine.pool import Pool
from graph.reader.asks import Page, Slice
from graph.reader.lists import Selection, SparqlLists
from graph.reader.opening import reader_of
from graph.reader.reading import Facts, Reader
from graph.reader.tables import TableLists
from graph.releases import Folder


@dataclass(frozen=True, slots=True)
class Shelf:
    """A reader, its lists from both sources, and the loop they run in."""

    loop: asyncio.Runner
    reader: Reader
    by_sparql: SparqlLists
    by_tables: TableLists
    release: str


@pytest.fixture(scope="session")
def shelf(corpus_store: Path) -> Iterator[Shelf]:
    with asyncio.Runner() as loop:
        pool = Pool(corpus_store, Limits(workers=1))
        loop.run(pool.start())
        reader = reader_of(pool)
        tables = TableLists(corpus_store, NoLists())
        release = Folder(corpus_store).published().id
        yield Shelf(loop, reader, SparqlLists(reader), tables, release)
        tables.close()
        loop.run(pool.stop())


class NoLists:
    """Stands where SPARQL would answer, so that a test sees that the tables do."""

    async def page(self, _facts: Facts, _selection: Selection, _page: Page) -> Slice:
        raise NotImplementedError

    async def total(self, _facts: Facts, _selection: Selection) -> int:
        raise NotImplementedError

    async def facet(self, _facts: Facts, _selection: Selection, _name: str) -> Mapping[str, int]:
        raise NotImplementedError
