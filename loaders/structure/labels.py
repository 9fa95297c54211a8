"""The labels with which a web page presents a document: "Số hiệu", "Ngày ban hành", "Người ký"."""

import re
from collections.abc import Iterator

from loaders.text.layout import Layout
from loaders.text.reading import fold

_FIELDS = {
    "so hieu": "number", "so ky hieu": "number", "so/ky hieu": "number",
    "so hieu van ban": "number", "so, ky hieu": "number",
    "ngay ban hanh": "issued", "ngay ky": "issued",
    "nguoi ky": "signer",
    "trich yeu": "title", "trich yeu noi dung": "title", "ve viec": "title",
}  # fmt: skip
_TABLE_BLOCKS = 60
_LONGEST = 600
_ALONE = re.compile(r"\W{0,3}(?P<label>[a-z][a-z/, ]{5,18}[a-z])\s?:?\W{0,3}")
# A label inside a line begins with a capital, even where its page glues it to the value before.
_INSIDE = re.compile(
    r"(?:Số|Ngày|Loại|Người|Nơi|Cơ quan|Lĩnh vực|Tình trạng|Áp dụng|Trích yếu|Về việc|Ký hiệu)"
    r"[^:|\n]{0,24}:\s?"
)


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
        if block.end - block.start > _LONGEST:
            continue
        text = layout.flat.text[block.start : block.end]
        alone = _ALONE.fullmatch(fold(text))
        if alone and following and alone["label"].strip() in _FIELDS:
            yield _FIELDS[alone["label"].strip()], following.start, following.end
        yield from _inside(text, block.start)


def _inside(text: str, start: int) -> Iterator[tuple[str, int, int]]:
    """Yield the values of labels with a colon: "Số hiệu: 10/2011/NQ-HĐND Loại văn bản: …"."""
    found = list(_INSIDE.finditer(text))
    for label, following in zip(found, [*found[1:], None], strict=False):
        name = _FIELDS.get(fold(label.group()).rstrip(" :"))
        end = following.start() if following else len(text)
        value = text[label.end() : end].rstrip(" |")
        if name and value:
            yield name, start + label.end(), start + label.end() + len(value)
