"""What `/sparql` says of itself when it is asked nothing."""

import re
from functools import lru_cache

import orjson

from api.asgi import Scope, respond
from api.front import EXCHANGE, Exchange
from api.negotiation import Offer, choose
from api.problems import Problem, ProblemError
from api.sparql.formats import GRAPHS, PAGE, content_type
from api.sparql.page import send_way_in
from graph.engine.asking import Engine, GraphFormat, Question
from graph.service_description import Service, describe_service

_NAMED_GRAPHS = "SELECT ?g { GRAPH ?g {} } LIMIT 1000"
_HOST = re.compile(rb"[A-Za-z0-9.-]{1,253}(?::[0-9]{1,5})?|\[[0-9A-Fa-f:.]{2,45}\](?::[0-9]{1,5})?")
# Turtle first: a client without a preference is a program or curl, not a person.
_OFFERS: tuple[Offer, ...] = GRAPHS


async def send_description(engine: Engine, public_url: str | None, scope: Scope) -> None:
    """Describe the service, or lead a browser to where it can ask.

    Raises:
        ProblemError: the client accepts none of our formats.
    """
    exchange: Exchange = scope[EXCHANGE]
    accept = exchange.headers.get(b"accept")
    offer = choose(None if accept is None else accept.decode("latin-1"), _OFFERS)
    if offer is None:
        available = sorted({offer.media_type for offer in _OFFERS})
        detail = "the service description cannot be sent so"
        raise ProblemError(Problem("not-acceptable", detail, {"available": available}))
    if offer.name == PAGE:
        await send_way_in(scope)
        return
    release = engine.current()
    answer = await engine.ask(Question(_NAMED_GRAPHS, release=release, client=exchange.client))
    endpoint = f"{public_url or address_of(scope, exchange)}/sparql"
    headers = [
        (b"content-type", content_type(offer)),
        (b"cancu-release", release.encode("ascii")),
        (b"vary", b"Accept"),
        (b"cache-control", b"public, no-cache"),
    ]
    body = _described(endpoint, release, await answer.read(), offer.name)
    await respond(exchange.send, 200, headers, body)


def address_of(scope: Scope, exchange: Exchange) -> str:
    """Return the address that a client used, if it is a sane one, else where we listen."""
    host = exchange.headers.get(b"host", b"")
    if not _HOST.fullmatch(host):
        name, port = scope.get("server") or ("localhost", 80)
        host = f"{name}:{port}".encode("ascii")
    return f"{scope['scheme']}://{host.decode('ascii')}{scope.get('root_path', '')}"


@lru_cache(maxsize=16)
def _described(endpoint: str, release: str, named_graphs: bytes, name: GraphFormat) -> bytes:
    rows = orjson.loads(named_graphs)["results"]["bindings"]
    graphs = tuple(row["g"]["value"] for row in rows)
    return describe_service(Service(endpoint, release, graphs), name)
