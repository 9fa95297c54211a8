import pytest

from loaders.provinces import find_province, most_named_province


@pytest.mark.parametrize(
    ("name", "damaged", "full"),
    [
        ("Hưng Yên", False, "tỉnh Hưng Yên"),
        # Case, marks and blanks are free.
        ("HẬU GIANG", False, "tỉnh Hậu Giang"),
        ("Hung Yén", False, "tỉnh Hưng Yên"),
        ("Bà Rịa – Vũng Tàu", False, "tỉnh Bà Rịa - Vũng Tàu"),
        ("Hà Nội", False, "thành phố Hà Nội"),
        ("TP. Hồ Chí Minh", False, "Thành phố Hồ Chí Minh"),
        ("Thành phố Huế", False, "thành phố Huế"),
        # One that is no more.
        ("Thừa Thiên Huế", False, "tỉnh Thừa Thiên Huế"),
        # A scan's letters, only in a damaged text.
        ("Hung Yen.", True, "tỉnh Hưng Yên"),
        ("Quang Nlnh", True, "tỉnh Quảng Ninh"),
        ("Quang Nlnh", False, None),
        ("Tam Đường", False, None),
        ("", True, None),
    ],
)
def test_find_province(name: str, damaged: bool, full: str | None) -> None:
    province = find_province(name, damaged=damaged)

    assert (province and province.full_name) == full


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("tỉnh Lai Châu … tỉnh Sơn La … TỈNH LAI CHÂU", "Lai Châu"),
        ("trên địa bàn thành phố Đà Nẵng", "Đà Nẵng"),
        ("Tỉnh ủy Thừa Thiên Huế", "Thừa Thiên Huế"),
        # Without "tỉnh" it is just a place.
        ("tại Lai Châu", None),
        ("", None),
    ],
)
def test_most_named_province(text: str, name: str | None) -> None:
    province = most_named_province(text)

    assert (province and province.name) == name
