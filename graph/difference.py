"""What a load changed in a document, fact by fact, told from the quads of before and after.

A fact is known again by what it says: a task by its words, a deadline by its task and date. What
finds no such partner is paired with the fact that stood in the same place and counts as changed;
the rest was added or removed. A task that only moved is unchanged.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

import pyoxigraph as ox

from graph.terms import value_of
from ontology.terms import CANCU, CITO, DCTERMS, ELI, PROV, RDF_TYPE, SCHEMA, SDMX

Action = Literal["added", "changed", "removed"]
Values = Mapping[str, tuple[str, ...]]

_ACTIONS: tuple[Action, ...] = ("added", "changed", "removed")
_NAMES = {
    "head field": "head fields",
    "section": "sections",
    "task": "tasks",
    "role": "roles",
    "deadline": "deadlines",
    "indicator target": "indicator targets",
    "citation": "citations",
    "agency": "agencies",
}
_SHOWN = 80
_FIELDS = (
    (CANCU.typeText, "type"),
    (ELI.id_local, "number"),
    (DCTERMS.issued, "date"),
    (CANCU.issuerText, "issuer"),
    (DCTERMS.title, "title"),
)
_KINDS = {
    ELI.LegalResourceSubdivision: ("section", (ELI.number, DCTERMS.title)),
    CANCU.Assignment: ("role", (PROV.hadRole, CANCU.assignee)),
    CANCU.Deadline: ("deadline", (CANCU.deadlineValue, CANCU.recurrence)),
    CANCU.IndicatorTarget: (
        "indicator target",
        (
            CANCU.ofIndicator,
            CANCU.comparator,
            SDMX.obsValue,
            SCHEMA.minValue,
            SCHEMA.maxValue,
            SCHEMA.unitText,
            CANCU.targetYear,
        ),
    ),
    CANCU.Citation: ("citation", (CITO.hasCitedEntity, CANCU.citationKind)),
}
_SHOWN_BY = (CANCU.text, DCTERMS.title, CANCU.agencyName, CANCU.statedKey)


@dataclass(frozen=True, slots=True)
class Change:
    """One fact that is not as it was.

    Attributes:
        kind: "task", "deadline", "role" …
        action: what happened to it.
        iri: the node, in the new version unless it was removed.
        text: its words, cut short.
    """

    kind: str
    action: Action
    iri: str
    text: str


@dataclass(frozen=True, slots=True)
class Difference:
    """All changes between two versions of a document."""

    changes: tuple[Change, ...] = ()

    def words(self) -> str:
        """Return the difference in words: "3 tasks added, 1 deadline changed"."""
        parts = []
        for kind, plural in _NAMES.items():
            for action in _ACTIONS:
                count = sum(1 for c in self.changes if (c.kind, c.action) == (kind, action))
                if count:
                    parts.append(f"{count} {kind if count == 1 else plural} {action}")
        return ", ".join(parts) or "no change"


@dataclass(frozen=True, slots=True)
class _Fact:
    kind: str
    iri: str
    place: str  # the IRI below that of the document, which may itself have changed
    says: tuple[object, ...]
    text: str


def difference(old: Iterable[ox.Quad], new: Iterable[ox.Quad]) -> Difference:
    """Compare the quads of two versions of one document; either may be empty."""
    before, after = _Version(old), _Version(new)
    tasks = _pair(before.tasks(), after.tasks())
    # What hangs on a task is compared with what hung on the same task before.
    names = {new_fact.iri: old_fact.iri for old_fact, new_fact in tasks if old_fact and new_fact}
    rest = _pair(before.facts({}), after.facts(names))
    changes = [change for pair in [*tasks, *rest] if (change := _change(*pair))]
    return Difference(tuple(changes))


class _Version:
    """One version of a document, as nodes with their values."""

    def __init__(self, quads: Iterable[ox.Quad]) -> None:
        nodes: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for quad in quads:
            nodes[value_of(quad.subject)][quad.predicate.value].append(value_of(quad.object))
        self._nodes: dict[str, Values] = {
            iri: {predicate: tuple(sorted(found)) for predicate, found in values.items()}
            for iri, values in nodes.items()
        }
        self._document = next((iri for iri in self._nodes if self._is(iri, CANCU.Document)), "")

    def tasks(self) -> list[_Fact]:
        """Return the tasks, known by their words."""
        tasks = [iri for iri in self._nodes if self._is(iri, CANCU.Task)]
        return [self._fact("task", iri, self._nodes[iri][CANCU.contentKey]) for iri in tasks]

    def facts(self, task_names: Mapping[str, str]) -> list[_Fact]:
        """Return all other facts; `task_names` gives tasks the names that they had before."""
        owners = {d: iri for iri, v in self._nodes.items() for d in v.get(CANCU.hasDeadline, ())}
        facts = self._head() + self._agencies()
        for iri, values in self._nodes.items():
            owner = owners.get(iri) or next(iter(values.get(CANCU.ofTask, ())), "")
            for kind in values.get(RDF_TYPE, ()):
                if kind in _KINDS:
                    name, predicates = _KINDS[kind]
                    says = tuple(values.get(predicate, ()) for predicate in predicates)
                    facts.append(self._fact(name, iri, (task_names.get(owner, owner), *says)))
        return facts

    def _head(self) -> list[_Fact]:
        values = self._nodes.get(self._document, {})
        return [
            _Fact("head field", self._document, name, (name, value), f"{name}: {value}"[:_SHOWN])
            for predicate, name in _FIELDS
            for value in values.get(predicate, ())
        ]

    def _agencies(self) -> list[_Fact]:
        mentions = {
            agency: _shown(values)
            for values in self._nodes.values()
            for agency in values.get(CANCU.mentionsAgency, ())
        }
        return [_Fact("agency", iri, iri, (iri,), words) for iri, words in mentions.items()]

    def _fact(self, kind: str, iri: str, says: tuple[object, ...]) -> _Fact:
        place = iri.removeprefix(self._document)
        return _Fact(kind, iri, place, says, _shown(self._nodes[iri]))

    def _is(self, iri: str, kind: str) -> bool:
        return kind in self._nodes[iri].get(RDF_TYPE, ())


def _shown(values: Values) -> str:
    words = next((values[name][0] for name in _SHOWN_BY if name in values), "")
    return words if len(words) <= _SHOWN else f"{words[: _SHOWN - 1]}…"


def _pair(old: list[_Fact], new: list[_Fact]) -> list[tuple[_Fact | None, _Fact | None]]:
    """Pair facts by what they say, then by where they stand; what is left has no partner."""
    pairs: list[tuple[_Fact | None, _Fact | None]] = []
    for key in (_saying, _standing):
        partners: dict[object, list[_Fact]] = defaultdict(list)
        for fact in sorted(old, key=_standing, reverse=True):
            partners[key(fact)].append(fact)
        left: list[_Fact] = []
        taken: list[_Fact] = []
        for fact in sorted(new, key=_standing):
            if partners[key(fact)]:
                taken.append(partners[key(fact)].pop())
                pairs.append((taken[-1], fact))
            else:
                left.append(fact)
        gone = {id(fact) for fact in taken}
        old, new = [fact for fact in old if id(fact) not in gone], left
    return [*pairs, *((fact, None) for fact in old), *((None, fact) for fact in new)]


def _saying(fact: _Fact) -> tuple[object, ...]:
    return (fact.kind, fact.says)


def _standing(fact: _Fact) -> tuple[str, str]:
    return (fact.kind, fact.place)


def _change(old: _Fact | None, new: _Fact | None) -> Change | None:
    if new is None:
        return Change(old.kind, "removed", old.iri, old.text) if old else None
    if old is None:
        return Change(new.kind, "added", new.iri, new.text)
    return None if old.says == new.says else Change(new.kind, "changed", new.iri, new.text)
