"""GraphQL over HTTP: methods, media types, status codes, known documents, caching, batches."""
# ruff: noqa: E501 - an operation of a table stays on one line

import gzip
import hashlib
import json
import shutil
from pathlib import Path
from typing import Any

import httpx
import pytest
from graphql import build_client_schema, get_introspection_query

from api.errors import UsageProblemError
from api.front import Front
from api.graphql.endpoint import GraphqlEndpoint
from api.graphql.executing import Executor
from api.graphql.problems import CODES, UnknownDocumentError, UntrustedDocumentError
from api.graphql.request import Asked
from api.graphql.root import World
from api.graphql.trusted import Documents
from api.settings import Settings
from graph.reader.asks import Slice
from tests.api.graphql.conftest import Runner
from tests.serving import serving

GRAPHQL = "application/graphql-response+json"
JSON = "application/json"
NAME = "{ __typename }"


def _code(response: httpx.Response) -> str:
    code = str(response.json()["errors"][0]["extensions"]["code"])
    assert code in CODES
    return code


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        (GRAPHQL, GRAPHQL),
        (f"{GRAPHQL}, {JSON};q=0.9", GRAPHQL),
        (JSON, JSON),
        # Who does not say gets what every client knows.
        ("*/*", JSON),
        ("application/*", JSON),
        (f"{JSON}, {GRAPHQL}", GRAPHQL),
    ],
)
def test_media_type_of_the_answer(client: httpx.Client, accept: str, media_type: str) -> None:
    response = client.post("/graphql", json={"query": NAME}, headers={"accept": accept})

    assert response.status_code == 200
    assert response.headers["content-type"] == f"{media_type}; charset=utf-8"
    assert response.json() == {"data": {"__typename": "Query"}}


@pytest.mark.parametrize(
    ("query", "status", "code"),
    [
        ("{ nope }", 400, "INVALID"),
        ("{", 400, "SYNTAX"),
        ("{ tasks(first: 9999) { totalCount } }", 400, "BAD_ARGUMENT"),
        (f"{{{' a: __typename' * 999}}}", 400, "LIMIT"),
        ('{ answer(name: "nope") { count } }', 400, "BAD_ARGUMENT"),
        ('{ answer(name: "documents", parameters: [{name: "x", value: "y"}]) { count } }', 400, "BAD_ARGUMENT"),
    ],
)  # fmt: skip
def test_status_of_a_refused_operation(
    client: httpx.Client, query: str, status: int, code: str
) -> None:
    ours = client.post("/graphql", json={"query": query})
    plain = client.post("/graphql", json={"query": query}, headers={"accept": JSON})

    assert (ours.status_code, _code(ours)) == (status, code)
    assert "data" not in ours.json()
    # In plain JSON the specification wants 200 for a request that is well-formed.
    assert (plain.status_code, _code(plain)) == (200, code)


@pytest.mark.parametrize(
    ("method", "headers", "body", "status"),
    [
        ("PUT", {}, b"{}", 405),
        ("DELETE", {}, b"", 405),
        ("POST", {"content-type": "text/plain"}, b'{"query":"{ __typename }"}', 415),
        ("POST", {"content-type": "multipart/form-data; boundary=x"}, b"--x--", 415),
        ("POST", {"content-type": "application/json; charset=utf-16"}, b"{}", 415),
        (
            "POST",
            {"content-type": JSON, "content-encoding": "gzip"},
            gzip.compress(b"{}", mtime=0),
            415,
        ),
        ("POST", {"content-type": JSON, "accept": "text/csv"}, b'{"query":"{a}"}', 406),
        ("POST", {"content-type": JSON}, b"", 400),
        ("POST", {"content-type": JSON}, b"{", 400),
        ("POST", {"content-type": JSON}, b'"{ __typename }"', 400),
        ("POST", {"content-type": JSON}, b"[]", 400),
        ("POST", {"content-type": JSON}, b"[1]", 400),
        ("POST", {"content-type": JSON}, b"{}", 400),
        ("POST", {"content-type": JSON}, b'{"query":1}', 400),
        ("POST", {"content-type": JSON}, b'{"query":"{a}","variables":[]}', 400),
        ("POST", {"content-type": JSON}, b'{"query":"{a}","operationName":{}}', 400),
        ("POST", {"content-type": JSON}, b'{"query":"\xff"}', 400),
        ("POST", {"content-type": JSON}, b'{"query":"\\ud800"}', 400),
    ],
)
def test_requests_that_are_none(
    client: httpx.Client, method: str, headers: dict[str, str], body: bytes, status: int
) -> None:
    response = client.request(method, "/graphql", headers=headers, content=body)

    assert response.status_code == status
    assert _code(response) == "BAD_REQUEST"
    assert "Traceback" not in response.text
    assert (response.headers.get("allow") == "GET, HEAD, POST, OPTIONS") == (status == 405)


