"""What the pages of the catalogue and the editor promise, without a browser."""

import json
import re
import subprocess
import sys
from html import unescape
from pathlib import Path

import httpx
import pytest

from queries.catalogue import named_queries

ROOT = Path(__file__).parents[3]
PAGE = {"accept": "text/html"}
NAMES = [query.name for query in named_queries()]


def block(page: str, name: str) -> str:
    found = re.search(rf'<pre id="{name}"[^>]*>(.*?)</pre>', page, re.DOTALL)
    assert found is not None
    return unescape(found[1])


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_question_has_a_page(client: httpx.Client, language: str) -> None:
    for name in NAMES:
        answer = client.get(f"/queries/{name}?lang={language}", headers=PAGE)

        assert answer.status_code == 200, name
        assert f'<html lang="{language}">' in answer.text
        assert "<tbody>" in answer.text, name


# Values that a shell or Python would trip over, and Vietnamese ones.
@pytest.mark.parametrize("value", ["57-NQ/TW", "Luật Đất đai", 'it\'s "quoted" $HOME `id` \\ %'])
def test_the_lines_for_programs_run_as_shown(client: httpx.Client, value: str) -> None:
    page = client.get("/queries/documents_citing", params={"key": value}, headers=PAGE).text
    expected = client.get("/queries/documents_citing.csv", params={"key": value}).content

    shell = subprocess.run(["/bin/sh", "-c", block(page, "curl")], capture_output=True, check=True)
    assert shell.stdout == expected

    program = block(page, "pandas").replace("print(frame)", "print(len(frame), *frame.columns)")
    python = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    columns = expected.split(b"\r\n", 1)[0].decode().split(",")
    rows = expected.count(b"\r\n") - 1
    if rows == 0 or b'"' not in expected:  # where no quoted cell can hold a line break
        assert python.stdout.decode().split() == [str(rows), *columns]


def test_a_wrong_value_is_told_in_the_language_of_the_page(client: httpx.Client) -> None:
    answer = client.get("/queries/targets_above?least=many&unit=%25", headers=PAGE)

    assert answer.status_code == 400
    assert "Cần một số nguyên, không phải “many”." in answer.text
    assert 'value="many"' in answer.text


def test_an_unknown_parameter_is_told_too(client: httpx.Client) -> None:
    answer = client.get("/queries/documents?colour=red", headers=PAGE)

    assert answer.status_code == 400
    assert "“colour”" in answer.text


@pytest.mark.parametrize("path", ["/queries/nothing", "/editor?name=nothing"])
def test_for_a_question_that_is_not_there_people_get_a_page(
    client: httpx.Client, path: str
) -> None:
    answer = client.get(path, headers=PAGE)

    assert answer.status_code == 404
    assert answer.headers["content-type"] == "text/html; charset=utf-8"


def test_the_editor_comes_compressed(client: httpx.Client) -> None:
    answer = client.get("/static/vendor/editor.js", headers={"accept-encoding": "gzip"})

    assert answer.headers["content-encoding"] == "gzip"
    assert answer.content == (ROOT / "api/static/vendor/editor.js").read_bytes()


def test_what_is_given_is_only_ever_text(client: httpx.Client) -> None:
    hostile = "</pre></script><script>alert(1)</script>"

    for path in ("/queries/documents_citing?key=", "/editor?query=", "/queries?q="):
        page = client.get(path + hostile.replace("/", "%2F"), headers=PAGE).text
        assert "<script>alert" not in page


@pytest.mark.parametrize("path", ["/queries", "/queries/tasks_by_pillar", "/editor"])
def test_no_script_of_another_is_allowed(client: httpx.Client, path: str) -> None:
    policy = client.get(path, headers=PAGE).headers["content-security-policy"]

    directives = dict(part.split(" ", 1) for part in policy.split("; "))
    assert directives["default-src"] == "'none'"
    assert directives["script-src"] == "'self'"


def test_each_editor_has_a_nonce_of_its_own(client: httpx.Client) -> None:
    first, second = (
        client.get("/editor", headers=PAGE).headers["content-security-policy"] for _ in range(2)
    )

    assert first != second


def test_the_editor_can_be_opened_with_a_question_and_its_values(client: httpx.Client) -> None:
    page = client.get("/editor?name=documents_citing&key=03/NQ-CP", headers=PAGE).text

    assert "VALUES ?key { &#34;03/NQ-CP&#34; }" in page


# Where a page could be made to fetch something: markup, style sheets, scripts.
FETCHES = re.compile(
    r"""(?:\bsrc\s*=|<link[^>]*\bhref\s*=|url\(|@import|\bfetch\(|\bimport\()\s*["'(]*\s*(?:https?:)?//""",
    re.I,
)


@pytest.mark.parametrize(
    "path",
    sorted(
        path
        for folder in ("api/static", "api/templates")
        for path in (ROOT / folder).rglob("*")
        if path.suffix in {".css", ".html", ".js", ".svg"}
    ),
    ids=lambda path: str(path.relative_to(ROOT)),
)
def test_nothing_that_pages_load_is_elsewhere(path: Path) -> None:
    found = FETCHES.search(path.read_text(encoding="utf-8"))

    assert found is None


def test_the_licences_of_what_is_bundled_are_passed_on() -> None:
    licences = (ROOT / "api/static/vendor/LICENSES.txt").read_text(encoding="utf-8")

    for package in ("@codemirror/view", "codemirror-lang-sparql", "@lezer/lr"):
        assert f"{package} " in licences


def test_the_lock_of_the_browser_names_no_registry() -> None:
    lock = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))

    assert [name for name, package in lock["packages"].items() if "resolved" in package] == []


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("name=targets_above&least=many&unit=%25", "least: Cần một số nguyên, không phải “many”."),
        ("name=tasks_due_before&date=2025-02-30", "date: Cần một ngày có thật"),
        ("name=provenance_of_fact&fact=<x>", "fact: Cần một IRI"),
    ],
)
def test_the_editor_opens_on_a_wrong_value_and_says_so(
    client: httpx.Client, query: str, words: str
) -> None:
    answer = client.get(f"/editor?{query}", headers=PAGE)

    assert answer.status_code == 400
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert words in re.sub("<[^>]*>", "", answer.text)
    assert "SELECT" in answer.text  # with the default in its place
