"""What passes the guard and what does not, and that what passes reaches nobody."""

import contextlib
import http.server
import random
import threading
from collections.abc import Iterator

import pyoxigraph as ox
import pytest

from graph.engine.guard import check_format, examine
from graph.engine.limits import Limits
from graph.errors import FormatError, QueryError, QuerySyntaxError, RefusedQueryError
from graph.store import PREFIXES

LIMITS = Limits()
TRIPLES = " . ".join(f"?s{i} ?p{i} ?o{i}" for i in range(64))


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("SELECT * { ?s ?p ?o }", "SELECT"),
        ("select*{?s?p?o}", "SELECT"),
        ("# a comment\nASK { }", "ASK"),
        ("CONSTRUCT WHERE { ?s ?p ?o }", "CONSTRUCT"),
        ("DESCRIBE <http://e/>", "DESCRIBE"),
        ("BASE <http://e/> PREFIX e: <x#> VERSION '1.2' ASK { e:a ?p <b> }", "ASK"),
        # The usual prefixes are known, and the empty one can be declared.
        ("PREFIX : <http://e/> SELECT ?t { ?t a cancu:Task ; :p xsd:date }", "SELECT"),
        # The words of an update or a call are harmless where they are no words of the grammar.
        ('SELECT * { ?s ?p "SERVICE <http://e/> { }" }', "SELECT"),
        ("SELECT * { ?s ?p '''INSERT\n'' DATA''' }", "SELECT"),
        ('SELECT * { ?s ?p """a "LOAD" b""" }', "SELECT"),
        ("SELECT * { ?s ?p ?o } # SERVICE <http://e/> {}", "SELECT"),
        ("SELECT * { ?s ?p ?o #\r}", "SELECT"),
        ("SELECT * { ?s <http://e/SERVICE> <http://e/DROP#LOAD> }", "SELECT"),
        ("SELECT ?service ?LOAD { ?service ?LOAD $insert }", "SELECT"),
        (
            "PREFIX e: <http://e/> SELECT * { ?s e:service e:load.service }",
            "SELECT",
        ),
        ("PREFIX service: <http://e/> SELECT * { ?s service:a service:b }", "SELECT"),
        ('SELECT * { ?s ?p "x"@service }', "SELECT"),
        ("SELECT * { ?s ?p _:service }", "SELECT"),
        (r'SELECT * { ?s ?p "\u0022 SERVICE <http://e/> {} \\" }', "SELECT"),
        (r"SELECT * { ?s <http://e/\u0041> ?o }", "SELECT"),
        # "<" compares or begins an IRI.
        ("SELECT * { ?s ?p ?o FILTER(?o<5)FILTER(?o>3) }", "SELECT"),
        ("SELECT * { ?s ?p ?o FILTER(?a<?b&&?c>?d) }", "SELECT"),
        ("SELECT * { ?s ?p ?o FILTER(?a<<http://e/a>) }", "SELECT"),
        ("SELECT (?a<?b AS ?c) (?d>?e AS ?f) { ?s ?p ?o }", "SELECT"),
        ("SELECT * { ?s <http://e/p> (<http://e/a> <http://e/b>) }", "SELECT"),
        ("SELECT * { VALUES (?a ?b) { (1 <http://e/a>) (UNDEF <http://e/b>) } }", "SELECT"),
        ("SELECT * { ?s (<http://e/a>|<http://e/b>)/^<http://e/c>* ?o }", "SELECT"),
        ("SELECT * { FILTER(<http://e/f>(?a, <http://e/b>)) }", "SELECT"),
        ("SELECT * { FILTER(?x = <<( ?s <http://e/p> ?o )>>) }", "SELECT"),
        ("SELECT * { ?s ?p ?o ~ ?r {| <http://e/a> 1 |} }", "SELECT"),
        # Graphs may be named: nothing is fetched.
        ("SELECT * FROM <http://e/> FROM NAMED <http://e/b> { ?s ?p ?o }", "SELECT"),
        ("SELECT * { GRAPH ?g { ?s ?p ?o } }", "SELECT"),
        # A subquery around GRAPH, one that has nothing to do with it, and one that selects it.
        ("SELECT * { { SELECT ?n { GRAPH ?g { ?s ?p ?n } } } }", "SELECT"),
        ("SELECT * { GRAPH ?g { ?s ?p ?o } { SELECT ?n { ?s ?p ?n } } }", "SELECT"),
        ("SELECT * { GRAPH <http://e/g> { SELECT ?n { ?s ?p ?n } } }", "SELECT"),
        ("SELECT * { GRAPH ?g { GRAPH <http://e/g> { SELECT ?n { ?s ?p ?n } } } }", "SELECT"),
        ("SELECT * { GRAPH ?g { SELECT DISTINCT ?g ?s WHERE { ?s ?p ?o } } }", "SELECT"),
        (
            "SELECT * { GRAPH ?g { { SELECT (MIN(?o) AS ?m) ?g { ?s ?p ?o } GROUP BY ?g } } }",
            "SELECT",
        ),
        # A search is answered here.
        ("PREFIX f: <https://w3id.org/cancu/function/> ASK { SERVICE f:search {} }", "ASK"),
        (
            "SELECT * { SERVICE SILENT <https://w3id.org/cancu/function/search> { } }",
            "SELECT",
        ),
        ("SELECT * { SERVICE <https://w3id.org/cancu/function/search> { } }", "SELECT"),
        # As deep and wide as it may be.
        ("ASK " + "{" * 200 + "}" * 200, "ASK"),
        ("SELECT (" + "!" * 200 + "?a AS ?x) {}", "SELECT"),
        ("SELECT (" + "+".join("1" * 500) + " AS ?x) {}", "SELECT"),
        (f"SELECT * {{ {TRIPLES} . }}", "SELECT"),
        (f"SELECT * {{ {{ {TRIPLES} }} {{ {TRIPLES} }} }}", "SELECT"),
        ("SELECT * { ?s " + "/".join(["<http://e/p>"] * 32) + " ?o }", "SELECT"),
        ("SELECT * { VALUES ?x { " + "1 " * 20_000 + "} }", "SELECT"),
        ("SELECT * { FILTER(?x IN (" + ",".join("1" * 5_000) + ")) }", "SELECT"),
    ],
)
def test_passing(text: str, form: str) -> None:
    examined = examine(text, LIMITS)

    assert examined.form == form
    assert examined.has_dataset == ("FROM" in text)
    assert examined.searches == ("function/" in text)


