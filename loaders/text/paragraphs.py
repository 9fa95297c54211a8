"""Paragraphs from lines: which lines belong together, across line wraps, page breaks and notes."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from loaders.text.lines import Line
from loaders.text.markers import Marker, find_marker
from loaders.text.numbering import Numbering
from loaders.text.reading import fold


@dataclass(slots=True)
class Paragraph:
    """Lines that make one heading, item, paragraph or note."""

    lines: list[Line]
    marker: Marker | None = None
    glued: list[bool] = field(default_factory=lambda: [False])

    @property
    def last(self) -> str:
        """The words of its last line."""
        return self.lines[-1].text


@dataclass(frozen=True, slots=True)
class _Setting:
    """How a text is set.

    Attributes:
        width: the usual width of a wrapped line; 0 where lines are whole paragraphs.
        full: how long nearly all wrapped lines would be with the first word of the next one.
        gap: how many blank lines stand between two lines of one paragraph.
        indent: how far the lines of a paragraph but the first are set in.
        set_in: whether the first lines of paragraphs are set in further.
    """

    width: int = 0
    full: int = 0
    gap: int = 0
    indent: int = 0
    set_in: bool = False


_WRAPPED_AT_MOST = 140
_SHORT = 40
_TERMINAL = re.compile(r"[.;:!?…][\"'”’)\]\s/]*$")
# Words that no heading and no sentence ends with: what follows them goes on.
_LEADS_ON = re.compile(
    r"(?:,|\s[-–]|(?<![^\W_])(?:và|va|của|cua|với|voi|các|cac|về|những|nhung|cho|là|hoặc|hoac|từ|bởi|để"
    r"|nhằm|như|giữa|gồm|(?<!đạt )được|phải|đã|đang|sẽ|mọi|mỗi|từng|ban hành kèm theo"
    r"|(?:của|với|tại|Giám đốc|Bộ trưởng|Thủ trưởng|trưởng) (?:Bộ|Sở)|Ủy ban|Thủ tướng|Chủ tịch"
    r"|(?:[Nn]ghị quyết|[Qq]uyết định|[Nn]ghị định|[Kk]ế hoạch|[Tt]hông tư|[Cc]hỉ thị)(?: số)?))$"
)
# Words that open a paragraph wherever they stand at the start of a line with a capital.
_OPENER = re.compile(
    r"can cu |theo de nghi |xet (?:de nghi|to trinh)|tren day la |n[o0]i nh[aâi]n\b|kinh gui"
    r"|nguoi ky\s?:|ky boi|thoi gian ky|ngay ky\s?:|co quan\s?:|email\s?:"
    r"|quyet dinh\s?:|quyet nghi\s?:"
    r"|(?:ke hoach|chuong trinh|nghi quyet|quyet dinh|chi thi|ket luan|quy dinh)(?: hanh dong)? nay"
    r" (?:co hieu luc|pho bien|duoc)"
    r"|chi tiet (?:tai|theo) phu luc|kem theo phu luc"
)
# A preamble often begins with the very words of the title above it.
_PREAMBLE = re.compile(r"(?:thuc hien|trien khai|thi hanh|quan triet)\b")
_NUMBER_AHEAD = re.compile(r"(?:luat )?so\s?:?")
_CLOSING = re.compile(r"\W{0,4}n[o0]i nh[aâi]n\b")
# What may stand behind the signature: the parts of an annex or of what is promulgated.
_PARTS = frozenset({"annex", "part", "chapter", "article", "roman"})
_ATTACHED = re.compile(
    r"(?:ke hoach|chuong trinh|de an|quy che|quy dinh|phuong an|chien luoc|huong dan|danh muc)\b"
)
_LONG_ITEM, _SET_IN = 80, 3
_NUMBERS_APART = re.compile(r"[0-9A-ZĐ]-$")
_NUMBERS_GO_ON = re.compile(r"[0-9A-ZĐ]")


def build_paragraphs(lines: Sequence[Line]) -> list[Paragraph]:
    """Put the lines of a text together to paragraphs, notes behind the paragraph they stand in."""
    builder = _Builder(_setting(lines))
    for line in lines:
        builder.add(line)
    return builder.paragraphs


def goes_on(left: str, right: str) -> bool:
    """Tell whether a number runs over a line break ("57-" / "NQ/TW"), so that no blank parts it."""
    return bool(_NUMBERS_APART.search(left[-3:]) and _NUMBERS_GO_ON.match(right))


def _setting(lines: Sequence[Line]) -> _Setting:
    lengths = sorted(len(line.text) for line in lines if len(line.text) >= _SHORT)
    width = lengths[len(lengths) * 9 // 10] if lengths else 0
    near = sum(0.75 * width <= length <= 1.15 * width for length in lengths)
    inner = [line for line in lines if line.text[0].islower()]
    wrapped = near >= 0.4 * len(lengths) and len(inner) >= 0.2 * len(lengths)
    if not width or width > _WRAPPED_AT_MOST or not wrapped:
        return _Setting()
    indent = _usual(line.indent for line in inner)
    listed = [line.indent for line in lines if line.text[0] in "-–+" or line.text[0].isdigit()]
    gap = _usual(line.gap for line in inner if not line.page)
    longer = sorted(
        with_next
        for above, line in pairwise(lines)
        if line.text[0].islower()
        # Web pages wrap the first line of a paragraph early.
        and (with_next := _with_next_word(above.text, line.text)) > 0.8 * width
    )
    full = min(longer[len(longer) // 20], lengths[-1] + 1) if longer else width
    set_in = _usual(listed) >= indent + _SET_IN
    return _Setting(width, full, gap, indent, set_in)


def _with_next_word(left: str, right: str) -> int:
    return len(left) + len(right.split(" ", 1)[0]) + 1


def _usual(values: Iterable[int]) -> int:
    common = Counter(values).most_common(1)
    return common[0][0] if common else 0


def _is_capitals(text: str) -> bool:
    """Tell whether all letters of a line are capitals, and there are some."""
    letters = sum(char.isalpha() for char in text[:40])
    return text.isupper() and text[0].isalpha() and letters > 3  # noqa: PLR2004 - "UBND" alone is no heading


def _is_unfinished(text: str) -> bool:
    return not _TERMINAL.search(text[-12:])


class _Builder:
    """Takes line after line and decides whether it goes on with what is open."""

    def __init__(self, setting: _Setting) -> None:
        self.setting = setting
        self.paragraphs: list[Paragraph] = []
        self.host: Paragraph | None = None  # the paragraph that is open
        self.note: Paragraph | None = None  # the note that is open inside it
        self.numbering = Numbering()
        self.body = False  # a numbered heading or item was met
        self.closing = False  # the list of recipients was met

    def add(self, line: Line) -> None:
        gap = max(0, line.gap - self.setting.gap)
        if line.note:
            self.note = Paragraph([line], Marker("footnote", line.note, 0))
            self.paragraphs.append(self.note)
        elif self.note and self._note_goes_on(line, gap):
            _append(self.note, line)
        else:
            self.note = None
            self._add_to_text(line, gap)

    def _note_goes_on(self, line: Line, gap: int) -> bool:
        note, host = self.note, self.host
        if note is None or line.page or find_marker(line.text):
            return False
        if host and line.text[0].islower() and _is_unfinished(host.last):
            return gap == 0 and _is_unfinished(note.last)
        return gap == 0 and (line.text[0].islower() or _is_unfinished(note.last))

    def _add_to_text(self, line: Line, gap: int) -> None:
        found = find_marker(line.text)
        marker = self.numbering.settled(found) if found else None
        if marker and self._is_chance(marker, line, gap):
            marker = None
        host = self.host
        if host and not marker and self._goes_on(host, line, gap):
            _append(host, line)
            return
        self.host = Paragraph([line], marker)
        self.paragraphs.append(self.host)
        if marker:
            self.numbering.count(marker)
            self.body = self.body or marker.kind in {"roman", "decimal", "article", "capital"}
        folded = fold(line.text[:20])
        opens = _ATTACHED.match(folded) is not None and line.text.isupper()
        self.closing = (self.closing or _CLOSING.match(folded) is not None) and not (
            opens or (marker and marker.kind in _PARTS)
        )

    def _is_chance(self, marker: Marker, line: Line, gap: int) -> bool:
        """Tell whether a wrapped line only happens to begin like an item: "… ngày / 15. Các …"."""
        if marker.kind == "capital" and not self.numbering.expects(marker):
            return True
        host = self.host
        if not host or line.heading or line.bold or line.cell or not _is_unfinished(host.last):
            return False
        follows_closely = gap == 0 and self._is_full(host.last, line.text, 0.8 * self.setting.width)
        if not follows_closely and not _LEADS_ON.search(host.last[-20:]):
            return False
        if marker.kind == "dash" and (host.marker is None or _is_span(host.last, line.text)):
            return True
        return line.text[marker.end :][:1].islower() or not self.numbering.expects(marker)

    def _is_full(self, left: str, right: str, least: float) -> bool:
        """Tell whether a line ends where it does because the next word had no room."""
        return bool(self.setting.width) and _with_next_word(left, right) >= least

    def _goes_on(self, host: Paragraph, line: Line, gap: int) -> bool:
        if line.cell or host.lines[-1].cell:
            return False
        if line.heading and not (host.lines[-1].heading and line.text[0].islower()):
            return False
        if goes_on(host.last, line.text) or _NUMBER_AHEAD.fullmatch(fold(host.last[:12])):
            return True
        capitals, host_capitals = _is_capitals(line.text), _is_capitals(host.last)
        if capitals or host_capitals:
            return capitals and host_capitals and self._capitals_go_on(host, line, gap)
        return self._starts_in_mid_sentence(host, line, gap) or self._runs_on(host, line, gap)

    def _runs_on(self, host: Paragraph, line: Line, gap: int) -> bool:
        """Tell whether a line that begins with a capital goes on with the paragraph before it."""
        if self.closing or line.ruled or self._opens_paragraph(host, line):
            return False
        if gap == 0 and self.setting.width:
            if self.setting.set_in and line.indent >= self.setting.indent + _SET_IN:
                return bool(_LEADS_ON.search(host.last[-20:]))
            if self._is_full(host.last, line.text, self.setting.full):
                return True
            if _LEADS_ON.search(host.last[-20:]):
                return True
            # Web pages wrap the first line of a paragraph early. No heading is a bullet or text.
            kind = host.marker.kind if host.marker else None
            return self.body and kind in {None, "dash", "plus"} and _is_unfinished(host.last)
        return self._was_cut(host, line, gap)

    def _opens_paragraph(self, host: Paragraph, line: Line) -> bool:
        words = fold(line.text[:40])
        if _OPENER.match(words) or (words[0] == "(" and not _is_unfinished(host.last)):
            return True
        return not self.body and _PREAMBLE.match(words) is not None

    def _starts_in_mid_sentence(self, host: Paragraph, line: Line, gap: int) -> bool:
        first = line.text[0]
        if self.closing and not host.marker:
            return False
        if first.islower():
            return True
        if first.isalpha() or first in "(“\"'‘[*|":
            return False
        return _is_unfinished(host.last) and (gap == 0 or not first.isalnum() or self.body)

    def _capitals_go_on(self, host: Paragraph, line: Line, gap: int) -> bool:
        """Tell whether a heading in capitals runs over the line break."""
        if self.closing or not _is_unfinished(host.last) or line.ruled:
            return False
        leads_on = bool(_LEADS_ON.search(host.last[-20:]))
        if host.marker is None:
            return leads_on and gap == 0
        named_below = host.marker.kind in {"annex", "part", "chapter", "division"}
        return leads_on or (gap == 0 and not (named_below and len(host.lines) == 1))

    def _was_cut(self, host: Paragraph, line: Line, gap: int) -> bool:
        """Tell whether a page break or blank line cut an item before a word with a capital."""
        if not _is_unfinished(host.last) or line.bold or not self.body:
            return False
        if _LEADS_ON.search(host.last[-20:]):
            return True
        if line.text[0] in "([*" or host.lines[-1].bold or host.lines[-1].heading:
            return False
        listed = (
            (gap > 0 or line.page)
            and host.marker is not None
            and host.marker.kind in {"dash", "plus", "letter"}
        )
        return listed and len(host.last) >= _LONG_ITEM


def _is_span(left: str, right: str) -> bool:
    """Tell whether a span of numbers is wrapped before its dash: "giai đoạn 2026" / "- 2030"."""
    return left[-1:].isdigit() and right.lstrip("-– ")[:1].isdigit()


def _append(paragraph: Paragraph, line: Line) -> None:
    paragraph.glued.append(goes_on(paragraph.last, line.text))
    paragraph.lines.append(line)


def markers_of(paragraphs: Iterable[Paragraph]) -> list[Marker | None]:
    """Return the marker of each paragraph."""
    return [paragraph.marker for paragraph in paragraphs]
