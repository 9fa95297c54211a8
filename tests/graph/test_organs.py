import pytest

from graph.organs import Reader, agency_iri, full_label, parse_organ
from graph.places import provinces
from ontology.terms import BASE

LAI_CHAU = Reader("lai-chau", central=False, scope="0a1b2c3d")
GOVERNMENT = Reader(None, central=True, scope="0a1b2c3d")
UNKNOWN = Reader(None, central=False, scope="0a1b2c3d")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        # An organ of a province belongs to that of the document ...
        ("Sở Khoa học và Công nghệ", "lai-chau/so-khoa-hoc-va-cong-nghe"),
        ("các sở, ban, ngành", "lai-chau/cac-so-ban-nganh"),
        # ... unless its name states one, with or without the word for the level.
        ("Ủy ban nhân dân tỉnh Hậu Giang", "hau-giang/uy-ban-nhan-dan-tinh"),
        ("Sở Tài chính Hà Nội", "ha-noi/so-tai-chinh"),
        ("Ban Thường vụ Tỉnh ủy Hưng Yên", "hung-yen/ban-thuong-vu-tinh-uy"),
        # The name with its province and without are one organ.
        ("Ủy ban nhân dân tỉnh", "lai-chau/uy-ban-nhan-dan-tinh"),
        ("Ủy ban nhân dân tỉnh Lai Châu", "lai-chau/uy-ban-nhan-dan-tinh"),
        # A city inside a province of the same name is no province.
        (
            "Ủy ban nhân dân thành phố Hưng Yên",
            "hung-yen/uy-ban-nhan-dan-thanh-pho-hung-yen",
        ),
        # A centrally-run city is one.
        ("Ủy ban nhân dân Thành phố Hồ Chí Minh", "ho-chi-minh/uy-ban-nhan-dan-thanh-pho"),
        # Central organs belong to none.
        ("Chính phủ", "chinh-phu"),
        ("Bộ Khoa học và Công nghệ", "bo-khoa-hoc-va-cong-nghe"),
        ("các bộ, ngành Trung ương", "cac-bo-nganh-trung-uong"),
        ("Tòa án nhân dân tối cao", "toa-an-nhan-dan-toi-cao"),
        # What begins or ends like one and is of the province all the same.
        ("Bộ Chỉ huy Quân sự tỉnh", "lai-chau/bo-chi-huy-quan-su-tinh"),
        (
            "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh",
            "lai-chau/uy-ban-mat-tran-to-quoc-viet-nam-tinh",
        ),
        # A university is known by its own name.
        ("Đại học Thái Nguyên", "dai-hoc-thai-nguyen"),
    ],
)
def test_an_organ_of_a_province_is_named_with_it(name: str, expected: str) -> None:
    assert agency_iri(name, LAI_CHAU) == f"{BASE}agency/{expected}"


def test_a_central_document_speaks_of_organs_without_a_province() -> None:
    assert agency_iri("các địa phương", GOVERNMENT) == f"{BASE}agency/dia-phuong"


def test_an_organ_that_cannot_be_placed_stays_within_its_document() -> None:
    iri = agency_iri("Sở Tài chính", UNKNOWN)

    assert iri == f"{BASE}agency/_0a1b2c3d/so-tai-chinh"


@pytest.mark.parametrize(
    ("name", "is_group", "expected"),
    [
        ("Sở Tài chính", False, "Sở Tài chính tỉnh Lai Châu"),
        ("Tỉnh ủy", False, "Tỉnh ủy Lai Châu"),
        ("Ủy ban nhân dân huyện Mường Tè", False, "Ủy ban nhân dân huyện Mường Tè, tỉnh Lai Châu"),
        ("các sở, ban, ngành", True, "các sở, ban, ngành (Lai Châu)"),
        ("Trường Cao đẳng Lai Châu", False, "Trường Cao đẳng Lai Châu"),
        # "quân" (army) is not "quận" (district).
        ("Bộ Chỉ huy Quân sự tỉnh", False, "Bộ Chỉ huy Quân sự tỉnh Lai Châu"),
    ],
)
def test_full_label(name: str, is_group: bool, expected: str) -> None:
    assert full_label(name, provinces()["lai-chau"], is_group=is_group) == expected


def test_an_organ_without_a_province_keeps_its_name() -> None:
    assert full_label("Chính phủ", None) == "Chính phủ"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        # A short form, a former name of the same organ, and the level left out.
        ("Sở KH&CN", "so-khoa-hoc-va-cong-nghe"),
        ("Đoàn Thanh niên Cộng sản Hồ Chí Minh", "tinh-doan"),
        ("Ban Dân tộc", "ban-dan-toc-tinh"),
        # The same class in other words.
        ("các ban, sở, ngành", "cac-so-ban-nganh"),
        ("các sở, ban, ngành tỉnh", "cac-so-ban-nganh"),
        # Who heads an organ is named after it.
        ("Thủ trưởng các sở, ngành", "thu-truong-cac-so-ban-nganh"),
        ("Chủ tịch UBND tỉnh", "chu-tich-uy-ban-nhan-dan-tinh"),
        # Districts have such organs too, so the level that is left out stays open.
        ("Công an", "cong-an"),
        # One of many keeps its name.
        ("UBND huyện Mường Tè", "ubnd-huyen-muong-te"),
    ],
)
def test_names_of_one_organ_give_one_address(name: str, expected: str) -> None:
    assert agency_iri(name, LAI_CHAU) == f"{BASE}agency/lai-chau/{expected}"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Sở KH&CN", "can-tho/so-khoa-hoc-va-cong-nghe"),
        ("Tỉnh ủy", "can-tho/thanh-uy"),
        ("Ủy ban nhân dân TP.HCM", "ho-chi-minh/uy-ban-nhan-dan-thanh-pho"),
    ],
)
def test_an_organ_of_a_city_has_the_name_that_it_has_there(name: str, expected: str) -> None:
    city = Reader("can-tho", central=False, scope="0a1b2c3d")

    assert agency_iri(name, city) == f"{BASE}agency/{expected}"


@pytest.mark.parametrize(
    ("day", "name", "expected"),
    [
        ("2025-06-30", "Sở Tài chính", "hung-yen/so-tai-chinh"),
        ("2025-08-15", "Sở Tài chính", "hung-yen-2025/so-tai-chinh"),
        ("2025-08-15", "Sở Tài chính tỉnh Hưng Yên", "hung-yen-2025/so-tai-chinh"),
        # Another province is taken at the time of the document as well.
        ("2025-06-30", "Sở Tài chính tỉnh Ninh Bình", "ninh-binh/so-tai-chinh"),
        ("2025-08-15", "Sở Tài chính tỉnh Ninh Bình", "ninh-binh-2025/so-tai-chinh"),
        # Thái Bình is no more, but was.
        ("2025-08-15", "Sở Tài chính tỉnh Thái Bình", "thai-binh/so-tai-chinh"),
    ],
)
def test_the_day_of_a_document_tells_two_provinces_of_one_name(
    day: str, name: str, expected: str
) -> None:
    place = "hung-yen" if day < "2025-07-01" else "hung-yen-2025"
    reader = Reader(place, central=False, scope="0a1b2c3d", day=day)

    assert agency_iri(name, reader) == f"{BASE}agency/{expected}"


def test_the_name_keeps_its_own_spelling() -> None:
    assert parse_organ("Ban  Thường vụ Tỉnh ủy Hưng Yên").name == "Ban Thường vụ Tỉnh ủy"
