"""A node with very many links: answers stay small, and nothing is lost or told twice."""

import asyncio
from collections.abc import Iterator

import pyoxigraph as ox
import pytest

from graph import describe
from graph.engine.limits import Limits
from graph.engine.pool import Pool
from tests.api.server.toy import publish

_HUB = "http://example.org/hub"
_KINDS = ("isPartOf", "cites")
_LINKS = describe.MOST_COUNTED + 5000
_LABEL = "http://www.w3.org/2000/01/rdf-schema#label"


def _quads() -> Iterator[ox.Quad]:
    graph, hub = ox.NamedNode("http://example.org/graph"), ox.NamedNode(_HUB)
    yield ox.Quad(hub, ox.NamedNode(_LABEL), ox.Literal("Trung tâm", language="vi"), graph)
    for row in range(_LINKS):
        subject = ox.NamedNode(f"http://example.org/row/{row}")
        predicate = ox.NamedNode(f"http://example.org/{_KINDS[row % 5 == 0]}")
        yield ox.Quad(subject, predicate, hub, graph)
        yield ox.Quad(hub, ox.NamedNode("http://example.org/has"), subject, graph)


@pytest.fixture(scope="module")
def runner() -> Iterator[asyncio.Runner]:
    with asyncio.Runner() as runner:
        yield runner


@pytest.fixture(scope="module")
def pool(runner: asyncio.Runner, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pool]:
    store = tmp_path_factory.mktemp("hub") / "store"
    publish(store, "00000000000000aa", list(_quads()))
    pool = Pool(store, Limits(workers=1, spare=0))
    runner.run(pool.start())
    yield pool
    runner.run(pool.stop())


def test_links_are_counted_as_far_as_is_cheap(runner: asyncio.Runner, pool: Pool) -> None:
    pointing = runner.run(describe.count_pointing(pool, _HUB))

    assert not pointing.is_whole
    assert pointing.total == describe.MOST_COUNTED + 1
    assert {predicate.rpartition("/")[2] for predicate, _ in pointing.counts} == set(_KINDS)


def test_pages_follow_one_another(runner: asyncio.Runner, pool: Pool) -> None:
    pages = [runner.run(describe.pointing_to(pool, _HUB, number)) for number in (1, 2, 3)]
    seen = [statement.value.value for page in pages for statement in page.statements]

    assert [len(page.statements) for page in pages] == [describe.PAGE] * 3
    assert all(page.has_more for page in pages)
    assert len(set(seen)) == 3 * describe.PAGE


def test_the_last_page_says_so(runner: asyncio.Runner, pool: Pool) -> None:
    last = _LINKS // describe.PAGE
    page = runner.run(describe.pointing_to(pool, _HUB, last))
    beyond = runner.run(describe.pointing_to(pool, _HUB, last + 1))

    assert (len(page.statements), page.has_more) == (describe.PAGE, False)
    assert (beyond.statements, beyond.has_more) == ((), False)


def test_statements_come_in_pages_too(runner: asyncio.Runner, pool: Pool) -> None:
    first = runner.run(describe.statements_of(pool, _HUB))
    second = runner.run(describe.statements_of(pool, _HUB, 2))

    assert first.has_more
    pages = [{s.value.value for s in page.statements} for page in (first, second)]
    assert not pages[0] & pages[1]


def test_a_page_beyond_all_is_not_asked_for(runner: asyncio.Runner, pool: Pool) -> None:
    assert runner.run(describe.pointing_to(pool, _HUB, 10**9)).statements == ()


def test_the_graph_of_a_node_is_whole(runner: asyncio.Runner, pool: Pool) -> None:
    async def lines() -> list[bytes]:
        answer = await describe.graph_of(pool, _HUB, "nt", "http://s/x.nt", "http://s/x.nt?n=1")
        return (await answer.read()).splitlines()

    # Its statements, and the two that tell what the document is about.
    assert len(runner.run(lines())) == _LINKS + 1 + 2


def test_an_iri_that_is_only_a_property_or_graph_exists(runner: asyncio.Runner, pool: Pool) -> None:
    known = [f"http://example.org/{name}" for name in ("hub", "row/7", "cites", "graph")]

    assert all(runner.run(describe.exists(pool, iri)) for iri in known)
    assert not runner.run(describe.exists(pool, "http://example.org/other"))


def test_a_node_has_its_name(runner: asyncio.Runner, pool: Pool) -> None:
    assert runner.run(describe.names_of(pool, _HUB)) == {"vi": "Trung tâm"}
    page = runner.run(describe.statements_of(pool, "http://example.org/row/0"))
    assert [statement.value.names for statement in page.statements] == [{"vi": "Trung tâm"}]
