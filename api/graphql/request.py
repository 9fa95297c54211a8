"""GraphQL over HTTP: reading a request.

https://graphql.github.io/graphql-over-http/draft/ — GET and POST, one operation or a bounded batch,
a document by its text or by the digest of one that is known.
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

import orjson

from api.graphql.problems import BadRequestError, LimitError

_JSON = "application/json"
_DIGEST = re.compile(r"(?:sha256:)?([0-9a-f]{64})")
_MOST_PARAMETERS = 20


@dataclass(frozen=True, slots=True)
class Asked:
    """One operation that is asked for.

    Attributes:
        query: the document; "" if only its digest is given.
        digest: SHA-256 of the document, in hexadecimal; "" if none is given.
        operation: its name, if one is given.
        variables: by name.
        wants_cost: whether the answer is to say what it cost.
    """

    query: str
    digest: str
    operation: str | None
    variables: Mapping[str, Any]
    wants_cost: bool = False


@dataclass(frozen=True, slots=True)
class Request:
    """What a request asks for.

    Attributes:
        asked: its operations.
        is_batch: whether they came as a list, so that the answers go as a list.
        by_get: whether it came by GET: only queries, and kept by caches.
    """

    asked: tuple[Asked, ...]
    is_batch: bool = False
    by_get: bool = field(default=False)


def parse_get(query_string: bytes) -> Request:
    """Read a request by GET.

    Raises:
        BadRequestError: a parameter is no JSON, or not of its kind.
    """
    try:
        pairs = parse_qsl(
            query_string.decode("ascii"),
            keep_blank_values=True,
            errors="strict",
            max_num_fields=_MOST_PARAMETERS,
        )
    except (ValueError, UnicodeDecodeError) as error:
        message = "the query string cannot be read"
        raise BadRequestError(message) from error
    given: dict[str, Any] = dict(pairs)
    if len(given) != len(pairs):
        message = "a parameter is given twice"
        raise BadRequestError(message)
    for name in ("variables", "extensions"):
        if given.get(name):
            given[name] = _json(given[name].encode(), f"the parameter `{name}`")
        else:
            given.pop(name, None)
    if "documentId" not in given and "id" in given:
        given["documentId"] = given["id"]
    return Request((_asked(given),), by_get=True)


def parse_post(content_type: str, body: bytes, most: int) -> Request:
    """Read a request by POST.

    Args:
        content_type: the header.
        body: the bytes, not compressed.
        most: how many operations a batch may have.

    Raises:
        BadRequestError: it is no JSON, or no request.
        LimitError: the batch is too long.
    """
    media_type, _, parameters = content_type.partition(";")
    if media_type.strip().lower() != _JSON:
        shown = media_type.strip()[:100] or "nothing"
        message = f"the body must be {_JSON}, not {shown}"
        raise BadRequestError(message, 415)
    charset = re.search(r"charset\s*=\s*\"?([\w-]+)", parameters, re.IGNORECASE)
    if charset and charset[1].lower() not in {"utf-8", "utf8"}:
        message = f"the body must be UTF-8, not {charset[1][:50]}"
        raise BadRequestError(message, 415)
    given = _json(body, "the body")
    if not isinstance(given, list):
        return Request((_asked(given),))
    if not given:
        message = "the batch is empty"
        raise BadRequestError(message)
    if len(given) > most:
        limit = "number of operations"
        raise LimitError(limit, most, len(given))
    return Request(tuple(_asked(one) for one in given), is_batch=True)


def digest_of(text: str) -> str:
    """Return the digest by which a document is known."""
    return hashlib.sha256(text.encode()).hexdigest()


def _json(data: bytes, what: str) -> Any:  # noqa: ANN401 - any JSON value
    try:
        return orjson.loads(data)  # refuses invalid UTF-8 and deep nesting
    except orjson.JSONDecodeError as error:
        message = f"{what} is not JSON: {error.msg}"
        raise BadRequestError(message) from error


def _asked(given: Any) -> Asked:  # noqa: ANN401 - any JSON value
    if not isinstance(given, dict):
        message = "a request must be a JSON object"
        raise BadRequestError(message)
    query = _text(given, "query")
    variables = _mapping(given, "variables")
    extensions = _mapping(given, "extensions")
    persisted = extensions.get("persistedQuery")
    digest = _text(given, "documentId")
    if isinstance(persisted, dict):
        digest = _text(persisted, "sha256Hash") or digest
    if not query and not digest:
        message = "the request has no `query`"
        raise BadRequestError(message)
    return Asked(
        query=query,
        digest=_digest(digest),
        operation=_text(given, "operationName") or None,
        variables=variables,
        wants_cost=bool(extensions.get("cost")),
    )


def _text(given: Mapping[str, Any], name: str) -> str:
    value = given.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        message = f"`{name}` must be a string"
        raise BadRequestError(message)
    return value


def _mapping(given: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    value = given.get(name)
    if value is None:
        return {}
    if not isinstance(value, dict):
        message = f"`{name}` must be a JSON object"
        raise BadRequestError(message)
    return value


def _digest(text: str) -> str:
    if not text:
        return ""
    found = _DIGEST.fullmatch(text.lower())
    if found is None:
        message = "a document is known by its SHA-256: `sha256:` and 64 hexadecimal digits"
        raise BadRequestError(message)
    return found[1]
