"""`/queries/NAME` is an API: the answer that the catalogue promises, in each form, or a problem."""

from pathlib import Path

import httpx
import pytest

from api.catalogue.functions import function_terms
from graph.engine.functions import functions
from graph.engine.search_block import ANSWERED, NARROWING
from graph.engine.vocabulary import FUNCTIONS
from queries.catalogue import named_queries

EXPECTED = Path(__file__).parents[2] / "queries" / "expected"
NAMES = [query.name for query in named_queries()]


@pytest.mark.parametrize("name", NAMES)
def test_every_question_answers_over_http(client: httpx.Client, name: str) -> None:
    answer = client.get(f"/queries/{name}.csv")

    assert answer.status_code == 200
    expected = (EXPECTED / f"{name}.csv").read_text(encoding="utf-8")
    assert answer.text.replace("\r\n", "\n") == expected


@pytest.mark.parametrize("name", NAMES)
def test_the_text_of_a_question_gives_the_same_answer_by_itself(
    client: httpx.Client, name: str
) -> None:
    text = client.get(f"/queries/{name}.rq").text

    answer = client.post("/sparql", data={"query": text}, headers={"accept": "text/csv"})

    assert answer.text == client.get(f"/queries/{name}.csv").text


@pytest.mark.parametrize(
    ("accept", "suffix", "media_type"),
    [
        # What a program gets that does not care, such as curl.
        ("*/*", "", "application/sparql-results+json"),
        ("application/json", "", "application/sparql-results+json"),
        ("text/csv", "", "text/csv; charset=utf-8"),
        ("text/tab-separated-values", "", "text/tab-separated-values; charset=utf-8"),
        ("application/sparql-results+xml", "", "application/sparql-results+xml"),
        # What a browser sends.
        ("text/html,application/xml;q=0.9,*/*;q=0.8", "", "text/html; charset=utf-8"),
        # A suffix goes before what is accepted.
        ("text/html", ".csv", "text/csv; charset=utf-8"),
        ("text/html", ".json", "application/sparql-results+json"),
        ("text/html", ".tsv", "text/tab-separated-values; charset=utf-8"),
        ("text/html", ".xml", "application/sparql-results+xml"),
        ("text/csv", ".html", "text/html; charset=utf-8"),
    ],
)
def test_the_form_of_an_answer(
    client: httpx.Client, accept: str, suffix: str, media_type: str
) -> None:
    answer = client.get(f"/queries/documents{suffix}", headers={"accept": accept})

    assert answer.status_code == 200
    assert answer.headers["content-type"] == media_type


def test_a_parameter_changes_the_answer(client: httpx.Client) -> None:
    answer = client.get("/queries/reports_due_in_month.csv", params={"month": "12"})

    assert "05/12" in answer.text
    assert "30/6/2025" not in answer.text


@pytest.mark.parametrize(
    ("path", "status", "parameter"),
    [
        ("/queries/tasks_due_before.json?date=soon", 400, "date"),
        ("/queries/tasks_due_before.json?date=2025-02-30", 400, "date"),
        ("/queries/tasks_due_before.json?day=2025-06-30", 400, "day"),
        ("/queries/tasks_due_before.json?date=2025-06-30&date=2025-07-30", 400, "date"),
        ("/queries/provenance_of_fact.csv?fact=https://x>}DROP", 400, "fact"),
        ("/queries/provenance_of_fact.rq?fact=x", 400, "fact"),
        ("/queries/nothing.csv", 404, None),
        ("/queries/documents.pdf", 404, None),
        ("/queries/documents.csv?release=0000000000000000", 404, None),
    ],
)
def test_what_cannot_be_answered_is_a_problem(
    client: httpx.Client, path: str, status: int, parameter: str | None
) -> None:
    answer = client.get(path)

    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["status"] == status
    assert answer.json().get("parameter") == parameter


def test_what_nobody_can_send_is_not_acceptable(client: httpx.Client) -> None:
    answer = client.get("/queries/documents", headers={"accept": "image/png"})

    assert answer.status_code == 406
    assert "text/csv" in answer.json()["available"]


def test_an_answer_names_its_release_and_can_be_pinned_to_it(client: httpx.Client) -> None:
    answer = client.get("/queries/documents.csv")
    release = answer.headers["cancu-release"]

    pinned = client.get("/queries/documents.csv", params={"release": release})

    assert pinned.text == answer.text
    assert pinned.headers["cancu-release"] == release


@pytest.mark.parametrize("path", ["/queries", "/queries/documents.csv", "/queries/documents.html"])
def test_what_a_client_has_is_not_sent_again(client: httpx.Client, path: str) -> None:
    etag = client.get(path).headers["etag"]

    again = client.get(path, headers={"if-none-match": etag})

    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("path", ["/queries", "/queries/documents.csv", "/editor"])
def test_head_sends_no_body(client: httpx.Client, path: str) -> None:
    answer = client.head(path)

    assert (answer.status_code, answer.content) == (200, b"")


def test_the_catalogue_can_be_read_by_a_program(client: httpx.Client) -> None:
    listed = client.get("/queries.json").json()["queries"]

    assert [entry["name"] for entry in listed] == NAMES
    entry = next(entry for entry in listed if entry["name"] == "tasks_due_before")
    assert entry["audience"] == "auditor"
    assert entry["parameters"][0]["kind"] == "date"
    assert client.get(f"{entry['url']}.csv").status_code == 200


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("cancu:Task", "class"),
        ("cancu:leadAgency", "property"),
        ("oa:exact", "property"),  # of another vocabulary, declared by ours
        ("prov:Activity", "class"),
        ("rdf:type", "property"),  # of RDF itself
        ("cancuf:fold", "function"),  # what our SPARQL knows beyond the standard
        ("cancuf:query", "property"),
    ],
)
def test_the_editor_completes_our_terms_and_those_we_use(
    client: httpx.Client, name: str, kind: str
) -> None:
    found = client.get("/editor/terms.json").json()

    term = next(term for term in found["terms"] if term["name"] == name)
    prefix, local = name.split(":")
    assert term["iri"] == found["prefixes"][prefix] + local
    assert term["kind"] == kind
    if prefix == "cancu":
        assert term["vi"]
        assert term["en"]


def test_the_editor_knows_every_function_of_the_engine() -> None:
    offered = {term["iri"] for term in function_terms()}

    searched = {f"{FUNCTIONS}{name}" for name in (*NARROWING, *ANSWERED)}
    assert {function.value for function in functions()} | searched <= offered
