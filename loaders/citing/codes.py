"""The letters of a document number: which type, which issuer, how to write them.

"QĐ-TTg" in 411/QĐ-TTg, "TTLT-BTC-BTP", "VPCP-KSTT", "QH15"; also run together ("NQCP"), in lower
case ("tt-btc"), glued to the next word ("TWngày") and as a scan damages them ("QB-TTg").
"""

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from loaders.citing.doctypes import TYPES
from loaders.citing.issuers import code_side, known_codes
from loaders.citing.ocr import closest, distance, repair_digits

_SEPARATOR = r"[-/.&_–—−\\]"
_SEGMENT = re.compile(
    rf"(?P<gap>\s?{_SEPARATOR}{{1,2}}\s?|\s)?(?P<token>(?:UBTV)?QH\s\d\d?|0?[^\W\d_][^\W_]*)"
)
# Small letters stand singly ("TTg", "CTr") or inside ("SNgV"): "Ban" is a word.
_ABBREVIATION = re.compile(
    r"[A-ZĐƯÂĂÔÊƠ&.](?:[A-ZĐƯÂĂÔÊƠ&.]|[a-z](?=[A-ZĐ\d]|$)|[a-z]{2}(?=[A-ZĐ])){0,19}\d{0,2}$"
)
# A blank was lost behind the number: "70-TB/TWngày 05/4/2024".
_GLUE = re.compile(r"(?P<head>\w+?)(?:(?:ngày|ngay|của|về|và|năm|khóa|khoá)|NGÀY)\d{0,2}$")
_CODE_AND_DAY = re.compile(r"(?P<head>[^\W\d_]+)\d{1,2}$")
_REST_OF_DATE = re.compile(r"\s?[/.-]\s?\d{1,2}\s?[/.-]\s?(?:19|20)\d\d(?!\d)")
_CLOSED = re.compile(r"\s?(?:$|[,;:.)\n”\"]|ngày|của|về|năm)", re.IGNORECASE)
_ASSEMBLY = re.compile(
    r"(?P<organ>UBTVQH|QH|HĐNN|HDNN)\s?(?P<term>[\dIlOoSsBZ]{1,2})$", re.IGNORECASE
)
_MOST_SEGMENTS = 8
_LIMIT = 0.8
_JOINT = frozenset({"TTLT", "TTLB", "TTLN", "NQLT"})
_PARTY_TAIL = re.compile(r"(?:TW|TU|TƯ)$|^(?:HU|QU|ĐU|ThU|TXU|TWĐTN|BCSĐ)")
_STATE_HEAD = re.compile(r"^(?:UBND|HĐND|TT\.HĐND|QH\d|UBTVQH)")
_UNDIVIDED = frozenset({"TW", "TU", "TTg"})
_LOWEST_KNOWN = 2


@dataclass(frozen=True, slots=True)
class Segment:
    """One run of letters in a number, with the separator before it ("" for the first).

    `closed` tells that the number may end here: a date, an issuer, a stop or nothing follows.
    """

    token: str
    gap: str
    end: int
    closed: bool


@dataclass(frozen=True, slots=True)
class Code:
    """What the letters of a number say.

    Attributes:
        type_code: canonical code of the document type ("CTr"); None where there is none.
        issuer: canonical issuer part with its inner separators ("BKHCN-BTC", "NN&PTNT").
        gap: the separator between type and issuer, as written.
        end: where the letters end in the text.
        known: whether the issuer is in the list of codes.
        repaired: whether a letter had to be mended.
    """

    type_code: str | None
    issuer: str
    gap: str
    end: int
    known: bool
    repaired: bool = False

    @property
    def organs(self) -> tuple[str, ...]:
        """The parts of the issuer: ("BKHCN", "BTC")."""
        return tuple(re.split(r"[-/]|(?<!TT)(?<!VP)\.", self.issuer)) if self.issuer else ()

    @property
    def side(self) -> str | None:
        """Whose number it is, by its first organ: "state", "party" or None."""
        return organ_side(self.organs[0]) if self.issuer else None


def organ_side(code: str) -> str | None:
    """Tell "state" or "party" from an issuer's code; None where both use it."""
    listed = code_side(code)
    if listed or code.casefold() in known_codes():
        return listed
    if _STATE_HEAD.search(code):
        return "state"
    return "party" if _PARTY_TAIL.search(code) else None


