"""Which times and periods are deadlines: what speaks for a time, and what against it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from loaders.text.folding import either
from loaders.timing.due_times import DueTime, find_due_times
from loaders.timing.periods import Period

_REACH = 200  # how far before a time the words that make it a deadline can stand

_CLAUSE = re.compile(r"[.:](?=\s|$)|[;(\n]")
_OPENS = re.compile(
    r"(?:^|[.;:!?]\s|\n|\(\w\)\s?|(?<!\w)[a-z]\)\s)\s*(?:[-+*•–] ?)?"
    rf"(?:{either('đồng thời, phấn đấu, riêng, trong đó, cụ thể, từ nay, dự kiến, mục tiêu')},? )*$"
)
_ENDS = re.compile(r"\s?(?:[.;)]|/\.|$|\n)")
_COMMA = re.compile(r"\s?[,:]")
_OF_STRATEGY = re.compile(r",? (?:dinh huong|tam nhin)(?!\w)")
_JOINS = re.compile(r"\s?,|\s(?:va|dong thoi|de)(?!\w)")
_AND = re.compile(r"\s?(?:,|va|hoac|;|&)\s?")
_RANGE = re.compile(r"\s?(?:-|–|den)?\s?")

# "hoàn hành" is the commonest slip of the pen in these plans.
_FINISHED = either("hoàn thành, hoàn hành, hoàn tất, hoàn thiện, hoàn chỉnh, xong, kết thúc")
_DONE = rf"(?<!\w){_FINISHED}(?!\w)"
_FINISH = re.compile(_DONE)
_FINISH_HERE = re.compile(rf"{_DONE}(?: (?:viec|vao|muc tieu|cham nhat|du kien))*[ :,]*$")
_OF_LABEL = either(
    "thực hiện, hoàn thành, triển khai, tổ chức, báo cáo, ban hành, trình, nộp, gửi, cuối, chót,"
    "dự kiến, xong, kết thúc, là"
)
_LABEL = re.compile(
    rf"(?<!\w){either('thời gian, thời hạn, thời điểm, hạn, tiến độ, lộ trình, hoàn thành')}"
    rf"(?: {_OF_LABEL})*(?:\s?[:(]\s?|\s)(?:thuong xuyen,? (?:va )?)?$"
)
_ORDER = re.compile(
    rf"\s(?:{either('phải, cần, sẽ, phấn đấu, cơ bản, tiếp tục')} )*"
    + either(
        "hoàn thành, hoàn thiện, triển khai, xây dựng, tổ chức, ban hành, đưa, phấn đấu, bảo đảm,"
        "đảm bảo, thực hiện, hình thành, thành lập, đạt, báo cáo, trình, kết nối, số hóa, đánh giá,"
        "rà soát, sơ kết, tổng kết, bố trí, lựa chọn, tham mưu"
    )
    + r"(?!\w)"
)
_ACT = either(
    "sơ kết, tổng kết, tổ chức, đánh giá, ban hành, trình, báo cáo, kiểm tra, khởi công,"
    "vận hành, khánh thành, đưa vào, công bố, ra mắt, khai trương, phê duyệt"
)
_EVENT = re.compile(rf"(?<!\w){_ACT}(?!\w)")
_EVENT_NEXT = re.compile(rf"\s?, (?:(?:phai|can|se|co ban) )*(?:{_ACT}|{_FINISHED})(?!\w)")
# "Đến năm 2030, có ít nhất 05 dự án" is a state to reach, its year belongs to the target.
_STATE = re.compile(
    r"\s?[,:] (?:phấn đấu |toàn tỉnh |tỉnh )*(?:có|đạt|chiếm|tỷ lệ|tỉ lệ|tỷ trọng|tỉ trọng|quy mô"
    r"|số lượng|trở thành|là)(?!\w)",
    re.IGNORECASE,
)
_WORK = either("bắt đầu, thực hiện, triển khai, áp dụng, vận hành, hoạt động, thí điểm")
_STARTS_WORK = re.compile(rf"^\W*{_WORK}(?!\w)|(?<!\w){_WORK} $")

# Nouns that a year behind them only describes: "nhiệm vụ năm 2025", "chiến lược đến năm 2030".
_TITLE = either("chiến lược, đề án, quy hoạch, chương trình, kế hoạch, dự án, định hướng")
_TITLED = re.compile(rf"(?<!\w){_TITLE}(?!\w)")
_OF_MONTH = either("nhiệm vụ, trọng tâm, kết quả, số liệu, chỉ tiêu, mục tiêu, kỳ")
_OF_YEAR = either(
    "dự toán, kinh phí, công tác, tầm nhìn, ngân sách, hoạt động, sự kiện, giai đoạn, thời kỳ,"
    "nhiệm kỳ, dữ liệu, bộ chỉ số"
)
_ATTRIBUTE_OF_MONTH = re.compile(rf"{_OF_MONTH} $")
_ATTRIBUTE = re.compile(rf"(?:{_TITLE}|{_OF_MONTH}|{_OF_YEAR}) $")
_NUMBERED = re.compile(r"\d/[a-z]|\d-[a-z]{2}")  # the number of a document
_MEASURED = re.compile(r"\d\s?%|(?:it nhat|toi thieu|dat|tren|duoi) \d")

_PAST_ACT = either("phê duyệt, cấp, ban hành, ký, thành lập, bổ nhiệm, công nhận, tuyển dụng, giao")
_IN_FORCE = re.compile(
    r"(?:hieu luc(?: thi hanh)?|ke tu|tinh tu|tinh den|thoi diem"
    rf"|(?:duoc|da) {_PAST_ACT}(?: \w+){{0,2}}) $"
)
_ALREADY = re.compile(r"(?<!\w)đã (?:\w+[ ,]+){0,6}$", re.IGNORECASE)
_ALREADY_NEXT = re.compile(r"[ ,]+(?:\w+ ){0,6}đã ", re.IGNORECASE)

_EVERY_YEAR = re.compile(r" (?:cua )?(?:h[ai]ng|moi) nam(?!\w)")
_REPORT = re.compile(
    rf"(?<!\w){either('báo cáo, giao ban, sơ kết, cập nhật, họp')}(?!\w)[^,]{{0,80}}$"
)
_REGULARLY = re.compile(r"(?<!\w)d[i1]nh k[yi](?!\w)[^,]{0,60}$")
_BUSY = re.compile(
    r"[ ,]+"
    + either(
        "báo cáo, tổng hợp, tổ chức, đánh giá, rà soát, sơ kết, tổng kết, kiểm tra, công bố,"
        "tham mưu, thống kê"
    )
    + r"(?!\w)"
)
_AFTER_COMMA = re.compile(r"(?<!nam)(?<!hang quy)(?<!thang), $")
_NO_ORDER = re.compile(r"\s?(?:[.;)]|$|\n|cua )")
_GROWS = re.compile(r"(?:tang|gap|giam|hon)(?: \w+)? $")
_LIMIT = re.compile(r"(?:khong (?:qua|vuot qua|hon)|toi da|nhieu nhat) $")  # a target
_AGENCY = re.compile(
    r"^\W*(?:các |thủ trưởng (?:các )?|lãnh đạo )?(?:sở|ban|bộ|[uủ][yỷ] ban|ubnd|cơ quan|đơn vị"
    r"|địa phương|văn phòng|công an|trường|viện|hội|liên đoàn|liên hiệp|tỉnh đoàn|mặt trận"
    r"|trung tâm|(?:đảng|huyện|thành|cấp) [uủ][yỷ])(?!\w)[^.;:]{0,120}$",
    re.IGNORECASE,
)
_OTHER_VERB = re.compile(
    either(
        "kế hoạch, chương trình, báo cáo, kinh phí, dự toán, xây dựng, chủ trì, phối hợp, tham mưu,"
        "bảo đảm, đảm bảo, thực hiện, tổ chức thực, triển khai, nhiệm vụ, ngân sách, căn cứ, theo"
    )
)


@dataclass(frozen=True, slots=True)
class Due:
    """A time that is a deadline, and the rule that says so."""

    time: DueTime
    rule: str


class TaskWords:
    """The words of one task, in which times and periods are judged."""

    def __init__(self, text: str, folded: str, start: int, end: int) -> None:
        self._text, self._folded, self._start, self._end = text, folded, start, end

    def dues(self) -> Iterator[Due]:
        """Yield the times that are deadlines, in reading order."""
        last: Due | None = None
        begun: DueTime | None = None
        for time, following in _with_next(find_due_times(self._folded, self._start, self._end)):
            if following and self._spans(time, following):
                begun = begun or time
                continue
            rule = self._second(time, last) or self._rule(time, begun or time)
            begun = None
            if rule:
                last = Due(time, rule)
                yield last

    def orders(self, period: Period) -> bool:
        """Tell whether a period without a date orders something to be done that often."""
        before = self._before(period.start)
        if period.strength == "scheduled":
            return True
        if period.strength == "times":
            return not (_GROWS.search(before) or _LIMIT.search(before))
        if period.strength != "every":
            return False
        whole = self._fills_cell(period.start, period.end)
        return whole or self._leads(period, before) or self._trails(period, before)

    def _leads(self, period: Period, before: str) -> bool:
        """Tell whether "hằng năm" opens an order: "Hằng năm, tổ chức đánh giá"."""
        if _NO_ORDER.match(self._folded, period.end):
            return False
        order = bool(_ORDER.match(self._folded, period.end))
        if _OPENS.search(before):
            return order or not self._folded.startswith("moi", period.start)
        if _AFTER_COMMA.search(before):
            return bool(_BUSY.match(self._folded, period.end))
        clause = period.start - len(before) + _floor(before)
        subject = _AGENCY.match(self._text[clause : period.start])
        busy = _OTHER_VERB.search(self._folded, clause, period.start)
        return subject is not None and busy is None and order

    def _trails(self, period: Period, before: str) -> bool:
        """Tell whether a period at the end of its clause says when to report."""
        clause = before[_floor(before) :]
        if _LABEL.search(before) or _REGULARLY.search(clause):
            return True
        yearly = period.value.endswith("Y")
        return not yearly and bool(_REPORT.search(clause))

    def _before(self, position: int) -> str:
        return self._folded[max(self._start, position - _REACH) : position]

    def _spans(self, time: DueTime, following: DueTime) -> bool:
        """Tell whether a time only begins a span: "từ quý I/2025 đến quý IV/2025"."""
        bare_day = time.precision == "day" and time.value.startswith("--")
        if bare_day and not time.preposition.endswith("tu"):
            return False
        gap = self._folded[time.end : following.start]
        joined = gap.strip() != "" or following.preposition.startswith("den")
        return joined and _RANGE.fullmatch(gap) is not None

    def _second(self, time: DueTime, last: Due | None) -> str | None:
        """Accept a further date of the same report: "trước ngày 15/6 và 05/12"."""
        if last is None or time.preposition or last.time.precision not in {time.precision, "month"}:
            return None
        gap = self._folded[last.time.end : time.start]
        return "DL-005" if _AND.fullmatch(gap) else None

    def _rule(self, time: DueTime, begun: DueTime) -> str | None:
        before = self._before(begun.start)
        written = self._text[begun.start - len(before) : begun.start]
        if _ALREADY.search(written[_floor(before) :]):
            return None
        if time.strong:
            return None if _IN_FORCE.search(before) else "DL-001"
        if _FINISH_HERE.search(before) and not time.preposition.startswith("tu"):
            return "DL-002"
        if _ALREADY_NEXT.match(self._text, time.end):
            return None
        if _LABEL.search(before) or self._alone(time, before):
            return "DL-004"
        return self._opening(time, before) or self._adverbial(time, before)

    def _alone(self, time: DueTime, before: str) -> bool:
        """Tell whether a time is all that a bracket, a clause or a cell says: "(Quý II/2025)"."""
        if self._fills_cell(time.start, time.end):
            return True
        if time.value.startswith("--") or time.precision == "year":
            return False
        if time.precision == "day" and time.named and not time.preposition:
            return False  # the date of a citation
        bracketed = before.endswith("(") and self._folded.startswith(")", time.end)
        whole = _OPENS.search(before) and _ENDS.match(self._folded, time.end)
        return bracketed or bool(whole)

    def _fills_cell(self, start: int, end: int) -> bool:
        """Tell whether a stretch is a whole cell of a table, or all the words there are."""
        opens = start == self._start or self._folded[start - 1] == "\n"
        return opens and (end >= self._end or self._folded[end] == "\n")

    def _opening(self, time: DueTime, before: str) -> str | None:
        """Accept a time that opens a clause: "Đến năm 2030, hoàn thành phủ sóng"."""
        if not _OPENS.search(before):
            return None
        if time.value.startswith("--"):
            return "DL-003" if _EVERY_YEAR.match(self._folded, time.end) else None
        if time.precision == "day" and not time.preposition:
            return None
        if _OF_STRATEGY.match(self._folded, time.end):
            return None
        if time.precision == "year" and _STATE.match(self._text, time.end):
            return None
        comma, order, event = (
            pattern.match(self._folded, time.end) for pattern in (_COMMA, _ORDER, _EVENT_NEXT)
        )
        return "DL-003" if order or event or (comma and time.preposition) else None

    def _adverbial(self, time: DueTime, before: str) -> str | None:
        """Accept a time that says when what stands before it is done or finished."""
        clause = before[_floor(before) :]
        if not time.preposition or _IN_FORCE.search(before):
            return None
        ends = bool(_ENDS.match(self._folded, time.end) or _JOINS.match(self._folded, time.end))
        if time.preposition.endswith("tu"):
            work = _STARTS_WORK.search(clause) and time.precision != "year"
            return "DL-002" if work and ends else None
        if time.precision == "year":
            return "DL-002" if ends and _done_in_year(time, before, clause) else None
        if _FINISH.search(clause) or _EVERY_YEAR.match(self._folded, time.end):
            return "DL-002"
        return "DL-002" if ends and not _ATTRIBUTE_OF_MONTH.search(before) else None


def _done_in_year(time: DueTime, before: str, clause: str) -> bool:
    """Tell whether a year at the end of a clause dates its action, not a title in it."""
    finish = _FINISH.search(clause)
    if time.preposition.startswith("trong"):
        return bool(finish) or not (_ATTRIBUTE.search(before) or _NUMBERED.search(clause))
    if time.preposition.startswith(("vao", "giua", "cuoi", "dau")):
        return not _MEASURED.search(clause) and bool(finish or _EVENT.search(clause))
    return finish is not None and not _TITLED.search(clause, finish.end())


def _floor(before: str) -> int:
    """Return where the last clause of a text begins."""
    marks = [mark.end() for mark in _CLAUSE.finditer(before)]
    return marks[-1] if marks else 0


def _with_next(times: Iterator[DueTime]) -> "Iterator[tuple[DueTime, DueTime | None]]":
    current = next(times, None)
    while current is not None:
        following = next(times, None)
        yield current, following
        current = following
