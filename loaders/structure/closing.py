"""Where a document's body ends: the list of recipients, the signature, and what is annexed."""

import re

from loaders.citing.doctypes import type_by_name
from loaders.text.layout import Block, Layout
from loaders.text.reading import fold

_RECIPIENTS = re.compile(r"\W{0,4}n[o0]i nh[aâi]n\b")
# "TM." and "T/M" (on behalf of), "KT." (in place of), "TL." and "TUQ." (by order), "Q." (acting).
_ACTING = re.compile(
    r"(?:[tk]\s?[/.]\s?[mtl](?:\s?[./]\s?|\s)|(?:tm|kt|tl|tuq|q)\s?[./]\s?)(?=[^\W\d_])"
)
_ATTACHED = frozenset({"annex", "part", "chapter", "article", "roman"})


def acts_for(text: str) -> bool:
    """Tell whether a line says for whom is signed: "TM. ỦY BAN NHÂN DÂN", "T/M BAN THƯỜNG VỤ"."""
    return text[:1].isupper() and _ACTING.match(fold(text[:12])) is not None and _is_shouted(text)


def _is_shouted(text: str) -> bool:
    letters = [char for char in text[:60] if char.isalpha()]
    return sum(char.isupper() for char in letters) * 3 >= len(letters) * 2


def lists_recipients(text: str) -> bool:
    """Tell whether a line opens the list of recipients: "Nơi nhận:"."""
    return _RECIPIENTS.match(fold(text[:16])) is not None


def closing_range(layout: Layout) -> range:
    """Return the places of the blocks with recipients and signature.

    It begins at "Nơi nhận" or at the line that says for whom is signed, whichever comes first, and
    ends before what is annexed or attached. It is empty, at the end, if there is neither.
    """
    blocks = layout.blocks
    start = _closing_start(layout)
    after = (
        place
        for place in range(start + 1, len(blocks))
        if blocks[place].kind in _ATTACHED or _names_a_type(layout, blocks[place])
    )
    return range(start, next(after, len(blocks)))


def _closing_start(layout: Layout) -> int:
    signing = len(layout.blocks)
    for place, block in enumerate(layout.blocks):
        if block.kind not in {None, "capital"}:
            continue
        text = layout.flat.text[block.start : min(block.end, block.start + 80)]
        if lists_recipients(text):
            return min(place, signing)
        if signing == len(layout.blocks) and acts_for(text):
            signing = place
    return signing


def _names_a_type(layout: Layout, block: Block) -> bool:
    text = layout.text(block)
    return (
        block.kind is None
        and len(text) < 40  # noqa: PLR2004 - the longest name of a type
        and text.isupper()
        and type_by_name(text) is not None
    )
