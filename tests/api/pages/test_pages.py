"""Pages for people: valid, in two languages, links alive, quotes those of the source."""

import re
import tomllib
from collections import Counter, deque
from pathlib import Path
from urllib.parse import parse_qs, urljoin, urlsplit
from xml.etree.ElementTree import Element

import html5lib
import httpx
import pytest
from html5lib.constants import E as MESSAGES

from api.pages.words import LANGUAGES, table
from graph.quotes import Sources
from graph.store import Store
from tests.api.pages.conftest import HUNG_YEN

_XHTML = "{http://www.w3.org/1999/xhtml}"
_PAGES = [
    "/",
    "/documents",
    "/dumps",
    "/search",
    "/search?q=chuyển đổi số",
    "/search?q=" + "a " * 50,
    f"{HUNG_YEN}.html",
    f"{HUNG_YEN}.html?view=data",
    f"{HUNG_YEN}.html?incoming=1",
    f"{HUNG_YEN}/muc/V.1.html",
    f"{HUNG_YEN}/muc/III.html",
    f"{HUNG_YEN}/muc/III.6.html",
    f"{HUNG_YEN}/muc/V.1/nhiem-vu/1.html",
    f"{HUNG_YEN}/muc/V.1/nhiem-vu/1/evidence.html",
    f"{HUNG_YEN}/vi/txt.html",
    f"{HUNG_YEN}/vi/txt.html?char=121,146",
    f"{HUNG_YEN}/vi/txt.html?char=5,99999999",
    # A document without a number that people have found.
    "/eli/vn/hung-yen/tu/kh/_/_dbde8c98.html",
    "/eli/vn/cp/nq/2025/3.html",
    "/agency/hung-yen/uy-ban-nhan-dan-tinh.html",
    "/agency/hung-yen/cac-so-ban-nganh-don-vi-lien-quan.html",
    "/ns.html",
    "/dataset.html",
    "/graph/meta.html",
    "/code/role/lead.html",
    "/resource?iri=http://www.w3.org/ns/oa%23Annotation",
    "/resource?iri=https://w3id.org/cancu/ns%23Task",
    "/there/is/nothing",
    f"{HUNG_YEN}/muc/XX.html",
]
NINH_BINH = "/eli/vn/ninh-binh/ubnd/kh/2025/_d8e8344c"
_MOST_CRAWLED = 150


def _parsed(page: httpx.Response) -> Element:
    parser = html5lib.HTMLParser()
    tree: Element = parser.parse(page.content, transport_encoding="utf-8")
    faults = [f"{at}: {MESSAGES[code] % values}" for at, code, values in parser.errors]
    assert faults == []
    return tree


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", _PAGES)
def test_page_is_sound(client: httpx.Client, path: str, language: str) -> None:
    page = client.get(path, headers={"cookie": f"lang={language}", "accept": "text/html"})
    tree = _parsed(page)
    elements = list(tree.iter())

    ids = Counter(element.get("id") for element in elements if element.get("id"))
    assert [name for name, count in ids.items() if count > 1] == []
    assert tree.get("lang") == page.headers["content-language"] == language
    # One heading of the first rank, and the landmarks.
    tags = Counter(str(element.tag).removeprefix(_XHTML) for element in elements)
    assert (tags["h1"], tags["main"], tags["title"]) == (1, 1, 1)
    assert all(tags[name] for name in ("header", "footer", "nav"))
    # Whoever cannot see finds a name on every field.
    fields = [e.get("id") for e in tree.iter(f"{_XHTML}input") if e.get("type") != "hidden"]
    labelled = {label.get("for") for label in tree.iter(f"{_XHTML}label")}
    assert set(fields) <= labelled


