"""The command line on the real corpus, in this process; exit codes are what scripts see."""

import io
import json
import shutil
import sys
from hashlib import sha256
from pathlib import Path

import pytest

from api.cli import run
from api.errors import COMPLAINT, DONE, REFUSED

ROOT = Path(__file__).parents[2]
CORPUS = ROOT / "corpus"
NINH_BINH = CORPUS / "ninh-binh-ke-hoach-03-nq-cp.md"
Capture = pytest.CaptureFixture[str]


@pytest.fixture
def loaded(corpus_store: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CANCU_STORE", str(corpus_store))
    return corpus_store


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CANCU_STORE", str(tmp_path / "store"))
    return tmp_path


def test_loading_again_changes_nothing(loaded: Path, capsys: Capture) -> None:
    before = (loaded / "current").read_text()

    assert run(["load", str(CORPUS)]) == DONE

    printed = capsys.readouterr().out
    assert printed.count("unchanged") == 5
    assert "nothing changed" in printed
    assert (loaded / "current").read_text() == before


def test_load_says_what_changed_in_words(empty: Path, capsys: Capture) -> None:
    file = empty / "plan.md"
    text = NINH_BINH.read_text(encoding="utf-8")
    file.write_text(text, encoding="utf-8", newline="")
    assert run(["load", str(file)]) == DONE
    bullet = "- Thực hiện đánh giá hiệu quả đầu tư chuyển đổi số theo quy định.\n\n"
    assert bullet in text
    changed = text.replace(bullet, "").replace("trong năm 2025", "trong năm 2026")
    file.write_text(changed, encoding="utf-8", newline="")
    capsys.readouterr()

    assert run(["load", str(file)]) == DONE

    printed = capsys.readouterr().out
    assert "1 task removed" in printed
    assert "1 deadline changed" in printed


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("empty.txt", b"", "empty.txt: "),
        ("picture.txt", b"\x89PNG\r\n\x1a\n" + bytes(40), "picture.txt: "),
        ("recipe.txt", "Luộc trứng trong mười phút rồi vớt ra.".encode(), "no policy document"),
    ],
)
def test_a_bad_file_stops_the_load_and_leaves_the_release(
    loaded: Path, tmp_path: Path, capsys: Capture, name: str, content: bytes, message: str
) -> None:
    before = (loaded / "current").read_text()
    bad = tmp_path / name
    bad.write_bytes(content)

    code = run(["load", str(NINH_BINH), str(bad)])

    captured = capsys.readouterr()
    assert code == REFUSED
    assert message in captured.err
    assert "the published release is as it was" in captured.err
    assert (loaded / "current").read_text() == before


def test_a_text_of_fifty_megabytes_is_refused_with_the_limit(empty: Path, capsys: Capture) -> None:
    big = empty / "big.md"
    big.write_bytes(NINH_BINH.read_bytes() * 1600)

    assert run(["load", str(big)]) == REFUSED

    error = capsys.readouterr().err
    assert "big.md" in error
    assert "CANCU_LARGEST_FILE" in error
    assert not (empty / "store").exists()


def test_skip_bad_loads_the_rest_and_complains(empty: Path, capsys: Capture) -> None:
    bad = empty / "empty.txt"
    bad.write_bytes(b" \n")

    code = run(["load", str(NINH_BINH), str(bad), "--skip-bad"])

    captured = capsys.readouterr()
    assert code == COMPLAINT
    assert "empty.txt" in captured.err
    assert "added" in captured.out


def test_a_missing_path_is_one_line(empty: Path, capsys: Capture) -> None:
    assert run(["load", str(empty / "nowhere.md")]) == REFUSED

    lines = capsys.readouterr().err.strip().splitlines()
    assert len(lines) == 1
    assert lines[0].endswith("nowhere.md: no such file or folder")


def test_a_document_given_twice_is_reported(empty: Path, capsys: Capture) -> None:
    twin = empty / "twin.md"
    twin.write_bytes(NINH_BINH.read_bytes())

    assert run(["load", str(NINH_BINH), str(twin)]) == DONE

    assert "duplicate" in capsys.readouterr().out


def test_asking_before_loading_says_that_nothing_is_there(empty: Path, capsys: Capture) -> None:
    assert not list(empty.glob("store"))
    for command in (["stats"], ["query", "--name", "documents"], ["export"], ["verify"]):
        assert run(command) == REFUSED
        assert "nothing has been loaded" in capsys.readouterr().err


def test_stats_counts_what_is_held(loaded: Path, capsys: Capture) -> None:
    assert loaded.exists()
    assert run(["stats"]) == DONE

    printed = capsys.readouterr().out
    assert "lai-chau-ke-hoach-03-nq-cp.md" in printed
    assert "44/KH-UBND" in printed
    assert "Task" in printed


def test_every_quote_verifies_and_the_release_conforms(loaded: Path, capsys: Capture) -> None:
    assert loaded.exists()
    assert run(["verify"]) == DONE
    assert run(["validate"]) == DONE

    printed = capsys.readouterr().out
    assert "quotes verified, in 5 documents" in printed
    assert "the release conforms" in printed


def test_verify_finds_a_source_that_was_tampered_with(
    corpus_store: Path, empty: Path, capsys: Capture
) -> None:
    shutil.copytree(corpus_store, empty / "store")
    source = empty / "store" / "sources" / sha256(NINH_BINH.read_bytes()).hexdigest()
    source.chmod(0o644)
    source.write_bytes(source.read_bytes().replace("Hằng năm".encode(), "Hàng năm".encode()))

    assert run(["verify"]) == COMPLAINT

    assert "ninh-binh" in capsys.readouterr().out


