"""Citations of a whole text: spans, keys, uses, aliases, and what the gold documents expect."""

import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.citing.citations import Citation, find_citations
from loaders.source import read_document
from loaders.text.layout import lay_out, lay_out_line
from tests.marking import unmark

ROOT = Path(__file__).parents[2]
GOLD = sorted((ROOT / "tests" / "gold").glob("*.json"))


def _spans(citations: list[Citation]) -> list[tuple[int, int]]:
    return [(c.evidence.span.start, c.evidence.span.end) for c in citations]


@pytest.mark.parametrize(
    ("marked", "keys"),
    [
        # From the type word to the end of the number; date and issuer stay outside.
        ("Căn cứ ⟦Nghị quyết số 57-NQ/TW⟧ ngày 22/12/2024 của Bộ Chính trị", ["57-NQ/TW"]),
        # A modifier, or the issuer, may stand between word and number.
        ("⟦Quy chế làm việc số 01-QC/BCĐTW⟧ ngày 28/02/2025", ["01-QC/BCĐTW"]),
        ("⟦Quyết định của Ban Bí thư số91-QĐ/TW⟧, ngày 16-02-2004", ["91-QĐ/TW"]),
        # A number by itself, and the members of a list behind the first.
        ("xem ⟦78/2021/TT-BTC⟧ và ⟦Nghị quyết 59⟧, ⟦70⟧", ["78/2021/TT-BTC", "59", "70"]),
        # A statute's name, with its number if that follows.
        ("theo ⟦Luật Ngân sách nhà nước⟧ và các quy định", ["Luật Ngân sách nhà nước"]),
        ("⟦Luật Viễn thông số 24/2023/QH15⟧ ngày 24/11/2023", ["24/2023/QH15"]),
        ("các ⟦Luật Đầu tư⟧, ⟦Đấu thầu⟧, Hải Phòng", ["Luật Đầu tư", "Luật Đấu thầu"]),
        # The key of a statute is its proper name.
        ("⟦LUẬT NGÂN SÁCH NHÀ NƯỚC⟧ NĂM 2015", ["Luật Ngân sách nhà nước"]),
        # Mis-spelled and mended.
        ("⟦Nghị quyết số 03-NQ/CP⟧: đa dạng hóa", ["03/NQ-CP"]),
        ("⟦Quyét dinh sb 411/QB-TTg⟧ ngay 31/3/2022", ["411/QĐ-TTg"]),
        # "Nghị quyết này" is the document itself, an unnumbered one is a gap.
        ("Nghị quyết này và Chương trình hành động của Tỉnh ủy", []),
    ],
)
def test_spans_and_keys(marked: str, keys: list[str]) -> None:
    text, spans = unmark(marked)

    citations = find_citations(lay_out_line(text))

    assert _spans(citations) == spans
    assert [citation.key for citation in citations] == keys


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Căn cứ Nghị định số 1/2020/NĐ-CP; Căn cứ Luật Đất đai", ["based-on", "based-on"]),
        # What a list joins to a mention is used as that one is.
        ("Căn cứ Luật Đất đai và Luật Nhà ở", ["based-on", "based-on"]),
        ("Triển khai thực hiện có hiệu quả Nghị quyết số 57-NQ/TW", ["implements"]),
        ("Cụ thể hóa các mục tiêu tại Kế hoạch số 386-KH/TU", ["implements"]),
        ("Đề án X ban hành kèm theo Quyết định số 411/QĐ-TTg", ["promulgated-with"]),
        ("Sửa đổi, bổ sung khoản 2 Điều 3 Nghị định số 34/2016/NĐ-CP", ["amends"]),
        ("Quyết định này thay thế Quyết định số 9/2008/QĐ-UBND", ["replaces"]),
        ("Bãi bỏ Điều 5 Quyết định số 10/2013/QĐ-UBND", ["repeals"]),
        ("Quy định chi tiết một số điều của Luật Đất đai", ["guides"]),
        ("Theo tinh thần Nghị quyết số 57-NQ/TW", ["cites"]),
        # The passive turns the relation round: not this text amends.
        (
            "Nghị định số 34/2016/NĐ-CP được sửa đổi, bổ sung bởi Nghị định số 154/2020/NĐ-CP",
            ["cites", "cites"],
        ),
        # A document inside another one's title is cited, not carried out.
        (
            "Thực hiện Nghị quyết số 03/NQ-CP ngày 09/01/2025 của Chính phủ ban hành Chương trình"
            " hành động thực hiện Nghị quyết số 57-NQ/TW; Kế hoạch số 386-KH/TU",
            ["implements", "cites", "implements"],
        ),
        # An alias between two members of a list does not part them.
        (
            "Thực hiện Nghị quyết số 57-NQ/TW (sau đây gọi tắt là Nghị quyết số 57-NQ/TW) và Nghị"
            " quyết số 03/NQ-CP",
            ["implements", "cites", "implements"],
        ),
    ],
)
def test_kinds(text: str, kinds: list[str]) -> None:
    assert [citation.kind for citation in find_citations(lay_out_line(text))] == kinds


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # A short form stands for the number announced before it, here and from then on.
        (
            "Nghị quyết số 57-NQ/TW (sau đây gọi tắt là Nghị quyết 57); theo Nghị quyết 57",
            [("57-NQ/TW", False), ("57-NQ/TW", True), ("57-NQ/TW", False)],
        ),
        # Several in one bracket.
        (
            "(sau đây gọi tắt là Nghị quyết số 03/NQ-CP, Nghị quyết số 57-NQ/TW)",
            [("03/NQ-CP", True), ("57-NQ/TW", True)],
        ),
        # A bare number alone in brackets is a short form, too.
        (
            "Nghị quyết số 57-NQ/TW ngày 22/12/2024 (Nghị quyết 57)",
            [("57-NQ/TW", False), ("57-NQ/TW", True)],
        ),
        # Without an announcement a bare number is not guessed.
        ("Nghị quyết số 57-NQ/TW; Nghị quyết 57", [("57-NQ/TW", False), ("57", False)]),
    ],
)
def test_aliases(text: str, expected: list[tuple[str, bool]]) -> None:
    found = find_citations(lay_out_line(text))

    assert [(citation.key, citation.alias) for citation in found] == expected


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (
            "Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị về đột phá phát triển, UBND"
            " tỉnh ban hành kế hoạch",
            "về đột phá phát triển",
        ),
        (
            "Luật số 47/2019/QH14 sửa đổi, bổ sung một số điều của Luật Cư trú, có hiệu lực từ",
            "sửa đổi, bổ sung một số điều của Luật Cư trú",
        ),
        # Another mention by the side ends the title, one inside does not.
        (
            "Quyết định số 1/QĐ-TTg về đô thị thông minh và Quyết định số 2/QĐ-TTg",
            "về đô thị thông minh",
        ),
        (
            "Kế hoạch số 5/KH-UBND thực hiện Nghị quyết số 1/NQ-CP và Nghị quyết số 2/NQ-CP;",
            "thực hiện Nghị quyết số 1/NQ-CP và Nghị quyết số 2/NQ-CP",
        ),
        # A blank inside a nested number is not kept.
        (
            "Kế hoạch số 5/KH-UBND thực hiện Nghị quyết số 45- NQ/TW",
            "thực hiện Nghị quyết số 45-NQ/TW",
        ),
        # What a decision promulgates is what it is about.
        (
            "theo Chiến lược dữ liệu quốc gia ban hành kèm theo Quyết định số 142/QĐ-TTg",
            "Chiến lược dữ liệu quốc gia",
        ),
        ("Nghị quyết số 57-NQ/TW theo hướng dẫn", None),
    ],
)
def test_titles(text: str, title: str | None) -> None:
    assert find_citations(lay_out_line(text))[0].title == title


