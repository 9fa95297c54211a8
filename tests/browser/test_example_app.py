"""The example application: built as its README says, and used."""

import functools
import http.server
import re
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.node import alone, install, run

ROOT = Path(__file__).parents[2]
CORPUS = ROOT / "corpus"
PHONE = 360


class _Files(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Stay silent."""


@pytest.fixture(scope="session")
def app(server: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Build the application for the server and serve its files; return the address."""
    folder = install(ROOT / "examples/tasks")
    made = tmp_path_factory.mktemp("app")
    build = ("npm", "run", "build", "--", "--outDir", made, "--emptyOutDir")
    with alone(folder):
        run(folder, *build, VITE_GRAPHQL=f"{server}/graphql")
    handler = functools.partial(_Files, directory=str(made))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as files:
        thread = threading.Thread(target=files.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{files.server_port}/"
        files.shutdown()
        thread.join()


@pytest.fixture
def tasks(page: Page, app: str) -> Page:
    """Return the application with the plan that has the most roles, in English."""
    page.goto(f"{app}?lang=en")
    plans = page.get_by_label("Plan")
    expect(plans.locator("option")).to_have_count(5)
    plan = plans.locator("option", has_text="Nghị quyết số 57-NQ/TW ngày 22/12/2024")
    plans.select_option(plan.first.get_attribute("value"))
    expect(page.get_by_role("status")).to_have_text("Tasks found: 44")
    return page


def articles(page: Page) -> Locator:
    return page.get_by_role("article")


def test_a_list_grows_page_by_page(tasks: Page) -> None:
    expect(articles(tasks)).to_have_count(20)
    tasks.get_by_role("button", name="Show more").click()
    expect(articles(tasks)).to_have_count(40)
    tasks.get_by_role("button", name="Show more").click()
    expect(articles(tasks)).to_have_count(44)
    expect(tasks.get_by_role("button", name="Show more")).to_have_count(0)


def test_an_agency_and_its_role_narrow_the_list(tasks: Page) -> None:
    tasks.get_by_label("Role").select_option("Leads")
    agency = tasks.get_by_label("Agency")
    expect(agency).to_contain_text("Party Committee of the Provincial People's Committee")
    [name, count] = re.findall(r"(.+) \((\d+)\)", agency.locator("option").nth(1).inner_text())[0]
    agency.select_option(index=1)

    expect(tasks.get_by_role("status")).to_have_text(f"Tasks found: {count}")
    expect(articles(tasks)).to_have_count(int(count))
    expect(articles(tasks).locator("[data-role=LEAD]", has_text=name)).to_have_count(int(count))


def test_pillar_words_and_deadline_narrow_it_and_are_cleared(tasks: Page) -> None:
    status = tasks.get_by_role("status")
    pillars = tasks.get_by_label("Pillar")
    expect(pillars).to_contain_text("Awareness")
    choice = pillars.locator("option", has_text="Awareness")
    count = re.search(r"\((\d+)\)", choice.inner_text())
    assert count is not None
    pillars.select_option("AWARENESS")
    expect(status).to_have_text(f"Tasks found: {count[1]}")
    expect(tasks.locator(".pillar", has_text="Awareness")).to_have_count(int(count[1]))
    tasks.get_by_role("button", name="Clear filters").click()
    expect(status).to_have_text("Tasks found: 44")

    tasks.get_by_label("Contains the words").fill("nhân lực")
    expect(status).not_to_have_text("Tasks found: 44")
    for text in articles(tasks).locator("> p[lang=vi]").all_inner_texts():
        assert "nhân lực" in text.lower()
    tasks.get_by_role("button", name="Clear filters").click()

    tasks.get_by_label("Due until").fill("2025-12-31")
    expect(articles(tasks).first.locator("time")).to_have_text(re.compile(r"\(20\d\d-"))
    expect(status).not_to_have_text("Tasks found: 44")


def test_evidence_is_the_words_at_their_place_in_the_source(tasks: Page) -> None:
    first = articles(tasks).first
    first.get_by_text("Evidence").press("Enter")  # by keyboard

    source = first.locator(".source").first
    expect(source).to_contain_text("SHA-256")
    found = re.match(r"(\S+), characters (\d+)–(\d+)", source.inner_text())
    assert found is not None
    text = (CORPUS / found[1]).read_text(encoding="utf-8")
    quote = first.locator("mark").first.evaluate("mark => mark.textContent")
    assert quote == text[int(found[2]) : int(found[3])]


def test_it_speaks_both_languages(tasks: Page) -> None:
    tasks.get_by_role("button", name="Tiếng Việt").click()

    expect(tasks).to_have_title("Nhiệm vụ của một kế hoạch")
    expect(tasks.get_by_role("status")).to_have_text("44 nhiệm vụ")
    expect(tasks.locator("form select").first).to_contain_text("Đảng ủy")
    assert tasks.evaluate("document.documentElement.lang") == "vi"
    tasks.get_by_role("button", name="English").click()
    expect(tasks.get_by_role("heading", level=1)).to_have_text("Tasks of a plan")


def test_it_fits_a_phone(tasks: Page) -> None:
    tasks.set_viewport_size({"width": PHONE, "height": 700})

    expect(articles(tasks).first).to_be_visible()
    assert tasks.evaluate("document.documentElement.scrollWidth") <= PHONE


def test_every_control_has_a_name(tasks: Page) -> None:
    controls = tasks.locator("select, input, button, summary")

    unnamed = controls.evaluate_all(
        "all => all.filter(one => !(one.labels?.length || one.innerText.trim())).length"
    )
    assert unnamed == 0
