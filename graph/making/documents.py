"""The graphs of documents, written into the database of the next release."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from graph.curated import HeldDocument
from graph.difference import Difference, difference
from graph.making.draft import Draft
from graph.plan import Item, Plan
from graph.quads import quads_for
from graph.releases import DocumentEntry, Folder


@dataclass(frozen=True, slots=True)
class Written:
    """One document in the new database: whether its graph differs, and in which facts."""

    is_new: bool
    is_changed: bool
    changes: Difference


class Documents:
    """The documents of a load, and what is done with them.

    Attributes:
        written: what was done with each, by its digest.
    """

    def __init__(
        self,
        folder: Folder,
        draft: Draft,
        plan: Plan,
        held: Sequence[DocumentEntry],
        say: Callable[[str], None],
    ) -> None:
        """Take what the work needs.

        Args:
            folder: where the bytes of documents are kept.
            draft: the database of the next release.
            plan: what to do with each document.
            held: the documents of the published release.
            say: told in words what is being done.
        """
        self.written: dict[str, Written] = {}
        self._folder, self._draft, self._plan, self._say = folder, draft, plan, say
        self._held = {entry.sha256: entry for entry in held}
        self._graphs = {entry.graph for entry in held}

    def write(self, most: float) -> None:
        """Replace the graphs of changed documents and write those of new ones.

        Args:
            most: no account is kept of more changed quads than these.
        """
        fresh: list[Item] = []
        for item in self._plan.accepted():
            changes = self._draft.changes
            if changes is None and item.entry.graph not in self._graphs and not item.replaces:
                fresh.append(item)
                continue
            self._replace(item)
            if changes is not None and changes.quads > most:
                self._draft.forget()
        if fresh:
            # In the order in which a database would list them: the indexes grow alongside.
            self._draft.append(self._made(sorted(fresh, key=lambda item: item.entry.graph)))

    def changed(self) -> list[HeldDocument]:
        """Return the documents that came, went or changed, as they were and as they are."""
        items = [i for i in self._plan.accepted() if self.written[i.entry.sha256].is_changed]
        entries = {entry for item in items for entry in (item.entry, *item.replaces)}
        held = (self._held.get(item.entry.sha256) for item in items)
        return held_documents(entries.union(entry for entry in held if entry))

    def _replace(self, item: Item) -> None:
        """Write one document in the place of what it replaces."""
        new, entry = self._quads(item), item.entry
        before = [quad for held in item.replaces for quad in self._draft.was(held.graph)]
        old = before or self._draft.was(entry.graph)
        for other in item.replaces:
            if other.graph != entry.graph:
                self._draft.replace(other.graph, ())
        is_changed = self._draft.replace(entry.graph, new)
        self.written[entry.sha256] = Written(
            is_new=entry.sha256 not in self._held and not item.replaces,
            is_changed=is_changed,
            changes=difference(old, new) if is_changed else Difference(),
        )

    def _made(self, items: Iterable[Item]) -> Iterator[tuple[str, list[ox.Quad]]]:
        """Yield the graphs of documents of which the store holds nothing yet."""
        for item in items:
            quads = self._quads(item)
            changes = difference((), quads)
            written = Written(is_new=True, is_changed=True, changes=changes)
            self.written[item.entry.sha256] = written
            yield item.entry.graph, quads

    def _quads(self, item: Item) -> list[ox.Quad]:
        self._say(f"writing {item.entry.name}")
        self._folder.keep_source(item.entry.sha256, item.loadable.data)
        return quads_for(item.loadable.facts)


def held_documents(entries: Iterable[DocumentEntry]) -> list[HeldDocument]:
    """Return documents as far as curated facts need to know them."""
    return [HeldDocument(entry.iri, entry.sha256, entry.name) for entry in entries]
