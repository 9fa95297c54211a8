"""Commands that work on the store: load, stats, query, export, validate, verify."""

import json
import sys
from collections.abc import Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated, cast

import typer

from api.console import complain, out, print_table, progress
from api.errors import COMPLAINT, DONE, REFUSED, UsageProblemError
from api.many_files import read_files
from api.settings import Settings
from graph.engine.asking import AnswerFormat as WrittenAs
from graph.engine.asking import Question
from graph.errors import StoreError
from graph.load import LoadReport, load_documents
from graph.plan import Loadable
from graph.report import violations
from graph.store import Store
from graph.validate import validate_store
from graph.verify import verify as verify_store
from loaders.corpus import CuratedFact, document_paths, find_catalogues, read_catalogue
from loaders.errors import FileTooLargeError, LoaderError
from queries.catalogue import bind, named_queries, named_query

DEFAULT_CORPUS = Path("corpus")

LOAD_EPILOG = """Examples:

cancu load corpus

cancu load new/plan.md new/decision.txt

CANCU_STORE=/srv/cancu cancu load corpus"""

QUERY_EPILOG = """Examples:

cancu query --list

cancu query --name documents_citing --param key=03/NQ-CP

cancu query question.rq --format csv > answer.csv

echo 'SELECT (COUNT(*) AS ?tasks) { ?t a cancu:Task }' | cancu query -"""

EXPORT_EPILOG = """Examples:

cancu export --format nq > release.nq

cancu export --format ttl --output release.ttl"""


class AnswerFormat(StrEnum):
    """How an answer is printed."""

    table = "table"
    csv = "csv"
    tsv = "tsv"
    json = "json"
    xml = "xml"
    ttl = "ttl"
    nt = "nt"
    jsonld = "jsonld"


class ExportFormat(StrEnum):
    """How a release is written."""

    nq = "nq"
    trig = "trig"
    ttl = "ttl"
    jsonld = "jsonld"


def load(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(
            help="Files, or folders that are searched. Default: corpus", show_default=False
        ),
    ] = None,
    *,
    skip_bad: Annotated[
        bool, typer.Option(help="Load the other files where some cannot be read.")
    ] = False,
) -> int:
    """Read documents and publish them as a new release of the store.

    What is published stays untouched until the new release is complete. A catalogue.toml beside
    the documents gives facts that the texts lack.
    """
    settings, given = Settings(), paths or [DEFAULT_CORPUS]
    files = document_paths(given)
    loadables, bad = _read_all(files, settings.largest_file)
    for error in bad:
        hint = "; CANCU_LARGEST_FILE sets it" if isinstance(error, FileTooLargeError) else ""
        complain(f"{error}{hint}")
    if bad and not (skip_bad and loadables):
        complain("nothing was loaded; the published release is as it was")
        return REFUSED
    with progress() as bar:
        task = bar.add_task("making the release", total=None)
        report = load_documents(
            settings.folder,
            loadables,
            _curated(given, [loadable.facts.document.sha256 for loadable in loadables]),
            keep=settings.keep_releases,
            progress=lambda words: bar.update(task, description=words),
        )
    _print_report(report)
    return COMPLAINT if bad else DONE


def stats() -> None:
    """Say what the published release holds."""
    store = Store(Settings().folder)
    release = store.release
    out.print(f"release {release.id} of {release.created}, {release.quads} quads", markup=False)
    columns = ["file", "type", "number", "issued", "issuer", "tasks"]
    print_table("Documents", columns, _rows(store, named_query("documents").text), numbers=1)
    counts = _rows(store, _COUNTS)
    print_table("Facts", ["kind", "count"], counts, numbers=1)


def query(
    file: Annotated[
        Path | None, typer.Argument(help="A .rq file, or - for standard input.")
    ] = None,
    *,
    name: Annotated[str | None, typer.Option(help="A question of the catalogue.")] = None,
    param: Annotated[
        list[str] | None, typer.Option(help="name=value, for a question of the catalogue.")
    ] = None,
    answer_format: Annotated[AnswerFormat, typer.Option("--format")] = AnswerFormat.table,
    list_names: Annotated[
        bool, typer.Option("--list", help="List the questions of the catalogue.")
    ] = False,
) -> None:
    """Ask the published release: a question of the catalogue, a file, or standard input."""
    if list_names:
        _print_catalogue()
        return
    text, values = _question(file, name, param or [])
    if answer_format is not AnswerFormat.table:
        sys.stdout.buffer.write(_answer(text, answer_format.value, values))
        return
    answer = json.loads(_answer(text, "json", values))
    if "boolean" in answer:
        out.print("yes" if answer["boolean"] else "no")
        return
    columns = answer["head"]["vars"]
    rows = [[_cell(row, column) for column in columns] for row in answer["results"]["bindings"]]
    print_table(None, columns, rows)
    out.print(f"{len(rows)} rows")


