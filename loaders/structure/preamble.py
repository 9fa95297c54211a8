"""Title and preamble: what a document is about, and who issues it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from loaders.citing.issuers import Issuer, issuer_at
from loaders.document import Evidence, Stated
from loaders.structure.letterhead import TypeLine, find_page_title, sober
from loaders.text.layout import Block, Layout
from loaders.text.reading import fold

_BODY = frozenset({"roman", "decimal", "article", "part", "chapter", "capital", "letter", "annex"})
BASIS = re.compile(r"\W{0,4}(?:can c\w{1,3}|theo de nghi|xet)\b")
_ADDRESS = re.compile(r"\W{0,4}kinh gui\b")
_SUBJECT = re.compile(r"\W{0,2}(?:v/v|ve viec)\b[\s:]*")
_ENDS = re.compile(r"[.;:][\"”’)\s/]*$")
_PROMULGATES = re.compile(r"\s?(?:ban hanh|quyet nghi|quyet dinh|xay dung|thong nhat)\b")
# "Số: 44/KH-UBND", "Hưng Yên, ngày 03 tháng 3 năm 2025": the last lines of a letterhead.
_LETTERHEAD_END = re.compile(r"^so\s?:?\s?[\d./…_ -]*[/-]|\bngay\b.{0,20}\bthang\b.{0,20}\bnam\b")
# "HỘI ĐỒNG NHÂN DÂN TỈNH … KHÓA IV, KỲ HỌP THỨ 5"; "Ban Thường vụ Tỉnh ủy (khóa XV) ban hành".
_TERM = re.compile(r"[\s,:]*(?:\(?(?:khoa|nhiem ky|ky hop)\b.*)?")
_BEFORE_VERB = re.compile(r"\s?(?:\([^()]{1,40}\)\s?)?(?:(?:tinh|thanh pho)\s?)?")
_OPENS_SUBJECT = re.compile(
    r"\s(?=(?:ve|v/v|thuc hien|trien khai|thi hanh|ban hanh|phe duyet|quy dinh|nham|cu the hoa)\b)"
)
_TITLE_BLOCKS, _PREAMBLE_BLOCKS, _HEAD_BLOCKS = 14, 60, 40
_SHORT_TITLE, _ORGAN_AWAY = 160, 90


@dataclass(frozen=True, slots=True)
class Opening:
    """The blocks of title and preamble.

    Attributes:
        title: where the title stands in the flat text, None if there is none.
        preamble: the blocks between title and first heading or item; a line between type and
            title that names the organ ("CỦA BỘ CHÍNH TRỊ") comes first.
        organ: where an organ stands that the title's line begins with, and where the title does.
    """

    title: tuple[int, int] | None
    preamble: Sequence[Block]
    organ: tuple[int, int] | None = None


def find_opening(layout: Layout, type_line: TypeLine | None) -> Opening:
    """Tell the title from the preamble behind it."""
    blocks = layout.blocks
    first = type_line.place + 1 if type_line else 0
    title: tuple[int, int] | None = None
    if type_line and type_line.end < blocks[type_line.place].end:
        title = _trim(layout, type_line.end, blocks[type_line.place].end)
    organ: Sequence[Block] = ()
    if type_line and first < len(blocks) and _names_organ(layout, _text(layout, blocks[first])):
        organ = blocks[first : first + 1]
        first += 1
    place = first if type_line else _untyped_title(layout)
    last = min(place + _TITLE_BLOCKS, len(blocks)) if place else 0
    while place < last and _is_title(layout, blocks, place, title):
        title = (title[0] if title else blocks[place].start, blocks[place].end)
        place += 1
    acting = _organ_of_title(layout, title) if title else None
    if title and acting:
        title = (acting[1], title[1])
    title = title or _subject(layout) or (None if type_line else _page_title(layout))
    return Opening(title, [*organ, *_preamble(layout, place)], acting)


def _organ_of_title(layout: Layout, title: tuple[int, int]) -> tuple[int, int] | None:
    """Return where organ and subject begin in "của Ban Chấp hành Đảng bộ tỉnh về chuyển đổi số"."""
    text = layout.flat.text[slice(*title)].replace("\n", " ")
    folded = fold(text)
    if not folded.startswith("cua "):
        return None
    start = len("cua ")
    organ = issuer_at(text, folded, start, damaged=layout.damaged)
    subject = _OPENS_SUBJECT.match(folded, organ.end) if organ and organ.known else None
    return (title[0] + start, title[0] + subject.end()) if subject else None


def _untyped_title(layout: Layout) -> int:
    """Return the place of the title where no line names the type, 0 if there is none.

    Web pages drop the type line; the title in capitals then follows number and date at once.
    """
    below = False
    for place, block in enumerate(layout.blocks[:_HEAD_BLOCKS]):
        text = _text(layout, block)
        words = fold(text[:40])
        if block.kind in _BODY or BASIS.match(words) or _ADDRESS.match(words):
            return 0
        if below and text.isupper() and len(text.split()) > 2:  # noqa: PLR2004 - no organ, no clerk's mark
            return 0 if _names_organ(layout, text) else place
        below = below or _LETTERHEAD_END.search(fold(text[:_SHORT_TITLE])) is not None
    return 0


def _page_title(layout: Layout) -> tuple[int, int] | None:
    """Return the title from the heading of a web page: "Kế hoạch 60/KH-UBND về …"."""
    line = find_page_title(layout)
    return _trim(layout, line.end, layout.blocks[line.place].end) if line else None


def _text(layout: Layout, block: Block) -> str:
    return layout.flat.text[block.start : block.end]


def _trim(layout: Layout, start: int, end: int) -> tuple[int, int] | None:
    text = layout.flat.text[start:end]
    start += len(text) - len(text.lstrip(" :.-–*"))
    return (start, end) if start < end else None


def _is_title(
    layout: Layout, blocks: Sequence[Block], place: int, title: tuple[int, int] | None
) -> bool:
    """Tell whether a block belongs to the title, given what of it is already known."""
    block = blocks[place]
    text = layout.flat.text[block.start : block.end]
    folded = fold(text[:40])
    if block.kind or block.ruled or BASIS.match(folded) or _ADDRESS.match(folded):
        return False
    if text.startswith("(") or _names_organ(layout, text):
        return False
    if title is None:
        return True
    before = blocks[place - 1]
    alike = (block.bold, bool(block.heading), text.isupper()) == (
        before.bold, bool(before.heading), layout.flat.text[before.start : before.end].isupper()
    )  # fmt: skip
    set_apart = block.bold or bool(block.heading) or text.isupper()
    short = len(text) < _SHORT_TITLE and not _ENDS.search(text)
    finished = _ENDS.search(layout.flat.text[title[0] : title[1]]) is not None
    return alike and not finished and (set_apart or short)


def _names_organ(layout: Layout, text: str) -> bool:
    """Tell whether a line in capitals is nothing but the organ that acts: "CHÍNH PHỦ"."""
    return _organ_in_capitals(layout, text) is not None


def _organ_in_capitals(layout: Layout, text: str) -> Issuer | None:
    """Return the organ that a line in capitals names and nothing else, "của" before it or not."""
    if not text.isupper() or len(text) > _SHORT_TITLE:
        return None
    folded = fold(text)
    start = len("cua ") if folded.startswith("cua ") else 0
    organ = issuer_at(text, folded, start, damaged=layout.damaged)
    whole = organ is not None and organ.known and _TERM.fullmatch(folded, organ.end)
    return organ if whole else None


def _subject(layout: Layout) -> tuple[int, int] | None:
    """Return the subject of a letter: "V/v …"."""
    for block in layout.blocks[:_TITLE_BLOCKS]:
        found = _SUBJECT.match(fold(layout.flat.text[block.start : block.end]))
        if found and found.end() < block.end - block.start:
            return block.start + found.end(), block.end
    return None


def _preamble(layout: Layout, first: int) -> Sequence[Block]:
    preamble: list[Block] = []
    for block in layout.blocks[first : first + _PREAMBLE_BLOCKS]:
        words = fold(layout.flat.text[block.body : min(block.end, block.body + 20)])
        if block.kind in _BODY or (block.kind in {"dash", "plus"} and not BASIS.match(words)):
            break
        if block.kind != "footnote":
            preamble.append(block)
    return preamble


def stated_title(layout: Layout, title: tuple[int, int] | None) -> Stated[str] | None:
    """Return the title that stands somewhere in the flat text on one line."""
    if title is None:
        return None
    start, end = title
    words = layout.flat.text[start:end].replace("\n", " ").strip(" .:;")
    return Stated(words, Evidence(layout.flat.span(start, end), "HED-006", 0.95))


def acting_organ(layout: Layout, opening: Opening) -> Stated[str] | None:
    """Return the organ of which the preamble says that it issues the document.

    "Ủy ban nhân dân tỉnh Lai Châu ban hành Kế hoạch …"; a line in capitals that is nothing but an
    organ ("CHÍNH PHỦ") says the same.
    """
    if opening.organ:
        return _organ_at(layout, *opening.organ)
    for block in opening.preamble:
        organ = _organ_in_capitals(layout, _text(layout, block))
        if organ:
            return _stated_organ(layout, block, 0, organ.end, organ.name)
    for block in reversed(opening.preamble):
        found = _organ_before_verb(layout, block)
        if found:
            return found
    return None


def _organ_at(layout: Layout, start: int, end: int) -> Stated[str] | None:
    text = layout.flat.text[start:end].replace("\n", " ")
    organ = issuer_at(text, fold(text), 0, damaged=layout.damaged)
    if organ is None:
        return None
    evidence = Evidence(layout.flat.span(start, start + organ.end), "HED-007", 0.9)
    return Stated(sober(organ.name), evidence)


def _organ_before_verb(layout: Layout, block: Block) -> Stated[str] | None:
    text = layout.flat.text[block.start : block.end]
    folded = fold(text)
    last: Stated[str] | None = None
    for verb in _PROMULGATES.finditer(folded):
        first = max(0, verb.start() - _ORGAN_AWAY)
        for word in re.finditer(r"(?<!\w)(?=[A-ZĐƯÂĂÊÔƠỦ])", text[first : verb.start()]):
            place = first + word.start()
            organ = issuer_at(text, folded, place, damaged=layout.damaged)
            if organ and organ.known and _BEFORE_VERB.fullmatch(folded, organ.end, verb.start()):
                last = _stated_organ(layout, block, place, organ.end, organ.name)
                break
    return last


def _stated_organ(layout: Layout, block: Block, start: int, end: int, name: str) -> Stated[str]:
    span = layout.flat.span(block.start + start, block.start + end)
    return Stated(sober(name), Evidence(span, "HED-007", 0.9))
