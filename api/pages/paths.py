"""From an IRI of the graph to the path where this server describes it, and back.

    https://w3id.org/cancu/eli/vn/cp/nq/2025/3        /eli/vn/cp/nq/2025/3
    https://w3id.org/cancu/ns#Task                    /ns#Task
    …/44/vi/txt#char=120,156                          /eli/…/44/vi/txt?char=120,156#char=120,156
    http://www.w3.org/ns/oa#Annotation                /resource?iri=http%3A%2F%2Fwww.w3.org%2F…

A fragment never reaches a server, so a link to a stretch of text names it in the query as well.
"""

import re
from urllib.parse import quote

from ontology.terms import BASE

LONGEST = 2000
# All that `graph.iris` can write, and the rest of what RFC 3986 lets stand in a path as it is.
_PATH = re.compile(r"[A-Za-z0-9._~:@!$&'()*+,;=/-]*")
_STRETCH = re.compile(r"(?:char|selector)=([0-9]+),([0-9]+)")
# Of an external IRI: a scheme, and nothing that SPARQL's IRIREF forbids.
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|\\^`\x7f-\x9f]+")
# Characters that turn the direction of a line round, or cannot be seen.
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffd]")


def iri_of(path: str) -> str | None:
    """Return the IRI that a path stands for, without its leading slash; None if it can be none."""
    if len(path) > LONGEST or not _PATH.fullmatch(path):
        return None
    return BASE + path


def external_iri(text: str) -> str | None:
    """Return a text as an IRI; None if it is none."""
    if len(text) > LONGEST or not _IRI.fullmatch(text) or _INVISIBLE.search(text):
        return None
    return text


def url_of(iri: str, root: str = "") -> str:
    """Return where this server describes an IRI, beneath the path `root` that it is mounted at."""
    if not iri.startswith(BASE):
        return f"{root}/resource?iri={quote(iri, safe='')}"
    path, _, fragment = iri.removeprefix(BASE).partition("#")
    url = f"{root}/{quote(path, safe='/:@!$&()*+,;=~')}"
    if not fragment:
        return url
    stretch = _STRETCH.fullmatch(fragment)
    query = f"?char={stretch[1]},{stretch[2]}" if stretch else ""
    return f"{url}{query}#{quote(fragment, safe='=,')}"
