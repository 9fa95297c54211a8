"""Document numbers: found in running text, in all five families, and written canonically.

| family | shape | example |
| --- | --- | --- |
| normative, year inside | NN/YYYY/TYPE-ISSUER | 13/2023/NĐ-CP |
| state administrative | NN/TYPE-ISSUER | 411/QĐ-TTg |
| Party | NN-TYPE/ISSUER | 57-NQ/TW |
| National Assembly | NN/YYYY/QHterm | 93/2025/QH15 |
| official letter | NN/ISSUER-UNIT | 2844/VPCP-KSTT |

and those of the 1990s: 15/CP, 91/TTg, 34-HĐBT, 07/TT-LB.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from loaders.citing.codes import Code, read_code
from loaders.citing.ocr import repair_digits
from loaders.citing.typewords import TypeWord, type_before

_COMMON = "N[QO]|N[ĐDBP]|Q[ĐDBPb]|CT|TTLT|TTr|TT|KH|KL|CTr|TB|HD|BC|QC|ĐA|CĐ|CV"
_ALIKE = r"[\dOoIlSBZ]"
_DASH = r"[/\-–—−_\\]"
# A number begins with its digits: everything else is checked from there, so that the scan stays
# linear and a text without numbers costs next to nothing.
_RUN = re.compile(
    rf"(?<!\d)(?<!\d[.,:/])(?<!\w[-–/])(?P<run>\d{_ALIKE}{{0,5}}|[OolISBZ]\d{_ALIKE}{{0,4}})"
    rf"(?P<suffix>bis|[a-eđA-E](?![^\W_]))?"
    rf"(?P<sep>\s?{_DASH}{{1,2}}\s?"
    rf"|\s?(?=(?:{_COMMON})\s?{_DASH}\s?[A-ZĐ])|\s(?=(?:CP|TTg|HĐBT)\b)"
    r"|\s(?=B[A-ZĐ&]{1,9}\s?/\s?[A-ZĐ]))"
    rf"(?:(?P<year>[12Il][09Oo]{_ALIKE}{{2}})"
    rf"(?:\s?(?:{_DASH}|\.)\s?|\s?(?=(?:{_COMMON}|(?:UBTV)?QH)[\s\-–/\d])))?"
    r"(?=0?[^\W\d_])"
)
_SO = re.compile(r"(?<!\w)s\w{0,2}\s?:?\s?$")
_BROKEN_RUN = re.compile(r"(?<![^\W_])(\d{1,3}) $")
_ADDRESS = re.compile(r"://|www\.|@|\.(?:vn|com|org|net|gov)\b", re.IGNORECASE)
_ADDRESS_MOST = 80
_FORM = re.compile(
    r"(?<![^\W_])(?:(?:mau|bieu|bieu mau|phu luc|phieu|bang|hinh|ky hieu|nha|ngo|hem)"
    r"\s(?:so\s)?|ms\s?):?\s?$"
)
# A copy has a number of its own, which names no document.
_COPY = re.compile(r"(?<![^\W_])(?:sao luc|sao y|trich sao|ban sao)\s(?:so\s)?:?\s?$")
# "Điều 5 QĐ-…" is an article of a decision, not its number.
_POINT = re.compile(r"(?<![^\W_])(?:dieu|khoan|diem|muc|chuong|phan|thu|lan|bang)\s$")
_OLD = frozenset({"CP", "TTg", "HĐBT", "HĐCP", "CTN", "CTHĐBT"})
_RARE = "PA DA TC PC PB PG BB GM BTT BGN HĐ GGT GUQ L SL"
_WEAK = frozenset(_RARE.split())
_CENTRAL = re.compile(r"Bộ Chính trị|Ban Bí thư|Ban Chấp hành Trung ương")
_UNION = re.compile(r"TƯ(?=-|$)")
_ASSEMBLY = re.compile(r"(?:UBTV)?QH\d|HĐNN\d")
_YEARS = range(1945, 2100)
_CENTRAL_MOST = 400


@dataclass(frozen=True, slots=True)
class Number:
    """A document number in a text.

    Attributes:
        start, end: its place, without type word.
        text: the number in canonical form.
        code: what its letters say.
        word: the type word before it, if any.
        year: the year inside it.
        written: the number as the text spells it, blanks left out.
    """

    start: int
    end: int
    text: str
    code: Code
    word: TypeWord | None
    year: int | None
    written: str

    @property
    def repaired(self) -> bool:
        """Whether the canonical form differs from the written one in more than blanks."""
        return self.code.repaired or _loose(self.text) != _loose(self.written)


def find_numbers(text: str, folded: str, *, damaged: bool = False) -> Iterator[Number]:
    """Find the numbers of documents in reading order; what only looks like one is left out."""
    last: Number | None = None
    for found in _RUN.finditer(text):
        if last and found.start() < last.end:
            continue
        number = _number(text, folded, found, last, damaged=damaged)
        if number:
            last = number
            yield number


def renumbered(number: Number, run: str) -> str:
    """Return a number's canonical form with another running number: "18, 19-NQ/TW"."""
    return re.sub(r"^\d+\w*(?=[-/])", run, number.text)


