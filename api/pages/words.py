"""The words of the pages in both languages, read from one table."""

import re
import tomllib
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Literal, get_args

Language = Literal["vi", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
_VIETNAMESE = re.compile(
    "[ăâđêôơưàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ]", re.I
)
_DATE = re.compile(r"[0-9]{4}(-[0-9]{2}){0,2}")
Words = Callable[..., str]
# Each part of the server keeps its words beside its pages; no two have a section of one name.
_FILES = tuple(
    Path(__file__).parents[1] / part / "words.toml"
    for part in ("pages", "catalogue", "graphql", "sparql")
)


@lru_cache(maxsize=1)
def table() -> Mapping[str, tuple[str, str]]:
    """Return all words by "section.name", Vietnamese and English."""
    return {
        f"{section}.{name}": (vietnamese, english)
        for file in _FILES
        for section, words in tomllib.loads(file.read_text(encoding="utf-8")).items()
        for name, (vietnamese, english) in words.items()
    }


def words_in(language: Language) -> Words:
    """Return the function by which a template looks up its words: `t("resource.page", page=2)`."""
    column = LANGUAGES.index(language)

    def words(name: str, **values: object) -> str:
        found = table()[name][column]
        return found.format(**values) if values else found

    return words


def has_words(name: str) -> bool:
    """Tell whether there are words of a name."""
    return name in table()


def name_in(language: Language, names: Mapping[str, str] | None) -> tuple[str, str] | None:
    """Return the best of several names and its language; None if there is none.

    What has no language is taken to be Vietnamese: it was read from a document.
    """
    if not names:
        return None
    for wanted in dict.fromkeys((language, "", *LANGUAGES, *names)):
        if wanted in names:
            return names[wanted], wanted or "vi"
    return None


def tongue_of(text: str, language: Language) -> Language:
    """Return the language of a name that comes without one.

    No English name has a letter of Vietnamese; a Vietnamese one without any is read well enough
    in the language of the page.
    """
    return "vi" if _VIETNAMESE.search(text) else language


def date_in(language: Language, value: str) -> str:
    """Return a date as people write it: 03/3/2025 in Vietnamese, as it is in English.

    What is only a month or a year stays so: 3/2025, 2025.
    """
    if language != "vi" or not _DATE.fullmatch(value):
        return value
    year, *rest = value.split("-")
    month = [str(int(rest[0]))] if rest else []
    return "/".join([*rest[1:], *month, year])


def number_in(language: Language, value: int) -> str:
    """Return a whole number with its thousands apart: 47.264 in Vietnamese, 47,264 in English."""
    return f"{value:,}".replace(",", "." if language == "vi" else ",")
