"""What a statement of the graph rests on that is not a conclusion.

The graph that it stands in says of what kind that is:

- of a document: the words that it was read from, with their place, rule and confidence;
- of curated facts: who says so, and why;
- of what documents share: what documents say of the resource;
- of the ontology: the ontology itself.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Literal

import pyoxigraph as ox

from graph import iris
from graph.terms import node, value_of
from ontology.terms import BASE, CANCU, DCTERMS, ELI, ITSRDF, OA, ORG, RDF_TYPE

Origin = Literal["extracted", "curated", "shared", "ontology", "inferred"]

_REGISTER = iris.SHARED_GRAPHS["register"]
_ORIGINS: dict[str, Origin] = {
    iris.SHARED_GRAPHS["curated"]: "curated",
    _REGISTER: "curated",
    iris.SHARED_GRAPHS["inferred"]: "inferred",
    iris.SHARED_GRAPHS["ontology"]: "ontology",
}
# The fields that a statement was made of: of a document's head, and the pillar of a section.
_FIELDS = {
    RDF_TYPE: ("doc_type",),
    ELI.type_document: ("doc_type",),
    CANCU.typeText: ("doc_type",),
    ELI.id_local: ("number",),
    ELI.number: ("number",),
    CANCU.numberStatus: ("number", "series"),
    CANCU.series: ("series",),
    DCTERMS.issued: ("issued",),
    ELI.date_document: ("issued",),
    CANCU.placeText: ("place",),
    ELI.jurisdiction: ("issuer", "place"),
    ELI.passed_by: ("issuer",),
    CANCU.issuerText: ("issuer",),
    DCTERMS.title: ("title",),
    ELI.title: ("title",),
    CANCU.pillar: ("pillar",),
}
# What is said of an organ because of a change in the register.
_BY_CHANGE = {CANCU.succeededBy, CANCU.answersToday, CANCU.answerStatus, ORG.changedBy}
_SHOWN = 3
_MOST_LOOKED_AT = 1000


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a source that a statement was read from.

    Attributes:
        words: as they stand in the source.
        place: IRI of the stretch of text.
        start, end: offsets in the text of the document, in characters.
        file: name of the file.
        rule: the extraction rule.
        confidence: 0 to 1.
    """

    words: str
    place: str
    start: int
    end: int
    file: str
    rule: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Ground:
    """What a statement rests on.

    Attributes:
        origin: where it comes from.
        quotes: words that say it; of a shared resource the first few that speak of it.
        quoted: how many there are in all.
        file: name of the file that it was read from as a whole, where no words say it.
        reason: why a person believes it.
        source: from where that person has it.
    """

    origin: Origin
    quotes: tuple[Quote, ...] = ()
    quoted: int = 0
    file: str | None = None
    reason: str | None = None
    source: str | None = None


def graph_of(quad: ox.Quad) -> str:
    """Return the IRI of the graph that a quad stands in."""
    name = quad.graph_name
    return name.value if isinstance(name, ox.NamedNode) else ""


def origin_of(graph: str) -> Origin:
    """Return where the statements of a named graph come from."""
    if graph.startswith(iris.DOCUMENT_GRAPHS):
        return "extracted"
    return _ORIGINS.get(graph, "shared")