def settle_union(number: Number, issuer: str | None) -> Number:
    """Settle "TƯ", which is written for TW (the centre) and for TU (a province), by the issuer."""
    central = number.code.issuer == "TU" and issuer is not None and _CENTRAL.match(issuer)
    if not (_UNION.search(number.code.issuer) or central):
        return number
    code = _settled(number.code, number.text, issuer)
    parsed = _RUN.match(number.written)
    run = _digits(parsed) if parsed else number.text.split("-")[0]
    return replace(number, code=code, text=_canonical(run, number.year, "-", code))


def _settled(code: Code, text: str, issuer: str | None) -> Code:
    if code.issuer == "TU":
        return replace(code, issuer="TW")
    if code.issuer != "TƯ":
        return replace(code, issuer=_UNION.sub("TW", code.issuer))
    digits = re.match(r"\d+", text)
    # The centre's series begin anew with each congress and stay low; a province's 445-KL does not.
    local = int(digits.group()) > _CENTRAL_MOST if digits and issuer is None else False
    if issuer and re.search(r"[Tt]ỉnh|[Tt]hành ủy|Đảng bộ", issuer):
        local = True
    return replace(code, issuer="TU" if local else "TW")


def _loose(number: str) -> str:
    return re.sub(r"\s+", "", number).replace("–", "-").casefold()


def _number(
    text: str, folded: str, found: re.Match[str], last: Number | None, *, damaged: bool
) -> Number | None:
    before = text[max(0, found.start() - 1) : found.start()]
    start = max(0, found.start() - 20)
    if _is_address(text, found) or _COPY.search(folded, start, found.start()):
        return None
    form = _FORM.search(folded, start, found.start()) is not None
    if not found["sep"].strip() and _POINT.search(folded, start, found.start()):
        return None
    start = _whole_run(text, folded, found)
    word = type_before(text, folded, start, damaged=damaged)
    if word is None or not (word.name or word.generic):
        if form:
            return None
        word = _inherited(folded, last, start) or word
    if before.isalpha() and not (word and (word.so or word.name)):
        return None
    hurt = damaged or (word is not None and word.damaged)
    code = read_code(text, found.end(), word.codes if word else (), damaged=hurt)
    year = int(repair_digits(found["year"])) if found["year"] else None
    if code is None or not _is_plausible(code, word, found, year):
        return None
    run = re.sub(r"\s", "", text[start : found.start()]) + _digits(found)
    number = _canonical(run, year, found["sep"].strip(), code)
    written = re.sub(r"\s+", "", text[start : code.end])
    return Number(start, code.end, number, code, word, year, written)


def _is_address(text: str, found: re.Match[str]) -> bool:
    """Tell whether the digits stand inside a web or mail address."""
    reach = max(0, found.start() - _ADDRESS_MOST)
    blanks = (text.rfind(blank, reach, found.start()) + 1 for blank in " \n")
    return bool(_ADDRESS.search(text, max(reach, *blanks), found.end()))


def _whole_run(text: str, folded: str, found: re.Match[str]) -> int:
    """Return where the digits begin, over a blank that a scan put into them: "số 41 1/QĐ"."""
    broken = _BROKEN_RUN.search(text, max(0, found.start() - 4), found.start())
    if broken and _SO.search(folded, max(0, broken.start() - 6), broken.start()):
        return broken.start()
    return found.start()


