"""Classes of organs that are named by the organ they belong to: "các cơ quan thuộc UBND tỉnh"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

# Nouns that such a class is made of. Without "các" only "cơ quan" is one of these organs; "ban của
# Hội đồng nhân dân" may be one body, and "đơn vị của tỉnh" anything.
_AGENCY = r"cơ quan(?: chuyên môn| hành chính| tham mưu| giúp việc| trực thuộc)?"
_OTHER = (
    r"(?:cơ quan, đơn vị|cơ quan, tổ chức|đơn vị, cơ quan|đơn vị sự nghiệp(?: công lập)?|đơn vị"
    r"|ủy ban|ban|tổ chức đảng)"
)
_OPENING = re.compile(
    rf"(?<!\w)(?:(?P<several>(?:tất cả )?(?:các|những) )(?P<nouns>{_OTHER}|{_AGENCY})"
    rf"|(?P<noun>{_AGENCY})) (?P<joint>(?:trực )?thuộc|của)(?= \w)"
)
# "các Ban HĐND tỉnh": the committees of a council are named without "của" as well.
_COUNCIL = re.compile(r"(?<!\w)(?:các|những) (?P<nouns>ban)(?= (?:hội đồng nhân dân|hđnd)(?!\w))")
_PROPER = {"ủy ban": "Ủy ban", "ban": "Ban"}
# These stand for a side of the political system, not for one organ.
SIDES = frozenset({"Đảng Cộng sản Việt Nam", "Nhà nước", "Trung ương"})
_BELOW = re.compile(r" (?:trực )?thuộc(?= \w)")


@dataclass(frozen=True, slots=True)
class Opening:
    """The words of such a class up to its organ: `start`-`end`, and how they go into its name."""

    start: int
    end: int
    label: str

    def takes(self, organ: str) -> bool:
        """Tell whether the class of an organ by this name is a class of organs."""
        return organ not in SIDES


def find_openings(spelled: str) -> Iterator[Opening]:
    """Find "các cơ quan thuộc", "các Ủy ban của" and their like, whatever follows them."""
    for match in _OPENING.finditer(spelled):
        noun = match["nouns"] or match["noun"]
        label = f"các {_PROPER.get(noun, noun)} {match['joint']}"
        yield Opening(match.start(), match.end(), label)
    for match in _COUNCIL.finditer(spelled):
        yield Opening(match.start(), match.end(), "các Ban của")


def subordination_end(spelled: str, end: int) -> int:
    """Return where "(trực) thuộc" ends behind a class of organs, or `end`."""
    match = _BELOW.match(spelled, end)
    return match.end() if match else end
