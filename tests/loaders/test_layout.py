import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.document import SourceDocument
from loaders.text.layout import Layout, lay_out, lay_out_line

FULL = "Những việc cần làm ngay trong thời gian tới trên địa bàn của tỉnh, của vùng"


def layout_of(text: str) -> Layout:
    return lay_out(SourceDocument("plan.txt", "0" * 64, text))


def blocks_of(text: str) -> list[str]:
    layout = layout_of(text)
    return [layout.flat.text[block.start : block.end] for block in layout.blocks]


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        # A page break cuts an item in two: blank line, small letter.
        (
            "- phát triển công nghệ, đổi mới sáng\n\ntạo và chuyển đổi số.\n\n- Quy định.",
            ["- phát triển công nghệ, đổi mới sáng tạo và chuyển đổi số.", "- Quy định."],
        ),
        # A page number stands in the cut.
        ("1. Triển khai\n\n2\n\nvà đánh giá.", ["1. Triển khai và đánh giá."]),
        # The cut is before a capital or a figure: a long bullet without a stop goes on.
        (
            "I. NHIỆM VỤ\n\n- đánh giá mức độ hoàn thành nhiệm vụ dựa trên các mục tiêu và kết quả"
            " phát triển\n\nChính quyền số.",
            [
                "I. NHIỆM VỤ",
                "- đánh giá mức độ hoàn thành nhiệm vụ dựa trên các mục tiêu và kết quả phát triển"
                " Chính quyền số.",
            ],
        ),
        (
            "1. Các sở xây dựng kế hoạch trong tháng\n\n02 năm 2025.",
            ["1. Các sở xây dựng kế hoạch trong tháng 02 năm 2025."],
        ),
        # A word that leads on.
        ("1. Trình Ủy ban nhân dân và\n\nHội đồng.", ["1. Trình Ủy ban nhân dân và Hội đồng."]),
        # So does "được", but not in "Kết quả đạt được"; an organ leads on only as an object.
        ("a) Kết quả đạt được\n\nTỉnh đã ban hành.", ["a) Kết quả đạt được", "Tỉnh đã ban hành."]),
        ("2. Văn phòng Sở\n\nBố trí kinh phí.", ["2. Văn phòng Sở", "Bố trí kinh phí."]),
        ("2. Trình Giám đốc Sở\n\nY tế.", ["2. Trình Giám đốc Sở Y tế."]),
        # A heading does not go on.
        ("1. Mục đích\n\nCụ thể hóa.", ["1. Mục đích", "Cụ thể hóa."]),
        # What begins a paragraph of its own does not either.
        (
            "Thực hiện nhiệm vụ được giao\nCăn cứ Luật Ngân sách",
            ["Thực hiện nhiệm vụ được giao", "Căn cứ Luật Ngân sách"],
        ),
        # A footnote does not end the paragraph it stands in.
        (
            "- Hoàn thành xây dựng, kết nối,\n\n<sup>1</sup> Quyết định số 489/QĐ-TTg.\n\nchia sẻ.",
            ["- Hoàn thành xây dựng, kết nối, chia sẻ.", "Quyết định số 489/QĐ-TTg."],
        ),
        # A number goes on over the end of the line without a blank, a word with one.
        (
            "Nghị quyết số 57-\nNQ/TW, kinh tế -\nxã hội",
            ["Nghị quyết số 57-NQ/TW, kinh tế - xã hội"],
        ),
        ("Số:\n40/2024/QĐ-UBND", ["Số: 40/2024/QĐ-UBND"]),
        ("- giai đoạn 2026 -\n2030 và", ["- giai đoạn 2026 - 2030 và"]),
        # Capitals and small letters are two things.
        ("KẾ HOẠCH\nthực hiện Nghị quyết", ["KẾ HOẠCH", "thực hiện Nghị quyết"]),
        ("II. NHIỆM VỤ,\nGIẢI PHÁP", ["II. NHIỆM VỤ, GIẢI PHÁP"]),
        # The foot of the document goes line by line.
        (
            "Nơi nhận:\n- Như trên;\n- Lưu: VT.\nHP_VP6\n**TM. ỦY BAN NHÂN DÂN**  \n**CHỦ TỊCH**",
            ["Nơi nhận:", "- Như trên;", "- Lưu: VT.", "HP_VP6", "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"],
        ),
        # Cells of a table stand apart.
        ("| Sở Y tế | quý II |\n|---|---|", ["Sở Y tế", "quý II"]),
        ("", []),
        ("\n \n", []),
    ],
)
def test_lay_out_heals(text: str, blocks: list[str]) -> None:
    assert blocks_of(text) == blocks


