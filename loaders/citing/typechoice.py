"""Which type a number is of, where type word and code disagree or leave it open.

The code beats the word ("Công văn 09-QC/TW" is a Quy chế), except for the Party's QĐ, which is
borne by Quyết định and Quy định alike: there the word decides.
"""

from loaders.citing.doctypes import DocumentType, types_by_code
from loaders.citing.numbers import Number

_LETTER = "Công văn"
_JOINT = "Thông tư liên tịch"
_STATUTES = frozenset({"Hiến pháp", "Bộ luật", "Luật", "Pháp lệnh"})
_OF_ASSEMBLY = _STATUTES | {"Nghị quyết", "Nghị quyết liên tịch"}
# Codes known from the rules on paperwork but hardly ever seen: an official letter of old wrote
# its department so ("1234 TC/TCT"), and the word is the surer witness.
_RARE = frozenset({"TC", "PC", "PB", "PG", "BB", "GM", "DA", "PA", "BTT", "BGN", "GGT", "GUQ"})
_ORDERED = _STATUTES | {"Lệnh"}
_STATUTE_ORDERS = frozenset({"L", "LCT", "SL"})
_JOINT_CODES = frozenset({"TTLT", "TTLB", "TTLN"})


def type_of(number: Number) -> str | None:
    """Return the Vietnamese name of a number's type; None where word and code leave it open."""
    word = number.word.name if number.word else None
    code = number.code.type_code
    if code is None:
        return _without_code(number, word)
    kinds = types_by_code(code)
    if code == "TT" and number.code.issuer.startswith("LB"):
        return _JOINT
    if word and (any(kind.name == word for kind in kinds) or _word_wins(number, word)):
        return word
    return _by_code(number, kinds)


def _without_code(number: Number, word: str | None) -> str | None:
    first = number.code.organs[0]
    if first.startswith(("QH", "UBTVQH")):
        return word if word in _OF_ASSEMBLY else None
    # So the courts wrote it in the 1980s: "01-TANDTC-VKSNDTC/TTLT", and ministries "11-LĐTBXH/TT".
    last = number.code.organs[-1]
    if last in _JOINT_CODES:
        return _JOINT
    if word is not None:
        return word
    if last == "TT" and number.code.known:
        return "Thông tư"
    if len(number.code.organs) > 1 or (number.word is not None and number.word.generic):
        return _LETTER
    return None


def _word_wins(number: Number, word: str) -> bool:
    code = number.code.type_code
    if code == "QĐ" and _is_of_party(number):
        return True
    # "10453/CT-TTHT" is a letter of a tax department (cục thuế).
    if code == "CT" and word == _LETTER and not number.code.known:
        return True
    # "327-CT": the chairman (CT) of the Council of Ministers, no directive.
    if code in _RARE or (code == "CT" and not number.code.issuer):
        return True
    # The President's orders have borne the year since 2009: "12/2009/L-CTN" is no statute.
    return code in _STATUTE_ORDERS and word in _ORDERED and number.year is None


def _is_of_party(number: Number) -> bool:
    return "-QĐ/" in number.text


def _by_code(number: Number, kinds: tuple[DocumentType, ...]) -> str | None:
    if number.code.type_code == "QĐ" and _is_of_party(number):
        return None
    return kinds[0].name if kinds else None
