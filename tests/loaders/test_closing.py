import pytest

from loaders.document import SourceDocument
from loaders.structure.closing import acts_for, closing_range, lists_recipients
from loaders.text.layout import lay_out

BODY = "KẾ HOẠCH\n\nVề chuyển đổi số\n\nI. NHIỆM VỤ\n\n1. Đào tạo.\n\n"


@pytest.mark.parametrize(
    ("line", "acts"),
    [
        ("TM. ỦY BAN NHÂN DÂN", True),
        ("T/M BAN THƯỜNG VỤ", True),
        ("KT. CHỦ TỊCH", True),
        ("TL. BỘ TRƯỞNG, CHỦ NHIỆM", True),
        ("TUQ. GIÁM ĐỐC", True),
        # Not in capitals: words.
        ("TM. Các đồng chí", False),
        ("Tổng Giám đốc", False),
        ("", False),
    ],
)
def test_acts_for(line: str, acts: bool) -> None:
    assert acts_for(line) is acts


@pytest.mark.parametrize(
    ("line", "lists"),
    [("Nơi nhận:", True), ("Noi nhin: 0%/", True), ("- Nơi nhận", True), ("Nơi ở", False)],
)
def test_lists_recipients(line: str, lists: bool) -> None:
    assert lists_recipients(line) is lists


@pytest.mark.parametrize(
    ("foot", "first", "behind"),
    [
        # From the recipients to the end.
        ("Nơi nhận:\n- Lưu: VT.\n\nTM. ỦY BAN NHÂN DÂN", "Nơi nhận:", None),
        # The signature stands first.
        ("TM. ỦY BAN NHÂN DÂN\n\nNơi nhận:\n- Lưu: VT.", "TM. ỦY BAN NHÂN DÂN", None),
        # What is annexed or attached is not part of it.
        ("Nơi nhận:\n- Lưu: VT.\n\nPHỤ LỤC I\n\n1. Đào tạo", "Nơi nhận:", "PHỤ LỤC I"),
        ("Nơi nhận:\n- Lưu: VT.\n\nQUY CHẾ\n\nI. CHUNG", "Nơi nhận:", "QUY CHẾ"),
        # There is none.
        ("Hết.", None, None),
    ],
)
def test_closing_range(foot: str, first: str | None, behind: str | None) -> None:
    layout = lay_out(SourceDocument("x.txt", "0" * 64, BODY + foot))
    texts = [layout.flat.text[block.start : block.end] for block in layout.blocks]

    closing = closing_range(layout)

    assert (texts[closing.start] if closing else None) == first
    assert (texts[closing.stop] if closing.stop < len(texts) else None) == behind
