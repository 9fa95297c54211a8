"""The chain of legal bases behind tasks and documents.

A task rests on what its own words mention and on its plan; a document on what its title and
preamble name; an instrument whose text is held under another name on that text. One question finds
all steps of many chains; the steps are then followed as far as was asked.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from graph.reader.asks import Ask, ask_of
from graph.reader.codes import code_lists
from graph.reader.kinds.basis import KINDS
from graph.reader.model import expanded
from graph.reader.reading import Facts, Reader

DEPTH = 3
DEEPEST = 6
_STEP_OF, _HELD_AS, _POSSIBLY = "STEP_OF", "HELD_AS", "POSSIBLY_SAME_AS"
_DOUBTFUL = frozenset({"AMBIGUOUS", "UNRESOLVED"})
_LINKS = {_STEP_OF: "STRUCTURAL", _HELD_AS: "CURATED", _POSSIBLY: "POSSIBLE"}
_MESSAGES = {
    "NO_BASIS_STATED": (
        "Văn bản không nêu căn cứ, cũng không nói thực hiện văn bản nào.",
        "The document names no legal basis and does not say what it carries out.",
    ),
    "NOT_HELD": (
        "Chưa có toàn văn, nên không biết văn bản này căn cứ vào đâu.",
        "Its text is not held, so that its own basis is not known.",
    ),
    "TOO_DEEP": (
        "Chuỗi căn cứ còn tiếp; hãy hỏi với độ sâu lớn hơn.",
        "The chain goes on; ask with a greater depth.",
    ),
    "INSTRUMENT_AMBIGUOUS": (
        "Lời viện dẫn hợp với nhiều văn bản.",
        "A citation fits several instruments.",
    ),
    "INSTRUMENT_UNRESOLVED": (
        "Lời viện dẫn không cho biết là văn bản nào.",
        "A citation does not tell which instrument is meant.",
    ),
}
_CLOSURE = "(cancu:implements|eli:based_on|cancu:heldAs|cancu:possiblySameAs)*"
_QUESTION = """SELECT ?from ?kind ?to ?evidence ?resolution ?link ?held ?gap ?code WHERE {
  { VALUES ?from { %(nodes)s } ?from pplan:isStepOfPlan ?to . BIND("STEP_OF" AS ?link) }
  UNION
  { VALUES ?from { %(nodes)s } ?from pplan:isStepOfPlan ?plan .
    ?c cito:hasCitingEntity ?from ; cito:hasCitedEntity ?to ; cancu:citationKind ?kind ;
      cancu:resolution ?resolution . OPTIONAL { ?evidence oa:hasBody ?c } }
  UNION
  { { SELECT DISTINCT ?from WHERE {
        { SELECT DISTINCT ?root WHERE { VALUES ?s { %(nodes)s } ?s pplan:isStepOfPlan? ?root } }
        LATERAL { ?root %(closure)s ?from } } }
    LATERAL {
      { ?c cancu:inDocument ?from ; cancu:aboutInstrument ?to ; cancu:citationKind ?kind .
        OPTIONAL { ?evidence oa:hasBody ?c } }
      UNION { ?from cancu:heldAs ?to . BIND("HELD_AS" AS ?link) }
      UNION { ?from cancu:possiblySameAs ?to . BIND("POSSIBLY_SAME_AS" AS ?link) }
      UNION { ?held eli:realizes ?from }
      UNION { ?gap cancu:inDocument ?from ; cancu:gapKind ?code } } }
}"""


@dataclass(slots=True)
class _Step:
    """What rests on an instrument in one way."""

    kind: str
    target: str
    strength: str
    evidence: set[str] = field(default_factory=set)


@dataclass(slots=True)
class _Steps:
    """All steps that were found, and what is known of the nodes they join."""

    by_start: dict[str, dict[tuple[str, str], _Step]] = field(
        default_factory=lambda: defaultdict(dict)
    )
    held: set[str] = field(default_factory=set)
    gaps: dict[str, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))


async def find_bases(reader: Reader, facts: Facts, ask: Ask, nodes: tuple[str, ...]) -> None:
    """Find the chain behind each task or document."""
    depth = int(str(dict(ask.arguments).get("depth", DEPTH)))
    listed = " ".join(f"<{iri}>" for iri in nodes)
    text = _QUESTION % {"nodes": listed, "closure": _CLOSURE}
    steps = _steps(await reader.rows(facts, expanded(text)))
    bases = facts.of(ask)
    for node in nodes:
        bases[node] = f"{node} basis {depth}"
        _keep(facts, bases[node], node, steps, depth)


def _steps(rows: list[dict[str, dict[str, str]]]) -> _Steps:
    steps = _Steps()
    kinds = {c.iri: c.name for c in code_lists()["CitationKind"].codes}
    levels = {c.iri: c.name for c in code_lists()["ResolutionStatus"].codes}
    gaps = {c.iri: c.name for c in code_lists()["GapCode"].codes}
    for row in rows:
        start = row["from"]["value"]
        value = {name: term["value"] for name, term in row.items()}
        if "held" in value:
            steps.held.add(start)
        elif "gap" in value:
            steps.gaps[start][value["gap"]] = gaps.get(value["code"], "")
        else:
            _add(steps.by_start[start], value, kinds, levels)
    return steps


def _add(
    known: dict[tuple[str, str], _Step],
    value: Mapping[str, str],
    kinds: Mapping[str, str],
    levels: Mapping[str, str],
) -> None:
    link = value.get("link") or kinds[value["kind"]]
    level = levels.get(value.get("resolution", ""))
    strength = _LINKS.get(link) or ("STATED" if level is None else "MENTIONED")
    if level in _DOUBTFUL:
        strength = "POSSIBLE"
    step = known.setdefault((link, value["to"]), _Step(link, value["to"], strength))
    if "evidence" in value:
        step.evidence.add(value["evidence"])


def _keep(facts: Facts, token: str, node: str, steps: _Steps, depth: int) -> None:
    """Follow the steps from a node, and keep the edges and gaps met."""
    edges: list[str] = []
    gaps: list[str] = []
    seen, front = {node}, [node]
    for distance in range(1, depth + 1):
        ahead: list[str] = []
        for start in front:
            for step in _sorted(steps, start):
                edges.append(_edge(facts, f"{token} edge {len(edges)}", start, step, distance))
                if step.target not in seen:
                    seen.add(step.target)
                    ahead.append(step.target)
        front = ahead
    for instrument in sorted(seen):
        for code, gap in _gaps(steps, instrument, node, too_deep=instrument in front):
            gaps.append(_gap(facts, f"{token} gap {len(gaps)}", code, instrument, gap))
    _put(facts, "LegalBasis", token, edges=edges, gaps=gaps)


def _sorted(steps: _Steps, start: str) -> list[_Step]:
    return sorted(steps.by_start.get(start, {}).values(), key=lambda step: (step.kind, step.target))


def _gaps(
    steps: _Steps, instrument: str, node: str, *, too_deep: bool
) -> Iterator[tuple[str, str | None]]:
    """Yield what is doubtful at one place of a chain."""
    goes_on = bool(steps.by_start.get(instrument))
    if too_deep and goes_on:
        yield "TOO_DEEP", None
    elif instrument in steps.held and not goes_on:
        yield "NO_BASIS_STATED", None
    elif instrument != node and instrument not in steps.held and not goes_on:
        yield "NOT_HELD", None
    for gap, code in sorted(steps.gaps.get(instrument, {}).items()):
        if code in _MESSAGES:
            yield code, gap


def _edge(facts: Facts, token: str, start: str, step: _Step, distance: int) -> str:
    evidence = sorted(step.evidence)
    _put(
        facts, "BasisEdge", token, distance=distance, kind=step.kind, strength=step.strength,
        evidence=evidence, instrument=step.target, source=start,
    )  # fmt: skip
    return token


def _gap(facts: Facts, token: str, code: str, instrument: str, gap: str | None) -> str:
    vietnamese, english = _MESSAGES[code]
    message = {"vi": {vietnamese: None}, "en": {english: None}}
    _put(facts, "BasisGap", token, code=code, message=message, place=instrument, gap=gap)
    return token


def _put(facts: Facts, of: str, token: str, /, **values: object) -> None:
    """Keep the values of a thing that has no IRI."""
    fields = next(one for one in KINDS if one.name == of).fields
    for name, value in values.items():
        if value is not None:
            facts.of(ask_of(fields[name]))[token] = value
