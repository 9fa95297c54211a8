"""Statutes by name: where the name ends, what is none, and the list of known ones."""

import re

import pytest

from loaders.citing.lawnames import statute_numbered, statutes_named
from loaders.citing.laws import Law, find_laws
from loaders.citing.numbers import find_numbers
from loaders.tables import read_table
from loaders.text.reading import fold
from tests.marking import unmark


def _find(text: str) -> list[Law]:
    folded = fold(text)
    return list(find_laws(text, folded, list(find_numbers(text, folded))))


@pytest.mark.parametrize(
    "marked",
    [
        # The list ends the name: commas and "và" inside, "của" inside.
        "⟦Luật Cán bộ, công chức⟧ và ⟦Luật Viên chức⟧ quy định",
        "⟦Luật Phí và lệ phí⟧ và các văn bản",
        "⟦Luật Hoạt động giám sát của Quốc hội và Hội đồng nhân dân⟧ năm 2015",
        # A known name goes on if an unknown word follows.
        "⟦Luật Đầu tư mạo hiểm⟧ và quy định",
        "⟦Luật Bảo vệ môi trường biển⟧.",
        # Number, date and year end an unknown name, however it is made.
        "⟦Luật Cấp, thoát nước⟧ ngày 15/6/2026",
        "⟦Luật Sông, hồ và đầm lầy số 12/2027/QH16⟧ ngày 1/1/2027",
        "⟦Luật lâm viên⟧ năm 2031",
        # Without them words go on until something else begins.
        "theo ⟦Luật Dẫn đường hàng hải⟧ được Quốc hội thông qua",
        "theo ⟦Luật Dẫn đường hàng hải⟧, các sở",
        # A law that amends others is one law, with the names of those.
        "⟦Luật sửa đổi, bổ sung một số điều của Luật Tổ chức Chính phủ và Luật Tổ chức chính quyền"
        " địa phương⟧ ngày 22/11/2019",
        "⟦Luật sửa đổi, bổ sung 37 Luật có liên quan đến quy hoạch số 35/2018/QH14⟧",
        # A list that says the type once.
        "các ⟦Luật Đầu tư⟧, ⟦Đấu thầu⟧ và ⟦Xây dựng⟧; Hải Dương",
        # "số số": the first belongs to the name.
        "⟦Luật Công nghiệp công nghệ số số 71/2025/QH15⟧",
        "⟦Luật Ngân sách nhà nước (số 83/2015/QH13⟧)",
        "⟦Luật số 24/2018/QH14⟧, ⟦Luật 45/2019/QH14⟧",
        "⟦Bộ luật Dân sự⟧, ⟦Pháp lệnh Ngoại hối⟧, ⟦Hiến pháp⟧ năm 2013",
        # Lawyers and jurists are no law, nor is a pointer, nor law in general.
        "Luật sư A, Hội Luật gia, Đại học Luật Hà Nội, pháp luật, kỷ luật",
        "⟦Luật Luật sư⟧; Luật này; các luật có liên quan; Hiến pháp và pháp luật",
    ],
)
def test_where_names_end(marked: str) -> None:
    text, spans = unmark(marked)

    assert [(law.start, law.end) for law in _find(text)] == spans


@pytest.mark.parametrize(
    ("text", "type_", "name"),
    [
        ("Bo luat Lao dong nam 2019", "Bộ luật", "Bộ luật Lao động"),
        ("Luat Ngan sdch nha nuéc", "Luật", "Luật Ngân sách nhà nước"),
        ("Luật Tổ chức chính quyền địa phƣơng", "Luật", "Luật Tổ chức chính quyền địa phương"),
        ("Luật  Viên\nchức", "Luật", "Luật Viên chức"),
    ],
)
def test_names(text: str, type_: str, name: str) -> None:
    (law,) = _find(" ".join(text.split()))

    assert (law.type, law.name) == (type_, name)


def test_statutes_by_number_and_name() -> None:
    civil = statute_numbered("91/2015/QH13")

    assert civil is not None
    assert (civil["type"], civil["name"]) == ("Bộ luật", "Dân sự")
    assert statute_numbered("1/1900/QH1") is None
    assert [row["issued"][:4] for row in statutes_named("luật đất đai")] == ["2024", "2013", "2003"]


_ELECTED = {10: 1997, 11: 2002, 12: 2007, 13: 2011, 14: 2016, 15: 2021, 16: 2026}


def test_the_list_of_statutes_is_sound() -> None:
    rows = read_table("laws")
    numbers = [row["number"] for row in rows if row["number"]]

    assert {row["type"] for row in rows} == {"Luật", "Bộ luật", "Pháp lệnh"}
    assert all(re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", row["issued"]) for row in rows)
    # A number holds the year of its statute, and the term of the Assembly that sat then.
    for row in rows:
        if row["number"]:
            year = int(row["number"].split("/")[1])
            term = int(re.search(r"\d+$", row["number"]).group())  # type: ignore[union-attr]
            assert row["issued"].startswith(str(year))
            assert _ELECTED[term] <= year <= _ELECTED[term + 1]
    # One law goes by two names, with and without its "và".
    assert len(numbers) - len(set(numbers)) <= 1
