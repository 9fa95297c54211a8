"""Requests that are meant to hurt, for the tests and for the bench that measures what they take."""

import gzip
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from graphql import get_introspection_query

from tests.api.graphql.test_limits import TOO_MUCH

LARGE = 30_000_000
_LONGEST = 99_000  # characters: just what a document may have
_JSON = {"content-type": "application/json"}


@dataclass(frozen=True, slots=True)
class Attack:
    """One request.

    Attributes:
        name: for people.
        body: as it is sent.
        headers: beside those of any JSON.
    """

    name: str
    body: bytes
    headers: Mapping[str, str] = field(default_factory=lambda: _JSON)

    def varied(self, number: int) -> bytes:
        """Return the body with a comment in its document, so that no earlier answer fits."""
        return self.body.replace(b'{"query": "', b'{"query": "#%d\\n' % number, 1)


def attacks() -> Iterator[Attack]:
    """Yield all attacks; each must be refused."""
    for number, (limit, query, _) in enumerate(TOO_MUCH):
        yield _asking(f"{limit} {number}", query)
    for group in (_for_the_lexer, _for_the_parser, _for_validation, _for_fragments):
        for name, query in group():
            yield _asking(name, query)
    yield from _for_variables()
    yield from _for_http()


def schema_attacks() -> Iterator[Attack]:
    """Yield questions about the schema: the usual one, which is answered, and too much of it."""
    usual = get_introspection_query()
    yield _asking("introspection", usual)
    _, _, rest = usual.partition("__schema")
    schema, _, fragments = rest.partition("fragment FullType")
    several = " ".join(f"a{n}: __schema{schema.rstrip()[:-1]}" for n in range(8))
    yield _asking("introspection 8 times", f"{{ {several} }} fragment FullType{fragments}")
    deep = "types { fields { args { name } type { fields { name args { name } } } } }"
    several = " ".join(f"a{n}: __schema {{ {deep} }}" for n in range(10))
    yield _asking("introspection of fields of fields", f"{{ {several} }}")
    wide = " ".join(f"a{n}: name" for n in range(99))
    yield _asking(
        "introspection under names", f"{{ __schema {{ types {{ fields {{ {wide} }} }} }} }}"
    )


def _asking(name: str, query: str, variables: object = None) -> Attack:
    body: dict[str, Any] = {"query": query}
    return Attack(
        name, json.dumps(body if variables is None else body | {"variables": variables}).encode()
    )


