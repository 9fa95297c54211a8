"""From the facts of one document to quads, in the named graph of its file.

Nothing but the facts and the version of the rules goes in, no clock, no path, so that the same
input gives the same quads everywhere. All subjects lie under the document's own IRI: what several
documents share (agencies, cited instruments, indicators) is only pointed to here and described in
the shared graphs (`graph.shared`), so that no triple stands in two graphs.
"""

from collections.abc import Mapping
from importlib import metadata

import pyoxigraph as ox

from graph import iris, terms
from graph.citation_quads import Instruments, write_citations
from graph.document_quads import write_document
from graph.identity import document_id, reader_of
from graph.organs import agency_iri
from graph.pillars import Pillar, follow_pillars, section_pillars
from graph.task_quads import write_tasks
from graph.writer import Writer
from loaders.document import Evidence, Gap, Span
from loaders.facts import Facts
from loaders.measuring.indicators import Indicator
from loaders.measuring.units import unit_at
from loaders.organs.agencies import AgencyMention
from loaders.structure.sections import Section
from loaders.text.layout import lay_out
from loaders.text.reading import fold
from ontology.terms import CANCU, DCTERMS, ELI, SCHEMA, SDMX, SDMXA

_COMPARATORS = {">=": "ge", ">": "gt", "=": "eq", "<=": "le", "<": "lt", "range": "range"}


def rule_set_version() -> str:
    """Return the version of the extraction rules, which is that of the installed package."""
    return f"cancu-{metadata.version('cancu')}"


def document_iri(facts: Facts) -> str:
    """Return the IRI of the document that facts are about."""
    return document_id(facts.head, facts.document.sha256, _latest_cited(facts)).iri


def _latest_cited(facts: Facts) -> str | None:
    """Return the latest day of what a document cites, which was issued no earlier."""
    days = [c.issued for c in facts.citations if c.issued and terms.is_date(c.issued)]
    return max(days, default=None)


def quads_for(facts: Facts, rule_set: str | None = None) -> list[ox.Quad]:
    """Return all that one document was found to say, with the evidence of each node.

    Args:
        facts: of one document.
        rule_set: version of the rules that found them; that of this package if not given.
    """
    rules = rule_set or rule_set_version()
    cited = _latest_cited(facts)
    own = document_id(facts.head, facts.document.sha256, cited)
    reader = reader_of(facts.head, own, cited)
    writer = Writer(facts.document, lay_out(facts.document), own.iri, reader, rules)
    write_document(writer, facts, own, rules)
    instruments = Instruments(writer, facts)
    named = [own.iri, *(iri for _, iri, _ in instruments.all)]
    pillars = (
        section_pillars(facts.sections, damaged=writer.layout.damaged)
        if follow_pillars(named)
        else {}
    )
    sections = _write_sections(writer, facts.sections, pillars)
    groups = frozenset(mention.name for mention in facts.agencies if mention.group)
    write_tasks(writer, facts.tasks, sections, instruments.by_key(), groups)
    write_citations(writer, facts, instruments)
    for order, indicator in enumerate(facts.indicators, 1):
        _write_indicator(writer, indicator, sections, order)
    for mention in facts.agencies:
        _write_mention(writer, mention)
    for gap in facts.gaps:
        _write_gap(writer, gap)
    return list(writer.quads())


