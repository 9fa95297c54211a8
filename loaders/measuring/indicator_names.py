"""What a target measures: its short name, the base of a share, the unit as one writes it."""

import re
from dataclasses import dataclass

from loaders.measuring.quantities import Quantity
from loaders.measuring.units import COUNTED, noun_at
from loaders.text.reading import fold

_MAX_NAME = 36  # words; a longer name is a whole sentence
_MAX_BASE = 16
_REACH = 500  # characters before and behind a number in which its name is looked for
_LONG = 12  # a clause of more words than this says other things before its subject


class _Words:
    """A pattern of Vietnamese words for sound text, and its folded form for damaged text."""

    def __init__(self, pattern: str) -> None:
        self._sound = re.compile(pattern, re.IGNORECASE)
        self._damaged = re.compile(fold(pattern))

    def of(self, passage: "Passage") -> re.Pattern[str]:
        return self._damaged if passage.damaged else self._sound


@dataclass(frozen=True, slots=True)
class Passage:
    """A text with its folded form; in a damaged one the folded words are read."""

    text: str
    folded: str
    damaged: bool

    @property
    def words(self) -> str:
        """The form that patterns of words are matched on."""
        return self.folded if self.damaged else self.text


_WORD = re.compile(r"[^\s,;.…:()<>\n]+")
_GAP = re.compile(r"(?P<comma>,)? ")
# A word that begins what is said *about* the base: "cán bộ, công chức | được đào tạo".
_PREDICATE = _Words(
    r"(?:"
    r"được|có|đạt|đặt|phải|là|đã|đang|cần|sẽ|sử dụng|thực hiện|tham gia|hoàn thành|ứng dụng|"
    r"kết nối|cho|để|vào|từ|qua|góp|nhằm|so với|trong|tại|do|theo|(?<!nhỏ và )vừa|khi|thì|đến|hết|"
    r"trở|đáp ứng|giải quyết|tiếp cận|cung cấp|triển khai|xử lý|số hóa|số hoá|hài lòng|biết|"
    r"nắm vững|tăng|giảm|trên môi trường|năm 20\d\d|ở|bằng|với|chuyển đổi|hoạt động|gắn|không|"
    r"chưa|bảo đảm|đảm bảo|vận hành|mỗi|bình quân|về|phục vụ|dành|thuộc|tạo (?:nền|điều|lập|ra)|"
    r"bao gồm|gồm|ban hành|sang|ươm tạo|tổ chức (?:triển|thực|hội|các)|phù hợp|duy trì|áp dụng|"
    r"lắp đặt|trang bị|công khai|giai đoạn|thời kỳ|nhiệm kỳ|cùng|"
    r"(?:và |và có )?(?:trên|dưới|hơn|khoảng|gần|ít nhất|tối thiểu) \d|như|nhưng|cũng|đều|lấy|đưa|"
    r"hình thành|thành lập|cài đặt|(?<!việc )làm|dùng(?! chung)"
    r")(?!\w)"
)
_WHOLE = _Words(
    r" (?:trong|trên)(?: tổng số| tổng)? (?!năm\b|giai đoạn\b|thời|tháng\b|đó\b|môi|cả nước)"
)
_TRAILING = re.compile(r"(?:\s+(?:và|hoặc|của|là|va|hoac|cua))$|\s*[,:–-]$")
_AND_VERB = _Words(r" và (?=[^,;.\d]{0,60}\d|\S+ góp)")
_GRADED = _Words(r"(?:mức độ|cấp độ|cấp|loại) $")  # "mức độ 4"
_FOOTNOTE = re.compile(r"(?<=[^\W\d])\d$")

