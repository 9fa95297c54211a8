import pytest

from graph.places import place_at, province_named, provinces, share_a_name


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Hưng Yên", "hung-yen"),
        ("tỉnh Hưng Yên", "hung-yen"),
        ("TP. Hồ Chí Minh", "ho-chi-minh"),
        # A scan's loss of diacritics, another dash, a former name.
        ("Ba Ria - Vung Tau", "ba-ria-vung-tau"),
        ("Bà Rịa – Vũng Tàu", "ba-ria-vung-tau"),
        ("Thừa Thiên Huế", "hue"),
        ("TPHCM", "ho-chi-minh"),
        ("Mường Tè", None),
    ],
)
def test_province_named(name: str, slug: str | None) -> None:
    found = province_named(name)

    assert (found.slug if found else None) == slug


@pytest.mark.parametrize(
    ("slug", "whens", "expected"),
    [
        # The day of the merger is the first of the new province.
        ("hung-yen", ["2025-06-30"], "hung-yen"),
        ("hung-yen", ["2025-07-01"], "hung-yen-2025"),
        # Whichever slug is asked with, the time tells.
        ("hung-yen-2025", ["2024-12-31"], "hung-yen"),
        # A month or year tells if it lies on one side.
        ("hung-yen", ["2025-07"], "hung-yen-2025"),
        ("hung-yen", ["2024"], "hung-yen"),
        # 2025 has both; the next date is asked, and if none tells the slug stays.
        ("hung-yen", ["2025", "2025-08-15"], "hung-yen-2025"),
        ("hung-yen", ["2025", None], "hung-yen"),
        # A province that went into another, or was left alone, has no namesake.
        ("hau-giang", ["2025-08-15"], "hau-giang"),
        ("lai-chau", ["2025-08-15"], "lai-chau"),
        # What is no date, and what is no province.
        ("hung-yen", ["--06-14"], "hung-yen"),
        ("_0a1b2c3d", ["2025-08-15"], "_0a1b2c3d"),
    ],
)
def test_place_at(slug: str, whens: list[str | None], expected: str) -> None:
    assert place_at(slug, whens) == expected


def test_provinces_of_one_name() -> None:
    assert share_a_name("hung-yen", "hung-yen-2025")
    assert not share_a_name("hung-yen", "thai-binh")
    assert provinces()["hung-yen-2025"].full_name == "tỉnh Hưng Yên"
    assert provinces()["can-tho"].is_city
