"""What hostile GraphQL requests cost: how long each holds the web process up, and its memory.

The server runs as `cancu serve` does, with a beat inside: between two beats of its event loop the
CPU time of the process is read. So a busy machine changes nothing, and work in other threads counts
only while it keeps the loop from its turn. Each attack comes with a comment of its own, so that no
answer that is kept fits.
"""

import asyncio
import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from api import server
from api.app import create_app
from api.asgi import App, Message, Receive, Scope, Send
from api.settings import Settings
from scripts.bench.servers import ROOT
from scripts.bench.stores import corpus_of
from tests.api.graphql.attacks import Attack, attacks, schema_attacks

_BEAT = 0.002
_PROBE = "/held"
_OTHER = {"query": "{ plans { totalCount } }"}
_ROUNDS = 10
_AT_ONCE = 16
_LARGE = 1_000_000
_MB = 1024


@dataclass(slots=True)
class Held:
    """The longest stretch between two beats since it was last asked for, in CPU seconds."""

    longest: float = 0.0

    async def beat(self) -> None:
        """Beat for ever."""
        while True:
            start = time.process_time()
            await asyncio.sleep(_BEAT)
            self.longest = max(self.longest, time.process_time() - start)

    def take(self) -> bytes:
        """Return what was measured, and begin anew."""
        found = {"ms": self.longest * 1000, "mb": _resident(os.getpid())}
        self.longest = 0.0
        return json.dumps(found).encode()


def watched(settings: Settings) -> App:
    """Return the application with a beat, and an address that tells of it."""
    app, held = create_app(settings), Held()
    beating: list[asyncio.Task[None]] = []

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            beating.append(asyncio.create_task(held.beat()))
        if scope["type"] != "http" or scope["path"] != _PROBE:
            await app(scope, receive, send)
            return
        body = held.take()
        head: Message = {"type": "http.response.start", "status": 200}
        head["headers"] = [(b"content-length", b"%d" % len(body))]
        await send(head)
        await send({"type": "http.response.body", "body": body})

    return answer


@dataclass(slots=True)
class Outcome:
    """What an attack came to."""

    worst: float = 0.0
    statuses: set[str] = field(default_factory=set)


async def round_of(
    client: httpx.AsyncClient, all_of_them: Sequence[Attack], found: dict[str, Outcome]
) -> float:
    """Send each attack once; return the MB of the web process afterwards."""
    memory = 0.0
    for attack in all_of_them:
        await client.get(_PROBE)
        outcome = found.setdefault(attack.name, Outcome())
        outcome.statuses.add(await _sent(client, attack))
        await asyncio.sleep(0.02)
        told = (await client.get(_PROBE)).json()
        outcome.worst, memory = max(outcome.worst, told["ms"]), told["mb"]
        other = await client.post("/graphql", json=_OTHER)
        if other.status_code != httpx.codes.OK:
            sys.exit(f"after {attack.name!r} others get {other.status_code}")
    return float(memory)


async def _sent(client: httpx.AsyncClient, attack: Attack) -> str:
    body = attack.varied(random.randrange(10**9))  # noqa: S311 - no secret
    try:
        answer = await client.post("/graphql", content=body, headers=attack.headers)
    except httpx.TransportError as error:
        return type(error).__name__
    return str(answer.status_code)


async def waits(client: httpx.AsyncClient, all_of_them: Sequence[Attack]) -> list[float]:
    """Return how many ms each question of another client took while attacks came 16 at a time."""
    waiting = [attack for attack in all_of_them for _ in range(2) if len(attack.body) < _LARGE]
    random.shuffle(waiting)

    async def attacker() -> None:
        while waiting:
            await _sent(client, waiting.pop())

    attackers = [asyncio.create_task(attacker()) for _ in range(_AT_ONCE)]
    found = []
    while not all(one.done() for one in attackers):
        start = time.perf_counter()
        (await client.post("/graphql", json=_OTHER)).raise_for_status()
        found.append((time.perf_counter() - start) * 1000)
        await asyncio.sleep(0.01)
    return sorted(found)


async def measure(address: str, rounds: int) -> None:
    """Print the attacks that hold the loop longest, and the memory after each round."""
    all_of_them = [*attacks(), *schema_attacks()]
    found: dict[str, Outcome] = {}
    accept = {"accept": "application/graphql-response+json"}
    async with httpx.AsyncClient(base_url=address, timeout=60, headers=accept) as client:
        sizes = [await round_of(client, all_of_them, found) for _ in range(rounds)]
        waited = await waits(client, all_of_them)
    print(
        f"{len(all_of_them)} attacks, {rounds} rounds; ms of CPU that the loop was held, at most:"
    )
    for name, outcome in sorted(found.items(), key=lambda pair: -pair[1].worst)[:15]:
        print(f"{outcome.worst:8.1f}  {name}  ({', '.join(sorted(outcome.statuses))})")
    statuses = {status for outcome in found.values() for status in outcome.statuses}
    print(f"statuses: {', '.join(sorted(statuses))}")
    median, load = waited[len(waited) // 2], os.getloadavg()[0]
    print(
        f"{_AT_ONCE} attackers at once, load {load:.1f}: another client waits {median:.0f} ms, "
        f"at most {waited[-1]:.0f} ms, for {len(waited)} answers"
    )
    print(f"MB of the web process after each round: {', '.join(f'{size:.0f}' for size in sizes)}")


def _resident(process: int) -> float:
    text = Path(f"/proc/{process}/status").read_text()
    return next(int(line.split()[1]) for line in text.splitlines() if "VmRSS" in line) / _MB


def main(folder: Path, rounds: int) -> None:
    """Serve the shipped documents in a process of its own, and attack it."""
    corpus_of(folder / "corpus")
    command = [sys.executable, "-m", __spec__.name, "serve", str(folder / "corpus")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:  # noqa: S603
        try:
            line = process.stdout.readline() if process.stdout else ""
            asyncio.run(measure(line.split()[4].rstrip("/"), rounds))
        finally:
            process.terminate()


if __name__ == "__main__":
    if sys.argv[1] == "serve":
        server.create_app = watched
        sys.exit(server.serve(Settings(store=sys.argv[2], port=0, log_level="error")))
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else _ROUNDS)  # noqa: PLR2004
