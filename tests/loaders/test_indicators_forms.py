"""Targets in the wordings of many plans: units, comparisons, years, results that are none."""

import pytest

from loaders.document import Evidence, Span
from loaders.measuring.indicators import Indicator, find_indicators
from loaders.structure.sections import Section
from loaders.text.layout import lay_out_line
from tests.marking import unmark


def _find(text: str, heading: str) -> list[Indicator]:
    section = Section("II.1", heading, 2, Evidence(Span(0, 1), "SEC-002", 1.0), 0, len(text))
    return find_indicators(lay_out_line(text), [section], [])


def _said(indicator: Indicator) -> str:
    value = str(indicator.value)
    if indicator.value_max is not None:
        value += f"-{indicator.value_max}"
    year = f"@{indicator.target_year}" if indicator.target_year else ""
    return " ".join(part for part in (indicator.comparator, value, indicator.unit, year) if part)


def _check(marked: str, heading: str, expected: list[str]) -> None:
    text, spans = unmark(marked)

    found = _find(text, heading)

    assert [_said(indicator) for indicator in found] == expected
    assert [(i.evidence.span.start, i.evidence.span.end) for i in found] == spans


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        # "từ … trở lên"; what "đã" says of the data is no result.
        ("Tỷ lệ dữ liệu đã làm sạch đạt ⟦từ 65% trở lên⟧.", [">= 65 %"]),
        ("Tỷ lệ công chức hài lòng ⟦đạt 92% trở lên⟧.", [">= 92 %"]),
        ("Bố trí ⟦từ 1-2% trở lên trong tổng chi ngân sách⟧.", ["range 1-2 %"]),
        # "trở lên" of a degree or an age is none of the share's.
        ("⟦70% thanh niên⟧ có trình độ trung cấp trở lên.", ["= 70 %"]),
        ("Hỗ trợ ⟦40 sản phẩm⟧ đạt 3 sao trở lên.", ["= 40 sản phẩm"]),
        # "điện tử đạt" is no "từ", "mục 3" no "mức", "20 trạm" no "trăm".
        ("Tỷ lệ dùng hóa đơn điện tử ⟦đạt 85%⟧.", ["= 85 %"]),
        ("Lắp đặt ⟦20 trạm quan trắc⟧ tự động.", ["= 20 trạm"]),
        # Units of several words, rates, limits of how often.
        ("Bồi dưỡng ⟦600 giám đốc điều hành⟧.", ["= 600 giám đốc điều hành"]),
        ("Dành ⟦tối thiểu 15 ha/khu công nghiệp⟧.", [">= 15 ha/khu công nghiệp"]),
        ("Có ⟦12 doanh nghiệp hoạt động/nghìn dân⟧.", ["= 12 doanh nghiệp/nghìn dân"]),
        ("Kiểm tra doanh nghiệp ⟦không quá 02 lần/năm⟧.", ["<= 2 lần/năm"]),
        ("Đầu tư ⟦03 khu công nghệ số⟧.", ["= 3 khu"]),
        # A measure that is glued to its number.
        ("Tốc độ tải xuống ⟦tối thiểu 50Mb/s⟧.", [">= 50 Mb/s"]),
        # Money with its scale; growth; an average before the verb.
        ("Doanh thu ⟦đạt 12 nghìn tỷ đồng⟧.", ["= 12 nghìn tỷ đồng"]),
        ("Xuất khẩu đạt ⟦trên 300 triệu USD⟧.", ["> 300 triệu USD"]),
        ("Năng suất tăng ⟦1,6 lần⟧ so với năm 2020.", ["= 1.6 lần"]),
        ("Thu nhập gấp ⟦1,8 lần⟧ năm 2025.", ["= 1.8 lần"]),
        ("Thời gian xử lý trung bình giảm ⟦25%⟧.", ["= 25 %"]),
        ("Tỷ lệ hộ nghèo giảm ⟦1 - 1,2 điểm %⟧.", ["range 1-1.2 điểm phần trăm"]),
        # Ranks.
        ("Chỉ số PII ⟦trong 15 tỉnh dẫn đầu⟧.", ["<= 15 hạng"]),
        ("Đưa chỉ số DTI vào ⟦tốp đầu 12 tỉnh⟧.", ["<= 12 hạng"]),
        ("Phấn đấu ⟦xếp thứ 8⟧ toàn quốc.", ["= 8 hạng"]),
        ("Có trường thuộc ⟦nhóm 500 đại học hàng đầu⟧ châu Á.", ["<= 500 hạng"]),
        ("Chỉ số PAPI trong ⟦nhóm 20/34 tỉnh, thành phố⟧.", ["<= 20 hạng"]),
        # What a share is of: glued, "nhỏ và vừa", up to the next target.
        ("Kinh tế số ⟦đạt 18%GRDP⟧.", ["= 18 %"]),
        ("⟦Trên 55% doanh nghiệp nhỏ và vừa⟧ dùng nền tảng số.", ["> 55 %"]),
        (
            "Chi cho nghiên cứu ⟦đạt 1,1% GRDP⟧ và đóng góp của xã hội ⟦chiếm 55%⟧.",
            ["= 1.1 %", "= 55 %"],
        ),
        ("⟦100% dịch vụ công mức độ 4⟧ được tích hợp.", ["= 100 %"]),
        # The verb that opens the clause reaches over what it is done for.
        ("Đào tạo kỹ năng dữ liệu cho ⟦3.500 công chức⟧.", ["= 3500 công chức"]),
        # An amount that needs no verb; verbs of tourism and labour.
        ("GRDP bình quân đầu người ⟦140 triệu đồng⟧.", ["= 140 triệu đồng"]),
        ("Đón ⟦3,4 triệu lượt khách⟧.", ["= 3.4 triệu lượt khách"]),
        ("Tạo việc làm cho ⟦25 nghìn lao động⟧.", ["= 25 nghìn lao động"]),
        # A thing that is not in the lexicon, among goals.
        ("Xây dựng ⟦04 thiên văn đài⟧.".replace("đài⟧", "⟧ đài"), ["= 4 thiên văn"]),
    ],
)
def test_wordings(marked: str, expected: list[str]) -> None:
    text, spans = unmark(marked)

    found = _find(text, "Mục tiêu cụ thể")

    assert [_said(indicator) for indicator in found] == expected
    assert [indicator.evidence.span.start for indicator in found] == [start for start, _ in spans]


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        # The year that an opening sets holds for all of its sentence, and of its paragraph.
        (
            "Theo đó, đến năm 2027, tỷ lệ nộp trực tuyến ⟦đạt 75%⟧; ⟦90% hồ sơ⟧ được số hóa. "
            "Đồng thời ⟦80% cuộc họp⟧ không giấy tờ.",
            ["= 75 % @2027", "= 90 % @2027", "= 80 % @2027"],
        ),
        (
            "Về kinh tế số, mục tiêu đến năm 2026 là ⟦chiếm 16% GRDP⟧; bán lẻ đạt ⟦trên 9%⟧.",
            ["= 16 % @2026", "> 9 % @2026"],
        ),
        # Two years in a sentence.
        (
            "Kinh tế số năm 2026 ⟦đạt 16%⟧ và năm 2031 ⟦đạt 31% GRDP⟧.",
            ["= 16 % @2026", "= 31 % @2031"],
        ),
        (
            "Kinh tế số ⟦đạt 16% GRDP⟧ năm 2026 và ⟦31% GRDP⟧ vào năm 2031.",
            ["= 16 % @2026", "= 31 % @2031"],
        ),
        # A span of years sets its last, but not one that belongs to a title.
        ("Tăng trưởng giai đoạn 2026-2031 ⟦đạt 11%/năm⟧.", ["= 11 %/năm @2031"]),
        ("Đào tạo ⟦200 kỹ sư⟧ giai đoạn 2026 - 2028.", ["= 200 kỹ sư @2028"]),
        ("Số xã đạt Bộ tiêu chí giai đoạn 2026-2028 ⟦chiếm 60%⟧.", ["= 60 % @2030"]),
        # A number that is no target does not end the opening.
        (
            "Chương trình nêu 12 chỉ tiêu đến năm 2029, như: che phủ rừng ⟦đạt 48%⟧, "
            "⟦70% số xã⟧ đạt chuẩn.",
            ["= 48 % @2029", "= 70 % @2029"],
        ),
    ],
)
def test_years(marked: str, expected: list[str]) -> None:
    _check(marked, "Đến năm 2030", expected)


