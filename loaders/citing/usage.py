"""How a text uses a document that it mentions: as its basis, as what it carries out, and so on."""

import re
from typing import Literal

CitationKind = Literal[
    "based-on",  # căn cứ
    "implements",  # thực hiện, triển khai thực hiện
    "promulgated-with",  # ban hành kèm theo
    "amends",  # sửa đổi, bổ sung
    "replaces",  # thay thế
    "repeals",  # bãi bỏ
    "guides",  # hướng dẫn, quy định chi tiết
    "cites",  # any other mention
]

_REACH = 110
_FILLERS = (
    "tot nghiem tuc hieu qua co day du cac noi dung nhiem vu muc tieu chi giai phap neu tai trong"
    " theo cua tinh than va dong bo kip thoi toan dien thang loi quan diem chu truong hoan thanh"
    " viec ke hoach trien khai thuc thue hien hién to chuc so ket tong"
)
_PARTS = "mot so cac nhung dieu khoan diem muc phu luc noi dung quy dinh tai cua va toan bo a b c d"


def _before(words: str, fillers: str) -> re.Pattern[str]:
    """Return the pattern of lead words and fillers that end right before a mention.

    Matched on folded text: a scan's "thue hién" folds to "thue hien".
    """
    filler = "|".join(dict.fromkeys(fillers.split()))
    return re.compile(rf"(?<![^\W_])(?:{words})(?:,?\s(?:{filler}|\d{{1,3}}))*,?\s$")


_KINDS: tuple[tuple[CitationKind, re.Pattern[str]], ...] = (
    ("promulgated-with", _before(r"k[a-z]m theo", "cac cong van")),
    ("based-on", _before(r"c[a-z]n c[a-z]{1,2}", f"vao quy dinh {_FILLERS}")),
    ("guides", _before("huong dan|quy dinh chi tiet", f"{_PARTS} thi hanh thuc hien ap huong dan")),
    ("amends", _before("(?<!duoc )(?:sua doi|bo sung)", f"{_PARTS} sua doi bo sung")),
    ("replaces", _before("(?<!duoc )(?<!bi )thay the", "cho cac toan bo")),
    ("repeals", _before("bai bo|huy bo", _PARTS)),
    (
        "implements",
        _before(
            "tri[a-z]n khai|thu[a-z] hi[a-z]n|cu th[a-z] h[a-z]{1,2}|thi hanh|the che h[a-z]{1,2}",
            _FILLERS,
        ),
    ),
)
_PASSIVE = re.compile(r"(?:bi|duoc)\s(?:sua doi|bo sung|thay the|bai bo)[\w\s,]{0,60}$")
_LINK = re.compile(
    r"(?: ?[–-] ?|[\s,;|)]*)(?:va\s|cung\s|hoac\s)?(?:cac\s|tai\s|ca\s)?(?:so\s?:?\s?)?"
)


def kind_before(folded: str, position: int, floor: int) -> CitationKind | None:
    """Return the use that the words right before a mention tell, None if they tell none.

    `floor` is where the clause, or the mention before, ends: no word is read beyond it.
    """
    start = max(floor, position - _REACH)
    words = folded[start:position]
    if _PASSIVE.search(words):
        return None
    for kind, pattern in _KINDS:
        if pattern.search(words):
            return kind
    return None


def is_link(folded: str, start: int, end: int) -> bool:
    """Tell whether a stretch between two mentions only lists them: ", ", "; ", " và "."""
    return end >= start and _LINK.fullmatch(folded, start, end) is not None
