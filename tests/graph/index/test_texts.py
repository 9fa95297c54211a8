import shutil
import unicodedata
from pathlib import Path

import pytest

from graph import iris
from graph.errors import NoIndexError, StoreError
from graph.index.text_writer import UNTOLD
from graph.index.texts import FOLDER, NOTE, TextQuery, Texts
from graph.store import Store
from graph.terms import node, value_of
from ontology.terms import CANCU, OA, RDF_TYPE, SKOS

TASK = (CANCU.Task,)
WORDS = [
    "chuyển đổi số",
    "tỉnh ủy",
    "khoa học và công nghệ",
    "đổi mới sáng tạo",
    "bán dẫn",
    "trí tuệ nhân tạo",
    "Ủy ban nhân dân",
    "đường truyền",
]


def plain(text: str) -> str:
    return iris.plain(text)


@pytest.mark.parametrize("words", WORDS)
def test_a_phrase_finds_every_task_that_has_it(store: Store, texts: Texts, words: str) -> None:
    with_it = {
        value_of(row["task"])
        for row in store.rows(
            f"SELECT ?task ?text {{ ?task a <{CANCU.Task}> ; <{CANCU.text}> ?text }}"
        )
        if f" {plain(words)} " in f" {' '.join(_words(value_of(row['text'])))} "
    }

    query = TextQuery(f'"{plain(words)}"', kinds=TASK, limit=1000)

    assert {hit.node for hit in texts.find(query)} == with_it
    assert texts.count(query) == len(with_it)


def _words(text: str) -> list[str]:
    return "".join(c if c.isalnum() else " " for c in plain(text)).split()


@pytest.mark.parametrize("words", WORDS)
def test_folded_words_find_what_exact_words_find(texts: Texts, words: str) -> None:
    folded = TextQuery(plain(words), limit=5000)
    exact = TextQuery(words.upper(), limit=5000)
    decomposed = TextQuery(unicodedata.normalize("NFD", words), limit=5000)

    found = {(hit.node, hit.predicate, hit.text) for hit in texts.find(folded)}

    assert found
    assert {(hit.node, hit.predicate, hit.text) for hit in texts.find(exact)} == found
    assert {(hit.node, hit.predicate, hit.text) for hit in texts.find(decomposed)} == found
    assert texts.count(exact) == len(found)


def test_diacritics_that_were_typed_come_first(texts: Texts) -> None:
    hits = texts.find(TextQuery("tỉnh ủy", limit=5000))

    as_typed = [_has(hit.text, "tỉnh") and _has(hit.text, "ủy", "uỷ") for hit in hits]
    first_other = as_typed.index(False)
    assert all(as_typed[:first_other])
    assert not any(as_typed[first_other:])
    assert all(hit.score > 0.5 for hit in hits[:first_other])
    assert all(hit.score <= 0.5 for hit in hits[first_other:])


def _has(text: str, *spellings: str) -> bool:
    words = "".join(c if c.isalnum() else " " for c in text.lower()).split()
    return any(spelling in words for spelling in spellings)


def test_the_best_come_first_and_pages_meet(texts: Texts) -> None:
    every = texts.find(TextQuery("khoa học", limit=300))

    assert [hit.score for hit in every] == sorted((hit.score for hit in every), reverse=True)
    pages = [
        texts.find(TextQuery("khoa học", limit=50, offset=start)) for start in range(0, 300, 50)
    ]
    assert [hit for page in pages for hit in page] == every