def test_lay_out_heals_lines_that_were_wrapped_early() -> None:
    heading, item = ["I. NHIỆM", "VỤ CỤ THỂ"], ["- Rà soát văn bản", "Bộ Y tế ban hành"]
    lines = [FULL, FULL.lower(), *heading, *item, FULL.lower()]

    assert blocks_of("\n".join(lines))[1:] == [
        "I. NHIỆM VỤ CỤ THỂ",
        f"- Rà soát văn bản Bộ Y tế ban hành {FULL.lower()}",
    ]


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_lay_out_heals_wrapped_lines(gap: str) -> None:
    lines = [
        # A full line goes on, even with a capital; the last line of a paragraph is short.
        FULL, "Chính phủ đã giao cho cả nước.",
        # A full line, then an item: the marker parts them.
        FULL.replace("của vùng", "gồm:"), f"- {FULL}", FULL.lower(),
        # A dash in the middle of a sentence is no bullet.
        FULL.lower(), "- đào tạo và bồi dưỡng.",
        # Not even before a name, in running text.
        FULL, "- Vũng Tàu và Côn Đảo.",
        # A heading does not swallow the paragraph below it.
        "1. Mục đích", FULL, FULL.lower(),
    ]  # fmt: skip

    assert blocks_of(gap.join(lines)) == [
        f"{FULL} Chính phủ đã giao cho cả nước.",
        FULL.replace("của vùng", "gồm:"),
        f"- {FULL} {FULL.lower()} {FULL.lower()} - đào tạo và bồi dưỡng.",
        f"{FULL} - Vũng Tàu và Côn Đảo.",
        "1. Mục đích",
        f"{FULL} {FULL.lower()}",
    ]


def test_lay_out_tells_full_lines_from_short_ones() -> None:
    short = FULL.removesuffix(", của vùng")
    wrapped = [FULL, FULL.lower(), FULL.lower()]
    lines = [
        # There was room for the next word, so the paragraph or heading ends.
        f"{short}.", *wrapped, f"1. {short[:-9]}", *wrapped,
        # There was none: the sentence ends, the paragraph does not.
        f"{short}, vùng.", *wrapped,
    ]  # fmt: skip

    assert blocks_of("\n".join(lines)) == [
        f"{short}.",
        " ".join(wrapped),
        f"1. {short[:-9]}",
        f"{' '.join(wrapped)} {short}, vùng. {' '.join(wrapped)}",
    ]


def test_lay_out_tells_a_span_of_years_from_a_bullet() -> None:
    item = f"- {FULL[:-13]} năm 2026"

    assert blocks_of("\n".join([FULL, f"{FULL.lower()}.", item, "- 2030; xã.", f"- {FULL}"]))[
        1:
    ] == [
        f"{item} - 2030; xã.",
        f"- {FULL}",
    ]


def test_lay_out_reads_what_is_attached_behind_the_signature() -> None:
    lines = [FULL, FULL.lower(), "Nơi nhận:", "- VT.", "CHƯƠNG TRÌNH", FULL, "Chính phủ."]

    assert blocks_of("\n".join(lines))[-1] == f"{FULL} Chính phủ."


def test_lay_out_heeds_first_lines_that_are_set_in() -> None:
    lines = [f"        {FULL}", f"{FULL.lower()}", f"        {FULL}", f"{FULL.lower()}"]
    items = [f"        - {FULL}", f"{FULL.lower()}"]

    assert blocks_of("\n".join([*items, *lines])) == [
        f"- {FULL} {FULL.lower()}",
        f"{FULL} {FULL.lower()}",
        f"{FULL} {FULL.lower()}",
    ]


