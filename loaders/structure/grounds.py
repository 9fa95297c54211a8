"""What a document carries out ("thực hiện …") and what it is based on ("Căn cứ …")."""

import re
from collections.abc import Iterator, Sequence

from loaders.citing.citations import Citation
from loaders.document import Evidence, Stated
from loaders.structure.letterhead import TypeLine
from loaders.structure.preamble import BASIS, Opening
from loaders.text.layout import Block, Layout
from loaders.text.reading import fold

_BASED_ON = re.compile(r"\W{0,4}can c\w{1,3}\b")
# "thực hiện Nghị quyết …", "triển khai thực hiện …"; scans read "thue hien", "thyc hién".
_CARRIES_OUT = re.compile(
    r"(?:(?:tri\w{1,2}n khai|to chuc|tiep tuc|quan triet|va|,|day manh) )*"
    r"(?:th\w{1,3} hi\w{1,2}n|tri\w{1,2}n khai|thi hanh|cu the hoa)"
    r"(?: (?:co hieu qua|noi dung|tinh than|cac|dong thoi|thang loi|nghiem tuc|,|va))*\s*$"
)
_OPENS_CLAUSE = re.compile(r"(?:^|[;(\"“]|ve viec|v/v|nham|de|,|\.)\s*$")
_JOINED = re.compile(r"(?:;|,|\bva)\s*(?:cac )?(?:so:?\s)?$")
# What stands behind a semicolon is carried out too if the sentence began with it, numbered or not.
_OPENS = re.compile(
    r"\W*(?:th\w{1,3} hi\w{1,2}n|tri\w{1,2}n khai|thi hanh|cu the hoa|quan triet)\b"
)
# "ban hành Chương trình hành động của Chính phủ thực hiện …": the title of what is issued here.
_ISSUES = re.compile(
    r"(?:ve viec |v/v |ve )?(?:(?:ban hanh|phe duyet|sua doi|bo sung|cap nhat|dieu chinh)[, ]{0,2}"
    r"(?:va )?)+(?:cac )?(?:noi dung )?(?:ke hoach|chuong trinh|de an|chien luoc|danh muc|quy che)"
)
# "… của Chính phủ ban hành Kế hoạch thực hiện …" speaks of another document.
_OF_ANOTHER = re.compile(
    r"(?:\bve (?:viec )?|\bcua [^,;:()]{2,80}\s)(?:ban hanh|phe duyet|xay dung)\s$"
)
_CARRIED_BESIDE = re.compile(r"[;.]\s+(?:va )?(?=th\w{1,3} hi\w{1,2}n\b|tri\w{1,2}n khai\b)")
_BASED_AGAIN = re.compile(r"[;,.]\s+can c\w{1,3}\s(?:cac )?$")
_REACH, _NEAR = 120, 40


def find_implements(
    layout: Layout, opening: Opening, type_line: TypeLine | None, citations: Sequence[Citation]
) -> tuple[Stated[str], ...]:
    """Return what title and preamble say is carried out.

    Only what stands directly behind "thực hiện" counts, with what is joined to it; a document
    inside the title of another one ("… ban hành Chương trình hành động thực hiện Nghị quyết …")
    does not. In the document's own title it does.
    """
    name = fold(type_line.type.name) if type_line else ""
    found: dict[str, Stated[str]] = {}
    for start, end in _carrying(layout, opening):
        titled = opening.title == (start, end)
        for citation in _direct(layout, (start, end), name, citations, titled=titled):
            evidence = Evidence(citation.evidence.span, "HED-009", 0.9)
            found.setdefault(citation.key, Stated(citation.key, evidence))
    return tuple(found.values())


def _carrying(layout: Layout, opening: Opening) -> Iterator[tuple[int, int]]:
    """Yield the stretches that may say what is carried out."""
    if opening.title:
        yield opening.title
    for block in opening.preamble:
        if not BASIS.match(fold(layout.flat.text[block.body : block.body + 20])):
            yield block.body, block.end
        else:
            start = _end_of_basis(layout, block)
            if start < block.end:
                yield start, block.end


def _end_of_basis(layout: Layout, block: Block) -> int:
    """Return where "Căn cứ …; thực hiện …" goes on to what is carried out."""
    found = _CARRIED_BESIDE.search(fold(layout.flat.text[block.body : block.end]))
    return block.body + found.end() if found else block.end


def _direct(
    layout: Layout,
    stretch: tuple[int, int],
    own_type: str,
    citations: Sequence[Citation],
    *,
    titled: bool,
) -> Iterator[Citation]:
    """Yield the citations of a stretch that are objects of its own "thực hiện"."""
    text = fold(layout.flat.text[slice(*stretch)]).replace("\n", " ")
    opens = _OPENS.match(text) is not None
    before_direct, first = False, True
    for citation, place in _outside_brackets(layout, *stretch, citations):
        before = text[0 if first else max(0, place - 2 * _REACH) : place]
        carries = _CARRIES_OUT.search(before[-_REACH:])
        if carries:
            rest = before[: len(before) - (len(before[-_REACH:]) - carries.start())].rstrip()
            issues = titled and first and _ISSUES.match(rest) is not None
            direct = issues or _is_own_clause(rest, own_type)
        else:
            joined = _JOINED.search(before[-_NEAR:])
            direct = joined is not None and (before_direct or (opens and ";" in joined.group()))
        if direct:
            opens = True
            yield citation
        before_direct, first = direct, False


def _is_own_clause(rest: str, own_type: str) -> bool:
    """Tell whether "thực hiện" behind some words is the document's own deed."""
    if _OPENS_CLAUSE.search(rest):
        return True
    words = rest.removesuffix(" hanh dong")
    for name in filter(None, (own_type, own_type.removesuffix(" hanh dong"))):
        if words.endswith(name) or rest.endswith(name):
            issues = (words if words.endswith(name) else rest).removesuffix(name)
            return not _OF_ANOTHER.search(issues[-_REACH:])
    return False


def _outside_brackets(
    layout: Layout, start: int, end: int, citations: Sequence[Citation]
) -> Iterator[tuple[Citation, int]]:
    """Yield the citations of a stretch with their places in it, those in brackets left out."""
    if start >= end:
        return
    text, span = layout.flat.text[start:end], layout.flat.span(start, end)
    inside = [citation for citation in citations if span.overlaps(citation.evidence.span)]
    read = depth = 0
    for citation in sorted(inside, key=lambda c: c.evidence.span):
        place = layout.flat.index(citation.evidence.span.start) - start
        if read <= place < len(text):
            depth += text.count("(", read, place) - text.count(")", read, place)
            read = place
            if depth <= 0:
                yield citation, place


def find_legal_basis(
    layout: Layout, opening: Opening, citations: Sequence[Citation]
) -> tuple[Stated[str], ...]:
    """Return what stands after "Căn cứ": the first citation of each such line, and those joined.

    Where no line begins so, a section "Căn cứ pháp lý" lists them.
    """
    found: dict[str, Stated[str]] = {}
    based = [
        block
        for block in opening.preamble
        if _BASED_ON.match(fold(layout.flat.text[block.start : block.start + 40]))
    ]
    for block in based or _basis_section(layout):
        end = _end_of_basis(layout, block)
        text = fold(layout.flat.text[block.body : end])
        taken = False
        for citation, place in _outside_brackets(layout, block.body, end, citations):
            before = text[max(0, place - _NEAR) : place]
            if taken and not (_JOINED.search(before) or _BASED_AGAIN.search(before)):
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
