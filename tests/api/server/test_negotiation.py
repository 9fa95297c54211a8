"""What a client accepts decides what it gets; `format=` decides before that."""

import httpx
import pytest

SELECT = "SELECT ?n { ?row <http://example.org/number> ?n } ORDER BY ?n LIMIT 2"
ASK = "ASK { ?row <http://example.org/number> 1 }"
CONSTRUCT = "CONSTRUCT WHERE { ?row <http://example.org/number> 1 }"
DESCRIBE = "DESCRIBE <http://example.org/row/1>"
JSON = "application/sparql-results+json"
XML = "application/sparql-results+xml"
CSV = "text/csv"
TSV = "text/tab-separated-values"
TURTLE = "text/turtle"
TRIPLES = "application/n-triples"
RDFXML = "application/rdf+xml"
JSONLD = "application/ld+json"
HTML = "text/html"
# What a browser sends for an address typed into it.
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"


@pytest.mark.parametrize(
    ("text", "accept", "media_type"),
    [
        # Each form in each of its formats.
        (SELECT, JSON, JSON),
        (SELECT, XML, XML),
        (SELECT, CSV, CSV),
        (SELECT, TSV, TSV),
        (SELECT, HTML, HTML),
        (ASK, JSON, JSON),
        (ASK, XML, XML),
        (ASK, CSV, CSV),
        (ASK, TSV, TSV),
        (ASK, HTML, HTML),
        (CONSTRUCT, TURTLE, TURTLE),
        (CONSTRUCT, TRIPLES, TRIPLES),
        (CONSTRUCT, RDFXML, RDFXML),
        (CONSTRUCT, JSONLD, JSONLD),
        (CONSTRUCT, HTML, HTML),
        (DESCRIBE, TURTLE, TURTLE),
        (DESCRIBE, TRIPLES, TRIPLES),
        (DESCRIBE, RDFXML, RDFXML),
        (DESCRIBE, JSONLD, JSONLD),
        (DESCRIBE, HTML, HTML),
        # Nothing, anything, and ranges of types.
        (SELECT, "", JSON),
        (SELECT, "*/*", JSON),
        (SELECT, "*", JSON),
        (SELECT, "application/*", JSON),
        (SELECT, "text/*", CSV),
        (CONSTRUCT, "", TURTLE),
        (CONSTRUCT, "*/*", TURTLE),
        (CONSTRUCT, "text/*", TURTLE),
        (CONSTRUCT, "application/*", TRIPLES),
        # A browser wants a page.
        (SELECT, BROWSER, HTML),
        (CONSTRUCT, BROWSER, HTML),
        # Qualities decide, wherever they stand and however they are written.
        (SELECT, f"{JSON};q=0.5, {CSV}", CSV),
        (SELECT, f"{CSV};q=0.9, {XML};q=0.95, {JSON};q=0.1", XML),
        (SELECT, f"{JSON} ; Q=0.2 , {TSV} ; q=0.3", TSV),
        (SELECT, f"{JSON};q=0, */*", CSV),
        (SELECT, "text/*;q=0.3, application/*;q=0.2", CSV),
        (CONSTRUCT, f"{TURTLE};q=0.1, {JSONLD};q=0.2", JSONLD),
        # The most exact range counts: text/csv is refused although text/* is liked.
        (SELECT, "text/*, text/csv;q=0", TSV),
        # What is named goes before what a wildcard covers.
        (SELECT, f"*/*, {XML}", XML),
        # What is unknown is passed over, and so are parameters.
        (SELECT, f"image/png, {XML};q=0.1", XML),
        (SELECT, f"{JSON};charset=utf-8", JSON),
        (CONSTRUCT, f"{TURTLE};version=1.1", TURTLE),
        (SELECT, "TEXT/CSV", CSV),
        # Tools that know no better get back the type that they know.
        (SELECT, "application/json", "application/json"),
        (SELECT, "application/xml", "application/xml"),
        (SELECT, "text/xml", "text/xml"),
        (SELECT, "text/plain", "text/plain"),
        (CONSTRUCT, "application/json", "application/json"),
        (CONSTRUCT, "application/xml", "application/xml"),
        (CONSTRUCT, "text/plain", "text/plain"),
        (CONSTRUCT, "application/x-turtle", "application/x-turtle"),
        # rdflib, Jena and Comunica send long lists.
        (SELECT, f"{JSON},{XML};q=0.8,{CSV};q=0.7,application/json;q=0.5", JSON),
        (CONSTRUCT, "application/n-quads,application/trig;q=0.9,text/turtle;q=0.7", TURTLE),
        # A header that nobody understands asks for nothing.
        (SELECT, ",,;q=1", JSON),
        (SELECT, f"{CSV};q=high, {JSON};q=0.1", JSON),
    ],
)
def test_accept(client: httpx.Client, text: str, accept: str, media_type: str) -> None:
    answer = client.get("/sparql", params={"query": text}, headers={"accept": accept})

    assert answer.status_code == 200
    assert answer.headers["content-type"].partition(";")[0] == media_type
    assert "Accept" in answer.headers["vary"]


