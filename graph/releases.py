"""The folder of the store: immutable releases, the pointer to the current one, and the lock.

store/
  current            the id of the published release, replaced by one rename
  releases/{id}/     release.json, report.json (what the shapes found), ledger.json (what the next
                     load builds on), db/, the database, and its indexes (`graph.index.build`);
                     never written again
  sources/{sha256}   the bytes of each document, so that every quote can be checked
  incoming/          what a load is making; a leftover of a killed load is removed by the next
  lock               held by the process that loads (the system frees it when that one dies)
"""

import contextlib
import fcntl
import os
import re
import shutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import orjson
import pyoxigraph as ox

from graph.errors import NoReleaseError, StoreBusyError, StoreError
from graph.report import Report, parse_report

_ID = re.compile(r"[A-Za-z0-9._-]{1,100}")


@dataclass(frozen=True, slots=True)
class DocumentEntry:
    """A document that a release holds."""

    iri: str
    graph: str
    name: str
    sha256: str
    title: str | None


@dataclass(frozen=True, slots=True)
class GraphEntry:
    """A named graph of a release: the hash of its content (`graph.dump`), and its size."""

    sha256: str
    quads: int


@dataclass(frozen=True, slots=True)
class Release:
    """What `release.json` says.

    Attributes:
        id: digest of the release's content; the same content has the same id.
        parent: id of the release it was made from.
        created: when it was made (UTC).
        rules: version of the rules of the load that made it.
        documents: all that it holds, by IRI.
        graphs: its named graphs by IRI.
        conforms: whether it passed the shapes.
        inference: digest of the rules by which its conclusions were drawn.
    """

    id: str
    parent: str | None
    created: str
    rules: str
    documents: tuple[DocumentEntry, ...]
    graphs: dict[str, GraphEntry]
    conforms: bool
    inference: str | None = None

    @property
    def quads(self) -> int:
        """Return how many quads the release holds."""
        return sum(graph.quads for graph in self.graphs.values())

    def to_json(self) -> str:
        """Return the text of `release.json`."""
        own = {field.name: getattr(self, field.name) for field in fields(self)}
        text = orjson.dumps(own | {"quads": self.quads}, option=orjson.OPT_INDENT_2)
        return text.decode() + "\n"


def is_release_id(text: str) -> bool:
    """Tell whether a release can have that id: it is a name of a folder, and stands in headers."""
    return _ID.fullmatch(text) is not None


def parse_release(text: str) -> Release:
    """Read the text of `release.json`."""
    values: dict[str, Any] = orjson.loads(text)
    del values["quads"]
    documents = tuple(DocumentEntry(**entry) for entry in values.pop("documents"))
    graphs = {iri: GraphEntry(**entry) for iri, entry in values.pop("graphs").items()}
    return Release(documents=documents, graphs=graphs, **values)


