"""The foot of a document: who signed, and who receives it."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from loaders.document import Evidence, Stated
from loaders.provinces import find_province
from loaders.structure.closing import acts_for, closing_range, lists_recipients
from loaders.text.layout import Block, Layout
from loaders.text.reading import fold


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signed, and in what capacity ("TM. ỦY BAN NHÂN DÂN, KT. CHỦ TỊCH, PHÓ CHỦ TỊCH")."""

    name: str
    capacity: str | None


_NAME = re.compile(
    r"(?:(?:GS|PGS|TS|ThS|BS|KS|Đại tá|Thượng tá|Thiếu tướng|Trung tướng|Thượng tướng)\.?\s?)*"
    r"(?P<name>[^\W\d_]+['’]?[^\W\d_]*(?:\s[^\W\d_]+['’]?[^\W\d_]*){1,5})"
)
_OFFICE = re.compile(
    r"(?:quyen |pho |uy vien )?(?:tong )?(?:chu tich|bi thu|giam doc|bo truong|thu truong|thu tuong"
    r"|chanh|truong ban|truong doan|truong phong|to truong|hieu truong|doi truong|cuc truong"
    r"|vien truong|vu truong|hoi truong|tong thanh tra|thong doc|chu nhiem|thuong truc|chi huy"
    r"|tu lenh)"
)
_STAMP = re.compile(r"(?:da ky|ky ten|ky thay)\b")
_OFFICE_LINE = re.compile(r"[^\W\d_][^\d_@]*")
_FOR_REPORT = re.compile(
    r"\s*\|?\s*\((?:(?:để|de)\s[^()]{2,30}|b/c|báo cáo|p/h|phối hợp|t/h|thực hiện)\)\s*$",
    re.IGNORECASE,
)
_ITEMS = re.compile(r"(?<=[:;,.])\s*[-–]\s*")
_STOPS = " ;,.|"
_LAST_BLOCKS = 4
_LONGEST_NAME, _LONGEST_OFFICE, _LONGEST_RECIPIENT = 40, 90, 200


def find_signer(layout: Layout) -> Stated[Signer] | None:
    """Return the signer: the name below the capacity, or the only name at the foot."""
    blocks = _foot(layout)
    capacity: list[Block] = []
    for place, block in enumerate(blocks):
        text = layout.text(block)
        if block.kind is None and (
            acts_for(text) or (_is_office(text) and _names_follow(layout, blocks[place + 1 :]))
        ):
            capacity.append(block)
        elif capacity and _is_name(text) and block.kind is None:
            return _signer(layout, capacity, block)
    named = [block for block in blocks if block.kind is None and _is_name(layout.text(block))]
    return _signer(layout, [], named[-1]) if named else None


def read_signer(layout: Layout, start: int, end: int) -> Stated[Signer] | None:
    """Read a signer's name that stands alone in a stretch of the flat text."""
    name = layout.flat.text[start:end].strip(" .|")
    if not _is_name(name):
        return None
    return Stated(Signer(name, None), Evidence(layout.flat.span(start, end), "HED-015", 0.8))


def _foot(layout: Layout) -> Sequence[Block]:
    closing = closing_range(layout)
    foot = layout.blocks[closing.start : closing.stop] or layout.blocks[-_LAST_BLOCKS:]
    return [block for block in foot if block.kind != "footnote"]


def _is_office(text: str) -> bool:
    plain = _OFFICE_LINE.fullmatch(text) is not None
    return plain and text.isupper() and len(text) < _LONGEST_OFFICE and not lists_recipients(text)


def _names_follow(layout: Layout, blocks: Sequence[Block]) -> bool:
    """Tell whether only offices and recipients stand between here and a name."""
    return any(_is_name(layout.text(block)) for block in blocks if block.kind is None)


def _is_name(text: str) -> bool:
    """Tell whether a line is a person's name: two to six words, each with a capital.

    Names of many peoples: "Y Thanh Hà Niê Kđăm", "K'Mák", "Rah Lan Chung".
    """
    if len(text) > _LONGEST_NAME:
        return False
    found = _NAME.fullmatch(text)
    if not found or text.isupper():
        return False
    words = found["name"].split()
    return all(map(_is_part_of_name, words)) and not (
        find_province(found["name"]) or _OFFICE.match(fold(text)) or _STAMP.match(fold(text))
    )


def _is_part_of_name(word: str) -> bool:
    """Tell whether a word has one capital, its first letter, or one behind an apostrophe."""
    rest = re.sub(r"['’][^\W\d_]", "", word[1:])
    return word[0].isupper() and (not rest or rest.islower())


def _signer(layout: Layout, capacity: Sequence[Block], block: Block) -> Stated[Signer]:
    first = capacity[0] if capacity else block
    name = " ".join(layout.text(block).split())
    said = _joined(layout.flat.text[line.start : line.end].strip(" ,") for line in capacity)
    evidence = Evidence(
        layout.flat.span(first.start, block.end), "HED-011", 0.95 if capacity else 0.8
    )
    return Stated(Signer(name, said or None), evidence)


def _joined(lines: Iterable[str]) -> str:
    """Join the lines of a capacity; one that names no office goes on with the organ before it.

    "TM. ỦY BAN NHÂN" / "DÂN" / "KT. CHỦ TỊCH".
    """
    said = ""
    for line in lines:
        opens = acts_for(line) or _OFFICE.match(fold(line)) is not None
        said = f"{said}, {line}" if said and opens else f"{said} {line}".strip()
    return said


def find_recipients(layout: Layout) -> tuple[Stated[str], ...]:
    """Return the lines under "Nơi nhận", without bullets and end punctuation."""
    return tuple(_recipients(layout))


def _recipients(layout: Layout) -> Iterator[Stated[str]]:
    listing = False
    for block in _foot(layout):
        text = layout.flat.text[block.start : block.end]
        if lists_recipients(text):
            listing = True
            yield from _behind_heading(layout, block, text)
        elif listing and block.kind == "dash":
            yield from _recipient(layout, block.body, block.end)
        elif listing and block.kind is None and text.endswith(";") and not acts_for(text):
            yield from _recipient(layout, block.start, block.end)


def _behind_heading(layout: Layout, block: Block, text: str) -> Iterator[Stated[str]]:
    """Yield recipients that stand on the line of the heading: "Nơi nhận: - Như trên; - Lưu: VT"."""
    marks = list(_ITEMS.finditer(text))
    for mark, following in zip(marks, [*marks[1:], None], strict=False):
        end = following.start() if following else len(text)
        yield from _recipient(layout, block.start + mark.end(), block.start + end)


def _recipient(layout: Layout, start: int, end: int) -> Iterator[Stated[str]]:
    text = layout.flat.text[start : min(end, start + _LONGEST_RECIPIENT)]
    words = _FOR_REPORT.sub("", _without_signature(text).rstrip(_STOPS)).rstrip(_STOPS)
    if words:
        evidence = Evidence(layout.flat.span(start, start + len(words)), "HED-012", 0.95)
        yield Stated(words, evidence)


def _without_signature(text: str) -> str:
    """Cut what a scan of two columns put behind a recipient: "Bộ Y tế; CHỦ TỊCH"."""
    kept, sign, rest = text.partition(";")
    signs = acts_for(rest.strip()) or _OFFICE.match(fold(rest.strip())) is not None
    stray = not any(char.isalpha() for char in rest)
    return kept if sign and (stray or (rest.isupper() and signs)) else text
