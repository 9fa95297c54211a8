"""Annexes that a text announces, and which of them it holds."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from loaders.document import Evidence, Stated
from loaders.structure.closing import closing_range
from loaders.text.layout import Block, Layout
from loaders.text.markers import roman_value
from loaders.text.reading import fold

_NUMBER = r"(?:[IVX]{1,5}|\d{1,2}[a-z]?|[A-E])(?![^\W_])"
_ANNEX = re.compile(rf"[Pp]h\w{{1,2}} l\w{{1,2}}c(?: số)?(?: (?P<first>{_NUMBER}))?")
_MORE = re.compile(rf"(?:,| và| va| \+)\s(?:phụ lục )?(?P<more>{_NUMBER})")
_TITLE = re.compile(
    r"\s?:\s?(?P<title>[^;:().]{4,200}?)(?=$|[;().]|,? và [Pp]hụ lục| va [Pp]hu luc)"
)
_OF_ANOTHER = re.compile(
    r"\s(?:ban hành )?kèm theo (?:nghị|quyết|thông|luật|công|văn)|\scủa (?:nghị|luật|thông|quyết)",
    re.IGNORECASE,
)
_ATTACHED = re.compile(r"kem theo|dinh kem|gui kem")
_SAYS_WHAT = re.compile(
    r"\W{0,3}(?:có|chi tiết) (?P<what>[^.;()]{4,120}?) (?:tại|theo) [Pp]hụ lục", re.I
)
_POINTER_LENGTH = 160


def find_annexes(layout: Layout) -> tuple[Stated[str], ...]:
    """Return the annexes that the body announces, each once: "Phụ lục I: Danh mục …".

    An annex without a number counts if nothing numbered is announced and it is said to be attached.
    """
    found: dict[str, Stated[str]] = {}
    plain: Stated[str] | None = None
    for annex in _mentions(layout):
        if annex.number:
            key = _key(annex.number)
            if key not in found or (annex.title and ":" not in found[key].value):
                found[key] = annex.stated(layout)
        elif plain is None:
            plain = annex.stated(layout)
    return tuple(found.values()) or ((plain,) if plain else ())


@dataclass(frozen=True, slots=True)
class _Mention:
    number: str
    title: str
    start: int
    end: int

    def stated(self, layout: Layout) -> Stated[str]:
        name = f"Phụ lục {self.number}".strip()
        value = f"{name}: {self.title}" if self.title else name
        return Stated(value, Evidence(layout.flat.span(self.start, self.end), "HED-013", 0.9))


def _mentions(layout: Layout) -> Iterator[_Mention]:
    closing = closing_range(layout)
    heading: Block | None = None
    for block in layout.blocks[: closing.start]:
        if block.kind == "annex":
            return
        yield from _mentions_in(layout, block, heading)
        heading = block if block.kind in {"roman", "decimal", "article"} else None


def _mentions_in(layout: Layout, block: Block, heading: Block | None) -> Iterator[_Mention]:
    text = layout.flat.text[block.start : block.end]
    for found in _ANNEX.finditer(text):
        if _OF_ANOTHER.match(text, found.end()):
            continue
        end, first = found.end(), found["first"] or ""
        title = _TITLE.match(text, end)
        said = title["title"].strip() if title else _said_elsewhere(layout, block, heading)
        end = title.end() if title else end
        if first:
            yield _Mention(first, said, block.start + found.start(), block.start + end)
        elif _ATTACHED.search(fold(text[max(0, found.start() - 40) : end + 40])):
            yield _Mention("", said, block.start + found.start(), block.start + end)
        while first and (more := _MORE.match(text, end)):
            yield _Mention(
                more["more"], "", block.start + more.start("more"), block.start + more.end()
            )
            end = more.end()


def _said_elsewhere(layout: Layout, block: Block, heading: Block | None) -> str:
    """Return what a pointer says of the annex, or the heading it stands under.

    "(Có danh mục nhiệm vụ chi tiết tại Phụ lục II)"; "2. Mục tiêu cụ thể" / "(Có Phụ lục I)".
    """
    if block.end - block.start > _POINTER_LENGTH:
        return ""
    text = layout.text(block)
    what = _SAYS_WHAT.match(text)
    if what:
        return what["what"][0].upper() + what["what"][1:]
    if block.kind and ":" in text:
        before = text.partition(":")[0]
        return _sentence_case(before) if before.isupper() else ""
    if heading and block.kind is None and _ATTACHED.search(fold(text)):
        return _sentence_case(layout.text(heading).strip(" .:"))
    return ""


def _sentence_case(words: str) -> str:
    return words.capitalize() if words.isupper() else words


def _key(number: str) -> str:
    value = roman_value(number.upper())
    return str(value) if value else number.lower()


def _held(layout: Layout) -> frozenset[str]:
    """Return the keys of the annexes that the text itself holds ("" for one without a number)."""
    held = {_key(block.marker or "") for block in layout.blocks if block.kind == "annex"}
    closing = closing_range(layout)
    bare = any(
        fold(layout.text(block)).strip(" :.") == "phu luc"
        for block in layout.blocks[closing.start :]
    )
    return frozenset(held | {""} if bare else held)


def missing_annexes(layout: Layout, annexes: Iterable[Stated[str]]) -> list[Stated[str]]:
    """Return those of the announced annexes that the text does not hold."""
    held = _held(layout)
    return [annex for annex in annexes if _key(_number(annex)) not in held]


def _number(annex: Stated[str]) -> str:
    return annex.value.partition(":")[0].removeprefix("Phụ lục").strip()
