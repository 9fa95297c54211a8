"""Issuing bodies: the organ that a text names, and the organ that a number's code stands for."""

import re
from dataclasses import dataclass
from functools import lru_cache

from loaders.citing.ocr import likeness, plain
from loaders.tables import parts, read_table
from loaders.text.reading import fold

# The capitals of Vietnamese, those with tone marks included: "Ủy ban", "Ý Yên", "Ứng Hòa".
CAPITALS = "".join(
    char
    for char in map(chr, range(ord("A"), ord("Ỹ") + 1))
    if char.isupper() and fold(char).isascii()
)
_LETTER = r"[^\W\d_]"
_PROPER_NAME = re.compile(rf"\s((?:[{CAPITALS}]\w*|\d{{1,2}})(?:[ -][{CAPITALS}]\w*)*)")
_UNIT = re.compile(
    r"\s?(?P<unit>t[ij]nh|thanh pho|tp\.?|t\.p\.?|huyen|quan|thi xa|thi tran|dac khu|phuong|xa)"
    rf"(?!{_LETTER})"
)
_UNIT_NAMES = {
    "tinh": "tỉnh", "thanh pho": "thành phố", "tp": "thành phố", "tp.": "thành phố",
    "t.p": "thành phố", "t.p.": "thành phố", "huyen": "huyện", "quan": "quận",
    "thi xa": "thị xã", "thi tran": "thị trấn", "dac khu": "đặc khu", "phuong": "phường",
    "xa": "xã",
}  # fmt: skip
_SPELLED = frozenset((*_UNIT_NAMES.values(), "tp", "tp.", "t.p", "t.p."))
_ROLE = re.compile(
    r"(?:Phó |Quyền |Nguyên )?(?:Tổng )?(?:Giám đốc|Chủ tịch|Bộ trưởng|Thứ trưởng|Bí thư|Cục trưởng"
    r"|Chánh Văn phòng|Chánh Thanh tra|Chánh án|Viện trưởng|Trưởng ban|Trưởng Ban|Chủ nhiệm"
    r"|Tổng cục trưởng|Hiệu trưởng|Thường trực|Ban Thường vụ|Ban Chấp hành|Văn phòng|Thanh tra"
    r"|Ban cán sự đảng|Đảng đoàn|Đảng ủy|Đảng uỷ|Đảng bộ|Ban Tổ chức|Ban Tuyên giáo|Ủy ban Kiểm tra"
    r"|Đoàn Chủ tịch|Chủ tịch Hội đồng quản trị)\s+(?=\w)",
    re.IGNORECASE,
)
# Organs outside the lists begin with one of these words and go on in their own words.
_ORGAN = re.compile(
    r"(?:Ban|Bộ|Sở|Cục|Tổng cục|Chi cục|Vụ|Viện|Trường|Đại học|Học viện|Hội|Hội đồng|Liên minh"
    r"|Tổng công ty|Tập đoàn|Công ty|Ngân hàng|Đoàn|Tỉnh đoàn|Thành đoàn|Huyện đoàn|Đảng ủy|Đảng bộ"
    r"|Trung tâm|Tòa án|Viện kiểm sát|Liên đoàn|Liên hiệp|Kiểm toán|Thanh tra|Bảo hiểm xã hội"
    r"|Kho bạc|Ủy ban|Uỷ ban|Hiệp hội|Phòng|Văn phòng|Tổ công tác|Tiểu ban|Liên bộ|Liên Bộ|Liên sở"
    r"|Quân khu|Bộ Tư lệnh|Quỹ|Báo|Đài|Huyện ủy|Quận ủy|Thị ủy|Ban Quản lý)(?=\s)"
)
# "phòng, chống", "phòng cháy, chữa cháy" hold a comma.
_GAP = re.compile(r"(?:,\s(?=chống\b|chữa cháy))?\s?(?:- )?")
_ORGAN_WORD = re.compile(r"[^\W\d_][\w.&/-]*")
_STOP = re.compile(
    r"(?:về|v/v|ban hành|ngày|phê duyệt|quy định|thực hiện|hướng dẫn|triển khai|sửa đổi|khóa|khoá"
    r"|giai đoạn|đã|được|có|là|để|theo|trên|tại|thì|nhiệm kỳ|do|đến|trong|nêu|yêu cầu|đề nghị|kèm"
    r"|với|từ|quyết định|thông qua|thông báo|cho|như|sau|căn cứ|năm|bổ sung|điều chỉnh|nhằm|gồm"
    r"|số(?=\s?[\d:])"
    r"|công bố|giao|tăng cường|đẩy mạnh|thành lập|kết luận|ký|chỉ đạo|tổ chức|nay|vừa|hiện|trước"
    rf"|của (?![{CAPITALS}])|và (?:các|ý kiến|đề nghị|theo|được|có|chỉ đạo"
    r"|Nghị|Quyết|Kế|Chỉ|Thông tư|Luật|Công văn))(?!\w)",
)
_MORE_ISSUERS = re.compile(r"\s?(?:,|-|–|va|&)\s?(?=\w)")
# Names that go on as the text has it: "Ban Chỉ đạo Chuyển đổi số tỉnh".
_HEADS = frozenset(
    ("Ban Chỉ đạo", "Ban Chỉ đạo quốc gia", "Bộ Tư lệnh", "Đảng ủy", "Công an", "Cục Thuế")
)
_BOARD = "Ban Chỉ đạo"
_MOST_WORDS = 20
_STRETCH = 160
_GLUED = ("ngay", "ve", "khoa", "ban hanh", "va ")
_ALIKE = 80.0
_ALIKE_PART = 65.0
_SHORT = 5
_WORD_BONUS = 4.0  # "Ban Thuong vu Tinh iy" is the longer name, though "Ban Thuong vu" fits exactly
_MEETING = re.compile(r"hoi nghi lan thu \w+(?: (?!ban)\w+)?,? (?=ban chap hanh dang bo)")
_PLENUM = re.compile(
    r"(?:hoi nghi\s(?:lan thu \w+(?:\s(?!ban)\w+)?,?\s)?|(?=trung uong\s\d))"
    r"(?P<whole>ban chap hanh\s)?trung uong(?P<party>\sdang)?(?:\s\d{1,2})?"
    r"(?:\slan thu \w+(?:\s(?!khoa)\w+)?)?(?!\w)"
)