def _write_sections(
    writer: Writer, sections: tuple[Section, ...], pillars: Mapping[str, Pillar]
) -> Mapping[str, str]:
    """Write the sections; return their IRIs by path."""
    nodes: dict[str, str] = {}
    for order, section in enumerate(sections, 1):
        name = iris.section(writer.iri, section.path)
        node = writer.named(name, ELI.LegalResourceSubdivision)
        parent = section.path.rpartition(".")[0]
        writer.add(node, ELI.is_part_of, nodes.get(parent, writer.iri))
        writer.add_text(node, ELI.number, section.path)
        writer.add_text(node, DCTERMS.title, section.heading)
        writer.add(node, CANCU.level, terms.integer(section.level))
        writer.add(node, CANCU.order, terms.integer(order))
        writer.add(node, CANCU.coversFrom, terms.integer(section.start))
        writer.add(node, CANCU.coversTo, terms.integer(section.end))
        writer.evidence(node, section.evidence)
        if pillar := pillars.get(section.path):
            told = Evidence(section.evidence.span, pillar.rule, pillar.confidence)
            writer.add(node, CANCU.pillar, pillar.iri)
            writer.evidence(node, told, "pillar")
        writer.open_place(node, Span(section.start, section.end))
        nodes.setdefault(section.path, node)
    return nodes


def _write_indicator(
    writer: Writer, indicator: Indicator, sections: Mapping[str, str], order: int
) -> None:
    around = writer.place_of(indicator.evidence.span)
    section = sections.get(indicator.section or "", writer.iri)
    node = writer.new(section, "chi-tieu", CANCU.IndicatorTarget)
    writer.add(node, CANCU.statedIn, section)
    if "/nhiem-vu/" in around:
        writer.add(around, CANCU.hasTarget, node)
    writer.add(node, CANCU.ofIndicator, iris.indicator(indicator.name))
    writer.add_text(node, CANCU.statedKey, indicator.name)
    writer.add(node, CANCU.comparator, iris.code("comparator", _COMPARATORS[indicator.comparator]))
    _write_value(writer, node, indicator)
    if indicator.unit:
        writer.add_text(node, SCHEMA.unitText, indicator.unit)
        writer.add(node, SDMXA.unitMeasure, iris.code("unit", _kind_of_unit(indicator.unit)))
    writer.add_text(node, CANCU.baseText, indicator.base)
    if indicator.target_year is not None:
        writer.add(node, CANCU.targetYear, terms.date(f"{indicator.target_year:04}"))
    writer.add_text(node, CANCU.text, writer.readable(indicator.evidence.span))
    writer.add(node, CANCU.order, terms.integer(order))
    writer.evidence(node, indicator.evidence)


def _write_value(writer: Writer, node: str, indicator: Indicator) -> None:
    """Write the number: one value, or the two ends of a range."""
    value = terms.decimal(indicator.value)
    if indicator.value_max is None:
        writer.add(node, SDMX.obsValue, value)
    else:
        writer.add(node, SCHEMA.minValue, value)
        writer.add(node, SCHEMA.maxValue, terms.decimal(indicator.value_max))


def _kind_of_unit(text: str) -> str:
    """Return what sort of thing a unit counts: "%/năm" is a percentage."""
    unit = unit_at(text, fold(text), 0)
    return unit.kind if unit else "unknown"


def _write_mention(writer: Writer, mention: AgencyMention) -> None:
    place = writer.place_of(mention.evidence.span)
    node = writer.new(place, "co-quan", CANCU.AgencyMention)
    writer.add(node, CANCU.statedIn, place)
    writer.add(node, CANCU.mentionsAgency, agency_iri(mention.name, writer.reader))
    writer.add_text(node, CANCU.agencyName, mention.name)
    writer.add(node, CANCU.isGroup, terms.boolean(mention.group))
    writer.add(node, CANCU.isGeneric, terms.boolean(mention.generic))
    writer.evidence(node, mention.evidence)


def _write_gap(writer: Writer, gap: Gap) -> None:
    node = writer.new(writer.iri, f"gap/{iris.slug(gap.code)}", CANCU.Gap)
    writer.add_text(node, CANCU.gapCode, gap.code)
    writer.add(node, CANCU.gapKind, iris.code("gap", iris.slug(gap.code)))
    writer.add_text(node, CANCU.message, gap.message)
    if gap.span is not None and gap.span.start < gap.span.end:
        # What is missing is stated with certainty; its code is the rule that says so.
        writer.evidence(node, Evidence(gap.span, gap.code, 1.0))
