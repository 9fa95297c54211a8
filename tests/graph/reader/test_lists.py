"""What SPARQL narrows lists to: each thing once, those with a value and those without."""

import re

import pytest

from graph.reader import listing
from graph.reader.asks import Page
from graph.reader.listings import LISTINGS
from graph.reader.lists import Selection
from graph.reader.reading import Facts
from tests.graph.reader.conftest import Shelf

_HAS = [
    (shown.name, name)
    for shown in LISTINGS.values()
    for name, one in shown.filters.items()
    if one.test is listing.Test.HAS
]
_REALIZES = "http://data.europa.eu/eli/ontology#realizes"
_PLAN = "https://w3id.org/cancu/eli/vn/hung-yen/ubnd/kh/2025/44"


async def _ids(shelf: Shelf, name: str, *filters: tuple[str, object]) -> list[str]:
    facts, selection = Facts(release=shelf.release), Selection(LISTINGS[name], filters)
    found = await shelf.by_sparql.page(facts, selection, Page(2000))
    assert len(found.iris) == await shelf.by_sparql.total(facts, selection)
    return list(found.iris)


@pytest.mark.parametrize(("name", "has"), _HAS)
def test_what_has_a_value_and_what_has_none_are_the_whole(
    shelf: Shelf, name: str, has: str
) -> None:
    async def compare() -> None:
        whole = await _ids(shelf, name)
        parts = [await _ids(shelf, name, (has, is_so)) for is_so in (True, False)]
        assert sorted(parts[0] + parts[1]) == sorted(whole)

    shelf.loop.run(compare())


def test_evidence_is_found_by_its_document_and_its_words(shelf: Shelf) -> None:
    async def compare() -> None:
        facts = Facts(release=shelf.release)
        rows = await shelf.reader.rows(
            facts,
            "SELECT ?e ?quote { ?e <http://www.w3.org/ns/oa#hasTarget> ?target . "
            f"?target <http://www.w3.org/ns/oa#hasSource>/<{_REALIZES}> <{_PLAN}> ; "
            "<http://www.w3.org/ns/oa#hasSelector>/<http://www.w3.org/ns/oa#exact> ?quote }",
        )
        quotes = {row["e"]["value"]: row["quote"]["value"] for row in rows}
        of_plan = await _ids(shelf, "evidences", ("document", (_PLAN,)))
        with_words = await _ids(shelf, "evidences", ("document", (_PLAN,)), ("text", "57-nq tw"))

        assert sorted(of_plan) == sorted(quotes)
        assert with_words
        meant = {e for e, quote in quotes.items() if re.search(r"57\W+nq\W+tw", quote.lower())}
        assert sorted(with_words) == sorted(meant)

    shelf.loop.run(compare())
