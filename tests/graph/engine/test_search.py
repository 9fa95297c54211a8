"""The search of texts inside SPARQL."""

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from graph.engine.asking import Question
from graph.engine.search import Searches
from graph.errors import QuerySyntaxError, RefusedQueryError
from graph.index.texts import FOLDER, TextQuery, Texts
from graph.releases import Folder
from graph.store import PREFIXES, Store
from ontology.terms import CANCU, SKOS
from tests.conftest import ROOT
from tests.graph.engine.conftest import Ask

Row = dict[str, dict[str, str]]
DOCS = (ROOT / "docs" / "search.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def store(corpus_store: Path) -> Store:
    return Store(corpus_store)


@pytest.fixture(scope="module")
def release(corpus_store: Path) -> Path:
    folder = Folder(corpus_store)
    return folder.release(folder.published().id)


@pytest.fixture(scope="module")
def texts(release: Path) -> Texts:
    return Texts(release)


def rows(store: Store, sparql: str, **bound: tuple[str, str]) -> list[Row]:
    answer: dict[str, Any] = json.loads(store.query(sparql, "json", bound))
    found: list[Row] = answer["results"]["bindings"]
    return found


def test_hits_are_those_of_the_index(store: Store, texts: Texts) -> None:
    found = rows(
        store,
        """SELECT * { SERVICE cancuf:search {
             ?hit cancuf:query "tỉnh ủy" ; cancuf:limit 50 ; cancuf:score ?score ;
               cancuf:text ?text ; cancuf:property ?property ; cancuf:graph ?graph ;
               cancuf:rank ?rank ; cancuf:total ?total .
           } } ORDER BY ?rank""",
    )

    hits = texts.find(TextQuery("tỉnh ủy", limit=50))
    assert [
        (row["hit"]["value"], row["property"]["value"], row["graph"]["value"],
         row["text"].get("xml:lang"), row["text"]["value"], float(row["score"]["value"]))
        for row in found
    ] == [(h.node, h.predicate, h.graph, h.language, h.text, h.score) for h in hits]  # fmt: skip
    assert [int(row["rank"]["value"]) for row in found] == list(range(1, 51))
    assert {int(row["total"]["value"]) for row in found} == {texts.count(TextQuery("tỉnh ủy"))}


def test_the_worker_answers_as_the_command_line_does(store: Store, ask: Ask) -> None:
    query = """SELECT ?words ?h ?score (STRLEN(cancuf:fold(?text)) AS ?length) {
      SERVICE cancuf:search { ?h cancuf:query ?words ; cancuf:score ?score ; cancuf:text ?text } }
      ORDER BY DESC(?score) ?h"""
    words = {"words": ("string", "đổi mới sáng tạo")}

    answer = ask(Question(query, "csv", bindings=words))

    assert len(answer.splitlines()) == 101
    assert answer == store.query(query, "csv", words)


def test_hits_join_with_the_rest(store: Store) -> None:
    found = rows(
        store,
        """SELECT ?task ?text ?said ?lead {
             SERVICE cancuf:search { ?task cancuf:query "chuyen doi so" ; cancuf:text ?text ;
                                     cancuf:kind cancu:Task ; cancuf:limit 1000 }
             ?task cancu:leadAgency ?lead ; cancu:text ?said }""",
    )

    assert found
    # The text of a hit is the literal itself, so that it can be joined and compared.
    assert all(row["text"] == row["said"] for row in found)


GROUPED = """SELECT ?hit ?graph ?text ?property ?least {
  SERVICE cancuf:search { ?hit cancuf:query "tỉnh ủy" ; cancuf:limit 1000 ;
    cancuf:graph ?graph ; cancuf:property ?property ; cancuf:text ?text }"""
CLASS = "GRAPH ?graph { ?hit a ?class }"


@pytest.mark.parametrize(
    "query",
    [
        # The hits joined to a grouped subquery, in front of it and behind, optional, and grouped
        # with it: each hit has the least of the classes that its own graph gives it.
        f"""{GROUPED} {{ SELECT ?hit ?graph (MIN(STR(?class)) AS ?least) {{ {CLASS} }}
          GROUP BY ?hit ?graph }} }}""",
        f"""{GROUPED} OPTIONAL {{ SELECT ?hit ?graph (MIN(STR(?class)) AS ?least) {{ {CLASS} }}
          GROUP BY ?hit ?graph }} }}""",
        f"""{GROUPED.replace("?least", "(MIN(STR(?class)) AS ?least)")} {CLASS} }}
          GROUP BY ?hit ?graph ?text ?property""",
        f"""{GROUPED} GRAPH ?graph {{ SELECT ?hit ?graph (MIN(STR(?class)) AS ?least)
          {{ ?hit a ?class }} GROUP BY ?hit ?graph }} }}""",
    ],
)
def test_hits_join_with_what_is_grouped(store: Store, texts: Texts, query: str) -> None:
    classes: dict[tuple[str, str], list[str]] = {}
    for row in rows(store, "SELECT ?hit ?graph ?class { GRAPH ?graph { ?hit a ?class } }"):
        place = row["hit"]["value"], row["graph"]["value"]
        classes.setdefault(place, []).append(row["class"]["value"])

    found = [tuple(cell["value"] for cell in row.values()) for row in rows(store, query)]

    hits = texts.find(TextQuery("tỉnh ủy", limit=1000))
    assert len(hits) > 100
    assert sorted(found) == sorted(
        (hit.node, hit.graph, hit.text, hit.predicate, min(classes[hit.node, hit.graph]))
        for hit in hits
    )


def test_a_grouped_subquery_inside_a_graph_is_refused(store: Store) -> None:
    # The engine would group over all graphs together, and lose ?graph.
    query = f"""{GROUPED} GRAPH ?graph {{
      SELECT ?hit (MIN(?c) AS ?least) {{ ?hit a ?c }} GROUP BY ?hit }} }}"""

    with pytest.raises(RefusedQueryError, match=r"SELECT \?graph … \{ GRAPH \?graph"):
        rows(store, query)


@pytest.mark.parametrize(
    "block",
    [
        # The whole IRI, a prefix of the asker's own, other letters, SILENT, no dot, a dot, a
        # further semicolon, a comment, a string in long quotes and with escapes, a language.
        '<https://w3id.org/cancu/function/search> { ?h cancuf:query "tỉnh ủy" }',
        'f:search { ?h f:query "tỉnh ủy" . }',
        'SILENT cancuf:search { ?h cancuf:query "tỉnh ủy" ; . }',
        'cancuf:search { # "} \n ?h cancuf:query "tỉnh ủy" }',
        'cancuf:search { ?h cancuf:query """tỉnh ủy""" }',
        "cancuf:search { ?h cancuf:query '''tỉnh ủy'''@vi }",
        'cancuf:search { ?h cancuf:query "t\\u1EC9nh\\t\\u1EE7y" }',
        'cancuf:search { ?h cancuf:query "tỉnh ủy" . ?h cancuf:limit 100 . }',
        'cancuf:search{?h <https://w3id.org/cancu/function/query>"tỉnh ủy"}',
        'cancuf:search { $h cancuf:query "tỉnh ủy" }',
    ],
)
@pytest.mark.parametrize("service", ["SERVICE", "service"])
def test_ways_to_write_it(store: Store, texts: Texts, service: str, block: str) -> None:
    prefix = "PREFIX f: <https://w3id.org/cancu/function/>"

    found = rows(store, f"{prefix} SELECT ?h {{ {service} {block} }}")

    hits = texts.find(TextQuery("tỉnh ủy", limit=100, by_node=True))
    assert [row["h"]["value"] for row in found] == [hit.node for hit in hits]


def test_narrowed_down(store: Store) -> None:
    found = rows(
        store,
        """SELECT DISTINCT ?p ?h { SERVICE cancuf:search {
             ?h cancuf:query "tỉnh ủy" ; cancuf:property skos:prefLabel, skos:altLabel, ?p ;
               cancuf:graph <https://w3id.org/cancu/graph/ref> ; cancuf:limit 5 ; cancuf:offset 2
           } }""",
    )

    assert {row["p"]["value"] for row in found} <= {SKOS.prefLabel, SKOS.altLabel}
    begun = 'SERVICE cancuf:search { ?h cancuf:query "chuyen d" ; cancuf:asTyped true }'
    assert rows(store, f"SELECT ?h {{ {begun} }}")


def test_words_and_the_rest_as_parameters(store: Store) -> None:
    found = rows(
        store,
        """SELECT ?words ?kind ?limit ?task { SERVICE cancuf:search {
             ?task cancuf:query ?words ; cancuf:kind ?kind ; cancuf:limit ?limit } }""",
        words=("string", 'bán dẫn" } DROP'),
        kind=("iri", CANCU.Task),
        limit=("integer", "3"),
    )
    assert found == []
    found = rows(
        store,
        """SELECT ?words (COUNT(*) AS ?n) { SERVICE cancuf:search {
             ?task cancuf:query ?words ; cancuf:kind cancu:Task } } GROUP BY ?words""",
        words=("string", "bán dẫn"),
    )
    assert [row["words"]["value"] for row in found] == ["bán dẫn"]
    assert int(found[0]["n"]["value"]) > 0


def test_several_searches_and_groups(store: Store) -> None:
    both = rows(
        store,
        """SELECT ?task {
             SERVICE cancuf:search { ?task cancuf:query "khoa học" ; cancuf:kind cancu:Task ;
                                     cancuf:limit 1000 }
             { SELECT ?task { SERVICE cancuf:search {
                 ?task cancuf:query "nhân lực" ; cancuf:kind cancu:Task ; cancuf:limit 1000 } } }
             FILTER NOT EXISTS { SERVICE cancuf:search { ?task cancuf:query "quốc tế" } }
           }""",
    )
    one = rows(
        store,
        """SELECT ?task { SERVICE cancuf:search {
             ?task cancuf:query "khoa học nhân lực" ; cancuf:kind cancu:Task ;
               cancuf:limit 1000 } }""",
    )

    assert 0 < len(both) <= len(one)
    assert {row["task"]["value"] for row in both} <= {row["task"]["value"] for row in one}
    assert store.query(
        'ASK { SERVICE cancuf:search { ?h cancuf:query "tỉnh ủy" } }', "csv"
    ).split() == [b"true"]
    assert b"hit" in store.query(
        """CONSTRUCT { ?h a <https://example.org/hit> }
           { SERVICE cancuf:search { ?h cancuf:query "tỉnh ủy" } }""",
        "nt",
    )


def test_no_hits(store: Store) -> None:
    nothing = 'SERVICE cancuf:search { ?h cancuf:query "khôngcótừnày" ; cancuf:score ?s }'

    assert rows(store, f"SELECT * {{ {nothing} }}") == []
    assert len(rows(store, f"SELECT * {{ VALUES ?a {{ 1 2 }} OPTIONAL {{ {nothing} }} }}")) == 2


@pytest.mark.parametrize(
    ("block", "hint"),
    [
        # Misspelt, or none of the search's words. The sign marks the place that is told.
        ('?h ⟦cancuf:qery "x"', "cancuf:query"),
        ('?h ⟦a cancu:Task ; cancuf:query "x"', "cancuf:kind"),
        ('?h ⟦?p "x"', "cancuf:query"),
        ('?h ⟦other:query "x"', "cancuf:query"),
        # What is found is no variable, or two things.
        ('⟦<https://a> cancuf:query "x"', "must be a variable"),
        ('?h cancuf:query "x" . ⟦?i cancuf:limit 1', "a block for each search"),
        # Twice the same.
        ('?h cancuf:query "x", ⟦"y"', "one value only"),
        ('?h cancuf:query "x" ; cancuf:limit 1, ⟦2', "one value only"),
        # Values that are none.
        ("?h cancuf:query ⟦[ ]", "no value"),
        ("?h cancuf:query ⟦", "no value"),
        ("⟦{ ?h ?p ?o }", "must be a variable"),
        ('?h cancuf:query "x" ; cancuf:limit ⟦2.5', "no value"),
    ],
)
def test_not_written_as_a_search(store: Store, block: str, hint: str) -> None:
    query = f"SELECT * {{\n  SERVICE cancuf:search {{ {block}}} }}"

    with pytest.raises(QuerySyntaxError, match=hint) as caught:
        store.query(query.replace("⟦", ""))

    assert caught.value.line == 2
    assert caught.value.column == query.splitlines()[1].index("⟦") + 1


@pytest.mark.parametrize(
    ("block", "hint"),
    [
        ("", "looks for no words"),
        ("?h cancuf:score ?s", "looks for no words"),
        # Words that the rest of the query would have to find.
        ("?h cancuf:query ?words", r"bind \?words"),
        ('?h cancuf:query "x" ; cancuf:kind ?k', r"bind \?k"),
        ('?h cancuf:query "x" ; cancuf:limit ?n', r"bind \?n"),
        # Values of another kind.
        ("?h cancuf:query 5", "of kind string"),
        ('?h cancuf:query "x" ; cancuf:limit "5"', "of kind integer"),
        ('?h cancuf:query "x" ; cancuf:kind "Task"', "of kind iri"),
        ('?h cancuf:query "x" ; cancuf:asTyped 1', "of kind boolean"),
        # Too much.
        ('?h cancuf:query "x" ; cancuf:limit 1000000', "at most 10000"),
        ('?h cancuf:query "x" ; cancuf:limit 99999999999999999999', "at most 10000"),
        ('?h cancuf:query "x" ; cancuf:offset 99999999999999999999', "at most"),
        (f'?h cancuf:query "{"x" * 1_000_000}"', "characters long"),
        (f'?h cancuf:query "{"x " * 100}"', "words"),
        # One variable for two things.
        ('?h cancuf:query "x" ; cancuf:score ?h', "two things"),
        ('?h cancuf:query "x" ; cancuf:score ?s ; cancuf:text ?s', "two things"),
    ],
)
def test_searches_that_are_refused(store: Store, block: str, hint: str) -> None:
    with pytest.raises(RefusedQueryError, match=hint) as caught:
        store.query(f"SELECT * {{\n  SERVICE cancuf:search {{ {block} }} }}")

    assert caught.value.line == 2


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE cancuf:search",
        "SELECT * { SERVICE cancuf:search {",
        'SELECT * { SERVICE cancuf:search { ?h cancuf:query "x"',
        "SELECT * { SERVICE cancuf:search { ?h",
        "SELECT * { SERVICE",
    ],
)
def test_cut_off(store: Store, query: str) -> None:
    with pytest.raises(QuerySyntaxError):
        store.query(query)


