"""Choosing what to send from what a client accepts: media types and content codings.

RFC 9110, section 12.5. Where a client likes several things equally well, what it names exactly goes
before what its wildcards cover, and then our own order decides.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, NamedTuple

Coding = Literal["zstd", "gzip", "identity"]

_CODINGS: tuple[Coding, ...] = ("zstd", "gzip")
_MOST_RANGES = 100
_LONGEST_KEPT = 1000


class Offer(NamedTuple):
    """Something that can be sent; a tuple, for it is part of keys that each request looks up.

    Attributes:
        media_type: without parameters, in small letters.
        name: what it is to us: "json", "ttl" …
    """

    media_type: str
    name: str


@dataclass(frozen=True, slots=True)
class _Range:
    kind: str
    subtype: str
    quality: float

    def covers(self, media_type: str) -> int:
        """Return how exactly the range names a media type: 0 not at all, 3 by its full name."""
        kind, _, subtype = media_type.partition("/")
        if self.kind == "*":
            return 1
        if self.kind != kind:
            return 0
        if self.subtype == "*":
            return 2
        return 3 if self.subtype == subtype else 0


def choose(accept: str | None, offers: Sequence[Offer]) -> Offer | None:
    """Return the offer that an Accept header likes best; None if it accepts none.

    A header that is missing, empty or not understood at all accepts everything.
    """
    if accept is not None and len(accept) > _LONGEST_KEPT:  # nobody fills the memory with headers
        return _choose(accept, tuple(offers))
    return _kept_choice(accept or "*/*", tuple(offers))


def choose_coding(accept_encoding: str | None) -> Coding:
    """Return the content coding to use; identity where the header forbids all of ours."""
    if not accept_encoding:
        return "identity"
    if len(accept_encoding) > _LONGEST_KEPT:
        return _coding(accept_encoding)
    return _kept_coding(accept_encoding)


def _choose(accept: str, offers: tuple[Offer, ...]) -> Offer | None:
    ranges = _ranges(accept)
    if not ranges:
        return offers[0]
    ranked = [(_rank(offer, ranges), -index) for index, offer in enumerate(offers)]
    (quality, _), index = max(ranked)
    return offers[-index] if quality > 0 else None


def _rank(offer: Offer, ranges: Sequence[_Range]) -> tuple[float, int]:
    """Return the quality of an offer, which its most exact range gives, and that exactness."""
    covering = [(r.covers(offer.media_type), r.quality) for r in ranges]
    exactness = max(exact for exact, _ in covering)
    if not exactness:
        return 0.0, 0
    return max(quality for exact, quality in covering if exact == exactness), exactness


def _ranges(accept: str) -> list[_Range]:
    ranges = []
    for part in accept.split(",", _MOST_RANGES)[:_MOST_RANGES]:
        name, *parameters = part.split(";")
        kind, slash, subtype = name.strip().lower().partition("/")
        if name.strip() == "*":  # Java's URLConnection of old sends it
            kind, slash, subtype = "*", "/", "*"
        if kind and slash and subtype:
            ranges.append(_Range(kind, subtype, _quality(parameters)))
    return ranges


def _quality(parameters: Sequence[str]) -> float:
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "q":
            try:
                return min(1.0, max(0.0, float(value)))
            except ValueError:
                return 0.0
    return 1.0


def _coding(accept_encoding: str) -> Coding:
    qualities: dict[str, float] = {}
    for part in accept_encoding.split(",", _MOST_RANGES)[:_MOST_RANGES]:
        name, *parameters = part.split(";")
        qualities[name.strip().lower()] = _quality(parameters)
    anything = qualities.get("*", 0.0)
    found = [(qualities.get(coding, anything), -i) for i, coding in enumerate(_CODINGS)]
    quality, index = max(found)
    if quality <= 0 or quality < qualities.get("identity", 0.0):
        return "identity"
    return _CODINGS[-index]


_kept_choice = lru_cache(1024)(_choose)
_kept_coding = lru_cache(256)(_coding)
