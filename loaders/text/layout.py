"""The blocks of a text (headings, items, paragraphs), with wrapped lines and page breaks healed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from loaders.document import SourceDocument
from loaders.text.legacy import convert
from loaders.text.lines import find_lines
from loaders.text.markers import Marker, MarkerKind
from loaders.text.markup import clean
from loaders.text.numbering import settle_series
from loaders.text.paragraphs import Paragraph, build_paragraphs, goes_on, markers_of
from loaders.text.reading import Reading, read_plain, select
from loaders.text.syllables import is_syllable

__all__ = ["Block", "Layout", "MarkerKind", "lay_out", "lay_out_line"]


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, heading or list item of the flat text.

    Attributes:
        start, end: where the block lies in `Layout.flat.text`, its marker included.
        body: where its words begin, behind the marker ("1.", "a)", "- ").
        marker: the marker's value ("II", "1.2", "a", "-"), None for a plain paragraph; what a scan
            misread is mended ("2)" between "e)" and "h)" is "g").
        kind: what sort of marker it is.
        heading: the level of a Markdown heading (1 to 6), 0 if it is none.
        bold: whether the whole block is set in bold.
        ruled: whether a rule ("-----") parts it from what stands before.
        cell: whether it is a cell of a table or of a page set in two columns.
        column: which one in its row, empty cells counted.
    """

    start: int
    end: int
    body: int
    marker: str | None = None
    kind: MarkerKind | None = None
    heading: int = 0
    bold: bool = False
    ruled: bool = False
    cell: bool = False
    column: int = 0


@dataclass(frozen=True, slots=True)
class Layout:
    """A text as a row of blocks.

    `flat` is the reading that every finder matches on: inside a block each run of blanks and line
    breaks is one blank; blocks are parted by one line break. It is NFC, free of markup and of
    legacy encodings, and leads back to the source offset by offset. A footnote's body is a block
    of its own and stands behind the paragraph that it interrupts.

    `damaged` tells that the text looks like bad OCR: many of its syllables are not Vietnamese.
    """

    flat: Reading
    blocks: tuple[Block, ...]
    damaged: bool = False

    def text(self, block: Block) -> str:
        """Return the words of a block, without its marker."""
        return self.flat.text[block.body : block.end]


_BREAK = re.compile(r"[ \t]*(?:[\n\f]|(?<!\\)\|)[\s|]*")
_WORD = re.compile(r"(?<![^\W_])[^\W\d_]{2,7}(?![^\W_])")
_SAMPLE = 20_000
_JUDGED_FROM = 40
_DAMAGED_FROM = 0.15


def lay_out(document: SourceDocument) -> Layout:
    """Part a document's text into blocks and heal its wrapped lines and page breaks."""
    reading = convert(read_plain(document.text))
    paragraphs = build_paragraphs(find_lines(reading))
    blocks: list[Block] = []
    length = 0
    for paragraph, marker in zip(paragraphs, settle_series(markers_of(paragraphs)), strict=True):
        start = length + 1 if blocks else 0
        length = start + sum(_length(piece) for piece in _pieces(paragraph))
        blocks.append(_block(paragraph, marker, start, length))
    flat = select(reading, _all_pieces(paragraphs))
    return Layout(flat, tuple(blocks), _is_damaged(flat.text))


def lay_out_line(text: str) -> Layout:
    """Lay out a short string (one citation, one sentence) as a single block."""
    reading = convert(read_plain(text))
    pieces: list[tuple[int, int] | str] = []
    left = ""
    position = 0
    length = len(reading.text)
    for end, following in [*(m.span() for m in _BREAK.finditer(reading.text)), (length, 0)]:
        cleaned = clean(reading.text, position, end)
        if cleaned.text:
            parted = left and not goes_on(left, cleaned.text)
            pieces.extend([" ", *cleaned.pieces] if parted else cleaned.pieces)
            left = cleaned.text
        position = following
    flat = select(reading, pieces)
    return Layout(flat, (Block(0, len(flat.text), 0),))


def _block(paragraph: Paragraph, marker: Marker | None, start: int, end: int) -> Block:
    first = paragraph.lines[0]
    return Block(
        start,
        end,
        body=start + (marker.end if marker else 0),
        marker=marker.value if marker else None,
        kind=marker.kind if marker else None,
        heading=first.heading,
        bold=all(line.bold for line in paragraph.lines),
        ruled=first.ruled,
        cell=first.cell,
        column=first.column,
    )


def _pieces(paragraph: Paragraph) -> Iterator[tuple[int, int] | str]:
    for place, (line, glued) in enumerate(zip(paragraph.lines, paragraph.glued, strict=True)):
        if place and not glued:
            yield " "
        yield from line.pieces


def _all_pieces(paragraphs: list[Paragraph]) -> Iterator[tuple[int, int] | str]:
    for place, paragraph in enumerate(paragraphs):
        if place:
            yield "\n"
        yield from _pieces(paragraph)


def _length(piece: tuple[int, int] | str) -> int:
    return len(piece) if isinstance(piece, str) else piece[1] - piece[0]


def _is_damaged(text: str) -> bool:
    """Tell whether too many words are not well-formed Vietnamese syllables.

    Words in capitals and words of foreign texts are some hundredths of an intact document; a scan
    that lost its diacritics has a third and more.
    """
    words = (match.group() for match in _WORD.finditer(text))
    sample = list(islice((word for word in words if not word.isupper()), _SAMPLE))
    if len(sample) < _JUDGED_FROM:
        return False
    return sum(not is_syllable(word) for word in sample) >= _DAMAGED_FROM * len(sample)
