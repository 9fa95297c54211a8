"""A named question with its values in the text."""

import pytest

from queries.catalogue import bind, parse_query
from queries.standalone import standalone

HEADER = """\
#+ summary: What cites a document
#+ description: One row a mention.
#+ audience: auditor
"""


@pytest.mark.parametrize(
    ("parameters", "values", "clause"),
    [
        ("", {}, "  ?s ?p ?o"),
        # A value is always one term, whatever it holds.
        ("s | string | x | A", {"s": 'a "b" \\ }\n'}, '  VALUES ?s { "a \\"b\\" \\\\ }\\n" }'),
        ("s | integer | 1 | A", {"s": "-7"}, "  VALUES ?s { -7 }"),
        ("s | iri | https://x/y | A", {}, "  VALUES ?s { <https://x/y> }"),
        (
            "s | date | 2025-06-30 | A",
            {},
            '  VALUES ?s { "2025-06-30"^^<http://www.w3.org/2001/XMLSchema#date> }',
        ),
    ],
)
def test_standalone(parameters: str, values: dict[str, str], clause: str) -> None:
    header = HEADER + (f"#+ parameter: {parameters}\n" if parameters else "")
    query = parse_query("what_cites", f"{header}SELECT ?s WHERE {{\n  ?s ?p ?o\n}}\n")

    text = standalone(query, bind(query, values))

    lines = text.splitlines()
    assert lines[0] == "# What cites a document"
    assert lines[1] == "SELECT ?s WHERE {"
    assert lines[2] == clause
    assert lines[-2:] == ["  ?s ?p ?o", "}"]


def test_several_values_stand_in_one_clause() -> None:
    header = HEADER + "#+ parameter: a | integer | 1 | A\n#+ parameter: b | string | x | B\n"
    query = parse_query("q", f"{header}SELECT * WHERE {{ ?a ?p ?b }}")

    assert 'VALUES (?a ?b) { (1 "x") }' in standalone(query, bind(query, {}))


def test_the_words_of_a_search_stand_in_it() -> None:
    header = HEADER + "#+ parameter: words | string | hạ tầng | W\n"
    body = (
        "SELECT ?words ?hit WHERE { SERVICE cancuf:search { ?hit cancuf:query ?words } "
        "?hit cancu:text ?t }"
    )
    query = parse_query("q", header + body)

    text = standalone(query, bind(query, {}), {"cancuf": "https://f/", "cancu": "https://c#"})

    assert text.splitlines()[1:3] == ["PREFIX cancuf: <https://f/>", "PREFIX cancu: <https://c#>"]
    assert 'SERVICE cancuf:search { ?hit cancuf:query "hạ tầng" }' in text
    assert 'VALUES ?words { "hạ tầng" }' in text


def test_what_is_declared_is_not_declared_again() -> None:
    query = parse_query("q", f"{HEADER}PREFIX a: <https://a#>\nSELECT * WHERE {{ ?s a:b ?o }}")

    assert standalone(query, {}, {"a": "https://other#"}).count("PREFIX") == 1
