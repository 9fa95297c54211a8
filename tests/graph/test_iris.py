import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph import iris
from loaders.document import Span

SAFE = re.compile(r"[A-Za-z0-9._~-]+")
DOCUMENT = "https://w3id.org/cancu/eli/vn/cp/nq/2025/3"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Diacritics and đ go, words are joined.
        ("Sở Khoa học và Công nghệ", "so-khoa-hoc-va-cong-nghe"),
        ("Đảng ủy", "dang-uy"),
        # A decomposed text gives the same.
        ("Ủy ban", "uy-ban"),
        # Punctuation never stands at an end.
        ("  các sở, ban, ngành. ", "cac-so-ban-nganh"),
    ],
)
def test_slug(text: str, expected: str) -> None:
    assert iris.slug(text) == expected


def test_slugs_of_long_texts_that_begin_alike_differ() -> None:
    one, other = ("tỉ lệ " * 30 + end for end in ("một", "hai"))

    assert iris.slug(one) != iris.slug(other)
    assert len(iris.slug(one)) <= 80 + 1 + iris.SHORT_DIGEST


@given(st.text())
def test_a_slug_is_never_empty_and_safe_in_an_iri(text: str) -> None:
    assert SAFE.fullmatch(iris.slug(text))


@given(st.text())
def test_a_step_is_never_empty_and_safe_in_an_iri(text: str) -> None:
    assert SAFE.fullmatch(iris.step(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("III.2", "III.2"),
        # d) and đ) are two items of one list.
        ("II.1.d", "II.1.d"),
        ("II.1.đ", "II.1.dd"),
    ],
)
def test_step(text: str, expected: str) -> None:
    assert iris.step(text) == expected


def test_a_stretch_is_named_by_its_offsets() -> None:
    name = iris.stretch(DOCUMENT, Span(120, 156))

    assert name == f"{DOCUMENT}/vi/txt#char=120,156"