@pytest.mark.usefixtures("loaded")
@pytest.mark.parametrize("name", ["table", "csv", "tsv", "json", "xml"])
def test_query_answers_in_every_table_format(
    name: str, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    code = run(["query", "--name", "documents", "--format", name])

    sys.stdout.flush()
    assert code == DONE
    assert "Ủy ban nhân dân tỉnh Lai Châu".encode() in capfdbinary.readouterr().out


@pytest.mark.usefixtures("loaded")
def test_query_takes_a_question_from_standard_input(
    monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("ASK { ?task a cancu:Task }"))

    assert run(["query", "-"]) == DONE
    assert capsys.readouterr().out == "yes\n"


@pytest.mark.usefixtures("loaded")
@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["query"], "either a file"),
        (["query", "nowhere.rq"], "nowhere.rq: No such file"),
        (["query", "--name", "nothing"], "no query named 'nothing'"),
        (["query", "--name", "documents", "--param", "x=1"], "takes no parameter 'x'"),
        (["query", "--name", "documents", "--param", "x"], "takes name=value"),
        (["query", "--name", "reports_due_in_month", "--param", "month=June"], "kind integer"),
        (["query", "--nme", "documents"], "No such option"),
    ],
)
def test_a_bad_question_is_refused_in_one_line(
    arguments: list[str], message: str, capsys: Capture
) -> None:
    assert run(arguments) == REFUSED

    error = capsys.readouterr().err
    assert message in error
    assert error.count("\n") == 1


@pytest.mark.usefixtures("loaded")
def test_a_query_that_cannot_be_parsed_tells_the_place(
    monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("SELECT * WHERE {\n ?s ?p }"))

    assert run(["query", "-"]) == REFUSED
    assert "2:" in capsys.readouterr().err


@pytest.mark.usefixtures("loaded")
def test_export_writes_the_same_bytes_twice(tmp_path: Path) -> None:
    for name in ("a.nq", "b.nq"):
        assert run(["export", "--output", str(tmp_path / name)]) == DONE

    assert (tmp_path / "a.nq").read_bytes() == (tmp_path / "b.nq").read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.nq", "b.nq"]


@pytest.mark.usefixtures("loaded")
def test_export_into_a_folder_that_is_not_there_is_refused(tmp_path: Path, capsys: Capture) -> None:
    assert run(["export", "--output", str(tmp_path / "no" / "a.nq")]) == REFUSED
    assert "a.nq: No such file or directory" in capsys.readouterr().err


def test_extract_prints_the_annotation_schema(capsys: Capture) -> None:
    assert run(["extract", str(NINH_BINH), "--json"]) == DONE

    content = json.loads(capsys.readouterr().out)
    text = NINH_BINH.read_bytes().decode()
    assert content["document"]["issuer"] == "Ủy ban nhân dân tỉnh Ninh Bình"
    assert all(text[c["start"] : c["end"]] == c["quote"] for c in content["citations"])


def test_extract_prints_a_summary_for_people(capsys: Capture) -> None:
    assert run(["extract", str(NINH_BINH)]) == DONE

    printed = capsys.readouterr().out
    assert "number-blank" in printed
    assert "Sở Tài chính" in printed


def test_cite_reads_and_writes_json_lines(monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    rows = '{"id": "a", "text": "theo Nghị quyết 57-NQ/TW"}\n\n{"id": "b", "text": "24/7"}\n'
    monkeypatch.setattr("sys.stdin", io.StringIO(rows))

    assert run(["cite", "--jsonl"]) == DONE

    first, second = map(json.loads, capsys.readouterr().out.splitlines())
    assert [c["number"] for c in first["citations"]] == ["57-NQ/TW"]
    assert second == {"id": "b", "citations": []}


def test_cite_names_the_line_that_is_no_json(
    monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO('{"id": 1, "text": ""}\n{"id": 2}\n'))

    assert run(["cite", "--jsonl"]) == REFUSED
    assert "line 2" in capsys.readouterr().err


def test_eval_scores_the_annotations(capsys: Capture) -> None:
    gold = sorted(str(path) for path in (ROOT / "tests" / "gold").glob("*.json"))

    assert run(["eval", *gold, "--documents", str(CORPUS)]) == DONE
    assert "agency mentions" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("content", "message"),
    [("{", "not JSON"), ("{}", "no annotation"), (None, "No such file")],
)
def test_eval_names_a_broken_annotation(
    tmp_path: Path, capsys: Capture, content: str | None, message: str
) -> None:
    path = tmp_path / "gold.json"
    if content is not None:
        path.write_text(content)

    assert run(["eval", str(path)]) == REFUSED
    assert message in capsys.readouterr().err


def test_help_shows_every_command_with_an_example(capsys: Capture) -> None:
    assert run(["--help"]) == DONE
    overview = capsys.readouterr().out
    for name in ("load", "extract", "cite", "query", "export", "eval"):
        assert name in overview
        assert run([name, "--help"]) == DONE
        assert f"cancu {name}" in capsys.readouterr().out


def test_a_setting_that_makes_no_sense_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    monkeypatch.setenv("CANCU_KEEP_RELEASES", "many")

    assert run(["stats"]) == REFUSED
    assert "CANCU_KEEP_RELEASES" in capsys.readouterr().err
