from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import pyoxigraph as ox
import pytest

from graph import iris
from graph.errors import NotStatedError
from graph.explain import Explainer, Explanation, explain
from graph.grounds import Ground, Quote
from graph.inferred import inferred_quads
from graph.load import load_documents
from graph.shared import ontology_quads
from graph.store import Store
from graph.terms import node
from ontology.terms import BASE, CANCU, CITO, RDF_TYPE
from tests.graph.small import CITED, LAI_CHAU, plan

INFERRED = node(iris.SHARED_GRAPHS["inferred"])
WORDS = "Xây dựng đề án chuyển đổi số trước ngày 30/6/2025"
DOCUMENT = "<eli/vn/lai-chau/ubnd/kh/2025/12>"
TASK = "<eli/vn/lai-chau/ubnd/kh/2025/12/muc/I/nhiem-vu/1>"
RESOLUTION = "<eli/vn/tw/nq/2024/57>"


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Return a store with a plan of one task."""
    path = tmp_path_factory.mktemp("explain") / "store"
    load_documents(path, [plan(WORDS)])
    return Store(path)


@pytest.fixture(scope="module")
def five(loaded: Path) -> Store:
    """Return a store with the five shipped documents, as annotated."""
    return Store(loaded)


def leaves(reason: Explanation) -> Iterator[Explanation]:
    if reason.rule is None:
        yield reason
    for premise in reason.premises:
        yield from leaves(premise)


def rules(reason: Explanation) -> list[str]:
    """Return the rules of an explanation from the top, premises in their order."""
    below = [name for premise in reason.premises for name in rules(premise)]
    return [reason.rule, *below] if reason.rule else below


@pytest.mark.parametrize(
    ("subject", "predicate", "end", "words"),
    [
        # A node has the words that it was read from.
        (TASK, "a", "cancu:Task", [WORDS]),
        (TASK, "cancu:order", '"1"^^xsd:integer', [WORDS]),
        # A part knows better than the whole.
        (TASK, "cancu:hasDeadline", f"{TASK[:-1]}/han/1>", ["trước ngày 30/6/2025"]),
        # A node without words of its own has those of what it is part of.
        (f"{DOCUMENT[:-1]}/muc/I>", "dcterms:title", "Nhiệm vụ", ["I. Nhiệm vụ"]),
        # Of a document each field has its own words.
        (DOCUMENT, "eli:id_local", "12/KH-UBND", ["12/KH-UBND"]),
        (DOCUMENT, "eli:jurisdiction", "<place/lai-chau>", [LAI_CHAU]),
        (DOCUMENT, "cancu:numberStatus", "<code/number-status/stated>", ["số", "12/KH-UBND"]),
        (f"{DOCUMENT[:-1]}/vi/txt>", "eli:title", f"Kế hoạch thực hiện {CITED}", ["Kế hoạch"]),
        # Evidence proves itself.
        (f"{DOCUMENT[:-1]}/evidence/number>", "cancu:field", "number", ["12/KH-UBND"]),
        (f"{DOCUMENT[:-1]}/vi/txt#char=89,100>", "a", "oa:SpecificResource", ["I. Nhiệm vụ"]),
        (f"{DOCUMENT[:-1]}/vi/txt#selector=89,100>", "oa:start", "89", ["I. Nhiệm vụ"]),
    ],
)
def test_what_was_read_is_explained_by_words(
    small: Store, subject: str, predicate: str, end: str, words: list[str]
) -> None:
    (reason,) = explain(small, subject, predicate, end)

    assert reason.ground.origin == "extracted"
    assert [quote.words for quote in reason.ground.quotes] == words
    assert reason.rule is None


def test_a_quote_tells_place_rule_and_confidence(small: Store) -> None:
    (reason,) = explain(small, TASK, "a", "cancu:Task")

    stretch = f"{BASE}eli/vn/lai-chau/ubnd/kh/2025/12/vi/txt#char=104,153"
    assert reason.ground.quotes == (Quote(WORDS, stretch, 104, 153, "plan.txt", "TEST-001", 0.9),)
    assert reason.to_json() == {
        "statement": f"{TASK} rdf:type cancu:Task",
        "triple": tuple(map(str, (node(BASE + TASK[1:-1]), node(RDF_TYPE), node(CANCU.Task)))),
        "graph": small.release.documents[0].graph,
        "origin": "extracted",
        "quotes": (asdict(reason.ground.quotes[0]),),
        "quoted": 1,
    }


def test_what_is_known_of_the_file_as_a_whole(small: Store) -> None:
    (reason,) = explain(small, f"{DOCUMENT[:-1]}/vi/txt>", "cancu:encoding", "utf-8")

    assert (reason.ground.file, reason.ground.quotes) == ("plan.txt", ())


def test_what_documents_share_is_explained_by_what_they_say(five: Store) -> None:
    (reason,) = explain(five, "<eli/vn/cp/nq/2025/3>", "a", "cancu:StubInstrument")

    ground = reason.ground
    assert ground.origin == "shared"
    assert len(ground.quotes) == 3 < ground.quoted
    assert all("NQ" in quote.words for quote in ground.quotes)


def test_what_a_person_added_is_explained_by_reason_and_source(five: Store) -> None:
    known = "SELECT ?document ?known { ?document cancu:knownAs ?known }"
    row = five.query(known, "csv").decode().split()[1].split(",")
    (reason,) = explain(five, row[0], "cancu:knownAs", row[1])

    assert reason.ground.origin == "curated"
    assert "386-KH/TU" in (reason.ground.reason or "")
    assert reason.ground.source == "hung-yen-ke-hoach-44-kh-ubnd.txt"


def test_what_the_ontology_says_needs_no_more(small: Store) -> None:
    (reason,) = explain(small, "cancu:Task", "rdfs:subClassOf", "p-plan:Step")

    assert (reason.ground, reason.premises) == (Ground("ontology"), ())


@pytest.mark.parametrize(
    ("subject", "predicate", "end", "names", "leaf"),
    [
        (TASK, "cancu:leadAgency", "<agency/lai-chau/so-tai-chinh>", ["lead-agency"], WORDS),
        (DOCUMENT, "eli:cites", RESOLUTION, ["document-cites"], CITED),
        (DOCUMENT, "cancu:carriesOut", RESOLUTION, ["prp-spo1", "document-implements"], CITED),
        (TASK, "cancu:tracesTo", RESOLUTION, ["prp-spo2", "document-implements"], WORDS),
        (TASK, "cancu:partOf", DOCUMENT, ["prp-trp", "prp-spo1", "prp-spo1"], WORDS),
        # A task is a step because tasks are steps, not because it is a step of a plan.
        (TASK, "a", "p-plan:Step", ["cax-sco"], WORDS),
    ],
)
def test_a_conclusion_is_explained_by_its_rule_down_to_the_words(
    small: Store, subject: str, predicate: str, end: str, names: list[str], leaf: str
) -> None:
    (reason,) = explain(small, subject, predicate, end)

    assert reason.ground == Ground("inferred")
    assert rules(reason) == names
    assert next(leaves(reason)).ground.quotes[0].words == leaf


def test_a_rule_is_told_with_its_axiom(small: Store) -> None:
    (reason,) = explain(small, TASK, "a", "p-plan:Step")

    told = reason.to_json()
    assert told["rule"] == "cax-sco"
    assert told["because"] == "cancu:Task rdfs:subClassOf p-plan:Step"
    assert [premise["statement"] for premise in told["premises"]] == [f"{TASK} rdf:type cancu:Task"]


def test_possible_identity_is_explained_by_what_names_the_two() -> None:
    store = cited("tw/nq/khoa-xiii/45", "tw/nq/2023/45")
    weak, full = (node(f"{BASE}eli/vn/tw/nq/{path}") for path in ("khoa-xiii/45", "2023/45"))

    reason = Explainer(store).explain(ox.Triple(full, node(CANCU.possiblySameAs), weak))

    assert reason is not None
    assert rules(reason) == ["prp-symp", "possibly-same"]
    named = [leaf.quad.object for leaf in leaves(reason)]
    assert named == [weak, full]


def test_a_statement_never_explains_itself() -> None:
    # Each of two carries out the other, and so itself: by a circle, but never because of itself.
    store = ox.Store()
    store.extend(ontology_quads())
    a, b = (node(f"https://example.org/{name}") for name in "ab")
    graph = node(f"{iris.DOCUMENT_GRAPHS}00000000")
    for one, other in ((a, b), (b, a)):
        store.add(ox.Quad(one, node(CANCU.implements), other, graph))
    store.extend(inferred_quads(store))

    for conclusion in store.quads_for_pattern(None, node(CANCU.carriesOut), None):
        reason = Explainer(store).explain(conclusion.triple)
        assert reason is not None
        assert {leaf.quad.predicate for leaf in leaves(reason)} == {node(CANCU.implements)}


def test_a_conclusion_that_nothing_leads_to_is_not_explained() -> None:
    store = cited("tw/nq/2023/45")
    astray = ox.Triple(node("https://example.org/a"), node(CANCU.partOf), node(BASE))
    store.add(ox.Quad(astray.subject, astray.predicate, astray.object, INFERRED))

    assert Explainer(store).explain(astray) is None


def test_every_conclusion_of_the_corpus_leads_down_to_grounds(corpus_store: Path) -> None:
    database = ox.Store()  # in memory: it is asked some hundred thousand times
    database.extend(Store(corpus_store).database)
    explainer = Explainer(database)
    conclusions = list(database.quads_for_pattern(None, None, None, INFERRED))

    assert len(conclusions) > 5000
    for conclusion in conclusions:
        reason = explainer.explain(conclusion.triple)
        assert reason is not None, conclusion
        assert reason.rule is not None, conclusion
        for leaf in leaves(reason):
            ground = leaf.ground
            given = ground.quotes or ground.file or (ground.reason and ground.source)
            assert given or ground.origin == "ontology", leaf.words


def test_a_statement_that_is_not_there_is_said_with_what_is(small: Store) -> None:
    with pytest.raises(NotStatedError, match="not in the release") as caught:
        explain(small, DOCUMENT, "eli:id_local", "13/KH-UBND")

    assert caught.value.instead == ('"12/KH-UBND"',)


@pytest.mark.parametrize(
    ("subject", "predicate", "end"),
    [
        ("<eli/vn/cp/nq/2000/1>", "a", "cancu:Document"),
        # A literal is no subject, and none is a property.
        ("12/KH-UBND", "eli:id_local", "12/KH-UBND"),
        (DOCUMENT, "12/KH-UBND", "12/KH-UBND"),
        # With a type, a literal means that type alone.
        (TASK, "cancu:order", '"1"^^xsd:decimal'),
    ],
)
def test_what_is_not_stated(small: Store, subject: str, predicate: str, end: str) -> None:
    with pytest.raises(NotStatedError):
        explain(small, subject, predicate, end)


def cited(*paths: str) -> ox.Store:
    """Return a store with the ontology, citations of instruments, and what follows."""
    store = ox.Store()
    store.extend(ontology_quads())
    graph = node(f"{iris.DOCUMENT_GRAPHS}00000000")
    for path in paths:
        citing, instrument = node(f"https://example.org/{path}"), node(f"{BASE}eli/vn/{path}")
        store.add(ox.Quad(citing, node(CITO.hasCitedEntity), instrument, graph))
    store.extend(inferred_quads(store))
    return store
