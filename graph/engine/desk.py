"""An open release in a process of its own: a question in, the bytes of its answer out."""

from io import BytesIO
from pathlib import Path
from typing import IO, Any, TypeVar, cast

import pyoxigraph as ox

from graph.engine.confinement import peak_memory
from graph.engine.frames import Task
from graph.engine.functions import functions
from graph.engine.limits import Limits
from graph.engine.rows import Sink, write_rows, write_triples
from graph.engine.search import Searches, run
from graph.engine.service import refuse_services
from graph.errors import FormatError
from graph.releases import Folder
from graph.store import PREFIXES, bound_term, syntax_fault
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
Written = TypeVar("Written", ox.QueryResultsFormat, ox.RdfFormat)


class Desk:
    """An open release."""

    def __init__(self, path: Path, release: str, limits: Limits) -> None:
        """Open it.

        Raises:
            GraphError: it cannot be opened.
        """
        folder = Folder(path)
        self._searches = Searches(folder.release(release), PREFIXES)
        self._store = folder.open(release)
        # The first query pays for reading the database's indexes: not a client's business.
        self._store.query("ASK { GRAPH ?g { ?s ?p ?o } }")
        self._most = peak_memory() + limits.memory // 4

    @property
    def is_worn(self) -> bool:
        """Tell whether questions took so much memory that the next one might miss it."""
        return peak_memory() > self._most

    def answer(self, task: Task, sink: Sink) -> None:
        """Write the answer to a question.

        Raises:
            GraphError: there is none.
            OSError, ValueError, RuntimeError: what the engine or the sink raise.
        """
        self._write(self._ask(task), task, sink)

    def whole_answer(self, task: Task) -> bytes:
        """Return the answer to a question that is short: all of it is held in memory.

        Raises:
            GraphError: there is none.
            OSError, ValueError, RuntimeError: what the engine raises.
        """
        results = self._ask(task)
        if task.answer_format == "json" and not isinstance(results, ox.QueryTriples):
            return results.serialize(format=ox.QueryResultsFormat.JSON) or b""
        sheet = _Sheet()
        self._write(results, task, sheet)
        return sheet.getvalue()

    def _ask(self, task: Task) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        bindings: dict[ox.Variable, Any] = {}
        if task.bindings:
            bindings = {ox.Variable(n): bound_term(*value) for n, value in task.bindings.items()}
        has_dataset = bool(task.default_graphs or task.named_graphs)
        options: dict[str, Any] = {
            "prefixes": PREFIXES,
            "base_iri": BASE,  # a relative IRI means one of ours
            "use_default_graph_as_union": task.union,
            "default_graph": _nodes(task.default_graphs) if has_dataset else None,
            "named_graphs": _nodes(task.named_graphs) if has_dataset else None,
            "substitutions": bindings,
            "custom_functions": _FUNCTIONS,
        }
        try:
            if not task.searches:
                return self._store.query(task.text, **options)
            query = self._searches.rewrite(task.text, task.bindings)
            refuse_services(query.text)
            return run(self._store, query, **options)
        except SyntaxError as error:
            raise syntax_fault(error) from error

    def _write(
        self,
        results: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples,
        task: Task,
        sink: Sink,
    ) -> None:
        if isinstance(results, ox.QueryTriples):
            write_triples(results, _format_in(_GRAPHS, task), task.most_rows, sink)
        elif isinstance(results, ox.QuerySolutions) and _is_by_hand(task):
            write_rows(results, task.answer_format, task.most_rows, sink)
        else:
            table = _format_in(_TABLES, task)
            results.serialize(keeping_returns(cast(IO[bytes], sink), table), format=table)


class _Sheet(BytesIO):
    """A file in memory."""

    capped = False


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
