"""The register of agencies in a release: what it says of the organs that the documents name."""

import csv
import io
from dataclasses import replace
from pathlib import Path

import pytest

from graph import iris
from graph.identity import cited_id
from graph.organs import Reader
from graph.quads import document_iri, quads_for
from graph.shared import register_quads
from graph.store import Store
from graph.terms import node, value_of
from loaders.facts import Facts
from ontology.terms import BASE, CANCU, DCTERMS, ELI, ORG, RDF_TYPE, RDFS_LABEL, SCHEMA, SKOS
from queries.catalogue import bind, named_query
from tests.graph.small import plan

AGENCY = f"{BASE}agency/"
REGISTER = iris.SHARED_GRAPHS["register"]
REF = iris.SHARED_GRAPHS["ref"]
DEPARTMENT = f"{AGENCY}hau-giang/so-khoa-hoc-va-cong-nghe"
TODAY = f"{AGENCY}can-tho-2025/so-khoa-hoc-va-cong-nghe"


@pytest.fixture(scope="module")
def store(corpus_store: Path) -> Store:
    return Store(corpus_store)


@pytest.fixture(scope="module")
def answers(store: Store) -> list[dict[str, str]]:
    query = named_query("who_answers_today")
    text = store.query(query.text, "csv", bind(query, {})).decode()
    return list(csv.DictReader(io.StringIO(text)))


def values(store: Store, subject: str, predicate: str, language: str | None = None) -> list[str]:
    quads = store.database.quads_for_pattern(node(subject), node(predicate), None)
    return sorted(
        value_of(quad.object)
        for quad in quads
        if language is None or getattr(quad.object, "language", None) == language
    )


# --- The register in the release ---


def test_the_register_stands_in_a_graph_that_says_it_is_curated(store: Store) -> None:
    held = set(store.database.quads_for_pattern(None, None, None, node(REGISTER)))

    assert held == set(register_quads())
    assert values(store, REGISTER, CANCU.reviewStatus) == [f"{BASE}code/review/curated"]
    for predicate in (DCTERMS.source, CANCU.curatedBecause, RDFS_LABEL):
        assert values(store, REGISTER, predicate)


def test_the_instruments_that_changes_rest_on_are_described_with_the_others(store: Store) -> None:
    bases = {value_of(q.object) for q in register_quads() if q.predicate.value == ELI.based_on}

    assert len(bases) > 10
    for basis in bases:
        assert len(values(store, basis, RDFS_LABEL, "en")) == 1
        assert ELI.LegalResource in values(store, basis, RDF_TYPE)


# --- An organ that a document names ---


def test_an_organ_of_a_province_has_kind_parent_place_and_level(store: Store) -> None:
    assert ORG.FormalOrganization in values(store, DEPARTMENT, RDF_TYPE)
    assert values(store, DEPARTMENT, ORG.classification) == [
        f"{BASE}agency-kind/so-khoa-hoc-va-cong-nghe"
    ]
    parent = f"{AGENCY}hau-giang/uy-ban-nhan-dan-tinh"
    assert values(store, DEPARTMENT, ORG.subOrganizationOf) == [parent]
    assert values(store, parent, ORG.subOrganizationOf) == [f"{AGENCY}chinh-phu"]
    assert values(store, DEPARTMENT, DCTERMS.spatial) == [iris.place("hau-giang")]
    assert values(store, DEPARTMENT, CANCU.governmentLevel) == [f"{BASE}code/level/province"]
    assert values(store, DEPARTMENT, SCHEMA.validThrough) == ["2025-06-30"]


def test_an_organ_of_a_province_has_names_in_both_languages_and_without_diacritics(
    store: Store,
) -> None:
    assert values(store, DEPARTMENT, SKOS.prefLabel, "vi") == [
        "Sở Khoa học và Công nghệ tỉnh Hậu Giang"
    ]
    assert values(store, DEPARTMENT, SKOS.prefLabel, "en") == [
        "Department of Science and Technology of Hau Giang"
    ]
    assert values(store, DEPARTMENT, SKOS.altLabel) == ["Sở Khoa học và Công nghệ"]
    assert values(store, DEPARTMENT, SKOS.hiddenLabel) == [
        "so khoa hoc va cong nghe",
        "so khoa hoc va cong nghe tinh hau giang",
    ]


