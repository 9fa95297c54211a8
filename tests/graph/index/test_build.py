"""The indexes of a release that was made from another are those made from nothing."""

import shutil
from pathlib import Path

import duckdb
import pyoxigraph as ox
import pytest

from api.cli import run
from api.errors import DONE
from graph.index.build import INDEXES, build_indexes, has_indexes
from graph.index.table_rows import SCHEMA_OF
from graph.index.table_writer import FILE, SETTINGS, TableWriter
from graph.index.text_writer import TextWriter
from graph.index.texts import FOLDER, TextQuery, Texts
from graph.releases import Folder
from graph.store import Store
from graph.terms import node
from ontology.terms import CANCU
from tests.conftest import ROOT

SEARCHES = ["tỉnh ủy", "chuyen doi so", "57-NQ/TW", "khoa học", "đường"]


def rows(release: Path, table: str) -> list[tuple[object, ...]]:
    with duckdb.connect(str(release / FILE), read_only=True, config=dict(SETTINGS)) as connection:
        return connection.table(table).order("key, graph").fetchall()


def hits(release: Path, words: str) -> set[tuple[str, str, str, str]]:
    found = Texts(release).find(TextQuery(words, limit=10_000))
    return {(hit.node, hit.predicate, hit.graph, hit.text) for hit in found}


def assert_same(release: Path, other: Path) -> None:
    for table in SCHEMA_OF:
        assert rows(release, table) == rows(other, table)
    assert len(Texts(release)) == len(Texts(other))
    for words in SEARCHES:
        assert hits(release, words) == hits(other, words)


@pytest.fixture
def writable(store: Store) -> ox.Store:
    """Return a copy of the corpus in memory, to change."""
    copy = ox.Store()
    copy.bulk_extend(store.database)
    return copy


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    made, anew = tmp_path / "made", tmp_path / "anew"
    made.mkdir()
    anew.mkdir()
    return made, anew


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def test_a_changed_document(
    store: Store, writable: ox.Store, release: Path, folders: tuple[Path, Path]
) -> None:
    made, anew = folders
    graph = store.release.documents[0].graph
    task = next(iter(writable.quads_for_pattern(None, node(CANCU.text), None, node(graph))))
    writable.remove(task)
    writable.add(ox.Quad(task.subject, task.predicate, ox.Literal("đường mới"), node(graph)))
    before = contents(release / FOLDER), contents(release)

    build_indexes(release, made, writable, {graph})
    build_indexes(None, anew, writable, set())

    assert_same(made, anew)
    assert hits(made, '"đường mới"') - hits(release, '"đường mới"')
    # The published release is as it was, although the two share files.
    assert (contents(release / FOLDER), contents(release)) == before
    shared = [path for path in (made / FOLDER).iterdir() if path.stat().st_nlink > 1]
    assert shared


def test_a_document_taken_out(
    store: Store, writable: ox.Store, release: Path, folders: tuple[Path, Path]
) -> None:
    made, anew = folders
    graph = store.release.documents[1].graph
    writable.remove_graph(node(graph))

    build_indexes(release, made, writable, {graph})
    build_indexes(None, anew, writable, set())

    assert_same(made, anew)
    assert graph not in {row[2] for row in rows(made, "tasks")}


def test_too_much_gone_makes_the_index_anew(
    store: Store, writable: ox.Store, release: Path, tmp_path: Path
) -> None:
    # A text that is gone counts in the ranking until its segment is merged.
    folder = release
    for number, entry in enumerate(store.release.documents):
        made = tmp_path / str(number)
        made.mkdir()
        build_indexes(folder, made, writable, {entry.graph})
        folder = made

    assert_same(folder, release)


@pytest.mark.parametrize("lost", [*INDEXES, None])
def test_a_release_that_has_not_all(
    release: Path, writable: ox.Store, folders: tuple[Path, Path], tmp_path: Path, lost: str | None
) -> None:
    made, _ = folders
    before = tmp_path / "before"
    shutil.copytree(release, before, ignore=lambda *_: {"db", *([lost] if lost else INDEXES)})

    build_indexes(before, made, writable, set())

    assert_same(made, release)
    assert has_indexes(made)
    assert not has_indexes(before)


def test_two_builds_make_the_same_tables(
    release: Path, writable: ox.Store, folders: tuple[Path, Path]
) -> None:
    build_indexes(None, folders[0], writable, set())

    assert_same(folders[0], release)


def test_writers_may_be_opened_again(writable: ox.Store, tmp_path: Path) -> None:
    for _ in range(2):
        texts, tables = TextWriter(tmp_path, few=True), TableWriter(tmp_path)
        texts.finish(writable)
        tables.finish()

    assert len(Texts(tmp_path)) == 0


def test_a_load_completes_a_release_that_was_made_without(
    corpus_store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "store"
    shutil.copytree(corpus_store, path)
    monkeypatch.setenv("CANCU_STORE", str(path))
    folder = Folder(path)
    release = folder.release(folder.published().id)
    shutil.rmtree(release / FOLDER)
    (release / FILE).unlink()
    assert not has_indexes(release)

    assert run(["load", str(ROOT / "corpus")]) == DONE

    assert has_indexes(release)
    assert hits(release, "tỉnh ủy")
    assert folder.published().id == release.name
    assert not (path / "incoming").exists()
