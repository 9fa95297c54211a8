import datetime
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from graph import iris
from graph.errors import CursorError, NoIndexError, UnknownFieldError
from graph.index.filters import (
    AgencyFilter,
    CitationFilter,
    DocumentFilter,
    Filter,
    IndicatorFilter,
    Role,
    TargetFilter,
    TaskFilter,
)
from graph.index.orders import FACETS, SORTS, Cursor, Sort, Window, parse_cursor
from graph.index.table import MOST_ROWS, Table
from graph.store import Store
from graph.terms import value_of
from ontology.terms import CANCU, CITO, ELI, PROV, SDMXA

EVERY: list[Filter] = [
    TaskFilter(), TargetFilter(), CitationFilter(), DocumentFilter(), AgencyFilter(),
    IndicatorFilter(),
]  # fmt: skip
PREFIXES = (
    f"PREFIX cancu: <{CANCU.NS}> PREFIX cito: <{CITO.NS}> PREFIX eli: <{ELI.NS}>"
    f" PREFIX prov: <{PROV.NS}> PREFIX sdmx-a: <{SDMXA.NS}>"
    f" PREFIX cancur: <{iris.code('role', '')}>"
)
HUNG_YEN = iris.place("hung-yen")
LEAD, SUPPORT = iris.code("role", "lead"), iris.code("role", "support")


def counts(store: Store, pattern: str, what: str) -> dict[str, int]:
    """Count by SPARQL: how many different nodes there are for each value."""
    select = (
        f"{PREFIXES} SELECT ?value (COUNT(DISTINCT ?{what}) AS ?n) {{ {pattern} }} GROUP BY ?value"
    )
    return {value_of(row["value"]): int(value_of(row["n"])) for row in store.rows(select)}


@pytest.mark.parametrize(
    ("filters", "field", "pattern", "what"),
    [
        (TaskFilter(), "province", "?t a cancu:Task ; cancu:inDocument/eli:jurisdiction ?value",
         "t"),
        (TaskFilter(), "document", "?t a cancu:Task ; cancu:inDocument ?value", "t"),
        (TaskFilter(), "section", "?t a cancu:Task ; cancu:statedIn ?value", "t"),
        (TaskFilter(), "kind", "?t a cancu:Task ; cancu:taskKind ?value", "t"),
        # The pillar of a task is a conclusion in the graph, and read from its section here.
        (TaskFilter(), "pillar", "?t a cancu:Task ; cancu:pillar ?value", "t"),
        # So are the organs that lead and support it.
        (TaskFilter(), "lead", "?t a cancu:Task ; cancu:leadAgency ?value", "t"),
        (TaskFilter(), "support", "?t a cancu:Task ; cancu:supportAgency ?value", "t"),
        (TaskFilter(), "reports_to", "?t a cancu:Task ; cancu:reportsToAgency ?value", "t"),
        (TaskFilter(), "agency", "?a cancu:ofTask ?t ; cancu:assignee ?value", "t"),
        (TaskFilter(), "instrument", "?t a cancu:Task ; cancu:citesInstrument ?value", "t"),
        (
            TaskFilter(provinces=(HUNG_YEN,)), "kind",
            "?t a cancu:Task ; cancu:taskKind ?value ;"
            f" cancu:inDocument/eli:jurisdiction <{HUNG_YEN}>",
            "t",
        ),
        (TargetFilter(), "pillar", "?t a cancu:IndicatorTarget ; cancu:pillar ?value", "t"),
        (TargetFilter(), "indicator", "?t a cancu:IndicatorTarget ; cancu:ofIndicator ?value", "t"),
        (TargetFilter(), "unit", "?t a cancu:IndicatorTarget ; sdmx-a:unitMeasure ?value", "t"),
        (CitationFilter(), "kind", "?c a cancu:Citation ; cancu:citationKind ?value", "c"),
        (CitationFilter(), "instrument", "?c a cancu:Citation ; cito:hasCitedEntity ?value", "c"),
        (DocumentFilter(), "issuer", "?d a cancu:Document ; eli:passed_by ?value", "d"),
        (
            DocumentFilter(), "basis",
            "?s a cancu:BasisStatement ; cancu:inDocument ?d ; cancu:aboutInstrument ?value", "d",
        ),
    ],
)  # fmt: skip
def test_facets_are_what_sparql_counts(
    table: Table, store: Store, filters: Filter, field: str, pattern: str, what: str
) -> None:
    facet = table.facets(filters, [field], most=1000)[field]

    found = {str(value.value): value.count for value in facet if value.value is not None}
    assert found
    assert found == counts(store, pattern, what)
    assert [value.count for value in facet] == sorted((v.count for v in facet), reverse=True)


