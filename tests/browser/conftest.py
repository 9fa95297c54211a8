"""One Chromium for all tests; a page that watches what the browser does."""

import os
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Page,
    Request,
    ViewportSize,
    expect,
    sync_playwright,
)

FLAGS = [
    "--headless",
    "--no-sandbox",  # containers run as root
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
MOST_MILLISECONDS = 15_000
_ANSWERED = re.compile("status of (400|504)")
DESKTOP: ViewportSize = {"width": 1280, "height": 900}


# Not for the whole session: while Playwright is open, other tests cannot run loops of their own.
@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Return Debian's Chromium; where there is none, only a developer's machine may skip."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        assert not os.environ.get("CI"), "CI must install chromium: see .ci/run"
        pytest.skip("no chromium here: apt-get install chromium")
    expect.set_options(timeout=MOST_MILLISECONDS)  # where all cores are busy, 5 s are few
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield launched
        launched.close()


@dataclass
class Watched:
    """What a browser context did: the requests it made, and what it complained of."""

    requests: list[Request] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def watch(self, context: BrowserContext) -> None:
        """Note all that happens from now on."""
        context.on("request", self._remember)
        context.on("console", lambda message: self._note(message.type, message.text))
        context.on("weberror", lambda error: self._note("error", str(error.error)))

    def _remember(self, request: Request) -> None:
        self.requests.append(request)

    def _note(self, kind: str, words: str) -> None:
        # That a question is refused or takes too long is what some tests are about.
        if kind in {"error", "warning"} and not _ANSWERED.search(words):
            self.complaints.append(words)

    def hosts(self) -> set[str]:
        """Return the hosts that were asked; data URLs and blobs have none."""
        return {host for request in self.requests if (host := urlsplit(request.url).hostname)}


@pytest.fixture
def context(browser: Browser, server: str) -> Iterator[BrowserContext]:
    """Return a browser of its own, in English, whose every request and complaint is checked."""
    made = browser.new_context(base_url=server, viewport=DESKTOP)
    yield from _checked(made, server)


@pytest.fixture
def plain_context(browser: Browser, server: str) -> Iterator[BrowserContext]:
    """Return the same without JavaScript."""
    made = browser.new_context(base_url=server, java_script_enabled=False)
    yield from _checked(made, server)


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """Return a page with scripts."""
    return context.new_page()


@pytest.fixture
def plain_page(plain_context: BrowserContext) -> Page:
    """Return a page without scripts."""
    return plain_context.new_page()


def _checked(context: BrowserContext, server: str) -> Iterator[BrowserContext]:
    watched = Watched()
    watched.watch(context)
    context.set_default_timeout(MOST_MILLISECONDS)
    context.add_cookies([{"name": "lang", "value": "en", "url": server}])
    yield context
    context.close()
    assert watched.hosts() <= {"127.0.0.1"}
    assert watched.complaints == []
    assert watched.requests
