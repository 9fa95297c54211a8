"""The letterhead: type line, number, place and date, and the organ named above them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from loaders.codes import read_code
from loaders.dates import date_at
from loaders.doctypes import TYPES, DocumentType, type_by_code, type_by_name
from loaders.document import Evidence, Stated
from loaders.issuers import issuer_at
from loaders.layout import Block, Layout
from loaders.numbers import find_numbers
from loaders.provinces import find_province
from loaders.reading import fold

_HEAD_BLOCKS = 40
_NUMBERED = frozenset({"roman", "decimal", "article", "part", "chapter", "capital", "letter"})
_NUMBER_WORD = re.compile(r"(?<![^\W_])s[o0b6](?:\s?[:.;,]\s?(?=[\d/.…_\s–-])|\s?(?=[\d/.…_–-]))")
_BLANK_NUMBER = re.compile(r"[\s.…_]*(?:[/-]\s?(?P<year>[12]\d{3}))?\s?[/-]\s?(?=[A-ZĐ])")
_DAY = re.compile(r"(?<![^\W_])(?:ng[a-z&]{1,2}[yv]|n[gq9]ay)(?![^\W_])")
_YEAR = re.compile(r"n[a-z&]{1,3}m\s?(?P<year>(?:19|20)\d{2})(?!\d)")
_MOTTOES = (
    "cong hoa xa hoi chu nghia viet nam",
    "doc lap - tu do - hanh phuc",
    "dang cong san viet nam",
)
_MOTTO_LIKE = 74
_TYPE_LIKE = 86
_FAR_FROM_WORD = 8
_PLACE_WORDS = 6
_LINE = 300


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
    """Return the first line that names a document type in capitals or as a heading."""
    for place, block in enumerate(layout.blocks[:_HEAD_BLOCKS]):
        if block.kind in _NUMBERED:
            return None
        text = layout.text(block)
        found = _type_at_start(text, damaged=layout.damaged)
        if found and (block.heading or text[: found[1]].isupper()):
            return TypeLine(place, found[0], block.body + found[1])
    return None


def _type_at_start(text: str, *, damaged: bool) -> tuple[DocumentType, int] | None:
    line = text.strip(" :*.")
    whole = type_by_name(line) if len(line) < _HEAD_BLOCKS else None
    if whole:
        return whole, len(text)
    folded = fold(text[:60])
    for name, kind in _names_longest_first():
        if folded.startswith(name) and not folded[len(name) : len(name) + 1].isalnum():
            return kind, len(name)
        if damaged and len(line) < _HEAD_BLOCKS and fuzz.ratio(fold(line), name) >= _TYPE_LIKE:
            return kind, len(text)
    return None


def _names_longest_first() -> list[tuple[str, DocumentType]]:
    names = [(fold(name), kind) for kind in TYPES for name in (kind.name, *kind.other_names)]
    return sorted(names, key=lambda pair: -len(pair[0]))


def head_blocks(layout: Layout, type_line: TypeLine | None) -> Sequence[Block]:
    """Return the blocks above the type line, or those before the first words of the body."""
    if type_line:
        return layout.blocks[: type_line.place + 1]
    head: list[Block] = []
    for block in layout.blocks[: _HEAD_BLOCKS // 2]:
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
    for block in blocks:
        text = _line(layout, block)
        for word in _NUMBER_WORD.finditer(fold(text)):
            found = _number_behind(text[word.end() :], damaged=layout.damaged)
            if found:
                number, series, start, end = found
                first = block.start + word.end()
                evidence = Evidence(flat.span(first + start, first + end), "HED-002", 0.97)
                stated = Stated(number, evidence) if number else None
                return OwnNumber(stated, Stated(series, evidence) if series else None)
    return OwnNumber(None, None)


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
        return Stated(type_line.type.english, Evidence(span, "HED-001", 0.99))
    if own.series is None:
        return None
    series = own.series.value
    kind = type_by_code(re.split("[-/]", series)[0], party="/" in series)
    name = kind.english if kind else "official-letter"
    return Stated(name, Evidence(own.series.evidence.span, "HED-008", 0.8))


@dataclass(frozen=True, slots=True)
class Dateline:
    """Where and when: "Hưng Yên, ngày 03 tháng 3 năm 2025"; `blank` if no part of it is filled."""

    place: Stated[str] | None
    issued: Stated[str] | None
    blank: bool = False


def find_dateline(layout: Layout, blocks: Sequence[Block]) -> Dateline:
    """Find place and date, each as precise as the source; blanks to fill are left out."""
    flat = layout.flat
    for number, block in enumerate(blocks):
        text = _line(layout, block)
        folded = fold(text)
        for word in _DAY.finditer(folded):
            before = text[: word.start()].rstrip()
            if before and not before.endswith((",", ".")):
                continue
            value, end = _date_behind(folded, word.start())
            span = flat.span(block.start + word.start(), block.start + end)
            issued = Stated(value, Evidence(span, "HED-003", 0.98)) if value else None
            place = _place(layout, block, before) if before else None
            return Dateline(_place_over_break(layout, blocks, number) or place, issued, not value)
    return Dateline(None, None)


def _date_behind(folded: str, start: int) -> tuple[str | None, int]:
    date = date_at(folded, start)
    # In "ngày 05 tháng   năm 2025" the month is blank; it only looks like the fifth ("tháng năm").
    if date and date.value and not date.value.startswith("--"):
        return date.value, date.end
    year = _YEAR.search(folded, start, start + 80)
    return (year["year"], year.end()) if year else (None, min(len(folded), start + 4))


def _place(layout: Layout, block: Block, before: str) -> Stated[str] | None:
    """Return the place before ", ngày"; in a page of two columns the number stands before it."""
    words = list(re.finditer(r"[^\W\d_][^\s,]*|-", before.rstrip(" ,.")))[-_PLACE_WORDS:]
    for number in range(len(words)):
        name = before[words[number].start() : words[-1].end()]
        province = find_province(name, damaged=layout.damaged)
        if province:
            return _stated_place(
                layout, block, words[number].start(), words[-1].end(), province.name
            )
    own = re.search(r"(?:[A-ZĐÀ-Ỹ][^\W\d_]*\s)*[A-ZĐÀ-Ỹ][^\W\d_]*$", before.rstrip(" ,."))
    if own and not re.search(r"\d|/", own.group()):
        return _stated_place(layout, block, own.start(), own.end(), own.group())
    return None


def _place_over_break(layout: Layout, blocks: Sequence[Block], number: int) -> Stated[str] | None:
    """Return the province whose name runs over a line break: "Bà Rịa - Vũng" / "Tàu, ngày …"."""
    if number == 0:
        return None
    above, block = blocks[number - 1], blocks[number]
    name = layout.flat.text[above.start : block.end].partition(",")[0].replace("\n", " ")
    province = find_province(name)
    if province is None or above.start + len(name) <= block.start:
        return None
    return _stated_place(layout, above, 0, len(name), province.name)


def _stated_place(layout: Layout, block: Block, start: int, end: int, name: str) -> Stated[str]:
    span = layout.flat.span(block.start + start, block.start + end)
    return Stated(name, Evidence(span, "HED-004", 0.97))


def find_organ(layout: Layout, blocks: Sequence[Block]) -> Stated[str] | None:
    """Return the organ of the letterhead; where a superior stands above it, the lower one.

    The name may run over two lines ("ỦY BAN NHÂN DÂN" / "TỈNH HẬU GIANG"), with the motto of state
    or Party between them.
    """
    stretches = list(_organ_lines(layout, blocks))
    text = " ".join(layout.flat.text[start:end] for start, end in stretches)
    places = [place for start, end in stretches for place in range(start, end + 1)]
    folded = fold(text)
    found: Stated[str] | None = None
    place = 0
    while place < len(text):
        organ = issuer_at(text, folded, place, damaged=layout.damaged)
        if organ and organ.known:
            span = layout.flat.span(places[place], places[organ.end - 1] + 1)
            found = Stated(sober(organ.name), Evidence(span, "HED-005", 0.95))
            place = organ.end
        following = text.find(" ", place)
        place = following + 1 if following >= 0 else len(text)
    return found


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