@pytest.mark.parametrize(
    ("text", "rule", "column"),
    [
        # Nobody else is asked, however it is written.
        ("SELECT * { SERVICE <http://e/> { } }", "service", 12),
        ("SELECT * { service SILENT <http://e/> { } }", "service", 12),
        ("SELECT * { SERVICE ?x { } }", "service", 12),
        ("SELECT * { FILTER(1)SERVICE<http://e/>{} }", "service", 21),
        ("SELECT * { ?s ?p 1SERVICE<http://e/>{} }", "service", 19),
        ("PREFIX cancuf: <http://e/> ASK { SERVICE cancuf:search { } }", "service", 34),
        ("ASK { SERVICE <https://w3id.org/cancu/function/searches> { } }", "service", 7),
        (r"ASK { SERVICE <https://w3id.org/cancu/function/\u0073earch> { } }", "service", 7),
        ("ASK { SERVICE cancu:search }", "service", 7),
        # One name to the grammar, SERVICE and a name to the engine.
        ("PREFIX service: <http://e/> PREFIX : <http://f/> ASK { service:x {} }", "service", 56),
        ("PREFIX SERVICEe: <http://e/> PREFIX e: <http://f/> ASK { SERVICEe:x {} }", "service", 58),
        ("PREFIX e: <http://e/> ASK { ?s ?p e:a.b.SERVICE<http://f/>{} }", "service", 35),
        ("PREFIX e: <http://e/> ASK { ?s ?p e:a.b.SERVICE?x{} }", "service", 35),
        ("PREFIX e: <http://e/> ASK { ?s ?p e:a.b.SERVICE:x{} }", "service", 35),
        ("ASK { ?s ?p _:a.b.SERVICE SILENT <http://f/>{} }", "service", 13),
        # No IRI, but a comparison, a call and a comment.
        ("ASK { FILTER(?a<?b)SERVICE#>\n<http://e/>{} }", "service", 20),
        ("ASK { ?s ?p ?o . <a)SERVICE#>\n<http://e/>{} }", "service", 18),
        # Updates.
        ("INSERT DATA { <a> <b> <c> }", "update", 1),
        ("PREFIX e: <http://e/> DELETE WHERE { ?s ?p ?o }", "update", 23),
        ("load <http://e/>", "update", 1),
        ("WITH <http://e/> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }", "update", 1),
        ("CLEAR ALL", "update", 1),
        ("DROP GRAPH <http://e/>", "update", 1),
        ("ASK {} ; DROP ALL", "update", 10),
        # The engine would lose ?g, and count over all graphs together.
        ("SELECT * { GRAPH ?g { SELECT ?s { ?s ?p ?o } } }", "graph", 23),
        ("SELECT * { GRAPH $g { { SELECT (COUNT(?g) AS ?n) { ?s ?p ?o } } } }", "graph", 25),
        ("SELECT * { graph ?g { ?s ?p ?o OPTIONAL { select * { ?s ?p ?o } } } }", "graph", 43),
        ("ASK { GRAPH ?g { SELECT ?g { ?s ?p ?o { SELECT ?s { ?s ?p ?g } } } } }", "graph", 41),
        ("ASK { GRAPH ?h { GRAPH ?g { SELECT ?h { ?s ?p ?o } } } }", "graph", 29),
        # Too deep for the stack.
        ("ASK " + "{" * 201 + "}" * 201, "depth", 205),
        ("SELECT (" + "(" * 10_000 + ")" * 10_000, "depth", 208),
        ("ASK { ?s ?p " + "[ ?p " * 201 + "]" * 201 + "}", "patterns", None),
        ("ASK { " + "FILTER EXISTS { " * 300 + "} " * 300 + "}", "depth", None),
        ("SELECT (" + "!" * 20_000 + "?a AS ?x) {}", "depth", 209),
        ("SELECT (" + "- " * 20_000 + "?a AS ?x) {}", "depth", 409),
        # Too wide for the planner or the stack.
        ("SELECT (" + "+".join("1" * 502) + " AS ?x) {}", "operators", None),
        ("ASK {" + " UNION ".join(["{}"] * 400) + "}", "operators", None),
        ("ASK {" + "OPTIONAL {}" * 300 + "}", "operators", None),
        ("ASK {" + "FILTER(1)" * 501 + "}", "operators", None),
        ("SELECT *" + " FROM <http://e/>" * 501 + "{}", "operators", None),
        (f"SELECT * {{ {TRIPLES} . ?s ?p ?o }}", "patterns", None),
        ("ASK { ?s ?p " + ",".join("1" * 65) + " }", "patterns", None),
        ("ASK { ?s ?p " + ";?p ".join("1" * 65) + " }", "patterns", None),
        ("SELECT * { ?s " + "/".join(["<http://e/p>"] * 33) + " ?o }", "path", None),
        (
            "SELECT * { ?s " + "(<http://e/p>/" * 33 + "<http://e/p>" + ")" * 33 + " ?o }",
            "path",
            None,
        ),
        # Too long to be read.
        ("SELECT * { VALUES ?x { " + "1 " * 50_000 + "} }", "length", None),
        ("ASK {} #" + "x" * 1024 * 1024, "length", None),
        ("ASK {} #" + "ế" * 400 * 1024, "length", None),
    ],
)
def test_refused(text: str, rule: str, column: int | None) -> None:
    with pytest.raises(RefusedQueryError) as caught:
        examine(text, LIMITS)

    assert caught.value.rule == rule
    if column is not None:
        assert (caught.value.line, caught.value.column) == (1, column)


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("", None, None),
        ("# nothing", None, None),
        ("PREFIX e: <http://e/>", None, None),
        ("FIND ?s", 1, 1),
        ("PREFIX e <http://e/> ASK {}", 1, 1),
        ("PREFIX e:a <http://e/> ASK {}", 1, 1),
        ("ASK {\n ?s e:p 1 }", 2, 5),
        ("ASK { ?s ?p 'a }", 1, 13),
        ('ASK { ?s ?p """a"" }', 1, 13),
        ("ASK { ?s ?p 'a\n' }", 1, 13),
        (r"ASK { ?s ?p 'a\q' }", 1, 13),
        (r"ASK { ?s ?p '\u00' }", 1, 13),
        # Escapes are known in strings and IRIs only: this is no SERVICE, and no query.
        (r"ASK { \u0053ERVICE <http://e/> {} }", 1, 7),
        # The engine would read two words.
        ("ASK { ?s ?p trueSERVICE <http://e/> {} }", 1, 13),
        ("ASK { SERVICESILENT<http://e/>{} }", 1, 7),
        ("ASK { LIMIT1 }", 1, 7),
        ("ASK { \x00 }", 1, 7),
        ("ASK { \u00a0 }", 1, 7),
        ("ASK { 'a\ud800' }", 1, 9),
        ("\ufeffASK {}", 1, 1),
    ],
)
def test_no_query(text: str, line: int | None, column: int | None) -> None:
    with pytest.raises(QuerySyntaxError) as caught:
        examine(text, LIMITS)

    assert (caught.value.line, caught.value.column) == (line, column)


