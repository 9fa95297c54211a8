"""Writing an answer of what was found: by the plan, or by graphql-core."""

from collections.abc import Mapping
from typing import Any

from graphql import GraphQLError, OperationDefinitionNode, execute_sync

from api.graphql.compiling import Plan, RootCall
from api.graphql.fallback import thing_of, things_of
from api.graphql.paging import Connection
from api.graphql.preparing import Prepared, name_of
from api.graphql.problems import error_of
from api.graphql.root import Found
from api.graphql.schema import CORE
from graph.reader.asks import Slice
from graph.reader.reading import Facts


def data_of(facts: Facts, plan: Plan, found: list[tuple[RootCall, Found]]) -> dict[str, Any]:
    """Write the data by the plan.

    Raises:
        NullError: a value that must be there is not.
    """
    by_key = {call.key: (call, f) for call, f in found}
    return {
        key: _written(facts, *by_key[key]) if key in by_key else plan.constants[key]
        for key in plan.keys
    }


def _written(facts: Facts, call: RootCall, found: Found) -> Any:  # noqa: ANN401 - any JSON value
    if call.connected is not None and found.page is not None:
        parts = {"": (found.part or Slice(), found.total)}
        return call.connected.make(facts, parts, found.page)[""]
    assert call.records is not None  # noqa: S101 - one of the two is always there
    records = call.records.make(facts, dict.fromkeys(filter(None, found.iris)))
    if call.field.shape == "one":
        return next(iter(records.values()), None)
    if call.field.shape == "nullable":
        return [records.get(iri) for iri in found.iris]
    return [records[iri] for iri in found.iris if iri in records]


def root_value(facts: Facts, call: RootCall, found: Found) -> Any:  # noqa: ANN401
    """Return the same as graphql-core takes it."""
    of = call.field.of
    if found.page is not None:
        return Connection(found.part or Slice(), found.page, found.total, facts, of)
    checked = call.records is not None and not call.records.concrete
    if call.field.shape == "one":
        return thing_of(facts, found.iris[0], of, checked=checked) if found.iris else None
    if call.field.shape == "nullable":
        return [thing_of(facts, iri, of, checked=checked) for iri in found.iris]
    return things_of(facts, found.iris, of)


def run_core(
    prepared: Prepared,
    operation: OperationDefinitionNode,
    variables: Mapping[str, Any],
    root: dict[str, Any],
) -> tuple[dict[str, Any] | None, list[dict[str, Any]]]:
    """Have graphql-core write the answer, and say what is wrong with single fields."""
    result = execute_sync(
        CORE,
        prepared.document,
        root_value=root,
        variable_values=dict(variables),
        operation_name=name_of(operation) or None,
    )
    return result.data, [_field_error(error) for error in result.errors or ()]


def _field_error(error: GraphQLError) -> dict[str, Any]:
    shown = error_of(error.original_error or error)
    if error.original_error is None:  # graphql-core's own words about types hold no secrets
        shown["message"] = error.message
    if error.path:
        shown["path"] = error.path
    if error.locations:
        shown["locations"] = [place.formatted for place in error.locations]
    return shown
