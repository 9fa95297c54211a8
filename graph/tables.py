"""Tables written by hand, row by row, with the bytes that the engine's own writers mean.

Its CSV leaves IRIs with a comma unquoted, and those of evidence have one; and none of its writers
can be stopped after so many rows and tell that there were more.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import orjson
import pyoxigraph as ox

from graph.terms import Term
from ontology.terms import XSD

_ITS = ' xmlns:its="http://www.w3.org/2005/11/its" its:version="2.0"'
# Literals that TSV, like Turtle, writes as they are.
_BARE = {
    f"{XSD}integer": re.compile(r"[+-]?[0-9]+"),
    f"{XSD}decimal": re.compile(r"[+-]?[0-9]*\.[0-9]+"),
    f"{XSD}double": re.compile(r"[+-]?([0-9]+\.[0-9]*|\.?[0-9]+)[eE][+-]?[0-9]+"),
    f"{XSD}boolean": re.compile(r"true|false"),
}
_TSV_ESCAPES = str.maketrans({"\t": "\\t", "\n": "\\n", "\r": "\\r", '"': '\\"', "\\": "\\\\"})
_CSV_QUOTED = re.compile(r'[",\r\n]')
Row = Iterable[Term | None]


def _json(names: list[str], rows: Iterator[Row]) -> Iterator[bytes]:
    yield b'{"head":' + orjson.dumps({"vars": names}) + b',"results":{"bindings":['
    comma = b""
    for row in rows:
        bound = {n: _json_term(t) for n, t in zip(names, row, strict=True) if t is not None}
        yield comma + orjson.dumps(bound)
        comma = b","
    yield b"]}}"


def _json_term(term: Term) -> dict[str, Any]:
    match term:
        case ox.NamedNode():
            return {"type": "uri", "value": term.value}
        case ox.BlankNode():
            return {"type": "bnode", "value": term.value}
        case ox.Triple():
            parts = {"subject": term.subject, "predicate": term.predicate, "object": term.object}
            return {"type": "triple", "value": {k: _json_term(p) for k, p in parts.items()}}
    written: dict[str, Any] = {"type": "literal", "value": term.value}
    if term.language:
        written["xml:lang"] = term.language
        if term.direction:
            written["its:dir"] = str(term.direction)
    elif term.datatype.value != f"{XSD}string":
        written["datatype"] = term.datatype.value
    return written


def _xml(names: list[str], rows: Iterator[Row]) -> Iterator[bytes]:
    head = "".join(f"<variable name={quoteattr(name)}/>" for name in names)
    yield (
        '<?xml version="1.0"?><sparql xmlns="http://www.w3.org/2005/sparql-results#">'
        f"<head>{head}</head><results>"
    ).encode()
    for row in rows:
        bound = "".join(
            f"<binding name={quoteattr(name)}>{_xml_term(term)}</binding>"
            for name, term in zip(names, row, strict=True)
            if term is not None
        )
        yield f"<result>{bound}</result>".encode()
    yield b"</results></sparql>"


def _xml_term(term: Term) -> str:
    match term:
        case ox.NamedNode():
            return f"<uri>{_xml_text(term.value)}</uri>"
        case ox.BlankNode():
            return f"<bnode>{_xml_text(term.value)}</bnode>"
        case ox.Triple():
            return (
                f"<triple><subject>{_xml_term(term.subject)}</subject>"
                f"<predicate>{_xml_term(term.predicate)}</predicate>"
                f"<object>{_xml_term(term.object)}</object></triple>"
            )
    marks = ""
    if term.language:
        marks = f" xml:lang={quoteattr(term.language)}"
        marks += f" its:dir={quoteattr(str(term.direction))}{_ITS}" if term.direction else ""
    elif term.datatype.value != f"{XSD}string":
        marks = f" datatype={quoteattr(term.datatype.value)}"
    return f"<literal{marks}>{_xml_text(term.value)}</literal>"


def _xml_text(text: str) -> str:
    """Escape a text so that no reader trims it: blanks at its ends, and returns anywhere."""
    written = escape(text, {"\r": "&#13;"})
    if written[:1].isspace():
        written = f"&#{ord(written[0])};{written[1:]}"
    if written[-1:].isspace():
        written = f"{written[:-1]}&#{ord(written[-1])};"
    return written


def _csv(names: list[str], rows: Iterator[Row]) -> Iterator[bytes]:
    yield (",".join(map(_csv_field, names)) + "\r\n").encode()
    for row in rows:
        yield (",".join(_csv_field(_plain(term)) for term in row) + "\r\n").encode()


def _csv_field(text: str) -> str:
    if _CSV_QUOTED.search(text) is None:
        return text
    return '"' + text.replace('"', '""') + '"'


def _plain(term: Term | None) -> str:
    if isinstance(term, ox.NamedNode | ox.Literal):
        return term.value
    if isinstance(term, ox.Triple):
        return " ".join(_plain(part) for part in (term.subject, term.predicate, term.object))
    return "" if term is None else str(term)


def _tsv(names: list[str], rows: Iterator[Row]) -> Iterator[bytes]:
    yield ("\t".join(f"?{name}" for name in names) + "\n").encode()
    for row in rows:
        yield ("\t".join(_tsv_field(term) for term in row) + "\n").encode()


def _tsv_field(term: Term | None) -> str:
    match term:
        case None:
            return ""
        case ox.Literal():
            return _tsv_literal(term)
        case ox.Triple():
            parts = (term.subject, term.predicate, term.object)
            return f"<<( {' '.join(map(_tsv_field, parts))} )>>"
    return str(term)


def _tsv_literal(literal: ox.Literal) -> str:
    bare = _BARE.get(literal.datatype.value)
    if bare and bare.fullmatch(literal.value):
        return literal.value
    quoted = f'"{literal.value.translate(_TSV_ESCAPES)}"'
    if literal.language:
        direction = f"--{literal.direction}" if literal.direction else ""
        return f"{quoted}@{literal.language}{direction}"
    is_string = literal.datatype.value == f"{XSD}string"
    return quoted if is_string else f"{quoted}^^{literal.datatype}"


WRITERS: dict[str, Callable[[list[str], Iterator[Row]], Iterator[bytes]]] = {
    "json": _json,
    "xml": _xml,
    "csv": _csv,
    "tsv": _tsv,
}
