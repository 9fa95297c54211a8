"""Why a request is not answered; each error has a code that clients can rely on.

RequestError
├── BadRequestError       the request is not GraphQL over HTTP
├── BadArgumentError      an argument has a value that means nothing
├── LimitError            the request would take more than it may
└── UnknownDocumentError  a persisted document is not known here
"""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Self

from graph.errors import (
    BrokenAnswerError,
    GraphError,
    NoIndexError,
    OverloadedError,
    QueryResourceError,
    QueryTimeoutError,
    RefusedQueryError,
    StoreError,
    UnknownReleaseError,
)
from queries.catalogue import ParameterError, UnknownQueryError

# Where in a query of ours a search stands means nothing to who asked in GraphQL.
_PLACE = re.compile(r"this search is refused at line \d+, column \d+: ")
# The worker that searches tells it as a reason to refuse.
_NO_INDEX = str(NoIndexError(Path()).reason)
# What an error of the store means to a client, by class: the first that fits.
_CODES: tuple[tuple[type[Exception], str], ...] = (
    (OverloadedError, "OVERLOADED"),
    (QueryTimeoutError, "TIMEOUT"),
    (QueryResourceError, "TOO_LARGE"),
    (BrokenAnswerError, "TOO_LARGE"),
    (RefusedQueryError, "BAD_ARGUMENT"),
    (UnknownReleaseError, "RELEASE_GONE"),
    (StoreError, "NOT_READY"),
    (ParameterError, "BAD_ARGUMENT"),
    (UnknownQueryError, "BAD_ARGUMENT"),
)
CODES: Mapping[str, str] = {
    "BAD_REQUEST": "The request is not GraphQL over HTTP.",
    "SYNTAX": "The document is not GraphQL.",
    "INVALID": "The document does not fit the schema.",
    "BAD_VARIABLES": "The variables do not fit the operation.",
    "BAD_ARGUMENT": "An argument has a value that means nothing.",
    "LIMIT": "The request would take more than it may: `limit`, `allowed` and `cost` say what.",
    "DOCUMENT_NOT_FOUND": "No document with that id is kept here: send it once with its text.",
    "DOCUMENT_NOT_TRUSTED": "This server runs only the documents it was given.",
    "OVERLOADED": "Too many questions wait; ask again.",
    "TIMEOUT": "The store did not answer in time.",
    "TOO_LARGE": "The answer took more memory than it may.",
    "RELEASE_GONE": "The release was removed while it was read; ask again.",
    "NOT_READY": "There is no release to read.",
    "NO_INDEX": "The release has no index of texts that this version reads: load it anew.",
    "INTERNAL": "The server made a mistake.",
}


class RequestError(Exception):
    """A request that is not answered.

    Attributes:
        code: one of `CODES`.
        status: of the HTTP answer in the media type of GraphQL.
        extensions: what else the error says.
    """

    code = "BAD_REQUEST"
    status = 400

    def __init__(self, message: str, **extensions: object) -> None:
        super().__init__(message)
        self.extensions = extensions

    def again(self) -> Self:
        """Return the same error as if it had never been raised.

        What was raised holds on to all that its frames held: a whole document, a whole request.
        """
        fresh = type(self).__new__(type(self))
        fresh.args = self.args
        fresh.__dict__.update(self.__dict__)
        return fresh


class BadRequestError(RequestError):
    """The request is not GraphQL over HTTP."""

    def __init__(self, message: str, status: int = 400) -> None:
        super().__init__(message)
        self.status = status


class BadArgumentError(RequestError):
    """An argument has a value that means nothing."""

    code = "BAD_ARGUMENT"


class LimitError(RequestError):
    """A request that would take more than it may.

    Attributes in `extensions`: limit, allowed, cost.
    """

    code = "LIMIT"

    def __init__(self, limit: str, allowed: int, cost: int, status: int = 400) -> None:
        message = f"the request's {limit} is {cost}; at most {allowed} is allowed"
        super().__init__(message, limit=limit, allowed=allowed, cost=cost)
        self.status = status


class UnknownDocumentError(RequestError):
    """A persisted document that is not known here."""

    code = "DOCUMENT_NOT_FOUND"


class UntrustedDocumentError(RequestError):
    """A document that this server was not given."""

    code = "DOCUMENT_NOT_TRUSTED"
    status = 403


def error_of(error: Exception) -> dict[str, Any]:
    """Return what a client is told of an error: never more than it needs."""
    if isinstance(error, RequestError):
        return {
            "message": str(error),
            "extensions": {"code": error.code} | error.extensions,
        }
    code = next((code for kind, code in _CODES if isinstance(error, kind)), "INTERNAL")
    known = code != "INTERNAL" and isinstance(
        error, GraphError | ParameterError | UnknownQueryError
    )
    message = str(error.args[0]) if known and error.args else CODES[code]
    message = _PLACE.sub("", message)
    if code == "BAD_ARGUMENT" and message == _NO_INDEX:
        return {"message": CODES["NO_INDEX"], "extensions": {"code": "NO_INDEX"}}
    if isinstance(error, StoreError):  # its message names a path of this machine
        message = CODES[code]
    return {"message": message, "extensions": {"code": code}}
