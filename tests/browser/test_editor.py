"""The SPARQL editor in a browser."""

from urllib.parse import urlencode

import pytest
from playwright.sync_api import BrowserContext, Page, expect

COUNT = "SELECT (COUNT(?task) AS ?tasks) WHERE { ?task a cancu:Task }"


def write(page: Page, query: str) -> None:
    page.get_by_role("textbox", name="SPARQL query").click()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(query)


def ask(page: Page, query: str) -> None:
    page.goto("/editor")
    write(page, query)
    page.get_by_role("button", name="Run").click()


def test_a_typed_query_shows_its_rows(page: Page) -> None:
    page.goto("/editor")
    write(page, COUNT)
    page.keyboard.press("Control+Enter")

    expect(page.get_by_role("status")).to_contain_text("1 row in")
    expect(page.locator("table.rows th")).to_have_text(["tasks"])
    expect(page.locator("table.rows td")).to_have_text(["300"])


def test_what_is_begun_is_completed_from_our_vocabulary(page: Page) -> None:
    page.goto("/editor")
    write(page, "SELECT * WHERE { ?task a ")
    page.keyboard.type("Tas", delay=30)

    first = page.locator(".cm-tooltip-autocomplete li").first
    expect(first).to_contain_text("cancu:Task")
    expect(first).to_contain_text("Task")
    page.wait_for_timeout(100)  # CodeMirror takes no key for a list that has just come up
    page.keyboard.press("Enter")

    lines = page.locator(".cm-line")
    expect(lines.first).to_have_text("PREFIX cancu: <https://w3id.org/cancu/ns#>")
    expect(lines.last).to_contain_text("?task a cancu:Task")


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        # The Vietnamese name, without its diacritics and spaces: "cơ quan chủ trì".
        ("coquanchutri", "cancu:leadAgency"),
        # A term of another vocabulary that the graph uses.
        ("oa:exa", "oa:exact"),
        # Words inside a name.
        ("cancu:Agency", "cancu:leadAgency"),
    ],
)
def test_terms_are_found_by_each_of_their_names(page: Page, typed: str, name: str) -> None:
    page.goto("/editor")
    write(page, "SELECT * WHERE { ?task ")
    page.keyboard.type(typed, delay=10)

    expect(page.locator(".cm-tooltip-autocomplete li", has_text=name).first).to_be_visible()


def test_an_error_is_shown_at_its_line(page: Page) -> None:
    ask(page, "SELECT ?task WHERE {\n  ?task a cancu:Task ;;; cancu:text\n}")

    status = page.get_by_role("status")
    expect(status).to_contain_text("The query is not SPARQL: line 3, column 1")
    expect(page.locator(".cm-lint-marker-error")).to_be_visible()
    write(page, COUNT)
    expect(page.locator(".cm-lint-marker-error")).to_have_count(0)


def test_a_time_limit_is_no_empty_answer(page: Page) -> None:
    page.goto("/editor")
    write(page, "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }")
    page.get_by_label("Limit").select_option("1")
    page.get_by_role("button", name="Run").click()

    expect(page.get_by_role("status")).to_contain_text("Out of time. This is not an empty answer")
    expect(page.locator("table.rows")).to_have_count(0)


def test_a_capped_answer_says_so(page: Page) -> None:
    ask(page, "SELECT ?s ?p ?o WHERE { ?s ?p ?o }")

    status = page.get_by_role("status")
    expect(status).to_contain_text("These are the first 10,000 rows")
    expect(page.locator("table.rows tbody tr")).to_have_count(500)
    page.get_by_role("button", name="Show more (500 of 10,000)").click()
    expect(page.locator("table.rows tbody tr")).to_have_count(1000)


def test_an_answer_without_rows_says_so(page: Page) -> None:
    ask(page, "SELECT * WHERE { ?nothing a cancu:Nothing }")

    expect(page.get_by_role("status")).to_contain_text("found no row")


def test_a_graph_is_shown_as_turtle(page: Page) -> None:
    ask(page, "CONSTRUCT WHERE { ?document a cancu:ImplementationPlan }")

    expect(page.locator("#answer pre")).to_contain_text("a cancu:ImplementationPlan")


def test_an_iri_leads_to_its_page_on_this_server(page: Page) -> None:
    ask(page, "SELECT ?s WHERE { ?s a cancu:Task } ORDER BY ?s LIMIT 1")
    page.locator("table.rows td a").click()

    expect(page.locator("h1")).to_be_visible()
    assert "/eli/vn/" in page.url


def test_an_answer_is_kept_as_a_file(page: Page) -> None:
    ask(page, COUNT)
    with page.expect_download() as download:
        page.get_by_role("button", name="CSV").click()

    assert download.value.suggested_filename == "cancu.csv"
    assert download.value.path().read_bytes() == b"tasks\r\n300\r\n"


def test_an_example_of_the_catalogue_runs(page: Page) -> None:
    page.goto("/editor")
    page.get_by_role("link", name="How many tasks does each document set").click()

    expect(page.get_by_role("status")).to_contain_text("35 rows in")
    expect(page.locator(".cm-content")).to_contain_text("GROUP BY ?number ?pillar ?file")


def test_a_link_opens_the_query_again(context: BrowserContext, page: Page) -> None:
    page.goto("/editor")
    write(page, f"# đường dẫn & hơn nữa\n{COUNT}")
    page.get_by_role("button", name="Link").click()
    address = page.locator("input.shared").input_value()

    other = context.new_page()
    other.goto(address)
    expect(other.locator(".cm-line")).to_have_text(["# đường dẫn & hơn nữa", COUNT])


def test_a_query_waits_for_the_reader_to_come_back(page: Page) -> None:
    page.goto("/editor")
    write(page, COUNT)
    page.goto("/queries")
    page.goto("/editor")

    expect(page.locator(".cm-line")).to_have_text([COUNT])


def test_the_address_may_hold_the_query(page: Page) -> None:
    page.goto(f"/editor?{urlencode({'query': COUNT})}")

    expect(page.locator(".cm-line")).to_have_text([COUNT])


def test_without_scripts_the_form_gives_a_table(plain_page: Page) -> None:
    plain_page.goto("/editor")
    plain_page.get_by_label("SPARQL query").fill(COUNT)
    plain_page.get_by_role("button", name="Run").click()

    expect(plain_page.locator("table.rows td")).to_have_text(["300"])
