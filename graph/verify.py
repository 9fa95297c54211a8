"""Every quote of a release held against the bytes of its source.

The bytes must have the recorded SHA-256; decoded as recorded, they must show at each recorded
position the recorded words, with the recorded words before and after.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from graph.errors import StoreError
from graph.store import Store
from graph.terms import value_of
from graph.writer import context
from loaders.document import Span
from loaders.source import decode
from ontology.terms import CANCU, ELI, OA

_TEXTS = f"""
SELECT ?text ?sha256 ?encoding ?name WHERE {{
  ?text a <{ELI.LegalExpression}> ; <{CANCU.sha256}> ?sha256 ; <{CANCU.encoding}> ?encoding .
  ?file <{ELI.embodies}> ?text ; <{CANCU.fileName}> ?name
}} ORDER BY ?name"""
_QUOTES = f"""
SELECT ?stretch ?start ?end ?exact ?prefix ?suffix WHERE {{
  ?stretch <{OA.hasSource}> <%s> ; <{OA.hasSelector}> ?selector .
  ?selector <{OA.start}> ?start ; <{OA.end}> ?end ; <{OA.exact}> ?exact ;
    <{OA.prefix}> ?prefix ; <{OA.suffix}> ?suffix
}}"""


@dataclass(frozen=True, slots=True)
class Failure:
    """A source or a quote that does not hold.

    Attributes:
        document: file name of the document.
        where: the stretch of text, or the text as a whole.
        reason: what does not agree.
    """

    document: str
    where: str
    reason: str

    def __str__(self) -> str:
        return f"{self.document}: {self.where}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Verification:
    """What was checked, and all that failed."""

    documents: int
    quotes: int
    failures: tuple[Failure, ...]

    @property
    def holds(self) -> bool:
        """Tell whether every quote stands in its source as recorded."""
        return not self.failures


def verify(store: Store) -> Verification:
    """Check every quote of a release."""
    failures: list[Failure] = []
    documents = quotes = 0
    for row in store.rows(_TEXTS):
        iri, sha256, encoding, name = (value_of(term) for term in row)
        documents += 1
        try:
            text = _text(store, sha256, encoding)
        except (StoreError, ValueError, LookupError) as error:
            failures.append(Failure(name, iri, str(error)))
            text = None
        for stretch, span, said in _quotes(store, iri):
            quotes += 1
            reason = "its source cannot be read" if text is None else _difference(text, span, said)
            if reason:
                failures.append(Failure(name, stretch, reason))
    return Verification(documents, quotes, tuple(failures))


def _text(store: Store, sha256: str, encoding: str) -> str:
    data = store.source(sha256)
    actual = hashlib.sha256(data).hexdigest()
    if actual != sha256:
        message = f"the source's SHA-256 is {actual}, not {sha256}"
        raise ValueError(message)
    return decode(data, encoding)


def _quotes(store: Store, text: str) -> Iterator[tuple[str, tuple[int, int], tuple[str, str, str]]]:
    for row in store.rows(_QUOTES % text):
        stretch, start, end, exact, prefix, suffix = (value_of(term) for term in row)
        yield stretch, (int(start), int(end)), (exact, prefix, suffix)


def _difference(text: str, span: tuple[int, int], said: tuple[str, str, str]) -> str | None:
    """Return what does not agree between a quote and the text at its place."""
    start, end = span
    exact, prefix, suffix = said
    if not 0 <= start < end <= len(text):
        return f"{start}-{end} is no place in a text of {len(text)} characters"
    if text[start:end] != exact:
        return f"the source reads {text[start:end]!r:.80}, the quote {exact!r:.80}"
    if context(text, Span(start, end)) != (prefix, suffix):
        return "the words around the quote are not those of the source"
    return None
