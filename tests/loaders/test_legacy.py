import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.text.codepages import CODEPAGES, TCVN3, VNI, Codepage
from loaders.text.legacy import convert, decode_legacy, recognise
from loaders.text.reading import read_plain

CORPUS = Path(__file__).parents[2] / "corpus"
DAMAGED = CORPUS / "hung-yen-ke-hoach-44-kh-ubnd.txt"
CLEAN = sorted(path for path in CORPUS.glob("*-*.*") if path != DAMAGED)
BOTH = pytest.mark.parametrize("page", [TCVN3, VNI], ids=lambda page: page.name)

# The letters of the Vietnamese alphabet that ASCII lacks, with every tone.
LETTERS = "đ" + "".join(
    unicodedata.normalize("NFC", vowel + tone)
    for vowel in "aăâeêioôơuưy"
    for tone in ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
    if vowel + tone not in "aeiouy"
)


def encode(text: str, page: Codepage) -> str:
    """Write a text in a codepage; TCVN3 has no capitals with a tone, and takes small ones."""
    codes = {letter: code for code, letter in page.letters.items()}
    return "".join(codes.get(char) or codes.get(char.lower(), char) for char in text)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        # One code a letter (TCVN3), the soft hyphen among them, and capitals without a tone.
        (
            "NghÞ ®Þnh sè 15/CP ngµy 02 th¸ng 03 n¨m 1993 cña ChÝnh phñ",
            "Nghị định số 15/CP ngày 02 tháng 03 năm 1993 của Chính phủ",
        ),
        ("Bé tr\xadëng Bé Tµi chÝnh", "Bộ trưởng Bộ Tài chính"),
        ("§éc lËp - Tù do - H¹nh phóc", "Độc lập - Tự do - Hạnh phúc"),
        # The vowel and its marks (VNI), in both cases.
        (
            "Nghò ñònh soá 15/CP ngaøy 02 thaùng 03 naêm 1993 cuûa Chính phuû",
            "Nghị định số 15/CP ngày 02 tháng 03 năm 1993 của Chính phủ",
        ),
        ("COÄNG HOØA XAÕ HOÄI CHUÛ NGHÓA VIEÄT NAM", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        # No sign in it that Unicode Vietnamese lacks, but pairs of vowels.
        ("thoâng qua baùo chí, phaùt thanh", "thông qua báo chí, phát thanh"),
        # Abbreviations have no vowel, so they follow the words around them.
        ("QuyÕt ®Þnh sè 12/Q§-TTg, N§-CP, H§ND", "Quyết định số 12/QĐ-TTg, NĐ-CP, HĐND"),
        ("Luaät Toå chöùc HÑND vaø UBND", "Luật Tổ chức HĐND và UBND"),
        # A font of capitals showed the small codes of TCVN3 as capitals: the other letters tell.
        ("QUYÕT §ÞNH CñA CHÝNH PHñ", "QUYẾT ĐỊNH CỦA CHÍNH PHỦ"),
        ("§¡NG Ký KINH DOANH", "ĐĂNG KÝ KINH DOANH"),
        ("QUYÕT §ÞNH CñA Bé TR¦ëNG Bé Y TÕ", "QUYẾT ĐỊNH CỦA BỘ TRƯỞNG BỘ Y TẾ"),
        ("Theo QUYÕT §ÞNH cña Bé Y tÕ", "Theo QUYẾT ĐỊNH của Bộ Y tế"),
        ("Theo ý kiÕn cña Bé GI¸O DôC vµ §µo t¹o", "Theo ý kiến của BỘ GIÁO DỤC và Đào tạo"),
        # The soft hyphen of a PDF became a hyphen or a minus; true hyphens stay.
        ("Thñ t-íng ChÝnh phñ, Th«ng t- sè 2", "Thủ tướng Chính phủ, Thông tư số 2"),
        ("Thñ t\u2212íng ban hµnh nghÞ ®Þnh", "Thủ tướng ban hành nghị định"),
        ("ng-êi, ph-¬ng ¸n, -íc tÝnh, nh-: ®-a", "người, phương án, ước tính, như: đưa"),
        (
            "nghÞ ®Þnh 5/N§-CP, B¾c-Nam, kinh tÕ-x· héi",
            "nghị định 5/NĐ-CP, Bắc-Nam, kinh tế-xã hội",
        ),
        # Or it was dropped, and with it the ư in the middle of a word or at its end.
        (
            "Thñ tíng ChÝnh phñ, Bé trëng Bé T ph¸p ban hµnh Th«ng t sè 2, nh sau",
            "Thủ tướng Chính phủ, Bộ trưởng Bộ Tư pháp ban hành Thông tư số 2, như sau",
        ),
        (
            "Ngêi ®îc hëng ch¬ng tr×nh u tiªn nªu díi ®©y, Hng Yªn, 5 t thÐp, c) d©n c, kg",
            "Người được hưởng chương trình ưu tiên nêu dưới đây, Hưng Yên, 5 t thép, c) dân cư, kg",
        ),
        # Where another ư is there, none was dropped.
        (
            "Bé T\xad lÖnh, th«ng t sè 2",
            "Bộ Tư lệnh, thông t số 2",
        ),
        # Taken for Turkish, which has six letters of its own.
        ("ChØ thŞ cña ChÝnh phñ vÒ thİ ®iÓm qu¶n lı", "Chỉ thị của Chính phủ về thí điểm quản lý"),
        # Half converted: whole words, or letters in words.
        (
            "Nghị ®Þnh số 15/CP ngày 02 th¸ng 03 của ChÝnh phñ",
            "Nghị định số 15/CP ngày 02 tháng 03 của Chính phủ",
        ),
        (
            "NghÞ đÞnh sè 15/CP của ChÝnh phñ có hiệu lực",
            "Nghị định số 15/CP của Chính phủ có hiệu lực",
        ),
        # Letter-spaced: with wider gaps between words, with the same, or only round the codes.
        (
            "N g h Þ  ® Þ n h  s è  1 5 / C P  c ñ a  C h Ý n h  p h ñ",
            "Nghị  định  số  15/CP  của  Chính  phủ",
        ),
        (
            "N g h Þ ® Þ n h s è 1 5 / C P n g µ y 0 2 t h ¸ n g 0 3 n ¨ m 1 9 9 3",
            "Nghị định số 15/CP ngày 02 tháng 03 năm 1993",
        ),
        ("Ngh Þ ® Þ nh s è 15/CP c ñ a Ch Ý nh ph ñ", "Nghị định số 15/CP của Chính phủ"),
        # Signs that are codes but stand alone stay signs; đ is also the currency.
        ("· Møc trÇn lµ 10 ÷ 20 triÖu ®ång, 5.000 ®", "· Mức trần là 10 ÷ 20 triệu đồng, 5.000 đ"),
        # Words in another language have no codes.
        ("hÖ thèng Windows vµ m¹ng Internet", "hệ thống Windows và mạng Internet"),
    ],
)
def test_convert(source: str, expected: str) -> None:
    assert convert(read_plain(source)).text == expected


