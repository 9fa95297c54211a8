import pytest

from loaders.document import SourceDocument
from loaders.structure.page_titles import titled_date, titled_organ
from loaders.text.layout import lay_out


@pytest.mark.parametrize(
    ("line", "date", "organ"),
    [
        (
            "Nghị quyết số 22-NQ/TU ngày 08/6/2022 của Tỉnh ủy Kiên Giang về chuyển đổi số.",
            "2022-06-08",
            "Tỉnh ủy Kiên Giang",
        ),
        (
            "Kế hoạch 60/KH-UBND ngày 3 tháng 4 năm 2025 ban hành bởi UBND tỉnh Sơn La về nước",
            "2025-04-03",
            "Ủy ban nhân dân tỉnh Sơn La",
        ),
        ("Chương trình hành động của Tỉnh ủy về nước sạch", None, "Tỉnh ủy"),
        # No organ of the lists, no whole date.
        ("Kế hoạch 60/KH-UBND ngày 3/4 của chúng ta về nước sạch", None, None),
        # No heading.
        ("Tỉnh ủy vừa ban hành Nghị quyết số 22-NQ/TU ngày 08/6/2022.", None, None),
        ("", None, None),
    ],
)
def test_page_titles(line: str, date: str | None, organ: str | None) -> None:
    layout = lay_out(SourceDocument("x.txt", "0" * 64, f"{line}\n\nI. MỤC TIÊU"))

    stated_date, stated_organ = titled_date(layout), titled_organ(layout)

    assert (stated_date and stated_date.value) == date
    assert (stated_organ and stated_organ.value) == organ
