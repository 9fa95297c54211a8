"""The letterhead: type line, number, and the organ named above them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz

from loaders.citing.codes import read_code
from loaders.citing.doctypes import TYPES, DocumentType, document_code, type_by_code, type_by_name
from loaders.citing.issuers import Issuer, issuer_at
from loaders.citing.numbers import find_numbers
from loaders.document import Evidence, Stated
from loaders.text.layout import Block, Layout
from loaders.text.reading import fold

_HEAD_BLOCKS = 40
_NUMBERED = frozenset({"roman", "decimal", "article", "part", "chapter", "capital", "letter"})
_NUMBER_WORD = re.compile(r"(?<![^\W_])s[o0b6](?:\s?[:.;,]\s?(?=[\d/.…_\s–-])|\s?(?=[\d/.…_–-]))")
_BLANK_NUMBER = re.compile(r"[\s.…_]*(?:[/-]\s?(?P<year>[12]\d{3}))?\s?[/-]\s?(?=[A-ZĐ])")
_OWN_NUMBER = re.compile(
    r"(?: số)?:? ?\d{1,5}(?:/\d{4})?[/-][A-ZĐa-zđ][\w.&/-]*(?: năm \d{4})?(?! năm)"
)
_MOTTOES = (
    "cong hoa xa hoi chu nghia viet nam",
    "doc lap - tu do - hanh phuc",
    "dang cong san viet nam",
)
_MOTTO_LIKE = 74
_TYPE_LIKE = 86
_FAR_FROM_WORD = 8
_BLANK = re.compile(r"\s")
_LINE = 300
_SHORT_LINE = 40
_LONGEST_NAME = 5
_UNITS = (
    " tỉnh", " thành phố", " huyện", " quận", " thị xã", " thị trấn", " đặc khu", " phường", " xã",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class TypeLine:
    """The line that names the type ("KẾ HOẠCH").

    Attributes:
        place: which block of the layout it is.
        type: the document type.
        end: where the type word ends in the flat text; what follows in the block is title.
    """

    place: int
    type: DocumentType
    end: int


def find_type_line(layout: Layout) -> TypeLine | None:
    """Return the first line that names a document type in capitals or as a heading.

    "QUYẾT ĐỊNH:" behind what it is based on only says that the decision follows.
    """
    based = False
    for place, block in enumerate(layout.blocks[:_HEAD_BLOCKS]):
        text = layout.text(block)
        based = based or text.startswith(("Căn cứ", "CĂN CỨ"))
        if block.kind in _NUMBERED or (based and text.endswith(":") and text.isupper()):
            return None
        found = _type_at_start(text, damaged=layout.damaged)
        if found and (block.heading or text[: found[1]].isupper()):
            return TypeLine(place, found[0], block.body + found[1])
    return None


def find_page_title(layout: Layout) -> TypeLine | None:
    """Return the first line if it names type and subject in small letters, as a web page does.

    "Kế hoạch 60/KH-UBND về chuyển đổi số năm 2025"; the end lies behind type and number.
    """
    block = layout.blocks[0] if layout.blocks else None
    if block is None or block.kind or block.end - block.body > _LINE:
        return None
    text = layout.text(block)
    found = _type_at_start(text, damaged=False)
    if not found or not text[0].isupper() or text.endswith((";", ":")):
        return None
    kind, end = found
    behind = _OWN_NUMBER.match(text, end)
    if text.endswith(".") and not behind:
        return None
    end = behind.end() if behind else end
    return TypeLine(0, kind, block.body + end) if text[end:].strip() else None


def _type_at_start(text: str, *, damaged: bool) -> tuple[DocumentType, int] | None:
    line = text.strip(" :*.")
    whole = type_by_name(line) if len(line) < _HEAD_BLOCKS else None
    if whole:
        return whole, len(text)
    folded = fold(text[:60])
    for name, kind in _names_longest_first().items():
        if folded.startswith(name) and not folded[len(name) : len(name) + 1].isalnum():
            return kind, len(name)
        if damaged and len(line) < _HEAD_BLOCKS and fuzz.ratio(fold(line), name) >= _TYPE_LIKE:
            return kind, len(text)
    return None


@lru_cache(maxsize=1)
def _names_longest_first() -> dict[str, DocumentType]:
    names = [(fold(name), kind) for kind in TYPES for name in (kind.name, *kind.other_names)]
    return dict(sorted(names, key=lambda pair: -len(pair[0])))


def head_blocks(layout: Layout, type_line: TypeLine | None) -> Sequence[Block]:
    """Return the blocks above the type line, or those before the first words of the body."""
    if type_line:
        return layout.blocks[: type_line.place + 1]
    head: list[Block] = []
    for block in layout.blocks[:_HEAD_BLOCKS]:
        if block.kind in _NUMBERED or re.match(r"\W*(?:kinh gui|can cu)\b", fold_of(layout, block)):
            break
        head.append(block)
    return head


def fold_of(layout: Layout, block: Block) -> str:
    """Return the first words of a block without case and diacritics."""
    return fold(layout.flat.text[block.body : min(block.end, block.body + 160)])


@dataclass(frozen=True, slots=True)
class OwnNumber:
    """A document's own number and its series; the number is None where it is left blank."""

    number: Stated[str] | None
    series: Stated[str] | None


