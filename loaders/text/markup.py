"""Marks that are no words: Markdown and HTML, escapes, note references.

`clean` takes them out of one line and keeps, for every character that stays, its place in the text.
"""

import re
from dataclasses import dataclass

Pieces = list[tuple[int, int] | str]

# Nothing in here may backtrack over long stretches: repeats are bounded and possessive.
_MARK = re.compile(
    r"(?P<image>!\[[^\[\]\n]{0,200}+\]\([^()\n]{0,300}+\))"
    r"|(?P<note><sup>\s{0,2}+[(\[]?\*{0,3}\d{1,3}\*{0,3}[)\]]?\s{0,2}+</sup>(?<!\bm<sup>[23]</sup>)"
    r"(?<!\bkm<sup>[23]</sup>)|\[\^\w{1,8}\]|\$\^\{?\d{1,3}\}?\$"
    r"|(?<=[^\W\d_])(?<!\bm)(?<!\bkm)[¹²³⁰⁴-⁹]{1,3})"
    r"|(?P<link>\](?=\((?:#|https?:|mailto:))\([^()\s]{0,400}+\)"
    r"|\[(?=[^\[\]\n]{1,300}+\]\((?:#|https?:|mailto:)))"
    r"|(?P<gap><br\s{0,2}/?>|</?(?:p|div|li|tr|td|th)\b[^<>\n]{0,200}+>|&nbsp;)"
    r"|(?P<tag></?(?:sup|sub|[uibas]|em|strong|span|font|center|table|tbody|thead|[ou]l|img|del|mark"
    r"|h[1-6]|small|big)\b[^<>\n]{0,200}+>)"
    r"|(?P<escape>\\[\\`*_{}\[\]()#+\-.!|<>~&$])"
    r"|(?P<bold>\*{2,})"
    r"|(?P<star>\*(?=[^\s)*])|(?<=[^\s(*])\*)"
    r"|(?P<under>(?<![\w_])_{1,2}(?=[^\W_])|(?<=[^\s_])_{1,2}(?=[\s.,;:)*]|$))"
    r"|(?P<strike>~~)"
    r"|(?P<entity>(?<=&)amp;|&quot;)"
    r"|(?P<blank>\s{2,}|[^\S ])"
)
_SPECIAL = re.compile(r"[*\\<\[!_~&$¹²³⁰⁴-⁹]|\s\s|[^\S ]")


@dataclass(frozen=True, slots=True)
class Cleaned:
    """What is left of a line.

    Attributes:
        text: its words.
        pieces: the same as places in the reading, and strings that were put in.
        bold: whether all of its words are set in bold.
        open: whether bold is still on at the end of the line.
    """

    text: str
    pieces: Pieces
    bold: bool
    open: bool


class _Collector:
    """Gathers what stays of a line, and how much of it is bold."""

    def __init__(self, text: str, *, bold: bool) -> None:
        self.text = text
        self.bold = bold
        self.pieces: Pieces = []
        self.words: list[str] = []
        self.strong = self.total = 0

    def keep(self, start: int, end: int) -> None:
        if start < end:
            words = self.text[start:end]
            weight = len(words) - words.count(" ")
            self.total += weight
            self.strong += weight if self.bold else 0
            self.pieces.append((start, end))
            self.words.append(words)

    def insert(self, words: str) -> None:
        self.pieces.append(words)
        self.words.append(words)


def clean(text: str, start: int, end: int, *, bold: bool = False) -> Cleaned:
    """Take the marks out of `text[start:end]`, one line; `bold` says if bold was on before it."""
    if not _SPECIAL.search(text, start, end):
        return Cleaned(text[start:end], [(start, end)] if start < end else [], bold, bold)
    line = _Collector(text, bold=bold)
    place = start
    for mark in _MARK.finditer(text, start, end):
        line.keep(place, mark.start())
        place = mark.end()
        _handle(line, mark)
    line.keep(place, end)
    return _trimmed(line)


def _handle(line: _Collector, mark: re.Match[str]) -> None:
    kind = mark.lastgroup
    if kind == "escape":
        line.keep(mark.end() - 1, mark.end())
    elif kind == "bold":
        line.bold = not line.bold
    elif kind in {"gap", "blank"} and line.words and not line.words[-1].endswith(" "):
        line.insert(" ")


def _trimmed(line: _Collector) -> Cleaned:
    """Cut blanks from both ends; taking marks out may have left some there, or two in a row."""
    pieces: Pieces = []
    words: list[str] = []
    for piece, part in zip(line.pieces, line.words, strict=True):
        after_blank = not words or words[-1].endswith(" ")
        cut = len(part) - len(part.lstrip(" ")) if after_blank else 0
        if cut < len(part):
            pieces.append(piece if isinstance(piece, str) else (piece[0] + cut, piece[1]))
            words.append(part[cut:])
    while words and words[-1].endswith(" "):
        last, piece = words.pop(), pieces.pop()
        kept = last.rstrip(" ")
        if kept and not isinstance(piece, str):
            pieces.append((piece[0], piece[0] + len(kept)))
            words.append(kept)
    bold = 0 < line.total <= line.strong
    return Cleaned("".join(words), pieces, bold, line.bold)
