"""What is measured without HTTP: the way to a worker and back, lookups by size, loading."""

import asyncio
import contextlib
import os
import random
import re
import resource
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from graph.dump import canonical, graph_quads
from graph.engine.asking import Question
from graph.engine.limits import Limits
from graph.engine.pool import Pool
from graph.load import load_documents
from graph.making.draft import Draft
from graph.plan import Loadable
from graph.releases import Folder, writing
from graph.terms import Term, node
from loaders.extract import extract
from loaders.source import read_document
from ontology.terms import XSD
from scripts.bench.copies import SEED
from scripts.bench.pressure import LOOKUP
from scripts.bench.servers import BIN, ROOT
from scripts.bench.stores import CORPUS, Built

_YEAR = re.compile(r"trong năm (\d{4})")
_FIRST_YEAR, _LAST_YEAR = 2026, 2090
_ONE_WORD_IN = 20

_NS = """
PREFIX cancu: <https://w3id.org/cancu/ns#>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX eli: <http://data.europa.eu/eli/ontology#>
PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX org: <http://www.w3.org/ns/org#>
PREFIX p-plan: <http://purl.org/net/p-plan#>
"""
LOOKUPS = {
    "q0 all of a task": LOOKUP,
    "q1 task, evidence, document": _NS
    + "SELECT ?quote ?issuer {{ ?e oa:hasBody <{0}> ; oa:hasTarget/oa:hasSelector/oa:exact ?quote ."
    " <{0}> cancu:inDocument/cancu:issuerText ?issuer }}".replace("{0}", "%s"),
    "q2 task, plan, organ, above*": _NS
    + "SELECT ?title ?above { <%s> p-plan:isStepOfPlan ?plan . ?plan dcterms:title ?title ;"
    " eli:passed_by/org:subOrganizationOf* ?above }",
    "q9 describe": "DESCRIBE <%s>",
}


@dataclass(frozen=True, slots=True)
class Hop:
    """ms of a lookup in this process and through the pool, and of a packet there and back.

    The packet goes to a process that does nothing but send it back: what two processes that wake
    one another cost on this machine.
    """

    here: float
    there: float
    packet: float

    @property
    def way(self) -> float:
        """The difference."""
        return self.there - self.here