@pytest.mark.parametrize(
    ("filters", "pattern"),
    [
        (TaskFilter(), "?x a cancu:Task"),
        (TargetFilter(), "?x a cancu:IndicatorTarget"),
        (CitationFilter(), "?x a cancu:Citation"),
        (DocumentFilter(), "?x a cancu:Document"),
        (IndicatorFilter(), "?x a cancu:Indicator"),
        (AgencyFilter(is_group=True), "?x a cancu:AgencyGroup"),
        (TaskFilter(has_lead=True), "?x a cancu:Task ; cancu:leadAgency ?y"),
        (
            TaskFilter(has_lead=False),
            "?x a cancu:Task FILTER NOT EXISTS { ?x cancu:leadAgency ?y }",
        ),
        (TaskFilter(has_deadline=True), "?x a cancu:Task ; cancu:hasDeadline ?y"),
        (TaskFilter(has_basis=True), "?x a cancu:Task ; cancu:citesInstrument ?y"),
        (
            TaskFilter(due_to=datetime.date(2025, 6, 30)),
            "?x cancu:hasDeadline/cancu:latestDate ?d FILTER(?d <= '2025-06-30'^^<http://www.w3.org/2001/XMLSchema#date>)",
        ),
        (
            TaskFilter(due_from=datetime.date(2025, 7, 1), due_to=datetime.date(2025, 12, 31)),
            "?x cancu:hasDeadline/cancu:latestDate ?d FILTER(?d >= '2025-07-01'^^<http://www.w3.org/2001/XMLSchema#date>"
            " && ?d <= '2025-12-31'^^<http://www.w3.org/2001/XMLSchema#date>)",
        ),
        (
            DocumentFilter(issued_from=datetime.date(2025, 2, 14)),
            "?x a cancu:Document ; <http://purl.org/dc/terms/issued> ?d"
            " FILTER(?d >= '2025-02-14'^^<http://www.w3.org/2001/XMLSchema#date>)",
        ),
        (
            TargetFilter(year_from=2030, year_to=2030),
            "?x a cancu:IndicatorTarget ; cancu:targetYear ?y FILTER(STRSTARTS(STR(?y), '2030'))",
        ),
    ],
)  # fmt: skip
def test_counts_are_those_of_sparql(
    table: Table, store: Store, filters: Filter, pattern: str
) -> None:
    select = f"{PREFIXES} SELECT (COUNT(DISTINCT ?x) AS ?n) {{ {pattern} }}"
    expected = int(value_of(next(iter(store.rows(select)))["n"]))

    assert table.count(filters) == expected > 0


@pytest.mark.parametrize(
    ("role", "code"), [("any", None), ("lead", "lead"), ("support", "support")]
)
def test_an_organ_and_its_role(table: Table, store: Store, role: Role, code: str | None) -> None:
    pattern = "?a cancu:ofTask ?t ; cancu:assignee ?value"
    by_agency = counts(store, pattern + (f" ; prov:hadRole cancur:{code}" if code else ""), "t")

    for agency, count in by_agency.items():
        filters = TaskFilter(agencies=(agency,), role=role)
        assert table.count(filters) == count


def test_words(table: Table, store: Store) -> None:
    rows = store.rows(f"{PREFIXES} SELECT ?t ?text {{ ?t a cancu:Task ; cancu:text ?text }}")
    with_it = {value_of(r["t"]) for r in rows if "chuyen doi so" in iris.plain(value_of(r["text"]))}

    filters = TaskFilter(words='"Chuyển đổi số"')

    page = table.page(filters, Window(first=MOST_ROWS))
    assert {row.iri for row in page.rows} == with_it
    assert table.count(filters) == len(with_it)
    narrowed = replace(filters, provinces=(HUNG_YEN,))
    assert 0 < table.count(narrowed) < len(with_it)
    assert table.count(TaskFilter(words="khôngcótừnày")) == 0
    # Marks alone ask for nothing that a text could hold.
    assert table.count(TaskFilter(words="!!!")) == 0


Walk = Callable[[Cursor | None], Window]


@pytest.mark.parametrize("filters", EVERY, ids=lambda filters: filters.table)
@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize("size", [1000, 7])
def test_pages_cover_every_row_once_in_both_directions(
    table: Table, filters: Filter, descending: bool, size: int
) -> None:
    for field in SORTS[filters.table]:
        sort = Sort(field, descending=descending)
        forward = walk(table, filters, sort, lambda at: Window(first=size, after=at), back=False)
        backward = walk(table, filters, sort, lambda at: Window(last=size, before=at), back=True)

        assert forward == backward
        assert len(set(forward)) == len(forward) == table.count(filters)