def test_a_body_that_is_too_long(client: httpx.Client) -> None:
    response = client.post("/graphql", json={"query": NAME, "x": "a" * 1_000_000})

    assert (response.status_code, _code(response)) == (413, "LIMIT")
    assert response.json()["errors"][0]["extensions"] == {
        "code": "LIMIT",
        "limit": "number of bytes",
        "allowed": 1_000_000,
        "cost": int(response.request.headers["content-length"]),
    }


def test_what_nobody_foresaw_is_told_as_an_error_and_to_the_log(
    runner: Runner, caplog: pytest.LogCaptureFixture
) -> None:
    class Broken:
        async def page(self, *_: object) -> Slice:
            message = "a path of this machine"
            raise ZeroDivisionError(message)

    world = runner.executor.world
    executor = Executor(
        World(world.engine, world.reader, Broken()),  # type: ignore[arg-type]
        runner.executor.limits,
    )
    endpoint = GraphqlEndpoint(executor, Documents(), largest_body=1000, body_seconds=5)
    front = Front(endpoint, {"/graphql": endpoint}, Settings())

    async def ask() -> httpx.Response:
        transport = httpx.ASGITransport(app=front)
        async with httpx.AsyncClient(transport=transport, base_url="http://here") as client:
            return await client.post("/graphql", json={"query": "{ tasks { nodes { id } } }"})

    response = runner.loop.run(ask())

    assert response.status_code == 500
    assert response.json() == {
        "errors": [{"message": "The server made a mistake.", "extensions": {"code": "INTERNAL"}}]
    }
    assert [record.exc_info is not None for record in caplog.records] == [True]


def test_a_search_for_too_much_is_told_without_the_query_behind_it(client: httpx.Client) -> None:
    query = "query($t: String!) { search(text: $t) { text } }"
    response = client.post("/graphql", json={"query": query, "variables": {"t": "a " * 41}})

    assert (response.status_code, _code(response)) == (400, "BAD_ARGUMENT")
    assert response.json()["errors"][0]["message"] == "a search may have 40 words, not 41"


def test_a_release_without_an_index_is_not_searched(corpus_store: Path, tmp_path: Path) -> None:
    store = shutil.copytree(corpus_store, tmp_path / "store")
    release = (store / "current").read_text(encoding="utf-8").strip()
    shutil.rmtree(store / "releases" / release / "texts")

    with serving(store, tmp_path / "log") as server, httpx.Client(base_url=server.url) as client:
        response = client.post("/graphql", json={"query": '{ search(text: "a") { text } }'})

    assert (response.status_code, _code(response)) == (503, "NO_INDEX")