@pytest.mark.parametrize(
    "text",
    [
        # Vietnamese in Unicode, composed or not, with words that would read in TCVN3 as well.
        "Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị",
        "Có và là của chúng tôi, có thể, bé, tìm, số liệu đó",
        unicodedata.normalize("NFD", "Quyết định của Thủ tướng Chính phủ"),
        "Phần mềm Windows® và Office© dày 5 µm, sai số ±2°, điểm §5 «quý»",
        "hoà bình, toá hoả, thuý, uý, luỹ, quý, khoá, goá",
        # Other languages with marks.
        "François a préféré la crème brûlée à côté de l'hôtel présidentiel",
        "Señor Muñoz vivía en la mañana con niños pequeños en España, el año pasado",
        "Müller größer Straße über Fußgänger schön wunderschöne Landschaft für Köln",
        "São Paulo não é a capital, mas é a maior cidade; coração, avô, avó, até já",
        "Þetta er íslenska með þorn og eð, það er góð tunga",
        "Å få tak på øl, søndag på Ærø, blåbærsyltetøy",
        "Windows® and Intel® are registered trademarks © 2025, §5, 3×4, 10 µm",
        # Bad scans.
        "Quyét dinh sb 411/QB-TTg ngay 31/3/2022 ciia Thu tuéng Chinh pht",
        "phat trién khoa hoc, cong nghé, d6i méi sang tao va chuyén ddi s6 qudc gia",
        "déi méi sang tao",
        "",
    ],
)
def test_other_text_is_left_alone(text: str) -> None:
    reading = read_plain(text)

    assert convert(reading) is reading


