"""The functions as a query sees them, on the command line's way in."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph import iris
from graph.document_number import parse_number
from graph.store import Store


@pytest.fixture(scope="module")
def store(corpus_store: Path) -> Store:
    return Store(corpus_store)


def value(store: Store, expression: str) -> str | None:
    """Return the value of an expression, None if it has none."""
    answer = json.loads(store.query(f"SELECT ?x {{ BIND({expression} AS ?x) }}"))
    (row,) = answer["results"]["bindings"]
    return row["x"]["value"] if row else None


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ('cancuf:fold("Tỉnh ủy")', "tinh uy"),
        # The stroke of the đ goes too; a language makes no difference.
        ('cancuf:fold("ĐẢNG ỦY"@vi)', "dang uy"),
        # Decomposed letters are letters.
        ('cancuf:fold("a\u0309 o\u031b\u0323")', "a o"),
        ('cancuf:fold("")', ""),
        ('cancuf:contains("Đẩy mạnh Chuyển đổi số", "chuyen DOI")', "true"),
        ('cancuf:contains("Đẩy mạnh", "manh mẽ")', "false"),
        ('cancuf:contains("abc", "")', "true"),
        ('cancuf:numberKey("Nghị quyết số 03-NQ/CP")', "3-nq-cp"),
        ('cancuf:matchesNumber("57-NQ/TW", "57 NQ TW")', "true"),
        ('cancuf:matchesNumber("57-NQ/TW", "58 NQ TW")', "false"),
        # A literal of any type is its words.
        ("cancuf:fold(12)", "12"),
        # What is no literal, and one argument too many or too few, has no answer.
        ("cancuf:fold(<https://example.org/>)", None),
        ('cancuf:fold("a", "b")', None),
        ('cancuf:contains("a")', None),
        # A text without a number has no key, and is no number.
        ('cancuf:numberKey("không có số")', None),
        ('cancuf:matchesNumber("không có số", "57")', "false"),
        ('cancuf:matchesNumber("57-NQ/TW", "")', "false"),
    ],
)
def test_functions(store: Store, expression: str, expected: str | None) -> None:
    assert value(store, expression) == expected


def test_in_a_filter(store: Store) -> None:
    by_number = "SELECT DISTINCT ?n {{ ?c cancu:statedNumber ?n FILTER({}) }}"

    found = store.query(by_number.format('cancuf:matchesNumber(?n, "03 nq cp")'), "csv")
    counted = store.query(
        "SELECT (COUNT(*) AS ?n) { ?t a cancu:Task ; cancu:text ?x"
        ' FILTER(cancuf:contains(?x, "ban dan")) }',
        "csv",
    )

    assert found.split() == [b"n", b"03/NQ-CP"]
    assert int(counted.split()[1]) > 0


SAME = [
    # Each row is one number in many spellings: print, search box, slips of the pen, scans.
    ["57-NQ/TW", "57 NQ TW", "57/NQ-TW", "57nqtw", "57 nq-tw", "57-NQ-TW", "57.NQ.TW", "57_NQ_TW",
     "57-NQ/TƯ", "57-NQ/T.Ư", "Nghị quyết số 57-NQ/TW ngày 22/12/2024", "nghi quyet 57 nq tw",
     "Số: 57-NQ/TW", "  57 – NQ / TW "],
    ["03/NQ-CP", "03-NQ/CP", "03 nq cp", "3/NQ-CP", "3 NQ CP", "03/NQCP", "03nqcp", "03NQ-CP",
     "Nghị quyết 03/NQ–CP", "0３/NQ-CP"],
    ["411/QĐ-TTg", "411/QB-TTg", "411 QD TTG", "411/qđ-ttg", "411/QDTTg", "Quyết định 411/QĐ-TTg"],
    ["13/2023/NĐ-CP", "13/2023/ND-CP", "13 2023 nd cp", "Nghị định số 13/2023/NĐ-CP"],
    ["93/2025/QH15", "93 2025 qh15", "Nghị quyết số 93/2025/QH15"],
    ["386-KH/TU", "386 kh tu", "386/KH-TU", "Kế hoạch 386-KH/TU"],
    ["44/KH-UBND", "44 kh ubnd", "Số: 44/KH-UBND", "44KHUBND"],
    ["36a/NQ-CP", "36A NQ CP"],
    ["2844/VPCP-KSTT", "2844 vpcp kstt"],
    ["07/2020/TTLT-BTC-BTP", "7 2020 ttlt btc btp"],
    ["05/2024/TT-BKHCN", "05 2024 tt bkhcn"],
    ["121-KL/TW", "121 kl tw"],
]  # fmt: skip


@pytest.mark.parametrize(("spelling", "number"), [(s, row[0]) for row in SAME for s in row])
def test_spellings_of_one_number(spelling: str, number: str) -> None:
    parsed, canonical = parse_number(spelling), parse_number(number)

    assert parsed is not None
    assert canonical is not None
    assert parsed.key == canonical.key
    others = [row[0] for row in SAME if row[0] != number]
    assert parsed.key not in {other.key for n in others if (other := parse_number(n))}


@pytest.mark.parametrize(
    ("typed", "number", "admits"),
    [
        # Who types less means every number that begins so.
        ("57", "57-NQ/TW", True),
        ("57 NQ", "57-NQ/TW", True),
        ("NQ 57", "57-NQ/TW", True),
        ("13 nđ cp", "13/2023/NĐ-CP", True),
        ("13/2023", "13/2023/NĐ-CP", True),
        # What is typed must be there.
        ("57 NQ CP", "57-NQ/TW", False),
        ("57 TW", "57-NQ/TW", False),
        ("5", "57-NQ/TW", False),
        ("13/2024/NĐ-CP", "13/2023/NĐ-CP", False),
        ("13/2023/NĐ-CP", "13/NĐ-CP", False),
        ("57-NQ/TW", "57", False),
        # A province's committee is not the centre.
        ("18-KH/TU", "18-KH/TW", False),
    ],
)
def test_numbers_typed_in_part(typed: str, number: str, admits: bool) -> None:
    wanted, found = parse_number(typed), parse_number(number)

    assert wanted is not None
    assert found is not None
    assert wanted.admits(found) is admits


@pytest.mark.parametrize("text", ["", " ", "abc", "số", "-/-", "NQ-CP", "😀", "a" * 100_000])
def test_texts_without_a_number(text: str) -> None:
    assert parse_number(text) is None


@given(st.text())
def test_any_text_may_be_asked(text: str) -> None:
    """An error inside a function would be swallowed by the engine and look like no answer."""
    parsed = parse_number(text)
    assert parsed is None or parse_number(parsed.key)
    assert iris.plain(iris.plain(text)) == iris.plain(text)
