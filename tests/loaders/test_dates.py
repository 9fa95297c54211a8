"""Dates: every way of writing them, as precise as the text and no more."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.citing.dates import date_at, year_of
from loaders.text.reading import fold


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("ngày 22 tháng 12 năm 2024", "2024-12-22"),
        ("ngày22 tháng 7 năm 2020", "2020-07-22"),
        ("ngày 03 tháng bốn năm 2018", "2018-04-03"),
        ("ngày 03 tháng mười hai năm 2018", "2018-12-03"),
        ("ngày 07/3/2019", "2019-03-07"),
        ("ngày 22/ 12/ 2024", "2024-12-22"),
        ("8-6-1993", "1993-06-08"),
        ("ngày 8/6/93", "1993-06-08"),
        # No day, no month, no year.
        ("tháng 5/2025", "2025-05"),
        ("tháng 5 năm 2025", "2025-05"),
        ("năm 2010", "2010"),
        ("ngày 19/6", "--06-19"),
        ("ngày 22 tháng 12", "--12-22"),
        # A slip of the pen in the year, a day that does not exist: what is certain remains.
        ("ngày 27/9/20119", "2019-09-27"),
        ("ngày 31/8/20102", "--08-31"),
        ("ngày 30/02/2020", "2020-02"),
        # A form whose blanks were never filled in.
        ("ngày     tháng    năm 2025", "2025"),
        ("ngày tháng 3 năm 2025", "2025-03"),
        ("ngày … tháng … năm …", None),
        # A scan.
        ("ngay l3/02/2O25", "2025-02-13"),
        ("ngay 03 thang 3 ndam 2025", "2025-03-03"),
    ],
)
def test_date_at(text: str, value: str | None) -> None:
    date = date_at(fold(text), 0)

    assert date is not None
    assert (date.value, date.end) == (value, len(text))


@pytest.mark.parametrize(
    "text",
    [
        "2021-2025",
        "10-15%/năm",
        "24/7",
        "năm 2021 - 2025",
        "19/6",
        "3/4",
        "ngày càng",
        "99/99/2020",
    ],
)
def test_no_date(text: str) -> None:
    assert date_at(fold(text), 0) is None


@given(st.dates(dt.date(1946, 1, 1), dt.date(2045, 12, 31)))
def test_the_ways_of_writing_agree(day: dt.date) -> None:
    written = [
        f"ngày {day.day} tháng {day.month} năm {day.year}",
        f"ngày {day.day:02}/{day.month:02}/{day.year}",
        f"ngày {day.day}-{day.month}-{day.year}",
        f"{day.day}.{day.month}.{day.year}",
        f"ngày {day.day}/{day.month}/{day.year % 100:02}",
    ]

    dates = [date_at(fold(text), 0) for text in written]

    assert [date and date.value for date in dates] == [day.isoformat()] * len(written)


@pytest.mark.parametrize(
    ("value", "year"), [("2024-12-22", "2024"), ("2024", "2024"), ("--06-19", None), (None, None)]
)
def test_year_of(value: str | None, year: str | None) -> None:
    assert year_of(value) == year
