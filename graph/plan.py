"""What a load will do with each file given, decided before anything is written.

The decisions do not depend on the order of the files.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from graph import iris
from graph.instrument import parse_iri
from graph.quads import document_iri
from graph.releases import DocumentEntry
from loaders.facts import Facts

Refusal = Literal["duplicate", "left out"]


@dataclass(frozen=True, slots=True)
class Loadable:
    """The facts of a document together with the bytes that it was read from."""

    facts: Facts
    data: bytes


@dataclass(frozen=True, slots=True)
class Item:
    """What will be done with one file.

    Attributes:
        loadable: the file.
        entry: the document as the release will list it.
        refusal: why it is not written; None if it is.
        note: the same in words.
        replaces: documents of the store that it takes the place of.
    """

    loadable: Loadable
    entry: DocumentEntry
    refusal: Refusal | None = None
    note: str | None = None
    replaces: tuple[DocumentEntry, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """What a load will do: one item for each file, and the documents held after it."""

    items: tuple[Item, ...]
    kept: tuple[DocumentEntry, ...]

    def accepted(self) -> Iterator[Item]:
        """Return the files that are written."""
        return (item for item in self.items if item.refusal is None)

    def documents_after(self) -> tuple[DocumentEntry, ...]:
        """Return the documents that the store will hold, by IRI."""
        entries = [*self.kept, *(item.entry for item in self.accepted())]
        return tuple(sorted(entries, key=lambda entry: (entry.iri, entry.sha256)))


def plan_load(held: Sequence[DocumentEntry], given: Iterable[Loadable]) -> Plan:
    """Decide what becomes of each file.

    - The same bytes twice are one document: the second is a "duplicate".
    - Two files that are one document in different words cannot both stand: the second, by name,
      is "left out".
    - A document of the store gives way to a new version of it: one with the same IRI, or one with
      the same file name whose IRI leaves open what this one's says.
    """
    files = sorted(given, key=lambda one: (one.facts.document.name, one.facts.document.sha256))
    digests = {one.facts.document.sha256 for one in files}
    old = [entry for entry in held if entry.sha256 not in digests]
    alike = _Alike(old)
    taken: dict[str, Item] = {}
    items: list[Item] = []
    gone: set[str] = set()
    for one in files:
        item = _refused(one, taken) or _accepted(one, alike, gone)
        items.append(item)
        if item.refusal is None:
            gone |= {entry.sha256 for entry in item.replaces}
            taken |= dict.fromkeys((item.entry.sha256, item.entry.iri, item.entry.graph), item)
    kept = tuple(entry for entry in old if entry.sha256 not in gone)
    return Plan(tuple(items), kept)


def _entry(one: Loadable) -> DocumentEntry:
    document, title = one.facts.document, one.facts.head.title
    return DocumentEntry(
        iri=document_iri(one.facts),
        graph=iris.document_graph(document.sha256),
        name=document.name,
        sha256=document.sha256,
        title=title.value if title else None,
    )


def _refused(one: Loadable, taken: dict[str, Item]) -> Item | None:
    entry = _entry(one)
    if first := taken.get(entry.sha256):
        return Item(one, entry, "duplicate", f"the same bytes as {first.entry.name}")
    if first := taken.get(entry.iri):
        note = f"another version of the document in {first.entry.name}"
        return Item(one, entry, "left out", note)
    if first := taken.get(entry.graph):
        note = f"its digest begins like that of {first.entry.name}"
        return Item(one, entry, "left out", note)
    return None


class _Alike:
    """Documents found by what a newer version may share with them."""

    def __init__(self, documents: Iterable[DocumentEntry]) -> None:
        self._found: dict[tuple[str, str], list[DocumentEntry]] = {}
        for entry in documents:
            for key in self._keys(entry):
                self._found.setdefault(key, []).append(entry)

    def to(self, entry: DocumentEntry) -> Iterator[DocumentEntry]:
        """Return the documents that share IRI, graph or file name with one, each once."""
        found = (other for key in self._keys(entry) for other in self._found.get(key, ()))
        return iter(dict.fromkeys(found))

    @staticmethod
    def _keys(entry: DocumentEntry) -> tuple[tuple[str, str], ...]:
        return (("iri", entry.iri), ("graph", entry.graph), ("name", entry.name))


def _accepted(one: Loadable, old: _Alike, gone: set[str]) -> Item:
    entry = _entry(one)
    replaces = tuple(
        other
        for other in old.to(entry)
        if other.sha256 not in gone and _is_older_version(other, entry)
    )
    note = "replaces the version held before" if replaces else None
    return Item(one, entry, note=note, replaces=replaces)


def _is_older_version(old: DocumentEntry, new: DocumentEntry) -> bool:
    if new.iri == old.iri or new.graph == old.graph:
        return True
    before, after = parse_iri(old.iri), parse_iri(new.iri)
    if old.name != new.name or before is None or after is None:
        return False
    # Files of one name in two folders are two documents if both say who they are.
    return not before.contradicts(after)
