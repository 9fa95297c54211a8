"""A good graph conforms, and each planted fault is caught by the shape that is there for it."""

from functools import lru_cache

import pyoxigraph as ox
import pytest

import ontology
from graph import iris, terms
from graph.terms import node
from graph.validate import validate_triples
from ontology.terms import (
    CANCU,
    DCTERMS,
    ELI,
    FOAF,
    ITSRDF,
    OA,
    ORG,
    PROV,
    RDF_TYPE,
    RDFS_LABEL,
    SCHEMA,
    SKOS,
    SPDX,
    XSD,
)
from tests.graph.faults import (
    GRAPH,
    NOWHERE,
    ODD,
    Plant,
    added,
    both,
    caught,
    changed,
    checked,
    fault,
    good,
    pick,
    quoted_from_elsewhere,
    unproved,
    with_fault,
    without,
)

FAULTS = [
    # --- Evidence ---
    fault(
        without(CANCU.inDocument, CANCU.Assignment),
        "BelongingShape inDocument: a fact must belong to exactly one document",
    ),
    fault(
        added(CANCU.inDocument, NOWHERE, CANCU.Gap),
        "BelongingShape inDocument: a fact must belong to exactly one document",
    ),
    fault(without(CANCU.rule), "AnnotationShape rule: evidence must name the extraction rule"),
    # A rule has a number.
    fault(
        changed(CANCU.rule, terms.text("CIT")),
        "AnnotationShape rule: evidence must name the extraction rule",
    ),
    fault(
        changed(ITSRDF.taConfidence, terms.double(1.5)),
        "AnnotationShape taConfidence: confidence must lie between 0 and 1",
    ),
    # A decimal number is no double.
    fault(
        changed(ITSRDF.taConfidence, ox.Literal("0.9", datatype=node(f"{XSD}decimal"))),
        "AnnotationShape taConfidence: confidence must lie between 0 and 1",
    ),
    fault(
        without(PROV.wasGeneratedBy),
        "AnnotationShape wasGeneratedBy: evidence must name the extraction that made it",
    ),
    fault(
        without(OA.hasTarget),
        "AnnotationShape hasTarget: evidence must point to exactly one stretch of text",
    ),
    fault(
        added(OA.hasBody, NOWHERE, OA.Annotation, of=CANCU.field),
        "AnnotationShape hasBody: evidence must be about exactly one fact",
        "AnnotationShape field: evidence names a field if, and only if, it is about a document"
        " or a section's pillar",
    ),
    fault(
        changed(CANCU.field, terms.text("Tên gọi"), OA.Annotation),
        "AnnotationShape field: no such name of a field",
    ),
    fault(
        without(CANCU.field, OA.Annotation),
        "AnnotationShape field: evidence names a field if, and only if, it is about a document"
        " or a section's pillar",
    ),
    fault(
        added(RDFS_LABEL, ODD, OA.Annotation),
        "AnnotationShape label: evidence has an unknown property",
    ),
    fault(
        without(OA.hasSource),
        "StretchShape hasSource: a stretch must be of the text of a document",
    ),
    fault(
        added(OA.hasSelector, NOWHERE, OA.SpecificResource),
        "StretchShape hasSelector: a stretch must have position and quote",
    ),
    fault(without(OA.end), "SelectorShape end: a stretch must have an end"),
    fault(without(OA.exact), "SelectorShape exact: a stretch must quote its words"),
    fault(without(OA.prefix), "SelectorShape prefix: a stretch must have its prefix"),
    fault(without(OA.suffix), "SelectorShape suffix: a stretch must have its suffix"),
    # A quote that lost its last letter.
    fault(
        changed(OA.exact, terms.text("Nghị quyế")),
        "SelectorShape exact: a quote must be as long as its offsets say",
    ),
    fault(without(PROV.used), "RunShape used: an extraction must name the file that it read"),
    fault(
        changed(PROV.wasAssociatedWith, NOWHERE),
        "RunShape wasAssociatedWith: an extraction must name its set of rules",
    ),
    fault(
        changed(OA.start, terms.integer(10**9)),
        "SelectorShape start: a stretch must start before it ends",
        "SelectorShape exact: a quote must be as long as its offsets say",
        "StretchShape hasSelector: the IRI of a stretch must tell its offsets",
    ),
    fault(
        quoted_from_elsewhere(),
        "AnnotationShape hasTarget: evidence must quote the document that the fact belongs to",
    ),
    # --- Documents ---
    fault(
        without(CANCU.numberStatus),
        "DocumentShape numberStatus: a document must say whether its number is stated",
    ),
    # The number is there, but its status says that it is blank.
    fault(
        changed(CANCU.numberStatus, node(iris.code("number-status", "blank")), value="stated"),
        "DocumentShape numberStatus: the status of the number must agree with number and series",
    ),
    # A number made up for a document that leaves its own blank.
    fault(
        added(ELI.id_local, terms.text("386-KH/TU"), CANCU.Document, of=CANCU.knownAs),
        "DocumentShape numberStatus: the status of the number must agree with number and series",
    ),
    fault(
        added(ELI.number, terms.text("_dbde8c98"), CANCU.Document, of=CANCU.knownAs),
        "DocumentShape number: no running number may be made up for a blank one",
    ),
    fault(
        added(ELI.passed_by, node(iris.place("nowhere")), CANCU.Document),
        "DocumentShape passed_by: a document has one issuer at most",
        "AgencyShape type: an agency must be described",
        "AgencyShape prefLabel: an agency must have a name",
    ),
    fault(
        without(CANCU.issuerText),
        "DocumentShape passed_by: "
        "an issuer must be named by the text, and a named issuer be linked",
    ),
    fault(
        added(SKOS.altLabel, ODD, CANCU.Document),
        "DocumentShape altLabel: a document has an unknown property",
    ),
    fault(
        changed(SCHEMA.recipient, NOWHERE),
        "DocumentShape recipient: a recipient must be a recipient's line",
        "RecipientShape ^recipient: a recipient must be listed by its document",
    ),
    fault(
        changed(ELI.type_document, node(iris.document_type("decision")), CANCU.ImplementationPlan),
        "PlanShape type_document: an implementation plan must be a plan, programme or scheme",
    ),
    fault(
        added(RDF_TYPE, node(CANCU.Resolution), CANCU.Document),
        "ResolutionDocumentShape type_document: a resolution must have that type",
    ),
    fault(without(CANCU.encoding), "TextShape encoding: a text must name its encoding"),
    # The digests of text and file differ.
    fault(
        changed(CANCU.sha256, terms.text("0" * 64), ELI.LegalExpression),
        "FileShape checksum: the checksum of a file must be that of its text",
    ),
    fault(
        changed(CANCU.sha256, ODD, CANCU.CuratedFact),
        "CuratedShape sha256: a curated fact must give the digest of its document",
    ),
    # No folder of the machine that read the file.
    fault(
        changed(CANCU.fileName, terms.text("corpus/plan.txt")),
        "FileShape fileName: a file must have a name without folders",
    ),
    fault(without(SPDX.algorithm), "ChecksumShape algorithm: a checksum must be an SHA-256"),
    # --- Sections, head and foot ---
    fault(
        without(ELI.number, ELI.LegalResourceSubdivision),
        "SectionShape number: a section must have a path of numbers joined by dots",
    ),
    fault(
        changed(ELI.number, terms.text("II..1"), ELI.LegalResourceSubdivision),
        "SectionShape number: a section must have a path of numbers joined by dots",
    ),
    fault(
        without(ELI.is_part_of),
        "SectionShape is_part_of: a section must be part of a document or section",
    ),
    fault(
        changed(ELI.is_part_of, NOWHERE),
        "SectionShape is_part_of: a section must be part of its own document",
    ),
    fault(
        changed(CANCU.level, terms.integer(0)),
        "SectionShape level: a section must have a level, from 1",
    ),
    fault(
        changed(CANCU.coversTo, terms.integer(0)),
        "SectionShape coversFrom: a section must say what it covers",
    ),
    fault(
        without(CANCU.coversTo),
        "SectionShape coversTo: a section must say where it ends",
    ),
    fault(
        changed(ELI.is_annex_of, NOWHERE),
        "AppendixShape is_annex_of: an appendix must be of the document that announces it",
    ),
    fault(without(CANCU.text, CANCU.Recipient), "RecipientShape text: a recipient must have words"),
    fault(
        changed(CANCU.signs, NOWHERE),
        "SignatureShape signs: a signature must stand in the document that it signs",
        "SourceDoubtShape -: something is missing and not said",
    ),
    fault(without(ORG.member), "SignatureShape member: a signature must be of exactly one person"),
    fault(without(FOAF.name), "PersonShape name: a signer must have a name"),
    fault(
        changed(CANCU.gapCode, terms.text("something-else")),
        "GapShape gapCode: no such code of a gap",
        "SourceDoubtShape -: something is missing and not said",
    ),
    fault(without(CANCU.message), "GapShape message: a gap must be explained"),
    # --- What people add ---
    fault(without(CANCU.reason), "CuratedShape reason: a curated fact must have a reason"),
    fault(
        without(DCTERMS.source, CANCU.CuratedFact),
        "CuratedShape source: a curated fact must have a source",
    ),
    fault(without(CANCU.value), "CuratedShape value: a curated fact must have a value"),
    fault(
        changed(CANCU.knownAs, node("https://example.org/386")),
        "KnownAsShape knownAs: a document is known as one instrument at most, by its IRI",
    ),
]
IN_THE_VOCABULARY = [
    fault(
        both(without(SKOS.prefLabel, CANCU.Province), without(SKOS.prefLabel, CANCU.Province)),
        "ProvinceShape prefLabel: a province must have a name",
    ),
    fault(
        changed(CANCU.placeKind, terms.text("bang")),
        "ProvinceShape placeKind: a province must be a province or a city",
    ),
    fault(
        changed(SKOS.notation, terms.text("two words"), SKOS.Concept),
        "ConceptShape notation: a value has one notation at most",
    ),
    fault(
        without(SKOS.prefLabel, SKOS.Concept),
        "ConceptShape prefLabel: a value must have a name in both languages",
    ),
    fault(
        changed(SKOS.inScheme, NOWHERE),
        "ConceptShape inScheme: a value must be in a code list",
    ),
    fault(
        without(DCTERMS.source, ORG.ChangeEvent),
        "ChangeShape source: a change must have a source",
    ),
]


