"""Laws, codes, ordinances and constitutions, cited by name, by number or by both.

Where a name ends is told, in this order, by the list of known laws, by the number, date or year
that follows ("Luật A, b và c số 93/2025/QH15"), and by a grammar: words go on until a comma, an
"và", or a word that begins something else ("quy định", "được", "của Quốc hội").
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from loaders.citing.dates import date_at
from loaders.citing.lawnames import begins_like_known, known_alike, known_end, variant_end
from loaders.citing.numbers import Number

_ANCHOR = re.compile(r"(?<![^\W\d_])(?:b[oe6] lu[a4]t|lu[a4]t|phap lenh|hien phap)(?![^\W_])")
# "luật này" points back, "Luật sư" is a lawyer, "Luật gia" a jurist, "pháp luật" law in general.
_NO_LAW = re.compile(
    r"\s(?:này|nay|gia|học|khoa|trên|đó|nói trên|hiện hành|và|chuyên ngành|có liên quan|liên quan"
    r"|được|khác|quốc tế|pháp|tục|đời|mới|thì|quy định|là|của|so sánh|mẫu|khung|sư)\b"
)
_NO_LAW_BEFORE = re.compile(r"(?:dai hoc|khoa|nganh|truong|phap|ky|cu nhan|bo mon|quy|hoi|doan)\s$")
_STOP = re.compile(
    r"\s(?:quy định|được|có|hiện hành|liên quan|về việc|về|đã|thì|nhằm|để|khi|nếu|trong|trên|phải"
    r"|không|cho|với|đến|vào|hằng năm|hàng năm|ban hành (?:ngày|kèm)|này"
    r"|do|mới|sửa đổi|là|từ ngày|gồm|như|cùng|tại|căn cứ"
    r"|theo quy|và (?:các|quy định|những|văn bản|hướng dẫn|pháp luật|Luật|Bộ luật|Nghị|Thông tư)"
    r"|của (?:Quốc hội|nước|Chính phủ)|triển khai|vừa|sau|trước|các văn bản)\b",
    re.IGNORECASE,
)
# Words that may stand inside a name, but behind a known one go on with the sentence.
_SENTENCE = re.compile(
    r"\s(?:kịp thời|đồng bộ|nghiêm|đầy đủ|thống nhất|hiệu quả|nhanh|sớm|bảo đảm|đảm bảo|góp phần"
    r"|ngay|rộng rãi|còn|chưa|sẽ|chỉ|cũng|vẫn|đang|từng|bị|nên|ra đời|bao gồm|tạo|giúp|yêu cầu"
    r"|khẳng định|nêu|cần|xác định|cụ thể|phù hợp|tham mưu|chủ trì|phối hợp|đi vào)\b"
)
_HARD_STOP = re.compile(
    r"[;\n()\[\]\"“”:!?]|\.(?!\w)|,?\s(?:va\s)?(?:bo luat|luat|phap lenh|nghi dinh|nghi quyet"
    r"|thong tu|quyet dinh|chi thi|cac luat)(?![^\W_])"
)
_AMENDING = re.compile(
    r"\s(?:sua doi|bo sung)(?:\s?,?\s?(?:bo sung|sua doi))?(?:\s(?:mot so|cac))?"
    r"(?:\s(?:dieu|noi dung|quy dinh))*(?:\s\d+ dieu)?(?:\scua)?(?:\scac)?"
    r"(?P<several>\s\d{1,2})?(?:\s(?:bo luat|luat|phap lenh))?(?![^\W_])"
)
_MORE_LAWS = re.compile(r"(?:\s?,|\sva)\s(?:bo luat|luat|phap lenh)(?![^\W_])")
_STATE = re.compile(r"\snuoc cong hoa xa hoi chu nghia viet nam")
_DATED = re.compile(r"\s(?:cua\s)?(?:nam\s)?(?:19|20)\d\d(?!\d)|,?\sngay\s\d")
_NUMBER_LEAD = re.compile(r"\s?,?\s?\(?(?:(?:bo )?luat\s)?(?:[s$][\w&]{0,2}\s?:?\s?)?$")
_DATE_LEAD = re.compile(
    r"\s(?=ng\w{1,2}y\s?\d|n\w{1,2}m\s?(?:19|20)\d\d|(?:\d\d?[-/]\d\d?[-/])?(?:19|20)\d\d(?!\w))"
)
_VERB = re.compile(
    r"\s(?:thuc hien|to chuc|bao dam|dam bao|trien khai|ban hanh|huong dan|nang cao|tang cuong"
    r"|day manh|bao cao|de xuat|xay dung|chiu|duoc|co|phai|cac|nhung|mot|theo|tren|khong|se|da|dang"
    r"|cung|van ban|phap luat|quy dinh)(?![^\W_])"
)
_MOST = 220
_MOST_WORDS = 16
_LEAD = 15
_NEAR = 60
_KINDS = {"bo luat": "Bộ luật", "luat": "Luật", "phap lenh": "Pháp lệnh", "hien phap": "Hiến pháp"}


@dataclass(frozen=True, slots=True)
class Law:
    """A statute mentioned in a text.

    Attributes:
        start, end: from the type word to the end of the name, or of the number if that follows.
        type: "Luật", "Bộ luật", "Pháp lệnh" or "Hiến pháp".
        name: its name with the type word, as written; mended where the text is damaged.
        number: the number right behind the name, if any.
        repaired: whether the name had to be mended.
    """

    start: int
    end: int
    type: str
    name: str
    number: Number | None = None
    repaired: bool = False


@dataclass(frozen=True, slots=True)
class _Page:
    """A text, its folded twin and the numbers found in it."""

    text: str
    folded: str
    numbers: dict[int, Number]
    damaged: bool


def find_laws(
    text: str, folded: str, numbers: Sequence[Number], *, damaged: bool = False
) -> Iterator[Law]:
    """Find the statutes that a text names, in reading order, each with the number behind it."""
    page = _Page(text, folded, {number.start: number for number in numbers}, damaged)
    last_end = 0
    for anchor in _anchors(text, folded):
        if anchor.start() < last_end or not _is_name_start(page, anchor):
            continue
        law = _law(page, anchor)
        if law:
            last_end = law.end
            yield law
            for follower in _listed_after(page, anchor, law):
                last_end = follower.end
                yield follower


def _is_name_start(page: _Page, anchor: re.Match[str]) -> bool:
    """Tell a statute from "pháp luật", "Luật này", "các luật có liên quan", "Luật sư"."""
    text = page.text
    if text[anchor.start()].islower():
        named = text[anchor.end() + 1 : anchor.end() + 2].isupper() or _is_dated_name(page, anchor)
        if not named or anchor.group() == "hien phap":
            return False
    if _NO_LAW.match(text, anchor.end()):
        return False
    begin = max(0, anchor.start() - 12)
    return _NO_LAW_BEFORE.search(page.folded, begin, anchor.start()) is None


def _anchors(text: str, folded: str) -> Iterator[re.Match[str]]:
    """Find the words that begin a statute's name; in "công bố Luật" that is "Luật" alone."""
    for anchor in _ANCHOR.finditer(folded):
        if anchor.group().startswith("bo") and text[anchor.start() + 1] in "ốỏỐỎ":
            yield from _ANCHOR.finditer(folded, anchor.end() - len("luật"), anchor.end())
        else:
            yield anchor


