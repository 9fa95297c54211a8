import subprocess
import sys
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

import html5lib
import pytest
import rdflib
from rdflib.namespace import OWL, RDF, RDFS, SKOS

from graph.ontology_words import LANGUAGES, PHRASES, WORDS, Language
from ontology.terms import CANCU
from tests.ontology.modules import merged, own_terms

VOCABULARY = merged("cancu.ttl")
TERMS = sorted(own_terms(VOCABULARY))
CLASSES = [term for term in TERMS if (term, RDF.type, OWL.Class) in VOCABULARY]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the pages, made in a process of its own: pyLODE leaves files open and logs a lot."""
    path = tmp_path_factory.mktemp("pages")
    subprocess.run([sys.executable, "-m", "graph.ontology_pages", str(path)], check=True)
    return path


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> Language:
    chosen: Language = request.param
    return chosen


@pytest.fixture
def page(folder: Path, language: Language) -> Element:
    return read(folder / f"{language}.html")


@cache
def read(path: Path) -> Element:
    tree: Element = html5lib.parse(path.read_text("utf-8"), namespaceHTMLElements=False)
    return tree


def words(element: Element | None) -> str:
    return "" if element is None else " ".join("".join(element.itertext()).split())


def told(term: rdflib.term.Node, predicate: rdflib.URIRef, language: Language) -> str:
    """Return what the Turtle says of a term for the readers of a language."""
    literals = [o for o in VOCABULARY.objects(term, predicate) if isinstance(o, rdflib.Literal)]
    return next(str(o) for o in literals if o.language in {None, language})


def test_every_term_has_its_place_in_each_language(page: Element, language: Language) -> None:
    assert len(TERMS) > 90
    for term in TERMS:
        place = page.find(f".//div[@id='{term.removeprefix(CANCU.NS)}']")

        assert place is not None, term
        assert words(place.find("h3")).startswith(told(term, RDFS.label, language))
        text = words(place)
        assert str(term) in text
        assert told(term, SKOS.definition, language) in text
        assert told(term, SKOS.example, language) in text


def test_every_class_is_drawn_and_leads_to_its_place(page: Element, language: Language) -> None:
    drawing = page.find(".//div[@id='drawing']")
    assert drawing is not None

    svg = "{http://www.w3.org/2000/svg}"
    link = "{http://www.w3.org/1999/xlink}href"
    drawn = {a.get(link): words(a) for a in drawing.iter(f"{svg}a") if a.get(link)}

    assert set(drawn) == {f"#{kind.removeprefix(CANCU.NS)}" for kind in CLASSES}
    for kind in CLASSES:
        name = kind.removeprefix(CANCU.NS)
        assert drawn[f"#{name}"] == f"{told(kind, RDFS.label, language)} cancu:{name}"


@pytest.mark.parametrize(
    ("term", "phrase", "names"),
    [
        ("tracesTo", "propertyChainAxiom", ["p-plan:isStepOfPlan", "cancu:implements"]),
        ("carriesOut", "TransitiveProperty", []),
        ("possiblySameAs", "SymmetricProperty", []),
        ("heldAs", "inverseOf", ["cancu:knownAs"]),
        ("knownAs", "inverseOf", ["cancu:heldAs"]),
    ],
)
def test_axioms_are_told_in_words(
    page: Element, language: Language, term: str, phrase: str, names: list[str]
) -> None:
    place = page.find(f".//div[@id='{term}']")

    assert PHRASES[phrase][language].format(" ∘ ".join(names)) in words(place)


def test_a_page_says_its_language_and_leads_to_the_other(
    page: Element, language: Language, folder: Path
) -> None:
    other = page.find(".//a[@hreflang]")

    assert page.get("lang") == language
    assert other is not None
    assert other.get("hreflang") in set(LANGUAGES) - {language}
    assert (folder / other.get("href", "")).is_file()


def test_a_page_speaks_one_language(page: Element, language: Language) -> None:
    fixed = [*page.iter("h2"), *page.iter("h4"), *page.iter("th")]
    known = {"IRI", *(word[language] for word in (*WORDS.values(), *PHRASES.values()))}

    assert {words(element) for element in fixed} <= known
    foreign = {told(term, RDFS.label, other) for term in TERMS for other in LANGUAGES} - {
        told(term, RDFS.label, language) for term in TERMS
    }
    titles = {words(h).rsplit(" ", 1)[0] for h in page.iter("h3")}
    assert titles & foreign == set()


def test_a_page_needs_no_other_host(page: Element) -> None:
    sources = [e.get("src") for e in page.iter() if e.get("src")]
    linked = [link.get("href", "") for link in page.iter("link")]
    styles = " ".join(words(style) for style in page.iter("style"))

    assert sources == []
    assert {urlsplit(address).scheme for address in linked} <= {"data"}
    assert "url(" not in styles
    assert "@import" not in styles


def test_no_link_within_the_pages_is_broken(page: Element, folder: Path) -> None:
    places = {element.get("id") for element in page.iter()}
    links = [urlsplit(a.get("href", "")) for a in page.iter("a")]

    for link in links:
        if not link.scheme:
            assert not link.path or (folder / link.path).is_file(), link
            assert not link.fragment or link.fragment in places, link


def test_drawing_stands_by_itself_too(folder: Path, page: Element, language: Language) -> None:
    links = [link.get("href") for link in page.findall(".//div[@id='drawing']/p/a")]

    assert links == [f"classes-{language}.svg"]
    assert (folder / f"classes-{language}.svg").read_text("utf-8").startswith("<svg")