@pytest.mark.parametrize(
    ("text", "written_as", "is_right"),
    [
        ("SELECT * {}", "json", True),
        ("ASK {}", "tsv", True),
        ("DESCRIBE <http://e/>", "rdf", True),
        ("SELECT * {}", "ttl", False),
        ("CONSTRUCT WHERE {}", "csv", False),
        ("SELECT * {}", "html", False),
    ],
)
def test_check_format(text: str, written_as: str, is_right: bool) -> None:
    form = examine(text, LIMITS).form

    if is_right:
        check_format(form, written_as)
    else:
        with pytest.raises(FormatError, match=form):
            check_format(form, written_as)


class _Visited(http.server.BaseHTTPRequestHandler):
    visits = 0

    def handle(self) -> None:
        type(self).visits += 1


@pytest.fixture(scope="module")
def listener() -> Iterator[str]:
    """Return the address of a server that counts who comes by."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Visited)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    thread.join()
    server.server_close()


def test_the_engine_does_call_services(listener: str) -> None:
    # Otherwise the next test would prove nothing.
    before = _Visited.visits

    with pytest.raises((OSError, RuntimeError)):
        _run(ox.Store(), f"SELECT * {{ SERVICE <{listener}> {{ ?s ?p ?o }} }}")

    assert _Visited.visits > before


# Pieces that hide a call from a reader of words, when they are put together.
PIECES = """
    SERVICE service SERVICE¤SILENT SERVICE:x e:a e:a.b.SERVICE :x SERVICEe:a <LISTENER> ?s
    <?b) < > # #>¶ ¶ {} {¤?s¤?p¤?o¤} { } ( ) FILTER(?a<?b) FILTER(1 ' " ''' "" \\u0022 true 1 1.
    . ; ¤ ¤ _:a.b. @en @en- ^^ BIND( VALUES¤?x¤{ a || ?s¤?p¤1¤. ?s¤?p
"""


def test_what_passes_calls_nobody(listener: str) -> None:
    # Whatever the guard lets pass is given to the engine itself, without any other protection.
    pieces = PIECES.replace("LISTENER", listener).split()
    pieces = [piece.replace("¤", " ").replace("¶", "\n") for piece in pieces]
    declared = "".join(f"PREFIX {name}: <{listener}> " for name in ("", "e", "SERVICEe"))
    store = ox.Store()
    chance = random.Random(11)  # noqa: S311
    before = _Visited.visits
    passed = 0
    for _ in range(8_000):
        text = f"{declared}ASK {{ {''.join(chance.choices(pieces, k=chance.randint(2, 9)))} }}"
        with contextlib.suppress(QueryError, SyntaxError, OSError, RuntimeError, ValueError):
            examine(text, LIMITS)
            passed += 1
            _run(store, text)

    assert passed > 100
    assert _Visited.visits == before


def test_named_graphs_are_not_fetched(listener: str) -> None:
    before = _Visited.visits
    dataset = f"FROM <{listener}> FROM NAMED <{listener}b>"
    text = f"SELECT * {dataset} {{ ?s ?p ?o GRAPH ?g {{ ?s ?p ?o }} }}"

    examine(text, LIMITS)

    assert _run(ox.Store(), text) == []
    assert _Visited.visits == before


def _run(store: ox.Store, text: str) -> list[ox.QuerySolution]:
    answer = store.query(text, prefixes=PREFIXES)
    return list(answer) if isinstance(answer, ox.QuerySolutions) else []
