import json
from dataclasses import replace
from pathlib import Path

import pytest

from graph.errors import ShapeError
from graph.load import load_documents
from graph.releases import Folder
from graph.report import Checked, Finding, Report, parse_report, violations
from graph.shapes import shapes
from graph.store import Store
from loaders.document import Evidence
from tests.graph.small import DEADLINE, evidence, plan

BROKEN = Finding("urn:s#TaskShape", "violation", "urn:task", "urn:p#text", None, "none", "không")
DOUBT = Finding("urn:s#DoubtShape", "warning", "urn:due", "^urn:p#due", "x " * 99, "odd", "lạ")


def test_a_report_is_written_and_read() -> None:
    report = Report((Checked("urn:graph", "1.0", (BROKEN, DOUBT)),))

    text = report.to_json()

    assert parse_report(text) == report
    values = json.loads(text)
    assert not values["conforms"]
    assert (values["violations"], values["warnings"]) == (1, 1)
    assert values["by_shape"] == {"DoubtShape": 1, "TaskShape": 1}


def test_a_report_takes_over_what_was_not_checked_again() -> None:
    before = Report(
        tuple(Checked(graph, "1.0", (DOUBT,)) for graph in ("urn:again", "urn:gone", "urn:kept"))
    )

    after = before.updated({"urn:again": [], "urn:new": []}, {"urn:kept", "urn:again"}, "2.0")

    assert after.graphs == (
        Checked("urn:again", "2.0", ()),
        Checked("urn:kept", "1.0", (DOUBT,)),
        Checked("urn:new", "2.0", ()),
    )
    assert after.words() == "0 violations, 1 warnings in 3 graphs by shapes 1.0, 2.0"


def test_a_finding_is_one_short_line() -> None:
    assert str(BROKEN) == "TaskShape urn:task text: none / không"
    assert str(DOUBT).startswith("DoubtShape urn:due ^due: odd / lạ (it is x x x")
    assert str(DOUBT).endswith("…)")
    assert violations([BROKEN, DOUBT]) == [BROKEN]


def test_the_report_is_kept_with_the_release(tmp_path: Path) -> None:
    overdue = plan(f"Rà soát {DEADLINE}", deadline="2024-06-30")
    first = load_documents(tmp_path, [overdue]).release
    second = load_documents(tmp_path, [plan("Khác", name="b.txt", number="13/KH-UBND")]).release

    folder = Folder(tmp_path)

    for release in (first, second):
        report = folder.report(release.id)
        assert "a deadline that was over before the document was issued" in {
            finding.message for finding in report.findings
        }
        assert {checked.shapes for checked in report.graphs} == {shapes().version}
    assert len(Store(tmp_path).report.graphs) == len(folder.report(first.id).graphs) + 1


def test_a_release_of_before_reports_were_kept_has_none(drafted: Path) -> None:
    release = Folder(drafted).published()
    (Folder(drafted).release(release.id) / "report.json").unlink()

    assert Store(drafted).report == Report()


def test_a_load_that_breaks_shapes_publishes_nothing_and_says_what(drafted: Path) -> None:
    before = Folder(drafted).published()
    loadable = plan(*(f"Nhiệm vụ {n}" for n in range(30)), number="13/KH-UBND", name="b.txt")
    sure = Evidence(evidence(loadable.facts.document.text, "Nhiệm vụ 1").span, "TEST-001", 7.0)
    tasks = tuple(replace(task, evidence=sure) for task in loadable.facts.tasks)

    with pytest.raises(ShapeError) as caught:
        load_documents(drafted, [replace(loadable, facts=replace(loadable.facts, tasks=tasks))])

    first, *lines = str(caught.value).splitlines()
    assert first == "the new release breaks the shapes 30 times; nothing was published:"
    assert len(lines) == 21
    assert lines[-1] == "  and 10 more"
    assert all(line.startswith("  AnnotationShape https://") for line in lines[:-1])
    assert "taConfidence: confidence must lie between 0 and 1 / " in lines[0]
    assert Folder(drafted).published() == before