@pytest.mark.parametrize("path", [*CLEAN, DAMAGED], ids=lambda path: path.name)
def test_corpus_is_left_alone_whole_and_line_by_line(path: Path) -> None:
    text = path.read_bytes().decode("utf-8")

    for part in [text, *text.splitlines()]:
        reading = read_plain(part)
        assert convert(reading) is reading


@pytest.mark.parametrize(
    ("page", "letters"),
    [
        (TCVN3, LETTERS),
        # Seven capitals have codes of their own; those with a tone do not.
        (TCVN3, "ĂÂÊÔƠƯĐ"),
        (VNI, LETTERS),
        (VNI, LETTERS.upper()),
    ],
)
def test_every_letter_has_a_code(page: Codepage, letters: str) -> None:
    data = encode(letters, page).encode("latin-1")

    assert data != letters.encode("latin-1", "replace")
    assert decode_legacy(data, page.name) == letters


@BOTH
@pytest.mark.parametrize("path", CLEAN, ids=lambda path: path.name)
def test_round_trip_of_the_corpus(path: Path, page: Codepage) -> None:
    text = read_plain(path.read_bytes().decode("utf-8")).text
    source = encode(text, page)

    reading = convert(read_plain(source))

    assert _known_case(reading.text, page) == _known_case(text, page)
    assert len(reading.text) == len(text)
    for word in re.finditer(r"\S+", reading.text):
        span = reading.span(*word.span())
        assert source[span.start : span.end] == encode(text[slice(*word.span())], page)


@BOTH
def test_ten_words_are_enough(page: Codepage) -> None:
    for path in CLEAN:
        for words in map(str.split, path.read_bytes().decode("utf-8").splitlines()):
            for first in range(0, len(words) - 9, 10):
                text = " ".join(words[first : first + 10])
                found = convert(read_plain(encode(text, page))).text
                assert _known_case(found, page) == _known_case(text, page)


@BOTH
@pytest.mark.parametrize("path", [CLEAN[0], DAMAGED], ids=lambda path: path.name)
def test_only_the_legacy_paragraph_of_a_text_is_converted(path: Path, page: Codepage) -> None:
    text = path.read_bytes().decode("utf-8")
    old = (
        "Căn cứ Nghị định số 15/CP ngày 02 tháng 03 năm 1993 của Chính phủ\nvề nhiệm vụ, quyền hạn"
    )
    middle = text.index("\n", len(text) // 2)
    source = f"{text[:middle]}\n{encode(old, page)}{text[middle:]}"

    reading = convert(read_plain(source))

    assert reading.text == f"{text[:middle]}\n{old}{text[middle:]}"


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        # "Sè 15" might be Vietnamese as it stands; its neighbours decide.
        (
            ["NghÞ ®Þnh cña ChÝnh phñ", "", "Sè 15/CP", "MôC LôC"],
            ["Nghị định của Chính phủ", "", "Số 15/CP", "MỤC LỤC"],
        ),
        (["Sè 15/CP", "NghÞ ®Þnh cña ChÝnh phñ"], ["Số 15/CP", "Nghị định của Chính phủ"]),
        # A line in Unicode parts it from them.
        (
            ["NghÞ ®Þnh cña ChÝnh phñ", "Điều lệ Đảng", "bé có"],
            ["Nghị định của Chính phủ", "Điều lệ Đảng", "bé có"],
        ),
        # Two encodings in one text.
        (
            ["NghÞ ®Þnh cña ChÝnh phñ", "Nghò ñònh cuûa Chính phuû", "Muïc"],
            ["Nghị định của Chính phủ", "Nghị định của Chính phủ", "Mục"],
        ),
    ],
)
def test_a_line_that_tells_nothing_goes_with_its_neighbours(
    lines: list[str], expected: list[str]
) -> None:
    assert convert(read_plain("\n".join(lines))).text.split("\n") == expected


