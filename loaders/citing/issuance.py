"""When a document was issued and by whom, where a verb says so at some distance from its number.

"Ngày 22/12/2024, Bộ Chính trị ban hành Nghị quyết số 57-NQ/TW", "Sở Nội vụ vừa có Công văn số …",
"… do Bộ trưởng Bộ Tài chính ban hành", "đã được Quốc hội khóa XIII thông qua ngày …".
"""

import re

from loaders.citing.dates import date_at
from loaders.citing.issuers import CAPITALS, code_name, known_issuer_at

_TENSE = r"(?:da\s|vua\s|moi\s|da co\s)?"
_ACT = rf"(?:{_TENSE}(?:ban hanh|ky ban hanh|ky|thong qua|co|ra))\s"
_BEFORE = re.compile(
    rf"(?P<date>ng\w{{1,2}}y\s.{{4,30}}?)(?:\svua qua)?\s?,?\s(?:[^;.]{{4,90}}?\s)?{_ACT}$"
)
_UP_TO = re.compile(rf"(?:\svua qua)?\s?,?\s?(?:[^;.]{{0,110}}\s)?{_ACT}")
_TERM = r"(?:,?\s\(?(?:khoa|nhiem ky)\s[\w\s-]{1,12}\)?)?"
_ISSUED = re.compile(rf"{_TERM}\s{_TENSE}(?:ban hanh|ky ban hanh|co|ky|ra)\s")
_ADOPTING = re.compile(rf"{_TERM}\s{_TENSE}thong qua\s")
_ISSUED_BY = re.compile(r"(?:ban hanh|\sco|\sky|\sra|thong qua)\s$")
_CAPITAL = re.compile(rf"(?<!\w)[{CAPITALS}]")
# Who signs for another does not issue: "Phó Chủ tịch Ủy ban nhân dân tỉnh … đã ký".
_DEPUTY = re.compile(r"(?:Phó|Quyền)\s[^,;.]{0,60}$")
_NAME = re.compile(r"\s(?P<first>[^\W\d_])\w*")
_LONGEST_NAME = 5
_BY = re.compile(r"\bdo\s(?=\w)")
_DO = re.compile(r"\s?,?\sdo\s")
# The Party's codes leave several organs open.
_PARTY = {
    "TW": ("Trung ương", "Bộ Chính trị", "Ban Bí thư"),
    "TU": ("Tỉnh ủy", "Thành ủy", "Đảng bộ tỉnh", "Đảng bộ thành phố"),
}
_CLOSE = re.compile(r"\s(?:da\s)?(?:ban hanh|thong qua|ky)(?=\s?(?:$|[.,;:)\]\n|(”\"]))")
_CLAUSE = re.compile(r"[;\n]|\.\s")
_ADOPTED = re.compile(r"\s(?:da\s)?duoc\s(?=\w)")
_ON = re.compile(r"[^;.\n]{0,70}?\s(?:thong qua|ban hanh)\s(?=ng\w{1,2}y\s?\d)")
_LOOK_BACK = 140
_LOOK_AHEAD = 400


def issued_before(
    text: str, folded: str, position: int, *, damaged: bool
) -> tuple[str | None, str | None]:
    """Read date and issuer before a mention: "Ngày 22/12/2024, Bộ Chính trị ban hành …"."""
    reach = max(0, position - _LOOK_BACK)
    start = max(text.rfind("\n", reach, position) + 1, reach)
    window = folded[start:position]
    if not _ISSUED_BY.search(window) and not _BEFORE.search(window):
        return None, None
    issuer = _issuer_before(text, folded, start, position, damaged=damaged)
    days = list(re.finditer(r"ng\w{1,2}y\s?\d", window))
    date = date_at(folded, start + days[-1].start()) if days else None
    reaches = date is not None and _UP_TO.fullmatch(folded, date.end, position)
    return (date.value if date and reaches else None), issuer


def _issuer_before(
    text: str, folded: str, start: int, position: int, *, damaged: bool
) -> str | None:
    """Return the organ right before the verb: the longest one that reaches it.

    The name of who signs may follow: "Thủ tướng Chính phủ … vừa ký ban hành".
    """
    for capital in _CAPITAL.finditer(text, start, position):
        organ = known_issuer_at(text, folded, capital.start(), damaged=damaged)
        if organ is None or _DEPUTY.search(text, start, organ.end):
            continue
        for end in (organ.end, _name_end(text, organ.end)):
            verb = _ADOPTING if "Quốc hội" in organ.name else _ISSUED
            if _ISSUED.fullmatch(folded, end, position) or verb.fullmatch(folded, end, position):
                return organ.name
    return None


def _name_end(text: str, end: int) -> int:
    """Return where a person's name behind an office ends: two words or more, all with capitals."""
    stop = end
    for count in range(_LONGEST_NAME):
        word = _NAME.match(text, stop)
        if word is None or not word["first"].isupper():
            return stop if count > 1 else end
        stop = word.end()
    return stop


def issuer_behind(text: str, folded: str, position: int, code: str) -> str | None:
    """Read the issuer at the end of a clause: "… do Bộ trưởng Bộ Tài chính ban hành".

    It must be the organ that the number's code stands for.
    """
    implied = _implied(code)
    if not implied:
        return None
    stop = _CLAUSE.search(folded, position, position + _LOOK_AHEAD)
    limit = stop.start() if stop else min(len(folded), position + _LOOK_AHEAD)
    for found in _BY.finditer(folded, position, limit):
        organ = known_issuer_at(text, folded, found.end())
        if organ and _is_one_of(implied, organ.name) and _CLOSE.match(folded, organ.end):
            return organ.name
    return None


def contradicts(folded: str, position: int, issuer: str, organs: tuple[str, ...]) -> bool:
    """Tell an issuer that belongs to another document.

    In "Thông tư … kèm theo Nghị định số 42/CP do Bộ Tài chính ban hành" the ministry issued the
    former: a decree's code says so.
    """
    implied = _implied(organs[0]) if organs else ()
    return bool(implied) and bool(_DO.match(folded, position)) and not _is_one_of(implied, issuer)


def _implied(code: str) -> tuple[str, ...]:
    """Return words of which the name of the organ behind a code holds one."""
    name = code_name(code)
    return _PARTY.get(code, (name,) if name else ())


def _is_one_of(implied: tuple[str, ...], organ: str) -> bool:
    return any(words in organ for words in implied)


def adopted_after(text: str, folded: str, position: int) -> tuple[str | None, str | None]:
    """Read date and issuer in "đã được Quốc hội khóa XIII thông qua ngày 19/6/2015"."""
    passive = _ADOPTED.match(folded, position)
    organ = known_issuer_at(text, folded, passive.end()) if passive else None
    verb = _ON.match(folded, organ.end) if organ else None
    date = date_at(folded, verb.end()) if verb else None
    return (date.value, organ.name) if date and organ else (None, None)
