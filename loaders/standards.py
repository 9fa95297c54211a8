"""Technical standards: QCVN 01:2019/BTTTT, QCĐP 02:2020/HN, TCVN ISO 9001:2015, TCVN 6909:2001.

An international standard by itself (ISO/IEC 27001:2013) is no Vietnamese instrument.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from loaders.doctypes import type_by_code

_STANDARD = re.compile(
    r"(?<![\w/-])(?P<code>QC[VĐD][NP]|QCXDVN|TCXDVN|TCXD|TCVN|TCCS|TCN)(?:\s?số)?\s?[:-]?\s?"
    r"(?P<body>(?:(?:ISO|IEC|EN|TS|TR|CISPR|ASTM|AOAC)(?:\s?[/-]\s?|\s)){0,3})"
    r"(?P<number>\d{1,6}(?:\s?[-–.]\s?\d{1,3}(?!\d))*)"
    r"(?:\s?(?P<mark>[:;-])\s?(?P<year>(?:19|20)\d\d)(?!\d))?"
    r"(?:\s?/\s?(?P<issuer>[A-ZĐ][\w.&]*(?:-[A-ZĐ][\w.&]*)*))?"
)
_WORDS = re.compile(
    r"(?:quy chuan(?: ky thuat)?(?: quoc gia| dia phuong)?"
    r"|tieu chuan(?: quoc gia| co so| viet nam)?)(?: so)? ?:? ?$"
)


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
        kind = type_by_code(found["code"].replace("QCDP", "QCĐP"))
        # "TCVN3" is an encoding: without its year a standard needs more than a digit.
        if kind is None or not (found["year"] or len(found["number"]) > 1):
            continue
        words = _WORDS.search(folded, max(0, found.start() - 45), found.start())
        start = words.start() if words else found.start()
        yield Standard(start, found.end(), _canonical(found), kind.name, found["issuer"])


def _canonical(found: re.Match[str]) -> str:
    code = found["code"].replace("QCDP", "QCĐP")
    body = re.sub(r"\s?([/-])\s?", r"\1", found["body"]).strip()
    number = re.sub(r"\s", "", found["number"]).replace("–", "-")
    # Before 2007 the year stood behind a hyphen: TCVN 2622-1995.
    mark = "-" if found["mark"] == "-" else ":"
    year = f"{mark}{found['year']}" if found["year"] else ""
    issuer = f"/{found['issuer']}" if found["issuer"] else ""
    return " ".join(part for part in (code, body, number) if part) + year + issuer
