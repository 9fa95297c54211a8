"""Where the body of a document runs: from its preamble to its signature.

What is promulgated with a resolution or decision ("Ban hành kèm theo Quyết định này …") stands
behind the signature under a title of its own and has a body of its own.
"""

import re
from collections.abc import Iterator

from loaders.citing.doctypes import TYPES, DocumentType, type_by_name
from loaders.structure.closing import acts_for, lists_recipients
from loaders.structure.letterhead import TypeLine, find_type_line
from loaders.structure.preamble import find_opening
from loaders.text.layout import Block, Layout
from loaders.text.reading import fold

_BASIS = re.compile(r"can cu\b|xet\b|theo de nghi\b")
_ADDRESS = re.compile(r"\W{0,4}kinh gui\b")
# The line below the title of what is promulgated: "(Ban hành kèm theo Quyết định số …)".
_ENCLOSED = re.compile(r"\W{0,4}(?:duoc )?(?:ban hanh |phe duyet )?kem theo\b")
# What is promulgated with another document. The papers behind a plan are its annexes.
_PROMULGATED = frozenset(
    {
        "plan", "programme", "action-programme", "scheme", "option-plan", "regulation", "rules",
        "guideline", "strategy", "master-plan", "charter", "project",
    }
)  # fmt: skip
# What opens a further document of a collection, whatever stood before it.
_INDEPENDENT = frozenset({"decision", "resolution", "decree", "circular", "directive"})
_NAMES = sorted(
    ((fold(name), kind) for kind in TYPES for name in (kind.name, *kind.other_names)),
    key=lambda pair: -len(pair[0]),
)
_TYPE_LENGTH = 40
_TITLE_LENGTH = 400
_HEAD_BLOCKS = 30
_TITLE_BLOCKS = 10
_SIGNED_FROM = 3
_CLOSING_REACH = 80


def body_range(layout: Layout) -> tuple[int, int]:
    """Return where the body starts and ends in the flat text: preamble to signature.

    Title, recipients and signature stay outside. Where a second document follows the signature
    ("ban hành kèm theo") the range goes on to its end; `body_ranges` leaves out what is between. A
    text without a type line starts at its preamble or its first words, one without a signature
    runs to its end.
    """
    ranges = list(body_ranges(layout))
    return (ranges[0][0], ranges[-1][1]) if ranges else (0, len(layout.flat.text))


def body_ranges(layout: Layout) -> Iterator[tuple[int, int]]:
    """Yield the body of each document that a text holds; most hold one."""
    blocks = layout.blocks
    type_line = find_type_line(layout)
    start = _first_body(layout, type_line)
    while start < len(blocks):
        end = _closing(layout, start)
        if end > start:
            yield blocks[start].start, blocks[end - 1].end
        type_line = _next_document(layout, end, type_line)
        start = _behind_title(layout, type_line) if type_line else len(blocks)


def _first_body(layout: Layout, type_line: TypeLine | None) -> int:
    """Return the place of the first block of the first body."""
    if type_line is not None:
        return _behind_title(layout, type_line)
    head = range(min(_HEAD_BLOCKS, len(layout.blocks)))
    for place in head:
        if _ADDRESS.match(_folded(layout, place)):
            return _behind_address(layout, place)
    return next((place for place in head if _BASIS.match(_folded(layout, place))), 0)


def _behind_title(layout: Layout, type_line: TypeLine) -> int:
    """Return the place of the block behind the title that follows a type line."""
    title = find_opening(layout, type_line).title
    title_end = title[1] if title else type_line.end
    start = type_line.place + 1
    reach = range(start, min(start + _TITLE_BLOCKS, len(layout.blocks)))
    for place in reach:
        if _ENCLOSED.match(_folded(layout, place)):
            start = place + 1
        elif _is_heading(layout.blocks[place]) or _BASIS.match(_folded(layout, place)):
            break
    for place in range(start, reach.stop):
        block, words = layout.blocks[place], layout.text(layout.blocks[place])
        set_apart = words.isupper() or (block.bold and not _is_heading(block))
        goes_on = block.kind is None and words[:1].islower()
        if block.start >= title_end and not set_apart and not goes_on:
            return place
    return min(start, len(layout.blocks))


def _behind_address(layout: Layout, address: int) -> int:
    """Return the place of the block behind "Kính gửi" and the addressees in a list below it."""
    place = address + 1
    while place < len(layout.blocks) and layout.blocks[place].kind in {"dash", "plus"}:
        place += 1
    return place


def _closing(layout: Layout, start: int) -> int:
    """Return the place of the block where recipients or signature begin, behind `start`."""
    for place in range(start + _SIGNED_FROM, len(layout.blocks)):
        block = layout.blocks[place]
        words = layout.flat.text[block.start : min(block.end, block.start + _CLOSING_REACH)]
        if lists_recipients(words) or acts_for(words):
            return place
    return len(layout.blocks)


def _next_document(layout: Layout, end: int, before: TypeLine | None) -> TypeLine | None:
    """Return the title line of the document that follows the signature at block `end`.

    Annexes are none, whatever their titles say.
    """
    for place in range(end, len(layout.blocks)):
        if layout.blocks[place].kind == "annex":
            return None
        type_line = _title_line(layout, place)
        if type_line is not None and _follows(type_line.type, before):
            return type_line
    return None


def _follows(kind: DocumentType, before: TypeLine | None) -> bool:
    """Tell whether a document of a kind may follow another one in a text."""
    if before is not None and before.type.english in _PROMULGATED:
        return kind.english in _INDEPENDENT
    return True


def _title_line(layout: Layout, place: int) -> TypeLine | None:
    """Read "KẾ HOẠCH" or the whole title of what is promulgated: "ĐỀ ÁN PHÁT TRIỂN …"."""
    block = layout.blocks[place]
    if block.kind is not None or block.end - block.body > _TITLE_LENGTH:
        return None
    words = layout.text(block)
    short = len(words) < _TYPE_LENGTH and words.isupper()
    bare = type_by_name(words.rstrip(" :")) if short else None
    if bare is not None:
        return TypeLine(place, bare, block.end)
    kind, length = _type_at_start(words)
    if kind is None or kind.english not in _PROMULGATED or not words[:length].isupper():
        return None
    is_title = words.isupper() or block.bold or block.heading
    return TypeLine(place, kind, block.body + length) if is_title else None


def _type_at_start(words: str) -> tuple[DocumentType | None, int]:
    folded = fold(words[:_TYPE_LENGTH])
    for name, kind in _NAMES:
        if folded.startswith(name) and not folded[len(name) : len(name) + 1].isalnum():
            return kind, len(name)
    return None, 0


def _is_heading(block: Block) -> bool:
    return block.marker is not None


def _folded(layout: Layout, place: int) -> str:
    block = layout.blocks[place]
    return fold(layout.flat.text[block.body : min(block.end, block.body + _CLOSING_REACH)])
