"""How long GraphQL takes beside the SPARQL that it stands on, and beside plain strawberry.

One run, one store, one pool of workers: ours, its own SPARQL batches alone, and a schema as one
would write it with strawberry and DataLoaders over the same batches. Then small queries over HTTP
beside strawberry's own ASGI application, and memory over many requests.
"""

import asyncio
import gc
import json
import resource
import statistics
import sys
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import strawberry
from strawberry.asgi import GraphQL
from strawberry.dataloader import DataLoader

from api.asgi import App
from api.front import Front
from api.graphql.endpoint import GraphqlEndpoint
from api.graphql.executing import Executor
from api.graphql.limits import RequestLimits
from api.graphql.root import World
from api.graphql.trusted import Documents
from api.settings import Settings
from graph.engine.limits import Limits
from graph.engine.pool import Pool
from graph.reader.asks import Need, Page, Slice, ask_of
from graph.reader.kinds import KINDS
from graph.reader.lists import Selection
from graph.reader.opening import reader_of
from graph.reader.reading import Facts, Reader
from scripts.bench.stores import build, corpus_of

_QUERY = """query($n: Int) {
  tasks(first: $n) { nodes { text order section { title } evidence { quote start } } }
}"""
_SMALL = '{ task(id: "%s") { text order } }'
_TASK, _SECTION, _EVIDENCE = (KINDS[name].fields for name in ("Task", "Section", "Evidence"))
_PARTS = {
    "task": tuple(ask_of(_TASK[name]) for name in ("text", "order", "section", "evidence")),
    "section": (ask_of(_SECTION["title"]),),
    "evidence": tuple(ask_of(_EVIDENCE[name]) for name in ("quote", "start")),
}


class FixedList:
    """A list that needs no question, so that only reading is measured."""

    def __init__(self, iris: list[str]) -> None:
        self.iris = iris

    async def page(self, _facts: Facts, _selection: Selection, page: Page) -> Slice:
        """Return the first tasks."""
        return Slice(tuple(self.iris[: page.size]), tuple(range(page.size)))

    async def total(self, _facts: Facts, _selection: Selection) -> int:
        """Return how many there are."""
        return len(self.iris)

    async def facet(self, _facts: Facts, _selection: Selection, _name: str) -> dict[str, int]:
        """Return nothing."""
        return {}


class Plain:
    """The same answer with strawberry as its documentation shows it."""

    def __init__(self, reader: Reader, iris: list[str]) -> None:
        self.reader = reader
        self.iris = iris
        self.schema = strawberry.Schema(query=Query)

    def loader(self, of: str) -> DataLoader[str, dict[str, Any]]:
        """Return a loader that reads many things of a kind with one question."""

        async def load(iris: list[str]) -> list[dict[str, Any]]:
            need, facts = Need(), Facts()
            for ask in _PARTS[of]:
                need.add(ask)
            await self.reader.fill(facts, iris, need)
            return [{a.paths[0]: facts.of(a).get(iri) for a in _PARTS[of]} for iri in iris]

        return DataLoader(load_fn=load)

    def context(self) -> dict[str, Any]:
        """Return the loaders of one request."""
        return {name: self.loader(name) for name in _PARTS} | {"iris": self.iris}


async def _value(root: "Section | Evidence | Task", info: strawberry.Info, number: int) -> object:
    of = type(root).__name__.lower()
    loaded = await info.context[of].load(root.iri)
    return loaded[_PARTS[of][number].paths[0]]


@strawberry.type
class Section:
    """As a first version would have it."""

    iri: str

    @strawberry.field
    async def title(self, info: strawberry.Info) -> str:
        """Return the heading."""
        return str(await _value(self, info, 0))


@strawberry.type
class Evidence:
    """As a first version would have it."""

    iri: str

    @strawberry.field
    async def quote(self, info: strawberry.Info) -> str:
        """Return the words."""
        return str(await _value(self, info, 0))

    @strawberry.field
    async def start(self, info: strawberry.Info) -> int:
        """Return their place."""
        return int(await _value(self, info, 1))


@strawberry.type
class Task:
    """As a first version would have it."""

    iri: str

    @strawberry.field
    async def text(self, info: strawberry.Info) -> str:
        """Return the words."""
        return str(await _value(self, info, 0))

    @strawberry.field
    async def order(self, info: strawberry.Info) -> int:
        """Return the place."""
        return int(await _value(self, info, 1))

    @strawberry.field
    async def section(self, info: strawberry.Info) -> Section:
        """Return the section."""
        return Section(iri=await _value(self, info, 2))

    @strawberry.field
    async def evidence(self, info: strawberry.Info) -> list[Evidence]:
        """Return the evidence."""
        return [Evidence(iri=iri) for iri in await _value(self, info, 3)]


@strawberry.type
class Tasks:
    """A list."""

    nodes: list[Task]


@strawberry.type
class Query:
    """The top."""

    @strawberry.field
    async def tasks(self, info: strawberry.Info, first: int | None = None) -> Tasks:
        """Return the first tasks."""
        return Tasks(nodes=[Task(iri=iri) for iri in info.context["iris"][: first or 20]])

    @strawberry.field
    async def task(self, id: strawberry.ID) -> Task:  # noqa: A002 - the argument's name
        """Return one task."""
        return Task(iri=str(id))


