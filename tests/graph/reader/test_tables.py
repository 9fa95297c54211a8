"""The tables and SPARQL give the same lists: pages, orders, totals, facets."""

import shutil
from pathlib import Path

import pytest

from graph.reader.asks import Page
from graph.reader.listings import LISTINGS
from graph.reader.lists import RoleOf, Selection
from graph.reader.reading import Facts
from graph.reader.tables import TableLists
from tests.graph.reader.conftest import NoLists, Shelf

_LAI_CHAU = "https://w3id.org/cancu/place/lai-chau"
_PLAN = "https://w3id.org/cancu/eli/vn/hung-yen/ubnd/kh/2025/44"
_RESOLUTION = "https://w3id.org/cancu/eli/vn/tw/nq/2024/57"
_FINANCE = "https://w3id.org/cancu/agency/hau-giang/so-tai-chinh"
_PARTY = "https://w3id.org/cancu/agency/hung-yen/dang-uy-uy-ban-nhan-dan-tinh"
SELECTIONS: list[tuple[str, tuple[tuple[str, object], ...], str, bool]] = [
    ("tasks", (), "", False),
    ("tasks", (), "", True),
    # What has no deadline comes last in both directions.
    ("tasks", (), "due", False),
    ("tasks", (), "due", True),
    ("tasks", (("province", (_LAI_CHAU,)),), "", False),
    ("tasks", (("document", (_PLAN,)), ("pillar", ("AWARENESS", "GOVERNMENT"))), "", False),
    ("tasks", (("kind", ("ASSIGNMENT",)), ("has_lead", False)), "", False),
    # One and the same deadline lies between both days.
    ("tasks", (("due_since", "2025-02-01"), ("due_until", "2025-06-30")), "due", False),
    ("tasks", (("has_deadline", True), ("cites", (_RESOLUTION,))), "", False),
    ("tasks", (("agency", (RoleOf(agencies=(_FINANCE, _PARTY)),)),), "", False),
    ("tasks", (("agency", (RoleOf(agencies=(_PARTY,), roles=("LEAD",)),)),), "", False),
    # Words as people type them: with diacritics and without, with signs between, parts of words.
    ("tasks", (("text", "chuyển đổi số"),), "", False),
    ("tasks", (("text", "KHOA HOC cong nghe"), ("province", (_LAI_CHAU,))), "due", True),
    ("tasks", (("text", '"57-NQ/TW"'),), "", False),
    ("tasks", (("text", "AI"),), "", True),
    ("tasks", (("text", "hòa"), ("has_lead", False)), "", False),
    ("tasks", (("text", "  trí   tuệ\nnhân tạo"),), "", False),
    ("documents", (), "", False),
    ("documents", (("type", ("PLAN",)), ("province", (_LAI_CHAU,))), "", False),
    ("targets", (("unit", ("PERCENT",)),), "", False),
    ("citations", (("kind", ("IMPLEMENTS",)), ("resolution", ("REPAIRED",))), "", False),
    ("agencies", (("province", (_LAI_CHAU,)),), "label", False),
    ("agencies", (), "", True),
    ("indicators", (), "label", True),
]


@pytest.mark.parametrize(("name", "filters", "sort", "descending"), SELECTIONS)
def test_tables_give_the_lists_of_sparql(
    shelf: Shelf, name: str, filters: tuple[tuple[str, object], ...], sort: str, descending: bool
) -> None:
    selection = Selection(LISTINGS[name], filters, sort, descending)

    async def compare() -> None:
        facts = Facts(release=shelf.release)
        whole = await shelf.by_sparql.page(facts, selection, Page(1000))
        assert whole.iris
        assert await shelf.by_tables.page(facts, selection, Page(1000)) == whole
        total = len(whole.iris)
        assert await shelf.by_tables.total(facts, selection) == total
        assert await shelf.by_sparql.total(facts, selection) == total
        middle = (whole.orders[total // 2], whole.iris[total // 2])
        for page in (
            Page(2),
            Page(2, backward=True),
            Page(3, after=middle),
            Page(3, backward=True, before=middle),
        ):
            expected = await shelf.by_sparql.page(facts, selection, page)
            assert await shelf.by_tables.page(facts, selection, page) == expected

    shelf.loop.run(compare())


@pytest.mark.parametrize(
    ("name", "filters", "by"),
    [
        ("tasks", (), "province"),
        # A facet is counted without its own filter.
        ("tasks", (("pillar", ("AWARENESS",)), ("province", (_LAI_CHAU,))), "pillar"),
        ("tasks", (("has_deadline", True),), "lead"),
        ("documents", (), "issuer"),
        ("targets", (), "unit"),
        ("citations", (("province", (_LAI_CHAU,)),), "instrument"),
        ("agencies", (), "kind"),
        ("agencies", (), "province"),
    ],
)
def test_tables_give_the_facets_of_sparql(
    shelf: Shelf, name: str, filters: tuple[tuple[str, object], ...], by: str
) -> None:
    selection = Selection(LISTINGS[name], filters)
    facts = Facts(release=shelf.release)

    found = shelf.loop.run(shelf.by_tables.facet(facts, selection, by))

    assert found
    assert found == shelf.loop.run(shelf.by_sparql.facet(facts, selection, by))


@pytest.mark.parametrize(
    ("name", "filters"),
    [
        # Other words for an agency, several at once, a heading: the tables do not know them.
        ("tasks", (("agency", (RoleOf(names=("Sở Tài chính",)),)),)),
        ("sections", (("text", "chuyển đổi số"),)),
        ("sections", ()),
        ("agencies", (("level", ("CENTRAL",)),)),
        ("documents", (("has_basis", True),)),
    ],
)
def test_what_the_tables_do_not_know_is_left_to_sparql(
    shelf: Shelf, name: str, filters: tuple[tuple[str, object], ...]
) -> None:
    selection = Selection(LISTINGS[name], filters)

    with pytest.raises(NotImplementedError):
        shelf.loop.run(shelf.by_tables.total(Facts(release=shelf.release), selection))


def test_a_release_without_texts_is_asked_for_words_by_sparql(
    shelf: Shelf, corpus_store: Path, tmp_path: Path
) -> None:
    store = shutil.copytree(corpus_store, tmp_path / "store")
    shutil.rmtree(store / "releases" / shelf.release / "texts")
    lists = TableLists(store, NoLists())
    facts = Facts(release=shelf.release)
    tasks = LISTINGS["tasks"]

    assert shelf.loop.run(lists.total(facts, Selection(tasks))) == 300
    with pytest.raises(NotImplementedError):
        shelf.loop.run(lists.total(facts, Selection(tasks, (("text", "chuyển đổi số"),))))
    lists.close()
