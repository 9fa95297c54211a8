"""Writing the index of the texts of a release.

Every text of the graph is there, unless nobody would look for it: so a new property of the
vocabulary can be searched without anybody's doing. Left out are the surroundings of quotes (they
repeat the text around), digests, and words of machines. Conclusions state no text of their own.

The index of a new release begins as a copy of the one before, whose files are hard links: tantivy
never writes to a file of a segment again, and replaces the few that it does change by renaming.
"""

import json
import os
import shutil
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

import orjson
import pyoxigraph as ox
import tantivy

from graph.errors import StoreError
from graph.index.nodes import Nodes, key_of
from graph.index.texts import FOLDER, NOTE, VERSION, Note, read_note
from graph.index.wording import composed, folding, keeping, spelled
from graph.iris import DOCUMENT_GRAPHS
from graph.terms import node, value_of
from ontology.terms import CANCU, ELI, OA, RDF_TYPE, SCHEMA, SPDX, VANN, VOID, XSD

_SUBCLASS = "http://www.w3.org/2000/01/rdf-schema#subClassOf"
_VERSION_INFO = "http://www.w3.org/2002/07/owl#versionInfo"

UNTOLD = frozenset(
    (
        OA.prefix, OA.suffix,  # what stands around a quote stands in other texts as well
        CANCU.contentKey, CANCU.sha256, SPDX.checksumValue,
        CANCU.rule, CANCU.field, CANCU.gapCode, CANCU.encoding, ELI.media_type, CANCU.typeText,
        CANCU.statedType, CANCU.placeKind,  # one of a few words, the same for very many nodes
        CANCU.deadlineValue, CANCU.recurrence, SCHEMA.repeatFrequency, CANCU.statedDate,
        CANCU.listLabel, ELI.number,  # the whole number is eli:id_local
        VOID.uriSpace, VANN.preferredNamespacePrefix, VANN.preferredNamespaceUri, _VERSION_INFO,
    )
)  # fmt: skip
_TEXTS = {f"{XSD}string", "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"}
_CHANGING = {"meta.json", ".managed.json", NOTE}
_HEAP = 256_000_000
_SMALL_HEAP = 16_000_000
_THREADS = 2
# Texts that are gone still count in the ranking until their segment is merged.
_MOST_GONE = 0.1


class TextWriter:
    """The index of a release while it is made."""

    def __init__(self, incoming: Path, *, few: bool) -> None:
        """Open the index in a folder, or begin one.

        Args:
            incoming: folder of the release that is made.
            few: whether few texts are to be written, so that memory can be saved.
        """
        self._path = incoming / FOLDER
        self._path.mkdir(exist_ok=True)
        index = tantivy.Index(_schema(), path=str(self._path))
        index.register_tokenizer("folded", folding())
        index.register_tokenizer("exact", keeping())
        heap, threads = (_SMALL_HEAP, 1) if few else (_HEAP, _THREADS)
        try:
            self._writer = index.writer(heap_size=heap, num_threads=threads)
        except ValueError as error:
            raise StoreError(self._path, str(error)) from error

    def remove(self, graph: str, only: Collection[str] | None = None) -> None:
        """Take out the texts of a graph, or of some nodes of a graph that documents share."""
        if only is None:
            self._writer.delete_documents_by_term("graph", graph)
        for iri in only or ():
            self._writer.delete_documents_by_term("node", f"{graph} {iri}")

    def add(self, graph: str, nodes: Nodes) -> None:
        """Add the texts of a graph."""
        for document in _documents(graph, nodes):
            self._writer.add_document(document)

    def finish(self, store: ox.Store) -> None:
        """Write everything to the disk."""
        try:
            self._writer.commit()
            self._writer.wait_merging_threads()
        except (OSError, ValueError) as error:
            raise StoreError(self._path, str(error)) from error
        note = Note(VERSION, _narrower(store))
        noted = self._path / NOTE
        noted.write_text(note.to_json(), encoding="utf-8")
        for name in _CHANGING:  # tantivy makes them for its own user; who serves may be another
            (self._path / name).chmod(noted.stat().st_mode)


def link_texts(release: Path, incoming: Path) -> bool:
    """Begin with the index of the release before; tell whether that one is of any use."""
    source, target = release / FOLDER, incoming / FOLDER
    note = read_note(source)
    if note is None or note.version != VERSION or _share_gone(source) > _MOST_GONE:
        return False
    target.mkdir()
    for path in source.iterdir():
        if path.name in _CHANGING:
            shutil.copyfile(path, target / path.name)
        elif path.suffix != ".lock":
            os.link(path, target / path.name)
    return True


def _share_gone(folder: Path) -> float:
    try:
        segments = json.loads((folder / "meta.json").read_bytes())["segments"]
    except (OSError, ValueError, KeyError):
        return 1.0
    gone = sum((segment["deletes"] or {}).get("num_deleted_docs", 0) for segment in segments)
    return float(gone / (sum(segment["max_doc"] for segment in segments) or 1))


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_bytes_field("said", stored=True)
    for name in ("graph", "node", "predicate", "kind"):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    builder.add_integer_field("key", fast=True)
    builder.add_text_field("folded", tokenizer_name="folded", index_option="position")
    builder.add_text_field("exact", tokenizer_name="exact", index_option="freq")
    return builder.build()


def _documents(graph: str, nodes: Nodes) -> Iterator[tantivy.Document]:
    for iri, values in nodes.items():
        kinds = [value_of(kind) for kind in values.get(RDF_TYPE, ())]
        key = key_of(iri)
        for predicate, terms in values.items():
            if predicate in UNTOLD:
                continue
            for text in _texts(terms):
                document = _document(graph, iri, predicate, text)
                document.add_integer("key", key)
                for kind in kinds:
                    document.add_text("kind", kind)
                yield document


def _document(graph: str, iri: str, predicate: str, text: ox.Literal) -> tantivy.Document:
    """Return one text as a document; to name its fields all at once takes twice as long."""
    words = text.value
    spelling = spelled(composed(words))
    document = tantivy.Document()
    document.add_bytes("said", orjson.dumps((iri, predicate, graph, text.language, words)))
    document.add_text("graph", graph)
    if not graph.startswith(DOCUMENT_GRAPHS):  # whose texts come and go all together
        document.add_text("node", f"{graph} {iri}")
    document.add_text("predicate", predicate)
    document.add_text("folded", spelling)
    document.add_text("exact", spelling)
    return document


def _texts(terms: Iterable[object]) -> Iterator[ox.Literal]:
    for term in terms:
        if isinstance(term, ox.Literal) and term.datatype.value in _TEXTS:
            yield term


def _narrower(store: ox.Store) -> dict[str, list[str]]:
    """Return for each class the classes below it, at any depth, itself first."""
    below: dict[str, set[str]] = {}
    for quad in store.quads_for_pattern(None, node(_SUBCLASS), None):
        below.setdefault(value_of(quad.object), set()).add(value_of(quad.subject))
    return {kind: [kind, *sorted(_closure(kind, below) - {kind})] for kind in sorted(below)}


def _closure(kind: str, below: dict[str, set[str]]) -> set[str]:
    found: set[str] = set()
    waiting = [kind]
    while waiting:
        fresh = below.get(waiting.pop(), set()) - found
        found |= fresh
        waiting += fresh
    return found
