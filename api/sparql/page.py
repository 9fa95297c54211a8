"""Answers and problems as pages for people; they need no script."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

import orjson
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from api.asgi import Message, Scope
from api.catalogue.table import Table, read_table
from api.coded import coded
from api.front import EXCHANGE
from api.pages.rendering import has_route, render, render_aside, root_of
from api.problems import Problem, ProblemError
from api.sparql.formats import Form
from graph.engine.asking import Answer, Engine, Question

MOST_SHOWN = 1000
_LARGEST = 4_000_000
_LONGEST_LINK = 8000
_TABLE_FILES = ("csv", "json", "tsv", "xml")
_GRAPH_FILES = ("ttl", "nt", "jsonld", "rdf")


async def send_answer(engine: Engine, question: Question, form: Form, scope: Scope) -> None:
    """Ask for no more than a page shows, and send the page.

    Raises:
        GraphError: there is no answer.
        ProblemError: it is too large for a page.
    """
    most = min(question.most_rows or MOST_SHOWN, MOST_SHOWN)
    is_graph = form in {"CONSTRUCT", "DESCRIBE"}
    bounded = replace(question, most_rows=most, answer_format="ttl" if is_graph else "json")
    answer = await engine.ask(bounded)
    content = await _read(answer)
    request = Request(scope)
    files = _GRAPH_FILES if is_graph else _TABLE_FILES
    found = await asyncio.to_thread(_graph if is_graph else _table, content, form)
    table: Table | None = found.get("table")
    is_cut = table is not None and table.is_cut
    most = len(table.rows) if table and is_cut else most
    capped = answer.capped or is_cut
    values = {
        **_blank(question.text),
        "answered": answer.release,
        "capped": capped,
        "most": most,
        "downloads": _downloads(request, question, files),
        **found,
    }
    response = await render_aside(request, "sparql_answer.html", values)
    response.headers["Cancu-Release"] = answer.release
    if capped:
        response.headers["Cancu-Capped"] = f"true; rows={most}"
        response.headers["Link"] = f'<{root_of(request)}/help/paging>; rel="help"'
    response.headers["Cache-Control"] = "no-cache"
    await _send(response, scope)


async def send_problem(problem: Problem, text: str, scope: Scope) -> None:
    """Send a page that says what went wrong, with the query to be mended."""
    values = {**_blank(text), "problem": problem}
    response = render(Request(scope), "sparql_answer.html", values, problem.status)
    for name, value in problem.all_headers():
        response.headers[name.decode("ascii")] = value.decode("latin-1")
    await _send(response, scope)


async def send_way_in(scope: Scope) -> None:
    """Lead a browser that asks nothing yet to where it can."""
    request = Request(scope)
    response: Response
    if has_route(request, "/editor"):
        headers = {"Vary": "Accept"}
        response = RedirectResponse(f"{root_of(request)}/editor", 303, headers=headers)
    else:
        values = _blank("") | {"truth": None, "table": Table((), ()), "answered": ""}
        response = render(request, "sparql_answer.html", values)
    await _send(response, scope)


async def _send(response: Response, scope: Scope) -> None:
    await response(scope, _nothing_more, coded(scope, scope[EXCHANGE].send))


async def _nothing_more() -> Message:
    return {"type": "http.request", "body": b"", "more_body": False}


def _blank(text: str) -> dict[str, Any]:
    return {
        "text": text,
        "problem": None,
        "graph": None,
        "truth": None,
        "table": None,
        "capped": False,
        "downloads": (),
    }


def _graph(content: bytes, _form: Form) -> dict[str, Any]:
    return {"graph": content.decode("utf-8", errors="replace")}


def _table(content: bytes, form: Form) -> dict[str, Any]:
    if form == "ASK":
        return {"truth": orjson.loads(content)["boolean"]}
    return {"table": read_table(content)}


async def _read(answer: Answer) -> bytes:
    parts, size = [], 0
    async for chunk in answer.chunks:
        parts.append(chunk)
        size += len(chunk)
        if size > _LARGEST:
            await _close(answer)
            detail = "the answer is too large for a page; ask for it as CSV or in another format"
            raise ProblemError(Problem("not-acceptable", detail))
    return b"".join(parts)


async def _close(answer: Answer) -> None:
    closing: Any = getattr(answer.chunks, "aclose", None)
    if closing is not None:
        await closing()


def _downloads(request: Request, question: Question, files: Sequence[str]) -> list[tuple[str, str]]:
    """Return the name and address of each file of the whole answer; none if they are too long."""
    asked = [
        ("query", question.text),
        *(("default-graph-uri", graph) for graph in question.default_graphs),
        *(("named-graph-uri", graph) for graph in question.named_graphs),
        *([("release", question.release)] if question.release else []),
    ]
    encoded = urlencode(asked)
    if len(encoded) > _LONGEST_LINK:
        return []
    address = f"{root_of(request)}/sparql?{encoded}&format="
    return [(name, address + name) for name in files]