@pytest.mark.parametrize(
    ("text", "resolution", "note"),
    [
        ("Nghị quyết số 03/NQ-CP", "exact", None),
        ("Nghị quyết số 03-NQ/CP", "repaired", "written 'Nghị quyết số 03-NQ/CP'"),
        ("Nghi quyét s6 03/NO-CP", "repaired", "written 'Nghi quyét s6 03/NO-CP'"),
        ("Nghị quyết 57", "unresolved", None),
    ],
)
def test_what_was_mended_is_said(text: str, resolution: str, note: str | None) -> None:
    (citation,) = find_citations(lay_out_line(text))

    assert (citation.resolution, citation.note) == (resolution, note)


def test_the_documents_own_number_is_no_citation(tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    path.write_text(
        "ỦY BAN NHÂN DÂN\n\nSố: 44/KH-UBND\n\nKẾ HOẠCH\n\nCăn cứ Kế hoạch số 12/KH-UBND\n",
        encoding="utf-8",
    )

    citations = find_citations(lay_out(read_document(path)))

    assert [citation.key for citation in citations] == ["12/KH-UBND"]


def test_term_and_implied_issuer() -> None:
    text = "Kết luận số 79-KL/TW của Bộ Chính trị khóa XII; Thông tư 27/2020/TT-BTC"

    one, other = find_citations(lay_out_line(text))

    assert (one.term, one.issuer, one.issuer_implied) == ("XII", "Bộ Chính trị", None)
    assert (other.issuer, other.issuer_implied) == (None, "Bộ Tài chính")


@pytest.mark.parametrize("gold", GOLD, ids=lambda path: path.stem)
def test_every_citation_of_the_gold_documents(gold: Path) -> None:
    expected = json.loads(gold.read_text(encoding="utf-8"))["citations"]
    (source,) = (path for path in (ROOT / "corpus").iterdir() if path.stem == gold.stem)

    citations = find_citations(lay_out(read_document(source)))

    assert [(*span, c.key) for span, c in zip(_spans(citations), citations, strict=True)] == [
        (c["start"], c["end"], c["key"]) for c in expected
    ]


_SEPARATORS = st.sampled_from(["{}", " {}", "{} ", " {} "])


@given(
    number=st.integers(1, 9999),
    year=st.integers(1960, 2040),
    code=st.sampled_from([("NĐ", "CP"), ("QĐ", "UBND"), ("TT", "BTC"), ("NQ", "HĐND")]),
    blanks=st.tuples(_SEPARATORS, _SEPARATORS, _SEPARATORS),
    lower=st.booleans(),
)
def test_blanks_and_case_do_not_change_a_number(
    number: int, year: int, code: tuple[str, str], blanks: tuple[str, str, str], lower: bool
) -> None:
    proper = f"{number}/{year}/{code[0]}-{code[1]}"
    slash, second, hyphen = (blank.format(mark) for blank, mark in zip(blanks, "//-", strict=True))
    written = f"{number}{slash}{year}{second}{code[0]}{hyphen}{code[1]}"

    text = f"Theo Văn bản số {written.lower() if lower else written} ngày 1/2/2020"

    assert [c.number for c in find_citations(lay_out_line(text))] == [proper]


@given(st.text(alphabet="Nghị quyết số 57-NQ/TW,;.()\n /QĐTTgLuật0123456789ngày năm", max_size=80))
def test_quotes_are_the_evidence(text: str) -> None:
    citations = find_citations(lay_out_line(text))

    spans = _spans(citations)
    assert spans == sorted(spans)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(one[1] <= other[0] for one, other in pairwise(spans))
