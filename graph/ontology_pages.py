"""The vocabulary as web pages, one in Vietnamese and one in English, made from its Turtle.

pyLODE makes the page. Left alone it prints the labels of all languages in one, speaks English and
passes over some axioms. So each page is made from the literals of its language alone, the axioms
are told in notes, and pyLODE's own words are changed afterwards.
"""

import logging
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from xml.etree.ElementTree import Element, SubElement

import html5lib
import rdflib
from pylode import OntPub
from rdflib.collection import Collection
from rdflib.namespace import OWL, RDF, RDFS, SKOS

import ontology
from graph.ontology_drawing import draw_classes
from graph.ontology_words import LANGUAGES, PHRASES, WORDS, Language
from ontology.terms import CANCU

_HERE = "the drawing goes here"
_STYLE = """
  pre { white-space: pre-wrap; margin: 0 }
  body { line-height: 1.5 }
  #content { width: auto; margin-right: 230px }
  #content dd, #content a { overflow-wrap: anywhere }
  #drawing div { overflow-x: auto }
  #drawing svg { max-width: 100%; height: auto }
  @media (max-width: 60rem) {
    body { margin: 1rem; padding: 0 }
    #content { margin-right: 0 }
    #toc { position: static; width: auto; height: auto; border-width: 1px 0 0 }
    #pylode { position: static; transform: none }
    #content table, #content tbody, #content tr, #content th, #content td { display: block }
    #content table { table-layout: auto }
    dd { margin-left: 1rem }
  }
"""


def write_pages(folder: Path) -> list[Path]:
    """Write the page of each language into a folder, and the Turtle beside them."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "cancu.ttl").write_text(ontology.read("cancu.ttl"), encoding="utf-8")
    pages = []
    for language in LANGUAGES:
        vocabulary = _in_language(["cancu.ttl", "external.ttl"], language)
        drawing = draw_classes(vocabulary, PHRASES["drawing"][language])
        (folder / f"classes-{language}.svg").write_text(drawing, encoding="utf-8")
        page = folder / f"{language}.html"
        page.write_text(_page(language, drawing), encoding="utf-8")
        pages.append(page)
    return pages


def _page(language: Language, drawing: str) -> str:
    own = _in_language(["cancu.ttl"], language)
    own.remove((None, RDFS.isDefinedBy, None))  # all say the same
    for term, note in list(_axioms(own, language)):
        own.add((term, SKOS.note, rdflib.Literal(note)))
    document = OntPub(own, sort_subjects=True)
    # A place on the page is named as the term is; pyLODE would name it by the label.
    document.fids |= {term: term.removeprefix(CANCU.NS) for term in _own_terms(own)}
    tree = html5lib.parse(document.make_html(), namespaceHTMLElements=False)
    _translate(tree, language)
    _dress(tree, language)
    html = html5lib.serialize(tree, omit_optional_tags=False, quote_attr_values="always")
    return f"<!DOCTYPE html>\n{html}\n".replace(_HERE, drawing)


def _in_language(names: Iterable[str], language: Language) -> rdflib.Graph:
    """Return modules without the literals of other languages."""
    graph = rdflib.Graph(bind_namespaces="none")
    for name in names:
        graph.parse(data=ontology.read(name), format="turtle")
    for triple in list(graph):
        if isinstance(triple[2], rdflib.Literal) and triple[2].language not in {None, language}:
            graph.remove(triple)
    return graph


def _own_terms(graph: rdflib.Graph) -> set[str]:
    return {str(term) for term in graph.subjects() if str(term).startswith(CANCU.NS)}


def _axioms(graph: rdflib.Graph, language: Language) -> Iterator[tuple[rdflib.term.Node, str]]:
    """Yield in words what pyLODE does not print of a term."""
    for kind in (OWL.TransitiveProperty, OWL.SymmetricProperty):
        for term in graph.subjects(RDF.type, kind):
            yield term, PHRASES[kind.fragment][language]
    for term, other in graph.subject_objects(OWL.inverseOf):
        for one, inverse in ((term, other), (other, term)):
            yield one, PHRASES["inverseOf"][language].format(_named(graph, inverse))
    for term, chain in graph.subject_objects(OWL.propertyChainAxiom):
        steps = " ∘ ".join(_named(graph, step) for step in Collection(graph, chain))
        yield term, PHRASES["propertyChainAxiom"][language].format(steps)
    for listed in graph.objects(None, OWL.members):
        classes = list(Collection(graph, listed))
        for term in classes:
            others = ", ".join(_named(graph, other) for other in classes if other != term)
            yield term, PHRASES["members"][language].format(others)


def _named(graph: rdflib.Graph, term: rdflib.term.Node) -> str:
    return f"`{graph.namespace_manager.normalizeUri(str(term))}`"


def _translate(tree: Element, language: Language) -> None:
    """Put pyLODE's own words into the language of the page, and drop its hints on properties."""
    tree.set("lang", language)
    for element in tree.iter():
        if element.get("class") == "hover_property":
            element.attrib.pop("title", None)
        element.text = _word(element.text, language)
        element.tail = _word(element.tail, language)
        if "title" in element.attrib:
            element.set("title", _word(element.get("title"), language) or "")


def _word(text: str | None, language: Language) -> str | None:
    """Return a word of pyLODE's in a language, with the blanks around it; others stay."""
    word = (text or "").strip()
    return text.replace(word, WORDS[word][language]) if text and word in WORDS else text


def _dress(tree: Element, language: Language) -> None:
    """Add to a page what pyLODE has no place for: the other language, the Turtle, the drawing."""
    head, content = tree.find("head"), tree.find(".//div[@id='content']")
    metadata, contents = tree.find(".//div[@id='metadata']"), tree.find(".//ul[@class='first']")
    if head is None or content is None or metadata is None or contents is None:
        message = "pyLODE made a page of another form than it used to"
        raise ValueError(message)
    SubElement(head, "meta", name="viewport", content="width=device-width, initial-scale=1")
    SubElement(head, "style").text = _STYLE
    links = SubElement(Element("div"), "p")
    for other in LANGUAGES:
        if other != language:
            link = SubElement(links, "a", href=f"{other}.html", hreflang=other, lang=other)
            link.text, link.tail = PHRASES["name"][other], " · "
    SubElement(links, "a", href="cancu.ttl", type="text/turtle").text = "Turtle"
    metadata.insert(1, links)
    content.insert(1, _drawing(language))
    entry = Element("li")
    link = SubElement(SubElement(entry, "h4"), "a", href="#drawing")
    link.text = PHRASES["drawing"][language]
    contents.insert(1, entry)


def _drawing(language: Language) -> Element:
    section = Element("div", {"id": "drawing", "class": "section"})
    SubElement(section, "h2").text = PHRASES["drawing"][language]
    key = SubElement(section, "p")
    key.text = f"{PHRASES['key'][language]} "
    SubElement(key, "a", href=f"classes-{language}.svg").text = PHRASES["larger"][language]
    SubElement(section, "div").text = _HERE
    return section


if __name__ == "__main__":
    logging.disable(logging.INFO)  # pyLODE tells each step
    for written in write_pages(Path(sys.argv[1])):
        sys.stdout.write(f"{written}\n")
