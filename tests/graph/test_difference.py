from dataclasses import replace

import pytest

from graph.difference import Change, Difference, difference
from graph.plan import Loadable
from graph.quads import quads_for
from tests.graph.annotated import TINH_UY, annotated
from tests.graph.small import DEADLINE, plan

DRAFT, BUDGET, REPORT = "Xây dựng đề án", "Lập dự toán", f"Báo cáo kết quả {DEADLINE}"


def compare(old: Loadable, new: Loadable) -> Difference:
    return difference(quads_for(old.facts), quads_for(new.facts))


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (plan(DRAFT, BUDGET), plan(DRAFT, BUDGET), "no change"),
        (plan(DRAFT), plan(DRAFT, BUDGET), "1 task added, 1 role added"),
        (plan(DRAFT, BUDGET, "Học tập"), plan(DRAFT), "2 tasks removed, 2 roles removed"),
        # A task that only moved is the same, and so are its role and deadline.
        (plan(DRAFT, REPORT), plan(REPORT, DRAFT), "no change"),
        # Other words in the same place: changed, while its role is the same.
        (plan(DRAFT, BUDGET), plan(DRAFT, "Lập dự toán kinh phí"), "1 task changed"),
        # Another date in the same words.
        (plan(REPORT), plan(REPORT, deadline="2025-07-30"), "1 deadline changed"),
        (plan(DRAFT), plan(DRAFT, lead="Sở Nội vụ"), "1 role changed"),
        # Blanks and punctuation are no change.
        (plan(DRAFT), plan("Xây  dựng đề án."), "no change"),
        # The number was blank: the document has another name now, and its facts are the same.
        (plan(DRAFT, number=None), plan(DRAFT), "1 head field added"),
        # The same task twice.
        (plan(DRAFT, DRAFT + "!"), plan(DRAFT), "1 task removed, 1 role removed"),
    ],
)
def test_difference_in_words(old: Loadable, new: Loadable, words: str) -> None:
    assert compare(old, new).words() == words


def test_a_change_names_the_fact_and_its_words() -> None:
    (change,) = compare(plan(DRAFT, BUDGET), plan(DRAFT, "Lập dự toán kinh phí")).changes

    iri = "https://w3id.org/cancu/eli/vn/lai-chau/ubnd/kh/2025/12/muc/I/nhiem-vu/2"
    assert change == Change("task", "changed", iri, "Lập dự toán kinh phí")


def test_a_new_document_is_all_added_and_a_gone_one_all_removed() -> None:
    quads = quads_for(annotated(TINH_UY).facts)

    added, removed = difference([], quads), difference(quads, [])
    assert added.words() == removed.words().replace("removed", "added")
    assert "44 tasks added" in added.words()
    assert "16 indicator targets added" in added.words()


def test_an_indicator_target_that_changed() -> None:
    loadable = annotated(TINH_UY)
    first, *rest = loadable.facts.indicators
    facts = replace(loadable.facts, indicators=(replace(first, unit="‰"), *rest))

    assert (
        difference(quads_for(loadable.facts), quads_for(facts)).words()
        == "1 indicator target changed"
    )
