"""What documents share, brought in step with a change of a few documents.

The result is that of `graph.making.anew`; the cost depends on the change and on how often documents
speak of the nodes that it touches, not on the size of the store.
"""

from collections.abc import Iterable, Sequence

import pyoxigraph as ox

from graph import iris, terms
from graph.cited import instrument_quads
from graph.curated import HeldDocument, curated_facts, curated_quads, merge
from graph.dataset import Statistics, revised_dataset_quads
from graph.inferred import revise_inferred
from graph.iris import SHARED_GRAPHS
from graph.making.draft import Changes, Draft
from graph.making.told import retold
from graph.reference import Pointed, revised_ref_quads
from graph.rules import Rule
from graph.terms import node, value_of
from loaders.corpus import CuratedFact
from ontology.terms import CANCU, DCTERMS, ELI, RDF_TYPE

_CURATED, _INFERRED, _META = (SHARED_GRAPHS[name] for name in ("curated", "inferred", "meta"))
_INSTRUMENTS, _REF = SHARED_GRAPHS["instruments"], SHARED_GRAPHS["ref"]


def describe(
    draft: Draft,
    held: Sequence[HeldDocument],
    changed: Sequence[HeldDocument],
    curated: Sequence[CuratedFact],
) -> None:
    """Describe anew the shared nodes that a change touches.

    Args:
        draft: with the graphs of all documents, and an account of how they changed.
        held: those documents.
        changed: documents that came, went or changed.
        curated: facts that this load adds.
    """
    if curated or _is_curated(draft.before, changed):
        facts = merge(curated_facts(draft.after), curated)
        draft.replace(_CURATED, curated_quads(draft.after, facts, held))
    changes = _changes(draft)
    graphs = [graph for graph in changes.gone if graph.startswith(iris.DOCUMENT_GRAPHS)]
    told = retold(
        (draft.was(graph) for graph in graphs),
        (draft.now(graph) for graph in graphs),
    )
    documents = {document.iri for document in changed}
    instruments = told.instruments | documents | _objects(changes, CANCU.knownAs, _CURATED)
    known = {iri for iri in instruments if _has_other_name(draft.after, iri)}
    draft.describe(_INSTRUMENTS, instruments, instrument_quads(draft.after, known, instruments))
    issuers = _objects(changes, ELI.passed_by, _INSTRUMENTS)
    issuers |= set(_issuers(draft.after, instruments))
    pointed = told.pointed
    draft.describe(
        _REF,
        *revised_ref_quads(
            draft.before,
            draft.after,
            Pointed({*pointed.agencies, *issuers}, pointed.indicators, pointed.software),
        ),
    )


def conclude(draft: Draft, rules: Sequence[Rule]) -> None:
    """Bring the conclusions in step.

    Args:
        draft: with all that they are drawn from.
        rules: by which they were drawn, and are.
    """
    gone, came = _changes(draft).without(_INFERRED, _META)
    if gone or came:
        draft.note(_INFERRED, *revise_inferred(draft.before, draft.after, gone, came, rules))


def describe_dataset(draft: Draft, before: Statistics) -> Statistics:
    """Bring counts and description of the dataset in step; return the counts.

    Args:
        draft: with all else as it must be.
        before: the counts of the published release.
    """
    gone, came = _changes(draft).without(_META)
    statistics = before.changed(draft.before, draft.after, gone, came)
    old, new = _documents(gone), _documents(came)
    draft.amend(_META, *revised_dataset_quads(before, statistics, old - new, new - old))
    return statistics


def _changes(draft: Draft) -> Changes:
    if draft.changes is None:
        message = "there is no account of what changed"
        raise ValueError(message)
    return draft.changes


def _is_curated(store: ox.Store, documents: Iterable[HeldDocument]) -> bool:
    """Tell whether curated facts are about some documents, or rest on them."""
    return any(
        next(store.quads_for_pattern(None, node(predicate), words, node(_CURATED)), None)
        for document in documents
        for predicate, words in (
            (CANCU.sha256, terms.text(document.sha256)),
            (DCTERMS.source, terms.text(document.file_name)),
        )
    )


def _has_other_name(store: ox.Store, iri: str) -> bool:
    found = store.quads_for_pattern(None, node(CANCU.knownAs), node(iri))
    return next(found, None) is not None


def _objects(changes: Changes, predicate: str, graph: str) -> set[str]:
    """Return what changed quads of a graph with a predicate point to."""
    quads = (*changes.gone.get(graph, ()), *changes.came.get(graph, ()))
    return {value_of(quad.object) for quad in quads if quad.predicate.value == predicate}


def _issuers(store: ox.Store, instruments: Iterable[str]) -> Iterable[str]:
    for iri in instruments:
        for quad in store.quads_for_pattern(
            node(iri), node(ELI.passed_by), None, node(_INSTRUMENTS)
        ):
            yield value_of(quad.object)


def _documents(quads: Iterable[ox.Quad]) -> set[str]:
    kind, document = node(RDF_TYPE), node(CANCU.Document)
    return {
        value_of(quad.subject)
        for quad in quads
        if quad.object == document and quad.predicate == kind
    }
