"""Precision and recall of extracted facts against a hand-made annotation of the same document.

Both sides have the schema of the annotation guide (`loaders.annotation`). Spans are compared by
overlap, text without regard to case, blanks and the two ways to place a Vietnamese tone mark.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]

_MIN_TASK_LIKENESS = 0.8  # intersection over union of two task spans
_TONES = {"́": "1", "̀": "2", "̉": "3", "̃": "4", "̣": "5"}
_HEAD_FIELDS = (
    "doc_type", "number", "issued", "place", "issuer", "title", "signer", "implements",
    "legal_basis",
)  # fmt: skip
_ROLES = ("lead", "support", "reports_to")


@dataclass(frozen=True, slots=True)
class Measure:
    """How well one kind of fact was found.

    Attributes:
        name: what was measured.
        hits, gold, found: how many agree, are annotated, were extracted.
        misses: a line for each annotated fact that was not found ("- …") and each found one that
            is not annotated ("+ …").
    """

    name: str
    hits: int
    gold: int
    found: int
    misses: tuple[str, ...] = field(default=(), compare=False)

    @property
    def precision(self) -> float:
        """Share of the found facts that are right; 1 if nothing was to be found nor was."""
        return self.hits / self.found if self.found else float(not self.gold)

    @property
    def recall(self) -> float:
        """Share of the annotated facts that were found."""
        return self.hits / self.gold if self.gold else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0

    def __add__(self, other: "Measure") -> "Measure":
        return Measure(
            self.name,
            self.hits + other.hits,
            self.gold + other.gold,
            self.found + other.found,
            self.misses + other.misses,
        )


def evaluate(gold: Json, found: Json) -> list[Measure]:
    """Compare one document's facts with its annotation, kind by kind."""
    tasks = _pairs(gold["tasks"], found["tasks"], _task_likeness)
    indicators = _pairs(gold["indicators"], found["indicators"], _indicator_likeness)
    return [
        _head_measure(gold["document"], found["document"]),
        _measure(
            "citations",
            gold["citations"],
            found["citations"],
            _pairs(gold["citations"], found["citations"], _citation_likeness),
        ),
        _measure("tasks", gold["tasks"], found["tasks"], tasks),
        _measure(
            "task section and kind",
            gold["tasks"],
            found["tasks"],
            [(g, f) for g, f in tasks if _same(g, f, ("section", "kind"))],
        ),
        _role_measure(tasks),
        _deadline_measure(gold["tasks"], found["tasks"]),
        _measure("indicators: value", gold["indicators"], found["indicators"], indicators),
        _measure(
            "indicators: all fields",
            gold["indicators"],
            found["indicators"],
            [(g, f) for g, f in indicators if _same(g, f, ("comparator", "unit", "target_year"))],
        ),
        _agency_measure(gold, found),
    ]


def total(evaluations: Iterable[Sequence[Measure]]) -> list[Measure]:
    """Add up the measures of several documents, kind by kind."""
    sums: dict[str, Measure] = {}
    for measures in evaluations:
        for measure in measures:
            known = sums.get(measure.name)
            sums[measure.name] = measure if known is None else known + measure
    return list(sums.values())


def normal(value: object) -> str | None:
    """Fold what does not matter in a comparison: case, blanks, the place of a tone mark."""
    if value is None:
        return None
    text = unicodedata.normalize("NFC", str(value)).casefold()
    return " ".join(_toned_at_end(word) for word in re.split(r"\s+", text.strip()))


def _toned_at_end(word: str) -> str:
    """Move a word's tone marks to its end, so that "hóa" and "hoá" are one."""
    letters: list[str] = []
    tones: list[str] = []
    for char in unicodedata.normalize("NFD", word):
        (tones if char in _TONES else letters).append(_TONES.get(char, char))
    return unicodedata.normalize("NFC", "".join(letters)) + "".join(tones)


def _overlap(a: Json, b: Json) -> int:
    shared: int = min(a["end"], b["end"]) - max(a["start"], b["start"])
    return max(0, shared)


def _task_likeness(gold: Json, found: Json) -> float:
    union = max(gold["end"], found["end"]) - min(gold["start"], found["start"])
    likeness = _overlap(gold, found) / union if union else 0.0
    return likeness if likeness >= _MIN_TASK_LIKENESS else 0.0


def _citation_likeness(gold: Json, found: Json) -> float:
    return _overlap(gold, found) if _same(gold, found, ("key",)) else 0.0


def _indicator_likeness(gold: Json, found: Json) -> float:
    same = all(_as_float(gold.get(k)) == _as_float(found.get(k)) for k in ("value", "value_max"))
    return _overlap(gold, found) if same else 0.0


