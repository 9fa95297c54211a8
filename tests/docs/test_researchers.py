"""What the pages for researchers show works on a running server."""

import re
import subprocess
from pathlib import Path

import httpx
import pytest

DOCS = Path(__file__).parents[2] / "docs"
PAGES = {language: DOCS / f"researchers.{language}.md" for language in ("vi", "en")}
SHOWN = "http://127.0.0.1:8000"


def blocks(language: str, kind: str) -> list[str]:
    text = PAGES[language].read_text(encoding="utf-8")
    return re.findall(rf"```{kind}\n(.*?)```", text, re.DOTALL)


QUERIES = blocks("en", "sparql")


@pytest.mark.parametrize("query", QUERIES)
def test_a_query_has_an_answer(query: str, server: str) -> None:
    answer = httpx.post(f"{server}/sparql", data={"query": query}, headers={"accept": "text/csv"})

    assert answer.status_code == httpx.codes.OK, answer.text
    assert len(answer.text.splitlines()) > 1


@pytest.mark.parametrize("kind", ["sparql", "sh", "python", "console"])
def test_both_languages_show_the_same(kind: str) -> None:
    assert blocks("vi", kind) == blocks("en", kind) != []


def test_the_line_for_the_shell_gives_a_table(server: str) -> None:
    (line,) = blocks("en", "sh")

    shell = ["sh", "-c", line.replace(SHOWN, server)]
    done = subprocess.run(shell, capture_output=True, text=True, check=True)

    head, *rows = done.stdout.split()
    assert head == "agency,tasks"
    assert rows


def test_the_lines_for_python_give_a_table(server: str) -> None:
    (lines,) = blocks("en", "python")
    names: dict[str, list[str]] = {}

    exec(lines.replace(SHOWN, server), names)  # noqa: S102 - it is what the page tells to run

    assert len(names["tasks"]) > 1


@pytest.mark.parametrize("language", PAGES)
def test_every_prefix_of_the_table_is_known(language: str, server: str) -> None:
    page = PAGES[language].read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([\w-]+):` \| `(\S+)` \|", page, re.MULTILINE)

    assert rows
    for prefix, namespace in rows:
        query = f"ASK {{ FILTER(STR({prefix}:x) = '{namespace}x') }}"
        answer = httpx.get(f"{server}/sparql", params={"query": query})
        assert answer.json()["boolean"], prefix


@pytest.mark.parametrize("language", PAGES)
def test_every_link_leads_to_a_file(language: str) -> None:
    for link in re.findall(r"\]\(([^)#]+)", PAGES[language].read_text(encoding="utf-8")):
        assert (DOCS / link).is_file(), link
