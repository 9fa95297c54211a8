"""Date and organ in the heading of a web page.

"Nghị quyết số 22-NQ/TU ngày 08/6/2022 của Tỉnh ủy Kiên Giang về chuyển đổi số": all that is left
of a letterhead where a page prints only the text below it.
"""

import re

from loaders.citing.dates import date_at
from loaders.citing.issuers import issuer_at
from loaders.document import Evidence, Stated
from loaders.structure.letterhead import find_page_title, sober
from loaders.text.layout import Layout
from loaders.text.reading import fold

_DATE = re.compile(r"[\s,]{0,3}(?=ngay\s?\d)")
_ORGAN = re.compile(r"[\s,]{0,3}(?:(?:duoc )?ban hanh boi|cua|do)\s")
_RULE, _CONFIDENCE = "HED-016", 0.7


def titled_date(layout: Layout) -> Stated[str] | None:
    """Return the date behind type and number in the heading of a page."""
    line = find_page_title(layout)
    folded = fold(layout.flat.text[: layout.blocks[0].end]) if line else ""
    lead = _DATE.match(folded, line.end) if line else None
    date = date_at(folded, lead.end()) if lead else None
    if lead is None or date is None or not date.value or date.value.startswith("--"):
        return None
    return Stated(date.value, Evidence(layout.flat.span(lead.end(), date.end), _RULE, _CONFIDENCE))


def titled_organ(layout: Layout) -> Stated[str] | None:
    """Return the organ behind type, number and date in the heading of a page."""
    line = find_page_title(layout)
    if line is None:
        return None
    text = layout.flat.text[: layout.blocks[0].end]
    folded = fold(text)
    date = _DATE.match(folded, line.end)
    dated = date_at(folded, date.end()) if date else None
    lead = _ORGAN.match(folded, dated.end if dated else line.end)
    organ = issuer_at(text, folded, lead.end()) if lead else None
    if lead is None or organ is None or not organ.known:
        return None
    evidence = Evidence(layout.flat.span(lead.end(), organ.end), _RULE, _CONFIDENCE)
    return Stated(sober(organ.name), evidence)
