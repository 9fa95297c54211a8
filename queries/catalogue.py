"""Named questions: a SPARQL file each, whose header says what it answers and takes.

A header is a row of `#+` comments before the first keyword:

    #+ summary: Tasks that an agency leads
    #+ description: One row a task, in the order of the documents.
    #+ audience: researcher
    #+ parameter: agency | string | Sở Khoa học và Công nghệ | Name of the agency, as in the graph
    #+ summary_vi: Nhiệm vụ mà một cơ quan chủ trì
    #+ description_vi: Mỗi dòng là một nhiệm vụ, theo thứ tự của các văn bản.
    #+ parameter_vi: agency | Tên cơ quan, như trong đồ thị

A parameter is a variable of the query (`?agency`): to ask the question is to bind it to a value,
either the caller's or the default in the third column. Kinds: string, integer, date, iri.
"""

import datetime
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Literal, cast, get_args

ParameterKind = Literal["string", "integer", "date", "iri"]
Audience = Literal["researcher", "developer", "auditor"]

_HEADER = re.compile(r"^#\+\s*(\w+):\s*(.*)$")
_COLUMNS = 4  # of a parameter line
_FORMS = {
    "integer": re.compile(r"[+-]?[0-9]{1,18}"),
    "date": re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"),
    "iri": re.compile(r"https?://[^\x00-\x20<>\"{}|\\^`]+"),
}
# `python -m queries` writes what follows this into docs/queries.md.
_PAGE = """# Named questions

Each is a SPARQL file in `queries/` and is asked by its name:

```
cancu query --name tasks_of_agency --param "agency=Sở Tài chính"
```

A parameter that is not given has its default. The answers on the shipped documents stand in
`tests/queries/expected`.
"""


class UnknownQueryError(LookupError):
    """There is no question of that name in the catalogue."""


class ParameterError(ValueError):
    """A parameter that the question does not take, or a value that is not of its kind.

    Attributes:
        parameter: its name.
    """

    def __init__(self, parameter: str, reason: str) -> None:
        super().__init__(reason)
        self.parameter = parameter


@dataclass(frozen=True, slots=True)
class Parameter:
    """A variable that the asker may set.

    Attributes:
        name: the variable without its question mark.
        kind: what its value must look like.
        default: the value if none is given, as written in the header.
        description: one sentence.
        description_vi: the same in Vietnamese; "" if nobody wrote it.
    """

    name: str
    kind: ParameterKind
    default: str
    description: str
    description_vi: str = ""


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """A question of the catalogue.

    Attributes:
        name: the file's name without its ending.
        summary: one line.
        description: what a row is, in what order, what to mind.
        audience: whose question it is.
        parameters: what can be set, in the order of the header.
        text: the SPARQL text, header included.
        summary_vi: the summary in Vietnamese; "" if nobody wrote it.
        description_vi: the description in Vietnamese.
    """

    name: str
    summary: str
    description: str
    audience: Audience
    parameters: tuple[Parameter, ...]
    text: str
    summary_vi: str = ""
    description_vi: str = ""


def named_queries() -> list[NamedQuery]:
    """Return every question of the catalogue, by name."""
    return list(_catalogue())


def named_query(name: str) -> NamedQuery:
    """Return one question.

    Raises:
        UnknownQueryError: no question has that name; the message lists those that exist.
    """
    queries = {query.name: query for query in named_queries()}
    if name not in queries:
        message = f"no query named {name!r}; there are: {', '.join(queries)}"
        raise UnknownQueryError(message)
    return queries[name]


