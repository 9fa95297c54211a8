import pytest

from loaders.document import SourceDocument
from loaders.structure.labels import find_labels
from loaders.text.layout import lay_out


@pytest.mark.parametrize(
    ("text", "values"),
    [
        # A table of two columns, with and without outer bars.
        (
            "| Số hiệu | 60/KH-UBND |\n| Ngày ban hành | 26/03/2025 |\n| Người ký | Lê Tám |",
            {"number": "60/KH-UBND", "issued": "26/03/2025", "signer": "Lê Tám"},
        ),
        ("Số ký hiệu | 60/KH-UBND |", {"number": "60/KH-UBND"}),
        # Label and value on one line.
        (
            "Trích yếu: Về nước sạch\n\nNgười ký: Lê Tám",
            {"title": "Về nước sạch", "signer": "Lê Tám"},
        ),
        # Several on one line, with blanks between them or glued together.
        (
            "Số hiệu: 10/2011/NQ-HĐND Loại văn bản: Nghị quyết\n\nNơi ban hành: Huế"
            " Người ký: Lê Tám",
            {"number": "10/2011/NQ-HĐND", "signer": "Lê Tám"},
        ),
        (
            "Số hiệu:02-KH/BCĐTWNgày đăng công báo:Đang cập nhật\n\n"
            "Ngày ban hành:19/06/2025Ngày hết hiệu lực:Đang cập nhật",
            {"number": "02-KH/BCĐTW", "issued": "19/06/2025"},
        ),
        # The first one counts; a label at the end has no value.
        ("Số hiệu: 1/KH-UBND\n\nSố hiệu: 2/KH-UBND\n\nNgười ký", {"number": "1/KH-UBND"}),
        # Words that go on are no label.
        ("Người ký văn bản này chịu trách nhiệm.", {}),
        ("", {}),
    ],
)
def test_find_labels(text: str, values: dict[str, str]) -> None:
    layout = lay_out(SourceDocument("x.md", "0" * 64, text))

    found = find_labels(layout)

    assert {name: layout.flat.text[start:end] for name, (start, end) in found.items()} == values
