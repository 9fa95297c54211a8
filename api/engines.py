"""Choosing the engine: a folder on this machine, or a SPARQL server elsewhere."""

import asyncio
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from api.settings import Settings
from graph.engine.asking import Engine, Question
from graph.engine.endpoint import Endpoint, parse_endpoint
from graph.engine.limits import Limits
from graph.engine.pool import Pool
from graph.engine.remote import Remote

# Questions at once to a store elsewhere, whose cores are not ours.
_ELSEWHERE = 16


def engine_of(settings: Settings) -> Engine:
    """Return the engine over the store that the settings name, not yet started."""
    limits = limits_of(settings)
    if isinstance(settings.store, Path):
        return Pool(settings.folder, limits)
    limits = replace(limits, workers=settings.query_workers or _ELSEWHERE)
    return Remote(endpoint_of(settings.store, settings), limits)


def endpoint_of(url: str, settings: Settings) -> Endpoint:
    """Return the address of a store elsewhere, with the credentials of the settings."""
    return parse_endpoint(url, settings.store_user, settings.store_password.get_secret_value())


def ask_once(settings: Settings, question: Question) -> bytes:
    """Answer one question, without a server of ours around it."""

    async def run() -> bytes:
        engine = engine_of(settings)
        await engine.start()
        try:
            return await (await engine.ask(question)).read()
        finally:
            await engine.stop()

    return asyncio.run(run())


def limits_of(settings: Settings) -> Limits:
    """Return the bounds of questions."""
    limits = Limits(
        workers=settings.workers_for_queries,
        queue=settings.waiting,
        wait=settings.waiting_seconds,
        seconds=settings.query_seconds,
        stall=settings.stall_seconds,
        memory=settings.query_memory,
        most_bytes=settings.answer_bytes,
        most_text=settings.largest_body,
    )
    return _the_same(limits)


@lru_cache(maxsize=8)
def _the_same(limits: Limits) -> Limits:
    """Return one object for equal limits: what is kept of a query is found by it at once."""
    return limits
