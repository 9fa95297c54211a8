"""Quads of a document as a whole: what it is, its text and file, its head and foot."""

from collections.abc import Callable

import pyoxigraph as ox

from graph import iris, terms
from graph.identity import type_of_document
from graph.instrument import InstrumentId
from graph.organs import agency_iri
from graph.writer import Writer
from loaders.document import Stated
from loaders.facts import Facts
from loaders.structure.head import Head, Signer
from ontology.terms import (
    BASE,
    CANCU,
    DCTERMS,
    ELI,
    FOAF,
    ORG,
    PPLAN,
    PROV,
    RDF_TYPE,
    SCHEMA,
    SPDX,
)

_VIETNAMESE = "http://publications.europa.eu/resource/authority/language/VIE"
_SHA256 = "http://spdx.org/rdf/terms#checksumAlgorithm_sha256"
_PLANS = frozenset({"plan", "programme", "action-programme", "scheme"})
_RESOLUTIONS = frozenset({"resolution", "joint-resolution"})
_FULL_DATE = len("2025-03-03")


def write_document(writer: Writer, facts: Facts, own: InstrumentId, rule_set: str) -> None:
    """Write a document, its text, its file, the extraction, and all that its head says."""
    _write_levels(writer, facts)
    _write_run(writer, facts, rule_set)
    _write_classes(writer, facts)
    _write_identity(writer, facts.head, own)
    _write_head(writer, facts.head)
    _write_foot(writer, facts.head)


def _write_levels(writer: Writer, facts: Facts) -> None:
    """Write text and file: the second and third level of ELI."""
    source, text = facts.document, iris.expression(writer.iri)
    file = iris.file(writer.iri, source.sha256)
    writer.add(text, RDF_TYPE, ELI.LegalExpression)
    writer.add(text, ELI.realizes, writer.iri)
    writer.add(text, ELI.language, _VIETNAMESE)
    writer.add_text(text, CANCU.sha256, source.sha256)
    writer.add_text(text, CANCU.encoding, source.encoding)
    writer.add(file, RDF_TYPE, ELI.Format)
    writer.add(file, ELI.embodies, text)
    writer.add_text(file, ELI.media_type, source.media_type)
    writer.add_text(file, CANCU.fileName, source.name)
    checksum = f"{file}#sha256"
    writer.add(file, SPDX.checksum, checksum)
    writer.add(checksum, RDF_TYPE, SPDX.Checksum)
    writer.add(checksum, SPDX.algorithm, _SHA256)
    writer.add_text(checksum, SPDX.checksumValue, source.sha256)


def _write_run(writer: Writer, facts: Facts, rule_set: str) -> None:
    """Write the extraction; it has no clock time, so that the same input gives the same quads."""
    writer.add(writer.run, RDF_TYPE, PROV.Activity)
    writer.add(writer.run, PROV.used, iris.file(writer.iri, facts.document.sha256))
    writer.add(writer.run, PROV.wasAssociatedWith, f"{BASE}software/{iris.step(rule_set)}")
    writer.add(writer.run, CANCU.reviewStatus, iris.code("review", "unreviewed"))


def _write_classes(writer: Writer, facts: Facts) -> None:
    kind = type_of_document(facts.head)
    writer.add(writer.iri, RDF_TYPE, CANCU.Document)
    writer.add(writer.iri, RDF_TYPE, ELI.LegalResource)
    if facts.tasks:
        writer.add(writer.iri, RDF_TYPE, PPLAN.Plan)
    if kind is None:
        return
    writer.add(writer.iri, ELI.type_document, iris.document_type(kind.english))
    if kind.english in _PLANS:
        writer.add(writer.iri, RDF_TYPE, CANCU.ImplementationPlan)
    if kind.english in _RESOLUTIONS:
        writer.add(writer.iri, RDF_TYPE, CANCU.Resolution)


def _write_identity(writer: Writer, head: Head, own: InstrumentId) -> None:
    """Write what follows from the head: running number, province, issuing organ."""
    status = "stated" if head.number else "blank" if head.series else "absent"
    writer.add(writer.iri, CANCU.numberStatus, iris.code("number-status", status))
    if not own.is_blank:
        writer.add_text(writer.iri, ELI.number, own.number)
    if writer.reader.place:
        writer.add(writer.iri, ELI.jurisdiction, iris.place(writer.reader.place))
    if head.issuer:
        issuer = agency_iri(head.issuer.value, writer.reader)
        writer.add(writer.iri, ELI.passed_by, issuer)
    if head.issued and len(head.issued.value) == _FULL_DATE and terms.is_date(head.issued.value):
        writer.add(writer.iri, ELI.date_document, terms.date(head.issued.value))


def _write_head(writer: Writer, head: Head) -> None:
    """Write each field that the head states, with its evidence."""
    fields: list[tuple[str, Stated[str] | None, str, Callable[[str], ox.Literal]]] = [
        ("doc_type", head.doc_type, CANCU.typeText, terms.text),
        ("number", head.number, ELI.id_local, terms.text),
        ("series", head.series, CANCU.series, terms.text),
        ("issued", head.issued, DCTERMS.issued, terms.date),
        ("place", head.place, CANCU.placeText, terms.text),
        ("issuer", head.issuer, CANCU.issuerText, terms.text),
        ("title", head.title, DCTERMS.title, terms.text),
    ]
    for name, stated, predicate, literal in fields:
        if stated:
            writer.add(writer.iri, predicate, literal(stated.value))
            writer.evidence(writer.iri, stated.evidence, name)
    if head.title:
        writer.add_text(iris.expression(writer.iri), ELI.title, head.title.value)


def _write_foot(writer: Writer, head: Head) -> None:
    if head.signer:
        _write_signature(writer, head, head.signer)
    for recipient in head.recipients:
        node = _write_line(writer, "noi-nhan", CANCU.Recipient, recipient)
        writer.add(writer.iri, SCHEMA.recipient, node)
    for appendix in head.appendices:
        node = _write_line(writer, "phu-luc", CANCU.Appendix, appendix)
        writer.add(node, ELI.is_annex_of, writer.iri)


def _write_signature(writer: Writer, head: Head, signer: Stated[Signer]) -> None:
    node = writer.new(writer.iri, "chu-ky", CANCU.Signature)
    person = f"{node}/nguoi-ky"
    writer.add(node, CANCU.signs, writer.iri)
    writer.add(node, ORG.member, person)
    writer.add_text(node, CANCU.capacity, signer.value.capacity)
    writer.add(person, RDF_TYPE, FOAF.Person)
    writer.add_text(person, FOAF.name, signer.value.name)
    if head.issuer:
        writer.add(node, ORG.organization, agency_iri(head.issuer.value, writer.reader))
    writer.evidence(node, signer.evidence)


def _write_line(writer: Writer, name: str, kind: str, line: Stated[str]) -> str:
    node = writer.new(writer.iri, name, kind)
    writer.add_text(node, CANCU.text, line.value)
    writer.add(node, CANCU.order, terms.integer(int(node.rsplit("/", 1)[1])))
    writer.evidence(node, line.evidence)
    return node