def find_number(layout: Layout, blocks: Sequence[Block]) -> OwnNumber:
    """Find a document's own number behind "Số": "44/KH-UBND", or only its series: "/KH-UBND"."""
    flat = layout.flat
    for place, block in enumerate(blocks):
        text = _line(layout, block)
        for word in _NUMBER_WORD.finditer(fold(text)):
            if _is_cited(fold(text), word.start(), opens=place == 0 or bool(block.heading)):
                continue
            found = _number_behind(text[word.end() :], damaged=layout.damaged)
            if found:
                number, series, start, end = found
                first = block.start + word.end()
                evidence = Evidence(flat.span(first + start, first + end), "HED-002", 0.97)
                stated = Stated(number, evidence) if number else None
                return OwnNumber(stated, Stated(series, evidence) if series else None)
    return OwnNumber(None, None)


def read_number(layout: Layout, start: int, end: int) -> OwnNumber:
    """Read a number that stands alone in a stretch of the flat text."""
    found = _number_behind(layout.flat.text[start:end], damaged=layout.damaged)
    number, series, first, last = found or (None, None, 0, 0)
    if number is None:
        return OwnNumber(None, None)
    evidence = Evidence(layout.flat.span(start + first, start + last), "HED-015", 0.8)
    return OwnNumber(Stated(number, evidence), Stated(series, evidence) if series else None)


def _is_cited(folded: str, start: int, *, opens: bool) -> bool:
    """Tell whether the number behind a "số" is another document's: "thực hiện Nghị quyết số …".

    A line that is nothing but type and number, or that opens a text, names the document itself.
    """
    before = folded[:start].rstrip()
    named = next((name for name in _names_longest_first() if before.endswith(name)), None)
    if named is None:
        return False
    return before != named or not (opens or len(folded) < _SHORT_LINE)


def _number_behind(text: str, *, damaged: bool) -> tuple[str | None, str | None, int, int] | None:
    """Return number, series and place of the number at the start of a text."""
    blank = _BLANK_NUMBER.match(text)
    if blank:
        code = read_code(text, blank.end(), (), damaged=damaged)
        if code:
            return None, text[blank.end() : code.end].replace(" ", ""), blank.end(), code.end
    number = next(find_numbers(text, fold(text), damaged=damaged), None)
    if number and number.start <= _FAR_FROM_WORD:
        return number.text, series_of(number.text), number.start, number.end
    return None


def series_of(number: str) -> str:
    """Return what stands behind the running number: "KH-UBND", "KH/TU", "QĐ-UBND"."""
    return re.sub(r"^\d+[a-zđA-Z]?[/-](?:(?:19|20)\d{2}/)?", "", number)


def find_type(layout: Layout, type_line: TypeLine | None, own: OwnNumber) -> Stated[str] | None:
    """Return the type that the type line names, or else the code in the number."""
    if type_line:
        block = layout.blocks[type_line.place]
        span = layout.flat.span(block.body, type_line.end)
        return Stated(document_code(type_line.type), Evidence(span, "HED-001", 0.99))
    if own.series is None:
        line = find_page_title(layout)
        if line is None:
            return None
        span = layout.flat.span(layout.blocks[0].body, line.end)
        return Stated(document_code(line.type), Evidence(span, "HED-016", 0.7))
    series = own.series.value
    kind = type_by_code(re.split("[-/]", series)[0], party="/" in series)
    name = document_code(kind) if kind else "official-letter"
    return Stated(name, Evidence(own.series.evidence.span, "HED-008", 0.8))


