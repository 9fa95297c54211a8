"""Likeness of damaged letters, codes and words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.citing.ocr import closest, distance, likeness, plain, repair_digits


@pytest.mark.parametrize(
    ("damaged", "digits"),
    [("O3", "03"), ("l5", "15"), ("2O2S", "2025"), ("B", "8"), ("411", "411")],
)
def test_repair_digits(damaged: str, digits: str) -> None:
    assert repair_digits(damaged) == digits


@pytest.mark.parametrize(
    ("damaged", "near", "far"),
    [
        # The bar of the Đ is faint.
        ("QB", "QĐ", "CT"),
        ("Qb", "QĐ", "KH"),
        # The tail of the Q is lost.
        ("NO", "NQ", "NĐ"),
    ],
)
def test_look_alikes_are_near(damaged: str, near: str, far: str) -> None:
    assert distance(damaged, near) < 0.5 <= distance(damaged, far)


def test_closest() -> None:
    assert closest("QB", ("QĐ", "CT", "KH"), 0.5) == "QĐ"
    assert closest("XX", ("QĐ", "CT"), 0.5) is None
    # Two as near: no choice.
    assert closest("DA", ("ĐA", "BA"), 2.0) == "ĐA"
    assert closest("A", ("AX", "AY"), 2.0) is None


def test_likeness_of_words() -> None:
    assert likeness(plain("Quéc hdi"), plain("Quốc hội")) > 80
    assert likeness(plain("K& hoach"), plain("Kế hoạch")) == 100
    assert likeness(plain("Bộ Công an"), plain("Quốc hội")) < 60


@given(st.text(alphabet="QĐNTBKH", max_size=5), st.text(alphabet="QĐNTBKH", max_size=5))
def test_distance_is_symmetric_and_bounded(one: str, other: str) -> None:
    assert distance(one, other) == pytest.approx(distance(other, one))
    assert 0 <= distance(one, other) <= max(len(one), len(other))
    assert distance(one, one) == 0
