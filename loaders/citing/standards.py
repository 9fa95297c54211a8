"""Technical standards: QCVN 01:2019/BTTTT, QCĐP 02:2020/HN, TCVN ISO 9001:2015, 22TCN 211-06.

An international standard by itself (ISO/IEC 27001:2013) is no Vietnamese instrument.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from loaders.citing.doctypes import type_by_code

_STANDARD = re.compile(
    r"""
    (?<![\w/-])
    (?: (?P<code>QC[VĐD][NP]|QCXDVN|TCXDVN|TCXD|TCVN|TCCS|qcvn|tcvn|(?:\d\d\s?)?TCN)
      | (?P<words>(?i:tiêu\ chuẩn\ việt\ nam)(?=\s(?:số\s)?\d)) )
    (?:\s?số)?\s?[:-]?\s?
    (?P<body>(?:(?:ISO|IEC|EN|TS|TR|CISPR|ASTM|AOAC|QTĐ)(?:\s?[/-]\s?|\s)){0,3})
    # "08-MT" is a part of a series that letters tell apart.
    (?P<number>\d{1,6}(?:\s?[-–.]\s?\d{1,3}(?!\d))*(?:\s?[-–]\s?[A-ZĐ]{2,3}(?=\s?:))?)
    # An address of a page runs number and year together: "TCVN 93802012".
    (?:\s?(?P<mark>[:;-]|(?<=\d{3})(?=(?:19|20)\d\d(?!\w)))\s?(?P<year>(?:19|20)\d\d))?
    (?!\d)
    (?:(?:\s?/\s?|(?<=-\d{4})\s(?=B[A-ZĐ]{2}))(?P<issuer>[A-ZĐ][\w.&]*(?:-[A-ZĐ][\w.&]*)*))?
    """,
    re.VERBOSE,
)
_WORDS = re.compile(
    r"(?:quy chuan(?: ky thuat)?(?: quoc gia| dia phuong)?"
    r"|tieu chuan(?: quoc gia| co so| viet nam| nganh)?)(?: so)? ?:? ?$"
)
_HYPHENED = ("TCVN", "TCXD", "TCN")


@dataclass(frozen=True, slots=True)
class Standard:
    """A technical standard or regulation named in a text, with its canonical number."""

    start: int
    end: int
    number: str
    type: str
    issuer_code: str | None


def find_standards(text: str, folded: str) -> Iterator[Standard]:
    """Find the Vietnamese technical standards and regulations named in a text, in order."""
    for found in _STANDARD.finditer(text):
        code = _code(found)
        kind = type_by_code(code.lstrip("0123456789"))
        # "TCVN3" is an encoding: without its year a standard needs more than a digit.
        if kind is None or not (found["year"] or len(found["number"]) > 1):
            continue
        words = _WORDS.search(folded, max(0, found.start() - 45), found.start())
        start = words.start() if words else found.start()
        yield Standard(start, found.end(), _canonical(code, found), kind.name, found["issuer"])


def _code(found: re.Match[str]) -> str:
    if found["words"]:
        return "TCVN"
    return found["code"].upper().replace("QCDP", "QCĐP").replace(" ", "")


def _canonical(code: str, found: re.Match[str]) -> str:
    body = re.sub(r"\s?([/-])\s?", r"\1", found["body"]).strip()
    number = re.sub(r"\s", "", found["number"]).replace("–", "-")
    # Before 2007 the year stood behind a hyphen: TCVN 2622-1995. Regulations are younger.
    mark = "-" if found["mark"] == "-" and code.endswith(_HYPHENED) else ":"
    year = f"{mark}{found['year']}" if found["year"] else ""
    issuer = f"/{found['issuer']}" if found["issuer"] else ""
    number = body + number if body.endswith("-") else f"{body} {number}".lstrip()
    return f"{code} {number}{year}{issuer}"
