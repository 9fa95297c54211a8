"""The blocks of a text (headings, items, paragraphs), with wrapped lines and page breaks healed."""

from dataclasses import dataclass
from typing import Literal

from loaders.reading import Reading

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
