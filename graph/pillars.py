"""Which of the seven pillars of Resolution 57-NQ/TW a section is about, told by its heading.

Plans that carry the resolution out have a section for each of its seven groups of tasks, under
numbers of their own: "III.1" in one plan is "1.1" in another. `pillars.ttl` holds the labels and
the rule by which a heading belongs to one of them.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz

from graph.instrument import parse_iri
from graph.places import plain_words
from graph.turtle import all_of, described
from loaders.structure.sections import Section
from ontology.terms import BASE, DCTERMS, SKOS

_SCHEME = f"{BASE}code/pillar"
# Every heading of such a plan may have these words, so in a damaged text they tell nothing.
_TOPIC = "khoa hoc cong nghe doi moi sang tao"
# Of 100: of the headings of a scan none of another pillar, and none of no pillar, comes closer.
_LIKE = 86


@dataclass(frozen=True, slots=True)
class Pillar:
    """The pillar that a heading belongs to.

    Attributes:
        iri: the concept.
        rule: how it was told: by its name, by a turn of words, or by likeness in a damaged text.
        confidence: how surely.
    """

    iri: str
    rule: str
    confidence: float


def section_pillars(sections: Sequence[Section], *, damaged: bool) -> Mapping[str, Pillar]:
    """Return the pillars of sections by their paths.

    What lies in a section of a pillar is of that pillar, so it is not looked at again; a heading
    over sections of several pillars is of none.
    """
    alone = {s.path: found for s in sections if (found := pillar_of(s.heading, damaged=damaged))}
    several = {path for path in alone if len({p.iri for p in _inside(path, alone)}) > 1}
    tops = {path: pillar for path, pillar in alone.items() if path not in several}
    return {path: pillar for path, pillar in tops.items() if not _above(path) & tops.keys()}


def pillar_of(heading: str, *, damaged: bool = False) -> Pillar | None:
    """Return the pillar that a heading belongs to, None if to none.

    Args:
        heading: its words.
        damaged: whether the text lost letters to a scan, so that likeness has to do.
    """
    words = f" {plain_words(heading)} "
    hits = [(words.find(f" {label} "), -len(label), label) for label in _labels()]
    found = min((hit for hit in hits if hit[0] >= 0), default=None)
    if found:
        iri, is_name = _labels()[found[2]]
        return Pillar(iri, "pillar-name", 0.98) if is_name else Pillar(iri, "pillar-words", 0.9)
    return _likeness(words) if damaged else None


def _likeness(words: str) -> Pillar | None:
    scored = [
        (fuzz.partial_ratio(label, words), label)
        for label in _labels()
        if _TOPIC not in label and len(label) <= len(words)
    ]
    score, label = max(scored, default=(0.0, ""))
    return Pillar(_labels()[label][0], "pillar-likeness", 0.75) if score >= _LIKE else None


def follow_pillars(instruments: Iterable[str]) -> bool:
    """Tell whether one of some instruments set up the pillars: a plan that names it follows them.

    An instrument named without its year may be the one that is meant.
    """
    sources = [parse_iri(iri) for iri in all_of(described("pillars.ttl")[_SCHEME], DCTERMS.source)]
    named = [one for iri in instruments if (one := parse_iri(iri)) and one.scope is None]
    return any(source and not source.contradicts(one) for source in sources for one in named)


@lru_cache(maxsize=1)
def _labels() -> Mapping[str, tuple[str, bool]]:
    """Return each label in plain words with its pillar, and whether it is the pillar's name."""
    found: dict[str, tuple[str, bool]] = {}
    for iri, values in described("pillars.ttl").items():
        names = {plain_words(name) for name in all_of(values, SKOS.prefLabel)}
        for hidden in all_of(values, SKOS.hiddenLabel):
            label = plain_words(hidden)
            found[label] = (iri, label in names)
    return found


def _inside(path: str, pillars: Mapping[str, Pillar]) -> list[Pillar]:
    return [pillar for other, pillar in pillars.items() if other.startswith(f"{path}.")]


def _above(path: str) -> set[str]:
    steps = path.split(".")
    return {".".join(steps[:length]) for length in range(1, len(steps))}
