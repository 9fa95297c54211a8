"""The quads of one document as they are written: nodes, values, and the evidence of each node."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from graph import iris, terms
from graph.organs import Reader
from loaders.document import Evidence, SourceDocument, Span
from loaders.text.layout import Layout
from ontology.terms import CANCU, ITSRDF, OA, PROV, RDF_TYPE

_CONTEXT = 30


@dataclass(slots=True)
class _Place:
    iri: str
    span: Span
    parent: "_Place | None" = None


class Places:
    """Nested parts of a text, the narrowest of which around a span is found by bisection."""

    def __init__(self) -> None:
        self._places: list[_Place] = []
        self._starts: list[int] = []

    def add(self, iri: str, span: Span) -> None:
        """Remember a part."""
        self._places.append(_Place(iri, span))
        self._starts = []

    def around(self, span: Span) -> str | None:
        """Return the narrowest part that contains a span."""
        if len(self._starts) != len(self._places):
            self._nest()
        before = bisect_right(self._starts, span.start)
        place = self._places[before - 1] if before else None
        while place and not place.span.contains(span):
            place = place.parent
        return place.iri if place else None

    def _nest(self) -> None:
        """Sort the parts and tell each the part that it lies in."""
        self._places.sort(key=lambda place: (place.span.start, -place.span.end))
        around: list[_Place] = []
        for place in self._places:
            while around and around[-1].span.end <= place.span.start:
                around.pop()
            place.parent = around[-1] if around else None
            around.append(place)
        self._starts = [place.span.start for place in self._places]


class Writer:
    """Collects the quads of one document in one named graph, each once, in the order written.

    Attributes:
        document: the source, whose text the evidence quotes.
        layout: the source as healed blocks, from which readable texts are taken.
        iri: the document's IRI; every node is named under it.
        reader: how the document's words on organs and instruments are to be taken.
        run: the IRI of the extraction.
    """

    def __init__(
        self, document: SourceDocument, layout: Layout, iri: str, reader: Reader, rule_set: str
    ) -> None:
        self.document = document
        self.layout = layout
        self.iri = iri
        self.reader = reader
        self.run = iris.run(iri, rule_set)
        self._graph = terms.node(iris.document_graph(document.sha256))
        self._quads: dict[ox.Quad, None] = {}
        self._counts: dict[str, int] = {}
        self._places = Places()

    def quads(self) -> Iterator[ox.Quad]:
        """Return what was written."""
        return iter(self._quads)

    def add(self, subject: str, predicate: str, value: ox.Literal | str) -> None:
        """Write one statement; a string is an IRI."""
        node = terms.node
        end = node(value) if isinstance(value, str) else value
        self._quads[ox.Quad(node(subject), node(predicate), end, self._graph)] = None

    def add_text(self, subject: str, predicate: str, value: str | None) -> None:
        """Write words; None writes nothing."""
        if value is not None:
            self.add(subject, predicate, terms.text(value))

    def new(self, parent: str, name: str, kind: str) -> str:
        """Name a further node of a sort under another, and write its class and its document."""
        return self.named(f"{parent}/{name}/{self.count(f'{parent}/{name}')}", kind)

    def named(self, iri: str, kind: str) -> str:
        """Write the class and the document of a node that has its name; return the name.

        A name that was given before gets a suffix: two sections may bear one number.
        """
        again = self.count(iri)
        unique = iri if again == 1 else f"{iri}~{again}"
        self.add(unique, RDF_TYPE, kind)
        self.add(unique, CANCU.inDocument, self.iri)
        return unique

    def count(self, name: str) -> int:
        """Return how often a name has been asked for, this time included."""
        self._counts[name] = self._counts.get(name, 0) + 1
        return self._counts[name]

    def open_place(self, iri: str, span: Span) -> None:
        """Remember a part of the document, so that what lies in it can be named under it."""
        self._places.add(iri, span)

    def place_of(self, span: Span) -> str:
        """Return the narrowest known part of the document that a span lies in."""
        return self._places.around(span) or self.iri

    def readable(self, span: Span) -> str:
        """Return the words at a span on one line, without markup."""
        flat = self.layout.flat
        start, end = flat.index(span.start), flat.index(span.end)
        words = flat.text[start:end] or self.document.quote(span)
        return " ".join(words.split())

    def evidence(self, node: str, evidence: Evidence, field: str | None = None) -> None:
        """Write why a node, or one field of it, is believed."""
        name = f"{node}/evidence/{field}" if field else f"{node}/evidence"
        annotation = f"{name}/{n}" if (n := self.count(name)) > 1 else name
        self.add(annotation, RDF_TYPE, OA.Annotation)
        self.add(annotation, OA.hasBody, node)
        self.add(annotation, OA.hasTarget, self._stretch(evidence.span))
        self.add_text(annotation, CANCU.field, field)
        self.add_text(annotation, CANCU.rule, evidence.rule)
        self.add(annotation, ITSRDF.taConfidence, terms.double(evidence.confidence))
        self.add(annotation, PROV.wasGeneratedBy, self.run)

    def _stretch(self, span: Span) -> str:
        iri = iris.stretch(self.iri, span)
        if self.count(iri) > 1:
            return iri
        selector = f"{iris.expression(self.iri)}#selector={span.start},{span.end}"
        self.add(iri, RDF_TYPE, OA.SpecificResource)
        self.add(iri, OA.hasSource, iris.expression(self.iri))
        self.add(iri, OA.hasSelector, selector)
        self.add(selector, RDF_TYPE, OA.TextPositionSelector)
        self.add(selector, RDF_TYPE, OA.TextQuoteSelector)
        self.add(selector, OA.start, terms.integer(span.start))
        self.add(selector, OA.end, terms.integer(span.end))
        before, after = context(self.document.text, span)
        # The quote is the very text of the source, so it is not composed.
        self.add(selector, OA.exact, ox.Literal(self.document.quote(span)))
        self.add(selector, OA.prefix, ox.Literal(before))
        self.add(selector, OA.suffix, ox.Literal(after))
        return iri


def context(text: str, span: Span) -> tuple[str, str]:
    """Return the text just before and just after a span."""
    return text[max(0, span.start - _CONTEXT) : span.start], text[span.end : span.end + _CONTEXT]