def test_a_successor_that_no_document_names_is_described_as_well(store: Store) -> None:
    assert values(store, DEPARTMENT, CANCU.succeededBy) == [TODAY]
    assert values(store, DEPARTMENT, CANCU.answersToday) == [TODAY]
    assert values(store, DEPARTMENT, ORG.changedBy) == [f"{BASE}change/can-tho-2025"]
    assert values(store, TODAY, SKOS.prefLabel, "vi") == [
        "Sở Khoa học và Công nghệ thành phố Cần Thơ"
    ]
    assert values(store, TODAY, DCTERMS.spatial) == [iris.place("can-tho-2025")]
    assert values(store, TODAY, SCHEMA.validThrough) == []
    assert values(store, TODAY, CANCU.answersToday) == [TODAY]
    committee = f"{AGENCY}can-tho-2025/uy-ban-nhan-dan-thanh-pho"
    assert values(store, committee, SKOS.prefLabel, "en") == ["City People's Committee of Can Tho"]


def test_a_class_of_organs_names_the_kinds_that_it_takes_in(store: Store) -> None:
    group = f"{AGENCY}hung-yen/cac-to-chuc-chinh-tri-xa-hoi"

    assert CANCU.AgencyGroup in values(store, group, RDF_TYPE)
    assert f"{BASE}agency-kind/tinh-doan" in values(store, group, CANCU.memberKind)
    assert values(store, group, SKOS.prefLabel, "en") == [
        "the political-social organisations (Hung Yen)"
    ]


def test_what_the_register_says_of_a_central_organ_is_not_said_again(store: Store) -> None:
    government = node(f"{AGENCY}chinh-phu")
    said = {
        quad.predicate.value
        for quad in store.database.quads_for_pattern(government, None, None, node(REF))
    }

    assert said == {CANCU.answerStatus, CANCU.answersToday, CANCU.governmentLevel}


def test_every_agency_of_the_release_has_a_status_and_one_name(store: Store) -> None:
    pointed = (CANCU.assignee, CANCU.mentionsAgency, ELI.passed_by, CANCU.answersToday)
    agencies = {
        value_of(quad.object)
        for predicate in pointed
        for quad in store.database.quads_for_pattern(None, node(predicate), None)
    }

    assert len(agencies) > 100
    for agency in agencies:
        assert len(values(store, agency, CANCU.answerStatus)) == 1, agency
        assert len(values(store, agency, SKOS.prefLabel, "vi")) == 1, agency


def test_who_is_known_answers_and_who_is_not_does_not(store: Store) -> None:
    for quad in store.database.quads_for_pattern(None, node(CANCU.answerStatus), None):
        is_known = value_of(quad.object) != f"{BASE}code/answer/unknown"

        assert bool(values(store, value_of(quad.subject), CANCU.answersToday)) == is_known


# --- Who answers for this task today? ---


def test_there_is_an_answer_for_every_task(store: Store, answers: list[dict[str, str]]) -> None:
    tasks = store.query(
        """SELECT ?file ?order { ?task a cancu:Task ; cancu:order ?order ;
             cancu:inDocument/^eli:realizes/^eli:embodies/cancu:fileName ?file }""",
        "csv",
    )
    expected = {tuple(line.split(",")) for line in tasks.decode().split("\r\n")[1:] if line}

    assert len(expected) == 300
    assert {(row["file"], row["order"]) for row in answers} == expected
    # A row that names nobody for today says why.
    assert [row for row in answers if not row["agency"] and not row["status"]] == []


def test_a_task_without_a_lead_says_so(store: Store, answers: list[dict[str, str]]) -> None:
    led = store.query(
        """SELECT (COUNT(DISTINCT ?task) AS ?tasks) {
             ?a cancu:ofTask ?task ; prov:hadRole <https://w3id.org/cancu/code/role/lead> }""",
        "csv",
    )
    through: dict[str, set[tuple[str, str]]] = {}
    for row in answers:
        through.setdefault(row["through"], set()).add((row["file"], row["order"]))

    assert set(through) == {"lead", "no lead named: issuer"}
    assert len(through["lead"]) == int(led.split()[1])
    assert through["lead"] & through["no lead named: issuer"] == set()