def walk(table: Table, filters: Filter, sort: Sort, window: Walk, *, back: bool) -> list[str]:
    """Read all pages, following the cursor as the word that a client is given."""
    found: list[str] = []
    cursor: Cursor | None = None
    while True:
        page = table.page(filters, window(cursor), sort)
        here = [row.iri for row in page.rows]
        found = [*here, *found] if back else [*found, *here]
        more, passed = (
            (page.has_previous, page.has_next) if back else (page.has_next, page.has_previous)
        )
        assert passed == (cursor is not None)
        if not more:
            return found
        edge = page.rows[0] if back else page.rows[-1]
        cursor = parse_cursor(str(edge.cursor))


def test_rows_without_the_value_come_last(table: Table) -> None:
    for descending in (False, True):
        page = table.page(TaskFilter(), Window(first=MOST_ROWS), Sort("due", descending))
        days = [row.values["due"] for row in page.rows]
        known = [day for day in days if isinstance(day, datetime.date)]
        assert known == sorted(known, reverse=descending)
        assert days[: len(known)] == known


def test_a_window_between_two_places(table: Table) -> None:
    rows = table.page(TaskFilter(), Window(first=10)).rows

    page = table.page(TaskFilter(), Window(first=100, after=rows[2].cursor, before=rows[6].cursor))

    assert page.rows == rows[3:6]
    assert page.has_previous


def test_an_order_of_reading(table: Table, store: Store) -> None:
    document = store.release.documents[0].iri
    page = table.page(TaskFilter(documents=(document,)), Window(first=MOST_ROWS))
    rows = store.rows(
        f"{PREFIXES} SELECT ?t {{ ?t a cancu:Task ; cancu:inDocument <{document}> ;"
        " cancu:order ?n } ORDER BY ?n"
    )

    assert [row.iri for row in page.rows] == [value_of(row["t"]) for row in rows]


def test_windows_of_nothing(table: Table) -> None:
    for window in (Window(), Window(first=0), Window(first=-5), Window(last=0)):
        assert table.page(TaskFilter(), window).rows == ()
    nobody = TaskFilter(provinces=("https://example.org/nowhere",))
    assert table.count(nobody) == 0
    assert table.facets(nobody, ["kind"]) == {"kind": ()}
    page = table.page(nobody, Window(first=5))
    assert (page.rows, page.has_previous, page.has_next) == ((), False, False)


def test_values_are_never_taken_for_sql(table: Table) -> None:
    evil = "'); DROP TABLE tasks; --"

    assert table.count(TaskFilter(provinces=(evil,), agencies=(evil,))) == 0
    assert table.count(TaskFilter()) > 0


@pytest.mark.parametrize(
    "word",
    [
        # Not base64, not JSON, not a pair, the wrong types.
        "", "é", "abc", "W10", "WzFd", "WzEsMiwzXQ", "W251bGwsMV0", "WzEsIngiXQ", "WzEsdHJ1ZV0",
        "WzEsMWUzMDBd", "[" * 5000,
        # Keys that no row can have.
        str(Cursor(1, 2**63)), str(Cursor(1, -1)),
    ],
)  # fmt: skip
def test_words_that_are_no_cursors(word: str) -> None:
    with pytest.raises(CursorError):
        parse_cursor(word)


def test_a_cursor_of_another_order(table: Table) -> None:
    label = table.page(AgencyFilter(), Window(first=1)).rows[0].cursor

    with pytest.raises(CursorError):
        table.page(TaskFilter(), Window(first=1, after=label), Sort("due"))


def test_unknown_fields(table: Table) -> None:
    with pytest.raises(UnknownFieldError, match="there are: place, due"):
        table.page(TaskFilter(), Window(first=1), Sort("key; DROP TABLE tasks"))
    with pytest.raises(UnknownFieldError, match="province"):
        table.facets(TaskFilter(), ["iri"])


@pytest.mark.parametrize("filters", EVERY, ids=lambda filters: filters.table)
def test_every_facet_can_be_counted(table: Table, filters: Filter) -> None:
    fields = list(FACETS[filters.table])

    for field, values in table.facets(filters, fields, most=10_000).items():
        # A row with several values counts for each; one with none counts once.
        assert sum(value.count for value in values) >= table.count(filters), field


def test_a_release_without_tables(tmp_path: Path) -> None:
    with pytest.raises(NoIndexError):
        Table(tmp_path)
    (tmp_path / "tables.duckdb").write_bytes(b"no database")
    with pytest.raises(NoIndexError):
        Table(tmp_path)


def test_words_need_the_index_of_texts(release: Path) -> None:
    opened = Table(release)
    try:
        assert opened.count(TaskFilter()) > 0
        with pytest.raises(NoIndexError):
            opened.count(TaskFilter(words="tỉnh ủy"))
    finally:
        opened.close()