def _is_dated_name(page: _Page, anchor: re.Match[str]) -> bool:
    """Tell a statute in small letters by its known name and its year: "luật việc làm 2013"."""
    known = known_end(page.folded, anchor.end())
    if known is None or " " not in page.folded[anchor.end() + 1 : known]:
        return False
    return _DATED.match(page.folded, known) is not None


def _law(page: _Page, anchor: re.Match[str]) -> Law | None:
    kind, start = _kind(anchor), anchor.start()
    if kind == "Hiến pháp":
        return _constitution(page, anchor)
    hurt = page.damaged or not _is_kind(kind, page.text[start : anchor.end()])
    mended = known_alike(page.text, anchor.end()) if hurt else None
    end = mended[0] if mended else _name_end(page, anchor.end())
    number = _number_behind(page, anchor.end() if end is None else end)
    # "Lệnh công bố Luật số 12/2009/L-CTN" is the President's order, no statute.
    order = number is not None and number.code.type_code == "L" and number.year is not None
    if end is None and (number is None or order):
        return None
    written = re.sub(r"\s+", " ", page.text[start : anchor.end() if end is None else end])
    written = written.replace("ƣ", "ư").replace("Ƣ", "Ư")
    name = f"{kind} {mended[1]}" if mended else _with_kind(kind, written)
    stop = number.end if number else end or anchor.end()
    return Law(start, stop, kind, name, number, repaired=mended is not None)


