"""Which quantities are targets: what speaks for a number, and what against it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from loaders.measuring.quantities import Quantity
from loaders.measuring.units import COUNTED
from loaders.text.folding import either
from loaders.text.reading import fold

# The part of a plan that looks back: its numbers are results, not targets.
_PAST_HEADING = re.compile(
    either("thực trạng, kết quả đạt được, kết quả thực hiện, kết quả nổi bật, kết quả triển khai")
    + "|"
    + either("hiện trạng, đánh giá tình hình, tình hình chung, tình hình thực hiện, tình hình và")
    + "|"
    + either("sự cần thiết, đặc điểm tình hình, tồn tại hạn chế")
)
_GOAL_HEADING = re.compile(r"muc tieu|chi tieu|tam nhin|(?:^|\s)den nam 20\d\d$")
_GOAL_OPENING = re.compile(r"muc tieu|chi tieu|phan dau|\bden nam 20\d\d")

# "thực hiện có hiệu quả" and "thể hiện" are no "hiện".
_HIEN = r"(?<!thuc )(?<!the )(?<!bieu )(?<!phat )(?<!xuat )hien"
_NOW = (
    rf"(?:{_HIEN} {either('nay, tại, có, đạt, đã, đang, toàn, tỉnh, mới, chỉ')}"
    rf"|{either('đến nay, tính đến, kết quả đạt, vừa qua')})"
)
_LOOKING_BACK = re.compile(
    rf"(?<!\w)(?<!so voi )(?:{_NOW}|uoc (?:ca )?nam 20\d\d)(?!\w)[^;]{{0,80}}$"
)
_PAST_OPENING = re.compile(
    rf"\W*(?:[^,;.:]{{0,60}}, )?(?:[^,;.:]{{0,60}} )?(?<!so voi )(?:{_NOW}"
    rf"|{either('thời gian qua, những năm qua, năm qua, tháng qua, tháng đầu năm')})(?!\w)"
)
_AIMS = re.compile(
    r"(?<!\w)(?:phấn đấu|đến (?:hết |cuối )?năm 20\d\d|dự kiến|sẽ|cần|phải|hướng tới)(?!\w)",
    re.IGNORECASE,
)
_ALREADY = re.compile(r"(?<!\w)đã (?P<verb>(?:\w+ ){0,3})$", re.IGNORECASE)
_ACHIEVED = re.compile(
    r"(?<!\w)đã (?:đạt|có|tăng|giảm|hoàn thành|ban hành|thành lập|tổ chức|đào tạo|hỗ trợ|thu hút"
    r"|cấp|giải quyết|triển khai|kết nối|đầu tư|xây dựng|phát triển|công nhận|bố trí|thực hiện)"
    r"(?!\w)",
    re.IGNORECASE,
)
_REPORT = re.compile(rf"[^;.\d]{{0,80}}?{_ACHIEVED.pattern}", re.IGNORECASE)
_PREDICATES = {"dat", "chiem", "o muc", "muc", "la"}

# Words before a bare number that make it an ordinal, a part or a mere enumeration.
_PART = either(
    "của, tại, gồm, bao gồm, gồm có, với, theo, ở, thuộc, giữa, từ, trong, cả, các, những"
)
_ORDINAL = either(
    "số, phụ lục, điều, khoản, điểm, mục, cấp, loại, nhóm, lần, thứ, khóa, năm, tháng, ngày, quý,"
    "bước, đợt, kỳ, giai đoạn, vòng, tổ, lớp, phần, chương, tiêu chí, nhiệm kỳ, đến"
)
# "qua 3 năm" is no part of "hiệu quả 3", nor "từ 3" of "đầu tư 3".
_ENUMERATES = re.compile(rf"(?<!\w)(?<!dau )(?:{_PART}|{_ORDINAL}|(?<!hieu )(?<!ket )qua)\s?$")
_ORDER = either(
    "thu hút, hình thành, phát triển, xây dựng, đào tạo, bồi dưỡng, tập huấn, tổ chức, triển khai,"
    "thành lập, phấn đấu, đạt, hỗ trợ, tạo lập, ươm tạo, công nhận, đăng ký, thiết lập, hoàn thành,"
    "lựa chọn, duy trì, tăng, thêm, bổ sung, mở, đặt hàng, chuyển giao, kết nối, nghiệm thu, cấp,"
    "lắp đặt, đầu tư, thực hiện, kết nạp, tuyển dụng, sản xuất, xuất khẩu, thí điểm, ban hành,"
    "công bố, bảo hộ, giải quyết, nhân rộng, ra mắt, vận hành, tiếp nhận, giới thiệu, giảm,"
    "rút ngắn, cắt giảm, đón, phục vụ, dành, bố trí, tạo việc làm, giải quyết việc làm"
)
_BETWEEN = either(
    "được, mới, và, thành công, ít nhất, tối thiểu, thêm, ra, lại, cho, có, hiệu quả, trên"
)
_ORDERS = re.compile(rf"(?<!\w){_ORDER}(?: {_BETWEEN}){{0,2}}\s?$")
# The verb that opens a clause reaches further: "đào tạo kỹ năng số cho 5.000 người".
_OPENS_ORDER = re.compile(rf"(?:^|[,:] )\W*{_ORDER}(?: [a-z-]+){{1,7}}\s?$")
_EACH = re.compile(r"(?<!\w)(?:moi|tung)(?: \w+){1,8}? (?:co|dat|xay dung|thanh lap|to chuc)(?!\w)")

_SAME_TIME = re.compile(r"[^;.,\d]{0,20}so voi cung ky(?!\w)")  # a result
_CAPITAL = re.compile(r" (?:nguon )?(?:von|so huu)(?!\w)")  # "doanh nghiệp 100% vốn nước ngoài"
_GIVE = either("hỗ trợ, miễn giảm, miễn, giảm giá, ưu đãi, chiết khấu, thuế suất, lãi suất")
_COST = either("học phí, chi phí, lãi suất, phí, tiền thuế, kinh phí, vốn vay")
_GRANT = re.compile(rf"(?<!\w){_GIVE}(?!\w).{{0,30}}$")  # "hỗ trợ 50% chi phí" is no target
_GRANTED = re.compile(rf"[^;.,]{{0,25}}(?<!\w){_COST}(?!\w)")
_BUDGET = re.compile(
    either("kinh phí thực hiện, dự toán, tổng mức đầu tư, tổng kinh phí, vốn điều lệ, giải ngân")
)
# Goals that need no verb: "GRDP bình quân đầu người 140 triệu đồng".
_AMOUNT = re.compile(
    r"(?<!\w)"
    + either(
        "GRDP, GDP, thu nhập, doanh thu, tổng thu, thu ngân sách, tổng vốn, vốn đầu tư, kim ngạch,"
        "giá trị, quy mô, sản lượng, diện tích, công suất, tốc độ, dung lượng, tổng sản phẩm"
    )
    + r"(?!\w)"
)
_FASTER = re.compile(
    rf"(?<!\w){either('rút ngắn, giảm, sớm hơn, đi trước, về đích, vượt')}(?: \w+){{0,6}}\s?$"
)
_GROWTH = re.compile(either("gấp, tăng, giảm, hơn"))
_INDEX = re.compile(
    rf"(?<!\w){either('chỉ số, hệ số, điểm số, HDI, PCI, PAR, PII, GII, DTI, ICOR, PAPI')}(?!\w)"
)
_INDEX_ENDS = re.compile(r"\s?(?:[,;.):<]|$|\n|(?:vao|trong|nam|den|tro len|va)(?!\w))")
_LIFESPAN = re.compile("tuoi tho|song khoe")
_THING_BEHIND = re.compile(r" (?!(?:va|hoac|den|nam|so voi|thang|tro len|sao)(?!\w))[a-z]{2,}")
_STATES = {"co", "la", "con", ":"}  # "có 5 trường" may only describe what there is
_SURE = {"it nhat", "toi thieu", "khong duoi", "khong thap hon", "khong it hon"}


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the place of a quantity says about it.

    Attributes:
        goals: it stands in the part that states goals, or in a paragraph that opens like one.
        before: the folded words of its clause before the words that lead to the number.
        behind: the folded words behind its unit, to the end of the clause.
        listed: the quantity before it in the clause is a target too ("5 dự án và 3 mô hình").
    """

    goals: bool
    before: str
    behind: str
    listed: bool = False


