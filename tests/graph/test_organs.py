import pytest

from graph.organs import Reader, agency_iri, full_label, parse_organ, province_named, provinces
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
    assert agency_iri("các địa phương", GOVERNMENT) == f"{BASE}agency/cac-dia-phuong"


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
    assert full_label(name, provinces()["lai chau"], is_group=is_group) == expected


def test_an_organ_without_a_province_keeps_its_name() -> None:
    assert full_label("Chính phủ", None) == "Chính phủ"


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Hưng Yên", "hung-yen"),
        ("tỉnh Hưng Yên", "hung-yen"),
        ("TP. Hồ Chí Minh", "ho-chi-minh"),
        ("Bà Rịa – Vũng Tàu", "ba-ria-vung-tau"),
        ("Thừa Thiên Huế", "hue"),
        ("Mường Tè", None),
    ],
)
def test_province_named(name: str, slug: str | None) -> None:
    found = province_named(name)

    assert (found.slug if found else None) == slug


def test_the_name_keeps_its_own_spelling() -> None:
    assert parse_organ("Ban  Thường vụ Tỉnh ủy Hưng Yên").name == "Ban Thường vụ Tỉnh ủy"