def median_of(action: Callable[[str], object], arguments: Sequence[str]) -> float:
    """Return the median ms of an action over its arguments."""
    times = []
    for argument in arguments:
        start = time.perf_counter()
        action(argument)
        times.append(time.perf_counter() - start)
    return sorted(times)[len(times) // 2] * 1e3


def lookup_times(built: Built, tasks: Sequence[str]) -> dict[str, float]:
    """Return the median ms of each kind of lookup in this process."""
    store = ox.Store.read_only(str(built.database))
    return {
        name: median_of(lambda iri, query=query: answered(store, query, iri), tasks)
        for name, query in LOOKUPS.items()
    }


def answered(store: ox.Store, query: str, iri: str) -> bytes:
    """Return the answer to a lookup as bytes."""
    found = store.query(query.replace("%s", iri), use_default_graph_as_union=True)
    if isinstance(found, ox.QueryTriples):
        return ox.serialize(found, format=ox.RdfFormat.N_TRIPLES) or b""
    return found.serialize(format=ox.QueryResultsFormat.JSON) or b""


async def hops(built: Built, tasks: Sequence[str], rounds: int) -> list[Hop]:
    """Return what a lookup takes here and through the pool, in turns."""
    store = ox.Store.read_only(str(built.database))
    pool = Pool(built.path, Limits(workers=2))
    await pool.start()
    try:
        with _echo() as connection:
            return [await _hop(store, pool, connection, tasks) for _ in range(rounds)]
    finally:
        await pool.stop()


async def _hop(store: ox.Store, pool: Pool, connection: socket.socket, tasks: Sequence[str]) -> Hop:
    here, there, packet = [], [], []
    loop = asyncio.get_running_loop()
    for iri in tasks:
        times = [time.perf_counter()]
        answered(store, LOOKUP, iri)
        times.append(time.perf_counter())
        await (await pool.ask(Question(LOOKUP % iri))).read()
        times.append(time.perf_counter())
        connection.send(iri.encode())
        await loop.sock_recv(connection, len(iri))
        times.append(time.perf_counter())
        for found, start, end in zip((here, there, packet), times, times[1:], strict=False):
            found.append(end - start)
    return Hop(*(sorted(found)[len(found) // 2] * 1e3 for found in (here, there, packet)))


@contextlib.contextmanager
def _echo() -> Iterator[socket.socket]:
    """Run a process that sends back what it is sent."""
    ours, theirs = socket.socketpair()
    command = [sys.executable, "-c", _ECHO, str(theirs.fileno())]
    with ours, theirs, subprocess.Popen(command, pass_fds=[theirs.fileno()]) as process:  # noqa: S603
        theirs.close()
        ours.setblocking(False)
        yield ours
        ours.close()
        process.wait()


_ECHO = """
import socket
import sys
connection = socket.socket(fileno=int(sys.argv[1]))
while packet := connection.recv(65536):
    connection.sendall(packet)
"""
_BUILD = """
import sys
import pyoxigraph as ox
store = ox.Store(sys.argv[1])
store.bulk_load(path=sys.argv[2], format=ox.RdfFormat.N_QUADS)
store.flush()
"""
_RDFLIB = """
import sys
import rdflib
rdflib.Dataset().parse(sys.argv[2], format="nquads")
"""


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a cold load took: wall and CPU seconds, MB at its peak."""

    wall: float
    cpu: float
    peak: float


def load_ours(built: Built, folder: Path) -> Loaded:
    """Build a database from N-Quads as a release is built."""
    return _timed([sys.executable, "-c", _BUILD, str(folder), str(built.nquads)], folder)


def load_native(built: Built, folder: Path) -> Loaded:
    """Build it with `oxigraph load`."""
    command = [str(BIN / "oxigraph"), "load", "--location", str(folder)]
    return _timed([*command, "--file", str(built.nquads)], folder)


def load_rdflib(built: Built, folder: Path) -> Loaded:
    """Read it into rdflib's memory."""
    return _timed([sys.executable, "-c", _RDFLIB, "-", str(built.nquads)], folder)


def _timed(command: Sequence[str], folder: Path) -> Loaded:
    shutil.rmtree(folder, ignore_errors=True)
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    process = subprocess.Popen(  # noqa: S603 - our own commands
        command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    peak = 0
    while process.poll() is None:
        peak = max(peak, _peak_of(process.pid))
        time.sleep(0.02)
    wall = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if process.returncode:
        sys.exit(f"{command[0]} failed: {process.returncode}")
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    shutil.rmtree(folder, ignore_errors=True)
    return Loaded(wall, cpu, peak / 1024)


def _peak_of(pid: int) -> int:
    try:
        text = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0
    found = [line.split()[1] for line in text.splitlines() if line.startswith("VmHWM")]
    return int(found[0]) if found else 0


@dataclass(frozen=True, slots=True)
class Replaced:
    """Seconds of a load of one changed document, and ms from its publication to a reader."""

    load: float
    seen: float


async def replacements(built: Built, rounds: int) -> list[Replaced]:
    """Load one changed document again and again into a copy of a store that is being read."""
    copy = copied(built)
    _load(copy)  # the first load of all draws the conclusions that the copies lack
    pool = Pool(copy, Limits(workers=2))
    await pool.start()
    found = []
    try:
        for _ in range(rounds):
            start = time.perf_counter()
            await asyncio.to_thread(_load, copy)
            loaded = time.perf_counter()
            published = Folder(copy).published_id()
            while pool.current() != published:
                await asyncio.sleep(0.001)
            answer = await pool.ask(Question("ASK { ?s ?p ?o }"))
            await answer.read()
            found.append(Replaced(loaded - start, (time.perf_counter() - loaded) * 1e3))
    finally:
        await pool.stop()
    return found


def copied(built: Built) -> Path:
    """Return a copy of a store to load into; it is kept, as its first load takes long."""
    copy = built.path.parent / "replaced" / "store"
    if Folder(copy).current_id() is None:
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(built.path, copy, copy_function=os.link)  # no file is written to again
        (copy / "lock").unlink(missing_ok=True)  # but this one
    return copy


def _load(store: Path) -> None:
    file = store.parent / "changed.md"
    text = (CORPUS / "ninh-binh-ke-hoach-03-nq-cp.md").read_text(encoding="utf-8")
    last = _YEAR.search(file.read_text(encoding="utf-8")) if file.exists() else None
    year = int(last[1]) + 1 if last and int(last[1]) < _LAST_YEAR else _FIRST_YEAR
    changed = _YEAR.sub(f"trong năm {year}", text)
    file.write_text(changed, encoding="utf-8", newline="")
    load_documents(store, [Loadable(extract(read_document(file)), file.read_bytes())], keep=2)


@dataclass(frozen=True, slots=True)
class Exchanged:
    """What it took to put a new version of a document in the place of the old.

    Attributes:
        wall: ms of all that a load does to write it: the old graph is taken out, the new one is
            hashed and put in, and it is noted what differs.
        cpu: the same in CPU-ms.
        bare: ms of the database alone for another document as large: a graph is cleared, and one
            loaded from N-Quads that are at hand.
    """

    wall: float
    cpu: float
    bare: float


def exchanges(built: Built, count: int, most: int | None = None) -> list[Exchanged]:
    """Replace graphs of documents in the database of a next release, each by a changed version.

    Args:
        built: the store, which stays as it is.
        count: how many documents; as many more are replaced by the database alone.
        most: how many of the quads of a document are kept to begin with; all if not given.
    """
    store = copied(built)
    with writing(store) as (folder, _):
        release = folder.published()
        draft = Draft(folder, release)
        draft.follow({})
        graphs = sorted(entry.graph for entry in release.documents)
        chosen = random.Random(SEED).sample(graphs, min(2 * count, len(graphs)))  # noqa: S311
        if most is not None:
            for graph in chosen:
                for quad in graph_quads(draft.after, graph)[most:]:
                    draft.after.remove(quad)
            draft.after.flush()
            draft.before = draft.after
        pairs = zip(chosen[::2], chosen[1::2], strict=False)
        found = [_exchanged(draft, graph, other) for graph, other in pairs]
        draft.close()
    return found


def _exchanged(draft: Draft, graph: str, another: str) -> Exchanged:
    new = _changed(graph_quads(draft.after, graph), f"{graph}1")  # named by a document's digest
    draft.now(graph)  # a load reads it for what follows from the difference
    wall, cpu = time.perf_counter(), time.process_time()
    draft.replace(graph, ())
    draft.replace(f"{graph}1", new)
    wall, cpu = (time.perf_counter() - wall) * 1e3, (time.process_time() - cpu) * 1e3
    lines = canonical(_changed(graph_quads(draft.after, another), f"{another}1"))
    start = time.perf_counter()
    draft.after.clear_graph(node(another))
    draft.after.load(lines, format=ox.RdfFormat.N_QUADS)
    return Exchanged(wall, cpu, (time.perf_counter() - start) * 1e3)


def _changed(quads: Sequence[ox.Quad], graph: str) -> list[ox.Quad]:
    """Return quads in another graph, some of their words changed."""
    return [
        ox.Quad(quad.subject, quad.predicate, _other(quad.object, number), node(graph))
        for number, quad in enumerate(quads)
    ]


def _other(term: Term, number: int) -> Term:
    if number % _ONE_WORD_IN or not isinstance(term, ox.Literal):
        return term
    is_words = term.datatype.value == f"{XSD}string"
    return ox.Literal(f"{term.value} {number}") if is_words else term
