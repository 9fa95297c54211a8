"""The citations of a short text as plain dictionaries: what `cancu cite` prints."""

import re
from typing import Any

from loaders.citing.citations import Citation, find_citations
from loaders.citing.dates import year_of
from loaders.text.layout import lay_out_line
from loaders.text.reading import fold


def cite(text: str) -> list[dict[str, Any]]:
    """Find the citations in a text; `start` and `end` count code points of the text as given.

    `key` tells documents apart as far as the text allows: the number if it holds a year, else
    number#year, else the bare number; for a statute by name its slug and year.
    """
    return [_entry(citation) for citation in find_citations(lay_out_line(text))]


def _entry(citation: Citation) -> dict[str, Any]:
    evidence = citation.evidence
    return {
        "type": citation.type,
        "number": citation.number,
        "issued": citation.issued,
        "issuer": citation.issuer,
        "title": citation.title,
        "start": evidence.span.start,
        "end": evidence.span.end,
        "key": citation_key(citation),
        "issuer_implied": citation.issuer_implied,
        "term": citation.term,
        "kind": citation.kind,
        "rule": evidence.rule,
        "confidence": evidence.confidence,
        "resolution": citation.resolution,
        "note": citation.note,
        "alias": citation.alias,
    }


def citation_key(citation: Citation) -> str:
    """Return a key with the year: "411/QĐ-TTg#2022", "luat-vien-chuc#2010", "13/2023/NĐ-CP"."""
    year = year_of(citation.issued)
    number = citation.number
    if number and re.search(r"/(?:19|20)\d\d/|:(?:19|20)\d\d|-\d{4}$", number):
        return number
    name = number or re.sub(r"[^a-z0-9]+", "-", fold(citation.title or citation.key)).strip("-")
    return f"{name}#{year}" if year else name
