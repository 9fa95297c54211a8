"""What is known of one query is told of another only where both are cut alike."""

import contextlib
import random

import pytest

from graph.engine import guard
from graph.engine.guard import examine
from graph.engine.limits import Limits
from graph.engine.tokens import shape, shape_of, tokenize
from graph.errors import QueryError, RefusedQueryError

LIMITS = Limits()


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        # IRIs, strings and numbers may differ, blanks and comments too.
        ("ASK { <http://e/a> ?p 1 }", "ASK{ # no\n<http://e/b> ?p 22.5e3 }", True),
        ("ASK { ?s ?p 'it' }", 'ASK { ?s ?p """a "<b>" # c""" }', True),
        # Words, names, variables and signs may not, nor may a string stand for a number.
        ("ASK { ?s ?p 'it' }", "ASK { ?s ?q 'it' }", False),
        ("ASK { ?s a:b 1 }", "ASK { ?s a:c 1 }", False),
        ("ASK { ?s ?p 1 }", "ASK { ?s ?p '1' }", False),
        ("ASK { ?s ?p 1 }", "SELECT { ?s ?p 1 }", False),
        ("ASK { ?s ?p 'it'@en }", "ASK { ?s ?p 'it'@de }", False),
        # What is in quotes does not end there.
        ("ASK { ?s ?p 'a' }", "ASK { ?s ?p 'a\\' } #' }", True),
    ],
)
def test_shape(one: str, other: str, is_same: bool) -> None:
    assert (shape(one) == shape(other)) is is_same


def test_what_is_no_token_has_no_shape() -> None:
    assert shape("ASK { ` }") is None
    assert shape("` ASK {}") is None
    assert shape("ASK {} `") is None


def test_a_comparison_is_never_known_by_its_shape() -> None:
    # Behind ?a the "<" compares, and what follows is no IRI but words that are not SPARQL's.
    known = "SELECT * { ?s ?p <http://e/x> FILTER(?a<?b) }"
    assert examine(known, LIMITS).form == "SELECT"

    with pytest.raises(QueryError):
        examine("SELECT * { ?s ?p ?a FILTER(?a<?b)WORD#> }", LIMITS)
    with pytest.raises(QueryError):
        examine("SELECT * { ?s ?p ?a FILTER(?a<?c)OTHER#> }", LIMITS)


def test_a_service_is_seen_behind_a_known_shape() -> None:
    known = "PREFIX e: <http://e/> ASK { e:a ?p <http://e/b> }"
    assert examine(known, LIMITS).searches is False

    with pytest.raises(RefusedQueryError, match="SERVICE"):
        examine("PREFIX e: <http://e/> ASK { SERVICE <http://e/b> {} }", LIMITS)
    assert examine(known.replace("/b", "/service"), LIMITS).searches is False


def test_other_limits_are_not_those_of_a_known_shape() -> None:
    examine("ASK { { { <http://e/a> ?p ?o } } }", LIMITS)

    with pytest.raises(RefusedQueryError, match="brackets"):
        examine("ASK { { { <http://e/b> ?p ?o } } }", Limits(depth=2))


PIECES = """
    ?a ?b<?c <a> <b> <?x) <= <a=> << <<( ( ) { } [ ] FILTER( BIND( IF( VALUES GRAPH SELECT ORDER¤BY
    ex:a : , . ; || && = ! + - * / ^ | 'a' "b<c>d" 1 .5 true @en _:x #<a>¶ ¤ ¤ IN( a AS ?z
"""


def test_queries_of_one_shape_are_told_alike() -> None:
    pieces = [piece.replace("¤", " ").replace("¶", "\n") for piece in PIECES.split()]
    chance = random.Random(7)  # noqa: S311
    alike = 0
    for _ in range(20_000):
        one = "".join(chance.choices(pieces, k=chance.randint(2, 12)))
        other = one.replace("<a>", "<http://e/long#er>").replace("'a'", '"1 < 2"')
        other = other.replace("1", "200.75")
        with contextlib.suppress(QueryError):
            tokens = tokenize(one)
            if shape_of(tokens) != shape(one) or shape(one) != shape(other):
                continue
            alike += 1
            others = tokenize(other)
            assert [token.kind for token in others] == [token.kind for token in tokens]
            assert shape_of(others) == shape_of(tokens)
    assert alike > 1000


def test_shapes_are_bounded() -> None:
    for number in range(3000):
        examine(f"ASK {{ ?s ?p{number} <http://e/> }}", LIMITS)

    assert len(guard._shapes) <= 1024
