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