def export(
    *,
    output: Annotated[
        Path | None, typer.Option(help="Write to this file instead of standard output.")
    ] = None,
    export_format: Annotated[ExportFormat, typer.Option("--format")] = ExportFormat.nq,
) -> None:
    """Write the whole release; nq is canonical: the same content gives the same bytes."""
    content = Store(Settings().folder).dump(export_format.value)
    if output is None:
        sys.stdout.buffer.write(content)
        return
    unfinished = output.with_name(output.name + ".part")
    try:
        unfinished.write_bytes(content)
        unfinished.replace(output)
    except OSError as error:
        raise StoreError(output, error.strerror or str(error)) from error
    finally:
        unfinished.unlink(missing_ok=True)


def validate() -> int:
    """Check the published release against the SHACL shapes."""
    store = Store(Settings().folder)
    broken = warned = 0
    for _, findings in validate_store(store.database):
        broken += len(violations(findings))
        warned += len(findings) - len(violations(findings))
        for finding in findings:
            out.print(f"{finding.severity}: {finding}", markup=False)
    out.print("the release conforms" if not broken else f"{broken} violations")
    out.print(f"{warned} warnings; kept with the release: {store.report.words()}", markup=False)
    return COMPLAINT if broken else DONE


def verify() -> int:
    """Check every quote in the store against the bytes of its source."""
    result = verify_store(Store(Settings().folder))
    for failure in result.failures:
        out.print(str(failure), markup=False)
    verified = result.quotes - sum(1 for f in result.failures if "#" in f.where)
    out.print(f"{verified} of {result.quotes} quotes verified, in {result.documents} documents")
    return DONE if result.holds else COMPLAINT


_COUNTS = """
SELECT ?kind (COUNT(DISTINCT ?fact) AS ?count) WHERE {
  VALUES ?class {
    cancu:Document cancu:StubInstrument eli:LegalResourceSubdivision cancu:Task cancu:Assignment
    cancu:Deadline cancu:IndicatorTarget cancu:Citation cancu:AgencyMention cancu:Gap
    cancu:CuratedFact oa:Annotation
  }
  ?fact a ?class
  BIND(REPLACE(STR(?class), "^.*[#/]", "") AS ?kind)
}
GROUP BY ?kind
ORDER BY ?kind
"""


def _read_all(files: Sequence[Path], largest: int) -> tuple[list[Loadable], list[LoaderError]]:
    loadables: list[Loadable] = []
    bad: list[LoaderError] = []
    with progress() as bar:
        found = read_files(files, largest)
        for one in bar.track(found, total=len(files), description="reading documents"):
            if isinstance(one, Loadable):
                loadables.append(one)
            else:
                bad.append(one)
    return loadables, bad


def _curated(given: Sequence[Path], loaded: Sequence[str]) -> list[CuratedFact]:
    entries = [entry for path in find_catalogues(given) for entry in read_catalogue(path)]
    return [fact for entry in entries if entry.sha256 in loaded for fact in entry.curated]


def _print_report(report: LoadReport) -> None:
    for document in report.documents:
        note = f" ({document.note})" if document.note else ""
        changes = f": {document.changes.words()}" if document.changes.changes else ""
        out.print(f"{document.outcome:10} {document.name}{note}{changes}", markup=False)
    for note in report.notes:
        out.print(note, markup=False)
    out.print(report.words(), markup=False)


def _question(
    file: Path | None, name: str | None, parameters: Sequence[str]
) -> tuple[str, dict[str, tuple[str, str]]]:
    """Return the SPARQL text and the values of its variables."""
    if (file is None) == (name is None):
        message = "give either a file (or -) or --name; --list shows the names"
        raise UsageProblemError(message)
    values = dict(_parameter(parameter) for parameter in parameters)
    if name is not None:
        named = named_query(name)
        return named.text, dict(bind(named, values))
    if values:
        message = "--param goes with --name"
        raise UsageProblemError(message)
    return _text_of(file) if file else "", {}


def _answer(text: str, written_as: str, values: Mapping[str, tuple[str, str]]) -> bytes:
    """Ask the store, wherever it is."""
    settings = Settings()
    if isinstance(settings.store, Path):
        return Store(settings.store).query(text, written_as, values)
    from api.engines import ask_once  # noqa: PLC0415 - a store on this machine needs no client

    return ask_once(settings, Question(text, cast("WrittenAs", written_as), bindings=values))


def _parameter(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals:
        message = f"--param takes name=value, not {text!r}"
        raise UsageProblemError(message)
    return name, value


def _text_of(file: Path) -> str:
    if str(file) == "-":
        return sys.stdin.read()
    try:
        return file.read_text(encoding="utf-8")
    except OSError as error:
        message = f"{file}: {error.strerror}"
        raise UsageProblemError(message) from error
    except UnicodeDecodeError as error:
        message = f"{file}: not UTF-8 text: {error.reason} at byte {error.start}"
        raise UsageProblemError(message) from error


def _rows(store: Store, sparql: str) -> list[list[str]]:
    answer = json.loads(store.query(sparql, "json"))
    columns = answer["head"]["vars"]
    return [[_cell(row, column) for column in columns] for row in answer["results"]["bindings"]]


def _cell(row: dict[str, dict[str, str]], column: str) -> str:
    return row[column]["value"] if column in row else ""


def _print_catalogue() -> None:
    rows = [
        [query.name, query.audience, query.summary, ", ".join(p.name for p in query.parameters)]
        for query in named_queries()
    ]
    print_table(None, ["name", "for", "question", "parameters"], rows)
