from dataclasses import replace
from pathlib import Path

import pytest

from graph import iris
from graph.explain import explain
from graph.pillars import follow_pillars, pillar_of, section_pillars
from graph.quads import quads_for
from graph.store import Store
from graph.terms import value_of
from loaders.document import Span
from loaders.structure.sections import Section
from ontology.terms import BASE, CANCU, OA
from tests.graph.annotated import HUNG_YEN, NAMES, annotated
from tests.graph.small import evidence, plan

PILLAR = f"{BASE}code/pillar/"
IN_ORDER = (
    "awareness",
    "institutions",
    "infrastructure",
    "human-resources",
    "government",
    "enterprises",
    "international-cooperation",
)


@pytest.mark.parametrize(
    ("heading", "damaged", "expected"),
    [
        # The pillar's own name, wherever it stands in the heading.
        (
            "Tăng cường đầu tư, hoàn thiện hạ tầng cho khoa học, công nghệ",
            False,
            ("infrastructure", "pillar-name"),
        ),
        # A turn of words that such headings share.
        ("Đổi mới tư duy và hành động", False, ("awareness", "pillar-words")),
        # Of two pillars the one that is named first.
        ("Nâng cao nhận thức về hợp tác quốc tế", False, ("awareness", "pillar-words")),
        # A scan lost letters: likeness will do, but only where the text is known to be damaged.
        ("Tang cudng hop tac qudc té", True, ("international-cooperation", "pillar-likeness")),
        ("Tang cudng hop tac qudc té", False, None),
        # What every heading of such a plan says tells nothing, damaged or not.
        ("Phat trién khoa hoc, cong nghé, doi méi sang tao va chuyén déi so", True, None),
        ("Danh muc cac nhiém vu giao cac sé, ban, nganh", True, None),
        ("Tổ chức thực hiện", False, None),
        ("", True, None),
    ],
)
def test_pillar_of(heading: str, damaged: bool, expected: tuple[str, str] | None) -> None:
    found = pillar_of(heading, damaged=damaged)

    assert (found and (found.iri.removeprefix(PILLAR), found.rule)) == expected


def section(path: str, heading: str) -> Section:
    where = evidence("I", "I")
    return Section(path, heading, path.count(".") + 1, replace(where, span=Span(0, 1)), 0, 1)


def test_what_lies_in_a_pillar_is_not_classified_again() -> None:
    sections = [
        section("II.1", "Hoàn thiện thể chế"),
        section("II.1.1", "Tăng cường hợp tác quốc tế trong xây dựng pháp luật"),
        section("II.2", "Tăng cường hợp tác quốc tế"),
    ]

    found = section_pillars(sections, damaged=False)

    assert {path: pillar.iri for path, pillar in found.items()} == {
        "II.1": f"{PILLAR}institutions",
        "II.2": f"{PILLAR}international-cooperation",
    }


def test_a_heading_over_several_pillars_is_of_none() -> None:
    sections = [
        section("II", "Nhiệm vụ về hoàn thiện thể chế, hợp tác quốc tế"),
        section("II.1", "Hoàn thiện thể chế"),
        section("II.2", "Tăng cường hợp tác quốc tế"),
    ]

    assert set(section_pillars(sections, damaged=False)) == {"II.1", "II.2"}


@pytest.mark.parametrize(
    ("iri", "expected"),
    [
        ("tw/nq/2024/57", True),
        ("cp/nq/2025/3", True),
        # The year or term left out: it may be the one.
        ("tw/nq/_/57", True),
        ("tw/nq/khoa-xiii/57", True),
        ("tw/nq/khoa-xii/57", False),
        ("cp/nq/2024/3", False),
        ("_/0a1b2c3d/_/nq/_/57", False),
    ],
)
def test_only_a_plan_that_names_the_resolution_follows_its_pillars(
    iri: str, expected: bool
) -> None:
    assert follow_pillars([f"{BASE}eli/vn/{iri}"]) is expected


@pytest.mark.parametrize("name", NAMES)
def test_each_shipped_plan_has_one_section_for_each_pillar_in_order(name: str) -> None:
    quads = quads_for(annotated(name).facts)

    pillars = [value_of(q.object) for q in quads if q.predicate.value == CANCU.pillar]
    assert pillars == [f"{PILLAR}{code}" for code in IN_ORDER]


def test_a_pillar_is_proved_by_the_heading_with_rule_and_confidence() -> None:
    quads = quads_for(annotated(HUNG_YEN).facts)
    classified = {q.subject for q in quads if q.predicate.value == CANCU.pillar}
    notes = {q.subject for q in quads if value_of(q.object) == "pillar"}

    bodies = {q.object for q in quads if q.subject in notes and q.predicate.value == OA.hasBody}
    rules = {
        value_of(q.object) for q in quads if q.subject in notes and q.predicate.value == CANCU.rule
    }
    assert bodies == classified
    assert rules == {"pillar-name", "pillar-words"}


def test_a_plan_on_something_else_has_no_pillars() -> None:
    facts = plan("Mở rộng hợp tác quốc tế").facts
    heading = replace(facts.sections[0], heading="Tăng cường hợp tác quốc tế")
    follows = replace(facts, sections=(heading,))
    other = replace(
        follows,
        citations=(replace(facts.citations[0], key="58-NQ/TW", number="58-NQ/TW"),),
        instruments=(replace(facts.instruments[0], key="58-NQ/TW", number="58-NQ/TW"),),
    )

    assert [q for q in quads_for(other) if q.predicate.value == CANCU.pillar] == []
    assert [q for q in quads_for(follows) if q.predicate.value == CANCU.pillar] != []


def test_tasks_of_different_numbers_meet_in_a_pillar(corpus_store: Path) -> None:
    store = Store(corpus_store)
    rows = store.query(
        f"""SELECT DISTINCT ?number ?document {{
          ?task a cancu:Task ; cancu:pillar <{PILLAR}awareness> ; cancu:inDocument ?document ;
            cancu:statedIn/eli:number ?number }}""",
        "csv",
    )
    found = [line.split(",") for line in rows.decode().split("\r\n")[1:] if line]

    assert {number for number, _ in found} == {"II.1", "III.1", "III.1.1"}
    assert len({document for _, document in found}) == 5
    graphs = store.database.quads_for_pattern(None, None, None)
    tasks = [q for q in graphs if q.predicate.value == CANCU.pillar and "/nhiem-vu/" in str(q)]
    assert {str(q.graph_name) for q in tasks} == {f"<{iris.SHARED_GRAPHS['inferred']}>"}


def test_a_pillar_is_explained_by_the_rule_that_told_it(corpus_store: Path) -> None:
    store = Store(corpus_store)
    scanned = store.query(
        f"""SELECT ?section {{ ?section cancu:pillar <{PILLAR}awareness> ;
          cancu:inDocument <{BASE}eli/vn/hung-yen/ubnd/kh/2025/44> ; a eli:LegalResourceSubdivision
        }}""",
        "csv",
    ).decode()

    (reason,) = explain(store, f"<{scanned.split()[1]}>", "cancu:pillar", f"<{PILLAR}awareness>")

    (quote,) = reason.ground.quotes
    assert (quote.rule, quote.confidence) == ("pillar-likeness", 0.75)
    assert quote.words.startswith("1. Nang cao nhén thirc")
