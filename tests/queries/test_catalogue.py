import pytest

from queries.catalogue import (
    NamedQuery,
    ParameterError,
    UnknownQueryError,
    bind,
    named_queries,
    named_query,
    parse_query,
)

TEXT = """#+ summary: What cites a document
#+ description: One row a mention,
#+ description: in reading order.
#+ audience: auditor
#+ parameter: number | string | 57-NQ/TW | The number
#+ parameter: limit | integer | 10 | How many
#+ parameter: after | date | 2025-01-01 | From when
#+ parameter: doc | iri | https://w3id.org/cancu/x | Which one
SELECT * WHERE { ?s ?p ?number }
"""


@pytest.fixture
def query() -> NamedQuery:
    return parse_query("what_cites", TEXT)


def test_parse_query_reads_the_header(query: NamedQuery) -> None:
    assert query.summary == "What cites a document"
    assert query.description == "One row a mention, in reading order."
    assert query.audience == "auditor"
    assert [p.name for p in query.parameters] == ["number", "limit", "after", "doc"]


def test_bind_fills_in_the_defaults(query: NamedQuery) -> None:
    bound = bind(query, {"number": 'a "quoted" one', "limit": "-3"})

    assert bound == {
        "number": ("string", 'a "quoted" one'),
        "limit": ("integer", "-3"),
        "after": ("date", "2025-01-01"),
        "doc": ("iri", "https://w3id.org/cancu/x"),
    }


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"numbr": "1"}, "takes no parameter 'numbr'; it takes: number, limit"),
        ({"limit": "ten"}, "must be of kind integer, not 'ten'"),
        ({"limit": "9" * 19}, "must be of kind integer"),  # more than the store computes with
        ({"after": "1/2/2025"}, "must be of kind date"),
        ({"after": "2025-02-30"}, "must be of kind date"),  # no day of the calendar
        ({"doc": "https://x> } DROP ALL"}, "must be of kind iri"),
    ],
)
def test_bind_refuses_what_does_not_fit(
    query: NamedQuery, values: dict[str, str], message: str
) -> None:
    with pytest.raises(ParameterError, match=message):
        bind(query, values)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("#+ summary:", "# summary:", "lacks '#[+] summary:'"),
        ("auditor", "nobody", "'nobody' is no audience"),
        ("| integer |", "| number |", "no parameter line"),
        (" | The number", "", "no parameter line"),
        ("#+ audience:", "#+ parameter_vi: number Số\n#+ audience:", "no translation"),
    ],
)
def test_a_malformed_header_is_an_error(old: str, new: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        parse_query("broken", TEXT.replace(old, new))


def test_an_unknown_name_is_answered_with_the_known_ones() -> None:
    with pytest.raises(UnknownQueryError, match="no query named 'nothing'; there are: "):
        named_query("nothing")


def test_every_named_query_is_found_by_its_name() -> None:
    for query in named_queries():
        assert named_query(query.name) == query


@pytest.mark.parametrize("query", named_queries(), ids=lambda query: query.name)
def test_every_named_query_is_told_in_vietnamese(query: NamedQuery) -> None:
    assert query.summary_vi
    assert query.description_vi
    assert all(parameter.description_vi for parameter in query.parameters)
