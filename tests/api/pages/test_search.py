"""The search page, and how the words are marked in what it shows."""

import re

import httpx
import pytest

from api.pages.search import pieces_of


@pytest.mark.parametrize(
    ("text", "words", "shown"),
    [
        # Folded: words typed without diacritics are marked where they have them.
        ("Sở Khoa học", "so hoc", "[Sở] Khoa [học]"),
        # "57-NQ/TW" is three words that stand side by side.
        ("Nghị quyết số 57-NQ/TW", "57 nq tw", "Nghị quyết số [57]-[NQ]/[TW]"),
        # A part of a word is not the word.
        ("sơ sở", "s", "sơ sở"),
        ("<script>", "script", "<[script]>"),
        ("văn bản", "", "văn bản"),
    ],
)
def test_pieces_of(text: str, words: str, shown: str) -> None:
    pieces = pieces_of(text, words)

    assert "".join(f"[{piece}]" if is_word else piece for piece, is_word in pieces) == shown


def test_a_long_text_is_shown_around_the_words() -> None:
    pieces = pieces_of("a " * 500 + "đích" + " b" * 500, "dich")
    shown = "".join(piece for piece, _ in pieces)

    assert ("đích", True) in pieces
    assert shown.startswith("… ")
    assert shown.endswith(" …")
    assert len(shown) < 500


def test_with_and_without_diacritics(client: httpx.Client) -> None:
    pages = [client.get("/search", params={"q": q}) for q in ("chuyển đổi số", "chuyen doi so")]

    assert [page.status_code for page in pages] == [200, 200]
    assert all("<mark>chuyển</mark>" in page.text for page in pages)


def test_words_that_nobody_wrote(client: httpx.Client) -> None:
    page = client.get("/search?q=qwertzuiop")

    assert page.status_code == 200
    assert "Không có văn bản nào" in page.text


def test_agencies_of_one_name_are_told_apart(client: httpx.Client) -> None:
    page = client.get("/search", params={"q": '"Sở Tài chính"'}).text

    assert "Sở Tài chính tỉnh Hưng Yên" in page
    assert "Sở Tài chính tỉnh Lai Châu" in page
    # That of before the merger of provinces is another organ.
    assert "Sở Tài chính tỉnh Hưng Yên (… – 30/6/2025)" in page


def test_what_is_found_opens(client: httpx.Client) -> None:
    page = client.get("/search?q=57-NQ/TW&in=all")
    links = [part.partition('"')[0] for part in page.text.split('class="hit" href="')[1:]]

    assert len(links) == 20
    opened = [client.get(link.replace("&amp;", "&"), follow_redirects=True) for link in links]
    assert {answer.status_code for answer in opened} == {200}


def test_words_longer_than_anybody_types(client: httpx.Client) -> None:
    assert client.get("/search", params={"q": "a" * 3000}).status_code == 400


@pytest.mark.parametrize(
    ("words", "said"),
    [
        # A task and a section: the document that they stand in, and whose plan it is.
        (
            "công bố mức độ hoàn thành nhiệm vụ",
            "Nhiệm vụ · .*Thực hiện Nghị quyết số 03.*, Ủy ban nhân dân tỉnh Ninh Bình, 3/2025",
        ),
        ("hợp tác quốc tế", "Mục · .*Triển khai .*, Ủy ban nhân dân tỉnh Hậu Giang, 2025"),
        # A title: whose it is.
        ("đột phá phát triển", "Văn bản được viện dẫn · .*Nghị quyết 57-NQ/TW, Bộ Chính trị"),
    ],
)
def test_what_is_found_says_where_it_stands(client: httpx.Client, words: str, said: str) -> None:
    page = client.get("/search", params={"q": words}).text
    lines = [re.sub(r"<[^>]*>", "", line) for line in page.splitlines()]

    assert [line for line in lines if re.search(said, line)]