def read_code(text: str, position: int, hints: tuple[str, ...], *, damaged: bool) -> Code | None:
    """Read the letters that begin at a position; `hints` are the codes of the type word before.

    Damaged letters are mended towards the hints first, then towards all known codes.
    """
    segments = _segments(text, position)
    if not segments:
        return None
    first = segments[0]
    split = _type_and_rest(segments, hints, damaged=damaged)
    if split is None:
        return _issuer_code(None, segments, damaged=damaged)
    type_code, rest, repaired = split
    if not rest:
        return Code(type_code, "", "", first.end, known=False, repaired=repaired)
    code = _issuer_code(type_code, rest, damaged=damaged)
    if code is None:
        return Code(type_code, "", "", first.end, known=False, repaired=repaired)
    return Code(
        type_code, code.issuer, rest[0].gap, code.end, code.known, repaired or code.repaired
    )


def _segments(text: str, position: int) -> list[Segment]:
    """Cut the letters into segments; "TT.HĐND" stays one, glued words fall off."""
    found: list[Segment] = []
    while len(found) < _MOST_SEGMENTS:
        match = _SEGMENT.match(text, position)
        if match is None or (bool(match["gap"]) != bool(found)):
            break
        gap, end = match["gap"] or "", match.end()
        token = match["token"].replace("Ð", "Đ").replace("ð", "đ")
        glued = _GLUE.match(token) or _date_glued(text, match)
        if glued:
            token, end = glued["head"], match.start("token") + glued.end("head")
        closed = glued is not None or _CLOSED.match(text, end) is not None
        found.append(Segment(token, gap, end, closed))
        position = end
        if glued:
            break
    return _with_dotted(found)


def _date_glued(text: str, segment: re.Match[str]) -> re.Match[str] | None:
    """Tell a known code that a date is glued to: "TT-BTC10/10/2018"."""
    found = _CODE_AND_DAY.match(segment["token"])
    if found is None or found["head"].casefold() not in known_codes():
        return None
    return found if _REST_OF_DATE.match(text, segment.end()) else None


def _with_dotted(segments: list[Segment]) -> list[Segment]:
    """Join what a dot or an ampersand holds together: TT.HĐND, T.Ư, NN&PTNT, GD & ĐT."""
    joined: list[Segment] = []
    for segment in segments:
        mark = segment.gap.strip()
        last = joined[-1] if joined else None
        dotted = mark == "." and not segment.gap.startswith(" ") and not segment.gap.endswith(" ")
        whole = f"{last.token}{segment.token}" if last and dotted else ""
        if last and whole in {"TW", "TƯ", "TU"}:
            joined[-1] = replace(segment, token=whole, gap=last.gap)
        elif last and (mark == "&" or (dotted and last.token.upper() in {"TT", "VP", "UB"})):
            token = f"{last.token}{mark}{segment.token}"
            joined[-1] = Segment(token, last.gap, segment.end, segment.closed)
        else:
            joined.append(segment)
    return joined


@lru_cache(maxsize=1)
def _type_codes() -> dict[str, str]:
    return {code.casefold(): code for kind in TYPES for code in (*kind.state, *kind.party)}


def _type_and_rest(
    segments: list[Segment], hints: tuple[str, ...], *, damaged: bool
) -> tuple[str, list[Segment], bool] | None:
    """Part the type code from the issuers; None where the number carries no type code."""
    first, rest = segments[0], segments[1:]
    token = first.token
    exact = _type_codes().get(token.casefold())
    mended = _mended_type(token, hints, rest, damaged=damaged)
    if mended and mended != exact:
        return mended, rest, True
    if exact and not (token.islower() and not rest):
        return exact, rest, False
    if token.casefold() in known_codes() or _ASSEMBLY.match(token):
        return None
    run_on = _run_together(token) or (_run_together_damaged(token, hints) if damaged else None)
    if run_on:
        code, issuer = run_on
        return code, [Segment(issuer, "", first.end, first.closed), *rest], False
    return None


def _mended_type(
    token: str, hints: tuple[str, ...], rest: list[Segment], *, damaged: bool
) -> str | None:
    """Mend a damaged type code: "QB" before "TTg" is QĐ, "NO" behind "Nghị quyết" is NQ."""
    exact = _type_codes().get(token.casefold())
    if exact and (not damaged or exact in hints):
        return None
    if hints and damaged:
        near = [(distance(token, hint), hint) for hint in hints]
        cost, hint = min(near)
        if cost <= _LIMIT:
            return hint
    if exact or not rest or token.casefold() in known_codes():
        return None
    stroke = _strokeless_types().get(token.casefold())
    if stroke and _known(rest[0].token):
        return stroke
    # Without a type word only a number whose issuer is known beyond doubt may be mended.
    if _known(rest[0].token) is None or not _ABBREVIATION.match(token):
        return None
    return closest(token, hints, _LIMIT / 2) or closest(token, tuple(_COMMON), _LIMIT / 2)


