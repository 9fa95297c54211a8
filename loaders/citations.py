"""Citations: every mention of another document, found by a grammar of numbers, types and dates."""

from dataclasses import dataclass
from typing import Literal

from loaders.document import Evidence

CitationKind = Literal[
    "based-on",  # căn cứ
    "implements",  # thực hiện, triển khai thực hiện
    "promulgated-with",  # ban hành kèm theo
    "amends",  # sửa đổi, bổ sung
    "replaces",  # thay thế
    "repeals",  # bãi bỏ
    "guides",  # hướng dẫn, quy định chi tiết
    "cites",  # any other mention
]
Resolution = Literal["exact", "repaired", "ambiguous", "unresolved"]


@dataclass(frozen=True, slots=True)
class Citation:
    """One mention of a document.

    Attributes:
        evidence: its span runs from the type word to the end of the number (or of a law's name).
        key: the number as Vietnamese practice writes it ("03/NQ-CP"), or the law's name.
        type: the document type in Vietnamese ("Nghị quyết"); None where word and code leave it
            open.
        number: the canonical number, None for a law cited by name.
        issued: "2025-01-09", "2025-01", "2025" or "--06-19": as precise as the text, no more.
        issuer: who issued it, only if the text says so (abbreviations spelled out).
        issuer_implied: what the number's code tells where the text is silent.
        title: what the document is about, as far as the mention says; a law's name.
        term: the Party congress term if stated ("XIII").
        kind: how the mention uses the document.
        resolution: "exact" as written, "repaired" if a mis-spelling or OCR error was mended.
        note: how the source spells it, where that is odd.
        alias: True for a mention by a short form announced by "sau đây gọi tắt là".
    """

    evidence: Evidence
    key: str
    type: str | None
    number: str | None
    issued: str | None = None
    issuer: str | None = None
    issuer_implied: str | None = None
    title: str | None = None
    term: str | None = None
    kind: CitationKind = "cites"
    resolution: Resolution = "exact"
    note: str | None = None
    alias: bool = False