def _digits(found: re.Match[str]) -> str:
    """Return the running number with its letter suffix, digits mended: "O3" is 03, "36a" 36a."""
    run, suffix = found["run"], found["suffix"] or ""
    if run.endswith("B") and run[:-1].isdigit():
        run, suffix = run[:-1], "B"
    return repair_digits(run) + suffix


def _inherited(folded: str, last: Number | None, start: int) -> TypeWord | None:
    """Take the type word of the number before in a list: "Tờ trình số: 421/…, 501/…"."""
    if last is None or last.word is None or start - last.end > 80:  # noqa: PLR2004 - a date long
        return None
    between = folded[last.end : start]
    if not re.search(r"(?:[,;]|\bva|\bhoac|\d)\s?(?:so)?\s?:?\s?$", between) or "\n" in between:
        return None
    return replace(last.word, start=start, issued=None)


def _is_plausible(
    code: Code, word: TypeWord | None, found: re.Match[str], year: int | None
) -> bool:
    """Tell a number from what only looks like one: ratios, units, product codes."""
    if year is not None and year not in _YEARS:
        return False
    named = word is not None and (word.name is not None or word.generic)
    if code.type_code is None:
        return _is_plausible_letter(code, word, named=named, year=year)
    if not code.issuer and (_is_of_council(code, word) or _is_joint(code, word)):
        return True
    if not code.issuer:
        return named and word is not None and code.type_code.startswith(word.codes or "?")
    if code.type_code in _WEAK and not (named or code.known):
        return False
    return bool(found["sep"].strip()) or code.known or named


def _is_joint(code: Code, word: TypeWord | None) -> bool:
    """Tell the joint circulars of the 1990s, whose code is all they have: "Số 03/TTLB"."""
    return code.type_code in {"TTLB", "TTLN"} and word is not None and word.so


def _is_of_council(code: Code, word: TypeWord | None) -> bool:
    """Tell the numbers of the Council of Ministers' chairman: "Quyết định số 327-CT" of 1992."""
    return code.type_code == "CT" and word is not None and word.name in {"Quyết định", "Chỉ thị"}


def _is_plausible_letter(
    code: Code, word: TypeWord | None, *, named: bool, year: int | None
) -> bool:
    first = code.organs[0]
    if _ASSEMBLY.match(first):
        return year is not None or named
    if year is not None:
        return named
    if first in _OLD and len(code.organs) == 1:
        return named or (word is not None and word.so)
    if code.known and (len(code.organs) > 1 or (word is not None and word.so)):
        return True
    return named and word is not None and (word.so or code.known or word.name == "Công văn")


def _canonical(run: str, year: int | None, sep: str, code: Code) -> str:
    """Write a number as practice has it, whatever separators the text used."""
    kind, issuer = code.type_code, code.issuer
    mark = "-" if sep in {"-", "–", "—", "−"} else "/"
    if year is not None:
        slash = "/" if code.gap.strip() == "/" and kind == "TTLT" else "-"
        letters = slash.join(part for part in (kind, issuer) if part)
        return f"{run}/{year}/{letters}"
    if kind is None:
        # So the 1990s wrote: "23-CP", "12-BXD/KTTC".
        old = "/" in issuer or (len(code.organs) == 1 and code.organs[0] in _OLD)
        letters = issuer if sep else issuer.replace("/", "-")
        return f"{run}{mark if old and sep else '/'}{letters}"
    if not issuer:
        return f"{run}{mark}{kind}"
    return f"{run}-{kind}/{issuer}" if _is_party(mark, code) else f"{run}/{kind}-{issuer}"


def _is_party(mark: str, code: Code) -> bool:
    """Tell the Party's order (57-NQ/TW) from the state's (03/NQ-CP): the issuer decides.

    "03-NQ/CP" and "217/QĐ-TW" are slips of the pen. Where the issuer leaves it open, or the code
    is one that the state, too, wrote the Party's way (48-L/CTN), the text's own order stays.
    """
    written = mark == "-" and code.gap.strip() == "/"
    if code.type_code in {"L", "LCT", "PL"}:
        return written
    side = code.side
    return side == "party" if side else written