@lru_cache(maxsize=1)
def _strokeless_types() -> dict[str, str]:
    """Return the common type codes under their spelling with d for đ ("qd", "nd")."""
    return {code.casefold().replace("đ", "d"): code for code in _COMMON if "Đ" in code}


_FREQUENT = "NQ NĐ QĐ CT TT TTLT KH CTr KL TB BC TTr CĐ"
_COMMON = frozenset(_FREQUENT.split())


def _run_together(token: str) -> tuple[str, str] | None:
    """Split letters that lost their hyphen: "NQCP" is NQ-CP, "qĐubnd" QĐ-UBND."""
    folded = token.casefold()
    for code in sorted(_type_codes(), key=len, reverse=True):
        if len(code) >= _LOWEST_KNOWN and folded.startswith(code):
            issuer = known_codes().get(folded[len(code) :]) or _assembly(token[len(code) :])
            if issuer:
                return _type_codes()[code], issuer
    return None


def _run_together_damaged(token: str, hints: tuple[str, ...]) -> tuple[str, str] | None:
    """Split run-together letters the first of which are damaged: "NbCP" is NĐ-CP."""
    for code in hints or tuple(_COMMON):
        head, tail = token[: len(code)], token[len(code) :]
        issuer = known_codes().get(tail.casefold())
        if issuer and distance(head, code) <= _LIMIT / 2:
            return code, issuer
    return None


def _issuer_code(type_code: str | None, segments: list[Segment], *, damaged: bool) -> Code | None:
    """Read the issuers; stops at the first segment that is no abbreviation."""
    issuer, end, repaired, known = "", 0, False, False
    for index, segment in enumerate(segments):
        if index and not _joins(segment, segments[index + 1 :], issuer):
            break
        # Only an issuer can be mended: the names of its units are nowhere listed.
        mends = damaged and (index == 0 or type_code in _JOINT)
        organ = _organ(segment.token, damaged=mends)
        if organ is None or (organ not in known_codes().values() and segment.token.islower()):
            break
        mark = _mark(segment, type_code, index)
        issuer, end = f"{issuer}{mark}{organ}", segment.end
        repaired = repaired or (damaged and organ.upper() != segment.token.upper())
        known = known or (index == 0 and _known(segment.token) is not None) or repaired
    return Code(type_code, issuer, "", end, known, repaired) if issuer else None


def _mark(segment: Segment, type_code: str | None, index: int) -> str:
    """Return the separator before an organ in canonical form.

    Old "TTLT/A-B" keeps its slash, and a unit its dot where a province writes it: "UBND.VX".
    """
    if index == 0:
        return ""
    mark = segment.gap.strip()
    return mark if mark == "." or (mark == "/" and type_code is None) else "-"


def _joins(segment: Segment, later: list[Segment], issuer: str) -> bool:
    """Tell whether a further segment belongs to the number.

    "12/QĐ-UBND - VX ngày" does; in "57-NQ/TW - UBND tỉnh" the dash with blanks on both sides parts
    two things. So it does behind an organ that has no units in its numbers.
    """
    mark = segment.gap.strip()
    if not mark or (mark == "." and segment.gap != "."):
        return False
    if segment.gap.startswith(" ") and segment.gap.endswith(" "):
        return issuer not in _UNDIVIDED and any(one.closed for one in (segment, *later))
    return True


def _assembly(token: str) -> str | None:
    """Return "QH15" for the National Assembly's codes, the term's digits mended: "QHI5"."""
    found = _ASSEMBLY.match(token)
    if found is None:
        return None
    term = repair_digits(found["term"])
    organ = found["organ"].upper().replace("HDNN", "HĐNN")
    return f"{organ}{term}" if term.isdigit() else None


def _known(token: str) -> str | None:
    return _assembly(token) or known_codes().get(token.casefold())


def _organ(token: str, *, damaged: bool) -> str | None:
    """Return the canonical code of an issuer or a unit; None for what is no abbreviation."""
    known = _known(token)
    if known:
        return known
    strokeless = _strokeless().get(token.upper().replace("Đ", "D"))
    if strokeless:
        return strokeless
    if damaged:
        near = closest(token, tuple(known_codes().values()), 0.1 + 0.2 * len(token))
        if near and abs(len(near) - len(token)) <= 1:
            return near
    run_together = re.match(r"(UBND|HĐND|VPCP)(?=[A-ZĐ])", token)
    if run_together and not damaged:
        return token
    return token if _ABBREVIATION.match(token) else None


@lru_cache(maxsize=1)
def _strokeless() -> dict[str, str]:
    """Return the codes that contain Đ under their spelling with D ("BGDDT")."""
    codes = known_codes().values()
    return {code.upper().replace("Đ", "D"): code for code in codes if "Đ" in code.upper()}