def _kind(anchor: re.Match[str]) -> str:
    """Return the type word that a scan may have damaged: "Bé luật" is "Bộ luật"."""
    word = anchor.group().replace("4", "a")
    return _KINDS["bo luat" if word.endswith(" luat") else word]


def _with_kind(kind: str, written: str) -> str:
    """Return a name with its type word set right, where a scan has taken the marks off it."""
    word, rest = written[: len(kind)], written[len(kind) :]
    return written if _is_kind(kind, word) else f"{kind}{rest}"


def _is_kind(kind: str, word: str) -> bool:
    return re.sub(r"\s+", " ", word).casefold() == kind.casefold()


def _constitution(page: _Page, anchor: re.Match[str]) -> Law | None:
    """Read "Hiến pháp năm 2013"; the bare word in "Hiến pháp và pháp luật" is no citation."""
    state = _STATE.match(page.folded, anchor.end())
    end = state.end() if state else anchor.end()
    if state is None and _DATED.match(page.folded, end) is None:
        return None
    name = _with_kind("Hiến pháp", page.text[anchor.start() : end])
    return Law(anchor.start(), end, "Hiến pháp", name)


def _number_behind(page: _Page, end: int) -> Number | None:
    """Return the number right behind a name: "số 93/2025/QH15", "(Luật số 83/2015/QH13)"."""
    for start in range(end, end + _LEAD):
        number = page.numbers.get(start)
        if number and _NUMBER_LEAD.fullmatch(page.folded, end, start):
            return number
    return None


def _name_end(page: _Page, position: int) -> int | None:
    """Return where the name behind a type word ends; None if there is none."""
    if _number_behind(page, position):
        return None
    known = known_end(page.folded, position)
    if known is not None and _is_closed(page, known):
        return known
    amending = _AMENDING.match(page.folded, position)
    if amending:
        return _amended_end(page, amending)
    anchored = _anchored_end(page, position)
    if anchored is not None:
        return anchored
    ends = (known, variant_end(page.folded, position), _grammar_end(page, position))
    return max((end for end in ends if end is not None), default=None)


def _is_closed(page: _Page, end: int) -> bool:
    """Tell whether a known name stops here: "Luật Đầu tư" does not in "Luật Đầu tư mạo hiểm"."""
    if _number_behind(page, end):
        return True
    rest = page.folded[end : end + 20]
    if rest[:1] == "," or re.match(r"\s(?:va|hoac)\s", rest):
        return not _goes_on_to_number(page, end)
    if not rest or rest[0] in ';.()\n:/"”' or _STOP.match(page.text, end):
        return True
    if _SENTENCE.match(page.text, end):
        return True
    return bool(re.match(r"\s(?:so\s\d|\d|–|-)", rest)) or date_at(page.folded, end + 1) is not None


def _goes_on_to_number(page: _Page, end: int) -> bool:
    """Tell whether what follows a known name, up to a number, is more of the name.

    So it is in "Luật Khoa học, công nghệ và đổi mới sáng tạo số 93/2025/QH15", were it unknown.
    """
    stop = _before_number(page, end)
    return stop is not None and 0 < stop - end < _NEAR


def _limit(page: _Page, position: int) -> int:
    stop = _HARD_STOP.search(page.folded, position, position + _MOST)
    return stop.start() if stop else min(len(page.folded), position + _MOST)


