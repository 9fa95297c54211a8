"""The reader as it is used: with all that is found by functions of their own."""

from pathlib import Path

from graph.engine.asking import Engine
from graph.reader.basis import find_bases
from graph.reader.lists import Lists, SparqlLists
from graph.reader.reading import Reader
from graph.reader.tables import TableLists


def reader_of(engine: Engine, nodes_a_question: int = 4000) -> Reader:
    """Return a reader over an engine."""
    return Reader(engine, {"legal_basis": find_bases}, nodes_a_question)


def lists_of(reader: Reader, folder: Path | None) -> Lists:
    """Return the lists: from the tables in the folder of the store, if it is on this machine."""
    by_sparql = SparqlLists(reader)
    return TableLists(folder, by_sparql) if folder else by_sparql
