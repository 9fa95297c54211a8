"""The SPARQL 1.1 protocol tests of the W3C: each case of their manifest by its name.

Updates are refused here, whatever they ask: the cases of updates expect a refusal.
"""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import httpx
import pytest

from tests.api.server.toy import DATA

D0, D1, D2, D3 = (DATA.format(index) for index in range(4))
FORM = {"content-type": "application/x-www-form-urlencoded"}
QUERY = {"content-type": "application/sparql-query"}
UPDATE = {"content-type": "application/sparql-update"}
HERE = "ASK { ?s ?p ?o }"
BOTH = f"ASK {{ <{D1}> a ?type . <{D2}> a ?type }}"
NAMED = f"ASK {{ GRAPH ?a {{ <{D1}> a ?t }} GRAPH ?b {{ <{D2}> a ?t }} }}"
ONLY_NAMED = f"{NAMED[:-1]} FILTER NOT EXISTS {{ GRAPH ?g {{ <{D3}> a ?u }} }} }}"
FULL = (
    f"ASK {{ <{D3}> a ?t . GRAPH ?a {{ <{D1}> a ?t }} GRAPH ?b {{ <{D2}> a ?t }}"
    f" FILTER NOT EXISTS {{ <{D1}> a ?u }} FILTER NOT EXISTS {{ GRAPH ?g {{ <{D3}> a ?v }} }} }}"
)
INSERT = "INSERT DATA { <a:a> <a:b> <a:c> }"
Pairs = list[tuple[str, str]]


def get(client: httpx.Client, pairs: Pairs) -> httpx.Response:
    return client.get("/sparql", params=httpx.QueryParams(tuple(pairs)))


def form(client: httpx.Client, pairs: Pairs) -> httpx.Response:
    return client.post("/sparql", content=urlencode(pairs), headers=FORM)


def direct(client: httpx.Client, pairs: Pairs) -> httpx.Response:
    text = dict(pairs)["query"]
    rest = [pair for pair in pairs if pair[0] != "query"]
    headers = QUERY
    return client.post("/sparql", params=dict(rest), content=text, headers=headers)


@pytest.mark.parametrize(
    ("name", "send", "pairs", "truth"),
    [
        ("query_get", get, [("query", HERE)], True),
        ("query_post_form", form, [("query", HERE)], True),
        ("query_post_direct", direct, [("query", HERE)], True),
        (
            "query_dataset_default_graph",
            get,
            [("query", f"ASK {{ <{D1}> a ?t }}"), ("default-graph-uri", D1)],
            True,
        ),
        (
            "query_dataset_default_graphs_get",
            get,
            [("query", BOTH), ("default-graph-uri", D1), ("default-graph-uri", D2)],
            True,
        ),
        (
            "query_dataset_default_graphs_post",
            form,
            [("query", BOTH), ("default-graph-uri", D1), ("default-graph-uri", D2)],
            True,
        ),
        (
            "query_dataset_named_graphs_get",
            get,
            [("query", ONLY_NAMED), ("named-graph-uri", D1), ("named-graph-uri", D2)],
            True,
        ),
        (
            "query_dataset_named_graphs_post",
            form,
            [("query", ONLY_NAMED), ("named-graph-uri", D1), ("named-graph-uri", D2)],
            True,
        ),
        (
            "query_dataset_full",
            form,
            [
                ("query", FULL),
                ("default-graph-uri", D3),
                ("named-graph-uri", D1),
                ("named-graph-uri", D2),
            ],
            True,
        ),
        # What the request says goes before what the query says.
        (
            "query_multiple_dataset",
            get,
            [("query", f"ASK FROM <{D1}> {{ <{D1}> a ?t }}"), ("default-graph-uri", D2)],
            False,
        ),
        (
            "query_multiple_dataset, turned round",
            form,
            [("query", f"ASK FROM <{D1}> {{ <{D2}> a ?t }}"), ("default-graph-uri", D2)],
            True,
        ),
    ],
)
def test_query_is_answered(
    client: httpx.Client,
    name: str,
    send: Callable[..., httpx.Response],
    pairs: Pairs,
    truth: bool,
) -> None:
    answer = send(client, pairs)

    assert (answer.status_code, answer.json()["boolean"]) == (200, truth), name


@pytest.mark.parametrize(
    ("name", "text", "media_types"),
    [
        (
            "query_content_type_select",
            "SELECT (1 AS ?value) {}",
            {
                "application/sparql-results+json",
                "application/sparql-results+xml",
                "text/csv",
                "text/tab-separated-values",
            },
        ),
        (
            "query_content_type_ask",
            "ASK {}",
            {"application/sparql-results+json", "application/sparql-results+xml"},
        ),
        (
            "query_content_type_describe",
            f"DESCRIBE <{D0}>",
            {"application/rdf+xml", "application/rdf+json", "text/turtle"},
        ),
        (
            "query_content_type_construct",
            "CONSTRUCT { <s> <p> 1 } WHERE {}",
            {"application/rdf+xml", "application/rdf+json", "text/turtle"},
        ),
    ],
)
def test_content_type_is_one_of_the_form(
    client: httpx.Client, name: str, text: str, media_types: set[str]
) -> None:
    answer = get(client, [("query", text)])

    assert answer.status_code == 200
    assert answer.headers["content-type"].partition(";")[0] in media_types, name


