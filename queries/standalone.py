"""A named question as a text that can be asked anywhere: its values stand in the text itself."""

import re
from collections.abc import Mapping
from types import MappingProxyType

from queries.catalogue import NamedQuery, ParameterKind

_ESCAPES = str.maketrans(
    {"\\": r"\\", '"': r"\"", "\n": r"\n", "\r": r"\r", "\t": r"\t", "\b": r"\b", "\f": r"\f"}
)
_SEARCH = re.compile(r"SERVICE\s+cancuf:search\s*\{[^{}]*\}")
_VARIABLE = re.compile(r"\?(\w+)")
_PREFIX = re.compile(r"(?<![\w:/<])([a-z][\w-]*):\w")
_XSD_DATE = "<http://www.w3.org/2001/XMLSchema#date>"


def standalone(
    query: NamedQuery,
    bound: Mapping[str, tuple[ParameterKind, str]],
    prefixes: Mapping[str, str] = MappingProxyType({}),
) -> str:
    """Return a question's SPARQL text with its parameters bound in a VALUES clause.

    The clause opens the outermost group, so that every filter of that group sees the values: the
    answer is the one that `bound` gives with the text as it stands. A full-text search is answered
    before the rest, so its words stand in it themselves. The header keeps the summary alone.

    Args:
        query: the question.
        bound: what `queries.catalogue.bind` returns.
        prefixes: namespaces that our engine knows without being told; the text declares those
            that it uses.
    """
    body = "\n".join(line for line in query.text.splitlines() if not line.startswith("#+")).strip()
    if bound:
        head, brace, rest = _SEARCH.sub(lambda block: _filled(block[0], bound), body).partition("{")
        body = f"{head}{brace}\n  {_values(bound)}{rest}"
    return f"# {query.summary}\n{_declared(body, prefixes)}{body}\n"


def _filled(block: str, bound: Mapping[str, tuple[ParameterKind, str]]) -> str:
    return _VARIABLE.sub(lambda v: _term(*bound[v[1]]) if v[1] in bound else v[0], block)


def _declared(body: str, prefixes: Mapping[str, str]) -> str:
    """Return the declarations that a text lacks."""
    used = dict.fromkeys(_PREFIX.findall(body))
    return "".join(
        f"PREFIX {prefix}: <{prefixes[prefix]}>\n"
        for prefix in used
        if prefix in prefixes and f"PREFIX {prefix}:" not in body
    )


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
