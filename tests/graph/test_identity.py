import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.identity import cited_id, document_id, possible_ids, reader_of
from graph.instrument import InstrumentId, parse_iri
from graph.organs import Reader
from loaders.document import Evidence, Span, Stated
from loaders.structure.head import Head
from ontology.terms import BASE

NINH_BINH = Reader("ninh-binh", central=False, scope="0a1b2c3d")
DIGEST = "f" * 64
WHOLE_IRI = re.compile(r"https://w3id\.org/cancu/eli/vn/[A-Za-z0-9._/-]+")


@pytest.mark.parametrize(
    ("type_name", "number", "issued", "issuer", "expected"),
    [
        # The code of a central organ settles the issuer, said or not.
        ("Nghị quyết", "57-NQ/TW", "2024-12-22", "Bộ Chính trị", "tw/nq/2024/57"),
        ("Nghị quyết", "57-NQ/TW", "2024-12-22", None, "tw/nq/2024/57"),
        ("Nghị quyết", "03/NQ-CP", "2025-01-09", "Chính phủ", "cp/nq/2025/3"),
        ("Quyết định", "411/QĐ-TTg", "2022", None, "ttg/qd/2022/411"),
        # Leading noughts make no difference, letters do.
        ("Nghị quyết", "36a/NQ-CP", "2015-10-14", None, "cp/nq/2015/36a"),
        # A number that holds its year needs no date, and beats one.
        ("Nghị định", "13/2023/NĐ-CP", None, None, "cp/nd/2023/13"),
        ("Luật", "24/2018/QH14", "2018-06-12", "Quốc hội", "qh/luat/2018/24"),
        # The code beats a careless type word ...
        ("Thông tư", "27/2015/TTLT-BKHCN-BTC", None, None, "bkhcn-btc/ttlt/2015/27"),
        # ... but QĐ/TW is both Quyết định and Quy định: there the word tells.
        ("Quy định", "97-QĐ/TW", "2023", None, "tw/qyd/2023/97"),
        ("Quyết định", "97-QĐ/TW", "2023", None, "tw/qd/2023/97"),
        # One ministry, one code, however it is spelt.
        ("Thông tư", "05/2020/TT-BGD&ĐT", None, None, "bgddt/tt/2020/5"),
        # Branches in the provinces number under the code of their centre.
        ("Công văn", "248/BHXH", "2024", None, "_/0a1b2c3d/bhxh/cv/2024/248"),
        # What another code of the type numbers is numbered apart.
        ("Thông tư liên tịch", "12/TTLB-BTC-BNV", "1995", None, "btc-bnv/ttlb/1995/12"),
        # Organs of provinces: the province is stated, or "tỉnh" is the reader's own.
        (
            "Kế hoạch",
            "386-KH/TU",
            "2025-02-13",
            "Ban Thường vụ Tỉnh ủy Hưng Yên",
            "hung-yen/tu/kh/2025/386",
        ),
        (
            "Kế hoạch",
            "176/KH-UBND",
            "2024-09-26",
            "Ủy ban nhân dân tỉnh",
            "ninh-binh/ubnd/kh/2024/176",
        ),
        # Nothing says whose it is: it stays within the document that cites it.
        ("Kế hoạch", "176/KH-UBND", "2024-09-26", None, "_/0a1b2c3d/ubnd/kh/2024/176"),
        ("Nghị quyết", "59", None, None, "_/0a1b2c3d/_/nq/_/59"),
        # No date: the year stays open; a Party term takes its place.
        ("Chỉ thị", "35-CT/TW", None, None, "tw/ct/_/35"),
        ("Chỉ thị", "35-CT/TW", "--06-14", None, "tw/ct/_/35"),
        # No code: the issuer's name tells.
        ("Nghị quyết", "57", "2024", "Bộ Chính trị", "tw/nq/2024/57"),
        ("Nghị định", "15/CP", "1993-03-02", "Chính phủ", "cp/nd/1993/15"),
        # An official letter has no type code; the unit is part of the issuer.
        ("Công văn", "2844/VPCP-KSTT", "2025", None, "vpcp-kstt/cv/2025/2844"),
        # Technical regulations of two ministries may bear one number.
        (None, "QCVN 01:2019/BTTTT", None, None, "qcvn/qcvn/2019/01-btttt"),
    ],
)
def test_cited_by_number(
    type_name: str | None, number: str, issued: str | None, issuer: str | None, expected: str
) -> None:
    cited = cited_id(
        NINH_BINH, key=number, type_name=type_name, number=number, issued=issued, issuer=issuer
    )

    assert cited.iri == f"{BASE}eli/vn/{expected}"


@pytest.mark.parametrize(
    ("type_name", "name", "issued", "expected"),
    [
        ("Luật", "Luật Ngân sách nhà nước", None, "qh/luat/_/ngan-sach-nha-nuoc"),
        ("Luật", "Luật Đất đai năm 2024", None, "qh/luat/2024/dat-dai"),
        ("Luật", "Luật Đất đai", "2024-01-18", "qh/luat/2024/dat-dai"),
        ("Bộ luật", "Bộ luật Lao động", None, "qh/bo-luat/_/lao-dong"),
        ("Hiến pháp", "Hiến pháp", "2013", "qh/hien-phap/2013/hien-phap"),
    ],
)
def test_cited_by_name(type_name: str, name: str, issued: str | None, expected: str) -> None:
    cited = cited_id(NINH_BINH, key=name, type_name=type_name, number=None, issued=issued)

    assert cited.iri == f"{BASE}eli/vn/{expected}"