_YEAR = r"(?:đến |vào |hết |trong |cuối )?(?:hết |cuối )?(?:năm )?(?<![-–] )20\d\d(?! ?[-–] ?20)"
_LEADING = _Words(
    r"(?:[\s•*,;:.()/–+-]|\d+[.)]\s|(?:và|có|đồng thời|trong đó|phấn đấu|phần đấu|riêng|với|bảo đảm"
    rf"|đảm bảo|cụ thể|hằng năm|hàng năm|mỗi năm|{_YEAR}|giai đoạn 20\d\d ?[-–] ?20\d\d"
    r"|thuộc|nằm|đưa)(?!\w))+"
)
_ENDING = _Words(
    r"(?:(?<!\w)(?:phấn đấu|phần đầu|đạt|có|là|duy trì|chiếm|từ|tối thiểu|ít nhất|ở mức|tăng thêm"
    rf"|tăng trưởng|tăng|cắt giảm|giảm|rút ngắn|ước|hướng tới|{_YEAR}|còn|dưới|trên|bằng|mức"
    r"|hằng năm|hàng năm|lên|đạt tỷ lệ|đạt tỉ lệ|và|cho|với|bình quân|trung bình|gấp|xuống|phải|cần"
    r"|được|hơn|khoảng|từ \d[^,;.]{0,30})(?!\w)|[\s,:(–-])+$"
)
# Words that only order what the number counts: what is measured is named behind it.
_ORDER = _Words(
    r"(?:bố trí|phấn đấu|hoàn thành|bảo đảm|đảm bảo|có|thu hút|hình thành|xây dựng|đào tạo|hỗ trợ"
    r"|triển khai|tổ chức|thành lập|phát triển|duy trì|đạt|nâng|tăng|giảm|đưa|chi|cắt giảm|rút ngắn"
    r"|ban hành|thực hiện|bồi dưỡng|tập huấn|thuộc|nằm|xếp|cắt)(?: bố trí| cắt giảm)?$"
)
_SUBJECT = _Words(r"(?:số lượng|tổng số|tỷ lệ|tỉ lệ|quy mô|tỷ trọng|tỉ trọng|tổng)(?!\w)")
_LATE_SUBJECT = _Words(
    r"(?<!\w)(?:tỷ lệ|tỉ lệ|tỷ trọng|tỉ trọng|chỉ số|quy mô|tốc độ|số lượng)(?!\w)"
)
_LATE_ORDER = _Words(r", (?:bảo đảm|đảm bảo|phấn đấu) ")
_BEHIND_ENDS = _Words(
    rf"[;:]|\((?!\w{{2,6}}\))|\.(?:\s|$)|,? (?:và )?(?:trong đó|{_YEAR})"
    r"|(?:,| và) (?:[^\W\d]+ ){0,2}\d"
)
_AMONG = _Words(r".*(?<!\w)trong đó(?: |$)")
_EVERY_YEAR = re.compile(
    r"(?:tang|giam)[^;.]{0,40}(?:hang nam|moi nam|binh quan nam)"
    r"|(?:hang|moi) nam[^;.]{0,60}(?:tang|giam)"
)


def base_end(passage: Passage, quantity: Quantity) -> int:
    """Return where the words end that belong to a quantity: what a share is of, what is counted.

    "trên 40% trong tổng số doanh nghiệp", "100% cán bộ, công chức | được đào tạo".
    """
    if quantity.unit and quantity.unit.text == "hạng":
        return quantity.end
    words, share = passage.words, _is_share(quantity)
    whole = _WHOLE.of(passage).match(words, quantity.end) if share else None
    predicate = None if whole else _PREDICATE.of(passage)
    start = end = quantity.end
    position = whole.end() - 1 if whole else end
    for _ in range(_MAX_BASE):
        following = _next_word(passage, position, first=end == start, glued=share and end == start)
        if following is None or (predicate and predicate.match(words, following[0])):
            break
        end = position = following[1]
    return _trimmed(passage, start, end)


def _next_word(
    passage: Passage, position: int, *, first: bool, glued: bool
) -> tuple[int, int] | None:
    """Return the next word of a base, None where something else begins; "20%GDP" may be glued."""
    words = passage.words
    gap = _GAP.match(words, position)
    start = gap.end() if gap else position
    if gap is None and not (glued and words[position : position + 1].isalpha()):
        return None
    if gap and gap["comma"] and not _goes_on(passage, start, first=first):
        return None
    if _leads_on(passage, position, start, first=first):
        return None
    word = _WORD.match(words, start)
    if word is None or word.group()[0] in "-–+/|":
        return None
    if word.group()[0].isdigit():
        graded = _GRADED.of(passage).search(words, max(0, start - 8), start)
        return word.span() if graded and word.group().isdigit() else None
    return word.span()


def _leads_on(passage: Passage, position: int, start: int, *, first: bool) -> bool:
    """Tell whether "và" leads to the next target: "0,8% GRDP | và đóng góp", "90% | và cấp xã"."""
    if not _AND_VERB.of(passage).match(passage.words, position):
        return False
    behind = start + len("và ")
    noun = noun_at(passage.text, passage.folded, behind, damaged=passage.damaged)
    return first or noun is None


def _goes_on(passage: Passage, position: int, *, first: bool) -> bool:
    """Tell whether a list goes on behind a comma: "cán bộ, công chức", not "50%, khu vực"."""
    return (
        not first
        and noun_at(passage.text, passage.folded, position, damaged=passage.damaged) is not None
    )


