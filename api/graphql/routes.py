"""Putting the parts of `/graphql` together."""

from pathlib import Path

from api.asgi import App
from api.graphql.endpoint import GraphqlEndpoint
from api.graphql.executing import Executor
from api.graphql.limits import RequestLimits
from api.graphql.root import World
from api.graphql.trusted import Documents
from api.settings import Settings
from graph.engine.asking import Engine
from graph.reader.opening import lists_of, reader_of


def graphql_routes(engine: Engine, settings: Settings, pages: App) -> dict[str, App]:
    """Return the route of GraphQL; `pages` has the page for browsers at the same path."""
    reader = reader_of(engine)
    folder = settings.store if isinstance(settings.store, Path) else None
    limits = RequestLimits(cost=settings.graphql_cost, seconds=settings.query_seconds)
    documents = Documents(settings.graphql_documents, only=settings.graphql_trusted_only)
    endpoint = GraphqlEndpoint(
        Executor(World(engine, reader, lists_of(reader, folder)), limits),
        documents,
        largest_body=settings.largest_body,
        body_seconds=settings.body_seconds,
        page=pages,
    )
    return {"/graphql": endpoint}
