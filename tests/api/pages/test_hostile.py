"""Wrong, hostile and odd addresses: a 4xx, nothing of them run or opened, and the server lives."""

import httpx
import pytest

from tests.api.pages.conftest import HUNG_YEN, RawGet

_SCRIPT = "<script>alert(1)</script>"


@pytest.mark.parametrize(
    "path",
    [
        "/../../etc/passwd",
        "/..%2f..%2fetc%2fpasswd",
        "/static/../pages/words.toml",
        "/static/..%2fpages%2fwords.toml",
        "/static/%2e%2e/%2e%2e/pyproject.toml",
        "/dumps/../release.json",
        "/dumps/..%2f..%2fcurrent/cancu.nq.gz",
        "/dumps/%00/cancu.nq.gz",
        "/%00",
        "/eli/%00.ttl",
        # Bytes that are no UTF-8.
        "/eli/%ff%fe",
        "/eli/vn/%c0%af",
        # Right-to-left override, and a letter beyond ASCII.
        "/eli/%E2%80%AEgnp",
        "/eli/h%C6%B0ng-y%C3%AAn",
        "//evil.example/x",
        "/http://evil.example/",
        "/eli/" + "a" * 5000,
        "/" + "a/" * 900,
        "/eli/vn/cp/nq/2025/3%3Cscript%3E",
        "/eli/vn/cp/nq/2025/3%22%3E%3Cscript%3Ealert(1)%3C/script%3E.html",
        # What closes an IRI in SPARQL, and begins a pattern.
        "/eli/x%3E%20%7B%20%3Fs%20%3Fp%20%3Fo%20%7D%20%23",
        "/.html",
        "/.ttl",
        "/resource",
        "/resource?iri=",
        "/resource?iri=%3Cscript%3Ealert(1)%3C/script%3E",
        "/resource?iri=javascript:alert(1)",
        "/resource?iri=http://x/%3E%7D%20UNION%20%7B?s%20?p%20?o",
        "/resource?iri=http://x/%E2%80%AEgnp.exe",
        "/resource?iri=http://x/%00",
        "/resource?iri=" + "http://x/" + "a" * 5000,
        "/resource?iri=http://www.w3.org/ns/oa%23Annotation&format=exe",
        "/.well-known/void.exe",
        f"{HUNG_YEN}.html?release=..%2f..%2fetc",
    ],
)
def test_a_wrong_address_is_refused(raw_get: RawGet, path: str) -> None:
    status, body = raw_get(path)

    assert 400 <= status < 500
    for leak in (b"root:", b"Traceback", b"[project]", b"<script>alert"):
        assert leak not in body


@pytest.mark.parametrize("name", ["q", "iri", "page", "incoming", "char", "from", "lang", "view"])
@pytest.mark.parametrize(
    "value",
    [
        _SCRIPT,
        f'">{_SCRIPT}',
        "-1",
        "0",
        "9" * 400,
        "1e9",
        "١٢",
        "\u202e\u0000",
        "1,2,3",
        "99,5",
        "' OR 1=1 --",
        "}} {{ 7*7 }}",
    ],
)
def test_a_wrong_parameter_does_no_harm(client: httpx.Client, name: str, value: str) -> None:
    for path in ("/search", f"{HUNG_YEN}.html", f"{HUNG_YEN}/vi/txt.html"):
        page = client.get(path, params={name: value, "q": value}, headers={"accept": "text/html"})

        assert page.status_code in {200, 400, 404}
        assert _SCRIPT not in page.text
        assert ">49<" not in page.text


def test_a_page_that_is_missing_helps_on(client: httpx.Client) -> None:
    page = client.get(f"{HUNG_YEN}/muc/XX/nhiem-vu/9", headers={"accept": "text/html"})

    assert page.status_code == 404
    assert f'href="{HUNG_YEN}"' in page.text
    assert 'action="/search"' in page.text
    assert page.headers["cache-control"] == "no-store"


def test_a_program_is_told_in_its_own_form(client: httpx.Client) -> None:
    answer = client.get("/eli/nothing", headers={"accept": "text/turtle"})

    assert answer.status_code == 404
    assert answer.json()["status"] == 404


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_pages_are_only_read(client: httpx.Client, method: str) -> None:
    answer = client.request(method, HUNG_YEN)

    assert answer.status_code == 405
    assert "GET" in answer.headers["allow"]
