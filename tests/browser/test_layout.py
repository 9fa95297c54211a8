"""No page is wider than the window, on a phone or a desk, in each language."""

import pytest
from playwright.sync_api import Page, ViewportSize

PHONE: ViewportSize = {"width": 390, "height": 844}
DESK: ViewportSize = {"width": 1280, "height": 900}
WINDOWS = (PHONE, DESK)


@pytest.mark.parametrize(
    "path",
    [
        "/queries",
        "/queries/tasks_by_lead_agency",  # a chart and a table
        "/queries/provenance_of_fact",  # a long IRI in a field, digests in the table
        "/queries/who_answers_today",  # eleven columns
        "/editor",
        "/graphql",
        "/sparql?query=SELECT * { ?task cancu:text ?text } LIMIT 30",  # IRIs and long texts
        "/sparql?query=DESCRIBE cancu:Task",
        "/sparql?query=SELECT",  # what is wrong
        "/search?q=chuyen doi so",
        "/eli/vn/cp/nq/2025/3",  # a table of claims
        "/dumps",
    ],
)
def test_the_page_does_not_scroll_sideways(page: Page, path: str) -> None:
    for language in ("vi", "en"):
        page.goto(f"{path}{'&' if '?' in path else '?'}lang={language}")
        assert page.locator("html").get_attribute("lang") == language
        if path == "/editor":
            page.locator("#run").click()
            page.locator("table.rows").wait_for()
        for window in WINDOWS:
            page.set_viewport_size(window)
            widest = page.evaluate("document.documentElement.scrollWidth")
            assert widest <= window["width"]