def test_an_answer_names_change_date_and_legal_basis(answers: list[dict[str, str]]) -> None:
    moved = [row for row in answers if row["status"] == "has a successor"]

    assert moved
    for row in moved:
        assert row["change"]
        assert row["date"]
        assert "số" in row["basis"]
        assert row["agency"]
    still = [row for row in answers if row["status"] == "still exists"]
    assert {row["change"] for row in still} == {""}
    assert {"/lai-chau/" in row["agency"] for row in still} == {True}


@pytest.mark.parametrize(
    ("file", "named", "today"),
    [
        (
            "hau-giang-ke-hoach-03-nq-cp.txt",
            "Sở Khoa học và Công nghệ",
            {"can-tho-2025/so-khoa-hoc-va-cong-nghe"},
        ),
        ("lai-chau-ke-hoach-03-nq-cp.md", "Sở Tài chính", {"lai-chau/so-tai-chinh"}),
        (
            "ninh-binh-ke-hoach-03-nq-cp.md",
            "Ủy ban nhân dân cấp huyện",
            {"ninh-binh-2025/uy-ban-nhan-dan-cap-xa"},
        ),
    ],
)
def test_who_answers(file: str, named: str, today: set[str], answers: list[dict[str, str]]) -> None:
    found = {row["agency"] for row in answers if (row["file"], row["named"]) == (file, named)}

    assert found == {f"{AGENCY}{path}" for path in today}


# --- Documents of after the mergers ---


def dated(day: str, cited: str) -> Facts:
    facts = plan("Xây dựng đề án", issuer="Ủy ban nhân dân tỉnh Hưng Yên").facts
    assert facts.head.issued
    issued = replace(facts.head.issued, value=day)
    citation = replace(facts.citations[0], issued=cited)
    return replace(facts, head=replace(facts.head, issued=issued), citations=(citation,))


@pytest.mark.parametrize(
    ("day", "cited", "place"),
    [
        ("2025-03-03", "2024-12-22", "hung-yen"),
        ("2025-08-15", "2024-12-22", "hung-yen-2025"),
        # The day is left blank, but what it cites is of after the mergers.
        ("2025", "2025-07-14", "hung-yen-2025"),
        # Nothing tells.
        ("2025", "2024-12-22", "hung-yen"),
    ],
)
def test_a_document_belongs_to_the_province_of_its_day(day: str, cited: str, place: str) -> None:
    facts = dated(day, cited)

    assert document_iri(facts) == f"{BASE}eli/vn/{place}/ubnd/kh/2025/12"
    quads = quads_for(facts)
    assigned = {value_of(q.object) for q in quads if q.predicate.value == CANCU.assignee}
    assert assigned == {f"{AGENCY}{place}/so-tai-chinh"}


def test_what_a_new_province_cites_of_its_own_from_before_is_left_open() -> None:
    reader = Reader("hung-yen-2025", central=False, scope="0a1b2c3d", day="2025-08-15")

    def cited(issuer: str, issued: str) -> str:
        named = cited_id(
            reader,
            key="12/KH-UBND",
            type_name="Kế hoạch",
            number="12/KH-UBND",
            issued=issued,
            issuer=issuer,
        )
        return named.iri.removeprefix(f"{BASE}eli/vn/")

    # "UBND tỉnh" of before may be that of Hưng Yên or of Thái Bình.
    assert cited("Ủy ban nhân dân tỉnh", "2025-03-03") == "_/0a1b2c3d/ubnd/kh/2025/12"
    assert cited("Ủy ban nhân dân tỉnh", "2025-08-01") == "hung-yen-2025/ubnd/kh/2025/12"
    assert cited("Ủy ban nhân dân tỉnh Hưng Yên", "2025-03-03") == "hung-yen/ubnd/kh/2025/12"
    assert cited("Ủy ban nhân dân tỉnh Thái Bình", "2025-03-03") == "thai-binh/ubnd/kh/2025/12"
