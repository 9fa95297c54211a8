"""What machines ask about the server: is it alive, can it answer, what has it counted."""

import time
from collections.abc import Callable

import orjson

from api.asgi import App, Receive, Scope, Send, respond
from api.metrics import MEDIA_TYPE, exposition
from api.problems import Problem, ProblemError
from graph.engine.asking import Engine, Question
from graph.errors import GraphError, OverloadedError

_FRESH_SECONDS = 2.0
_PATIENCE_SECONDS = 2.0


def health_routes(engine: Engine, count: Callable[[], None]) -> dict[str, App]:
    """Return the routes of health and metrics; `count` is called before counts are told."""

    async def metrics(_scope: Scope, _receive: Receive, send: Send) -> None:
        count()
        headers = [(b"content-type", MEDIA_TYPE), (b"cache-control", b"no-store")]
        await respond(send, 200, headers, exposition())

    return {
        "/health/live": reading(_live),
        "/health/ready": reading(_Readiness(engine).answer),
        "/metrics": reading(metrics),
    }


def reading(app: App) -> App:
    """Wrap a route that only reads: other methods are told so, HEAD gets no body."""

    async def guarded(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["method"] not in {"GET", "HEAD"}:
            allow = (b"allow", b"GET, HEAD")
            raise ProblemError(Problem("method", "only GET and HEAD", {}, (allow,)))
        await app(scope, receive, send)

    return guarded


async def _live(_scope: Scope, _receive: Receive, send: Send) -> None:
    await _say(send, {"status": "live"})


class _Readiness:
    """Whether the engine answers; asked at most once in two seconds, however many ask us."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._asked = float("-inf")
        self._reason: str | None = "not asked yet"

    async def answer(self, _scope: Scope, _receive: Receive, send: Send) -> None:
        """Say ready with the release, or why not."""
        if time.monotonic() - self._asked > _FRESH_SECONDS:
            self._reason = await self._why_not()
            self._asked = time.monotonic()
        if self._reason is not None:
            retry = ((b"retry-after", b"2"),)
            raise ProblemError(Problem("not-ready", self._reason, {"status": "not ready"}, retry))
        await _say(send, {"status": "ready", "release": self._engine.current()})

    async def _why_not(self) -> str | None:
        try:
            answer = await self._engine.ask(Question("ASK {}", seconds=_PATIENCE_SECONDS))
            await answer.read()
        except OverloadedError:
            return None  # it works, and says so to those it has no room for
        except GraphError as error:
            return f"the engine does not answer: {type(error).__name__}"
        return None


async def _say(send: Send, words: dict[str, str]) -> None:
    headers = [(b"content-type", b"application/json"), (b"cache-control", b"no-store")]
    await respond(send, 200, headers, orjson.dumps(words))
