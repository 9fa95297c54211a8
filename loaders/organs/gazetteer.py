"""The gazetteer: names of organs of the Vietnamese state and Party, matched by Aho-Corasick.

The names stand in `data/agency_names.csv`, the fields of ministries and departments (Bộ, Sở, Phòng)
in `data/agency_domains.csv`; `data/agency_abbreviations.csv` turns a full name into its short
forms ("Ủy ban nhân dân" into "UBND"), wherever it stands inside another name.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import ahocorasick

from loaders.tables import parts, read_table
from loaders.text.reading import fold

# The two ways to place a tone mark in an open syllable: uỷ and ủy, hoà and hòa.
_TONES = dict(
    zip(
        ("oà", "oá", "oả", "oã", "oạ", "oè", "oé", "oẻ", "oẽ", "oẹ", "uỳ", "uý", "uỷ", "uỹ", "uỵ"),
        ("òa", "óa", "ỏa", "õa", "ọa", "òe", "óe", "ỏe", "õe", "ọe", "ùy", "úy", "ủy", "ũy", "ụy"),
        strict=True,
    )
)
_OPEN = re.compile(rf"(?<!q)(?:{'|'.join(_TONES)})(?!\w)")
_HYPHENS = (" - ", "- ", " -", "-", " – ", "–")
_ABBREVIATION = re.compile(r"[A-ZĂÂĐÊÔƠƯ]{2}|TTg")
# A near miss is one syllable of four or more; shorter names are too like other words.
_NEAR_SYLLABLES = 4
_SHORT_LENGTH = 4
# A department may name its province; ministries and committees of the National Assembly do not.
_HEAD_TAKES = {"Sở": "place", "Ủy ban": "house"}
# What may stand before the hyphen or slash of a number: "44/KH-UBND", "NQ-HĐND", "Số: /KH-UBND".
_NUMBER_BEFORE = re.compile(r"(?:[\d/]|\b(?:NQ|QĐ|KH|CT|TB|BC|TTr|CV|HD|KL|NĐ|TT|TTLT|QC|CTr))\S*$")
_NUMBER_REACH = 24


@dataclass(frozen=True, slots=True)
class Entry:
    """One way to write one name.

    Attributes:
        name: the canonical name.
        written: how this entry is written.
        kind: "organ"; "prefix", a word that makes a name with the organ behind it ("Văn phòng" +
            "Tỉnh ủy"), "prefix1" if it may also stand alone; "class", a class of organs ("class*"
            if its name starts with "các"); "generic"; "domain", the field of a ministry ("Tài
            chính"), whose heads are in `takes`; "none", what looks like a name and is none.
        takes: what may follow and belongs to it: "level" (tỉnh, cấp huyện; "level*" if a bare name
            shares that of its neighbour, "level+" if it even means the document's own, "level!" if
            it is no name without), "place" (a province, left out of the name; "place+" if kept,
            "place!" if even needed), "commune", "number", "house" (the National Assembly, left out
            of the name of its committees), "party" (the Party organ that a class belongs to;
            "party!" if needed).
        form: the entry as it is compared, in `plain` spelling.
        short: whether it has an abbreviation, so that case matters throughout.
    """

    name: str
    written: str
    kind: str
    takes: str
    form: str
    short: bool


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry at a place of the text; `exact` is False where diacritics differ."""

    start: int
    end: int
    entry: Entry
    exact: bool = True


@lru_cache(maxsize=8)
def plain(text: str) -> str:
    """Lower-case a text and place its tone marks in one way; its length is kept."""
    low = text.lower()
    if len(low) != len(text):
        low = "".join(char.lower() if len(char.lower()) == 1 else char for char in text)
    return _OPEN.sub(lambda match: _TONES[match.group()], low)


def spell_out(words: str) -> str:
    """Write the abbreviations of organs in full: "các ban HĐND tỉnh"."""
    pattern, full = _short_forms()
    return pattern.sub(lambda match: full[match.group()], words)


@lru_cache(maxsize=1)
def _short_forms() -> tuple[re.Pattern[str], dict[str, str]]:
    """Return the abbreviations that are one word of capitals, and what each stands for."""
    full: dict[str, str] = {}
    for row in read_table("agency_abbreviations"):
        for short in parts(row["short"]):
            if short.isalpha() and short.isupper() and len(short) >= _SHORT_LENGTH:
                full.setdefault(short, row["full"])
    longest_first = sorted(full, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(longest_first)})(?!\w)"), full