@pytest.mark.parametrize(
    "typed",
    [
        # Without marks, as a hidden label has them, and with a mark that no label has.
        "uy ban nhan dan tinh ninh binh",
        "uỷ bán nhan dan tinh ninh binh",
    ],
)
def test_hidden_labels_come_last(texts: Texts, typed: str) -> None:
    every = texts.find(TextQuery(typed, limit=5000))

    is_hidden = [hit.predicate == SKOS.hiddenLabel for hit in every]
    assert any(is_hidden)
    assert is_hidden == sorted(is_hidden)
    assert [hit.score for hit in every] == sorted((hit.score for hit in every), reverse=True)
    assert texts.count(TextQuery(typed)) == len(every) > 5
    pages = [texts.find(TextQuery(typed, limit=3, offset=o)) for o in range(0, len(every), 3)]
    assert [hit for page in pages for hit in page] == every
    # Each has a label with marks as well, by which its node is shown.
    shown = texts.find(TextQuery(typed, limit=5000, by_node=True))
    assert {hit.node for hit in shown} == {hit.node for hit in every}
    assert SKOS.hiddenLabel not in {hit.predicate for hit in shown}


def test_a_label_of_just_these_words_is_best(texts: Texts) -> None:
    best = texts.find(TextQuery("Bộ Khoa học và Công nghệ", limit=1))[0]

    assert best.text == "Bộ Khoa học và Công nghệ"


@pytest.mark.parametrize("spelling", ["57-NQ/TW", "57 NQ TW", "57/nq-tw", '"57 nq tw"'])
def test_numbers_in_any_spelling(texts: Texts, spelling: str) -> None:
    found = texts.find(TextQuery(spelling, limit=5000))

    assert "57-NQ/TW" in {hit.text for hit in found}


def test_the_last_word_may_be_begun(texts: Texts) -> None:
    assert not texts.find(TextQuery("tỉnh Ninh Bìn"))
    assert texts.find(TextQuery("tỉnh Ninh Bìn", as_typed=True))
    found = texts.find(TextQuery("sở khoa họ", as_typed=True, by_node=True, limit=5))
    assert "Sở Khoa học và Công nghệ" in {hit.text for hit in found}
    # The diacritics of the begun word count as well.
    assert all(_has(hit.text, "học") for hit in found)
    # So does the last piece of a number.
    assert texts.find(TextQuery("57-NQ/T", as_typed=True))


def test_each_node_once(texts: Texts) -> None:
    hits = texts.find(TextQuery("tỉnh ủy", by_node=True, limit=200))

    nodes = [hit.node for hit in hits]
    assert len(set(nodes)) == len(nodes) == 200
    every = texts.find(TextQuery("tỉnh ủy", limit=5000))
    assert nodes == list(dict.fromkeys(hit.node for hit in every))[:200]
    assert texts.find(TextQuery("tỉnh ủy", by_node=True, limit=20, offset=20)) == hits[20:40]


def test_filters(texts: Texts) -> None:
    # A class stands for those below it: ImplementationPlan is a Document.
    documents = texts.find(
        TextQuery("nghị quyết", kinds=(CANCU.Document,), limit=100, by_node=True)
    )
    assert len(documents) == 5
    labels = (SKOS.prefLabel, SKOS.altLabel)
    found = texts.find(TextQuery("tỉnh ủy", properties=labels, limit=5000))
    assert {hit.predicate for hit in found} == set(labels)
    graph = iris.SHARED_GRAPHS["register"]
    found = texts.find(TextQuery("tỉnh ủy", graphs=(graph,), limit=5000))
    assert {hit.graph for hit in found} == {graph}
    assert not texts.find(TextQuery("tỉnh ủy", kinds=("https://example.org/None",)))


def test_every_text_of_the_graph_is_there_but_those_left_out(store: Store, texts: Texts) -> None:
    of_texts = (
        "SELECT ?p (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } FILTER(isLiteral(?o))"
        " FILTER(DATATYPE(?o) IN (<http://www.w3.org/2001/XMLSchema#string>,"
        " <http://www.w3.org/1999/02/22-rdf-syntax-ns#langString>)) } GROUP BY ?p"
    )
    counts = {value_of(row["p"]): int(value_of(row["n"])) for row in store.rows(of_texts)}

    assert len(texts) == sum(count for p, count in counts.items() if p not in UNTOLD)
    assert {OA.prefix, CANCU.contentKey} <= counts.keys()