@pytest.mark.parametrize("path", _PAGES)
def test_page_runs_nothing_of_others(client: httpx.Client, path: str) -> None:
    page = client.get(path, headers={"accept": "text/html"})
    tree = _parsed(page)

    policy = page.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert len(page.headers.get_list("content-security-policy")) == 1
    for element in tree.iter():
        # No script in the page, no handler, no style: only files of our own.
        assert not [name for name in element.attrib if name.startswith("on") or name == "style"]
        if element.tag == f"{_XHTML}script":
            assert (element.get("src") or "").startswith("/static/")
            assert not element.text


def test_the_language_is_chosen_and_kept(client: httpx.Client) -> None:
    first = client.get("/documents")
    english = client.get("/documents?lang=en")
    later = client.get("/documents", headers={"cookie": "lang=en"})
    wrong = client.get("/documents?lang=xx", headers={"cookie": "lang=yy"})

    assert 'lang="vi"' in first.text[:200]
    assert "Documents in the graph" in english.text
    assert "lang=en" in english.headers["set-cookie"]
    assert "set-cookie" not in first.headers
    assert "Documents in the graph" in later.text
    assert "Văn bản trong đồ thị" in wrong.text


def test_internal_links_answer(client: httpx.Client) -> None:
    """Follow links from the first page, broadly, until enough were opened."""
    queue, seen, dead = deque(["/"]), {"/"}, []
    while queue and len(seen) - len(queue) < _MOST_CRAWLED:
        path = queue.popleft()
        page = client.get(path, headers={"accept": "text/html"}, follow_redirects=True)
        if page.status_code != 200:
            dead.append((path, page.status_code))
        if not page.headers["content-type"].startswith("text/html"):
            continue
        hrefs = re.findall(r'(?:href|src)="([^"]+)"', page.text)
        for href in hrefs[:: max(1, len(hrefs) // 25)]:
            link = urlsplit(urljoin(str(page.url), href.replace("&amp;", "&")))
            target = link._replace(scheme="", netloc="", fragment="").geturl()
            if link.netloc == client.base_url.netloc.decode() and target not in seen:
                seen.add(target)
                queue.append(target)

    assert len(seen) > _MOST_CRAWLED
    assert dead == []


def test_fragments_lead_somewhere(client: httpx.Client) -> None:
    """Each section that the contents name, and each stretch of text, is an anchor."""
    document = _parsed(client.get(f"{HUNG_YEN}.html"))
    text = _parsed(client.get(f"{HUNG_YEN}/vi/txt.html"))
    ids = {element.get("id") for element in document.iter()}
    links = [a.get("href") or "" for a in document.iter(f"{_XHTML}a")]
    places = {element.get("id") for element in text.iter()}

    stretches = {urlsplit(link).fragment for link in links if "/vi/txt?char=" in link}
    assert {link[1:] for link in links if link.startswith("#")} <= ids
    assert len(stretches) > 100
    assert stretches <= places


def test_quotes_on_a_page_are_the_words_of_the_source(client: httpx.Client, store: Store) -> None:
    page = client.get(f"{HUNG_YEN}.html")
    tree = _parsed(page)
    digest = next(e.text for e in tree.iter() if e.get("class") == "digest")
    text = store.source(digest or "").decode("utf-8")

    quotes = [e for e in tree.iter(f"{_XHTML}div") if e.get("class") == "quote"]
    checked = 0
    for quote in quotes:
        words = "".join(next(quote.iter(f"{_XHTML}mark")).itertext())
        context = next(
            link
            for link in (a.get("href") or "" for a in quote.iter(f"{_XHTML}a"))
            if "/vi/txt?char=" in link
        )
        start, end = map(int, parse_qs(urlsplit(context).query)["char"][0].split(","))
        assert text[start:end] == words
        assert next(p.get("class") for p in quote.iter(f"{_XHTML}p")) == "verdict verified"
        checked += 1
    assert checked > 100


def test_the_whole_text_is_shown_unchanged(client: httpx.Client, store: Store) -> None:
    tree = _parsed(client.get(f"{HUNG_YEN}/vi/txt.html?char=13055,13310"))
    shown = next(e for e in tree.iter(f"{_XHTML}div") if e.get("class") == "source")
    marked = "".join("".join(mark.itertext()) for mark in shown.iter(f"{_XHTML}mark"))
    digest = next(e.text for e in tree.iter() if e.get("class") == "digest")
    text = store.source(digest or "").decode("utf-8")

    assert "".join(shown.itertext()) == text
    assert marked == text[13055:13310]


def test_a_changed_source_is_not_passed_for_verified(tmp_path: Path, store: Store) -> None:
    sha256 = store.release.documents[0].sha256
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / sha256).write_bytes(store.source(sha256) + b"x")

    assert Sources(tmp_path).text(sha256, "utf-8") is None
    assert Sources(None).is_here is False


def test_the_words_of_the_pages_are_complete() -> None:
    folder = Path(__file__).parents[3] / "api"
    text = (folder / "pages" / "words.toml").read_text(encoding="utf-8")
    entries = [name for section in tomllib.loads(text).values() for name in section.values()]
    assert all(len(pair) == 2 and all(words.strip() for words in pair) for pair in entries)

    templates = (path.read_text(encoding="utf-8") for path in (folder / "templates").glob("*.html"))
    used = {
        name
        for text in templates
        for name in re.findall(r"\bt\([\"']([a-z_]+\.[a-z_0-9]+)[\"']\s*[,)]", text)
    }
    for vietnamese, english in table().values():
        assert set(re.findall(r"{(\w+)}", vietnamese)) == set(re.findall(r"{(\w+)}", english))
    ours = {name.partition(".")[0] for name in table()}
    assert {name for name in used if name.partition(".")[0] in ours} <= set(table())


# Four plans carry 03/NQ-CP out, some in the same words: whose each is tells them apart.
@pytest.mark.parametrize(
    "path", ["/eli/vn/cp/nq/2025/3.html", "/agency/hung-yen/dang-uy-uy-ban-nhan-dan-tinh.html"]
)
def test_documents_are_told_apart_by_who_issued_them(client: httpx.Client, path: str) -> None:
    page = client.get(path).text
    rows = re.findall(r"<li[^>]*>.*?</li>", page, re.DOTALL)
    plans = [row for row in rows if re.search("[Tt]hực hiện Nghị quyết số|KH-UBND", row)]

    assert plans
    for row in plans:
        assert re.search(r"<span class=\"soft\">[^<]*(Ủy ban nhân dân|Ban Thường vụ)", row), row


@pytest.mark.parametrize(("language", "has_translation"), [("vi", True), ("en", False)])
def test_gaps_are_told_in_the_language_of_the_page(
    client: httpx.Client, language: str, has_translation: bool
) -> None:
    page = client.get(f"{NINH_BINH}.html", headers={"cookie": f"lang={language}"}).text

    # What is amiss by the code list, then which date it is.
    assert ("Ngày ban hành chỉ ghi đến tháng hoặc năm." in page) is has_translation
    assert 'lang="en">The date of issue is filled in only as far as 2025-03.</span>' in page


# P1Y in the graph: people read words.
@pytest.mark.parametrize(("language", "words"), [("vi", "hằng năm"), ("en", "every year")])
def test_how_often_is_told_in_words(client: httpx.Client, language: str, words: str) -> None:
    path = f"{NINH_BINH}/muc/II.1/nhiem-vu/5.html"
    page = client.get(path, headers={"cookie": f"lang={language}"}).text

    assert f"{words} <code>P1Y</code>" in page


@pytest.mark.parametrize(
    ("language", "words"),
    [("vi", "Câu truy vấn không đúng cú pháp SPARQL"), ("en", "The query is not SPARQL")],
)
def test_a_wrong_query_is_told_in_the_language_of_the_page(
    client: httpx.Client, language: str, words: str
) -> None:
    headers = {"accept": "text/html", "cookie": f"lang={language}"}
    page = client.get("/sparql?query=SELECT", headers=headers)

    assert page.status_code == 400
    assert f"{words}: <span" in page.text