@dataclass(frozen=True, slots=True)
class Issuer:
    """A named issuing body in a text: canonical name, and where its words end."""

    name: str
    end: int
    known: bool = True


def issuer_at(
    text: str, folded: str, position: int, *, damaged: bool = False, small: bool = False
) -> Issuer | None:
    """Read the organ named exactly at a position, in full and with its diacritics.

    Covers the lists of state and Party bodies with their abbreviations ("UBND tỉnh Quảng Nam"),
    an office before the organ ("Giám đốc Sở Nội vụ"), the plenum of the Central Committee, and
    organs of unknown name as far as their words go. A damaged text is matched by likeness; where
    only an organ can stand its name may be in `small` letters ("của chính phủ").
    """
    meeting = _MEETING.match(folded, position)
    position = meeting.end() if meeting else position
    plenum = _PLENUM.match(folded, position)
    if plenum:
        party = " Đảng" if plenum["party"] else ""
        return Issuer("Ban Chấp hành Trung ương" + party, plenum.end())
    found = _listed(text, folded, position, small=small)
    if damaged:
        found = _longer(found, _alike(text, position))
    if found:
        bare = damaged or text[position : found.end].isascii()
        found = _with_place(found, text, folded, damaged=damaged, bare=bare)
    found = _longer(found, _office(text, folded, position))
    if damaged or (found and found.name not in _HEADS and not found.name.startswith(_BOARD)):
        return found
    return _longer(found, _unlisted(text, position))


def known_issuer_at(
    text: str, folded: str, position: int, *, damaged: bool = False
) -> Issuer | None:
    """Read an organ of the lists at a position, whole words only; None for any other name."""
    found = issuer_at(text, folded, position, damaged=damaged)
    return found if found and found.known else None


def joint_issuer(
    text: str, folded: str, organ: Issuer, *, damaged: bool = False
) -> tuple[str, int]:
    """Read the issuers of a joint document, the first being known; return names and end."""
    name, end = organ.name, organ.end
    while True:
        link = _MORE_ISSUERS.match(folded, end)
        start = link.end() if link else end
        following = known_issuer_at(text, folded, start, damaged=damaged)
        if link is None or following is None:
            return name, end
        mark = text[end : link.end()].strip()
        joint = f"{mark} " if mark in {",", ";"} else f" {mark} "
        name, end = f"{name}{joint}{following.name}", following.end


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    """Return spelling to canonical name, for all organs and their abbreviations."""
    table: dict[str, str] = {}
    for row in read_table("issuer_names"):
        for spelling in (row["name"], *parts(row["aliases"])):
            table.setdefault(spelling, row["name"])
    for row in read_table("agency_domains"):
        for head in parts(row["heads"]):
            name = f"{head} {row['domain']}"
            for short in (row["domain"], *parts(row["short"])):
                table.setdefault(f"{head} {short}", name)
    return table


