"""Which lines of a text are in TCVN3 or VNI.

Both encodings use ordinary letters and signs of Latin-1, so a line counts as legacy text only if
hardly any of its words resists: "déjà vu", "Müller" and a bad scan's "trién khai" all hold words
that are Vietnamese neither before nor after conversion.
"""

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass

from loaders.text.codepages import CODEPAGES, TCVN3, Codepage, Fit, read_word
from loaders.text.spacing import group_pieces, is_spaced
from loaders.text.syllables import is_syllable

# "t-íng", "t−íng": the soft hyphen that is ư in TCVN3 often comes out of a PDF as a hyphen.
_HYPHEN = re.compile(
    rf"(?<![^\W_])([b-dghk-npr-tvxB-DGHK-NPR-TVX®§]{{0,3}})[-\u2212]({TCVN3.word.pattern})"
)
_LAST_HYPHEN = re.compile(r"(?<=\s)([bdghk-npr-tvx®]{1,3})[-\u2212](?=[\s,.;:])")

# Letters that stand singly, as many as are hardly a list.
_WIDE = re.compile(r"(?<!\S)\S(?: {1,2}\S(?!\S)){4,}")

# A run of fewer gains than this is not believed in a text that is otherwise no legacy text.
_WEIGHTY = 4


@dataclass(frozen=True, slots=True)
class Tally:
    """How the words of a line fare when they are read in one codepage."""

    gains: int
    either: int
    against: int
    unicode: int
    codes: int

    @property
    def bears(self) -> bool:
        """Whether the line may be in the codepage, if its neighbours are."""
        return not self.unicode and 3 * self.against <= self.coded

    @property
    def coded(self) -> int:
        """How many words have codes and tell something."""
        return self.gains + self.either + self.against

    @property
    def is_plain(self) -> bool:
        """Whether no other codepage need be tried."""
        return self.gains >= _WEIGHTY and self.codes > 1 and not self.against and not self.unicode

    @property
    def speaks_for(self) -> bool:
        """Whether the line by itself shows that it is in the codepage.

        A single code is no sign: a bad scan prints é for every marked vowel. In a line that also
        has Unicode Vietnamese one word may be a slip of the pen.
        """
        return (
            5 * self.against <= self.coded
            and self.codes > 1
            and self.gains > (1 if self.unicode else 0)
            and 2 * self.gains >= self.either
        )


@dataclass(frozen=True, slots=True)
class Candidate:
    """A line as text of a codepage.

    Attributes:
        page: the codepage.
        text: the line with its codes, blanks inside words and false hyphens mended.
        kept: for each character of `text` its index in the line; `range` if all were kept.
        tally: how its words fare.
    """

    page: Codepage
    text: str
    kept: Sequence[int]
    tally: Tally


@dataclass(frozen=True, slots=True)
class Judgement:
    """What one line tells: the codepage it is in, or those that it may be in.

    `opposed` tells that it is in none.
    """

    best: Candidate | None = None
    possible: tuple[Candidate, ...] = ()
    opposed: bool = False


_NOTHING = Judgement()


def judge(line: str) -> Judgement:
    """Judge a line by its own words."""
    if line.isascii():
        return _NOTHING
    candidates = []
    for page in CODEPAGES.values():
        candidates.append(_candidate(line, page))
        if candidates[-1].tally.is_plain:
            return Judgement(best=_joined_letters(candidates[-1]))
    best = _best(candidates)
    if not best and is_spaced(line.split()):
        closed = (_closed_up(candidate) for candidate in candidates)
        best = next((candidate for candidate in closed if candidate.tally.speaks_for), None)
    if best:
        return Judgement(best=_joined_letters(best))
    possible = tuple(c for c in candidates if c.tally.bears)
    return Judgement(possible=possible, opposed=not possible)


def _best(candidates: Sequence[Candidate]) -> Candidate | None:
    sure = [candidate for candidate in candidates if candidate.tally.speaks_for]
    return max(sure, key=lambda c: c.tally.gains - c.tally.against, default=None)


