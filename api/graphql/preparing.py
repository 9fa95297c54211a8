"""Documents: parsed, looked at, validated; and the operations in them."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from graphql import (
    DocumentNode,
    FragmentDefinitionNode,
    GraphQLError,
    GraphQLSyntaxError,
    OperationDefinitionNode,
    OperationType,
    parse,
    print_ast,
    validate,
)

from api.graphql.limits import RequestLimits, check_document, check_text
from api.graphql.problems import BadRequestError, RequestError
from api.graphql.schema import CORE

SYNTAX, INVALID = "SYNTAX", "INVALID"
BAD_VARIABLES, BAD_ARGUMENT = "BAD_VARIABLES", "BAD_ARGUMENT"
MOST_ERRORS = 10


class DocumentError(RequestError):
    """A document that is not GraphQL, or does not fit the schema.

    Attributes:
        errors: each as clients see it, with its place. graphql-core's own hold the whole document.
    """

    def __init__(self, errors: Sequence[GraphQLError], code: str) -> None:
        super().__init__(errors[0].message)
        self.code = code
        self.errors = [_placed(error, code) for error in errors]


def _placed(error: GraphQLError, code: str) -> dict[str, Any]:
    shown: dict[str, Any] = {"message": error.message, "extensions": {"code": code}}
    if error.locations:
        shown["locations"] = [place.formatted for place in error.locations]
    return shown


@dataclass
class Prepared:
    """A document that may be run.

    Attributes:
        text: as it came.
        document: its tree.
        operations: by name; "" for one without.
        fragments: by name.
    """

    text: str
    document: DocumentNode
    operations: dict[str, OperationDefinitionNode]
    fragments: dict[str, FragmentDefinitionNode]

    @cached_property
    def canonical(self) -> str:
        """The document without what means nothing: comments and blanks."""
        return print_ast(self.document)


def prepared_of(text: str, limits: RequestLimits) -> Prepared:
    """Parse a document, look at its size, and validate it.

    Raises:
        DocumentError: it is no GraphQL or does not fit the schema.
        LimitError: it is too large in one way or another.
    """
    check_text(text, limits)
    try:
        document = parse(text, no_location=False, max_tokens=limits.tokens)
    except GraphQLSyntaxError as error:
        raise DocumentError([error], SYNTAX) from error
    check_document(document, limits)
    errors = validate(CORE, document, max_errors=MOST_ERRORS)
    if errors:
        raise DocumentError(errors, INVALID)
    operations = {
        node.name.value if node.name else "": node
        for node in document.definitions
        if isinstance(node, OperationDefinitionNode)
    }
    fragments = {
        node.name.value: node
        for node in document.definitions
        if isinstance(node, FragmentDefinitionNode)
    }
    return Prepared(text, document, operations, fragments)


def operation_of(prepared: Prepared, name: str | None) -> OperationDefinitionNode:
    """Return the operation that is meant.

    Raises:
        BadRequestError: there is none of that name, or several and no name.
    """
    if name:
        if name not in prepared.operations:
            message = f"the document has no operation `{name[:100]}`"
            raise BadRequestError(message)
        return prepared.operations[name]
    if len(prepared.operations) != 1:
        message = "the document has several operations: `operationName` must say which"
        if not prepared.operations:
            message = "the document has no operation"
        raise BadRequestError(message)
    return next(iter(prepared.operations.values()))


def is_query(prepared: Prepared, name: str | None) -> bool:
    """Tell whether an operation only reads."""
    return operation_of(prepared, name).operation is OperationType.QUERY


def name_of(operation: OperationDefinitionNode) -> str:
    """Return the name of an operation; "" if it has none."""
    return operation.name.value if operation.name else ""
