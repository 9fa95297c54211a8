import pytest

from loaders.text.markers import Marker, find_marker, roman_numeral, roman_value


@pytest.mark.parametrize(
    ("line", "kind", "value", "words"),
    [
        ("I. MỤC ĐÍCH", "roman", "I", "MỤC ĐÍCH"),
        ("II- MỤC TIÊU", "roman", "II", "MỤC TIÊU"),
        ("III/ NHIỆM VỤ", "roman", "III", "NHIỆM VỤ"),
        # No blank behind the stop.
        ("V.TO CHUC THUC HIEN", "roman", "V", "TO CHUC THUC HIEN"),
        # A scan's numerals, before capitals.
        ("I11. NHIEM VU", "roman", "III", "NHIEM VU"),
        ("H. NHIEM VU", "roman", "II", "NHIEM VU"),
        ("A. MỤC TIÊU", "capital", "A", "MỤC TIÊU"),
        ("1. Mục đích", "decimal", "1", "Mục đích"),
        ("2- Yêu cầu", "decimal", "2", "Yêu cầu"),
        ("03. Sở Y tế", "decimal", "3", "Sở Y tế"),
        ("1.Mục đích", "decimal", "1", "Mục đích"),
        ("1.1. Nâng cao", "decimal", "1.1", "Nâng cao"),
        ("2.10 Nâng cao", "decimal", "2.10", "Nâng cao"),
        ("1) Xây dựng", "decimal", "1", "Xây dựng"),
        ("(2) Xây dựng", "decimal", "2", "Xây dựng"),
        ("a) Xây dựng", "letter", "a", "Xây dựng"),
        ("đ) Xây dựng", "letter", "đ", "Xây dựng"),
        ("b. Xây dựng", "letter", "b", "Xây dựng"),
        ("¢) Xay dung", "letter", "¢", "Xay dung"),
        ("- Xây dựng", "dash", "-", "Xây dựng"),
        ("–Xây dựng", "dash", "-", "Xây dựng"),
        ("•  xây dựng", "dash", "-", "xây dựng"),
        ("o Xây dựng", "dash", "-", "Xây dựng"),
        ("+ xây dựng", "plus", "+", "xây dựng"),
        ("Điều 1. Phê duyệt", "article", "1", "Phê duyệt"),
        ("ĐIỀU 12: Phê duyệt", "article", "12", "Phê duyệt"),
        ("Chương II", "chapter", "II", ""),
        ("Phần thứ hai", "part", "2", ""),
        ("PHẦN III. NHIỆM VỤ", "part", "III", "NHIỆM VỤ"),
        ("Mục 1. Phạm vi", "division", "1", "Phạm vi"),
        ("PHỤ LỤC I DANH MỤC", "annex", "I", "DANH MỤC"),
        ("Phụ lục số 02", "annex", "02", ""),
        ("Phụ lục I: Danh mục", "annex", "I", "Danh mục"),
        # One without a number.
        ("PHỤ LỤC", "annex", "", ""),
        ("Phụ lục", "annex", "", ""),
        ("PHỤ LỤC: Danh mục", "annex", "", "Danh mục"),
        ("PHỤ LỤC DANH MỤC", "annex", "", "DANH MỤC"),
    ],
)
def test_find_marker(line: str, kind: str, value: str, words: str) -> None:
    marker = find_marker(line)

    assert marker is not None
    assert (marker.kind, marker.value, line[marker.end :]) == (kind, value, words)


@pytest.mark.parametrize(
    "line",
    [
        # The number of a document at the start of a wrapped line.
        "57-NQ/TW ngày 22/12/2024",
        "45- NQ/TW ngày 24/11/2023",
        # Quantities, dates and fractions.
        "02 năm 2025. Đồng thời",
        "2025. Đồng thời",
        "2-3 tổ chức",
        "10-20% doanh nghiệp",
        "15.6 tỷ đồng",
        "1/3 số xã",
        "24/7 và trực tuyến",
        "-5% so với",
        # Words that only look like headings.
        "Điều 5 của Luật này",
        "Phụ lục II kèm theo",
        "Phụ lục kèm theo",
        "PHỤ LỤC kèm theo Kế hoạch",
        "Chương trình hành động",
        "Phần mềm dùng chung",
        "Mục đích, yêu cầu",
        "X-quang và siêu âm",
        "6G. Triển khai",
        "1é kinh nghiém",
        "o nhiễm môi trường",
        "",
    ],
)
def test_find_marker_takes_no_likeness(line: str) -> None:
    assert find_marker(line) is None


def test_find_marker_tells_brackets() -> None:
    assert find_marker("a) x") == Marker("letter", "a", 3, closed=True)
    assert find_marker("1. x") == Marker("decimal", "1", 3)


def test_roman_numerals_read_and_write_alike() -> None:
    assert [roman_value(roman_numeral(number)) for number in range(1, 90)] == list(range(1, 90))
    # What no one writes is no numeral.
    assert [roman_value(word) for word in ("IIX", "VX", "ABC", "")] == [0, 0, 0, 0]