class Grounds:
    """Finds the grounds of statements in one release."""

    def __init__(self, database: ox.Store) -> None:
        self._database = database

    def of(self, quad: ox.Quad) -> Ground:
        """Return what a statement rests on."""
        origin = origin_of(graph_of(quad))
        if origin == "extracted":
            quotes = self._quotes_for(quad)
            file = None if quotes else self._file_of(quad.graph_name)
            return Ground(origin, quotes, len(quotes), file)
        if origin == "curated":
            by_register = graph_of(quad) == _REGISTER
            reason, source = self._registered(quad) if by_register else self._curated(quad)
            return Ground(origin, reason=reason, source=source)
        if origin == "shared":
            return self._shared(quad)
        return Ground(origin)

    def _quotes_for(self, quad: ox.Quad) -> tuple[Quote, ...]:
        """Return the words nearest to a statement: those of the first node that has some."""
        if evidence := self._annotations(value_of(quad.subject)):
            return tuple(self._quote(annotation) for annotation in evidence)
        for about, fields in self._witnesses(quad):
            found = sorted(self._quotes_of(about, fields), key=lambda q: (q.start, q.end))
            if found:
                return tuple(found)
        return ()

    def _witnesses(self, quad: ox.Quad) -> Iterator[tuple[str, Collection[str]]]:
        """Yield nodes that may have evidence for a statement, with the fields that count."""
        subject = value_of(quad.subject)
        if fields := _FIELDS.get(quad.predicate.value):
            # A text has the title of its document.
            yield subject.removesuffix("/vi/txt") if fields == ("title",) else subject, fields
        # A part knows better than the whole: of a task's deadline, the deadline's words.
        if isinstance(quad.object, ox.NamedNode) and quad.object.value.startswith(f"{subject}/"):
            yield quad.object.value, ()
        while subject.startswith(BASE):
            yield subject, ()
            subject = subject.rpartition("/")[0]

    def _annotations(self, evidence: str) -> list[str]:
        """Return the annotations that a node is part of, as such, as stretch or as selector."""
        if self._value(evidence, OA.hasBody):
            return [evidence]
        stretch = self._owner(OA.hasSelector, evidence) or evidence
        annotation = self._owner(OA.hasTarget, stretch)
        return [annotation] if annotation else []

    def _owner(self, predicate: str, of: str) -> str | None:
        """Return the first node in the order of the alphabet that points to another."""
        if not of:
            return None
        owners = self._database.quads_for_pattern(None, node(predicate), node(of))
        return min((value_of(quad.subject) for quad in owners), default=None)

    def _quotes_of(self, about: str, fields: Collection[str]) -> Iterator[Quote]:
        for quad in self._database.quads_for_pattern(None, node(OA.hasBody), node(about)):
            annotation = value_of(quad.subject)
            field = self._value(annotation, CANCU.field)
            if (field in fields) if fields else field is None:
                yield self._quote(annotation)

    def _quote(self, annotation: str) -> Quote:
        place = self._value(annotation, OA.hasTarget) or ""
        selector = self._value(place, OA.hasSelector) or ""
        file = self._owner(ELI.embodies, self._value(place, OA.hasSource) or "") or ""
        return Quote(
            words=self._value(selector, OA.exact) or "",
            place=place,
            start=int(self._value(selector, OA.start) or 0),
            end=int(self._value(selector, OA.end) or 0),
            file=self._value(file, CANCU.fileName) or "",
            rule=self._value(annotation, CANCU.rule) or "",
            confidence=float(self._value(annotation, ITSRDF.taConfidence) or 0),
        )

    def _file_of(self, graph: ox.NamedNode | ox.BlankNode | ox.DefaultGraph) -> str | None:
        names = self._database.quads_for_pattern(None, node(CANCU.fileName), None, graph)
        return next((value_of(quad.object) for quad in names), None)

    def _curated(self, quad: ox.Quad) -> tuple[str | None, str | None]:
        """Return reason and source of a curated fact, or of a link that follows from one."""
        about = self._database.quads_for_pattern(None, node(CANCU.aboutDocument), quad.subject)
        facts = [value_of(quad.subject), *sorted(value_of(fact.subject) for fact in about)]
        numbers = [fact for fact in facts[1:] if self._value(fact, CANCU.field) == "number"]
        for fact in (facts[0], *numbers):
            if reason := self._value(fact, CANCU.reason):
                return reason, self._value(fact, DCTERMS.source)
        return None, None

    def _shared(self, quad: ox.Quad) -> Ground:
        """Return what documents say of a shared resource, and who keeps it if a person does."""
        subject = value_of(quad.subject)
        quotes: dict[str, Quote] = {}
        pointing = self._database.quads_for_pattern(None, None, node(subject))
        for other in islice(pointing, _MOST_LOOKED_AT):
            if origin_of(graph_of(other)) == "extracted":
                quotes |= {quote.place: quote for quote in self._quotes_for(other)}
        best = sorted(quotes.values(), key=lambda q: (q.file, q.start, q.end))
        # Of an organ that only the register led to, no document speaks.
        is_change = quad.predicate.value in _BY_CHANGE
        reason, source = self._registered(quad) if is_change or not best else (None, None)
        return Ground("shared", tuple(best[:_SHOWN]), len(best), reason=reason, source=source)

    def _registered(self, quad: ox.Quad) -> tuple[str | None, str | None]:
        """Return reason and source of a change that a statement is about, or of the register."""
        subject = value_of(quad.subject)
        for about in (subject, self._value(subject, ORG.changedBy), _REGISTER):
            if about and (reason := self._value(about, CANCU.curatedBecause)):
                return reason, self._value(about, DCTERMS.source)
        return None, None

    def _value(self, subject: str, predicate: str) -> str | None:
        if not subject:
            return None
        quads = self._database.quads_for_pattern(node(subject), node(predicate), None)
        found = [quad.object for quad in quads]
        english = [o for o in found if isinstance(o, ox.Literal) and o.language == "en"]
        return min((value_of(term) for term in english or found), default=None)
