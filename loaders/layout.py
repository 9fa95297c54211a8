"""The blocks of a text (headings, items, paragraphs), with wrapped lines and page breaks healed."""

import re
from dataclasses import dataclass
from typing import Literal, cast

from loaders.document import SourceDocument
from loaders.reading import Reading, read_plain, select

MarkerKind = Literal["roman", "decimal", "letter", "dash", "plus", "footnote"]


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, heading or list item of the flat text.

    Attributes:
        start, end: where the block lies in `Layout.flat.text`, its marker included.
        body: where its words begin, behind the marker ("1.", "a)", "- ").
        marker: the marker's value ("II", "1.2", "a", "-"), None for a plain paragraph.
        kind: what sort of marker it is.
        heading: the level of a Markdown heading (1 to 6), 0 if it is none.
        bold: whether the whole block is set in bold.
    """

    start: int
    end: int
    body: int
    marker: str | None = None
    kind: MarkerKind | None = None
    heading: int = 0
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """A text as a row of blocks.

    `flat` is the reading that every finder matches on: inside a block each run of blanks and line
    breaks is one blank; blocks are parted by one line break. It is NFC, free of markup and of
    legacy encodings, and leads back to the source offset by offset.

    `damaged` tells that the text looks like bad OCR: most of its syllables are not Vietnamese.
    """

    flat: Reading
    blocks: tuple[Block, ...]
    damaged: bool = False

    def text(self, block: Block) -> str:
        """Return the words of a block, without its marker."""
        return self.flat.text[block.body : block.end]


_MARKER = re.compile(
    r"(?P<roman>[IVX]+)(?:\.|-|\))\s+|(?P<decimal>\d{1,2}(?:\.\d{1,2})*)(?:\.|-|\))\s+"
    r"|(?P<letter>[a-zđ])\)\s*|(?P<dash>[-–•*])\s+|(?P<plus>\+)\s+"
)
_BREAK = re.compile(r"\n[ \t]*\n")


def lay_out(document: SourceDocument) -> Layout:
    """Part a document's text into blocks and heal its wrapped lines and page breaks."""
    reading = read_plain(document.text)
    pieces: list[tuple[int, int] | str] = []
    blocks: list[Block] = []
    length = position = 0
    for end in [*(m.start() for m in _BREAK.finditer(reading.text)), len(reading.text)]:
        words = list(re.finditer(r"\S+", reading.text[position:end]))
        if words:
            start = length
            for number, word in enumerate(words):
                pieces.extend([" "] if number else ["\n"] if blocks else [])
                length += 1 if number or blocks else 0
                start = length if number == 0 else start
                pieces.append((position + word.start(), position + word.end()))
                length += word.end() - word.start()
            text = " ".join(word.group() for word in words)
            marker = _MARKER.match(text)
            kind = cast("MarkerKind | None", marker.lastgroup if marker else None)
            value = marker.group(kind) if marker and kind else None
            body = start + (marker.end() if marker else 0)
            blocks.append(Block(start, length, body, value, kind))
        position = end
    return Layout(select(reading, pieces), tuple(blocks))


def lay_out_line(text: str) -> Layout:
    """Lay out a short string (one citation, one sentence) as a single block."""
    reading = read_plain(text)
    pieces: list[tuple[int, int] | str] = []
    for word in re.finditer(r"\S+", reading.text):
        pieces.extend([" "] if pieces else [])
        pieces.append((word.start(), word.end()))
    flat = select(reading, pieces)
    return Layout(flat, (Block(0, len(flat.text), 0),))
