"""What the README says is true: its question has its answer, its commands run."""

import re
import shlex
import sys
from pathlib import Path

import pytest

from api.cli import app, run
from api.errors import DONE

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.fixture
def in_project(corpus_store: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CANCU_STORE", str(corpus_store))
    monkeypatch.chdir(ROOT)
    return corpus_store


def block(language: str) -> str:
    match = re.search(rf"```{language}\n(.*?)```", README, re.DOTALL)
    assert match is not None
    return match.group(1)


@pytest.mark.usefixtures("in_project")
def test_the_question_has_the_answer_that_is_shown(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    question = tmp_path / "question.rq"
    question.write_text(block("sparql"), encoding="utf-8")

    assert run(["query", str(question), "--format", "csv"]) == DONE

    sys.stdout.flush()
    answer = capfdbinary.readouterr().out.decode().replace("\r\n", "\n")
    assert answer == block("csv")


@pytest.mark.usefixtures("in_project")
@pytest.mark.parametrize(
    "command", [line for line in README.splitlines() if line.startswith("$ cancu ")]
)
def test_every_command_that_is_shown_runs(command: str) -> None:
    assert run(shlex.split(command)[2:]) == DONE


def test_the_table_names_every_command() -> None:
    named = set(re.findall(r"^\| `cancu (\w+)", README, re.MULTILINE))

    assert named == {c.name or getattr(c.callback, "__name__", "") for c in app.registered_commands}


@pytest.mark.parametrize("link", sorted(set(re.findall(r"\]\(([^)]+)\)", README))))
def test_every_link_leads_to_a_file(link: str) -> None:
    assert (ROOT / link).is_file()
