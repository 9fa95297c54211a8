"""Every IRI opens, in every form, by Accept header and by suffix."""

from collections import defaultdict

import httpx
import pyoxigraph as ox
import pytest

from api.pages.paths import url_of
from graph.store import Store
from ontology.terms import BASE, RDF_TYPE
from tests.api.pages.conftest import HUNG_YEN, connection_to

_FORMATS = {
    "ttl": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "jsonld": ox.RdfFormat.JSON_LD,
    "rdf": ox.RdfFormat.RDF_XML,
}
_TOPIC = "http://xmlns.com/foaf/0.1/primaryTopic"
_SAMPLE = 2


def _iris(store: Store) -> set[str]:
    """Return all IRIs of the graph, in whichever place of a statement."""
    terms = (
        term
        for quad in store.database
        for term in (quad.subject, quad.predicate, quad.object, quad.graph_name)
    )
    return {term.value for term in terms if isinstance(term, ox.NamedNode)}


def _document_of(iri: str, suffix: str) -> str:
    """Return the path of the document about an IRI."""
    if not iri.startswith(BASE):
        return f"{url_of(iri)}&format={suffix}"
    return f"{url_of(iri).partition('#')[0].partition('?')[0]}.{suffix}"


def _parse(data: bytes, suffix: str) -> set[ox.Triple]:
    found = ox.parse(data, format=_FORMATS[suffix], base_iri="http://server/")
    return {quad.triple for quad in found}


def test_every_iri_opens(server: str, store: Store) -> None:
    """Walk all IRIs; the statements about each stand in the document about it."""
    iris = _iris(store)
    wanted: dict[str, set[ox.Triple]] = defaultdict(set)
    for quad in store.database:
        if isinstance(quad.subject, ox.NamedNode):
            wanted[quad.subject.value].add(quad.triple)
    by_document: dict[str, list[str]] = defaultdict(list)
    for iri in iris:
        by_document[_document_of(iri, "nt")].append(iri)

    wrong = []
    with connection_to(server) as connection:
        for path, about in by_document.items():
            connection.request("GET", path)
            answer = connection.getresponse()
            triples = _parse(answer.read(), "nt") if answer.status == 200 else set()
            if not triples or any(not wanted[iri] <= triples for iri in about):
                wrong.append((path, answer.status))

    assert len(iris) > 6000
    assert wrong == []


def test_a_page_for_each_kind_of_thing(client: httpx.Client, store: Store) -> None:
    """Open some things of each class as a page and in all forms."""
    by_class: dict[str, list[str]] = defaultdict(list)
    for quad in store.database.quads_for_pattern(None, ox.NamedNode(RDF_TYPE), None):
        if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode):
            by_class[quad.object.value].append(quad.subject.value)
    sample = {iri for members in by_class.values() for iri in sorted(members)[:_SAMPLE]}

    statuses = {
        (iri, suffix): client.get(_document_of(iri, suffix)).status_code
        for iri in sorted(sample)
        for suffix in ("html", *_FORMATS)
    }

    assert len(by_class) > 60
    assert {key: status for key, status in statuses.items() if status != 200} == {}


@pytest.mark.parametrize(
    ("accept", "suffix"),
    [
        (None, "html"),
        ("*/*", "html"),
        # What browsers send.
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "html"),
        ("text/turtle", "ttl"),
        ("application/x-turtle", "ttl"),
        ("application/ld+json", "jsonld"),
        # Programs that know no JSON-LD still read it.
        ("application/json", "jsonld"),
        ("application/n-triples", "nt"),
        ("text/plain", "nt"),
        ("application/rdf+xml", "rdf"),
        # rdflib: Turtle first, others less.
        ("text/turtle, application/rdf+xml;q=0.9, */*;q=0.1", "ttl"),
        ("text/html;q=0.2, application/ld+json;q=0.8", "jsonld"),
        # The most specific range decides.
        ("text/*;q=0.5, text/turtle;q=0", "html"),
        ("application/*", "jsonld"),
    ],
)
def test_content_negotiation(client: httpx.Client, accept: str | None, suffix: str) -> None:
    headers = {"accept": accept} if accept else {}

    answer = client.get(HUNG_YEN, headers=headers)

    assert answer.status_code == 303
    assert answer.headers["location"] == f"{HUNG_YEN}.{suffix}"
    assert "Accept" in answer.headers["vary"]


