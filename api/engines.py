"""Choosing the engine: a folder on this machine, or a SPARQL server elsewhere."""

from api.settings import Settings
from graph.engine.asking import Engine
from graph.engine.limits import Limits
from graph.engine.pool import Pool


def engine_of(settings: Settings) -> Engine:
    """Return the engine over the store that the settings name, not yet started."""
    return Pool(settings.folder, limits_of(settings))


def limits_of(settings: Settings) -> Limits:
    """Return the bounds of questions."""
    return Limits(
        workers=settings.workers_for_queries,
        queue=settings.waiting,
        wait=settings.waiting_seconds,
        seconds=settings.query_seconds,
        stall=settings.stall_seconds,
        memory=settings.query_memory,
        most_bytes=settings.answer_bytes,
        most_text=settings.largest_body,
    )
