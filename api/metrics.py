"""What the server counts, in the form that Prometheus reads; right with several processes too.

With several processes each counts into files in PROMETHEUS_MULTIPROC_DIR, which `cancu serve` sets
before this module is imported.
"""

import os
from functools import lru_cache

from prometheus_client import (
    CONTENT_TYPE_LATEST,
    REGISTRY,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    generate_latest,
)
from prometheus_client.multiprocess import MultiProcessCollector

FOLDER = "PROMETHEUS_MULTIPROC_DIR"
MEDIA_TYPE = CONTENT_TYPE_LATEST.encode()
_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)

REQUESTS = Counter("cancu_http_requests", "Requests answered.", ["route", "method", "status"])
REQUEST_SECONDS = Histogram(
    "cancu_http_request_seconds", "Time to the last byte.", ["route"], buckets=_SECONDS
)
UNDER_WAY = Gauge(
    "cancu_http_requests_under_way", "Requests being answered.", multiprocess_mode="livesum"
)
SENT_BYTES = Counter("cancu_http_sent_bytes", "Bytes of answers, without their headers.")
ANSWERS = Counter(
    "cancu_sparql_answers",
    "Answers to queries by where they came from: cache, joined, engine, unchanged.",
    ["source"],
)
FAILURES = Counter("cancu_sparql_failures", "Queries without a whole answer, by kind.", ["kind"])
FIRST_BYTE_SECONDS = Histogram(
    "cancu_sparql_first_byte_seconds", "Time of the engine to the first byte.", buckets=_SECONDS
)
LENT = Gauge(
    "cancu_connections_lent", "Connections that are lent to clerks.", multiprocess_mode="livesum"
)
CACHE_BYTES = Gauge(
    "cancu_cache_bytes", "Bytes of answers that are kept.", multiprocess_mode="livesum"
)


@lru_cache(maxsize=4096)
def requests(route: str, method: str, status: int) -> Counter:
    """Return the counter of requests of a kind; looking labels up costs as much as counting."""
    return REQUESTS.labels(route, method, status)


@lru_cache(maxsize=64)
def request_seconds(route: str) -> Histogram:
    """Return the histogram of the times of a route."""
    return REQUEST_SECONDS.labels(route)


@lru_cache(maxsize=16)
def answers(source: str) -> Counter:
    """Return the counter of answers from one source."""
    return ANSWERS.labels(source)


def exposition() -> bytes:
    """Return all counts of all processes as text."""
    if FOLDER not in os.environ:
        return generate_latest(REGISTRY)
    registry = CollectorRegistry()
    MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    return generate_latest(registry)