def find_organ(layout: Layout, blocks: Sequence[Block]) -> Stated[str] | None:
    """Return the organ of the letterhead; where a superior stands above it, the lower one.

    The name may run over two lines ("ỦY BAN NHÂN DÂN" / "TỈNH HẬU GIANG"), with the motto of state
    or Party between them.
    """
    stretches = list(_organ_lines(layout, blocks))
    text = "\n".join(layout.flat.text[start:end] for start, end in stretches)
    places = [place for start, end in stretches for place in range(start, end + 1)]
    found: Stated[str] | None = None
    place = 0
    while place < len(text):
        organ = _organ_at(text, place, damaged=layout.damaged)
        if organ and organ.known:
            name, end = _with_proper_name(organ, text)
            span = layout.flat.span(places[place], places[end - 1] + 1)
            found = Stated(sober(name), Evidence(span, "HED-005", 0.95))
            place = end
        following = _BLANK.search(text, place)
        place = following.end() if following else len(text)
    return found


def _organ_at(text: str, place: int, *, damaged: bool) -> Issuer | None:
    """Read an organ that may run over the end of its line, but not into the name of another.

    "BAN CHẤP HÀNH TRUNG ƯƠNG" / "ĐẢNG ĐOÀN QUỐC HỘI" are two, not "… Trung ương Đảng".
    """
    joined = text.replace("\n", " ")
    organ = issuer_at(joined, fold(joined), place, damaged=damaged)
    line_end = text.find("\n", place)
    if organ is None or organ.name.endswith(_UNITS) or not place < line_end < organ.end:
        return organ
    line = text[:line_end]
    own = issuer_at(line, fold(line), place, damaged=damaged)
    parted = text[organ.end : organ.end + 1] == " " and own and own.known and own.end == line_end
    return own if parted else organ


def _with_proper_name(organ: Issuer, text: str) -> tuple[str, int]:
    """Complete "Ủy ban nhân dân huyện" by the rest of its line in capitals: "TAM ĐƯỜNG"."""
    rest = text[organ.end :].partition("\n")[0]
    if not organ.name.endswith(_UNITS) or not 0 < len(rest.split()) <= _LONGEST_NAME:
        return organ.name, organ.end
    return f"{organ.name} {rest.strip()}", organ.end + len(rest)


def _organ_lines(layout: Layout, blocks: Sequence[Block]) -> Iterator[tuple[int, int]]:
    """Yield the stretches of the letterhead that may name the organ, mottoes left out."""
    for block in blocks:
        start, end = _without_motto(layout, block)
        text = layout.flat.text[start:end]
        if not text.isupper() or _NUMBER_WORD.search(fold(text)):
            continue
        if _type_at_start(text, damaged=False) is None:
            yield start, end


def _without_motto(layout: Layout, block: Block) -> tuple[int, int]:
    """Return what a line of the letterhead says before the motto of state or Party."""
    folded = fold(_line(layout, block))
    for motto in _MOTTOES:
        found = fuzz.partial_ratio_alignment(motto, folded)
        whole = 10 * len(folded) >= 9 * len(motto)
        if found and whole and found.score >= _MOTTO_LIKE:
            before = folded[: folded.rfind(" ", 0, found.dest_start + 1) + 1]
            return block.start, block.start + len(before.rstrip())
    return block.start, block.start + len(folded)


def _line(layout: Layout, block: Block) -> str:
    """Return a line of the letterhead; a longer block is none, and only its beginning is read."""
    return layout.flat.text[block.start : min(block.end, block.start + _LINE)]


def sober(name: str) -> str:
    """Write words in capitals with only their first letter as one ("huyện TAM ĐƯỜNG")."""
    return " ".join(
        word.capitalize() if word.isupper() and len(word) > 1 and word not in _ACRONYMS else word
        for word in name.split(" ")
    )


_ACRONYMS = frozenset({"UBND", "HĐND", "MTTQ"})
