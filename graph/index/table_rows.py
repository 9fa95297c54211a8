"""The rows of the tables, read from the nodes of one named graph.

Everything that a row of a document says stands in the document's own graph, so that a changed
document changes its own rows and no others. Organs and indicators are shared: their rows come from
the graphs of the register and of what the documents name.
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence

from graph import iris
from graph.index.nodes import Nodes, Values, every, first, key_of
from ontology.terms import (
    CANCU,
    CITO,
    DCTERMS,
    ELI,
    ORG,
    PROV,
    RDF_TYPE,
    SCHEMA,
    SDMX,
    SDMXA,
    SKOS,
)

Row = tuple[object, ...]
_IRI, _IRIS = "VARCHAR", "VARCHAR[]"
# Of each table its columns. All begin alike: `place` orders the rows of a document as it is read.
SCHEMA_OF: Mapping[str, Mapping[str, str]] = {
    name: {"key": "BIGINT", "iri": _IRI, "graph": _IRI, "place": "BIGINT"} | columns
    for name, columns in {
        "documents": {
            "type": _IRI, "province": _IRI, "issuer": _IRI, "number": "VARCHAR",
            "title": "VARCHAR", "issued": "DATE", "tasks": "INTEGER", "targets": "INTEGER",
            "citations": "INTEGER", "basis": _IRIS,
        },
        "tasks": {
            "document": _IRI, "section": _IRI, "parent": _IRI, "province": _IRI, "kind": _IRI,
            "pillars": _IRIS, "leads": _IRIS, "supports": _IRIS, "reports": _IRIS,
            "agencies": _IRIS, "due": "DATE", "due_last": "DATE", "days": "DATE[]",
            "deadlines": "INTEGER", "citations": "INTEGER", "cited": _IRIS,
        },
        "targets": {
            "document": _IRI, "section": _IRI, "province": _IRI, "pillars": _IRIS,
            "indicator": _IRI, "comparator": _IRI, "value": "DOUBLE", "upto": "DOUBLE",
            "unit": _IRI, "year": "INTEGER",
        },
        "citations": {
            "document": _IRI, "province": _IRI, "instrument": _IRI, "kind": _IRI,
            "resolution": _IRI, "number": "VARCHAR",
        },
        "agencies": {
            "label": "VARCHAR", "sorted": "VARCHAR", "kind": _IRI, "province": _IRI,
            "level": _IRI, "is_group": "BOOLEAN",
        },
        "indicators": {"label": "VARCHAR", "sorted": "VARCHAR"},
    }.items()
}  # fmt: skip
_ORDER_BITS = 20
_DOCUMENT_BYTES = 5
_DAY = len("2025-06-30")
_ROLES = {"leads": "lead", "supports": "support", "reports": "reports-to"}


def rows_of(graph: str, nodes: Nodes) -> Iterator[tuple[str, Row]]:
    """Yield each row of a graph with the name of its table."""
    view = _View(graph, nodes)
    for iri, values in nodes.items():
        known = next((k for k in every(values, RDF_TYPE) if k in _WRITERS), None)
        if known:
            table, write = _WRITERS[known]
            place = view.document_place(iri, values) + int(first(values, CANCU.order) or 0)
            yield table, (key_of(iri), iri, graph, place, *write(view, iri, values))


class _View:
    """A graph, and what its nodes say of one another."""

    def __init__(self, graph: str, nodes: Nodes) -> None:
        self.graph = graph
        self.nodes = nodes
        self._assigned: dict[str, list[Values]] = {}
        self._counts: dict[tuple[str, str], int] = {}
        self._places: dict[str, int] = {}
        for values in nodes.values():
            kinds = every(values, RDF_TYPE)
            if CANCU.Assignment in kinds:
                self._assigned.setdefault(first(values, CANCU.ofTask) or "", []).append(values)
            for kind in kinds:
                where = (first(values, CANCU.inDocument) or "", kind)
                self._counts[where] = self._counts.get(where, 0) + 1

    def document_place(self, iri: str, values: Values) -> int:
        """Return a number below which the rows of a document stand together."""
        document = first(values, CANCU.inDocument) or iri
        if document not in self._places:
            digest = hashlib.sha256(document.encode()).digest()[:_DOCUMENT_BYTES]
            self._places[document] = int.from_bytes(digest, "big") << _ORDER_BITS
        return self._places[document]

    def of_document(self, values: Values, predicate: str) -> str | None:
        """Return what the document of a node says of itself."""
        return first(self.nodes.get(first(values, CANCU.inDocument) or "", {}), predicate)

    def count(self, document: str, kind: str) -> int:
        """Return how many nodes of a class a document has."""
        return self._counts.get((document, kind), 0)

    def assignees(self, task: str, role: str | None = None) -> list[str]:
        """Return the organs that have a role in a task, or any role."""
        wanted = iris.code("role", role) if role else None
        found = self._assigned.get(task, ())
        return sorted(
            {
                agency
                for values in found
                if wanted is None or first(values, PROV.hadRole) == wanted
                for agency in every(values, CANCU.assignee)
            }
        )

    def pillars(self, values: Values) -> list[str]:
        """Return the pillars of the section that a node stands in, and of those around it."""
        found: set[str] = set()
        seen: set[str] = set()
        place = first(values, CANCU.statedIn)
        while place is not None and place not in seen:
            seen.add(place)
            section = self.nodes.get(place, {})
            found.update(every(section, CANCU.pillar))
            place = first(section, ELI.is_part_of)
        return sorted(found)

    def basis(self, document: str) -> list[str]:
        """Return the instruments that a document says it stands on."""
        statements = (
            values
            for values in self.nodes.values()
            if CANCU.aboutInstrument in values and first(values, CANCU.inDocument) == document
            if CANCU.BasisStatement in every(values, RDF_TYPE)
        )
        return sorted({iri for v in statements for iri in every(v, CANCU.aboutInstrument)})


def _document(view: _View, iri: str, values: Values) -> Row:
    return (
        first(values, ELI.type_document),
        first(values, ELI.jurisdiction),
        first(values, ELI.passed_by),
        first(values, ELI.id_local),
        first(values, DCTERMS.title),
        _day(first(values, DCTERMS.issued) or first(values, ELI.date_document)),
        view.count(iri, CANCU.Task),
        view.count(iri, CANCU.IndicatorTarget),
        view.count(iri, CANCU.Citation),
        view.basis(iri),
    )


def _task(view: _View, iri: str, values: Values) -> Row:
    deadlines = [view.nodes.get(node, {}) for node in every(values, CANCU.hasDeadline)]
    days = sorted(day for d in deadlines if (day := _day(first(d, CANCU.latestDate))))
    cited = every(values, CANCU.citesInstrument)
    return (
        first(values, CANCU.inDocument),
        first(values, CANCU.statedIn),
        first(values, CANCU.subTaskOf),
        view.of_document(values, ELI.jurisdiction),
        first(values, CANCU.taskKind),
        view.pillars(values),
        *(view.assignees(iri, role) for role in _ROLES.values()),
        view.assignees(iri),
        days[0] if days else None,
        days[-1] if days else None,
        days,
        len(deadlines),
        len(cited),
        cited,
    )


def _target(view: _View, _: str, values: Values) -> Row:
    single = first(values, SDMX.obsValue)
    year = first(values, CANCU.targetYear)
    return (
        first(values, CANCU.inDocument),
        first(values, CANCU.statedIn),
        view.of_document(values, ELI.jurisdiction),
        view.pillars(values),
        first(values, CANCU.ofIndicator),
        first(values, CANCU.comparator),
        _number(single or first(values, SCHEMA.minValue)),
        _number(first(values, SCHEMA.maxValue)),
        first(values, SDMXA.unitMeasure),
        int(year[:4]) if year else None,
    )


def _citation(view: _View, _: str, values: Values) -> Row:
    return (
        first(values, CANCU.inDocument),
        view.of_document(values, ELI.jurisdiction),
        first(values, CITO.hasCitedEntity),
        first(values, CANCU.citationKind),
        first(values, CANCU.resolution),
        first(values, CANCU.statedNumber),
    )


def _agency(_: _View, __: str, values: Values) -> Row:
    label = _label(values)
    kinds = every(values, RDF_TYPE)
    return (
        label,
        iris.plain(label),
        first(values, ORG.classification),
        first(values, DCTERMS.spatial),
        first(values, CANCU.governmentLevel),
        CANCU.AgencyGroup in kinds,
    )


def _indicator(_: _View, __: str, values: Values) -> Row:
    label = _label(values)
    return label, iris.plain(label)


_WRITERS: Mapping[str, tuple[str, Callable[[_View, str, Values], Row]]] = {
    CANCU.Document: ("documents", _document),
    CANCU.Task: ("tasks", _task),
    CANCU.IndicatorTarget: ("targets", _target),
    CANCU.Citation: ("citations", _citation),
    ORG.FormalOrganization: ("agencies", _agency),
    CANCU.AgencyGroup: ("agencies", _agency),
    CANCU.Indicator: ("indicators", _indicator),
}


def _label(values: Values) -> str:
    """Return the Vietnamese name of a node, or whichever it has."""
    names: Sequence[object] = values.get(SKOS.prefLabel, ())
    pairs = sorted((getattr(n, "language", None) != "vi", getattr(n, "value", "")) for n in names)
    return str(pairs[0][1]) if pairs else ""


def _day(value: str | None) -> str | None:
    """Return a date that is known to the day."""
    return value if value and len(value) == _DAY else None


def _number(value: str | None) -> float | None:
    return float(value) if value else None
