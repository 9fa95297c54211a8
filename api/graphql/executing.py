"""From a document and its variables to an answer.

Parsed and validated documents are kept, and so are plans: who asks again, with other data in the
store, pays for reading and writing alone.

What graphql-core does with a document takes up to half a second. It is done in a thread, where it
has to share the interpreter with all else; one document at a time, and long ones apart from short
ones, so that nobody waits behind a flood of what is meant to be slow.
"""

import asyncio
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, TypeVar

import orjson
from graphql import (
    GraphQLError,
    OperationDefinitionNode,
)
from graphql.execution.values import get_variable_values

from api.cache import BoundedCache
from api.graphql.compiling import Compiler, Plan, RootCall
from api.graphql.limits import RequestLimits
from api.graphql.outputs import NullError
from api.graphql.preparing import (
    BAD_ARGUMENT,
    BAD_VARIABLES,
    MOST_ERRORS,
    DocumentError,
    Prepared,
    name_of,
    operation_of,
    prepared_of,
)
from api.graphql.problems import LimitError, RequestError
from api.graphql.request import digest_of
from api.graphql.root import Call, Found, World
from api.graphql.schema import CORE
from api.graphql.writing import data_of, root_value, run_core
from graph.errors import QueryTimeoutError
from graph.reader.reading import Facts, aside

# How many are kept, and how long they may be together: the tree of a document takes a hundred times
# what its text takes.
_DOCUMENTS = 500, 300_000
_PLANS = 2_000, 2_000_000
_SCHEMAS = 50, 10_000_000
_REFUSALS = 500, 1_000_000
_DEEPEST_VARIABLES = 250
_LONG = 2_000  # characters of a document, bytes of variables
Made = TypeVar("Made")


@dataclass(slots=True)
class Result:
    """An answer.

    Attributes:
        data: as a tree, or as JSON; None if there is none.
        errors: of single fields.
        cost: that was counted before it ran.
        facts: what was read for it.
    """

    data: dict[str, Any] | bytes | None
    errors: list[dict[str, Any]]
    cost: int
    facts: Facts
    compiled: bool = True


