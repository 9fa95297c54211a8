"""An engine that puts all questions of one request to the same release, for the same client."""

from dataclasses import dataclass, replace
from typing import Protocol

from graph.engine.asking import Answer, Engine, Question


class Asked(Protocol):
    """Something that answers questions: an engine, or one pinned to a release."""

    async def ask(self, question: Question) -> Answer:
        """Answer a question, as `Engine.ask` does."""


@dataclass(frozen=True, slots=True)
class Pinned:
    """An engine for one request.

    A page is made of several answers, which must be of one release even if a new one is published
    in between.

    Attributes:
        engine: answers the questions.
        release: id of the release asked.
        client: who asks, for fair shares.
    """

    engine: Engine
    release: str
    client: str = ""

    async def start(self) -> None:
        """Do nothing: whoever owns the engine has started it."""

    async def stop(self) -> None:
        """Do nothing: whoever owns the engine stops it."""

    def current(self) -> str:
        """Return the id of the pinned release."""
        return self.release

    async def ask(self, question: Question) -> Answer:
        """Answer a question from the pinned release."""
        return await self.engine.ask(replace(question, release=self.release, client=self.client))
