"""Quads of citations: each mention, what the document says of each instrument, and its basis."""

from collections.abc import Mapping, Sequence

from graph import iris, terms
from graph.identity import cited_id, possible_ids
from graph.writer import Writer
from loaders.citing.citations import Citation
from loaders.citing.resolve import Instrument
from loaders.document import Stated
from loaders.facts import Facts
from ontology.terms import CANCU, CITO


class Instruments:
    """The instruments that one document cites, with the IRI that each of its mentions means."""

    def __init__(self, writer: Writer, facts: Facts) -> None:
        self.all: list[tuple[Instrument, str, tuple[str, ...]]] = []
        self._by_citation: dict[int, str] = {}
        self._by_key: dict[str, list[str]] = {}
        self._citations = facts.citations
        for instrument in facts.instruments:
            cited = cited_id(
                writer.reader,
                key=instrument.key,
                type_name=instrument.type,
                number=instrument.number,
                issued=instrument.issued,
                issuer=instrument.issuer,
                term=instrument.term,
            )
            possible = tuple(other.iri for other in possible_ids(cited, writer.reader))
            self.all.append((instrument, cited.iri, possible))
            self._by_key.setdefault(instrument.key, []).append(cited.iri)
            self._by_citation |= dict.fromkeys(instrument.citations, cited.iri)

    def of_citation(self, index: int) -> str | None:
        """Return the instrument that a mention means."""
        return self._by_citation.get(index) or self.of_key(self._citations[index].key)

    def of_key(self, key: str) -> str | None:
        """Return the instrument that has a key; None if there is none or more than one."""
        found = set(self._by_key.get(key, []))
        return found.pop() if len(found) == 1 else None

    def by_key(self) -> Mapping[str, str]:
        """Return the instruments by those keys that mean one only."""
        return {key: iri for key in self._by_key if (iri := self.of_key(key))}

    def of_stated(self, stated: Stated[str]) -> str | None:
        """Return the instrument that a key in the head means: the one that its words mention."""
        for index, citation in enumerate(self._citations):
            touches = citation.evidence.span.overlaps(stated.evidence.span)
            if citation.key == stated.value and touches:
                return self.of_citation(index)
        return self.of_key(stated.value)


def write_citations(writer: Writer, facts: Facts, instruments: Instruments) -> None:
    """Write every mention, then what the document says of each instrument, then its basis."""
    for index, citation in enumerate(facts.citations):
        _write_citation(writer, citation, instruments.of_citation(index), index + 1)
    for instrument, iri, possible in instruments.all:
        _write_claim(writer, facts.citations, instrument, iri, possible)
    for kind, keys in (("implements", facts.head.implements), ("based-on", facts.head.legal_basis)):
        for stated in keys:
            _write_basis(writer, kind, stated, instruments.of_stated(stated))


def _write_citation(writer: Writer, citation: Citation, cited: str | None, order: int) -> None:
    place = writer.place_of(citation.evidence.span)
    node = writer.new(place, "vien-dan", CANCU.Citation)
    writer.add(node, CITO.hasCitingEntity, place)
    if cited:
        writer.add(node, CITO.hasCitedEntity, cited)
    writer.add(node, CANCU.citationKind, iris.code("citation-kind", citation.kind))
    writer.add(node, CANCU.resolution, iris.code("resolution", citation.resolution))
    writer.add(node, CANCU.order, terms.integer(order))
    writer.add(node, CANCU.byAlias, terms.boolean(citation.alias))
    writer.add_text(node, CANCU.text, writer.readable(citation.evidence.span))
    writer.add_text(node, CANCU.impliedIssuer, citation.issuer_implied)
    writer.add_text(node, CANCU.spellingNote, citation.note)
    _write_stated(writer, node, citation)
    writer.evidence(node, citation.evidence)


def _write_claim(
    writer: Writer,
    citations: Sequence[Citation],
    instrument: Instrument,
    iri: str,
    possible: tuple[str, ...],
) -> None:
    name = f"{writer.iri}/van-ban/{iris.slug(instrument.key)}"
    node = writer.named(name, CANCU.InstrumentClaim)
    writer.add(node, CANCU.aboutInstrument, iri)
    writer.add(node, CANCU.resolution, iris.code("resolution", instrument.resolution))
    _write_stated(writer, node, instrument)
    for line in instrument.candidates:
        writer.add_text(node, CANCU.candidateText, line)
    for other in possible:
        writer.add(node, CANCU.candidate, other)
    # The claim joins what several mentions say; the first of them stands for it.
    for index in instrument.citations[:1]:
        writer.evidence(node, citations[index].evidence)


def _write_stated(writer: Writer, node: str, said: Citation | Instrument) -> None:
    writer.add_text(node, CANCU.statedKey, said.key)
    writer.add_text(node, CANCU.statedNumber, said.number)
    writer.add_text(node, CANCU.statedType, said.type)
    writer.add_text(node, CANCU.statedDate, said.issued)
    writer.add_text(node, CANCU.statedIssuer, said.issuer)
    writer.add_text(node, CANCU.statedTitle, said.title)
    writer.add_text(node, CANCU.statedTerm, said.term)


def _write_basis(writer: Writer, kind: str, stated: Stated[str], iri: str | None) -> None:
    name = "can-cu" if kind == "based-on" else "thuc-hien"
    node = writer.new(writer.iri, name, CANCU.BasisStatement)
    writer.add(node, CANCU.citationKind, iris.code("citation-kind", kind))
    writer.add_text(node, CANCU.statedKey, stated.value)
    if iri:
        writer.add(node, CANCU.aboutInstrument, iri)
    writer.evidence(node, stated.evidence)