def expect(is_so: bool, what: str) -> None:
    """Stop where an answer is not what is measured."""
    if not is_so:
        raise AssertionError(what)


async def timed(action: Callable[[], Awaitable[Any]], rounds: int = 7) -> float:
    """Return the best of some rounds, in milliseconds."""
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        await action()
        times.append((time.perf_counter() - start) * 1000)
    return min(times)


class Stock(GraphQL[dict[str, Any], None]):
    """Strawberry's own ASGI application, with loaders for each request."""

    def __init__(self, plain: Plain) -> None:
        super().__init__(plain.schema)
        self.plain = plain

    async def get_context(self, request: Any, response: Any) -> Any:  # noqa: ANN401, ARG002
        """Return the loaders."""
        return self.plain.context()


async def compare_sizes(executor: Executor, plain: Plain) -> None:
    """Print ours, its SPARQL, and plain strawberry, for lists of several lengths."""
    prepared = await executor.prepare(_QUERY)
    print(
        "objects x 5 fields |  ours ms | SPARQL ms | strawberry ms | ours/SPARQL |"
        " ours/strawberry | questions"
    )
    for size in (1, 10, 100, 1000):
        seconds: list[float] = []

        async def ours(size: int = size, seconds: list[float] = seconds) -> None:
            result = await executor.run(prepared, None, {"n": size})
            seconds.append(result.facts.seconds * 1000)
            expect(result.compiled, "the plan writes the answer")

        async def theirs(size: int = size) -> None:
            got = await plain.schema.execute(
                _QUERY, variable_values={"n": size}, context_value=plain.context()
            )
            expect(not got.errors, str(got.errors))
            json.dumps(got.data)

        mine, other = await timed(ours), await timed(theirs, 3)
        store = min(seconds)
        questions = (await executor.run(prepared, None, {"n": size})).facts.questions
        print(
            f"{size:18} | {mine:8.2f} | {store:9.2f} | {other:13.2f} | {mine / store:11.2f} |"
            f" {mine / other:15.2f} | {questions}"
        )


async def small_requests(ours: App, theirs: App, iri: str, seconds: float = 3.0) -> None:
    """Print the requests per second of both applications, called as a server would."""
    body = json.dumps({"query": _SMALL % iri}).encode()
    rates: dict[str, list[float]] = {"ours": [], "strawberry": []}
    for _ in range(3):
        for name, app in (("ours", ours), ("strawberry", theirs)):
            count, end = 0, time.perf_counter() + seconds / 3
            while time.perf_counter() < end:
                await asyncio.gather(*(_post(app, body) for _ in range(8)))
                count += 8
            rates[name].append(count / (seconds / 3))
    mine, other = (statistics.median(rates[name]) for name in rates)
    print(f"small queries: ours {mine:.0f}/s, strawberry {other:.0f}/s, ratio {mine / other:.2f}")


async def _post(app: App, body: bytes) -> bytes:
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "POST",
        "path": "/graphql",
        "raw_path": b"/graphql",
        "root_path": "",
        "scheme": "http",
        "query_string": b"",
        "headers": [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(body))],
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 80),
    }
    sent: list[bytes] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Any) -> None:  # noqa: ANN401
        sent.append(message.get("body", b""))

    await app(scope, receive, send)
    answer = b"".join(sent)
    expect(b'"data"' in answer, answer.decode())
    return answer


async def memory(app: App, iris: list[str], requests: int = 10_000) -> None:
    """Print what the process has grown by over many requests, each for another task."""
    sizes = []
    for number in range(requests):
        query = f"#{number % 2000}\n{_SMALL % iris[number % len(iris)]}"
        await _post(app, json.dumps({"query": query}).encode())
        if number % (requests // 5) == 0:
            gc.collect()
            sizes.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    print(f"memory over {requests} requests, MB: {', '.join(f'{size:.0f}' for size in sizes)}")


async def main(folder: Path, quads: int) -> None:
    """Run all."""
    corpus = corpus_of(folder / "corpus")
    built = build(folder / str(quads), corpus, quads)
    pool = Pool(built.path, Limits(workers=2))
    await pool.start()
    try:
        reader = reader_of(pool)
        rows = await reader.rows(
            Facts(), "SELECT ?s { ?s a cancu:Task ; cancu:statedIn/eli:is_part_of ?x } LIMIT 2000"
        )
        iris = list(dict.fromkeys(row["s"]["value"] for row in rows))[:1000]
        executor = Executor(World(pool, reader, FixedList(iris)), RequestLimits())
        plain = Plain(reader, iris)
        print(f"{built.quads} statements, {built.documents} documents, best of 7 (strawberry of 3)")
        await compare_sizes(executor, plain)
        endpoint = GraphqlEndpoint(executor, Documents(), largest_body=10**6, body_seconds=5)
        ours = Front(endpoint, {"/graphql": endpoint}, Settings())

        await small_requests(ours, Stock(plain), iris[0])
        await memory(ours, iris)
    finally:
        await pool.stop()


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), int(sys.argv[2])))
