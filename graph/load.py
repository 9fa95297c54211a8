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

from graph import iris
from graph.dataset import Statistics
from graph.difference import Difference
from graph.dump import GraphSum, content_id, graph_quads, graph_sum
from graph.errors import ShapeError, SourceMismatchError, StoreError
from graph.index.build import FEW, INDEXES, FirstIndexes, Known, build_indexes, has_indexes
from graph.inferred import rules_digest, rules_of
from graph.making import anew, following
from graph.making.documents import Documents, Written, held_documents
from graph.making.draft import Draft
from graph.making.ledger import LEDGER, Ledger, maker, read_ledger
from graph.plan import Item, Loadable, plan_load
from graph.quads import rule_set_version
from graph.releases import Folder, GraphEntry, Release, writing
from graph.report import Report, violations
from graph.shapes import shapes
from graph.validate import BY_HAND, validate_graph
from loaders.corpus import CuratedFact

Progress = Callable[[str], None]
Outcome = Literal["added", "changed", "unchanged", "duplicate", "left out"]

_KEEP = 5
# A load follows changes quad by quad if they are no more than this part of the store, and compacts
# the database when those of the last loads add up to it.
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
        held = self._previous.documents if self._previous else ()
        self._plan = plan_load(held, documents)
        if self._previous is not None:
            say("copying the published release")
        self._draft = Draft(folder, self._previous)
        self._first: FirstIndexes | None = None
        if self._previous is None:
            self._first = FirstIndexes(folder.incoming, few=len(documents) < FEW)
            self._draft.on_append = self._first.add
        self._documents = Documents(folder, self._draft, self._plan, held, say)
        self._rules = rules_of(self._draft.before)
        self._ledger = read_ledger(folder, self._previous) if self._previous else None
        if self._ledger and self._may_follow(self._ledger):
            self._draft.follow(self._ledger.sums)

    def close(self) -> None:
        """Close the databases, so that their files can be moved or removed."""
        self._draft.close()
        self._first = None

    def run(self) -> LoadReport:
        """Make the release, publish it unless it is what it was, and report."""
        self._documents.write(self._limit)
        statistics = self._describe()
        written = self._documents.written
        report = self._check(
            [iris.document_graph(sha) for sha, made in written.items() if made.is_changed]
        )
        release, previous = self._release(), self._previous
        is_new = previous is None or release.id != previous.id
        if is_new:
            self._publish(release, report, statistics)
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

    @property
    def _limit(self) -> float:
        """Return how many quads are few."""
        return _FEW * (self._previous.quads if self._previous else 0)

    def _may_follow(self, ledger: Ledger) -> bool:
        """Tell whether the published release was made as it would be made now, but for a few."""
        if self._previous is None or ledger.maker != maker():
            return False
        few = len(list(self._plan.accepted())) <= max(1, _FEW * len(self._previous.documents))
        return few and self._previous.inference == rules_digest(self._rules)

    def _describe(self) -> Statistics:
        """Write the graphs that are made of all documents; return what the release counts."""
        draft, held = self._draft, held_documents(self._plan.documents_after())
        self._say("describing what documents share")
        if draft.changes is None or self._ledger is None:
            anew.describe(draft, held, self._curated)
            self._rules = rules_of(draft.after)
            self._say("drawing conclusions")
            anew.conclude(draft)
            self._say("counting")
            return anew.describe_dataset(draft)
        following.describe(draft, held, self._documents.changed(), self._curated)
        self._say("drawing conclusions")
        following.conclude(draft, self._rules)
        self._say("counting")
        return following.describe_dataset(draft, self._ledger.statistics)

    def _check(self, documents: Sequence[str]) -> Report:
        """Check the graphs of changed documents, and what people wrote; return the whole report."""
        self._say("checking the shapes")
        by_hand = [iris.SHARED_GRAPHS[name] for name in BY_HAND]
        changed = [graph for graph in by_hand if graph in self._draft.sums]
        store = self._draft.after
        found = {graph: validate_graph(store, graph) for graph in (*documents, *changed)}
        broken = violations(finding for findings in found.values() for finding in findings)
        if broken:
            raise ShapeError(broken)
        before = self._folder.report(self._previous.id) if self._previous else Report()
        held = {*by_hand, *(entry.graph for entry in self._plan.documents_after())}
        return before.updated(found, held, shapes().version)

    def _release(self) -> Release:
        self._say("taking the hashes")
        graphs = self._graphs()
        return Release(
            id=content_id({name: graph.sha256 for name, graph in graphs.items()}),
            parent=self._previous.id if self._previous else None,
            created=datetime.datetime.now(datetime.UTC).isoformat(timespec="microseconds"),
            rules=rule_set_version(),
            inference=rules_digest(self._rules),
            documents=self._plan.documents_after(),
            graphs=graphs,
            conforms=True,
        )

    def _graphs(self) -> dict[str, GraphEntry]:
        """Return all graphs of the new release."""
        graphs = dict(self._previous.graphs) if self._previous else {}
        sums = dict(self._draft.sums)
        if self._ledger is None:  # releases without one have hashes of another kind
            unknown = graphs.keys() - sums.keys()
            sums |= {graph: graph_sum(graph_quads(self._draft.after, graph)) for graph in unknown}
        graphs |= {graph: GraphEntry(one.sha256, one.quads) for graph, one in sums.items()}
        return {graph: entry for graph, entry in sorted(graphs.items()) if entry.quads}

    def _publish(self, release: Release, report: Report, statistics: Statistics) -> None:
        self._say("publishing")
        loose = self._settle()
        self._index(self._draft.sums.keys())
        known = self._ledger.sums if self._ledger else {}
        sums = {
            graph: self._draft.sums.get(graph) or known.get(graph) or GraphSum()
            for graph in _followed()
        }
        self.close()
        ledger = Ledger(maker(), sums, statistics, loose)
        self._folder.publish(release, report, {LEDGER: ledger.to_json()})

    def _settle(self) -> int:
        """Write the database to its files; return how many quads changed since it was compacted.

        To compact it costs as much as the whole store is large, so a small change leaves it.
        """
        store, changes = self._draft.after, self._draft.changes
        store.flush()
        if changes is not None and self._ledger is not None:
            loose = self._ledger.loose + changes.quads
            if loose <= self._limit:
                return loose
        store.optimize()
        return 0

    def _index(self, touched: Collection[str]) -> None:
        self._say("indexing texts and tables")
        if self._first is not None:
            self._first.finish(self._draft.after)
            return
        before = self._folder.release(self._previous.id) if self._previous else None
        changes = self._draft.changes
        nodes = {graph: changes.nodes(graph) for graph in _followed()} if changes else {}
        known = Known(nodes, self._draft.written())
        build_indexes(before, self._folder.incoming, self._draft.after, touched, known)


def _followed() -> list[str]:
    """Return the graphs that follow changes; all others are written as a whole."""
    return [iris.SHARED_GRAPHS[name] for name in ("instruments", "ref", "inferred", "meta")]


def _report(item: Item, written: dict[str, Written]) -> DocumentReport:
    if item.refusal:
        return DocumentReport(item.entry.name, item.entry.iri, item.refusal, item.note)
    made = written[item.entry.sha256]
    outcome: Outcome = "added" if made.is_new else "changed" if made.is_changed else "unchanged"
    note = item.note
    if outcome == "changed" and not made.changes.changes:
        note = note or "read again: no fact changed"
    return DocumentReport(item.entry.name, item.entry.iri, outcome, note, made.changes)
