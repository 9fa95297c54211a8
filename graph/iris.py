"""The IRIs of the graph: how the resources of a document are named.

    https://w3id.org/cancu/eli/vn/hung-yen/ubnd/kh/2025/44                 a document
    …/44/vi/txt                                                            its text
    …/44/vi/txt#char=120,156                                               a stretch of it
    …/44/muc/III.2                                                         a section
    …/44/muc/III.2/nhiem-vu/4                                              its fourth task
    https://w3id.org/cancu/agency/hung-yen/so-khoa-hoc-va-cong-nghe        an organ of a province
    https://w3id.org/cancu/graph/doc/6909751a                              the graph of one file

The instruments themselves are named in `graph.identity`. Every piece is ASCII: letters without
diacritics, digits, and "-", ".", "_", so that an IRI can be typed, logged and served as a path.
"""

import hashlib
import re
import unicodedata

from loaders.document import Span
from loaders.text.reading import fold
from ontology.terms import BASE

_OTHER = re.compile(r"[^a-z0-9]+")
_STEP_OTHER = re.compile(r"[^A-Za-z0-9.]+")
_SLUG_LIMIT = 80
SHORT_DIGEST = 8

SHARED_GRAPHS = {
    name: f"{BASE}graph/{name}"
    for name in ("ontology", "register", "ref", "instruments", "curated", "inferred", "meta")
}
DOCUMENT_GRAPHS = f"{BASE}graph/doc/"


def digest(text: str, length: int = SHORT_DIGEST) -> str:
    """Return the first hexadecimal digits of the SHA-256 of a text."""
    return hashlib.sha256(text.encode()).hexdigest()[:length]


def plain(text: str) -> str:
    """Return a text composed, in lower case and without diacritics."""
    return fold(unicodedata.normalize("NFC", text))


def slug(text: str) -> str:
    """Return a text as lower-case ASCII words joined by hyphens: "Tỉnh ủy" gives "tinh-uy".

    A long text is cut, and its digest keeps it apart from others that begin alike; so is a text
    that has no Latin letter or digit at all.
    """
    words = _OTHER.sub("-", plain(text)).strip("-")
    if not words:
        return f"x{digest(text)}"
    if len(words) > _SLUG_LIMIT:
        return f"{words[:_SLUG_LIMIT].rsplit('-', 1)[0]}-{digest(words)}"
    return words


def step(text: str) -> str:
    """Return a section number or list label as a piece of a path; "đ" is "dd", apart from "d"."""
    telex = text.replace("đ", "dd").replace("Đ", "DD")
    return _STEP_OTHER.sub("-", telex).strip("-.") or f"x{digest(text)}"


def document_graph(sha256: str) -> str:
    """Return the graph that holds what was read from one file."""
    return f"{DOCUMENT_GRAPHS}{sha256[:SHORT_DIGEST]}"


def expression(document: str) -> str:
    """Return the Vietnamese text of a document, in which all offsets count."""
    return f"{document}/vi/txt"


def file(document: str, sha256: str) -> str:
    """Return the file from which a document's text was decoded."""
    return f"{expression(document)}/{sha256[:SHORT_DIGEST]}"


def stretch(document: str, span: Span) -> str:
    """Return a stretch of a document's text (the fragment is that of RFC 5147)."""
    return f"{expression(document)}#char={span.start},{span.end}"


def section(document: str, path: str) -> str:
    """Return a section by its path ("II.1")."""
    return f"{document}/muc/{step(path)}"


def run(document: str, rule_set: str) -> str:
    """Return the extraction that read a document by one version of the rules."""
    return f"{document}/run/{step(rule_set)}"


def code(scheme: str, value: str) -> str:
    """Return a value of one of the ontology's code lists: `code("role", "lead")`."""
    return f"{BASE}code/{scheme}/{value}"


def document_type(english: str) -> str:
    """Return a document type by its English code ("plan")."""
    return f"{BASE}doctype/{english}"


def place(name: str) -> str:
    """Return a province by its slug ("hung-yen")."""
    return f"{BASE}place/{name}"


def indicator(name: str) -> str:
    """Return what is measured, by the name it was given; documents that use one name share it."""
    return f"{BASE}indicator/{slug(name)}"
