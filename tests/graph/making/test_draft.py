"""The database of the next release, and what is kept at hand of it."""

import shutil
from pathlib import Path

import pytest

from graph.dump import graph_quads
from graph.errors import NoReleaseError
from graph.making.draft import Draft
from graph.releases import Folder, writing


@pytest.mark.parametrize("is_followed", [True, False])
def test_what_a_graph_was_and_is(corpus_store: Path, tmp_path: Path, is_followed: bool) -> None:
    shutil.copytree(corpus_store, tmp_path / "store")
    with writing(tmp_path / "store") as (folder, _):
        release = folder.published()
        graph, other = (entry.graph for entry in release.documents[:2])
        draft = Draft(folder, release)
        if is_followed:
            draft.follow({})
        before = set(graph_quads(draft.before, graph))
        few, many = sorted(before, key=str)[:10], sorted(before, key=str)[5:]

        def assert_holds(expected: set[object]) -> None:
            assert set(draft.now(graph)) == set(graph_quads(draft.after, graph)) == expected
            assert set(draft.was(graph)) == before

        assert_holds(set(before))
        draft.replace(graph, few)
        assert_holds(set(few))
        draft.amend(graph, {few[0]}, set())
        assert_holds(set(few[1:]))
        draft.replace(graph, many)
        assert_holds(set(many))
        draft.replace(graph, ())
        assert_holds(set())
        draft.forget()
        assert_holds(set())
        assert set(draft.now(other)) == set(graph_quads(draft.before, other))
        draft.close()


def test_the_id_of_the_published_release(corpus_store: Path, tmp_path: Path) -> None:
    folder = Folder(corpus_store)

    assert folder.published_id() == folder.current_id() == folder.published().id
    assert Folder(tmp_path).current_id() is None
    with pytest.raises(NoReleaseError):
        Folder(tmp_path).published_id()
