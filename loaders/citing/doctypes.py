"""Document types of the Vietnamese state and Party: their names, codes and English words.

The codes stand inside a document's number: "QĐ" in "411/QĐ-TTg" (state, Decree 30/2020/NĐ-CP)
and "KL" in "79-KL/TW" (Party). Standards (QCVN, TCVN …) are types of their own.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from loaders.text.reading import fold


@dataclass(frozen=True, slots=True)
class DocumentType:
    """A kind of document.

    Attributes:
        name: its name in Vietnamese ("Nghị quyết").
        english: the code that facts and graph use for it ("resolution").
        state: its codes in numbers of the state, the present one first.
        party: its codes in numbers of the Party.
        other_names: further names under which texts cite it.
        numbered: whether a bare number behind the name is a citation ("Nghị quyết 57") even
            without "số"; "Phương án 2" and "Báo cáo 6 tháng" are none.
    """

    name: str
    english: str
    state: tuple[str, ...] = ()
    party: tuple[str, ...] = ()
    other_names: tuple[str, ...] = ()
    numbered: bool = False


def _type(
    names: str, english: str, state: str = "", party: str = "", *, numbered: bool = False
) -> DocumentType:
    name, *others = names.split("|")
    codes, party_codes = tuple(state.split()), tuple(party.split())
    return DocumentType(name, english, codes, party_codes, tuple(others), numbered)


# The order matters where two types share a code: the first one is meant unless the word says
# otherwise ("NN-QĐ/TW" is both a Quyết định and a Quy định).
TYPES = (
    _type("Hiến pháp", "constitution"),
    _type("Bộ luật", "code-of-law"),
    _type("Luật", "law", "LCT"),
    _type("Pháp lệnh", "ordinance", "PL"),
    _type("Lệnh", "order", "L"),
    _type("Sắc lệnh", "decree-law", "SL"),
    _type("Nghị quyết liên tịch", "joint-resolution", "NQLT"),
    _type("Nghị quyết", "resolution", "NQ", "NQ", numbered=True),
    _type("Nghị định", "decree", "NĐ", numbered=True),
    _type("Quyết định", "decision", "QĐ", "QĐ", numbered=True),
    _type("Chỉ thị", "directive", "CT", "CT", numbered=True),
    _type(
        "Thông tư liên tịch|Thông tư liên bộ|Thông tư liên ngành",
        "joint-circular",
        "TTLT TTLB TTLN",
        numbered=True,
    ),
    _type("Thông tư", "circular", "TT", numbered=True),
    _type("Kế hoạch", "plan", "KH KHPH KHLN KHLT", "KH KHPH"),
    _type("Chương trình", "programme", "CTr CTPH CTrPH", "CTr CTPH"),
    _type("Chương trình hành động", "action-programme", "CTr CTHĐ", "CTr CTHĐ CTrHĐ"),
    _type("Đề án", "scheme", "ĐA", "ĐA"),
    _type("Phương án", "option-plan", "PA", "PA"),
    _type("Dự án", "project", "DA", "DA"),
    _type("Kết luận", "conclusion", "KL", "KL", numbered=True),
    _type("Quy định", "regulation", "QyĐ", "QĐi QĐ"),
    _type("Quy chế", "rules", "QC QCPH", "QC QCPH"),
    _type("Hướng dẫn", "guideline", "HD HDLN HDLT", "HD HDLN"),
    _type("Thông báo", "notice", "TB TBKL", "TB TBKL"),
    _type("Tờ trình", "submission", "TTr TTrLN", "TTr"),
    _type("Thông tri", "party-circular", "", "TTr TT"),
    _type("Thông cáo", "communique", "TC", "TC"),
    _type("Báo cáo", "report", "BC BCTĐ BCTT BCTTr", "BC"),
    _type("Công văn", "official-letter", "CV", "CV"),
    _type("Công điện", "urgent-dispatch", "CĐ", "CĐ"),
    _type("Văn bản hợp nhất", "consolidated-text", "VBHN"),
    _type("Biên bản", "minutes", "BB", "BB"),
    _type("Hợp đồng", "contract", "HĐ"),
    _type("Giấy mời", "invitation", "GM", "GM"),
    _type("Giấy giới thiệu", "introduction", "GGT", "GGT"),
    _type("Giấy ủy quyền", "power-of-attorney", "GUQ", "GUQ"),
    _type("Bản ghi nhớ", "memorandum", "BGN"),
    _type("Bản thỏa thuận", "agreement", "BTT"),
    _type("Phiếu gửi", "delivery-note", "PG"),
    _type("Phiếu chuyển", "transfer-note", "PC", "PC"),
    _type("Phiếu báo", "notice-slip", "PB"),
    _type("Chiến lược", "strategy"),
    _type("Quy hoạch", "master-plan"),
    _type("Điều lệ", "charter", "", "ĐL"),
    _type("Quy chuẩn kỹ thuật quốc gia", "national-technical-regulation", "QCVN QCXDVN"),
    _type("Quy chuẩn kỹ thuật địa phương", "local-technical-regulation", "QCĐP"),
    _type("Tiêu chuẩn quốc gia", "national-standard", "TCVN"),
    _type("Tiêu chuẩn cơ sở", "in-house-standard", "TCCS"),
    _type("Tiêu chuẩn ngành", "sector-standard", "TCN"),
    _type("Tiêu chuẩn xây dựng", "construction-standard", "TCXDVN TCXD"),
)


def type_by_name(name: str) -> DocumentType | None:
    """Return the type that a heading or type word names; case, blanks and tone marks are free."""
    return _by_name().get(_plain(name))


def type_by_code(code: str, *, party: bool = False) -> DocumentType | None:
    """Return the type that a code of a number stands for; `party` picks the Party's codes."""
    return _by_code(party).get(code.casefold())


def document_code(kind: DocumentType) -> str:
    """Return the code under which a document states its own type.

    A Chương trình and a Chương trình hành động are one type there: their numbers share "CTr".
    """
    return _BROADER.get(kind.english, kind.english)


_BROADER = {"action-programme": "programme"}


def types_by_code(code: str) -> tuple[DocumentType, ...]:
    """Return every type that a code may stand for, those of state and Party alike."""
    wanted = code.casefold()
    return tuple(
        kind
        for kind in TYPES
        if any(wanted == own.casefold() for own in (*kind.state, *kind.party))
    )


def _plain(name: str) -> str:
    return re.sub(r"\s+", "", fold(name))


@lru_cache(maxsize=1)
def _by_name() -> dict[str, DocumentType]:
    return {_plain(name): kind for kind in TYPES for name in (kind.name, *kind.other_names)}


@lru_cache(maxsize=2)
def _by_code(party: bool) -> dict[str, DocumentType]:
    table: dict[str, DocumentType] = {}
    for kind in TYPES:
        for code in kind.party if party else kind.state:
            table.setdefault(code.casefold(), kind)
    return table