def settle(judgements: Sequence[Judgement]) -> list[Candidate | None]:
    """Choose for each line of a text; a line that tells nothing goes with its neighbours."""
    chosen = [judgement.best for judgement in judgements]
    for run in _doubtful_runs(judgements):
        for index in run:
            chosen[index] = None
    forward = range(len(chosen))
    for order in (forward, reversed(forward)):
        page = None
        for index in order:
            found = chosen[index]
            if judgements[index].opposed:
                page = None
            elif found:
                page = found.page
            elif page:
                possible = judgements[index].possible
                chosen[index] = next((c for c in possible if c.page is page), None)
    return chosen


def _doubtful_runs(judgements: Sequence[Judgement]) -> Iterator[list[int]]:
    """Find the runs of legacy lines that are too slight for the text that they stand in."""
    found = sum(judgement.best is not None for judgement in judgements)
    if sum(judgement.opposed for judgement in judgements) <= 3 * found:
        return
    run: list[int] = []
    for index, judgement in enumerate([*judgements, Judgement(opposed=True)]):
        if judgement.best:
            run.append(index)
        elif judgement.opposed:
            best = (judgements[i].best for i in run)
            if run and sum(c.tally.gains for c in best if c) < _WEIGHTY:
                yield run
            run = []


def _candidate(line: str, page: Codepage) -> Candidate:
    text = _LAST_HYPHEN.sub("\\1\xad", _HYPHEN.sub(_horned, line)) if page is TCVN3 else line
    return Candidate(page, text, range(len(text)), tally(page, text))


def _joined_letters(candidate: Candidate) -> Candidate:
    """Close up the words of a line that are set wide: "N g h Þ  ® Þ n h  sè 15/CP"."""
    wide = list(_WIDE.finditer(candidate.text))
    if not wide:
        return candidate
    page = candidate.page
    dropped = {
        run.start() + blank for run in wide for blank in _blanks_inside_words(page, run.group())
    }
    return _without(candidate, dropped)


def _closed_up(candidate: Candidate) -> Candidate:
    return _without(candidate, set(_blanks_inside_words(candidate.page, candidate.text)))


def _without(candidate: Candidate, dropped: Set[int]) -> Candidate:
    page, text = candidate.page, candidate.text
    kept = [index for index in candidate.kept if index not in dropped]
    closed = "".join(text[index] for index in kept)
    return Candidate(page, closed, kept, tally(page, closed))


def _horned(match: re.Match[str]) -> str:
    """Read the hyphen as ư where that makes a syllable, and a true hyphen is hardly possible."""
    onset, rest = match.groups()
    alone = read_word(TCVN3.name, rest).text
    # A reading longer than the word has had a lost ư put back, the very one that stands here.
    apart = is_syllable(alone) and len(alone) == len(rest)
    if "A" <= rest[0] <= "Z" or (apart and not onset):
        return match.group()
    mended = f"{onset}\xad{rest}"
    return mended if is_syllable(read_word(TCVN3.name, mended).text) else match.group()


def _blanks_inside_words(page: Codepage, text: str) -> Iterator[int]:
    """Find the blanks that part a word; a wide gap always parts two words."""
    pieces = list(re.finditer(r"\S+", text))
    read = [read_word(page.name, piece.group()).text for piece in pieces]
    first = 0
    for last, piece in enumerate(pieces):
        wide = last + 1 == len(pieces) or pieces[last + 1].start() - piece.end() > 1
        if not wide:
            continue
        index = first
        for size in group_pieces(read[first : last + 1]):
            yield from (pieces[i].end() for i in range(index, index + size - 1))
            index += size
        first = last + 1


def tally(page: Codepage, text: str) -> Tally:
    """Count how the words of a text fare in a codepage; words of plain ASCII tell nothing."""
    counts = [0] * len(Fit)
    codes: set[str] = set()
    for word in page.word.findall(text):
        if word.isascii():
            continue
        read = read_word(page.name, word)
        counts[read.fit] += 1
        if read.fit is Fit.GAIN:
            codes |= read.codes
    return Tally(
        gains=counts[Fit.GAIN],
        either=counts[Fit.EITHER],
        against=counts[Fit.LOSS] + counts[Fit.NEITHER],
        unicode=counts[Fit.UNICODE],
        codes=len(codes),
    )
