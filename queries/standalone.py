"""A named question as a text that can be asked anywhere: its values stand in the text itself."""

from collections.abc import Mapping

from queries.catalogue import NamedQuery, ParameterKind

_ESCAPES = str.maketrans(
    {"\\": r"\\", '"': r"\"", "\n": r"\n", "\r": r"\r", "\t": r"\t", "\b": r"\b", "\f": r"\f"}
)
_XSD_DATE = "<http://www.w3.org/2001/XMLSchema#date>"


def standalone(query: NamedQuery, bound: Mapping[str, tuple[ParameterKind, str]]) -> str:
    """Return a question's SPARQL text with its parameters bound in a VALUES clause.

    The clause opens the outermost group, so that every filter of that group sees the values: the
    answer is the one that `bound` gives with the text as it stands. The header keeps the summary
    alone.

    Args:
        query: the question.
        bound: what `queries.catalogue.bind` returns.
    """
    body = "\n".join(line for line in query.text.splitlines() if not line.startswith("#+")).strip()
    if bound:
        head, brace, rest = body.partition("{")
        body = f"{head}{brace}\n  {_values(bound)}{rest}"
    return f"# {query.summary}\n{body}\n"


def _values(bound: Mapping[str, tuple[ParameterKind, str]]) -> str:
    if len(bound) == 1:
        ((name, value),) = bound.items()
        return f"VALUES ?{name} {{ {_term(*value)} }}"
    names = " ".join(f"?{name}" for name in bound)
    terms = " ".join(_term(*value) for value in bound.values())
    return f"VALUES ({names}) {{ ({terms}) }}"


def _term(kind: ParameterKind, value: str) -> str:
    match kind:
        case "iri":
            return f"<{value}>"
        case "integer":
            return value
        case "date":
            return f'"{value}"^^{_XSD_DATE}'
        case "string":
            return f'"{value.translate(_ESCAPES)}"'
