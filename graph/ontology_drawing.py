"""A drawing of the classes: what is under what, and which property leads from which to which."""

from collections.abc import Iterable

import pygraphviz
import rdflib
from rdflib.namespace import OWL, RDF, RDFS, SDO

from ontology.terms import CANCU

# What nearly everything has ("in document") would hide what only some have.
_MOST_DRAWN = 2
_FONT = {"fontname": "Helvetica,Arial,sans-serif", "fontsize": "11"}
_OWN = {"shape": "box", "style": "rounded,filled", "fillcolor": "#e8f0fa", "color": "#1f5a96"}
_FOREIGN = {"shape": "box", "style": "dashed", "color": "#767676", "fontcolor": "#555555"}
_IS_A = {"arrowhead": "empty", "style": "dashed", "color": "#767676"}
_LEADS_TO = {"arrowhead": "vee", "color": "#1f5a96", "fontcolor": "#1f5a96", "fontsize": "9"}

Term = rdflib.URIRef
Edge = tuple[Term, Term]


def draw_classes(vocabulary: rdflib.Graph, title: str) -> str:
    """Return a drawing as an SVG element.

    Our own classes link to their place on the page that the drawing is put in (#Task).

    Args:
        vocabulary: our terms and the foreign ones above them, with labels in one language.
        title: what the drawing shows, for those who cannot see it.
    """
    own = {term for term in _terms(vocabulary.subjects(RDF.type, OWL.Class)) if _is_own(term)}
    leads_to, is_a = _leads_to(vocabulary), _is_a(vocabulary)
    drawn = own | {end for edge in leads_to for end in edge}
    drawn |= {upper for lower, upper in is_a if lower in own}
    drawing = pygraphviz.AGraph(directed=True, strict=False, rankdir="LR", tooltip=title)
    drawing.graph_attr.update(nodesep="0.2", ranksep="0.7")
    for node in sorted(drawn):
        drawing.add_node(node, **_FONT, **_look(vocabulary, node))
    for lower, upper in is_a:
        if {lower, upper} <= drawn:
            drawing.add_edge(lower, upper, **_IS_A)
    for edge, names in leads_to.items():
        drawing.add_edge(*edge, label="\\n".join(sorted(names)), **_FONT | _LEADS_TO)
    return _svg(drawing)


def _is_a(vocabulary: rdflib.Graph) -> list[Edge]:
    return [
        (lower, upper)
        for lower in _terms(vocabulary.subjects(RDFS.subClassOf))
        for upper in _terms(vocabulary.objects(lower, RDFS.subClassOf))
    ]


def _leads_to(vocabulary: rdflib.Graph) -> dict[Edge, list[str]]:
    """Return the labels of our object properties by what they lead from and to."""
    found: dict[Edge, list[str]] = {}
    for term in _terms(vocabulary.subjects(RDF.type, OWL.ObjectProperty)):
        starts = _terms(vocabulary.objects(term, RDFS.domain | SDO.domainIncludes))
        ends = _terms(vocabulary.objects(term, RDFS.range | SDO.rangeIncludes))
        if not _is_own(term) or max(len(starts), len(ends)) > _MOST_DRAWN:
            continue
        for start in starts:
            for end in ends:
                label = str(vocabulary.value(term, RDFS.label))
                found.setdefault((start, end), []).append(label)
    return found


def _terms(nodes: Iterable[rdflib.term.Node]) -> list[Term]:
    """Return what has a name, once each, in the order of the names."""
    return sorted({node for node in nodes if isinstance(node, rdflib.URIRef)})


def _is_own(term: Term) -> bool:
    return term.startswith(CANCU.NS)


def _look(vocabulary: rdflib.Graph, term: Term) -> dict[str, str]:
    prefix, _, name = vocabulary.namespace_manager.compute_qname(term)
    if not _is_own(term):
        return {**_FOREIGN, "label": f"{prefix}:{name}"}
    label = str(vocabulary.value(term, RDFS.label))
    return {**_OWN, "label": f"{label}\\n{prefix}:{name}", "URL": f"#{name}", "tooltip": label}


def _svg(drawing: pygraphviz.AGraph) -> str:
    """Return what stands in an SVG file behind the words that make it a file of its own."""
    file: bytes = drawing.draw(format="svg", prog="dot")
    text = file.decode()
    return text[text.index("<svg") :]
