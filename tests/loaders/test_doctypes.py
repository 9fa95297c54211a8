"""The table of document types: names, codes, and what two types share."""

import pytest

from loaders.citing.doctypes import TYPES, document_code, type_by_code, type_by_name, types_by_code


@pytest.mark.parametrize(
    ("name", "english"),
    [
        ("KẾ HOẠCH", "plan"),
        ("Nghị quyết", "resolution"),
        # Blanks and marks may be lost.
        ("Nghịquyết", "resolution"),
        ("Quyet dinh", "decision"),
        ("Thông tư liên bộ", "joint-circular"),
        ("Giấy uỷ quyền", "power-of-attorney"),
    ],
)
def test_type_by_name(name: str, english: str) -> None:
    kind = type_by_name(name)

    assert kind is not None
    assert kind.english == english


def test_unknown_name_and_code() -> None:
    assert type_by_name("Thư ngỏ") is None
    assert type_by_code("XX") is None


@pytest.mark.parametrize(
    ("code", "party", "name"),
    [
        ("QĐ", False, "Quyết định"),
        ("ctr", True, "Chương trình"),
        ("KL", True, "Kết luận"),
        ("TTr", False, "Tờ trình"),
        ("TCVN", False, "Tiêu chuẩn quốc gia"),
    ],
)
def test_type_by_code(code: str, party: bool, name: str) -> None:
    kind = type_by_code(code, party=party)

    assert kind is not None
    assert kind.name == name


def test_one_code_may_stand_for_two_types() -> None:
    assert [kind.name for kind in types_by_code("QĐ")] == ["Quyết định", "Quy định"]


def test_names_and_english_codes_are_unique() -> None:
    assert len({kind.name for kind in TYPES}) == len({kind.english for kind in TYPES}) == len(TYPES)


def test_a_programme_of_action_is_a_programme() -> None:
    codes = {document_code(kind) for kind in TYPES}

    assert "programme" in codes
    assert codes == {kind.english for kind in TYPES} - {"action-programme"}