@dataclass(frozen=True, slots=True)
class Folder:
    """The folder of a store and the paths in it."""

    path: Path

    @property
    def incoming(self) -> Path:
        """Return where a load makes the next release."""
        return self.path / "incoming"

    def release(self, release_id: str) -> Path:
        """Return the folder of a release."""
        return self.path / "releases" / release_id

    def database(self, release_id: str) -> Path:
        """Return the database of a release."""
        return self.release(release_id) / "db"

    def source(self, sha256: str) -> Path:
        """Return the file with the bytes of a document."""
        return self.path / "sources" / sha256

    def open(self, release_id: str) -> ox.Store:
        """Open the database of a release for reading."""
        path = self.database(release_id)
        try:
            return ox.Store.read_only(str(path))
        except (OSError, RuntimeError) as error:  # the engine's word for a damaged database
            raise _unusable(path, error) from error

    def current(self) -> Release | None:
        """Return the published release; None if nothing was loaded yet."""
        release_id = self.current_id()
        return None if release_id is None else self.read(release_id)

    def current_id(self) -> str | None:
        """Return the id of the published release, at no cost that grows with what that holds."""
        try:
            return (self.path / "current").read_text(encoding="ascii").strip()
        except FileNotFoundError:
            return None
        except (OSError, UnicodeDecodeError) as error:
            raise _unusable(self.path, error) from error

    def read(self, release_id: str) -> Release:
        """Read what a release says of itself."""
        path = self.release(release_id) / "release.json"
        try:
            return parse_release(path.read_text(encoding="utf-8"))
        except (OSError, ValueError, TypeError, KeyError) as error:
            raise _unusable(path, error) from error

    def published(self) -> Release:
        """Return the published release.

        Raises:
            NoReleaseError: nothing was loaded yet.
        """
        return self.read(self.published_id())

    def published_id(self) -> str:
        """Return the id of the published release.

        Raises:
            NoReleaseError: nothing was loaded yet.
        """
        release_id = self.current_id()
        if release_id is None:
            raise NoReleaseError(self.path)
        return release_id

    def report(self, release_id: str) -> Report:
        """Read what the shapes found in a release; nothing in one made before reports were kept."""
        path = self.release(release_id) / "report.json"
        try:
            return parse_report(path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return Report()
        except (OSError, ValueError, TypeError, KeyError) as error:
            raise _unusable(path, error) from error

    def publish(
        self, release: Release, report: Report, others: Mapping[str, str] | None = None
    ) -> None:
        """Put the finished release in `incoming` in its place and point to it.

        Until the last rename readers see the old release; after it, the new one.

        Args:
            release: written as `release.json`.
            report: written as `report.json`.
            others: the texts of further files by their names.
        """
        for name, text in (others or {}).items():
            (self.incoming / name).write_text(text, encoding="utf-8")
        (self.incoming / "release.json").write_text(release.to_json(), encoding="utf-8")
        (self.incoming / "report.json").write_text(report.to_json(), encoding="utf-8")
        _sync_tree(self.incoming)
        place = self.release(release.id)
        if place.exists():  # the same content was published before
            shutil.rmtree(self.incoming)
        else:
            self.incoming.rename(place)
        _sync(place.parent)
        pointer = self.path / "current.new"
        pointer.write_text(f"{release.id}\n", encoding="ascii")
        _sync(pointer)
        pointer.replace(self.path / "current")
        _sync(self.path)

    def complete(self, release_id: str, names: Iterable[str]) -> None:
        """Put what `incoming` holds beside a release that was published without it."""
        _sync_tree(self.incoming)
        for name in names:
            place = self.release(release_id) / name
            if place.exists():  # of an older form; whoever has it open keeps it
                place.rename(self.incoming / f"{name}.old")
            (self.incoming / name).rename(place)
        _sync(self.release(release_id))

    def keep_source(self, sha256: str, data: bytes) -> None:
        """Keep the bytes of a document."""
        place = self.source(sha256)
        if place.exists():
            return
        made = self.incoming / f"{sha256}.source"
        made.write_bytes(data)
        _sync(made)
        made.replace(place)

    def prune(self, keep: int) -> None:
        """Remove all but the published release and the youngest others, `keep` in all.

        The sources that no release needs go with them.
        """
        current = self.published_id()
        releases = {path.name: self._kept(path.name) for path in (self.path / "releases").iterdir()}
        others = sorted((made, name) for name, (made, _) in releases.items() if name != current)
        for _, name in others[: max(0, len(releases) - max(1, keep))]:
            # Moved first: a release is either there as a whole or not at all.
            self.incoming.mkdir(exist_ok=True)
            self.release(name).rename(self.incoming / name)
            del releases[name]
        shutil.rmtree(self.incoming, ignore_errors=True)
        needed = {digest for _, digests in releases.values() for digest in digests}
        for source in (self.path / "sources").iterdir():
            if source.name not in needed:
                source.unlink()

    def _kept(self, release_id: str) -> tuple[str, list[str]]:
        """Return when a release was made and the digests of its documents, and no more of it."""
        path = self.release(release_id) / "release.json"
        try:
            values = orjson.loads(path.read_bytes())
            return values["created"], [entry["sha256"] for entry in values["documents"]]
        except (OSError, ValueError, TypeError, KeyError) as error:
            raise _unusable(path, error) from error


@contextlib.contextmanager
def writing(path: Path) -> Iterator[tuple[Folder, bool]]:
    """Hold the lock of a store while a load is made.

    Yields:
        The folder, with an empty `incoming`, and whether an interrupted load had left something.

    Raises:
        StoreBusyError: another load is at work.
        StoreError: the folder cannot be written.
    """
    try:
        with _locked(path):
            folder = Folder(path)
            had_leftover = _clean(folder)
            try:
                yield folder, had_leftover
            finally:
                shutil.rmtree(folder.incoming, ignore_errors=True)
    except OSError as error:
        raise _unusable(path, error) from error


@contextlib.contextmanager
def _locked(path: Path) -> Iterator[None]:
    path.mkdir(parents=True, exist_ok=True)
    with (path / "lock").open("a+", encoding="ascii") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            lock.seek(0)
            raise StoreBusyError(path, lock.read().strip()) from error
        lock.truncate(0)
        lock.write(f"{os.getpid()}\n")
        lock.flush()
        yield
        lock.truncate(0)


def _clean(folder: Folder) -> bool:
    """Remove what a killed load has left and make the folders; tell whether there was anything."""
    had_leftover = folder.incoming.exists()
    if had_leftover:
        shutil.rmtree(folder.incoming)
    for name in ("releases", "sources", "incoming"):
        (folder.path / name).mkdir(exist_ok=True)
    return had_leftover


def _sync_tree(folder: Path) -> None:
    """Make sure that every file below a folder is on the disk.

    A file with another name in an earlier release was synchronised when that was published.
    """
    for path in [*folder.rglob("*"), folder]:
        if path.is_dir() or path.stat().st_nlink == 1:
            _sync(path)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _unusable(path: Path, error: Exception) -> StoreError:
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return StoreError(path, " ".join(reason.split()))
