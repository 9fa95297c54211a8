import pytest

from loaders.document import SourceDocument
from loaders.extract import extract
from loaders.structure.tasks import Task
from tests.marking import unmark

HEAD = "| TT | Nhiệm vụ | Cơ quan chủ trì | Cơ quan phối hợp | Thời hạn |\n|---|---|---|---|---|\n"


def tasks_of(text: str) -> tuple[Task, ...]:
    return extract(SourceDocument("x.md", "0" * 64, text)).tasks


@pytest.mark.parametrize(
    ("lead", "support", "roles"),
    [
        ("Sở Y tế", "Công an tỉnh", [("lead", "Sở Y tế"), ("support", "Công an tỉnh")]),
        # Several in a cell; groups stand as the text writes them.
        (
            "Sở Y tế, Sở Nội vụ",
            "Các sở, ban, ngành",
            [("lead", "Sở Y tế"), ("lead", "Sở Nội vụ"), ("support", "các sở, ban, ngành")],
        ),
        # Who is no agency of the lists stands for itself.
        ("Viettel", "", [("lead", "Viettel")]),
        ("", "Viettel", [("support", "Viettel")]),
    ],
)
def test_cells_give_roles(lead: str, support: str, roles: list[tuple[str, str]]) -> None:
    text = f"PHỤ LỤC\n\n{HEAD}| 1 | Phủ sóng 5G | {lead} | {support} | |"

    (task,) = tasks_of(text)

    assert [(a.role, a.agency) for a in task.assignments] == roles
    spans = [a.evidence.span for a in task.assignments]
    assert [text[s.start : s.end].casefold() for s in spans] == [
        name.casefold() for _, name in roles
    ]


@pytest.mark.parametrize(
    ("due", "deadlines"),
    [
        ("Quý I/2026", [("2026-Q1", None)]),
        ("30/6/2026", [("2026-06-30", None)]),
        ("Năm 2026", [("2026", None)]),
        ("Hằng năm", [(None, "P1Y")]),
        ("Thường xuyên", []),
        ("", []),
    ],
)
def test_cells_give_due_times(due: str, deadlines: list[tuple[str | None, str | None]]) -> None:
    (task,) = tasks_of(f"PHỤ LỤC\n\n{HEAD}| 1 | Phủ sóng 5G | Sở Y tế | | {due} |")

    assert [(d.value, d.recurrence) for d in task.deadlines] == deadlines


def test_rows_stand_among_the_tasks_of_the_text() -> None:
    text, spans = unmark(
        "I. NHIỆM VỤ\n\n1. Mạng\n\na) ⟦Phủ sóng.⟧\n\n- ⟦Xã đảo.⟧\n\n"
        f"{HEAD}| 1 | ⟦Thuê máy chủ⟧ | Sở Y tế | | |\n\n2. Người\n\na) ⟦Đào tạo.⟧\n\n- ⟦Cán bộ.⟧"
    )

    tasks = tasks_of(text)

    assert [(t.evidence.span.start, t.evidence.span.end) for t in tasks] == spans
    assert [(t.section, t.label, t.parent) for t in tasks] == [
        ("I.1", "a", None), ("I.1", None, 0), ("I.1", "1", None), ("I.2", "a", None),
        ("I.2", None, 3),
    ]  # fmt: skip