def _for_the_lexer() -> Iterator[tuple[str, str]]:
    yield "nested braces", "{ a " * 20_000
    yield "nested lists in a value", "{ tasks(filter: " + "[" * 40_000 + ") }"
    yield "open strings", '{ a(b: "' * 10_000
    yield "open block strings", '"""' * 20_001
    yield "escapes", '{ a(b: "' + "\\" * 50_001
    yield "escapes of Unicode", '{ a(b: "' + "\\u0041" * (_LONGEST // 6) + '") }'
    yield "comments", "#\n" * 45_000
    yield "huge number in the query", "{ tasks(first: " + "9" * _LONGEST + ") { totalCount } }"
    yield "huge fraction", "{ tasks(first: 1." + "9" * _LONGEST + ") { totalCount } }"
    yield "long name", "{ " + "a" * _LONGEST + " }"
    yield "lines of a block string", '{ a(b: """' + "a\n" * (_LONGEST // 2) + '""") }'


def _for_the_parser() -> Iterator[tuple[str, str]]:
    yield (
        "many variables",
        "query(" + " ".join(f"$v{n}: Int" for n in range(1_200)) + ") { __typename }",
    )
    yield (
        "just so many variables",
        "query(" + " ".join(f"$v{n}: Int" for n in range(1_000)) + ") { __typename }",
    )
    yield "many operations", " ".join(f"query q{n} {{ __typename }}" for n in range(990))
    yield "long list", "{ tasks(filter: {document: [" + '"a" ' * 4_900 + "]}) { totalCount } }"
    yield "directives", "{ __typename" + " @skip(if: false)" * 1_000 + " }"


def _for_validation() -> Iterator[tuple[str, str]]:
    yield "many errors", "{" + " ".join(f"x{n}" for n in range(2_000)) + "}"
    yield (
        "errors behind just so many lines",
        "{" + "\n" * 9_990 + " ".join(f"x{n}" for n in range(25)) + "}",
    )
    yield (
        "errors behind many lines",
        "{" + "\n" * 98_000 + " ".join(f"x{n}" for n in range(25)) + "}",
    )
    yield (
        "names that are like others",
        "{" + " ".join(f"basisStatementFacets{n}" for n in range(25)) + "}",
    )
    yield (
        "unknown arguments",
        "{ tasks(" + " ".join(f"firs{n}: 1" for n in range(1_600)) + ") { totalCount } }",
    )
    yield "an argument just so often", "{ tasks(" + "first: 1 " * 1_000 + ") { totalCount } }"
    yield "an argument again and again", "{ tasks(" + "first: 1 " * 1_600 + ") { totalCount } }"
    yield (
        "just so many unknown fields of an input",
        "{ tasks(filter: {"
        + " ".join(f"hasLea{n}: true" for n in range(995))
        + "}) { totalCount } }",
    )
    yield (
        "unknown fields of an input",
        "{ tasks(filter: {"
        + " ".join(f"hasLea{n}: true" for n in range(1_600))
        + "}) { totalCount } }",
    )
    yield (
        "a field of an input again and again",
        "{ tasks(filter: {" + "hasLead: true " * 1_600 + "}) { totalCount } }",
    )
    yield (
        "objects in place of texts",
        "{ tasks(filter: {document: [" + "{a: 1} " * 900 + "]}) { totalCount } }",
    )
    yield (
        "unknown codes",
        "{ taskFacets(by: [" + " ".join(f"PROVINC{n}" for n in range(2_000)) + "]) { name } }",
    )
    yield (
        "wide pairs",
        "{ tasks { nodes { "
        + "section { parent { ... on Section { id title } } } " * 150
        + "} } }",
    )


def _for_fragments() -> Iterator[tuple[str, str]]:
    loop = ((x, y) for x, y in ("ab", "bc", "ca"))
    yield (
        "circular fragments",
        "{ ...a } " + " ".join(f"fragment {x} on Query {{ ...{y} }}" for x, y in loop),
    )
    yield "many types unknown", " ".join(f"fragment f{n} on T{n} {{ a }}" for n in range(600))
    yield (
        "just so many fragments",
        "{ __typename }"
        + " ".join(f"fragment f{n} on Query {{ a b c d e f }}" for n in range(249)),
    )
    yield (
        "fragments that nobody spreads",
        "{ __typename }" + " ".join(f"fragment f{n} on Query {{ __typename }}" for n in range(700)),
    )
    chain = " ".join(f"fragment f{n} on Query {{ ...f{n + 1} }}" for n in range(600))
    yield "a chain of fragments", f"{{ ...f0 }} {chain} fragment f600 on Query {{ __typename }}"
    yield "a loop of 600 fragments", f"{{ ...f0 }} {chain} fragment f600 on Query {{ ...f0 }}"
    deep = "... { " * 90
    nested = " ".join(
        f"fragment f{n} on Query {{ {deep} ...f{n + 1} {'}' * 90} }}" for n in range(40)
    )
    yield (
        "a chain of deep fragments",
        f"{{ ...f0 }} {nested} fragment f40 on Query {{ __typename }}",
    )


def _for_variables() -> Iterator[Attack]:
    nodes, tasks = (
        "query($i: [ID!]!) { nodes(ids: $i) { id } }",
        "query($f: TaskFilter) { tasks(filter: $f) { totalCount } }",
    )
    yield _asking("a long list in variables", nodes, {"i": ["a"] * 190_000})
    yield _asking("a long list of objects in variables", nodes, {"i": [{}] * 190_000})
    yield _asking("many roles in variables", tasks, {"f": {"agency": [{"agency": ["a"]}] * 45_000}})
    yield _asking(
        "many unknown fields in variables", tasks, {"f": {f"hasLea{n}": 1 for n in range(6_000)}}
    )
    yield _asking("a long text in variables", tasks, {"f": {"text": "a" * 900_000}})
    huge = (
        b'{"query": "query($n: Int) { tasks(first: $n) { totalCount } }","variables":{"n":'
        + b"9" * 4_000
    )
    yield Attack("huge number", huge + b"}}")
    yield Attack(
        "nested variables",
        b'{"query": "{ __typename }","variables":' + b'{"a":' * 900 + b"1" + b"}" * 901,
    )


def _for_http() -> Iterator[Attack]:
    yield Attack("30 MB", b'{"query": "{ __typename }","x":"' + b"a" * LARGE + b'"}')
    yield Attack("nested JSON", b"[" * 100_000)
    yield Attack("invalid UTF-8", b'{"query": "\xc3\x28\xff"}')
    yield Attack("many keys", b"{" + b",".join(b'"%d":1' % n for n in range(90_000)) + b"}")
    yield Attack("gzip bomb", gzip.compress(b"0" * LARGE), {**_JSON, "content-encoding": "gzip"})
    yield Attack("zstd", b"\x28\xb5\x2f\xfd", {**_JSON, "content-encoding": "zstd"})
    yield Attack("1,000 operations", json.dumps([{"query": "{ __typename }"}] * 1_000).encode())
