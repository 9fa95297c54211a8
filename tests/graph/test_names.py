import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import TermError
from graph.names import PREFIXES, parse_term, short
from graph.terms import node
from ontology.terms import BASE, CANCU, PPLAN, RDF_TYPE, XSD


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("cancu:Task", node(CANCU.Task)),
        ("p-plan:Step", node(PPLAN.Step)),
        ("a", node(RDF_TYPE)),
        (f"<{CANCU.Task}>", node(CANCU.Task)),
        (CANCU.Task, node(CANCU.Task)),
        # Our own resources may be named by their path.
        ("<eli/vn/cp/nq/2025/3>", node(f"{BASE}eli/vn/cp/nq/2025/3")),
        ("<urn:isbn:1>", node("urn:isbn:1")),
        ('"44/KH-UBND"', ox.Literal("44/KH-UBND")),
        ('"chủ trì"@vi', ox.Literal("chủ trì", language="vi")),
        ('"2025"^^xsd:gYear', ox.Literal("2025", datatype=node(f"{XSD}gYear"))),
        (f'"12"^^<{XSD}integer>', ox.Literal(12)),
        (r'"a \"word\" and\nanother"', ox.Literal('a "word" and\nanother')),
        # Words that can be nothing else need no quotes.
        ("44/KH-UBND", ox.Literal("44/KH-UBND")),
        ("Kế hoạch: chuyển đổi số", ox.Literal("Kế hoạch: chuyển đổi số")),
        ("", ox.Literal("")),
    ],
)
def test_parse_term(text: str, term: ox.NamedNode | ox.Literal) -> None:
    assert parse_term(text) == term


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("canc:Task", "canc:Task: the prefix canc: is not known"),
        ("<a b>", "IRI"),
        ('"1"^^"2"', "no datatype"),
    ],
)
def test_what_cannot_be_read_is_named(text: str, message: str) -> None:
    with pytest.raises(TermError, match=message):
        parse_term(text)


@pytest.mark.parametrize(
    ("term", "words"),
    [
        (node(CANCU.Task), "cancu:Task"),
        (node(f"{BASE}place/hue"), "<place/hue>"),
        # A local name with a slash would be no prefixed name in Turtle.
        (node(f"{CANCU.NS}a/b"), "<ns#a/b>"),
        (ox.Literal(12), '"12"^^xsd:integer'),
        (ox.Literal("chủ trì", language="vi"), '"chủ trì"@vi'),
    ],
)
def test_short(term: ox.NamedNode | ox.Literal, words: str) -> None:
    assert short(term) == words


literals = st.one_of(
    st.builds(ox.Literal, st.text()),
    st.builds(lambda words: ox.Literal(words, language="vi"), st.text()),
    st.builds(ox.Literal, st.integers()),
)
local = st.from_regex(r"[A-Za-z][A-Za-z0-9_]{0,9}", fullmatch=True)
names = st.builds(lambda ns, name: node(ns + name), st.sampled_from([*PREFIXES.values()]), local)


@given(st.one_of(literals, names))
def test_what_is_shown_can_be_read_back(term: ox.NamedNode | ox.Literal) -> None:
    assert parse_term(short(term)) == term
