"""The labels with which a web page presents a document: "Số hiệu", "Ngày ban hành", "Người ký"."""

import re
from collections.abc import Iterator

from loaders.layout import Layout
from loaders.reading import fold

_FIELDS = {
    "so hieu": "number", "so ky hieu": "number", "so/ky hieu": "number",
    "so hieu van ban": "number", "so, ky hieu": "number",
    "ngay ban hanh": "issued", "ngay ky": "issued",
    "nguoi ky": "signer",
    "trich yeu": "title", "trich yeu noi dung": "title", "ve viec": "title",
}  # fmt: skip
_TABLE_BLOCKS = 60
_LABEL = re.compile(r"\W{0,3}(?P<label>[a-z][a-z/, ]{5,18}[a-z])\s?(?P<colon>:)?\s*")


def find_labels(layout: Layout) -> dict[str, tuple[int, int]]:
    """Return where in the flat text the values of a page's labels stand.

    The keys are "number", "issued", "signer" and "title". A label stands alone in its line or
    cell, the value in the next one, or it ends with a colon and the value follows it.
    """
    values: dict[str, tuple[int, int]] = {}
    for name, start, end in _labelled(layout):
        values.setdefault(name, (start, end))
    return values


def _labelled(layout: Layout) -> Iterator[tuple[str, int, int]]:
    blocks = layout.blocks[:_TABLE_BLOCKS]
    for block, following in zip(blocks, [*blocks[1:], None], strict=False):
        found = _LABEL.match(fold(layout.flat.text[block.start : min(block.end, block.start + 40)]))
        name = _FIELDS.get(found["label"].strip()) if found else None
        if found is None or name is None:
            continue
        start = block.start + found.end()
        if start < block.end and found["colon"]:
            yield name, start, block.end
        elif start >= block.end and following:
            yield name, following.start, following.end