def test_get_is_kept_by_release(client: httpx.Client) -> None:
    asked = {"query": "query a($n: Int) { tasks(first: $n) { nodes { text } } }"}
    asked |= {"variables": '{"n": 2}', "operationName": "a"}
    first = client.get("/graphql", params=asked)

    assert len(first.json()["data"]["tasks"]["nodes"]) == 2
    assert first.headers["cache-control"] == "public, max-age=0, must-revalidate"
    assert first.headers["cancu-release"]
    again = client.get("/graphql", params=asked, headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    head = client.head("/graphql", params=asked)
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-length"] == first.headers["content-length"]


@pytest.mark.parametrize(
    ("params", "status"),
    [
        ("", 400),
        ("query=%7B__typename%7D&query=%7B__typename%7D", 400),
        ("query=%7B__typename%7D&variables=x", 400),
        ("query=%7B__typename%7D&variables=%5B%5D", 400),
        ("query=%ff", 400),
        ("query=%7B__typename%7D&variables=", 200),
        # A name that no operation has.
        ("query=%7B__typename%7D&operationName=x", 400),
        ("query=mutation%20%7B__typename%7D", 400),
    ],
)
def test_parameters_of_get(client: httpx.Client, params: str, status: int) -> None:
    assert client.get(f"/graphql?{params}").status_code == status


def test_long_answers_are_compressed(client: httpx.Client) -> None:
    body = {"query": "{ tasks(first: 50) { nodes { text } } }"}
    plain = client.post("/graphql", json=body)
    packed = client.post("/graphql", json=body, headers={"accept-encoding": "gzip"})

    assert packed.headers["content-encoding"] == "gzip"
    assert int(packed.headers["content-length"]) < len(plain.content) / 2
    assert packed.json() == plain.json()


def test_cost_is_told_when_asked(client: httpx.Client) -> None:
    body: dict[str, Any] = {"query": "{ tasks(first: 5) { nodes { text order } } }"}
    assert "extensions" not in client.post("/graphql", json=body).json()

    answer = client.post("/graphql", json=body | {"extensions": {"cost": True}}).json()

    # A list costs 10, each of five tasks one for itself and one for each of two values.
    assert answer["extensions"] == {"cost": {"values": 10 + 5 * 3, "questions": 1}}


def test_a_document_by_its_digest(client: httpx.Client) -> None:
    query = "{ plans { totalCount } }"
    digest = hashlib.sha256(query.encode()).hexdigest()
    persisted = {"persistedQuery": {"version": 1, "sha256Hash": digest}}

    unknown = client.post("/graphql", json={"extensions": persisted})
    assert _code(unknown) == "DOCUMENT_NOT_FOUND"
    assert unknown.json()["errors"][0]["message"] == "PersistedQueryNotFound"
    wrong = client.post("/graphql", json={"query": "{ __typename }", "extensions": persisted})
    assert _code(wrong) == "BAD_REQUEST"
    sent = client.post("/graphql", json={"query": query, "extensions": persisted})
    assert sent.json()["data"] == {"plans": {"totalCount": 5}}
    # From now on the digest is enough, in each of its three spellings, by GET as well.
    for asked in (
        {"extensions": persisted},
        {"documentId": f"sha256:{digest}"},
        {"documentId": digest},
    ):
        assert client.post("/graphql", json=asked).json() == sent.json()
    by_get = client.get("/graphql", params={"extensions": json.dumps(persisted)})
    assert by_get.json() == sent.json()
    assert _code(client.post("/graphql", json={"documentId": "x"})) == "BAD_REQUEST"


def test_trusted_documents(tmp_path: Path) -> None:
    (tmp_path / "a.graphql").write_text("{ plans { totalCount } }", encoding="utf-8")
    text = "{ plans { totalCount } }"
    digest = hashlib.sha256(text.encode()).hexdigest()
    documents = Documents(tmp_path, only=True)

    assert documents.text_of(Asked("", digest, None, {})) == text
    assert documents.text_of(Asked(text, "", None, {})) == text
    with pytest.raises(UsageProblemError, match="no folder"):
        Documents(tmp_path / "nowhere")
    with pytest.raises(UntrustedDocumentError):
        documents.text_of(Asked("{ __typename }", "", None, {}))
    with pytest.raises(UnknownDocumentError):
        documents.text_of(Asked("", "0" * 64, None, {}))


def test_a_batch_is_answered_one_by_one(client: httpx.Client) -> None:
    body = [{"query": NAME}, {"query": "{ nope }"}, {"query": "{ plans { totalCount } }"}]

    response = client.post("/graphql", json=body)

    assert response.status_code == 200
    first, second, third = response.json()
    assert first == {"data": {"__typename": "Query"}}
    assert second["errors"][0]["extensions"]["code"] == "INVALID"
    assert third == {"data": {"plans": {"totalCount": 5}}}


def test_a_batch_costs_what_its_operations_cost(client: httpx.Client) -> None:
    dear = "{ tasks(first: 1000) { nodes { evidence { quote start end rule confidence field verified } text order } } }"

    response = client.post("/graphql", json=[{"query": f"#{n}\n{dear}"} for n in range(10)])
    one = client.post("/graphql", json={"query": dear})

    assert one.status_code == 200
    limits = [answer["errors"][0]["extensions"]["limit"] for answer in response.json()]
    assert limits == ["cost of the batch"] * 10


def test_preflight_and_options(client: httpx.Client) -> None:
    response = client.options("/graphql")

    assert response.status_code == 204
    assert response.headers["allow"] == "GET, HEAD, POST, OPTIONS"


def test_introspection_as_clients_ask_for_it(client: httpx.Client) -> None:
    query = get_introspection_query(descriptions=True, input_value_deprecation=True)
    answer = client.post("/graphql", json={"query": query}).json()

    assert "Task" in build_client_schema(answer["data"]).type_map
