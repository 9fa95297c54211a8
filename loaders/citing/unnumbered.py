"""Documents that a text means without saying their number: "Chương trình hành động của Tỉnh ủy"."""

import re

from loaders.citing.issuers import known_issuer_at
from loaders.document import Gap
from loaders.text.layout import Layout
from loaders.text.reading import fold

# Types that a text names with a capital when it means one certain document of them.
_TYPES = "Nghị quyết|Chương trình hành động|Chương trình|Kế hoạch|Kết luận|Chỉ thị|Quyết định|Đề án"
_MENTION = re.compile(
    rf"(?<!các )(?<!Các )(?<!những )(?<!một số )(?<!\w)(?P<type>{_TYPES})\s"
    r"(?:(?P<congress>(?:của )?Đại hội(?=\s))|của\s)"
)
_MESSAGE = "The text means this document without its number."


def find_unnumbered(layout: Layout) -> list[Gap]:
    """Find the mentions of certain documents without a number, in reading order.

    They are no citations: which document is meant is not said. "Kế hoạch này" and the plural are
    left out.
    """
    text = layout.flat.text
    folded = fold(text)
    gaps = []
    for found in _MENTION.finditer(text):
        end = found.end("congress") if found["congress"] else None
        if end is None:
            organ = known_issuer_at(text, folded, found.end())
            end = organ.end if organ else None
        if end is None or re.match(r"\s?,?\s?số\s?\d", text[end : end + 12]):
            continue
        gaps.append(Gap("unnumbered-mention", _MESSAGE, layout.flat.span(found.start(), end)))
    return gaps
