from collections import Counter
from dataclasses import replace

import pyoxigraph as ox
import pytest

from graph import iris
from graph.agency_quads import most_common
from graph.cited import instrument_quads
from graph.dump import canonical
from graph.inferred import possibly_same
from graph.instrument import InstrumentId
from graph.quads import document_iri, quads_for
from graph.reference import ref_quads
from graph.shared import ontology_quads, register_quads
from graph.terms import node, value_of
from loaders.citing.citations import Citation
from loaders.citing.resolve import Instrument
from loaders.facts import Facts
from ontology.terms import BASE, CANCU, DCTERMS, ELI, ORG, RDF_TYPE, RDFS_LABEL, SKOS
from tests.graph.annotated import corpus
from tests.graph.small import plan

RESOLUTION_57 = f"{BASE}eli/vn/tw/nq/2024/57"


def store_of(*documents: Facts) -> ox.Store:
    store = ox.Store()
    for facts in documents:
        store.extend(quads_for(facts))
    store.extend(instrument_quads(store, frozenset()))
    store.extend(register_quads())
    store.extend(ref_quads(store))
    return store


def values(store: ox.Store, subject: str, predicate: str) -> list[str]:
    quads = store.quads_for_pattern(node(subject), node(predicate), None)
    return sorted(value_of(quad.object) for quad in quads)


def stating(facts: Facts, **changes: str | None) -> Facts:
    """Return facts in which the one citation and its instrument say something else."""
    citation: Citation = replace(facts.citations[0], **changes)  # type: ignore[arg-type]
    instrument: Instrument = replace(facts.instruments[0], **changes)  # type: ignore[arg-type]
    return replace(facts, citations=(citation,), instruments=(instrument,))


def test_documents_that_cite_one_instrument_point_to_one_node() -> None:
    documents = [loadable.facts for loadable in corpus()]
    store = store_of(*documents)

    citing = {
        value_of(quad.subject).split("/muc/")[0].split("/vien-dan/")[0]
        for quad in store.quads_for_pattern(None, None, node(RESOLUTION_57))
        if quad.predicate.value == "http://purl.org/spar/cito/hasCitedEntity"
    }
    assert citing == {document_iri(facts) for facts in documents}
    assert values(store, RESOLUTION_57, RDF_TYPE) == [ELI.LegalResource, CANCU.StubInstrument]
    assert values(store, RESOLUTION_57, ELI.id_local) == ["57-NQ/TW"]
    assert values(store, RESOLUTION_57, ELI.passed_by) == [f"{BASE}agency/bo-chinh-tri"]
    assert values(store, RESOLUTION_57, RDFS_LABEL) == ["Nghị quyết 57-NQ/TW"]
    assert values(store, RESOLUTION_57, CANCU.disagreement) == []


def test_shared_descriptions_do_not_depend_on_the_order_of_documents() -> None:
    documents = [loadable.facts for loadable in corpus()]
    shared = [iris.SHARED_GRAPHS["instruments"], iris.SHARED_GRAPHS["ref"]]

    def described(order: list[Facts]) -> bytes:
        store = store_of(*order)
        return canonical(
            q for g in shared for q in store.quads_for_pattern(None, None, None, node(g))
        )

    assert described(documents) == described(documents[::-1])


def test_where_documents_differ_most_decide_and_the_difference_is_said() -> None:
    one, two, three = (
        plan(f"Xây dựng đề án {n}", name=f"{n}.txt", number=f"{n}/KH-UBND").facts for n in (1, 2, 3)
    )
    other = stating(three, issued="2024-12-20", issuer="Ban Bí thư")
    store = store_of(one, two, other)

    assert values(store, RESOLUTION_57, ELI.date_document) == ["2024-12-22"]
    assert values(store, RESOLUTION_57, ELI.passed_by) == [f"{BASE}agency/bo-chinh-tri"]
    assert values(store, RESOLUTION_57, CANCU.disagreement) == ["date", "issuer"]
    # A name that only the minority gives is no name of the majority's agency.
    assert values(store, f"{BASE}agency/bo-chinh-tri", SKOS.altLabel) == []


def test_a_less_precise_date_is_no_difference() -> None:
    one = plan("Xây dựng đề án", name="1.txt", number="1/KH-UBND").facts
    other = stating(plan("Lập dự toán", name="2.txt", number="2/KH-UBND").facts, issued="2024")
    store = store_of(one, other)

    assert values(store, RESOLUTION_57, CANCU.disagreement) == []


def test_an_instrument_whose_text_is_held_is_not_described_again() -> None:
    held = plan("Xây dựng đề án", number="12/KH-UBND").facts
    citing = stating(
        plan("Lập dự toán", name="b.txt", number="13/KH-UBND").facts,
        key="12/KH-UBND",
        number="12/KH-UBND",
        type="Kế hoạch",
        issued="2025",
        issuer="Ủy ban nhân dân tỉnh",
    )
    store = store_of(held, citing)

    assert values(store, document_iri(held), RDF_TYPE).count(CANCU.StubInstrument) == 0
    cited = store.quads_for_pattern(None, node(CANCU.aboutInstrument), node(document_iri(held)))
    assert len(list(cited)) == 1