@pytest.mark.parametrize(
    ("suffix", "media_type"),
    [
        ("html", "text/html; charset=utf-8"),
        ("ttl", "text/turtle; charset=utf-8"),
        ("jsonld", "application/ld+json"),
        ("nt", "application/n-triples; charset=utf-8"),
        ("rdf", "application/rdf+xml; charset=utf-8"),
    ],
)
def test_suffix(client: httpx.Client, suffix: str, media_type: str) -> None:
    # The suffix decides, whatever the header says.
    answer = client.get(f"{HUNG_YEN}.{suffix}", headers={"accept": "image/png"})

    assert answer.status_code == 200
    assert answer.headers["content-type"] == media_type
    links = answer.headers["link"]
    assert f'<{BASE}{HUNG_YEN[1:]}>; rel="describes"' in links
    assert links.count('rel="alternate"') == 4


def test_all_forms_say_the_same(client: httpx.Client) -> None:
    def statements(suffix: str) -> set[ox.Triple]:
        triples = _parse(client.get(f"{HUNG_YEN}.{suffix}").content, suffix)
        about = ox.NamedNode(BASE + HUNG_YEN[1:])
        return {triple for triple in triples if triple.subject == about}

    said = statements("nt")

    assert len(said) > 30
    assert all(statements(suffix) == said for suffix in _FORMATS)


def test_a_document_says_what_it_is_about(client: httpx.Client) -> None:
    url = f"{client.base_url}{HUNG_YEN}.nt"
    triples = _parse(client.get(url).content, "nt")

    topic = ox.Triple(
        ox.NamedNode(url), ox.NamedNode(_TOPIC), ox.NamedNode(BASE + HUNG_YEN[1:])
    )  # fmt: skip
    assert topic in triples


def test_incoming_links_come_in_pages(client: httpx.Client, store: Store) -> None:
    about = ox.NamedNode(BASE + HUNG_YEN[1:])
    wanted = {quad.triple for quad in store.database.quads_for_pattern(None, None, about)}

    pages = [_parse(client.get(f"{HUNG_YEN}.nt?incoming={n}").content, "nt") for n in range(1, 6)]

    assert all(len(page) <= 200 for page in pages)
    assert pages[-1] == set()
    assert set().union(*pages) == wanted


def test_nothing_acceptable(client: httpx.Client) -> None:
    answer = client.get(HUNG_YEN, headers={"accept": "image/png"})

    assert answer.status_code == 406
    assert answer.headers["content-type"] == "application/problem+json"
    assert "text/turtle" in answer.json()["available"]


@pytest.mark.parametrize("suffix", ["html", "ttl"])
def test_a_client_asks_whether_its_copy_is_fresh(client: httpx.Client, suffix: str) -> None:
    path = f"{HUNG_YEN}.{suffix}"
    first = client.get(path)

    again = client.get(path, headers={"if-none-match": first.headers["etag"]})
    other = client.get(path, headers={"if-none-match": 'W/"another"'})

    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]
    assert other.status_code == 200


def test_a_page_has_another_tag_in_another_language(client: httpx.Client) -> None:
    pages = [client.get(f"{HUNG_YEN}.html", headers={"cookie": f"lang={x}"}) for x in ("vi", "en")]

    assert len({page.headers["etag"] for page in pages}) == 2
    assert all("Cookie" in page.headers["vary"] for page in pages)


def test_a_head_request_has_no_body(client: httpx.Client) -> None:
    answer = client.head(f"{HUNG_YEN}.ttl")

    assert (answer.status_code, answer.content) == (200, b"")


def test_an_unknown_release_is_said(client: httpx.Client) -> None:
    answer = client.get(f"{HUNG_YEN}.ttl?release=ffff")

    assert answer.status_code == 404
    assert answer.json()["type"].endswith("#unknown-release")
