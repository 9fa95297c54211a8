"""SPARQL 1.1 Protocol, Service Description and the reading half of the Graph Store Protocol."""

from api.asgi import App
from api.settings import Settings
from api.sparql.answering import Answerer
from api.sparql.cache import counted_cache
from api.sparql.endpoint import SparqlEndpoint
from api.sparql.graphs import GraphStore
from graph.engine.asking import Engine


def sparql_routes(engine: Engine, settings: Settings, pages: App) -> dict[str, App]:
    """Return the routes of SPARQL; `pages` is the FastAPI application whose look they share."""
    answerer = Answerer(engine, counted_cache(settings.cache_bytes * 9 // 10), {})
    return {
        "/sparql": SparqlEndpoint(answerer, settings, pages),
        "/graphs": GraphStore(answerer),
    }
