"""The statutes of Viet Nam that are known by name: a list to end names with and to mend them by."""

import re
from functools import lru_cache

from loaders.citing.ocr import likeness, plain
from loaders.tables import read_table
from loaders.text.reading import fold

# What stands for parts of names: "Luật tổ chức VKSND".
_SHORT_FORMS = {
    "hoi dong nhan dan": "hdnd",
    "uy ban nhan dan": "ubnd",
    "vien kiem sat nhan dan": "vksnd",
    "toa an nhan dan": "tand",
    "van ban quy pham phap luat": "vbqppl",
    "ngan sach nha nuoc": "nsnn",
    "chinh quyen dia phuong": "cqdp",
    "bao hiem xa hoi": "bhxh",
    "bao hiem y te": "bhyt",
    "cong nghe thong tin": "cntt",
    "khoa hoc va cong nghe": "kh&cn",
    "to tung hinh su": "tths",
    "to tung dan su": "ttds",
    "thi hanh an dan su": "thads",
    "hop tac xa": "htx",
    "an toan thuc pham": "attp",
    "phong chay chua chay": "pccc",
    "phong chay va chua chay": "pccc",
}
_SPELLED_OUT = {short: phrase for phrase, short in _SHORT_FORMS.items()}
_SHORT_WORD = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, _SPELLED_OUT))})(?!\w)")
# "liệt sĩ" and "liệt sỹ", "kĩ thuật" and "kỹ thuật".
_EITHER_I = re.compile(r"(?<=^[hklmst])[iy]$")
_LONGEST = 18
_LOOSE = 2
_ALIKE = 84.0
_WORD_BONUS = 2.0
_FEWEST = 3
_WORD = re.compile(r"\w+")
_TWO_WORDS = re.compile(r"\s\w+\s\w+")
_PARTED = re.compile(r"[^\s,–-]|,\s?,")
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


def variant_end(folded: str, position: int) -> int | None:
    """Return where a known name ends that is told in another order, or with "và" for a comma.

    "Hỗ trợ doanh nghiệp vừa và nhỏ" and "Thuế xuất khẩu, nhập khẩu" are such: their words are
    those of a known name. The longest counts.
    """
    words, end, best = set[str](), position, None
    for count, found in enumerate(_WORD.finditer(folded, position, position + _REACH), 1):
        if count > _LONGEST or _PARTED.search(folded, end, found.start()):
            break
        end = found.end()
        if found.group() == "va":
            continue
        words.add(found.group())
        length = _by_words().get(frozenset(words))
        best = end if length and abs(length - count) <= _LOOSE else best
    return best


def begins_like_known(folded: str, position: int) -> bool:
    """Tell whether a name begins with the first two words of a known one: "tổ chức …"."""
    first = _TWO_WORDS.match(folded, position)
    return first is not None and first.group().strip() in _beginnings()


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
    spelled = _SHORT_WORD.sub(lambda found: _SPELLED_OUT[found.group()], fold(name))
    return re.sub(r"[\s,.–-]+", "", spelled)


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
    return re.compile(rf"\s(?:{'|'.join(map(_form, names))})(?![^\W_])")


def _form(name: str) -> str:
    """Return the pattern of a name: commas and blanks are free, parts may be shortened."""
    words = map(re.escape, re.findall(r"[^\s,.–-]+", name))
    form = r"[\s,.–-]{1,3}".join(_EITHER_I.sub("[iy]", word) for word in words)
    for phrase, short in _SHORT_FORMS.items():
        spelled = r"[\s,.–-]{1,3}".join(_EITHER_I.sub("[iy]", word) for word in phrase.split())
        form = form.replace(spelled, rf"(?:{spelled}|{re.escape(short)})")
    return form


@lru_cache(maxsize=1)
def _by_words() -> dict[frozenset[str], int]:
    """Return the sets of words of the known names, "và" left out, with how many words they are."""
    names = (_WORD.findall(fold(row["name"])) for row in read_table("laws"))
    return {frozenset(words) - {"va"}: len(words) for words in names if len(words) >= _FEWEST}


@lru_cache(maxsize=1)
def _beginnings() -> frozenset[str]:
    names = (_WORD.findall(fold(row["name"])) for row in read_table("laws"))
    return frozenset(" ".join(words[:2]) for words in names if len(words) >= _FEWEST)


@lru_cache(maxsize=1)
def _plain_names() -> tuple[tuple[str, int, str], ...]:
    names = dict.fromkeys(row["name"] for row in read_table("laws"))
    return tuple((_bare(name), len(name.split()), name) for name in names)


def _bare(words: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"[,.;:–-]+", " ", plain(words))).strip()
