"""What a query is, and whether it is run at all; told from its words, without the database."""

import re
from dataclasses import dataclass
from typing import Literal, get_args

from graph.engine.asking import GraphFormat, TableFormat
from graph.engine.limits import Limits
from graph.errors import FormatError, QuerySyntaxError

Form = Literal["SELECT", "ASK", "CONSTRUCT", "DESCRIBE"]


@dataclass(frozen=True, slots=True)
class Examined:
    """What the words of a query tell.

    Attributes:
        form: SELECT, ASK, CONSTRUCT or DESCRIBE.
        has_dataset: whether it names graphs of its own: FROM or FROM NAMED.
        searches: whether it has a `SERVICE cancu:search` block, to be rewritten.
    """

    form: Form
    has_dataset: bool
    searches: bool


def examine(text: str, limits: Limits) -> Examined:
    """Tell what a query is."""
    match = re.search(r"\b(SELECT|ASK|CONSTRUCT|DESCRIBE)\b", text, re.I)
    if match is None:
        raise QuerySyntaxError("no query")
    return Examined(match[1].upper(), bool(re.search(r"\bFROM\b", text, re.I)), False)


def check_format(form: Form, answer_format: str) -> None:
    """Tell whether an answer can be written so.

    Raises:
        FormatError: it cannot.
    """
    is_table = form in ("SELECT", "ASK")
    formats = get_args(TableFormat if is_table else GraphFormat)
    if answer_format not in formats:
        message = (
            f"the answer to {form} is a {'table' if is_table else 'graph'} and can be written as "
            f"{', '.join(formats)}, not as {answer_format!r}"
        )
        raise FormatError(message)
