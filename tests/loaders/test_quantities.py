"""Quantities: numbers, ranges, comparators and units."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.measuring.quantities import Quantity, find_quantities, parse_number
from loaders.measuring.rankings import find_rankings
from loaders.text.folding import folded_text, tone_key
from loaders.text.layout import lay_out_line
from tests.marking import unmark


def _read(text: str) -> list[Quantity]:
    layout = lay_out_line(text)
    flat = layout.flat.text
    return list(find_quantities(flat, folded_text(layout), 0, len(flat)))


@pytest.mark.parametrize(
    ("digits", "value"),
    [
        ("1.500", "1500"),  # a point parts thousands
        ("1.234.567", "1234567"),
        ("0,7", "0.7"),  # a comma begins decimals
        ("0.7", "0.7"),  # unless no thousands can be meant
        ("16.5", "16.5"),
        ("1.500,25", "1500.25"),
        ("1,234,567", "1234567"),  # the English way, if unmistakable
        ("05", "5"),
    ],
)
def test_parse_number(digits: str, value: str) -> None:
    assert parse_number(digits) == Decimal(value)


@given(st.integers(0, 10**9), st.integers(0, 999))
def test_what_is_printed_the_vietnamese_way_is_read_back(whole: int, decimals: int) -> None:
    printed = f"{whole:,}".replace(",", ".") + f",{decimals:03d}"

    assert parse_number(printed) == Decimal(f"{whole}.{decimals:03d}")


@pytest.mark.parametrize(
    ("marked", "comparator", "value", "value_max", "unit"),
    [
        # "ít nhất", "tối thiểu", "không dưới", "từ … trở lên".
        ("Bố trí ⟦ít nhất 3%⟧ tổng chi", ">=", "3", None, "%"),
        ("⟦tối thiểu đạt 25%⟧", ">=", "25", None, "%"),
        ("đạt ⟦không dưới 70%⟧", ">=", "70", None, "%"),
        ("đạt ⟦từ 90% trở lên⟧", ">=", "90", None, "%"),
        ("⟦80%⟧ hồ sơ trở lên", ">=", "80", None, "%"),
        ("đạt ⟦≥ 80%⟧", ">=", "80", None, "%"),
        ("có ⟦ít nhất một mô hình⟧", ">=", "1", None, "mô hình"),
        # "trên", "hơn", "vượt".
        ("đạt ⟦trên 80%⟧", ">", "80", None, "%"),
        ("chiếm ⟦hơn 60%⟧", ">", "60", None, "%"),
        # "dưới", "không quá".
        ("giảm còn ⟦dưới 1%⟧", "<", "1", None, "%"),
        ("⟦không quá 03 ngày làm việc⟧", "<=", "3", None, "ngày làm việc"),
        # Nothing said, or a word that only introduces the number.
        ("⟦chiếm 35%⟧ GRDP", "=", "35", None, "%"),
        ("⟦ước 50%⟧", "=", "50", None, "%"),
        ("từ nguồn đầu tư ⟦02 phòng thí nghiệm⟧", "=", "2", None, "phòng thí nghiệm"),
        # Ranges.
        ("⟦ở mức 50 - 55%⟧", "range", "50", "55", "%"),
        ("tăng ⟦trung bình 18-20%/năm⟧", "range", "18", "20", "%/năm"),
        ("⟦đạt 1,5% - 2%⟧ GRDP", "range", "1.5", "2", "%"),
        ("⟦từ 10 đến 15%⟧", "range", "10", "15", "%"),
        ("⟦từ 01-02 dự án, chương trình⟧", "range", "1", "2", "dự án, chương trình"),
        ("⟦ít nhất 2-3 chuyên gia⟧", "range", "2", "3", "chuyên gia"),
        # Units: things, rates, money with its scale, measures as the lexicon writes them.
        ("⟦12 người trên một vạn dân⟧", "=", "12", None, "người/vạn dân"),
        ("⟦12 người/1 vạn dân⟧", "=", "12", None, "người/vạn dân"),
        ("⟦15 bác sĩ/10.000 dân⟧", "=", "15", None, "bác sĩ/10.000 dân"),
        ("⟦02 (hai) dự án⟧", "=", "2", None, "dự án"),
        ("⟦30 triệu USD⟧", "=", "30", None, "triệu USD"),
        ("⟦150 triệu đồng/người/năm⟧", "=", "150", None, "triệu đồng/người/năm"),
        ("⟦100 Mbps⟧", "=", "100", None, "Mbps"),
        ("tăng gấp ⟦2 lần⟧", "=", "2", None, "lần"),
        # "tổ chức" is a verb behind the comma.
        ("⟦05 doanh nghiệp⟧, tổ chức hội nghị", "=", "5", None, "doanh nghiệp"),
        # An index has no unit.
        ("duy trì ⟦trên 0,7⟧.", ">", "0.7", None, None),
    ],
)
def test_find_quantities(
    marked: str, comparator: str, value: str, value_max: str | None, unit: str | None
) -> None:
    text, spans = unmark(marked)

    (quantity,) = _read(text)

    assert (quantity.comparator, quantity.value) == (comparator, Decimal(value))
    assert quantity.value_max == (None if value_max is None else Decimal(value_max))
    assert (quantity.unit.text if quantity.unit else None) == unit
    assert [(quantity.start, quantity.end)] == spans


@pytest.mark.parametrize(
    "text",
    [
        "Nghị quyết số 57-NQ/TW ngày 22/12/2024, 03/NQ-CP, 13/2023/NĐ-CP",
        "mạng 5G, 6G; hoạt động 24/7; IPv6; COVID-19",
        "giai đoạn 2025-2030, thời kỳ 2021 – 2030",
        "TCVN 27001:2022 mục 3.1.2",
        "đạt 126/126 xã",
    ],
)
def test_no_quantity(text: str) -> None:
    assert [q for q in _read(text) if q.unit] == []


def test_what_is_left_behind_is_no_quantity() -> None:
    (quantity,) = _read("nâng tỷ lệ từ 45% lên 60%")

    assert quantity.value == Decimal(60)


@pytest.mark.parametrize(
    ("marked", "comparator", "value"),
    [
        # A group of the first N: N or better.
        ("thuộc ⟦nhóm 10 địa phương dẫn đầu⟧ về chỉ số", "<=", 10),
        ("⟦nhóm 15 tỉnh, thành phố có chỉ số cao nhất⟧ cả nước", "<=", 15),
        ("nằm trong ⟦top 20⟧ cả nước", "<=", 20),
        ("⟦thuộc 10 tỉnh dẫn đầu⟧", "<=", 10),
        # A place, and a place or better.
        ("⟦xếp thứ 15/34 tỉnh, thành phố⟧", "=", 15),
        ("⟦xếp hạng từ thứ 20 trở lên⟧", "<=", 20),
    ],
)
def test_find_rankings(marked: str, comparator: str, value: int) -> None:
    text, spans = unmark(marked)
    layout = lay_out_line(text)

    (rank,) = find_rankings(folded_text(layout), 0, len(text))

    assert rank.comparator == comparator
    assert rank.value == value
    assert [(rank.start, rank.end)] == spans


def test_a_group_of_tasks_is_no_rank() -> None:
    assert list(find_rankings("nhom 5 nhiem vu, thuoc nhom cac tinh dan dau", 0, 44)) == []


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("hóa", "hoá", True),  # two ways to place a tone mark
        ("kỳ", "kì", True),
        ("tỉnh", "tính", False),
        ("đô", "dô", False),
    ],
)
def test_tone_key(one: str, other: str, same: bool) -> None:
    assert (tone_key(one) == tone_key(other)) is same
