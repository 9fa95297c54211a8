"""Rows of numbered and lettered items: which ones only introduce what stands below them.

"a) Viễn thông:" over bullets is a heading; "b) Xây dựng nền tảng, gồm:" among sentences is an item
like those beside it.
"""

import re
from collections.abc import Sequence

from loaders.text.layout import Block, Layout

_ENDS = re.compile(r"(?<!\.\.)[.;][\"”’)\s/]*$")
_LONGEST = 700
_FEW_WORDS = 20


def is_finished(text: str) -> bool:
    """Tell whether a text ends as a sentence does, not as a heading or a lead-in."""
    return _ENDS.search(text[-12:]) is not None


def is_bracketed(layout: Layout, block: Block) -> bool:
    """Tell whether a bracket closes a block's marker: "1)", "a)"."""
    return layout.flat.text[block.start : block.body].rstrip().endswith(")")


class Rows:
    """The blocks of a text as rows of items.

    Attributes:
        headings: starts of the lettered items that are headings.
        below_letters: starts of the bracketed numbers that stand below a letter: "1)" under "a)".
    """

    def __init__(self, layout: Layout, blocks: Sequence[Block], closing: int = -1) -> None:
        """Read the rows.

        Args:
            layout: the text.
            blocks: those to read, notes left out.
            closing: where the list of recipients or the signature begins in the flat text.
        """
        self.layout = layout
        self.blocks = blocks
        self.closing = closing
        self.below_letters = self._below_letters()
        self.headings = self._lettered_headings()

    def following(self, place: int) -> Block | None:
        """Return the block behind a place."""
        return self.blocks[place + 1] if place + 1 < len(self.blocks) else None

    def stands_over_text(self, place: int) -> bool:
        """Tell whether running text follows, not the foot of the document."""
        following = self.following(place)
        return following is not None and following.kind is None and following.start != self.closing

    def has_children(self, place: int) -> bool:
        """Tell whether the block behind a place is an item below it."""
        block, following = self.blocks[place], self.following(place)
        if following is None or following.kind is None:
            return False
        if following.kind in {"dash", "plus"}:
            return True
        if following.kind == "decimal" and block.kind == "decimal":
            return (following.marker or "").startswith(f"{block.marker}.")
        if following.kind == "decimal":
            return is_bracketed(self.layout, following) and following.marker == "1"
        return block.kind == "decimal" and (following.kind, following.marker) == ("letter", "a")

    def _below_letters(self) -> frozenset[int]:
        found: set[int] = set()
        lettered = below = False
        for block in self.blocks:
            if block.cell:
                continue
            if block.kind == "letter":
                lettered = True
            elif block.kind == "decimal" and is_bracketed(self.layout, block):
                below = lettered if block.marker == "1" else below
                if below:
                    found.add(block.start)
                lettered = lettered and below
            elif block.kind not in {None, "dash", "plus", "footnote"}:
                lettered = below = False
        return frozenset(found)

    def _lettered_headings(self) -> frozenset[int]:
        """Return the starts of the lettered items that are headings.

        Where half of a row or more only introduces what is below, those items are headings; a
        lead-in to "+" items is one only if the whole row is of its sort.
        """
        found: set[int] = set()
        row: list[int] = []
        for place, block in enumerate(self.blocks):
            if block.cell:
                continue
            if block.kind == "letter" and block.marker != "a":
                row.append(place)
            elif block.kind == "letter" or self._ends_row(block):
                found.update(self._headings_of(row))
                row = [place] if block.kind == "letter" else []
        return frozenset([*found, *self._headings_of(row)])

    def _ends_row(self, block: Block) -> bool:
        if block.start in self.below_letters:
            return False
        return block.kind not in {None, "dash", "plus", "footnote"}

    def _headings_of(self, row: Sequence[int]) -> list[int]:
        """Return the starts of the headings in a row of lettered items."""
        leading = [place for place in row if self._only_introduces(place)]
        if len(leading) < len(row):
            leading = [place for place in leading if not self._lists_parts(place)]
        many = 2 * len(leading) >= len(row)
        return [self.blocks[place].start for place in leading] if many else []

    def _lists_parts(self, place: int) -> bool:
        following = self.following(place)
        return following is not None and following.kind == "plus"

    def _only_introduces(self, place: int) -> bool:
        """Tell whether a lettered item is just a heading over bullets or running text."""
        block = self.blocks[place]
        if block.end - block.body > _LONGEST:
            return False
        text = self.layout.text(block)
        if is_finished(text) or len(text.split()) > _FEW_WORDS:
            return False
        over_text = self.stands_over_text(place) and not text.endswith(",")
        return over_text or self.has_children(place)
