"""Typed records for pages, by the reader that GraphQL uses too, with their evidence checked."""

from collections.abc import Sequence
from typing import Any

from starlette.requests import Request

from api.pages.rendering import language_of
from api.pages.site import asked_by, site_of
from graph import iris
from graph.quotes import Quote, Sources
from graph.reader.reading import Reader
from graph.reader.records import Record, read, read_one

__all__ = ["DOCUMENT_NAME", "Record", "evidence", "kind_of", "read_all", "read_whole"]

# What `document_link` in the templates tells documents apart by.
DOCUMENT_NAME = (
    *("label", "number", "title", "type_label", "file_name"),
    *("issued", "issuer.label"),
)

_EVIDENCE = (
    *("quote", "prefix", "suffix", "start", "end", "rule", "confidence", "field"),
    *("review_label", "document.sha256", "document.encoding"),
)


def evidence(of: str = "") -> tuple[str, ...]:
    """Return the names of all that is shown of the evidence of a field ("" for the thing)."""
    start = f"{of}." if of else ""
    return tuple(f"{start}evidence.{name}" for name in _EVIDENCE)


async def kind_of(request: Request, iri: str) -> str | None:
    """Return the kind of a thing, as the reader knows it."""
    record = await read_one(_reader(request), "Node", iri)
    return record["kind"] if record else None


async def read_whole(request: Request, kind: str, iri: str, *names: str) -> Record | None:
    """Return the record of one thing; its evidence says whether it is verified."""
    found = await read_all(request, kind, [iri], *names)
    return found[0] if found else None


async def read_all(request: Request, kind: str, nodes: Sequence[str], *names: str) -> list[Record]:
    """Return the records of things in the language of the page, their evidence checked."""
    records = await read(_reader(request), kind, nodes, *names, language=language_of(request))
    for record in records:
        _check(record, record["id"], site_of(request).sources)
    return records


def _reader(request: Request) -> Reader:
    return Reader(asked_by(request))


def _check(value: Any, body: str, sources: Sources) -> None:  # noqa: ANN401 - records are trees
    """Put a checked `Quote` with its verdict beside the fields of each piece of evidence."""
    if isinstance(value, list):
        for entry in value:
            _check(entry, body, sources)
    elif isinstance(value, dict):
        if value.get("kind") == "Evidence" and value.get("document"):
            quote = _quote(value, body)
            value["found"], value["verdict"] = quote, sources.verdict(quote)
            return
        for entry in value.values():
            _check(entry, value["id"], sources)


def _quote(record: Record, body: str) -> Quote:
    return Quote(
        annotation=record["id"],
        body=body,
        field=record["field"] or "",
        rule=record["rule"],
        confidence=f"{record['confidence']:g}",
        source=iris.expression(record["document"]["id"]),
        start=record["start"],
        end=record["end"],
        exact=record["quote"],
        prefix=record["prefix"] or "",
        suffix=record["suffix"] or "",
        sha256=record["document"]["sha256"],
        encoding=record["document"]["encoding"],
    )
