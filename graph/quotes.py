"""The words that facts were read from, asked through an engine and held against their sources.

A quote is verified anew each time: the bytes of the source must have the recorded SHA-256 and,
decoded as recorded, show the recorded words at the recorded place.
"""

import hashlib
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import orjson

from graph.engine.asking import Question
from graph.engine.pinned import Asked
from graph.errors import StoreError
from graph.releases import Folder
from loaders.source import decode
from ontology.terms import CANCU, ELI, ITSRDF, OA

Verdict = Literal["verified", "differs", "unchecked"]
MOST = 20_000

_WORDS = f"""
  ?annotation <{OA.hasTarget}> ?stretch .
  ?stretch <{OA.hasSource}> ?source ; <{OA.hasSelector}> ?selector .
  ?selector <{OA.start}> ?start ; <{OA.end}> ?end ; <{OA.exact}> ?exact .
  OPTIONAL {{ ?selector <{OA.prefix}> ?prefix }}
  OPTIONAL {{ ?selector <{OA.suffix}> ?suffix }}
  OPTIONAL {{ ?annotation <{CANCU.field}> ?field }}
  OPTIONAL {{ ?annotation <{CANCU.rule}> ?rule }}
  OPTIONAL {{ ?annotation <{ITSRDF.taConfidence}> ?confidence }}
  OPTIONAL {{ ?source <{CANCU.sha256}> ?sha256 ; <{CANCU.encoding}> ?encoding }}"""
_COLUMNS = (
    "?annotation ?body ?field ?rule ?confidence ?stretch ?start ?end ?exact ?prefix ?suffix"
    " ?source ?sha256 ?encoding"
)
_OF_BODY = f"SELECT {_COLUMNS} WHERE {{ ?annotation <{OA.hasBody}> ?body . {_WORDS} }} LIMIT 200"
_OF_ANNOTATION = f"SELECT {_COLUMNS} WHERE {{ ?annotation <{OA.hasBody}> ?body . {_WORDS} }}"
_OF_TEXT = f"""SELECT {_COLUMNS} WHERE {{
  ?stretch <{OA.hasSource}> ?source . ?annotation <{OA.hasTarget}> ?stretch ; <{OA.hasBody}> ?body .
  {_WORDS}
}} LIMIT {MOST}"""
_SOURCE = f"""SELECT ?source ?sha256 ?encoding ?document ?name WHERE {{
  ?source <{CANCU.sha256}> ?sha256 ; <{CANCU.encoding}> ?encoding ; <{ELI.realizes}> ?document .
  OPTIONAL {{ ?file <{ELI.embodies}> ?source ; <{CANCU.fileName}> ?name }}
}} LIMIT 1"""


@dataclass(frozen=True, slots=True)
class Source:
    """The text of a document and the file it was decoded from."""

    iri: str
    document: str
    sha256: str
    encoding: str
    file_name: str


@dataclass(frozen=True, slots=True)
class Quote:
    """One piece of evidence: words at a place of a text, and what was read from them.

    Attributes:
        annotation: IRI of the evidence itself.
        body: IRI of what was read.
        field: which of its fields; "" for all of it.
        rule: id of the rule that read it.
        confidence: of the rule, as written in the graph; "" if it is not stated.
        source: IRI of the text.
        start, end: the place, in code points of the decoded text.
        exact, prefix, suffix: the words there, and those before and behind them.
        sha256, encoding: of the file.
    """

    annotation: str
    body: str
    field: str
    rule: str
    confidence: str
    source: str
    start: int
    end: int
    exact: str
    prefix: str
    suffix: str
    sha256: str
    encoding: str

    @property
    def stretch(self) -> str:
        """The IRI of the place."""
        return f"{self.source}#char={self.start},{self.end}"


class Sources:
    """The decoded sources of a store, the last used kept.

    Attributes:
        is_here: whether the sources are on this machine at all.
    """

    def __init__(self, folder: Path | None, most_characters: int = 30_000_000) -> None:
        self._folder = Folder(folder) if folder else None
        self._most = most_characters
        self._kept: OrderedDict[tuple[str, str], str | None] = OrderedDict()

    @property
    def is_here(self) -> bool:
        """Tell whether this machine has the sources."""
        return self._folder is not None

    def text(self, sha256: str, encoding: str) -> str | None:
        """Return a source as decoded; None if its bytes are not those of its digest, or gone."""
        key = (sha256, encoding)
        if key not in self._kept:
            self._kept[key] = self._read(sha256, encoding)
            while len(self._kept) > 1 and self._size() > self._most:
                self._kept.popitem(last=False)
        self._kept.move_to_end(key)
        return self._kept[key]

    def verdict(self, quote: Quote) -> Verdict:
        """Tell whether the words of a quote stand in its source, at its place."""
        if not self.is_here or not quote.sha256:
            return "unchecked"
        text = self.text(quote.sha256, quote.encoding)
        if text is None or text[quote.start : quote.end] != quote.exact:
            return "differs"
        around = text[: quote.start].endswith(quote.prefix)
        return "verified" if around and text.startswith(quote.suffix, quote.end) else "differs"

    def _read(self, sha256: str, encoding: str) -> str | None:
        if self._folder is None or not sha256.isalnum():
            return None
        try:
            data = self._folder.source(sha256).read_bytes()
            return decode(data, encoding) if hashlib.sha256(data).hexdigest() == sha256 else None
        except (OSError, StoreError, ValueError, LookupError):
            return None

    def _size(self) -> int:
        return sum(len(text or "") for text in self._kept.values())


async def quotes_about(engine: Asked, iri: str) -> list[Quote]:
    """Return what a fact was read from; for a piece of evidence, its own words."""
    own = await _quotes(engine, _OF_BODY, {"body": ("iri", iri)})
    return own or await _quotes(engine, _OF_ANNOTATION, {"annotation": ("iri", iri)})


async def quotes_in(engine: Asked, source: str) -> list[Quote]:
    """Return all that was read from a text, in reading order."""
    return await _quotes(engine, _OF_TEXT, {"source": ("iri", source)})


async def source_of(engine: Asked, text: str) -> Source | None:
    """Return the file of a document's text; None if the IRI is no text."""
    rows = await _rows(engine, Question(_SOURCE, bindings={"source": ("iri", text)}))
    for row in rows:
        names = ("source", "document", "sha256", "encoding", "name")
        return Source(*(row.get(name, "") for name in names))
    return None


async def _quotes(engine: Asked, text: str, bindings: dict[str, tuple[str, str]]) -> list[Quote]:
    rows = await _rows(engine, Question(text, bindings=bindings))
    return in_reading_order(_quote(row) for row in rows)


def in_reading_order(quotes: Iterable[Quote]) -> list[Quote]:
    """Return quotes by their place."""
    return sorted(
        quotes, key=lambda quote: (quote.source, quote.start, quote.end, quote.annotation)
    )


async def _rows(engine: Asked, question: Question) -> list[dict[str, str]]:
    answer = await engine.ask(question)
    rows: list[dict[str, Any]] = orjson.loads(await answer.read())["results"]["bindings"]
    return [{name: term["value"] for name, term in row.items()} for row in rows]


def _quote(row: dict[str, str]) -> Quote:
    given = {name: row.get(name, "") for name in _TEXT_FIELDS}
    return Quote(start=int(row["start"]), end=int(row["end"]), **given)


_TEXT_FIELDS = (
    *("annotation", "body", "field", "rule", "confidence", "source"),
    *("exact", "prefix", "suffix", "sha256", "encoding"),
)
