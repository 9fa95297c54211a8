"""Where a paragraph stands: its section, the year and the kind of part that its headings set."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from loaders.measuring.indicator_choice import looks_back, opens_goals, states_goals
from loaders.measuring.indicator_years import heading_year
from loaders.structure.sections import Section
from loaders.text.layout import Block, Layout
from loaders.text.reading import fold

_LEAD_IN_LENGTH = 200  # a longer paragraph that ends in a colon says something of its own
_LEAD_IN = re.compile(
    r"[^.;]*:\s*$|(?:muc tieu |phan dau )?(?:cu the )?den (?:het )?nam 20\d\d\s*$"
)


@dataclass(frozen=True, slots=True)
class Scene:
    """What the place of a paragraph tells about its numbers.

    Attributes:
        section: path of the section it stands in.
        year: the year that its heading, or the paragraph that leads it in, sets for its targets.
        goals: whether it stands among goals.
        past: whether it stands in a part that looks back on results.
    """

    section: str | None = None
    year: int | None = None
    goals: bool = False
    past: bool = False


def scenes(
    layout: Layout, folded: str, sections: Sequence[Section]
) -> Iterator[tuple[Block, Scene]]:
    """Yield every block with its scene, in reading order."""
    waiting = sorted(sections, key=lambda section: section.start, reverse=True)
    around: list[tuple[int, Scene]] = [(1 << 60, Scene())]
    leads: list[tuple[str | None, Scene]] = []
    for block in layout.blocks:
        offset = layout.flat.starts[block.start] if block.start < block.end else 0
        while len(around) > 1 and around[-1][0] <= offset:
            around.pop()
            leads.clear()
        while waiting and waiting[-1].start <= offset:
            section = waiting.pop()
            around.append((section.end, _under(around[-1][1], section)))
            leads.clear()
        _close(leads, block)
        scene = leads[-1][1] if leads else around[-1][1]
        yield block, scene
        words = folded[block.body : block.end].strip()
        if len(words) <= _LEAD_IN_LENGTH and _LEAD_IN.match(words):
            leads.append((block.kind, _led_by(scene, words)))


def _under(scene: Scene, section: Section) -> Scene:
    heading = fold(section.heading)
    return Scene(
        section.path,
        heading_year(heading) or scene.year,
        scene.goals or states_goals(heading),
        scene.past or looks_back(heading),
    )


def _led_by(scene: Scene, words: str) -> Scene:
    year = heading_year(words)
    return replace(scene, year=year or scene.year, goals=scene.goals or opens_goals(words))


def _close(leads: "list[tuple[str | None, Scene]]", block: Block) -> None:
    """Drop the lead-ins that a block of the same kind of marker ends."""
    kinds = [kind for kind, _ in leads]
    if block.kind in kinds:
        del leads[kinds.index(block.kind) :]