def _as_float(value: float | None) -> float | None:
    return None if value is None else float(value)


def _same(gold: Json, found: Json, keys: Iterable[str]) -> bool:
    return all(normal(gold.get(key)) == normal(found.get(key)) for key in keys)


def _pairs(
    gold: Sequence[Json], found: Sequence[Json], likeness: Callable[[Json, Json], float]
) -> list[tuple[Json, Json]]:
    """Pair each annotated fact with at most one found one, the likest first."""
    likely = ((likeness(g, f), i, j) for i, g in enumerate(gold) for j, f in enumerate(found))
    scored = sorted((row for row in likely if row[0] > 0), reverse=True)
    taken_gold: set[int] = set()
    taken_found: set[int] = set()
    pairs = []
    for _, i, j in scored:
        if i not in taken_gold and j not in taken_found:
            taken_gold.add(i)
            taken_found.add(j)
            pairs.append((gold[i], found[j]))
    return pairs


def _measure(
    name: str, gold: Sequence[Json], found: Sequence[Json], pairs: Sequence[tuple[Json, Json]]
) -> Measure:
    hit_gold, hit_found = {id(g) for g, _ in pairs}, {id(f) for _, f in pairs}
    misses = [f"- {name}: {_line(g)}" for g in gold if id(g) not in hit_gold]
    misses += [f"+ {name}: {_line(f)}" for f in found if id(f) not in hit_found]
    return Measure(name, len(pairs), len(gold), len(found), tuple(misses))


def _line(fact: Json) -> str:
    hidden = {"rule", "confidence", "deadlines", "cites", "resolution", "note", "base", "parent"}
    shown = {k: v for k, v in fact.items() if k not in hidden and v not in (None, [])}
    return ", ".join(f"{key}={str(value)[:70]}" for key, value in shown.items())


def _head_measure(gold: Json, found: Json) -> Measure:
    pairs = [(name, _field(gold, name), _field(found, name)) for name in _HEAD_FIELDS]
    wrong = [f"- document {name}: {g} (found: {f})" for name, g, f in pairs if g != f]
    hits = len(pairs) - len(wrong)
    return Measure("document fields", hits, len(pairs), len(pairs), tuple(wrong))


def _field(document: Json, name: str) -> str | None:
    value = document.get(name)
    if name == "signer":
        value = (value or {}).get("name")
    if isinstance(value, list):
        return "; ".join(sorted(normal(item) or "" for item in value))
    return normal(value)


def _role_measure(tasks: Sequence[tuple[Json, Json]]) -> Measure:
    gold, found, hits = 0, 0, 0
    misses = []
    for annotated, extracted in tasks:
        wanted, got = _roles(annotated), _roles(extracted)
        gold, found, hits = gold + len(wanted), found + len(got), hits + len(wanted & got)
        place = f"@{annotated['start']}"
        misses += [f"- role: {role} {name} {place}" for role, name in sorted(wanted - got)]
        misses += [f"+ role: {role} {name} {place}" for role, name in sorted(got - wanted)]
    return Measure("roles", hits, gold, found, tuple(misses))


def _roles(task: Json) -> set[tuple[str, str]]:
    return {(role, normal(name) or "") for role in _ROLES for name in task.get(role) or []}


def _deadline_measure(gold: Sequence[Json], found: Sequence[Json]) -> Measure:
    wanted = [d for task in gold for d in task.get("deadlines") or []]
    got = [d for task in found for d in task.get("deadlines") or []]

    def likeness(a: Json, b: Json) -> float:
        return _overlap(a, b) if _same(a, b, ("value", "recurrence")) else 0.0

    return _measure("deadlines", wanted, got, _pairs(wanted, got, likeness))


def _agency_measure(gold: Json, found: Json) -> Measure:
    """Compare mentions; broad classes ("cơ quan nhà nước") are neither right nor wrong."""
    neutral = _mentions(gold.get("agencies_generic") or [])
    wanted = _mentions(gold["agencies"])
    got = [m for m in _mentions(found["agencies"]) if not any(_overlap(m, n) for n in neutral)]

    def likeness(a: Json, b: Json) -> float:
        return _overlap(a, b) if a["name"] == b["name"] else 0.0

    return _measure("agency mentions", wanted, got, _pairs(wanted, got, likeness))


def _mentions(agencies: Sequence[Json]) -> list[Json]:
    return [
        {"name": normal(agency["name"]), "start": start, "end": end}
        for agency in agencies
        for start, end in agency["mentions"]
    ]
