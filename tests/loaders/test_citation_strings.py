"""Citations in single strings: the annotated sample, and our own lists of forms."""

import json
import re
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from loaders.citing.cite import cite

ROOT = Path(__file__).parents[1]
Json = dict[str, Any]


def _sample(*kinds: str) -> list[Json]:
    lines = (ROOT / "gold" / "citations.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines if line.strip()]
    return [row for row in rows if row["kind"] in kinds]


def _forms(name: str) -> Iterator[tuple[str, list[str]]]:
    """Read a list of forms: a text, and under it a line for each of its citations.

    "#" begins a heading, "⏎" stands for a line break, "-" for what the text leaves open.
    """
    text, expected = "", list[str]()
    for line in (ROOT / "data" / name).read_text(encoding="utf-8").splitlines():
        if line.startswith("    "):
            expected.append(line.strip())
        elif line and not line.startswith("#"):
            if text:
                yield text, expected
            text, expected = line.replace("⏎", "\n"), []
    yield text, expected


def _line(citation: Json) -> str:
    name = citation["number"] or citation["title"]
    return " | ".join(
        value or "-" for value in (name, citation["type"], citation["issued"], citation["issuer"])
    )


def _norm(value: str | None) -> str:
    bare = re.sub(r"\s+", "", unicodedata.normalize("NFC", value or "")).casefold()
    return bare.replace("uỷ", "ủy").replace("hoá", "hóa")


@pytest.mark.parametrize("row", _sample("citation", "ocr", "standard"), ids=lambda row: row["id"])
def test_every_field_of_the_sample(row: Json) -> None:
    found = cite(row["text"])

    fields = ("type", "number", "issued", "key")
    assert [tuple(_norm(one[f]) for f in fields) for one in found] == [
        tuple(_norm(one[f]) for f in fields) for one in row["expect"]
    ]
    for one, wanted in zip(found, row["expect"], strict=True):
        assert wanted["issuer"] is None or _norm(one["issuer"]) == _norm(wanted["issuer"])
        assert "title" not in wanted or _norm(one["title"]) == _norm(wanted["title"])


@pytest.mark.parametrize("row", _sample("negative"), ids=lambda row: row["id"])
def test_nothing_is_found_in_the_negatives_of_the_sample(row: Json) -> None:
    assert cite(row["text"]) == []


@pytest.mark.parametrize(("text", "expected"), list(_forms("citation_forms.txt")))
def test_forms(text: str, expected: list[str]) -> None:
    assert [_line(citation) for citation in cite(text)] == expected


@pytest.mark.parametrize(("text", "expected"), list(_forms("scanned_citations.txt")))
def test_scanned_forms(text: str, expected: list[str]) -> None:
    assert [_line(citation) for citation in cite(text)] == expected


@pytest.mark.parametrize(
    "text", (ROOT / "data" / "not_citations.txt").read_text(encoding="utf-8").splitlines()
)
def test_what_only_looks_like_a_citation(text: str) -> None:
    assert [_line(citation) for citation in cite(text)] == []


def _lines_broken(text: str) -> str:
    return re.sub(r"(?<=[-/])(?=\w)", "\n", text.replace(" ", "\n"))


def _blanks_lost(text: str) -> str:
    return re.sub(r"\b(số|ngày) (?=\d)", r"\1", text)


def _blanks_around_signs(text: str) -> str:
    return re.sub(r"(?<=[A-ZĐ])-(?=[A-ZĐ])", " - ", re.sub(r"(?<=\d)/(?=[A-ZĐ])", " / ", text))


def _hyphens_lost(text: str) -> str:
    return re.sub(r"\b(NQ|NĐ|QĐ|TT|KH)-(?=(?:CP|UBND|TTg|BTC|HĐND|BTTTT)\b)", r"\1", text)


def _blanks_doubled(text: str) -> str:
    return text.replace(" ", "  ")


def _decomposed(text: str) -> str:
    return unicodedata.normalize("NFD", text)


def _dashes_for_hyphens(text: str) -> str:
    return re.sub(r"(?<=\d)-(?=[A-ZĐ])", "–", text)


def _old_tone_places(text: str) -> str:
    return text.replace("ủy", "uỷ").replace("Ủy", "Uỷ").replace("hóa", "hoá")


def _in_a_sentence(text: str) -> str:
    return f"Theo khoản 3 Điều 5 “{text}”; các cơ quan thực hiện."


@pytest.mark.parametrize(
    "spoil",
    [
        _lines_broken,
        _blanks_lost,
        _blanks_around_signs,
        _hyphens_lost,
        _in_a_sentence,
        _blanks_doubled,
        _decomposed,
        _dashes_for_hyphens,
        _old_tone_places,
    ],
)
def test_typography_does_not_matter(spoil: Callable[[str], str]) -> None:
    forms = [(text, lines) for text, lines in _forms("citation_forms.txt") if "Þ" not in text]

    spoiled = [(text, [_norm(_line(c)) for c in cite(spoil(text))]) for text, _ in forms]

    assert spoiled == [(text, list(map(_norm, lines))) for text, lines in forms]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        # A number that holds its year is a key by itself.
        ("Nghị định số 13/2023/NĐ-CP ngày 17/4/2023", "13/2023/NĐ-CP"),
        ("QCVN 01:2019/BTTTT", "QCVN 01:2019/BTTTT"),
        # Others need the year of the date.
        ("Quyết định số 411/QĐ-TTg ngày 31/3/2022", "411/QĐ-TTg#2022"),
        ("Quyết định số 411/QĐ-TTg ngày 31/3", "411/QĐ-TTg"),
        # A statute by name: slug and year.
        ("Luật Viên chức năm 2010", "luat-vien-chuc#2010"),
        ("Luật Viên chức", "luat-vien-chuc"),
    ],
)
def test_key(text: str, key: str) -> None:
    assert [citation["key"] for citation in cite(text)] == [key]


def test_offsets_count_in_the_text_as_given() -> None:
    text = "Thực hiện Nghị quyết\n  số 57-\nNQ/TW ngày 22/12/2024"

    (citation,) = cite(text)

    assert text[citation["start"] : citation["end"]] == "Nghị quyết\n  số 57-\nNQ/TW"
