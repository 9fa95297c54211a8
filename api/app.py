"""The application: FastAPI for pages and GraphQL, plain routes for what is asked all day."""

import contextlib
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from api.asgi import App
from api.catalogue.routes import add_catalogue
from api.engines import engine_of
from api.front import EXCHANGE, Front
from api.graphql.page import add_graphiql
from api.graphql.routes import graphql_routes
from api.health import health_routes
from api.pages.routes import add_pages
from api.problems import MEDIA_TYPE, Problem, ProblemError, problem_of
from api.settings import Settings
from api.sparql.help import router as help_router
from api.sparql.lending import Lender
from api.sparql.routes import sparql_routes
from graph.engine.asking import Engine
from graph.engine.pool import Pool
from graph.errors import GraphError
from queries.catalogue import ParameterError, UnknownQueryError

_STATUS_KINDS = {400: "bad-request", 404: "not-found", 405: "method", 406: "not-acceptable"}
_OURS = range(500, 600)
_EXPECTED = (GraphError, ParameterError, UnknownQueryError, ProblemError)

logger = logging.getLogger("cancu.app")


def create_app(settings: Settings) -> App:
    """Return the whole application as one ASGI callable; its lifespan starts and stops the engine.

    The routers of pages and GraphQL find on `request.app.state`: `engine`, `settings`.
    """
    engine = engine_of(settings)
    lender = Lender(engine, settings) if isinstance(engine, Pool) and settings.clerks else None
    pages = FastAPI(
        title="cancu",
        lifespan=_lifespan_of(engine, lender),
        docs_url=None,  # the stock pages load scripts from elsewhere
        redoc_url=None,
    )
    pages.state.engine = engine
    pages.state.settings = settings
    _include_routers(pages)
    handle_errors(pages)
    direct = {
        **health_routes(engine, lender.count if lender is not None else _nothing),
        **sparql_routes(engine, lender, settings, pages),
        **graphql_routes(engine, settings, pages),
    }
    return Front(pages, direct, settings)


def _nothing() -> None:
    """Do nothing: all is counted as it happens."""


def handle_errors(pages: FastAPI) -> None:
    """Have every error told as a problem, those that nobody foresaw too."""
    for error in (*_EXPECTED, Exception):
        pages.add_exception_handler(error, _problem_response)
    pages.add_exception_handler(HTTPException, _http_response)
    pages.add_exception_handler(RequestValidationError, _invalid_response)


def _include_routers(pages: FastAPI) -> None:
    """Add the routers of all ways in; the linked data of every other path comes last."""
    add_catalogue(pages)
    add_graphiql(pages)
    pages.include_router(help_router())
    add_pages(pages)


def _lifespan_of(
    engine: Engine, lender: Lender | None
) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    @contextlib.asynccontextmanager
    async def lifespan(_pages: FastAPI) -> AsyncIterator[None]:
        try:
            await engine.start()
        except GraphError as error:
            logger.critical("the store cannot be opened: %s", error)
            raise
        try:
            yield
        finally:
            if lender is not None:
                await lender.stop()
            await engine.stop()

    return lifespan


async def _problem_response(request: Request, error: Exception) -> Response:
    return _response(request, problem_of(error))


async def _http_response(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    detail = str(error.detail) if isinstance(error, HTTPException) else ""
    given = (error.headers or {}) if isinstance(error, HTTPException) else {}
    headers = tuple((k.lower().encode(), v.encode()) for k, v in given.items())
    kind = _STATUS_KINDS.get(status, "internal" if status in _OURS else "bad-request")
    response = _response(request, Problem(kind, detail, {"status": status}, headers))
    response.status_code = status
    return response


async def _invalid_response(request: Request, error: Exception) -> Response:
    faults = error.errors() if isinstance(error, RequestValidationError) else []
    detail = "; ".join(f"{'.'.join(map(str, f['loc'][1:]))}: {f['msg']}" for f in faults)
    return _response(request, Problem("bad-request", detail))


def _response(request: Request, problem: Problem) -> Response:
    exchange = request.scope.get(EXCHANGE)
    body = problem.to_json(exchange.request_id if exchange else "")
    response = Response(body, problem.status, media_type=MEDIA_TYPE.decode())
    for name, value in problem.all_headers():
        response.headers[name.decode()] = value.decode()
    return response