def _key(spelling: str) -> str:
    return re.sub(r"[\s,.–-]+", "", fold(spelling)).replace("&", "va")


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    """Return all spellings as one pattern on folded text, longest first, commas and blanks free."""
    spellings = sorted({fold(spelling) for spelling in _names()}, key=len, reverse=True)
    return re.compile("|".join(map(_form, spellings)))


def _form(spelling: str) -> str:
    words = (
        "(?:va|&)" if word == "va" else re.escape(word)
        for word in re.findall(r"[^\s,.–-]+", spelling)
    )
    return r"[\s,.–-]{0,3}".join(words)


@lru_cache(maxsize=1)
def _by_key() -> dict[str, tuple[str, bool]]:
    table: dict[str, tuple[str, bool]] = {}
    for spelling, name in _names().items():
        table.setdefault(_key(spelling), (name, spelling.isupper() and len(spelling) <= _SHORT))
    return table


def _listed(text: str, folded: str, position: int, *, small: bool) -> Issuer | None:
    found = _pattern().match(folded, position)
    if found is None or not _ends_word(folded, found.end()):
        return None
    name, short = _by_key()[_key(found.group())]
    written = text[position : found.end()]
    # "TU" and "CP" are organs only in capitals: "tư", "cấp" fold to the same letters.
    if short and not written.isupper():
        return None
    if written[0].islower() and not (small and " " in name and fold(name) == found.group()):
        return None
    return Issuer(name, found.end())


def _ends_word(folded: str, end: int) -> bool:
    return not folded[end : end + 1].isalpha() or folded.startswith(_GLUED, end)


def _with_place(found: Issuer, text: str, folded: str, *, damaged: bool, bare: bool) -> Issuer:
    """Add the place behind an organ: "tỉnh Quảng Nam", "huyện Mai Sơn", "Hưng Yên".

    Where all marks are lost the unit is `bare` of them, too.
    """
    name, end = found.name, found.end
    unit = _UNIT.match(folded, end)
    # "quản lý" is no "quận", "tính" no "tỉnh".
    spelled = text[unit.start("unit") : unit.end("unit")].lower() if unit else ""
    if unit and (bare or spelled in _SPELLED):
        name, end = f"{name} {_UNIT_NAMES[unit['unit'].replace('j', 'i')]}", unit.end()
    elif not name.endswith((" ủy", "nhân dân", "Tỉnh ủy", "Đảng bộ")):
        return found
    place = _province(folded, end, damaged=damaged)
    # All provinces are listed: other capitals behind "tỉnh" are the name of a person.
    if place is None and (unit or name.endswith(" ủy")) and not name.endswith(" tỉnh"):
        place = _proper_name(text, end)
    if place and (unit or text[end + 1 : end + 2].isupper()):
        name, end = f"{name} {place[0]}", place[1]
    return Issuer(name, end)


@lru_cache(maxsize=1)
def _provinces() -> dict[str, str]:
    return {_key(row["name"]): row["name"] for row in read_table("place_names")}


def _province(folded: str, end: int, *, damaged: bool) -> tuple[str, int] | None:
    words = re.compile(r"\s?(?:[\w-]+[\s–-]*){1,5}").match(folded, end)
    if words is None:
        return None
    ends = [end + found.end() for found in re.finditer(r"\w+", folded[end : words.end()])][:5]
    for stop in reversed(ends):
        name = _provinces().get(_key(folded[end:stop]))
        if name:
            return name.removeprefix("Thành phố "), stop
    return _province_alike(folded, end, ends) if damaged else None


def _province_alike(folded: str, end: int, ends: list[int]) -> tuple[str, int] | None:
    scored = [
        (likeness(_key(plain(folded[end:stop])), key), name, stop)
        for stop in ends[:3]
        for key, name in _provinces().items()
    ]
    score, name, stop = max(scored, default=(0.0, "", 0))
    return (name, stop) if score >= _ALIKE else None


