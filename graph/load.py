"""Loading documents: a new release is made beside the published one and then takes its place.

What is published is never written to, so a load that is killed, fails or is refused at any point
leaves readers as they were; the next load clears what it left behind.
"""

import datetime
import hashlib
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import pyoxigraph as ox

from graph import iris
from graph.curated import HeldDocument, curated_facts, curated_quads, merge
from graph.difference import Difference, difference
from graph.dump import content_id, graph_hash, graph_quads
from graph.errors import ShapeError, SourceMismatchError, StoreError
from graph.index.build import INDEXES, build_indexes, has_indexes
from graph.inferred import inferred_quads, revise_inferred, rules_digest, rules_of
from graph.plan import Item, Loadable, plan_load
from graph.quads import quads_for, rule_set_version
from graph.releases import Folder, GraphEntry, Release, writing
from graph.report import Report, violations
from graph.shapes import shapes
from graph.shared import (
    instrument_quads,
    meta_quads,
    ontology_quads,
    ref_quads,
    register_quads,
)
from graph.terms import node, value_of
from graph.validate import BY_HAND, validate_graph
from loaders.corpus import CuratedFact
from ontology.terms import CANCU

Progress = Callable[[str], None]
Outcome = Literal["added", "changed", "unchanged", "duplicate", "left out"]

_KEEP = 5
# Conclusions follow a change one by one if it is no more than this part of the store.
_FEW = 1 / 8


