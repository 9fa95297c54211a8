"""Pages that are kept for a while."""

from starlette.responses import HTMLResponse

from api.pages.shelf import Shelf


def _key(name: str) -> tuple[str, str, str]:
    return ("tag", name, "")


def test_a_kept_page_is_sent_again() -> None:
    shelf = Shelf(1000)
    shelf.put(_key("a"), HTMLResponse("words", headers={"Vary": "Accept"}))

    found = shelf.find(_key("a"))

    assert found is not None
    assert (found.body, found.headers["vary"]) == (b"words", "Accept")
    assert found.headers["content-length"] == "5"
    assert shelf.find(_key("b")) is None


def test_the_pages_asked_for_last_are_kept() -> None:
    shelf = Shelf(1000)
    for name in "abcdefghij":
        shelf.put(_key(name), HTMLResponse("x" * 100))
    shelf.find(_key("a"))

    shelf.put(_key("k"), HTMLResponse("x" * 100))

    assert shelf.find(_key("a")) is not None
    assert shelf.find(_key("b")) is None


def test_what_is_no_page_or_too_long_is_not_kept() -> None:
    shelf = Shelf(1000)
    shelf.put(_key("missing"), HTMLResponse("no", 404))
    shelf.put(_key("long"), HTMLResponse("x" * 126))

    assert shelf.find(_key("missing")) is None
    assert shelf.find(_key("long")) is None


def test_a_page_that_was_made_again_counts_once() -> None:
    shelf = Shelf(800)
    for _ in range(20):
        shelf.put(_key("a"), HTMLResponse("x" * 100))
    shelf.put(_key("b"), HTMLResponse("x" * 100))

    assert shelf.find(_key("a")) is not None
    assert shelf.find(_key("b")) is not None
