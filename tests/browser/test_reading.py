"""Pages of the graph in a browser: stretches of text, evidence, width, use without a mouse."""

import re

import pytest
from playwright.sync_api import Page, ViewportSize, expect

HUNG_YEN = "/eli/vn/hung-yen/ubnd/kh/2025/44"
TASK = f"{HUNG_YEN}/muc/V.1/nhiem-vu/1"
WINDOWS: tuple[ViewportSize, ...] = (
    {"width": 390, "height": 844},
    {"width": 1280, "height": 900},
)
SMALLEST_PRINT = 12


@pytest.mark.parametrize("fragment", ["char=13055,13310", "selector=13055,13310"])
def test_a_fragment_shows_its_stretch(page: Page, fragment: str) -> None:
    """Open the IRI of a stretch as it stands in the graph; only the fragment names the place."""
    page.goto(f"{HUNG_YEN}/vi/txt#{fragment}")
    page.wait_for_url(re.compile(r"char=13055"))

    mark = page.locator(".source mark").first
    expect(mark).to_be_in_viewport()
    expect(mark).to_contain_text("chuyén doi so")


def test_a_stretch_shows_without_scripts(plain_page: Page) -> None:
    plain_page.goto(f"{HUNG_YEN}.html")
    plain_page.locator("details.evidence summary").first.click()
    plain_page.get_by_role("link", name="See it in the text").first.click()

    expect(plain_page.locator(".source mark").first).to_be_in_viewport()
    expect(plain_page.locator("section.chosen")).to_contain_text("Verified")


def test_the_language_is_remembered(page: Page) -> None:
    page.goto("/documents")
    page.get_by_role("link", name="Tiếng Việt").click()
    page.locator("nav.menu").get_by_role("link", name="Tải dữ liệu").click()

    expect(page.locator("html")).to_have_attribute("lang", "vi")


def test_a_keyboard_is_enough(page: Page) -> None:
    page.goto(TASK)
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()

    summary = page.locator("details.evidence summary").first
    summary.focus()
    page.keyboard.press("Enter")
    expect(page.locator("details.evidence blockquote").first).to_be_visible()


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/documents",
        "/search?q=chuyen+doi+so",
        "/dumps",
        f"{HUNG_YEN}",
        f"{HUNG_YEN}.html?view=data",
        TASK,
        f"{HUNG_YEN}/vi/txt",
        "/agency/hung-yen/uy-ban-nhan-dan-tinh",
        "/eli/vn/cp/nq/2025/3",
        "/ns",
    ],
)
def test_no_page_scrolls_sideways(page: Page, path: str) -> None:
    page.goto(path)
    for window in WINDOWS:
        page.set_viewport_size(window)
        assert page.evaluate("document.documentElement.scrollWidth") <= window["width"]
    sizes = page.evaluate(
        """[...document.querySelectorAll("main *")]
             .map(element => parseFloat(getComputedStyle(element).fontSize))"""
    )
    assert min(sizes) >= SMALLEST_PRINT
