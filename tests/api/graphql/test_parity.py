"""GraphQL and the SPARQL catalogue answer the same.

Each row: a question of the catalogue, which is an operation of parity.graphql too, those of its
columns that are compared, and how the answer becomes such rows: sorted lists of texts.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from graph.engine.asking import Question
from queries.catalogue import bind, named_query
from tests.api.graphql.conftest import Runner

Tree = Any
Rows = Iterable[tuple[object, ...]]


def _nodes(data: Tree, name: str) -> Iterator[Tree]:
    yield from data[name]["nodes"]


def _documents_with_tasks(data: Tree) -> Rows:
    for d in _nodes(data, "documents"):
        yield (
            d["fileName"], d["typeText"], d["number"], d["issued"], d["issuerText"],
            d["tasks"]["totalCount"],
        )  # fmt: skip


def _citing(data: Tree) -> Rows:
    for c in _nodes(data, "citations"):
        for e in c["evidence"]:
            yield c["key"], c["document"]["fileName"], e["start"], e["quote"], c["kindLabel"]


def _due_before(data: Tree) -> Rows:
    for t in _nodes(data, "tasks"):
        for d in t["deadlines"]:
            if d["latestDate"] and d["value"] and d["latestDate"] <= "2025-06-30":
                yield d["latestDate"], d["value"], t["document"]["issuerText"], t["text"]


def _by_pillar(data: Tree) -> Rows:
    order = [code["label"] for code in data["codes"]]
    tasks = Counter(
        (t["pillarLabel"], t["document"]["fileName"]) for t in _nodes(data, "tasks") if t["pillar"]
    )
    for (pillar, file), count in tasks.items():
        yield order.index(pillar) + 1, pillar, file, count


def _of_pillar(data: Tree) -> Rows:
    for t in _nodes(data, "tasks"):
        yield t["document"]["fileName"], t["section"]["number"], t["text"]


def _gaps(data: Tree) -> Rows:
    for g in _nodes(data, "gaps"):
        code = g["code"].lower().replace("_", "-")
        for e in g["evidence"] or [{"start": None, "quote": None}]:
            yield g["document"]["fileName"], code, g["message"], e["start"], e["quote"]


def _recipients(data: Tree) -> Rows:
    for d in _nodes(data, "documents"):
        for r in d["recipients"]:
            yield d["fileName"], r["order"], r["text"]


def _signers(data: Tree) -> Rows:
    for d in _nodes(data, "documents"):
        for s in d["signatures"] or [{"signer": None, "capacity": None}]:
            yield d["fileName"], d["issuerText"], s["signer"], s["capacity"]


def _indicators(data: Tree) -> Rows:
    for t in _nodes(data, "targets"):
        value = t["value"] if t["value"] is not None else t["minimum"]
        yield (
            t["document"]["issuerText"], t["indicator"]["label"], t["comparator"].lower(), value,
            t["maximum"], t["unitText"], t["year"],
        )  # fmt: skip


def _recurring(data: Tree) -> Rows:
    for t in _nodes(data, "tasks"):
        for d in t["deadlines"]:
            for e in d["evidence"] if d["recurrence"] else ():
                yield (
                    d["recurrence"],
                    d["value"],
                    e["quote"],
                    t["document"]["issuerText"],
                    t["text"],
                )


def _sub_items(data: Tree) -> Rows:
    for t in _nodes(data, "tasks"):
        if t["parentTask"]:
            yield t["document"]["fileName"], t["parentTask"]["text"], t["text"]


def _roles(task: Tree, role: str) -> set[str]:
    return {a["agencyName"] for a in task["assignments"] if a["role"] == role}


def _supporting(data: Tree) -> Rows:
    pairs = Counter(
        (lead, support)
        for t in _nodes(data, "tasks")
        for lead in _roles(t, "LEAD")
        for support in _roles(t, "SUPPORT")
    )
    for (lead, support), count in pairs.items():
        yield lead, support, count


def _tasks_citing(data: Tree) -> Rows:
    for t in _nodes(data, "tasks"):
        yield t["document"]["fileName"], t["section"]["number"], t["order"], t["text"]


def _by_rule(data: Tree) -> Rows:
    rules: dict[str, list[Tree]] = {}
    for e in [*_nodes(data, "evidences"), *_nodes(data, "more")]:
        rules.setdefault(e["rule"], []).append(e)
    for rule, facts in rules.items():
        runs = {e["extraction"]["id"] for e in facts}
        sure = [e["confidence"] for e in facts]
        yield rule, len(facts), len(runs), min(sure), max(sure)


def _by_kind(data: Tree) -> Rows:
    groups: dict[tuple[str, str], list[str]] = {}
    for c in _nodes(data, "citations"):
        key = (c["document"]["fileName"], c["kindLabel"])
        groups.setdefault(key, []).append(c["instrument"]["id"])
    for (file, kind), instruments in groups.items():
        yield file, kind, len(instruments), len(set(instruments))


def _laws(data: Tree) -> Rows:
    laws = Counter(
        (c["key"], c["document"]["fileName"])
        for c in _nodes(data, "citations")
        if c["statedNumber"] is None
    )
    for (key, file), count in laws.items():
        yield key, file, count


def _spellings(data: Tree) -> Rows:
    for c in _nodes(data, "citations"):
        for e in c["evidence"]:
            yield c["document"]["fileName"], e["start"], e["quote"], c["key"], c["spellingNote"]


def _about(data: Tree) -> Rows:
    # The filter finds words whatever their diacritics; the question means those that it says.
    for t in _nodes(data, "tasks"):
        if "bán dẫn" in t["text"].lower():
            yield t["document"]["fileName"], t["section"]["number"], t["text"]


def _without_basis(data: Tree) -> Rows:
    for d in _nodes(data, "documents"):
        bases = [b["key"] for b in d["statedBases"] if b["kind"] == "IMPLEMENTS"]
        for key in bases or [None]:
            yield d["fileName"], d["issuerText"], key


def _contents(data: Tree) -> Rows:
    for d in _nodes(data, "documents"):
        for s in d["sections"]["nodes"]:
            yield d["fileName"], s["number"], s["title"], s["coversFrom"], s["coversTo"]


def _deadlines(data: Tree) -> Rows:
    for d in _nodes(data, "deadlines"):
        for e in d["evidence"]:
            yield (
                d["document"]["fileName"], e["start"], e["quote"], d["value"], d["latestDate"],
                d["recurrence"],
            )  # fmt: skip


def _curated(data: Tree) -> Rows:
    for f in _nodes(data, "curatedFacts"):
        yield f["document"]["fileName"], f["field"], f["value"], f["reason"], f["source"]


def _without_lead(data: Tree) -> Rows:
    groups: dict[tuple[str, str], list[bool]] = {}
    for t in _nodes(data, "tasks"):
        key = (t["document"]["issuerText"], t["kindLabel"])
        groups.setdefault(key, []).append(not _roles(t, "LEAD"))
    for (issuer, kind), missing in groups.items():
        yield issuer, kind, len(missing), sum(missing)


def _quality(data: Tree) -> Rows:
    for m in _nodes(data, "measurements"):
        yield m["extractorLabel"], m["metric"], m["value"]


def _receivers(data: Tree) -> Rows:
    tasks = {
        (a["agencyName"], a["document"]["fileName"], a["task"]["id"])
        for a in _nodes(data, "assignments")
    }
    for (receiver, file), count in Counter(key[:2] for key in tasks).items():
        yield receiver, file, count


def _leads(data: Tree) -> Rows:
    tasks = {
        (a["agencyName"], a["document"]["issuerText"], a["task"]["id"])
        for a in _nodes(data, "assignments")
    }
    for (agency, issuer), count in Counter(key[:2] for key in tasks).items():
        yield agency, issuer, count


def _implementing(data: Tree) -> Rows:
    for d in _nodes(data["instrument"], "implementedBy"):
        yield d["fileName"], d["issuerText"], d["issued"]


def _inherited(data: Tree) -> Rows:
    for a in _nodes(data, "assignments"):
        for e in a["evidence"]:
            yield (
                a["document"]["fileName"], a["agencyName"], a["roleLabel"], e["start"], e["quote"],
                a["task"]["text"],
            )  # fmt: skip


def _unsure(data: Tree) -> Rows:
    for e in _nodes(data, "evidences"):
        if e["confidence"] * 100 < 80:
            yield e["confidence"], e["rule"], e["document"]["fileName"], e["start"], e["quote"]


def _traces(data: Tree) -> Rows:
    for t in _nodes(data, "tasks"):
        keys = {c["key"] for i in t["tracesTo"] for c in i["claims"]["nodes"]}
        for key in keys:
            yield t["document"]["fileName"], t["order"], t["text"], key


CASES: list[tuple[str, str, Callable[[Tree], Rows]]] = [
    ("documents", "file type number issued issuer tasks", _documents_with_tasks),
    ("documents_citing", "key file start quote kind", _citing),
    ("tasks_due_before", "latest deadline issuer text", _due_before),
    ("tasks_by_pillar", "number pillar file tasks", _by_pillar),
    ("tasks_of_pillar", "file section text", _of_pillar),
    ("gaps", "file code message start quote", _gaps),
    ("recipients", "file order recipient", _recipients),
    ("signers", "file issuer signer capacity", _signers),
    ("indicators", "issuer indicator comparator value to unit year", _indicators),
    ("recurring_duties", "every day quote issuer text", _recurring),
    ("sub_items", "file above text", _sub_items),
    ("supporting_agencies", "lead support tasks", _supporting),
    ("tasks_citing", "file section order text", _tasks_citing),
    ("facts_by_rule", "rule facts documents lowest highest", _by_rule),
    ("citations_by_kind", "file kind mentions instruments", _by_kind),
    ("laws_by_name", "key file mentions", _laws),
    ("odd_spellings", "file start quote key note", _spellings),
    ("tasks_about", "file section text", _about),
    ("documents_without_basis", "file issuer implements", _without_basis),
    ("contents_of_document", "file section heading from to", _contents),
    ("deadlines_in_words", "file start quote value latest every", _deadlines),
    ("curated_facts", "file field value reason source", _curated),
    ("tasks_without_lead", "issuer kind tasks withoutLead", _without_lead),
    ("quality", "facts metric value", _quality),
    ("report_receivers", "receiver file tasks", _receivers),
    ("tasks_by_lead_agency", "agency issuer tasks", _leads),
    ("implementing_documents", "file issuer issued", _implementing),
    ("inherited_roles", "file agency role start quote text", _inherited),
    ("facts_below_confidence", "confidence rule file start quote", _unsure),
    ("trace_of_tasks", "file order text key", _traces),
]
OPERATIONS = Path(__file__).with_name("parity.graphql").read_text(encoding="utf-8")


@pytest.mark.parametrize(("name", "columns", "rows"), CASES, ids=[case[0] for case in CASES])
def test_answers_like_the_catalogue(
    runner: Runner, name: str, columns: str, rows: Callable[[Tree], Rows]
) -> None:
    query = named_query(name)
    named = columns.split()

    found = sorted(tuple(map(_text, row)) for row in rows(runner.data(OPERATIONS, operation=name)))

    asked = runner.rows(Question(query.text, bindings=bind(query, {})))
    expected = sorted(tuple(_text(row.get(column)) for column in named) for row in asked)
    if name == "trace_of_tasks":  # the question asks for one file
        found = [row for row in found if row[0] == "hung-yen-ke-hoach-44-kh-ubnd.txt"]
    assert expected
    assert found == expected


def _text(value: object) -> str:
    """Write a value in the same way whatever it came as; a number in its shortest form."""
    try:
        return f"{float(str(value)):g}"
    except ValueError:
        return str(value)
