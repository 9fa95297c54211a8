"""Titles of the people who act for an organ: "Thủ trưởng các sở", "Chủ tịch UBND tỉnh".

A task given to them is the organ's; the title stays in the name of whoever leads it.
"""

import re

# How a title is spelled in folded text, bad scans included, and how it is written.
_TITLES = {
    "thu tr[a-z]{2,4}ng": "Thủ trưởng",
    "pho thu tr[a-z]{2,4}ng": "Phó Thủ trưởng",
    "tong giam doc": "Tổng Giám đốc",
    "pho giam doc": "Phó Giám đốc",
    "giam doc": "Giám đốc",
    "ch[a-z] t[il]ch": "Chủ tịch",
    "pho chu tich": "Phó Chủ tịch",
    "chanh": "Chánh",
    "pho chanh": "Phó Chánh",
    "bi thu": "Bí thư",
    "pho bi thu": "Phó Bí thư",
    "bo truong": "Bộ trưởng",
    "thong doc": "Thống đốc",
    "tong": "Tổng",
    "truong ban": "Trưởng ban",
    "truong": "Trưởng",
    "pho truong": "Phó Trưởng",
    "to truong": "Tổ trưởng",
    "chu nhiem": "Chủ nhiệm",
    "pho chu nhiem": "Phó Chủ nhiệm",
    "cuc truong": "Cục trưởng",
    "chi cuc truong": "Chi cục trưởng",
    "tong cuc truong": "Tổng cục trưởng",
    "vu truong": "Vụ trưởng",
    "vien truong": "Viện trưởng",
    "chanh an": "Chánh án",
    "tu lenh": "Tư lệnh",
    "chi huy truong": "Chỉ huy trưởng",
    "hieu truong": "Hiệu trưởng",
    "tong bien tap": "Tổng Biên tập",
    "lanh dao": "lãnh đạo",
    "tap the lanh dao": "tập thể lãnh đạo",
    "thanh vien": "thành viên",
    "uy vien": "Ủy viên",
    "dai dien": "đại diện",
    "ng[a-z]{2,3}i d[a-z]{1,3}ng d[a-z]{1,2}u": "người đứng đầu",
    # The Party's members and the standing members of a committee of the National Assembly.
    "to dang": "Tổ đảng",
    "to dang (?:o|tai) thuong truc": "Tổ đảng ở Thường trực",
    "thuong truc": "Thường trực",
}
_ANY = "|".join(sorted(_TITLES, key=len, reverse=True))
_SINGLE = re.compile(rf"(?P<several>cac )?(?P<title>{_ANY})(?P<joint>(?:,|,? va)? |$)")
TITLES = rf"(?:cac )?(?:{_ANY})(?:(?:,|,? va)? (?:{_ANY})){{0,3}}"
_WHOLE = re.compile(rf"(?<!\w){TITLES} $")


def is_title(words: str) -> bool:
    """Tell whether folded words, a blank behind them, are one title or several."""
    return _WHOLE.fullmatch(words) is not None


def spell_title(words: str) -> str:
    """Spell the titles in folded words as they should be, whatever a scan made of them."""
    spelled = ""
    for match in _SINGLE.finditer(words):
        name = next(name for form, name in _TITLES.items() if re.fullmatch(form, match["title"]))
        joint = ", " if match["joint"].strip() else " "
        spelled += ("các " if match["several"] else "") + name + joint
    return spelled.rstrip(", ")
