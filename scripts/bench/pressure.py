"""Pressure on a server: how many lookups a second it answers to 16 connections.

`wrk` (apt install wrk) presses best, for it takes little of the processor itself. Where it is not
installed, a client of our own does, in a process of its own; the table then says so, because its
figures are lower for all servers alike.
"""

import asyncio
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from scripts.bench.servers import Meter, Server

CONNECTIONS = 16
LOOKUP = "SELECT ?p ?o WHERE { <%s> ?p ?o }"
_ACCEPT = "application/sparql-results+json"
_LUA = """
local paths = {}
for line in io.lines("%s") do paths[#paths + 1] = line end
math.randomseed(os.time())
request = function()
  return wrk.format("GET", paths[math.random(#paths)], {["Accept"] = "%s"})
end
done = function(summary, latency)
  local p50, p99 = latency:percentile(50) / 1000, latency:percentile(99) / 1000
  print(string.format("p50 %%f p99 %%f", p50, p99))
end
"""


@dataclass(frozen=True, slots=True)
class Pressed:
    """What one round found.

    Attributes:
        rate: answers a second.
        p50: median latency in ms.
        p99: the 99th percentile in ms.
        per_cpu: answers for each CPU second of the server.
        failed: answers that were no success.
    """

    rate: float
    p50: float
    p99: float
    per_cpu: float
    failed: int


def has_wrk() -> bool:
    """Tell whether wrk is installed."""
    return shutil.which("wrk") is not None


def press(server: Server, iris: Sequence[str], seconds: float) -> Pressed:
    """Ask a server for random ones of some resources, as fast as it answers."""
    with tempfile.TemporaryDirectory() as name:
        paths = Path(name) / "paths"
        paths.write_text(
            "".join(f"{server.path}?query={quote(LOOKUP % iri, safe='')}\n" for iri in iris)
        )
        meter = Meter(server)
        way = _by_wrk if has_wrk() else _by_client
        rate, p50, p99, failed = way(server.port, paths, seconds)
        used = meter.stop()
    return Pressed(rate, p50, p99, rate * seconds / used if used else 0.0, failed)


def _by_wrk(port: int, paths: Path, seconds: float) -> tuple[float, float, float, int]:
    script = paths.with_suffix(".lua")
    script.write_text(_LUA % (paths, _ACCEPT))
    printed = subprocess.run(  # noqa: S603
        ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{max(1, round(seconds))}s", "-s", str(script),  # noqa: S607
         f"http://127.0.0.1:{port}"],
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    rate = float(re.findall(r"Requests/sec:\s+([\d.]+)", printed)[0])
    p50, p99 = map(float, re.findall(r"p50 ([\d.]+) p99 ([\d.]+)", printed)[0])
    failed = sum(map(int, re.findall(r"Non-2xx or 3xx responses: (\d+)", printed)))
    return rate, p50, p99, failed


def _by_client(port: int, paths: Path, seconds: float) -> tuple[float, float, float, int]:
    printed = subprocess.run(  # noqa: S603
        [sys.executable, __file__, str(port), str(paths), str(seconds)],
        capture_output=True, text=True, check=True,
        env={"PYTHONPATH": str(Path(__file__).resolve().parents[2])},
    ).stdout.split()  # fmt: skip
    return float(printed[0]), float(printed[1]), float(printed[2]), int(printed[3])


async def _connection(port: int, requests: Sequence[bytes], start: int, end: float) -> list[float]:
    """Ask one question after the other; return the latencies, negative for a failure."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    found, at = [], start
    while time.perf_counter() < end:
        at = (at * 1103515245 + 12345) % 2**31
        begun = time.perf_counter()
        writer.write(requests[at % len(requests)])
        head = (await reader.readuntil(b"\r\n\r\n")).lower()
        if length := re.search(rb"content-length: (\d+)", head):
            await reader.readexactly(int(length[1]))
        else:
            while size := int((await reader.readuntil(b"\r\n")), 16):
                await reader.readexactly(size + 2)
            await reader.readexactly(2)
        took = time.perf_counter() - begun
        found.append(took if b" 200 " in head[:15] else -took)
    writer.close()
    return found


async def _press(port: int, paths: Path, seconds: float) -> None:
    requests = [
        f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAccept: {_ACCEPT}\r\n\r\n".encode()
        for path in paths.read_text().splitlines()
    ]
    end = time.perf_counter() + seconds
    each = [_connection(port, requests, number, end) for number in range(CONNECTIONS)]
    found = [took for times in await asyncio.gather(*each) for took in times]
    failed = sum(took < 0 for took in found)
    found = sorted(map(abs, found))
    p50, p99 = found[len(found) // 2] * 1e3, found[len(found) * 99 // 100] * 1e3
    print(len(found) / seconds, p50, p99, failed)


if __name__ == "__main__":
    asyncio.run(_press(int(sys.argv[1]), Path(sys.argv[2]), float(sys.argv[3])))
