import copy
import json
from pathlib import Path
from typing import Any

import pytest

from loaders.evaluate import Measure, evaluate, normal, total

GOLD = Path(__file__).parents[1] / "gold"


@pytest.fixture
def gold() -> dict[str, Any]:
    content: dict[str, Any] = json.loads(
        (GOLD / "hung-yen-tinh-uy-ke-hoach-386-kh-tu.json").read_text(encoding="utf-8")
    )
    return content


def measure(name: str, measures: list[Measure]) -> Measure:
    return next(m for m in measures if m.name == name)


def test_an_annotation_agrees_with_itself(gold: dict[str, Any]) -> None:
    measures = evaluate(gold, copy.deepcopy(gold))

    assert [m.f1 for m in measures] == [1.0] * 9
    assert not any(m.misses for m in measures)
    assert min(m.gold for m in measures) > 0


@pytest.mark.parametrize(
    ("kind", "name", "change"),
    [
        # A wrong key is a miss and a false find.
        ("citations", "citations", {"key": "57-NQ/CP"}),
        # A span that covers less than four fifths is another task.
        ("tasks", "tasks", {"end": 6200}),
        # The right span in the wrong section.
        ("tasks", "task section and kind", {"section": "I"}),
        # A role with another organ.
        ("tasks", "roles", {"lead": ["Bộ Y tế"]}),
        # Another value.
        ("indicators", "indicators: value", {"value": 51}),
        # The right value with another unit.
        ("indicators", "indicators: all fields", {"unit": "người"}),
    ],
)
def test_one_wrong_fact_costs_one_hit(
    gold: dict[str, Any], kind: str, name: str, change: dict[str, Any]
) -> None:
    found = copy.deepcopy(gold)
    found[kind][0].update(change)

    result = measure(name, evaluate(gold, found))

    assert result.gold - result.hits == 1
    assert [line[0] for line in result.misses] == ["-", "+"]


def test_a_lost_mention_and_a_wrong_deadline_are_counted(gold: dict[str, Any]) -> None:
    found = copy.deepcopy(gold)
    found["agencies"][0]["mentions"].pop()
    next(t for t in found["tasks"] if t["deadlines"])["deadlines"][0]["value"] = "1999"

    measures = evaluate(gold, found)

    agencies, deadlines = measure("agency mentions", measures), measure("deadlines", measures)
    assert agencies.found == agencies.gold - 1 == agencies.hits
    assert deadlines.hits == deadlines.gold - 1


def test_a_mention_of_a_broad_class_is_neither_right_nor_wrong(gold: dict[str, Any]) -> None:
    found = copy.deepcopy(gold)
    generic = gold["agencies_generic"][0]
    found["agencies"].append({"name": "anything", "mentions": generic["mentions"]})

    assert measure("agency mentions", evaluate(gold, found)).f1 == 1.0


def test_total_adds_documents_up() -> None:
    first = Measure("tasks", 1, 2, 4, ("- a",))
    second = Measure("tasks", 3, 4, 4)

    (result,) = total([[first], [second]])

    assert (result.hits, result.gold, result.found) == (4, 6, 8)
    assert result.precision == 0.5
    assert result.recall == pytest.approx(2 / 3)
    assert result.misses == ("- a",)


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        ("Tỉnh uỷ", "tỉnh  ủy", True),  # two places of the tone mark
        ("văn hoá", "Văn hóa", True),
        ("quý", "quỷ", False),  # another tone is another word
        ("đảng", "dang", False),
        (None, "", False),
    ],
)
def test_normal_folds_only_what_does_not_matter(
    left: str | None, right: str, *, same: bool
) -> None:
    assert (normal(left) == normal(right)) is same