def already(words: str, cues: Sequence[str]) -> bool:
    """Tell whether the words before a number (with diacritics) say that it has been reached.

    "đã đạt 45%", "đã đào tạo 120 kỹ sư", "hiện có 3 trường"; not "dữ liệu đã số hóa | đạt 60%".
    """
    back = _LOOKING_BACK.search(fold(words))
    if back and not _AIMS.search(words, back.start()):
        return True
    match = _ALREADY.search(words)
    return match is not None and not (match["verb"] and _PREDICATES & set(cues))


def reports(sentence: str, *, goals: bool) -> bool:
    """Tell whether the words that open a sentence (with diacritics) look back on all of it.

    "Đến nay, toàn tỉnh có …", "Nhiệm kỳ vừa qua, …", outside goals "Tỉnh đã tổ chức …".
    """
    opening = _PAST_OPENING.match(fold(sentence))
    if opening is None and not goals:
        opening = _REPORT.match(sentence)
    return opening is not None and not _AIMS.search(sentence, opening.end())


def achieved(clause: str) -> bool:
    """Tell whether a clause (with diacritics) says what has been done: "đã hoàn thành …"."""
    return _ACHIEVED.search(clause) is not None and not _AIMS.search(clause)


def looks_back(folded_heading: str) -> bool:
    """Tell whether a heading announces results and not targets ("Thực trạng")."""
    return bool(_PAST_HEADING.search(folded_heading))


