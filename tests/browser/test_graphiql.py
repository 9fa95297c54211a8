"""GraphiQL in a browser."""

from playwright.sync_api import BrowserContext, Page, expect


def test_the_first_operation_is_run_by_a_click(page: Page) -> None:
    page.goto("/graphql")
    page.get_by_role("button", name="Execute query").click()

    expect(page.locator(".result-window")).to_contain_text('"totalCount": 49')
    expect(page.locator(".result-window")).to_contain_text("Awareness and new thinking")


def test_an_example_opens_in_a_tab_of_its_own(page: Page) -> None:
    page.goto("/graphql")
    page.get_by_role("button", name="How many tasks each document").click()

    expect(page.get_by_role("tab")).to_contain_text(["PlanTasks", "TaskCounts"])
    page.get_by_role("button", name="Execute query").click()
    expect(page.locator(".result-window")).to_contain_text('"taskFacets"')


def test_fields_are_completed_and_explained_from_the_schema(page: Page) -> None:
    page.goto("/graphql")
    page.get_by_role("button", name="Documentation Explorer").click()
    page.get_by_role("link", name="Query", exact=True).click()
    expect(page.locator(".graphiql-plugin")).to_contain_text("Documents of Vietnamese policy")
    page.get_by_role("button", name="New tab").click()
    editor = page.locator(".graphiql-query-editor")
    editor.click()
    page.keyboard.type("{ indicatorT", delay=30)

    expect(page.locator(".CodeMirror-hints")).to_contain_text("indicatorTarget")


def test_a_fault_in_an_operation_is_told(page: Page) -> None:
    page.goto("/graphql")
    page.get_by_role("button", name="New tab").click()
    page.locator(".graphiql-query-editor").click()
    page.keyboard.insert_text("{ nothingOfTheKind }")
    page.keyboard.press("Control+Enter")

    expect(page.locator(".result-window")).to_contain_text("Cannot query field")


def test_the_settings_open_within_the_policy(page: Page) -> None:
    page.goto("/graphql")
    page.get_by_role("button", name="Open settings dialog").click()

    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_it_speaks_the_language_of_the_reader(context: BrowserContext) -> None:
    page = context.new_page()
    page.goto("/graphql?lang=vi")

    expect(page).to_have_title("Thử GraphQL – Căn Cứ")
    expect(page.get_by_role("button", name="Nhiệm vụ của một kế hoạch")).to_be_visible()
    page.get_by_role("button", name="Execute query").click()
    expect(page.locator(".result-window")).to_contain_text("Nâng cao nhận thức, đổi mới tư duy")


def test_an_operation_in_the_address_is_answered_and_not_shown(page: Page) -> None:
    answered = page.request.get("/graphql?query={release{id}}", headers={"accept": "text/html,*/*"})
    page.goto("/graphql")

    assert list(answered.json()) == ["data"]


def test_on_a_phone_the_answer_is_as_wide_as_the_page(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/graphql")
    page.get_by_role("button", name="Execute query").click()
    answer = page.locator(".result-window")
    expect(answer).to_contain_text('"totalCount": 49')
    page.get_by_role("button", name="Documentation Explorer").click()
    search = page.get_by_role("combobox")
    expect(search).to_be_visible()

    widths = [one.evaluate("one => one.clientWidth") for one in (answer, search)]
    assert widths[0] > 300
    assert widths[1] > 50
    assert page.evaluate("document.documentElement.scrollWidth") == 390
