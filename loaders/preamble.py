"""Title and preamble: what a document is about, what it carries out, what it is based on."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from loaders.citations import Citation
from loaders.document import Evidence, Stated
from loaders.issuers import Issuer, issuer_at
from loaders.layout import Block, Layout
from loaders.letterhead import TypeLine, sober
from loaders.reading import fold

_BODY = frozenset({"roman", "decimal", "article", "part", "chapter", "capital", "letter", "annex"})
_BASIS = re.compile(r"\W{0,4}(?:can c\w{1,3}|theo de nghi|xet)\b")
_BASED_ON = re.compile(r"\W{0,4}can c\w{1,3}\b")
_ADDRESS = re.compile(r"\W{0,4}kinh gui\b")
_SUBJECT = re.compile(r"\W{0,2}(?:v/v|ve viec)\b[\s:]*")
_ENDS = re.compile(r"[.;:][\"”’)\s/]*$")
# "thực hiện Nghị quyết …", "triển khai thực hiện …"; scans read "thue hien", "thyc hién".
_CARRIES_OUT = re.compile(
    r"(?:(?:tri\w{1,2}n khai|to chuc|tiep tuc|quan triet|va|,|day manh) )*"
    r"(?:th\w{1,3} hi\w{1,2}n|tri\w{1,2}n khai|thi hanh|cu the hoa)"
    r"(?: (?:co hieu qua|noi dung|tinh than|cac|dong thoi))*\s*$"
)
_OPENS_CLAUSE = re.compile(r"(?:^|[;(\"“]|ve viec|v/v|nham|de|,)\s*$")
_JOINED = re.compile(r"(?:;|,|\bva)\s*(?:cac )?$")
_PROMULGATES = re.compile(r"\s?(?:ban hanh|quyet nghi|quyet dinh|xay dung|thong nhat)\b")
_TITLE_BLOCKS, _PREAMBLE_BLOCKS = 14, 60
_SHORT_TITLE, _ORGAN_AWAY = 160, 90


@dataclass(frozen=True, slots=True)
class Opening:
    """The blocks of title and preamble.

    Attributes:
        title: where the title stands in the flat text, None if there is none.
        preamble: the blocks between title and first heading or item; a line between type and
            title that names the organ ("CỦA BỘ CHÍNH TRỊ") comes first.
    """

    title: tuple[int, int] | None
    preamble: Sequence[Block]


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
    place = first
    while place < min(first + _TITLE_BLOCKS, len(blocks)) and type_line:
        if not _is_title(layout, blocks, place, title):
            break
        title = (title[0] if title else blocks[place].start, blocks[place].end)
        place += 1
    return Opening(title or _subject(layout), [*organ, *_preamble(layout, place)])


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
    if block.kind or block.ruled or _BASIS.match(folded) or _ADDRESS.match(folded):
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
    whole = organ is not None and organ.known and organ.end >= len(text.rstrip(" ,:"))
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
        if block.kind in _BODY or (block.kind in {"dash", "plus"} and not _BASIS.match(words)):
            break
        if block.kind != "footnote":
            preamble.append(block)
    return preamble


def stated_title(layout: Layout, opening: Opening) -> Stated[str] | None:
    """Return the title on one line."""
    if opening.title is None:
        return None
    start, end = opening.title
    words = layout.flat.text[start:end].replace("\n", " ").strip(" .:;")
    return Stated(words, Evidence(layout.flat.span(start, end), "HED-006", 0.95))


def find_implements(
    layout: Layout, opening: Opening, type_line: TypeLine | None, citations: Sequence[Citation]
) -> tuple[Stated[str], ...]:
    """Return what title and preamble say is carried out.

    Only what stands directly behind "thực hiện" counts, with what is joined to it; a document
    inside the title of another one ("… ban hành Chương trình hành động thực hiện Nghị quyết …")
    does not.
    """
    name = type_line.type.name if type_line else ""
    found: dict[str, Stated[str]] = {}
    for start, end in _carrying(layout, opening):
        for citation in _direct(layout, start, end, name, citations):
            evidence = Evidence(citation.evidence.span, "HED-009", 0.9)
            found.setdefault(citation.key, Stated(citation.key, evidence))
    return tuple(found.values())


def _carrying(layout: Layout, opening: Opening) -> Iterator[tuple[int, int]]:
    if opening.title:
        yield opening.title
    for block in opening.preamble:
        if not _BASIS.match(fold(layout.flat.text[block.body : block.body + 20])):
            yield block.body, block.end


def _direct(
    layout: Layout, start: int, end: int, own_type: str, citations: Sequence[Citation]
) -> Iterator[Citation]:
    """Yield the citations of a stretch that are objects of its own "thực hiện"."""
    text = fold(layout.flat.text[start:end])
    before_direct = False
    for citation, place in _outside_brackets(layout, start, end, citations):
        before = text[:place]
        carries = _CARRIES_OUT.search(before[-120:])
        if carries:
            rest = before[: len(before) - (len(before[-120:]) - carries.start())].rstrip()
            own = fold(own_type)
            direct = bool(_OPENS_CLAUSE.search(rest) or (own and rest.endswith(own)))
        else:
            joined = _JOINED.search(before)
            direct = bool(joined) and (
                before_direct or (joined is not None and ";" in joined.group())
            )
        if direct:
            yield citation
        before_direct = direct


def _outside_brackets(
    layout: Layout, start: int, end: int, citations: Sequence[Citation]
) -> Iterator[tuple[Citation, int]]:
    """Yield the citations of a stretch with their places in it, those in brackets left out."""
    text = layout.flat.text[start:end]
    for citation in sorted(citations, key=lambda c: c.evidence.span):
        place = layout.flat.index(citation.evidence.span.start) - start
        if 0 <= place < len(text) and text.count("(", 0, place) <= text.count(")", 0, place):
            yield citation, place


def find_legal_basis(
    layout: Layout, opening: Opening, citations: Sequence[Citation]
) -> tuple[Stated[str], ...]:
    """Return what stands after "Căn cứ": the first citation of each such line, and those joined.

    Where no line begins so, a section "Căn cứ pháp lý" lists them.
    """
    found: dict[str, Stated[str]] = {}
    based = [
        block for block in opening.preamble if _BASED_ON.match(fold(_text(layout, block)[:40]))
    ]
    for block in based or _basis_section(layout):
        text = fold(layout.flat.text[block.body : block.end])
        taken = False
        for citation, place in _outside_brackets(layout, block.body, block.end, citations):
            if taken and not _JOINED.search(text[:place]):
                continue
            taken = True
            evidence = Evidence(citation.evidence.span, "HED-010", 0.97)
            found.setdefault(citation.key, Stated(citation.key, evidence))
    return tuple(found.values())


def _basis_section(layout: Layout) -> Iterator[Block]:
    """Yield the lines of a section "Căn cứ pháp lý"."""
    heading: Block | None = None
    for block in layout.blocks:
        if block.kind in {"roman", "decimal"}:
            if heading and block.kind == heading.kind:
                return
            if heading is None and _BASED_ON.match(fold(layout.text(block)[:20])):
                heading = block
                continue
        if heading:
            yield block


def acting_organ(layout: Layout, opening: Opening) -> Stated[str] | None:
    """Return the organ of which the preamble says that it issues the document.

    "Ủy ban nhân dân tỉnh Lai Châu ban hành Kế hoạch …"; a line in capitals that is nothing but an
    organ ("CHÍNH PHỦ") says the same.
    """
    for block in opening.preamble:
        organ = _organ_in_capitals(layout, _text(layout, block))
        if organ:
            return _stated_organ(layout, block, 0, organ.end, organ.name)
    for block in reversed(opening.preamble):
        found = _organ_before_verb(layout, block)
        if found:
            return found
    return None


def _organ_before_verb(layout: Layout, block: Block) -> Stated[str] | None:
    text = layout.flat.text[block.start : block.end]
    folded = fold(text)
    last: Stated[str] | None = None
    for verb in _PROMULGATES.finditer(folded):
        first = max(0, verb.start() - _ORGAN_AWAY)
        for word in re.finditer(r"(?<!\w)(?=[A-ZĐƯÂĂÊÔƠỦ])", text[first : verb.start()]):
            place = first + word.start()
            organ = issuer_at(text, folded, place, damaged=layout.damaged)
            if organ and organ.known and abs(organ.end - verb.start()) <= 1:
                last = _stated_organ(layout, block, place, organ.end, organ.name)
                break
    return last


def _stated_organ(layout: Layout, block: Block, start: int, end: int, name: str) -> Stated[str]:
    span = layout.flat.span(block.start + start, block.start + end)
    return Stated(sober(name), Evidence(span, "HED-007", 0.9))