def test_a_party_term_stands_in_for_the_year() -> None:
    cited = cited_id(NINH_BINH, key="35-CT/TW", type_name="Chỉ thị", number="35-CT/TW", term="XIII")

    assert cited.iri == f"{BASE}eli/vn/tw/ct/khoa-xiii/35"
    assert not cited.complete


def test_an_instrument_of_an_unsaid_province_may_be_the_readers() -> None:
    cited = cited_id(
        NINH_BINH, key="176/KH-UBND", type_name="Kế hoạch", number="176/KH-UBND", issued="2024"
    )

    assert [other.iri for other in possible_ids(cited, NINH_BINH)] == [
        f"{BASE}eli/vn/ninh-binh/ubnd/kh/2024/176"
    ]


def head(**values: str) -> Head:
    said = {name: Stated(value, Evidence(Span(0, 1), "R", 1.0)) for name, value in values.items()}
    return Head(
        doc_type=said.get("doc_type"),
        number=said.get("number"),
        series=said.get("series"),
        issued=said.get("issued"),
        place=said.get("place"),
        issuer=said.get("issuer"),
    )


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        (
            head(number="44/KH-UBND", issued="2025-03-03", issuer="Ủy ban nhân dân tỉnh Hưng Yên"),
            "hung-yen/ubnd/kh/2025/44",
        ),
        # The place of issue tells the province of an issuer that names none.
        (
            head(number="44/KH-UBND", issued="2025", place="Hưng Yên"),
            "hung-yen/ubnd/kh/2025/44",
        ),
        # The Government sits in Hà Nội and is no organ of it.
        (
            head(number="03/NQ-CP", issued="2025-01-09", place="Hà Nội", issuer="Chính phủ"),
            "cp/nq/2025/3",
        ),
        # A blank number is the digest of the file.
        (
            head(series="KH-UBND", issued="2025", issuer="Ủy ban nhân dân tỉnh Lai Châu"),
            "lai-chau/ubnd/kh/2025/_ffffffff",
        ),
        # Nothing but type and issuer.
        (
            head(doc_type="plan", issuer="Ban Thường vụ Tỉnh ủy Hưng Yên"),
            "hung-yen/tu/kh/_/_ffffffff",
        ),
        # A file that is no policy document still has a name of its own.
        (head(), "_/ffffffff/_/_/_/_ffffffff"),
        # A number without any province: two provinces' plans never become one.
        (head(number="44/KH-UBND", issued="2025"), "_/ffffffff/ubnd/kh/2025/44"),
    ],
)
def test_document_id(stated: Head, expected: str) -> None:
    assert document_id(stated, DIGEST).iri == f"{BASE}eli/vn/{expected}"


def test_what_cites_a_document_by_number_means_the_document_itself() -> None:
    own = head(number="44/KH-UBND", issued="2025-03-03", issuer="Ủy ban nhân dân tỉnh Hưng Yên")
    party = head(doc_type="plan", place="Hưng Yên", issuer="Tỉnh ủy Hưng Yên")
    reader = reader_of(party, document_id(party, "e" * 64))

    cited = cited_id(
        reader,
        key="44/KH-UBND",
        type_name="Kế hoạch",
        number="44/KH-UBND",
        issued="2025",
        issuer="UBND tỉnh",
    )

    assert cited == document_id(own, DIGEST)


WORDS = st.text(max_size=30)


@given(WORDS, WORDS | st.none(), WORDS | st.none(), WORDS | st.none(), WORDS | st.none())
def test_any_words_give_a_valid_iri_that_reads_back(
    key: str, number: str | None, issued: str | None, issuer: str | None, term: str | None
) -> None:
    cited = cited_id(
        NINH_BINH,
        key=key,
        type_name="Kế hoạch",
        number=number,
        issued=issued,
        issuer=issuer,
        term=term,
    )

    assert WHOLE_IRI.fullmatch(cited.iri)
    assert parse_iri(cited.iri) == cited


FULL = InstrumentId(None, "tw", "ct", "2024", "35")


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        (InstrumentId(None, "tw", "ct", None, "35"), False),
        # Term XIII ran from 2021 to 2026.
        (InstrumentId(None, "tw", "ct", "khoa-xiii", "35"), False),
        (InstrumentId(None, "tw", "ct", "khoa-xii", "35"), True),
        (InstrumentId(None, "tw", "ct", "2019", "35"), True),
        (InstrumentId(None, "tw", "nq", "2024", "35"), True),
        (InstrumentId(None, "tw", "ct", "2024", "36"), True),
        # A blank number, an unsaid issuer and an unsaid province state nothing.
        (InstrumentId(None, "tw", "ct", "2024", "_ffffffff"), False),
        (InstrumentId(None, None, "ct", None, "35", scope="0a1b2c3d"), False),
        # The same code in a province is another organ.
        (InstrumentId("ninh-binh", "tw", "ct", "2024", "35"), True),
    ],
)
def test_contradicts(other: InstrumentId, expected: bool) -> None:
    assert FULL.contradicts(other) is expected
    assert other.contradicts(FULL) is expected


@pytest.mark.parametrize(
    "iri",
    [
        "https://example.org/eli/vn/cp/nq/2025/3",
        f"{BASE}eli/vn/cp",
        f"{BASE}eli/vn/cp/nq/2025/3/vi/txt/file",
    ],
)
def test_other_iris_are_no_identities(iri: str) -> None:
    assert parse_iri(iri) is None
