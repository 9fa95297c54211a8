"""Documents cited by a bare number: "Nghị quyết 59, 70, 71 và 72", "QĐ 411", "Đề án 06".

Numbers that count something are none: "kế hoạch 5 năm", "Quyết định 3 nội dung".
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from loaders.citing.doctypes import type_by_code, type_by_name
from loaders.citing.numbers import Number, renumbered
from loaders.citing.typewords import type_names, word_pattern

# Types whose numbers are list numbers, unless a code follows: "Phương án 2", "Dự án số 3".
_NEVER = frozenset(
    ("Phương án", "Dự án", "Chiến lược", "Quy hoạch", "Điều lệ", "Biên bản", "Hợp đồng")
)
_STATUTES = frozenset(("Luật", "Bộ luật", "Hiến pháp", "Pháp lệnh", "Lệnh"))
# "quyết định" and "kết luận" are verbs as well, these are not.
_NOUNS = frozenset(("Nghị quyết", "Nghị định", "Thông tư", "Chỉ thị"))
_RUN = (
    r"(?:\d{1,4}[a-zđ]?|\d{1,4}/\s?(?:19|20)\d\d(?!\d|/))(?![\w%])"
    r"(?!\s?[/_–—-]\s?[^\W_])(?!\s?[–-]\s?\d)(?![.,]\d)(?!\s?%)"
)
_FIRST = r"\s?(?P<so>so|s6)?\s?:?\s?"
_NEXT = re.compile(rf"(?:\s?[,;+&]\s?(?:va\s)?|\s(?:va|hoac)\s)(?:so\s)?(?P<run>{_RUN})")
_JOINED = re.compile(r"(?:\s?[,;+&]\s?(?:va\s)?|\s(?:va|hoac)\s)(?:so\s)?$")
_SHORT = re.compile(
    rf"(?<![\w/.-])(?P<code>NQ|NĐ|QĐ|CT|KL|TT|KH|CTr|ĐA)\s?(?P<so>số)?\s?(?P<run>{_RUN})"
)
# Abbreviations that stand for other things as well: a scanner, a steel, a column, a customer.
_LOOSE_CODES = frozenset(("CT", "TT", "KH", "CTr", "ĐA"))
_OTHER_THING = re.compile(
    r"(?<![^\W_])(?:may|chup|phim|thep|que|toa|nha|chung cu|can ho|cao toc|tuyen|ma|loai|mac)\s$"
)
_CHAIN = re.compile(
    r"(?<![^\W_])(?P<word>nghi quyet|ket luan|chi thi)\s(?:so\s)?"
    r"(?P<runs>\d{1,3}(?:\s?[–-]\s?\d{1,3}){2,})(?!\s?[–/_-]\s?\w)(?!\w)"
)
# What a bare number before it only counts.
_COUNTED = re.compile(
    r"\s(?:nam(?!\s?(?:19|20)\d\d)|thang|ngay(?!\s?\d)|nguoi|dieu|khoan|diem|noi dung|nhiem vu|nhom"
    r"|muc|giai phap|chi tieu|van de|van ban|phan|phuong an|du an|linh vuc|lan|buoc|trang|chuong"
    r"|loai|cap|don vi|dia phuong|tinh|xa|huyen|bo|so|nganh|co quan|truong|doi tuong|vu|cuoc|hang"
    r"|trieu|ty|ti|nghin|ngan|dong|phut|gio|ha|km|tuan|quy|khau|dot|khoi|cum|ben|cong trinh|to|doan"
    r"|ca nhan|tap the|truong hop|ho|mo hinh|thanh vien|dai bieu|mon|tieu chi|y kien)(?![^\W_])"
)
_FREE = re.compile(
    r"\s?(?:$|[.,;:)\n!?\]\"”]|\((?!\w*\s?%)|cua\s|ngay\s?\d|nam\s?(?:19|20)\d\d|ve\s|va\s|thi\s|la\s"
    r"|da\s|duoc\s|ban hanh|den\s|trong\s|tai\s|theo\s|voi\s|hoac\s|phe duyet|quy dinh)"
)
_YEAR = re.compile(r"(?:19|20)\d\d$")


@dataclass(frozen=True, slots=True)
class BareNumber:
    """A document named by type and running number only.

    Attributes:
        start, end: from the type word, or from the number if the word stands further back.
        type: the document type.
        number: the running number, or the whole number where a list says its code once.
        completed: whether the code was taken from the end of the list ("18, 19-NQ/TW").
    """

    start: int
    end: int
    type: str
    number: str
    completed: bool = False


def find_bare_numbers(text: str, folded: str, numbers: Sequence[Number]) -> Iterator[BareNumber]:
    """Find bare numbers behind type words and their abbreviations, in lists as well."""
    by_start = {number.start: number for number in numbers}
    for found in _pattern().finditer(folded):
        kind = type_by_name(re.sub(r"\s+$", "", found["word"]))
        if kind and kind.name not in _NEVER | _STATUTES and _counts(text, folded, found, kind.name):
            yield from _list(folded, found, kind.name, by_start)
    for found in _SHORT.finditer(text):
        short = type_by_code(found["code"])
        if short and _abbreviates(folded, found) and not _COUNTED.match(folded, found.end()):
            yield from _list(folded, found, short.name, by_start)
    for found in _CHAIN.finditer(folded):
        kind = type_by_name(found["word"])
        for run in re.finditer(r"\d+", found["runs"]):
            start, end = (found.start("runs") + place for place in run.span())
            first = run.start() == 0
            if kind:
                yield BareNumber(found.start() if first else start, end, kind.name, run.group())


def _abbreviates(folded: str, found: re.Match[str]) -> bool:
    """Tell "CT 16" from "máy CT 64", "thép CT3" and the "TT 1" that heads a column."""
    if found["so"]:
        return True
    if _YEAR.match(found["run"]):
        return False
    if found["code"] not in _LOOSE_CODES:
        return True
    if len(found["run"]) == 1 or not _FREE.match(folded, found.end()):
        return False
    return not _OTHER_THING.search(folded, max(0, found.start() - 12), found.start())


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    names = tuple(name for name in type_names() if name not in _STATUTES)
    return re.compile(
        rf"(?<![^\W_])(?P<word>{word_pattern(names)})(?:\s(?:hanh dong|ket luan|lien tich))?"
        rf"{_FIRST}(?P<run>{_RUN})"
    )


def _counts(text: str, folded: str, found: re.Match[str], name: str) -> bool:
    """Tell a number that names a document from one that counts things or is a year."""
    kind = type_by_name(name)
    if _COUNTED.match(folded, found.end()):
        return False
    listed = len(found["run"]) == 1 and not (kind and kind.numbered)
    if listed or found["so"]:
        # "Báo cáo số 2" is one of a row of reports, "Kế hoạch số 44" a plan.
        return not listed
    if found["word"].endswith("van") or _YEAR.match(found["run"]):
        return False
    free = _FREE.match(folded, found.end()) is not None
    capital = text[found.start()].isupper()
    sure = capital and kind is not None and kind.numbered and len(found["run"]) > 1
    noun = name in _NOUNS or _NEXT.match(folded, found.end()) is not None
    return sure or (free and (capital or noun))


def _list(
    folded: str, found: re.Match[str], name: str, by_start: dict[int, Number]
) -> Iterator[BareNumber]:
    """Yield the first number and those that follow it in a list."""
    runs = [(found.start(), found.end(), found["run"])]
    end = found.end()
    more = _NEXT.match(folded, end)
    while more and not _COUNTED.match(folded, more.end()):
        runs.append((more.start("run"), more.end(), more["run"]))
        end = more.end()
        more = _NEXT.match(folded, end)
    coded = _code_behind(folded, end, by_start)
    for start, stop, run in runs:
        if coded:
            yield BareNumber(start, stop, name, renumbered(coded, run), completed=True)
        else:
            yield BareNumber(start, stop, name, re.sub(r"\s", "", run))


def _code_behind(folded: str, end: int, by_start: dict[int, Number]) -> Number | None:
    """Return the full number that closes a list of bare ones: the "19-NQ/TW" of "18, 19-NQ/TW"."""
    for start in range(end, end + 12):
        number = by_start.get(start)
        if number and _JOINED.fullmatch(folded, end, start):
            return number if number.word is None or number.word.start == number.start else None
    return None