def test_a_hit_is_a_statement_of_the_graph(store: Store, texts: Texts) -> None:
    for hit in texts.find(TextQuery("khoa học", limit=50)):
        quads = store.database.quads_for_pattern(
            node(hit.node), node(hit.predicate), None, node(hit.graph)
        )
        said = {(value_of(q.object), getattr(q.object, "language", None)) for q in quads}
        assert (hit.text, hit.language) in said


@pytest.mark.parametrize(
    "typed",
    [
        # Nothing that is typed is wrong, whatever another search engine would make of it.
        "", " ", "*", "?", '"', '""', "a:b", "kind:x", "folded:[a TO b]", "+a -b", "a^9", "a~2",
        "(((", ")))", "AND", "OR NOT", "\\", "a\\", "{a}", "<iri>", "a\x00b", "\ud800".encode(
            "utf-8", "surrogatepass").decode("utf-8", "replace"), "\u202e", "'; DROP TABLE", ".*",
        "(a|b)+", "[a-z]", "%", "/", "//", "a/b/c", "ﬁ", "ß", "İ", "𝐱", "é́́́", "٣", "1.000,5%",
        "a" * 999, "-" * 999, "tỉnh" * 200,
    ],
)  # fmt: skip
@pytest.mark.parametrize("as_typed", [False, True])
def test_hostile_words(texts: Texts, typed: str, as_typed: bool) -> None:
    query = TextQuery(typed, as_typed=as_typed)

    assert len(texts.find(query)) <= min(20, texts.count(query))
    assert len(texts.keys(query)) <= texts.count(query)


def test_a_release_without_an_index(tmp_path: Path) -> None:
    with pytest.raises(NoIndexError, match="load its documents anew"):
        Texts(tmp_path)


@pytest.mark.parametrize(
    "note",
    [
        # An older form, and notes that are none.
        '{"version": 0, "narrower": {}}', "{}", "[]", "", "\x00",
    ],
)  # fmt: skip
def test_an_index_of_another_form(release: Path, tmp_path: Path, note: str) -> None:
    shutil.copytree(release / FOLDER, tmp_path / FOLDER)
    (tmp_path / FOLDER / NOTE).write_text(note)

    with pytest.raises(NoIndexError):
        Texts(tmp_path)


def test_a_broken_index(release: Path, tmp_path: Path) -> None:
    (tmp_path / FOLDER).mkdir()
    shutil.copy(release / FOLDER / NOTE, tmp_path / FOLDER / NOTE)
    (tmp_path / FOLDER / "meta.json").write_text("{")

    with pytest.raises(StoreError):
        Texts(tmp_path)


def test_kinds_of_nodes_are_those_of_the_graph(store: Store, texts: Texts) -> None:
    hit = texts.find(TextQuery("khoa học", kinds=TASK, limit=1))[0]

    rows = store.rows(f"SELECT ?kind {{ <{hit.node}> <{RDF_TYPE}> ?kind }}")
    assert CANCU.Task in {value_of(row["kind"]) for row in rows}


def test_an_index_that_nobody_may_write_to_is_read(release: Path, tmp_path: Path) -> None:
    # A read-only file system refuses the lock that tantivy wants even for reading.
    shutil.copytree(release / FOLDER, tmp_path / FOLDER)
    lock = tmp_path / FOLDER / ".tantivy-meta.lock"
    lock.unlink(missing_ok=True)
    lock.mkdir()

    hits = Texts(tmp_path).find(TextQuery("chuyen doi so", kinds=TASK))

    assert len(hits) == 20


def test_an_index_is_readable_by_whom_the_store_is_readable(release: Path) -> None:
    modes = {path.name: path.stat().st_mode & 0o444 for path in (release / FOLDER).iterdir()}
    expected = (release / "release.json").stat().st_mode & 0o444

    assert {name: mode for name, mode in modes.items() if mode != expected} == {}