def find_hits(text: str) -> Iterator[Hit]:
    """Find every entry at word boundaries, overlapping ones too, by rising end.

    The text is matched without diacritics; then they must agree, save for one syllable of a name
    of four or more (a slip of the typist or of a scan).
    """
    spelled = plain(text)
    for last, (length, members) in _automaton().iter(fold(text)):
        first = last + 1 - length
        if not _is_whole(text, first, last + 1):
            continue
        for entry in members:
            likeness = _likeness(entry, text[first : last + 1], spelled[first : last + 1])
            if likeness is not None:
                yield Hit(first, last + 1, entry, likeness)


def _is_whole(text: str, start: int, end: int) -> bool:
    """Tell whether a stretch is made of whole words and is no part of a document's number."""
    if end < len(text) and (text[end].isalnum() or text[end] == "_"):
        return False
    if start == 0 or not (text[start - 1].isalnum() or text[start - 1] in "-/_"):
        return True
    if text[start - 1].isalnum() or text[start - 1] == "_":
        return False
    before = text[max(0, start - _NUMBER_REACH) : start].rpartition(" ")[2]
    return before[:-1].isalpha() and not _NUMBER_BEFORE.search(before)


def _likeness(entry: Entry, found: str, spelled: str) -> bool | None:
    """Return True for an exact match, False for a near one, None for none."""
    if entry.short:
        return True if found in (entry.written, entry.written.upper()) else None
    if entry.written[0].isupper() and not found[0].isupper():
        return None
    if spelled == entry.form:
        return True
    here, there = spelled.split(), entry.form.split()
    slips = sum(one != other for one, other in zip(here, there, strict=True))
    return False if slips == 1 and len(there) >= _NEAR_SYLLABLES else None


@lru_cache(maxsize=1)
def _automaton() -> Any:  # noqa: ANN401  # the library ships no types
    """Build the automaton over forms without diacritics, each with its length and its entries."""
    forms: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries():
        forms[fold(entry.written)].append(entry)
    automaton = ahocorasick.Automaton()
    for form, members in forms.items():
        automaton.add_word(form, (len(form), tuple(members)))
    automaton.make_automaton()
    return automaton


@lru_cache(maxsize=1)
def entries() -> tuple[Entry, ...]:
    """Return every entry of the gazetteer, each way of writing once."""
    abbreviations = [
        (re.compile(rf"(?<!\w){re.escape(row['full'])}(?!\w)"), parts(row["short"]))
        for row in read_table("agency_abbreviations")
    ]
    known: dict[tuple[str, bool], Entry] = {}
    for name, kind, takes, written in _names():
        for form in _variants(written, abbreviations):
            short = _ABBREVIATION.search(form) is not None
            entry = Entry(name, form, kind, takes, plain(form), short)
            known.setdefault((form, kind == "domain"), entry)
    return tuple(known.values())


def _names() -> Iterator[tuple[str, str, str, str]]:
    """Yield name, kind, what it takes and one way to write it; full names first."""
    rows = read_table("agency_names")
    for row in rows:
        for form in (row["name"], *parts(row["forms"])):
            yield row["name"], row["kind"], row["takes"], form
    domains = read_table("agency_domains")
    for row in domains:
        yield from _of_domain(row, (row["domain"], *parts(row["short"])))
    for row in domains:
        # Another domain's own name goes before these: "Văn hóa - Thông tin".
        yield from _of_domain(row, [row["domain"].replace(" và ", j) for j in (" & ", " - ", "-")])


def _of_domain(row: dict[str, str], written: Iterable[str]) -> Iterator[tuple[str, str, str, str]]:
    """Yield a field of the state in some ways to write it, alone and behind its heads."""
    for domain in written:
        yield row["domain"], "domain", row["heads"], domain
        for head in parts(row["heads"]):
            takes = _HEAD_TAKES.get(head, "")
            yield f"{head} {row['domain']}", "organ", takes, f"{head} {domain}"


def _variants(form: str, abbreviations: list[tuple[re.Pattern[str], tuple[str, ...]]]) -> list[str]:
    """Return the ways to write a form: itself, abbreviated, with other hyphens."""
    forms = [form]
    for pattern, shorts in abbreviations:
        forms += [pattern.sub(short, known, 1) for known in forms for short in shorts
                  if pattern.search(known)]  # fmt: skip
    forms += [known.replace(" - ", hyphen) for known in forms for hyphen in _HYPHENS[1:]
              if " - " in known]  # fmt: skip
    return list(dict.fromkeys(forms))
