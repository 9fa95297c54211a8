import hashlib
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from pyshacl import validate as run_shacl
from rdflib import Graph
from rdflib.namespace import RDF, SH

import ontology
from graph import iris, terms
from graph.cited import instrument_quads
from graph.load import load_documents
from graph.plan import Loadable
from graph.quads import quads_for
from graph.reference import ref_quads
from graph.releases import Folder
from graph.report import Finding, violations
from graph.shared import register_quads
from graph.store import Store
from graph.terms import node
from graph.validate import BY_HAND, validate_document, validate_store, validate_triples
from loaders.document import SourceDocument
from loaders.extract import extract
from ontology.terms import CANCU, ITSRDF, OA, PROV, RDFS_LABEL, SKOS
from tests.graph.annotated import NAMES, annotated
from tests.graph.faults import ODD, changed, checked, pick, with_fault, without
from tests.graph.small import DEADLINE, plan


def filled(name: str) -> ox.Store:
    facts = annotated(name).facts
    store = ox.Store()
    store.extend(quads_for(facts))
    store.extend(instrument_quads(store, frozenset()))
    store.extend(register_quads())
    store.extend(ref_quads(store))
    return store


@pytest.mark.parametrize("name", NAMES)
def test_an_annotated_document_conforms(name: str) -> None:
    graph = iris.document_graph(annotated(name).facts.document.sha256)

    assert violations(validate_document(filled(name), graph)) == []


def test_a_document_that_cites_a_held_one_conforms(tmp_path: Path) -> None:
    title = "Thực hiện Kế hoạch số 12/KH-UBND ngày 03/3/2025 của Ủy ban nhân dân tỉnh Lai Châu"
    load_documents(tmp_path, [_read(12, "Phát triển chuyển đổi số"), _read(15, title)])

    store = Store(tmp_path)

    held = f"ASK {{ ?document <{CANCU.implements}>/a <{CANCU.Document}> }}"
    assert b"true" in store.query(held, "csv")
    assert [found for _, found in validate_store(store.database) if found] == []


def _read(number: int, title: str) -> Loadable:
    text = f"""ỦY BAN NHÂN DÂN
TỈNH LAI CHÂU
Số: {number}/KH-UBND

Lai Châu, ngày 03 tháng 3 năm 2025

KẾ HOẠCH
{title}

I. NHIỆM VỤ

1. Sở Tài chính chủ trì xây dựng đề án trước ngày 30/6/2025.

CHỦ TỊCH
Nguyễn Văn A
"""
    data = text.encode()
    digest = hashlib.sha256(data).hexdigest()
    return Loadable(extract(SourceDocument(f"{number}.txt", digest, text)), data)


def test_a_finding_names_shape_node_property_and_value_in_both_languages() -> None:
    store = with_fault(changed(CANCU.taskKind, ODD))
    task = pick(store, CANCU.taskKind, value="odd").subject

    (finding,) = checked(store)

    assert isinstance(task, ox.NamedNode)
    vietnamese = "loại nhiệm vụ không có trong danh mục"
    shape = f"{CANCU.NS}TaskShape"
    assert finding == Finding(
        shape, "violation", task.value, CANCU.taskKind, "odd", "no such kind of task", vietnamese
    )
    said = f"no such kind of task / {vietnamese} (it is odd)"
    assert str(finding) == f"TaskShape {task.value} taskKind: {said}"


def test_a_finding_of_a_query_names_them_too() -> None:
    store = with_fault(without(CANCU.issuerText))

    (finding,) = checked(store)

    assert finding.shape == f"{CANCU.NS}DocumentShape"
    assert finding.path == "http://data.europa.eu/eli/ontology#passed_by"
    assert finding.focus.endswith("_dbde8c98")
    assert finding.value is None


def test_what_a_strange_source_brings_about_forbids_nothing() -> None:
    found = checked(with_fault(changed(CANCU.targetYear, terms.date("2200"))))

    assert [finding.severity for finding in found] == ["warning"]
    assert violations(found) == []


def test_what_is_no_statement_of_the_store_is_refused() -> None:
    blank = ox.Triple(ox.BlankNode("x"), node(RDFS_LABEL), ODD)

    with pytest.raises(TypeError, match="neither blank nodes nor triple terms"):
        validate_triples([blank])


def test_the_shapes_as_written_find_what_the_fast_forms_find() -> None:
    loadable = plan(f"Xây dựng đề án {DEADLINE}", "Rà soát")
    store = ox.Store()
    store.extend(quads_for(loadable.facts))
    store.extend(instrument_quads(store, frozenset()))
    store.extend(register_quads())
    store.extend(ref_quads(store))
    for plant in (
        without(CANCU.contentKey),
        changed(ITSRDF.taConfidence, terms.double(2)),
        changed(OA.exact, terms.text("another quote")),
        changed(PROV.hadRole, ODD),
        changed(CANCU.numberStatus, node(iris.code("number-status", "blank"))),
    ):
        plant(store)

    lines = ox.serialize((quad.triple for quad in store), format=ox.RdfFormat.N_TRIPLES)
    shapes = Graph().parse(data=ontology.read(ontology.SHAPES), format="turtle")
    _, report, _ = run_shacl(Graph().parse(data=lines or b"", format="nt"), shacl_graph=shapes)

    slow = list(_results(report))
    fast = [(f.focus, f.message) for f in validate_triples(quad.triple for quad in store)]
    assert len(fast) == len(slow) >= 5
    for focus, message in fast:
        assert any(focus == other and message in messages for other, messages in slow)


def _results(report: Graph) -> Iterator[tuple[str, set[str]]]:
    """Yield each result's node and messages; pyshacl adds those of the node shape."""
    for result in report.subjects(RDF.type, SH.ValidationResult):
        messages = {str(message) for message in report.objects(result, SH.resultMessage)}
        yield str(report.value(result, SH.focusNode)), messages


def test_a_whole_store_is_checked_graph_by_graph(loaded: Path) -> None:
    checked = dict(validate_store(Store(loaded).database))

    shared = {iris.SHARED_GRAPHS[name] for name in BY_HAND}
    assert shared < checked.keys()
    assert len(checked) == len(NAMES) + len(shared)
    assert [found for found in checked.values() if violations(found)] == []


def test_a_fault_that_came_into_a_store_from_outside_is_found(drafted: Path) -> None:
    release = Folder(drafted).published()
    database = ox.Store(str(Folder(drafted).database(release.id)))
    agency = pick(database, CANCU.assignee).object
    assert isinstance(agency, ox.NamedNode)
    for label in list(database.quads_for_pattern(agency, node(SKOS.prefLabel), None)):
        database.remove(label)
    database.flush()
    del database

    found = [v for _, some in validate_store(Store(drafted).database) for v in violations(some)]

    assert {finding.message for finding in found} == {"an agency must have a name"}
