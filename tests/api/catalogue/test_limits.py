"""What is not answered is told as such: never an empty table, never a part as the whole."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from api.catalogue import asking
from tests.serving import serving

PAGE = {"accept": "text/html", "cookie": "lang=en"}


@pytest.fixture(scope="module")
def hurried(corpus_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """Return a client of a server that has no time for any question."""
    log = tmp_path_factory.mktemp("hurried") / "log"
    with (
        serving(corpus_store, log, query_seconds=0.001, query_workers=1) as running,
        httpx.Client(base_url=running.url, timeout=60) as made,
    ):
        yield made


def test_a_page_tells_that_time_is_up(hurried: httpx.Client) -> None:
    answer = hurried.get("/queries/who_answers_today", headers=PAGE)

    assert answer.status_code == 504
    assert "Out of time" in answer.text
    assert "This is not an empty answer" in answer.text
    assert "<tbody>" not in answer.text
    assert "SPARQL text" in answer.text  # what was asked is not lost
    assert "etag" not in answer.headers


def test_a_program_is_told_too(hurried: httpx.Client) -> None:
    answer = hurried.get("/queries/who_answers_today.csv")

    assert answer.status_code == 504
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["type"].endswith("#query-timeout")


def test_a_page_tells_that_it_shows_a_part(client: httpx.Client) -> None:
    rows = client.get("/queries/facts_below_confidence.csv", params={"percent": "101"}).text
    page = client.get("/queries/facts_below_confidence", params={"percent": "101"}, headers=PAGE)

    assert rows.count("\r\n") > asking.MOST_ROWS
    assert "This page shows the first 1,000 rows; there are more." in page.text
    assert page.text.count("<tr>") == asking.MOST_ROWS + 1