class _Lane:
    """A thread that makes one thing after the other.

    It is a thread of its own: clients that leave before their document is looked at would fill the
    common ones with work that nobody waits for.
    """

    def __init__(self, name: str) -> None:
        self.turn = asyncio.Lock()
        self._thread = ThreadPoolExecutor(1, name)

    async def make(self, make: Callable[[], Made]) -> Made:
        """Make something when its turn has come."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, make)


class Executor:
    """Runs operations over one world."""

    def __init__(self, world: World, limits: RequestLimits) -> None:
        self.world = world
        self.limits = limits
        self._documents = BoundedCache[str, Prepared](*_DOCUMENTS)
        self._plans = BoundedCache[object, Plan](*_PLANS)
        self._schemas = BoundedCache[object, bytes](*_SCHEMAS)
        self._refusals = BoundedCache[str, RequestError](*_REFUSALS)
        self._short, self._long = _Lane("graphql"), _Lane("graphql-long")

    async def prepare(self, text: str) -> Prepared:
        """Parse and validate a document, or take it from those that are kept.

        Raises:
            LimitError: it is too large in one way or another.
            DocumentError: it is no GraphQL or does not fit the schema.
        """
        known = self._documents.get(text)
        if known is not None:
            return known
        digest = digest_of(text)
        refusal = self._refusals.get(digest)
        if refusal is not None:
            raise refusal.again()
        is_long = len(text) > _LONG
        made = await self._aside(lambda: _outcome(text, self.limits), is_long=is_long)
        if isinstance(made, RequestError):
            self._refusals.put(digest, made, _weight(made))
            raise made.again()
        self._documents.put(text, made, len(text))
        return made

    async def _aside(self, make: Callable[[], Made], *, is_long: bool) -> Made:
        """Make something in a thread, when it is its turn.

        What is long is followed by a pause as long as itself, so that others have half of the time.
        """
        if not is_long:
            return await self._short.make(make)
        async with self._long.turn:
            start = time.perf_counter()
            try:
                return await self._long.make(make)
            finally:
                await asyncio.sleep(time.perf_counter() - start)

    async def run(
        self,
        prepared: Prepared,
        operation_name: str | None,
        variables: Mapping[str, Any],
        client: str = "",
        *,
        core: bool = False,
    ) -> Result:
        """Run one operation.

        Args:
            prepared: the document.
            operation_name: which of its operations; None if it has one only.
            variables: as they came.
            client: for whom.
            core: whether graphql-core is to write the answer even if the plan can.

        Raises:
            RequestError: the operation cannot be run.
            GraphError: the store does not answer.
        """
        operation = operation_of(prepared, operation_name)
        plan = await self._plan(prepared, operation, variables)
        if plan.cost > self.limits.cost:
            limit = "cost"
            raise LimitError(limit, self.limits.cost, plan.cost)
        facts = Facts(client=client)
        if not plan.calls and not plan.compiled:
            return await self._introspect(prepared, operation, variables, plan)
        found = await self._find_in_time(facts, plan)
        if plan.compiled and not core:
            try:
                data = await aside(plan.cost, lambda: data_of(facts, plan, found))
                return Result(data, [], plan.cost, facts)
            except NullError:
                pass  # a hole in the data: graphql-core knows what it takes along
        root = {call.key: root_value(facts, call, f) for call, f in found}
        partial, errors = await aside(
            plan.cost, lambda: run_core(prepared, operation, variables, root)
        )
        return Result(partial, errors, plan.cost, facts, compiled=False)

    async def cost(
        self, prepared: Prepared, operation_name: str | None, variables: Mapping[str, Any]
    ) -> int:
        """Return what an operation would cost."""
        operation = operation_of(prepared, operation_name)
        return (await self._plan(prepared, operation, variables)).cost

    async def _plan(
        self, prepared: Prepared, operation: OperationDefinitionNode, variables: Mapping[str, Any]
    ) -> Plan:
        written = _written(variables, self.limits)
        key = (prepared.text, name_of(operation), written)
        plan = self._plans.get(key)
        if plan is not None:
            return plan
        size = len(prepared.text) + len(written)
        if size <= _LONG:
            plan = _made_plan(prepared, operation, variables, self.limits)
        else:
            plan = await self._aside(
                lambda: _made_plan(prepared, operation, variables, self.limits), is_long=True
            )
        self._plans.put(key, plan, size)
        return plan

    async def _find_in_time(self, facts: Facts, plan: Plan) -> list[tuple[RootCall, Found]]:
        try:
            async with asyncio.timeout(self.limits.seconds):
                return await self._find(facts, plan)
        except TimeoutError as error:
            raise QueryTimeoutError(self.limits.seconds) from error

    async def _find(self, facts: Facts, plan: Plan) -> list[tuple[RootCall, Found]]:
        """Find the nodes at the top, then all that is needed of them, level by level."""
        facts.release = self.world.engine.current()
        found = await asyncio.gather(
            *(
                call.field.find(self.world, facts, Call(call.arguments, call.parts))
                for call in plan.calls
            )
        )
        pairs = list(zip(plan.calls, found, strict=True))
        starts = [(call.need, tuple(filter(None, f.iris))) for call, f in pairs]
        await self.world.reader.fill_all(facts, starts)
        return pairs

    async def _introspect(
        self,
        prepared: Prepared,
        operation: OperationDefinitionNode,
        variables: Mapping[str, Any],
        plan: Plan,
    ) -> Result:
        """Answer questions about the schema alone; the answer never changes."""
        canonical = await self._aside(lambda: prepared.canonical, is_long=False)
        key = (canonical, name_of(operation), _written(variables, self.limits))
        kept = self._schemas.get(key)
        if kept is None:
            data, errors = await self._aside(
                lambda: run_core(prepared, operation, variables, {}), is_long=True
            )
            if errors:
                return Result(data, errors, plan.cost, Facts(), compiled=False)
            kept = orjson.dumps(data)
            self._schemas.put(key, kept, len(kept))
        return Result(kept, [], plan.cost, Facts(), compiled=False)


def _outcome(text: str, limits: RequestLimits) -> Prepared | RequestError:
    """Return a document that may be run, or why it may not."""
    try:
        return prepared_of(text, limits)
    except RequestError as error:
        return error.again()


def _weight(error: RequestError) -> int:
    """Return about how many characters an error holds."""
    errors = error.errors if isinstance(error, DocumentError) else ()
    return len(str(error)) + sum(len(str(one["message"])) for one in errors)


def _written(variables: Mapping[str, Any], limits: RequestLimits) -> bytes:
    """Return variables as a key.

    Raises:
        LimitError: they are nested too deeply, or too long.
    """
    try:
        written = orjson.dumps(variables, option=orjson.OPT_SORT_KEYS)
    except orjson.JSONEncodeError as error:
        limit = "nesting of the variables"
        raise LimitError(limit, _DEEPEST_VARIABLES, _DEEPEST_VARIABLES + 1) from error
    if len(written) > limits.variables:
        limit = "bytes of the variables"
        raise LimitError(limit, limits.variables, len(written))
    return written


def _made_plan(
    prepared: Prepared,
    operation: OperationDefinitionNode,
    variables: Mapping[str, Any],
    limits: RequestLimits,
) -> Plan:
    definitions = operation.variable_definitions or ()
    coerced = get_variable_values(CORE, definitions, dict(variables), max_errors=MOST_ERRORS)
    if isinstance(coerced, list):
        raise DocumentError(coerced, BAD_VARIABLES)
    try:
        plan = Compiler(CORE, prepared.fragments, coerced).plan(operation)
    except GraphQLError as error:
        raise DocumentError([error], BAD_ARGUMENT) from error
    if len(plan.calls) > limits.lists:
        limit = "number of fields at the top"
        raise LimitError(limit, limits.lists, len(plan.calls))
    return plan
