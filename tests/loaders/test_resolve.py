"""Mentions to instruments: one document, one entry; nothing guessed."""

import pytest

from loaders.citing.citations import find_citations
from loaders.citing.resolve import Instrument, resolve
from loaders.text.layout import lay_out_line


def _resolve(text: str, place: str | None = None) -> list[Instrument]:
    return resolve(find_citations(lay_out_line(text)), place=place)


@pytest.mark.parametrize(
    ("text", "groups"),
    [
        # A mention without date joins the dated one, before it or after it.
        (
            "theo Nghị quyết số 57-NQ/TW; Nghị quyết số 57-NQ/TW ngày 22/12/2024",
            [("57-NQ/TW", "2024-12-22", (0, 1))],
        ),
        # The Party begins its numbers anew with each congress: the year tells two apart.
        (
            "Chỉ thị số 35-CT/TW ngày 30/5/2019; Chỉ thị số 35-CT/TW ngày 14/6/2024",
            [("35-CT/TW", "2019-05-30", (0,)), ("35-CT/TW", "2024-06-14", (1,))],
        ),
        # So does the congress term, where no date is given.
        (
            "Kết luận số 79-KL/TW khóa XII, Kết luận số 79-KL/TW khóa XIII",
            [("79-KL/TW", None, (0,)), ("79-KL/TW", None, (1,))],
        ),
        # A lone year behind a Party number may be that of the work.
        (
            "Nghị quyết số 57-NQ/TW ngày 22/12/2024; thực hiện Nghị quyết số 57-NQ/TW năm 2025",
            [("57-NQ/TW", "2024-12-22", (0, 1))],
        ),
        # A day that differs within the year is a slip: the number runs by the year.
        (
            "Quyết định số 1/QĐ-TTg ngày 2/3/2024 và Quyết định số 1/QĐ-TTg ngày 3/3/2024 và"
            " Quyết định số 1/QĐ-TTg ngày 3/3/2024",
            [("1/QĐ-TTg", "2024-03-03", (0, 1, 2))],
        ),
        # The year inside the number leaves nothing open.
        (
            "Nghị định số 13/2023/NĐ-CP năm 2023; Nghị định số 13/2023/NĐ-CP năm 2024",
            [("13/2023/NĐ-CP", "2023", (0, 1))],
        ),
        # Two provinces have the same number.
        (
            "Kế hoạch số 176/KH-UBND của UBND tỉnh Ninh Bình; Kế hoạch số 176/KH-UBND của UBND"
            " tỉnh Nam Định",
            [("176/KH-UBND", None, (0,)), ("176/KH-UBND", None, (1,))],
        ),
        # Quyết định and Quy định of the Party share a code.
        (
            "Quyết định số 37-QĐ/TW và Quy định số 37-QĐ/TW",
            [("37-QĐ/TW", None, (0,)), ("37-QĐ/TW", None, (1,))],
        ),
        # A statute's name joins its number, if only one bears it.
        (
            "Luật Đất đai số 31/2024/QH15; theo Luật Đất đai",
            [("31/2024/QH15", None, (0, 1))],
        ),
    ],
)
def test_groups(text: str, groups: list[tuple[str, str | None, tuple[int, ...]]]) -> None:
    found = _resolve(text)

    assert [(one.key, one.issued, one.citations) for one in found] == groups


@pytest.mark.parametrize(
    ("text", "resolution", "candidates"),
    [
        # An undated mention between two documents of one number fits both.
        (
            "Kế hoạch số 5/KH-UBND; Kế hoạch số 5/KH-UBND năm 2019; Kế hoạch số 5/KH-UBND năm 2024",
            "ambiguous",
            ("Kế hoạch, 5/KH-UBND, 2019", "Kế hoạch, 5/KH-UBND, 2024"),
        ),
        # A bare number is not resolved, not even if the text cites one like it.
        ("Nghị quyết 57", "unresolved", ()),
        (
            "Nghị quyết 57; Nghị quyết số 57-NQ/TW; Quyết định số 57/QĐ-TTg",
            "unresolved",
            ("Nghị quyết, 57-NQ/TW",),
        ),
        (
            "Nghị quyết 71; Nghị quyết số 71-NQ/TW; Nghị quyết số 71/NQ-CP",
            "ambiguous",
            ("Nghị quyết, 71-NQ/TW", "Nghị quyết, 71/NQ-CP"),
        ),
        # A scheme goes by the number of the decision that approved it.
        (
            "Đề án 06; Quyết định số 06/QĐ-TTg ngày 06/01/2022; Chỉ thị số 06/CT-TTg",
            "unresolved",
            ("Quyết định, 06/QĐ-TTg, 2022-01-06",),
        ),
        # The National Assembly has passed three budget laws.
        (
            "Luật Ngân sách nhà nước",
            "ambiguous",
            ("89/2025/QH15 (2025-06-25)", "83/2015/QH13 (2015-06-25)", "01/2002/QH11 (2002-12-16)"),
        ),
        ("Luật Ngân sách nhà nước năm 2015", "exact", ()),
        ("Nghi quyét s6 03/NO-CP", "repaired", ()),
        ("Nghi quyét s6 03/NO-CP; Nghị quyết số 03/NQ-CP", "exact", ()),
    ],
)
def test_what_is_not_certain(text: str, resolution: str, candidates: tuple[str, ...]) -> None:
    first = _resolve(text)[0]

    assert (first.resolution, first.candidates) == (resolution, candidates)


def test_the_fullest_words_describe_an_instrument() -> None:
    text = (
        "Nghị quyết số 57-NQ/TW về đột phá; Nghị quyết số 57-NQ/TW của Bộ Chính trị khóa XIII về"
        " đột phá phát triển khoa học; Nghị quyết số 57-NQ/TW ngày 22/12/2024"
    )

    (found,) = _resolve(text)

    assert found.title == "về đột phá phát triển khoa học"
    assert (found.issuer, found.term, found.issued) == ("Bộ Chính trị", "XIII", "2024-12-22")


def test_a_bare_provincial_organ_is_that_of_the_citing_province() -> None:
    text = "Quyết định số 5/QĐ-UBND của UBND tỉnh; Nghị quyết số 1-NQ/TU của Tỉnh ủy Lai Châu"

    found = _resolve(text, place="Hưng Yên")

    assert [one.issuer for one in found] == [
        "Ủy ban nhân dân tỉnh Hưng Yên",
        "Tỉnh ủy Lai Châu",
    ]