def _before_number(page: _Page, position: int) -> int | None:
    """Return where "số" and a number of the National Assembly begin, if nothing else can be."""
    limit = _limit(page, position)
    for digit in re.compile(r"\d").finditer(page.folded, position, limit):
        number = page.numbers.get(digit.start())
        if number:
            organ = number.code.organs[0] if number.code.organs else ""
            lead = _NUMBER_LEAD.search(page.folded, position, number.start)
            is_statute = organ.startswith(("QH", "UBTVQH", "HĐNN", "CTN"))
            return lead.start() if lead and is_statute else None
    return None


def _anchored_end(page: _Page, position: int) -> int | None:
    """Return where number, date or year begin, if only a name can stand before them."""
    stop = _before_number(page, position)
    if stop is not None:
        return stop
    limit = _limit(page, position)
    cut = _STOP.search(page.text, position, limit)
    limit = cut.start() if cut else limit
    found = _DATE_LEAD.search(page.folded, position, min(limit + 1, len(page.folded)))
    if found is None or found.start() == position or page.folded[found.start() - 1] == ",":
        return None
    return found.start()


def _amended_end(page: _Page, amending: re.Match[str]) -> int:
    """Read the laws that an amending law names: "… của Luật Tổ chức Chính phủ và Luật B"."""
    end = amending.end()
    if amending["several"]:
        anchored = _before_number(page, end)
        return anchored if anchored is not None else _several_end(page, end)
    end = _name_end(page, end) or end
    more = _MORE_LAWS.match(page.folded, end)
    while more:
        following = _name_end(page, more.end())
        if following is None or not _is_dated_further(page, following):
            break
        end = following
        more = _MORE_LAWS.match(page.folded, end)
    return end


def _several_end(page: _Page, position: int) -> int:
    """Return where "37 Luật có liên quan đến quy hoạch" ends: at its date or with the clause."""
    limit = _limit(page, position)
    found = _DATE_LEAD.search(page.folded, position, limit)
    return found.start() if found else limit


def _is_dated_further(page: _Page, end: int) -> bool:
    """Tell whether a date, a number or a further law closes a list of amended laws."""
    blank = re.compile(r"[\s,]*").match(page.folded, end)
    rest = blank.end() if blank else end
    if _MORE_LAWS.match(page.folded, end) or _number_behind(page, end):
        return True
    return date_at(page.folded, rest) is not None


def _grammar_end(page: _Page, position: int) -> int | None:
    """Return where a name of unknown words ends; None if no name begins here."""
    capital = page.text[position + 1 : position + 2].isupper()
    if not capital and not begins_like_known(page.folded, position):
        return None
    limit = _limit(page, position)
    stop = _STOP.search(page.text, position, limit)
    limit = stop.start() if stop else limit
    end = position
    words = re.compile(r"\s([^\s,;.]+)").finditer(page.folded, position, limit)
    for count, word in enumerate(words):
        if word.start() != end or count == _MOST_WORDS or word.group(1) in {"hoac", "so"}:
            break
        if word.group(1) == "va" and not _goes_on(page, word.end()):
            break
        if word.group(1)[0].isdigit() or word.group(1) in {"-", "–"}:
            break
        end = word.end()
    return end if end > position else None


def _goes_on(page: _Page, end: int) -> bool:
    """Tell whether an "và" in an unknown name joins more of it: a small word, no verb, follows."""
    return page.text[end + 1 : end + 2].islower() and not _VERB.match(page.folded, end)


def _listed_after(page: _Page, anchor: re.Match[str], law: Law) -> Iterator[Law]:
    """Find the names behind the first in "các Luật Đầu tư, Đấu thầu, Xây dựng"."""
    if not page.folded[: anchor.start()].endswith("cac "):
        return
    end = law.end
    while True:
        gap = re.compile(r"(?:\s?,|\sva)(?=\s)").match(page.folded, end)
        stop = known_end(page.folded, gap.end()) if gap else None
        if gap is None or stop is None or page.text[gap.end() + 1].islower():
            return
        if not _is_closed(page, stop):
            return
        start = gap.end() + 1
        yield Law(start, stop, law.type, f"{law.type} {page.text[start:stop]}")
        end = stop
