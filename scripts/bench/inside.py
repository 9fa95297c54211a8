"""What is measured without HTTP: the way to a worker and back, lookups by size, loading."""

import asyncio
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from graph.engine.asking import Question
from graph.engine.limits import Limits
from graph.engine.pool import Pool
from graph.load import load_documents
from graph.plan import Loadable
from graph.releases import Folder
from loaders.extract import extract
from loaders.source import read_document
from scripts.bench.pressure import LOOKUP
from scripts.bench.servers import BIN, ROOT
from scripts.bench.stores import CORPUS, Built

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
    """ms of a lookup in this process, through the pool, and what the way adds."""

    here: float
    there: float

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
        found = []
        for _ in range(rounds):
            here = median_of(lambda iri: answered(store, LOOKUP, iri), tasks)
            times = []
            for iri in tasks:
                start = time.perf_counter()
                await (await pool.ask(Question(LOOKUP % iri))).read()
                times.append(time.perf_counter() - start)
            found.append(Hop(here, sorted(times)[len(times) // 2] * 1e3))
        return found
    finally:
        await pool.stop()


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


async def replacements(built: Built, copy: Path, rounds: int) -> list[Replaced]:
    """Load one changed document again and again into a copy of a store that is being read."""
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(built.path, copy)
    text = (CORPUS / "ninh-binh-ke-hoach-03-nq-cp.md").read_text(encoding="utf-8")
    _load(copy, text, 0)  # the first load of all draws the conclusions that the copies lack
    pool = Pool(copy, Limits(workers=2))
    await pool.start()
    found = []
    try:
        for number in range(1, rounds + 1):
            start = time.perf_counter()
            await asyncio.to_thread(_load, copy, text, number)
            loaded = time.perf_counter()
            published = Folder(copy).published().id
            while pool.current() != published:
                await asyncio.sleep(0.001)
            answer = await pool.ask(Question("ASK { ?s ?p ?o }"))
            await answer.read()
            found.append(Replaced(loaded - start, (time.perf_counter() - loaded) * 1e3))
    finally:
        await pool.stop()
        shutil.rmtree(copy, ignore_errors=True)
    return found


def _load(store: Path, text: str, number: int) -> None:
    file = store.parent / "changed.md"
    changed = text.replace("trong năm 2025", f"trong năm {2026 + number}")
    file.write_text(changed, encoding="utf-8", newline="")
    load_documents(store, [Loadable(extract(read_document(file)), file.read_bytes())], keep=2)