def test_the_good_graph_conforms() -> None:
    store = ox.Store()
    store.extend(good())

    assert checked(store) == []


@pytest.mark.parametrize(("plant", "expected"), FAULTS)
def test_a_planted_fault_is_caught(plant: Plant, expected: tuple[str, ...]) -> None:
    assert caught(checked(with_fault(plant))) == set(expected)


@pytest.mark.parametrize(
    "kind",
    [
        CANCU.Task,
        CANCU.Assignment,
        CANCU.Deadline,
        CANCU.IndicatorTarget,
        CANCU.Citation,
        CANCU.InstrumentClaim,
        CANCU.BasisStatement,
        CANCU.AgencyMention,
        CANCU.Recipient,
        CANCU.Appendix,
        CANCU.Signature,
        ELI.LegalResourceSubdivision,
    ],
)
def test_a_fact_without_evidence_is_caught(kind: str) -> None:
    store = with_fault(unproved(kind))
    fact = pick(store, CANCU.inDocument, kind).subject

    (finding,) = checked(store)

    assert caught([finding]) == {"EvidencedShape ^hasBody: a fact without evidence"}
    assert node(finding.focus) == fact


@pytest.mark.parametrize(("plant", "expected"), IN_THE_VOCABULARY)
def test_a_fault_in_the_vocabulary_is_caught(plant: Plant, expected: tuple[str, ...]) -> None:
    store = ox.Store()
    store.extend(ox.Quad(q.subject, q.predicate, q.object, GRAPH) for q in vocabulary())
    plant(store)

    assert caught(checked(store)) == set(expected)


@lru_cache(maxsize=1)
def vocabulary() -> tuple[ox.Quad, ...]:
    """Return the vocabulary with the changes of organs; its lists are not looked at."""
    names = {*ontology.VOCABULARY, "changes.ttl", "places.ttl", "agencies.ttl"}
    quads = (q for name in names for q in ox.parse(ontology.read(name), ox.RdfFormat.TURTLE))
    return tuple(
        quad
        for quad in quads
        if not isinstance(quad.subject, ox.BlankNode) and not isinstance(quad.object, ox.BlankNode)
    )


def test_the_vocabulary_conforms() -> None:
    assert validate_triples(quad.triple for quad in vocabulary()) == []
