import random

import pyoxigraph as ox
from hypothesis import given
from hypothesis import strategies as st

from graph.dump import canonical, canonical_store, content_id, graph_sum
from graph.terms import node

NODES = st.sampled_from([node(f"https://example.org/{name}") for name in "abc"])
# Not every character that Python takes for the end of a line ends one in N-Quads.
WORDS = st.text(alphabet='aé\n\r\u2028\u0085\x0b"\\', max_size=6).map(ox.Literal)
QUADS = st.builds(ox.Quad, NODES, NODES, NODES | WORDS, NODES)


@given(st.lists(QUADS, max_size=20), st.randoms())
def test_order_and_repetition_make_no_difference(
    quads: list[ox.Quad], chance: random.Random
) -> None:
    shuffled = [*quads, *quads[:3]]
    chance.shuffle(shuffled)

    assert canonical(shuffled) == canonical(quads)


@given(st.lists(QUADS, max_size=20))
def test_what_a_store_gives_back_is_what_was_put_in(quads: list[ox.Quad]) -> None:
    store = ox.Store()
    store.extend(quads)

    assert canonical_store(store) == canonical(quads)
    assert set(ox.parse(canonical(quads), ox.RdfFormat.N_QUADS)) == set(quads)


@given(st.lists(QUADS, min_size=1, max_size=10), QUADS)
def test_another_content_has_another_hash(quads: list[ox.Quad], other: ox.Quad) -> None:
    assert (graph_sum([*quads, other]) == graph_sum(quads)) == (other in quads)


def test_an_id_depends_on_graphs_and_hashes_not_on_their_order() -> None:
    assert content_id({"g": "1", "h": "2"}) == content_id({"h": "2", "g": "1"})
    assert content_id({"g": "1", "h": "2"}) != content_id({"g": "2", "h": "1"})


@given(st.sets(QUADS, max_size=8), st.sets(QUADS, max_size=8))
def test_a_sum_follows_a_change(old: set[ox.Quad], new: set[ox.Quad]) -> None:
    assert graph_sum(old).changed(old - new, new - old) == graph_sum(new)
    assert (graph_sum(old).sha256 == graph_sum(new).sha256) == (old == new)
