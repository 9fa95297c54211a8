"""IRIs as people write and read them, and terms read back.

A prefixed name (`cancu:Task`) where the vocabulary has a prefix; else an IRI in angle brackets, and
within them our own resources by their path alone: `<eli/vn/cp/nq/2025/3>`.
"""

import inspect
import re

import pyoxigraph as ox

from graph.errors import TermError
from graph.terms import Term, node
from ontology import terms

_ODD = {"PPLAN": "p-plan", "SDMX": "sdmx-m"}
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
OWL = "http://www.w3.org/2002/07/owl#"

# The usual prefix of each vocabulary that the graph uses.
PREFIXES: dict[str, str] = {
    "rdf": _RDF,
    "rdfs": RDFS,
    "owl": OWL,
    "xsd": terms.XSD,
    **{
        _ODD.get(name, name.lower()): str(vars(vocabulary)["NS"])
        for name, vocabulary in inspect.getmembers(terms, inspect.isclass)
    },
}
_STRING = f"{terms.XSD}string"
_LOCAL = re.compile(r"[A-Za-z_][\w-]*")
_PREFIXED = re.compile(r"(?P<prefix>[a-z][a-z0-9-]*):(?P<local>[\w./-]+)")
_LITERAL = re.compile(
    r'"(?P<words>(?:[^"\\]|\\.)*)"(?:@(?P<language>[A-Za-z-]+)|\^\^(?P<type>\S+))?', re.DOTALL
)
_ABSOLUTE = re.compile(r"https?://[^\s<>\"]+|urn:[^\s<>\"]+")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_ESCAPED = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)
_ESCAPES = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}


def short(term: Term) -> str:
    """Return a term as Turtle has it, with a prefixed name where there is one."""
    if isinstance(term, ox.NamedNode):
        return short_iri(term.value)
    if isinstance(term, ox.Literal) and not term.language and term.datatype.value != _STRING:
        return f"{ox.Literal(term.value)}^^{short_iri(term.datatype.value)}"
    return str(term)


def short_iri(iri: str) -> str:
    """Return an IRI as a prefixed name, in angle brackets if there is none."""
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace) and _LOCAL.fullmatch(iri[len(namespace) :]):
            return f"{prefix}:{iri[len(namespace) :]}"
    return f"<{iri.removeprefix(terms.BASE)}>"


def parse_term(text: str) -> ox.NamedNode | ox.Literal:
    """Read a term: an IRI with or without angle brackets, a prefixed name, or a literal.

    Quotes around a literal may be left out where the words can be taken for nothing else; `a` is
    rdf:type, as in Turtle.

    Raises:
        TermError: a prefix is not known, or an IRI is no IRI.
    """
    text = text.strip()
    if text == "a":
        return node(terms.RDF_TYPE)
    if literal := _LITERAL.fullmatch(text):
        return _literal(literal)
    if text.startswith("<") and text.endswith(">"):
        iri = text[1:-1]
        return _node(iri if _SCHEME.match(iri) else f"{terms.BASE}{iri}")
    if _ABSOLUTE.fullmatch(text):
        return _node(text)
    if name := _PREFIXED.fullmatch(text):
        return _node(_expanded(name["prefix"], name["local"]))
    return ox.Literal(text)


def _literal(match: re.Match[str]) -> ox.Literal:
    words = _ESCAPED.sub(_unescaped, match["words"])
    if match["language"]:
        return ox.Literal(words, language=match["language"])
    if not match["type"]:
        return ox.Literal(words)
    datatype = parse_term(match["type"])
    if not isinstance(datatype, ox.NamedNode):
        raise TermError(match["type"], "no datatype")
    return ox.Literal(words, datatype=datatype)


def _unescaped(match: re.Match[str]) -> str:
    code, letter = match[1] or match[2], match[3]
    return chr(int(code, 16)) if code else _ESCAPES.get(letter, letter)


def _expanded(prefix: str, local: str) -> str:
    if prefix not in PREFIXES:
        name = f"{prefix}:{local}"
        raise TermError(name, f"the prefix {prefix}: is not known")
    return PREFIXES[prefix] + local


def _node(iri: str) -> ox.NamedNode:
    try:
        return node(iri)
    except ValueError as error:
        raise TermError(iri, str(error)) from error
