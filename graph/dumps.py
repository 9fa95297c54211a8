"""A release as files to download, each made once and kept beside the releases.

store/
  dumps/{id}/cancu.nq.gz          canonical: sorted, the same bytes for the same content
             cancu.trig.gz        graph by graph
             cancu.jsonld.gz
             cancu.nq.gz.sha256   as `sha256sum -c` reads it
             making               the lock of the process that makes one

A file is written under another name and renamed when it is whole and on the disk, so that nobody
ever reads half of it. Memory stays flat: the lines of the canonical form are sorted in runs that
are merged.

    python -m graph.dumps STORE RELEASE nq|trig|jsonld
"""

import contextlib
import fcntl
import gzip
import hashlib
import heapq
import os
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby, islice
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Literal, cast, get_args

import pyoxigraph as ox

from graph.errors import FormatError, StoreError, UnknownReleaseError
from graph.releases import Folder, Release
from graph.store import PREFIXES
from graph.terms import node

Kind = Literal["nq", "trig", "jsonld"]
KINDS: tuple[Kind, ...] = get_args(Kind)
_RUN = 400_000
_LEVEL = 6
_DONE, _FAILED = 0, 1


@dataclass(frozen=True, slots=True)
class Dump:
    """A file of a release that is there.

    Attributes:
        path: the file.
        sha256: digest of its bytes.
    """

    path: Path
    sha256: str


def kept_releases(folder: Path) -> list[Release]:
    """Return the releases that a store keeps, the published one first and then the youngest."""
    store = Folder(folder)
    current = store.published()
    names = [path.name for path in (folder / "releases").iterdir()]
    others = [store.read(name) for name in names if name != current.id]
    return [current, *sorted(others, key=lambda release: release.created, reverse=True)]


def find_dump(folder: Path, release: str, kind: Kind) -> Dump | None:
    """Return a file that was made already.

    Raises:
        UnknownReleaseError: the release is not kept any more.
    """
    _check(folder, release)
    path = place_of(folder, release, kind)
    try:
        digest = _digest_file(path).read_text(encoding="ascii").partition(" ")[0]
    except FileNotFoundError:
        return None
    return Dump(path, digest) if path.is_file() else None


def place_of(folder: Path, release: str, kind: Kind) -> Path:
    """Return where the file of a release is kept."""
    return folder / "dumps" / release / f"cancu.{kind}.gz"


def make_dump(folder: Path, release: str, kind: Kind) -> Dump:
    """Return a file of a release, made if it is not there; waits while another process makes one.

    Raises:
        UnknownReleaseError: no such release is kept.
        StoreError: it cannot be written: the disk is full, for one.
    """
    _check(folder, release)
    path = place_of(folder, release, kind)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with _lock(path.parent / "making"):
            found = find_dump(folder, release, kind)
            if found is None:
                found = _make(Folder(folder), release, kind, path)
        _remove_surplus(folder)
    except OSError as error:
        raise StoreError(path, error.strerror or str(error)) from error
    return found


def _make(folder: Folder, release: str, kind: Kind, path: Path) -> Dump:
    made = path.with_suffix(".part")
    try:
        with made.open("wb") as file:
            # No time and no name in the head: the same release gives the same bytes.
            with gzip.GzipFile("", "wb", _LEVEL, file, mtime=0) as packed:
                _write(folder.open(release), kind, path.parent, cast(IO[bytes], packed))
            file.flush()
            os.fsync(file.fileno())
        digest = _sha256(made)
        made.replace(path)
        note = made.with_suffix(".note")
        note.write_text(f"{digest}  {path.name}\n", encoding="ascii")
        note.replace(_digest_file(path))  # last: only with its digest is a file there
    finally:
        made.unlink(missing_ok=True)
    return Dump(path, digest)


def _write(database: ox.Store, kind: Kind, folder: Path, file: IO[bytes]) -> None:
    if kind == "nq":
        _write_canonical(database, folder, file)
        return
    named = sorted(graph.value for graph in database.named_graphs())
    quads = (q for name in named for q in database.quads_for_pattern(None, None, None, node(name)))
    if kind == "trig":
        ox.serialize(quads, file, format=ox.RdfFormat.TRIG, prefixes=PREFIXES)
    else:
        ox.serialize(quads, file, format=ox.RdfFormat.JSON_LD, prefixes=PREFIXES)


def _write_canonical(database: ox.Store, folder: Path, file: IO[bytes]) -> None:
    """Write sorted lines, each once, as `graph.dump` does but by runs kept in a folder."""
    with contextlib.ExitStack() as stack:
        runs: list[IO[bytes]] = []
        whole = stack.enter_context(TemporaryFile(dir=folder))
        database.dump(whole, format=ox.RdfFormat.N_QUADS)
        whole.seek(0)
        while lines := list(islice(whole, _RUN)):
            run = stack.enter_context(TemporaryFile(dir=folder))
            run.writelines(sorted(lines))
            run.seek(0)
            runs.append(run)
        for line, _ in groupby(heapq.merge(*runs)):
            file.write(line)


def _check(folder: Path, release: str) -> None:
    """Refuse what is no name of a release; a name never leads out of the folder."""
    if not release.isalnum() or not (folder / "releases" / release).is_dir():
        raise UnknownReleaseError(release)


def _digest_file(path: Path) -> Path:
    return path.with_name(f"{path.name}.sha256")


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextlib.contextmanager
def _lock(path: Path) -> Iterator[None]:
    """Hold the lock of a folder; the system frees it when its holder dies."""
    with path.open("ab") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _remove_surplus(folder: Path) -> None:
    """Remove the files of releases that are not kept any more."""
    kept = {path.name for path in (folder / "releases").iterdir()}
    for path in (folder / "dumps").iterdir():
        if path.name not in kept:
            shutil.rmtree(path, ignore_errors=True)


def main(arguments: list[str]) -> int:
    """Make one file; the server calls this in a process of its own."""
    folder, release, kind = arguments
    if kind not in KINDS:
        raise FormatError(kind)
    try:
        make_dump(Path(folder), release, kind)
    except StoreError as error:
        sys.stderr.write(f"{error.reason}\n")
        return _FAILED
    return _DONE


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
