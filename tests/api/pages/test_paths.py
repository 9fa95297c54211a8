"""From an IRI to a path and back."""

import pytest

from api.pages.paths import external_iri, iri_of, url_of
from ontology.terms import BASE


@pytest.mark.parametrize(
    ("iri", "url"),
    [
        (f"{BASE}eli/vn/cp/nq/2025/3", "/eli/vn/cp/nq/2025/3"),
        (f"{BASE}ns#Task", "/ns#Task"),
        # The namespace itself, as VoID names it.
        (f"{BASE}ns#", "/ns"),
        # A fragment never reaches the server, so a stretch stands in the query too.
        (f"{BASE}eli/x/vi/txt#char=120,156", "/eli/x/vi/txt?char=120,156#char=120,156"),
        (f"{BASE}eli/x/vi/txt#selector=1,2", "/eli/x/vi/txt?char=1,2#selector=1,2"),
        ("http://x.org/oa#A", "/resource?iri=http%3A%2F%2Fx.org%2Foa%23A"),
        # Markup in an IRI stays text.
        ('http://x/"><script>', "/resource?iri=http%3A%2F%2Fx%2F%22%3E%3Cscript%3E"),
    ],
)  # fmt: skip
def test_url_of(iri: str, url: str) -> None:
    assert url_of(iri) == url
    assert url_of(iri, "/cancu") == f"/cancu{url}"


@pytest.mark.parametrize(
    ("path", "is_one"),
    [
        ("eli/vn/tw/nq/2024/57", True),
        (".well-known/genid/c14n0", True),
        # Vietnamese letters, blanks, control characters: no IRI of ours has them.
        ("eli/vn/hưng-yên", False),
        ("eli/vn x", False),
        ("eli\x00", False),
        ("eli<script>", False),
        ("a" * 2001, False),
    ],
)
def test_iri_of(path: str, is_one: bool) -> None:
    assert iri_of(path) == (BASE + path if is_one else None)


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("http://www.w3.org/ns/oa#Annotation", True),
        ("urn:isbn:978", True),
        ("không có lược đồ", False),
        ("http://x/ y", False),
        ("http://x/<y>", False),
        ('http://x/"', False),
        # Direction marks and invisible characters make an address look like another.
        ("http://x/\u202egnp.exe", False),
        ("http://x/\u200b", False),
        ("", False),
    ],
)
def test_external_iri(text: str, is_one: bool) -> None:
    assert external_iri(text) == (text if is_one else None)
