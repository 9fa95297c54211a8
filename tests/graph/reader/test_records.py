"""Records of things by the names of their fields, read from the shipped documents."""

from typing import Any

import pytest

from graph.reader.asks import Need, ask_of
from graph.reader.kinds import KINDS, kind_of, members
from graph.reader.model import expand, expanded, terms_of
from graph.reader.opening import reader_of
from graph.reader.reading import Facts, is_iri
from graph.reader.records import read, read_one
from tests.graph.reader.conftest import Shelf

_PLAN = "https://w3id.org/cancu/eli/vn/lai-chau/ubnd/kh/2025/_bbb8d74b"
_TASK = f"{_PLAN}/muc/IV/nhiem-vu/2"
_FINANCE = "https://w3id.org/cancu/agency/hau-giang/so-tai-chinh"


def test_a_document_with_what_it_leads_to(shelf: Shelf) -> None:
    record = shelf.loop.run(
        read_one(
            shelf.reader, "Document", _PLAN,
            "file_name", "type", "type_label", "issued", "number_status", "issuer.label",
            "signatures.signer", "implements.number", "province.label",
            language="en",
        )
    )  # fmt: skip

    assert record == {
        "id": _PLAN,
        "kind": "Plan",
        "file_name": "lai-chau-ke-hoach-03-nq-cp.md",
        "type": "PLAN",
        "type_label": "plan",
        "issued": "2025-02-14",
        "number_status": "BLANK",
        "issuer": {
            "id": "https://w3id.org/cancu/agency/lai-chau/uy-ban-nhan-dan-tinh",
            "kind": "Organization",
            "label": "Provincial People's Committee of Lai Chau",
        },
        "signatures": [
            {"id": f"{_PLAN}/chu-ky/1", "kind": "Signature", "signer": "Tổng Thanh Hải"}
        ],
        # A list without an order of its own is ordered by IRI.
        "implements": [
            {
                "id": "https://w3id.org/cancu/eli/vn/cp/nq/2025/3",
                "kind": "CitedInstrument",
                "number": "03/NQ-CP",
            },
            {
                "id": "https://w3id.org/cancu/eli/vn/tw/nq/2024/57",
                "kind": "CitedInstrument",
                "number": "57-NQ/TW",
            },
        ],
        "province": {
            "id": "https://w3id.org/cancu/place/lai-chau",
            "kind": "Province",
            "label": "Lai Chau",
        },
    }


def test_evidence_is_the_stretch_of_the_source(shelf: Shelf) -> None:
    record = shelf.loop.run(
        read_one(
            shelf.reader, "Task", _TASK,
            "text", "evidence.quote", "evidence.start", "evidence.verified",
            "evidence.document.sha256", "assignments.role", "assignments.evidence.quote",
        )
    )  # fmt: skip

    assert record is not None
    evidence = record["evidence"][0]
    assert evidence["document"]["sha256"].startswith("bbb8d74b")
    assert isinstance(evidence["start"], int)
    assert evidence["verified"] is False
    assert {one["role"] for one in record["assignments"]} >= {"LEAD"}
    assert all(one["evidence"][0]["quote"] for one in record["assignments"])


def test_only_nodes_of_the_kind_are_given(shelf: Shelf) -> None:
    iris = [_TASK, _FINANCE, "https://w3id.org/nothing", "<no iri>"]

    found = shelf.loop.run(read(shelf.reader, "Agency", iris, "label"))

    assert [one["id"] for one in found] == [_FINANCE]
    assert shelf.loop.run(read_one(shelf.reader, "Agency", _TASK, "label")) is None


def test_an_unknown_field_is_named(shelf: Shelf) -> None:
    with pytest.raises(KeyError, match="Task has no field 'nope'"):
        shelf.loop.run(read(shelf.reader, "Task", [_TASK], "nope"))


def test_many_nodes_are_read_in_several_questions(shelf: Shelf) -> None:
    """A query has a bounded length; what is found does not depend on how it was asked."""
    rows = shelf.loop.run(shelf.reader.rows(Facts(), "SELECT ?s { ?s a cancu:Task }"))
    iris = [row["s"]["value"] for row in rows]
    fields = KINDS["Task"].fields
    need = Need()
    for name in ("text", "section", "lead_agencies"):
        need.add(ask_of(fields[name]))
    need.add(ask_of(fields["evidence"])).add(ask_of(KINDS["Evidence"].fields["rule"]))
    need.add(ask_of(fields["legal_basis"], None, [("depth", 2)]))
    whole, parts = Facts(), Facts()

    shelf.loop.run(reader_of(shelf.reader.engine).fill(whole, iris, need))
    shelf.loop.run(reader_of(shelf.reader.engine, 64).fill(parts, iris, need))

    assert whole.questions == 3
    assert parts.questions > 10
    assert _plain(whole) == _plain(parts)


def _plain(facts: Facts) -> dict[Any, Any]:
    return {ask: dict(sorted(values.items())) for ask, values in facts.values.items()}


@pytest.mark.parametrize(
    ("pattern", "written"),
    [
        ("^cancu:ofTask/oa:hasTarget", "^<{CANCU}ofTask>/<http://www.w3.org/ns/oa#hasTarget>"),
        # A code has a path of two steps; what stands in brackets already is left alone.
        (
            "?s a code:role/lead ; <a:b> ?o",
            "?s a <https://w3id.org/cancu/code/role/lead> ; <a:b> ?o",
        ),
    ],
)
def test_prefixed_names_are_written_out(pattern: str, written: str) -> None:
    assert expanded(pattern) == written.replace("{CANCU}", "https://w3id.org/cancu/ns#")


def test_terms_of_a_pattern() -> None:
    found = list(terms_of("?o cancu:cites|eli:cites ?s ; cancu:kind code:role/lead"))

    assert found == [expand("cancu:cites"), expand("eli:cites"), expand("cancu:kind")]


@pytest.mark.parametrize(
    ("classes", "kind"),
    [
        ("cancu:Document eli:LegalResource cancu:ImplementationPlan", "Plan"),
        ("cancu:Document eli:LegalResource", "OtherDocument"),
        ("eli:LegalResource cancu:StubInstrument", "CitedInstrument"),
        # Sections and annexes are legal resources too.
        ("eli:LegalResource eli:LegalResourceSubdivision", "Section"),
        ("eli:LegalResource eli:LegalResourceSubdivision cancu:Appendix", "Appendix"),
        ("skos:Concept cancu:Indicator", "Indicator"),
        ("skos:Concept scheme:agency-kind", "AgencyKind"),
        ("skos:Concept", "Code"),
        ("void:Dataset", None),
    ],
)
def test_kind_of_a_node(classes: str, kind: str | None) -> None:
    assert kind_of(frozenset(expand(name) for name in classes.split())) == kind


def test_members() -> None:
    assert members("Agency") == ("Organization", "AgencyGroup")
    assert members("Task") == ("Task",)


@pytest.mark.parametrize("text", ["", "x", "a b:c", "https://x/ y", 'https://x/"', "https://x/>"])
def test_what_is_no_iri(text: str) -> None:
    assert not is_iri(text)