def parse_query(name: str, text: str) -> NamedQuery:
    """Read a question's header.

    Raises:
        ValueError: a header line is missing or malformed.
    """
    header: defaultdict[str, list[str]] = defaultdict(list)
    for key, value in _header_lines(text):
        header[key].append(value)
    for key in ("summary", "description", "audience"):
        if key not in header:
            message = f"{name}.rq: the header lacks '#+ {key}:'"
            raise ValueError(message)
    audience = header["audience"][0]
    if audience not in get_args(Audience):
        message = f"{name}.rq: {audience!r} is no audience"
        raise ValueError(message)
    translated = dict(_translation(name, line) for line in header["parameter_vi"])
    return NamedQuery(
        name=name,
        summary=header["summary"][0],
        description=" ".join(header["description"]),
        audience=cast("Audience", audience),
        parameters=tuple(_parameter(name, line, translated) for line in header["parameter"]),
        text=text,
        summary_vi=" ".join(header["summary_vi"]),
        description_vi=" ".join(header["description_vi"]),
    )


def bind(query: NamedQuery, values: Mapping[str, str]) -> dict[str, tuple[ParameterKind, str]]:
    """Return each parameter's kind and value, the defaults filled in.

    Raises:
        ParameterError: an unknown parameter, or a value that is not of its kind.
    """
    known = {parameter.name: parameter for parameter in query.parameters}
    for name in values:
        if name not in known:
            takes = ", ".join(known) or "none"
            message = f"query {query.name} takes no parameter {name!r}; it takes: {takes}"
            raise ParameterError(name, message)
    return {
        name: (parameter.kind, _checked(parameter, values.get(name, parameter.default)))
        for name, parameter in known.items()
    }


@cache
def _catalogue() -> tuple[NamedQuery, ...]:
    return tuple(
        parse_query(file.name.removesuffix(".rq"), file.read_text(encoding="utf-8"))
        for file in sorted(resources.files("queries").iterdir(), key=lambda file: file.name)
        if file.name.endswith(".rq")
    )


def page() -> str:
    """Return the page of the documentation that lists every question, by whose question it is."""
    parts = [_PAGE]
    queries = named_queries()
    for audience in get_args(Audience):
        parts.append(f"## For {audience}s\n")
        parts += (_entry(query) for query in queries if query.audience == audience)
    return "\n".join(parts)


def _entry(query: NamedQuery) -> str:
    lines = [f"### {query.name}\n", f"**{query.summary}** {query.description}\n"]
    for p in query.parameters:
        lines.append(f"- `{p.name}` ({p.kind}, by default `{p.default}`): {p.description}")
    return "\n".join([*lines, ""] if query.parameters else lines)


def _header_lines(text: str) -> Iterator[tuple[str, str]]:
    for line in text.splitlines():
        if match := _HEADER.match(line):
            yield match.group(1), match.group(2).strip()


def _parameter(query: str, line: str, translated: Mapping[str, str]) -> Parameter:
    columns = [column.strip() for column in line.split("|", 3)]
    if len(columns) != _COLUMNS or columns[1] not in get_args(ParameterKind):
        message = f"{query}.rq: no parameter line (name | kind | default | description): {line!r}"
        raise ValueError(message)
    name, kind, default, description = columns
    words = translated.get(name, "")
    return Parameter(name, cast("ParameterKind", kind), default, description, words)


def _translation(query: str, line: str) -> tuple[str, str]:
    name, bar, words = line.partition("|")
    if not bar:
        message = f"{query}.rq: no translation of a parameter (name | words): {line!r}"
        raise ValueError(message)
    return name.strip(), words.strip()


def _checked(parameter: Parameter, value: str) -> str:
    form = _FORMS.get(parameter.kind)
    fits = form is None or form.fullmatch(value) is not None
    if not fits or (parameter.kind == "date" and not _is_day(value)):
        message = f"parameter {parameter.name!r} must be of kind {parameter.kind}, not {value!r}"
        raise ParameterError(parameter.name, message)
    return value


def _is_day(value: str) -> bool:
    """Tell whether a date is one of the calendar: a filter on "2025-02-30" would find nothing."""
    try:
        datetime.date.fromisoformat(value)
    except ValueError:
        return False
    return True
