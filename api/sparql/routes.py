"""The routes of SPARQL."""

from api.asgi import App
from api.settings import Settings
from api.sparql.answering import Answerer
from api.sparql.cache import counted_cache
from api.sparql.endpoint import SparqlEndpoint
from api.sparql.graphs import GraphStore
from api.sparql.lending import Lender
from graph.engine.asking import Engine


def sparql_routes(
    engine: Engine, lender: Lender | None, settings: Settings, pages: App
) -> dict[str, App]:
    """Return the routes of SPARQL.

    Args:
        engine: answers the questions.
        lender: has clerks answer short ones, if the store is on this machine.
        settings: of the server.
        pages: the FastAPI application whose look the pages share.
    """
    answerer = Answerer(engine, counted_cache(settings.cache_bytes * 9 // 10), {})
    return {
        "/sparql": SparqlEndpoint(answerer, lender, settings, pages),
        "/graphs": GraphStore(answerer),
    }
