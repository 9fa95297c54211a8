"""Reading files: few one after the other, many in as many processes as there are cores."""

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from multiprocessing import get_context
from pathlib import Path

from graph.plan import Loadable
from loaders.errors import LoaderError, NoPolicyDocumentError
from loaders.extract import extract, is_policy_document
from loaders.source import read_document

# A process takes a second to start, in which one reads about so many documents.
_FEW = 20
_AT_ONCE = 8


def read_files(paths: Sequence[Path], largest: int) -> Iterator[Loadable | LoaderError]:
    """Read documents, in the order given; yield for each what was read or why it cannot be.

    Args:
        paths: of the files.
        largest: how many bytes each may have.
    """
    processes = os.cpu_count() or 1
    done = 0
    if len(paths) > _FEW and processes > 1:
        try:
            for found in _read_beside(paths, largest, processes):
                # An error does not travel well between processes: it is met again here.
                yield found or _outcome(paths[done], largest)
                done += 1
        except BrokenProcessPool:
            pass  # one of them was killed; the rest is read here
    for path in paths[done:]:
        yield _outcome(path, largest)


def _read_beside(paths: Sequence[Path], largest: int, processes: int) -> Iterator[Loadable | None]:
    # A fork of this process would copy its threads' locks.
    with ProcessPoolExecutor(processes, mp_context=get_context("forkserver")) as pool:
        yield from pool.map(partial(_readable, largest=largest), paths, chunksize=_AT_ONCE)


def _readable(path: Path, largest: int) -> Loadable | None:
    found = _outcome(path, largest)
    return found if isinstance(found, Loadable) else None


def _outcome(path: Path, largest: int) -> Loadable | LoaderError:
    try:
        facts = extract(read_document(path, largest))
        if not is_policy_document(facts):
            raise NoPolicyDocumentError(path)
        return Loadable(facts, path.read_bytes())
    except LoaderError as error:
        return error
