"""The named questions in a browser."""

import re

import pytest
from playwright.sync_api import Page, expect

from queries.catalogue import named_queries


def test_the_list_is_filtered_as_one_types(page: Page) -> None:
    page.goto("/queries")
    expect(page.locator("[data-entry]:visible")).to_have_count(len(named_queries()))
    page.get_by_label("Find a question").fill("deadlines quarter")

    expect(page.locator("[data-entry]:visible code")).to_have_text(["deadlines_by_quarter"])
    expect(page.locator("#shown")).to_have_text("1 questions")


def test_without_scripts_the_list_is_filtered_by_the_server(plain_page: Page) -> None:
    plain_page.goto("/queries")
    plain_page.get_by_label("Find a question").fill("deadlines quarter")
    plain_page.get_by_role("button", name="Find").click()

    expect(plain_page.locator("[data-entry]:visible code")).to_have_text(["deadlines_by_quarter"])


def test_a_question_is_found_by_vietnamese_words_without_their_marks(plain_page: Page) -> None:
    plain_page.goto("/queries?lang=vi&q=quy+bao+nhieu+viec+den+han")

    expect(plain_page.locator(".asked")).to_have_text(["Quý nào có bao nhiêu việc đến hạn?"])


def test_a_changed_parameter_changes_the_answer(plain_page: Page) -> None:
    plain_page.goto("/queries/reports_due_in_month")
    plain_page.get_by_label("month").fill("12")
    plain_page.get_by_role("button", name="Run").click()

    assert plain_page.url.endswith("/queries/reports_due_in_month?month=12")
    expect(plain_page.locator("table.rows")).to_contain_text("05/12")
    expect(plain_page.locator("#sparql")).to_contain_text("VALUES ?month { 12 }")


def test_a_wrong_value_is_told_beside_its_field(plain_page: Page) -> None:
    answer = plain_page.goto("/queries/tasks_due_before?date=2025-02-30")

    assert answer is not None
    assert answer.status == 400
    field = plain_page.get_by_label("date")
    expect(field).to_have_value("2025-02-30")
    expect(field).to_have_accessible_description(re.compile("A day of the calendar is needed"))
    expect(plain_page.locator("table.rows")).to_have_count(0)


@pytest.mark.parametrize(
    ("name", "bars", "kind"),
    [
        # A count by words, divided by document: a lying bar for each pillar.
        ("tasks_by_pillar", 7, "lying"),
        # A time series: quarters, and what returns every year.
        ("deadlines_by_quarter", 7, "standing"),
    ],
)
def test_a_count_has_a_chart(plain_page: Page, name: str, bars: int, kind: str) -> None:
    plain_page.goto(f"/queries/{name}")

    chart = plain_page.get_by_role("img", name="tasks by")
    expect(chart).to_have_class(kind)
    expect(chart.locator(".totals text")).to_have_count(bars)


def test_what_is_no_count_has_no_chart(plain_page: Page) -> None:
    plain_page.goto("/queries/contents_of_document")

    expect(plain_page.locator("table.rows")).to_be_visible()
    expect(plain_page.locator("figure.chart")).to_have_count(0)


def test_a_question_is_opened_in_the_editor(page: Page) -> None:
    page.goto("/queries/documents_citing?key=03/NQ-CP")
    page.get_by_role("button", name="Open in the editor").click()
    expect(page.locator(".cm-content")).to_contain_text('VALUES ?key { "03/NQ-CP" }')
    page.get_by_role("button", name="Run").click()

    expect(page.locator("table.rows td").first).to_have_text("03/NQ-CP")


def test_a_text_is_copied(page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto("/queries/tasks_by_pillar")
    page.get_by_role("button", name="Copy").first.click()

    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("# How many tasks does each document set")