def test_too_many_searches(store: Store) -> None:
    block = 'SERVICE cancuf:search { ?h cancuf:query "x" }'

    with pytest.raises(RefusedQueryError, match="8 times"):
        store.query(f"SELECT * {{ {block * 9} }}")


@pytest.mark.parametrize(
    ("query", "place"),
    [
        # Behind a search on one line, and on several: places are those of the text as written.
        ('SELECT * { SERVICE cancuf:search { ?h cancuf:query "tỉnh ủy" } ?h ?p } ', (1, 72)),
        ('SELECT * {\nSERVICE cancuf:search {\n?h cancuf:query "ủy"\n} ?h ?p }', (4, 10)),
    ],
)
def test_places_of_other_errors(store: Store, query: str, place: tuple[int, int]) -> None:
    with pytest.raises(QuerySyntaxError) as caught:
        store.query(query)

    assert (caught.value.line, caught.value.column) == place


def test_texts_go_into_the_query_unbroken(release: Path) -> None:
    searches = Searches(release, PREFIXES)

    for words in ("nghị quyết", "quyet dinh", "a"):
        query = f"""SELECT * {{ SERVICE cancuf:search {{ ?h cancuf:query "{words}" ;
                       cancuf:text ?t ; cancuf:limit 10000 }} }}"""
        rewritten = searches.rewrite(query, {})
        assert "SERVICE" not in rewritten.text
        assert rewritten.text.count("\n") == query.count("\n")


