"""SPARQL 1.1 Protocol, Service Description and the reading half of the Graph Store Protocol."""

from api.asgi import App
from api.settings import Settings
from api.sparql.endpoint import SparqlEndpoint
from graph.engine.asking import Engine


def sparql_routes(engine: Engine, settings: Settings) -> dict[str, App]:
    """Return the routes of SPARQL."""
    return {"/sparql": SparqlEndpoint(engine, settings)}
