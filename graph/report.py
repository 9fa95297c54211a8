"""The report of the shapes that is kept with a release: `report.json` beside `release.json`.

A load checks what it changed, so the report takes over what earlier loads found in the graphs that
stayed, each with the version of the shapes it was checked by. It holds no violation, since nothing
is published then, but every warning.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson


@dataclass(frozen=True, slots=True)
class Finding:
    """One place where a shape is broken (what SHACL calls a validation result).

    Attributes:
        shape: IRI of the node shape.
        severity: "violation" (nothing may be published) or "warning".
        focus: the node at fault.
        path: the property at fault, in SPARQL's notation; None for the node as a whole.
        value: the value at fault, if one is.
        message, message_vi: what is wrong, in English and Vietnamese.
    """

    shape: str
    severity: str
    focus: str
    path: str | None
    value: str | None
    message: str
    message_vi: str

    def __str__(self) -> str:
        path = f" {_short(self.path)}" if self.path else ""
        value = f" (it is {_cut(self.value)})" if self.value else ""
        said = f"{self.message} / {self.message_vi}{value}"
        return f"{last_step(self.shape)} {self.focus}{path}: {said}"


def violations(findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings that forbid a release to be published."""
    return [finding for finding in findings if finding.severity == "violation"]


def last_step(iri: str) -> str:
    """Return the last step of an IRI: "TaskShape"."""
    return iri.rsplit("#", 1)[-1].rsplit("/", 1)[-1]


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found in one graph.

    Attributes:
        graph: its IRI.
        shapes: version of the shapes that it was checked by.
        findings: in a stable order.
    """

    graph: str
    shapes: str
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """What the shapes found in a release, graph by graph."""

    graphs: tuple[Checked, ...] = ()

    @property
    def findings(self) -> Iterator[Finding]:
        """Return all findings."""
        return (finding for checked in self.graphs for finding in checked.findings)

    def updated(
        self, found: Mapping[str, Sequence[Finding]], held: Collection[str], version: str
    ) -> "Report":
        """Return the report after a load.

        Args:
            found: what was found in the graphs that were checked now.
            held: the graphs of the new release.
            version: that of the shapes they were checked by.
        """
        new = [Checked(graph, version, tuple(findings)) for graph, findings in found.items()]
        kept = [old for old in self.graphs if old.graph in held and old.graph not in found]
        return Report(tuple(sorted([*kept, *new], key=lambda checked: checked.graph)))

    def words(self) -> str:
        """Return the outcome in one line."""
        broken = len(violations(self.findings))
        warned = sum(1 for _ in self.findings) - broken
        versions = ", ".join(sorted({checked.shapes for checked in self.graphs})) or "none"
        counts = f"{broken} violations, {warned} warnings in {len(self.graphs)} graphs"
        return f"{counts} by shapes {versions}"

    def to_json(self) -> str:
        """Return the text of `report.json`."""
        broken = len(violations(self.findings))
        by_shape = Counter(last_step(finding.shape) for finding in self.findings)
        values = {
            "conforms": not broken,
            "violations": broken,
            "warnings": sum(by_shape.values()) - broken,
            "by_shape": dict(sorted(by_shape.items())),
            "graphs": self.graphs,
        }
        return orjson.dumps(values, option=orjson.OPT_INDENT_2).decode() + "\n"


def parse_report(text: str) -> Report:
    """Read the text of `report.json`."""
    values: dict[str, Any] = orjson.loads(text)
    return Report(
        tuple(
            Checked(
                checked["graph"],
                checked["shapes"],
                tuple(Finding(**finding) for finding in checked["findings"]),
            )
            for checked in values["graphs"]
        )
    )


def _short(path: str) -> str:
    """Return a path with the last step of each IRI: "^hasBody" for the inverse of oa:hasBody."""
    return "|".join("^" * step.startswith("^") + last_step(step) for step in path.split("|"))


def _cut(value: str, length: int = 80) -> str:
    line = " ".join(value.split())
    return line if len(line) <= length else f"{line[:length]}…"
