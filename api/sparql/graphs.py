"""`/graphs`: SPARQL 1.1 Graph Store Protocol, the half that reads.

`?graph=IRI` is a named graph, `?default` the default graph, which is the union of all of them.
"""

from urllib.parse import parse_qs

import orjson

from api.asgi import Receive, Scope, Send
from api.front import EXCHANGE, Exchange
from api.negotiation import choose_coding
from api.problems import Problem, ProblemError, bad_request
from api.sparql.answering import Answerer
from api.sparql.formats import GRAPHS, PAGE, Form, answer_format, choose_offer
from api.sparql.job import Job
from api.sparql.request import is_iri, release_named
from graph.engine.asking import Question

_ALLOW = (b"allow", b"GET, HEAD, OPTIONS")
_ALL = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
_ONE = "CONSTRUCT { ?s ?p ?o } WHERE { GRAPH <%s> { ?s ?p ?o } }"
_EXISTS = "ASK { GRAPH <%s> { ?s ?p ?o } }"
_FORM: Form = "CONSTRUCT"
_OFFERS = tuple(offer for offer in GRAPHS if offer.name != PAGE)


class GraphStore:
    """Answers with whole graphs."""

    def __init__(self, answerer: Answerer) -> None:
        self._answerer = answerer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        del receive
        if scope["method"] == "OPTIONS":
            await send({"type": "http.response.start", "status": 204, "headers": [_ALLOW]})
            await send({"type": "http.response.body", "body": b""})
            return
        if scope["method"] not in {"GET", "HEAD"}:
            detail = "this server only reads: graphs are changed by loading documents"
            raise ProblemError(Problem("method", detail, {}, (_ALLOW,)))
        await self._answer(scope, scope[EXCHANGE])

    async def _answer(self, scope: Scope, exchange: Exchange) -> None:
        parameters = _parameters(scope["query_string"])
        graph = _graph(parameters)
        accept, coding = (exchange.headers.get(n) for n in (b"accept", b"accept-encoding"))
        named = parameters.get("format", [None])[0]
        accepted = None if accept is None else accept.decode("latin-1")
        offer = choose_offer(_FORM, accepted, named, _OFFERS)
        release = release_named(parameters.get("release", [None])[0])
        question = Question(
            text=_ALL if graph is None else _ONE % graph,
            answer_format=answer_format(offer),
            release=release,
            client=exchange.client,
        )
        if graph is not None and not await self._is_there(graph, question):
            raise ProblemError(Problem("not-found", f"there is no graph <{graph}>"))
        chosen = choose_coding(None if coding is None else coding.decode("latin-1"))
        await self._answerer.answer(Job(question, offer, chosen, is_constant=True), scope, exchange)

    async def _is_there(self, graph: str, question: Question) -> bool:
        asked = Question(_EXISTS % graph, release=question.release, client=question.client)
        answer = await self._answerer.engine.ask(asked)
        return bool(orjson.loads(await answer.read())["boolean"])


def _parameters(query_string: bytes) -> dict[str, list[str]]:
    try:
        return parse_qs(
            query_string.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=20
        )
    except ValueError as error:
        message = "the parameters are not UTF-8 in percent-encoding"
        raise bad_request(message) from error


def _graph(parameters: dict[str, list[str]]) -> str | None:
    """Return the IRI of the graph that is meant; None for the default graph."""
    graphs, is_default = parameters.get("graph", []), "default" in parameters
    if len(graphs) + is_default != 1:
        message = "give either ?default or ?graph=IRI, once"
        raise bad_request(message)
    if is_default:
        return None
    if not is_iri(graphs[0]):
        message = f"`graph` takes an absolute IRI, not {graphs[0][:200]!r}"
        raise bad_request(message)
    return graphs[0]