def _trimmed(passage: Passage, start: int, end: int) -> int:
    """Drop a conjunction or a footnote mark from the end ("35% GRDP1")."""
    if not passage.damaged and end > start and _FOOTNOTE.search(passage.text, start, end):
        end -= 1
    while cut := _TRAILING.search(passage.text, start, end):
        end = cut.start()
    return max(start, end)


def base_of(passage: Passage, quantity: Quantity, end: int) -> str | None:
    """Return what a percentage is of, or None."""
    if not _is_share(quantity):
        return None
    words = re.sub(r"^\s*(?:trong|trên)(?=\s)", "", passage.text[quantity.end : end])
    return words.strip(" ,") or None


def _is_share(quantity: Quantity) -> bool:
    return quantity.unit is not None and quantity.unit.kind == "percent"


def unit_name(passage: Passage, quantity: Quantity, floor: int, *, thing: bool) -> str | None:
    """Return the unit as one writes it; "mỗi năm tăng 10%" is "%/năm".

    `thing` tells that what is counted is not in the lexicon: its first two words name it.
    """
    if quantity.unit is None:
        words = passage.text[quantity.end : quantity.end + 60].split(None, 2)[:2]
        return (" ".join(words).strip(" ,;.:") or None) if thing else None
    if quantity.unit.text == "%" and {"tang", "giam"} & set(quantity.cues):
        return "%/năm" if _EVERY_YEAR.search(passage.folded, floor, quantity.number) else "%"
    return quantity.unit.text


def name_of(
    passage: Passage, floor: int, quantity: Quantity, ceiling: int, inherited: str | None
) -> str:
    """Return a short name of what is measured, from the words around the number.

    The words before it name it ("Quy mô kinh tế số chiếm 35%"); where these only order something
    ("thu hút 1-2 tổ chức"), or there are none ("100% cán bộ …"), the words behind it do. A bare
    "đạt 30%" goes on with what was `inherited` from the target before it.
    """
    floor, ceiling = max(floor, quantity.lead - _REACH), min(ceiling, quantity.end + _REACH)
    floor = max(floor, passage.text.rfind(": ", floor, max(floor, quantity.lead - 1)) + 1)
    start, end = _subject(passage, floor, quantity.start)
    before = passage.text[start:end]
    unit = quantity.unit
    counted = unit is not None and unit.kind in COUNTED
    if unit and unit.text == "hạng":
        ranked = _behind(passage, quantity.end, ceiling).strip(" ,") or before
        return _short(f"thứ hạng {ranked}")
    if counted and not _SUBJECT.of(passage).match(passage.words, start, end):
        return _short(f"số {_behind(passage, unit.start if unit else end, ceiling)}")
    if before and not _ORDER.of(passage).match(passage.words, start, end):
        return _short(before, last=True)
    if not before and inherited and {"dat", "chiem", "la"} & set(quantity.cues):
        return inherited
    share = "tỷ lệ" if _is_share(quantity) else before
    name = _short(f"{share} {_behind(passage, quantity.end, ceiling)}")
    return name if name not in {"", "tỷ lệ"} else _short(passage.text[floor:ceiling])


def _subject(passage: Passage, start: int, end: int) -> tuple[int, int]:
    """Strip connectives, years and the verbs that lead to the number."""
    among = _AMONG.of(passage).match(passage.words, start, end)
    start = among.end() if among else start
    leading = _LEADING.of(passage).match(passage.words, start, end)
    start = leading.end() if leading else start
    ending = _ENDING.of(passage).search(passage.words, start, end)
    end = ending.start() if ending else end
    if passage.text.count(" ", start, end) < _LONG:
        return start, max(start, end)
    subjects = [m.start() for m in _LATE_SUBJECT.of(passage).finditer(passage.words, start, end)]
    orders = [m.end() for m in _LATE_ORDER.of(passage).finditer(passage.words, start, end)]
    return max([start, *subjects[-1:], *orders[-1:]]), end


def _behind(passage: Passage, start: int, ceiling: int) -> str:
    stop = _BEHIND_ENDS.of(passage).search(passage.words, start, ceiling)
    return passage.text[start : stop.start() if stop else ceiling]


def _short(words: str, *, last: bool = False) -> str:
    kept = words.strip(" ,;.:-–").split()
    name = " ".join(kept[-_MAX_NAME:] if last else kept[:_MAX_NAME])
    if name.count("(") != name.count(")"):
        name = name.strip("()")
    proper = not name[1:2].islower() or (len(kept) > 1 and kept[1][:1].isupper())
    return name if proper else name[:1].lower() + name[1:]
