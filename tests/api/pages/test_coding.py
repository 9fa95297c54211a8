"""Pages, the catalogue and files come compressed; files named by their version are kept."""

import gzip
import re

import httpx
import pytest
import zstandard

PAGE = {"accept": "text/html"}
_QUERY = "SELECT ?task ?text { ?task cancu:text ?text }"


def _raw(client: httpx.Client, path: str, coding: str) -> tuple[httpx.Response, bytes]:
    headers = {**PAGE, "accept-encoding": coding}
    with client.stream("GET", path, headers=headers, follow_redirects=True) as answer:
        return answer, b"".join(answer.iter_raw())


def _decoded(raw: bytes, coding: str | None) -> bytes:
    if coding == "gzip":
        return gzip.decompress(raw)
    return zstandard.ZstdDecompressor().decompressobj().decompress(raw) if coding else raw


@pytest.mark.parametrize("coding", ["gzip", "zstd"])
@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/eli/vn/hung-yen/ubnd/kh/2025/44",
        "/queries",
        "/queries/documents_citing",
        "/queries.json",
        "/queries/documents_citing.csv",  # sent as it comes
        "/queries/documents_citing.json",
        "/ns.ttl",
        "/ns.jsonld",
        "/editor/terms.json",
        "/eli/vn/nobody",  # a page that says what is near
        f"/sparql?query={_QUERY}",  # a page too, for a browser
        "/static/style.css",
    ],
)
def test_what_is_text_comes_in_the_coding_that_is_asked_for(
    client: httpx.Client, path: str, coding: str
) -> None:
    plain, whole = _raw(client, path, "identity")
    answer, raw = _raw(client, path, coding)

    assert "content-encoding" not in plain.headers
    assert answer.headers["content-encoding"] == coding
    assert _decoded(raw, coding) == whole
    assert len(raw) < len(whole)
    for one in (plain, answer):
        assert "Accept-Encoding" in one.headers["vary"]
        assert one.headers.get("etag", "W/").startswith("W/") or one is plain


@pytest.mark.parametrize(
    ("path", "coding"),
    [
        ("/static/mark.svg", "gzip"),  # too small to gain by it
        ("/queries", "br"),  # a coding that we do not speak
        ("/queries", "gzip;q=0"),
    ],
)
def test_what_is_sent_as_it_is(client: httpx.Client, path: str, coding: str) -> None:
    answer, _ = _raw(client, path, coding)

    assert answer.status_code == 200
    assert "content-encoding" not in answer.headers


def test_a_dump_is_not_compressed_again(client: httpx.Client) -> None:
    release = client.get("/sparql?query=ASK{}").headers["cancu-release"]
    answer, raw = _raw(client, f"/dumps/{release}/cancu.nq.gz", "gzip")

    assert "content-encoding" not in answer.headers
    assert gzip.decompress(raw).startswith(b"<")


@pytest.mark.parametrize("path", ["/queries", "/static/style.css", "/queries/documents.csv"])
def test_who_has_a_coded_answer_is_told_so(client: httpx.Client, path: str) -> None:
    first, _ = _raw(client, path, "gzip")
    again = client.get(
        path, headers={**PAGE, "accept-encoding": "gzip", "if-none-match": first.headers["etag"]}
    )

    assert again.status_code == 304
    assert "Accept-Encoding" in again.headers["vary"]


def test_a_head_is_as_long_as_the_page(client: httpx.Client) -> None:
    headers = {**PAGE, "accept-encoding": "gzip"}
    head = client.head("/queries", headers=headers)
    _, raw = _raw(client, "/queries", "gzip")

    assert head.headers["content-encoding"] == "gzip"
    assert head.headers["content-length"] == str(len(raw))


def test_files_named_by_their_version_are_kept_for_good(client: httpx.Client) -> None:
    page = client.get("/editor", headers=PAGE).text
    named = re.findall(r'"(/static/[^"]+\?v=[^"]+)"', page)

    assert len(named) == 3  # two style sheets and the editor
    for address in named:
        kept = client.get(address).headers["cache-control"]
        assert kept == "public, max-age=31536000, immutable"


# Another version (the page is older than the server, or newer) or none: it may change any time.
@pytest.mark.parametrize("query", ["", "?v=", "?v=0123abcd"])
def test_other_files_are_asked_for_again(client: httpx.Client, query: str) -> None:
    answer = client.get(f"/static/style.css{query}")

    assert answer.headers["cache-control"] == "no-cache"
    assert answer.headers["etag"]