def states_goals(folded_heading: str) -> bool:
    """Tell whether a heading announces goals ("Mục tiêu cụ thể", "Đến năm 2030")."""
    return bool(_GOAL_HEADING.search(folded_heading))


def opens_goals(folded_opening: str) -> bool:
    """Tell whether a paragraph that ends in a colon announces goals."""
    return bool(_GOAL_OPENING.search(folded_opening))


def rule_for(quantity: Quantity, place: Surroundings) -> str | None:
    """Return the rule that makes a quantity a target, or None."""
    if not quantity.value:
        return None
    kind = quantity.unit.kind if quantity.unit else None
    if kind == "percent":
        return "IND-001" if _is_share(place) else None
    if kind in COUNTED:
        return "IND-002" if _is_count(quantity, place) else None
    if kind == "times":
        return _times(quantity)
    if kind is None:
        return _bare(quantity, place)
    return "IND-006" if _is_measure(quantity, place) else None


def _times(quantity: Quantity) -> str | None:
    """Accept growth ("gấp 2 lần") and limits ("không quá 01 lần/năm"), not how often."""
    if quantity.unit and "/" in quantity.unit.text:
        return "IND-006" if quantity.comparator in {"<=", "<"} else None
    return "IND-005" if any(_GROWTH.fullmatch(cue) for cue in quantity.cues) else None


def _is_share(place: Surroundings) -> bool:
    if _CAPITAL.match(place.behind) or place.behind.startswith("/"):  # "83%/50%": done of due
        return False
    if _SAME_TIME.match(place.behind) and not place.goals:
        return False
    return not (_GRANT.search(place.before) and _GRANTED.match(place.behind))


def _is_count(quantity: Quantity, place: Surroundings) -> bool:
    if not quantity.cues and _ENUMERATES.search(place.before):
        return False
    per_head = quantity.unit is not None and "/" in quantity.unit.text
    compared = quantity.comparator != "=" or per_head
    ordered = bool(_ORDERS.search(place.before)) or bool(set(quantity.cues) - _STATES)
    kind = quantity.unit.kind if quantity.unit else ""
    if kind == "count":
        ordered = ordered or bool(_OPENS_ORDER.search(place.before))
    if kind == "listing" or (kind == "place" and not place.goals):
        return compared and (place.goals or ordered)
    if place.goals or place.listed or _EACH.search(place.before):
        led = bool(quantity.cues) or not place.before.strip()
        return compared or ordered or place.listed or led
    # Outside the goals "thành lập 01 tổ" is an order, not a target.
    return compared or (ordered and quantity.value > 1)


def _is_measure(quantity: Quantity, place: Surroundings) -> bool:
    kind = quantity.unit.kind if quantity.unit else ""
    if kind == "age":
        return bool(_LIFESPAN.search(place.before))
    if kind == "time":
        return _is_duration(quantity, place)
    if not quantity.cues and _ENUMERATES.search(place.before):
        return False
    if kind == "money" and (_BUDGET.search(place.before) or _GRANT.search(place.before)):
        return False
    ordered = bool(_ORDERS.search(place.before)) or bool(quantity.cues)
    aimed = place.goals and (ordered or place.listed or bool(_AMOUNT.search(place.before)))
    return quantity.explicit or aimed or "dat" in quantity.cues


def _is_duration(quantity: Quantity, place: Surroundings) -> bool:
    """Accept "không quá 03 ngày", "sớm hơn ít nhất 02 năm"; most durations are no targets."""
    if _LIFESPAN.search(place.before):
        return quantity.explicit or "dat" in quantity.cues
    faster = bool(_FASTER.search(place.before))
    if quantity.explicit:
        return faster or quantity.comparator in {"<=", "<"}
    return faster and place.goals


def _bare(quantity: Quantity, place: Surroundings) -> str | None:
    """Judge a number without a known unit: a thing that is not in the lexicon, or an index."""
    whole = quantity.value == quantity.value.to_integral_value()
    aimed = place.goals and whole and bool(_ORDERS.search(place.before))
    if (aimed or _SURE & set(quantity.cues)) and _THING_BEHIND.match(place.behind):
        return "IND-007"
    if not (quantity.explicit or "dat" in quantity.cues):
        return None
    index = bool(_INDEX.search(place.before))
    compared = quantity.explicit or index
    if compared and _INDEX_ENDS.match(place.behind) and (index or (place.goals and not whole)):
        return "IND-004"
    return None
