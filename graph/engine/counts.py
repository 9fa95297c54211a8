"""What a store elsewhere says of itself when it is asked: counts, and whether it unites graphs."""

from collections.abc import Mapping, Sequence
from types import TracebackType
from typing import Any, Self

import httpx

from graph.engine.endpoint import Endpoint
from graph.engine.replies import query_refusal, unreachable
from graph.engine.union import PROBE, RELEASE, UNION_WAYS
from graph.errors import GraphError, RemoteStoreError

_SECONDS = 600.0
_CONNECT = 10.0
_TYPE = "application/sparql-results+json"
_ALL = "SELECT (COUNT(*) AS ?count) { GRAPH ?graph { ?s ?p ?o } }"


class Counts:
    """Asks a server the few questions that a push has."""

    def __init__(self, endpoint: Endpoint) -> None:
        self.url = endpoint.url
        self._client = httpx.Client(
            auth=endpoint.auth,
            follow_redirects=False,
            trust_env=False,
            timeout=httpx.Timeout(_SECONDS, connect=_CONNECT),
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._client.close()

    def of(self, graphs: Sequence[str]) -> dict[str, int]:
        """Return how many statements each of some graphs has; nothing of one that is not there."""
        values = " ".join(f"<{graph}>" for graph in graphs)
        rows = self._rows(
            "SELECT ?graph (COUNT(*) AS ?count) "
            f"{{ VALUES ?graph {{ {values} }} GRAPH ?graph {{ ?s ?p ?o }} }} GROUP BY ?graph"
        )
        return {row["graph"]["value"]: int(row["count"]["value"]) for row in rows}

    def all(self) -> int:
        """Return how many statements the named graphs have together."""
        return int(self._rows(_ALL)[0]["count"]["value"])

    def release(self) -> str | None:
        """Return the name of the release that the marker tells."""
        rows = self._rows(RELEASE)
        return rows[0]["release"]["value"] if rows else None

    def has_union(self) -> bool:
        """Tell whether the server answers over all its graphs, at least if it is told to."""
        for way in UNION_WAYS:
            try:
                if self._answer(PROBE, way)["boolean"]:
                    return True
            except GraphError:  # a graph of that name is not known there
                continue
        return False

    def _rows(self, query: str) -> list[dict[str, dict[str, str]]]:
        rows: list[dict[str, dict[str, str]]] = self._answer(query, {})["results"]["bindings"]
        return rows

    def _answer(self, query: str, way: Mapping[str, str]) -> dict[str, Any]:
        try:
            reply = self._client.post(
                self.url, data={"query": query, **way}, headers={"Accept": _TYPE}
            )
        except httpx.TimeoutException as error:
            raise RemoteStoreError(self.url, "did not answer in time") from error
        except httpx.TransportError as error:
            raise unreachable(self.url, error) from error
        if not reply.is_success:
            raise query_refusal(self.url, reply.status_code, reply.headers, reply.content, _SECONDS)
        try:
            answer: dict[str, Any] = reply.json()
        except ValueError as error:
            reason = "no SPARQL server: its answer is not what was asked for"
            raise RemoteStoreError(self.url, reason) from error
        return answer
