"""The command that explains a statement, on the shipped corpus."""

import json
from pathlib import Path

import pytest

from api.cli import run
from api.errors import DONE, REFUSED
from graph.store import Store

Capture = pytest.CaptureFixture[str]
PLAN = "<eli/vn/hung-yen/ubnd/kh/2025/44>"
GOVERNMENT = "<eli/vn/cp/nq/2025/3>"


@pytest.fixture(autouse=True)
def _loaded(corpus_store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CANCU_STORE", str(corpus_store))


def test_a_conclusion_is_printed_as_a_tree_down_to_the_words(capsys: Capture) -> None:
    assert run(["explain", PLAN, "cancu:carriesOut", GOVERNMENT]) == DONE

    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == f"{PLAN} cancu:carriesOut {GOVERNMENT}  inferred"
    assert lines[1] == "└── prp-spo1: cancu:implements rdfs:subPropertyOf cancu:carriesOut"
    assert lines[2] == f"    └── {PLAN} cancu:implements {GOVERNMENT}  inferred"
    assert "document-implements: a statement of basis" in lines[3]
    # A scan: what it reads is quoted as it stands.
    assert "03/NQ-CP” hung-yen-ke-hoach-44-kh-ubnd.txt" in lines[5]
    assert ", rule HED-" in lines[5]
    # Premises that were read from the same words do not repeat them.
    assert lines[6].endswith("extracted, by the same words")


def test_a_statement_of_a_document_is_printed_with_its_quote(capsys: Capture) -> None:
    assert run(["explain", PLAN, "eli:id_local", "44/KH-UBND"]) == DONE

    statement, quote = capsys.readouterr().out.splitlines()
    assert statement == f'{PLAN} eli:id_local "44/KH-UBND"  extracted'
    assert quote.startswith("└── “44 /KH-UBND” hung-yen-ke-hoach-44-kh-ubnd.txt ")


def test_what_documents_share_is_printed_with_some_of_what_they_say(capsys: Capture) -> None:
    assert run(["explain", GOVERNMENT, "a", "cancu:StubInstrument"]) == DONE

    printed = capsys.readouterr().out
    assert printed.count("“") == 3
    assert "more\n" in printed


def test_a_curated_fact_is_printed_with_reason_and_source(
    corpus_store: Path, capsys: Capture
) -> None:
    known = "SELECT ?document ?known { ?document cancu:knownAs ?known }"
    (row,) = Store(corpus_store).query(known, "csv").decode().splitlines()[1:]
    document, number = row.split(",")

    assert run(["explain", document, "cancu:knownAs", number]) == DONE

    lines = capsys.readouterr().out.splitlines()
    assert lines[0].endswith("  curated")
    assert lines[1].startswith("├── because: ")
    assert lines[-1] == "└── source: hung-yen-ke-hoach-44-kh-ubnd.txt"


def test_json_holds_what_the_tree_shows(capsys: Capture) -> None:
    assert run(["explain", PLAN, "cancu:carriesOut", GOVERNMENT, "--json"]) == DONE

    (reason,) = json.loads(capsys.readouterr().out)
    assert reason["rule"] == "prp-spo1"
    assert reason["triple"][1] == "<https://w3id.org/cancu/ns#carriesOut>"
    (below,) = reason["premises"]
    quotes = [quote for premise in below["premises"] for quote in premise["quotes"]]
    assert {quote["file"] for quote in quotes} == {"hung-yen-ke-hoach-44-kh-ubnd.txt"}
    assert all(quote["start"] < quote["end"] for quote in quotes)


@pytest.mark.parametrize(
    ("statement", "message"),
    [
        ([PLAN, "eli:id_local", "45/KH-UBND"], "not in the release"),
        ([PLAN, "elli:id_local", "44/KH-UBND"], "the prefix elli: is not known"),
    ],
)
def test_what_cannot_be_explained_is_refused_in_one_line(
    capsys: Capture, statement: list[str], message: str
) -> None:
    assert run(["explain", *statement]) == REFUSED

    (line,) = capsys.readouterr().err.splitlines()
    assert message in line


def test_help_has_an_example(capsys: Capture) -> None:
    assert run(["explain", "--help"]) == DONE

    assert "cancu explain '<eli/vn/hung-yen/ubnd/kh/2025/44>'" in capsys.readouterr().out
