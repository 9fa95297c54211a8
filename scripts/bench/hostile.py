"""Queries that would run for hours, take all memory or end the process: when and how they end."""

import http.client
import time
from dataclasses import dataclass

import httpx

from scripts.bench.servers import Server

LIMIT = 2.0
LATE = 100  # ms that an end may come after the limit, and that the next query may take
BROKEN = 0
_IDLE = 0.1
_OK = 200
_ONE = "ASK { ?s ?p ?o }"
_PRODUCT = "?a ?b ?c . ?d ?e ?f"
_VALUES = " ".join(
    f"VALUES ?v{column} {{ {' '.join(map(str, range(100)))} }}" for column in range(6)
)
_DOUBLED = " ".join(f"BIND(CONCAT(?x{n}, ?x{n}) AS ?x{n + 1})" for n in range(40))
_CHAIN = " ".join(f"?s{n} ?p{n} ?s{n + 1} ." for n in range(500))
QUERIES = {
    "count of a product": f"SELECT (COUNT(*) AS ?n) {{ {_PRODUCT} . ?g ?h ?i }}",
    "sort of a product": f"SELECT * {{ {_PRODUCT} }} ORDER BY ?c ?f",
    "distinct of a product": f"SELECT DISTINCT ?a ?d {{ {_PRODUCT} }}",
    "group by of a product": f"SELECT ?a (COUNT(?d) AS ?n) {{ {_PRODUCT} }} GROUP BY ?a",
    "closure of everything": "SELECT (COUNT(*) AS ?n) { ?a (<urn:x>|!<urn:x>)* ?b }",
    "values without a triple": f"SELECT (COUNT(*) AS ?n) {{ {_VALUES} }}",
    "filter over a product": f"SELECT * {{ {_PRODUCT} FILTER(CONTAINS(STR(?c), STR(?f)))"
    ' FILTER(STR(?c) = "no such") }',
    "strings that double": f'SELECT ?x {{ BIND("{"a" * 16}" AS ?x0) {_DOUBLED}'
    " BIND(STRLEN(?x40) AS ?x) }",
    "5,000 braces": "SELECT * " + "{" * 5000 + "}" * 5000,
    "20,000 parentheses": "SELECT * { FILTER(" + "(" * 20_000 + "1" + ")" * 20_000 + ") }",
    "100,000 negations": "SELECT * { FILTER(" + "!" * 100_000 + "true) }",
    "group of 500 patterns": f"SELECT * {{ {_CHAIN} }}",
}


@dataclass(frozen=True, slots=True)
class Ended:
    """How a query ended.

    Attributes:
        status: of the answer; BROKEN if it was broken off for all to see, -1 if the next query
            was not answered.
        over: ms after the limit; negative if it was refused or answered before.
        next_one: ms that the next query took.
        left: CPU seconds that the server used in the half second after.
    """

    status: int
    over: float
    next_one: float
    left: float

    @property
    def is_met(self) -> bool:
        """Whether it ended as it should: refused or cut in time, nothing left over."""
        is_refused = httpx.codes.is_error(self.status) or self.status == BROKEN
        in_time = self.over <= LATE and self.next_one <= LATE
        return is_refused and in_time and self.left < _IDLE


def attack(server: Server, query: str) -> Ended:
    """Ask one such query, then a simple one, and see whether anything still runs."""
    start = time.perf_counter()
    status = _end_of(server, query)
    took = time.perf_counter() - start
    start = time.perf_counter()
    answered, _ = server.ask(_ONE)
    after = time.perf_counter() - start
    time.sleep(0.1)
    cpu = server.cpu()
    time.sleep(0.5)
    left = server.cpu() - cpu
    return Ended(status if answered == _OK else -1, (took - LIMIT) * 1e3, after * 1e3, left)


def _end_of(server: Server, query: str) -> int:
    try:
        status, _ = server.ask(query)
    except http.client.HTTPException:
        return BROKEN
    return status
