import pytest

from loaders.document import SourceDocument
from loaders.structure.signature import Signer, find_recipients, find_signer
from loaders.text.layout import Layout, lay_out

BODY = "KẾ HOẠCH\n\nVề chuyển đổi số\n\nI. NHIỆM VỤ\n\n1. Đào tạo.\n\n"
LIST = "Nơi nhận:\n- Lưu: VT.\n\n"


def layout_of(foot: str) -> Layout:
    return lay_out(SourceDocument("x.md", "0" * 64, BODY + foot))


@pytest.mark.parametrize(
    ("foot", "signer"),
    [
        (
            f"{LIST}TM. ỦY BAN NHÂN DÂN\n\nKT. CHỦ TỊCH\n\nPHÓ CHỦ TỊCH\n\n**Nguyễn Văn Hòa**",
            Signer("Nguyễn Văn Hòa", "TM. ỦY BAN NHÂN DÂN, KT. CHỦ TỊCH, PHÓ CHỦ TỊCH"),
        ),
        # An office alone.
        (f"{LIST}GIÁM ĐỐC\n\nCù Ngọc Trang", Signer("Cù Ngọc Trang", "GIÁM ĐỐC")),
        # Two columns.
        (
            "Nơi nhận:          T/M BAN THƯỜNG VỤ\n- Lưu: VT.          PHÓ BÍ THƯ\n"
            "               Hoàng Nghĩa Hiếu",
            Signer("Hoàng Nghĩa Hiếu", "T/M BAN THƯỜNG VỤ, PHÓ BÍ THƯ"),
        ),
        # The name is all there is.
        (f"{LIST}**Trần Quốc Toàn**", Signer("Trần Quốc Toàn", None)),
        # A clerk's mark is no office, "(Đã ký)" no name.
        (
            "Nơi nhận:\n- Lưu: VT.\nHP_VP6\n\nCHỦ TỊCH\n\n(Đã ký)\n\nTống Thanh Hải",
            Signer("Tống Thanh Hải", "CHỦ TỊCH"),
        ),
        # Names of many peoples.
        (f"{LIST}BÍ THƯ\n\nY Thanh Hà Niê Kđăm", Signer("Y Thanh Hà Niê Kđăm", "BÍ THƯ")),
        (f"{LIST}CHỦ TỊCH\n\nK'Mák", None),
        (f"{LIST}CHỦ TỊCH\n\nĐiểu K’Ré", Signer("Điểu K’Ré", "CHỦ TỊCH")),
        (f"{LIST}CHỦ TỊCH\n\nSùng A Hồ", Signer("Sùng A Hồ", "CHỦ TỊCH")),
        # A capacity that runs over the line.
        (
            f"{LIST}TM. ỦY BAN NHÂN\n\nDÂN\n\nKT. CHỦ TỊCH\n\nLê Văn Tám",
            Signer("Lê Văn Tám", "TM. ỦY BAN NHÂN DÂN, KT. CHỦ TỊCH"),
        ),
        # No name: no signer. A place is no name, nor is a stamp.
        (f"{LIST}CHỦ TỊCH\n\nĐã Ký", None),
        (f"{LIST}TM. ỦY BAN NHÂN DÂN\n\nCHỦ TỊCH", None),
        (f"{LIST}CHỦ TỊCH\n\nHưng Yên", None),
        # What is annexed has other names.
        (f"{LIST}CHỦ TỊCH\n\nPHỤ LỤC I\n\nNguyễn Văn Hòa", None),
    ],
)
def test_find_signer(foot: str, signer: Signer | None) -> None:
    found = find_signer(layout_of(foot))

    assert (found and found.value) == signer


@pytest.mark.parametrize(
    ("foot", "recipients"),
    [
        (
            "Nơi nhận:\n- Bộ Tài chính;\n- Các sở, ngành;\n- Lưu: VT, VP6.\nHP_VP6",
            ["Bộ Tài chính", "Các sở, ngành", "Lưu: VT, VP6"],
        ),
        # What it is sent for, and what a scan put behind it.
        (
            "Nơi nhận:\n- Ban Bí thư, | (Để báo cáo)\n- Bộ Y tế (để b/c);\n"
            "- Bo Y té; CHU TICH\n- VP; =",
            ["Ban Bí thư", "Bộ Y tế", "Bo Y té", "VP"],
        ),
        # On one line.
        ("Nơi nhận: - Như trên; - Lưu: VT.", ["Như trên", "Lưu: VT"]),
        # Without bullets.
        ("Nơi nhận:\nNhư trên;\nLưu: VT;\nTM. ỦY BAN NHÂN DÂN", ["Như trên", "Lưu: VT"]),
        # The bullets of the body are no recipients.
        ("- Hết.", []),
    ],
)
def test_find_recipients(foot: str, recipients: list[str]) -> None:
    assert [one.value for one in find_recipients(layout_of(foot))] == recipients