def test_a_query_without_a_search_stays_as_it_is(release: Path) -> None:
    searches = Searches(release, PREFIXES)

    for query in (
        "SELECT * { ?s ?p ?o }",
        'SELECT * { ?s ?p "SERVICE cancuf:search { }" } # SERVICE cancuf:search { }',
        "SELECT * { ?s <https://example.org/SERVICE> ?o }",
        "SELECT * { SERVICE <https://example.org/> { ?s ?p ?o } }",
    ):
        assert searches.rewrite(query, {}).text == query


def test_a_release_without_an_index(release: Path, tmp_path: Path) -> None:
    shutil.copytree(release / FOLDER, tmp_path / FOLDER)
    shutil.rmtree(tmp_path / FOLDER)
    searches = Searches(tmp_path, PREFIXES)

    assert searches.rewrite("ASK { ?s ?p ?o }", {}).text == "ASK { ?s ?p ?o }"
    with pytest.raises(RefusedQueryError, match="load its documents anew"):
        searches.rewrite('ASK { SERVICE cancuf:search { ?h cancuf:query "x" } }', {})


@pytest.mark.parametrize("query", re.findall(r"```sparql\n(.*?)```", DOCS, re.DOTALL))
def test_the_examples_of_the_docs_find_something(store: Store, query: str) -> None:
    bound = {"q": ("string", "tỉnh ủy")} if "?q" in query else {}

    assert rows(store, query, **bound)
