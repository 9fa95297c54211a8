import pytest

from loaders.document import SourceDocument
from loaders.structure.dateline import find_dateline
from loaders.text.layout import lay_out


@pytest.mark.parametrize(
    ("line", "place", "issued"),
    [
        ("Lai Châu, ngày 14 tháng 02 năm 2025", "Lai Châu", "2025-02-14"),
        # As precise as the source.
        ("Ninh Bình, ngày tháng 3 năm 2025", "Ninh Bình", "2025-03"),
        ("Hậu Giang, ngày        tháng       năm 2025", "Hậu Giang", "2025"),
        ("Huế, ngày 05 tháng    năm 2025", "Huế", "2025"),
        ("Huế, ngày … tháng … năm 202…", "Huế", None),
        # Two columns on one line, damaged or not.
        ("Số: 44/KH-UBND Hưng Yên, ngày 3/3/2025", "Hưng Yên", "2025-03-03"),
        ("Sb: 44 /KH-UBND Hung Yén, ngay 03 thang 3 ndam 2025", "Hưng Yên", "2025-03-03"),
        # A city, a town that is no province.
        ("TP. Hồ Chí Minh, ngày 1 tháng 4 năm 2025", "Thành phố Hồ Chí Minh", "2025-04-01"),
        ("Tam Đường, ngày 1 tháng 4 năm 2025", "Tam Đường", "2025-04-01"),
        # A name over two lines.
        ("Bà Rịa - Vũng\nTàu, ngày 1 tháng 8 năm 2022", "Bà Rịa - Vũng Tàu", "2022-08-01"),
        # A page's labels come first; the place tells which date is the document's.
        ("Ngày ban hành | 1/2/2024 |\nHuế, ngày 3/3/2025 |", "Huế", "2025-03-03"),
        ("Ngày 1/2/2024\n\nHuế, ngày 3/3/2025", "Huế", "2025-03-03"),
        ("Ngày 1/2/2024", None, "2024-02-01"),
        # In the Party's papers a comma stands before the date of what is cited.
        ("thực hiện Nghị quyết số 57-NQ/TW, ngày 22/12/2024 của Bộ Chính trị", None, None),
        # A date inside a sentence is not the document's.
        ("Nghị quyết số 57-NQ/TW ngày 22/12/2024", None, None),
        ("", None, None),
    ],
)
def test_find_dateline(line: str, place: str | None, issued: str | None) -> None:
    layout = lay_out(SourceDocument("x.txt", "0" * 64, f"{line}\n\nKẾ HOẠCH"))

    found = find_dateline(layout, layout.blocks)

    assert (found.place and found.place.value) == place
    assert (found.issued and found.issued.value) == issued
    assert found.blank is (place is not None and issued is None)