@pytest.mark.parametrize(
    ("text", "name", "media_type"),
    [
        (SELECT, "json", JSON),
        (SELECT, "xml", XML),
        (SELECT, "csv", CSV),
        (SELECT, "tsv", TSV),
        (SELECT, "html", HTML),
        (SELECT, XML, XML),
        (SELECT, "text/csv", CSV),
        (ASK, "xml", XML),
        (CONSTRUCT, "ttl", TURTLE),
        (CONSTRUCT, "turtle", TURTLE),
        (CONSTRUCT, "nt", TRIPLES),
        (CONSTRUCT, "ntriples", TRIPLES),
        (CONSTRUCT, "rdf", RDFXML),
        (CONSTRUCT, "rdf+xml", RDFXML),
        (CONSTRUCT, "jsonld", JSONLD),
        (CONSTRUCT, "json-ld", JSONLD),
        # Tools that name one format for every form of query.
        (CONSTRUCT, "json", JSONLD),
        (CONSTRUCT, "xml", RDFXML),
    ],
)
def test_format_goes_before_accept(
    client: httpx.Client, text: str, name: str, media_type: str
) -> None:
    answer = client.get(
        "/sparql", params={"query": text, "format": name}, headers={"accept": "image/png"}
    )

    assert answer.status_code == 200
    assert answer.headers["content-type"].partition(";")[0] == media_type


@pytest.mark.parametrize(
    ("text", "accept", "name", "offered"),
    [
        (SELECT, "image/png", "", CSV),
        (SELECT, TURTLE, "", JSON),
        (CONSTRUCT, CSV, "", TURTLE),
        (SELECT, f"{JSON};q=0", "", CSV),
        (SELECT, "*/*;q=0", "", JSON),
        (SELECT, "*/*", "ttl", XML),
        (SELECT, "*/*", "excel", XML),
        (CONSTRUCT, "*/*", "csv", RDFXML),
        (DESCRIBE, "application/pdf", "", JSONLD),
    ],
)
def test_what_cannot_be_sent_is_said_with_what_can(
    client: httpx.Client, text: str, accept: str, name: str, offered: str
) -> None:
    parameters = {"query": text, "format": name}
    answer = client.get("/sparql", params=parameters, headers={"accept": accept})

    assert answer.status_code == 406
    assert offered in answer.json()["available"]


@pytest.mark.parametrize(
    ("text", "accept", "body"),
    [
        (SELECT, CSV, "n\r\n0\r\n1\r\n"),
        (SELECT, TSV, "?n\n0\n1\n"),
        (
            CONSTRUCT,
            TRIPLES,
            "<http://example.org/row/1> <http://example.org/number> "
            '"1"^^<http://www.w3.org/2001/XMLSchema#integer> .\n',
        ),
    ],
)
def test_the_body_is_what_the_header_says(
    client: httpx.Client, text: str, accept: str, body: str
) -> None:
    answer = client.get("/sparql", params={"query": text}, headers={"accept": accept})

    assert answer.text == body
