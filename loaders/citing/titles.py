"""The title of a cited document, as far as a mention gives it: "về …", "ban hành …"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from loaders.citing.issuers import known_issuer_at

_LEAD = re.compile(
    r"[\s|]*(?:,\s?(?=v/v|ve viec))?(?P<lead>v/v|ve|ban hanh|phe duyet|quy dinh|huong dan|sua doi"
    r"|bo sung|dieu chinh|thanh lap|cong bo|thong qua|tang cuong|day manh|thay the|bai bo|giao"
    r"|tri[a-z]n khai|thu[a-z] hi[a-z]n|cu the hoa|tiep tuc|tong ket|so ket|xay dung|phat trien)"
    r"(?=[\s,])(?!\s(?:tai|nhu|theo|sau day|o tren)\s)"
)
# A title ends where the text goes on to say what became of the document.
_BREAK = re.compile(
    r"[;\n()]|\.(?=\s|$|/)|,\s(?!(?:da duoc|het hieu luc|co hieu luc))|\sva\s"
    r"|,?\s(?:da duoc|duoc (?:thay|sua)|bi bai bo|het hieu luc|co hieu luc)(?=\s)"
)
_PROMULGATED = re.compile(r",?\s\(?(?:duoc\s)?ban hanh kem theo\s(?:tai\s)?$")
_ANNEX = re.compile(
    r"\b(?:Chiến lược|Đề án|Chương trình|Kế hoạch|Quy chế|Quy định|Quy hoạch|Điều lệ|Bộ tiêu chí"
    r"|Danh mục|Khung|Hướng dẫn|Phương án|Dự án)\s"
)
_BREAK_HARD = re.compile(r"[;:.]")
_MOST = 700
_MOST_BEFORE = 260


@dataclass(frozen=True, slots=True)
class Title:
    """A title in a text: its words on one line, and where they begin and end."""

    words: str
    start: int
    end: int


def title_after(
    text: str, folded: str, position: int, others: Sequence[tuple[int, int]]
) -> Title | None:
    """Read the title that begins behind a mention's particulars, to the end of its clause.

    `others` are the following mentions, each from its start to the end of its particulars: one
    that stands in a list by the side of this mention ends the title, one inside it does not.
    """
    lead = _LEAD.match(folded, position)
    if lead is None:
        return None
    start = lead.start("lead")
    end = _end(text, folded, lead.end(), others)
    words = re.sub(r"\s+", " ", text[start:end]).strip(" ,.-–")
    return Title(words, start, end) if " " in words else None


def annex_before(text: str, folded: str, position: int) -> str | None:
    """Return the title of what a document promulgates: "Chiến lược … ban hành kèm theo" it."""
    reach = max(0, position - _MOST_BEFORE)
    start = max(folded.rfind("\n", reach, position) + 1, reach)
    lead = _PROMULGATED.search(folded, start, position)
    if lead is None:
        return None
    heads = [found.start() for found in _ANNEX.finditer(text, start, lead.start())]
    words = text[heads[-1] : lead.start()].strip(" ,") if heads else ""
    return words if " " in words and not _BREAK_HARD.search(words) else None


def _end(text: str, folded: str, position: int, others: Sequence[tuple[int, int]]) -> int:
    limit = min(len(text), position + _MOST)
    depth = 0
    for found in _BREAK.finditer(folded, position, limit):
        mark = found.group().strip()
        if any(start <= found.start() < end for start, end in others):
            continue
        if mark == "(" and not re.match(r"sau d|goi|viet tat", folded[found.end() :][:8]):
            depth += 1
        elif mark == ")" and depth:
            depth -= 1
        elif _closes(found.group()) or (not depth and _parts(text, folded, found, others)):
            return found.start()
    return limit


def _closes(mark: str) -> bool:
    return mark == "\n" or mark.strip(" ,") not in {"", "va"}


def _parts(text: str, folded: str, found: re.Match[str], others: Sequence[tuple[int, int]]) -> bool:
    """Tell whether a comma or an "và" ends the title: a subject or a further mention follows."""
    if found.group().startswith(","):
        organ = known_issuer_at(text, folded, found.end())
        if organ and not folded.startswith((",", " va "), organ.end):
            return True
    begins = any(start == found.end() for start, _ in others)
    # "thực hiện A và B" lists two within the title; after more words the list is the text's own.
    joined = any(end == found.start() for _, end in others)
    return begins and not joined
