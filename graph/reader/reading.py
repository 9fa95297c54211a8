"""The reader asks level by level: the number of its questions is the depth of what is asked."""

import asyncio
import re
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

import orjson

from graph.engine.asking import Binding, Engine, Question
from graph.reader.asks import Ask, Need, Shape, Slice
from graph.reader.questions import Level, Values

_IRI = re.compile(r"[a-z][a-z0-9+.-]*:[^\s<>\"{}|\\^`\x00-\x20]+")
_MANY = 1000
Made = TypeVar("Made")
Special = Callable[["Reader", "Facts", Ask, tuple[str, ...]], Awaitable[None]]


def is_iri(text: str) -> bool:
    """Tell whether a text can be put into a query as an IRI."""
    return _IRI.fullmatch(text) is not None


async def aside(size: int, make: Callable[[], Made]) -> Made:
    """Make something of so many rows: of many in a thread, so that others have their turn."""
    return await asyncio.to_thread(make) if size > _MANY else make()


@dataclass(slots=True)
class Facts:
    """What was found so far: for each ask, the values by node.

    Attributes:
        release: that answers; the current one at the first question, and then that.
        client: for whom is asked; "" for the server itself.
        questions: how many questions were put to the store.
        seconds: how long the store took, all questions together.
    """

    values: dict[Ask, Values] = field(default_factory=dict)
    release: str = ""
    client: str = ""
    questions: int = 0
    seconds: float = 0.0

    def of(self, ask: Ask) -> Values:
        """Return the values of an ask by node."""
        return self.values.setdefault(ask, {})


class Reader:
    """Reads things of the graph, many at a time."""

    def __init__(
        self,
        engine: Engine,
        specials: Mapping[str, Special] | None = None,
        nodes_a_question: int = 4000,
    ) -> None:
        """Take the engine, and what is found by functions of its own.

        Args:
            engine: whom to ask.
            specials: functions by the names of the fields that they find.
            nodes_a_question: beyond so many nodes a level is read in several questions, since an
                engine takes a query of bounded length only.
        """
        self.engine = engine
        self._specials = specials or {}
        self._most = nodes_a_question

    async def fill(self, facts: Facts, iris: Iterable[str], need: Need) -> None:
        """Find all that is needed of nodes and of what they lead to."""
        await self.fill_all(facts, [(need, tuple(iri for iri in iris if is_iri(iri)))])

    async def fill_all(self, facts: Facts, starts: Iterable[tuple[Need, tuple[str, ...]]]) -> None:
        """Find what is needed at several places, all together level by level.

        Only what `is_iri` may be given, or the token of a thing that is no node.
        """
        level = [(need, tuple(dict.fromkeys(iris))) for need, iris in starts if need.asks and iris]
        while level:
            await self._read_level(facts, level)
            level = [
                (child, objects)
                for need, nodes in level
                for ask, child in need.asks.items()
                if child.asks and (objects := _objects(facts.of(ask), ask, nodes))
            ]

    async def rows(
        self, facts: Facts, text: str, bindings: Mapping[str, Binding] | None = None
    ) -> list[dict[str, dict[str, str]]]:
        """Put one SELECT query to the store and return its bindings."""
        loop = asyncio.get_running_loop()
        start = loop.time()
        if not facts.release:
            facts.release = self.engine.current()
        pinned = None if facts.release == self.engine.current() else facts.release
        question = Question(text, bindings=bindings or {}, release=pinned, client=facts.client)
        answer = await self.engine.ask(question)
        if answer.release != facts.release:
            if facts.questions:  # a release came in between: all answers must be of one
                answer = await self.engine.ask(replace(question, release=facts.release))
            facts.release = answer.release
        facts.questions += 1
        rows: list[dict[str, dict[str, str]]] = orjson.loads(await answer.read())["results"][
            "bindings"
        ]
        facts.seconds += loop.time() - start
        return rows

    async def _read_level(self, facts: Facts, level: list[tuple[Need, tuple[str, ...]]]) -> None:
        """Read one level: with one question, unless there are too many nodes for it."""
        questions = [Level()]
        waiting: list[Awaitable[None]] = []
        room = self._most
        for need, nodes in level:
            asks = {ask: facts.of(ask) for ask in need.asks if ask.paths}
            for part in self._parts(nodes) if asks else ():
                if len(part) > room:
                    questions.append(Level())
                    room = self._most
                questions[-1].add(part, asks)
                room -= len(part)
            for ask in need.asks:
                if ask.shape is Shape.SPECIAL and ask.name in self._specials:
                    special = self._specials[ask.name]
                    waiting += [special(self, facts, ask, part) for part in self._parts(nodes)]
        waiting += [self._read_values(facts, one) for one in questions if one.branches]
        await asyncio.gather(*waiting)

    def _parts(self, nodes: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
        for start in range(0, len(nodes), self._most):
            yield nodes[start : start + self._most]

    async def _read_values(self, facts: Facts, question: Level) -> None:
        rows = await self.rows(facts, question.text())
        await aside(len(rows), lambda: question.read(rows))


def _objects(values: Values, ask: Ask, nodes: tuple[str, ...]) -> tuple[str, ...]:
    """Return what an ask led to, each once."""
    found = (value for node in nodes if (value := values.get(node)) is not None)
    match ask.shape:
        case Shape.VALUE | Shape.SPECIAL:
            return tuple(dict.fromkeys(found))
        case Shape.PAGE:
            return tuple(dict.fromkeys(iri for part in found for iri in _iris(part)))
        case _:
            return tuple(dict.fromkeys(iri for several in found for iri in several))


def _iris(part: Any) -> tuple[str, ...]:  # noqa: ANN401 - a value of a page is a slice
    return part.iris if isinstance(part, Slice) else ()
