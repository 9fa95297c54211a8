"""Asking a named question for a request: its parameters, its bounds, its answer."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from starlette.requests import Request

from api.catalogue.table import Table, read_table
from api.front import EXCHANGE
from api.problems import Problem, ProblemError
from graph.engine.asking import Answer, Question, TableFormat
from queries.catalogue import NamedQuery, ParameterError, ParameterKind, bind

MOST_ROWS = 1000
# What an address may say beside the parameters of the question.
RESERVED = frozenset({"lang", "release"})


@dataclass(frozen=True, slots=True)
class Shown:
    """An answer as far as a page shows it.

    Attributes:
        table: at most `MOST_ROWS` rows of it.
        capped: whether there are more.
        release: id of the release that answered.
    """

    table: Table
    capped: bool
    release: str


def values_of(request: Request) -> dict[str, str]:
    """Return the parameters that a request gives.

    Raises:
        ProblemError: one is given twice.
    """
    given = [
        (name, value) for name, value in request.query_params.multi_items() if name not in RESERVED
    ]
    for name, times in Counter(name for name, _ in given).items():
        if times > 1:
            raise ProblemError(_wrong(name, f"parameter {name!r} is given more than once"))
    return dict(given)


def bound(query: NamedQuery, values: Mapping[str, str]) -> dict[str, tuple[ParameterKind, str]]:
    """Return the kind and value of each parameter.

    Raises:
        ProblemError: a parameter that it does not take, or a value that is not of its kind.
    """
    try:
        return bind(query, values)
    except ParameterError as error:
        raise ProblemError(_wrong(error.parameter, str(error))) from error


async def ask(
    request: Request,
    query: NamedQuery,
    bindings: Mapping[str, tuple[ParameterKind, str]],
    answer_format: TableFormat,
    most_rows: int | None = None,
) -> Answer:
    """Ask a named question on behalf of the client of a request.

    Raises:
        GraphError: the engine cannot answer.
    """
    exchange = request.scope.get(EXCHANGE)
    question = Question(
        query.text,
        answer_format,
        bindings=bindings,
        most_rows=most_rows,
        release=request.query_params.get("release"),
        client=exchange.client if exchange else "web",
    )
    answer: Answer = await request.app.state.engine.ask(question)
    return answer


async def ask_for_page(request: Request, query: NamedQuery, values: Mapping[str, str]) -> Shown:
    """Return what a page shows of an answer."""
    answer = await ask(request, query, bound(query, values), "json", MOST_ROWS)
    table = read_table(await answer.read())
    return Shown(table, answer.capped or table.is_cut, answer.release)


def _wrong(name: str, detail: str) -> Problem:
    return Problem("bad-request", detail, {"parameter": name})
