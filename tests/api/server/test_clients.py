"""The tools that researchers have work as they are."""

import io
import socket
import subprocess
from typing import Any
from urllib.parse import urlencode

import pandas as pd
import pytest
from rdflib import Graph, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import CSV, JSON, POST, POSTDIRECTLY, TSV, TURTLE, URLENCODED, XML
from SPARQLWrapper import SPARQLWrapper as Wrapper
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed

from tests.serving import Serving

NUMBER = "http://example.org/number"
FEW = f"SELECT ?row ?n {{ ?row <{NUMBER}> ?n }} ORDER BY ?n LIMIT 3"
ONE = f"CONSTRUCT WHERE {{ ?row <{NUMBER}> 7 }}"


def asked(toy: Serving, text: str, return_format: str) -> Any:  # noqa: ANN401 as it has it
    """Return what SPARQLWrapper makes of an answer."""
    wrapper = Wrapper(f"{toy.url}/sparql", returnFormat=return_format)
    wrapper.setQuery(text)
    return wrapper.queryAndConvert()


@pytest.mark.parametrize(
    ("method", "request_method"),
    [("GET", URLENCODED), (POST, URLENCODED), (POST, POSTDIRECTLY)],
)
def test_sparqlwrapper_select(toy: Serving, method: str, request_method: str) -> None:
    wrapper: Any = Wrapper(f"{toy.url}/sparql", returnFormat=JSON)
    wrapper.setMethod(method)
    wrapper.setRequestMethod(request_method)
    wrapper.setQuery(FEW)

    rows = wrapper.queryAndConvert()["results"]["bindings"]

    assert [row["n"]["value"] for row in rows] == ["0", "1", "2"]


@pytest.mark.parametrize(("return_format", "separator"), [(CSV, ","), (TSV, "\t")])
def test_sparqlwrapper_table(toy: Serving, return_format: str, separator: str) -> None:
    table = pd.read_csv(io.BytesIO(asked(toy, FEW, return_format)), sep=separator)

    assert [list(row) for row in table.values][2][1] == 2


def test_sparqlwrapper_xml(toy: Serving) -> None:
    assert len(asked(toy, FEW, XML).getElementsByTagName("result")) == 3


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")  # SPARQLWrapper's own use
@pytest.mark.parametrize("return_format", [XML, "rdf+xml", "json-ld"])
def test_sparqlwrapper_graph(toy: Serving, return_format: str) -> None:
    assert len(asked(toy, ONE, return_format)) == 1


@pytest.mark.parametrize("return_format", [TURTLE, "n3"])
def test_sparqlwrapper_turtle(toy: Serving, return_format: str) -> None:
    answer = asked(toy, ONE, return_format)

    assert len(Graph().parse(data=answer, format="turtle")) == 1


def test_sparqlwrapper_tells_a_wrong_query(toy: Serving) -> None:
    with pytest.raises(QueryBadFormed, match="query-syntax"):
        asked(toy, "SELECT * { ?s ", JSON)


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
@pytest.mark.parametrize("return_format", ["xml", "json", "csv", "tsv"])
def test_rdflib_store(toy: Serving, method: str, return_format: str) -> None:
    store = SPARQLStore(f"{toy.url}/sparql", returnFormat=return_format, method=method)
    graph = Graph(store)

    rows = list(graph.query(FEW))

    assert [str(row.n) for row in rows] == ["0", "1", "2"]  # type: ignore[union-attr]


def test_rdflib_store_matches_patterns(toy: Serving) -> None:
    graph = Graph(SPARQLStore(f"{toy.url}/sparql"))
    row = URIRef("http://example.org/row/5")

    assert [str(value) for value in graph.objects(row, URIRef(NUMBER))] == ["5"]
    assert graph.query("ASK { ?s ?p ?o }").askAnswer


def test_pandas(toy: Serving) -> None:
    address = f"{toy.url}/sparql?{urlencode({'query': FEW, 'format': 'csv'})}"

    table = pd.read_csv(address)

    assert list(table.columns) == ["row", "n"]
    assert list(table["n"]) == [0, 1, 2]


@pytest.mark.parametrize(
    "options",
    [
        ["--get"],
        [],
        ["--compressed"],
        ["--http1.0"],
        ["--header", "Expect: 100-continue"],
        ["--header", "Transfer-Encoding: chunked"],
    ],
)
def test_curl(toy: Serving, options: list[str]) -> None:
    command = ["curl", "--silent", "--fail", *options, f"{toy.url}/sparql"]
    command += ["--data-urlencode", f"query={FEW}", "--header", "Accept: text/csv"]

    answer = subprocess.run(command, capture_output=True, check=True, timeout=30)

    assert list(pd.read_csv(io.BytesIO(answer.stdout))["n"]) == [0, 1, 2]


def test_a_client_of_before_http_1_1_gets_no_chunks(toy: Serving) -> None:
    everything = urlencode({"query": f"SELECT ?n {{ ?row <{NUMBER}> ?n }}", "format": "csv"})
    with socket.create_connection(("127.0.0.1", toy.port), timeout=30) as connection:
        connection.sendall(f"GET /sparql?{everything} HTTP/1.0\r\n\r\n".encode())
        answer = b"".join(iter(lambda: connection.recv(65536), b""))

    head, _, body = answer.partition(b"\r\n\r\n")
    assert b"transfer-encoding" not in head
    assert len(pd.read_csv(io.BytesIO(body))) == 20_000