@pytest.mark.parametrize(
    ("text", "heading"),
    [
        # What a sentence that looks back opens with holds for all of it.
        ("Hiện nay, 98% xã có mạng 5G; 75% hồ sơ được số hóa.", "Mục tiêu"),
        ("Đến nay, toàn tỉnh có 320 doanh nghiệp công nghệ số.", "Mục tiêu"),
        ("Nhiệm kỳ vừa qua, tăng trưởng bình quân đạt 7,2%/năm.", "Mục tiêu"),
        ("Khu vực tư nhân hiện có khoảng 12 nghìn doanh nghiệp.", "Mục tiêu"),
        # What has been done, among tasks.
        ("Năm 2025, tỉnh đã hoàn thành 210/230 nhiệm vụ (đạt 91%).", "Nhiệm vụ"),
        ("Các xã đã tổ chức 15 hội nghị; thành lập 42 tổ công nghệ số.", "Nhiệm vụ"),
        ("Xuất khẩu tăng 11% so với cùng kỳ.", "Nhiệm vụ"),
        # What has been done of what is due; capital.
        ("Tỷ lệ xã đạt chuẩn 81%/60%.", "Mục tiêu"),
        ("Doanh nghiệp 100% nguồn vốn trong nước.", "Nhiệm vụ"),
        # A cap of a grant.
        ("Hỗ trợ mỗi sáng kiến không quá 50 triệu đồng.", "Nhiệm vụ"),
        # Years count nothing.
        ("Thực hiện trong năm 2026 người dân cần biết.", "Mục tiêu"),
    ],
)
def test_results_and_other_numbers_are_no_targets(text: str, heading: str) -> None:
    assert _find(text, heading) == []


def test_a_result_does_not_hide_the_target_behind_it() -> None:
    text = "Hiện nay kinh tế số chiếm 9% GRDP, phấn đấu đến năm 2030 đạt 28%."

    assert [_said(i) for i in _find(text, "Nhiệm vụ")] == ["= 28 % @2030"]


def test_carried_out_well_is_no_look_back() -> None:
    text = "Tổ chức thực hiện có hiệu quả 06 mô hình thôn thông minh."

    assert [_said(i) for i in _find(text, "Mục tiêu")] == ["= 6 mô hình"]
