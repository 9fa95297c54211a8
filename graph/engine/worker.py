"""A process that answers questions over one release, one at a time, and may be killed at any time.

It is forked by `graph.engine.fork_server`. It stays single-threaded as far as Python goes: an
iterator of the engine that is used by another thread than its own ends the process.
"""

import os
import socket
import time
from pathlib import Path
from typing import IO, Any, TypeVar, cast

import pyoxigraph as ox

from graph.engine.confinement import (
    Clock,
    bound_memory,
    die_with_parent,
    forbid_network,
    leave_no_trace,
    peak_memory,
)
from graph.engine.frames import READY, WORN, Task, pack_error, receive_task
from graph.engine.functions import functions
from graph.engine.limits import Limits
from graph.engine.outlet import Outlet
from graph.engine.rows import write_rows, write_triples
from graph.engine.search import Rewritten, Searches, run
from graph.engine.service import refuse_services
from graph.errors import FormatError, GraphError, QueryError
from graph.releases import Folder
from graph.store import PREFIXES, bound_term, shortened, syntax_fault
from graph.xml_returns import keeping_returns
from ontology.terms import BASE

_TABLES = {
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
}
_GRAPHS = {
    "ttl": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "rdf": ox.RdfFormat.RDF_XML,
    "jsonld": ox.RdfFormat.JSON_LD,
}
_FUNCTIONS = functions()
_SHORT = 0.002  # seconds in which no more than some 10 MB of memory can be filled
Written = TypeVar("Written", ox.QueryResultsFormat, ox.RdfFormat)


def work(connection: socket.socket, path: Path, release: str, limits: Limits, parent: int) -> None:
    """Answer questions until the server hangs up. This is the whole life of a process."""
    die_with_parent(parent)
    leave_no_trace()
    try:
        folder = Folder(path)
        searches = Searches(folder.release(release), PREFIXES)
        desk = _Desk(connection, folder.open(release), searches, limits)
        forbid_network()
        bound_memory(limits.memory, limits.stack)
    except GraphError as error:
        connection.send(pack_error(error))
        return
    connection.send(bytes([READY]))
    while (task := receive_task(connection)) is not None:
        desk.answer(task)


class _Desk:
    """The open release and the way back to the server."""

    def __init__(
        self, connection: socket.socket, store: ox.Store, searches: Searches, limits: Limits
    ) -> None:
        self._connection = connection
        self._store = store
        self._searches = searches
        self._limits = limits
        self._clock = Clock()
        # The first query pays for reading the database's indexes: not a client's business.
        store.query("ASK { GRAPH ?g { ?s ?p ?o } }")
        self._worn = peak_memory() + limits.memory // 4
        self._began = 0.0

    def answer(self, task: Task) -> None:
        """Send an answer, or why there is none."""
        self._began = time.monotonic()
        self._clock.bound(task.seconds, self._began)
        outlet = Outlet(self._connection, self._limits.most_bytes)
        try:
            self._write(self._ask(task), task, outlet)
            outlet.end(self._wear())
        except OSError as error:
            if outlet.lost:
                os._exit(0)  # the server hung up
            self._refuse(QueryError(shortened(str(error))))
        except (ValueError, RuntimeError) as error:
            self._refuse(QueryError(shortened(str(error))))
        except (GraphError, MemoryError) as error:
            self._refuse(error)
        except Exception as error:  # ours to mend; dying of it would blame the query's size
            self._refuse(QueryError(f"the engine failed: {type(error).__name__}: {error}"))

    def _refuse(self, error: Exception) -> None:
        self._connection.send(pack_error(error, self._wear()))

    def _wear(self) -> int:
        """Tell whether a question took so much memory that the next one might miss it.

        To take that much takes longer than most questions do.
        """
        was_short = time.monotonic() - self._began < _SHORT
        return WORN if not was_short and peak_memory() > self._worn else 0

    def _ask(self, task: Task) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        bindings: dict[ox.Variable, Any] = {}
        if task.bindings:
            bindings = {ox.Variable(n): bound_term(*value) for n, value in task.bindings.items()}
        has_dataset = bool(task.default_graphs or task.named_graphs)
        try:
            return run(
                self._store,
                self._rewritten(task),
                prefixes=PREFIXES,
                base_iri=BASE,  # a relative IRI means one of ours
                use_default_graph_as_union=task.union,
                default_graph=_nodes(task.default_graphs) if has_dataset else None,
                named_graphs=_nodes(task.named_graphs) if has_dataset else None,
                substitutions=bindings,
                custom_functions=_FUNCTIONS,
            )
        except SyntaxError as error:
            raise syntax_fault(error) from error

    def _rewritten(self, task: Task) -> Rewritten:
        """Put the hits of searches in their places."""
        if not task.searches:
            return Rewritten(task.text, task.text)
        query = self._searches.rewrite(task.text, task.bindings)
        refuse_services(query.text)
        return query

    def _write(
        self,
        results: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples,
        task: Task,
        outlet: Outlet,
    ) -> None:
        if isinstance(results, ox.QueryTriples):
            write_triples(results, _format_in(_GRAPHS, task), task.most_rows, outlet)
        elif isinstance(results, ox.QuerySolutions) and _is_by_hand(task):
            write_rows(results, task.answer_format, task.most_rows, outlet)
        else:
            table = _format_in(_TABLES, task)
            results.serialize(keeping_returns(cast(IO[bytes], outlet), table), format=table)


def _is_by_hand(task: Task) -> bool:
    return task.most_rows is not None or task.answer_format == "csv"


def _format_in(formats: dict[str, Written], task: Task) -> Written:
    found = formats.get(task.answer_format)
    if found is None:
        known = ", ".join(formats)
        message = f"the answer can be written as {known}, not as {task.answer_format!r}"
        raise FormatError(message)
    return found


def _nodes(iris: tuple[str, ...]) -> list[Any]:
    return [ox.NamedNode(iri) for iri in iris]
