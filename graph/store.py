"""The published release, opened for reading: queries, dumps and the sources behind them."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Literal, get_args

import pyoxigraph as ox

from graph.dump import canonical_store
from graph.engine.functions import functions
from graph.engine.graph_scope import check_query
from graph.engine.search import Searches, run
from graph.engine.vocabulary import FUNCTIONS
from graph.engine.vocabulary import PREFIX as FUNCTION_PREFIX
from graph.errors import FormatError, QueryError, QuerySyntaxError, StoreError
from graph.releases import Folder, Release
from graph.report import Report
from graph.tables import WRITERS
from graph.terms import Term, node
from graph.xml_returns import keep_returns
from ontology.terms import CANCU, CITO, DCTERMS, ELI, OA, ORG, PPLAN, PROV, SCHEMA, SKOS, XSD

TableFormat = Literal["csv", "tsv", "json", "xml"]
GraphFormat = Literal["ttl", "nt", "jsonld"]
DumpFormat = Literal["nq", "trig", "ttl", "jsonld"]

PREFIXES = {
    "cancu": CANCU.NS,
    FUNCTION_PREFIX: FUNCTIONS,
    "cito": CITO.NS,
    "dcterms": DCTERMS.NS,
    "eli": ELI.NS,
    "oa": OA.NS,
    "org": ORG.NS,
    "p-plan": PPLAN.NS,
    "prov": PROV.NS,
    "schema": SCHEMA.NS,
    "skos": SKOS.NS,
    "xsd": XSD,
}
_TABLES: Mapping[str, ox.QueryResultsFormat] = {
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
}
_GRAPHS: Mapping[str, ox.RdfFormat] = {
    "ttl": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "jsonld": ox.RdfFormat.JSON_LD,
    "trig": ox.RdfFormat.TRIG,
}
_PLACE = re.compile(r"error at (\d+):(\d+)")


class Store:
    """One release of a store. It is immutable, so a reader is never disturbed by a load.

    Attributes:
        release: what the release says of itself.
    """

    def __init__(self, path: Path) -> None:
        """Open the release that is published in a folder.

        Raises:
            NoReleaseError: nothing was loaded yet.
            StoreError: the folder or its database cannot be read.
        """
        self._folder = Folder(path)
        self.release: Release = self._folder.published()
        self.database = self._folder.open(self.release.id)
        self._searches: Searches | None = None

    @property
    def report(self) -> Report:
        """What the shapes found in the release when it was made."""
        return self._folder.report(self.release.id)

    def query(
        self,
        sparql: str,
        answer_format: str = "json",
        substitutions: Mapping[str, tuple[str, str]] | None = None,
    ) -> bytes:
        """Return the answer to a query over the union of all named graphs.

        Args:
            sparql: a SELECT, ASK, CONSTRUCT or DESCRIBE query; the usual prefixes are known, and
                so are our functions and the search of texts.
            answer_format: csv, tsv, json or xml for a table, ttl, nt or jsonld for a graph.
            substitutions: kind ("string", "integer", "date", "iri") and value for each variable
                that is to be bound; a SELECT must name it among its columns.

        Raises:
            QueryError: the query cannot be parsed or run, or would be answered wrongly.
            FormatError: its answer cannot be written in that format.
        """
        check_query(sparql)
        bound: dict[ox.Variable, Term] = {
            ox.Variable(name): bound_term(*value) for name, value in (substitutions or {}).items()
        }
        try:
            results = run(
                self.database,
                self._search().rewrite(sparql, substitutions or {}),
                prefixes=PREFIXES,
                use_default_graph_as_union=True,
                substitutions=bound,
                custom_functions=functions(),
            )
            return _serialized(results, answer_format)
        except SyntaxError as error:
            raise syntax_fault(error) from error
        except (ValueError, OSError, RuntimeError) as error:
            raise QueryError(shortened(str(error))) from error

    def _search(self) -> Searches:
        if self._searches is None:
            self._searches = Searches(self._folder.release(self.release.id), PREFIXES)
        return self._searches

    def rows(self, select: str) -> Iterator[ox.QuerySolution]:
        """Yield the rows of a SELECT query of this package over the union of all graphs."""
        solutions = self.database.query(select, use_default_graph_as_union=True)
        if isinstance(solutions, ox.QuerySolutions):
            yield from solutions

    def dump(self, dump_format: str = "nq") -> bytes:
        """Return the whole release.

        nq is the canonical form: sorted, the same bytes for the same content. ttl has no named
        graphs: it is their union.
        """
        if dump_format not in get_args(DumpFormat):
            message = f"{dump_format!r} is no format for a dump: {', '.join(get_args(DumpFormat))}"
            raise FormatError(message)
        if dump_format == "nq":
            return canonical_store(self.database)
        quads = sorted(self.database, key=str)
        statements = [quad.triple for quad in quads] if dump_format == "ttl" else quads
        written = ox.serialize(statements, format=_GRAPHS[dump_format], prefixes=PREFIXES)
        return written or b""

    def source(self, sha256: str) -> bytes:
        """Return the bytes of a document of the release."""
        path = self._folder.source(sha256)
        try:
            return path.read_bytes()
        except OSError as error:
            raise StoreError(path, error.strerror or str(error)) from error


def _serialized(results: object, answer_format: str) -> bytes:
    if isinstance(results, ox.QuerySolutions) and answer_format == "csv":
        names = [variable.value for variable in results.variables]
        return b"".join(WRITERS["csv"](names, iter(results)))
    if isinstance(results, ox.QuerySolutions | ox.QueryBoolean) and answer_format in _TABLES:
        table = results.serialize(format=_TABLES[answer_format]) or b""
        return keep_returns(table) if answer_format == "xml" else table
    if isinstance(results, ox.QueryTriples) and answer_format in get_args(GraphFormat):
        return ox.serialize(results, format=_GRAPHS[answer_format], prefixes=PREFIXES) or b""
    is_graph = isinstance(results, ox.QueryTriples)
    formats = get_args(GraphFormat if is_graph else TableFormat)
    message = (
        f"the answer is a {'graph' if is_graph else 'table'} and can be written as "
        f"{', '.join(formats)}, not as {answer_format!r}"
    )
    raise FormatError(message)


def shortened(message: str) -> str:
    """Return the engine's message on one line without its long lists of what might follow."""
    line = " ".join(message.split())
    place, expected, _ = line.partition(": expected one of ")
    if not expected:
        return line
    reason = "an undeclared prefix" if "Prefix not found" in line else "not understood from here on"
    return f"{place}: {reason}"


def syntax_fault(error: SyntaxError) -> QuerySyntaxError:
    """Return the engine's word for a query that it cannot parse, with the place."""
    message = shortened(str(error))
    place = _PLACE.match(message)
    line, column = (int(place[1]), int(place[2])) if place else (None, None)
    return QuerySyntaxError(message, line, column)


def bound_term(kind: str, value: str) -> ox.NamedNode | ox.Literal:
    """Return the value that a variable is bound to; `kind` is as in `Store.query`."""
    if kind == "iri":
        return node(value)
    if kind == "string":
        return ox.Literal(value)
    return ox.Literal(value, datatype=node(f"{XSD}{kind}"))
