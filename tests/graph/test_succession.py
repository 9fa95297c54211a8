import pytest

from graph.organs import Reader, agency_iri, parse_organ
from graph.register import changes_of, level_of, terms_by_iri
from graph.succession import Standing, next_step, standing_of, status_of, today
from ontology.terms import BASE

AGENCY = f"{BASE}agency/"
CHANGE = f"{BASE}change/"


def standing(name: str, place: str | None, *, is_group: bool = False) -> Standing:
    """Return an organ as a document of March 2025 from a province, or of the centre, names it."""
    reader = Reader(place, central=place is None, scope="0a1b2c3d", day="2025-03")
    return standing_of(agency_iri(name, reader), parse_organ(name).name, is_group=is_group)


@pytest.mark.parametrize(
    ("name", "place", "status", "expected"),
    [
        # Kind and province both changed, one after the other.
        ("Sở TT&TT", "hau-giang", "successor", ["can-tho-2025/so-khoa-hoc-va-cong-nghe"]),
        # The kind only, the province only, neither.
        ("Sở KH&ĐT", "lai-chau", "successor", ["lai-chau/so-tai-chinh"]),
        ("Sở Tài chính", "hung-yen", "successor", ["hung-yen-2025/so-tai-chinh"]),
        ("Sở Tài chính", "lai-chau", "same", ["lai-chau/so-tai-chinh"]),
        # What was an organ of a province is one of a city now, under its name there.
        ("Tỉnh ủy", "hau-giang", "successor", ["can-tho-2025/thanh-uy"]),
        # A chain of ministries; one that was divided.
        ("Bộ Bưu chính, Viễn thông", None, "successor", ["bo-khoa-hoc-va-cong-nghe"]),
        (
            "Bộ Khoa học, Công nghệ và Môi trường",
            None,
            "successor",
            ["bo-khoa-hoc-va-cong-nghe", "bo-nong-nghiep-va-moi-truong"],
        ),
        ("Chính phủ", None, "same", ["chinh-phu"]),
        # The district level went to the communes, and its province into another on the same day.
        (
            "Ủy ban nhân dân huyện Long Mỹ",
            "hau-giang",
            "successor",
            ["can-tho-2025/uy-ban-nhan-dan-cap-xa"],
        ),
        ("Huyện ủy Mường Tè", "lai-chau", "successor", ["lai-chau/dang-uy-cap-xa"]),
        # Which commune of today answers is not known.
        ("Ủy ban nhân dân xã Mường Mô", "lai-chau", "unknown", []),
        # A class stays a class; those named by districts are named by communes.
        ("các sở, ban, ngành", "hau-giang", "class", ["can-tho-2025/cac-so-ban-nganh"]),
        (
            "UBND các huyện, thị xã, thành phố",
            "lai-chau",
            "class",
            ["lai-chau/uy-ban-nhan-dan-xa-phuong-dac-khu"],
        ),
        ("Ủy ban nhân dân cấp huyện", "lai-chau", "class", ["lai-chau/uy-ban-nhan-dan-cap-xa"]),
        # Who heads a class of organs.
        (
            "Chủ tịch UBND các huyện, thị xã, thành phố",
            "hau-giang",
            "class",
            ["can-tho-2025/chu-tich-uy-ban-nhan-dan-xa-phuong-dac-khu"],
        ),
        # An organ that the register does not hold may have ended or not.
        ("Trường Cao đẳng Lai Châu", "lai-chau", "unknown", []),
    ],
)
def test_who_answers_today(name: str, place: str | None, status: str, expected: list[str]) -> None:
    one = standing(name, place)

    assert status_of(one) == status
    assert sorted(last.iri for last in today(one)) == [f"{AGENCY}{path}" for path in expected]


def test_a_class_that_the_register_does_not_hold_goes_with_its_province() -> None:
    one = standing("các sở, ban, ngành, đoàn thể tỉnh", "hau-giang", is_group=True)

    assert status_of(one) == "class"
    assert [last.iri for last in today(one)] == [
        f"{AGENCY}can-tho-2025/cac-so-ban-nganh-doan-the-tinh"
    ]


def test_an_organ_of_an_open_province_follows_its_kind_alone() -> None:
    unplaced = Reader(None, central=False, scope="0a1b2c3d")
    one = standing_of(agency_iri("Sở KH&ĐT", unplaced), "Sở KH&ĐT", is_group=False)

    assert status_of(one) == "unplaced"
    assert [last.iri for last in today(one)] == [f"{AGENCY}_0a1b2c3d/so-tai-chinh"]


def test_events_are_followed_in_the_order_of_their_days() -> None:
    first = next_step(standing("Sở TT&TT", "hau-giang"))
    assert first
    second = next_step(first.successors[0])
    assert second

    assert first.changes == (f"{CHANGE}so-khoa-hoc-va-cong-nghe-2025",)
    assert second.changes == (f"{CHANGE}can-tho-2025",)
    assert next_step(second.successors[0]) is None


def test_events_of_one_day_make_one_step() -> None:
    step = next_step(standing("Ủy ban nhân dân cấp huyện", "hau-giang"))

    assert step
    assert step.changes == (f"{CHANGE}uy-ban-nhan-dan-cap-xa-2025", f"{CHANGE}can-tho-2025")


def test_the_address_of_a_standing_is_that_of_its_name() -> None:
    for name in ("Sở TT&TT", "Chủ tịch UBND tỉnh", "UBND huyện Long Mỹ", "các ban, sở, ngành"):
        one = standing(name, "hau-giang")

        reader = Reader("hau-giang", central=False, scope="0a1b2c3d")
        assert one.iri == agency_iri(name, reader)


def test_every_kind_and_central_organ_of_the_register_can_be_followed_to_the_end() -> None:
    for term in terms_by_iri().values():
        if changes_of(term.iri) and not term.is_group:
            place = "lai-chau" if term.is_kind else None
            (*_, last) = today(standing(term.name, place)) or [None]

            assert last is not None, term.iri
            assert next_step(last) is None


@pytest.mark.parametrize(
    ("step", "level"),
    [
        ("agency-kind/so-tai-chinh", "province"),
        ("agency-kind/tinh-uy", "province"),
        # Courts are local branches; each says its own level.
        ("agency-kind/toa-an-nhan-dan-tinh", "province"),
        ("agency-kind/toa-an-nhan-dan-khu-vuc", "region"),
        ("agency-kind/huyen-uy", "district"),
        ("agency-kind/cong-an-cap-xa", "commune"),
        ("agency/bo-tai-chinh", "central"),
        ("agency/cac-so-ban-nganh", None),
    ],
)
def test_level_of(step: str, level: str | None) -> None:
    found = level_of(terms_by_iri()[f"{BASE}{step}"])

    assert found == (f"{BASE}code/level/{level}" if level else None)
