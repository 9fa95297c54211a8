"""Where the body of a document runs: from its preamble to its signature."""

import re
from collections.abc import Iterator

from loaders.closing import acts_for, lists_recipients
from loaders.doctypes import type_by_name
from loaders.layout import Block, Layout
from loaders.reading import fold

# What a preamble opens with. A title may open with "Thực hiện" too, so the first block behind the
# type line belongs to the title, unless it is a legal basis.
_OPENING = re.compile(
    r"(?:can cu|thuc hien|trien khai|thi hanh|xet|theo|nham|de|ngay|sau|trong|qua|tren|uy ban"
    r"|hoi dong|chinh phu|thu tuong|quoc hoi|bo|ban|so|tinh uy|thanh uy|hien nay|thoi gian)\b"
)
_BASIS = re.compile(r"can cu\b|xet\b|theo de nghi\b")
_ADDRESS = re.compile(r"\W{0,4}kinh gui\b")
_TYPE_LENGTH = 40
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
    start = _first_body(layout)
    while start < len(blocks):
        end = _closing(layout, start)
        if end > start:
            yield blocks[start].start, blocks[end - 1].end
        following = (place for place in range(end, len(blocks)) if _names_a_type(layout, place))
        start = _behind_title(layout, next(following, len(blocks)))


def _first_body(layout: Layout) -> int:
    """Return the place of the first block of the first body."""
    head = range(min(_HEAD_BLOCKS, len(layout.blocks)))
    for place in head:
        if _names_a_type(layout, place):
            return _behind_title(layout, place)
    for place in head:
        if _ADDRESS.match(_folded(layout, place)):
            return _behind_address(layout, place)
    return next((place for place in head if _BASIS.match(_folded(layout, place))), 0)


def _behind_title(layout: Layout, type_line: int) -> int:
    """Return the place of the block behind the title that follows a type line."""
    for place in range(type_line + 1, min(type_line + _TITLE_BLOCKS, len(layout.blocks))):
        block, words = layout.blocks[place], _folded(layout, place)
        if layout.text(block).isupper() or (block.bold and not _is_heading(block)):
            continue
        is_first = place == type_line + 1
        if _is_heading(block) or _BASIS.match(words) or block.ruled:
            return place
        if not is_first and _OPENING.match(words):
            return place
    return min(type_line + 1, len(layout.blocks))


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


def _is_heading(block: Block) -> bool:
    return block.marker is not None


def _names_a_type(layout: Layout, place: int) -> bool:
    words = layout.text(layout.blocks[place])
    short = len(words) < _TYPE_LENGTH and words.isupper()
    return short and type_by_name(words.rstrip(" :")) is not None


def _folded(layout: Layout, place: int) -> str:
    block = layout.blocks[place]
    return fold(layout.flat.text[block.body : min(block.end, block.body + _CLOSING_REACH)])
