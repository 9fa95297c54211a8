"""Mentions of documents in a flat text, before they become citations of the source."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from loaders.citing.barenumbers import find_bare_numbers
from loaders.citing.issuance import adopted_after, contradicts, issued_before, issuer_behind
from loaders.citing.issuers import code_name
from loaders.citing.lawnames import statute_numbered
from loaders.citing.laws import Law, find_laws
from loaders.citing.numbers import Number, find_numbers, settle_union
from loaders.citing.particulars import Particulars, particulars_after, year_behind
from loaders.citing.standards import find_standards
from loaders.citing.typechoice import type_of
from loaders.citing.usage import is_link
from loaders.text.layout import Layout
from loaders.text.reading import fold

_HEAD_BLOCKS = 12
_NEAR = 40
_ODD = "written {!r}"


@dataclass(frozen=True, slots=True)
class Mention:
    """One mention, with offsets into the flat text.

    Attributes:
        start, end: from the type word to the end of the number or of the name.
        tail: where its date, issuer and term end.
        organs: the issuer codes in its number, () for a law or a bare number.
        bare: the running number, where the mention gives no more.
        rule, confidence: which rule read it, how surely.
    """

    start: int
    end: int
    tail: int
    type: str | None
    number: str | None
    title: str | None
    issued: str | None
    issuer: str | None
    term: str | None
    organs: tuple[str, ...]
    rule: str
    confidence: float
    bare: bool = False
    repaired: bool = False
    note: str | None = None
    damaged: bool = False

    @property
    def issuer_implied(self) -> str | None:
        """What the number's code tells of the issuer, unless the code names several."""
        return code_name(self.organs[0]) if self.organs else None


def find_mentions(layout: Layout) -> list[Mention]:
    """Find every mention of a document in a layout, in reading order."""
    text = layout.flat.text
    folded = fold(text)
    numbers = [
        number
        for number in find_numbers(text, folded, damaged=layout.damaged)
        if not _is_own_number(layout, number)
    ]
    laws = list(find_laws(text, folded, numbers, damaged=layout.damaged))
    mentions = [_of_law(text, folded, law, damaged=layout.damaged) for law in laws]
    mentions += _of_standards(text, folded)
    taken = _Taken(mentions)
    for number in numbers:
        if taken.is_free(number.start, number.end):
            mentions.append(_of_number(text, folded, number))
    taken = _Taken(mentions)
    mentions += [m for m in _of_bare(text, folded, numbers) if taken.is_free(m.start, m.end)]
    mentions.sort(key=lambda mention: mention.start)
    return _with_shared_issuers(folded, _with_shared_types(folded, mentions))


class _Taken:
    """The stretches of a text that mentions already cover."""

    def __init__(self, mentions: Sequence[Mention]) -> None:
        self._spans = sorted((mention.start, mention.end) for mention in mentions)
        self._next = 0

    def is_free(self, start: int, end: int) -> bool:
        """Tell whether a stretch overlaps none of them; asked for rising starts."""
        while self._next < len(self._spans) and self._spans[self._next][1] <= start:
            self._next += 1
        return self._next >= len(self._spans) or self._spans[self._next][0] >= end


def _is_own_number(layout: Layout, number: Number) -> bool:
    """Tell the document's own number in its head: "Số: 44/KH-UBND" without a type word."""
    word = number.word
    if len(layout.blocks) == 1 or (word and (word.name or word.generic)):
        return False
    for block in layout.blocks[:_HEAD_BLOCKS]:
        if block.start <= number.start < block.end:
            reach = max(block.start, number.start - _NEAR)
            before = layout.flat.text[reach : number.start].rstrip(" :.")
            lead = before.split()[-1:] or [""]
            return lead[0][:1] in {"S", "$"} and len(lead[0]) <= 3  # noqa: PLR2004 - "Số", "Sb"
    return False


def _of_number(text: str, folded: str, number: Number) -> Mention:
    word = number.word
    start = min(word.start, number.start) if word else number.start
    damaged = bool(word and word.damaged)
    joint = number.code.type_code in {"TTLT", "TTLB", "TTLN", "NQLT"}
    issued, end = year_behind(folded, number.end)
    tail = particulars_after(text, folded, end, damaged=damaged, joint=joint)
    tail = replace(tail, issued=tail.issued or issued)
    if tail.issuer and contradicts(folded, end, tail.issuer, number.code.organs):
        tail = replace(tail, issuer=None)
    tail = _completed(text, folded, start, tail, number)
    number = settle_union(number, tail.issuer)
    rule, confidence = _rule(number)
    odd = number.repaired or damaged
    return Mention(
        start,
        number.end,
        tail.end,
        type_of(number),
        number.text,
        None,
        tail.issued,
        tail.issuer,
        tail.term,
        () if joint else number.code.organs,
        rule,
        confidence,
        repaired=odd,
        note=_ODD.format(text[start : number.end]) if odd else None,
        damaged=damaged,
    )


