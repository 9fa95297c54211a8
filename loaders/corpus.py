"""A folder of documents and its catalogue: where each file came from, what is known from elsewhere.

A catalogue is a file `catalogue.toml` beside the documents:

    [[document]]
    file = "hung-yen-ke-hoach-44-kh-ubnd.txt"
    sha256 = "…"

    [[document.curated]]
    field = "number"
    value = "386-KH/TU"
    reason = "…"
    source = "…"
"""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from loaders.errors import BrokenCatalogueError, EmptyFolderError, MissingFileError

CATALOGUE_NAME = "catalogue.toml"
SUFFIXES = frozenset({".txt", ".md", ".markdown", ".text"})
CURATED_FIELDS = frozenset({"number", "issued", "place", "issuer", "title", "signer"})


@dataclass(frozen=True, slots=True)
class CuratedFact:
    """One field of a document that a person knows from elsewhere, with the reason.

    Attributes:
        document: sha256 of the file that the fact is about.
        field: the name of a field of `Head`: "number", "issued" …
        value: its value, written as an extracted one would be.
        reason: why it is believed.
        source: where it can be checked.
    """

    document: str
    field: str
    value: str
    reason: str
    source: str


@dataclass(frozen=True, slots=True)
class CatalogueEntry:
    """What a catalogue says of one file."""

    file: str
    sha256: str
    received_as: str | None
    description: str | None
    origin: str | None
    curated: tuple[CuratedFact, ...]


def document_paths(paths: Sequence[Path]) -> list[Path]:
    """Return the documents at the paths: files as they are given, folders searched at all depths.

    A file that is named twice is listed twice, so that the load can say so.

    Raises:
        MissingFileError: nothing is at a path.
        EmptyFolderError: a folder holds no text or Markdown file.
    """
    return [path for given in paths for path in _documents_at(given)]


def _documents_at(path: Path) -> list[Path]:
    if not path.exists():
        reason = "no such file or folder"
        raise MissingFileError(path, reason)
    if not path.is_dir():
        return [path]
    found = sorted(p for p in path.rglob("*") if p.suffix.lower() in SUFFIXES and p.is_file())
    if not found:
        reason = "no text or Markdown document in this folder"
        raise EmptyFolderError(path, reason)
    return found


def find_catalogues(paths: Sequence[Path]) -> list[Path]:
    """Return the catalogue files that lie in the given folders or beside the given files."""
    folders = {path if path.is_dir() else path.parent for path in paths}
    catalogues = {folder / CATALOGUE_NAME for folder in folders}
    return sorted(path for path in catalogues if path.is_file())


def read_catalogue(path: Path) -> list[CatalogueEntry]:
    """Read a catalogue.

    Raises:
        BrokenCatalogueError: it is no TOML, or an entry lacks a field or names an unknown one.
    """
    try:
        with path.open("rb") as stream:
            content = tomllib.load(stream)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BrokenCatalogueError(path, str(error)) from error
    return [_entry(path, table) for table in content.get("document", [])]


def _entry(path: Path, table: Mapping[str, Any]) -> CatalogueEntry:
    sha256 = _field(path, table, "sha256")
    return CatalogueEntry(
        file=_field(path, table, "file"),
        sha256=sha256,
        received_as=table.get("received_as"),
        description=table.get("description"),
        origin=table.get("origin"),
        curated=tuple(_curated(path, sha256, table.get("curated", []))),
    )


def _curated(path: Path, sha256: str, tables: list[Mapping[str, Any]]) -> Iterator[CuratedFact]:
    for table in tables:
        field = _field(path, table, "field")
        if field not in CURATED_FIELDS:
            reason = (
                f"{field!r} is no field that can be curated ({', '.join(sorted(CURATED_FIELDS))})"
            )
            raise BrokenCatalogueError(path, reason)
        value, reason, source = (_field(path, table, key) for key in ("value", "reason", "source"))
        yield CuratedFact(sha256, field, value, reason, source)


def _field(path: Path, table: Mapping[str, Any], name: str) -> str:
    value = table.get(name)
    if not isinstance(value, str) or not value.strip():
        reason = f"an entry lacks {name!r}: {dict(table)!r:.80}"
        raise BrokenCatalogueError(path, reason)
    return value
