"""What stands right behind a document's number: date, issuer, Party congress term."""

import re
from dataclasses import dataclass

from loaders.citing.dates import date_at
from loaders.citing.issuers import Issuer, issuer_at, joint_issuer, known_issuer_at

_GAP = re.compile(r"[\s|]*")
_COMMA = re.compile(r"[\s|]*,\s*(?=ng\w{1,2}[yv]\s?:?\s?[\d.…]|ky\s|ban hanh ngay|khoa\s|cua\s)")
_OPEN = re.compile(
    r"\s?[(\[]\s?(?:ban hanh\s|ky\s)?"
    r"(?=ng\w{1,2}y\s?[\dol]|thang\s?\d|\d{1,2}[/.-]\d|nam\s?\d{4}|khoa\s)"
)
_CLOSE = re.compile(r"\s?[)\]]")
_OF = re.compile(r"(?:c[a-z0-9&]{1,3}a|eua|boi|giua|do|duoc|ban hanh boi)\s?(?=\w)")
_VERB = re.compile(
    r"(?:da\s)?(?:duoc\s)?(?:ban hanh|ky ban hanh|ky|thong qua|phe duyet)\s"
    r"(?=ng\w{1,2}y\s?[\dol]|nam\s?\d)"
)
_TERM = re.compile(
    r"\s?[,(]?\s?(?:(?:dai hoi|dang bo tinh|dang)\s)?(?:kh[oe]a|nhiem ky)\s"
    r"(?P<term>[ivxl]{1,6})(?![^\W_])\s?\)?"
)
_BARE_YEAR = re.compile(
    r"\s(?P<y>(?:19|20)\d\d)"
    r"(?=\s?(?:$|[,;.)\n”\"]|\((?!\d)|cua\s|ve\s|quy dinh|huong dan|va\s|duoc\s|da\s))"
)
# Right behind a code or a statute's name a year is its date whatever follows: "71/NQ-CP 2025 …".
_YEAR_BEHIND = re.compile(r"[\s-](?P<y>(?:19|20)\d\d)(?![\d%])(?!\s?[-–.,/]\s?\d)")
_AMENDED = re.compile(
    r"\s\((?:sua doi|bo sung|sua doi,? bo sung)\)(?=\s(?:ngay|nam)\s?\d|\s(?:19|20)\d\d)"
)
# "Nghị quyết 10/2016/NQ-HĐND tỉnh ngày …": the council's level, where a code does not tell it.
_LEVEL = re.compile(r"\s(?:tinh|thanh pho|tp|huyen|quan|thi xa|xa|phuong)(?=\s(?:ngay\s?\d|cua\s))")
_SUBJECT = re.compile(
    r"\s?(?:da|se|yeu cau|de nghi|giao|chi dao|to chuc|xay dung|ban hanh ke hoach|bao cao|trinh"
    r"|co trach)\b"
)
_STEPS = 6
_LOOK_AHEAD = 140


@dataclass(frozen=True, slots=True)
class Particulars:
    """Date, issuer and term of a document, as a mention gives them; `end` is behind the last."""

    issued: str | None
    issuer: str | None
    term: str | None
    end: int


def particulars_after(
    text: str, folded: str, position: int, *, damaged: bool, joint: bool = False
) -> Particulars:
    """Read what follows a number, in any order: ", ngày 16-02-2004", "của Bộ Chính trị khóa XIII".

    `joint` lets several issuers follow one another ("của Bộ Nội vụ và Bộ Tài chính").
    """
    issued = issuer = term = None
    end = position
    for _ in range(_STEPS):
        if issued is None:
            date, stop = _date(folded, end)
            if stop > end:
                issued, end = date, stop
                continue
        if issuer is None:
            organ = _issuer(text, folded, end, damaged=damaged)
            if organ:
                issuer, end = organ.name, organ.end
                if joint:
                    issuer, end = joint_issuer(text, folded, organ, damaged=damaged)
                continue
        congress = _TERM.match(folded, end) if term is None else None
        if congress is None:
            break
        term, end = congress["term"].upper(), congress.end()
    return Particulars(issued, issuer, term, end)


def year_behind(folded: str, position: int) -> tuple[str | None, int]:
    """Read what only a code or a statute's name has right behind it, and where it ends.

    That is a year ("71/NQ-CP 2025"), "(sửa đổi)" before a date, or "tỉnh" before one.
    """
    year = _YEAR_BEHIND.match(folded, position)
    if year:
        return year["y"], year.end()
    word = _AMENDED.match(folded, position) or _LEVEL.match(folded, position)
    return None, word.end() if word else position


def _date(folded: str, end: int) -> tuple[str | None, int]:
    """Read a date behind a number, its comma, verb or brackets included; `end` if there is none."""
    bracket = _OPEN.match(folded, end)
    if bracket:
        date = date_at(folded, bracket.end())
        close = _CLOSE.match(folded, date.end) if date else None
        closes = folded.find(")", bracket.end(), bracket.end() + _LOOK_AHEAD) > 0
        if date is None or not (close or closes):
            return None, end
        return date.value, close.end() if close else date.end
    gap = _COMMA.match(folded, end) or _GAP.match(folded, end)
    start = gap.end() if gap else end
    verb = _VERB.match(folded, start)
    date = date_at(folded, verb.end() if verb else start)
    if date:
        return date.value, date.end
    year = _BARE_YEAR.match(folded, end)
    return (year["y"], year.end()) if year else (None, end)


def _issuer(text: str, folded: str, end: int, *, damaged: bool) -> Issuer | None:
    gap = _COMMA.match(folded, end) or _GAP.match(folded, end)
    start = gap.end() if gap else end
    of = _OF.match(folded, start)
    if of:
        return issuer_at(text, folded, of.end(), damaged=damaged, small=True)
    # Without "của" only a listed organ right behind number or date is the issuer: behind a comma,
    # or before a verb, it is the subject of what follows.
    if "," in folded[end:start]:
        return None
    organ = known_issuer_at(text, folded, start, damaged=damaged)
    return organ if organ and not _SUBJECT.match(folded, organ.end) else None
