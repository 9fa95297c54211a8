"""Capped answers: the same as whole ones, but for the rows left out, and honest about those."""

import asyncio
import csv
import io
import json
from collections import Counter
from xml.etree import ElementTree as ET

import pytest

from graph.engine.asking import Answer, AnswerFormat, Question, TableFormat
from graph.engine.pool import Pool
from queries.catalogue import bind, named_queries
from tests.graph.engine.conftest import Ask

QUERIES = named_queries()
FORMATS: list[TableFormat] = ["json", "xml", "csv", "tsv"]
# Every kind of term, and characters that some format must escape.
ODD = r"""
SELECT ?a ?b ?c ?d ?e ?f ?g ?h ?i ?j ?k ?unbound {
  VALUES (?a ?b ?c ?d ?e ?f) {
    (1 1.50 1e3 true "a,b" "ế"@vi)
    (-7 .5 "INF"^^xsd:double false "say \"x\"\\\t\n'<&>" "x"@en-gb)
    ("" " blank " "\u00a0" "tab\tbed" "line\nbreak" "\u007f😀")
    (UNDEF "01"^^xsd:integer "x"^^xsd:integer "2024-01-01"^^xsd:date "\r\r" "\n")
    ("1.e5"^^xsd:double "+1"^^xsd:integer "1."^^xsd:decimal "1"^^xsd:boolean "\t" " ")
  }
  BIND(<http://e/a?b=1&c='x'> AS ?g)
  BIND(<<( <http://e/s> <http://e/p> <<( <http://e/s> <http://e/p> "a\\b"@en )>> )>> AS ?h)
  BIND(STRLANGDIR("x", "ar", "rtl") AS ?i)
  BIND(<urn:ế> AS ?j)
  BIND("x"^^<http://e/d?a&b> AS ?k)
}
"""


def rows(answer: bytes, written_as: str) -> tuple[str, Counter[str]]:
    """Return the head of an answer and its rows, in no order."""
    if written_as == "json":
        read = json.loads(answer)
        found = [json.dumps(row, sort_keys=True) for row in read["results"]["bindings"]]
        return str(read["head"]), Counter(found)
    if written_as == "xml":
        head, results = ET.fromstring(ET.canonicalize(answer))  # noqa: S314
        return ET.tostring(head).decode(), Counter(ET.tostring(row).decode() for row in results)
    if written_as == "csv":
        table = list(csv.reader(io.StringIO(answer.decode(), newline="")))
        return str(table[0]), Counter(map(str, table[1:]))
    head_line, *lines = answer.decode().split("\n")
    return head_line, Counter(lines)


@pytest.mark.parametrize("written_as", FORMATS)
@pytest.mark.parametrize("query", QUERIES, ids=[query.name for query in QUERIES])
def test_named_questions(query: object, written_as: TableFormat, ask: Ask) -> None:
    text, bindings = query.text, bind(query, {})  # type: ignore[attr-defined, arg-type]

    whole = ask(Question(text, written_as, bindings=bindings))  # but for CSV by the engine
    capped = ask(Question(text, written_as, bindings=bindings, most_rows=1_000_000))

    assert rows(capped, written_as) == rows(whole, written_as)


@pytest.mark.parametrize("written_as", FORMATS)
@pytest.mark.parametrize("text", [ODD, "SELECT * {}", "SELECT ?a ?b { VALUES ?a {} }"])
def test_odd_terms(text: str, written_as: TableFormat, ask: Ask) -> None:
    whole = ask(Question(text, written_as))
    capped = ask(Question(text, written_as, most_rows=10))

    assert rows(capped, written_as) == rows(whole, written_as)
    if written_as != "xml":  # where text may be escaped in several ways
        assert capped == whole


@pytest.mark.parametrize("most_rows", [None, 1])
@pytest.mark.parametrize(
    ("text", "written_as"),
    [
        (r"SELECT ?x { BIND('a\rb' AS ?x) }", "xml"),
        (r"CONSTRUCT { <s:> <p:x> ?x } { BIND('a\rb' AS ?x) }", "rdf"),
    ],
)
def test_a_return_outlives_xml(
    text: str, written_as: AnswerFormat, most_rows: int | None, ask: Ask
) -> None:
    # The engine writes it as it is, and a reader of XML makes a line break of it.
    answer = ask(Question(text, written_as, most_rows=most_rows))

    texts = [found for found in ET.fromstring(answer).itertext() if found.strip()]  # noqa: S314
    assert texts == ["a\rb"]


@pytest.mark.parametrize("most_rows", [None, 5])
def test_an_iri_with_a_comma_is_one_field_of_csv(most_rows: int | None, ask: Ask) -> None:
    # The engine leaves it unquoted; every piece of evidence has such an IRI.
    text = "SELECT ?e ?x { ?e a oa:Annotation BIND(<http://e/a#char=1,2> AS ?x) } LIMIT 2"
    table = list(csv.reader(io.StringIO(ask(Question(text, "csv", most_rows=most_rows)).decode())))

    assert [len(row) for row in table] == [2, 2, 2]
    assert {row[1] for row in table[1:]} == {"http://e/a#char=1,2"}


def test_a_triple_is_one_field_of_csv(ask: Ask) -> None:
    # The engine leaves the quotes of a literal in the middle of the field.
    text = """SELECT ?t { BIND(<<( <a:s> <a:p> 'a,"b"' )>> AS ?t) }"""
    answer = ask(Question(text, "csv", most_rows=1)).decode()

    assert list(csv.reader(io.StringIO(answer)))[1] == ['a:s a:p a,"b"']


def test_blank_nodes(ask: Ask) -> None:
    for written_as in FORMATS:
        question = Question("SELECT ?x { BIND(BNODE() AS ?x) }", written_as, most_rows=1)

        assert b"bnode" in ask(question) or b"_:" in ask(question)


@pytest.mark.parametrize(
    ("most_rows", "expected", "is_capped"),
    [(0, 0, True), (1, 1, True), (2, 2, True), (3, 3, False), (4, 3, False)],
)
@pytest.mark.parametrize(
    ("text", "written_as"),
    [
        ("SELECT ?x { VALUES ?x { 1 2 3 } }", "csv"),
        ("CONSTRUCT { ?x <http://e/p> ?x } { VALUES ?x { <a:1> <a:2> <a:3> } }", "nt"),
    ],
)
def test_capped_is_told(
    text: str,
    written_as: TableFormat,
    most_rows: int,
    expected: int,
    is_capped: bool,
    runner: asyncio.Runner,
    pool: Pool,
) -> None:
    async def asked() -> tuple[Answer, bytes]:
        answer = await pool.ask(Question(text, written_as, most_rows=most_rows))
        return answer, await answer.read()

    answer, data = runner.run(asked())

    assert answer.capped is is_capped
    assert len(data.splitlines()) - (written_as == "csv") == expected


def test_an_ask_is_never_capped(runner: asyncio.Runner, pool: Pool) -> None:
    answer = runner.run(pool.ask(Question("ASK { ?s ?p ?o }", most_rows=0)))

    assert answer.capped is False


def test_many_rows_are_capped_without_being_held(ask: Ask) -> None:
    # 80,000 rows of 180 bytes: more than the worker holds in memory before it writes to the disk.
    text = "SELECT ?s ?t { ?s a cancu:Task . ?t a cancu:Task }"

    answer = ask(Question(text, "csv", most_rows=80_000))

    assert answer.count(b"\n") == 80_001
