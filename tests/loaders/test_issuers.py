"""Issuing bodies: names in a text, and the codes of numbers."""

import pytest

from loaders.citing.issuers import code_name, code_side, issuer_at, known_codes, known_issuer_at
from loaders.tables import read_table
from loaders.text.reading import fold


@pytest.mark.parametrize(
    ("text", "name"),
    [
        # Abbreviations are spelled out, the place is kept.
        ("UBND tỉnh Quảng Nam về việc", "Ủy ban nhân dân tỉnh Quảng Nam"),
        ("UBND TP. Hồ Chí Minh", "Ủy ban nhân dân thành phố Hồ Chí Minh"),
        ("UBND huyện Mai Sơn ban hành", "Ủy ban nhân dân huyện Mai Sơn"),
        ("Bộ VHTT&DL", "Bộ Văn hóa, Thể thao và Du lịch"),
        ("Uỷ ban nhân dân tỉnh", "Ủy ban nhân dân tỉnh"),
        # An office before the organ.
        ("Giám đốc Sở Nội vụ", "Giám đốc Sở Nội vụ"),
        ("Chủ tịch UBND tỉnh", "Chủ tịch Ủy ban nhân dân tỉnh"),
        ("Bộ trưởng Bộ KH&CN quy định", "Bộ trưởng Bộ Khoa học và Công nghệ"),
        ("Đảng ủy UBND tỉnh", "Đảng ủy Ủy ban nhân dân tỉnh"),
        # The Party; a plenum stands for the Central Committee, the term stays outside.
        ("Tỉnh Ủy Kiên Giang về", "Tỉnh ủy Kiên Giang"),
        ("BTV Tỉnh ủy", "Ban Thường vụ Tỉnh ủy"),
        ("Ban Chấp hành Trung ương Đảng khóa IX", "Ban Chấp hành Trung ương Đảng"),
        ("Hội nghị Trung ương lần thứ tám khoá XIII", "Ban Chấp hành Trung ương"),
        ("Hội nghị Trung ương 8 khóa XI", "Ban Chấp hành Trung ương"),
        # A blank lost before the date.
        ("Chính phủngày 22", "Chính phủ"),
        # An organ of unknown name, as far as its words go.
        ("Trường Đại học Bách khoa Hà Nội về việc", "Trường Đại học Bách khoa Hà Nội"),
        ("Cục Chuyển đổi số quốc gia.", "Cục Chuyển đổi số quốc gia"),
        ("Tổ công tác chuyên trách của Thủ tướng", "Tổ công tác chuyên trách của Thủ tướng"),
    ],
)
def test_issuer_at(text: str, name: str) -> None:
    found = issuer_at(text, fold(text), 0)

    assert found is not None
    assert found.name == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Thu tuéng Chinh phu", "Thủ tướng Chính phủ"),
        ("Chinh phii vé dot pha", "Chính phủ"),
        ("B Chinh tri vé dot pha phat trién khoa hoc, cong nghé, dbi mai", "Bộ Chính trị"),
        ("Ban Thuong vu Tinh iy", "Ban Thường vụ Tỉnh ủy"),
        ("Uy ban nhan dan tinh Hung Yén", "Ủy ban nhân dân tỉnh Hưng Yên"),
        ("Quéc hdi khéa XV", "Quốc hội"),
        ("So Thong tin va Truyén thong", "Sở Thông tin và Truyền thông"),
    ],
)
def test_damaged_names_get_their_marks_back(text: str, name: str) -> None:
    found = issuer_at(text, fold(text), 0, damaged=True)

    assert found is not None
    assert found.name == name


@pytest.mark.parametrize("text", ["tư duy mới", "cấp ủy", "chính phủ điện tử", "địa phương", "cp"])
def test_no_issuer(text: str) -> None:
    assert issuer_at(text, fold(text), 0) is None


def test_an_unlisted_organ_is_not_known() -> None:
    text = "Trường Đại học Bách khoa Hà Nội"

    assert known_issuer_at(text, fold(text), 0) is None


@pytest.mark.parametrize(
    ("code", "name", "side"),
    [
        ("TTg", "Thủ tướng Chính phủ", "state"),
        ("QH15", "Quốc hội", "state"),
        ("VPTW", "Văn phòng Trung ương Đảng", "party"),
        # "TW" is the Central Committee, the Politburo or the Secretariat.
        ("TW", None, "party"),
        # Ministry of Finance or an organisation board of the Party.
        ("BTC", "Bộ Tài chính", None),
        ("XYZ", None, None),
    ],
)
def test_codes(code: str, name: str | None, side: str | None) -> None:
    assert (code_name(code), code_side(code)) == (name, side)


def test_no_code_stands_twice() -> None:
    assert len(known_codes()) == len(read_table("issuer_codes"))
