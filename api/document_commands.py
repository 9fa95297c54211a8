"""Commands that read documents and need no store: extract, cite, eval."""

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from api.console import out, print_table, progress
from api.errors import UsageProblemError
from loaders.annotation import annotation
from loaders.citing.cite import cite as cite_text
from loaders.corpus import CATALOGUE_NAME, read_catalogue
from loaders.evaluate import Measure, evaluate, total
from loaders.extract import extract as extract_facts
from loaders.facts import Facts
from loaders.source import read_document

Json = dict[str, Any]

EXTRACT_EPILOG = """Examples:

cancu extract corpus/ninh-binh-ke-hoach-03-nq-cp.md

cancu extract corpus/ninh-binh-ke-hoach-03-nq-cp.md --json > facts.json"""

CITE_EPILOG = """Examples:

cancu cite "Căn cứ Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị"

cancu cite --jsonl < rows.jsonl > found.jsonl"""

EVAL_EPILOG = """Examples:

cancu eval tests/gold/*.json

cancu eval tests/gold/ninh-binh-ke-hoach-03-nq-cp.json --misses"""


def extract(
    file: Annotated[Path, typer.Argument(help="A text or Markdown file.")],
    *,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print JSON in the schema of the annotation guide.")
    ] = False,
) -> None:
    """Print the facts of one document: a readable summary, or all of them as JSON."""
    facts = extract_facts(read_document(file))
    if as_json:
        sys.stdout.write(json.dumps(annotation(facts), ensure_ascii=False, indent=2) + "\n")
    else:
        _print_summary(facts)


def cite(
    text: Annotated[str | None, typer.Argument(help="The text to search.")] = None,
    *,
    jsonl: Annotated[
        bool,
        typer.Option(
            "--jsonl", help='Read lines {"id", "text"} from standard input and write JSON lines.'
        ),
    ] = False,
) -> None:
    """Find the citations in a text."""
    if jsonl == (text is not None):
        message = "give either a text or --jsonl with lines on standard input"
        raise UsageProblemError(message)
    if text is not None:
        sys.stdout.write(json.dumps(cite_text(text), ensure_ascii=False, indent=2) + "\n")
        return
    for row in _rows(sys.stdin):
        found = {"id": row["id"], "citations": cite_text(row["text"])}
        sys.stdout.write(json.dumps(found, ensure_ascii=False) + "\n")


def evaluate_gold(
    gold: Annotated[list[Path], typer.Argument(help="Annotations in the schema of the guide.")],
    *,
    documents: Annotated[
        Path, typer.Option(help="Folder of the documents that the annotations are of.")
    ] = Path("corpus"),
    misses: Annotated[bool, typer.Option(help="Print every miss (-) and false find (+).")] = False,
) -> None:
    """Score the extractors against hand-made annotations."""
    with progress() as bar:
        evaluations = [_evaluation(path, documents) for path in bar.track(gold)]
    measures = total(evaluations)
    if misses:
        for line in (line for measure in measures for line in measure.misses):
            out.print(line, markup=False)
    print_table(
        None,
        ["measure", "precision", "recall", "F1", "hits", "gold", "found"],
        [_measure_row(measure) for measure in measures],
        numbers=6,
    )


def _rows(stream: Iterable[str]) -> Iterator[Json]:
    for number, line in enumerate(stream, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            yield {"id": row["id"], "text": str(row["text"])}
        except (json.JSONDecodeError, KeyError, TypeError) as error:
            message = f'standard input, line {number}: not a JSON object with "id" and "text"'
            raise UsageProblemError(message) from error


def _evaluation(path: Path, documents: Path) -> list[Measure]:
    gold = _read_gold(path)
    document = read_document(_document_of(path, str(gold["file"]), documents))
    return evaluate(gold, annotation(extract_facts(document)))


def _read_gold(path: Path) -> Json:
    try:
        content: Json = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        message = f"{path}: {error.strerror}"
        raise UsageProblemError(message) from error
    except ValueError as error:
        message = f"{path}: not JSON: {error}"
        raise UsageProblemError(message) from error
    needed = {"file", "document", "citations", "sections", "tasks", "indicators", "agencies"}
    if not isinstance(content, dict) or not needed <= content.keys():
        message = f"{path}: no annotation: it lacks some of {', '.join(sorted(needed))}"
        raise UsageProblemError(message)
    return content


def _document_of(gold: Path, name: str, folder: Path) -> Path:
    """Return the document an annotation is of: by its name, or by the name it once came under."""
    for file in (folder / name, gold.parent / name):
        if file.is_file():
            return file
    catalogue = folder / CATALOGUE_NAME
    entries = read_catalogue(catalogue) if catalogue.is_file() else []
    for entry in entries:
        if entry.received_as == name:
            return folder / entry.file
    message = f"{gold}: its document {name!r} is neither in {folder} nor beside it"
    raise UsageProblemError(message)


def _measure_row(measure: Measure) -> list[str]:
    ratios = (measure.precision, measure.recall, measure.f1)
    counts = (measure.hits, measure.gold, measure.found)
    return [measure.name, *(f"{ratio:.3f}" for ratio in ratios), *map(str, counts)]


def _print_summary(facts: Facts) -> None:
    content = annotation(facts)
    head = content["document"]
    rows = [(name, _shown(value)) for name, value in head.items() if name != "evidence"]
    print_table(content["file"], ["field", "value"], rows)
    _print_tasks(content["tasks"])
    instruments = [
        [i["key"], i["issued"] or "", i["issuer"] or "", i["resolution"], i["title"] or ""]
        for i in content["instruments"]
    ]
    columns = ["instrument", "issued", "issuer", "resolution", "title"]
    print_table("Instruments cited", columns, instruments)
    columns = ["indicator", "value", "unit", "year"]
    indicators = [
        [i["name"], _quantity(i), i["unit"] or "", str(i["target_year"] or "")]
        for i in content["indicators"]
    ]
    print_table("Indicators", columns, indicators)
    gaps = [[g["code"], g["message"], g.get("quote", "")] for g in content["gaps"]]
    print_table("Gaps", ["code", "message", "words"], gaps)
    counts = ("sections", "tasks", "citations", "instruments", "indicators", "agencies", "gaps")
    out.print(", ".join(f"{len(content[name])} {name}" for name in counts))


def _print_tasks(tasks: Sequence[Json]) -> None:
    rows = [
        [
            task["section"],
            task["head"],
            "; ".join(task["lead"]),
            "; ".join(task["support"]),
            "; ".join(str(d["value"] or d["recurrence"]) for d in task["deadlines"]),
        ]
        for task in tasks
    ]
    print_table("Tasks", ["section", "first words", "lead", "support", "due"], rows)


def _quantity(indicator: Json) -> str:
    if indicator["comparator"] == "range":
        return f"{indicator['value']}-{indicator['value_max']}"
    return f"{indicator['comparator']} {indicator['value']}"


def _shown(value: object) -> str:
    if isinstance(value, list):
        return "; ".join(value)
    if isinstance(value, dict):
        return ", ".join(str(part) for part in value.values() if part)
    return "" if value is None else str(value)