def test_lay_out_describes_blocks() -> None:
    layout = layout_of("## **II. NHIỆM VỤ**\n\n---\n\n2) Ứng dụng\n\n| a | b |")

    heading, item, cell, _ = layout.blocks
    assert (heading.kind, heading.marker, heading.heading, heading.bold) == ("roman", "II", 2, True)
    assert layout.text(heading) == "NHIỆM VỤ"
    assert (item.kind, item.marker, item.ruled, item.cell) == ("decimal", "2", True, False)
    assert cell.cell


def test_lay_out_mends_misread_letters() -> None:
    layout = layout_of("\n".join(f"{mark}) Xay dung" for mark in "ab¢dde2hik1"))

    assert [block.marker for block in layout.blocks] == list("abcdđeghikl")


def test_a_note_leads_back_to_its_place() -> None:
    text = "- kết nối,\n\n<sup>1</sup> Quyết định.\n\nchia sẻ.\n\n- Hết."
    layout = layout_of(text)

    # The note stands behind its paragraph, so offsets fall back once.
    assert len(layout.flat.turns) == 1
    for words in ("kết nối", "Quyết định", "chia sẻ", "Hết"):
        offset, place = text.index(words), layout.flat.text.index(words)
        assert layout.flat.index(offset) == place
        span = layout.flat.span(place, place + len(words))
        assert text[span.start : span.end] == words


@pytest.mark.parametrize(
    ("text", "damaged"),
    [
        ("Đẩy mạnh chuyển đổi số, nâng cao hiệu quả quản lý nhà nước của tỉnh. " * 9, False),
        ("Dây manh chuyén ddi s6, ning cao hiéu qua quan ly nha nuéc cua tinh. " * 9, True),
        # Without any diacritics it is no better.
        ("Day manh chuyen doi so, nang cao hieu qua quan ly nha nuoc cua tinh. " * 9, True),
        # Abbreviations and a few foreign words do no harm.
        ("UBND tỉnh giao Sở KHCN triển khai blockchain và các nền tảng số. " * 9, False),
        # Too little to judge.
        ("Ké hoach", False),
    ],
)
def test_lay_out_tells_damage(text: str, damaged: bool) -> None:
    assert layout_of(text).damaged is damaged


@pytest.mark.parametrize(
    ("text", "flat"),
    [
        ("Nghị quyết\nsố 57-\nNQ/TW", "Nghị quyết số 57-NQ/TW"),
        # The bars of table cells, and blanks of all kinds.
        ("TTLT-BVHTT-\n| BTC |\nngày\u00a022/12", "TTLT-BVHTT-BTC ngày 22/12"),
        ("**Quyết định** số<br>411/QĐ-TTg", "Quyết định số 411/QĐ-TTg"),
        ("  \n ", ""),
    ],
)
def test_lay_out_line(text: str, flat: str) -> None:
    layout = lay_out_line(text)

    assert layout.flat.text == flat
    assert [(block.start, block.end) for block in layout.blocks] == [(0, len(flat))]


PIECES = st.sampled_from(
    ["I. ", "1. ", "a) ", "- ", "+ ", "\n", "\n\n", " ", "**", "| ", "2", "mở rộng", "Sở Y tế",
     "của", "TỈNH", ".", ":", "<sup>1</sup> ", "# ", "---", "\x0c", "Nơi nhận:", "đ",
     "e\u0302\u0301"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=40).map("".join))
def test_blocks_tile_the_flat_text(text: str) -> None:
    layout = layout_of(text)
    blocks = [layout.flat.text[block.start : block.end] for block in layout.blocks]

    assert "\n".join(blocks) == layout.flat.text
    assert all(block and "\n" not in block and "  " not in block for block in blocks)
    assert all(block.start <= block.body <= block.end for block in layout.blocks)


@given(st.lists(PIECES, max_size=40).map("".join))
def test_every_word_leads_back_to_the_source(text: str) -> None:
    flat = layout_of(text).flat

    for place, char in enumerate(flat.text):
        if not char.isspace():
            span = flat.span(place, place + 1)
            assert unicodedata.normalize("NFC", text[span.start : span.end]) == char