def test_agencies_are_labelled_with_their_province() -> None:
    store = store_of(*(loadable.facts for loadable in corpus()))
    department = f"{BASE}agency/lai-chau/so-khoa-hoc-va-cong-nghe"

    assert values(store, department, SKOS.prefLabel) == [
        "Department of Science and Technology of Lai Chau",
        "Sở Khoa học và Công nghệ tỉnh Lai Châu",
    ]
    assert values(store, department, SKOS.altLabel) == ["Sở Khoa học và Công nghệ"]
    assert values(store, department, SKOS.hiddenLabel) == [
        "so khoa hoc va cong nghe",
        "so khoa hoc va cong nghe tinh lai chau",
    ]
    assert values(store, department, DCTERMS.spatial) == [iris.place("lai-chau")]
    assert values(store, department, RDF_TYPE) == [ORG.FormalOrganization]
    group = f"{BASE}agency/ninh-binh/cac-so-ban-nganh"
    assert values(store, group, RDF_TYPE) == [CANCU.AgencyGroup]
    assert values(store, group, SKOS.prefLabel) == [
        "các sở, ban, ngành (Ninh Bình)",
        "the departments, boards and branches (Ninh Binh)",
    ]


def test_every_agency_that_is_pointed_to_has_one_label() -> None:
    store = store_of(*(loadable.facts for loadable in corpus()))

    for predicate in (CANCU.assignee, CANCU.mentionsAgency, ELI.passed_by, CANCU.ofIndicator):
        for quad in store.quads_for_pattern(None, node(predicate), None):
            named = node(value_of(quad.object))
            labels = store.quads_for_pattern(named, node(SKOS.prefLabel), None)
            languages = [str(label.object).rsplit("@", 1)[1] for label in labels]
            assert languages.count("vi") == 1, quad.object
            assert languages.count("en") == len(languages) - 1 <= 1, quad.object


def test_the_vocabulary_is_in_the_store_without_blank_nodes() -> None:
    quads = ontology_quads()

    assert not any(isinstance(t, ox.BlankNode) for q in quads for t in (q.subject, q.object))
    assert canonical(quads) == canonical(ontology_quads())
    labels = [q for q in quads if q.subject == node(CANCU.Task) and q.predicate == node(RDFS_LABEL)]
    assert len(labels) == 2


@pytest.mark.parametrize(
    ("votes", "expected"),
    [({"a": 1, "b": 2}, "b"), ({"b": 2, "a": 2}, "a"), ({"a": 1}, "a")],
)
def test_most_common(votes: dict[str, int], expected: str) -> None:
    assert most_common(Counter(votes)) == expected


FULL_2019 = InstrumentId(None, "tw", "ct", "2019", "35")
FULL_2024 = InstrumentId(None, "tw", "ct", "2024", "35")
YEARLESS = InstrumentId(None, "tw", "ct", None, "35")
TERM_XIII = InstrumentId(None, "tw", "ct", "khoa-xiii", "35")
HUNG_YEN = InstrumentId("hung-yen", "tu", "kh", "2025", "386")
PLACELESS = InstrumentId(None, "tu", "kh", None, "386", scope="0a1b2c3d")


@pytest.mark.parametrize(
    ("ids", "expected"),
    [
        # 35-CT/TW exists twice: without a year it may be either.
        (
            [FULL_2019, YEARLESS, FULL_2024],
            [(YEARLESS, FULL_2019), (YEARLESS, FULL_2024)],
        ),
        # The term tells which.
        ([FULL_2019, TERM_XIII, FULL_2024], [(TERM_XIII, FULL_2024)]),
        ([PLACELESS, HUNG_YEN], [(PLACELESS, HUNG_YEN)]),
        # Two full identities are two instruments; two weak ones are not paired.
        ([FULL_2019, FULL_2024], []),
        ([YEARLESS, TERM_XIII], []),
        # A document's blank number is no description of another's.
        ([InstrumentId("hung-yen", "tu", "kh", "2025", "_ffffffff"), HUNG_YEN], []),
    ],
)
def test_possibly_same(
    ids: list[InstrumentId], expected: list[tuple[InstrumentId, InstrumentId]]
) -> None:
    assert list(possibly_same(ids)) == expected
    assert list(possibly_same(reversed(ids))) == expected


def test_a_description_that_fits_too_many_is_linked_to_none() -> None:
    many = [InstrumentId(f"province-{n}", "tu", "kh", "2025", "386") for n in range(21)]

    assert list(possibly_same([PLACELESS, *many])) == []
    assert len(list(possibly_same([PLACELESS, *many[:20]]))) == 20
