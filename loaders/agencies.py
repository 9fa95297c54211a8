"""Agencies: mentions of organs and of classes of organs, under their canonical names."""

from dataclasses import dataclass

from loaders.document import Evidence


@dataclass(frozen=True, slots=True)
class AgencyMention:
    """One mention of an organ ("UBND tỉnh") or of a class of organs ("các sở, ban, ngành").

    Attributes:
        evidence: the span of the longest name that fits.
        name: canonical name in full ("Ủy ban nhân dân tỉnh").
        group: True for a class of organs.
        generic: True for a class so broad that nobody in particular is meant ("cơ quan nhà nước").
    """

    evidence: Evidence
    name: str
    group: bool = False
    generic: bool = False
