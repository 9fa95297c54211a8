"""The seven pillars: headings of different plans that mean the same meet."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.iris import plain
from tests.ontology.register import subjects, values

GOLD = Path(__file__).parents[1] / "gold"
WORD = re.compile(r"\w+")


def pillars_of(headings: list[str]) -> Iterator[str]:
    """Yield the pillar of each heading that belongs to one, by the rule of pillars.ttl."""
    for heading in headings:
        hits = [
            (words(heading).find(words(hidden)), pillar)
            for pillar in subjects("pillar")
            for hidden in values(pillar, "skos:hiddenLabel")
        ]
        found = [(position, pillar) for position, pillar in hits if position >= 0]
        if found:
            yield min(found)[1]


def words(text: str) -> str:
    return f" {' '.join(re.findall(WORD, plain(text)))} "


def in_order() -> list[str]:
    return sorted(subjects("pillar"), key=lambda pillar: int(values(pillar, "cancu:order")[0]))


def test_there_are_seven_pillars_in_order() -> None:
    orders = [values(pillar, "cancu:order") for pillar in in_order()]

    assert orders == [[str(number)] for number in range(1, 8)]


@pytest.mark.parametrize("path", sorted(GOLD.glob("*.json")), ids=lambda path: path.stem)
def test_the_numbered_headings_of_every_plan_meet_in_the_seven(path: Path) -> None:
    sections = json.loads(path.read_text(encoding="utf-8"))["sections"]

    assert list(pillars_of([section["heading"] for section in sections])) == in_order()


@pytest.mark.parametrize(
    ("heading", "pillar"),
    [
        # Other words than those of the resolution, as plans of ministries and provinces have them.
        ("Công tác tuyên truyền, nâng cao nhận thức", "awareness"),
        ("Đổi mới tư duy và hành động", "awareness"),
        ("Xây dựng, hoàn thiện thể chế, chính sách", "institutions"),
        ("Phát triển hạ tầng số, dữ liệu số", "infrastructure"),
        ("Phát triển nguồn nhân lực, thu hút nhân tài", "human-resources"),
        ("Đẩy mạnh chuyển đổi số trong các cơ quan của hệ thống chính trị", "government"),
        ("Thúc đẩy đổi mới sáng tạo trong các doanh nghiệp", "enterprises"),
        ("Mở rộng hợp tác quốc tế, hội nhập quốc tế", "international-cooperation"),
        # Capitals, and a scan's loss of diacritics.
        ("TĂNG CƯỜNG HỢP TÁC QUỐC TẾ", "international-cooperation"),
        ("Tang cuong dau tu, hoan thien ha tang", "infrastructure"),
        # Labels of two pillars: the first leads.
        ("Nâng cao nhận thức về hợp tác quốc tế", "awareness"),
    ],
)
def test_a_heading_in_other_words_belongs_to_its_pillar(heading: str, pillar: str) -> None:
    assert list(pillars_of([heading])) == [f"pillar:{pillar}"]


@pytest.mark.parametrize(
    "heading",
    [
        "Mục đích, yêu cầu",
        "Tổ chức thực hiện",
        "Kinh phí thực hiện",
        "Tăng cường giám sát đánh giá",
    ],
)
def test_other_headings_belong_to_none(heading: str) -> None:
    assert list(pillars_of([heading])) == []