def test_a_slip_in_a_long_text_is_no_legacy_line() -> None:
    # Alone the first line would be believed.
    lines = ["®Þnh møc", *["Nghị quyết của Bộ Chính trị"] * 5]
    reading = read_plain("\n".join(lines))

    assert convert(reading) is reading
    assert convert(read_plain(lines[0])).text == "định mức"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        # PDF files print the hyphen of a number with the character of a soft hyphen.
        ("Nghị định 13/2023/NĐ\xadCP và 57\xadNQ/TW", "Nghị định 13/2023/NĐ-CP và 57-NQ/TW"),
        ("Nghị định 13/2023/NĐ\xad\nCP", "Nghị định 13/2023/NĐ-\nCP"),
        # Inside a word it is nothing.
        ("thông\xad tin, inter\xadnet", "thông tin, internet"),
    ],
)
def test_soft_hyphens_of_other_text(source: str, expected: str) -> None:
    assert convert(read_plain(source)).text == expected


WORDS = sorted(set(re.findall(r"[^\W\d_]+", CLEAN[0].read_bytes().decode("utf-8").lower())) - {"â"})


@BOTH
@given(data=st.data())
def test_quote_is_the_source_of_the_converted_text(page: Codepage, data: st.DataObject) -> None:
    words = data.draw(st.lists(st.sampled_from(WORDS), min_size=10, max_size=30))
    text = data.draw(st.sampled_from([" ", "  ", "\r\n", "\u00a0"])).join(words)
    source = encode("Quyết định của Chính phủ: " + text, page)

    reading = convert(read_plain(source))

    start = data.draw(st.integers(0, len(reading.text) - 1))
    end = data.draw(st.integers(start + 1, len(reading.text)))
    span = reading.span(start, end)
    assert read_plain(source[span.start : span.end]).text == encode(reading.text[start:end], page)


@given(st.text("Nghị®Þnh sèquyÕtđ-\xad\u2212\n\r·«aùeáñòûÑ15/CP\u0301\u200b", max_size=80))
def test_offsets_rise_and_stay_in_the_source(text: str) -> None:
    reading = convert(read_plain(text))

    starts, ends = list(reading.starts), list(reading.ends)
    assert len(starts) == len(ends) == len(reading.text)
    assert starts == sorted(starts)
    assert ends == sorted(ends)
    assert all(0 <= start <= end <= len(text) for start, end in zip(starts, ends, strict=True))


@BOTH
def test_recognise(page: Codepage) -> None:
    text = CLEAN[0].read_bytes().decode("utf-8")
    data = encode(text, page).encode("cp1252", "ignore")

    assert recognise(data) == page.name
    assert recognise(text.encode("utf-8")[:-1]) is None


def test_recognise_tells_the_three_apart() -> None:
    data = Path(__file__).parents[1] / "data"
    names = {*CODEPAGES, "windows-1258"}

    files = {name: (data / f"nghi-dinh-15-cp.{name}.txt").read_bytes() for name in names}

    assert {name: recognise(content) for name, content in files.items()} == {n: n for n in names}


def _known_case(text: str, page: Codepage) -> str:
    """Lower the capitals with a tone, of which TCVN3 keeps no trace."""
    if page is VNI:
        return text
    return "".join(char if char in page.letters.values() else char.lower() for char in text)