def _proper_name(text: str, end: int) -> tuple[str, int] | None:
    found = _PROPER_NAME.match(text, end)
    # In a heading all words have capitals: nothing tells where the name ends.
    return (found.group(1), found.end()) if found and not found.group(1).isupper() else None


def _office(text: str, folded: str, position: int) -> Issuer | None:
    role = _ROLE.match(text, position)
    if role is None or text[position].islower() or text[role.end()].islower():
        return None
    organ = issuer_at(text, folded, role.end())
    office = role.group().strip().replace("uỷ", "ủy")
    office = office.capitalize() if office.isupper() else office
    return organ and Issuer(f"{office} {organ.name}", organ.end, organ.known)


def _unlisted(text: str, position: int) -> Issuer | None:
    """Read an organ of unknown name: capitalised head word, then words up to a stop word."""
    if not _ORGAN.match(text, position):
        return None
    end = position
    for _ in range(_MOST_WORDS):
        gap = _GAP.match(text, end)
        word = _ORGAN_WORD.match(text, gap.end() if gap else end)
        if word is None or (end > position and _STOP.match(text, word.start())):
            break
        end = word.end()
    name = text[position:end].rstrip(" -.").removesuffix(" và").replace("Uỷ", "Ủy")
    return Issuer(name, position + len(name), known=False) if " " in name else None


def _longer(one: Issuer | None, other: Issuer | None) -> Issuer | None:
    if one is None or other is None:
        return one or other
    return other if other.end > one.end else one


@lru_cache(maxsize=1)
def _plain_names() -> tuple[tuple[str, int, str], ...]:
    names = [name for name in dict.fromkeys(_names().values()) if " " in name]
    offices = [f"Giám đốc {name}" for name in names if name.startswith("Sở ")]
    offices += [f"Bộ trưởng {name}" for name in names if name.startswith("Bộ ")]
    return tuple((_bare(name), len(name.split()), name) for name in names + offices)


def _bare(words: str) -> str:
    return re.sub(r"[,.;:–-]+", "", plain(words)).replace("  ", " ")


def _alike(text: str, position: int) -> Issuer | None:
    """Find the listed organ that the next words look most like; longer names win ties."""
    stretch = text[position : position + _STRETCH].partition("\n")[0]
    tokens = list(re.finditer(r"[^\s,;:()]+", stretch))[:20]
    if not tokens or tokens[0].start():
        return None
    plain_tokens = [_bare(token.group()) for token in tokens]
    scored = []
    for bare, words, name in _plain_names():
        if words <= len(tokens):
            score = _likeness(plain_tokens[:words], bare)
            if score >= _ALIKE:
                scored.append((score + words * _WORD_BONUS, words, name))
    if not scored:
        return None
    _, words, name = max(scored)
    last = tokens[words - 1]
    return Issuer(name, position + last.start() + len(last.group().rstrip(".")))


def _likeness(tokens: list[str], bare: str) -> float:
    """Return how alike words and a name are; a long name must be like in each of its parts.

    Else "B Chinh tri vé dot pha phat trién khoa hoc" would pass for a long name that ends so.
    """
    names = bare.split(" ")
    for begin in range(0, len(names), 3):
        part = slice(begin, begin + 3)
        if likeness(" ".join(tokens[part]), " ".join(names[part])) < _ALIKE_PART:
            return 0.0
    return likeness(" ".join(tokens), bare)


@lru_cache(maxsize=1)
def _code_rows() -> dict[str, dict[str, str]]:
    return {row["code"].casefold(): row for row in read_table("issuer_codes")}


def code_name(code: str) -> str | None:
    """Return the organ that an issuer's code stands for; None if it leaves several open."""
    bare = re.sub(r"\d+$", "", code).casefold()
    row = _code_rows().get(bare)
    return row["name"] or None if row else None


def code_side(code: str) -> str | None:
    """Return "state" or "party" for an issuer's code, None where both use it or it is unknown."""
    row = _code_rows().get(re.sub(r"\d+$", "", code).casefold())
    return row["side"] or None if row else None


@lru_cache(maxsize=1)
def known_codes() -> dict[str, str]:
    """Return the known codes of issuers, case-folded to canonical."""
    return {folded: row["code"] for folded, row in _code_rows().items()}
