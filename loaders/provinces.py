"""The provinces and centrally-run cities, before and after the mergers of July 2025."""

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz, process

from loaders.tables import read_table
from loaders.text.reading import fold


@dataclass(frozen=True, slots=True)
class Province:
    """A province (tỉnh) or centrally-run city (thành phố).

    Attributes:
        name: "Hưng Yên", "Thành phố Hồ Chí Minh".
        kind: "tỉnh" or "thành phố".
    """

    name: str
    kind: str

    @property
    def full_name(self) -> str:
        """The name behind an organ: "tỉnh Hưng Yên", "thành phố Hà Nội"."""
        if self.name.lower().startswith(self.kind):
            return self.name
        return f"{self.kind} {self.name}"


# Provinces that were no more when the table begins.
_FORMER = ("Thừa Thiên Huế", "Hà Tây")
_LIKE_ENOUGH = 86
_CITY = re.compile(r"(?:thanh pho|tp\.?|t\.p\.?)\s*")


def find_province(name: str, *, damaged: bool = False) -> Province | None:
    """Return the province that a place name means, whatever its marks, case and blanks.

    In a damaged text the likeliest province is taken if the names are close.
    """
    plain = _plain(name)
    exact = _by_name().get(plain)
    if exact or not damaged or not plain:
        return exact
    near = process.extractOne(plain, _by_name().keys(), scorer=fuzz.ratio)
    return _by_name()[near[0]] if near and near[1] >= _LIKE_ENOUGH else None


def most_named_province(text: str) -> Province | None:
    """Return the province that a text names most often: "tỉnh …", "thành phố …", "Tỉnh ủy …"."""
    named = Counter(_plain(match.group("name")) for match in _mention().finditer(fold(text)))
    common = named.most_common(1)
    return _by_name()[common[0][0]] if common else None


def _plain(name: str) -> str:
    return re.sub(r"[\W_]+", "", _CITY.sub("", fold(name).strip()))


@lru_cache(maxsize=1)
def _by_name() -> dict[str, Province]:
    table: dict[str, Province] = {}
    for row in read_table("provinces"):
        for when in ("before", "after"):
            province = Province(row[f"province_{when}"], row[f"kind_{when}"])
            table.setdefault(_plain(province.name), province)
    for name in _FORMER:
        table.setdefault(_plain(name), Province(name, "tỉnh"))
    return table


@lru_cache(maxsize=1)
def _mention() -> "re.Pattern[str]":
    names = {_CITY.sub("", fold(province.name)) for province in _by_name().values()}
    longest_first = sorted(names, key=len, reverse=True)
    pattern = "|".join(re.escape(name).replace(r"\ ", r"\s") for name in longest_first)
    return re.compile(rf"(?<!\w)(?:tinh(?: uy)?|thanh (?:pho|uy)|tp\.?)\s(?P<name>{pattern})(?!\w)")
