"""The statutes of Viet Nam that are known by name: a list to end names with and to mend them by."""

import re
from functools import lru_cache

from loaders.ocr import likeness, plain
from loaders.reading import fold
from loaders.tables import read_table

_ALIKE = 84.0
_WORD_BONUS = 2.0
_REACH = 220


def statute_numbered(number: str) -> dict[str, str] | None:
    """Return the known statute that bears a number ("91/2015/QH13"), None for any other."""
    return _by_number().get(number)


def statutes_named(name: str) -> list[dict[str, str]]:
    """Return the known statutes of a name with its type word, the youngest first."""
    return list(_by_name().get(_key(name), ()))


def known_end(folded: str, position: int) -> int | None:
    """Return where a known name that begins behind a type word ends; the longest one counts."""
    found = _pattern().match(folded, position)
    return found.end() if found else None


def known_alike(text: str, position: int) -> tuple[int, str] | None:
    """Find the known name that the damaged words behind a type word look most like, and its end."""
    tokens = list(re.compile(r"[^\s;:()]+").finditer(text, position, position + _REACH))
    scored = []
    for bare, words, name in _plain_names():
        if words <= len(tokens):
            seen = _bare(text[tokens[0].start() : tokens[words - 1].end()])
            score = likeness(seen, bare)
            if score >= _ALIKE:
                scored.append((score + words * _WORD_BONUS, words, name))
    if not scored:
        return None
    _, words, name = max(scored)
    last = tokens[words - 1]
    return last.start() + len(last.group().rstrip(".,")), name


def _key(name: str) -> str:
    return re.sub(r"[\s,.–-]+", "", fold(name))


@lru_cache(maxsize=1)
def _by_number() -> dict[str, dict[str, str]]:
    return {row["number"]: row for row in read_table("laws") if row["number"]}


@lru_cache(maxsize=1)
def _by_name() -> dict[str, list[dict[str, str]]]:
    table: dict[str, list[dict[str, str]]] = {}
    for row in sorted(read_table("laws"), key=lambda row: row["issued"], reverse=True):
        table.setdefault(_key(f"{row['type']} {row['name']}"), []).append(row)
    return table


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    names = sorted({fold(row["name"]) for row in read_table("laws")}, key=len, reverse=True)
    words = (re.findall(r"[^\s,.–-]+", name) for name in names)
    forms = [r"[\s,.–-]{1,3}".join(map(re.escape, form)) for form in words]
    return re.compile(rf"\s(?:{'|'.join(forms)})(?![^\W_])")


@lru_cache(maxsize=1)
def _plain_names() -> tuple[tuple[str, int, str], ...]:
    names = dict.fromkeys(row["name"] for row in read_table("laws"))
    return tuple((_bare(name), len(name.split()), name) for name in names)


def _bare(words: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"[,.;:–-]+", " ", plain(words))).strip()
