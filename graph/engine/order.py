"""What the server orders from the fork server: a process, and what it is told of its work."""

from collections.abc import Mapping
from dataclasses import astuple, dataclass, field, fields
from pathlib import Path
from typing import Any

import orjson

from graph.engine.limits import Limits

WORKER = "graph.engine.worker"


@dataclass(frozen=True, slots=True)
class Order:
    """One process.

    Attributes:
        path: the folder of the store.
        release: id of the release that it opens.
        limits: the bounds of a question.
        program: the module whose `work(connection, order, parent)` is its life: `connection` leads
            to the server, and `parent` is the process that it ends with.
        options: what else that program is told; of values that JSON has.
    """

    path: Path
    release: str
    limits: Limits
    program: str = WORKER
    options: Mapping[str, Any] = field(default_factory=dict)


def pack_order(order: Order) -> bytes:
    """Return an order as it is sent."""
    values = astuple(order.limits)
    return orjson.dumps([str(order.path), order.release, values, order.program, order.options])


def unpack_order(packet: bytes) -> Order:
    """Return the order that was sent."""
    path, release, values, program, options = orjson.loads(packet)
    limits = Limits(**dict(zip((f.name for f in fields(Limits)), values, strict=True)))
    return Order(Path(path), release, limits, program, options)