@pytest.mark.parametrize(
    ("name", "request_of", "status"),
    [
        (
            "bad_query_method",
            lambda: ("PUT", {"params": {"query": "ASK {}"}}),
            405,
        ),
        (
            "bad_multiple_queries",
            lambda: ("GET", {"params": httpx.QueryParams((("query", "ASK {}"), ("query", HERE)))}),
            400,
        ),
        (
            "bad_query_wrong_media_type",
            lambda: ("POST", {"content": "ASK {}", "headers": {"content-type": "text/plain"}}),
            415,
        ),
        (
            "bad_query_missing_form_type",
            lambda: ("POST", {"content": b"query=ASK%20%7B%7D"}),
            415,
        ),
        ("bad_query_missing_direct_type", lambda: ("POST", {"content": b"ASK {}"}), 415),
        (
            "bad_query_non_utf8",
            lambda: (
                "POST",
                {
                    "content": "ASK {}".encode("utf-16"),
                    "headers": {"content-type": "application/sparql-query; charset=utf-16"},
                },
            ),
            415,
        ),
        ("bad_query_syntax", lambda: ("GET", {"params": {"query": "ASK { SELECT"}}), 400),
        ("bad_update_get", lambda: ("GET", {"params": {"update": "CLEAR NAMED"}}), 403),
        (
            "bad_multiple_updates",
            lambda: (
                "POST",
                {"content": "update=CLEAR%20NAMED&update=CLEAR%20DEFAULT", "headers": FORM},
            ),
            403,
        ),
        (
            "bad_update_wrong_media_type",
            lambda: ("POST", {"content": INSERT, "headers": {"content-type": "text/plain"}}),
            415,
        ),
        (
            "bad_update_missing_form_type",
            lambda: ("POST", {"content": b"update=CLEAR%20NAMED"}),
            415,
        ),
        (
            "bad_update_non_utf8",
            lambda: (
                "POST",
                {
                    "content": "CLEAR NAMED".encode("utf-16"),
                    "headers": {"content-type": "application/sparql-update; charset=utf-16"},
                },
            ),
            415,
        ),
        (
            "bad_update_syntax",
            lambda: ("POST", {"content": "update=CLEAR%20XYZ", "headers": FORM}),
            403,
        ),
        (
            "bad_update_dataset_conflict",
            lambda: (
                "POST",
                {
                    "content": urlencode(
                        [("using-named-graph-uri", D1), ("update", f"WITH <{D1}> {INSERT}")]
                    ),
                    "headers": FORM,
                },
            ),
            403,
        ),
        (
            "update_post_form",
            lambda: ("POST", {"content": urlencode({"update": INSERT}), "headers": FORM}),
            403,
        ),
        ("update_post_direct", lambda: ("POST", {"content": INSERT, "headers": UPDATE}), 403),
        (
            "update_dataset_default_graph",
            lambda: (
                "POST",
                {"params": {"using-graph-uri": D1}, "content": INSERT, "headers": UPDATE},
            ),
            403,
        ),
        (
            "update_dataset_default_graphs",
            lambda: (
                "POST",
                {
                    "content": urlencode(
                        [("using-graph-uri", D1), ("using-graph-uri", D2), ("update", INSERT)]
                    ),
                    "headers": FORM,
                },
            ),
            403,
        ),
        (
            "update_dataset_named_graphs",
            lambda: (
                "POST",
                {
                    "params": {"using-named-graph-uri": D1},
                    "content": INSERT,
                    "headers": UPDATE,
                },
            ),
            403,
        ),
        (
            "update_dataset_full",
            lambda: (
                "POST",
                {
                    "params": {"using-graph-uri": D1, "using-named-graph-uri": D2},
                    "content": INSERT,
                    "headers": UPDATE,
                },
            ),
            403,
        ),
        (
            "update_base_uri",
            lambda: (
                "POST",
                {"content": "BASE <http://example.org/> CLEAR GRAPH <x>", "headers": UPDATE},
            ),
            403,
        ),
        # An update that comes as a query is no query.
        ("update as query", lambda: ("GET", {"params": {"query": INSERT}}), 403),
    ],
)
def test_request_is_refused(
    client: httpx.Client,
    name: str,
    request_of: Callable[[], tuple[str, dict[str, Any]]],
    status: int,
) -> None:
    method, parts = request_of()

    answer = client.request(method, "/sparql", **parts)

    assert (answer.status_code, answer.headers["content-type"]) == (
        status,
        "application/problem+json",
    ), name
    assert answer.json()["status"] == status
