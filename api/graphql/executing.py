"""From a document and its variables to an answer.

Parsed and validated documents are kept, and so are plans: who asks again, with other data in the
store, pays for reading and writing alone.
"""

import asyncio
import contextlib
import time
from collections import OrderedDict
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from typing import Any

import orjson
from graphql import (
    GraphQLError,
    OperationDefinitionNode,
)
from graphql.execution.values import get_variable_values

from api.graphql.compiling import Compiler, Plan, RootCall
from api.graphql.limits import RequestLimits, check_text
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
from graph.reader.reading import Facts

_MOST_DOCUMENTS = 500
_MOST_PLANS = 100  # of one document
_MOST_SCHEMAS = 50
_MOST_REFUSALS = 500
_DEEPEST_VARIABLES = 250
_LONGEST_VARIABLES = 2000


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


class Executor:
    """Runs operations over one world."""

    def __init__(self, world: World, limits: RequestLimits) -> None:
        self.world = world
        self.limits = limits
        self._documents: OrderedDict[str, Prepared] = OrderedDict()
        self._schemas: OrderedDict[object, bytes] = OrderedDict()
        self._refusals: OrderedDict[str, RequestError] = OrderedDict()
        self._turn = asyncio.Lock()

    async def prepare(self, text: str) -> Prepared:
        """Parse and validate a document, or take it from those that are kept.

        Raises:
            LimitError: it is too large in one way or another.
            DocumentError: it is no GraphQL or does not fit the schema.
        """
        known = self._documents.get(text)
        if known is not None:
            self._documents.move_to_end(text)
            return known
        digest = digest_of(text)
        refusal = self._refusals.get(digest)
        if refusal is None:
            async with self._patiently():
                try:
                    check_text(text, self.limits)
                    prepared = prepared_of(text, self.limits)
                except RequestError as error:
                    refusal = error
        if refusal is not None:
            _remember(self._refusals, digest, refusal, _MOST_REFUSALS)
            raise refusal.with_traceback(None)
        _remember(self._documents, text, prepared, _MOST_DOCUMENTS)
        return prepared

    @contextlib.asynccontextmanager
    async def _patiently(self) -> AsyncIterator[None]:
        """Let what takes tens of milliseconds of this process be done one by one.

        Each is followed by a pause as long as itself, so that others have half of the time.
        """
        async with self._turn:
            start = time.perf_counter()
            try:
                yield
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
        plan = self._plan(prepared, operation, variables)
        if plan.cost > self.limits.cost:
            limit = "cost"
            raise LimitError(limit, self.limits.cost, plan.cost)
        facts = Facts(client=client)
        if not plan.calls and not plan.compiled:
            return await self._introspect(prepared, operation, variables, plan)
        found = await self._find_in_time(facts, plan)
        if plan.compiled and not core:
            try:
                return Result(data_of(facts, plan, found), [], plan.cost, facts)
            except NullError:
                pass  # a hole in the data: graphql-core knows what it takes along
        root = {call.key: root_value(facts, call, f) for call, f in found}
        data, errors = run_core(prepared, operation, variables, root)
        return Result(data, errors, plan.cost, facts, compiled=False)

    def cost(
        self, prepared: Prepared, operation_name: str | None, variables: Mapping[str, Any]
    ) -> int:
        """Return what an operation would cost."""
        return self._plan(prepared, operation_of(prepared, operation_name), variables).cost

    def _plan(
        self, prepared: Prepared, operation: OperationDefinitionNode, variables: Mapping[str, Any]
    ) -> Plan:
        written = _written(variables)
        key = (name_of(operation), written)
        plan = prepared.plans.get(key)
        if plan is None:
            plan = _made_plan(prepared, operation, variables, self.limits)
            if len(written) <= _LONGEST_VARIABLES:
                prepared.plans[key] = plan
                if len(prepared.plans) > _MOST_PLANS:
                    prepared.plans.popitem(last=False)
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
        key = (prepared.canonical, name_of(operation), _written(variables))
        kept = self._schemas.get(key)
        if kept is None:
            async with self._patiently():
                data, errors = run_core(prepared, operation, variables, {})
            if errors:
                return Result(data, errors, plan.cost, Facts(), compiled=False)
            kept = orjson.dumps(data)
            _remember(self._schemas, key, kept, _MOST_SCHEMAS)
        return Result(kept, [], plan.cost, Facts(), compiled=False)


def _remember(kept: OrderedDict[Any, Any], key: object, value: object, most: int) -> None:
    """Keep a value, and forget the oldest if there are too many."""
    kept[key] = value
    kept.move_to_end(key)
    if len(kept) > most:
        kept.popitem(last=False)


def _written(variables: Mapping[str, Any]) -> bytes:
    """Return variables as a key.

    Raises:
        LimitError: they are nested too deeply.
    """
    try:
        return orjson.dumps(variables, option=orjson.OPT_SORT_KEYS)
    except orjson.JSONEncodeError as error:
        limit = "nesting of the variables"
        raise LimitError(limit, _DEEPEST_VARIABLES, _DEEPEST_VARIABLES + 1) from error


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