def _completed(
    text: str, folded: str, start: int, tail: Particulars, number: Number
) -> Particulars:
    """Fill date and issuer from between word and number, or from before the mention."""
    word = number.word
    issued, issuer = tail.issued, tail.issuer
    if word:
        issued, issuer = issued or word.issued, issuer or word.issuer
    if issued is None or issuer is None:
        damaged = bool(word and word.damaged)
        earlier = issued_before(text, folded, start, damaged=damaged)
        issued, issuer = issued or earlier[0], issuer or earlier[1]
    if issuer is None and number.code.issuer:
        issuer = issuer_behind(text, folded, tail.end, number.code.organs[0])
    return replace(tail, issued=issued, issuer=issuer)


def _rule(number: Number) -> tuple[str, float]:
    if number.repaired or (number.word and number.word.damaged):
        return "CIT-003", 0.9
    if number.word and (number.word.name or number.word.generic):
        return "CIT-001", 0.99
    return "CIT-002", 0.95


def _of_law(text: str, folded: str, law: Law, *, damaged: bool) -> Mention:
    hurt = damaged or law.repaired
    end = law.end + (law.number is not None and text[law.end : law.end + 1] == ")")
    tail = _of_statute(text, folded, law.start, end, damaged=hurt)
    number = law.number.text if law.number else None
    statute = statute_numbered(number) if number else None
    named = law.name != law.type or law.type == "Hiến pháp"
    repaired = law.repaired or bool(law.number and law.number.repaired)
    return Mention(
        law.start,
        law.end,
        tail.end,
        statute["type"] if statute else law.type,
        number,
        law.name if named else None,
        tail.issued,
        tail.issuer,
        tail.term,
        law.number.code.organs[-1:] if law.number else (),
        "CIT-006" if number else "CIT-005",
        0.98 if number else 0.93,
        repaired=repaired,
        note=_ODD.format(text[law.start : law.end]) if repaired else None,
        damaged=hurt,
    )


def _of_statute(text: str, folded: str, start: int, end: int, *, damaged: bool) -> Particulars:
    """Read date and issuer of a statute: behind it, or from the verb that says it was adopted."""
    issued, end = year_behind(folded, end)
    tail = particulars_after(text, folded, end, damaged=damaged)
    issued, issuer = tail.issued or issued, tail.issuer
    if issued is None or len(issued) == len("2024"):
        on, organ = adopted_after(text, folded, tail.end)
        if on is None:
            on, organ = issued_before(text, folded, start, damaged=damaged)
        if issued is None or (on and on.startswith(issued)):
            issued, issuer = on, issuer or organ
    return replace(tail, issued=issued, issuer=issuer)


def _of_standards(text: str, folded: str) -> Iterator[Mention]:
    for found in find_standards(text, folded):
        yield Mention(
            found.start,
            found.end,
            found.end,
            found.type,
            found.number,
            None,
            None,
            None,
            None,
            (found.issuer_code,) if found.issuer_code else (),
            "CIT-007",
            0.98,
        )


def _of_bare(text: str, folded: str, numbers: Sequence[Number]) -> Iterator[Mention]:
    last_end = 0
    bare = sorted(find_bare_numbers(text, folded, numbers), key=lambda found: found.start)
    for found in bare:
        if found.start < last_end:
            continue
        last_end = found.end
        tail = particulars_after(text, folded, found.end, damaged=False)
        if tail.issuer is None and tail.issued is None:
            issued, issuer = issued_before(text, folded, found.start, damaged=False)
            tail = replace(tail, issued=issued, issuer=issuer)
        yield Mention(
            found.start,
            found.end,
            tail.end,
            found.type,
            found.number,
            None,
            tail.issued,
            tail.issuer,
            tail.term,
            (),
            "CIT-004",
            0.8,
            bare=not found.completed,
            repaired=found.completed,
            note="the code is said once, at the end of the list" if found.completed else None,
        )


def _with_shared_types(folded: str, mentions: list[Mention]) -> list[Mention]:
    """Give the numbers that a list joins to a statute its type: "Luật A số 1/2002/QH11; số 2/…"."""
    shared = list(mentions)
    for index in range(1, len(shared)):
        before, one = shared[index - 1], shared[index]
        follows = before.rule == "CIT-006" and is_link(folded, before.tail, one.start)
        if one.type is None and follows and one.organs and one.organs[0].startswith("QH"):
            shared[index] = replace(one, type=before.type)
    return shared


def _with_shared_issuers(folded: str, mentions: list[Mention]) -> list[Mention]:
    """Give the issuer that a list names once, at its end, to the members before."""
    shared = list(mentions)
    for index in range(len(shared) - 2, -1, -1):
        one, following = shared[index], shared[index + 1]
        completed = one.rule == "CIT-004" and not one.bare
        alike = one.type == following.type and (completed or one.organs == following.organs)
        if one.issuer or not following.issuer or not alike or one.rule == "CIT-005":
            continue
        if is_link(folded, one.tail, following.start):
            shared[index] = replace(one, issuer=following.issuer, term=one.term or following.term)
    return shared
