"""Counts that follow a change are those that are taken anew."""

import pyoxigraph as ox
from hypothesis import given
from hypothesis import strategies as st

from graph import iris
from graph.dataset import count, dataset_quads, documents_of, revised_dataset_quads
from graph.terms import node
from ontology.terms import CANCU, RDF_TYPE

GRAPHS = st.sampled_from([iris.document_graph(digit * 8) for digit in "ab"])
NODES = [f"https://example.org/{name}" for name in "abc"]
TYPED = st.tuples(
    st.sampled_from(NODES), st.just(RDF_TYPE), st.sampled_from([CANCU.Document, CANCU.Task])
)
LINKED = st.tuples(
    st.sampled_from(NODES), st.sampled_from([CANCU.partOf, CANCU.ofTask]), st.sampled_from(NODES)
)
# A triple stands in one graph.
HELD = st.dictionaries(TYPED | LINKED, GRAPHS, max_size=12)


def store_of(held: dict[tuple[str, str, str], str]) -> ox.Store:
    store = ox.Store()
    store.extend(
        ox.Quad(node(s), node(p), node(o), node(graph)) for (s, p, o), graph in held.items()
    )
    return store


@given(HELD, HELD)
def test_a_description_after_a_change_is_that_of_what_there_is(
    old: dict[tuple[str, str, str], str], new: dict[tuple[str, str, str], str]
) -> None:
    before, after = store_of(old), store_of(new)
    gone, came = set(before) - set(after), set(after) - set(before)
    was, anew = count(before), count(after)
    described = set(dataset_quads(was, documents_of(before)))
    documents = set(documents_of(before)), set(documents_of(after))

    followed = was.changed(before, after, gone, came)
    lost, gained = revised_dataset_quads(
        was, followed, documents[0] - documents[1], documents[1] - documents[0]
    )

    assert followed == anew
    assert lost <= described
    assert described - lost | gained == set(dataset_quads(anew, documents_of(after)))
