"""Organs known by the shape of their names: schools, institutes, centres, steering committees."""

import re
from collections.abc import Iterator

from loaders.organs.agency_words import CAPITAL

# What begins another organ in a list: "Trường Đại học Tây Nguyên, Sở Y tế".
_OTHER = (
    r"(?:Sở|Bộ|Ban|Hội|Ủy|Uỷ|UBND|HĐND|MTTQ|Mặt|Đoàn|Tỉnh|Thành|Thường|Đảng|Công an|Viện|Trường"
    r"|Trung tâm|Học viện|Đại học|Văn phòng|Báo|Đài|Cục|Vụ|Tổng|Chi|Phòng|Liên|Hiệp|Tập|Quỹ|Chính"
    r"|Quốc hội|Thủ|Chủ|Chánh|Trưởng|Phó|Bí|Hiệu|Giám|Các|VNPT|Viettel|FPT)(?![^\W\d_])"
)
_WORD = rf"(?!{_OTHER})[{CAPITAL}][^\W\d_]*"
# Second halves of words that are written small inside such names: "Công nghệ thông tin".
_SMALL = (
    r"(?:khoa học|công nghệ|thông tin|truyền thông|điện tử|nông nghiệp|nông thôn|tiến bộ|kỹ thuật"
    r"|kinh tế|thương mại|đầu tư|du lịch|hành chính công|hành chính|nghề nghiệp|thường xuyên"
    r"|sáng tạo|phát triển|công nghiệp|bệnh tật|quỹ đất|việc làm|tài nguyên|môi trường|thủy sản"
    r"|chất lượng|đo lường|doanh nghiệp|quốc dân|quốc tế|quốc gia|xã hội|cán bộ|trí tuệ|hạ tầng"
    r"|phạm|thuật|nghiệp|nghệ|tế|tin|thông|học|chính|mại|dựng|lịch|chế|giá|định|nghiên|nhiên"
    r"|thể|thao|dân|triển|đổi|số|cứu|dụng|nông|tiến|trợ|vụ|tạo|liệu|toán|nhân|văn|hóa|hội|sản"
    r"|lý|khí|công|vấn|mới|khoa|luật|ngữ|hải|lực|toàn|viễn|thuế|quan|lược|sách|pháp|tra|hoạch)"
)
# What is written small behind a name and does not belong to it: the verb, a conjunction, a level.
_STOP = (
    r"(?:và|của|là|có|được|đã|sẽ|đang|theo|trên|tại|trong|để|với|cho|về|từ|đến|phải|cần|chủ|phối"
    r"|thực|tổ|xây|tham|triển|hướng|tiếp|tăng|chịu|hoạt|đi|vào|do|bằng|như|nhằm|thuộc|trực|gửi|báo"
    r"|cung|đề|tỉnh|thành|huyện|xã|phường|cấp|khu|này|trình|giao|ban|đào|tập|kịp|căn|quản|vận|hỗ"
    r"|đảm|bảo|rà|lập|làm|nâng|phát|mở|hoàn|thường|định|hằng|hàng|nghiên|cùng|hoặc|khi|nếu|đồng"
    r"|cũng|không|bố|sử|ứng|kết|tuyên|đẩy|nơi|lãnh|chỉ|kiểm|giám|đánh|tạo|đầu|cân|thẩm|tiến)"
)
# A word has two syllables, of which the first has the capital; further words are known ones.
_PART = (
    rf"{_WORD}(?: (?!{_STOP}(?![^\W\d_])|[{CAPITAL}])[^\W\d_]+)?"
    rf"(?: (?:và |- )?{_SMALL}(?![^\W\d_])){{0,6}}"
)
# Commas stand only before the last "và": "Văn hóa, Thể thao và Du lịch".
_NAME = (
    rf"(?: {_PART}(?:(?:, {_PART}){{1,3}} và {_PART})?)"
    rf"(?: (?:(?:và|-|–) )?{_PART}){{0,7}}"
)
_SCHOOL = re.compile(
    r"(?<!\w)(?<!Trường )(?:Trường (?:Đại học|Cao đẳng|Trung cấp)|Học viện|Đại học|Viện"
    rf"|Phân hiệu Trường Đại học){_NAME}"
)
# Societies are many; one that names its level is an organ of it.
_SOCIETY = re.compile(
    rf"(?<!\w)(?:Hội|Hiệp hội|Liên hiệp hội){_NAME}(?= (?:tỉnh|[Tt]hành phố)(?!\w))"
)
# The departments of a ministry.
_DEPARTMENT = re.compile(rf"(?<!\w)(?:Vụ|Cục|Tổng cục){_NAME}")
_CENTRE = re.compile(rf"(?<!\w)Trung tâm{_NAME}")
# A data centre or a control room is a plant, and what is yet to be built is no organ.
_PLANT = re.compile(
    r"Trung tâm (?:[Dd]ữ liệu|[Gg]iám sát|[ĐđD]iều hành|[Hh]ội nghị|[Tt]hương mại|[Tt]ích hợp"
    r"|IOC|SOC)"
)
_PLANNED = re.compile(
    r"(?:xây dựng|thành lập|hình thành|đầu tư|nâng cấp|phát triển mới)(?: các| một)? $",
    re.IGNORECASE,
)
_PLANNED_REACH = 24
# "Ban Chỉ đạo chuyển đổi số tỉnh": the subject, which may be long, stands before the level. What
# belongs to another organ or another clause is no part of it.
_ELSE = (
    rf"(?: {_OTHER}| (?:các (?:sở|cơ quan|cấp)|để|theo|trên|tại|trong|chủ trì|phối hợp|báo cáo"
    r"|chỉ đạo|do|với|giao)(?!\w))"
)
_STEERING = re.compile(
    r"(?<!\w)Ban [Cc]hỉ đạo (?:về |thực hiện |triển khai )?(?:[Pp]hát triển|[Cc]huyển đổi số"
    r"|\d{1,3} |[Kk]hoa học|[Cc]ải cách|[Đđ]ề án|[Nn]ghị quyết|[Pp]hòng, chống|[Đđ]ổi mới"
    rf"|[Xx]ây dựng|[Cc]ác )(?:(?!{_ELSE})[^.;:()\n]){{0,140}}?(?<!địa bàn)(?P<of> ?của)? ?"
    r"(?P<level>(?:Tỉnh|Thành) (?:ủy|uỷ)|tỉnh|[Tt]hành phố)(?!\w| ủy| uỷ)"
)


def find_units(text: str) -> Iterator[tuple[int, int, str]]:
    """Find such names: (start, end, canonical name) of each."""
    for pattern in (_SCHOOL, _DEPARTMENT, _SOCIETY):
        for match in pattern.finditer(text):
            yield *match.span(), match.group()
    for match in _CENTRE.finditer(text):
        before = text[max(0, match.start() - _PLANNED_REACH) : match.start()]
        if not (_PLANT.match(match.group()) or _PLANNED.search(before)):
            yield *match.span(), match.group()
    for match in _STEERING.finditer(text):
        end = match.start("of") if match["of"] else match.start("level") - 1
        subject = text[match.start() : end].rstrip()
        level = match["level"].replace("uỷ", "ủy")
        yield *match.span(), f"{subject} {level if ' ' in level[:6] else level.lower()}"
