"""From an HTTP request to what it asks: the operations of SPARQL 1.1 Protocol, section 2.

The protocol's own parameters are `query`, `default-graph-uri` and `named-graph-uri`; `format`,
`timeout`, `maxrows` and `release` are ours. Parameters that we do not know are ignored: tools send
many.
"""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import unquote_to_bytes

from api.problems import Problem, ProblemError, bad_request
from graph.errors import UnknownReleaseError
from graph.releases import is_release_id

FORM_TYPE = "application/x-www-form-urlencoded"
QUERY_TYPE = "application/sparql-query"
UPDATE_TYPE = "application/sparql-update"
TIMEOUT_HEADER = b"cancu-timeout"

_MOST_PARAMETERS = 1000
_ONCE = ("timeout", "maxrows", "release")
_OF_UPDATES = frozenset(("update", "using-graph-uri", "using-named-graph-uri"))
_OPERATIONS = _OF_UPDATES | {"query"}
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|\\^`]*")
_CHARSETS = frozenset({"utf-8", "utf8", "us-ascii", "ascii"})

_ESCAPES = [(b"%%%02X" % sign, bytes([sign])) for sign in b' :/?<>{}#\n"(),;=@']

Parameters = dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class SparqlRequest:
    """What a request asks.

    Attributes:
        text: the query.
        default_graphs: IRIs from `default-graph-uri`.
        named_graphs: IRIs from `named-graph-uri`.
        wanted: the value of `format`.
        seconds: the lower time limit that the client sets.
        most_rows: where the client wants its answer capped.
        release: the release that it wants asked.
    """

    text: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    wanted: str | None = None
    seconds: float | None = None
    most_rows: int | None = None
    release: str | None = None


def parse_get(query_string: bytes, headers: Mapping[bytes, bytes]) -> SparqlRequest | None:
    """Return what a GET asks; None if it has no query, and so wants the service described.

    Raises:
        ProblemError: it cannot be understood.
    """
    parameters = _parameters(query_string)
    if parameters.keys().isdisjoint(_OPERATIONS):
        return None
    return _request(parameters, headers)


def parse_post(
    query_string: bytes, headers: Mapping[bytes, bytes], body: bytes
) -> SparqlRequest | None:
    """Return what a POST asks, whether it is a form or a query by itself.

    Raises:
        ProblemError: it cannot be understood, or its media type is another.
    """
    kind = _body_type(headers)
    parameters = _parameters(query_string)
    if kind == UPDATE_TYPE:
        raise _read_only()
    if kind == QUERY_TYPE:
        parameters.setdefault("query", []).append(_text(body))
    elif kind == FORM_TYPE:
        for name, values in _parameters(body).items():
            parameters.setdefault(name, []).extend(values)
    else:
        supported = [FORM_TYPE, QUERY_TYPE]
        detail = f"a body of {kind!r} is not understood" if kind else "Content-Type is missing"
        raise ProblemError(Problem("media-type", detail, {"supported": supported}))
    return _request(parameters, headers)


def is_iri(text: str) -> bool:
    """Tell whether a text can stand between < and > and is absolute."""
    return _IRI.fullmatch(text) is not None


def release_named(text: str | None) -> str | None:
    """Return the release that a parameter names.

    Raises:
        UnknownReleaseError: no release can have that name.
    """
    if not text:
        return None
    if not is_release_id(text):
        raise UnknownReleaseError(text[:100])
    return text


def _body_type(headers: Mapping[bytes, bytes]) -> str:
    if headers.get(b"content-encoding", b"identity").strip().lower() != b"identity":
        detail = "a compressed body is not accepted"
        plain = ((b"accept-encoding", b"identity"),)
        raise ProblemError(Problem("media-type", detail, {}, plain))
    kind, _, parameter = headers.get(b"content-type", b"").decode("latin-1").partition(";")
    name, _, charset = parameter.partition("=")
    if name.strip().lower() == "charset" and charset.strip(' "').lower() not in _CHARSETS:
        detail = f"the body must be UTF-8, not {charset.strip()}"
        raise ProblemError(Problem("media-type", detail, {"supported": ["utf-8"]}))
    return kind.strip().lower()


def _parameters(encoded: bytes) -> Parameters:
    """Read what a form or an address has, as `urllib.parse.parse_qsl` does in twice the time."""
    parts = encoded.split(b"&")
    if len(parts) > _MOST_PARAMETERS:
        message = f"there are more than {_MOST_PARAMETERS} parameters"
        raise bad_request(message)
    parameters: Parameters = {}
    try:
        encoded.decode("ascii")
        for part in filter(None, parts):
            name, _, value = part.partition(b"=")
            parameters.setdefault(_unquoted(name), []).append(_unquoted(value))
    except UnicodeDecodeError as error:
        message = "the parameters are not UTF-8 in percent-encoding"
        raise bad_request(message) from error
    return parameters


def _unquoted(encoded: bytes) -> str:
    """Undo percent-encoding, that of the commonest signs first: the rest takes its time.

    None of them is a percent sign or a digit that another escape could go on with.
    """
    text = encoded.replace(b"+", b" ")
    if b"%" in text:
        for escape, sign in _ESCAPES:
            text = text.replace(escape, sign)
        if b"%" in text:
            text = unquote_to_bytes(text)
    return text.decode("utf-8")


def _text(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        message = f"the query is not UTF-8: {error.reason} at byte {error.start}"
        raise bad_request(message) from error


def _request(parameters: Parameters, headers: Mapping[bytes, bytes]) -> SparqlRequest:
    if not parameters.keys().isdisjoint(_OF_UPDATES):
        raise _read_only()
    text = _single(parameters, "query")
    if text is None:
        message = "the parameter `query` is missing"
        raise bad_request(message)
    text = text.removeprefix("\ufeff")  # editors begin a file with it
    if len(parameters) == 1 and TIMEOUT_HEADER not in headers:
        return SparqlRequest(text)  # as most are: to look for all the rest takes as long as to ask
    once = {name: _single(parameters, name) for name in _ONCE}
    header = headers.get(TIMEOUT_HEADER, b"").decode("latin-1") or None
    return SparqlRequest(
        text=text,
        default_graphs=_graphs(parameters, "default-graph-uri"),
        named_graphs=_graphs(parameters, "named-graph-uri"),
        # SPARQLWrapper names a format twice, in two spellings, or once and with nothing.
        wanted=next(filter(None, parameters.get("format", ())), None),
        seconds=_seconds(once["timeout"] or header),
        most_rows=_rows(once["maxrows"]),
        release=release_named(once["release"]),
    )


def _single(parameters: Parameters, name: str) -> str | None:
    values = parameters.get(name, [])
    if len(values) > 1:
        message = f"the parameter `{name}` is there {len(values)} times; once is right"
        raise bad_request(message)
    return values[0] if values else None


def _graphs(parameters: Parameters, name: str) -> tuple[str, ...]:
    graphs = tuple(dict.fromkeys(parameters.get(name, ())))
    for graph in graphs:
        if not is_iri(graph):
            message = f"`{name}` takes an absolute IRI, not {graph[:200]!r}"
            raise bad_request(message)
    return graphs


def _seconds(text: str | None) -> float | None:
    if not text:
        return None
    try:
        seconds = float(text)
    except ValueError:
        seconds = math.nan
    if not 0 < seconds < math.inf:
        message = f"`timeout` takes seconds, such as 5 or 0.5, not {text[:50]!r}"
        raise bad_request(message)
    return seconds


def _rows(text: str | None) -> int | None:
    if not text:
        return None
    if not re.fullmatch(r"[0-9]{1,18}", text) or not int(text):
        message = f"`maxrows` takes a number of rows from 1, not {text[:50]!r}"
        raise bad_request(message)
    return int(text)


def _read_only() -> ProblemError:
    return ProblemError(Problem("forbidden", "this server only reads: there are no updates here"))
