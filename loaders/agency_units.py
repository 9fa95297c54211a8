"""Organs known by the shape of their names: schools, academies, centres, steering committees."""

import re
from collections.abc import Iterator

from loaders.agency_words import CAPITAL

_WORD = rf"[{CAPITAL}][^\W\d_]*"
# Second halves of words that are written small inside such names: "Công nghệ thông tin".
_SMALL = (
    r"(?:khoa học|công nghệ|thông tin|truyền thông|điện tử|nông nghiệp|nông thôn|tiến bộ|kỹ thuật"
    r"|kinh tế|thương mại|đầu tư|du lịch|hành chính công|hành chính|nghề nghiệp|thường xuyên"
    r"|sáng tạo|phát triển|công nghiệp|bệnh tật|quỹ đất|việc làm|tài nguyên|môi trường|thủy sản"
    r"|chất lượng|đo lường|doanh nghiệp|phạm|thuật|nghiệp|nghệ|tế|tin|thông|học|chính|mại|dựng|lịch"
    r"|thể|thao|dân|định|triển|đổi|số|cứu|dụng|nông|tiến|trợ|vụ|tạo|liệu|toán|nhân|văn|hóa|hội|sản"
    r"|lý|khí|công|vấn|mới)"
)
_NAME = rf"(?: (?:(?:và|-|–|,) )?{_WORD}(?: (?:và )?{_SMALL}(?![^\W\d_])){{0,6}}){{1,8}}"
_SCHOOL = re.compile(
    rf"(?<!\w)(?:Trường (?:Đại học|Cao đẳng|Trung cấp)|Học viện|Phân hiệu Trường Đại học){_NAME}"
)
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
# "Ban Chỉ đạo chuyển đổi số tỉnh": the subject, which may be long, stands before the level.
_STEERING = re.compile(
    r"(?<!\w)Ban [Cc]hỉ đạo (?:về |thực hiện |triển khai )?(?:[Pp]hát triển|[Cc]huyển đổi số"
    r"|\d{1,3} |[Kk]hoa học|[Cc]ải cách|[Đđ]ề án|[Pp]hòng, chống|[Đđ]ổi mới|[Xx]ây dựng|[Cc]ác )"
    r"[^.;:()\n]{0,140}?(?<!địa bàn)(?P<of> ?của)? ?(?P<level>tỉnh|[Tt]hành phố)(?!\w| ủy| uỷ)"
)


def find_units(text: str) -> Iterator[tuple[int, int, str]]:
    """Find such names: (start, end, canonical name) of each."""
    for match in _SCHOOL.finditer(text):
        yield *match.span(), match.group()
    for match in _CENTRE.finditer(text):
        before = text[max(0, match.start() - _PLANNED_REACH) : match.start()]
        if not (_PLANT.match(match.group()) or _PLANNED.search(before)):
            yield *match.span(), match.group()
    for match in _STEERING.finditer(text):
        end = match.start("of") if match["of"] else match.start("level") - 1
        subject = text[match.start() : end].rstrip()
        yield *match.span(), f"{subject} {match['level'].lower()}"
