"""The reader as it is used: with all that is found by functions of their own."""

from graph.engine.asking import Engine
from graph.reader.basis import find_bases
from graph.reader.reading import Reader


def reader_of(engine: Engine) -> Reader:
    """Return a reader over an engine."""
    return Reader(engine, {"legal_basis": find_bases})
