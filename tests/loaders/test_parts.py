import pytest

from loaders.document import SourceDocument
from loaders.structure.parts import (
    part_of,
    part_of_article,
    root_part,
    shares_out_tasks,
    subpart_of,
)
from loaders.text.layout import lay_out


@pytest.mark.parametrize(
    ("heading", "part"),
    [
        ("MỤC ĐÍCH, YÊU CẦU", "aims"),
        ("Quan điểm chỉ đạo", "aims"),
        ("NHIỆM VỤ, GIẢI PHÁP CHỦ YẾU", "tasks"),
        ("Nội dung thực hiện", "tasks"),
        # Aims and tasks under one heading: its subheadings tell them apart.
        ("Mục tiêu, nhiệm vụ", "tasks"),
        ("TỔ CHỨC THỰC HIỆN", "organising"),
        ("Phân công nhiệm vụ", "organising"),
        ("Trách nhiệm của các sở, ban, ngành", "organising"),
        ("Giao Ủy ban nhân dân tỉnh", "organising"),
        # The tasks come first in the name.
        ("Nhiệm vụ, giải pháp tổ chức thực hiện", "tasks"),
        # Money for tasks is money.
        ("KINH PHÍ THỰC HIỆN NHIỆM VỤ", "aims"),
        ("KINH PHÍ VÀ TỔ CHỨC THỰC HIỆN", "organising"),
        # What has been done, unless what is to be done stands beside it.
        ("Đánh giá tình hình thực hiện nhiệm vụ năm 2024", "aims"),
        ("THỰC TRẠNG HOẠT ĐỘNG", "aims"),
        ("KẾT QUẢ NĂM 2024 VÀ NHIỆM VỤ NĂM 2025", "tasks"),
        # Who sees to it, in other words.
        ("CHẾ ĐỘ THÔNG TIN, BÁO CÁO", "organising"),
        ("KIỂM TRA, GIÁM SÁT", "organising"),
        ("Kiểm tra, giám sát việc xử lý chất thải y tế tại các bệnh viện", None),
        # A scan's letters.
        ("MUC PiCH, YEU CAU", "aims"),
        ("NHIEM VU", "tasks"),
        ("T6 CHUC THUC HIEN", "organising"),
        # Shorter than any phrase, or something else.
        ("Vụ", None),
        ("HẠ TẦNG SỐ", None),
        ("", None),
    ],
)
def test_part_of(heading: str, part: str | None) -> None:
    assert part_of(heading) == part


@pytest.mark.parametrize(
    ("heading", "part"),
    [
        ("Mục tiêu cụ thể", "aims"),
        ("Kinh phí thực hiện", "aims"),
        ("Nhiệm vụ trọng tâm", "tasks"),
        ("Tổ chức thực hiện", "organising"),
        # The subject of a group of tasks, whatever words it holds or begins with.
        ("Yêu cầu doanh nghiệp viễn thông phủ sóng 5G", None),
        ("Đánh giá mức độ chuyển đổi số", None),
        ("Nâng cao kết quả thực hiện nhiệm vụ", None),
        ("Đánh giá, công bố mức độ hoàn thành nhiệm vụ chuyển đổi số của cơ quan", None),
    ],
)
def test_subpart_of(heading: str, part: str | None) -> None:
    assert subpart_of(heading) == part


@pytest.mark.parametrize(
    ("heading", "part"),
    [
        ("Phạm vi điều chỉnh", "aims"),
        ("Nhiệm vụ và giải pháp", "tasks"),
        ("Tổ chức thực hiện", "organising"),
        # The rules of a normative resolution.
        ("Nội dung và mức hỗ trợ", "aims"),
        # The frame of a plan.
        ("Phê duyệt Đề án với các nhiệm vụ sau", None),
        ("Ban hành kèm theo Quyết định này Kế hoạch thực hiện nhiệm vụ", None),
    ],
)
def test_part_of_article(heading: str, part: str | None) -> None:
    assert part_of_article(heading) == part


@pytest.mark.parametrize(
    ("heading", "shares"),
    [
        ("PHÂN CÔNG NHIỆM VỤ", True),
        ("Phân công thực hiện nhiệm vụ", True),
        ("TỔ CHỨC THỰC HIỆN", False),
        ("Tổ chức thực hiện nhiệm vụ", False),
        ("NHIỆM VỤ", False),
        ("TRÁCH NHIỆM CỦA CÁC CƠ QUAN", False),
    ],
)
def test_shares_out_tasks(heading: str, shares: bool) -> None:
    assert shares_out_tasks(heading) is shares


@pytest.mark.parametrize(
    ("preamble", "part"),
    [
        ("Thủ tướng Chính phủ yêu cầu các bộ, địa phương:", "organising"),
        ("Để đạt mục tiêu, thực hiện các nhiệm vụ sau:", "tasks"),
        # "Theo đề nghị" asks nobody for anything.
        ("Theo đề nghị của Sở Y tế, Ủy ban nhân dân tỉnh ban hành Kế hoạch như sau:", None),
        ("Thời gian qua đã đạt nhiều kết quả.", None),
    ],
)
def test_root_part(preamble: str, part: str | None) -> None:
    layout = lay_out(SourceDocument("x.txt", "0" * 64, f"{preamble}\n\n1. Sở Y tế"))

    assert root_part(layout) == part
