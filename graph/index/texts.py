"""The texts of a release, searched by their words, the best first.

tantivy ranks them (BM25) and folds case and diacritics: "tinh uy" finds "tỉnh ủy". Who types
diacritics means them, so the texts that have them come first, and those that differ follow: a scan
without them is found all the same.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import orjson
import tantivy

from graph.errors import NoIndexError, StoreError
from graph.index.wording import Word, Wording, folding, keeping, parse_wording
from ontology.terms import SKOS

# The number changes with the fields, the analysers and the choice of texts.
VERSION = 3
FOLDER = "texts"
NOTE = "cancu.json"
MOST_HITS = 10_000
_MUST, _NOT = tantivy.Occur.Must, tantivy.Occur.MustNot
_MIDDLE = 10.0
_HALF, _QUARTER = 0.5, 0.25

Query = tantivy.Query


@dataclass(frozen=True, slots=True)
class Note:
    """What is written down beside an index.

    Attributes:
        version: of its form.
        narrower: the classes below each class, itself first.
    """

    version: int
    narrower: dict[str, list[str]]

    def to_json(self) -> str:
        """Return the text of the note."""
        return json.dumps({"version": self.version, "narrower": self.narrower}, indent=1) + "\n"


@dataclass(frozen=True, slots=True)
class TextQuery:
    """What is looked for.

    Attributes:
        words: as typed (`graph.index.wording`).
        kinds: classes, one of which the node must have, itself or by a class below.
        properties: predicates, one of which must state the text.
        graphs: named graphs, in one of which it must stand.
        limit, offset: which of the hits, counted from the best.
        as_typed: whether the last word may be the beginning of one.
        by_node: whether a node is to come once only, with its best text.
    """

    words: str
    kinds: tuple[str, ...] = ()
    properties: tuple[str, ...] = ()
    graphs: tuple[str, ...] = ()
    limit: int = 20
    offset: int = 0
    as_typed: bool = False
    by_node: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """A text that holds the words.

    Attributes:
        node: IRI of what the text is said of.
        predicate: the property that says it.
        graph: where it is said.
        language: its tag, if it has one.
        text: the words of the literal, unchanged.
        score: between 0 and 1; above one half if the diacritics are those that were typed. It
            orders the hits of one search and compares with no other.
    """

    node: str
    predicate: str
    graph: str
    language: str | None
    text: str
    score: float


@dataclass(frozen=True, slots=True)
class _Tier:
    """Texts that come before those of the next tier, however well these hold the words.

    Attributes:
        query: which they are.
        base: the score of the worst.
        room: by how much that of the best is higher.
    """

    query: Query
    base: float
    room: float

    def rank(self, score: float) -> float:
        """Return a score of the engine, which has no bound, as one of the tier."""
        return round(self.base + self.room * score / (score + _MIDDLE), 6)


def _opened(folder: Path) -> tantivy.Index:
    """Open an index, also where nobody may write: tantivy locks a folder even to read it."""
    try:
        return _reading(folder)
    except ValueError as error:
        if "Lockfile" not in str(error):
            raise
    # The lock is taken in a folder of links instead, which is not needed once all files are open.
    with TemporaryDirectory(prefix="cancu-texts-") as beside:
        for file in folder.resolve().iterdir():
            if file.suffix != ".lock":
                (Path(beside) / file.name).symlink_to(file)
        return _reading(Path(beside))


def _reading(folder: Path) -> tantivy.Index:
    index = tantivy.Index.open(str(folder))
    index.config_reader("manual")  # a release never changes: nothing to reload
    return index


class Texts:
    """The index of one release, opened for reading."""

    def __init__(self, release: Path) -> None:
        """Open the index in the folder of a release.

        Raises:
            NoIndexError: the release has none, or one of another form.
            StoreError: it cannot be read.
        """
        folder = release / FOLDER
        note = read_note(folder)
        if note is None or note.version != VERSION:
            raise NoIndexError(release)
        self._narrower = note.narrower
        try:
            self._index = _opened(folder)
        except (OSError, ValueError) as error:
            raise StoreError(folder, " ".join(str(error).split())) from error
        self._index.register_tokenizer("folded", folding())
        self._index.register_tokenizer("exact", keeping())
        self._schema = self._index.schema
        self._searcher = self._index.searcher()

    def __len__(self) -> int:
        """Return how many texts there are."""
        return self._searcher.num_docs

    def find(self, query: TextQuery) -> list[Hit]:
        """Return the best hits, the best first.

        Raises:
            RefusedQueryError: the words are longer than anybody types.
        """
        if not query.by_node:
            return self._best(query, query.offset, query.limit)
        wanted = query.offset + query.limit
        reach = 2 * wanted
        while True:
            hits = self._best(query, 0, reach)
            nodes: dict[str, Hit] = {}
            for hit in hits:
                nodes.setdefault(hit.node, hit)
            if len(nodes) >= wanted or len(hits) < reach:
                return list(nodes.values())[query.offset : wanted]
            reach *= 4

    def count(self, query: TextQuery) -> int:
        """Return how many texts hold the words."""
        wording = parse_wording(query.words)
        if not wording.phrases:
            return 0
        return self._count(self._folded(query, wording))

    def keys(self, query: TextQuery) -> list[int]:
        """Return the numbers of all nodes with a hit, in no order."""
        wording = parse_wording(query.words)
        if not wording.phrases:
            return []
        every = Query.const_score_query(self._folded(query, wording), 1.0)
        hits = self._searcher.search(every, max(1, self._count(every)), count=False).hits
        addresses = [address for _, address in hits]
        values = self._searcher.fast_field_values("key", addresses)
        return list({int(value) for value in values if value is not None})

    def _best(self, query: TextQuery, offset: int, limit: int) -> list[Hit]:
        wording = parse_wording(query.words)
        found: list[Hit] = []
        if wording.phrases:
            for tier in self._tiers(query, wording):
                wanted = limit - len(found)
                if wanted < 1:
                    break
                found += self._hits(tier, offset, wanted)
                offset = 0 if found or not offset else max(0, offset - self._count(tier.query))
        return found

    def _tiers(self, query: TextQuery, wording: Wording) -> Iterator[_Tier]:
        """Yield the texts that hold the words, those of one sort after the other."""
        folded = self._folded(query, wording)
        hidden = Query.term_query(self._schema, "predicate", SKOS.hiddenLabel, "basic")
        if not wording.has_diacritics:
            yield _Tier(_but(folded, hidden), _HALF, _HALF)
            yield _Tier(_all([folded, hidden]), 0.0, _QUARTER)
            return
        exact = _all([folded, *self._diacritics(wording, as_typed=query.as_typed)])
        yield _Tier(exact, _HALF, _HALF)
        yield _Tier(_but(folded, exact, hidden), _QUARTER, _QUARTER)
        yield _Tier(_but(_all([folded, hidden]), exact), 0.0, _QUARTER)

    def _count(self, query: Query) -> int:
        found = self._searcher.search(query, 1, count=True)
        return int(getattr(found, "count"))  # noqa: B009 - the stubs have lost it

    def _hits(self, tier: _Tier, offset: int, limit: int) -> list[Hit]:
        found = self._searcher.search(tier.query, limit, count=False, offset=offset)
        return [self._hit(address, tier.rank(score)) for score, address in found.hits]

    def _hit(self, address: tantivy.DocAddress, score: float) -> Hit:
        said = self._searcher.doc(address).get_first("said")
        node, predicate, graph, language, text = orjson.loads(bytes(said or b""))
        return Hit(node, predicate, graph, language, text, score)

    def _folded(self, query: TextQuery, wording: Wording) -> Query:
        *whole, last = wording.phrases
        parts = [self._side_by_side(phrase) for phrase in whole]
        parts.append(self._begun(last) if query.as_typed else self._side_by_side(last))
        return _all([*parts, *self._filters(query)])

    def _side_by_side(self, phrase: Sequence[Word]) -> Query:
        words = [word.folded for word in phrase]
        if len(words) == 1:
            return Query.term_query(self._schema, "folded", words[0], "freq")
        return Query.phrase_query(self._schema, "folded", list(words))

    def _begun(self, phrase: Sequence[Word]) -> Query:
        words = [word.folded for word in phrase]
        if len(words) == 1:
            return self._beginning("folded", words[0])
        return Query.regex_phrase_query(self._schema, "folded", [*words[:-1], f"{words[-1]}.*"])

    def _beginning(self, field: str, begun: str) -> Query:
        # A word has letters and digits only, so nothing in it means anything to the pattern.
        return Query.regex_query(self._schema, field, f"{begun}.*")

    def _diacritics(self, wording: Wording, *, as_typed: bool) -> list[Query]:
        """Return what demands each word's diacritics; a word typed without any demands none."""
        words = [word for phrase in wording.phrases for word in phrase]
        last = words.pop() if as_typed else None
        found = [
            Query.term_query(self._schema, "exact", word.exact, "freq")
            for word in words
            if word.exact
        ]
        if last and last.exact:
            found.append(self._beginning("exact", last.exact))
        return found

    def _filters(self, query: TextQuery) -> list[Query]:
        kinds = [below for kind in query.kinds for below in self._narrower.get(kind, [kind])]
        wanted = (("kind", kinds), ("predicate", query.properties), ("graph", query.graphs))
        return [
            Query.boost_query(Query.term_set_query(self._schema, field, list(values)), 0.0)
            for field, values in wanted
            if values
        ]


def read_note(folder: Path) -> Note | None:
    """Return what is written beside an index; None if there is no usable one."""
    try:
        values = json.loads((folder / NOTE).read_bytes())
        return Note(int(values["version"]), dict(values["narrower"]))
    except (OSError, ValueError, TypeError, KeyError):
        return None


def _all(parts: Iterable[Query]) -> Query:
    return Query.boolean_query([(_MUST, part) for part in parts])


def _but(wanted: Query, *unwanted: Query) -> Query:
    return Query.boolean_query([(_MUST, wanted), *((_NOT, part) for part in unwanted)])
