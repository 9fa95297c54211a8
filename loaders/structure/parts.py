"""What the parts of a document are for: aims, tasks, organising the work.

A heading is recognised by the set phrases of Vietnamese administrative documents, compared without
diacritics and with room for a scan's errors.
"""

import re
from functools import lru_cache
from typing import Literal

from rapidfuzz import fuzz

from loaders.text.layout import Layout
from loaders.text.reading import fold

Part = Literal["aims", "tasks", "organising"]

_ORGANISING = (
    "to chuc thuc hien", "to chuc trien khai", "to chuc thi hanh", "phan cong nhiem vu",
    "phan cong thuc hien", "phan cong to chuc", "phan cong trach nhiem", "trach nhiem thuc hien",
    "trach nhiem to chuc", "trach nhiem thi hanh", "dieu khoan thi hanh",
)  # fmt: skip
_TASKS = (
    "nhiem vu", "giai phap", "noi dung", "hoat dong", "cong viec", "bien phap",
    "cong tac trong tam",
)  # fmt: skip
_AIMS = (
    "muc dich", "yeu cau", "muc tieu", "quan diem", "chi tieu", "tam nhin", "nguyen tac",
    "phuong cham", "boi canh", "su can thiet", "thuc trang", "tinh hinh", "danh gia", "ket qua",
    "han che", "nguyen nhan", "bai hoc", "kinh phi", "nguon von", "du toan", "pham vi", "doi tuong",
    "can cu", "co so phap ly", "co so chinh tri", "thoi gian", "dia diem", "dac diem", "hieu luc",
    "giai thich tu ngu", "lo trinh", "tien do", "phu luc",
)  # fmt: skip
# What a part may have among its own subsections; "Đánh giá …" or "Kết quả …" may be a task there.
_SUBAIMS = (
    "muc dich", "yeu cau", "muc tieu", "quan diem", "chi tieu", "tam nhin", "nguyen tac",
    "phuong cham", "pham vi", "can cu",
)  # fmt: skip
_FRAMES = ("phe duyet", "ban hanh", "thong qua", "cong bo", "nay ban hanh")
# A heading about money stays one even if it names the tasks that are paid for.
_MONEY = ("kinh phi", "nguon kinh phi", "nguon von", "nguon luc", "du toan", "co che tai chinh")
# What has been done says nothing of what is to be done, whatever it names.
_LOOKS_BACK = (
    "danh gia", "ket qua", "thuc trang", "tinh hinh", "khai quat", "han che", "ton tai",
    "nguyen nhan", "bai hoc", "boi canh", "du bao", "can cu", "co so phap ly", "su can thiet",
)  # fmt: skip
_LOOKS_AHEAD = re.compile(r" (?:va|phuong huong) (?:phuong huong|nhiem vu|giai phap|ke hoach)\b")
# Short headings that announce who sees to it, without a word of organising.
_SEES_TO = (
    "to chuc chi dao", "chi dao thuc hien", "trien khai thuc hien", "che do bao cao",
    "che do thong tin", "thong tin bao cao", "kiem tra giam sat", "giam sat danh gia",
    "theo doi danh gia", "kiem tra danh gia",
)  # fmt: skip
_ORDERS = re.compile(r"yeu cau|chi thi\b|giao(?: cho)?\b|(?<!theo )de nghi")
_LIKE_ENOUGH = 86
_SHORT_HEADING, _SHORT_AIM = 10, 6


@lru_cache(maxsize=512)
def part_of(heading: str) -> Part | None:
    """Return what a heading of the highest level announces; None if it tells nothing."""
    words = _plain(heading)
    if _opens(words, _MONEY):
        return "organising" if " va to chuc" in words else "aims"
    if _opens(words, _LOOKS_BACK) and not _LOOKS_AHEAD.search(words):
        return "aims"
    if _opens(words, _SEES_TO) and len(words.split()) <= _SHORT_AIM:
        return "organising"
    tasks, organising = _place(words, _TASKS), _place(words, _ORGANISING)
    if words.startswith(("giao ", "trach nhiem ")) or (
        organising >= 0 and not 0 <= tasks < organising
    ):
        return "organising"
    if tasks >= 0:
        return "tasks"
    return "aims" if _place(words, _AIMS) >= 0 else None


@lru_cache(maxsize=512)
def part_of_article(heading: str) -> Part | None:
    """Return what an article is for.

    One that approves or promulgates a plan is just its frame, and "Nội dung và mức hỗ trợ" of a
    normative resolution orders nothing: only "nhiệm vụ" and "giải pháp" announce tasks.
    """
    words = _plain(heading)
    if words.startswith(_FRAMES):
        return None
    part = part_of(heading)
    return part if part != "tasks" or _place(words, _TASKS[:2]) >= 0 else "aims"


def shares_out_tasks(heading: str) -> bool:
    """Tell whether a heading of the part on organising names the tasks: "Phân công nhiệm vụ"."""
    words = _plain(heading)
    named = any(word in words for word in _TASKS) and _place(words, _ORGANISING[:3]) < 0
    return named and part_of(heading) == "organising"


@lru_cache(maxsize=2048)
def subpart_of(heading: str) -> Part | None:
    """Return what a heading below the highest level announces by its first words.

    Only short headings count: "Mục tiêu cụ thể", "Tổ chức thực hiện"; "Nâng cao nhận thức …" is
    just the subject of a group of tasks.
    """
    words = _plain(heading)
    if len(words.split()) > _SHORT_HEADING:
        return None
    if _opens(words, _ORGANISING):
        return "organising"
    if _opens(words, _MONEY) or (_opens(words, _SUBAIMS) and len(words.split()) <= _SHORT_AIM):
        return "aims"
    return "tasks" if _opens(words, ("nhiem vu", "giai phap", "cac nhiem vu")) else None


def root_part(layout: Layout) -> Part | None:
    """Return what the items of a text without recognised parts are for, as its preamble says.

    A directive has no parts: "… yêu cầu các sở, ban, ngành:" is followed by numbered orders.
    """
    for block in layout.blocks:
        if block.kind and block.kind != "footnote":
            break
        text = layout.flat.text[max(block.start, block.end - 200) : block.end].rstrip()
        if text.endswith(":"):
            words = fold(text)
            if _ORDERS.search(words):
                return "organising"
            return "tasks" if _place(words, _TASKS[:2]) >= 0 else None
    return None


def _plain(heading: str) -> str:
    return re.sub(r"[^\w]+", " ", fold(heading)).strip()


def _opens(words: str, phrases: tuple[str, ...]) -> bool:
    return any(fuzz.ratio(words[: len(phrase)], phrase) >= _LIKE_ENOUGH for phrase in phrases)


def _place(words: str, phrases: tuple[str, ...]) -> int:
    """Return where the first of some phrases stands, -1 if none does."""
    exact = [place for phrase in phrases if (place := words.find(phrase)) >= 0]
    if exact:
        return min(exact)
    # A phrase longer than the heading would be found by any part of it.
    shorter = [phrase for phrase in phrases if len(phrase) <= len(words)]
    near = [fuzz.partial_ratio_alignment(phrase, words) for phrase in shorter]
    return min((n.dest_start for n in near if n and n.score >= _LIKE_ENOUGH), default=-1)