@dataclass(frozen=True, slots=True)
class DocumentReport:
    """What a load did with one document.

    Attributes:
        name: its file name.
        iri: its IRI.
        outcome: "added", "changed", "unchanged", "duplicate" (the same bytes twice in one load)
            or "left out" (another version of a document of the same load).
        note: why, where that is not plain.
        changes: fact by fact; for an added document all its facts.
    """

    name: str
    iri: str
    outcome: Outcome
    note: str | None = None
    changes: Difference = field(default_factory=Difference)


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What a load did.

    Attributes:
        release: the release that is published now.
        previous: id of the one published before, None at the first load.
        published: False where the content is what it was.
        documents: one report for each file given.
        notes: what else a person should know.
    """

    release: Release
    previous: str | None
    published: bool
    documents: tuple[DocumentReport, ...]
    notes: tuple[str, ...] = ()

    def words(self) -> str:
        """Return the outcome in one line."""
        if not self.published:
            return f"nothing changed: release {self.release.id} stays published"
        total = Difference(tuple(c for report in self.documents for c in report.changes.changes))
        return f"release {self.release.id} published: {total.words()}"


def load_documents(
    path: Path,
    documents: Iterable[Loadable],
    curated: Iterable[CuratedFact] = (),
    *,
    keep: int = _KEEP,
    progress: Progress | None = None,
) -> LoadReport:
    """Load documents into a store and publish the result as a new release.

    Documents that the store holds already and that are not given stay as they are. A document of
    which the store holds another version replaces it.

    Args:
        path: the folder of the store; it is made if it is not there.
        documents: facts and bytes of each, in any order.
        curated: facts known from elsewhere; they replace older ones about the same documents.
        keep: how many releases to leave in the folder.
        progress: told in words what is being done.

    Raises:
        StoreBusyError: another load is at work there.
        StoreError: the folder cannot be written, or its disk is full.
        SourceMismatchError: the bytes of a document are not those it was read from.
        ShapeError: the new release would break a shape.
    """
    given = list(documents)
    _check_bytes(given)
    notes = []
    with writing(path) as (folder, had_leftover):
        if had_leftover:
            notes.append("cleared what an interrupted load had left")
        load = _Load(folder, given, list(curated), progress or (lambda _: None))
        try:
            report = load.run()
        finally:
            load.close()
        notes += _prune(folder, keep)
    return LoadReport(
        report.release, report.previous, report.published, report.documents, tuple(notes)
    )


def _check_bytes(documents: Iterable[Loadable]) -> None:
    for loadable in documents:
        if hashlib.sha256(loadable.data).hexdigest() != loadable.facts.document.sha256:
            raise SourceMismatchError(loadable.facts.document.name)


def _prune(folder: Folder, keep: int) -> list[str]:
    try:
        folder.prune(keep)
    except (StoreError, OSError) as error:
        return [f"old releases were not removed: {error}"]
    return []


@dataclass(frozen=True, slots=True)
class _Written:
    """One document in the new database: whether its graph differs, and in which facts."""

    is_new: bool
    is_changed: bool
    changes: Difference


class _Load:
    """One load, from the copy of the published release to the publication of the new one."""

    def __init__(
        self,
        folder: Folder,
        documents: Sequence[Loadable],
        curated: Sequence[CuratedFact],
        say: Progress,
    ) -> None:
        self._folder = folder
        self._curated = curated
        self._say = say
        self._previous = folder.current()
        self._held = self._previous.documents if self._previous else ()
        self._plan = plan_load(self._held, documents)
        self._touched: set[str] = set()
        self._gone: list[ox.Quad] = []
        self._came: list[ox.Quad] = []
        self._rules = ""
        self._old = ox.Store()
        target = str(folder.incoming / "db")
        if self._previous is not None:
            say("copying the published release")
            self._old = folder.open(self._previous.id)
            self._old.backup(target)
        self._store = ox.Store(target)

    def close(self) -> None:
        """Close both databases, so that their files can be moved or removed."""
        self._store = self._old = ox.Store()

    def run(self) -> LoadReport:
        """Make the release, publish it unless it is what it was, and report."""
        written = self._write_documents()
        self._describe_shared()
        report = self._check(
            [iris.document_graph(sha) for sha, made in written.items() if made.is_changed]
        )
        release, previous = self._release(), self._previous
        is_new = previous is None or release.id != previous.id
        if is_new:
            self._say("publishing")
            self._store.flush()
            self._store.optimize()
            self._index(self._touched)
            self.close()
            self._folder.publish(release, report)
        elif previous and not has_indexes(self._folder.release(previous.id)):
            self._index([])
            self.close()
            self._folder.complete(previous.id, INDEXES)
        return LoadReport(
            release=release if is_new or previous is None else previous,
            previous=previous.id if previous else None,
            published=is_new,
            documents=tuple(_report(item, written) for item in self._plan.items),
        )

    def _index(self, touched: Collection[str]) -> None:
        self._say("indexing texts and tables")
        before = self._folder.release(self._previous.id) if self._previous else None
        build_indexes(before, self._folder.incoming, self._store, touched)

    def _write_documents(self) -> dict[str, _Written]:
        """Replace the graphs of changed documents; return what was done, by digest."""
        held = {entry.sha256 for entry in self._held}
        written: dict[str, _Written] = {}
        for item in self._plan.accepted():
            facts, graph = item.loadable.facts, item.entry.graph
            self._say(f"writing {item.entry.name}")
            self._folder.keep_source(item.entry.sha256, item.loadable.data)
            new = quads_for(facts)
            old = graph_quads(self._old, graph)
            before = [q for entry in item.replaces for q in graph_quads(self._old, entry.graph)]
            for entry in item.replaces:
                self._write(entry.graph, [])
            is_changed = self._write(graph, new)
            is_new = item.entry.sha256 not in held and not item.replaces
            changes = difference(before or old, new) if is_changed else Difference()
            written[item.entry.sha256] = _Written(is_new, is_changed, changes)
        return written

    def _describe_shared(self) -> None:
        """Write the graphs that are made of all documents anew."""
        store, shared = self._store, iris.SHARED_GRAPHS
        self._say("describing what documents share")
        store.remove_graph(node(shared["meta"]))  # it must not describe itself
        facts = merge(curated_facts(store), self._curated)
        held = [HeldDocument(d.iri, d.sha256, d.name) for d in self._plan.documents_after()]
        self._write(shared["ontology"], ontology_quads())
        self._write(shared["register"], register_quads())
        self._write(shared["curated"], curated_quads(store, facts, held))
        known = store.quads_for_pattern(None, node(CANCU.knownAs), None)
        known_iris = frozenset(value_of(quad.object) for quad in known)
        self._write(shared["instruments"], instrument_quads(store, known_iris))
        self._write(shared["ref"], ref_quads(store))
        self._say("drawing conclusions")
        self._draw_conclusions()
        self._write(shared["meta"], meta_quads(store))

    def _draw_conclusions(self) -> None:
        """Draw all that follows anew, or what follows from the changes if they are few."""
        graph, before = iris.SHARED_GRAPHS["inferred"], self._previous
        self._rules = rules_digest(rules_of(self._store))
        few = _FEW * (before.quads if before else 0)
        if before is None or before.inference != self._rules or len(self._gone + self._came) > few:
            self._write(graph, inferred_quads(self._store))
        elif self._gone or self._came:
            self._touched.add(graph)
            revise_inferred(self._old, self._store, self._gone, self._came)

    def _write(self, graph: str, quads: Sequence[ox.Quad]) -> bool:
        """Make a graph hold just these quads; tell whether that changes it."""
        old, new = set(graph_quads(self._store, graph)), set(quads)
        if old == new:
            return False
        self._gone += old - new
        self._came += new - old
        self._store.remove_graph(node(graph))
        self._store.bulk_extend(quads)
        self._touched.add(graph)
        return True

    def _check(self, documents: Sequence[str]) -> Report:
        """Check the graphs of changed documents, and what people wrote; return the whole report."""
        self._say("checking the shapes")
        by_hand = [iris.SHARED_GRAPHS[name] for name in BY_HAND]
        changed = [graph for graph in by_hand if graph in self._touched]
        found = {graph: validate_graph(self._store, graph) for graph in (*documents, *changed)}
        broken = violations(finding for findings in found.values() for finding in findings)
        if broken:
            raise ShapeError(broken)
        before = self._folder.report(self._previous.id) if self._previous else Report()
        held = {*by_hand, *(entry.graph for entry in self._plan.documents_after())}
        return before.updated(found, held, shapes().version)

    def _release(self) -> Release:
        self._say("taking the hashes")
        graphs = dict(self._previous.graphs) if self._previous else {}
        for name in self._touched:
            quads = graph_quads(self._store, name)
            graphs.pop(name, None)
            if quads:
                graphs[name] = GraphEntry(graph_hash(quads), len(quads))
        return Release(
            id=content_id({name: graph.sha256 for name, graph in graphs.items()}),
            parent=self._previous.id if self._previous else None,
            created=datetime.datetime.now(datetime.UTC).isoformat(timespec="microseconds"),
            rules=rule_set_version(),
            inference=self._rules,
            documents=self._plan.documents_after(),
            graphs=dict(sorted(graphs.items())),
            conforms=True,
        )


def _report(item: Item, written: dict[str, _Written]) -> DocumentReport:
    if item.refusal:
        return DocumentReport(item.entry.name, item.entry.iri, item.refusal, item.note)
    made = written[item.entry.sha256]
    outcome: Outcome = "added" if made.is_new else "changed" if made.is_changed else "unchanged"
    note = item.note
    if outcome == "changed" and not made.changes.changes:
        note = note or "read again: no fact changed"
    return DocumentReport(item.entry.name, item.entry.iri, outcome, note, made.changes)
