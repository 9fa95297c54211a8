"""What documents share, described from nothing: at a first load, and where much has changed."""

from collections.abc import Iterable, Sequence

from graph.cited import instrument_quads
from graph.curated import HeldDocument, curated_facts, curated_quads, merge
from graph.dataset import Statistics, count, dataset_quads, documents_of
from graph.inferred import inferred_quads
from graph.iris import SHARED_GRAPHS
from graph.making.draft import Draft
from graph.reference import ref_quads
from graph.shared import ontology_quads, register_quads
from graph.terms import node, value_of
from loaders.corpus import CuratedFact
from ontology.terms import CANCU


def describe(draft: Draft, held: Sequence[HeldDocument], curated: Iterable[CuratedFact]) -> None:
    """Describe what documents share.

    Args:
        draft: with the graphs of all documents.
        held: those documents.
        curated: facts that this load adds.
    """
    store = draft.after
    draft.clear(SHARED_GRAPHS["meta"])  # it must not describe itself
    facts = merge(curated_facts(store), curated)
    draft.replace(SHARED_GRAPHS["ontology"], ontology_quads())
    draft.replace(SHARED_GRAPHS["register"], register_quads())
    draft.replace(SHARED_GRAPHS["curated"], curated_quads(store, facts, held))
    known = store.quads_for_pattern(None, node(CANCU.knownAs), None)
    known_iris = {value_of(quad.object) for quad in known}
    draft.replace(SHARED_GRAPHS["instruments"], instrument_quads(store, known_iris))
    draft.replace(SHARED_GRAPHS["ref"], ref_quads(store))


def conclude(draft: Draft) -> None:
    """Draw all that follows."""
    draft.replace(SHARED_GRAPHS["inferred"], inferred_quads(draft.after))


def describe_dataset(draft: Draft) -> Statistics:
    """Count all that there is, and describe it."""
    statistics = count(draft.after)
    documents = documents_of(draft.after)
    draft.replace(SHARED_GRAPHS["meta"], dataset_quads(statistics, documents))
    return statistics
