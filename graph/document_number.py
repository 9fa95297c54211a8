"""The number of a document, whichever way it is written.

One decision is "411/QĐ-TTg" in print, "411 QD TTg" in a search box and "411/QB-TTg" in a scan; the
Party's "57-NQ/TW" is "57/NQ-TW" for who does not know its order. The order of the pieces is the
same in all: running number, year (if the number has one), letters.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from graph import iris
from loaders.citing.codes import read_code
from loaders.citing.doctypes import TYPES, type_by_code
from loaders.citing.issuers import known_codes
from loaders.citing.numbers import find_numbers

_PIECE = re.compile(r"[^\W_]+")
_GLUED = re.compile(r"(?<![^\W_])(\d{1,5})(?=[^\W\d_]{3})")
_RUN = re.compile(r"(?P<digits>\d{1,7})(?P<suffix>bis|[a-zđ])?$", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d\d$")
# "TƯ" is the centre, whose letters are TW; without its horn it would be a province's committee.
_CENTRE = re.compile(r"(?<![^\W_])t\.?ư(?![^\W_])", re.IGNORECASE)
_LONGEST = 200
_MOST_LETTERS = 8


@dataclass(frozen=True, slots=True)
class DocumentNumber:
    """A number in pieces, without diacritics and in lower case.

    Attributes:
        run: the running number, leading zeros dropped, with its suffix: "3", "36a".
        year: the year inside it.
        letters: the pieces of its code: ("nq", "cp").
    """

    run: str
    year: str | None
    letters: tuple[str, ...]

    @property
    def key(self) -> str:
        """The one way to write it: "3-nq-cp", "13-2023-nd-cp"."""
        return "-".join((self.run, *((self.year,) if self.year else ()), *self.letters))

    def admits(self, other: "DocumentNumber") -> bool:
        """Tell whether another number may be this one, of which no more is known.

        Who types "57" or "57 NQ" means every number that begins so; a year that is not typed may
        be any.
        """
        same_year = self.year is None or self.year == other.year
        begun = other.letters[: len(self.letters)] == self.letters
        return self.run == other.run and same_year and begun


def parse_number(text: str) -> DocumentNumber | None:
    """Read a number; words before it ("Nghị quyết số") and a date behind it make no difference.

    A text with no number in it gives None.
    """
    text = _CENTRE.sub("TW", unicodedata.normalize("NFKC", text[:_LONGEST]))
    found = next(find_numbers(text, iris.plain(text)), None)
    return _in_pieces(found.text if found else text, mend=found is None)


def _in_pieces(text: str, *, mend: bool) -> DocumentNumber | None:
    pieces = _PIECE.findall(_GLUED.sub(r"\1 ", text))
    start = next((i for i, piece in enumerate(pieces) if _RUN.match(piece)), None)
    if start is None:
        return None
    rest = pieces[start + 1 :]
    year = rest.pop(0) if rest and _YEAR.match(rest[0]) else None
    letters = rest
    if mend or len(rest) == 1:
        letters = _mended(rest) if rest else _type_before(pieces[:start])
    return DocumentNumber(_run(pieces[start]), year, tuple(map(iris.plain, letters)))


def _run(piece: str) -> str:
    found = _RUN.match(piece)
    if found is None:
        return piece
    return (found["digits"].lstrip("0") or "0") + iris.plain(found["suffix"] or "")


def _mended(pieces: list[str]) -> list[str]:
    """Read letters that only blanks part, or nothing: "nq cp" and "nqcp" are NQ and CP."""
    letters = pieces[:_MOST_LETTERS]
    if len(letters) == 1:
        return _parted(iris.plain(letters[0])) or letters
    code = read_code("-".join(letters).upper(), 0, (), damaged=False)
    if code is None or code.type_code is None:
        return letters
    return [code.type_code, *_PIECE.findall(code.issuer)]


def _parted(letters: str) -> list[str] | None:
    """Part the type from the issuer where they run together."""
    types, issuers = _codes()
    for kind in types:
        if letters.startswith(kind) and letters[len(kind) :] in issuers:
            return [kind, letters[len(kind) :]]
    return None


@lru_cache(maxsize=1)
def _codes() -> tuple[list[str], frozenset[str]]:
    types = {iris.plain(code) for kind in TYPES for code in (*kind.state, *kind.party)}
    issuers = frozenset(map(iris.plain, known_codes()))
    return sorted(types, key=lambda code: (-len(code), code)), issuers


def _type_before(pieces: list[str]) -> list[str]:
    """Return the code that stands before a bare number: the "NQ" of "NQ 03"."""
    kind = type_by_code(pieces[-1].upper()) if pieces else None
    return [pieces[-1]] if kind else []
